"""Indices and power, held against published numbers."""

from __future__ import annotations

import math
import statistics
from fractions import Fraction
from itertools import combinations, permutations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from powerindex import Game

import mazhilis_sim as ms
from mazhilis_sim.questions.deciding.coalitions import by_sampling

NEW_ZEALAND_2005 = {
    "labour": (4110, 4132),
    "national": (3910, 3967),
    "nz_first": (572, 579),
    "aotearoa": (530, 496),
    "maori": (212, 330),
    "united_future": (267, 248),
    "act": (151, 165),
    "progressives": (116, 82),
    "destiny": (62, 0),
    "legalise_cannabis": (25, 0),
    "christian_heritage": (12, 0),
    "alliance": (7, 0),
    "family_rights": (5, 0),
    "democrats_for_social_credit": (5, 0),
    "libertarianz": (4, 0),
    "direct_democracy": (3, 0),
    "99mp": (3, 0),
    "onenz": (2, 0),
    "no_monarchy": (2, 0),
}
"""Shares of votes and of seats in hundredths of a per cent, rounded as the published table has them: "Gallagher index", Wikipedia (article
of 2010). Its index is 1.11, of differences that are rounded once more."""


def test_gallagher_of_new_zealand_is_the_published_one() -> None:
    found = ms.indices({p: v for p, (v, _) in NEW_ZEALAND_2005.items()}, {p: s for p, (_, s) in NEW_ZEALAND_2005.items()})
    assert abs(100 * found.gallagher - 1.11) < 0.015


def test_indices_by_hand() -> None:
    """60, 30, 10 votes and 7, 3, 0 seats: shares differ by 1/10, 0, -1/10."""
    found = ms.indices({"a": 60, "b": 30, "c": 10, "against_all": 25}, {"a": 7, "b": 3})
    assert found.gallagher_squared == Fraction(1, 100)
    assert found.loosemore_hanby == Fraction(1, 10)
    assert found.rae == Fraction(2, 30)
    assert found.sainte_lague == Fraction(1, 60) + Fraction(1, 10)
    assert (found.enp_votes, found.enp_seats) == (Fraction(100, 46), Fraction(100, 58))
    assert (found.wasted, found.wasted_share, found.against_all_share) == (10, Fraction(1, 10), Fraction(1, 5))
    assert found.bias == Fraction(88 + 1 + 70, 64 + 1 + 49) - 1  # from the mean, in thirtieths: 8, -1, -7 of votes; 11, -1, -10 of seats


def test_seats_without_votes_have_no_sainte_lague_index() -> None:
    found = ms.indices({"a": 60, "b": 40}, {"a": 5, "independents": 5})
    assert found.sainte_lague == math.inf
    assert found.to_dict()["rows"][3] == {"index": "sainte_lague", "value": None}
    assert found.notes() == ["Seats of those who had no list make the index of Sainte-Laguë infinite; of the list seats alone it is not."]
    assert ms.indices({"a": 60, "b": 40}, {"a": 5, "b": 5}).notes() == []


def test_very_small_lists_alone_have_no_index_of_rae() -> None:
    """201 lists with as many votes each: none has half a per cent, 200 have it."""
    votes = {f"p{n}": 1 for n in range(201)}
    found = ms.indices(votes, {"p0": 1})
    assert found.rae is None
    assert found.to_dict()["rows"][2] == {"index": "rae", "value": None}
    assert "Rae" in str(found)
    del votes["p200"]
    assert ms.indices(votes, {"p0": 1}).rae == 2 * Fraction(199, 200) / 200


@given(st.lists(st.integers(1, 99), min_size=2, max_size=6))
def test_seats_in_proportion_are_without_any_index(votes: list[int]) -> None:
    by_list = dict(zip("abcdef", votes, strict=False))
    found = ms.indices(by_list, by_list)
    assert (found.gallagher, found.loosemore_hanby, found.rae, found.sainte_lague, found.wasted) == (0, 0, 0, 0, 0)
    assert found.bias in (0, None)
    assert found.enp_votes == found.enp_seats


PUBLISHED: dict[str, tuple[dict[str, int], int, dict[str, tuple[Fraction, Fraction]]]] = {
    # S. J. Brams and P. J. Affuso, "New paradoxes of voting power on the EC Council of Ministers", Electoral Studies 4 (1985)
    "EEC 1958": (
        {"germany": 4, "france": 4, "italy": 4, "belgium": 2, "netherlands": 2, "luxembourg": 1},
        12,
        {
            "germany": (Fraction(5, 21), Fraction(14, 60)),
            "belgium": (Fraction(3, 21), Fraction(9, 60)),
            "luxembourg": (Fraction(0), Fraction(0)),
        },
    ),
    # A. D. Taylor and A. M. Pacelli, Mathematics and Politics, 2nd edition (2008), chapter 3: the Security Council of the UN
    "Security Council": (
        {**{f"permanent {n}": 7 for n in range(5)}, **{f"elected {n}": 1 for n in range(10)}},
        39,
        {
            "permanent 0": (Fraction(848, 5 * 848 + 10 * 84), Fraction(421, 2145)),
            "elected 0": (Fraction(84, 5 * 848 + 10 * 84), Fraction(4, 2145)),
        },
    ),
}


