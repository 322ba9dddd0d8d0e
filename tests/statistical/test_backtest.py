"""The backtest: the coverage that backtest.md states, scores recomputed by hand, and references that mean what they say."""

from __future__ import annotations

import datetime
import json
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import plain_forecast
import pytest
from other_scores import rival
from scipy.spatial.distance import cdist

import mazhilis_sim as ms
from mazhilis_sim.judging import scores
from mazhilis_sim.judging.backtest import CALIBRATED
from mazhilis_sim.judging.evaluation import Covered, Forecast, ForecastScore, on_ballot
from mazhilis_sim.judging.scored import distances
from mazhilis_sim.simulation.distribution.sample import Sample
from mazhilis_sim.simulation.models.joint_density import log_density
from on_record import KNOWN, quiet_polls

DRAWS = 200_000
MODELS = ("margin", "multinomial", "dirichlet", "total", CALIBRATED)


@pytest.fixture(scope="module")
def tested() -> ms.Backtest:
    """All elections with polls on record, all models."""
    return ms.backtest(n_draws=DRAWS)


@pytest.fixture(scope="module")
def plain() -> Forecast:
    """One forecast, to recompute its scores."""
    case = ms.Case.on_record(2023)
    return Forecast.make(case.lists_alone, case.centre(case.polls.pooled()), ms.models.Total(), DRAWS, 2023)


# -- models.md, "`total`, the default" ----------------------------------------------------------------------------

# 90 % intervals, poll by poll, over the lists polled and against all: 38 % (2023), 35 % and 26 % (2021); 94 %, 90 % and 74 %.
STATED = [
    (2023, None, "dirichlet", (12, 32)),
    (2021, "2020-12-25", "dirichlet", (7, 20)),
    (2021, None, "dirichlet", (9, 35)),
    (2023, None, "total", (30, 32)),
    (2021, "2020-12-25", "total", (18, 20)),
    (2021, None, "total", (26, 35)),
]


@pytest.mark.parametrize(("year", "since", "model", "covered"), STATED)
def test_shares_are_covered_as_often_as_stated(tested: ms.Backtest, year: int, since: str, model: str, covered: tuple[int, int]) -> None:
    assert tested.share_coverage(year, model, 0.9, since) == covered
    if since:
        assert tested.share_coverage(year, model, 0.9, datetime.date.fromisoformat(since)) == covered


def test_all_seats_of_2023_are_covered_by_total_and_three_by_multinomial(tested: ms.Backtest) -> None:
    assert tested.forecast(2023, "total").covered["seats"][0.9] == (7, 7)
    assert tested.forecast(2023, "multinomial").covered["seats"][0.9] == (3, 7)
    case = ms.Case.on_record(2023)
    f = ms.simulate(case.lists_alone, case.centre(case.polls.pooled()), model=ms.models.Total(sigma=0.30), n_draws=1_000_000, seed=2023)
    won = case.election.official_seats["list"]
    ends = {party: f.interval(party, 0.9, "list") for party in f.lists}
    assert all(low <= won[party] <= high for party, (low, high) in ends.items()), ends


def test_coverage_grows_with_the_level(tested: ms.Backtest) -> None:
    for score in tested.polls:
        hits = [score.covered[level].hits for level in tested.levels]
        assert hits == sorted(hits)
        assert {score.covered[level].of for level in tested.levels} == {8 if score.election == "2023" else 5}


def test_polls_miss_by_several_times_their_sampling_error(tested: ms.Backtest) -> None:
    """Stated as 6.0 times over the polls of 2023 and 3.7 times over the last two of 2021; 6.05 and 3.75 here."""
    assert tested.error_ratio(2023) == pytest.approx(6.0, abs=0.06)
    assert tested.error_ratio(2021, since="2021-01-04") == pytest.approx(3.7, abs=0.06)


def test_ten_of_eleven_polls_overstate_the_ruling_party(tested: ms.Backtest) -> None:
    said = [(poll.q["amanat"], case) for case in tested.cases for poll in case.polls.of_kind("poll")]
    assert [q > case.election.list_votes["amanat"] / case.election.votes.base() for q, case in said].count(True) == 10
    assert len(said) == 11


