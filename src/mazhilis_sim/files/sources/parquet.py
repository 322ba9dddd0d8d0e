"""Parquet as a grid, so that one set of rules reads every format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from mazhilis_sim.errors import FileError, missing_extra
from mazhilis_sim.files.sources.grid import Grid, Line, as_cell


def parquet_grid(data: bytes, name: str) -> Grid:
    """Read Parquet; the head is row 0, the rows are counted from 1.

    Raises
    ------
    MissingExtraError
        Without pyarrow (extra ``parquet``).
    FileError
        When the file is no Parquet.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise missing_extra("pyarrow", "parquet") from None
    if not data:
        raise FileError(f"{name} is empty", field=name, must="hold something")
    try:
        columns = pq.read_table(pa.BufferReader(data)).to_pydict()
    except (pa.ArrowException, OSError, ValueError) as error:
        raise FileError(f"{name} is no Parquet file: {error}", field=name, must="be a Parquet file") from None
    return Grid(name, tuple(lines_of(list(columns), zip(*columns.values(), strict=True), name)))


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
