"""How single cells are read: ids, numbers of votes, shares, sizes and dates."""

from __future__ import annotations

import datetime
import re

from mazhilis_sim.errors import nearest
from mazhilis_sim.files.tables import Row
from mazhilis_sim.names.reserved import AGAINST_ALL, INVALID, OTHER, UNDECIDED
from mazhilis_sim.polls.poll import read_date, read_share
from mazhilis_sim.reading import as_fraction

RESERVED = (AGAINST_ALL, INVALID, UNDECIDED, OTHER)
MOST_DIGITS = 1000
DIGITS = re.compile(r"\d+", re.ASCII)
GROUPED = re.compile(r"\d{1,3}(?:[ ,.'’_\u00a0\u202f]\d{3})+", re.ASCII)
POINT_ZERO = re.compile(r"(\d+)[.,]0*", re.ASCII)
DECIMAL = re.compile(r"[-+]?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})(?:[eE][-+]?\d{1,2})?\s*%?", re.ASCII)
DECIMAL_COMMA = re.compile(r"\d*,\d+\s*%?", re.ASCII)


def identifier(row: Row, column: str) -> str:
    """Read an id or a name: printable text; a reserved id that is misspelt is answered with the right one."""
    text = row[column]
    if not text or not text.isprintable():
        raise row.error(column, "must be a name in printable characters")
    word = re.sub(r"[\s_-]+", "_", text.lower())
    if word in RESERVED and word != text:
        raise row.error(column, f"{word!r} is reserved and written so", f"write {word}")
    return text


def whole(row: Row, column: str, least: int = 0, example: str = "3431510") -> int:
    """Read a whole number: digits alone, of any size up to a thousand digits."""
    text = row[column]
    what = f"must be a whole number of at least {least}"
    if not DIGITS.fullmatch(text):
        raise row.error(column, what, digits_hint(text, example))
    if len(text) > MOST_DIGITS:
        raise row.error(column, f"must have at most {MOST_DIGITS:,} digits")
    if int(text) < least:
        raise row.error(column, what)
    return int(text)


def digits_hint(text: str, example: str) -> str:
    """Say how to write a number that is almost one."""
    point = POINT_ZERO.fullmatch(text)
    if GROUPED.fullmatch(text):
        return f"write {re.sub('[^0-9]', '', text)}, without separators"
    return f"write {point[1]}" if point else f"write digits alone, such as {example}"


def share(row: Row, column: str) -> float:
    """Read a share in [0, 1], such as ``0.41`` or ``41%``."""
    check_decimal(row, column, 'must be a share such as 0.41 or "41%"')
    return read_share(row[column], f"{row.place(column)}:")


def number(row: Row, column: str) -> float:
    """Read a plain number; its range is checked by whoever knows it."""
    check_decimal(row, column, "must be a number such as 0.95")
    return float(as_fraction(row[column], f"{row.place(column)}:"))


def check_decimal(row: Row, column: str, must: str) -> None:
    """Refuse what is no decimal number before anything computes with it."""
    text = row[column]
    if not DECIMAL.fullmatch(text):
        hint = f"write {text.replace(',', '.')}" if DECIMAL_COMMA.fullmatch(text) else ""
        raise row.error(column, must, hint)


def date(row: Row, column: str) -> datetime.date | None:
    """Read a date in its ISO form; an empty cell is none."""
    return read_date(row[column], f"{row.place(column)}:")


def choice(row: Row, column: str, known: tuple[str, ...]) -> str:
    """Read one of a few words."""
    text = row[column]
    if text not in known:
        raise row.error(column, f"must be one of {', '.join(known)}", nearest(text, known).removeprefix("; ") if text else "")
    return text
