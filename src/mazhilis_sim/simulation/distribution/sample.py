"""Whole chambers that are kept, for joint questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from mazhilis_sim import reading
from mazhilis_sim.errors import SimulationError
from mazhilis_sim.simulation.distribution.probability import Probability
from mazhilis_sim.simulation.tallies import TIERS

if TYPE_CHECKING:
    from numpy.typing import NDArray

SAMPLE_SIZE = 10_000
"""Whole chambers that are kept for joint questions."""


@dataclass(frozen=True)
class Sample:
    """Whole chambers of the draws with the smallest hash: a random sample that merged pieces agree on.

    ``key`` (n,) orders by hash, then by draw; ``draw`` (n,); ``lists`` (n, k) and ``districts`` (n, p) hold seats.
    """

    key: NDArray[np.uint64]
    draw: NDArray[np.uint64]
    lists: NDArray[np.int64]
    districts: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.draw)

    def merge(self, other: Sample) -> Sample:
        """Keep the smallest of both."""
        mine, theirs = (self.key, self.draw, self.lists, self.districts), (other.key, other.draw, other.lists, other.districts)
        both = [np.concatenate(pair) for pair in zip(mine, theirs, strict=True)]
        kept = smallest(both[0], both[1])
        return Sample(*(array[kept] for array in both))

    def chambers(self, n: Any, tier: str = "total") -> NDArray[np.int64]:
        """Return the first n whole chambers: seats by draw and party."""
        wanted = self.read_number(n)
        tier = reading.choice(tier, "tier", TIERS, SimulationError)
        seats = np.zeros((wanted, self.districts.shape[1]), np.int64)
        if tier in ("total", "list"):
            seats[:, : self.lists.shape[1]] += self.lists[:wanted]
        if tier in ("total", "district"):
            seats += self.districts[:wanted]
        return seats

    def together(self, columns: Sequence[int], least: int) -> Probability:
        """Return the share of kept chambers in which the parties of some columns have at least so many seats together."""
        seats = self.chambers(len(self))[:, columns].sum(axis=1)
        return Probability(int((seats >= least).sum()), len(self))

    def read_number(self, n: Any) -> int:
        """Read a number of whole chambers, of which no more can be asked for than are kept."""
        most = len(self)
        remedy = f"ask for at most {most:,}, the whole chambers that are kept"
        return reading.whole(n, "n", SimulationError, of="chambers", most=most, remedy=remedy)


def smallest(key: NDArray[np.uint64], draw: NDArray[np.uint64]) -> NDArray[np.intp]:
    """Return the places of the draws that a sample keeps: by the smallest hash, then by number."""
    return np.lexsort((draw, key))[:SAMPLE_SIZE]
