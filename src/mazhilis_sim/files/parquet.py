"""Parquet files as rows of text, so that one set of rules reads both formats."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from mazhilis_sim.errors import FileError, missing_extra


def parquet_records(data: bytes, name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the header as row 0, then the rows, counted from 1.

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
    yield 0, [str(column).strip() for column in columns]
    for number, values in enumerate(zip(*columns.values(), strict=True), start=1):
        yield number, [as_text(value) for value in values]


def as_text(value: Any) -> str:
    """Write a value as a CSV file would hold it; whole floats, into which nulls turn integers, lose their point."""
    if value is None or value != value:
        return ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
