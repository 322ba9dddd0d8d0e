"""One law at rising thresholds, counted along them on the voters of each draw, in one thread's own room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from mazhilis_sim.kernels.aligning import aligned
from mazhilis_sim.kernels.cpu.block import LANES
from mazhilis_sim.kernels.cpu.lanes import narrowed, new_lanes
from mazhilis_sim.kernels.laws.thresholds import Changes, Scale, Walk, run_thresholds, stages_of
from mazhilis_sim.kernels.steps.events import EVENTS
from mazhilis_sim.simulation.drawing.draws import NO_NUMBERS, Drawing, run
from mazhilis_sim.simulation.drawing.held import has_voters_of
from mazhilis_sim.simulation.drawing.packing import PackedQuestion
from mazhilis_sim.simulation.tally_shapes import Tallies

if TYPE_CHECKING:
    from numpy.typing import NDArray

MARKS = 1 << 14
"""Parts of the whole by which the thresholds beside a share are found: a power of two, so that a share times it is exact."""
MOST_PRODUCT = 1 << 52
"""Of a base and a denominator: shares and thresholds that differ at all then differ by more than both are rounded in floats of 64 bits."""


def threshold_of(law: PackedQuestion) -> Fraction:
    """Return a law's threshold."""
    return Fraction(int(law.rules.threshold_num), int(law.rules.threshold_den))


def differ_in_threshold(laws: Sequence[PackedQuestion]) -> bool:
    """Tell whether laws differ in nothing but thresholds, which rise, and count the same voters by a rule of the package."""
    thresholds = [threshold_of(law) for law in laws]
    counts = [(law.rules._replace(threshold_num=0, threshold_den=0), law.lots, law.district_seats, law.rule) for law in laws]
    same = all(count == counts[0] for count in counts) and counts[0][-1] is None
    finest = max(threshold.denominator for threshold in thresholds)
    ordered = thresholds == sorted(thresholds) and most_votes(laws[0]) * finest <= MOST_PRODUCT
    return same and ordered and all(has_voters_of(law, laws[0]) for law in laws)


def most_votes(law: PackedQuestion) -> int:
    """Return the largest base of a draw: each category is rounded by itself."""
    return int(law.shares.votes) + len(law.shares.location)


@dataclass
class Thresholds:
    """The count of draws by laws for which `differ_in_threshold` holds."""

    laws: tuple[PackedQuestion, ...]
    drawing: Drawing = field(init=False)

    def __post_init__(self) -> None:
        packed, last = self.laws[0], len(self.laws)
        shapes, house, lists = packed.shapes, int(packed.rules.seats), packed.lists
        self.drawing = Drawing(packed)
        self.scale = scale_of([threshold_of(law) for law in self.laws])
        self.rules, whole = narrowed(packed.rules._replace(threshold_num=0, threshold_den=1, method=None), lists, most_votes(packed))
        self.lanes = new_lanes(lists, LANES, whole)
        number, rows = np.int32, (lists, LANES)
        self.walk = Walk(aligned(LANES, float), aligned(rows, number), aligned(rows, whole), *aligned((4, LANES), number))
        columns = packed.columns if packed.district_seats else 0
        shapes_of = (
            (lists, (last + 1) * (2 * house + 3)),
            (last + 1, 1 << len(EVENTS)),
            (last + 1, columns, shapes["total"][1]),
            (last + 1, *shapes["coalitions"]),
            (columns, packed.district_seats + 1),
        )
        self.changes = Changes._make(np.zeros(shape, np.int64) for shape in shapes_of)
        self.draws = 0

    def add(self, start: int, n: int) -> None:
        """Add the draws [start, start + n)."""
        packed, drawing = self.laws[0], self.drawing
        ballots, _, races = drawing.room
        self.draws += n
        for first, some, shares in drawing.source.parts(start, n):
            run(
                run_thresholds,
                stages_of,
                np.uint64(packed.seed),
                np.uint64(first),
                NO_NUMBERS,
                some,
                shares,
                self.rules,
                packed.rules.method,
                self.scale,
                drawing.districts,
                1 if packed.lots else None,
                drawing.coalitions,
                ballots,
                self.lanes,
                races,
                self.walk,
                self.changes,
            )

    def told_apart(self) -> list[Tallies]:
        """Return the tallies of each threshold."""
        changes = self.changes
        of_lists = changes.lists.reshape(len(changes.lists), len(self.laws) + 1, -1).swapaxes(0, 1)
        each_change = (of_lists, changes.flags, changes.totals, changes.coalitions)
        lists, flags, totals, coalitions = (change.cumsum(axis=0)[:-1] for change in each_change)
        events = flags @ flags_of_events(*self.laws[0].shapes["events"])
        counted = zip(events, totals, coalitions, strict=True)
        others = [dict(zip(("events", "total", "coalitions"), each, strict=True)) for each in counted]
        return [other | self.of_lists(each) for each, other in zip(lists, others, strict=True)]

    def of_lists(self, lists: NDArray[np.int64]) -> Tallies:
        """Return what is counted of lists at one threshold: each is admitted by it, or without it, or has no seat."""
        house = int(self.laws[0].rules.seats) + 1
        by_threshold, without = lists[:, 1 : house + 1], lists[:, house + 1 :]
        seats = by_threshold + without
        entries, admitted = by_threshold.sum(axis=1), seats.sum(axis=1)
        seats[:, 0] += self.draws - admitted
        counted = {"entries": entries, "admitted": admitted, "list": seats, "district": self.changes.districts}
        if not self.laws[0].district_seats:
            counted |= {"district": seats.sum(axis=1, keepdims=True), "total": seats.copy()}
        return counted


def flags_of_events(events: int) -> NDArray[np.int64]:
    """Return which events each combination of their flags holds."""
    return np.arange(1 << len(EVENTS))[:, None] >> np.arange(events) & 1


def scale_of(thresholds: Sequence[Fraction]) -> Scale:
    """Pack rising thresholds."""
    floats = np.array([float(threshold) for threshold in thresholds])
    below = np.searchsorted(floats, np.arange(MARKS + 1) / MARKS, side="right").astype(np.int32)
    half = (1 << int(np.diff(below).max()).bit_length()) >> 1
    return Scale(np.append(floats, np.full(2 * half, np.inf)), below, half)
