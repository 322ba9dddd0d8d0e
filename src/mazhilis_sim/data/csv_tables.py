"""Reads the tidy files that lie beside this module."""

from __future__ import annotations

import csv
import io
from importlib.resources import files

Record = dict[str, str]


def read_bytes(name: str) -> bytes:
    """Return a file of this package as it is stored."""
    return files(__package__).joinpath(name).read_bytes()


def read_table(table: str) -> list[Record]:
    """Read a table, each row a dict by column; an empty cell is an empty string, because nothing is on record there."""
    text = read_bytes(f"{table}.csv").decode("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def rows_of(table: str, **wanted: str) -> list[Record]:
    """Read the rows of a table whose cells equal those given."""
    return [row for row in read_table(table) if all(row[column] == cell for column, cell in wanted.items())]


def count_in(cell: str) -> int | None:
    """Read a count; None where none is on record."""
    return int(cell) if cell else None
