"""Tables of a known kind, whatever they are written in: rows of cells that know where they stand and how they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mazhilis_sim.errors import DataWarning, FileError, show, suggestion, warn
from mazhilis_sim.files.dialect import Dialect
from mazhilis_sim.files.layout.blocks import NOTHING_KNOWN, Block, Schema, find_block
from mazhilis_sim.files.layout.headers import Head, folded, known_heads
from mazhilis_sim.files.layout.numbers import take_apart
from mazhilis_sim.files.layout.ways import Ways
from mazhilis_sim.files.sources.decoding import empty
from mazhilis_sim.files.sources.grid import Grid, Line
from mazhilis_sim.files.sources.opening import open_grids, source_name
from mazhilis_sim.names.labels import OWN, read_label

LONGEST_HEAD = 40
"""Letters of a head that messages show."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its cells by column, and how messages name it."""

    cells: dict[str, str]
    number: int
    where: str
    heads: Mapping[str, Head]
    ways: Ways

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def place(self, column: str) -> str:
        """Name a cell, its column as it is headed."""
        head = self.heads[column].text if column in self.heads else column
        return f"{self.where}, column {head if len(head) <= LONGEST_HEAD else head[: LONGEST_HEAD - 3] + '...'}"

    def whole(self, column: str) -> str:
        """Return a number of a cell, as Python writes it."""
        return self.ways.number(self[column], column, self.place(column))

    def share(self, column: str) -> str:
        """Return a share of a cell, as Python writes it."""
        in_per_cent = column in self.heads and self.heads[column].per_cent
        return self.ways.share(self[column], column, self.place(column), in_per_cent=in_per_cent)

    def date(self, column: str) -> str:
        """Return a date of a cell, in its ISO form."""
        return self.ways.date(self[column], column, self.place(column))

    def error(self, column: str, must: str, write: str = "") -> FileError:
        """Build the error of one cell: what must hold, what came, what to write."""
        text = self[column]
        return FileError(field=column, got=text, must=must, remedy=write, where=self.place(column), shown=shown(text))


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a source, and how it was read."""

    rows: tuple[Row, ...]
    name: str
    columns: frozenset[str]
    wide: bool
    read_as: str

    def number_of(self, row: Row) -> int | None:
        """Return the number by which a row is told from others; none where parties stand above columns."""
        return None if self.wide else row.number

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)


def shown(text: str) -> str:
    """Quote what came."""
    return show(text) if text else "nothing"


def read_table(source: Any, schema: Schema, dialect: Any = None, sheet: Any = None) -> Table:
    """Read a table of a known kind from a file or a data frame.

    Parameters
    ----------
    source : str, path or data frame
    schema : Schema
    dialect : str, optional
        How it is written, as far as it is not to be found out, such as ``"semicolon, decimal comma"``.
    sheet : str, optional
        Of a spreadsheet.

    Returns
    -------
    Table
        Cells without surrounding blanks; rows that are no data are left out.

    Raises
    ------
    FileError
        When it cannot be read as such a table, or in two ways.
    MissingExtraError
        For Parquet, spreadsheets and data frames without their library.

    Warns
    -----
    DataWarning
        For a column that no one reads.
    """
    said = Dialect.read(dialect).with_sheet(sheet)
    grids = open_grids(source, said, lambda grid: find_block(grid, schema) is not None, familiar)
    if not any(grid.lines for grid in grids):
        raise empty(source_name(source), f"write the header {schema.header} and one row for each {schema.what}")
    grid, block = only_table(grids, schema)
    return table_of(grid, block, schema, said)


def familiar(text: str) -> int:
    """Count the cells of a text that are known heads or labels, or numbers in groups, with anything beyond ASCII."""
    known = known_heads()
    cells = {cell.strip(' "') for cell in re.split(r"[,;|\t\r\n]", text) if not cell.isascii()}
    return sum(folded(cell) in known or read_label(cell, "votes").kind != OWN or take_apart(cell) is not None for cell in cells)


def only_table(grids: Sequence[Grid], schema: Schema) -> tuple[Grid, Block]:
    """Return the one grid that holds such a table; several are asked about, none is explained."""
    found = [(grid, block) for grid in grids if (block := find_block(grid, schema))]
    if len(found) > 1:
        names = [grid.name.rpartition(", sheet ")[2] for grid, _ in found]
        problem = f"{len(found)} sheets hold such a table: {', '.join(map(show, names))}"
        raise FileError(
            problem,
            field="sheet",
            must="be said",
            remedy=f'say the dialect: "sheet {names[0]}"',
            where=found[0][0].name.rpartition(", sheet ")[0],
        )
    if not found:
        raise no_table(next(grid for grid in grids if grid.lines), schema)
    return found[0]


def no_table(grid: Grid, schema: Schema) -> FileError:
    """Build the error for a grid without the head of such a table: of the row that comes nearest."""
    known = known_heads()

    def nearness(line: Line) -> int:
        return sum(known.get(folded(cell), "") in schema.columns for cell in line.cells)

    line = max(grid.lines[:40], key=nearness)
    words = [folded(cell) for cell in line.cells]
    present = {known.get(word, "") for word in words}
    column = next((name for name in schema.required if name not in present), schema.required[0])
    unread = [cell.lower() for cell, word in zip(line.cells, words, strict=True) if cell and word not in known]
    got = shown(",".join(line.cells))
    hint = nearest_to(column, unread)
    return FileError(
        field=f"a column {column!r}",
        got=got,
        must="be there",
        shown=f"the header {got}",
        remedy=f"write {schema.header}{hint and '; ' + hint}",
        where=grid.place(line.number),
    )


def nearest_to(word: str, candidates: Sequence[str]) -> str:
    """Ask whether a near word was meant; say nothing where none is near."""
    hint = suggestion(word, candidates) if candidates else ""
    return hint if "did you mean" in hint else ""


def table_of(grid: Grid, block: Block, schema: Schema, said: Dialect) -> Table:
    """Give each cell its column, and find out how cells are written."""
    if not block.body:
        missing = f"{grid.name} has no row below its header"
        raise FileError(missing, field=grid.name, must="hold a row below its header", remedy=f"write one for each {schema.what}")
    places = read_places(grid, block, schema)
    for line in block.body:
        check_length(grid, line, len(block.heads))
    texts = [cell for line in block.body for cell in line.cells if cell]
    shares = [(head, cell) for head, cell in share_cells(block, places, schema) if cell]
    ways = Ways.of(texts, [cell for _, cell in shares], [cell for head, cell in shares if head.per_cent], said)
    rows = tuple(rows_of(grid, block, schema, places, ways))
    words = [*grid.read_as, *ways.words(texts), *(["wide"] if block.wide else [])]
    columns = frozenset(places) | ({"party", schema.value} if block.wide else set())
    return Table(rows, grid.name, columns, bool(block.wide), described(words, block))


def described(words: Sequence[str], block: Block) -> str:
    """Say how a table was read, and which rows were left out."""
    left_out = [str(number) for number in block.left_out]
    rows = f"row{'s' * (len(left_out) > 1)} {', '.join(left_out)} left out" if left_out else ""
    return "; ".join(part for part in (", ".join(words), rows) if part)


def read_places(grid: Grid, block: Block, schema: Schema) -> dict[str, int]:
    """Return where each column stands; refuse one that stands twice, doubt one that nobody reads."""
    where = grid.place(block.row)
    places: dict[str, int] = {}
    for place, head in enumerate(block.heads):
        if place in block.wide or not head.text:
            continue
        if not head.column:
            near = nearest_to(head.text.lower(), [column for column in schema.optional if column not in places])
            warn(f"{where}: column {shown(head.text)} is not used{near and '; ' + near}", DataWarning)
        elif head.column in places and head.column in schema.columns:
            raise doubled(block, places[head.column], head, where)
        places.setdefault(head.column, place)
    names = [folded(block.heads[place].name) for place in block.wide]
    twice = next((place for place, name in zip(block.wide, names, strict=True) if names.count(name) > 1), None)
    if twice is not None:
        raise doubled(block, twice, block.heads[twice], where)
    return {column: place for column, place in places.items() if column in schema.columns}


def doubled(block: Block, first: int, head: Head, where: str) -> FileError:
    """Build the error for two columns that mean the same."""
    other = block.heads[first].text
    both = f"{show(head.text)} twice" if other == head.text else f"{show(other)} and {show(head.text)}"
    remedy = "head each column in one row, or remove some" if block.wide else "remove or rename one of them"
    return FileError(field="each column", got=head.text, must="stand once", remedy=remedy, where=where, shown=both)


def check_length(grid: Grid, line: Line, width: int) -> None:
    """Refuse a row of other length than the head; empty cells beyond the last column do no harm."""
    if len(line.cells) < width or any(line.cells[width:]):
        hint = "write a number that holds the separator in quotes" if len(line.cells) > width else "fill it, or begin a footnote with *"
        must = f"have as many cells as the header, {width}"
        raise FileError(field="a row", got=len(line.cells), must=must, remedy=hint, where=grid.place(line.number))


def share_cells(block: Block, places: Mapping[str, int], schema: Schema) -> Iterator[tuple[Head, str]]:
    """Yield the cells of shares, with their heads."""
    own = [places["share"]] if "share" in places else []
    for place in own or (block.wide if schema.value == "share" else ()):
        for line in block.body:
            yield block.heads[place], line.cells[place]


def rows_of(grid: Grid, block: Block, schema: Schema, places: Mapping[str, int], ways: Ways) -> Iterator[Row]:
    """Yield rows by column; a row with parties above its columns becomes one for each of them that holds something."""
    heads = {column: block.heads[place] for column, place in places.items()}
    for line in block.body:
        cells = {column: line.cells[place] for column, place in places.items()}
        cells |= {column: "" for column, cell in cells.items() if column in schema.optional and cell.lower() in NOTHING_KNOWN}
        where = grid.place(line.number)
        if not block.wide:
            yield Row(cells, line.number, where, heads, ways)
        for place in block.wide:
            head, cell = block.heads[place], line.cells[place]
            if cell and cell.lower() not in NOTHING_KNOWN:
                both = {"party": head.name, schema.value: cell}
                yield Row(cells | both, line.number, where, heads | {"party": head, schema.value: head}, ways)
