"""Whole chambers: list, district and appointed seats."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

import mazhilis_sim as ms

LAW = ms.law("2023").replace(district_seats=2, list_seats=10)


def district(number: int, *votes: tuple[str, int], **more: Any) -> ms.District:
    return ms.District(number, tuple(ms.Candidate(f"{party} {number}", party, n) for party, n in votes), **more)


def election(*districts: ms.District) -> ms.Election:
    return ms.Election(list_votes={"a": 60, "b": 40}, districts=ms.DistrictVotes(districts) if districts else None)


TWO = election(district(1, ("a", 5), ("independents", 3)), district(2, ("c", 4), ("a", 2), against_all=90))


def test_the_chamber_of_2023() -> None:
    chamber = ms.elect(ms.law("2023"), ms.load_election(2023))
    official = ms.load_election(2023).official_seats
    assert chamber.list_seats == official["list"]
    assert {p: n for p, n in chamber.district_seats.items() if n} == {p: n for p, n in official["district"].items() if n}
    assert chamber.seats == {**dict.fromkeys(chamber.seats, 0), **official["total"]}
    assert (chamber.seats["amanat"], chamber.seats["independents"], sum(chamber.seats.values())) == (62, 7, 98)


@pytest.mark.parametrize("year", [2007, 2012, 2016, 2021])
def test_appointed_members_belong_to_the_chamber(year: int) -> None:
    law = ms.law(year)
    chamber = ms.elect(law, ms.load_election(year))
    assert chamber.seats["assembly_of_people"] == 9
    assert sum(chamber.seats.values()) == law.total_seats == 107
    assert list(chamber.seats)[-1] == "assembly_of_people"
    assert (chamber.district_seats, chamber.winners) == ({}, {})


def test_seats_stand_in_the_order_of_registration_then_others_then_independents() -> None:
    chamber = ms.elect(LAW, TWO)
    assert chamber.seats == {"a": 7, "b": 4, "c": 1, "independents": 0}
    assert list(chamber.seats) == ["a", "b", "c", "independents"]
    assert chamber.district_seats == {"a": 1, "b": 0, "c": 1, "independents": 0}
    assert chamber.list_seats == {"a": 6, "b": 4}
    assert chamber.winners == {1: "a 1", 2: "c 2"}


def test_votes_against_all_and_unnamed_candidates_win_no_district() -> None:
    chamber = ms.elect(LAW, election(district(1, ("a", 5), unnamed_candidates=3, unnamed_votes=50), TWO.districts[1]))  # type: ignore[index]
    assert chamber.winners == {1: "a 1", 2: "c 2"}


def test_an_exhausted_list_leaves_seats_vacant_in_the_chamber() -> None:
    chamber = ms.elect(LAW, TWO, candidates={"a": 4})
    assert chamber.seats["a"] == 4 + 1
    assert chamber.allocation.vacant == {"a": 2}


def test_a_tied_district_has_no_winner_in_the_law() -> None:
    tied = election(district(1, ("a", 5), ("b", 5)), TWO.districts[1])  # type: ignore[index]
    with pytest.raises(ms.AllocationError, match="district 1: a 1 and b 1 share the first place; the law calls a repeat vote"):
        ms.elect(LAW, tied)


@pytest.mark.parametrize(
    ("law", "votes", "error", "said"),
    [
        (LAW, election(), ms.LawError, r"fills 2 seats in districts, and no district votes are given; .* law\.replace\(district_seats=0\)"),
        (LAW, election(district(1, ("a", 1))), ms.LawError, "districts must be 2, as many as law"),
        (ms.law("2004"), TWO, ms.LawError, "districts of law 2004 need an absolute majority and a second round"),
        (LAW.replace(threshold="70%"), TWO, ms.AllocationError, "no list reached the threshold of 70 %"),
    ],
)
def test_a_chamber_that_cannot_be_filled(law: Any, votes: ms.Election, error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        ms.elect(law, votes)


def test_the_lists_of_2004_alone_can_be_counted() -> None:
    assert ms.elect(ms.law("2004").replace(district_seats=0), TWO).seats == {"a": 6, "b": 4}


def test_lots_of_a_chamber() -> None:
    law = LAW.replace(ties="lots", list_seats=5)
    tie = dataclasses.replace(TWO, list_votes={"a": 50, "b": 50})
    assert {ms.elect(law, tie, seed=seed).list_seats["a"] for seed in range(20)} == {2, 3}
    drawn = ms.elect(law, tie)
    assert ms.elect(law, tie, seed=drawn.seed) == drawn
    assert (ms.elect(law, tie, seed=4).seed, ms.elect(LAW, TWO, seed=4).seed) == (4, None)


def test_a_chamber_prints_its_seats_by_tier() -> None:
    lines = str(ms.elect(ms.law("2023"), ms.load_election(2023))).splitlines()
    assert [line.split() for line in (lines[0], lines[6], lines[8], lines[-1])] == [
        ["party", "list", "districts", "seats"],
        ["amanat", "40", "22", "62"],
        ["independents", "7", "7"],
        ["all", "69", "29", "98"],
    ]
    without = str(ms.elect(ms.law("2021"), ms.load_election(2021))).splitlines()
    assert (without[0].split(), without[-1].split()) == (["party", "list", "seats"], ["all", "98", "107"])
