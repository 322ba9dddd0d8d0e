"""Where the table stands in a grid: its head, of one to three rows, the rows of data, and what is left out around them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from mazhilis_sim.errors import FileError, show
from mazhilis_sim.files.layout.headers import IGNORED, Head, read_head
from mazhilis_sim.files.layout.notes import is_note, is_number, is_title, numbers_columns
from mazhilis_sim.files.sources.grid import Grid, Line
from mazhilis_sim.names.labels import PARTY, REFUSED, RESERVED, SUM, read_label

DEEPEST_HEAD, LOWEST_HEAD = 3, 40
"""Rows of a head, and rows above it, that are tried."""
BEGINS_AS_NUMBER = re.compile(r"[-+]?\d")
BEGINS_AS_DATE = re.compile(r"\d{1,4}\s*[-–—./]\s*\w|\d{1,2}\s+[^\W\d]")
NOTHING_KNOWN = frozenset(("na", "n/a", "not available", "-", "–", "—", "…", "...", "н/д", "нет данных", "деректер жоқ", "жоқ"))
"""What stands in a cell for nothing, in small letters."""
DAYS = {"date", "start"}
"""Of a head over both days of a poll, the row below says which of them."""
PLACES = ("region", "district", "precinct")
"""Columns that say of which place the votes of a row are."""


@dataclass(frozen=True, slots=True)
class Schema:
    """What a table must hold.

    Parameters
    ----------
    what : str
        What one row stands for, as messages call it.
    required, optional : tuple of str
        Names of columns, in the order in which they are documented.
    value : str
        The column whose cells may stand under the names of parties instead; nothing where a table has no such wide form.
    header : str
        The head to write.
    foreign : tuple of str
        Columns that tell a table of another kind.
    """

    what: str
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    value: str = ""
    header: str = ""
    foreign: tuple[str, ...] = ()

    @property
    def may_be_empty(self) -> tuple[str, ...]:
        """Columns whose cells may say that there is nothing; names of places may not."""
        return tuple(column for column in self.optional if column not in PLACES)

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns that are read."""
        return self.required + self.optional


@dataclass(frozen=True, slots=True)
class Block:
    """A table found in a grid.

    Parameters
    ----------
    heads : tuple of Head
    row : int
        The first row of the head.
    body : tuple of Line
    wide : tuple of int
        Places of the columns that are headed by parties; empty where each row names its own.
    left_out : tuple of int
        Rows that are no data.
    """

    heads: tuple[Head, ...]
    row: int
    body: tuple[Line, ...]
    wide: tuple[int, ...] = ()
    left_out: tuple[int, ...] = ()


def find_block(grid: Grid, schema: Schema) -> Block | None:
    """Find the table: rows with their parties, or, where there is none, parties above columns.

    Of several heads the first that names each column once, for a head of two rows names some of them twice in the first alone.
    """
    heads, columns = list(possible_heads(grid.lines)), Columns(grid.lines)
    found: list[tuple[int, int, tuple[Head, ...], tuple[int, ...]]]
    found = [(start, depth, head, ()) for start, depth, head in heads if is_head(head, schema)]
    if not found and schema.value:
        wide = [(start, depth, head, party_columns(head, columns, start + depth, schema)) for start, depth, head in heads]
        found = [each for each in wide if each[3]]
    if not found:
        return None
    start, depth, head, places = next((each for each in found if names_once(each[2], schema, each[3])), found[0])
    return block_at(grid, head, start, depth, places)


def is_head(head: Sequence[Head], schema: Schema) -> bool:
    """Tell whether a head names every column that must be there, and none of another kind of table."""
    named = {each.column for each in head}
    return named >= set(schema.required) and not named & set(schema.foreign)


def names_once(head: Sequence[Head], schema: Schema, wide: Sequence[int]) -> bool:
    """Tell whether a head names no column and no party twice."""
    names = [each.column for each in head if each.column in schema.columns] + [head[place].text for place in wide]
    return len(set(names)) == len(names)


def possible_heads(lines: Sequence[Line]) -> Iterator[tuple[int, int, tuple[Head, ...]]]:
    """Yield rows that may be a head, each alone, then with those below it: none holds a number."""
    for depth in range(1, DEEPEST_HEAD + 1):
        for start in range(min(len(lines) - depth + 1, LOWEST_HEAD)):
            rows = lines[start : start + depth]
            if any(is_number(cell) for row in rows for cell in row.cells):
                continue
            if not (start and begins_head(lines[start - 1])) and not goes_on(lines[start + depth :]):
                yield start, depth, heads_of(rows)


def begins_head(line: Line) -> bool:
    """Tell whether a row names several columns, so that the one below cannot be a head without it."""
    named = {read_head(cell).column for cell in line.cells} - {"", IGNORED}
    return len(named) > 1 and not any(map(is_number, line.cells))


def goes_on(below: Sequence[Line]) -> bool:
    """Tell whether the next row is one more of the head: it holds known heads and units, and nothing else."""
    return bool(below) and all(read_head(cell).column for cell in below[0].filled)


def heads_of(rows: Sequence[Line]) -> tuple[Head, ...]:
    """Read heads from one row, or from several that stand above each other."""
    width = max(len(row.cells) for row in rows)
    filled = [row.cells + ("",) * (width - len(row.cells)) for row in rows]
    filled = [*(spread(upper, lower) for upper, lower in pairwise(filled)), filled[-1]]
    columns = [[part for part in dict.fromkeys(column) if part] for column in zip(*filled, strict=True)]
    return tuple(joined_head(parts) for parts in without_group(columns))


