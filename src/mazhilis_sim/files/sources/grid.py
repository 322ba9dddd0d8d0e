"""A grid: the rows of a table as they stand, every cell text, with the numbers by which a person finds the rows."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from mazhilis_sim.errors import FileError

ERROR = re.compile(r"#(?:[A-ZА-Я][A-ZА-Я0-9/_]*[!?]|N/A|Н/Д|N/D)|(?:Err|Ошибка|Қате):\d{3}", re.IGNORECASE)
"""What a spreadsheet shows, in English or Russian, where a formula has no value."""


class Exact(str):
    """A cell that was a number or a date where it comes from: no mark in it is in doubt."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its number, and its cells without surrounding blanks."""

    number: int
    cells: tuple[str, ...]

    @property
    def filled(self) -> tuple[str, ...]:
        """The cells that hold something, each text once: a title that is merged over columns is one."""
        return tuple(dict.fromkeys(cell for cell in self.cells if cell))


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of one table that hold anything.

    Parameters
    ----------
    name : str
        Of the file, and of the sheet where there are several.
    lines : tuple of Line
    read_as : tuple of str
        What was sniffed to read it, in the words of a `Dialect`.
    """

    name: str
    lines: tuple[Line, ...]
    read_as: tuple[str, ...] = ()

    def place(self, number: int) -> str:
        """Name a row."""
        return f"{self.name}, row {number}"


def is_error(text: str) -> bool:
    """Tell whether a cell holds the error of a formula.

    Examples
    --------
    >>> is_error("#REF!"), is_error("#ДЕЛ/0!"), is_error("Err:510"), is_error("#1")
    (True, True, True, False)
    """
    return ERROR.fullmatch(text) is not None


def times_hundred(number: str) -> str:
    """Return a hundred times a number as it is written, in the digits that it has.

    Examples
    --------
    >>> times_hundred("0.051"), times_hundred("1")
    ('5.1', '100')
    """
    digits = f"{Decimal(number).scaleb(2):f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def is_missing(value: Any) -> bool:
    """Tell whether a value stands for nothing: what is not equal to itself, or to nothing at all, is none."""
    try:
        return value is None or bool(value != value)
    except (TypeError, ValueError):
        return type(value).__name__ == "NAType"


def as_cell(value: Any) -> str:
    """Write a value as a cell: text as it is, whole floats, into which nulls turn integers, without their point."""
    if isinstance(value, str):
        return value.strip()
    if is_missing(value):
        return ""
    if isinstance(value, datetime.datetime):
        return Exact(value.date().isoformat())
    if isinstance(value, float) and value.is_integer():
        return Exact(str(int(value)))
    return Exact(str(value).strip())


def lines_of(heads: Iterable[Any], rows: Iterable[Iterable[Any]], name: str) -> Iterator[Line]:
    """Yield the head as row 0, then the rows, counted from 1; binary values are refused."""
    names = tuple(str(head).strip() for head in heads)
    yield Line(0, names)
    for number, values in enumerate(rows, start=1):
        cells = tuple(as_text(value, f"{name}, row {number}, column {head}") for head, value in zip(names, values, strict=True))
        if any(cells):
            yield Line(number, cells)


def as_text(value: Any, where: str) -> str:
    """Write a value as a cell."""
    if isinstance(value, (bytes, bytearray, memoryview)):
        raise FileError(field="a cell", got=value, must="be text, a number or a date", shown="bytes", where=where)
    return as_cell(value)
