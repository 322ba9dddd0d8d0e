"""Tables with one header row, from CSV or Parquet; every cell is text that knows where it stands."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from mazhilis_sim.errors import DataWarning, FileError, nearest, warn

CSV, PARQUET = (".csv",), (".parquet", ".pq")
SHOWN = 40
Record = tuple[int, list[str]]
"""The number of a row, as a person finds it, and its cells."""


@dataclass(frozen=True, slots=True)
class Schema:
    """What a table must hold.

    Parameters
    ----------
    what : str
        What one row stands for, as messages call it.
    required, optional : tuple of str
        Names of columns, in the order in which they are documented.
    """

    what: str
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()

    @property
    def header(self) -> str:
        """The header to write."""
        return ",".join(self.required)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its cells by column, and how messages name it."""

    cells: dict[str, str]
    number: int
    where: str

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def place(self, column: str) -> str:
        """Name a cell."""
        return f"{self.where}, column {column}"

    def error(self, column: str, must: str, write: str = "") -> FileError:
        """Build the error of one cell: what must hold, what came, what to write."""
        return FileError(f"{self.place(column)}: {must}, got {shown(self[column])}{f'; {write}' if write else ''}")


def shown(text: str) -> str:
    """Quote what came, cut where it is long."""
    if not text:
        return "nothing"
    return repr(text) if len(text) <= SHOWN else f"{text[:SHOWN]!r}... ({len(text):,} characters)"


def read_rows(path: str | os.PathLike[str], schema: Schema) -> list[Row]:
    """Read a table and check its shape: header, length of rows, something in it.

    Parameters
    ----------
    path : str or path
        Ends in ``.csv`` (comma-separated, UTF-8) or ``.parquet``.
    schema : Schema

    Returns
    -------
    list of Row
        Cells without surrounding blanks; rows without any content are left out.

    Raises
    ------
    FileError
        When the file cannot be read as such a table.
    MissingExtraError
        For Parquet without pyarrow.

    Warns
    -----
    DataWarning
        For a column that no one reads.
    """
    name, suffix = os.fspath(path), Path(path).suffix.lower()
    if suffix in CSV:
        records = csv_records(decode(read_bytes(path), name), name)
    elif suffix in PARQUET:
        from mazhilis_sim.files.parquet import parquet_records

        records = parquet_records(read_bytes(path), name)
    else:
        raise FileError(f"{name}: a table must end in .csv or .parquet, got {suffix or 'no ending'}")
    return named_rows(list(records), schema, name)


def read_bytes(path: str | os.PathLike[str]) -> bytes:
    """Read a whole file, or say in words why not."""
    place = Path(path)
    try:
        return place.read_bytes()
    except FileNotFoundError:
        raise FileError(f"there is no file {os.fspath(path)!r}") from None
    except IsADirectoryError:
        raise FileError(f"{path} is a folder; name a file in it") from None
    except (OSError, ValueError) as error:
        raise FileError(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}") from None


def decode(data: bytes, name: str) -> str:
    """Decode UTF-8 with or without a byte order mark; name the row of the first byte that is none."""
    if not data.strip(b"\xef\xbb\xbf \t\r\n"):
        raise FileError(f"{name} is empty")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FileError(f"{name} is UTF-16; save it as UTF-8 (in a spreadsheet: CSV UTF-8)")
    if b"\0" in data:
        raise FileError(f"{name}, row {row_at(data, data.index(0))}: a table must be text, got a NUL byte; save it as CSV UTF-8")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        byte = data[error.start]
        row = row_at(data, error.start)
        raise FileError(f"{name}, row {row}: text must be UTF-8, got byte 0x{byte:02x}; save it as CSV UTF-8") from None


def row_at(data: bytes, position: int) -> int:
    """Return the line, counted from 1, in which a byte stands."""
    before = data[:position]
    return 1 + before.count(b"\n") + before.replace(b"\r\n", b"\n").count(b"\r")


def csv_records(text: str, name: str) -> Iterator[Record]:
    """Split CSV into rows with the line on which each begins; lines without content are skipped."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            stripped = [cell.strip() for cell in cells]
            if any(stripped):
                yield line, stripped
            line = reader.line_num + 1
    except csv.Error as error:
        raise FileError(f'{name}, row {line}: {error}; a cell that holds a comma or a quote stands in quotes, such as "a, b"') from None


def named_rows(records: Sequence[Record], schema: Schema, name: str) -> list[Row]:
    """Check the header and give each cell its column."""
    if not records:
        raise FileError(f"{name} is empty; write the header {schema.header} and one row for each {schema.what}")
    (line, header), *body = records
    columns = read_header([column.lower() for column in header], schema, f"{name}, row {line}")
    if not body:
        raise FileError(f"{name} has no row below its header; write one for each {schema.what}")
    return [Row(row_cells(cells, columns, f"{name}, row {n}"), n, f"{name}, row {n}") for n, cells in body]


def read_header(header: list[str], schema: Schema, where: str) -> list[str]:
    """Check the names of the columns; doubt those that nobody reads."""
    known = schema.required + schema.optional
    unknown = [column for column in header if column and column not in known]
    for column in schema.required:
        if column not in header:
            found = header[0] if len(header) == 1 else ",".join(header)
            hint = separator_hint(header) or (nearest_to(column, unknown))
            raise FileError(f"{where}: there must be a column {column!r}, got the header {shown(found)}; write {schema.header}{hint}")
    for column in header:
        if column and header.count(column) > 1:
            raise FileError(f"{where}: each column must stand once, got {column!r} twice; remove or rename one of them")
    for column in unknown:
        near = nearest_to(column, schema.optional)
        warn(f"{where}: column {shown(column)} is not used{near}", DataWarning)
    return header


def separator_hint(header: list[str]) -> str:
    """Recognise a table whose cells are separated by something else than commas."""
    marks = {";": "semicolons", "\t": "tabs", "|": "bars"}
    found = [word for mark, word in marks.items() if len(header) == 1 and mark in header[0]]
    return f", separated by commas, not by {found[0]}" if found else ""


def nearest_to(word: str, candidates: Sequence[str]) -> str:
    """Ask whether a near word was meant; say nothing where none is near."""
    hint = nearest(word, candidates) if candidates else ""
    return hint if "did you mean" in hint else ""


def row_cells(cells: list[str], columns: list[str], where: str) -> dict[str, str]:
    """Match the cells of a row with the columns; empty cells beyond the last column do no harm."""
    if len(cells) < len(columns) or any(cells[len(columns) :]):
        hint = "; write numbers without thousands separators" if len(cells) > len(columns) else ""
        raise FileError(f"{where}: a row must have as many cells as the header, {len(columns)}, got {len(cells)}{hint}")
    return dict(zip(columns, cells, strict=False))