def without_group(columns: Sequence[list[str]]) -> list[list[str]]:
    """Take away the head "parties" that is merged over their names, so that each column is headed by its own."""
    above = [parts[0] if len(parts) > 1 and read_head(parts[0]).column == "party" else "" for parts in columns]
    groups = {group for group, times in Counter(above).items() if times > 1 and names_below(group, columns)}
    return [parts[1:] if group in groups else parts for group, parts in zip(above, columns, strict=True)]


def names_below(group: str, columns: Sequence[list[str]]) -> bool:
    """Tell whether a head stands over names, one of which is known, and over no known head."""
    below = [read_head(" ".join(parts[1:])) for parts in columns if len(parts) > 1 and parts[0] == group]
    return not any(head.column for head in below) and any(map(is_label, below))


def spread(upper: Sequence[str], lower: Sequence[str]) -> tuple[str, ...]:
    """Let a head that is merged over columns stand above each of them that has a head of its own."""
    cells, before = [], ""
    for above, below in zip(upper, lower, strict=True):
        before = above or (before if below else "")
        cells.append(before)
    return tuple(cells)


def joined_head(parts: Sequence[str]) -> Head:
    """Read the head that several rows make together: the words joined, or the one part that is known."""
    whole = read_head(" ".join(parts))
    if whole.column or len(parts) < 2:
        return whole
    read = [read_head(part) for part in parts]
    known = {head.column for head in read} - {"", IGNORED}
    if known == DAYS:
        known = {read[-1].column}
    if len(known) != 1:
        return whole
    return Head(whole.text, known.pop(), any(head.per_cent for head in read), whole.name)


def party_columns(heads: Sequence[Head], columns: Columns, below: int, schema: Schema) -> tuple[int, ...]:
    """Return the places of the columns of parties: headed by a label, or by no known word, with numbers in the lines from one on."""
    if {"party", schema.value} & {head.column for head in heads} or below == len(columns.lines):
        return ()
    labels = {place for place, head in enumerate(heads) if head.text and not head.column and is_label(head)}
    unknown = [place for place, head in enumerate(heads) if head.text and not head.column]
    tells = {place: says_something if place in labels else begins_as_number for place in unknown}
    places = tuple(place for place in unknown if columns.holds(tells[place], place, below))
    if places and all(read_label(heads[place].name, "poll").kind == REFUSED for place in places):
        return ()  # numbers of voters or papers, such as a sheet of the turnout holds
    known = {head.column for head in heads} & set(schema.columns)
    first = columns.lines[below].cells
    in_first = [place for place in places if place < len(first) and is_number(first[place])]
    return places if len(in_first) > 1 or (places and (known or labels)) else ()


def is_label(head: Head) -> bool:
    """Tell whether a head is the name of a party of the record, or a word of no party."""
    return read_label(head.name, "poll").kind in (PARTY, RESERVED, SUM)


def says_something(cell: str) -> bool:
    """Tell whether a cell holds more than a word for nothing."""
    return bool(cell) and cell.lower() not in NOTHING_KNOWN


def begins_as_number(cell: str) -> bool:
    """Tell whether a cell holds a number, or what begins as one and is no date: it is to be refused rather than left unread."""
    if not says_something(cell):
        return False
    return is_number(cell) or bool(BEGINS_AS_NUMBER.match(cell) and not BEGINS_AS_DATE.match(cell))


class Columns:
    """What the columns of a grid hold below a head: looked for once, from the end, for however many heads are tried."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.last: dict[tuple[Callable[[str], bool], int], int] = {}

    @cached_property
    def data(self) -> list[tuple[int, Line]]:
        """The lines that are no footnotes, with their places, the last first."""
        return [(number, line) for number, line in enumerate(self.lines) if not is_note(line)][::-1]

    def holds(self, tells: Callable[[str], bool], place: int, below: int) -> bool:
        """Tell whether a column holds a cell of some kind in the lines from one on."""
        if (tells, place) not in self.last:
            found = (number for number, line in self.data if place < len(line.cells) and tells(line.cells[place]))
            self.last[tells, place] = next(found, -1)
        return self.last[tells, place] >= below


def block_at(grid: Grid, heads: tuple[Head, ...], start: int, depth: int, wide: tuple[int, ...] = ()) -> Block:
    """Divide a grid whose head is found: titles above, data and footnotes below; what is neither is refused with its row."""
    above, head, below = grid.lines[:start], grid.lines[start : start + depth], grid.lines[start + depth :]
    for line in above:
        if not is_title(line):
            raise stray(grid, line, "stand below the head, or be a title of one cell", "move it below the head, or remove it")
    again = {line.cells for line in head}
    notes = [line for line in below if is_note(line) or line.cells in again]
    notes += [line for line in below[:1] if len(below) > 1 and numbers_columns(line.cells)]
    no_data = {line.number for line in notes}
    body = tuple(line for line in below if line.number not in no_data)
    left_out = tuple(sorted({line.number for line in above} | no_data))
    return Block(heads, head[0].number, body, wide, left_out)


def stray(grid: Grid, line: Line, must: str, write: str) -> FileError:
    """Build the error for a row of which it is not certain what it is."""
    shown = show(",".join(line.cells))
    return FileError(field="a row", got=line.cells, must=must, remedy=write, where=grid.place(line.number), shown=shown)
