"""Spreadsheets and data frames: what is merged, hidden, formatted or computed in them, and which of several sheets is read."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from many_dialects import LANGUAGES, LAYOUTS, VOTES
from mazhilis_sim.errors import DataWarning, FileError, MazhilisError, MissingExtraError
from mazhilis_sim.files import read_districts, read_polls, read_votes
from mazhilis_sim.names.entries import LOST_LETTERS

pytestmark = pytest.mark.filterwarnings("ignore::mazhilis_sim.DataWarning")
FRAME = pd.DataFrame({"party": ["amanat", "auyl"], "votes": [70, 30]})


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where a workbook is to be written, in the working folder."""
    monkeypatch.chdir(tmp_path)
    return Path("book.xlsx")


def counted(read: Any) -> dict[str, int]:
    """Return the votes of lists and against all."""
    return {**read.votes, "against_all": read.against_all}


@pytest.mark.parametrize(("ending", "engine"), [("xlsx", "openpyxl"), ("ods", "odf")])
def test_every_layout_in_every_language_is_read_from_spreadsheets(tmp_path: Path, ending: str, engine: Any) -> None:
    path, wrong = tmp_path / f"votes.{ending}", []
    for layout, language in ((layout, language) for layout in LAYOUTS for language in LANGUAGES):
        cells = LAYOUTS[layout](LANGUAGES[language], VOTES, " ")
        pd.DataFrame(cells).to_excel(path, header=False, index=False, engine=engine)
        if counted(read_votes(path)) != VOTES:
            wrong.append((layout, language))
    assert wrong == []


def sheet_of_a_commission(path: Path) -> None:
    """Write a sheet as commissions do: a merged title, a head of two rows, cells in per cent, a sum, a note; polls beside it."""
    workbook = openpyxl.Workbook()
    votes = workbook.active
    votes.title = "Результаты"
    votes.append(["Итоги выборов 19 марта 2023 года"])
    votes.append([])
    votes.append(["№", "Партия", "Голоса"])
    votes.append([None, None, "число", "%"])
    for row in ((1, "Аманат", 3431510, 0.785), (2, "Ауыл", "693 938", 0.159), (3, "Против всех", 248291, 0.057)):
        votes.append(row)
        votes.cell(votes.max_row, 4).number_format = "0.0%"
    votes.append([None, "Итого", 4373739])
    votes.append([])
    votes.append(["Источник: ЦИК"])
    for merged in ("A1:D1", "A3:A4", "B3:B4", "C3:D3"):
        votes.merge_cells(merged)
    polls = workbook.create_sheet("Опросы")
    polls.append(["Институт", "Дата", "Выборка", "Партия", "Доля, %"])
    for party, share in (("Аманат", 0.541), ("Ауыл", 0.245), ("Затрудняюсь ответить", 0.214)):
        polls.append(["X", datetime.date(2026, 8, 1), 1200, party, share])
        polls.cell(polls.max_row, 5).number_format = "0.0%"
    for merged in ("A2:A4", "B2:B4", "C2:C4"):
        polls.merge_cells(merged)
    hidden = workbook.create_sheet("старое")
    hidden.append(["party", "votes"])
    hidden.append(["a", 1])
    hidden.sheet_state = "hidden"
    workbook.save(path)


def test_a_sheet_of_a_commission_is_found_and_read(book: Path) -> None:
    sheet_of_a_commission(book)
    votes = read_votes(book)
    assert counted(votes) == {"amanat": 3431510, "auyl": 693938, "against_all": 248291}
    assert votes.read_as == "sheet Результаты, thousands blank; rows 1, 10 left out"
    (poll,) = read_polls(book)
    assert (poll.pollster, poll.date, poll.sample_size) == ("X", datetime.date(2026, 8, 1), 1200)
    assert ({**poll.shares}, poll.undecided) == ({"amanat": 0.541, "auyl": 0.245}, 0.214)


def test_a_sheet_is_chosen_by_name(book: Path) -> None:
    sheet_of_a_commission(book)
    assert read_votes(book, dialect="sheet старое").votes == {"a": 1}
    with pytest.raises(FileError, match=r"book\.xlsx, sheet Опросы, row 1: a column 'votes' must be there"):
        read_votes(book, dialect="sheet Опросы")
    with pytest.raises(FileError, match="there is no sheet 'новое'"):
        read_votes(book, dialect="sheet новое")


def test_two_sheets_that_both_hold_votes_are_asked_about(book: Path) -> None:
    with pd.ExcelWriter(book) as writer:
        FRAME.to_excel(writer, sheet_name="first round")
        FRAME.assign(votes=[1, 2]).to_excel(writer, sheet_name="second round")
    with pytest.raises(FileError, match=r"book\.xlsx: 2 sheets hold such a table: 'first round', 'second round'; say which: --sheet"):
        read_votes(book)
    assert read_votes(book, dialect="sheet second round").votes == {"amanat": 1, "auyl": 2}


def test_a_formula_without_a_value_names_its_row(book: Path) -> None:
    workbook = openpyxl.Workbook()
    for row in (["party", "votes"], ["a", 5], ["b", "=2+3"]):
        workbook.active.append(row)
    workbook.save(book)
    with pytest.raises(FileError, match=r"book\.xlsx, row 3, column votes: votes must be a whole number, got nothing"):
        read_votes(book)


