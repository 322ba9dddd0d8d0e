"""A forecast held against a result: joint densities against SciPy, and scores beside what the forecast itself expects."""

import math

import numpy as np
import pytest
from scipy import stats

import mazhilis_sim as ms
from mazhilis_sim.simulation.models import joint_density
from mazhilis_sim.simulation.models.joint_density import log_density

CENTRE = ms.models.Centre(("a", "b"), (0.5, 0.3, 0.2), n_eff=500.0, days=9.0, seatless=("against_all",))
RESULT = np.array([0.45, 0.35, 0.2])
POLL = ms.Poll({"amanat": 0.6, "auyl": 0.2, "aq_jol": 0.12, "against_all": 0.08}, sample_size=1000)


def known(model):
    """Return SciPy's density of the log ratios under `Total`."""
    packed = model.pack(CENTRE)
    v, mean = packed.scale**2, packed.location
    covariance = np.diag(v[:2]) + v[2]
    df = float(model.df)
    if math.isinf(df):
        return stats.multivariate_normal(mean[:2] - mean[2], covariance)
    return stats.multivariate_t(mean[:2] - mean[2], covariance * (df - 2) / df, df)


def log_ratios(shares):
    return np.log(shares[..., :2] / shares[..., 2:])


@pytest.mark.parametrize("preset", list(ms.models.PRESETS))
def test_the_density_of_total_is_that_of_scipy(preset):
    model = ms.models.Total(preset=preset)
    assert log_density(model, CENTRE, RESULT) == pytest.approx(known(model).logpdf(log_ratios(RESULT)))
    several = np.array([RESULT, [0.2, 0.3, 0.5]])
    assert log_density(model, CENTRE, several) == pytest.approx(known(model).logpdf(log_ratios(several)))


def test_the_density_of_the_dirichlet_is_that_of_scipy_on_the_same_scale():
    expected = stats.dirichlet(500 * np.array(CENTRE.shares)).logpdf(RESULT) + np.log(RESULT).sum()
    assert log_density(ms.models.Dirichlet(), CENTRE, RESULT) == pytest.approx(expected)


def test_a_model_without_a_closed_form_has_none():
    for model in ("margin", "multinomial", ms.models.Total(lean=0.1)):
        assert log_density(ms.models.model(model), CENTRE, RESULT) is None


def test_a_planted_determinant_is_found(monkeypatch):
    """Plant: the log ratios are taken for independent."""
    plain = joint_density.of_log_ratios
    monkeypatch.setattr(joint_density, "of_log_ratios", lambda a, v, df, logs: plain(a, v, df, logs) + 0.5 * math.log((1 / v).sum()))
    with pytest.raises(AssertionError):
        test_the_density_of_total_is_that_of_scipy("2025")


def forecast(**asked):
    return ms.simulate(ms.law("2026"), POLL, n_draws=2_000, seed=3, **asked)


def result(**votes):
    return ms.Election(list_votes=votes, against_all=8, name="made up")


def test_a_result_where_it_was_looked_for_scores_less_than_expected():
    found = ms.score(forecast(), result(amanat=60, auyl=20, aq_jol=12))
    assert found.energy.value < found.energy.expected[1]
    assert found.log_density.value < found.log_density.expected[0]
    assert (found.covered["seats"].hits, found.covered["shares"].hits) == (3, 4)


def test_a_result_that_nobody_looked_for_scores_more_than_expected():
    found = ms.score(forecast(), result(amanat=10, auyl=20, aq_jol=62))
    assert found.energy.value > found.energy.expected[1]
    assert found.log_density.value > found.log_density.expected[1]


def test_nine_of_ten_results_of_the_forecast_itself_score_as_expected():
    low, high = ms.score(forecast(), result(amanat=60, auyl=20, aq_jol=12)).log_density.expected
    centre = ms.models.Centre(("amanat", "auyl", "aq_jol"), (0.6, 0.2, 0.12, 0.08), n_eff=POLL.n_eff, seatless=("against_all",))
    x = ms.simulate_shares(centre, model="total", n_draws=20_000, seed=99)
    inside = -log_density(ms.models.Total(), centre, x)
    share = ((low <= inside) & (inside <= high)).mean()
    assert share == pytest.approx(0.9, abs=5 * math.sqrt(0.09 / 1_000))


def test_a_forecast_without_a_density_has_the_other_scores():
    found = ms.score(forecast(model="multinomial"), result(amanat=60, auyl=20, aq_jol=12))
    assert found.log_density is None
    assert "no closed form" in str(found)


def test_a_result_held_impossible_has_no_number_in_json():
    """A list that was polled got no vote at all, which no log share allows."""
    found = ms.score(forecast(), result(amanat=60, auyl=20, aq_jol=0))
    assert found.log_density.value == math.inf
    assert found.to_dict()["log_density"]["value"] is None


def test_a_list_that_did_not_stand_is_taken_out():
    found = ms.score(forecast(), result(amanat=70, auyl=22))
    assert found.covered["shares"].of == 3
