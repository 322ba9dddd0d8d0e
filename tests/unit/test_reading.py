"""The readers of values: each kind of number, share, date and name as anyone may write it, and whatever else comes refused in a line."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hostile import HOSTILE, judge
from hypothesis import example, given
from hypothesis import strategies as st

import mazhilis_sim as ms
from mazhilis_sim import reading
from mazhilis_sim.errors import Remedy, VotesError

Reader = Callable[[Any], Any]

READERS: dict[str, tuple[Reader, type | tuple[type, ...]]] = {
    "whole": (lambda value: reading.whole(value, "votes", VotesError), int),
    "whole in bounds": (lambda value: reading.whole(value, "seats", VotesError, least=1, most=9, of="seats"), int),
    "seed": (lambda value: reading.seed(value, VotesError), int),
    "exact": (lambda value: reading.exact(value, "threshold", VotesError), Fraction),
    "share": (lambda value: reading.share(value, "turnout", VotesError, ends="(]"), Fraction),
    "level": (lambda value: reading.level(value, VotesError), float),
    "probability": (lambda value: reading.probability(value, "q", VotesError), float),
    "real": (lambda value: reading.real(value, "sigma", VotesError, least=0), float),
    "real above": (lambda value: reading.real(value, "sigma", VotesError, above=0), float),
    "positive": (lambda value: reading.positive(value, "n_eff", VotesError, infinite=True), float),
    "date": (lambda value: reading.date(value, "date", VotesError), (datetime.date, type(None))),
    "text": (lambda value: reading.text(value, "note", VotesError), str),
    "name": (lambda value: reading.name(value, "party", VotesError), str),
    "choice": (lambda value: reading.choice(value, "tier", ("list", "total"), VotesError), str),
    "position": (lambda value: reading.position(value, ("a", "b"), "party", VotesError), int),
    "flag": (lambda value: reading.flag(value, "every", VotesError), bool),
    "mapping": (lambda value: reading.mapping(value, "votes", VotesError), dict),
    "counts": (lambda value: reading.counts(value, "votes", VotesError), dict),
    "items": (lambda value: reading.items(value, "levels", VotesError), tuple),
    "members": (lambda value: reading.members(value, str, "parties", VotesError), tuple),
    "instance": (lambda value: reading.instance(value, ms.ElectoralLaw, "law", VotesError), ms.ElectoralLaw),
    "function": (lambda value: reading.function(value, "rule", VotesError, of="(votes, seats)"), object),
}


@pytest.mark.parametrize("name", READERS)
def test_a_reader_raises_its_leaf_in_one_line_or_answers_whatever_comes(name: str) -> None:
    read, kind = READERS[name]
    assert "refused" in {judge(read, {"value": make()}, kind, 20.0) for make in HOSTILE.values()}


# -- whole numbers -----------------------------------------------------------------------------------------------------


@given(st.integers(-(10**30), 10**30))
def test_an_integer_of_any_kind_is_that_integer(number: int) -> None:
    assert reading.integer(number) == number
    for written in (str(number), f"{number:_}", f" {number} ", Fraction(number), Decimal(number)):
        assert reading.integer(written) == number
    if abs(number) < 2**53:
        assert reading.integer(float(number)) == reading.integer(np.float64(number)) == number
    if abs(number) < 2**63:
        assert reading.integer(np.int64(number)) == reading.integer(np.array(number)) == number


@given(st.integers(0, 10**6), st.sampled_from(["k", "K", "m", "M", "g", "B"]))
def test_a_unit_is_a_power_of_ten(number: int, unit: str) -> None:
    power = {"k": 3, "m": 6, "g": 9, "b": 9}[unit.lower()]
    assert reading.integer(f"{number}{unit}") == reading.integer(f"{number}e{power}") == number * 10**power


@given(st.floats() | st.fractions() | st.decimals(allow_nan=True, allow_infinity=True))
@example(0.1 + 0.2)
@example(2.0**53 + 2)
@example(float("nan"))
def test_what_is_not_whole_is_no_integer(number: Any) -> None:
    found = reading.integer(number)
    if found is not None:
        assert type(found) is int
        assert found == number
        assert not isinstance(number, float) or abs(number) <= 2**53


@pytest.mark.parametrize(
    "value",
    [
        True,
        False,
        np.True_,
        "1,000",
        "1,00,000",
        "1,000,0000",
        "1 000 000",
        "1 000",
        "٣",
        "",
        "1__0e",
        "0x10",
        "1e-3",
        "2.5",
        b"5",
        None,
        [5],
    ],
)
def test_what_only_looks_like_a_whole_number_is_none(value: Any) -> None:
    assert reading.integer(value) is None


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (1.5, "votes must be a whole number, got 1.5"),
        ("1,000", "votes must be a whole number, got '1,000'; write 1000, without separators"),
        (1e300, "votes must be a whole number, got 1e+300; write it as an int, since floats of this size do not tell neighbours apart"),
        (-1, "votes must not be negative, got -1"),
        ("9" * 2000, "write at most 1,000 digits"),
    ],
)
def test_a_refused_number_is_told_how_to_be_written(value: Any, said: str) -> None:
    with pytest.raises(VotesError) as raised:
        reading.whole(value, "votes", VotesError)
    assert said in str(raised.value)
    assert raised.value.field == "votes"


def test_bounds_are_named_and_belong_to_what_is_allowed() -> None:
    assert [reading.whole(n, "seats", VotesError, least=1, most=9) for n in (1, 9)] == [1, 9]
    for outside in (0, 10):
        with pytest.raises(VotesError, match="seats must be a whole number of seats between 1 and 9, got"):
            reading.whole(outside, "seats", VotesError, least=1, most=9, of="seats")


def test_a_seed_is_drawn_where_none_is_given_and_bounded_otherwise() -> None:
    assert len({reading.seed(None, VotesError) for _ in range(20)}) == 20
    assert reading.seed(2**64 - 1, VotesError) == 2**64 - 1
    assert reading.seed("2023", VotesError) == reading.seed(2023.0, VotesError) == 2023
    for outside in (-1, 2**64, 1.5, True):
        with pytest.raises(VotesError, match=r"seed must be a whole number in \[0, 2\*\*64\)"):
            reading.seed(outside, VotesError)


# -- shares, levels, real numbers ----------------------------------------------------------------------------------------


@given(st.fractions())
def test_a_fraction_comes_back_from_its_text(number: Fraction) -> None:
    assert reading.fraction(number) == number
    assert reading.fraction(str(number)) == number


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**9), max_value=10**9))
def test_a_decimal_is_exact_in_every_spelling(number: Decimal) -> None:
    exact = Fraction(number)
    assert reading.fraction(number) == reading.fraction(f"{number:f}") == reading.fraction(f" {number:f} ") == exact
    assert reading.fraction(f"{number:f}%") == reading.fraction(f"{number:f} %") == exact / 100


@given(st.floats(allow_nan=False, allow_infinity=False))
@example(0.07)
@example(5e-324)
def test_a_float_is_the_decimal_that_it_prints_as(number: float) -> None:
    found = reading.fraction(number)
    assert found == (Fraction(repr(number)) if "e" not in repr(number) or abs(int(repr(number).partition("e")[2])) < 1000 else None)
    assert reading.fraction(np.float64(number)) == found


def test_a_narrow_float_is_the_decimal_that_it_prints_as_too() -> None:
    assert reading.fraction(np.float32(0.1)) == Fraction(1, 10)


@pytest.mark.parametrize("value", ["7%", "7 %", "0.07", 0.07, Decimal("0.07"), Fraction(7, 100), "7/100", np.float64(0.07), "7e-2", ".07"])
def test_one_share_has_many_spellings(value: Any) -> None:
    assert reading.share(value, "threshold", VotesError) == Fraction(7, 100)
    assert reading.level(value, VotesError) == 0.07
    assert reading.probability(value, "q", VotesError) == 0.07
    assert reading.real(value, "sigma", VotesError) == 0.07


@pytest.mark.parametrize(("ends", "takes"), [("[]", (True, True)), ("[)", (True, False)), ("(]", (False, True)), ("()", (False, False))])
def test_the_ends_belong_to_a_share_where_it_says_so(ends: str, takes: tuple[bool, bool]) -> None:
    for end, taken in zip((0, 1), takes, strict=True):
        if taken:
            assert reading.share(end, "share", VotesError, ends=ends) == end
        else:
            with pytest.raises(VotesError) as raised:
                reading.share(end, "share", VotesError, ends=ends)
            assert f"share must lie in {ends[0]}0, 1{ends[1]}, got {end}" in str(raised.value)


def test_a_bare_number_of_percent_is_told_how_to_be_written_in_python_and_in_text() -> None:
    with pytest.raises(VotesError) as raised:
        reading.share(5, "threshold", VotesError, ends="[)")
    remedy = raised.value.remedy
    assert isinstance(remedy, Remedy)
    assert (remedy.python, remedy.text) == ('write 5 % as "5%" or Fraction(5, 100)', 'write 5 % as "5%"')
    with pytest.raises(VotesError, match="got '0,05'; write 0.05"):
        reading.share("0,05", "threshold", VotesError)


@pytest.mark.parametrize("value", [0, 1, -0.5, 1.5, "100%", "0%", None, "high", True, 1 - Fraction(1, 10**30)])
def test_a_level_lies_between_nothing_and_certainty(value: Any) -> None:
    with pytest.raises(VotesError, match=r'the level of an interval must lie in \(0, 1\), got .*; write 0.9 or "90%"'):
        reading.level(value, VotesError)


def test_real_numbers_have_bounds_and_are_finite() -> None:
    assert reading.real("1e300", "sigma", VotesError) == 1e300
    assert reading.positive(math.inf, "n_eff", VotesError, infinite=True) == math.inf
    for value, options, said in (
        (math.inf, {}, "must be a finite number, got inf"),
        ("1e999", {}, "must be a finite number, got '1e999'"),
        (-1, {"least": 0}, "must be a number of at least 0, got -1"),
        (0, {"above": 0}, "must be a number above 0, got 0"),
    ):
        with pytest.raises(VotesError, match=said):
            reading.real(value, "sigma", VotesError, **options)
    with pytest.raises(VotesError, match="n_eff must be a number above 0, got inf"):
        reading.positive(math.inf, "n_eff", VotesError)


# -- dates, names, collections ------------------------------------------------------------------------------------------


@given(st.dates())
def test_a_date_comes_back_from_its_text(day: datetime.date) -> None:
    for written in (day, day.isoformat(), f" {day} ", datetime.datetime.combine(day, datetime.time(12))):
        assert reading.date(written, "date", VotesError) == day


@pytest.mark.parametrize("value", ["19.03.2023", "2023-02-30", 2023, pd.NaT, True, ["2023-03-19"]])
def test_what_is_no_date_is_refused(value: Any) -> None:
    with pytest.raises(VotesError, match='date must be a date such as "2023-03-10", got'):
        reading.date(value, "date", VotesError)
    assert reading.date(None, "date", VotesError) is None
    assert reading.date(" ", "date", VotesError) is None


def test_a_mapping_keeps_its_order_and_may_be_a_column_of_a_frame() -> None:
    assert list(reading.mapping({"b": 1, "a": 2}, "votes", VotesError)) == ["b", "a"]
    assert reading.mapping(pd.Series({"b": 1, "a": 2}), "votes", VotesError) == {"b": 1, "a": 2}
    assert reading.counts({"a": "1_000", "b": 2.0, "c": np.int8(3)}, "votes", VotesError) == {"a": 1000, "b": 2, "c": 3}


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ([("a", 1)], r"votes must be a mapping such as \{.*\}, got \[\('a', 1\)\]"),
        ({"": 1}, "votes: an id must be a non-empty string, got ''"),
        ({1: 1}, "votes: an id must be a non-empty string, got 1"),
        (pd.Series([1, 2], index=["a", "a"]), "votes holds a name twice"),
        ({"a": -1}, "votes of 'a' must not be negative, got -1"),
        ({"a": None}, "votes of 'a' must be a whole number, got None"),
    ],
)
def test_what_is_no_mapping_of_votes_says_why(value: Any, said: str) -> None:
    with pytest.raises(VotesError, match=said):
        reading.counts(value, "votes", VotesError)


def test_a_collection_may_be_a_generator_and_no_text() -> None:
    assert reading.items((n for n in (1, 2)), "levels", VotesError) == (1, 2)
    assert reading.items(np.array([1, 2]), "levels", VotesError) == (1, 2)
    for value in ("ab", b"ab", {"a": 1}, 5, None):
        with pytest.raises(VotesError, match="levels must be a sequence such as"):
            reading.items(value, "levels", VotesError, like="[0.5, 0.9]")
    with pytest.raises(VotesError, match="levels must hold at most 1,000,000 items, got generator"):
        reading.items(HOSTILE["endless"](), "levels", VotesError)


def test_members_are_of_one_kind() -> None:
    assert reading.members(["a", "b"], str, "parties", VotesError) == ("a", "b")
    for value, said in (("ab", "got str; write it in a list"), (["a", 1], "got int in it"), (5, "got int")):
        with pytest.raises(VotesError, match=f"parties must be a sequence of str, {said}"):
            reading.members(value, str, "parties", VotesError)
    with pytest.raises(VotesError, match="each party must stand once, got party 'a' twice"):
        reading.once(["a", "b", "a"], "party", VotesError)


def test_choices_and_names_are_held_against_what_is_known() -> None:
    assert reading.choice("list", "tier", ("list", "total"), VotesError) == "list"
    assert reading.position("b", ("a", "b"), "party", VotesError) == 1
    with pytest.raises(VotesError, match="tier must be one of list, total, got 'totl'; did you mean 'total'"):
        reading.choice("totl", "tier", ("list", "total"), VotesError)
    with pytest.raises(VotesError, match="there is no party 'amanta'; did you mean 'amanat'"):
        reading.position("amanta", ("amanat",), "party", VotesError)


def test_flags_functions_and_instances_are_what_they_are() -> None:
    assert [reading.flag(value, "every", VotesError) for value in (True, False, np.True_, np.array(False))] == [True, False, True, False]
    assert reading.function(len, "rule", VotesError) is len
    assert reading.function(int, "rule", VotesError, classes=True) is int
    for value, read, said in (
        (1, lambda value: reading.flag(value, "every", VotesError), "every must be True or False, got 1"),
        (
            int,
            lambda value: reading.function(value, "rule", VotesError, of="a trial"),
            "rule must be a function of a trial, got <class 'int'>",
        ),
        (
            5,
            lambda value: reading.instance(value, ms.ElectoralLaw, "law", VotesError, remedy="write x"),
            "law must be an ElectoralLaw, got 5; write x",
        ),
    ):
        with pytest.raises(VotesError, match=said):
            read(value)
    assert reading.maybe(reading.whole, None, "votes", VotesError) is None
    assert reading.maybe(reading.whole, "7", "votes", VotesError) == 7


# -- the tests can fail --------------------------------------------------------------------------------------------------


def by_int(value: Any) -> int | None:
    """Read as ``int()`` does: it cuts floats and takes bools."""
    try:
        return int(value)
    except (TypeError, ValueError):
        return None


def by_float(value: Any) -> Fraction | None:
    """Read as a binary float, which is no decimal."""
    return Fraction(float(value))


@pytest.mark.parametrize("value", [True, 1.5])
def test_a_planted_reader_that_cuts_and_casts_is_not_the_reader(value: Any) -> None:
    assert by_int(value) != reading.integer(value)


def test_planted_readers_fail_the_properties(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "integer", by_int)
    with pytest.raises((AssertionError, ExceptionGroup)):
        test_what_is_not_whole_is_no_integer()
    monkeypatch.setattr(reading, "fraction", by_float)
    for property_of_fractions in (test_a_fraction_comes_back_from_its_text, test_a_float_is_the_decimal_that_it_prints_as):
        with pytest.raises((AssertionError, ValueError, ExceptionGroup)):
            property_of_fractions()


# -- numbers that would take for ever ----------------------------------------------------------------------------------

ENDLESS = {
    "a small power": "1e-9999999",
    "a large power": "1e9999999",
    "a decimal of a small power": Decimal("1e-9999999"),
    "a decimal of many digits": Decimal("0." + "1" * 10**6),
    "a fraction of many digits": Fraction(1, 3**10**6),
    "two long parts": Fraction(10**10**5 // 3, 10**10**5 + 1),
    "many digits": "0." + "1" * 10**6,
    "a long whole number": 7**10**6,
    "a decimal that is none": Decimal("sNaN"),
    "other digits": "0.٠٥",
    "wide digits": "５%",
    "grouped digits": "1_0/100",
    "grouped percents": "1_0%",
    "a division by nothing": "1/0",
}
"""Python computes most of these for minutes, or for ever; or takes them for numbers that nobody meant."""


@pytest.mark.parametrize("value", ENDLESS.values(), ids=ENDLESS)
def test_a_number_is_bounded_before_it_is_computed(value: Any) -> None:
    assert reading.fraction(value) is None or type(value) is int
    for read in (
        lambda: ms.law("2023", threshold=value),
        lambda: ms.law("2023", category_share=value),
        lambda: ms.Fallback(weight=value),
        lambda: ms.Poll({"a": value, "b": 0.4}, sample_size=900),
        lambda: ms.Poll({"a": 0.6, "b": 0.4}, sample_size=900, undecided=value),
        lambda: ms.Poll({"a": 0.6, "b": 0.4}, sample_size=900, design_effect=value),
        lambda: ms.models.Total(sigma=value),
        lambda: ms.law("2023", list_seats=value),
    ):
        with pytest.raises(ms.MazhilisError) as caught:
            read()
        assert len(str(caught.value)) < 250


def test_what_is_long_and_short_enough_is_read() -> None:
    assert reading.fraction("0." + "1" * 900) == Fraction(int("1" * 900), 10**900)
    assert reading.fraction(Decimal("0.07")) == Fraction(7, 100)
    assert reading.fraction(Fraction(1, 3**1000)) == Fraction(1, 3**1000)
