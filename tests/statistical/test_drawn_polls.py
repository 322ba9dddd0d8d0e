"""The error models against theory for polls that Hypothesis draws.

2 to 40 lists, shares down to 0.1 %, margins of 0.5 % to 10 %; a million draws each, five standard errors, a fixed seed.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np
from against_theory import (
    SEED,
    N,
    centre,
    margin_scales,
    near,
    phi,
    pieces,
    rao_blackwell,
    share_error,
    size_of,
    student_ahead,
    total_terms,
    unclipped,
)
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy import stats

import mazhilis_sim as ms


class Case(NamedTuple):
    """A poll, and a threshold near one of its shares, which lies in column ``i``."""

    poll: ms.Poll
    threshold: Fraction
    i: int

    @property
    def t(self) -> float:
        return float(self.threshold)


@st.composite
def cases(draw: st.DrawFn, clear_of_zero: bool = False) -> Case:
    """Draw a poll and a threshold; on wish with shares five standard deviations above zero, which nothing clips."""
    margin = draw(st.integers(5, 100)) / 1000
    least = math.ceil(5100 * margin / 1.96) if clear_of_zero else 1
    k = draw(st.integers(2, min(40, 1000 // least)))
    cuts = sorted(draw(st.lists(st.integers(0, 1000 - least * k), min_size=k - 1, max_size=k - 1)))
    thousandths = [b - a + least for a, b in zip([0, *cuts], [*cuts, 1000 - least * k], strict=True)]
    names = [f"list {i}" for i in range(k)]
    if draw(st.booleans()):
        names[-1] = "against_all"
    shares = {name: Fraction(n, 1000) for name, n in zip(names, thousandths, strict=True)}
    i = draw(st.integers(0, k - 1 - (names[-1] == "against_all")))
    threshold = min(900, max(1, thousandths[i] + draw(st.integers(-20, 20))))
    return Case(ms.Poll(shares, margin=margin), Fraction(threshold, 1000), i)


FORTY = Case(ms.Poll({"large": 0.961, **{f"list {i}": 0.001 for i in range(39)}}, margin=0.005), Fraction(1, 1000), 1)
"""Forty lists, all but one of a thousandth, and the smallest margin."""
LEVEL = Case(ms.Poll({f"list {i}": 0.025 for i in range(40)}, margin=0.005), Fraction(25, 1000), 3)
"""Forty lists, none of which is cut at zero."""
WIDE = Case(ms.Poll({"a": 0.55, "b": 0.45}, margin=0.1), Fraction(1, 2), 0)
"""Two lists and the largest margin."""


def entering(case: Case, model: Any) -> float:
    """Simulate the chance that list i reaches the threshold, through the whole count."""
    law = ms.law("2026").replace(threshold=case.threshold, no_list_passes="all")
    f = ms.simulate(law, case.poll, model=model, n_draws=N, seed=SEED)
    return f.p_enters(f.parties[case.i]).value


@settings(max_examples=8)
@given(case=cases())
@example(case=FORTY)
@example(case=WIDE)
def test_beta_tails_of_dirichlet(case: Case) -> None:
    a, n = size_of(case.poll) * centre(case.poll)[case.i], size_of(case.poll)
    expected = float(stats.beta.sf(case.t, a, n - a))
    assert near(entering(case, ms.models.Dirichlet()), expected, share_error(expected))


@settings(max_examples=12)
@given(case=cases(clear_of_zero=True))
@example(case=LEVEL)
@example(case=WIDE)
def test_normal_tails_of_multinomial(case: Case) -> None:
    q, n = centre(case.poll), size_of(case.poll)
    expected = phi((q[case.i] - case.t) / math.sqrt(q[case.i] * (1 - q[case.i]) / n))
    assert near(entering(case, ms.models.Multinomial()), expected, share_error(expected))


@settings(max_examples=12)
@given(case=cases(clear_of_zero=True), shape=st.sampled_from(["flat", "scaled"]))
@example(case=LEVEL, shape="flat")
@example(case=WIDE, shape="scaled")
def test_normal_tails_of_margin(case: Case, shape: str) -> None:
    q, s = centre(case.poll), margin_scales(case.poll, ms.models.Margin(shape))
    assert (q / s).min() > 5
    expected = unclipped(q, s, case.t, case.i)
    assert near(entering(case, ms.models.Margin(shape)), expected, share_error(expected))


sigmas = st.sampled_from([0.0, 0.07, 0.1, 0.3, 0.354, 0.7])


@settings(max_examples=8)
@given(case=cases(), sigma=sigmas)
@example(case=FORTY, sigma=0.354)
@example(case=WIDE, sigma=0.354)
def test_the_conditional_chance_of_total(case: Case, sigma: float) -> None:
    mu, v = total_terms(case.poll, sigma)
    expected, se = rao_blackwell(mu, v, case.t, case.i, n=200_000)
    assert near(entering(case, ms.models.Total(sigma=sigma, df="normal")), expected, math.hypot(se, share_error(expected)))


@settings(max_examples=6)
@given(case=cases(), sigma=sigmas)
@example(case=FORTY, sigma=0.354)
@example(case=WIDE, sigma=0.354)
def test_pairs_of_total(case: Case, sigma: float) -> None:
    mu, v = total_terms(case.poll, sigma)
    ahead = sum((x[:, [case.i]] > x).sum(axis=0) for x in pieces(case.poll, ms.models.Total(sigma=sigma, df="normal")))
    for j, found in enumerate(ahead / N):
        expected = phi((mu[case.i] - mu[j]) / math.sqrt(v[case.i] + v[j]))
        assert j == case.i or near(found, expected, share_error(expected))


@settings(max_examples=4)
@given(case=cases(), sigma=st.sampled_from([0.1, 0.3, 0.7]), df=st.sampled_from([2.5, 4.0, 8.0]))
@example(case=FORTY, sigma=0.3, df=4.0)
def test_pairs_of_total_with_tails(case: Case, sigma: float, df: float) -> None:
    mu, v = total_terms(case.poll, sigma)
    ahead = sum((x[:, [case.i]] > x).sum(axis=0) for x in pieces(case.poll, ms.models.Total(sigma=sigma, df=df)))
    for j, found in enumerate(ahead / N):
        expected = student_ahead(mu[case.i] - mu[j], v[case.i] + v[j], df)
        assert j == case.i or near(found, expected, share_error(expected))


@settings(max_examples=6)
@given(case=cases(clear_of_zero=True))
@example(case=LEVEL)
@example(case=WIDE)
def test_means_and_covariances_of_multinomial(case: Case) -> None:
    q, n = centre(case.poll), size_of(case.poll)
    mean, products, squares = np.zeros(len(q)), np.zeros(len(q)), np.zeros(len(q))
    for x in pieces(case.poll, ms.models.Multinomial()):
        away = x - q
        product = away * away[:, [case.i]]
        mean, products, squares = (mean + away.sum(axis=0), products + product.sum(axis=0), squares + (product**2).sum(axis=0))
    exact = -q * q[case.i] / n
    exact[case.i] += q[case.i] / n
    assert (np.abs(mean / N) < 5 * np.sqrt(q * (1 - q) / n / N)).all()
    assert (np.abs(products / N - exact) < 5 * np.sqrt(squares / N / N)).all()