# -- leave one out -----------------------------------------------------------------------------------------------------


def test_the_calibrated_model_has_the_sigmas_of_the_other_election(tested: ms.Backtest) -> None:
    for year, other in ((2021, 2023), (2023, 2021)):
        found = ms.calibrate([(quiet_polls(other), ms.load_election(other))])
        assert tested.calibrations[str(year)].to_dict() == found.to_dict()
        assert tested.forecast(year, CALIBRATED).parameters == repr(found.model())


def test_one_election_alone_has_no_calibrated_model() -> None:
    alone = ms.backtest([2023], models=["multinomial"], n_draws=1000)
    assert (alone.models, alone.calibrations) == (("multinomial",), {})


# -- scores by hand ----------------------------------------------------------------------------------------------------

AT_THE_THRESHOLD = 3
"""Draws of all that may enter by the votes of a draw, in floats of 32 bits, and not by its shares in 64, or the other way."""


def scores_by_hand(shares: Any, kept: Any, won: Any) -> dict[str, float]:
    """Score the list seats of simulated shares (n, m), counted by a second program; ``kept`` draws are for the energy score.

    CRPS: E|X - y| - E|X - X'| / 2 over the distribution of each list (Gneiting and Raftery 2007, equation 21).
    """
    seats = plain_forecast.count(shares).seats
    chances = np.array([np.bincount(column, minlength=70) for column in seats.T]) / len(seats)
    apart = np.abs(np.subtract.outer(np.arange(70), np.arange(70)))
    crps = [p @ apart[:, y] - p @ apart @ p / 2 for p, y in zip(chances, won, strict=True)]
    low, high = ((chances.cumsum(axis=1) >= level - 1e-12).argmax(axis=1) for level in (0.05, 0.95))
    chambers = seats[kept].astype(float)
    between = sum(cdist(part, chambers).sum() for part in np.array_split(chambers, 10)) / len(kept) ** 2
    return {
        "crps_seats": float(np.mean(crps)),
        "energy_seats": float(np.linalg.norm(chambers - won, axis=1).mean() - between / 2),
        "interval_seats_90": float(rival().interval_score(won.astype(float), low.astype(float), high.astype(float), 0.1).mean()),
    }


def seats_are_scored_as_by_hand(score: ForecastScore, forecast: Forecast) -> None:
    """The energy score compares each draw with fifty others, which costs it half of a percent."""
    official = dict(zip(KNOWN[-1].votes, KNOWN[-1].seats, strict=True))
    won = np.array([official[party] for party in forecast.seats.lists])
    expected = scores_by_hand(forecast.shares, forecast.seats.sample.draw.astype(int), won)
    assert score.scores["crps_seats"] == pytest.approx(expected["crps_seats"], rel=1e-5)  # a draw at the threshold, as below
    assert score.scores["interval_seats_90"] == pytest.approx(expected["interval_seats_90"], rel=1e-12)
    assert score.scores["energy_seats"] == pytest.approx(expected["energy_seats"], rel=0.005)


def test_scores_of_seats_are_those_by_hand(tested: ms.Backtest, plain: Forecast) -> None:
    seats_are_scored_as_by_hand(tested.forecast(2023, "total"), plain)


def swapped(sound: Any) -> Any:
    """Plant: chambers in which the social democrats and Auyl have each other's seats."""
    return lambda *arguments: sound(*arguments)[:, [0, 1, 3, 2, 4, 5, 6]]


def narrower(sound: Any) -> Any:
    """Plant: intervals of 85 % that are called 90 %."""
    return lambda f, party, level, tier: sound(f, party, level - 0.05, tier)


def larger(sound: Any) -> Any:
    """Plant: a CRPS that is 2 % too large."""
    return lambda counts, won: 1.02 * sound(counts, won)


