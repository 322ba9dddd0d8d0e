"""Laws alike but for their numbers, counted together on the voters of each draw, in one thread's own room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from mazhilis_sim.kernels.aligning import aligned
from mazhilis_sim.kernels.cpu.block import LANES
from mazhilis_sim.kernels.cpu.tally import SPREAD, sums_of
from mazhilis_sim.kernels.laws.alike import COPIES, Together, run_laws, stages_of
from mazhilis_sim.simulation.drawing.draws import NO_NUMBERS, Drawing, run
from mazhilis_sim.simulation.drawing.held import has_voters_of
from mazhilis_sim.simulation.drawing.packing import PackedQuestion
from mazhilis_sim.simulation.tally_shapes import Tallies

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_PAIRS = 1 << 20
"""Cells of the seats of every list by two laws."""


def counted_together(laws: Sequence[PackedQuestion]) -> bool:
    """Tell whether laws are alike but for their numbers, elect lists alone, and give few enough seats to count two laws' together."""
    first, wide = laws[0], most_seats(laws) + 1
    small = first.lists * wide**2 <= MOST_PAIRS
    same = all(has_voters_of(law, first) and (law.lots, law.rules.method) == (first.lots, first.rules.method) for law in laws)
    return small and same and all(law.rule is None and not law.district_seats for law in laws)


def most_seats(laws: Sequence[PackedQuestion]) -> int:
    """Return the most seats that any law elects."""
    return max(int(law.rules.seats) + law.district_seats for law in laws)


@dataclass
class Alike:
    """The count of draws by laws for which `counted_together` holds."""

    laws: tuple[PackedQuestion, ...]
    drawing: Drawing = field(init=False)

    def __post_init__(self) -> None:
        packed = self.laws[0]
        count, lists, self.wide = len(self.laws), packed.lists, most_seats(self.laws) + 1
        self.drawing = Drawing(packed)
        self.numbers = np.array([law.rules[:-1] for law in self.laws], packed.whole)
        self.first, self.places = aligned((lists, LANES), packed.whole), aligned(LANES, np.int32)
        shapes = (
            (count, lists),
            (count, lists),
            (count, *packed.shapes["events"]),
            (count - 1, lists, COPIES * self.wide**2),
            (count, SPREAD, len(packed.coalitions), self.wide),
        )
        self.counted = Together(*(np.zeros(shape, np.int64) for shape in shapes))

    def add(self, start: int, n: int) -> None:
        """Add the draws [start, start + n)."""
        packed, drawing = self.laws[0], self.drawing
        lots = 1 if packed.lots else None
        for first, some, shares in drawing.source.parts(start, n):
            run(
                run_laws,
                stages_of,
                np.uint64(packed.seed),
                np.uint64(first),
                NO_NUMBERS,
                some,
                shares,
                self.numbers,
                packed.rules.method,
                lots,
                drawing.coalitions,
                *drawing.room,
                self.wide,
                self.first,
                self.places,
                self.counted,
            )

    def told_apart(self) -> tuple[list[Tallies], list[NDArray[np.int64]]]:
        """Return each law's tallies, and for each but the first how often it gives how many seats more."""
        lists, wide = self.laws[0].lists, self.wide
        pairs = self.counted.pairs.reshape(-1, lists, COPIES, wide, wide).sum(axis=2)
        seats = [pairs[0].sum(axis=2), *pairs.sum(axis=2)]
        return [self.tallies(place, counts) for place, counts in enumerate(seats)], [sums_of(both[:, ::-1]) for both in pairs]

    def tallies(self, place: int, seats: NDArray[np.int64]) -> Tallies:
        """Return one law's tallies, of which these are the seats on lists."""
        house = int(self.laws[place].rules.seats) + 1
        lists = np.ascontiguousarray(seats[:, :house])
        counted = {name: getattr(self.counted, name)[place] for name in ("entries", "admitted", "events")}
        coalitions = self.counted.coalitions[place].sum(axis=0)[:, :house]
        return counted | {"list": lists, "district": lists.sum(axis=1, keepdims=True), "total": lists.copy(), "coalitions": coalitions}
