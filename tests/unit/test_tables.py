"""Text tables and numbers as they are shown: widths, cutting, layouts that fit, percentages from the exact number."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from mazhilis_sim.tables import GAP, LONGEST_NAME, SHORTEST_NAME, Column, Table, aligned, cut, fitting, percent, short_percent, width

LETTERS = st.sampled_from("aZ09 -–…қҚЫәЁ党派ㅎ한ｗ！e\u0301\u0308")
NAMES = st.text(LETTERS, min_size=1, max_size=30)


@given(NAMES)
def test_widths_are_those_of_a_terminal(text: str) -> None:
    assert width(text) == cell_len(text)


def test_an_accent_fills_no_cell_and_a_letter_of_east_asia_two() -> None:
    assert (width("e\u0301e\u0301"), width("党派"), width("ТҰЛҒА"), width("")) == (2, 4, 5, 0)


@given(NAMES, st.integers(1, 30))
def test_what_is_cut_fits_and_keeps_its_beginning(text: str, most: int) -> None:
    shown = cut(text, most)
    assert width(shown) <= most
    assert shown == text or (shown.endswith("…") and text.startswith(shown[:-1]))
    assert (shown == text) == (width(text) <= most)


@given(st.lists(st.tuples(NAMES, NAMES, NAMES), min_size=1, max_size=6))
def test_columns_stand_below_their_heads(rows: list[tuple[str, str, str]]) -> None:
    first, second, third = (list(cells) for cells in zip(*rows, strict=True))
    table = Table([Column("list", first, left=True), Column("votes", second), Column("x", third, left=True)])
    set_rows = list(table.rows())
    assert {tuple(map(width, cells)) for cells in set_rows} == {tuple(column.width for column in table.columns)}
    for (name, votes, note), cells in zip(rows, set_rows[1:], strict=True):
        assert cells[0].startswith(name)
        assert cells[1].endswith(votes)
        assert cells[2].startswith(note)
    assert max(map(width, table.lines())) <= table.width


@pytest.mark.parametrize("room", range(20, 60, 3))
def test_only_names_are_cut_for_a_narrow_screen(room: int) -> None:
    names = Column("", ["a name of the usual length and some more", "short"], left=True)
    table = Table([names, Column("votes", ["3,431,510", "5"])])
    heads, long, short = table.rows(room)
    assert (long[1], short[1]) == ("3,431,510", "        5")
    assert width(long[0]) == max(SHORTEST_NAME, min(names.width, room - GAP - 9))
    assert sum(map(width, heads)) + GAP <= room or width(long[0]) == SHORTEST_NAME
    assert table.fits(room) == (room >= LONGEST_NAME + GAP + 9)


def test_the_first_layout_that_fits_is_chosen_and_the_last_is_split_where_none_does() -> None:
    one, two = Column("a", ["1" * 10]), Column("b", ["2" * 10])
    whole, parts = [Table([one, two])], [Table([one]), Table([two])]
    assert fitting([whole, parts], 22) is whole
    assert fitting([whole, parts], 21) is parts
    assert fitting([whole, parts], 1) == parts
    three = Table([Column("", ["amanat"], left=True), one, two, one])
    assert [[len(column.cells[0]) for column in part.columns] for part in fitting([[three]], 30)] == [[6, 10, 10], [6, 10]]
    assert all(part.width <= 30 for part in fitting([[three]], 30))


def test_sentences_stand_behind_rows_and_are_broken_under_themselves() -> None:
    table = Table([Column("axiom", ["quota", "exact"], left=True), Column("verdict", ["broken", "proved"], left=True)])
    assert table.lines_with("why", ["one two three four", "five"], 26) == [
        "axiom  verdict  why",
        "quota  broken   one two\n                three four",
        "exact  proved   five",
    ]


def test_rows_of_other_lengths_are_an_error_and_no_table() -> None:
    with pytest.raises(ValueError, match="shorter"):
        aligned([("list", "votes"), ("a",)])


@given(st.fractions(0, 1), st.integers(0, 4))
def test_a_percentage_is_rounded_half_up_from_the_exact_number(share: Fraction, digits: int) -> None:
    shown = Fraction(percent(share, digits).removesuffix(" %"))
    assert -Fraction(1, 2) < (100 * share - shown) * 10**digits <= Fraction(1, 2) or shown - 100 * share == Fraction(1, 2 * 10**digits)
    assert abs(shown - 100 * share) * 10**digits <= Fraction(1, 2)


def test_half_a_step_goes_up_and_floats_are_what_they_are() -> None:
    assert (percent(Fraction(125, 100_000)), percent(0.0625), percent(0.5, 0), percent(0.0)) == ("0.1 %", "6.3 %", "50 %", "0.0 %")
    assert (percent(Fraction(15, 10_000)), percent(Fraction(5, 10_000))) == ("0.2 %", "0.1 %")
    assert (short_percent(Fraction(1, 20)), short_percent(0.9), short_percent(0.0005)) == ("5 %", "90 %", "0.05 %")


def test_tables_need_nothing_heavy() -> None:
    code = "import sys, mazhilis_sim.tables; print({'numpy', 'numba', 'rich', 'click'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"
