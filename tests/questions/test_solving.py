"""The least change: every smaller one is tried, and none does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mazhilis_sim as ms
from mazhilis_sim.legislation.methods import METHODS
from mazhilis_sim.questions.solutions.ways import WAYS
from random_elections import laws

LOTS = 7
Until = Callable[[Mapping[str, int]], bool]


def tried(election: ms.Election, law: ms.ElectoralLaw, what: str, until: Until, most: int = 300, **named: Any) -> int | None:
    """Try every change in its order, the one upward first."""
    way = WAYS[what](election, law, **{"region": None, "party": None, "to": None, **named})
    for size in range(min(most, max(way.high, -way.low)) + 1):
        for moved in dict.fromkeys((size, -size)):
            if way.low <= moved <= way.high:
                try:
                    seats = ms.allocate(law, way.at(moved).votes, seed=LOTS).seats
                except (ms.AllocationError, ms.VotesError):
                    continue
                if until(seats):
                    return moved
    return None


@st.composite
def elections(draw: st.DrawFn) -> tuple[ms.Election, ms.ElectoralLaw]:
    """Draw an election of two small regions, and a law."""
    lists = "abcd"[: draw(st.integers(2, 4))]
    regions = []
    for name in ("north", "south"):
        votes = {party: draw(st.integers(1, 25)) for party in lists}
        valid = sum(votes.values()) + 3
        regions.append(ms.Region(name, name, votes, against_all=2, invalid=1, registered=valid + draw(st.integers(0, 60)), ballots=valid))
    law = draw(laws(options=("error", "top_two", "all"))).replace(
        method=draw(st.sampled_from([*METHODS])),
        ties=draw(st.sampled_from(["order", "lots", "error"])),
        district_seats=0,
        appointed_seats=0,
    )
    return ms.Election.from_regions(regions), law.replace(list_seats=min(law.list_seats, draw(st.integers(1, 15))))


@settings(max_examples=120)
@given(elections(), st.sampled_from([*WAYS]), st.integers(0, 9), st.sampled_from(["more", "fewer"]))
def test_the_least_change_is_found_and_no_smaller_one_does(found: Any, what: str, seats: int, kind: str) -> None:
    election, law = found
    until: Until = (lambda won: won["a"] > seats) if kind == "more" else (lambda won: won["b"] < seats)
    named = {"turnout": {"region": "north"}, "transfer": {"party": "b", "to": "a"}}.get(what, {"party": "a"})
    solved = ms.solve_for(election, law, what, until=until, seed=LOTS, **named)
    least = tried(election, law, what, until, **named)
    if solved is None or abs(solved.change) > 300:
        assert least is None
    else:
        assert solved.change == least
        assert until(solved.seats)


SEATS = st.integers(0, 30)


@settings(max_examples=60)
@given(
    st.lists(st.integers(1, 400), min_size=2, max_size=4), st.sampled_from(["2012", "2026"]), st.sampled_from([*METHODS]), SEATS, st.data()
)
def test_the_least_change_that_moves_many_seats_is_found(votes: list[int], year: str, method: str, seats: int, data: st.DataObject) -> None:
    """Few votes for many seats: between two points of the search several seats may go from one list to another."""
    election = ms.Election(list_votes=dict(zip("abcd", votes, strict=False)))
    law = ms.law(year, method=method, list_seats=data.draw(st.integers(10, 40)), district_seats=0, appointed_seats=0)
    what = data.draw(st.sampled_from(["votes", "transfer"]))
    named = {"party": "b", "to": "a"} if what == "transfer" else {"party": "a"}
    conditions: dict[str, Until] = {
        "=": lambda won: won["a"] == seats,
        ">": lambda won: won["a"] > seats,
        "<": lambda won: won["b"] < seats,
    }
    until = conditions[data.draw(st.sampled_from([*conditions]))]
    solved = ms.solve_for(election, law, what, until=until, seed=LOTS, **named)
    least = tried(election, law, what, until, 2_000, **named)
    assert (solved and solved.change) == least or (least is None and solved is not None and abs(solved.change) > 2_000)


@pytest.mark.parametrize(("seats", "change"), [(40, 590_846), (49, 1_030_707)])
def test_lists_that_win_many_seats_need_the_fewest_votes(seats: int, change: int) -> None:
    votes, law = {"amanat": 3_431_510, "auyl": 693_938, "baytaq": 146_431}, ms.law("2026")
    found = ms.solve_for(ms.Election(list_votes=votes), law, "votes", party="auyl", until=lambda won: won["auyl"] >= seats)
    assert found is not None
    assert found.change == change
    for more, won in ((change, seats), (change - 1, seats - 1)):
        assert ms.allocate(law, {**votes, "auyl": votes["auyl"] + more}).seats["auyl"] == won


def test_what_nothing_brings_about_is_none() -> None:
    election, law = ms.load_election(2023), ms.law("2023")
    assert ms.solve_for(election, law, "turnout", region="almaty_city", until=lambda seats: seats["baytaq"] > 0) is None


def test_the_swing_that_costs_the_majority_is_that_of_the_election() -> None:
    election, law = ms.load_election(2023), ms.law("2023")
    found = ms.solve_for(election, law, "swing", party="amanat", until=lambda seats: seats["amanat"] < law.majority)
    assert found is not None
    assert ms.elect(law, election.with_swing({"amanat": found.value})).seats["amanat"] == 49
    one_less = found.value + (1 if found.change < 0 else -1) * abs(found.value / found.change)
    assert ms.elect(law, election.with_swing({"amanat": one_less})).seats["amanat"] == 50


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "what": ({"what": "weather"}, "what must be one of turnout, swing, votes, transfer"),
    "region": ({"region": "almaty"}, "did you mean 'almaty_city'?"),
    "no region": ({"region": None}, "region must be given"),
    "party": ({"until": lambda seats: seats["baitak"] > 0 or seats["beytag"] > 0}, "there is no party 'beytag'; did you mean 'baytaq'?"),
    "until": ({"until": "baytaq"}, "until must be a function of seats"),
    "a condition that fails": ({"until": lambda _: 1 / 0}, "until raised ZeroDivisionError"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_cannot_be_asked_is_said_in_one_line(wrong: str) -> None:
    changes, said = WRONG[wrong]
    good = {"what": "turnout", "region": "almaty_city", "until": lambda seats: seats["baytaq"] > 0}
    with pytest.raises(ms.VotesError) as caught:
        ms.solve_for(ms.load_election(2023), ms.law("2023"), **{**good, **changes})
    assert said in str(caught.value)
