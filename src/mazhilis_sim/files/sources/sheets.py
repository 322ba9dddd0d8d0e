"""Spreadsheets, .xlsx, .xls, .ods and their kin, by calamine: each sheet as a grid, formulas by their values, merged cells filled."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

from mazhilis_sim.errors import FileError, missing_extra, unknown
from mazhilis_sim.files.sources.grid import Grid, Line, as_cell
from mazhilis_sim.files.sources.marked import Marked

LARGEST = 2_000_000
"""Cells of a sheet that are read."""


def sheet_grids(data: bytes, name: str, said: str) -> list[Grid]:
    """Read the sheets that a reader of the file sees, or the one that is said.

    Raises
    ------
    MissingExtraError
        Without python-calamine (extra ``excel``).
    FileError
        When the file is no spreadsheet, or has no such sheet.
    """
    try:
        import python_calamine as calamine
    except ImportError:
        raise missing_extra("python-calamine", "excel") from None
    if not data:
        raise FileError(f"{name} is empty", field=name, must="hold something")
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = [said] if said in book.sheet_names else visible(book, calamine)
        marked = Marked(data)
        grids = [Grid(f"{name}, sheet {sheet}", tuple(sheet_lines(book.get_sheet_by_name(sheet), marked))) for sheet in names]
    except calamine.PasswordError:
        raise FileError(f"{name} is locked with a password", field=name, must="be readable", remedy="save it without one") from None
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise FileError(f"{name} is no spreadsheet: {error}", field=name, must="be .xlsx, .xls or .ods") from None
    if said and said not in names:
        raise unknown(FileError, "sheet", said, book.sheet_names, where=name)
    filled = [grid for grid in grids if grid.lines]
    if len(filled) == 1 and len(book.sheet_names) == 1:
        return [Grid(name, filled[0].lines)]
    return [Grid(grid.name, grid.lines, (f"sheet {grid.name.rpartition(', sheet ')[2]}",)) for grid in filled]


def visible(book: Any, calamine: Any) -> list[str]:
    """Return the sheets that are not hidden."""
    shown = calamine.SheetVisibleEnum.Visible
    return [sheet.name for sheet in book.sheets_metadata if sheet.visible == shown]


def sheet_lines(sheet: Any, marked: Marked) -> Iterator[Line]:
    """Yield the rows that hold something, numbered as on the screen; cells shown in per cent and errors say so."""
    if sheet.total_height * sheet.total_width > LARGEST:
        raise FileError(field="a sheet", got=sheet.name, must=f"have at most {LARGEST:,} cells", where=sheet.name)
    values = sheet.to_python(skip_empty_area=False)
    rows = [[as_cell(value) for value in row] for row in values]
    for span in marked.spans(sheet.name):
        span.write(values, rows)
    fill_merged(rows, sheet.merged_cell_ranges or ())
    for number, cells in enumerate(rows, start=1):
        if any(cells):
            yield Line(number, tuple(cells))


def fill_merged(rows: list[list[str]], ranges: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """Let what stands in a merged cell stand in each that it covers."""
    for (top, left), (bottom, right) in ranges:
        if top >= len(rows) or left >= len(rows[top]):
            continue
        for row in rows[top : bottom + 1]:
            row[left : right + 1] = [rows[top][left]] * (min(right + 1, len(row)) - left)
