"""Whole chambers that are kept, for joint questions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from mazhilis_sim import reading
from mazhilis_sim.errors import SimulationError
from mazhilis_sim.simulation.distribution.kept import kept_draws, smallest
from mazhilis_sim.simulation.distribution.probability import Probability
from mazhilis_sim.simulation.tally_shapes import TIERS, Spans, join_spans

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Look = Callable[[NDArray[np.uint64]], tuple[NDArray[np.int64], NDArray[np.int64]]]


class Sample:
    """Whole chambers of the draws with the smallest hash: a random sample that parts of a run agree on.

    Which draws they are, and their seats, is looked for when somebody asks, since most never do.

    Parameters
    ----------
    seed : int
    spans : tuple of (int, int)
        The draws that were run.
    look : callable
        Given any draws of the question, returns their seats on lists (n, k) and in districts (n, p).
    """

    def __init__(self, seed: int, spans: Spans, look: Look | None) -> None:
        self.seed, self.spans, self.look = seed, spans, look

    @classmethod
    def of(cls, key: NDArray[np.uint64], draw: NDArray[np.uint64], lists: NDArray[np.int64], districts: NDArray[np.int64]) -> Sample:
        """Make a sample of chambers that are known."""
        known = cls(0, (), None)
        known.drawn, known.seats = (key, draw), (lists, districts)
        return known

    @cached_property
    def drawn(self) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
        """Hashes, in whose order they stand, and the numbers of the draws, each (n,)."""
        return kept_draws(self.seed, self.spans)

    @cached_property
    def seats(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Seats on lists (n, k), and in districts (n, p)."""
        return cast("Look", self.look)(self.draw)

    @property
    def key(self) -> NDArray[np.uint64]:
        """The hashes (n,)."""
        return self.drawn[0]

    @property
    def draw(self) -> NDArray[np.uint64]:
        """The numbers of the draws (n,)."""
        return self.drawn[1]

    @property
    def lists(self) -> NDArray[np.int64]:
        """Seats on lists (n, k)."""
        return self.seats[0]

    @property
    def districts(self) -> NDArray[np.int64]:
        """Seats in districts (n, p)."""
        return self.seats[1]

    def __reduce__(self) -> tuple[Any, ...]:
        return Sample.of, (*self.drawn, *self.seats)

    def __len__(self) -> int:
        return len(self.draw)

    def merge(self, other: Sample) -> Sample:
        """Keep the smallest of both, which are of one question and seed; what neither has looked for is looked for later."""
        if not any("seats" in vars(sample) for sample in (self, other)):
            return Sample(self.seed, join_spans(self.spans + other.spans), self.look)
        key, draw, lists, districts = (
            np.concatenate(pair) for pair in zip((*self.drawn, *self.seats), (*other.drawn, *other.seats), strict=True)
        )
        kept = smallest(key, draw)
        return Sample.of(key[kept], draw[kept], lists[kept], districts[kept])

    def chambers(self, n: Any, tier: str = "total") -> NDArray[np.int64]:
        """Return the first n whole chambers by their hashes: seats by draw and party."""
        wanted = self.read_number(n)
        tier = reading.choice(tier, "tier", TIERS, SimulationError)
        lists, districts = self.seats
        return of_tier(lists[:wanted], districts[:wanted], tier)

    def order(self, n: Any) -> NDArray[np.intp]:
        """Return the places of the first n draws in order of their numbers."""
        return np.argsort(self.draw[: self.read_number(n)], kind="stable")

    def together(self, columns: Sequence[int], least: int, tier: str = "total") -> Probability:
        """Return the share of kept chambers in which the parties of some columns have at least so many seats together."""
        seats = self.chambers(len(self), tier)[:, columns].sum(axis=1)
        return Probability(int((seats >= least).sum()), len(self))

    def read_number(self, n: Any) -> int:
        """Read a number of whole chambers, of which no more can be asked for than are kept."""
        most = len(self)
        remedy = f"ask for at most {most:,}, the whole chambers that are kept"
        return reading.whole(n, "n", SimulationError, of="chambers", most=most, remedy=remedy)


def of_tier(lists: NDArray[np.int64], districts: NDArray[np.int64], tier: str) -> NDArray[np.int64]:
    """Return the seats (n, p) of one tier, from those on lists (n, k) and in districts (n, p)."""
    seats = np.zeros(districts.shape, np.int64)
    if tier in ("total", "list"):
        seats[:, : lists.shape[1]] += lists
    if tier in ("total", "district"):
        seats += districts
    return seats
