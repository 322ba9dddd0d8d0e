"""What a spreadsheet says of a cell beside its value: shares shown in per cent, and errors of formulas."""

from __future__ import annotations

import datetime
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from mazhilis_sim.errors import FileError
from mazhilis_sim.files import read_polls, read_votes

pytestmark = pytest.mark.filterwarnings("ignore::mazhilis_sim.DataWarning", "ignore::mazhilis_sim.PollWarning")
SHOWN = {"%": "0.0%", "own %": '[Red]0.00"of"%', "quoted": '0.0"%"', "": "General"}
HEAD = ("Институт", "Дата", "Выборка", "Погрешность", "Аманат", "Ауыл", "ОСДП")


def xlsx(path: Path, rows: Any) -> Path:
    """Write a workbook; of a pair the second is how the number is shown, and a text such as #REF! is an error."""
    workbook = openpyxl.Workbook()
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row, start=1):
            value, shown = cell if isinstance(cell, tuple) else (cell, "")
            written = workbook.active.cell(number, column, value)
            written.number_format = SHOWN[shown] if isinstance(cell, tuple) else written.number_format
    workbook.save(path)
    return path


def ods(path: Path, rows: Any) -> Path:
    """Write an OpenDocument as LibreOffice does: the error of a formula is no text of the cell, only what it shows."""
    kinds = {
        "%": '<table:table-cell office:value-type="percentage" office:value="{0}" calcext:value-type="percentage"/>',
        "error": '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error">'
        "<text:p>{0}</text:p></table:table-cell>",
        "float": '<table:table-cell office:value-type="float" office:value="{0}"/>',
        "string": '<table:table-cell office:value-type="string"><text:p>{0}</text:p></table:table-cell>',
        "empty": "<table:table-cell/>",
    }

    def written(cell: Any) -> str:
        value, shown = cell if isinstance(cell, tuple) else (cell, "")
        if value is None:
            return kinds["empty"]
        is_error = isinstance(value, str) and value.startswith("#")
        return kinds[shown or ("error" if is_error else "string" if isinstance(value, str) else "float")].format(value)

    spaces = {"office": "office", "table": "table", "text": "text"}
    names = " ".join(f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for short, name in spaces.items())
    names += ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    table = "".join(f"<table:table-row>{''.join(map(written, row))}</table:table-row>" for row in rows)
    body = f'<office:body><office:spreadsheet><table:table table:name="S">{table}</table:table></office:spreadsheet></office:body>'
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr("META-INF/manifest.xml", "<manifest/>")
        book.writestr("content.xml", f'<?xml version="1.0"?><office:document-content {names}>{body}</office:document-content>')
    return path


WRITERS = pytest.mark.parametrize("write", [xlsx, ods])


def table_in(tmp_path: Path, write: Any, rows: Any) -> Path:
    """Write a table as one kind of spreadsheet."""
    written: Path = write(tmp_path / f"table.{write.__name__}", rows)
    return written


@WRITERS
@pytest.mark.parametrize("dialect", ["per cent", None])
def test_a_cell_shown_in_per_cent_is_a_percentage_whatever_the_dialect(tmp_path: Path, write: Any, dialect: str | None) -> None:
    row = ["КИСИ", "05.03.2023", 1200, (0.028, "%"), (0.543, "%"), (0.406, "%"), (0.051, "%")]
    poll = read_polls(table_in(tmp_path, write, [HEAD, row]), dialect=dialect)[0]
    assert dict(poll.shares) == {"amanat": 0.543, "auyl": 0.406, "jsdp": 0.051}
    assert poll.margin == 0.028


@WRITERS
def test_cells_shown_in_per_cent_stand_beside_numbers_in_per_cent(tmp_path: Path, write: Any) -> None:
    row = ["КИСИ", "05.03.2023", 1200, 2.8, 54.3, 40.6, (0.051, "%")]
    poll = read_polls(table_in(tmp_path, write, [HEAD, row]), dialect="per cent")[0]
    assert dict(poll.shares) == {"amanat": 0.543, "auyl": 0.406, "jsdp": 0.051}
    assert poll.margin == 0.028


@WRITERS
@pytest.mark.parametrize(
    ("margin", "small", "asked"),
    [
        (3, 0.051, "share can be read in two ways, '0.051': 5.1 % (a fraction) or 0.051 %"),
        (0.028, (0.051, "%"), "margin can be read in two ways, '0.028': 2.8 % (a fraction) or 0.028 %"),
    ],
)
def test_a_number_that_may_be_per_cent_or_a_fraction_is_asked_about(
    tmp_path: Path, write: Any, margin: Any, small: Any, asked: str
) -> None:
    row = ["КИСИ", "05.03.2023", 1200, margin, (0.543, "%"), (0.406, "%"), small]
    with pytest.raises(FileError) as caught:
        read_polls(table_in(tmp_path, write, [HEAD, row]), dialect="per cent")
    assert asked in str(caught.value)


