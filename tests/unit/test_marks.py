"""Numbers, dates, heads and dialects as they are written: what is certain is read, what is not is told apart."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mazhilis_sim.errors import FileError
from mazhilis_sim.files.dialect import Dialect, separator_name
from mazhilis_sim.files.layout.ambiguity import AmbiguousError
from mazhilis_sim.files.layout.dates import Dates
from mazhilis_sim.files.layout.headers import folded, known_heads, read_head
from mazhilis_sim.files.layout.numbers import BLANKS, Marks
from mazhilis_sim.files.sources.grid import Exact

NOTHING = Marks.of([], [], Dialect())

# -- numbers -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("1234", "1234"),
        ("1 234 567", "1234567"),
        ("12\u00a0345", "12345"),
        ("1'234'567", "1234567"),
        ("1’234", "1234"),
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        ("1,234.5", "1234.5"),
        ("1.234.567,89", "1234567.89"),
        ("1 234,5", "1234.5"),
        ("12 345,678", "12345.678"),
        ("48,5%", "48.5%"),
        ("48,5 %", "48.5%"),
        ("48,5\u202f%", "48.5%"),
        ("0,485", "0.485"),
        ("1234,567", "1234.567"),
        ("-5,25", "-5.25"),
        ("−5,25", "-5.25"),
    ],
)
def test_what_is_certain_by_itself(text: str, plain: str) -> None:
    assert NOTHING.plain(text) == plain


@pytest.mark.parametrize(
    "text", ["12 34", "1 2345", "1,23,456", "1,234,56", "1.2.3", "0,123,456", ",5,", "1 234'567", "12a", "", "—", "01.08.2026"]
)
def test_what_is_no_number_stays_as_it_is(text: str) -> None:
    assert NOTHING.plain(text) == text


@pytest.mark.parametrize(("text", "mark"), [("1,234", "comma"), ("123.456", "point"), ("-1,234", "comma"), ("9,000%", "comma")])
def test_what_can_be_read_in_two_ways(text: str, mark: str) -> None:
    with pytest.raises(AmbiguousError) as error:
        NOTHING.plain(text)
    assert set(error.value.readings) == {f"thousands {mark}", f"decimal {mark}"}
    assert NOTHING.plain(text, share=True) == text.replace(",", ".")


@pytest.mark.parametrize(
    ("beside", "read"),
    [("1,234,567", "1234"), ("48.5", "1234"), ("1.234.567", "1.234"), ("48,5", "1.234"), ("1 234 567", "1.234"), ("7'654", "1.234")],
)
def test_one_number_tells_for_the_table(beside: str, read: str) -> None:
    assert Marks.of([beside, "1,234"], [], Dialect()).plain("1,234") == read


def test_numbers_that_tell_different_things_leave_it_in_doubt() -> None:
    with pytest.raises(AmbiguousError):
        Marks.of(["48,5", "1,234,567"], [], Dialect()).plain("1,234")


def test_what_was_a_number_is_in_no_doubt() -> None:
    assert NOTHING.plain(Exact("1.234")) == "1.234"
    with pytest.raises(AmbiguousError):
        Marks.of([Exact("48.5")], [], Dialect()).plain("1,234")


@given(st.integers(0, 10**15), st.sampled_from([*BLANKS, "'", "’", ",", "."]), st.integers(0, 99), st.sampled_from(".,"))
def test_every_grouped_number_with_decimals_is_read_back(whole: int, mark: str, cents: int, decimal: str) -> None:
    if mark == decimal:
        return
    text = f"{whole:,}".replace(",", mark) + f"{decimal}{cents:02}"
    assert Fraction(NOTHING.plain(text)) == whole + Fraction(cents, 100)


# -- dates -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "2026-08-01",
        "2026-8-1",
        "2026.08.01",
        "2026/08/01",
        "2026-08-01 00:00:00",
        "2026-08-01T12:30",
        "01.08.2026",
        "1.8.2026",
        "01.08.2026 г.",
    ],
)
def test_dates_that_read_in_one_way(text: str) -> None:
    assert Dates().iso(text) == "2026-08-01"


def test_a_day_above_12_tells_for_the_table() -> None:
    assert Dates.of(["31/07/2026"], Dialect()).iso("01/08/2026") == "2026-08-01"
    assert Dates.of(["7/31/2026"], Dialect()).iso("8/1/2026") == "2026-08-01"
    assert Dates.of(["31/07/2026", "07/31/2026"], Dialect()).order == ""
    assert Dates().iso("31-07-2026") == "2026-07-31"
    assert Dates().iso("05/05/2026") == "2026-05-05"


def test_a_date_in_doubt_has_two_readings() -> None:
    with pytest.raises(AmbiguousError) as error:
        Dates().iso("01/08/2026")
    assert error.value.readings == {"day first": "2026-08-01", "month first": "2026-01-08"}
    assert Dates.of([], Dialect.read("month first")).iso("01/08/2026") == "2026-01-08"


@pytest.mark.parametrize(
    "text",
    [
        *(
            "1 August 2026",
            "1 Aug. 2026",
            "August 1, 2026",
            "1 августа 2026 г.",
            "1 августа 2026 года",
            "2026 жылғы 1 тамыз",
            "1 тамыз 2026 ж.",
        ),
        *(
            "28 July - 1 August 2026",
            "28–1 августа 2026",
            "July 28 – August 1, 2026",
            "28.07-01.08.2026",
            "28.07.2026 – 01.08.2026",
            "28.07.2026-1.8.2026",
        ),
        *("2026-07-28 – 2026-08-01", "2026-07-28 - 2026-08-01", "28 июля 2026 — 1 августа 2026", "2026 жылғы 28-1 тамыз"),
    ],
)
def test_dates_in_words_and_the_last_of_several_days(text: str) -> None:
    assert Dates().iso(text) == "2026-08-01"
    assert Dates().is_date(text)


@pytest.mark.parametrize("text", ["01.08.26", "August 2026", "2026", "1 Augusta 2026", "2026-08"])
def test_what_is_no_date_stays_as_it_is(text: str) -> None:
    assert Dates().iso(text) == text


# -- heads -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "column", "per_cent"),
    [
        ("Sample-Size", "sample_size", False),
        ("sample_size", "sample_size", False),
        (" «Число\nголосов» ", "votes", False),
        ("Голоса, %", "share", True),
        ("Голоса (чел.)", "votes", False),
        ("Доля в %", "share", True),
        ("%", "share", True),
        ("Үлесі, пайыз", "share", True),
        ("Объем выборки*", "sample_size", False),
        ("Объём выборки", "sample_size", False),
        ("Amanat, %", "", True),
        ("Amanat", "", False),
        ("№", "ignored", False),
        ("", "", False),
    ],
)
def test_heads_in_three_languages(text: str, column: str, per_cent: bool) -> None:
    head = read_head(text)
    assert (head.column, head.per_cent) == (column, per_cent)


def test_a_party_above_a_column_loses_its_unit() -> None:
    assert read_head("Amanat, %").name == "Amanat"


def test_no_word_means_two_columns() -> None:
    assert len(known_heads()) > 300
    assert all(folded(word) == word for word in known_heads())


# -- dialects ----------------------------------------------------------------------------------------------------------


def test_words_of_a_dialect_in_any_order() -> None:
    one = Dialect.read("semicolon, cp1251, decimal comma, thousands blank, day first, per cent, sheet 'My sheet'")
    assert one == Dialect.read(" PER CENT,sheet My sheet , Day First,thousands  blank,decimal comma,windows-1251,Semicolon")
    assert (one.separator, one.encoding, one.decimal, one.thousands, one.order) == (";", "cp1251", ",", " ", "day first")
    assert (one.sheet, one.per_cent, separator_name(one.separator)) == ("My sheet", True, "semicolon")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("semicolons", "did you mean 'semicolon'?"),
        ("decimal blank", "must be known, got 'decimal blank'"),
        ("comma, semicolon", "say once what separator is"),
        ("cp1251, koi8-r", "say once what encoding is"),
        ("rot13", "must be known, got 'rot13'"),
        ("hex", "must be known, got 'hex'"),
        ("idna\x00", "must be known"),
        (3, "must be words such as"),
    ],
)
def test_words_that_are_none(words: object, says: str) -> None:
    with pytest.raises(FileError, match="dialect") as error:
        Dialect.read(words)
    assert says in str(error.value)


def test_a_sheet_by_name_and_in_the_dialect_is_one() -> None:
    assert Dialect.read("sheet a").with_sheet("a").sheet == "a"
    with pytest.raises(FileError, match="sheet must be the one of the dialect, 'a'"):
        Dialect.read("sheet a").with_sheet("b")
