"""Calibration: the likelihood against scipy's, sigmas that are known found again, and what the record says."""

from __future__ import annotations

import datetime
import json
import math
from collections.abc import Iterable
from functools import cache
from typing import Any

import numpy as np
import pytest
from against_theory import share_of, size_of
from scipy import optimize, stats
from scipy.linalg import helmert

import mazhilis_sim as ms
from mazhilis_sim.judging.calibration import calibrate
from mazhilis_sim.judging.likelihood import HALF_CHI_SQUARED_95, LARGEST, Misses, SigmaSearch, log_likelihood, misses_of
from on_record import quiet_polls

WHOLE = ((0.0, LARGEST), (0.0, LARGEST))


def made_up(
    rng: np.random.Generator, bias: float, house: float, lists: int = 7, houses: Iterable[str] = ("x", "y", "z"), size: int = 1500
) -> tuple[list[ms.Poll], ms.Election]:
    """Draw an election and its polls from the model: x, then log q = log x + b + h + sampling error."""
    result = np.sort(rng.dirichlet(np.full(lists, 2.0)) * 0.9 + 0.1 / lists)
    b, polls = rng.normal(0, bias, lists), []
    own: dict[str, Any] = {}
    for number, name in enumerate(houses):
        h = own.setdefault(name, rng.normal(0, house, lists))
        said = result * np.exp(b + h)
        said = rng.multinomial(size, said / said.sum()) / size
        kept = {f"list {i}": max(float(q), 1e-4) for i, q in enumerate(said)}
        total = sum(kept.values())
        polls.append(ms.Poll({i: q / total for i, q in kept.items()}, sample_size=size, pollster=name, date=f"2030-01-{number + 1:02}"))
    votes = {f"list {i}": round(1e7 * x) for i, x in enumerate(result)}
    return polls, ms.Election(list_votes=votes, name="made up")


@cache
def recorded(every: bool = False) -> ms.Calibration:
    """Calibrate on the record, once."""
    return calibrate(every=every)


def record_of(pairs: Iterable[tuple[Iterable[ms.Poll], ms.Election]]) -> tuple[Misses, ...]:
    return tuple(misses_of(polls, election) for polls, election in pairs)


# -- the likelihood ----------------------------------------------------------------------------------------------------


def by_contrasts(polls: list[ms.Poll], election: ms.Election, bias: float, house: float) -> float:
    """Log density of orthonormal contrasts between the categories of each poll, by scipy, for categories that all polls have."""
    votes = election.list_votes | ({"against_all": election.against_all} if election.against_all else {})
    ids = [id_ for id_ in votes if all(id_ in poll.shares for poll in polls)]
    x = np.array([votes[id_] for id_ in ids]) / sum(votes.values())
    errors = np.concatenate([np.log([share_of(poll, id_) for id_ in ids] / x) for poll in polls])
    k, n = len(ids), len(polls)
    cov = np.zeros((n * k, n * k))
    for a, one in enumerate(polls):
        for b, two in enumerate(polls):
            cov[a * k : (a + 1) * k, b * k : (b + 1) * k] = np.eye(k) * (bias**2 + house**2 * (one.pollster == two.pollster))
        cov[a * k : (a + 1) * k, a * k : (a + 1) * k] += np.diag([1 / (size_of(one) * share_of(one, id_)) for id_ in ids])
    contrasts = np.kron(np.eye(n), helmert(k))
    return float(stats.multivariate_normal(np.zeros(n * (k - 1)), contrasts @ cov @ contrasts.T).logpdf(contrasts @ errors))


@pytest.mark.parametrize("houses", [("x",), ("x", "y"), ("x", "y", "x", "z", "x")], ids=len)
def test_the_likelihood_is_that_of_contrasts(houses: tuple[str, ...]) -> None:
    polls, election = made_up(np.random.default_rng(len(houses)), 0.2, 0.1, houses=houses)
    record = record_of([(polls, election)])
    sigmas = [(0.0, 0.0), (0.25, 0.25), (0.4, 0.0), (0.0, 0.1), (1.0, 2.0)]
    mine = [log_likelihood(record, *pair) for pair in sigmas]
    theirs = [by_contrasts(polls, election, *pair) for pair in sigmas]
    assert np.diff(mine) == pytest.approx(np.diff(theirs), rel=1e-9)