def test_fractions_are_no_per_cent_because_somebody_says_so(tmp_path: Path) -> None:
    (tmp_path / "polls.csv").write_text("party,share\namanat,0.557\nauyl,0.443\n")
    with pytest.raises(FileError, match="'0.557': 55.7 % "):
        read_polls(tmp_path / "polls.csv", sample_size=1000, dialect="per cent")


def test_a_margin_in_per_cent_beside_fractions_is_advised_what_then_works(tmp_path: Path) -> None:
    table = "party,share,{}\namanat,0.557,2.8\nauyl,0.443,2.8\n"
    (tmp_path / "polls.csv").write_text(table.format("Margin"))
    with pytest.raises(FileError, match='head the column "Margin, %"'):
        read_polls(tmp_path / "polls.csv")
    (tmp_path / "polls.csv").write_text(table.format('"Margin, %"'))
    assert read_polls(tmp_path / "polls.csv")[0].margin == 0.028


def test_formats_of_ones_own_and_a_per_cent_sign_in_quotes(tmp_path: Path) -> None:
    row = ["КИСИ", "05.03.2023", 1200, (0.028, "own %"), (54.3, "quoted"), (40.6, ""), (5.1, "quoted")]
    poll = read_polls(table_in(tmp_path, xlsx, [HEAD, row]), dialect="per cent")[0]
    assert (poll.margin, poll.shares["jsdp"]) == (0.028, 0.051)


@WRITERS
@pytest.mark.parametrize("error", ["#REF!", "#DIV/0!", "#N/A"])
def test_the_error_of_a_formula_is_no_empty_cell(tmp_path: Path, write: Any, error: str) -> None:
    rows = [("Регион", "Аманат", "Ауыл"), ("Абай", 70, 30), ("Астана", 80, error)]
    with pytest.raises(FileError) as caught:
        read_votes(table_in(tmp_path, write, rows))
    where = f"table.{write.__name__}, row 3, column Ауыл"
    assert str(caught.value).endswith(f"{where}: the cell holds an error, {error}; mend the formula")


@WRITERS
def test_an_error_in_a_row_of_sums_is_named_by_its_own_row(tmp_path: Path, write: Any) -> None:
    rows = [("Регион", "Аманат", "Ауыл"), ("Абай", 70, 30), ("Астана", 80, 20), ("Итого", 150, "#REF!")]
    with pytest.raises(FileError, match="row 4, column Ауыл: the cell holds an error"):
        read_votes(table_in(tmp_path, write, rows))


@WRITERS
def test_a_party_whose_cells_are_all_errors_is_not_left_out(tmp_path: Path, write: Any) -> None:
    row = ["КИСИ", "05.03.2023", 1200, 2.8, 54.3, 45.7, "#DIV/0!"]
    with pytest.raises(FileError, match="column ОСДП: the cell holds an error"):
        read_polls(table_in(tmp_path, write, [HEAD, row]), dialect="per cent")


@pytest.mark.parametrize("error", ["#ССЫЛКА!", "#ДЕЛ/0!", "#Н/Д", "Err:510", "Ошибка:502"])
def test_errors_that_were_exported_as_text_are_errors(tmp_path: Path, error: str) -> None:
    (tmp_path / "votes.csv").write_text(f"party,votes\na,70\nb,{error}\n", encoding="utf-8")
    with pytest.raises(FileError, match=r"row 3, column votes: the cell holds an error, .*; mend the formula"):
        read_votes(tmp_path / "votes.csv")


def test_cells_without_their_places_stand_behind_one_another(tmp_path: Path) -> None:
    written, bare = xlsx(tmp_path / "a.xlsx", [("party", "share"), ("a", (0.4, "%")), ("b", (0.6, "%"))]), tmp_path / "b.xlsx"
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(bare, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, unplaced(data) if "worksheets/" in name else data)
    assert read_polls(bare, sample_size=1000, dialect="per cent")[0].shares["a"] == 0.4


def unplaced(sheet: bytes) -> bytes:
    """Take the places of rows and cells out of a sheet, which need not be there."""
    for row in (b"1", b"2", b"3"):
        sheet = sheet.replace(b'<row r="' + row + b'"', b"<row")
        for column in (b"A", b"B"):
            sheet = sheet.replace(b' r="' + column + row + b'"', b"")
    return sheet


def test_a_share_of_which_a_spreadsheet_made_a_date_says_so(tmp_path: Path) -> None:
    row = ["КИСИ", "05.03.2023", 1200, 2.8, "54.3%", "40.6%", datetime.date(2023, 5, 10)]
    with pytest.raises(FileError, match="column ОСДП: share must .*, got '2023-05-10'; .* a spreadsheet made a date of it"):
        read_polls(table_in(tmp_path, xlsx, [HEAD, row]), dialect="per cent")
