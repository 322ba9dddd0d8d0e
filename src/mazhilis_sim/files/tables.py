"""Tables with one header row, from CSV or Parquet; every cell is text that knows where it stands."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mazhilis_sim.errors import DataWarning, FileError, show, suggestion, warn
from mazhilis_sim.writing import named, path_of

CSV, PARQUET = (".csv",), (".parquet", ".pq")
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
        text = self[column]
        return FileError(field=column, got=text, must=must, remedy=write, where=self.place(column), shown=shown(text))


def shown(text: str) -> str:
    """Quote what came."""
    return show(text) if text else "nothing"


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
    place = path_of(path, FileError)
    name, suffix = named(place), place.suffix.lower()
    if suffix in CSV:
        records = csv_records(decode(read_bytes(path), name), name)
    elif suffix in PARQUET:
        from mazhilis_sim.files.parquet import parquet_records

        records = parquet_records(read_bytes(path), name)
    else:
        must = f"end in {' or '.join((*CSV, PARQUET[0]))}"
        raise FileError(field="a table", got=suffix, must=must, where=name, shown=suffix or "no ending")
    return named_rows(list(records), schema, name)


def read_bytes(path: str | os.PathLike[str]) -> bytes:
    """Read a whole file, or say in words why not."""
    place = path_of(path, FileError)
    try:
        return place.read_bytes()
    except FileNotFoundError:
        raise FileError(f"there is no file {show(str(path))}", field="path", got=path, must="name a file") from None
    except IsADirectoryError:
        raise FileError(f"{named(place)} is a folder", field="path", got=path, must="name a file", remedy="name a file in it") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise FileError(f"{named(place)} cannot be read: {why}", field="path", got=path, must="name a file that can be read") from None


def decode(data: bytes, name: str) -> str:
    """Decode UTF-8 with or without a byte order mark; name the row of the first byte that is none."""
    if not data.strip(b"\xef\xbb\xbf \t\r\n"):
        raise empty(name)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        save_it = "save it as UTF-8 (in a spreadsheet: CSV UTF-8)"
        raise FileError(f"{name} is UTF-16", field="text", got="UTF-16", must="be UTF-8", remedy=save_it)
    if b"\0" in data:
        raise undecodable("a NUL byte", name, row_at(data, data.index(0)))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise undecodable(f"byte 0x{data[error.start]:02x}", name, row_at(data, error.start)) from None


def empty(name: str, remedy: str = "") -> FileError:
    """Build the error for a file that holds nothing."""
    return FileError(f"{name} is empty", field=name, must="hold something", remedy=remedy)


def undecodable(byte: str, name: str, row: int) -> FileError:
    """Build the error for a byte that stands in no text."""
    return FileError(field="text", got=byte, must="be UTF-8", remedy="save it as CSV UTF-8", where=f"{name}, row {row}", shown=byte)


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
        quotes = 'write a cell that holds a comma or a quote in quotes, such as "a, b"'
        raise FileError(str(error), field="a row", must="be CSV", remedy=quotes, where=f"{name}, row {line}") from None


def named_rows(records: Sequence[Record], schema: Schema, name: str) -> list[Row]:
    """Check the header and give each cell its column."""
    if not records:
        raise empty(name, f"write the header {schema.header} and one row for each {schema.what}")
    (line, header), *body = records
    columns = read_header([column.lower() for column in header], schema, f"{name}, row {line}")
    if not body:
        missing = f"{name} has no row below its header"
        raise FileError(missing, field=name, must="hold a row below its header", remedy=f"write one for each {schema.what}")
    return [Row(row_cells(cells, columns, f"{name}, row {n}"), n, f"{name}, row {n}") for n, cells in body]


def read_header(header: list[str], schema: Schema, where: str) -> list[str]:
    """Check the names of the columns; doubt those that nobody reads."""
    unread = [column for column in header if column and column not in schema.required + schema.optional]
    for column in schema.required:
        if column not in header:
            raise missing_column(column, header, unread, schema, where)
    for column in header:
        if column and header.count(column) > 1:
            twice = f"{show(column)} twice"
            raise FileError(
                field="each column", got=header, must="stand once", remedy="remove or rename one of them", where=where, shown=twice
            )
    for column in unread:
        near = nearest_to(column, schema.optional)
        warn(f"{where}: column {shown(column)} is not used{near and '; ' + near}", DataWarning)
    return header


def missing_column(column: str, header: Sequence[str], unread: Sequence[str], schema: Schema, where: str) -> FileError:
    """Build the error for a column that is not there: a table with other separators, or a misspelt header."""
    found = shown(",".join(header) if len(header) > 1 else header[0])
    hint = separator_hint(header) or nearest_to(column, unread)
    return FileError(
        field=f"a column {column!r}",
        got=found,
        must="be there",
        shown=f"the header {found}",
        remedy=f"write {schema.header}{hint and '; ' + hint}",
        where=where,
    )


def separator_hint(header: Sequence[str]) -> str:
    """Recognise a table whose cells are separated by something else than commas."""
    marks = {";": "semicolons", "\t": "tabs", "|": "bars"}
    found = [word for mark, word in marks.items() if len(header) == 1 and mark in header[0]]
    return f"separate cells by commas, not by {found[0]}" if found else ""


def nearest_to(word: str, candidates: Sequence[str]) -> str:
    """Ask whether a near word was meant; say nothing where none is near."""
    hint = suggestion(word, candidates) if candidates else ""
    return hint if "did you mean" in hint else ""


def row_cells(cells: list[str], columns: list[str], where: str) -> dict[str, str]:
    """Match the cells of a row with the columns; empty cells beyond the last column do no harm."""
    if len(cells) < len(columns) or any(cells[len(columns) :]):
        must = f"have as many cells as the header, {len(columns)}"
        hint = "write numbers without thousands separators" if len(cells) > len(columns) else ""
        raise FileError(field="a row", got=len(cells), must=must, remedy=hint, where=where)
    return dict(zip(columns, cells, strict=False))