def test_a_category_that_one_poll_lacks_still_counts_for_the_others() -> None:
    """By hand for two polls and categories a, b (both), c (first alone): what c adds to the first poll's contrasts."""
    election = ms.Election(list_votes={"a": 500, "b": 300, "c": 200}, name="small")
    first = ms.Poll({"a": 0.45, "b": 0.33, "c": 0.22}, sample_size=1000, pollster="x")
    second = ms.Poll({"a": 0.6, "b": 0.4}, sample_size=1000, pollster="y")
    record = record_of([((first, second), election)])
    assert [len(block.error) for block in record[0].blocks] == [2, 1]
    x, bias, house = np.array([0.5, 0.3, 0.2]), 0.3, 0.2
    d = np.concatenate([np.log(np.array([0.45, 0.33, 0.22]) / x), np.log(np.array([0.6, 0.4]) / x[:2])])
    cov = np.zeros((5, 5))
    cov[:3, :3] = np.diag(bias**2 + house**2 + 1 / (1000 * np.array([0.45, 0.33, 0.22])))
    cov[3:, 3:] = np.diag(bias**2 + house**2 + 1 / (1000 * np.array([0.6, 0.4])))
    cov[:2, 3:] = cov[3:, :2] = np.eye(2) * bias**2
    contrasts = np.zeros((3, 5))
    contrasts[:2, :3], contrasts[2, 3:] = helmert(3), helmert(2)

    def theirs(b: float, h: float) -> float:
        changed = cov + np.diag(np.full(5, b**2 + h**2 - bias**2 - house**2))
        changed[:2, 3:] = changed[3:, :2] = np.eye(2) * b**2
        return float(stats.multivariate_normal(np.zeros(3), contrasts @ changed @ contrasts.T).logpdf(contrasts @ d))

    for b, h in ((0.1, 0.4), (0.0, 0.05)):
        mine = log_likelihood(record, b, h) - log_likelihood(record, bias, house)
        assert mine == pytest.approx(theirs(b, h) - theirs(bias, house), rel=1e-9)


def test_the_level_of_a_poll_says_nothing() -> None:
    """Shares of a poll that leaves a list out are all too large by one factor: the likelihood does not see it."""
    election = ms.Election(list_votes={"a": 500, "b": 300, "c": 200}, name="small")
    whole = ms.Poll({"a": 0.45, "b": 0.33}, effective_size=780, undecided=0.22)
    part = ms.Poll({"a": 0.45 / 0.78, "b": 0.33 / 0.78}, effective_size=780)
    one, two = (log_likelihood(record_of([((poll,), election)]), 0.2, 0.1) for poll in (whole, part))
    assert one == pytest.approx(two)


# -- the maximum -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("bias", "house"), [(0.25, 0.15), (0.1, 0.3)])
def test_sigmas_that_are_known_are_found_again(bias: float, house: float) -> None:
    rng = np.random.default_rng(11)
    search = SigmaSearch(record_of(made_up(rng, bias, house, size=4000) for _ in range(24)), WHOLE)
    top = search.peak(*WHOLE)
    errors = search.standard_errors(top)
    assert errors is not None
    assert max(errors) < 0.04
    assert abs(top.sigma_bias - bias) < 4 * errors[0]
    assert abs(top.sigma_house - house) < 4 * errors[1]


def test_polls_with_sampling_error_alone_give_no_sigma() -> None:
    """Planted fault: a likelihood that forgets the sampling error finds 0.1 and more."""
    rng = np.random.default_rng(3)
    found = calibrate([made_up(rng, 0.0, 0.0, size=600) for _ in range(4)])
    assert found.single_poll < 0.05
    assert found.intervals["sigma_bias"][0] == found.intervals["sigma_house"][0] == 0


def test_the_maximum_is_one_and_the_interval_ends_where_the_profile_falls() -> None:
    found = recorded()
    search = SigmaSearch(found.record, WHOLE)
    for name in ("sigma_bias", "sigma_house"):
        low, high = found.intervals[name]
        assert low <= getattr(found, name) <= high
        assert search.profile(name, high) == pytest.approx(found.log_likelihood - HALF_CHI_SQUARED_95, abs=0.02)
    for b in (-0.02, 0.0, 0.02):
        for h in (-0.02, 0.0, 0.02):
            assert found.drop(found.sigma_bias + b, found.sigma_house + h) >= -1e-6


# -- the record --------------------------------------------------------------------------------------------------------


def test_what_the_record_says() -> None:
    """The numbers of docs/explanation/how-sure-is-a-forecast.md."""
    found = recorded()
    assert (found.sigma_bias, found.sigma_house) == pytest.approx((0.142, 0.220), abs=0.001)
    assert found.single_poll == pytest.approx(0.262, abs=0.001)
    assert (found.elections, found.n_polls) == (("2021", "2023"), 7)
    every = recorded(every=True)
    assert (every.sigma_bias, every.sigma_house, every.n_polls) == (pytest.approx(0.201, abs=0.001), pytest.approx(0.195, abs=0.001), 11)


