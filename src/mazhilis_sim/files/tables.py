"""Tables of a known kind, whatever they are written in: rows of cells that know where they stand and how they are written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from mazhilis_sim.errors import DataWarning, FileError, show, some, warn
from mazhilis_sim.files.dialect import Dialect
from mazhilis_sim.files.layout.blocks import DASHES, NOTHING_KNOWN, PLACES, Block, Schema, find_block
from mazhilis_sim.files.layout.headers import Head, folded, known_heads
from mazhilis_sim.files.layout.missing import nearest_to, no_table
from mazhilis_sim.files.layout.notes import is_number, without_numbers
from mazhilis_sim.files.layout.numbers import take_apart
from mazhilis_sim.files.layout.ways import Ways
from mazhilis_sim.files.rows import Row, Table, Unread
from mazhilis_sim.files.sources.decoding import empty
from mazhilis_sim.files.sources.grid import Grid, Line
from mazhilis_sim.files.sources.opening import open_grids, source_name
from mazhilis_sim.names.labels import OWN, read_label

HEADED = {"party": "wide", "region": "regions above columns"}
"""What is said of a table by what heads its columns of numbers."""


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
    block_in = cache(lambda grid: find_block(grid, schema))  # asked for the separator, and again for what stands there
    grids = open_grids(source, said, lambda grid: block_in(grid) is not None, familiar)
    if not any(grid.lines for grid in grids):
        raise empty(source_name(source), f"write the header {schema.header} and one row for each {schema.what}")
    grid, block = only_table(grids, schema, block_in)
    return table_of(grid, block, schema, said)


def familiar(text: str) -> int:
    """Count the cells of a text that are known heads or labels, or numbers in groups, with anything beyond ASCII."""
    known = known_heads()
    cells = {cell.strip(' "') for cell in re.split(r"[,;|\t\r\n]", text) if not cell.isascii()}
    return sum(folded(cell) in known or read_label(cell, "votes").kind != OWN or take_apart(cell) is not None for cell in cells)


def only_table(grids: Sequence[Grid], schema: Schema, block_in: Callable[[Grid], Block | None]) -> tuple[Grid, Block]:
    """Return the one grid that holds such a table; several are asked about, none is explained."""
    found = [(grid, block) for grid in grids if (block := block_in(grid))]
    if len(found) > 1:
        names = [grid.name.rpartition(", sheet ")[2] for grid, _ in found]
        problem = f"{len(found)} sheets hold such a table: {some([show(name) for name in names])}"
        raise FileError(
            problem,
            field="sheet",
            must="be said",
            remedy=f'say which: --sheet "{names[0]}"',
            where=found[0][0].name.rpartition(", sheet ")[0],
        )
    if not found:
        raise no_table(next(grid for grid in grids if grid.lines), schema)
    return found[0]


def table_of(grid: Grid, block: Block, schema: Schema, said: Dialect) -> Table:
    """Give each cell its column, and find out how cells are written."""
    if not block.body:
        missing = f"{grid.name} has no row below its header"
        raise FileError(missing, field=grid.name, must="hold a row below its header", remedy=f"write one for each {schema.what}")
    places = read_places(grid, block, schema)
    for line in block.body:
        check_length(grid, line, len(block.heads))
    unread = tuple(unread_columns(block))
    doubt(unread, [name for name in schema.optional if name not in places], grid.place(block.row))
    texts = [cell for line in block.body for cell in line.cells if cell]
    shares = [(head, cell) for head, cell in share_cells(block, places, schema) if cell]
    ways = Ways.of(texts, [cell for _, cell in shares], [cell for head, cell in shares if head.per_cent], said)
    rows = tuple(rows_of(grid, block, schema, places, ways))
    words = [*grid.read_as, *ways.words(texts), *([HEADED[block.above]] if block.wide else [])]
    columns = frozenset(places) | ({block.above, schema.value} if block.wide else set())
    known = frozenset(head.column for head in block.heads)
    return Table(rows, grid.name, columns, bool(block.wide) and block.above == "party", described(words, block), unread, known)


def described(words: Sequence[str], block: Block) -> str:
    """Say how a table was read, and which rows were left out."""
    left_out = [str(number) for number in block.left_out]
    rows = f"row{'s' * (len(left_out) > 1)} {', '.join(left_out)} left out" if left_out else ""
    return "; ".join(part for part in (", ".join(words), rows) if part)


def read_places(grid: Grid, block: Block, schema: Schema) -> dict[str, int]:
    """Return where each column stands; refuse one that stands twice."""
    where = grid.place(block.row)
    places: dict[str, int] = {}
    for place, head in enumerate(block.heads):
        if place in block.wide or not head.text:
            continue
        if head.column in places and head.column in schema.columns:
            raise doubled(block, places[head.column], head, where)
        if head.column:
            places.setdefault(head.column, place)
    check_groups(block, where)
    names = [folded(block.heads[place].name) for place in block.wide]
    many = Counter(names)
    twice = next((place for place, name in zip(block.wide, names, strict=True) if many[name] > 1), None)
    if twice is not None:
        raise doubled(block, twice, block.heads[twice], where)
    return {column: place for column, place in places.items() if column in schema.columns}


def check_groups(block: Block, where: str) -> None:
    """Refuse lists that stand above several numbers each, of which nobody said which one are the votes."""
    groups = [block.heads[place].group for place in block.wide if block.heads[place].group]
    if len(groups) > len(set(groups)) > 1:
        last = next(group for group in reversed(groups) if groups.count(group) > 1)
        below = [block.heads[place].text.removeprefix(last).strip() for place in block.wide if block.heads[place].group == last]
        raise FileError(
            field=show(last),
            got=below,
            must="stand above one column, or above one that is headed votes",
            remedy="keep of each list the column that holds its votes",
            shown=f"above {some([show(head) for head in below])}",
            where=where,
        )


def unread_columns(block: Block) -> Iterator[Unread]:
    """Yield the columns that nobody knows; one without a head only where it holds more than numbers, which may count the rows."""
    for place, head in enumerate(block.heads):
        cell = next((line.cells[place] for line in block.body if line.cells[place]), "")
        if place not in block.wide and not head.column and not head.value and (head.text or (cell and not is_number(cell))):
            yield Unread(place + 1, head.text, cell)


def doubt(unread: Sequence[Unread], missing: Sequence[str], where: str) -> None:
    """Warn of columns that nobody reads, with the nearest of those that are missing."""
    for column in unread:
        near = nearest_to(column.head.lower(), missing)
        warn(f"{where}: {column.called} is not used{near and '; ' + near}", DataWarning)


def doubled(block: Block, first: int, head: Head, where: str) -> FileError:
    """Build the error for two columns that mean the same."""
    other = block.heads[first].text
    both = f"{show(head.text)} twice" if other == head.text else f"{show(other)} and {show(head.text)}"
    remedy = "head each column in one row, or remove some" if block.wide else "remove or rename one of them"
    if head.column in PLACES:
        remedy = f"head the smaller places {PLACES[-1]}, or remove one of them"
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
    """Yield rows by column; a row with parties above its columns becomes one for each of them that holds something.

    Of votes, one also for each that holds nothing, for in another place the list has some. A poll without any share is said to be left out.
    """
    heads = {column: block.heads[place] for column, place in places.items()}
    above = {place: heads | {block.above: block.heads[place], schema.value: block.heads[place]} for place in block.wide}
    may_be_empty, of_votes = set(schema.may_be_empty), schema.value == "votes"
    parties = without_numbers([line.cells[places["party"]] if "party" in places else "" for line in block.body])
    for line, party in zip(block.body, parties, strict=True):
        cells = {column: line.cells[place] for column, place in places.items()}
        cells |= {"party": party} if "party" in places else {}
        cells |= {column: "" for column, cell in cells.items() if column in may_be_empty and cell.lower() in NOTHING_KNOWN}
        where = grid.place(line.number)
        if not block.wide:
            yield Row(cells, line.number, where, heads, ways)
        elif not of_votes and all(line.cells[place].lower() in {"", *NOTHING_KNOWN} for place in block.wide):
            warn(f"{where}: this row has no {schema.value} of any party and is left out", DataWarning)
        for place in block.wide:
            cell = "" if of_votes and line.cells[place] in DASHES else line.cells[place]
            if of_votes or (cell and cell.lower() not in NOTHING_KNOWN):
                both = {block.above: block.heads[place].name, schema.value: cell}
                yield Row(cells | both, line.number, where, above[place], ways)
