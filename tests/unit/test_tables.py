"""Text tables and numbers as they are shown: widths, cutting, layouts that fit, percentages from the exact number."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from mazhilis_sim.tables import GAP, Column, Table, aligned, broken, cut, fitting, percent, short_percent, width
from mazhilis_sim.tables.table import LONGEST_NAME, SHORTEST_NAME

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
    set_rows = [line for row in table.rows() for line in row]
    assert {tuple(map(width, cells)) for cells in set_rows} == {tuple(column.width for column in table.columns)}
    for (name, votes, note), cells in zip(rows, set_rows[1:], strict=True):
        assert cells[0].startswith(name)
        assert cells[1].endswith(votes)
        assert cells[2].startswith(note)
    assert max(map(width, table.lines())) <= table.width


@given(NAMES, st.integers(4, 30), st.integers(0, 5))
def test_what_is_broken_fits_and_nothing_of_it_is_lost(text: str, most: int, indent: int) -> None:
    lines = broken(text, most, min(indent, most // 2))
    assert max(map(width, lines)) <= most
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_a_text_is_broken_between_words_where_it_can_be() -> None:
    assert broken("two words", 9) == ["two words"]
    assert broken("two words", 8) == ["two", "words"]
    assert broken("  a  sentence with a word", 15, 4) == ["  a  sentence", "    with a word"]
    assert broken("unbreakable", 5) == ["unbre", "akabl", "e"]
    assert broken("", 5) == [""]
    assert broken("党派党派", 5) == ["党派", "党派"]


def test_a_long_head_is_broken_even_where_there_is_room() -> None:
    laws = Column("law", ["2026", "2023, 98 list seats"], left=True, longest=10)
    seats = Column("2026, threshold 7 %", ["107", "9"], longest=12)
    assert Table([laws, seats]).lines() == [
        "law                2026,",
        "             threshold 7",
        "                       %",
        "2026                 107",
        "2023, 98               9",
        "list seats",
    ]
    assert Table([laws, seats]).width == 24
    assert Table([Column("a", ["unbreakable"], left=True, longest=5)]).lines() == ["a", "unbre", "akabl", "e"]
    assert Table([Column("a", ["b"], left=True), Column("unbreakable", ["1234567890123"], longest=5)]).width == 16


@pytest.mark.parametrize("room", range(20, 60, 3))
def test_names_are_broken_into_lines_on_a_narrow_screen_and_numbers_stay_whole(room: int) -> None:
    names = Column("", ["a name of the usual length and some more", "short"], left=True)
    table = Table([names, Column("votes", ["3,431,510", "5"])])
    heads, long, short = table.rows(room)
    filled = max(SHORTEST_NAME, min(names.width, room - GAP - 9))
    assert (long[0][1], short[0][1]) == ("3,431,510", "        5")
    assert {width(cells[0]) for row in (heads, long, short) for cells in row} == {filled}
    assert " ".join(" ".join(cells[0] for cells in long).split()) == names.cells[0]
    assert {cells[1] for cells in long[1:]} <= {" " * 9}
    assert table.fits(room) == (room >= LONGEST_NAME + GAP + 9)


def test_heads_are_broken_before_names() -> None:
    table = Table([Column("list", ["a name of thirty letters, or so"], left=True), Column("of them at least", ["12"])])
    assert table.lines(room=50) == [f"{'list':31}  of them at least", f"{'a name of thirty letters, or so'}  {'12':>16}"]
    assert table.lines(room=42) == [f"{'list':31}    of them", f"{'':31}   at least", f"{'a name of thirty letters, or so'}  {'12':>9}"]
    assert all(width(line) <= 32 for line in table.lines(room=32))
    assert table.lines(room=32)[-2:] == ["a name of thirty letters,     12", "or so"]


@given(st.lists(st.tuples(NAMES, st.integers(0, 10**9)), min_size=1, max_size=6), st.integers(40, 120))
def test_whatever_the_names_nothing_is_cut_and_no_line_runs_over(rows: list[tuple[str, int]], room: int) -> None:
    names, numbers = zip(*rows, strict=True)
    votes, shares = ([format(number, style) for number in numbers] for style in (",", ".2e"))
    whole = Table([Column("list", names, left=True), Column("votes", votes), Column("share of all", shares)])
    lines = [line for table in fitting([[whole]], room) for line in table.lines(room=room)]
    assert max(map(width, lines)) <= room
    assert "…" not in "".join(lines).replace("…", "", "".join(names).count("…") * len(lines))


def test_keys_that_rows_share_are_folded_where_that_takes_fewer_lines() -> None:
    models = ["margin", "multinomial", "dirichlet"] * 2
    columns = [Column("election", ["2021"] * 3 + ["2023"] * 3, left=True), Column("model", models, left=True)]
    table = Table([*columns, *(Column(f"score_{n}", ["1.25"] * 6) for n in range(4))], keys=2)
    assert fitting([[table]], 80) == [table]
    parts = fitting([[table]], 36)
    assert [len(part.columns) for part in parts] == [3, 3]
    assert parts[0].columns[0].cells[:3] == ["2021", "  margin", "  multinomial"]
    assert all(width(line) <= 36 for part in parts for line in part.lines(room=36))


def test_the_layout_of_fewest_lines_is_chosen() -> None:
    long = Column("", ["a name of thirty letters, or so", "short"], left=True)
    wide, narrow = (Table([long, Column("picture", ["x" * filled] * 2)]) for filled in (24, 12))
    assert fitting([[wide], [narrow]], 60) == [wide]
    assert fitting([[wide], [narrow]], 46) == [narrow]
    assert fitting([[wide], [narrow]], 36) == [narrow]


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
        aligned([("list", "votes"), ("a",)]).lines()


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