def test_the_sigmas_of_the_record_are_those_of_a_second_program() -> None:
    """The newest poll of each institute before both elections; scipy's density of contrasts, and scipy's search for its peak."""
    record = []
    for year in (2021, 2023):
        newest = {poll.pollster: poll for poll in quiet_polls(year).of_kind("poll")}  # oldest first
        record.append((list(newest.values()), ms.load_election(year)))

    def misfit(sigmas: Any) -> float:
        return -sum(by_contrasts(polls, election, *np.abs(sigmas)) for polls, election in record)

    top = optimize.minimize(misfit, (0.25, 0.25), method="Nelder-Mead", options={"xatol": 1e-5, "fatol": 1e-7})
    assert (recorded().sigma_bias, recorded().sigma_house) == pytest.approx(np.abs(top.x), abs=2e-4)


@pytest.mark.parametrize("every", [False, True])
def test_the_defaults_lie_within_what_the_record_allows_and_on_its_cautious_side(every: bool) -> None:
    found, default = recorded(every), ms.models.Total()
    assert 1 < found.drop(default.sigma_bias, default.sigma_house) < stats.chi2.ppf(0.95, 2) / 2
    assert found.single_poll < math.hypot(default.sigma_bias, default.sigma_house)


def test_sampling_error_alone_is_out_of_the_question() -> None:
    assert recorded().drop(0, 0) > 100


def test_parties_that_did_not_stand_are_left_out_and_named() -> None:
    polls, election = quiet_polls(2021), ms.load_election(2021)
    assert calibrate([(polls, election)], every=True).record[0].left_out == ("jsdp",)
    assert calibrate([(polls, election)]).record[0].left_out == ()


def test_the_result_is_a_model_that_prints_and_saves() -> None:
    found = recorded()
    assert found.model() == ms.models.Total(sigma_bias=found.sigma_bias, sigma_house=found.sigma_house, preset="2025")
    assert json.loads(json.dumps(found.to_dict()))["n_elections"] == 2
    printed = str(found)
    assert "7 polls of 2 elections (2021, 2023)" in printed
    assert "2 elections are 2 draws of the error that all polls of an election share" in printed
    assert "0.220" in printed


def test_one_institute_cannot_tell_the_two_errors_apart() -> None:
    polls, election = quiet_polls(2023), ms.load_election(2023)
    found = calibrate([([polls.final()], election)])
    assert (found.separable, found.sigma_house, "sigma_house" in found.intervals) == (False, 0, False)
    assert "1 election is 1 draw" in found.caution
    assert "cannot be told from the institute's own" in found.caution
    assert "-" in str(found)
    assert json.dumps(found.to_dict())


def test_two_polls_without_a_name_are_two_institutes() -> None:
    polls, election = made_up(np.random.default_rng(1), 0.2, 0.1, houses=("x", "y"))
    unnamed = [ms.Poll(poll.shares, sample_size=1500) for poll in polls]
    assert misses_of(unnamed, election).institutes == 2


# -- what is refused ---------------------------------------------------------------------------------------------------

SOUND = ms.Poll({"a": 0.6, "b": 0.4}, sample_size=1000, pollster="x", date="2030-01-01")
HELD = ms.Election(list_votes={"a": 6, "b": 4}, name="made up", date=datetime.date(2030, 1, 2))


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ([], "a record must hold at least one pair"),
        ([(HELD, [SOUND])], r"a record must hold pairs \(polls, election\)"),
        (5, r"a record must be a sequence such as \[\(polls, ms.load_election\(2023\)\)\], got 5"),
        ([5], r"a record must hold pairs \(polls, election\), such as \[\(polls, ms.load_election\(2023\)\)\], got 5"),
        ([(5, HELD)], "polls must be a sequence of Poll, got int"),
        (iter([]), "a record must hold at least one pair"),
        ([([SOUND], HELD), ([SOUND], HELD)], "each election must stand once in a record, got made up twice"),
        ([([], HELD)], 'there is no poll of kind "poll" for made up'),
        ([([ms.Poll({"a": 1}, sample_size=9, kind="exit_poll")], HELD)], "there is no poll of kind"),
        ([([3], HELD)], "polls must be a sequence of Poll"),
        ([([ms.Poll({"a": 0.6, "c": 0.4}, sample_size=9)], HELD)], "must have shares above 0 of at least two lists of made up, got a, c"),
        ([([ms.Poll({"a": 0.6, "b": 0.4}, sample_size=9, date="2030-01-03")], HELD)], "date must not be after the election of 2030-01-02"),
    ],
)
def test_a_record_that_cannot_be_used_says_why(record: Any, said: str) -> None:
    with pytest.raises(ms.PollError, match=said):
        calibrate(record)


def test_what_cannot_be_asked_of_a_calibration() -> None:
    found = calibrate([([SOUND], HELD)])
    with pytest.raises(ms.PollError, match="every must be True or False, got 'yes'"):
        calibrate([([SOUND], HELD)], every="yes")  # type: ignore[arg-type]
    for sigma, said in ((-1, "sigma_house must be a number of at least 0, got -1"), (1e200, "a sigma must be at most 1000")):
        with pytest.raises(ms.SimulationError, match=said):
            found.drop(0.1, sigma)
