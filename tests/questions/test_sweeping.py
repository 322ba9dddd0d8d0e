"""Sweeps: what they say at a value is what the count says there, and seats change at their points alone."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mazhilis_sim as ms
from mazhilis_sim.legislation.methods import METHODS
from mazhilis_sim.questions.sweeping.sweepable import SWEPT
from random_elections import laws

ENDS = {
    "threshold": (Fraction(0), Fraction(99, 100)),
    "fallback_weight": (Fraction(0), Fraction(1)),
    "list_share": (Fraction(1), Fraction(1)),
}


def counted(law: ms.ElectoralLaw, votes: dict[str, int]) -> dict[str, int]:
    """Count by the oracle; nothing where no allocation is defined."""
    try:
        return ms.exact.allocate(law, votes, seed=1).seats
    except ms.AllocationError:
        return {}


def put(law: ms.ElectoralLaw, what: str, value: Fraction) -> ms.ElectoralLaw:
    """Set one number of a law."""
    if what == "threshold":
        return law.replace(threshold=value)
    if what == "fallback_weight":
        return law.replace(fallback=ms.Fallback(value, law.fallback.floor))
    by_lists = int(value * (law.list_seats + law.district_seats))
    return law.replace(list_seats=by_lists, district_seats=law.list_seats + law.district_seats - by_lists)


@st.composite
def questions(draw: st.DrawFn) -> tuple[ms.ElectoralLaw, dict[str, int]]:
    """Draw a law with a two-party rule, and few votes."""
    law = draw(laws(options=("error", "top_two", "all"))).replace(
        method=draw(st.sampled_from([*METHODS])), ties=draw(st.sampled_from(["order", "order", "lots", "error"])), base="valid"
    )
    numbers = draw(st.lists(st.integers(0, draw(st.sampled_from([5, 60]))), min_size=1, max_size=5).filter(any))
    return law.replace(list_seats=draw(st.integers(1, 15)), fallback=law.fallback or ms.Fallback()), dict(
        zip("abcde", numbers, strict=False)
    )


@settings(max_examples=100)
@given(
    questions(),
    st.sampled_from(["threshold", "fallback_weight", "list_share"]),
    st.lists(st.fractions(0, 1, max_denominator=300), max_size=12),
)
def test_a_piece_says_what_the_count_says_everywhere_in_it(asked: Any, what: str, values: list[Fraction]) -> None:
    law, votes = asked
    seats = law.list_seats + law.district_seats
    low, high = (Fraction(1, seats), Fraction(1)) if what == "list_share" else ENDS[what]
    swept = ms.sweep(law, votes, what, between=(low, high), seed=1)
    points = [point.at for point in swept.breakpoints]
    near = [point + step for point in points for step in (Fraction(-1, 10**9), 0, Fraction(1, 10**9))]
    for value in (value for value in (*values, *near, low, high) if low <= value <= high):
        assert swept[value] == counted(put(law, what, value), votes), value


@settings(max_examples=100)
@given(questions(), st.lists(st.integers(1, 40), min_size=1, max_size=8))
def test_chambers_of_every_size_are_those_of_the_count(asked: Any, sizes: list[int]) -> None:
    law, votes = asked
    swept = ms.sweep(law, votes, "list_seats", sizes, seed=1)
    for size, found in swept.at.items():
        assert found.seats == counted(law.replace(list_seats=int(size)), votes)


def test_the_two_sides_of_a_point_are_the_laws() -> None:
    """A list with exactly the threshold is admitted, so that the point belongs to what is below it."""
    swept = ms.sweep("2023", ms.load_election(2023), "threshold", between=("5%", "6%"))
    (point,) = swept.breakpoints
    assert (point.at, point.included) == (Fraction(331_058, 6_366_441), "below")
    assert (swept[point.at]["jsdp"], swept["5.21%"]["jsdp"]) == (4, 0)


def test_the_alabama_paradox_of_2021_is_named() -> None:
    swept = ms.sweep("2021", ms.load_election(2021), "list_seats", range(240, 250))
    assert swept.paradoxes == ((247, "qhp"),)
    assert "Alabama paradox): People's Party at 247." in str(swept)


def test_a_piece_without_an_allocation_is_named() -> None:
    swept = ms.sweep("2023", ms.load_election(2023), "threshold")
    assert swept.pieces[-1].seats == {}
    assert "no list reaches a threshold above 53.900 % of the base" in swept.pieces[-1].reason
    assert swept.rows()[-1]["amanat"] is None


def test_a_value_that_was_only_tried_is_never_said() -> None:
    """53.9 % is Amanat's share, an end of the piece; 76.95 % lies half way from there to 100 %, and nobody asked about it."""
    swept = ms.sweep("2023", ms.load_election(2023), "threshold")
    assert "53.900 %" in str(swept)
    assert "76.9" not in str(swept)
    asked = ms.sweep("2023", ms.load_election(2023), "threshold", ["60%", "70%"])
    assert asked.notes() == swept.notes()
    with ms.speaking("ru"):
        (said,) = ms.sweep("2023", ms.load_election(2023), "threshold").notes()
    assert said.startswith("?: ни один список не достигает порога выше 53,900 %")


OWN = {"threshold": "7/100", "list_seats": "98", "fallback_weight": "7/10", "fallback_floor": "2", "list_share": "1"}
"""What law 2021 has itself of each number that can be swept."""


@pytest.mark.parametrize("what", SWEPT)
def test_every_number_that_can_be_swept_is_saved_with_the_laws_own(what: str) -> None:
    swept = ms.sweep("2021", ms.load_election(2021), what)
    assert swept.to_dict()["asked"]["own"] == OWN[what]
    assert swept["2" if what in ("list_seats", "fallback_floor") else "7%"]


def test_chambers_of_another_size_are_spoken_of_only_where_the_size_moves() -> None:
    """Of 700 votes the second list has 180, and 0.7 of its 37.3 seats of 145 are 26.1: a floor of 27 is the first that it feels."""
    swept = ms.sweep(ms.law("2026", threshold="40%"), {"a": 520, "b": 30, "c": 180}, "fallback_floor", between=(25, 28))
    assert [(int(point.at), point.after) for point in swept.breakpoints] == [(27, {"a": 118, "c": 27}), (28, {"a": 117, "c": 28})]
    said = swept.plot().get_label()
    assert said.startswith("Seats change at 2 points; nearest to the law's 2 is 27")
    assert "than with one less" not in said
    same = ms.sweep("2023", ms.load_election(2023), "fallback_floor").plot().get_label()
    assert same.startswith("The seats stay the same whatever the floor of the second list.")


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "what": ({"what": "treshold"}, "did you mean 'threshold'?"),
    "value": ({"values": ["7"]}, 'write 7 % as "7%"'),
    "no value": ({"values": []}, "values must be at least one, got none"),
    "ends": ({"between": ("9%", "5%")}, "between must begin with the lower end"),
    "three ends": ({"between": ("1%", "2%", "3%")}, "between must hold two ends"),
    "law": ({"law": "2022"}, "there is no law '2022'"),
    "no rule": ({"law": "2007", "what": "fallback_weight"}, "law 2007 has no two-party rule"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_cannot_be_swept_is_said_in_one_line(wrong: str) -> None:
    changes, said = WRONG[wrong]
    with pytest.raises(ms.LawError) as caught:
        ms.sweep(**{"law": "2023", "election": ms.load_election(2023), "what": "threshold", **changes})
    assert said in str(caught.value)
