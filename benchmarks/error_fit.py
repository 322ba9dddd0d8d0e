"""The error of polls as `Total` draws it, in NumPy: its density, its draws, and the parameters that make results likeliest."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.special import gammaln

from mazhilis_sim.simulation.models.total import MIDDLE_SIZE, SMALLEST_SIZE
from polled_elsewhere import Centre, Floats, contrasted

MOST_DF = 200.0
START = (math.log(0.15), 0.2, math.log(0.03), math.log(6.0))
"""Where every search begins, whatever is left out: log of the bias, size, log of tau, log of df - 2."""


class Errors(NamedTuple):
    """Parameters of `Total`: ``size`` is the power of (q / 10 %) by which its errors grow for small lists; ``df`` inf is the normal."""

    bias: float
    house: float
    size: float = 0.0
    tau: float = 0.0
    df: float = math.inf

    def __str__(self) -> str:
        return ", ".join(f"{name} {value:.3f}" for name, value in self._asdict().items())


def size_factors(q: Floats, size: float) -> Floats:
    """Return what variances beyond sampling are multiplied by, as `Total` does it."""
    return np.asarray((np.maximum(q, SMALLEST_SIZE) / MIDDLE_SIZE) ** (-2 * size))


def variances(errors: Errors, centre: Centre) -> Floats:
    """Return the variance of every log share."""
    beyond = errors.bias**2 + errors.house**2 * centre.squared_weights + errors.tau**2 * centre.days
    return np.asarray(1 / (centre.n_eff * centre.q) + beyond * size_factors(centre.q, errors.size))


def locations(variance: Floats, q: Floats) -> Floats:
    """Return the middle of every log share, the mean term of `Total` included."""
    corrected = variance * (1 - 2 * q) / 2
    return np.asarray(np.log(q) - corrected)


def log_density(errors: Errors, centre: Centre) -> float:
    """Return the log density of the result's log ratios: a normal or Student t in one dimension less than there are parties."""
    v = variances(errors, centre)
    d = np.log(centre.result) - locations(v, centre.q)
    n = len(v) - 1
    squares = float((d * d / v).sum() - (d / v).sum() ** 2 / (1 / v).sum())
    determinant = float(np.log(v).sum() + np.log((1 / v).sum()))
    if math.isinf(errors.df):
        return -0.5 * (n * math.log(2 * math.pi) + determinant + squares)
    df, scale = errors.df, errors.df - 2
    constant = gammaln((df + n) / 2) - gammaln(df / 2) - 0.5 * n * math.log(math.pi * scale)
    return float(constant - 0.5 * determinant - 0.5 * (df + n) * math.log1p(squares / scale))


def dirichlet_log_density(centre: Centre) -> float:
    """Return the same of a Dirichlet(n q): its density of shares times their product, which is that of the log ratios."""
    shapes = centre.n_eff * centre.q
    return float(gammaln(centre.n_eff) + (shapes * np.log(centre.result) - gammaln(shapes)).sum())


def draw(errors: Errors | None, centre: Centre, n: int, rng: np.random.Generator) -> Floats:
    """Draw shares (n, m); None is the Dirichlet."""
    if errors is None:
        return rng.dirichlet(centre.n_eff * centre.q, n)
    v = variances(errors, centre)
    tails = 1.0 if math.isinf(errors.df) else np.sqrt((errors.df - 2) / rng.chisquare(errors.df, (n, 1)))
    y = locations(v, centre.q) + np.sqrt(v) * tails * rng.standard_normal((n, len(v)))
    x = np.exp(y - y.max(axis=1, keepdims=True))
    return np.asarray(x / x.sum(axis=1, keepdims=True))


def house_of(centres: Sequence[Centre], size: float) -> float:
    """Return what the institutes of an election differ by, at a list of 10 %; no result is looked at."""
    several = [c for c in centres if c.institutes > 1]
    found = math.fsum(c.apart.sum() for c in several)
    expected = math.fsum(contrasted(size_factors(c.q, size)).sum() for c in several)
    return math.sqrt(max(found, 0.0) / expected) if several else 0.0


def fit(centres: Sequence[Centre], final: Sequence[Centre], **held: float) -> Errors:
    """Find what makes the results likeliest; every election counts once, however many forecasts there are of it.

    ``final`` are those of the last days, where institutes differ least by the days between them; ``held`` are not searched for.
    """
    often = Counter(c.election for c in centres)

    def read(point: Floats) -> Errors:
        size = held.get("size", float(point[1]))
        errors = Errors(math.exp(point[0]), house_of(final, size), size, math.exp(point[2]), 2 + math.exp(point[3]))
        return errors._replace(**held)

    def badness(point: Floats) -> float:
        errors = read(point)
        if MOST_DF < errors.df < math.inf:
            return math.inf
        return -sum(log_density(errors, c) / often[c.election] for c in centres)

    found = minimize(badness, START, method="Nelder-Mead", options={"xatol": 2e-3, "fatol": 1e-3, "maxiter": 600})
    return read(found.x)


def without(centres: Sequence[Centre], election: str) -> list[Centre]:
    """Leave one election out."""
    return [c for c in centres if c.election != election]
