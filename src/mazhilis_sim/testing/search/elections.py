"""Elections to put to a rule: all small ones in order of size, and random ones that live where bugs live."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import partial
from itertools import pairwise
from math import comb
from random import Random
from typing import NamedTuple

from mazhilis_sim.languages import _, counted
from mazhilis_sim.legislation.electoral_law import ElectoralLaw
from mazhilis_sim.testing.axioms.definition import Drawn, Votes
from mazhilis_sim.testing.axioms.hunts import lopsided, not_empty, two_large


class Box(NamedTuple):
    """All elections of up to so many parties, votes in all, and seats."""

    parties: int = 4
    votes: int = 10
    seats: int = 6

    @property
    def elections(self) -> int:
        """How many they are."""
        return self.seats * sum(comb(self.votes + parties, parties) - 1 for parties in range(1, self.parties + 1))

    def __str__(self) -> str:
        return _("{parties}, {votes} and {seats}").format(
            parties=counted("{n} party", "{n} parties", self.parties),
            votes=counted("{n} vote", "{n} votes", self.votes),
            seats=counted("{n} seat", "{n} seats", self.seats),
        )


def compositions(total: int, parties: int) -> Iterator[Votes]:
    """Yield every way to share ``total`` votes among k parties in order, the first party's votes descending."""
    if parties == 1:
        yield (total,)
        return
    for first in range(total, -1, -1):
        for rest in compositions(total - first, parties - 1):
            yield (first, *rest)


def in_order(votes: Votes) -> tuple[bool, Votes]:
    """Put votes that descend before all others, so that a counterexample reads ``5, 3, 1``."""
    return any(a < b for a, b in pairwise(votes)), votes


def small(box: Box, *, descending: bool = False) -> Iterator[tuple[int, list[Votes]]]:
    """Yield numbers of seats with all votes of a box: fewer parties first, then fewer seats, then fewer votes."""
    for parties in range(1, box.parties + 1):
        ballots = (sorted(compositions(total, parties), key=in_order) for total in range(1, box.votes + 1))
        votes = [each for several in ballots for each in several if not (descending and in_order(each)[0])]
        for seats in range(1, box.seats + 1):
            yield seats, votes


def some_seats(rng: Random) -> int:
    """Draw a number of seats: mostly a small house."""
    return rng.randint(1, rng.choice((1, 3, 6, 12, 12, 30, 30, 100)))


def tiny(rng: Random) -> Drawn:
    """Draw few votes for few parties, with many ties and zeros."""
    return not_empty([rng.randint(0, 6) for _ in range(rng.randint(1, 6))]), rng.randint(1, 12)


def tied(rng: Random) -> Drawn:
    """Draw parties that share two or three numbers of votes between them."""
    levels = [rng.randint(0, 10 ** rng.randint(1, 6)) for _ in range(rng.randint(1, 3))]
    return not_empty([rng.choice(levels) for _ in range(rng.randint(2, 9))]), some_seats(rng)


def huge(rng: Random) -> Drawn:
    """Draw votes around the bounds of 53, 63 and 64 bits, some a vote apart."""
    top = 2 ** rng.choice((53, 62, 63, 64, 80))
    votes = [max(0, top // rng.randint(1, 9) + rng.randint(-2, 2)) for _ in range(rng.randint(1, 6))]
    return not_empty(votes), some_seats(rng)


def crowd(rng: Random) -> Drawn:
    """Draw more parties than seats, often more than ten."""
    parties = rng.randint(5, 16)
    return not_empty([rng.randint(0, 1000) for _ in range(parties)]), rng.randint(1, parties - 1)


def lifelike(rng: Random) -> Drawn:
    """Draw shares like those of an election, of up to ten million votes."""
    total = 10 ** rng.randint(3, 7)
    shares = [rng.expovariate(1) ** 2 for _ in range(rng.randint(2, 8))]
    return not_empty([int(total * share / sum(shares)) for share in shares]), some_seats(rng)


def remainder_tie(rng: Random) -> Drawn:
    """Draw two parties whose remainders after the Hare quota are equal, or a vote apart; others take whole quotas."""
    quota, seats = rng.randint(2, 2000), rng.randint(2, 20)
    half, off = quota // 2, rng.randint(-1, 1)
    wholes = [0] * rng.randint(2, 5)
    for _step in range(seats - 1):
        wholes[rng.randrange(len(wholes))] += 1
    votes = [quota * whole for whole in wholes]
    votes[0] += half + off
    votes[1] += quota - half - off
    return tuple(votes), seats


def at_threshold(rng: Random, shares: Sequence[Fraction]) -> Drawn:
    """Draw one or two parties at a threshold, or a vote beside it; sometimes a single party reaches it."""
    share = rng.choice(shares) or Fraction(1, 20)
    unit = rng.choice((1, 1, 3, 50, 10_007))
    at, base = share.numerator * unit, share.denominator * unit
    near = [max(0, at + rng.choice((-1, 0, 0, 1))) for _ in range(rng.randint(1, 2))]
    rest, many = base - sum(near), rng.randint(1, 4)
    parts = [rng.randint(0, at) if rng.random() < 0.5 else rest // many for _ in range(many - 1)]
    votes = [*near, *parts, max(1, rest - sum(parts))]
    rng.shuffle(votes)
    return tuple(votes), some_seats(rng)


USUAL = (Fraction(3, 100), Fraction(1, 25), Fraction(1, 20), Fraction(7, 100), Fraction(1, 10))
"""Thresholds to draw around when no law is given."""
FAMILIES: Sequence[Callable[[Random], Drawn]] = (tiny, tied, huge, crowd, lifelike, lopsided, two_large, remainder_tie)


def draws(rng: Random, laws: Sequence[ElectoralLaw], many: int) -> Iterator[Drawn]:
    """Yield random elections, one family after the other; a law's own number of seats among them."""
    shares = [law.threshold for law in laws] or list(USUAL)
    near = partial(at_threshold, shares=shares)
    families: Sequence[Callable[[Random], Drawn]] = (*FAMILIES, *[near] * (4 if laws else 1))
    for number in range(many):
        votes, seats = families[number % len(families)](rng)
        own = [law.list_seats for law in laws if number % 5 == 0]
        yield votes, rng.choice(own) if own else seats
