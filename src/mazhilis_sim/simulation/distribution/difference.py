"""The difference of two numbers that simulation found, and what it leaves uncertain: little where both come of the same draws."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cached_property, total_ordering
from numbers import Real
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

import numpy as np

from mazhilis_sim import reading
from mazhilis_sim.errors import SimulationError
from mazhilis_sim.simulation.tally_shapes import Spans, draws_in

if TYPE_CHECKING:
    from numpy.typing import NDArray

FEWEST_SHARED = 100
"""Kept draws that two runs must share for the correlation of two events to be told from them."""


@total_ordering
@dataclass(frozen=True, slots=True, eq=False)
class Difference:
    """A difference of two simulated numbers with its standard error; it compares, rounds and formats as its value does.

    Parameters
    ----------
    value : float
    se : float
        Monte Carlo standard error of the difference.
    paired : bool
        Whether both numbers come of the same draws, so that what chance does to both alike is no part of the error.

    Examples
    --------
    >>> from mazhilis_sim import Probability
    >>> d = Probability(2_500, 10_000) - Probability(2_400, 10_000)
    >>> print(d)
    +0.0100 ± 0.006 (unpaired)
    """

    value: float
    se: float
    paired: bool

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """Return the normal interval around the difference."""
        half = NormalDist().inv_cdf(0.5 + reading.level(level, SimulationError) / 2) * self.se
        return self.value - half, self.value + half

    def __float__(self) -> float:
        return self.value

    def __round__(self, digits: int | None = None) -> float:
        return round(self.value, digits)

    def __neg__(self) -> Difference:
        return Difference(-self.value, self.se, self.paired)

    def __format__(self, form: str) -> str:
        return format(self.value, form) if form else str(self)

    def __eq__(self, other: object) -> bool:
        return self.value == float(other) if isinstance(other, (Difference, Real)) else NotImplemented

    def __lt__(self, other: object) -> bool:
        return self.value < float(other) if isinstance(other, (Difference, Real)) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.value)

    def __str__(self) -> str:
        return f"{self.value:+.4f} ± {self.se:.1g} ({'paired' if self.paired else 'unpaired'})"


@dataclass(frozen=True, eq=False)
class Origin:
    """Which draws a probability was counted in, and of what it is the chance.

    Parameters
    ----------
    question : Question
    seed, stream : int
        What the draws are made of.
    spans : tuple of (int, int)
        All draws of the run.
    sample : Sample
        Its kept draws.
    event : hashable
        What tells the event from others.
    look : callable
        Returns in which kept draws the event happened, and which draws are asked about: two arrays of booleans.
    kept : bool
        Whether it was counted in the kept draws alone.
    """

    question: Any
    seed: int
    stream: int
    spans: Spans
    sample: Any
    event: Hashable
    look: Callable[[], tuple[NDArray[np.bool_], NDArray[np.bool_]]]
    kept: bool

    @property
    def draws(self) -> int:
        """How many draws were looked at."""
        return len(self.sample) if self.kept else draws_in(self.spans)

    @cached_property
    def influence(self) -> NDArray[np.float64]:
        """What each kept draw adds to the share, beside its mean."""
        happened, asked = self.look()
        share = int((happened & asked).sum()) / max(1, int(asked.sum()))
        return np.asarray(asked * (happened - share))

    def is_same_as(self, other: Origin) -> bool:
        """Tell whether another is of the same event in the same draws."""
        told = (self.event, self.spans, self.kept) == (other.event, other.spans, other.kept)
        return told and self.has_draws_of(other) and (self.question is other.question or self.question == other.question)

    def has_draws_of(self, other: Origin) -> bool:
        """Tell whether draws of the same number are made of the same random words."""
        return (self.seed, self.stream) == (other.seed, other.stream)


def difference(first: Any, second: Any) -> Difference:
    """Return the difference of two probabilities; where they share draws, with what their errors have in common."""
    shared = covariance(first, second)
    variance = first.se * first.se + second.se * second.se - 2 * (shared or 0.0)
    return Difference(first.value - second.value, math.sqrt(max(0.0, variance)), shared is not None)


def covariance(first: Any, second: Any) -> float | None:
    """Return the covariance of two probabilities' errors; None where they share no draws, or nobody can tell."""
    a, b = first.origin, second.origin
    if a is None or b is None or not a.has_draws_of(b):
        return None
    errors = float(first.se * second.se)
    if a.is_same_as(b):
        return errors
    weight = shared_draws(a, b) / math.sqrt(a.draws * b.draws)
    _, left, right = np.intersect1d(a.sample.draw, b.sample.draw, assume_unique=True, return_indices=True)
    if weight == 0 or len(left) < FEWEST_SHARED:
        return None
    try:
        return errors * weight * correlation(a.influence[left], b.influence[right])
    except SimulationError:  # what a kept draw held beside its seats can no longer be simulated
        return None


def correlation(x: NDArray[np.float64], y: NDArray[np.float64]) -> float:
    """Return the correlation of two arrays around 0; none where one of them holds nothing else."""
    squares = float(x @ x), float(y @ y)
    return float(x @ y) / math.sqrt(squares[0] * squares[1]) if min(squares) > 0 else 0.0


def shared_draws(a: Origin, b: Origin) -> int:
    """Return how many draws both were counted in."""
    if a.kept and b.kept:
        return len(np.intersect1d(a.sample.draw, b.sample.draw, assume_unique=True))
    if a.kept or b.kept:
        some, all_ = (a, b) if a.kept else (b, a)
        draw = some.sample.draw
        return int(sum(((draw >= np.uint64(start)) & (draw <= np.uint64(stop - 1))).sum() for start, stop in all_.spans))
    return sum(max(0, min(x[1], y[1]) - max(x[0], y[0])) for x in a.spans for y in b.spans)
