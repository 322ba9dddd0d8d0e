"""Whether a list has so many seats at least, after so many votes have moved: asked of its last claim alone, in whole numbers.

Every rule here gives its seats to the largest claims: votes / divisor, or votes / quota less the seats a list has already. So a list
has s seats when those of the others that come before its claim to the s-th are no more than the seats that are left. In one stretch
of moved votes that turns from no to yes, or from yes to no, once (Droop's rounded quota: once from end to end of its bands).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property
from typing import Protocol

from mazhilis_sim.counting.lots import Urn
from mazhilis_sim.legislation.electoral_law import Fallback
from mazhilis_sim.legislation.methods import QUOTA, Method, entry, resolve
from mazhilis_sim.questions.closeness.shifts import Shift
from mazhilis_sim.questions.closeness.stretches import Stretch


class Sharing(Protocol):
    """How the seats of a stretch are shared out."""

    def at_least(self, seats: int, moved: int, /) -> bool:
        """Tell whether the list that moves has so many seats."""
        ...


def sharing(shift: Shift, found: Stretch, urn: Urn) -> Sharing:
    """Return how the seats of a stretch are shared out."""
    if shift.party not in found.admitted:
        return Nothing()
    if found.two_party:
        return TwoParty(shift, found)
    method = entry(shift.law.method)
    order = urn.order(found.admitted) if shift.law.ties == "lots" else found.admitted
    return Remainders(shift, method, order) if method.family == QUOTA else Quotients(shift, method, order)


class Nothing:
    """A list that is not admitted has no seat."""

    def at_least(self, seats: int, _moved: int) -> bool:
        """Tell whether it has so many seats."""
        return seats <= 0


@dataclass(frozen=True)
class TwoParty:
    """Article 97-1(2)-(4): the second list's weighted whole part or the floor; every other seat to the first."""

    shift: Shift
    found: Stretch

    def at_least(self, seats: int, moved: int) -> bool:
        """Tell whether the list has so many seats."""
        law, votes, (first,) = self.shift.law, self.shift.votes_at(moved), self.found.passed
        rule = law.fallback or Fallback()
        (second,) = (party for party in self.found.admitted if party != first)
        whole = (rule.weight * votes[second] * law.list_seats / (votes[first] + votes[second])).__floor__()
        of_second = min(law.list_seats, max(whole, rule.floor))
        return seats <= (of_second if self.shift.party == second else law.list_seats - of_second)


@dataclass(frozen=True)
class Remainders:
    """Largest remainders by a quota; ``order`` decides between equal claims."""

    shift: Shift
    method: Method
    order: tuple[str, ...]

    @cached_property
    def others(self) -> list[tuple[int, int, int]]:
        """The other lists in order: votes, how they move with each vote, and 1 where an equal claim of theirs comes first."""
        votes, steps, own = self.shift.ballot.votes, self.shift.steps, self.order.index(self.shift.party)
        return [(votes[p], steps.get(p, 0), int(place < own)) for place, p in enumerate(self.order) if place != own]

    @cached_property
    def total(self) -> tuple[int, int]:
        """The votes of all that share in the seats, and how they move."""
        votes, steps = self.shift.ballot.votes, self.shift.steps
        return sum(votes[party] for party in self.order), sum(steps.get(party, 0) for party in self.order)

    def at_least(self, seats: int, moved: int) -> bool:
        """Tell whether the list has so many seats."""
        if seats <= 0:
            return True
        law, (held, pace) = self.shift.law, self.total
        quota: Fraction = resolve(self.method.oracle)(held + pace * moved, law.list_seats)
        price, unit, left = quota.numerator, quota.denominator, law.list_seats - seats
        mine = (self.shift.ballot.votes[self.shift.party] + self.shift.step * moved) * unit - (seats - 1) * price
        for votes, step, first in self.others:
            before = ((votes + step * moved) * unit - mine + first - 1) // price + 1  # claims ahead of this one; level ones if first
            if before > 0:
                left -= before
            if left < 0:
                return False
        return left >= 0


@dataclass(frozen=True)
class Quotients:
    """Highest quotients by a series of divisors; ``order`` decides between equal claims."""

    shift: Shift
    method: Method
    order: tuple[str, ...]

    def at_least(self, seats: int, moved: int) -> bool:
        """Tell whether the list has so many seats."""
        if seats <= 0:
            return True
        law, votes = self.shift.law, self.shift.votes_at(moved)
        series, left = divisors(self.method, law.list_seats), law.list_seats - seats
        mine, divisor, prior = self.raised(votes[self.shift.party]), series[min(seats, law.list_seats) - 1], True
        if not mine or left < 0:
            return False
        for party in self.order:
            if party == self.shift.party:
                prior = False
            elif votes[party]:
                left -= self.before(self.raised(votes[party]), mine, divisor, series, prior)
                if left < 0:
                    return False
        return left >= 0

    def raised(self, votes: int) -> int:
        """Return votes as they are compared."""
        return votes**2 if self.method.squared else votes

    @staticmethod
    def before(theirs: int, mine: int, divisor: Fraction, series: tuple[Fraction, ...], prior: bool) -> int:
        """Count the claims of another list that come before one of this list."""
        if not divisor:  # before all others: there the votes decide
            return int(theirs > mine or (theirs == mine and prior))
        level = theirs * divisor / mine
        return bisect_right(series, level) if prior else bisect_left(series, level)


@cache
def divisors(method: Method, seats: int) -> tuple[Fraction, ...]:
    """Return the divisors of so many seats."""
    divisor: Callable[[int], Fraction] = resolve(method.oracle)
    return tuple(divisor(seat) for seat in range(seats))