@pytest.mark.parametrize(
    ("home", "name", "plant"), [(Sample, "chambers", swapped), (ms.SeatDistribution, "interval", narrower), (scores, "crps_counts", larger)]
)
def test_wrong_scores_of_seats_are_found(
    monkeypatch: pytest.MonkeyPatch, plain: Forecast, home: Any, name: str, plant: Callable[[Any], Any]
) -> None:
    """Scores of the code's own chambers and intervals, to 3 %, saw none of these."""
    monkeypatch.setattr(home, name, plant(getattr(home, name)))
    found = ms.backtest([2023], models=["total"], n_draws=DRAWS).forecast(2023, "total")
    with pytest.raises(AssertionError):
        seats_are_scored_as_by_hand(found, plain)


def test_scores_of_events_are_those_of_the_forecast(tested: ms.Backtest, plain: Forecast) -> None:
    score, f = tested.forecast(2023, "total").scores, plain.seats
    entered = [party != "baytaq" for party in f.lists]
    counted = plain_forecast.count(plain.shares)
    p = counted.entered.mean(axis=0)
    assert score["brier_entry"] == pytest.approx(rival().brier_score(np.array(entered, float), p).mean(), abs=1e-5)
    assert score["log_entry"] == pytest.approx(rival().log_score(np.array(entered, float), p).mean(), abs=1e-4)
    exactly = (counted.entered == np.array(entered)).all(axis=1).mean()
    assert score["log_entry_set"] == pytest.approx(-math.log(exactly), abs=1e-3)
    majority = (counted.seats[:, f.lists.index("amanat")] >= 35).mean()
    assert score["brier_majority"] == pytest.approx((1 - majority) ** 2 / 7, abs=1e-5)


def test_who_enters_is_what_the_count_says(plain: Forecast) -> None:
    entered = plain_forecast.count(plain.shares).entered
    assert np.count_nonzero(plain.entered != entered) <= AT_THE_THRESHOLD
    assert np.abs(plain.seats.tallies["entries"] - entered.sum(axis=0)).max() <= AT_THE_THRESHOLD


def test_whole_results_are_scored_beside_what_each_forecast_expects_of_itself(tested: ms.Backtest) -> None:
    case = ms.Case.on_record(2023)
    centre = case.centre(case.polls.pooled())
    shares = case.outcome(centre).shares
    for name, model in (("total", ms.models.Total()), ("dirichlet", ms.models.Dirichlet())):
        found = tested.forecast(2023, name)
        assert found.scores["log_density_shares"] == pytest.approx(-float(log_density(model, centre, shares)))
        assert all(low < high for low, high in found.expected.values())
    assert set(tested.forecast(2023, "multinomial").expected) == {"energy_seats"}  # no closed form, no density
    assert tested.forecast(2023, "dirichlet").scores["energy_seats"] > tested.forecast(2023, "dirichlet").expected["energy_seats"][1]


def test_mean_distances_are_those_of_scipy() -> None:
    drawn, held = (np.random.default_rng(seed).integers(0, 99, (50, 7)) for seed in (1, 2))
    assert distances(drawn, held[:9]) == pytest.approx(cdist(held[:9], drawn).mean(axis=1))


def test_skill_is_against_a_dirichlet_and_the_last_election(tested: ms.Backtest) -> None:
    for year, last in ((2021, [7, 84, 0, 7, 0]), (2023, [7, 8, 0, 0, 0, 54, 0])):
        case = ms.Case.on_record(year)
        lists = case.centre(case.polls.pooled()).parties
        won = np.array([case.election.official_seats["list"][party] for party in lists])
        for model in MODELS:
            score = tested.forecast(year, model)
            distance = np.abs(np.array(last) - won).mean()
            assert score.skill["crps_seats_last"] == pytest.approx(1 - score.scores["crps_seats"] / distance)
            norm = np.linalg.norm(np.array(last) - won)
            assert score.skill["energy_seats_last"] == pytest.approx(1 - score.scores["energy_seats"] / norm)
            reference = tested.forecast(year, "dirichlet").scores
            for name in ("crps_seats", "energy_seats", "crps_shares", "energy_shares"):
                assert score.skill[f"{name}_dirichlet"] == pytest.approx(1 - score.scores[name] / reference[name])


def test_total_beats_every_model_of_sampling_error_on_shares_and_seats(tested: ms.Backtest) -> None:
    for year in (2021, 2023):
        for name in ("crps_seats", "energy_seats", "crps_shares", "energy_shares", "interval_seats_90", "interval_shares_90"):
            best = min(tested.forecast(year, model).scores[name] for model in ("margin", "multinomial", "dirichlet"))
            assert tested.forecast(year, "total").scores[name] < best, (year, name)


