"""Reads the tables that lie in the folder ``data`` of this package, for the rooms below it too."""

from __future__ import annotations

import csv
import io
from importlib.resources import files

Record = dict[str, str]


def read_bytes(name: str) -> bytes:
    """Return a file as it is stored."""
    return files("mazhilis_sim").joinpath("data", name).read_bytes()


def read_table(table: str) -> list[Record]:
    """Read a table, each row a dict by column; an empty cell is an empty string, because nothing is on record there."""
    text = read_bytes(f"{table}.csv").decode("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))
