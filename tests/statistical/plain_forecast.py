"""The forecast of 2023 by a second, plain program: from printed polls to list seats in NumPy, of which the library knows nothing.

It follows docs/explanation/models.md (pooling, `Total`, `Multinomial`) and Article 97-1 step by step, with NumPy's own generator.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

LISTS = ("amanat", "auyl", "respublica", "aq_jol", "qhp", "jsdp", "baytaq")
SEATS, VOTES = 69, 6_366_441
"""List seats since 2022, and the valid votes of 2023."""
HELD = datetime.date(2023, 3, 19)


class Printed(NamedTuple):
    """One poll as printed: shares of the whole sample in per mille, against all after the lists."""

    day: datetime.date
    size: int
    margin: float
    undecided: int
    shares: tuple[int, ...]


# The newest poll of each institute before the vote (English Wikipedia, 2023 Kazakh legislative election, opinion polls).
PRINTED = (
    Printed(datetime.date(2023, 2, 18), 8000, 0.011, 138, (584, 51, 42, 54, 52, 39, 18, 22)),
    Printed(datetime.date(2023, 2, 27), 1600, 0.030, 127, (436, 99, 62, 113, 63, 24, 14, 36)),
    Printed(datetime.date(2023, 3, 10), 2000, 0.011, 76, (667, 61, 54, 52, 51, 41, 21, 53)),
)


class Pool(NamedTuple):
    """Shares that sum to 1, the size that they are worth, the sum of the squared weights, and their mean days before the election."""

    q: Floats
    size: float
    squared_weights: float
    days: float


def pooled() -> Pool:
    """log q = sum w log q_p, w ~ 2^(-age / 14 days) min(n_eff, 1500); n_eff = min(0.25 (1.96 / m)^2, n (1 - undecided))."""
    size = np.array([min(0.25 * (1.96 / p.margin) ** 2, p.size * (1 - p.undecided / 1000)) for p in PRINTED])
    age = np.array([(PRINTED[-1].day - p.day).days for p in PRINTED])
    w = 0.5 ** (age / 14) * np.minimum(size, 1500)
    w /= w.sum()
    decided = np.array([np.array(p.shares) / sum(p.shares) for p in PRINTED])
    q = np.exp(w @ np.log(decided))
    days = float(w @ [(HELD - p.day).days for p in PRINTED])
    return Pool(q / q.sum(), float(1 / (w**2 / size).sum()), float((w**2).sum()), days)


def total(n: int, sigma: float | None = None, tau: float = 0.026, df: float = 8.0, seed: int = 1) -> Floats:
    """Shares (n, m) under `Total`: y = log q - v (1 - 2 q) / 2 + r sqrt(v) z with v = 1 / (n_eff q) + sigma^2, r^2 = (df - 2) / chi^2."""
    q, size, squared_weights, days = pooled()
    rng = np.random.default_rng(seed)
    v = 1 / (size * q) + (0.25**2 * (1 + squared_weights) + tau**2 * days if sigma is None else sigma**2)
    r = 1.0 if math.isinf(df) else np.sqrt((df - 2) / rng.chisquare(df, (n, 1)))
    y = np.log(q) - v * (1 - 2 * q) / 2 + r * np.sqrt(v) * rng.standard_normal((n, len(q)))
    shares: Floats = np.exp(y)
    return shares / shares.sum(axis=1, keepdims=True)


def multinomial(n: int, seed: int = 1) -> Floats:
    """Shares (n, m) of simple random samples with the covariance (diag q - q q') / n_eff."""
    q, size, *_ = pooled()
    covariance = (np.diag(q) - np.outer(q, q)) / size
    shares = np.maximum(0, np.random.default_rng(seed).multivariate_normal(q, covariance, n))
    return np.asarray(shares / shares.sum(axis=1, keepdims=True))


class Counted(NamedTuple):
    """List seats (n, k), which lists reached 5 % (n, k), and where fewer than two did (n,)."""

    seats: Whole
    entered: NDArray[np.bool_]
    fallback: NDArray[np.bool_]


def count(shares: Floats, seats: int = SEATS, votes: int = VOTES) -> Counted:
    """Round to votes and count: by whole quotas and largest remainders, or by the rule of two lists where one alone has 5 %.

    The last column is against all. Ties of remainders, hardly any among millions of votes, go to the list registered first.
    """
    whole = np.rint(shares * votes).astype(np.int64)
    entered = 20 * whole[:, :-1] >= whole.sum(axis=1, keepdims=True)
    fallback = entered.sum(axis=1) == 1
    assert (entered.sum(axis=1) > 0).all()
    given = np.where(fallback[:, None], of_two(whole[:, :-1], seats), of_admitted(np.where(entered, whole[:, :-1], 0), seats))
    return Counted(given, entered, fallback)


def of_admitted(votes: Whole, seats: int) -> Whole:
    """Article 97-1, 1: whole quotas, then one seat each to the largest remainders."""
    sums = votes.sum(axis=1, keepdims=True)
    given, rest = votes * seats // sums, votes * seats % sums
    rank = np.argsort(np.argsort(-rest, axis=1, kind="stable"), axis=1)
    return np.asarray(given + (rank < seats - given.sum(axis=1, keepdims=True)))


def of_two(votes: Whole, seats: int) -> Whole:
    """Article 97-1, 2 to 4: the second gets the whole part of 0.7 of its quotas, at least two seats, and the first the others."""
    first, second = np.argsort(-votes, axis=1, kind="stable").T[:2]
    rows, given = np.arange(len(votes)), np.zeros_like(votes)
    sums = votes[rows, first] + votes[rows, second]
    given[rows, second] = np.maximum(2, 7 * votes[rows, second] * seats // (10 * sums))
    given[rows, first] = seats - given[rows, second]
    return given


def below(seats: Whole) -> Floats:
    """Return how often each list has at most 0, 1, ... seats: (k, SEATS + 1)."""
    return np.array([np.bincount(column, minlength=SEATS + 1).cumsum() for column in seats.T]) / len(seats)


def standard_error(p: float, n: int) -> float:
    """Return the standard error of a chance that two simulations of n draws each give."""
    return math.sqrt(2 * max(p * (1 - p), 1 / n) / n)


# -- districts ---------------------------------------------------------------------------------------------------------


def elected(districts: Iterable[Any], shares: Floats, before: dict[str, float], seed: int = 2) -> dict[str, Whole]:
    """How many districts each party wins in every draw (n,), "independents" among them: models.md, "districts", with its priors.

    eta = log b + 0.5 (log x - log l) + 0.25 N + 0.3 R + 0.4 D, and the most votes win. Independents follow no list, and have an N
    and an R of their own. Unpublished votes are split among the unnamed, none of whom has more than the runner-up.
    """
    rng, n = np.random.default_rng(seed), len(shares)
    shared: dict[tuple[str, ...], Floats] = {}

    def component(*whose: str) -> Floats:
        return shared.setdefault(whose, rng.standard_normal(n))

    won: dict[str, Whole] = {}
    for district in districts:
        standing = {}
        for place, candidate in enumerate(district.candidates):
            alone = candidate.party == "independents"
            party = f"{district.number} {place}" if alone else candidate.party
            eta = math.log(candidate.votes) + 0.25 * component(party) + 0.3 * component(party, district.region)
            if candidate.party in before:
                eta = eta + 0.5 * np.log(shares[:, LISTS.index(party)] / before[party])
            standing[place, candidate.party] = eta + 0.4 * rng.standard_normal(n)
        if district.unnamed_candidates:
            runner_up = sorted(candidate.votes for candidate in district.candidates)[-2:][0]
            each = min(district.unnamed_votes / district.unnamed_candidates, runner_up)
            noise = rng.standard_normal((n, district.unnamed_candidates)).max(axis=1)
            standing[-1, "independents"] = math.log(each) + math.sqrt(0.25**2 + 0.3**2 + 0.4**2) * noise
        best = np.argmax([*standing.values()], axis=0)
        for row, (_, party) in enumerate(standing):
            won[party] = won.get(party, np.zeros(n, np.int64)) + (best == row)
    return won
