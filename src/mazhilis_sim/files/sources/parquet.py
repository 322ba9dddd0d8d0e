"""Parquet as a grid, so that one set of rules reads every format."""

from __future__ import annotations

from mazhilis_sim.errors import FileError, missing_extra
from mazhilis_sim.files.sources.grid import Grid, lines_of


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
