"""The default forecast of 2023 does not pretend: it is held against what happened."""

from __future__ import annotations

from functools import cache

import pytest

import mazhilis_sim as ms
from on_record import KNOWN, quiet_polls

OFFICIAL = dict(zip(KNOWN[-1].votes, KNOWN[-1].seats, strict=True))


@cache
def forecast(model: str | ms.models.ListModel = "total") -> ms.SeatDistribution:
    """Forecast 2023 from the polls on record, as the command line does."""
    return ms.simulate(ms.law("2023"), quiet_polls(2023), model=model, n_draws=200_000, seed=2023)


def covered(f: ms.SeatDistribution) -> int:
    """Count the lists whose official seats lie in the 90 % interval."""
    intervals = {party: f.interval(party, 0.9, "list") for party in OFFICIAL}
    return sum(low <= OFFICIAL[party] <= high for party, (low, high) in intervals.items())


def test_the_intervals_of_list_seats_contain_the_official_result() -> None:
    assert covered(forecast()) >= 6


def test_the_chance_of_the_jsdp_to_enter_is_neither_denied_nor_promised() -> None:
    assert 0.1 < forecast().p_enters("jsdp").value < 0.5


# MODEL.md, "Why total is the default": the three institutes pooled
@pytest.mark.parametrize(("model", "lists"), [(ms.models.Total(sigma=0.30), 7), (ms.models.Multinomial(), 3)], ids=repr)
def test_how_many_results_the_intervals_of_the_pool_contain(model: ms.models.ListModel, lists: int) -> None:
    assert covered(forecast(model)) == lists


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
    for party in OFFICIAL:
        low, high = forecast(ms.models.Multinomial()).interval(party, 0.9, "list")
        wide_low, wide_high = forecast().interval(party, 0.9, "list")
        assert high - low <= wide_high - wide_low
