"""Forms that the other statistical tests leave out, for polls and districts that Hypothesis draws, at five standard errors.

Exact: the truncated normal of `margin` before shares are scaled, means and covariances of `dirichlet`, two candidates and the
unnamed ones of `Districts`. To first order: the covariances of `total`, with the error of the approximation stated.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from against_theory import SEED, Floats, N, centre, district_spread, margin_scales, near, phi, pieces, share_error, size_of
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from numba import njit
from scipy import integrate, stats

import mazhilis_sim as ms
from mazhilis_sim.kernels import parameters
from mazhilis_sim.kernels.cpu import draws, random_lanes
from mazhilis_sim.kernels.steps import random_words
from mazhilis_sim.simulation.models.centre import read_centre

models = ms.models
SIZE, FEW = 125_000, 250_000
"""Draws looked at together, and those behind moments of up to forty lists: enough to see an error of 2 % in a variance."""


@st.composite
def polls(draw: st.DrawFn, most: int = 40, least: int = 1, margins: tuple[int, int] = (5, 100)) -> ms.Poll:
    """Draw a poll of 2 to ``most`` lists, none below so many thousandths, with a margin of so many thousandths."""
    k = draw(st.integers(2, most))
    rest = 1000 - least * k
    cuts = sorted(draw(st.lists(st.integers(0, rest), min_size=k - 1, max_size=k - 1)))
    shares = [(b - a + least) / 1000 for a, b in zip([0, *cuts], [*cuts, rest], strict=True)]
    names = [f"list {i}" for i in range(k - 1)] + [draw(st.sampled_from(["against_all", "the last list"]))]
    return ms.Poll(dict(zip(names, shares, strict=True)), margin=draw(st.integers(*margins)) / 1000)


FORTY = ms.Poll({"large": 0.961, **{f"list {i}": 0.001 for i in range(39)}}, margin=0.005)
"""Forty lists, all but one of a thousandth."""
TWENTY = ms.Poll({"large": 0.62, **{f"list {i}": 0.02 for i in range(19)}}, margin=0.01)


class Moments:
    """Sums of deviations from an expected mean, of their products, and of the squares of those."""

    def __init__(self, mean: Floats, parts: Iterator[Floats]) -> None:
        m = len(mean)
        self.n, self.sum, self.products, self.squares = 0, np.zeros(m), np.zeros((m, m)), np.zeros((m, m))
        for x in parts:
            away = x.T - mean[:, None]  # columns are contiguous
            self.n += len(x)
            self.sum += away.sum(axis=1)
            self.products += away @ away.T
            away *= away
            self.squares += away @ away.T

    @property
    def bias(self) -> Floats:
        return self.sum / self.n

    @property
    def covariance(self) -> Floats:
        return self.products / self.n

    @property
    def covariance_error(self) -> Floats:
        """Standard errors of the mean products."""
        return np.asarray(np.sqrt(np.maximum(self.squares / self.n - self.covariance**2, 0) / self.n))


# -- margin, before it is scaled to 1 ----------------------------------------------------------------------------------


@njit
def fill_weights(seed: Any, numbers: Any, packed: Any, mixing: Any, raw: Any, z: Any, sums: Any, found: Any) -> None:
    """Call what compiled code alone calls."""
    random_lanes.fill_normals(seed, numbers, random_words.LISTS, mixing, raw, z)
    if draws.has_tails(packed):
        random_lanes.fill_blocks(seed, numbers, random_words.TAILS, mixing, raw)
    draws.draw_weights(seed, numbers, packed, raw, z, sums, found)


def weights(poll: ms.Poll, model: models.Margin) -> Iterator[Floats]:
    """Draw the model's weights themselves, (n, m) at a time."""
    packed = parameters.as_drawn(model.pack(read_centre(poll)))
    m = len(packed.location)
    mixing, raw = np.zeros((4, SIZE), np.uint64), np.zeros((8, SIZE), np.uint32)
    z, sums = np.zeros((-(-m // 4) * 4, SIZE), np.float32), np.zeros(SIZE, np.float32)
    for start in range(0, FEW, SIZE):
        found = np.zeros((m, SIZE), np.float32)
        fill_weights(np.uint64(SEED), np.arange(start, start + SIZE, dtype=np.uint64), packed, mixing, raw, z, sums, found)
        yield found.T.astype(float)


@settings(max_examples=3)
@given(poll=polls(), shape=st.sampled_from(["flat", "scaled"]))
@example(poll=FORTY, shape="flat")
def test_margin_is_a_normal_cut_at_zero(poll: ms.Poll, shape: str) -> None:
    """models.md, "margin": E X = q Phi(q / s) + s phi(q / s), and E X^2 = (q^2 + s^2) Phi(q / s) + q s phi(q / s)."""
    q, s = centre(poll), margin_scales(poll, models.Margin(shape))
    mean = q * stats.norm.cdf(q / s) + s * stats.norm.pdf(q / s)
    square = (q**2 + s**2) * stats.norm.cdf(q / s) + q * s * stats.norm.pdf(q / s)
    found = Moments(mean, weights(poll, models.Margin(shape)))
    assert (np.abs(found.bias) <= 5 * np.sqrt((square - mean**2) / FEW)).all()
    exact = np.diag(square - mean**2)  # categories are independent before they are scaled
    assert (np.abs(found.covariance - exact) <= 5 * found.covariance_error).all()


# -- dirichlet ---------------------------------------------------------------------------------------------------------


@settings(max_examples=3)
@given(poll=polls())
@example(poll=FORTY)
def test_means_and_covariances_of_dirichlet(poll: ms.Poll) -> None:
    """models.md, "dirichlet": mean q, covariance (diag q - q q') / (n + 1); shapes n q from 0.1 upwards."""
    q = centre(poll)
    exact = (np.diag(q) - np.outer(q, q)) / (size_of(poll) + 1)
    found = Moments(q, pieces(poll, models.Dirichlet(), n=FEW, size=SIZE))
    assert (np.abs(found.bias) <= 5 * np.sqrt(np.diag(exact) / FEW)).all()
    assert (np.abs(found.covariance - exact) <= 5 * found.covariance_error).all()


# -- total, to first order ---------------------------------------------------------------------------------------------


@settings(max_examples=4)
@given(poll=polls(least=15, margins=(5, 40)), sigma=st.sampled_from([0.0, 0.03, 0.07, 0.1]))
@example(poll=TWENTY, sigma=0.1)
def test_first_order_moments_of_total(poll: ms.Poll, sigma: float) -> None:
    """models.md, "total", for sigma <= 0.1 and v < 0.05.

    Errors of the approximation: a covariance is off by no more than 5 % of the product of both standard deviations, a mean by
    no more than v^2 of its share, v the largest variance of a log share.
    """
    q, n = centre(poll), size_of(poll)
    v = float((1 / (n * q) + sigma**2).max())
    assume(v < 0.05)
    s = (q**2).sum()
    first = -np.outer(q, q) / n + sigma**2 * np.outer(q, q) * (s - q[:, None] - q[None, :])
    np.fill_diagonal(first, q * (1 - q) / n + sigma**2 * q**2 * (1 - 2 * q + s))
    found = Moments(q, pieces(poll, models.Total(sigma=sigma, df="normal"), n=FEW, size=SIZE))
    scale = np.sqrt(np.outer(np.diag(first), np.diag(first)))
    assert (np.abs(found.covariance - first) <= 0.05 * scale + 5 * found.covariance_error).all()
    assert (np.abs(found.bias) <= q * v**2 + 5 * np.sqrt(np.diag(found.covariance) / FEW)).all()


# -- undecided voters --------------------------------------------------------------------------------------------------


@settings(max_examples=5)
@given(undecided=st.integers(1, 50), kappa=st.sampled_from([2.0, 10.0, 50.0]), size=st.integers(300, 5000))
def test_undecided_voters_who_split_make_a_smaller_sample(undecided: int, kappa: float, size: int) -> None:
    """A share (1 - u) x + u s, with s ~ Dirichlet(kappa q), has variance q (1 - q) ((1 - u)^2 / n + u^2 / (kappa + 1)).

    1 / n_tot = 1 / n + u^2 / (kappa + 1) leaves the square out: never less than that, and more by no more than 2 u / n.
    """
    u = undecided / 100
    poll = ms.Poll({"a": 0.3 * (1 - u), "b": 0.7 * (1 - u)}, undecided=u, sample_size=size, kappa=kappa)
    n = size * (1 - u)
    exact = (1 - u) ** 2 / n + u**2 / (kappa + 1)
    assert exact <= 1 / poll.n_eff <= exact + 2 * u / n
    rng = np.random.default_rng(SEED)
    decided, split = rng.beta(0.3 * (n - 1), 0.7 * (n - 1), N), rng.beta(0.3 * kappa, 0.7 * kappa, N)
    found = (1 - u) * decided + u * split
    assert found.var() / 0.21 == pytest.approx(exact, rel=0.02)


# -- districts ---------------------------------------------------------------------------------------------------------

# Lists beside the districts, in which nobody runs: the draw of the list vote moves no candidate.
BALLOT = ms.Poll({"list x": 0.6, "list y": 0.4}, sample_size=1000)
sigmas = st.sampled_from([0.0, 0.1, 0.3, 0.6])


@st.composite
def district_models(draw: st.DrawFn) -> models.Districts:
    """Draw components, that of a district above zero."""
    return models.Districts(
        beta=draw(st.sampled_from([0.0, 0.5, 1.0])),
        sigma_national=draw(sigmas),
        sigma_regional=draw(sigmas),
        sigma_district=draw(st.sampled_from([0.1, 0.4, 0.8])),
    )


def elected(
    districts: tuple[ms.District, ...], model: models.Districts, poll: object = BALLOT, shares: dict[str, float] | None = None, n: int = N
) -> ms.SeatDistribution:
    """Simulate districts."""
    law = ms.law("2026").replace(list_seats=5, district_seats=len(districts))
    return ms.simulate(
        law, poll, model="multinomial", districts=ms.DistrictVotes(districts, shares or {}), district_model=model, n_draws=n, seed=SEED
    )


def two(number: int, first: int, second: int, parties: tuple[str, str], region: str = "r") -> ms.District:
    """Make a district of two candidates."""
    return ms.District(number, (ms.Candidate("one", parties[0], first), ms.Candidate("two", parties[1], second)), region=region)


votes = st.integers(1000, 100_000)
level_pairs = st.tuples(votes, votes).filter(lambda pair: abs(math.log(pair[0] / pair[1])) < 2)


@pytest.mark.filterwarnings("ignore::mazhilis_sim.DataWarning")
@settings(max_examples=4)
@given(pairs=st.lists(st.tuples(votes, votes), min_size=8, max_size=8), model=district_models())
def test_two_candidates(pairs: list[tuple[int, int]], model: models.Districts) -> None:
    """models.md, "districts": P(win) = Phi(log(b1 / b2) / sqrt(2 (sigma_N^2 + sigma_R^2 + sigma_D^2)))."""
    districts = tuple(two(i, a, b, (f"one {i}", f"two {i}")) for i, (a, b) in enumerate(pairs))
    f = elected(districts, model)
    for i, (a, b) in enumerate(pairs):
        expected = phi(math.log(a / b) / (math.sqrt(2) * district_spread(model)))
        assert near(f.p_at_least(f"one {i}", 1, "district").value, expected, share_error(expected)), (a, b)


@pytest.mark.filterwarnings("ignore::mazhilis_sim.DataWarning")
@settings(max_examples=6)
@given(one=level_pairs, other=level_pairs, same=st.booleans(), model=district_models())
def test_two_parties_in_two_districts(one: tuple[int, int], other: tuple[int, int], same: bool, model: models.Districts) -> None:
    """The difference of two parties has variance 2 (N + R + D) in each district, and covariance 2 (N + R), or 2 N across regions."""
    districts = two(1, *one, ("a", "b"), "north"), two(2, *other, ("a", "b"), "north" if same else "south")
    f = elected(districts, model)
    spread = district_spread(model)
    shared = model.sigma_national**2 + same * model.sigma_regional**2
    places = [math.log(a / b) / (math.sqrt(2) * spread) for a, b in (one, other)]
    both = float(stats.multivariate_normal([0, 0], [[1, shared / spread**2], [shared / spread**2, 1]], allow_singular=True).cdf(places))
    assert near(f.p_at_least("a", 2, "district").value, both, share_error(both), slack=2e-5)


@settings(max_examples=6)
@given(before=st.integers(5, 95), now=st.integers(5, 95), pair=st.tuples(votes, votes), model=district_models())
def test_candidates_follow_their_lists(before: int, now: int, pair: tuple[int, int], model: models.Districts) -> None:
    """models.md, "districts": eta moves by beta (log x - log l); here x is certain."""
    result = ms.Election(list_votes={"a": now * 10_000, "b": (100 - now) * 10_000}, name="now")
    district = two(1, *pair, ("a", "b"))
    f = elected((district,), model, result, {"a": before / 100, "b": 1 - before / 100})
    moved = model.beta * (math.log(now / before) - math.log((100 - now) / (100 - before)))
    expected = phi((math.log(pair[0] / pair[1]) + moved) / (math.sqrt(2) * district_spread(model)))
    assert near(f.p_at_least("a", 1, "district").value, expected, share_error(expected))


@pytest.mark.filterwarnings("ignore::mazhilis_sim.DataWarning")
@settings(max_examples=6)
@given(named=st.integers(1000, 50_000), pooled=st.integers(1000, 200_000), rivals=st.integers(1, 40), model=district_models())
def test_unnamed_candidates_win_one_by_one_and_never_as_a_block(named: int, pooled: int, rivals: int, model: models.Districts) -> None:
    """The best noise of m candidates is the largest of m normals: the named one stays ahead of all with chance E Phi(a + Z)^m."""
    district = ms.District(1, (ms.Candidate("one", "a", named),), unnamed_candidates=rivals, unnamed_votes=pooled)
    f = elected((district,), model)
    ahead = math.log(named / min(pooled / rivals, named)) / district_spread(model)
    expected, _ = integrate.quad(lambda z: stats.norm.pdf(z) * stats.norm.cdf(ahead + z) ** rivals, -9, 9, epsabs=1e-10)
    assert near(f.p_at_least("a", 1, "district").value, expected, share_error(expected), slack=1e-9)
    assert f.p_at_least("independents", 1, "district").value == pytest.approx(1 - f.p_at_least("a", 1, "district").value)
