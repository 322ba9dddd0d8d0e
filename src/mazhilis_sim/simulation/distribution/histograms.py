"""Seats by party and tier, as counts of draws: what they say, with what simulation itself leaves uncertain."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from mazhilis_sim import reading
from mazhilis_sim.errors import SimulationError
from mazhilis_sim.simulation.distribution.probability import Probability
from mazhilis_sim.simulation.tally_shapes import TIERS

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Histograms:
    """How many draws gave each party 0, 1, 2, ... seats.

    Parameters
    ----------
    parties : tuple of str
    counts : mapping of str to ndarray of int64
        By tier, one row a party; the lists' rows alone in the tier of the lists.
    n_draws : int
    """

    parties: tuple[str, ...]
    counts: Mapping[str, NDArray[np.int64]]
    n_draws: int

    def of(self, party: str, tier: str = "total") -> NDArray[np.int64]:
        """Return how many draws gave a party 0, 1, 2, ... seats, as a copy."""
        counts = self.counts[reading.choice(tier, "tier", TIERS, SimulationError)]
        column = reading.position(party, self.parties, "party", SimulationError)
        if column < len(counts):
            counted: NDArray[np.int64] = counts[column].copy()
            return counted
        without_list = np.zeros(counts.shape[1], np.int64)
        without_list[0] = self.n_draws
        return without_list

    def mean(self, party: str, tier: str = "total") -> float:
        """Return a party's mean number of seats."""
        return float(sum(s * int(n) for s, n in enumerate(self.of(party, tier))) / self.n_draws)

    def se(self, party: str, tier: str = "total") -> float:
        """Return the Monte Carlo standard error of `mean`."""
        mean = self.mean(party, tier)
        return math.sqrt(math.fsum((s - mean) ** 2 * int(n) for s, n in enumerate(self.of(party, tier))) / self.n_draws / self.n_draws)

    def quantile(self, party: str, q: Any, tier: str = "total") -> Any:
        """Return the fewest seats that a share ``q`` of draws does not exceed; an array for several."""
        wanted = read_quantiles(q)
        reached = np.cumsum(self.of(party, tier))
        needed = np.maximum(1, np.ceil(wanted * self.n_draws - 1e-9 * np.maximum(1, wanted)))
        seats = np.searchsorted(reached, needed)
        return int(seats) if wanted.ndim == 0 else seats.astype(np.int64)

    def interval(self, party: str, level: Any = 0.9, tier: str = "total") -> tuple[int, int]:
        """Return the equal-tailed interval of seats."""
        share = reading.level(level, SimulationError)
        low, high = self.quantile(party, [(1 - share) / 2, (1 + share) / 2], tier)
        return int(low), int(high)

    def at_least(self, party: str, seats: Any, tier: str = "total") -> Probability:
        """Return the chance of at least so many seats."""
        return Probability(int(self.of(party, tier)[read_seats(seats) :].sum()), self.n_draws)


def read_quantiles(q: Any) -> NDArray[np.float64]:
    """Read one quantile, or an array of them in their shape."""
    try:
        wanted = np.array(q, dtype=object)
        wanted.flat  # noqa: B018 - a list in itself has more dimensions than can be walked through
    except Exception:  # whatever a stranger's array does
        wanted = np.array(None, dtype=object)
    return np.array([reading.probability(x, "a quantile", SimulationError) for x in wanted.flat], float).reshape(wanted.shape)


def read_seats(seats: Any) -> int:
    """Read a number of seats as an index of histograms; a fraction of a seat means the next whole one."""
    return max(0, math.ceil(reading.real(seats, "seats", SimulationError)))
