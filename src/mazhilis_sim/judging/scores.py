"""How well a forecast did: proper scores, coverage and calibration, each a plain formula with its source.

Every score here is negatively oriented: less is better, and the best forecast on average is the one that says what it
believes (Gneiting and Raftery 2007, "Strictly proper scoring rules, prediction, and estimation", Journal of the American
Statistical Association 102, 359-378). Letters: n draws, k parties or categories.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from mazhilis_sim import reading
from mazhilis_sim.errors import SimulationError
from mazhilis_sim.judging.score_readers import (
    of_one_shape,
    read_chances,
    read_counts,
    read_ends,
    read_numbers,
    read_samples,
    read_score,
    read_truths,
)

__all__ = [
    "brier_score",
    "covered",
    "covered_by_samples",
    "crps_counts",
    "crps_samples",
    "energy_score",
    "interval_score",
    "joint_log_score",
    "log_score",
    "pit_counts",
    "pit_samples",
    "sample_interval",
    "skill",
    "smoothed",
]

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]


# -- distributions -----------------------------------------------------------------------------------------------------


def crps_counts(counts: ArrayLike, outcome: int) -> float:
    """Continuous ranked probability score of whole seats: the sum over s of (F(s) - 1{s >= outcome})^2.

    Between whole numbers F is flat, so that the integral of Gneiting and Raftery (2007), equation 20, is this sum.

    Parameters
    ----------
    counts : array-like, shape (seats + 1,)
        How many draws gave 0, 1, 2, ... seats, as `SeatDistribution.histogram` returns them.
    outcome : int
        Seats won.

    Examples
    --------
    >>> crps_counts([0, 0, 10], 2), crps_counts([0, 0, 10], 0), crps_counts([5, 0, 5], 1)
    (0.0, 2.0, 0.5)
    """
    read, won = read_counts(counts, outcome)
    reached = np.cumsum(read) / read.sum()
    return float(((reached - (np.arange(len(read)) >= won)) ** 2).sum())


def crps_samples(samples: ArrayLike, outcome: ArrayLike) -> Floats:
    """Continuous ranked probability score of draws: E|X - y| - E|X - X'| / 2, of their empirical distribution.

    The double mean over n^2 pairs is the sum of (2 i - n - 1) x_(i) over sorted draws, divided by n^2 / 2 (Gneiting and
    Raftery 2007, equation 21; Jordan, Krüger and Lerch 2019, Journal of Statistical Software 90 (12)).

    Parameters
    ----------
    samples : array-like, shape (n,) or (n, k)
    outcome : float, or array-like of shape (k,)

    Returns
    -------
    ndarray of float64, shape () or (k,)

    Examples
    --------
    >>> float(crps_samples([0.0, 2.0], 1.0)), float(crps_samples([0.25], 0.5))
    (0.5, 0.25)
    """
    draws, happened = read_samples(samples, outcome)
    n = len(draws)
    weights = (2 * np.arange(1, n + 1) - n - 1) / n**2
    spread = np.tensordot(weights, np.sort(draws, axis=0), axes=1)
    return np.asarray(np.abs(draws - happened).mean(axis=0) - spread)


def energy_score(samples: ArrayLike, outcome: ArrayLike, pairs: int | None = None) -> float:
    """Energy score of vectors: E|X - y| - E|X - X'| / 2 with the Euclidean norm.

    Gneiting and Raftery (2007), equation 22, of the empirical distribution of the draws. A forecast of one vector scores its
    distance from the outcome.

    Parameters
    ----------
    samples : array-like, shape (n, k)
        Draws in an order that means nothing.
    outcome : array-like, shape (k,)
    pairs : int, optional
        Compare each draw with the next so many, the first following the last; all of them unless given, which takes n^2
        steps.

    Examples
    --------
    >>> energy_score([[3.0, 4.0]], [0.0, 0.0])
    5.0
    """
    draws, happened = read_samples(samples, outcome, dimensions=(2,))
    near_ones = reading.maybe(reading.whole, pairs, "pairs", SimulationError, least=1)
    n, near = len(draws), float(np.linalg.norm(draws - happened, axis=1).mean())
    shifts = range(1, n if near_ones is None else min(n, near_ones + 1))
    apart = [float(np.linalg.norm(draws - np.roll(draws, shift, axis=0), axis=1).mean()) for shift in shifts]
    return near - (n - 1) / n * math.fsum(apart) / max(len(apart), 1) / 2


# -- events ------------------------------------------------------------------------------------------------------------


def brier_score(p: ArrayLike, happened: ArrayLike) -> Floats:
    """Brier score of an event: (p - o)^2, o being 1 where it happened (Brier 1950, Monthly Weather Review 78, 1-3).

    Examples
    --------
    >>> brier_score([0.5, 1.0], [True, True]).tolist()
    [0.25, 0.0]
    """
    chances, true = read_chances(p), read_truths(happened, "happened")
    of_one_shape(p=chances, happened=true)
    return np.asarray(np.square(chances - true))


def log_score(p: ArrayLike, happened: ArrayLike) -> Floats:
    """Logarithmic score: minus the natural log of the chance that what happened was given (Good 1952).

    Infinite where it was said to be impossible; `smoothed` keeps the chances of a simulation away from 0 and 1.

    Examples
    --------
    >>> log_score([1.0, 0.0], [True, True]).tolist()
    [0.0, inf]
    """
    chances, true = read_chances(p), read_truths(happened, "happened")
    of_one_shape(p=chances, happened=true)
    given = np.where(true, chances, 1 - chances)
    with np.errstate(divide="ignore"):
        return np.asarray(0.0 - np.log(given))


def smoothed(successes: ArrayLike, draws: int) -> Floats:
    """Return chances from counts as (successes + 1/2) / (draws + 1): a simulation of n draws can say no less than 1 / (2 n).

    Krichevsky and Trofimov (1981), IEEE Transactions on Information Theory 27, 199-207.

    Examples
    --------
    >>> smoothed([0, 4], 4).tolist()
    [0.1, 0.9]
    """
    number, counted = reading.whole(draws, "draws", SimulationError, most=reading.SURE), read_numbers(successes, "successes")
    if not ((counted >= 0) & (counted <= number)).all():
        raise SimulationError(field="successes", got=successes, must=f"lie between 0 and the number of draws, {number:,}")
    return (counted + 0.5) / (number + 1)


def joint_log_score(samples: ArrayLike, outcome: ArrayLike) -> float:
    """Logarithmic score of a whole set, such as the lists that enter: minus log of the smoothed chance of exactly that set.

    Parameters
    ----------
    samples : array-like of bool, shape (n, k)
    outcome : array-like of bool, shape (k,)

    Examples
    --------
    >>> round(joint_log_score([[True, False]] * 9 + [[True, True]], [True, True]), 3)
    1.992
    """
    draws, happened = read_samples(read_truths(samples, "draws"), read_truths(outcome, "outcome"), dimensions=(2,))
    same = int((draws == happened).all(axis=1).sum())
    return float(log_score(smoothed(same, len(draws)), True))


# -- intervals ---------------------------------------------------------------------------------------------------------


def covered(low: ArrayLike, high: ArrayLike, outcome: ArrayLike) -> NDArray[np.bool_]:
    """Tell whether closed intervals contain what happened.

    Examples
    --------
    >>> covered([0, 4], [3, 9], [3, 10]).tolist()
    [True, False]
    """
    below, above, happened = read_ends(low, high, outcome)
    return np.asarray((below <= happened) & (happened <= above))


def interval_score(low: ArrayLike, high: ArrayLike, outcome: ArrayLike, level: float) -> Floats:
    """Interval score: the width, and 2 / (1 - level) times the distance by which the outcome was missed.

    Gneiting and Raftery (2007), equation 43.

    Examples
    --------
    >>> interval_score([2, 2], [6, 6], [4, 7], 0.5).tolist()
    [4.0, 8.0]
    """
    below, above, happened = read_ends(low, high, outcome)
    missed = np.maximum(below - happened, 0) + np.maximum(happened - above, 0)
    return np.asarray(above - below + 2 / (1 - reading.level(level, SimulationError)) * missed)


def sample_interval(samples: ArrayLike, level: float) -> tuple[Floats, Floats]:
    """Return the equal-tailed interval of draws (n, ...), by the inverted empirical distribution.

    Examples
    --------
    >>> [float(end) for end in sample_interval(range(1, 101), 0.9)]
    [5.0, 95.0]
    """
    draws = read_numbers(samples, "draws")
    if not draws.ndim or not len(draws):
        raise SimulationError(field="draws", got=samples, must="hold at least one draw")
    ordered = np.sort(draws, axis=0)
    low, high = end_ranks(len(ordered), level)
    return ordered[low - 1], ordered[high - 1]


def end_ranks(n: int, level: float) -> tuple[int, int]:
    """Return which of n ordered draws, counted from 1, are the ends of the equal-tailed interval."""
    tail = (1 - reading.level(level, SimulationError)) / 2
    low, high = (max(math.ceil(n * p - 1e-9), 1) for p in (tail, 1 - tail))
    return low, high


def covered_by_samples(samples: ArrayLike, outcome: ArrayLike, level: float) -> NDArray[np.bool_]:
    """Tell whether `sample_interval` contains what happened, by counting, without sorting.

    Examples
    --------
    >>> [bool(covered_by_samples(range(1, 101), y, 0.9)) for y in (4, 5, 95, 96)]
    [False, True, True, False]
    """
    draws, happened = read_samples(samples, outcome)
    low, high = end_ranks(len(draws), level)
    return np.asarray(((draws <= happened).sum(axis=0) >= low) & ((draws < happened).sum(axis=0) < high))


# -- calibration and skill ---------------------------------------------------------------------------------------------


def pit_counts(counts: ArrayLike, outcome: int, seed: int) -> float:
    """Randomised probability integral transform of whole seats: F(y - 1) + U (F(y) - F(y - 1)), U uniform of a seed.

    Uniform in [0, 1] over many outcomes of a calibrated forecast (Czado, Gneiting and Held 2009, Biometrics 65, 1254-1261).

    Examples
    --------
    >>> 0.5 <= pit_counts([5, 5], 1, seed=1) <= 1.0
    True
    """
    counted, won = read_counts(counts, outcome)
    read = counted / counted.sum()
    below = float(read[:won].sum())
    return below + float(uniforms(seed).random() * read[won])


def pit_samples(samples: ArrayLike, outcome: ArrayLike, seed: int) -> Floats:
    """Randomised probability integral transform of draws (n, ...): the outcome's place among them, a uniform within ties.

    Exactly uniform when the outcome and the draws are exchangeable: (draws below + U (equal draws + 1)) / (n + 1).

    Examples
    --------
    >>> 0.5 <= float(pit_samples([1.0, 2.0, 3.0], 2.5, seed=1)) <= 0.75
    True
    """
    draws, happened = read_samples(samples, outcome)
    below, equal = (draws < happened).sum(axis=0), (draws == happened).sum(axis=0)
    uniform = uniforms(seed).random(happened.shape)
    return np.asarray((below + uniform * (equal + 1)) / (len(draws) + 1))


def uniforms(seed: int) -> np.random.Generator:
    """Return random numbers of a seed."""
    return np.random.default_rng(reading.seed(seed, SimulationError))


def skill(score: float, reference: float) -> float:
    """Return 1 - score / reference: 1 for a perfect forecast, 0 for one no better than the reference, negative for a worse one.

    Examples
    --------
    >>> skill(1.0, 4.0), skill(2.0, 1.0)
    (0.75, -1.0)
    """
    mine, other = (read_score(value, name) for value, name in ((score, "score"), (reference, "reference")))
    return 1 - mine / other if other else math.nan if mine == other else -math.inf
