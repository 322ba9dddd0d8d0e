"""Votes as users give them: what is read, and what every refusal says."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd
import pytest

import mazhilis_sim as ms

LAW = ms.law("2026")
NAN = float("nan")

BAD_VOTES = [
    ({}, "votes must name at least one list, got none"),
    ({"against_all": 5}, "votes must name at least one list, got none"),
    ({"a": 0, "b": 0}, "votes must hold at least one vote for a list, got zero for all"),
    ({"a": 0, "against_all": 5}, "votes must hold at least one vote for a list, got zero for all"),
    ({"a": -1, "b": 3}, "votes of 'a' must not be negative, got -1"),
    ({"a": 1.5, "b": 3}, r"votes of 'a' must be a whole number, got 1\.5$"),
    ({"a": NAN, "b": 1}, "votes of 'a' must be a whole number, got nan"),
    ({"a": float("inf")}, "votes of 'a' must be a whole number, got inf"),
    ({"a": 1e16}, r"votes of 'a' must be a whole number, got 1e\+16; write it as an int"),
    ({"a": "twelve"}, "votes of 'a' must be a whole number, got 'twelve'"),
    ({"a": "1,000"}, "votes of 'a' must be a whole number, got '1,000'; write 1000, without separators"),
    ({"a": "90%"}, "votes of 'a' must be a whole number, got '90%'"),
    ({"a": b"12"}, "votes of 'a' must be a whole number, got b'12'"),
    ({"a": None}, "votes of 'a' must be a whole number, got None"),
    ({"a": True}, "votes of 'a' must be a whole number, got True"),
    ({"a": np.True_}, "votes of 'a' must be a whole number, got np.True_"),
    ({"a": Decimal("3.5")}, "votes of 'a' must be a whole number"),
    ({"a": Fraction(7, 2)}, "votes of 'a' must be a whole number"),
    ({"a": [1, 2]}, "votes of 'a' must be a whole number"),
    ({"a": np.array([1, 2])}, r"votes of 'a' must be a whole number, got ndarray of shape \(2,\)"),
    ({1: 5}, "votes: an id must be a non-empty string, got 1"),
    ({"": 5}, "votes: an id must be a non-empty string, got ''"),
    ({"  ": 5}, "votes: an id must be a non-empty string, got ' '"),
    ({None: 5}, "votes: an id must be a non-empty string, got None"),
    ({"a": 5, "independents": 1}, "'independents' stands for candidates in districts and cannot be a list; leave it out"),
    ({"a": 5, "assembly_of_people": 1}, "'assembly_of_people' stands for appointed members and cannot be a list"),
    ({"a": 5, "undecided": 4}, "'undecided' stands for voters without a choice and cannot be a list; nobody votes undecided"),
    ({"a": 5, "against_all": -2}, "votes of 'against_all' must not be negative, got -2"),
    ({"a": 5, "invalid": 2.5}, r"votes of 'invalid' must be a whole number, got 2\.5"),
    ([5, 3], r'votes must be a mapping such as \{"amanat": 3431510\}, got \[5, 3\]$'),
    (None, "votes must be a mapping .*, got None"),
    ("a=5", "votes must be a mapping .*, got 'a=5'"),
    (np.array([5, 3]), r"votes must be a mapping .*, got ndarray of shape \(2,\)"),
    (pd.Series([5, 3], index=["a", "a"]), "votes holds a name twice"),
]


@pytest.mark.parametrize(("votes", "said"), BAD_VOTES)
def test_votes_that_cannot_be_counted_say_why(votes: Any, said: str) -> None:
    with pytest.raises(ms.VotesError, match=said):
        ms.allocate(LAW, votes)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"against_all": -1}, "against_all must not be negative, got -1"),
        ({"against_all": 0.5}, "against_all must be a whole number"),
        ({"invalid": "seven"}, "invalid must be a whole number, got 'seven'"),
        ({"candidates": {"a": -1}}, "candidates of 'a' must not be negative, got -1"),
        ({"candidates": {"b": 3}}, "there is no party 'b'"),
        ({"candidates": 3}, r"candidates must be a mapping .*, got 3"),
    ],
)
def test_other_numbers_of_a_count_say_why(given: dict[str, Any], said: str) -> None:
    with pytest.raises(ms.VotesError, match=said):
        ms.allocate(LAW, {"a": 5, "c": 1}, **given)


@pytest.mark.parametrize("reserved", ["against_all", "invalid"])
def test_a_reserved_id_stands_in_the_mapping_or_is_given_by_name_not_both(reserved: str) -> None:
    by_name = ms.allocate(LAW, {"a": 5, "c": 1}, **{reserved: 4})
    assert ms.allocate(LAW, {"a": 5, reserved: 4, "c": 1}) == by_name
    with pytest.raises(ms.VotesError, match=f"{reserved} stands in the mapping and is given by name as well; write it once"):
        ms.allocate(LAW, {"a": 5, reserved: 4}, **{reserved: 4})


def test_reserved_ids_are_no_lists() -> None:
    allocation = ms.allocate(LAW, {"against_all": 900, "a": 60, "invalid": 50, "c": 40})
    assert list(allocation.seats) == ["a", "c"]
    assert (allocation.votes.against_all, allocation.votes.invalid, allocation.base) == (900, 50, 1000)


@pytest.mark.parametrize(
    "votes",
    [
        MappingProxyType({"a": 5, "b": 3}),
        pd.Series([5, 3], index=["a", "b"]),
        pd.Series([5.0, 3.0], index=["a", "b"]),
        {"a": np.int64(5), "b": np.uint8(3)},
        {"a": 5.0, "b": np.float64(3)},
        {"a": "5", "b": Decimal(3)},
        {"a": Fraction(5), "b": np.array(3)},
    ],
)
def test_any_mapping_of_whole_numbers_will_do(votes: Any) -> None:
    assert ms.allocate(LAW, votes) == ms.allocate(LAW, {"a": 5, "b": 3})


def test_numbers_of_a_narrow_type_are_added_up_whole() -> None:
    read = ms.ListVotes.read({"a": np.uint8(250), "b": np.uint8(250)}, against_all=np.uint8(250))
    assert (read.base(), {type(n) for n in read.counted.values()}) == (750, {int})
    assert ms.Region("x", "X", {"a": np.uint8(250)}, np.uint8(250)).valid == 500
    assert ms.District(1, [ms.Candidate(name, "p", np.uint8(250)) for name in "xy"]).valid == 500


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (({},), "votes must name at least one list, got none"),
        (({"a": 0},), "votes must hold at least one vote for a list, got zero for all"),
        (({"a": -1},), "votes of 'a' must not be negative, got -1; write 0 if there were no votes, or leave it out"),
        (({"a": 5, "against_all": 1}, 1), "against_all stands in the mapping and is given by name as well; write it once"),
        (({"a": 5}, -1), "against_all must not be negative, got -1"),
        (({"a": 5}, 0, "many"), "invalid must be a whole number, got 'many'"),
    ],
)
def test_list_votes_check_themselves(arguments: tuple[Any, ...], said: str) -> None:
    with pytest.raises(ms.VotesError, match=f"^{said}$"):
        ms.ListVotes(*arguments)


def test_every_refusal_is_a_value_error_of_the_package() -> None:
    for error in (ms.LawError, ms.VotesError, ms.PollError, ms.AllocationError, ms.SimulationError):
        assert issubclass(error, ms.MazhilisError)
    assert issubclass(ms.MazhilisError, ValueError)


# -- what percentages are taken of -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "base"), [("valid", 110), ("parties", 100), ("cast", 117)])
def test_bases(kind: str, base: int) -> None:
    assert ms.ListVotes.read({"a": 60, "b": 40}, 10, 7).base(kind) == base


def test_a_base_that_is_none() -> None:
    with pytest.raises(ms.VotesError, match="base must be one of valid, parties, cast, got 'casts'"):
        ms.ListVotes({"a": 60}).base("casts")


def test_all_ballots_cast_need_the_number_of_invalid_ones() -> None:
    with pytest.raises(ms.VotesError, match=r'the base "cast" needs the number of invalid ballots; give invalid=\.\.\.'):
        ms.allocate(LAW.replace(base="cast"), {"a": 60, "b": 40}, against_all=10)


# -- elections and districts -----------------------------------------------------------------------------------------


def candidates(*votes: int) -> tuple[ms.Candidate, ...]:
    return tuple(ms.Candidate(f"candidate {i}", "independents", n) for i, n in enumerate(votes))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"candidates": ()}, "district 4 must have at least one candidate, got none"),
        ({"candidates": candidates(0, 0)}, "district 4 must hold at least one vote, got none"),
        ({"candidates": candidates(5) * 2}, "district 4: each candidate must stand once, got candidate 'candidate 0' twice"),
        ({"candidates": candidates(5), "unnamed_candidates": 1.5}, "district 4: unnamed_candidates must be a whole number"),
        ({"candidates": candidates(5), "unnamed_votes": -3}, "district 4: unnamed_votes must not be negative, got -3"),
        ({"candidates": candidates(5), "against_all": -3}, "district 4: against_all must not be negative, got -3"),
        ({"candidates": candidates(5), "region": 7}, "district 4: region must be text, got 7"),
    ],
)
def test_a_district_that_cannot_be(arguments: dict[str, Any], said: str) -> None:
    with pytest.raises(ms.VotesError, match=said):
        ms.District(4, **arguments)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("x", "a", -1), "candidate 'x': votes must not be negative, got -1"),
        (("x", "a", 1.5), "candidate 'x': votes must be a whole number, got 1.5"),
        (("", "a", 1), "the name of a candidate must be a non-empty string, got ''"),
        (("x", None, 1), "candidate 'x': party must be a non-empty string, got None"),
        (("x", "assembly_of_people", 5), "candidate 'x': 'assembly_of_people' stands for appointed members and cannot"),
    ],
)
def test_a_candidate_that_cannot_be(arguments: tuple[Any, ...], said: str) -> None:
    with pytest.raises(ms.VotesError, match=f"^{said}"):
        ms.Candidate(*arguments)


def test_valid_votes_of_a_district_hold_the_unnamed_and_those_against_all() -> None:
    assert ms.District(1, candidates(5, 3), unnamed_votes=2, against_all=1).valid == 11


def test_districts_stand_once_and_there_is_one() -> None:
    district = ms.District(3, candidates(5))
    with pytest.raises(ms.VotesError, match="each district must stand once, got district 3 twice"):
        ms.DistrictVotes((district, district))
    with pytest.raises(ms.VotesError, match="districts must be at least one district, got none"):
        ms.DistrictVotes(())
    with pytest.raises(ms.VotesError, match=r'list share of \'a\' must lie in \[0, 1\], got 54; write 54 % as "54%"'):
        ms.DistrictVotes((district,), {"a": 54})


def test_parties_of_districts_stand_in_order_of_appearance_without_independents() -> None:
    first = ms.District(1, (ms.Candidate("x", "b", 3), ms.Candidate("y", "independents", 2)))
    second = ms.District(2, (ms.Candidate("z", "a", 3), ms.Candidate("w", "b", 2)))
    districts = ms.DistrictVotes((first, second))
    assert districts.parties == ("b", "a")
    assert (len(districts), districts[1], list(districts)) == (2, second, [first, second])


def test_an_election_takes_reserved_ids_out_of_its_list_votes() -> None:
    election = ms.Election(list_votes={"a": 5, "against_all": 2, "invalid": 1})
    assert (election.list_votes, election.against_all, election.invalid) == ({"a": 5}, 2, 1)
    assert election.votes == ms.ListVotes({"a": 5}, 2, 1)
    assert election.parties == ("a",)
    assert election.party_name("a") == "a"


def test_an_election_without_votes_is_refused() -> None:
    with pytest.raises(ms.VotesError, match="votes must hold at least one vote"):
        ms.Election(list_votes={"a": 0})


@pytest.mark.parametrize(
    "frozen",
    [
        ms.ListVotes({"a": 1}),
        ms.Candidate("x", "a", 1),
        ms.District(1, candidates(1)),
        ms.Election(list_votes={"a": 1}),
        ms.DistrictVotes((ms.District(1, candidates(1)),)),
        ms.Region("x", "X", {"a": 1}),
    ],
)
def test_votes_are_frozen(frozen: Any) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(frozen, dataclasses.fields(frozen)[0].name, None)


def test_candidates_and_districts_may_come_from_a_generator() -> None:
    district = ms.District(1, (c for c in candidates(5, 4)))
    assert len(district.candidates) == 2
    assert len(ms.DistrictVotes(d for d in [district]).districts) == 1
    with pytest.raises(ms.VotesError, match="districts must be a sequence of District, got District; write it in a list"):
        ms.DistrictVotes(district)
    with pytest.raises(ms.VotesError, match="district 1: candidates must be a sequence of Candidate, got str in it"):
        ms.District(1, "x")
