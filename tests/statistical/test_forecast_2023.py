"""The default forecast of 2023 is that of a plain second program, and does not pretend: it is held against what happened."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache
from typing import Any

import plain_forecast as plain
import pytest

import mazhilis_sim as ms
from mazhilis_sim.polls import pooling
from on_record import KNOWN, quiet_polls

N = 200_000
OFFICIAL = dict(zip(KNOWN[-1].votes, KNOWN[-1].seats, strict=True))
DEFAULT, FIRST = ms.models.Total(), ms.models.Total(preset="2025")
NARROW, SAMPLING = ms.models.Total(sigma=0.30, df="normal"), ms.models.Multinomial()
PLAIN = {
    DEFAULT: lambda: plain.total(N),
    FIRST: lambda: plain.total(N, tau=0, df=math.inf),
    NARROW: lambda: plain.total(N, sigma=0.30, df=math.inf),
    SAMPLING: lambda: plain.multinomial(N),
}


@cache
def forecast(model: ms.models.ListModel = DEFAULT) -> ms.SeatDistribution:
    """Forecast 2023 from the polls on record, as the command line does."""
    return ms.simulate(ms.law("2023"), quiet_polls(2023), model=model, n_draws=N, seed=2023)


@cache
def counted(model: ms.models.ListModel = DEFAULT) -> plain.Counted:
    """Forecast the lists by the plain program."""
    return plain.count(PLAIN[model]())


def covered(f: ms.SeatDistribution) -> int:
    """Count the lists whose official seats lie in the 90 % interval."""
    intervals = {party: f.interval(party, 0.9, "list") for party in OFFICIAL}
    return sum(low <= OFFICIAL[party] <= high for party, (low, high) in intervals.items())


def intervals_agree(f: ms.SeatDistribution, other: plain.Counted) -> None:
    """The ends of an interval are where the plain distribution passes 5 % and 95 %, as far as both can tell."""
    distributions = dict(zip(plain.LISTS, plain.below(other.seats), strict=True))
    slack = 5 * plain.standard_error(0.05, N)
    for party, reached in distributions.items():
        for end, level in zip(f.interval(party, 0.9, "list"), (0.05, 0.95), strict=True):
            assert reached[end] >= level - slack, (party, end, level)
            assert end == 0 or reached[end - 1] < level + slack, (party, end, level)


def histograms_agree(f: ms.SeatDistribution, other: plain.Counted) -> None:
    """Every number of seats of every list is as frequent, to five standard errors of both."""
    distributions = dict(zip(plain.LISTS, plain.below(other.seats), strict=True))
    for party, reached in distributions.items():
        found = f.histogram(party, "list").cumsum() / N
        for seats, (mine, theirs) in enumerate(zip(found, reached, strict=True)):
            assert abs(mine - theirs) <= 5 * plain.standard_error(float(mine + theirs) / 2, N), (party, seats)


@pytest.mark.parametrize("model", PLAIN, ids=repr)
def test_intervals_of_list_seats_are_those_of_a_plain_program(model: ms.models.ListModel) -> None:
    intervals_agree(forecast(model), counted(model))


@pytest.mark.parametrize("model", PLAIN, ids=repr)
def test_list_seats_are_distributed_as_a_plain_program_says(model: ms.models.ListModel) -> None:
    histograms_agree(forecast(model), counted(model))


@pytest.mark.parametrize("model", PLAIN, ids=repr)
def test_lists_enter_and_fall_back_as_often_as_in_a_plain_program(model: ms.models.ListModel) -> None:
    f, other = forecast(model), counted(model)
    expected = dict(zip(plain.LISTS, other.entered.mean(axis=0), strict=True))
    for party, p in expected.items():
        assert abs(f.p_enters(party).value - p) <= 5 * plain.standard_error(p, N), party
    assert abs(f.p_fallback().value - other.fallback.mean()) <= 5 * plain.standard_error(other.fallback.mean(), N)


# -- what happened -----------------------------------------------------------------------------------------------------


# how-sure-is-a-forecast.md: the three institutes pooled
@pytest.mark.parametrize(("model", "lists"), [(DEFAULT, 7), (FIRST, 7), (NARROW, 7), (SAMPLING, 3)], ids=repr)
def test_how_many_results_the_intervals_of_the_pool_contain(model: ms.models.ListModel, lists: int) -> None:
    assert covered(forecast(model)) == lists


def test_the_chance_of_the_jsdp_to_enter_is_neither_denied_nor_promised() -> None:
    assert 0.1 < forecast().p_enters("jsdp").value < 0.5
    assert 0.1 < counted().entered[:, plain.LISTS.index("jsdp")].mean() < 0.5


def test_the_chamber_is_whole_in_every_draw() -> None:
    f = forecast()
    assert (f.draws(10_000, "list").sum(axis=1) == 69).all()
    assert (f.draws(10_000, "district").sum(axis=1) == 29).all()
    assert f.p_no_allocation().value == 0


def test_a_majority_of_the_largest_party_is_likely_and_a_fallback_is_possible() -> None:
    f = forecast()
    assert f.p_majority("amanat").value > 0.9
    assert 0 < f.p_fallback().value < 0.1
    assert f.interval("amanat", 0.9)[0] < ms.load_election(2023).official_seats["total"]["amanat"] < f.interval("amanat", 0.9)[1]


def test_sampling_error_alone_is_narrower() -> None:
    """By a factor of five for the largest list; the smallest has no seat in nine draws of ten either way."""
    width = {model: [high - low for low, high in (forecast(model).interval(p, 0.9, "list") for p in OFFICIAL)] for model in PLAIN}
    assert all(a <= b for a, b in zip(width[SAMPLING], width[DEFAULT], strict=True))
    assert 5 * width[SAMPLING][0] < width[DEFAULT][0]


# -- planted errors ----------------------------------------------------------------------------------------------------


def everything(_self: Any, _party: str, _level: float = 0.9, _tier: str = "total") -> tuple[int, int]:
    """Plant: intervals that contain whatever happened."""
    return 0, 69


def careful(sound: Callable[..., tuple[int, int]]) -> Callable[..., tuple[int, int]]:
    """Plant: intervals of 95 % that are called 90 %."""
    return lambda self, party, level=0.9, tier="total": sound(self, party, 0.5 + level / 2, tier)


@pytest.mark.parametrize("plant", [lambda _: everything, careful], ids=["everything", "95 % for 90 %"])
def test_intervals_that_are_too_wide_are_found(monkeypatch: pytest.MonkeyPatch, plant: Callable[..., Any]) -> None:
    """Both contain at least as many results as sound ones, so that counting those does not find them."""
    monkeypatch.setattr(ms.SeatDistribution, "interval", plant(ms.SeatDistribution.interval))
    assert covered(forecast()) >= 6
    with pytest.raises(AssertionError):
        intervals_agree(forecast(), counted())


def test_an_error_of_the_model_that_is_a_tenth_wider_is_found() -> None:
    f = ms.simulate(ms.law("2023"), quiet_polls(2023), model=ms.models.Total(sigma_bias=0.275), n_draws=N, seed=2023)
    assert covered(f) >= 6
    with pytest.raises(AssertionError):
        histograms_agree(f, counted())


def test_an_error_in_the_pool_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted: polls lose half of their weight in ten days instead of fourteen."""
    monkeypatch.setattr(pooling, "HALF_LIFE_DAYS", 10.0)
    f = ms.simulate(ms.law("2023"), quiet_polls(2023), n_draws=N, seed=2023)
    assert covered(f) >= 6
    with pytest.raises(AssertionError):
        histograms_agree(f, counted())
