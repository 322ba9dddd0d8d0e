"""What statistical tests share: polls, closed forms of docs/explanation/models.md, and a comparison at five standard errors."""

from __future__ import annotations

import math
from collections.abc import Iterator
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

import mazhilis_sim as ms

N = 1_000_000
SEED = 2023
Floats = NDArray[np.float64]
phi = NormalDist().cdf
LAW = ms.law("2026")
"""Lists alone, 5 %."""


def near(found: float, expected: float, se: float, slack: float = 0.0) -> bool:
    """Whether a simulated number lies within five standard errors of the expected one."""
    return abs(found - expected) <= 5 * se + slack


def share_error(p: float, n: int = N) -> float:
    """Standard error of a simulated probability; that of one success where none is expected."""
    return math.sqrt(max(p * (1 - p), 1 / n) / n)


def p_enters(poll: ms.Poll, model: ms.models.ListModel, threshold: object = "5%", n: int = N) -> dict[str, float]:
    """Simulate each list's chance to reach a threshold."""
    law = LAW.replace(threshold=threshold, no_list_passes="all")
    f = ms.simulate(law, poll, model=model, n_draws=n, seed=SEED)
    return {party: f.p_enters(party).value for party in f.parties}


def simulated(poll: ms.Poll, model: ms.models.ListModel, n: int = N) -> Floats:
    """Simulate shares (n, m), the columns those of `categories`."""
    return ms.simulate_shares(poll, model=model, n_draws=n, seed=SEED)


def pieces(poll: ms.Poll, model: ms.models.ListModel, n: int = N, size: int = 100_000) -> Iterator[Floats]:
    """Simulate shares piece by piece, for polls of many lists."""
    for start in range(0, n, size):
        yield ms.simulate_shares(poll, model=model, n_draws=size, seed=SEED, start=start)


# -- what a poll says: models.md, "From a poll to q and n", from the printed numbers alone -----------------------------------


def categories(poll: ms.Poll) -> list[str]:
    """Return the lists in the order of the poll, then against all: the simulated columns."""
    return sorted(poll.shares, key=lambda name: name == "against_all")


def centre(poll: ms.Poll) -> Floats:
    """Scale what was named, parties and against all, to 1."""
    named = np.array([poll.shares[name] for name in categories(poll)])
    return np.asarray(named / named.sum())


def share_of(poll: ms.Poll, party: str) -> float:
    """Return one category's share of those who named any."""
    return float(centre(poll)[categories(poll).index(party)])


def size_of(poll: ms.Poll) -> float:
    """Return n_eff: 0.25 (1.96 / m)^2, or n (1 - undecided), or the smaller of the two; 1,600 where neither is printed."""
    if poll.effective_size is not None:
        return poll.effective_size
    left = 1 - sum(poll.removed.values())
    by_margin = [0.25 * (1.96 / poll.margin) ** 2] if poll.margin else []
    by_size = [poll.sample_size * left] if poll.sample_size else []
    return float(min(by_margin + by_size, default=1600 * left))


def margin_of(poll: ms.Poll) -> float:
    """Return the printed margin, or that of the size: 0.98 / sqrt(n_eff)."""
    return float(poll.margin or 0.98 / math.sqrt(size_of(poll)))


def margin_scales(poll: ms.Poll, model: ms.models.Margin) -> Floats:
    """models.md, "margin": s = m / 1.96 for every share, or (2 m / 1.96) sqrt(q (1 - q))."""
    q, half = centre(poll), (margin_of(poll) if model.margin is None else float(model.margin)) / 1.96
    return np.asarray(np.full(len(q), half) if model.shape == "flat" else 2 * half * np.sqrt(q * (1 - q)))


def district_spread(model: ms.models.Districts, from_list: bool = False) -> float:
    """models.md, "districts": the standard deviation sqrt(sigma_N^2 + sigma_R^2 + sigma_D^2) of one candidate's components together."""
    own = model.sigma_district_from_list if from_list else model.sigma_district
    return math.sqrt(model.sigma_national**2 + model.sigma_regional**2 + own**2)


# -- closed forms ------------------------------------------------------------------------------------------------------


def total_terms(poll: ms.Poll, sigma: float, mean_term: bool = True) -> tuple[Floats, Floats]:
    """Means and variances of the log shares under `Total`."""
    q = centre(poll)
    v = 1 / (size_of(poll) * q) + sigma**2
    return np.log(q) - mean_term * v * (1 - 2 * q) / 2, v


def student_ahead(lead: float, variance: float, df: float) -> float:
    """P(x_i > x_j) under `Total` with Student-t tails: their log ratio is a t of that mean and variance, exactly."""
    from scipy.stats import t

    return float(t.cdf(lead / math.sqrt(variance * (df - 2) / df), df))


def unclipped(q: Floats, s: Floats, t: float, i: int) -> float:
    """models.md, "margin": P(x_i >= t) under `Margin` without truncation."""
    others = (s**2).sum() - s[i] ** 2
    return phi((q[i] - t) / math.sqrt((1 - t) ** 2 * s[i] ** 2 + t**2 * others))


def clipped_reference(q: Floats, s: Floats, n: int, seed: int = 1) -> Floats:
    """`Margin` once more, by NumPy's own generator."""
    x = np.maximum(0, q + s * np.random.default_rng(seed).standard_normal((n, len(q))))
    shares: Floats = x / x.sum(axis=1, keepdims=True)
    return shares


def rao_blackwell(mu: Floats, v: Floats, t: float, i: int, n: int = N, seed: int = 1, df: float | None = None) -> tuple[float, float]:
    """P(x_i >= t) under `Total` as the mean of a conditional chance, and its standard error."""
    others, rng = np.delete(np.arange(len(mu)), i), np.random.default_rng(seed)
    z = rng.standard_normal((n, len(others)))
    wide = 1.0 if df is None else np.sqrt((df - 2) / rng.chisquare(df, (n, 1)))  # of one draw, the same for all lists
    rest = np.log(np.exp(mu[others] + np.sqrt(v[others]) * wide * z).sum(axis=1))
    from scipy.special import ndtr

    chance = ndtr((mu[i] - math.log(t / (1 - t)) - rest) / math.sqrt(v[i]) / np.ravel(wide))
    return float(chance.mean()), float(chance.std() / math.sqrt(n))
