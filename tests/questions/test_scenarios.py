"""Scenarios: what must stay the same does, and no vote is lost or made."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

import mazhilis_sim as ms

ELECTION, LAW = ms.load_election(2023), ms.law("2023")


def test_lists_that_merge_and_split_back_are_as_before() -> None:
    qhp, jsdp = (ELECTION.list_votes[party] for party in ("qhp", "jsdp"))
    merged = ELECTION.merge(["qhp", "jsdp"], "left")
    assert merged.list_votes["left"] == qhp + jsdp
    assert sum(region.list_votes["left"] for region in merged.regions.values()) == sum(
        region.list_votes[party] for region in ELECTION.regions.values() for party in ("qhp", "jsdp")
    )
    back = merged.split("left", {"qhp": Fraction(qhp, qhp + jsdp), "jsdp": Fraction(jsdp, qhp + jsdp)})
    assert {party: back.list_votes[party] for party in ELECTION.parties} == ELECTION.list_votes


def test_a_swing_of_zero_and_a_turnout_as_it_was_change_nothing() -> None:
    assert ELECTION.with_swing({"amanat": 0}).list_votes == ELECTION.list_votes
    was = ELECTION.regions["almaty_city"]
    assert ELECTION.with_turnout({"almaty_city": Fraction(was.ballots or 0, was.registered or 1)}).list_votes == ELECTION.list_votes


def test_shares_in_a_region_are_what_they_were_under_another_turnout() -> None:
    before, after = (election.regions["almaty_city"].list_votes for election in (ELECTION, ELECTION.with_turnout({"almaty_city": 0.5})))
    assert sum(after.values()) > 1.5 * sum(before.values())
    for party, votes in before.items():
        assert abs(Fraction(after[party], sum(after.values())) - Fraction(votes, sum(before.values()))) < Fraction(1, 10**5)


def test_candidates_of_lists_that_merge_stand_for_the_new_one() -> None:
    won = ms.elect(LAW, ELECTION.merge(["amanat", "baytaq"], "together"))
    assert won.district_seats["together"] == ms.elect(LAW, ELECTION).district_seats["amanat"]
    assert "amanat" not in won.seats


def test_who_withdraws_is_gone_and_the_rest_of_its_voters_stays_at_home() -> None:
    then = ELECTION.without("baytaq", to={"auyl": "60%", "against_all": 0.1})
    given = ELECTION.list_votes["baytaq"]
    assert "baytaq" not in then.list_votes
    assert then.list_votes["auyl"] - ELECTION.list_votes["auyl"] == round(0.6 * given)
    assert then.against_all - ELECTION.against_all == round(0.1 * given)
    assert ELECTION.votes.base() - then.votes.base() == (ELECTION.ballots or 0) - (then.ballots or 0)
    assert abs(ELECTION.votes.base() - then.votes.base() - 0.3 * given) < 2


def test_strategic_voters_leave_the_lists_below_alone_and_none_is_lost() -> None:
    then = ELECTION.with_strategic_votes(LAW.threshold, "50%", to={"jsdp": 1})
    moved = ELECTION.list_votes["baytaq"] - then.list_votes["baytaq"]
    assert abs(moved - ELECTION.list_votes["baytaq"] / 2) < 1
    assert then.list_votes["jsdp"] == ELECTION.list_votes["jsdp"] + moved
    assert then.votes.base() == ELECTION.votes.base()
    assert {p for p in ELECTION.parties if then.list_votes[p] != ELECTION.list_votes[p]} == {"baytaq", "jsdp"}


NAMED = {
    "almaty_city": "город Алматы",
    "almaty_region": "Алматы облысы",
    "abai": "Абай",
    "turkistan": "Türkistan Region",
    "astana": "Нур-Султан",
}


@pytest.mark.parametrize("region", NAMED)
def test_a_region_goes_by_its_names_in_three_languages(region: str) -> None:
    was = ms.load_election(2023)
    assert was.with_turnout({NAMED[region]: "41%"}) == was.with_turnout({region: "41%"})
    assert was.with_result(NAMED[region], {"baytaq": 5_000}) == was.with_result(region, {"baytaq": 5_000})


NEAR = {"Алматы": "almaty_city", "Алматинск обл": "almaty_region", "Астна": "astana", "Кастанай": "kostanay"}
"""Almaty alone is a city and a region."""


@pytest.mark.parametrize("called", NEAR)
def test_the_nearest_region_is_named_whatever_the_language(called: str) -> None:
    with pytest.raises(ms.VotesError, match=f"there is no region '{called}'; did you mean '{NEAR[called]}'"):
        ms.load_election(2023).with_turnout({called: "41%"})


@pytest.mark.parametrize(("called", "party"), [("Аманад", "amanat"), ("бйтак", "baytaq"), ("Халық партясы", "qhp")])
def test_the_nearest_party_is_named_whatever_the_language(called: str, party: str) -> None:
    with pytest.raises(ms.VotesError, match=f"there is no party '{called}'; did you mean '{party}'"):
        ms.load_election(2023).without(called)


def test_a_result_of_more_ballots_than_voters_is_doubted() -> None:
    with pytest.warns(ms.DataWarning, match="region 'astana': 100,3[0-9,]+ ballots are more than its [0-9,]+ registered voters"):
        ms.load_election(2023).with_result("astana", {"baytaq": 99_999_999})


def test_a_result_of_a_region_is_votes_or_shares() -> None:
    votes = ELECTION.with_result("astana", {"baytaq": 50_000})
    assert votes.regions["astana"].list_votes["baytaq"] == 50_000
    assert votes.regions["astana"].list_votes["amanat"] == ELECTION.regions["astana"].list_votes["amanat"]
    shares = ELECTION.with_result("astana", {"baytaq": "20%"}).regions["astana"]
    assert shares.valid == ELECTION.regions["astana"].valid
    assert abs(shares.list_votes["baytaq"] - shares.valid / 5) < 1
    assert ELECTION.with_result("astana", {}).list_votes == ELECTION.list_votes


WRONG: dict[str, tuple[Callable[[], Any], str]] = {
    "a region": (lambda: ELECTION.with_result("astanna", {"baytaq": 1}), "did you mean 'astana'?"),
    "a party": (lambda: ELECTION.without("beytag"), "did you mean 'baytaq'?"),
    "a taker": (lambda: ELECTION.without("baytaq", {"baytaq": 1}), "there is no party 'baytaq'"),
    "too much": (lambda: ELECTION.without("baytaq", {"auyl": 0.6, "jsdp": 0.6}), "to must sum to at most 1, got 1.2"),
    "parts": (lambda: ELECTION.split("qhp", {"x": 0.5}), "parts must sum to 1, got 0.5"),
    "one list": (lambda: ELECTION.merge(["qhp"], "x"), "parties must be at least two lists"),
    "a name that is taken": (lambda: ELECTION.merge(["qhp", "jsdp"], "amanat"), "must be that of no other list"),
    "a threshold that nobody reaches": (lambda: ELECTION.with_strategic_votes("60%", 0.5), "threshold must be reached by a list"),
    "shares above one": (lambda: ELECTION.with_result("astana", {"baytaq": "70%", "auyl": "40%"}), "leave the shares a sum of 1, got 1.1"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_cannot_be_is_said_in_one_line(wrong: str) -> None:
    call, said = WRONG[wrong]
    with pytest.raises(ms.VotesError) as caught:
        call()
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
