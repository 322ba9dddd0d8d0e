"""Text whose cells are separated by a mark: comma, semicolon, tab or bar, whichever makes a table of it."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator

from mazhilis_sim.errors import FileError
from mazhilis_sim.files.dialect import SEPARATORS, separator_name
from mazhilis_sim.files.sources.grid import Grid, Line

HINT = re.compile(r"\s*\"?sep=(?P<mark>.)\"?\s*\r?\n", re.IGNORECASE)
"""The first line by which a spreadsheet says its separator."""


def separated_grid(text: str, name: str, said: str, fits: Callable[[Grid], bool]) -> Grid:
    """Split text into a grid by the separator that is said, or by that which makes the table with most columns."""
    hint = HINT.match(text)
    mark = said or (hint["mark"] if hint and hint["mark"] in SEPARATORS.values() else "")
    skipped = 1 if hint else 0
    text = text[hint.end() :] if hint else text
    grids = [attempted(text, name, separator, skipped) for separator in ([mark] if mark else marks_in(text))]
    tables = [grid for grid in grids if grid and fits(grid)]
    if not tables:
        return split(text, name, mark or commonest(text), skipped)
    return max(tables, key=lambda grid: len(grid.lines[-1].cells))


def marks_in(text: str) -> list[str]:
    """Return the separators that stand in a text, or the comma."""
    return [mark for mark in SEPARATORS.values() if mark in text] or [","]


def commonest(text: str) -> str:
    """Return the separator that stands equally often in most lines, of several the most frequent: for a text that is no table."""
    lines = [line for line in text.splitlines()[:40] if line.strip()]

    def columns(mark: str) -> tuple[int, int, bool]:
        times = Counter(line.count(mark) for line in lines if mark in line)
        number, alike = max(times.items(), key=lambda each: each[::-1], default=(0, 0))
        return alike, number, mark == ","

    return max(SEPARATORS.values(), key=columns)


def attempted(text: str, name: str, separator: str, skipped: int) -> Grid | None:
    """Split text, or return None where quotes do not fit."""
    try:
        return split(text, name, separator, skipped)
    except FileError:
        return None


def split(text: str, name: str, separator: str, skipped: int = 0) -> Grid:
    """Split text into a grid."""
    lines = tuple(split_lines(text, name, separator, skipped))
    return Grid(name, lines, () if separator == "," else (separator_name(separator),))


def split_lines(text: str, name: str, separator: str, skipped: int) -> Iterator[Line]:
    """Split text into rows, each with the line on which it begins; lines without content are skipped."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1 + skipped
    try:
        for cells in reader:
            stripped = tuple(cell.strip() for cell in cells)
            if any(stripped):
                yield Line(line, stripped)
            line = reader.line_num + 1 + skipped
    except csv.Error as error:
        quotes = f'write a cell that holds a {separator_name(separator)} or a quote in quotes, such as "a{separator} b"'
        raise FileError(str(error), field="a row", must="be CSV", remedy=quotes, where=f"{name}, row {line}") from None