@pytest.mark.parametrize("body", PUBLISHED)
def test_power_is_the_published_one(body: str) -> None:
    weights, majority, wanted = PUBLISHED[body]
    found = ms.power(weights, majority)
    assert {member: tuple(found[member]) for member in wanted} == wanted
    assert found.exact


def plain_power(seats: dict[str, int], majority: int) -> dict[str, tuple[Fraction, Fraction]]:
    """Count all coalitions and all orders."""
    swings, pivots = dict.fromkeys(seats, 0), dict.fromkeys(seats, 0)
    for size in range(len(seats) + 1):
        for coalition in combinations(seats, size):
            held = sum(seats[party] for party in coalition)
            for party in coalition:
                swings[party] += held - seats[party] < majority <= held
    for order in permutations(seats):
        held = 0
        for party in order:
            held += seats[party]
            if held >= majority:
                pivots[party] += 1
                break
    return {p: (Fraction(swings[p], sum(swings.values())), Fraction(pivots[p], sum(pivots.values()))) for p in seats}


@settings(max_examples=60)
@given(st.lists(st.integers(0, 12), min_size=1, max_size=5).filter(any), st.data())
def test_power_is_that_of_all_coalitions_and_orders(numbers: list[int], data: st.DataObject) -> None:
    seats = dict(zip("abcde", numbers, strict=False))
    majority = data.draw(st.integers(1, sum(numbers)))
    found = ms.power(seats, majority)
    assert {party: tuple(share) for party, share in found.by_party.items()} == plain_power(seats, majority)
    winning = [set(c) for size in range(6) for c in combinations(seats, size) if sum(seats[p] for p in c) >= majority]
    assert sorted(map(sorted, found.minimal_winning)) == sorted(sorted(c) for c in winning if not any(other < c for other in winning))


@settings(max_examples=60)
@given(st.lists(st.integers(1, 60), min_size=2, max_size=9), st.data())
def test_power_is_that_of_another_library(weights: list[int], data: st.DataObject) -> None:
    majority = data.draw(st.integers(sum(weights) // 2 + 1, sum(weights)))
    assume(max(weights) < majority)  # where one decides alone, the other divides by zero
    game = Game(majority, weights)
    game.calc_banzhaf()
    game.calc_shapley_shubik()
    found = ms.power({f"p{place}": weight for place, weight in enumerate(weights)}, majority)
    assert [float(share.banzhaf) for share in found.by_party.values()] == pytest.approx(game.banzhaf)
    assert [float(share.shapley_shubik) for share in found.by_party.values()] == pytest.approx(game.shapley_shubik)


def test_power_of_a_forecast_is_the_mean_over_its_chambers() -> None:
    poll = ms.Poll({"a": 0.48, "b": 0.3, "c": 0.14, "d": 0.08}, sample_size=300)
    forecast = ms.simulate(ms.law("2026"), poll, n_draws=300, seed=1)
    found, majority = ms.power(forecast), forecast.law.majority
    each = [ms.power(dict(zip(forecast.parties, seats.tolist(), strict=True)), majority) for seats in forecast.draws(300)]
    for party in forecast.parties:
        shares = [float(one[party].banzhaf) for one in each]
        assert found[party].banzhaf == pytest.approx(statistics.fmean(shares))
        assert found.errors[party].banzhaf == pytest.approx(statistics.pstdev(shares) / 300**0.5)
        assert found[party].shapley_shubik == pytest.approx(statistics.fmean(float(one[party].shapley_shubik) for one in each))
    assert found.alone["a"] == forecast.p_majority("a").value
    assert 0 < found.alone["a"] < 1
    assert sum(share.banzhaf for share in found.by_party.values()) == pytest.approx(1)
    assert "Means over 300 simulated chambers" in str(found)
    assert ms.power(forecast, 10**6)["a"] == (0, 0)  # what nobody can reach


def test_a_sample_is_near_what_is_exact() -> None:
    weights, majority, _ = PUBLISHED["Security Council"]
    exact, drawn = ms.power(weights, majority), by_sampling(weights, majority, 20_000, 1)
    for member, (banzhaf, shapley) in exact.by_party.items():
        of_banzhaf, of_shapley = drawn.errors[member]
        assert abs(drawn.banzhaf[member] - banzhaf) < 5 * of_banzhaf
        assert abs(drawn.shapley_shubik[member] - shapley) < 5 * max(of_shapley, 0.0003)


def test_more_than_can_be_counted_is_drawn() -> None:
    found = ms.power({f"p{n}": 10**9 + n**5 for n in range(30)}, samples=200)
    assert (found.exact, found.samples) == (False, 200)
    assert abs(sum(share.banzhaf for share in found.by_party.values()) - 1) < 1e-9
    assert "Sampled: 200 draws" in str(found)


def test_whoever_has_a_majority_has_all_the_power() -> None:
    found = ms.power(ms.elect(ms.law("2023"), ms.load_election(2023)))
    assert found["amanat"] == (1, 1)
    assert found.decisive == "amanat"
    assert "nobody else has any power" in str(found)
