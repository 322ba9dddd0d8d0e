"""The exact forms of models.md for every poll on record before the elections of 2021 and 2023; a million draws, five standard errors."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from against_theory import (
    Floats,
    N,
    categories,
    centre,
    margin_of,
    near,
    phi,
    rao_blackwell,
    share_error,
    simulated,
    size_of,
    total_terms,
    unclipped,
)
from scipy import stats

import mazhilis_sim as ms
from on_record import quiet_polls

models = ms.models
THRESHOLDS = {2021: 0.07, 2023: 0.05}
POLLS = [(year, poll) for year in THRESHOLDS for poll in quiet_polls(year).of_kind("poll")]
every_poll = pytest.mark.parametrize(("year", "poll"), POLLS, ids=[f"{poll.pollster} {poll.date}" for _, poll in POLLS])


def entries_agree(x: Floats, expected: list[float], t: float, slack: float = 0.0) -> None:
    """Hold how often each share reaches a threshold against theory."""
    for found, chance in zip((x >= t).mean(axis=0), expected, strict=True):
        assert near(found, chance, share_error(chance), slack)


def moments_agree(x: Floats, q: Floats, n: float) -> None:
    """Hold means and covariances against those of a sample of n, (diag q - q q') / n."""
    away = (x - q).T
    exact, found = (np.diag(q) - np.outer(q, q)) / n, away @ away.T / len(x)
    assert (np.abs(away.mean(axis=1)) <= 5 * np.sqrt(np.diag(exact) / len(x))).all()
    away *= away
    assert (np.abs(found - exact) <= 5 * np.sqrt((away @ away.T / len(x) - found**2) / len(x))).all()


def test_every_institute_is_among_the_polls() -> None:
    found = {(year, poll.pollster) for year, poll in POLLS}
    assert found >= {(2021, name) for name in ("PORI", "IEI", "Astana Zertteu", "Nur.kz")}
    assert found >= {(2023, name) for name in ("Public Opinion Research Institute", "Democratic Institute", "Strategy")}


@every_poll
def test_dirichlet_has_beta_tails_and_its_covariance(year: int, poll: ms.Poll) -> None:
    q, n, t = centre(poll), size_of(poll), THRESHOLDS[year]
    x = simulated(poll, models.Dirichlet())
    entries_agree(x, stats.beta.sf(t, n * q, n * (1 - q)).tolist(), t)
    moments_agree(x, q, n + 1)


@every_poll
def test_multinomial_has_normal_tails_and_its_covariance(year: int, poll: ms.Poll) -> None:
    q, n, t = centre(poll), size_of(poll), THRESHOLDS[year]
    s = np.sqrt(q * (1 - q) / n)
    x = simulated(poll, models.Multinomial())
    cut = float(stats.norm.cdf(-q / s).sum())  # the chance that a share is cut at zero: 1.4e-5 at most
    assert cut < 1.5e-5
    entries_agree(x, stats.norm.cdf((q - t) / s).tolist(), t, slack=cut)
    moments_agree(x, q, n)


@every_poll
@pytest.mark.parametrize("shape", ["flat", "scaled"])
def test_margin_has_normal_tails_where_nothing_is_cut(year: int, poll: ms.Poll, shape: str) -> None:
    """The margins of record cut small shares; here it is as large as leaves the smallest five standard deviations above zero."""
    q, t = centre(poll), THRESHOLDS[year]
    unit = np.ones(len(q)) if shape == "flat" else 2 * np.sqrt(q * (1 - q))
    margin = min(margin_of(poll), float((q / unit).min()) / 5.1 * 1.96)
    s = margin / 1.96 * unit
    entries_agree(simulated(poll, models.Margin(shape, margin)), [unclipped(q, s, t, i) for i in range(len(q))], t)


@every_poll
def test_total_has_its_pairs_and_its_conditional_chance(year: int, poll: ms.Poll) -> None:
    q, t, sigma = centre(poll), THRESHOLDS[year], 0.354
    mu, v = total_terms(poll, sigma)
    without, _ = total_terms(poll, sigma, mean_term=False)
    x = simulated(poll, models.Total(sigma=sigma, df="normal"))
    found = (x >= t).mean(axis=0)
    for i in range(len(q)):
        expected, se = rao_blackwell(mu, v, t, i, n=100_000)
        assert near(found[i], expected, math.hypot(se, share_error(expected)))
    off = dict(zip(categories(poll), without - mu, strict=True))
    x = simulated(poll, replace(models.Total(sigma=sigma, df="normal"), bias=off))  # type: ignore[arg-type]
    for i in range(len(q)):
        j = (i + 1) % len(q)
        expected = phi(math.log(q[i] / q[j]) / math.sqrt(v[i] + v[j]))
        assert near(float((x[:, i] > x[:, j]).mean()), expected, share_error(expected))
    assert len(x) == N
