"""How single cells are read: ids, numbers of votes, shares, sizes and dates; each by its reader, which is told where it stands."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction

from mazhilis_sim import reading
from mazhilis_sim.errors import FileError, in_text, show
from mazhilis_sim.files.layout.dates import MONTH
from mazhilis_sim.files.layout.missing import READ_VOTES
from mazhilis_sim.files.rows import Row
from mazhilis_sim.files.sources.grid import is_error

IS_DATE = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}\.\d{1,2}\.\d{4}")
MADE_A_DATE = "write the share anew in a cell formatted as text, for a spreadsheet made a date of it"
LARGEST_PER_CENT = 100
NO_SHARE = 'be a share such as 0.41 or "41%"'
NEGATIVE = re.compile(r"[-−]\s*[\d.]")
FORMULA = "write the value of the formula"
WITHOUT_YEAR = re.compile(rf"(?:\d{{1,2}}\s*[-–—]\s*)?\d{{1,2}}(?:\s+{MONTH}|\.\d{{1,2}})\.?")
"""A day and a month alone; of several days the last."""
WITH_REMARK = re.compile(r"\d[\d\s.,]*[^\d\s.,%eE].*|\D*[^\d\s.,%+−-]\D*\d.*")
"""A number with a mark, a unit or another number behind it, or with something before it."""


def filled(row: Row, column: str, must: str) -> str:
    """Return the text of a cell that may not be empty."""
    refuse_error(row, column)
    if not row[column]:
        raise row.error(column, must, if_none(row, column))
    return row[column]


def refuse_error(row: Row, column: str) -> None:
    """Refuse a cell whose formula has no value: what it would be is not known, and is not 0."""
    text = row[column]
    if is_error(text):
        problem, must = f"the cell holds an error, {text}", "hold a value"
        raise FileError(problem, field=column, got=text, must=must, remedy="mend the formula", where=row.place(column))


def if_none(row: Row, column: str) -> str:
    """Say how to write that a list has no votes or nobody named it; nothing of other columns."""
    none = {"votes": "it got none", "share": "nobody named it"}.get(column, "")
    left = "the cell empty" if row.wide else "the row out"
    return f"write 0 if {none}, or leave {left}" if none else ""


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
            error.remedy = f"{in_text(error.remedy)}, or {for_whole_column(row, column)}"
        raise


def for_whole_column(row: Row, column: str) -> str:
    """Say how per cent are said once: of margins by their head, for beside them shares may be fractions."""
    return f'head the column "{row.heads[column].name}, %"' if column == "margin" else 'say the dialect: "per cent"'


def whole(row: Row, column: str, *, least: int = 0, most: int | None = None) -> int:
    """Read a whole number, of any size up to a thousand digits."""
    figure(row, column, "be a whole number")
    with as_it_stands(row, column):
        number = row.whole(column)
        return reading.whole(number, column, FileError, least=least, most=most, remedy=count_remedy(row, column), where=row.place(column))


def count_remedy(row: Row, column: str) -> str:
    """Say what to write instead of a cell that should hold a count and does not."""
    text = row[column]
    if reading.holds_no_count(text):
        return if_none(row, column)
    if text.endswith("%") and column == "votes":
        return "write votes, not a share of them"
    return "write the number alone" if WITH_REMARK.fullmatch(text) else ""


def share(row: Row, column: str) -> Fraction:
    """Read a share in [0, 1], such as ``0.41`` or ``41%``."""
    figure(row, column, NO_SHARE)
    if IS_DATE.fullmatch(row[column]):
        raise row.error(column, NO_SHARE, MADE_A_DATE)
    with as_it_stands(row, column):
        share = row.share(column)
        if reading.holds_no_count(share):
            raise row.error(column, NO_SHARE, if_none(row, column))
        if NEGATIVE.match(share):
            raise row.error(column, "lie in [0, 1]", if_none(row, column))
        if column == "share" and (reading.integer(share) or 0) > LARGEST_PER_CENT:
            raise row.error(column, "lie in [0, 1]", READ_VOTES)
        return reading.share(share, column, FileError, where=row.place(column))


def number(row: Row, column: str) -> float:
    """Read a plain number; its range is checked by whoever knows it."""
    refuse_error(row, column)
    with as_it_stands(row, column):
        return reading.real(row.whole(column), column, FileError, where=row.place(column))


def date(row: Row, column: str) -> datetime.date | None:
    """Read a date; an empty cell is none."""
    refuse_error(row, column)
    text = row.date(column)
    if WITHOUT_YEAR.fullmatch(text.casefold()):
        example = f"{text.strip(' .')}{'.' if '.' in text else ' '}2026"
        raise row.error(column, "have a year", f"write it behind, such as {example}")
    return reading.date(text, column, FileError, where=row.place(column))


def choice(row: Row, column: str, known: tuple[str, ...]) -> str:
    """Read one of a few words."""
    return reading.choice(row[column], column, known, FileError, where=row.place(column))