def test_a_forecast_that_is_wrong_on_purpose_scores_worse() -> None:
    """Planted fault: a bias towards a small list and the largest one, which the polls overstate as it is."""
    wrong = ms.models.Total(bias={"baytaq": 1.5, "amanat": 0.7})  # type: ignore[arg-type]
    found = ms.backtest([2023], models=[ms.models.Total(), wrong], n_draws=20_000)
    honest, planted = found.forecasts
    for name in ("crps_seats", "energy_seats", "crps_shares", "energy_shares", "brier_entry", "log_entry", "log_entry_set"):
        assert honest.scores[name] < planted.scores[name], name


def test_pit_lies_where_the_result_does(tested: ms.Backtest, plain: Forecast) -> None:
    pit = tested.forecast(2023, "total").pit
    for i, party in enumerate((*plain.seats.lists, "against_all")):
        outcome = ms.load_election(2023)
        share = (outcome.list_votes | {"against_all": outcome.against_all})[party] / outcome.votes.base()
        assert pit["shares"][party] == pytest.approx((plain.shares[:, i] < share).mean(), abs=1e-5)
    counts = plain.seats.histogram("amanat", "list")
    assert counts[:40].sum() <= pit["seats"]["amanat"] * DRAWS <= counts[:41].sum()


# -- simulated shares --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", ["margin", "multinomial", "dirichlet", "total", ms.models.Total(df=3)], ids=str)
def test_simulated_shares_are_those_behind_the_seats(model: str | ms.models.ListModel) -> None:
    law, poll = ms.law("2023").replace(district_seats=0, no_list_passes="all"), quiet_polls(2023).final()
    f = ms.simulate(law, poll, model=model, n_draws=500, seed=77, start=10**10)
    x = ms.simulate_shares(poll, model=model, n_draws=500, seed=77, start=10**10)
    seats = plain_forecast.count(x).seats
    assert seats[f.draw_numbers(500) - 10**10].tolist() == f.draws(500).tolist()


def test_simulated_shares_have_a_seed_a_start_and_named_columns() -> None:
    poll = quiet_polls(2023).final()
    x = ms.simulate_shares(poll, n_draws=300, seed=1)
    assert x.shape == (300, len(ms.share_columns(poll))) == (300, 8)
    assert ms.share_columns(poll)[-1] == "against_all"
    assert (ms.simulate_shares(poll, n_draws=100, seed=1, start=200) == x[200:]).all()
    assert (ms.simulate_shares(poll, n_draws=300, seed=2) != x).any()
    assert ms.share_columns(ms.load_election(2021)) == tuple(ms.load_election(2021).list_votes)


# -- cases -------------------------------------------------------------------------------------------------------------


def test_a_party_that_did_not_stand_is_taken_out_as_undecided_voters_are() -> None:
    polls, election = quiet_polls(2021), ms.load_election(2021)
    early = polls[0]
    assert "jsdp" in early.q
    centre = on_ballot(ms.models.centre.read_centre(early), election)
    assert centre.parties == tuple(election.list_votes)
    assert sum(centre.shares) == pytest.approx(1)
    assert centre.n_eff == pytest.approx(early.n_eff * (1 - early.q["jsdp"]))


def test_a_case_of_ones_own() -> None:
    polls = ms.Polls((ms.Poll({"a": 0.5, "b": 0.3, "c": 0.2}, sample_size=800, pollster="x", date="2030-01-01"),))
    election = ms.Election(list_votes={"a": 480, "b": 300, "c": 220}, name="2030")
    found = ms.backtest([ms.Case(polls, election, ms.law("2026"))], models=["dirichlet"], n_draws=5000)
    score = found.forecast("2030", "dirichlet")
    assert score.covered["shares"][0.95] == Covered(3, 3)
    assert not any("last" in name for name in score.skill)
    assert found.share_coverage("2030", "dirichlet") == (3, 3)


