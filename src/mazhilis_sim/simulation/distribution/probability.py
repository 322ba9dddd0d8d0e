"""A share of simulated draws, with what simulation itself leaves uncertain."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from functools import total_ordering
from numbers import Real
from statistics import NormalDist
from typing import Any

from mazhilis_sim import reading
from mazhilis_sim.errors import SimulationError
from mazhilis_sim.simulation.distribution.difference import Difference, Origin, difference


@total_ordering
@dataclass(frozen=True, slots=True, eq=False)
class Probability:
    """A share of simulated draws, with what simulation itself leaves uncertain.

    It compares, rounds and formats as its value does; printed without a format it shows its standard error too. ``p - q`` is a
    `Difference`, which knows how much of both errors is the same where both were counted in the same draws.

    Parameters
    ----------
    successes, draws : int
        In how many draws it happened, and of how many; `SimulationError` where there are none, or fewer than successes.
    origin : Origin, optional
        Which run and event it is of, where a run told it; no copy in another process or on disk remembers that.

    Examples
    --------
    >>> p = Probability(2_500, 10_000)
    >>> p.value, round(p.se, 5)
    (0.25, 0.00433)
    >>> p > 0.1, round(p, 1), f"{p:.1%}", f"{p}"
    (True, 0.2, '25.0%', '0.2500 ± 0.004')
    """

    successes: int
    draws: int
    origin: Origin | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        draws = reading.whole(self.draws, "draws", SimulationError, least=1)
        object.__setattr__(self, "draws", draws)
        object.__setattr__(self, "successes", reading.whole(self.successes, "successes", SimulationError, most=draws))
        if self.origin is not None:
            reading.instance(self.origin, Origin, "origin", SimulationError, remedy="leave it out")

    def __reduce__(self) -> tuple[Any, ...]:
        return Probability, (self.successes, self.draws)

    def of(self, origin: Origin) -> Probability:
        """Return the same probability, told where it is from."""
        return replace(self, origin=origin)

    @property
    def value(self) -> float:
        """The share of draws."""
        return self.successes / self.draws

    @property
    def se(self) -> float:
        """Monte Carlo standard error of the share."""
        return math.sqrt(self.value * (1 - self.value) / self.draws)

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """Return Wilson's interval, which is not a point at 0 or 1."""
        z2 = NormalDist().inv_cdf(0.5 + reading.level(level, SimulationError) / 2) ** 2
        n, p = self.draws, self.value
        middle = (p + z2 / (2 * n)) / (1 + z2 / n)
        half = math.sqrt(z2 * (p * (1 - p) / n + z2 / (4 * n * n))) / (1 + z2 / n)
        low = 0.0 if self.successes == 0 else max(0.0, middle - half)
        return low, 1.0 if self.successes == n else min(1.0, middle + half)

    def __sub__(self, other: object) -> Difference:
        return difference(self, other) if isinstance(other, Probability) else NotImplemented

    def __float__(self) -> float:
        return self.value

    def __round__(self, digits: int | None = None) -> float:
        return round(self.value, digits)

    def __format__(self, form: str) -> str:
        return format(self.value, form) if form else str(self)

    def __eq__(self, other: object) -> bool:
        return self.value == float(other) if isinstance(other, (Probability, Real)) else NotImplemented

    def __lt__(self, other: object) -> bool:
        return self.value < float(other) if isinstance(other, (Probability, Real)) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.value)

    def __str__(self) -> str:
        if self.successes in (0, self.draws):  # no standard error speaks for a point at the end: the interval's bound does
            low, high = self.interval()
            return f"< {high:.1g}" if self.successes == 0 else f"> {math.floor(low * 1e6) / 1e6}"
        return f"{self.value:.4f} ± {self.se:.1g}"
