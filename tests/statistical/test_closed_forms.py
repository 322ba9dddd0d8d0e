"""The error models against theory for the polls on record: docs/explanation/models.md, formula by formula."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from against_theory import (
    LAW,
    Floats,
    N,
    categories,
    centre,
    clipped_reference,
    margin_scales,
    near,
    p_enters,
    phi,
    rao_blackwell,
    share_error,
    share_of,
    simulated,
    size_of,
    student_ahead,
    total_terms,
    unclipped,
)
from scipy import stats

import mazhilis_sim as ms
from on_record import KNOWN, quiet_polls

models = ms.models
LAST = quiet_polls(2023).final()
OFFICIAL = ms.Poll({p: v / KNOWN[-1].base for p, v in [*KNOWN[-1].votes.items(), ("against_all", 248_291)]}, effective_size=1848)
EVEN = ms.Poll({"a": 0.4, "b": 0.2, "c": 0.15, "d": 0.1, "e": 0.08, "f": 0.07}, sample_size=2000)
SMALL = ms.Poll({"a": 0.9, "b": 0.05, "c": 0.03, "d": 0.015, "e": 0.004, "f": 0.001}, sample_size=400)
T = 0.05


def place(poll: ms.Poll, party: str) -> int:
    """Return a party's column."""
    return categories(poll).index(party)


@cache
def shares(poll: str, model: models.ListModel) -> Floats:
    """Simulate a million sets of shares, once."""
    return simulated({"last": LAST, "official": OFFICIAL, "even": EVEN, "small": SMALL}[poll], model)


def test_the_last_poll_of_2023_is_that_of_the_table() -> None:
    assert (LAST.n_eff, LAST.margin) == (1848, 0.011)
    assert LAST.q["jsdp"] == pytest.approx(0.041)


# -- 1: dirichlet ------------------------------------------------------------------------------------------------------

BETA_TAILS = {"auyl": 0.98084, "aq_jol": 0.64080, "qhp": 0.56548, "respublica": 0.7729, "jsdp": 0.03109}  # computed apart from this code


def beta_tail(poll: ms.Poll, party: str, t: float = T) -> float:
    a = size_of(poll) * share_of(poll, party)
    return float(stats.beta.sf(t, a, size_of(poll) - a))


@pytest.mark.parametrize(("party", "chance"), BETA_TAILS.items())
def test_the_beta_tails_of_the_table(party: str, chance: float) -> None:
    assert beta_tail(LAST, party) == pytest.approx(chance, abs=6e-5)


@pytest.mark.parametrize("poll", [LAST, OFFICIAL, EVEN, SMALL], ids=["last", "official", "even", "small"])
def test_lists_enter_under_dirichlet_as_beta_tails_say(poll: ms.Poll) -> None:
    for party, found in p_enters(poll, models.Dirichlet()).items():
        expected = beta_tail(poll, party)
        assert near(found, expected, share_error(expected)), party


@pytest.mark.parametrize("poll", ["last", "small"])
def test_marginals_of_dirichlet_are_beta_down_to_shapes_below_1(poll: str) -> None:
    """The smallest shape is 0.4, far below where a fixed-cost approximation would do."""
    of = LAST if poll == "last" else SMALL
    q, n = centre(of), size_of(of)
    for i, x in enumerate(shares(poll, models.Dirichlet()).T):
        assert stats.kstest(x[:200_000], stats.beta(n * q[i], n * (1 - q[i])).cdf).pvalue > 1e-5


# -- 2: margin ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("margin", "formula", "simulated_then"), [(0.011, 0.04727, 0.0468), (0.03, 0.2699, 0.2687)])
def test_margin_is_its_formula_but_for_the_truncation(margin: float, formula: float, simulated_then: float) -> None:
    q, s = centre(LAST), np.full(8, margin / 1.96)
    expected = unclipped(q, s, T, place(LAST, "jsdp"))
    found = p_enters(LAST, models.Margin(margin=margin))["jsdp"]
    assert expected == pytest.approx(formula, abs=6e-5)
    assert near(found, simulated_then, share_error(found), slack=6e-5)  # computed apart from this code
    assert near(found, expected, share_error(found), slack=0.0015)  # the gap is the truncation