def test_the_last_seats_need_a_list_that_stands_again() -> None:
    case = ms.Case.on_record(2023)
    assert case.last_seats(("respublica", "baytaq")) is None
    assert sum(case.last_seats(("amanat", "baytaq")) or []) == 69
    assert ms.Case(case.polls, case.election, case.law).last_seats(("amanat",)) is None


# -- what users see ----------------------------------------------------------------------------------------------------


def test_the_result_prints_saves_and_becomes_a_frame(tested: ms.Backtest) -> None:
    printed = str(tested)
    for part in (
        "2023, 4 polls",
        "30/32 (94 %)",
        "2021 late, 4 polls",
        "18/20 (90 %)",
        "26/35 (74 %)",
        "late: polls from 25 December 2020",
        CALIBRATED,
    ):
        assert part in printed
    assert json.loads(json.dumps(tested.to_dict()))["elections"] == ["2021", "2023"]
    frame, polls = tested.to_frame(), tested.to_frame("polls")
    assert (len(frame), len(polls)) == (10, 55)
    assert {"election", "model", "crps_seats", "covered_seats_90", "skill_crps_seats_last", "pit_seats_amanat"} <= set(frame.columns)
    assert {"poll", "covered_90", "crps_shares"} <= set(polls.columns)


def test_scores_are_named_and_less_is_better(tested: ms.Backtest) -> None:
    names = {
        "crps_seats",
        "energy_seats",
        "brier_entry",
        "log_entry",
        "log_entry_set",
        "brier_majority",
        "log_majority",
        "crps_shares",
        "energy_shares",
        "log_density_shares",
        *(f"interval_{what}_{level}" for what in ("seats", "shares") for level in ("50", "80", "90", "95")),
    }
    for score in tested.forecasts:
        assert set(score.scores) | {"log_density_shares"} == names  # which models with a closed form have
        assert all(math.isfinite(value) and (value >= 0 or name == "log_density_shares") for name, value in score.scores.items())
        assert all(0 <= value <= 1 for values in score.pit.values() for value in values.values())


def test_the_same_seed_gives_the_same_scores() -> None:
    one, two = (ms.backtest([2023], models=["total"], n_draws=3000, seed=5).to_dict() for _ in range(2))
    assert one == two != ms.backtest([2023], models=["total"], n_draws=3000, seed=6).to_dict()


def test_models_of_one_name_are_told_apart() -> None:
    found = ms.backtest([2023], models=[ms.models.Total(), ms.models.Total(sigma=0.3), "margin"], n_draws=1000, levels=(0.9,))
    assert found.models == (repr(ms.models.Total()), repr(ms.models.Total(sigma=0.3)), "margin")


def test_presets_go_by_their_names() -> None:
    found = ms.backtest([2012], models=["2025", "kazakhstan", "total"], n_draws=100, levels=(0.9,))
    assert found.models == ("2025", "kazakhstan", "total")
    assert found.forecast(2012, "kazakhstan").scores == found.forecast(2012, "total").scores
    assert found.forecast(2012, "2025").parameters == repr(ms.models.Total(preset="2025"))
    assert "interval_seats_50" not in found.forecasts[0].scores
    assert "log density" in str(found)


