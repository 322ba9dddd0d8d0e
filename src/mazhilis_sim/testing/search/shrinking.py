"""From a large counterexample to one that can be checked by hand: deterministic, no randomness."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import gcd
from typing import Any, NamedTuple, TypeVar

from mazhilis_sim.testing.axioms.definition import Votes

MOST_TRIED = 4000
"""So many smaller elections are tried at most."""
COARSE = (*range(2, 61), 70, 80, 100, 150, 200, 300, 500, 1000, 10_000)
"""Totals to which all votes are scaled down."""

LESS: tuple[Callable[[int], int], ...] = (
    lambda v: 0 * v,
    lambda v: min(v, 1),
    lambda v: v // 2,
    lambda v: v * 9 // 10,
    lambda v: v * 99 // 100,
    lambda v: v - 1,
)
"""What becomes of the votes of a party that loses some."""


class Instance(NamedTuple):
    """One or two lists of votes of the same k parties, and a number of seats."""

    ballots: tuple[Votes, ...]
    seats: int


Broken = TypeVar("Broken")


def without_party(case: Instance) -> Iterator[Instance]:
    """Leave one party out."""
    for party in range(len(case.ballots[0])):
        yield Instance(tuple(votes[:party] + votes[party + 1 :] for votes in case.ballots), case.seats)


def fewer_seats(case: Instance) -> Iterator[Instance]:
    """Take seats away, the smallest houses first."""
    for seats in sorted({*range(1, min(case.seats, 40)), case.seats // 2, case.seats * 3 // 4, case.seats - 1} - {0}):
        if seats < case.seats:
            yield Instance(case.ballots, seats)


def scaled(case: Instance) -> Iterator[Instance]:
    """Scale all votes down, to round shares of a small electorate and by their common divisor."""
    largest = max(sum(votes) for votes in case.ballots)
    for total in COARSE:
        if total < largest:
            fewer = (tuple((2 * v * total + largest) // (2 * largest) for v in votes) for votes in case.ballots)
            yield Instance(tuple(fewer), case.seats)
    divisor = gcd(*(v for votes in case.ballots for v in votes))
    if divisor > 1:
        yield Instance(tuple(tuple(v // divisor for v in votes) for votes in case.ballots), case.seats)


def fewer_votes(case: Instance) -> Iterator[Instance]:
    """Take votes away from one party, in all ballots at once and in one of them."""
    for party in range(len(case.ballots[0])):
        for less in LESS:
            changed = [changed_at(votes, party, less(votes[party])) for votes in case.ballots]
            yield Instance(tuple(changed), case.seats)
            for place in range(len(changed) if len(changed) > 1 else 0):
                yield Instance((*case.ballots[:place], changed[place], *case.ballots[place + 1 :]), case.seats)


def shifted(case: Instance) -> Iterator[Instance]:
    """Take a vote from two parties at once, and turn votes into the order of size."""
    first = case.ballots[0]
    order = sorted(range(len(first)), key=lambda party: -first[party])
    yield Instance(tuple(tuple(votes[party] for party in order) for votes in case.ballots), case.seats)
    for a in range(len(first)):
        for b in range(a):
            less = [changed_at(changed_at(v, a, v[a] - 1), b, v[b] - 1) for v in case.ballots]
            yield Instance(tuple(less), case.seats)


def merged(case: Instance) -> Iterator[Instance]:
    """Let two parties stand as one."""
    many = len(case.ballots[0])
    for a in range(many):
        for b in range(a):
            both = (changed_at(votes, b, votes[a] + votes[b]) for votes in case.ballots)
            yield Instance(tuple(votes[:a] + votes[a + 1 :] for votes in both), case.seats)


def changed_at(votes: Votes, party: int, count: int) -> Votes:
    """Replace the votes of one party."""
    return (*votes[:party], max(0, count), *votes[party + 1 :])


def smaller(case: Instance) -> Iterator[Instance]:
    """Yield smaller elections, the boldest steps first, without those that have no votes."""
    for step in (without_party, merged, fewer_seats, scaled, fewer_votes, shifted):
        for found in step(case):
            if found.ballots[0] and all(any(votes) for votes in found.ballots):
                yield found


def shrink(case: Instance, broken: Broken, test: Callable[[Instance], Broken | None], key: Callable[[Broken], Any]) -> Broken:
    """Return the smallest breach that small steps lead to.

    Parameters
    ----------
    case : Instance
        An election that breaks.
    broken : object
        How it breaks.
    test : callable
        Tells how another election breaks, or returns None.
    key : callable
        The size of a breach; every accepted step makes it smaller.
    """
    left = MOST_TRIED
    seen = {case}
    searching = True
    while searching:
        searching = False
        for step in smaller(case):
            if step in seen or left <= 0:
                continue
            seen.add(step)
            left -= 1
            found = test(step)
            if found is not None and key(found) < key(broken):
                case, broken, searching = step, found, True
                break
    return broken