@pytest.mark.parametrize("model", [models.Margin(), models.Margin("scaled"), models.Margin(margin=0.03)], ids=repr)
@pytest.mark.parametrize("poll", [LAST, SMALL], ids=["last", "small"])
def test_margin_with_its_truncation_is_that_of_another_generator(poll: ms.Poll, model: models.Margin) -> None:
    reference = (clipped_reference(centre(poll), margin_scales(poll, model), N) >= T).mean(axis=0)
    for party, found in p_enters(poll, model).items():
        expected = reference[place(poll, party)]
        assert near(found, expected, math.sqrt(2) * share_error(expected)), party


@pytest.mark.parametrize("model", [models.Margin(), models.Margin("scaled")], ids=repr)
def test_margin_without_truncation_is_its_formula(model: models.Margin) -> None:
    q, s = centre(EVEN), margin_scales(EVEN, model)
    assert (q / s).min() > 5.5
    for t in ("7%", "8%", "10%", "15%", "20%", "40%"):
        for party, found in p_enters(EVEN, model, t).items():
            expected = unclipped(q, s, float(t[:-1]) / 100, place(EVEN, party))
            assert near(found, expected, share_error(expected)), (party, t)


# -- multinomial -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("poll", [LAST, OFFICIAL, EVEN], ids=["last", "official", "even"])
def test_lists_enter_under_multinomial_as_normal_tails_say(poll: ms.Poll) -> None:
    for party, found in p_enters(poll, models.Multinomial()).items():
        q = share_of(poll, party)
        expected = phi((q - T) / math.sqrt(q * (1 - q) / size_of(poll)))
        assert near(found, expected, share_error(expected)), party


def test_marginals_of_multinomial_are_normal() -> None:
    q = centre(EVEN)
    for i, x in enumerate(shares("even", models.Multinomial()).T):
        assert stats.kstest(x[:200_000], stats.norm(q[i], math.sqrt(q[i] * (1 - q[i]) / size_of(EVEN))).cdf).pvalue > 1e-5


# -- 3 and 4: total ----------------------------------------------------------------------------------------------------


def pairwise(poll: ms.Poll, mu: Floats, v: Floats, one: str, two: str) -> float:
    i, j = place(poll, one), place(poll, two)
    return phi((mu[i] - mu[j]) / math.sqrt(v[i] + v[j]))


def cancelling(poll: ms.Poll, sigma: float) -> models.Total:
    """Make a model whose bias cancels the mean term."""
    with_term, without = total_terms(poll, sigma)[0], total_terms(poll, sigma, mean_term=False)[0]
    return models.Total(sigma=sigma, df="normal", bias=dict(zip(categories(poll), without - with_term, strict=True)))  # type: ignore[arg-type]


def test_pairs_under_total_without_the_mean_term() -> None:
    mu, v = total_terms(LAST, 0.3, mean_term=False)
    assert pairwise(LAST, mu, v, "respublica", "jsdp") == pytest.approx(0.72938, abs=5e-6)  # computed apart from this code
    x = simulated(LAST, cancelling(LAST, 0.3))
    found = (x[:, place(LAST, "respublica")] > x[:, place(LAST, "jsdp")]).mean()
    assert near(found, 0.72938, share_error(0.72938))


@pytest.mark.parametrize("sigma", [0.0, 0.1, 0.3, 0.8])
def test_pairs_under_total(sigma: float) -> None:
    mu, v = total_terms(LAST, sigma)
    x = shares("last", models.Total(sigma=sigma, df="normal"))
    for one, two in (("respublica", "jsdp"), ("amanat", "auyl"), ("baytaq", "jsdp"), ("qhp", "aq_jol"), ("jsdp", "against_all")):
        expected = pairwise(LAST, mu, v, one, two)
        found = (x[:, place(LAST, one)] > x[:, place(LAST, two)]).mean()
        assert near(found, expected, share_error(expected)), (one, two)


@pytest.mark.parametrize("sigma", [0.1, 0.3, 0.354])
@pytest.mark.parametrize("poll", [LAST, OFFICIAL], ids=["last", "official"])
def test_lists_enter_under_total_as_the_conditional_chance_says(poll: ms.Poll, sigma: float) -> None:
    mu, v = total_terms(poll, sigma)
    for party, found in p_enters(poll, models.Total(sigma=sigma, df="normal")).items():
        expected, se = rao_blackwell(mu, v, T, place(poll, party), n=300_000)
        assert near(found, expected, math.hypot(se, share_error(expected))), party