@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
@given(content=st.one_of(st.binary(max_size=300), st.binary(max_size=300).map(lambda more: b"PK\x03\x04" + more)))
@settings(max_examples=60)
def test_any_bytes_are_no_spreadsheet_and_say_so(tmp_path_factory: pytest.TempPathFactory, ending: str, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / f"any.{ending}"
    path.write_bytes(content)
    with pytest.raises(FileError, match=r"any\.(xlsx|xls|ods) is (empty|no spreadsheet)"):
        read_votes(path)


def test_damaged_spreadsheets_are_read_or_refused(book: Path) -> None:
    sheet_of_a_commission(book)
    whole = book.read_bytes()
    for place in range(0, len(whole), 61):
        book.write_bytes(whole[:place] + bytes([whole[place] ^ 255]) + whole[place + 1 :])
        assert what_came(book).startswith(("book.xlsx", "{'amanat': "))


def what_came(book: Path) -> str:
    """Return the votes that were read, or what was refused."""
    try:
        return str(read_votes(book).votes)
    except MazhilisError as error:
        return str(error)


# -- frames ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "frame",
    [
        FRAME,
        FRAME.set_index("votes").reset_index(),
        pa.Table.from_pandas(FRAME),
        FRAME.convert_dtypes(),
        FRAME.astype({"party": "category"}),
    ],
    ids=["pandas", "other order", "pyarrow", "nullable", "categories"],
)
def test_frames_of_every_kind_are_tables(frame: Any) -> None:
    assert read_votes(frame).votes == {"amanat": 70, "auyl": 30}


def test_a_wide_frame_and_its_missing_values() -> None:
    frame = pd.DataFrame(
        {"pollster": ["x", "y"], "sample_size": [1000, None], "amanat": [0.6, 0.7], "auyl": [0.4, 0.2], "baytaq": [None, 0.1]}
    )
    first, second = read_polls(frame)
    assert (first.shares, first.sample_size) == ({"amanat": 0.6, "auyl": 0.4}, 1000)
    assert (second.shares, second.sample_size) == ({"amanat": 0.7, "auyl": 0.2, "baytaq": 0.1}, None)


def test_a_frame_names_its_rows_from_1() -> None:
    with pytest.raises(FileError, match="the data frame, row 2, column votes: votes must not be negative, got '-5'"):
        read_votes(FRAME.assign(votes=[3, -5]))
    with pytest.raises(FileError, match="the data frame, row 1, column party: a cell must be text, a number or a date, got bytes"):
        read_votes(FRAME.assign(party=[b"a", b"b"]))


@pytest.mark.parametrize(("module", "extra", "source"), [("python_calamine", "excel", "t.xlsx"), ("narwhals", "frame", FRAME)])
def test_without_its_library_the_extra_is_named(book: Path, monkeypatch: pytest.MonkeyPatch, module: str, extra: str, source: Any) -> None:
    (book.parent / "t.xlsx").write_bytes(b"PK")
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtraError, match=rf'pip install "mazhilis-sim\[{extra}\]"'):
        read_votes(source)


KEPT = Path(__file__).with_name("spreadsheets")
"""One table of a commission as LibreOffice Calc 7.4 saves it: three kinds of workbook, and text as it is shown on the screen."""
SHOWN = {
    "amanat": 3_431_510,
    "auyl": 693_938,
    "respublica": 547_154,
    "aq_jol": 535_139,
    "qhp": 432_920,
    "jsdp": 331_058,
    "baytaq": 146_431,
    "against_all": 248_291,
}


@pytest.mark.parametrize("name", ["calc.xlsx", "calc.xls", "calc.ods", "calc_utf8.csv", "calc_utf16.csv"])
def test_what_calc_saves_is_read(name: str) -> None:
    election = read_votes(KEPT / name)
    assert counted(election) == SHOWN


def test_letters_that_were_lost_when_a_table_was_saved_are_named() -> None:
    with pytest.warns(DataWarning, match=r"'«А\? жол» \?ДП', '\?аза\?стан халы\? партиясы': letters were lost"):
        election = read_votes(KEPT / "calc_lost_letters.csv")
    assert list(election.votes.values()) == list(SHOWN.values())[:-1]


def test_names_of_which_every_letter_was_lost_are_named(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("party,votes\n??????,5\n????,6\n", encoding="utf-8")
    with pytest.warns(DataWarning, match=r"'\?{6}', '\?{4}': letters were lost"):
        read_votes(tmp_path / "t.csv")


@pytest.mark.parametrize(("name", "kept"), [("t.csv", "PK\x03\x04"), ("t.txt", "PAR1")])
def test_a_spreadsheet_that_is_named_as_text_is_said_to_be_one(name: str, kept: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(f"{kept}junk", encoding="utf-8")
    with pytest.raises(FileError, match=r"is a (spreadsheet|Parquet file), by its first bytes; name it \."):
        read_votes(tmp_path / name)


@pytest.mark.parametrize("label", ["Who else?", "Партия?", "a", "What? No"])
def test_a_question_is_no_lost_letter(label: str) -> None:
    assert not LOST_LETTERS.search(label)


@pytest.mark.parametrize("read", [read_votes, read_polls, read_districts])
def test_a_frame_with_a_head_twice_is_refused_by_name(read: Any) -> None:
    with pytest.raises(FileError, match="the data frame: the heads of columns must differ, got 'votes' more than once"):
        read(pd.DataFrame([["a", 1, 2]], columns=["party", "votes", "votes"]))


def test_a_frame_with_heads_of_several_levels_is_read_by_the_last() -> None:
    heads = pd.MultiIndex.from_tuples([("votes", "amanat"), ("votes", "auyl")])
    assert read_votes(pd.DataFrame([[60, 30]], columns=heads)).votes == {"amanat": 60, "auyl": 30}
