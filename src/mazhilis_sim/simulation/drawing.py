"""Draws of a packed question: simulated votes counted into tallies, in one thread's own room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mazhilis_sim.kernels.cpu import block, tally
from mazhilis_sim.simulation.packing import PackedQuestion
from mazhilis_sim.simulation.tallies import Tallies

if TYPE_CHECKING:
    from numpy.typing import NDArray

TIER_OF = {"lists": "list", "districts": "district", "totals": "total", "coalitions": "coalitions"}
"""Names of the kernels' histograms, each spread over several copies, and of what they become."""


@dataclass
class Drawing:
    """Room for the draws of one thread, and what is counted over them."""

    packed: PackedQuestion

    def __post_init__(self) -> None:
        self.room, self.counted = self.packed.room(), self.packed.tallies()

    def run(self, start: int, n: int) -> None:
        """Add the draws [start, start + n) to the tallies."""
        self.count(start, n, np.zeros(0, np.uint64), self.counted)

    def count(self, start: int, n: int, numbers: NDArray[np.uint64], counted: tally.Tallies) -> None:
        """Add draws to tallies: [start, start + n), or those of ``numbers`` where it holds any."""
        packed = self.packed
        block.run_block(
            np.uint64(packed.seed),
            np.uint64(start),
            numbers,
            n,
            packed.shares,
            packed.rules,
            packed.districts if packed.district_seats else None,
            1 if packed.lots else None,
            packed.coalitions if len(packed.coalitions) else None,
            *self.room,
            counted,
        )

    def chambers(self, numbers: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Simulate single draws by number, a chunk at a time, and count them nowhere: their list seats (n, k) and district seats (n, p)."""
        lists, districts = (np.zeros((len(numbers), wide), np.int64) for wide in (self.packed.lists, self.packed.columns))
        thrown_away = self.packed.tallies()
        for begin in range(0, len(numbers), block.LANES):
            chunk = slice(begin, min(begin + block.LANES, len(numbers)))
            used = chunk.stop - begin
            self.count(0, used, numbers[chunk], thrown_away)
            lists[chunk], districts[chunk] = self.room.lanes.seats[:, :used].T, self.room.races.seats[:, :used].T
        return lists, districts

    def tallies(self) -> Tallies:
        """Return what was counted; the copies that each histogram is spread over are added up."""
        tallies = {name: getattr(self.counted, name) for name in ("entries", "admitted", "events")}
        tallies |= {tier: getattr(self.counted, name).sum(axis=0) for name, tier in TIER_OF.items()}
        if tallies["district"].shape[1] == 1:  # a chamber of lists alone: the kernel tallies each seat once
            tallies["total"] = tallies["list"].copy()
            tallies["district"][:, 0] = tallies["list"].sum(axis=1)
        return tallies