# -- total with Student-t tails ----------------------------------------------------------------------------------------

PAIRS = (("respublica", "jsdp"), ("amanat", "auyl"), ("baytaq", "jsdp"), ("qhp", "aq_jol"), ("jsdp", "against_all"))


@pytest.mark.parametrize("df", [2.5, 4, 30])
def test_pairs_under_student_tails_without_the_mean_term(df: float) -> None:
    """P(x_i > x_j) = T_df(log(q_i / q_j) / sqrt((v_i + v_j) (df - 2) / df)), T_df the distribution function of Student's t."""
    mu, v = total_terms(LAST, 0.3, mean_term=False)
    x = simulated(LAST, replace(cancelling(LAST, 0.3), df=df))
    for one, two in PAIRS:
        i, j = place(LAST, one), place(LAST, two)
        expected = student_ahead(mu[i] - mu[j], v[i] + v[j], df)
        assert near((x[:, i] > x[:, j]).mean(), expected, share_error(expected)), (one, two)


def test_log_ratios_under_student_tails_are_student_and_share_their_bad_years() -> None:
    """One divisor a draw: with one for each list, a difference would be no t, and squares of disjoint pairs uncorrelated."""
    mu, v = total_terms(LAST, 0.3)
    x = np.log(simulated(LAST, models.Total(sigma=0.3, df=4)))
    squares = []
    for one, two in (("respublica", "jsdp"), ("amanat", "auyl")):
        i, j = place(LAST, one), place(LAST, two)
        ratio = (x[:, i] - x[:, j] - mu[i] + mu[j]) / math.sqrt((v[i] + v[j]) / 2)
        assert stats.kstest(ratio[:200_000], stats.t(4).cdf).pvalue > 1e-5
        squares.append(ratio > stats.t(4).ppf(0.99))
    alone, together = 0.01, float((squares[0] & squares[1]).mean())
    assert together > 5 * alone**2


@pytest.mark.parametrize("df", [3, 8])
def test_lists_enter_under_student_tails_as_the_conditional_chance_says(df: float) -> None:
    mu, v = total_terms(LAST, 0.3)
    for party, found in p_enters(LAST, models.Total(sigma=0.3, df=df)).items():
        expected, se = rao_blackwell(mu, v, T, place(LAST, party), n=300_000, df=df)
        assert near(found, expected, math.hypot(se, share_error(expected))), party


def test_many_degrees_of_freedom_are_the_normal() -> None:
    """Approximation error of df = 10^6: r is 1 to within 10^-3."""
    far, normal = (simulated(LAST, models.Total(sigma=0.3, df=df), n=20_000) for df in (1e6, "normal"))
    assert np.abs(np.log(far / normal)).max() < 0.02


# models.md, "`total`, the default": P(JSDP >= 5 %) from the last poll of 2023
@pytest.mark.parametrize(
    ("model", "chance", "digits"),
    [
        (models.Margin(), 0.047, 5e-4),
        (models.Multinomial(), 0.0255, 5e-5),
        (models.Dirichlet(), 0.031, 5e-4),
        (models.Total(preset="2025"), 0.253, 5e-4),
    ],
    ids=repr,
)
def test_the_chance_of_the_jsdp_by_model(model: models.ListModel, chance: float, digits: float) -> None:
    assert near(p_enters(LAST, model)["jsdp"], chance, share_error(chance), slack=digits)


# -- 5: moments --------------------------------------------------------------------------------------------------------


def moments_agree(x: Floats, mean: Floats, cov: Floats) -> None:
    """Hold means, variances and covariances against theory at five standard errors."""
    away = x - mean
    assert (np.abs(away.mean(axis=0)) <= 5 * np.sqrt(np.diag(cov) / len(x)) + 1e-15).all()
    for i in range(len(mean)):
        products = away * away[:, [i]]
        assert (np.abs(products.mean(axis=0) - cov[i]) <= 5 * products.std(axis=0) / math.sqrt(len(x))).all()


def covariance(q: Floats) -> Floats:
    """Return diag q - q q'."""
    return np.diag(q) - np.outer(q, q)


