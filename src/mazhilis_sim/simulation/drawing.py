"""Draws of a packed question: simulated votes counted into tallies, in one thread's own room."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mazhilis_sim.kernels.cpu import block, tally
from mazhilis_sim.kernels.cpu.draws import Given
from mazhilis_sim.simulation.models.base import Parameters
from mazhilis_sim.simulation.models.own import CHUNK, OwnShares
from mazhilis_sim.simulation.packing import PackedQuestion
from mazhilis_sim.simulation.tallies import Tallies

if TYPE_CHECKING:
    from numpy.typing import NDArray

NO_NUMBERS = np.zeros(0, np.uint64)
"""Stands for draws that follow each other."""
TIER_OF = {"lists": "list", "districts": "district", "totals": "total", "coalitions": "coalitions"}
"""Names of the kernels' histograms, each spread over several copies, and of what they become."""


@dataclass
class Source:
    """Where the shares of one thread's draws come from: one tuple of parameters for all, or an own function, chunk by chunk."""

    shares: Parameters | OwnShares
    seed: int
    latest: Given | None = None

    def at(self, draw: int) -> Parameters:
        """Return the parameters that hold one draw; of an own function, the latest chunk is remembered."""
        if not isinstance(self.shares, OwnShares):
            return self.shares
        first = draw - draw % CHUNK
        if self.latest is None or self.latest.first != first:
            self.latest = self.shares.given(self.seed, first)
        return self.latest

    def parts(self, start: int, n: int) -> Iterator[tuple[int, int, Parameters]]:
        """Cut the draws [start, start + n) where other parameters begin: (first, how many, parameters)."""
        if not isinstance(self.shares, OwnShares):
            yield start, n, self.shares
            return
        for chunk in range(start - start % CHUNK, start + n, CHUNK):
            first, stop = max(start, chunk), min(start + n, chunk + CHUNK)
            yield first, stop - first, self.at(first)

    def groups(self, numbers: NDArray[np.uint64]) -> Iterator[NDArray[np.intp]]:
        """Group the places of draws that run together: as many as there are lanes, and of one chunk of an own function."""
        order, cuts = np.arange(len(numbers)), np.zeros(0, np.intp)
        if isinstance(self.shares, OwnShares):
            order = np.argsort(numbers, kind="stable")
            cuts = np.flatnonzero(np.diff(numbers[order] // np.uint64(CHUNK))) + 1
        for together in np.split(order, cuts):
            for begin in range(0, len(together), block.LANES):
                yield together[begin : begin + block.LANES]


@dataclass
class Drawing:
    """Room for the draws of one thread, and what is counted over them."""

    packed: PackedQuestion

    def __post_init__(self) -> None:
        self.room, self.counted, self.source = self.packed.room(), self.packed.tallies(), Source(self.packed.shares, self.packed.seed)

    def run(self, start: int, n: int) -> None:
        """Add the draws [start, start + n) to the tallies."""
        for first, some, shares in self.source.parts(start, n):
            self.count(shares, first, some, NO_NUMBERS, self.counted)

    def compile(self) -> None:
        """Compile all that runs the question, or load it from disk, by running no draw."""
        self.count(self.source.at(0), 0, 0, NO_NUMBERS, self.counted)

    def count(self, shares: Parameters, start: int, n: int, numbers: NDArray[np.uint64], counted: tally.Tallies) -> None:
        """Add draws to tallies: [start, start + n), or those of ``numbers`` where it holds any."""
        packed = self.packed
        block.run_block(
            np.uint64(packed.seed),
            np.uint64(start),
            numbers,
            n,
            shares,
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
        for places in self.source.groups(numbers):
            used, some = len(places), numbers[places]
            self.count(self.source.at(int(some[0])), 0, used, some, thrown_away)
            lists[places], districts[places] = self.room.lanes.seats[:, :used].T, self.room.races.seats[:, :used].T
        return lists, districts

    def tallies(self) -> Tallies:
        """Return what was counted; the copies that each histogram is spread over are added up."""
        tallies = {name: getattr(self.counted, name) for name in ("entries", "admitted", "events")}
        tallies |= {tier: getattr(self.counted, name).sum(axis=0) for name, tier in TIER_OF.items()}
        if tallies["district"].shape[1] == 1:  # a chamber of lists alone: the kernel tallies each seat once
            tallies["total"] = tallies["list"].copy()
            tallies["district"][:, 0] = tallies["list"].sum(axis=1)
        return tallies
