"""Draws of a packed question: simulated votes counted into tallies, in one thread's own room."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from mazhilis_sim.counting.own_rule_many import share_out_rows
from mazhilis_sim.kernels.borrowing import Lent, lend, lent, lent_together
from mazhilis_sim.kernels.cpu import block, districts, tally
from mazhilis_sim.kernels.parameters import Given, as_drawn
from mazhilis_sim.kernels.steps import events
from mazhilis_sim.legislation.methods import SeatRule
from mazhilis_sim.simulation.drawing.packing import FEW_DRAWS, PackedQuestion
from mazhilis_sim.simulation.models.base import Parameters
from mazhilis_sim.simulation.models.own import CHUNK, OwnShares
from mazhilis_sim.simulation.tally_shapes import Tallies

if TYPE_CHECKING:
    from numpy.typing import NDArray

NO_NUMBERS = lend(np.zeros(0, np.uint64))
"""Stands for draws that follow each other."""
FEWEST_LANES = 128
"""The narrowest room that `lanes_for` asks for."""


def lanes_for(draws: int) -> int:
    """Return how many lanes a room for so many draws has: a power of two, so that rooms are of few shapes, or a whole chunk.

    The lanes of a hundred draws are counted, and their room made, in a small part of the time of a whole chunk.
    """
    return min(block.LANES, max(FEWEST_LANES, 1 << (draws - 1).bit_length()))


STAGES: dict[Any, Any] = {}
"""The compiled stages for each kind of arguments that this process has called an entry with."""


def run(entry: Callable[..., Any], make: Callable[..., Any], *arguments: Any) -> None:
    """Call an entry: it is lent its arguments, and handed the stages that ``make`` makes for them."""
    given = tuple(map(lend, arguments))
    entry(stages_for(make, given), *given)


def stages_for(make: Callable[..., Any], given: tuple[Any, ...]) -> Any:
    """Return the stages that ``make`` makes for what is lent, made once for all of the same types, of which each is one object for ever."""
    kind = make, *(id(one.kind) if isinstance(one, Lent) else type(one) for one in given)
    if kind not in STAGES:
        STAGES[kind] = make(*given)
    return STAGES[kind]


@dataclass
class Source:
    """Where the shares of one thread's draws come from: one tuple of parameters for all, or an own function, chunk by chunk."""

    shares: Parameters | OwnShares
    seed: int
    latest: Given | None = None

    def __post_init__(self) -> None:
        self.drawn: Any = None if isinstance(self.shares, OwnShares) else lend(as_drawn(self.shares))

    def at(self, draw: int) -> Parameters | Lent:
        """Return the parameters that hold one draw, lent where they hold all; of an own function, the latest chunk is remembered."""
        if not isinstance(self.shares, OwnShares):
            drawn: Lent = self.drawn
            return drawn
        first = draw - draw % CHUNK
        if self.latest is None or self.latest.first != first:
            self.latest = self.shares.given(self.seed, first)
        return self.latest

    def parts(self, start: int, n: int) -> Iterator[tuple[int, int, Parameters | Lent]]:
        """Cut the draws [start, start + n) where other parameters begin: (first, how many, parameters); of no draw that is one part."""
        if not isinstance(self.shares, OwnShares):
            yield start, n, self.drawn
            return
        for chunk in range(start - start % CHUNK, start + max(n, 1), CHUNK):
            first, stop = max(start, chunk), min(start + n, chunk + CHUNK)
            yield first, stop - first, self.at(first)

    def groups(self, numbers: NDArray[np.uint64]) -> Iterator[NDArray[np.intp]]:
        """Group the places of draws that one tuple of parameters serves: of an own function those of one chunk, else all."""
        order, cuts = np.arange(len(numbers)), np.zeros(0, np.intp)
        if isinstance(self.shares, OwnShares):
            order = np.argsort(numbers, kind="stable")
            cuts = np.flatnonzero(np.diff(numbers[order] // np.uint64(CHUNK))) + 1
        yield from (places for places in np.split(order, cuts) if len(places))


@dataclass
class Drawing:
    """Room for the draws of one thread, a chunk of ``lanes`` at a time, and what is counted over them."""

    packed: PackedQuestion
    lanes: int = block.LANES

    def __post_init__(self) -> None:
        packed = self.packed
        self.room = packed.room(self.lanes)
        self.counted: dict[bool, Lent] = {}  # of few draws at a time, and of many
        self.rules = lend(packed.rules._replace(method=None))  # another stage shares out the seats by it
        self.source = Source(packed.shares, packed.seed)
        self.districts = lend(districts.as_drawn(packed.districts)) if packed.district_seats else None
        self.coalitions, self.no_rows = lend(packed.coalitions), self.written()

    @cached_property
    def thrown_away(self) -> Lent:
        """Tallies of what is counted only to be looked at."""
        return self.packed.tallies(0)

    def tables(self, draws: int) -> Lent:
        """Return the tallies that so many draws at a time are added to."""
        many = draws > FEW_DRAWS
        if many not in self.counted:
            self.counted[many] = self.packed.tallies(draws)
        return self.counted[many]

    def run(self, start: int, n: int) -> None:
        """Add the draws [start, start + n) to the tallies."""
        for first, some, shares in self.source.parts(start, n):
            if self.packed.rule is None:
                self.count(shares, first, some, NO_NUMBERS, self.tables(some))
            else:
                self.count_by_own_rule(self.packed.rule, shares, first, some)

    def count_by_own_rule(self, rule: SeatRule, shares: Parameters | Lent, start: int, n: int) -> None:
        """Add the draws [start, start + n) to the tallies, a chunk of lanes at a time, of which an own rule shares out the seats."""
        _, lanes, races = map(lent, self.room)
        for first in range(start, start + n, self.lanes):
            used = min(self.lanes, start + n - first)
            self.count(shares, first, used, NO_NUMBERS, self.thrown_away)
            self.share_out(rule, used, first)
            who = (lanes.admitted, lanes.seats, lanes.flags, races.seats, races.ties, lanes.places)
            block.tally_counted(used, self.districts, self.packed.coalitions, *who, self.tables(used))

    def share_out(self, rule: SeatRule, used: int, first: int) -> None:
        """Share out the seats of a chunk's admitted lists anew; what the law says of two parties, or of none, stays as it was counted."""
        ballots, lanes, _ = map(lent, self.room)
        voted = ((ballots.votes > 0) & (lanes.admitted != 0)).any(axis=0)
        asked = np.flatnonzero(voted[:used] & (lanes.flags[:used] & events.FALLBACK == 0))
        share_out_rows(rule, ballots.votes.T, lanes.admitted.T, int(self.packed.rules.seats), asked, lanes.seats.T, "draw {}", first)
        lanes.flags[:used] &= ~events.TIE  # of remainders, which the rule may not have

    def compile(self) -> None:
        """Compile what runs the question, or load it from disk, by running no draw; the function of an own model is called once.

        Loops around a rule of a user's own are left to the first draws.
        """
        self.count(self.source.at(0), 0, 0, NO_NUMBERS, self.thrown_away)

    def count(
        self,
        shares: Parameters | Lent,
        start: int,
        n: int,
        numbers: NDArray[np.uint64] | Lent,
        counted: Lent,
        written: block.Written | Lent | None = None,
    ) -> None:
        """Add draws to tallies: [start, start + n), or those of ``numbers`` where it holds any; write them down where asked."""
        packed = self.packed
        run(
            block.run_block,
            block.stages_of,
            np.uint64(packed.seed),
            np.uint64(start),
            numbers,
            n,
            shares,
            self.rules,
            packed.rules.method,
            self.districts,
            1 if packed.lots else None,
            self.coalitions,
            *self.room,
            counted,
            written or self.no_rows,
        )

    def written(self, chambers: int = 0, shares: int = 0) -> Lent:
        """Make room for the seats of so many draws, and for the shares of so many, and lend it."""
        lists, districts = (((chambers, wide), np.int64) for wide in (self.packed.lists, self.packed.columns))
        return lent_together(block.Written, (lists, districts, ((shares, len(self.packed.shares.location)), np.float64)))

    def shares(self, start: int, n: int) -> NDArray[np.float64]:
        """Simulate the draws [start, start + n), and count them nowhere: their shares (m, n)."""
        found = np.zeros((len(self.packed.shares.location), n))
        for first, some, shares in self.source.parts(start, n):
            written = self.written(shares=some)
            self.count(shares, first, some, NO_NUMBERS, self.thrown_away, written)
            found[:, first - start : first - start + some] = lent(written).shares.T
        return found

    def chambers(self, numbers: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Simulate single draws by number, and count them nowhere: their list seats (n, k) and district seats (n, p)."""
        found = lent(self.written(len(numbers)))
        for places in self.source.groups(numbers):
            some, shares = numbers[places], self.source.at(int(numbers[places[0]]))
            seats = lent(self.written(len(some)))
            if self.packed.rule is None:
                self.chambers_at_once(shares, some, seats)
            else:
                self.chambers_by_own_rule(self.packed.rule, shares, some, seats)
            found.lists[places], found.districts[places] = seats.lists, seats.districts
        return found.lists, found.districts

    def chambers_at_once(self, shares: Parameters | Lent, numbers: NDArray[np.uint64], seats: block.Written) -> None:
        """Simulate single draws, as many at once as take little time."""
        for first in range(0, len(numbers), self.packed.at_once):
            some = slice(first, first + self.packed.at_once)
            room = block.Written(seats.lists[some], seats.districts[some], seats.shares)
            self.count(shares, 0, len(room.lists), numbers[some], self.thrown_away, room)

    def chambers_by_own_rule(self, rule: SeatRule, shares: Parameters | Lent, numbers: NDArray[np.uint64], seats: block.Written) -> None:
        """Simulate single draws of which an own rule shares out the seats, a chunk of lanes at a time."""
        _, lanes, races = map(lent, self.room)
        for part in self.chunks(shares, numbers):
            used = len(numbers[part])
            self.share_out(rule, used, int(numbers[part][0]))
            seats.lists[part], seats.districts[part] = lanes.seats[:, :used].T, races.seats[:, :used].T

    def chunks(self, shares: Parameters | Lent, numbers: NDArray[np.uint64]) -> Iterator[slice]:
        """Simulate single draws a chunk of lanes at a time; what was counted stands in the room while its places are yielded."""
        for first in range(0, len(numbers), self.lanes):
            part = slice(first, first + self.lanes)
            self.count(shares, 0, len(numbers[part]), numbers[part], self.thrown_away)
            yield part

    def marks(self, numbers: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Simulate single draws by number: who is admitted (n, k), 1 by the threshold and 2 without, and their flags (n,)."""
        admitted, flags = np.zeros((len(numbers), self.packed.lists), np.int64), np.zeros(len(numbers), np.int64)
        lanes = lent(self.room.lanes)
        for places in self.source.groups(numbers):
            some, shares = numbers[places], self.source.at(int(numbers[places[0]]))
            for part in self.chunks(shares, some):
                used = len(some[part])
                lost = 0 if self.packed.rule is None else events.TIE  # of remainders, which an own rule may not have: it is not asked
                admitted[places[part]], flags[places[part]] = lanes.admitted[:, :used].T, lanes.flags[:used] & ~lost
        return admitted, flags

    def tallies(self) -> Tallies:
        """Return what was counted."""
        few, *many = map(self.told_apart, self.counted.values() or [self.tables(0)])
        return {name: sum((other[name] for other in many), counts) for name, counts in few.items()}

    def told_apart(self, lent_tallies: Lent) -> Tallies:
        """Return tallies by name, those of seats that were counted together told apart."""
        counted = lent(lent_tallies)
        tallies = {name: getattr(counted, name) for name in ("entries", "admitted", "events")}
        lists, districts, totals, coalitions = tally.histograms(counted)
        if not self.packed.district_seats:  # a chamber of lists alone: the kernel tallies each seat once
            districts, totals = lists.sum(axis=1, keepdims=True), lists.copy()
        return tallies | {"list": lists, "district": districts, "total": totals, "coalitions": coalitions}