@pytest.mark.parametrize(("poll", "of"), [("last", LAST), ("even", EVEN), ("official", OFFICIAL)])
def test_the_exact_covariance_of_multinomial(poll: str, of: ms.Poll) -> None:
    q = centre(of)
    moments_agree(shares(poll, models.Multinomial()), q, covariance(q) / size_of(of))


@pytest.mark.parametrize(("poll", "of"), [("last", LAST), ("even", EVEN), ("small", SMALL)])
def test_the_exact_covariance_of_dirichlet(poll: str, of: ms.Poll) -> None:
    q = centre(of)
    moments_agree(shares(poll, models.Dirichlet()), q, covariance(q) / (size_of(of) + 1))


def first_order(q: Floats, n: float, sigma: float) -> Floats:
    """models.md, "total": variances and covariances of `Total` to first order."""
    s = (q**2).sum()
    cov = -np.outer(q, q) / n + sigma**2 * np.outer(q, q) * (s - q[:, None] - q[None, :])
    np.fill_diagonal(cov, q * (1 - q) / n + sigma**2 * q**2 * (1 - 2 * q + s))
    return cov  # type: ignore[no-any-return]


@pytest.mark.parametrize(("sigma", "off"), [(0.0, 0.05), (0.05, 0.05), (0.1, 0.05), (0.35, 0.10)])
def test_the_first_order_moments_of_total(sigma: float, off: float) -> None:
    """Approximation errors as models.md states them: 5 % for sigma <= 0.1 and v < 0.05, 4 to 8 % at 0.35."""
    q = centre(EVEN)
    assert sigma > 0.1 or (1 / (size_of(EVEN) * q) + sigma**2).max() < 0.05
    x = shares("even", models.Total(sigma=sigma, df="normal"))
    found, expected = np.cov(x.T), first_order(q, size_of(EVEN), sigma)
    sd = np.sqrt(np.diag(expected))
    assert (np.abs(np.diag(found) / np.diag(expected) - 1) < off).all()
    assert (np.abs(found - expected) < off * np.outer(sd, sd)).all()


@pytest.mark.parametrize(("sigma", "points"), [(0.1, 0.03), (0.3, 0.03), (0.354, 0.035)])
@pytest.mark.parametrize("poll", [LAST, OFFICIAL], ids=["last", "official"])
def test_the_mean_term_keeps_the_bias_of_the_mean_small(poll: ms.Poll, sigma: float, points: float) -> None:
    """models.md, "total": under 0.03 points; the default of a single poll reaches 0.0315."""
    x = simulated(poll, models.Total(sigma=sigma, df="normal"))
    assert 100 * np.abs(x.mean(axis=0) - centre(poll)).max() < points


def test_without_the_mean_term_a_party_of_54_percent_loses_a_point() -> None:
    """models.md, "total": -1.1 points; at sigma = 0.3."""
    x = simulated(OFFICIAL, cancelling(OFFICIAL, 0.3), n=200_000)
    assert 100 * (x[:, place(OFFICIAL, "amanat")].mean() - share_of(OFFICIAL, "amanat")) == pytest.approx(-1.1, abs=0.05)


@pytest.mark.parametrize("model", [models.Margin(), models.Multinomial(), models.Dirichlet(), models.Total()], ids=repr)
def test_simulated_shares_are_shares(model: models.ListModel) -> None:
    for poll in ("last", "small"):
        x = shares(poll, model)
        assert x.min() >= 0
        assert np.abs(x.sum(axis=1) - 1).max() < 1e-12


# -- seats follow shares -----------------------------------------------------------------------------------------------


def test_seats_of_a_chamber_of_twenty_thousand_are_the_shares() -> None:
    law = LAW.replace(list_seats=20_000, threshold=0)
    f = ms.simulate(law, EVEN, model=models.Multinomial(), n_draws=200_000, seed=2023, coalitions=[("a", "b")])
    x = shares("even", models.Multinomial())[:200_000]
    for i, party in enumerate(f.parties):
        assert f.mean(party) / law.list_seats == pytest.approx(x[:, i].mean(), abs=1e-6)
        assert f.se(party) / law.list_seats == pytest.approx(x[:, i].std() / math.sqrt(200_000), rel=1e-4)
    assert f.p_majority(["a", "b"]).value == pytest.approx((x[:, 0] + x[:, 1] > 0.5).mean(), abs=1e-4)
