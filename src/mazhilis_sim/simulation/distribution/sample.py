"""Whole chambers that are kept, for joint questions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from mazhilis_sim import reading
from mazhilis_sim.errors import SimulationError
from mazhilis_sim.simulation.distribution.probability import Probability
from mazhilis_sim.simulation.tallies import TIERS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Look = Callable[[NDArray[np.uint64]], tuple[NDArray[np.int64], NDArray[np.int64]]]

SAMPLE_SIZE = 10_000
"""Whole chambers that are kept for joint questions."""
PLACE_BITS, LAST_PLACE = np.uint64(32), np.uint64(0xFFFFFFFF)


class Sample:
    """Whole chambers of the draws with the smallest hash: a random sample that merged pieces agree on.

    Which draws they are is told by every run; their seats are looked for when somebody asks, since most never do.

    Parameters
    ----------
    key, draw : ndarray of uint64, shape (n,)
        Hashes, in whose order they stand, and the numbers of the draws.
    look : callable
        Given any draws of the question, returns their seats on lists (n, k) and in districts (n, p).
    known : tuple of ndarray, optional
        These seats, where they need not be looked for.
    """

    def __init__(
        self,
        key: NDArray[np.uint64],
        draw: NDArray[np.uint64],
        look: Look | None,
        known: tuple[NDArray[np.int64], NDArray[np.int64]] | None = None,
    ) -> None:
        self.key, self.draw, self.look, self.known = key, draw, look, known

    @classmethod
    def of(cls, key: NDArray[np.uint64], draw: NDArray[np.uint64], lists: NDArray[np.int64], districts: NDArray[np.int64]) -> Sample:
        """Make a sample of chambers that are known."""
        return cls(key, draw, None, (lists, districts))

    @property
    def seats(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Seats on lists (n, k), and in districts (n, p)."""
        if self.known is None and self.look is not None:
            lists, districts = self.look(self.draw)
            self.known = lists, districts
        return cast("tuple[NDArray[np.int64], NDArray[np.int64]]", self.known)

    @property
    def lists(self) -> NDArray[np.int64]:
        """Seats on lists (n, k)."""
        return self.seats[0]

    @property
    def districts(self) -> NDArray[np.int64]:
        """Seats in districts (n, p)."""
        return self.seats[1]

    def __reduce__(self) -> tuple[Any, ...]:
        return Sample.of, (self.key, self.draw, *self.seats)

    def __len__(self) -> int:
        return len(self.draw)

    def merge(self, other: Sample) -> Sample:
        """Keep the smallest of both, which are of one question and seed; what neither has looked for is looked for later."""
        key, draw = np.concatenate([self.key, other.key]), np.concatenate([self.draw, other.draw])
        kept = smallest(key, draw)
        if self.known is None and other.known is None:
            return Sample(key[kept], draw[kept], self.look)
        lists, districts = (np.concatenate(pair)[kept] for pair in zip(self.seats, other.seats, strict=True))
        return Sample.of(key[kept], draw[kept], lists, districts)

    def chambers(self, n: Any, tier: str = "total") -> NDArray[np.int64]:
        """Return the first n whole chambers: seats by draw and party."""
        wanted = self.read_number(n)
        tier = reading.choice(tier, "tier", TIERS, SimulationError)
        lists, districts = self.seats
        seats = np.zeros((wanted, districts.shape[1]), np.int64)
        if tier in ("total", "list"):
            seats[:, : lists.shape[1]] += lists[:wanted]
        if tier in ("total", "district"):
            seats += districts[:wanted]
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
    """Return the places of the draws that a sample keeps: by the smallest hash, then by number.

    Hashes are of 32 bits, so that one sort of whole numbers does: the hash, then the place in order of number.
    """
    order = np.argsort(draw, kind="stable")  # pieces are in order, which such a sort is quick with
    ranked = np.sort((key[order] << PLACE_BITS) | np.arange(len(draw), dtype=np.uint64))[:SAMPLE_SIZE]
    return order[(ranked & LAST_PLACE).astype(np.intp)]
