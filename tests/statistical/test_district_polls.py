"""Polls of districts against theory and against Bayes by weighing: ratios, spread, what they leave alone."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from against_theory import SEED, near, phi, share_error

import mazhilis_sim as ms
from mazhilis_sim.simulation.models import districts as model_of_districts

LISTS = ms.Poll({"a": 0.6, "b": 0.4}, sample_size=1000)
N = 200_000
PRIOR = 0.25**2 + 0.3**2 + 0.4**2
"""Variance of the national, regional and district components of one candidate."""
VOTES = {"Aina": 50, "Berik": 30, "Dana": 20}
ASKED = {"Aina": 0.2, "Berik": 0.25, "Dana": 0.05, "undecided": 0.5}


def poll(shares: dict[str, float], size: int = 400, district: int = 1, **more: Any) -> ms.Poll:
    """Make a poll of a district."""
    return ms.Poll(shares, sample_size=size, district=district, pollster="North", date="2026-08-01", **more)


def district(votes: dict[str, int], number: int = 1, **more: Any) -> ms.District:
    """Make a district whose candidates each stand for a party of their own, which is not polled."""
    return ms.District(number, tuple(ms.Candidate(name, f"party of {name}", n) for name, n in votes.items()), **more)


def forecast(*districts: ms.District, polls: tuple[ms.Poll, ...] = (), n: int = N, **model: Any) -> ms.SeatDistribution:
    """Forecast districts beside a list seat."""
    law = ms.law("2026").replace(list_seats=1, district_seats=len(districts), threshold=0)
    centre = ms.Polls([LISTS, *polls])
    chosen = ms.models.Districts(**model)
    return ms.simulate(law, centre, districts=ms.DistrictVotes(districts), district_model=chosen, n_draws=n, seed=SEED)


def won(f: ms.SeatDistribution, name: str) -> float:
    """Return how often a candidate won their district."""
    return float(f.p_at_least(f"party of {name}", 1, "district").value)


# -- two candidates: a closed form -----------------------------------------------------------------------------------


def posterior(prior: float, share: float, doubt: float, level: float) -> tuple[float, float]:
    """Return mean and variance of a normal prior that has seen a log share."""
    weight = PRIOR / (PRIOR + doubt)
    return (1 - weight) * prior + weight * (math.log(share) + level), PRIOR * doubt / (PRIOR + doubt)


def chance(first: float, size: int, sigma: float) -> float:
    """Return how often the first of two candidates with 60 and 40 votes wins, whom a poll gives ``first`` and .3."""
    shares, before = (first, 0.3), (math.log(0.6), math.log(0.4))
    doubts = [sigma**2 + 1 / (size * share) for share in shares]
    trust = [1 / (PRIOR + doubt) for doubt in doubts]
    level = sum(t * (b - math.log(s)) for t, b, s in zip(trust, before, shares, strict=True)) / sum(trust)
    (one, v), (two, w) = (posterior(b, s, d, level) for b, s, d in zip(before, shares, doubts, strict=True))
    return phi((one - two) / math.sqrt(v + w))


@pytest.mark.parametrize(("first", "size", "sigma"), [(0.3, 10**8, 0.35), (0.15, 10**8, 0.1), (0.5, 200, 0.35), (0.05, 100, 0.2)])
def test_two_polled_candidates_by_formula(first: float, size: int, sigma: float) -> None:
    f = forecast(district({"Aina": 60, "Berik": 40}), polls=(poll({"Aina": first, "Berik": 0.3}, size),), sigma_poll=sigma)
    expected = chance(first, f.question.districts[0].answers.size, sigma)  # type: ignore[index,union-attr]
    assert near(won(f, "Aina"), expected, share_error(expected, N))


def test_a_poll_that_is_never_wrong_decides_and_one_that_is_always_wrong_does_nothing() -> None:
    at = district({"Aina": 60, "Berik": 40})
    asked = poll({"Aina": 0.2, "Berik": 0.6}, 10**9)
    assert won(forecast(at, polls=(asked,), sigma_poll=0, n=10_000), "Berik") > 0.999
    without = forecast(at, n=10_000)
    assert won(forecast(at, polls=(asked,), sigma_poll=1e5, n=10_000), "Aina") == won(without, "Aina")
    assert won(forecast(at, polls=(asked,), sigma_poll=None, n=10_000), "Aina") == won(without, "Aina")


# -- three candidates: Bayes by weighing -----------------------------------------------------------------------------


def weighed() -> dict[str, float]:
    """Draw three candidates from the baseline, weigh each draw by how well it fits the poll, and say how often each wins."""
    rng, n = np.random.default_rng(3), 2_000_000
    eta = np.log(np.array([0.5, 0.3, 0.2])) + math.sqrt(PRIOR) * rng.standard_normal((n, 3))
    shares, size = np.array([0.2, 0.25, 0.05]), 400 * 0.5
    doubt = 0.35**2 + 1 / (size * shares)
    trust = 1 / (PRIOR + doubt)
    level = np.average(np.log(np.array([0.5, 0.3, 0.2])) - np.log(shares), weights=trust)
    weight = np.exp(-0.5 * ((np.log(shares) + level - eta) ** 2 / doubt).sum(axis=1))
    first = eta.argmax(axis=1)
    return {name: float(weight[first == i].sum() / weight.sum()) for i, name in enumerate(VOTES)}


def check_bayes() -> None:
    """Hold a forecast against draws weighed by their likelihood."""
    f, expected = forecast(district(VOTES), polls=(poll(ASKED),)), weighed()
    for name, p in expected.items():
        assert near(won(f, name), p, 2 * share_error(p, N)), name


def test_three_polled_candidates_as_by_weighing_draws_of_the_baseline() -> None:
    check_bayes()


def shifted(change: Callable[[tuple[float, float, float]], tuple[float, float, float]]) -> Any:
    """Return a Packer method that says something else of the poll."""
    right = model_of_districts.Packer.in_poll
    return lambda self, at, candidate: change(right(self, at, candidate))


@pytest.mark.parametrize(
    "wrong",
    [lambda said: (said[0] * 0.9, *said[1:]), lambda said: (said[0], said[1], 0.1 * said[2]), lambda said: (0.0 * said[0], 0.0, 0.0)],
    ids=["a smaller weight", "too certain", "not used"],
)
def test_a_planted_fault_is_found(wrong: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_of_districts.Packer, "in_poll", shifted(wrong))
    with pytest.raises(AssertionError):
        check_bayes()


# -- what a poll leaves alone ----------------------------------------------------------------------------------------


def test_a_poll_speaks_of_its_own_district_and_of_ratios_alone() -> None:
    two = district(VOTES), ms.District(2, (ms.Candidate("Erlan", "d", 55), ms.Candidate("Gulnar", "e", 45)))
    bare, asked = forecast(*two, n=20_000), forecast(*two, polls=(poll(ASKED),), n=20_000)
    assert asked.histogram("d", "district").tolist() == bare.histogram("d", "district").tolist()
    assert won(asked, "Berik") > won(bare, "Berik") + 0.1
    half = {name: share / 2 for name, share in ASKED.items() if name != "undecided"}
    decided = forecast(*two, polls=(poll(half, 10**9),), n=20_000), forecast(*two, polls=(poll(ASKED, 10**9),), n=20_000)
    assert won(decided[0], "Aina") == pytest.approx(won(decided[1], "Aina"), abs=1e-3)


def test_the_newest_poll_of_a_district_is_used() -> None:
    old = ms.Poll({"Aina": 0.9, "Berik": 0.1}, sample_size=900, district=1, pollster="South", date="2026-07-01")
    at, new = district({"Aina": 60, "Berik": 40}), poll({"Aina": 0.2, "Berik": 0.25})
    assert polled(at, old, new).answers == polled(at, new).answers != polled(at, old).answers


def test_a_list_still_moves_its_candidate_as_far_as_the_poll_leaves_room() -> None:
    def packed(*polls: ms.Poll) -> Any:
        at = ms.District(1, (ms.Candidate("Aina", "a", 55), ms.Candidate("Berik", "b", 45)))
        baseline = ms.DistrictVotes((at,), {"a": 0.5, "b": 0.5})
        law = ms.law("2026").replace(list_seats=1, district_seats=1, threshold=0)
        question = ms.simulate(law, ms.Polls([LISTS, *polls]), districts=baseline, n_draws=10, seed=1).question
        return question.district_model.pack(question.districts, question.centre.parties, question.parties).numbers

    without, asked = packed(), packed(poll({"Aina": 0.5, "Berik": 0.5}, 10**9))
    kept = 0.35**2 / (0.35**2 + PRIOR)
    assert asked[:, 2] == pytest.approx(kept * without[:, 2], rel=1e-6)
    assert asked[:, 1] ** 2 == pytest.approx(PRIOR * kept, rel=1e-6)


# -- who is asked about ----------------------------------------------------------------------------------------------


def polled(at: ms.District, *polls: ms.Poll) -> ms.District:
    """Return a district as the forecast sees it."""
    found = forecast(at, polls=polls, n=10).question.districts
    assert found is not None
    return found[0]


UNNAMED = dict(unnamed_candidates=4, unnamed_votes=40)


def test_who_is_named_by_the_poll_alone_is_one_of_the_unnamed_with_their_mean() -> None:
    seen = polled(district({"Aina": 50, "Berik": 10}, **UNNAMED), poll({"Aina": 0.3, "Dana (Amanat)": 0.2, "Erlan": 0.1}))
    assert [(c.name, c.party, c.votes) for c in seen.candidates[2:]] == [("Dana", "amanat", 10), ("Erlan", "independents", 10)]
    assert (seen.unnamed_candidates, seen.unnamed_votes, seen.valid) == (2, 20, 100)
    assert seen.answers is not None
    assert seen.answers.shares == {"Aina": 0.3, "Dana": 0.2, "Erlan": 0.1}


def test_a_poll_may_name_parties_and_spell_names_otherwise() -> None:
    at = ms.District(1, (ms.Candidate("Aina", "amanat", 60), ms.Candidate("Berik Serik", "independents", 40)))
    seen = polled(at, poll({"amanat": 0.3, "BERIK-SERIK": 0.2}))
    assert seen.answers is not None
    assert seen.answers.shares == {"Aina": 0.3, "Berik Serik": 0.2}


def test_who_cannot_be_a_candidate_of_the_baseline_is_left_out_by_name() -> None:
    with pytest.warns(ms.PollWarning, match="knows no such candidate: 'Dana'"):
        seen = polled(district({"Aina": 60, "Berik": 40}), poll({"Aina": 0.3, "Berik": 0.3, "Dana": 0.2}))
    assert seen.answers is not None
    assert set(seen.answers.shares) == {"Aina", "Berik"}


def test_a_poll_of_a_district_that_is_not_contested_is_said() -> None:
    with pytest.warns(ms.PollWarning, match="no such district that is contested: 'poll North 2026-08-01 district 7'|district 7"):
        assert polled(district({"Aina": 60, "Berik": 40}), poll({"Aina": 0.3, "Berik": 0.3}, district=7)).answers is None


def test_one_candidate_alone_says_nothing() -> None:
    assert polled(district({"Aina": 60, "Berik": 40}), poll({"Aina": 0.3})).answers is None


def test_nobody_in_a_poll_is_half_a_person() -> None:
    seen = polled(district({"Aina": 60, "Berik": 40}), poll({"Aina": 0.6, "Berik": 0}))
    assert seen.answers is not None
    assert seen.answers.share_of("Berik") == 0.5 / 400


def test_the_count_of_the_centre_follows_a_poll() -> None:
    at = district({"Aina": 52, "Berik": 48})
    assert forecast(at, n=10).point["district"]["party of Aina"] == 1
    assert forecast(at, polls=(poll({"Aina": 0.2, "Berik": 0.4}),), n=10).point["district"]["party of Berik"] == 1


def test_parties_may_have_regional_errors_of_their_own() -> None:
    at = district({"Aina": 60, "Berik": 40}, region="north")
    f = forecast(at, regional={"party of Aina": 0.9})
    expected = phi(math.log(60 / 40) / math.sqrt(2 * PRIOR - 0.3**2 + 0.9**2))
    assert near(won(f, "Aina"), expected, share_error(expected, N))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"sigma_poll": -1}, "sigma_poll must be a number of at least 0"),
        ({"regional": 5}, "regional must be a mapping"),
        ({"regional": {"auyl": "x"}}, "regional of 'auyl'"),
    ],
)
def test_parameters_that_cannot_be(given: dict[str, Any], said: str) -> None:
    with pytest.raises(ms.SimulationError, match=said):
        ms.models.Districts(**given)


def test_a_saved_forecast_keeps_the_answers(tmp_path: Any) -> None:
    f = forecast(district(VOTES), polls=(poll(ASKED),), n=1000, regional={"party of Aina": 0.9}, sigma_poll=0.2)
    f.save(tmp_path / "run.json")
    g = ms.load_forecast(tmp_path / "run.json")
    assert g.question == f.question
    assert g.rerun().histogram("party of Aina", "district").tolist() == f.histogram("party of Aina", "district").tolist()
