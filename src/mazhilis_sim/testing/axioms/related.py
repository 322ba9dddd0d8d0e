"""Elections to hold against a given one: a larger house, more votes, another order, a part of the parties."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise

from mazhilis_sim.testing.axioms.definition import Outcome, Question, Votes

FEW = 4
"""Up to so many parties every pair and part is asked for; beyond, a choice of them."""


def everyone(outcome: Outcome) -> Votes:
    """Return the parties, in order."""
    return tuple(range(len(outcome.votes)))


def one_more_seat(outcome: Outcome) -> Iterator[Question]:
    """Yield the election with one more seat."""
    yield Question(outcome.votes, outcome.seats + 1, everyone(outcome))


def more_votes(outcome: Outcome) -> Iterator[Question]:
    """Yield the elections in which one party has a vote more, or a tenth of all votes more."""
    for party, votes in enumerate(outcome.votes):
        for more in sorted({1, max(1, sum(outcome.votes) // 10)}):
            grown = (*outcome.votes[:party], votes + more, *outcome.votes[party + 1 :])
            yield Question(grown, outcome.seats, everyone(outcome))


def multiples(outcome: Outcome) -> Iterator[Question]:
    """Yield the election with twice and three times the votes."""
    for factor in (2, 3):
        yield Question(tuple(factor * votes for votes in outcome.votes), outcome.seats, everyone(outcome))


def swapped(parties: Votes, first: int, second: int) -> Votes:
    """Exchange two parties."""
    changed = list(parties)
    changed[first], changed[second] = changed[second], changed[first]
    return tuple(changed)


def orders(parties: Votes) -> Iterator[Votes]:
    """Yield other orders of the parties: every exchange of two; of many parties, some exchanges and turns."""
    last = len(parties) - 1
    if last < FEW:
        yield from (swapped(parties, i, j) for i, j in combinations(parties, 2))
    else:
        yield from (parties[::-1], parties[1:] + parties[:1], parties[last:] + parties[:last])
        yield from (swapped(parties, 0, last), swapped(parties, 0, 1), swapped(parties, last - 1, last))


def other_orders(outcome: Outcome) -> Iterator[Question]:
    """Yield the election with its parties in another order."""
    for order in orders(everyone(outcome)):
        yield Question(tuple(outcome.votes[party] for party in order), outcome.seats, order)


def parts(parties: Votes) -> Iterator[Votes]:
    """Yield the parts of two or more parties; of many parties, the neighbours and all but one."""
    many = len(parties)
    if many <= FEW:
        for size in range(2, many):
            yield from combinations(parties, size)
    else:
        yield from pairwise(parties)  # the last and the first are no neighbours: that would be another order
        yield from combinations(parties, many - 1)


def sub_elections(outcome: Outcome) -> Iterator[Question]:
    """Yield the elections among a part of the parties for the seats that they hold together, where there are any."""
    for part in parts(everyone(outcome)):
        votes = tuple(outcome.votes[party] for party in part)
        seats = sum(outcome.result[party] for party in part)
        if seats and any(votes):
            yield Question(votes, seats, part)
