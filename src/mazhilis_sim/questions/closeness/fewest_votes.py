"""The first number of moved votes that changes a list's seats."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from mazhilis_sim.counting.exact import count
from mazhilis_sim.counting.lots import Urn
from mazhilis_sim.errors import AllocationError
from mazhilis_sim.legislation.methods import QUOTA, entry, resolve
from mazhilis_sim.questions.closeness.claims import Remainders, Sharing, sharing
from mazhilis_sim.questions.closeness.events import next_event, to_next_band
from mazhilis_sim.questions.closeness.shifts import Shift
from mazhilis_sim.questions.closeness.stretches import Stretch, stretches

DROOP = "droop"
Test = Callable[[int], bool]


@dataclass(frozen=True)
class Search:
    """The search for the fewest moved votes that change a list's seats.

    Parameters
    ----------
    shift : Shift
    seats : int
        Of the list, as they are.
    urn : Urn
        For laws that draw lots.
    """

    shift: Shift
    seats: int
    urn: Urn

    def fewest(self, most: int | None = None) -> int | None:
        """Return the fewest moved votes, at most so many, that change the seats the way the votes go; None where none do."""
        for found in stretches(self.shift, self.shift.most if most is None else min(most, self.shift.most)):
            moved = InStretch(self, found).first() if found.admitted else None
            if moved is not None:
                return moved
        return None

    def changed_by(self, moved: int) -> bool:
        """Count anew, and tell whether the seats have changed that way; not where no allocation is defined."""
        ballot = self.shift.ballot_at(moved)
        if not any(ballot.votes.values()):
            return False
        try:
            seats = count(self.shift.law, ballot, self.urn).seats[self.shift.party]
        except AllocationError:
            return False
        return seats > self.seats if self.shift.step > 0 else seats < self.seats


@dataclass(frozen=True)
class InStretch:
    """The search in one stretch, in which more moved votes never undo a change."""

    search: Search
    found: Stretch

    @cached_property
    def sharing(self) -> Sharing:
        """How the seats are shared out there."""
        return sharing(self.search.shift, self.found, self.search.urn)

    def reached(self, moved: int, further: int = 0) -> bool:
        """Tell whether the seats have changed, and by so many more; ties count as the order decides them."""
        if self.search.shift.step > 0:
            return self.sharing.at_least(self.search.seats + 1 + further, moved)
        return not self.sharing.at_least(self.search.seats - further, moved)

    def first(self) -> int | None:
        """Return the first number of moved votes with which the seats have changed and an allocation is defined."""
        moved = self.first_with(self.reached, self.found.low)
        while moved is not None and not self.search.changed_by(moved):
            moved = self.next_defined(moved)
        return moved

    def first_with(self, test: Test, low: int) -> int | None:
        """Return the first number that passes a test which more votes never undo."""
        for begin, end in self.ranges(test, low):
            if test(end):
                return by_halves(test, begin, end)
        return None

    def ranges(self, test: Test, low: int) -> Iterator[tuple[int, int]]:
        """Yield where to look: everywhere; under Droop's rounded quota in the first band whose end will do, then behind the last."""
        ends = self.band_ends(low)
        if ends and test(ends[-1]):
            band = by_halves(lambda number: test(ends[number]), 0, len(ends) - 1)
            yield max(low, ends[band] - ends.step + 1), ends[band]
        yield ends[-1] + 1 if ends else low, self.found.high

    def band_ends(self, low: int) -> range:
        """Return the ends of the bands of moved votes from a number on; none where there are no bands.

        A band is the votes with one total // (seats + 1), and so with one rounded quota. What more votes never undo, they never undo from
        one end of a band to the next, nor within a band; from the end of one into the next they may.
        """
        shift, admitted = self.search.shift, self.found.admitted
        if shift.law.method != DROOP or not self.pace or not isinstance(self.sharing, Remainders):
            return range(0)
        total = sum(votes for party, votes in shift.votes_at(low).items() if party in admitted)
        size = shift.law.list_seats + 1
        return range(low + to_next_band(total, self.pace, size) - 1, self.found.high + 1, size)

    @property
    def pace(self) -> int:
        """By how much the votes of the admitted lists move with each vote."""
        return sum(step for party, step in self.search.shift.steps.items() if party in self.found.admitted)

    def next_defined(self, moved: int) -> int | None:
        """Return the next number at which an allocation may be defined where at this one none is."""
        if moved >= self.found.high or not self.movers:
            return None
        if self.found.two_party:
            # Undefined is what gives more than all seats by the floor: ever more so as the first list gains, and ever less as it loses,
            # for the second's weight is at most 1. So from here on none is defined any more, or all are once one is.
            return self.first_with(self.search.changed_by, moved + 1)
        turn = self.next_turn(moved)
        return turn if turn is not None and turn <= self.found.high else None

    def next_turn(self, moved: int) -> int | None:
        """Return where claims change their order next."""
        shift, method = self.search.shift, entry(self.search.shift.law.method)
        if method.family == QUOTA:
            return next_event(shift, self.found.admitted, resolve(method.oracle), moved, rounded=method.name == DROOP)
        if self.search.changed_by(moved + 1):
            return moved + 1
        turns = (self.next_seat_of(mover, moved) for mover in self.movers)
        return min((turn for turn in turns if turn is not None), default=None)

    def next_seat_of(self, mover: Shift, moved: int) -> int | None:
        """Return where a list that moves gets its next seat, or loses its last; its claims are the only ones that change."""
        shared = sharing(mover, self.found, self.search.urn)
        most = mover.law.list_seats
        held = by_halves(lambda seats: not shared.at_least(seats + 1, moved), 0, most)
        test: Test = (lambda n: shared.at_least(held + 1, n)) if mover.step > 0 else (lambda n: not shared.at_least(held, n))
        return self.first_with(test, moved + 1)

    @property
    def movers(self) -> list[Shift]:
        """The lists whose votes move and that are admitted, each as the one that is looked at."""
        shift = self.search.shift
        pairs = [(shift.party, shift.step, shift.rival), (shift.rival, -shift.step, shift.party)]
        return [Shift(shift.law, shift.ballot, name, step, other) for name, step, other in pairs if name in self.found.admitted]


def by_halves(test: Test, low: int, high: int) -> int:
    """Return the first number that passes a test which the last one passes and none undoes.

    Examples
    --------
    >>> by_halves(lambda number: number >= 7, 1, 100)
    7
    """
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if test(middle) else (middle + 1, high)
    return low