@pytest.mark.parametrize(
    ("arguments", "error", "said"),
    [
        ({"cases": [1066]}, ms.PollError, "there are no polls of 1066 on record"),
        ({"cases": [2007]}, ms.PollError, "there are no polls of 2007 on record"),
        ({"cases": [2016]}, ms.PollError, 'there is no poll of kind "poll" for 2016'),
        ({"cases": []}, ms.SimulationError, "cases must be at least one election, each once and with a name, got none"),
        ({"cases": [2023, 2023]}, ms.SimulationError, "each once and with a name, got 2023, 2023"),
        ({"models": ["totl"]}, ms.SimulationError, "there is no model 'totl'; did you mean 'total'"),
        ({"levels": [90]}, ms.SimulationError, r"the level of an interval must lie in \(0, 1\), got 90"),
        ({"levels": []}, ms.SimulationError, "levels must hold at least one level"),
        ({"levels": 5}, ms.SimulationError, r"the level of an interval must lie in \(0, 1\), got 5; write 0\.9"),
        ({"models": []}, ms.SimulationError, "models must name at least one model"),
        ({"models": 5}, ms.SimulationError, "model"),
        ({"cases": float("nan")}, ms.PollError, "there are no polls of nan on record"),
        ({"cases": {"2023": 1}}, ms.SimulationError, "cases must be a sequence"),
        ({"n_draws": 0}, ms.SimulationError, "n_draws must be a whole number between 1 and 1,000,000,000, got 0"),
        ({"n_draws": 2**70}, ms.SimulationError, "n_draws must be a whole number between 1 and 1,000,000,000"),
        ({"seed": -1}, ms.SimulationError, "seed must be a whole number"),
    ],
)
def test_what_cannot_be_tested_says_why(arguments: dict[str, Any], error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        ms.backtest(**arguments)


def test_an_unknown_forecast_is_answered_with_those_there_are() -> None:
    found = ms.backtest([2023], models=["margin"], n_draws=100)
    with pytest.raises(ms.SimulationError, match=r"there is no forecast \(2021, margin\); known: \(2023, margin\)"):
        found.share_coverage(2021, "margin")
    with pytest.raises(ms.SimulationError, match="what must be one of forecasts, polls, got 'seats'"):
        found.to_frame("seats")
    with pytest.raises(ms.SimulationError, match="level must be one of the levels of this backtest, 0.5, 0.8, 0.9, 0.95"):
        found.share_coverage(2023, "margin", level=0.7)
    with pytest.raises(ms.SimulationError, match="since must leave at least one poll, got '2023-04-01'"):
        found.error_ratio(2023, since="2023-04-01")
    with pytest.raises(ms.SimulationError, match="since must be a date"):
        found.error_ratio(2023, since="March")


def test_levels_cases_and_models_are_read_alike_everywhere() -> None:
    """One or several, in percent or not, by name or year."""
    found = ms.backtest("2023", models="margin", levels="90%", n_draws="100")  # type: ignore[arg-type]
    several = ms.backtest([2023.0], models=["margin"], levels=[0.9, "90 %"], n_draws=100)  # type: ignore[list-item]
    assert (found.levels, found.models, found.n_draws) == ((0.9,), ("margin",), 100)
    assert found.forecasts == several.forecasts
    assert found.share_coverage("2023", "margin", level="90%") == several.share_coverage(2023, "margin")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"polls": [1]}, r"polls must be a Polls, got \[1\]; write ms.Polls"),
        ({"election": 2023}, "election must be an Election, got 2023"),
        ({"law": "2023"}, "law must be an ElectoralLaw, got '2023'; write ms.law\\(\"2023\"\\)"),
        ({"last": 2021}, "last must be an Election, got 2021"),
        ({"since": "March"}, "since must be a date"),
    ],
)
def test_a_case_that_cannot_be(changed: dict[str, Any], said: str) -> None:
    sound = {"polls": quiet_polls(2023), "election": ms.load_election(2023), "law": ms.law("2023")}
    with pytest.raises(ms.SimulationError, match=said):
        ms.Case(**{**sound, **changed})


def test_what_a_case_cannot_be_asked() -> None:
    case = ms.Case.on_record("2023")
    assert case.since is None
    with pytest.raises(ms.PollError, match="there is no list on the ballot 'z'"):
        case.outcome(ms.models.Centre(("amanat", "z"), (0.5, 0.5)))
    with pytest.raises(ms.PollError, match="centre must be a Centre, got 5"):
        case.outcome(5)  # type: ignore[arg-type]
    with pytest.raises(ms.SimulationError, match="lists must be a sequence of str, got int"):
        case.last_seats(5)  # type: ignore[arg-type]


def test_the_interval_of_the_printed_table_is_that_of_the_draws() -> None:
    """Coverage by counting is coverage by the interval, on the draws of a poll."""
    case = ms.Case.on_record(2023)
    centre = case.centre(case.polls.final())
    x, y = ms.simulate_shares(centre, n_draws=20_000, seed=2023), case.outcome(centre).shares
    assert scores.covered_by_samples(x, y, 0.9).tolist() == scores.covered(*scores.sample_interval(x, 0.9), y).tolist()
