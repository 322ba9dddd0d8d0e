"""A common tilt of a poll towards its large lists, against closed forms and NumPy; five standard errors."""

import math

import numpy as np
import pytest
from scipy import stats

import mazhilis_sim as ms
from mazhilis_sim.simulation.models.leaning import Leaning

N = 200_000
CENTRE = ms.models.Centre(("a", "b", "c"), (0.6, 0.3, 0.1), n_eff=2000.0)
TILT = 0.3


def log_ratios(df="normal", **parameters):
    """Draw the log ratio of the first list to the last."""
    x = ms.simulate_shares(CENTRE, model=ms.models.Total(df=df, **parameters), n_draws=N, seed=4)
    return np.log(x[:, 0] / x[:, 2])


def spread(sigma):
    """Return the standard deviation of that log ratio: sampling, sigma twice, and the tilt."""
    sampling = (1 / 0.6 + 1 / 0.1) / 2000
    return math.sqrt(sampling + 2 * sigma**2 + (TILT * math.log(6)) ** 2)


def test_two_lists_against_each_other():
    found = log_ratios(sigma=0.2, lean=TILT)
    middle = math.log(6) - (1 / 1200 + 0.04) * (1 - 1.2) / 2 + (1 / 200 + 0.04) * (1 - 0.2) / 2
    for t in (math.log(6), 0.9, 2.5):
        expected = stats.norm.sf(t, middle, spread(0.2))
        assert (found > t).mean() == pytest.approx(expected, abs=5 * math.sqrt(expected * (1 - expected) / N))


def test_students_tails_take_the_tilt_with_them():
    found = log_ratios(sigma=0.2, lean=TILT, df=5)
    middle = math.log(6) - (1 / 1200 + 0.04) * (1 - 1.2) / 2 + (1 / 200 + 0.04) * (1 - 0.2) / 2
    for t in (0.0, 0.9, 3.0):
        expected = stats.t.sf((t - middle) / (spread(0.2) * math.sqrt(3 / 5)), 5)
        assert (found > t).mean() == pytest.approx(expected, abs=5 * math.sqrt(expected * (1 - expected) / N))


def test_no_lean_is_the_kernel_and_a_hair_of_it_nearly_the_same():
    plain, hair = log_ratios(sigma=0.2), log_ratios(sigma=0.2, lean=1e-9)
    assert np.abs(plain - hair).max() < 1e-3


def test_half_of_a_lean_is_half_the_lean():
    assert ms.models.Total(sigma=0.2, lean=TILT).scaled(0.5) == ms.models.Total(sigma=0.1, lean=TILT / 2)


def test_a_planted_tilt_is_found(monkeypatch):
    """Plant: each list has a tilt of its own."""

    def own(self, z, q):
        m = len(q)
        return np.array(self.location)[:, None] + (np.array(self.scale)[:, None] + self.lean * np.log(q)[:, None]) * z[:m]

    monkeypatch.setattr(Leaning, "__call__", own)
    with pytest.raises(AssertionError):
        test_two_lists_against_each_other()


def test_a_forecast_with_a_lean_is_saved_and_run_again(tmp_path):
    poll = ms.Poll({"a": 0.6, "b": 0.3, "c": 0.1}, sample_size=1000)
    f = ms.simulate(ms.law("2026"), poll, model=ms.models.Total(preset="mature", lean=0.1), n_draws=2000, seed=1)
    f.save(tmp_path / "f.json")
    again = ms.load_forecast(tmp_path / "f.json")
    assert again.question.model == f.question.model
    assert again.rerun().tallies["total"].tolist() == f.tallies["total"].tolist()
    with pytest.raises(ms.SimulationError, match="df must be a whole number up to 100 beside lean, got 4.5"):
        ms.models.Total(lean=0.1, df=4.5)
