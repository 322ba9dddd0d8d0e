"""Scores: against scoringrules, against closed forms, and proper: a forecast that is wrong scores worse on average."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from other_scores import rival
from scipy import stats

import mazhilis_sim as ms
from mazhilis_sim.judging import scores

RNG = np.random.default_rng(2023)
SAMPLES = RNG.gamma(2.0, 3.0, (400, 6))
OUTCOME = RNG.gamma(2.0, 3.0, 6)
phi, density = stats.norm.cdf, stats.norm.pdf


# -- against scoringrules ----------------------------------------------------------------------------------------------


def test_crps_of_draws_is_that_of_scoringrules() -> None:
    assert scores.crps_samples(SAMPLES, OUTCOME) == pytest.approx(rival().crps_ensemble(OUTCOME, SAMPLES.T, estimator="nrg"), rel=1e-12)


def test_crps_of_a_histogram_is_that_of_its_draws() -> None:
    seats = RNG.poisson(3.0, 1000)
    for won in range(int(seats.max()) + 1):
        counted = scores.crps_counts(np.bincount(seats), won)
        assert counted == pytest.approx(float(scores.crps_samples(seats, won)), rel=1e-11)
        assert counted == pytest.approx(float(rival().crps_ensemble(float(won), seats.astype(float), estimator="nrg")), rel=1e-9)


def test_the_energy_score_is_that_of_scoringrules() -> None:
    assert scores.energy_score(SAMPLES, OUTCOME) == pytest.approx(float(rival().es_ensemble(OUTCOME, SAMPLES)), rel=1e-10)
    assert scores.energy_score(SAMPLES, OUTCOME, 5000) == pytest.approx(float(rival().es_ensemble(OUTCOME, SAMPLES)), rel=1e-10)


def test_some_pairs_of_many_draws_come_near_to_all() -> None:
    draws = np.random.default_rng(2).gamma(2.0, 3.0, (3000, 4))
    whole = scores.energy_score(draws, OUTCOME[:4])
    assert scores.energy_score(draws, OUTCOME[:4], 50) == pytest.approx(whole, rel=0.01)
    assert scores.energy_score(draws, OUTCOME[:4], 50) != whole


def test_the_energy_score_of_one_number_is_its_crps() -> None:
    assert scores.energy_score(SAMPLES[:, :1], OUTCOME[:1]) == pytest.approx(scores.crps_samples(SAMPLES, OUTCOME)[0], rel=1e-10)


def test_scores_of_events_are_those_of_scoringrules() -> None:
    p, happened = RNG.random(50), RNG.random(50) < 0.3
    assert scores.brier_score(p, happened) == pytest.approx(rival().brier_score(happened.astype(float), p), rel=1e-14)
    assert scores.log_score(p, happened) == pytest.approx(rival().log_score(happened.astype(float), p), rel=1e-12)


@pytest.mark.parametrize("level", [0.5, 0.8, 0.9, 0.95])
def test_the_interval_score_is_that_of_scoringrules(level: float) -> None:
    low, high = scores.sample_interval(SAMPLES, level)
    for happened in (OUTCOME, low - 1, high + 2, low):
        expected = rival().interval_score(happened, low, high, 1 - level)
        assert scores.interval_score(low, high, happened, level) == pytest.approx(expected, rel=1e-12)


# -- against closed forms ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("y", [-2.0, 0.0, 0.7])
def test_crps_of_a_normal(y: float) -> None:
    """Gneiting and Raftery (2007), equation 21 for N(0, 1): y (2 Phi(y) - 1) + 2 phi(y) - 1 / sqrt(pi)."""
    places = stats.norm.ppf((np.arange(100_000) + 0.5) / 100_000)
    expected = y * (2 * phi(y) - 1) + 2 * density(y) - 1 / math.sqrt(math.pi)
    assert float(scores.crps_samples(places, y)) == pytest.approx(expected, abs=2e-5)


def test_crps_of_a_certain_forecast_is_the_distance() -> None:
    counts = np.zeros(70, int)
    counts[40] = 9
    assert [scores.crps_counts(counts, won) for won in (0, 40, 62)] == [40, 0, 22]
    assert scores.energy_score([[40, 8, 6]], [43, 4, 6]) == 5


def test_crps_of_two_values() -> None:
    """Of 0 with chance 1 - p and s with chance p: s (1 - p - o)^2 where the outcome is s (o = 1) or 0."""
    counts = np.array([70, 0, 0, 0, 30])
    assert scores.crps_counts(counts, 4) == pytest.approx(4 * 0.7**2)
    assert scores.crps_counts(counts, 0) == pytest.approx(4 * 0.3**2)


def test_a_joint_log_score_is_that_of_the_share_of_equal_rows() -> None:
    rows = np.array([[True, True]] * 6 + [[True, False]] * 4)
    assert scores.joint_log_score(rows, [True, True]) == pytest.approx(-math.log(6.5 / 11))
    assert scores.joint_log_score(rows, [False, True]) == pytest.approx(-math.log(0.5 / 11))


def test_smoothed_chances_are_never_certain() -> None:
    assert scores.smoothed([0, 1_000_000], 1_000_000) == pytest.approx([5e-7, 1 - 5e-7])
    assert np.isfinite(scores.log_score(scores.smoothed(0, 1000), True))


@pytest.mark.parametrize(("level", "ends"), [(0.5, (25, 75)), (0.8, (10, 90)), (0.9, (5, 95)), (0.95, (3, 98))])
def test_intervals_are_inverted_distributions(level: float, ends: tuple[int, int]) -> None:
    assert tuple(float(end) for end in scores.sample_interval(np.arange(1, 101), level)) == ends


@given(draws=st.lists(st.integers(0, 9), min_size=1, max_size=40), y=st.integers(0, 9), level=st.sampled_from([0.5, 0.8, 0.9, 0.95]))
@example(draws=[5], y=5, level=0.9)
def test_coverage_by_counting_is_that_of_the_interval(draws: list[int], y: int, level: float) -> None:
    low, high = scores.sample_interval(draws, level)
    assert scores.covered_by_samples(draws, y, level) == scores.covered(low, high, y)


def test_the_interval_of_seats_is_that_of_their_draws() -> None:
    f = ms.simulate(ms.law("2026"), ms.Poll({"a": 0.6, "b": 0.34, "c": 0.06}, sample_size=500), n_draws=2000, seed=3)
    for level in (0.5, 0.9):
        low, high = scores.sample_interval(f.draws(2000), level)
        assert [f.interval(party, level) for party in f.parties] == list(zip(low, high, strict=True))


def test_skill() -> None:
    assert scores.skill(1.0, 2.0) == 0.5
    assert scores.skill(0.0, 2.0) == 1
    assert scores.skill(3.0, 2.0) == -0.5
    assert math.isnan(scores.skill(0.0, 0.0))
    assert scores.skill(1.0, 0.0) == -math.inf


# -- calibration -------------------------------------------------------------------------------------------------------


def test_the_randomised_pit_of_a_calibrated_forecast_is_uniform() -> None:
    """Czado, Gneiting and Held (2009): uniform for counts too, which a plain PIT is not."""
    counts = 1e9 * stats.poisson(2.0).pmf(np.arange(30))
    won = RNG.poisson(2.0, 4000)
    places = [scores.pit_counts(counts, int(w), seed) for seed, w in enumerate(won)]
    assert stats.kstest(places, "uniform").pvalue > 1e-4
    plain = np.cumsum(counts)[won] / counts.sum()
    assert stats.kstest(plain, "uniform").pvalue < 1e-10


def test_the_pit_of_draws_is_uniform_when_the_outcome_is_one_of_them() -> None:
    sets = RNG.integers(0, 5, (3000, 20))  # many ties
    places = [float(scores.pit_samples(row[1:], row[0], seed)) for seed, row in enumerate(sets)]
    assert stats.kstest(places, "uniform").pvalue > 1e-4


def test_the_pit_of_a_forecast_too_sure_of_itself_is_not_uniform() -> None:
    """Planted fault: half the spread."""
    places = [float(scores.pit_samples(RNG.normal(0, 0.5, 200), RNG.normal(), seed)) for seed in range(500)]
    assert stats.kstest(places, "uniform").pvalue < 1e-10


def test_a_pit_has_a_seed() -> None:
    assert scores.pit_counts([5, 5], 1, 7) == scores.pit_counts([5, 5], 1, 7) != scores.pit_counts([5, 5], 1, 8)


# -- proper scores -----------------------------------------------------------------------------------------------------

TRUTH = stats.norm(0.0, 1.0)
FAULTS = {"shifted": stats.norm(0.5, 1.0), "too narrow": stats.norm(0.0, 0.4), "too wide": stats.norm(0.0, 2.0)}


def average(score: Callable[[Any], float], n: int = 4000) -> float:
    """Average a score over outcomes of the truth."""
    return float(np.mean([score(y) for y in TRUTH.rvs(n, random_state=np.random.default_rng(1))]))


@pytest.mark.parametrize("fault", FAULTS)
def test_a_wrong_forecast_has_a_worse_crps_and_interval_score(fault: str) -> None:
    places = (np.arange(500) + 0.5) / 500
    right, wrong = TRUTH.ppf(places), FAULTS[fault].ppf(places)
    assert average(lambda y: float(scores.crps_samples(right, y))) < average(lambda y: float(scores.crps_samples(wrong, y)))
    for level in (0.5, 0.9):
        ends = [scores.sample_interval(draws, level) for draws in (right, wrong)]
        honest, planted = (average(lambda y, e=e, level=level: float(scores.interval_score(*e, y, level))) for e in ends)
        assert honest < planted


def test_a_wrong_forecast_of_seats_has_a_worse_crps() -> None:
    seats = np.arange(40)
    truth = stats.poisson(6.0)
    chances = truth.pmf(seats)

    def expected(mean: float) -> float:
        said = stats.poisson(mean).pmf(seats)
        return sum(chance * scores.crps_counts(said, int(w)) for chance, w in zip(chances, seats, strict=True))

    assert min((5.0, 6.0, 7.0), key=expected) == 6.0


def test_a_wrong_correlation_has_a_worse_energy_score() -> None:
    """The marginals are right, and the CRPS of each number cannot see it."""
    rng = np.random.default_rng(5)
    right, wrong = (rng.multivariate_normal([0, 0], [[1, r], [r, 1]], 400) for r in (0.9, -0.9))
    outcomes = rng.multivariate_normal([0, 0], [[1, 0.9], [0.9, 1]], 150)
    honest, planted = (np.array([scores.energy_score(x, y, 100) for y in outcomes]) for x in (right, wrong))
    assert (planted - honest).mean() > 5 * (planted - honest).std() / math.sqrt(len(outcomes))


@given(truth=st.floats(0.02, 0.98), said=st.floats(0.02, 0.98))
def test_scores_of_events_are_proper(truth: float, said: float) -> None:
    for score in (scores.brier_score, scores.log_score):

        def expected(p: float, score: Any = score) -> float:
            return float(truth * score(p, True) + (1 - truth) * score(p, False))

        assert expected(truth) <= expected(said) + 1e-12


def test_what_is_written_otherwise_is_read_alike() -> None:
    """Levels and chances in percent, fractions and decimals, as everywhere."""
    for level in ("90%", "90 %", 0.9, Fraction(9, 10), Decimal("0.9")):
        assert scores.interval_score(2, 6, 7, level) == scores.interval_score(2, 6, 7, 0.9)  # type: ignore[arg-type]
    assert scores.brier_score(["50%", Fraction(1, 4)], [True, False]).tolist() == [0.25, 0.0625]  # type: ignore[list-item]
    assert scores.crps_counts(np.array([0, 0, 10], np.uint8), np.uint8(2)) == 0  # type: ignore[arg-type]


# -- what is refused ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: scores.crps_counts([], 0), "a histogram must hold"),
        (lambda: scores.crps_counts([0, 0], 0), "at least one draw"),
        (lambda: scores.crps_counts([1, -1], 0), "a histogram must hold"),
        (lambda: scores.crps_counts([1, 1], 2), "outcome must be a whole number between 0 and 1, got 2"),
        (lambda: scores.pit_counts([1, 1], -1, 1), "outcome must be a whole number between 0 and 1, got -1"),
        (lambda: scores.crps_samples([], 1.0), "draws must have the shape"),
        (lambda: scores.crps_samples([[1.0, 2.0]], [1.0]), r"draws must have the shape \(n, 1\), one row a draw, got \(1, 2\)"),
        (lambda: scores.energy_score([[1.0]], [float("nan")]), "must be finite"),
        (lambda: scores.brier_score(1.2, True), r"a probability must lie in \[0, 1\], got 1\.2"),
        (lambda: scores.log_score([0.2, -0.1], True), "a probability must lie in"),
        (lambda: scores.interval_score(0, 1, 0, 95), r"the level of an interval must lie in \(0, 1\), got 95"),
        (lambda: scores.brier_score([0.1, 0.2], [True, False, True]), r"p, happened must be of one shape, got \(2,\), \(3,\)"),
        (lambda: scores.brier_score("often", True), "a probability must be a finite number, got 'often'"),
        (lambda: scores.log_score(0.5, 3), "happened must be True or False, or an array of them, got 3"),
        (lambda: scores.energy_score([1.0, 2.0], 1.0), r"draws must have the shape \(n, k\), one row a draw, got \(2,\)"),
        (lambda: scores.energy_score([[1.0]], [1.0], pairs=0), "pairs must be a whole number of at least 1, got 0"),
        (lambda: scores.joint_log_score([[0.5]], [True]), "draws must be True or False"),
        (lambda: scores.smoothed([5], 4), "successes must lie between 0 and the number of draws, 4"),
        (lambda: scores.interval_score(6, 2, 4, 0.9), "the low end of an interval must not lie above its high end, got 6"),
        (lambda: scores.covered([[1], [2, 3]], 4, 2), "the low end of an interval must be numbers, one or an array of them"),
        (lambda: scores.sample_interval([], 0.9), "draws must hold at least one draw"),
        (lambda: scores.pit_counts([1, 1], 0, -1), r"seed must be a whole number in \[0, 2\*\*64\), got -1"),
        (lambda: scores.skill("good", 1), "score must be a finite number, got 'good'"),
        (lambda: scores.sample_interval([1.0], 0), "the level of an interval must lie in"),
    ],
)
def test_what_cannot_be_scored_says_why(call: Callable[[], Any], said: str) -> None:
    with pytest.raises(ms.SimulationError, match=said):
        call()
