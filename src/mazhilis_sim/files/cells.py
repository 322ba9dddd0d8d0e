"""How single cells are read: ids, numbers of votes, shares, sizes and dates; each by its reader, which is told where it stands."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction

from mazhilis_sim import reading
from mazhilis_sim.errors import FileError, in_text, show
from mazhilis_sim.files.rows import Row

FORMULA = "write the value of the formula"
WITH_REMARK = re.compile(r"\d[\d\s.,]*[^\d\s.,%eE].*")
"""A number with a mark, a unit or another number behind it."""


def filled(row: Row, column: str, must: str) -> str:
    """Return the text of a cell that may not be empty."""
    if not row[column]:
        raise row.error(column, must)
    return row[column]


def figure(row: Row, column: str, must: str) -> None:
    """Refuse a cell of a number that is empty, or holds a formula instead of its value."""
    if filled(row, column, must).startswith("="):
        raise row.error(column, must, FORMULA)


def identifier(row: Row, column: str) -> str:
    """Read an id or a name: printable text."""
    must = "be a name in printable characters"
    text = " ".join(filled(row, column, must).split())
    if not text.isprintable():
        raise row.error(column, must)
    if text.startswith("=") and len(text) > 1:
        raise row.error(column, must, FORMULA)
    return text


@contextmanager
def as_it_stands(row: Row, column: str) -> Iterator[None]:
    """Show what came as it stands in the table, where it was read with other marks; a whole table may be in per cent."""
    try:
        yield
    except FileError as error:
        error.shown = error.shown and show(row[column])
        if "%" in str(error.remedy):
            error.remedy = f'{in_text(error.remedy)}, or say the dialect: "per cent"'
        raise


def whole(row: Row, column: str, *, least: int = 0, most: int | None = None) -> int:
    """Read a whole number, of any size up to a thousand digits."""
    figure(row, column, "be a whole number")
    with as_it_stands(row, column):
        number, alone = row.whole(column), "write the number alone" if WITH_REMARK.fullmatch(row[column]) else ""
        return reading.whole(number, column, FileError, least=least, most=most, remedy=alone, where=row.place(column))


def share(row: Row, column: str) -> Fraction:
    """Read a share in [0, 1], such as ``0.41`` or ``41%``."""
    figure(row, column, 'be a share such as 0.41 or "41%"')
    with as_it_stands(row, column):
        return reading.share(row.share(column), column, FileError, where=row.place(column))


def number(row: Row, column: str) -> float:
    """Read a plain number; its range is checked by whoever knows it."""
    with as_it_stands(row, column):
        return reading.real(row.whole(column), column, FileError, where=row.place(column))


def date(row: Row, column: str) -> datetime.date | None:
    """Read a date; an empty cell is none."""
    return reading.date(row.date(column), column, FileError, where=row.place(column))


def choice(row: Row, column: str, known: tuple[str, ...]) -> str:
    """Read one of a few words."""
    return reading.choice(row[column], column, known, FileError, where=row.place(column))
