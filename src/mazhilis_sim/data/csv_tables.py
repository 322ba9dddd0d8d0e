"""Reads rows of the tidy files that lie beside this module."""

from __future__ import annotations

from mazhilis_sim.names.stored import Record, read_bytes, read_table

__all__ = ["Record", "count_in", "read_bytes", "read_table", "rows_of"]


def rows_of(table: str, **wanted: str) -> list[Record]:
    """Read the rows of a table whose cells equal those given."""
    return [row for row in read_table(table) if all(row[column] == cell for column, cell in wanted.items())]


def count_in(cell: str) -> int | None:
    """Read a count; None where none is on record."""
    return int(cell) if cell else None
