"""Where the table stands in a grid: its head, of one to three rows, the rows of data, and what is left out around them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeAlias

from mazhilis_sim.errors import FileError, show
from mazhilis_sim.files.layout.dates import Dates
from mazhilis_sim.files.layout.headers import IGNORED, Head, read_head
from mazhilis_sim.files.layout.heads import heads_of, is_label
from mazhilis_sim.files.layout.notes import is_note, is_number, is_title, numbers_columns
from mazhilis_sim.files.layout.regions import is_country, is_region
from mazhilis_sim.files.sources.grid import Grid, Line, is_error
from mazhilis_sim.names.labels import PARTY, REFUSED, SUM, read_label

DEEPEST_HEAD, LOWEST_HEAD = 3, 40
"""Rows of a head, and rows above it, that are tried."""
BEGINS_AS_NUMBER = re.compile(r"[-+<>≤≥~≈]?\s*\d")
BEGINS_AS_DATE = re.compile(r"\d{1,4}\s*[-–—./]\s*\w|\d{1,2}\s+[^\W\d]")
DASHES = frozenset(("-", "–", "—", "−"))
"""What stands in a cell for none of something, as an empty cell does."""
NOTHING_KNOWN = DASHES | {"na", "n/a", "not available", "…", "...", "н/д", "нет данных", "деректер жоқ", "жоқ"}
"""What stands in a cell for nothing, in small letters; of votes a word says that the number is missing."""
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


Found: TypeAlias = tuple[int, int, tuple[Head, ...], tuple[int, ...]]
"""Where a head begins, how many rows it has, what it says, and the places of its parties."""


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
        Places of the columns that are headed by parties, or by regions; empty where each row names its own.
    above : str
        What heads them: ``"party"`` or ``"region"``.
    left_out : tuple of int
        Rows that are no data.
    """

    heads: tuple[Head, ...]
    row: int
    body: tuple[Line, ...]
    wide: tuple[int, ...] = ()
    left_out: tuple[int, ...] = ()
    above: str = "party"


def find_block(grid: Grid, schema: Schema) -> Block | None:
    """Find the table: rows with their parties, or, where there is none, parties above columns, or regions.

    Of several heads the first that names each column once, for a head of two rows names some of them twice in the first alone.
    """
    heads, columns = list(possible_heads(grid.lines)), Columns(grid.lines)
    found: list[Found]
    found = [(start, depth, head, ()) for start, depth, head in heads if is_head(head, schema)]
    once = [each for each in found if names_once(each[2], schema, ())]
    regions = None if once else matrix(grid, columns, heads, schema)
    if regions:
        return regions
    if not once and schema.value:
        wide = [(start, depth, head, party_columns(head, columns, start + depth, schema)) for start, depth, head in heads]
        found = [each for each in wide if each[3]] or found
        once = [each for each in found if names_once(each[2], schema, each[3])]
    if not found:
        return None
    start, depth, head, places = (once or found)[0]
    return block_at(grid, head, start, depth, places)


def matrix(grid: Grid, columns: Columns, heads: Sequence[tuple[int, int, tuple[Head, ...]]], schema: Schema) -> Block | None:
    """Find a table with a row for each list and a column for each region; None where anything else stands in it."""
    for start, depth, head in heads if schema.value == "votes" else ():
        places = region_columns(head, columns, start + depth)
        named = [place for place, each in enumerate(head) if place not in places and not each.value and each.column != IGNORED]
        parties = [place for place in named if head[place].text or columns.holds(says_something, place, start + depth)]
        if len(places) > 1 and len(parties) == 1 and names_parties(head[parties[0]], columns, parties[0], start + depth):
            named_so = tuple(as_parties(each) if place in parties else each for place, each in enumerate(head))
            return replace(block_at(grid, named_so, start, depth, places), above="region")
    return None


def unnamed_columns(heads: Sequence[Head]) -> list[int]:
    """Return the places of the columns whose heads say nothing that is known."""
    return [place for place, head in enumerate(heads) if not head.column and not head.value]


def region_columns(heads: Sequence[Head], columns: Columns, below: int) -> tuple[int, ...]:
    """Return the places of the columns of regions, and of the sums of them, with numbers below; nothing where there are sums alone."""
    known = [place for place, head in enumerate(heads) if head.name and not head.column and head.value in ("", "votes")]
    regions = {place for place in known if is_region(heads[place].name)}
    sums = {place for place in known if read_label(heads[place].name, "votes").kind == SUM or is_country(heads[place].name)}
    places = regions | sums if regions else ()
    return tuple(place for place in sorted(places) if columns.holds(begins_as_number, place, below))


def as_parties(head: Head) -> Head:
    """Return the head of a column of parties, which may stand without a word."""
    return replace(head, column="party", text=head.text or "party")


def names_parties(head: Head, columns: Columns, place: int, below: int) -> bool:
    """Tell whether a column names parties: it is headed so, or one of the record stands in it."""
    return head.column == "party" or (not head.column and columns.holds(is_party, place, below))


def party_among(heads: Sequence[Head], columns: Columns, below: int) -> bool:
    """Tell whether a column that nobody knows names a party of the record."""
    return any(columns.holds(is_party, place, below) for place in unnamed_columns(heads))


def is_party(cell: str) -> bool:
    """Tell whether a cell names a party of the record."""
    return read_label(cell, "votes").kind == PARTY


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
            if any(is_number(cell) or is_a_day(cell) for row in rows for cell in row.cells):
                continue
            if not (start and begins_head(lines[start - 1])) and not goes_on(lines[start + depth :]):
                yield start, depth, heads_of(rows)


def is_a_day(cell: str) -> bool:
    """Tell whether a cell holds a date, which stands in no head."""
    return BEGINS_AS_NUMBER.match(cell) is not None and Dates().is_date(cell)


def begins_head(line: Line) -> bool:
    """Tell whether a row names several columns, so that the one below cannot be a head without it."""
    named = {read_head(cell).column for cell in line.cells} - {"", IGNORED}
    return len(named) > 1 and not any(map(is_number, line.cells))


def goes_on(below: Sequence[Line]) -> bool:
    """Tell whether the next row is one more of the head: known heads and units and nothing else, or the same words side by side."""
    return bool(below) and (all(read_head(cell).column for cell in below[0].filled) or repeats_words(below[0].cells))


def repeats_words(cells: Sequence[str]) -> bool:
    """Tell whether a row names nothing, holds no number, and says the same below several heads."""
    words = [cell for cell in cells if says_something(cell)]
    return not cells[0] and len(words) > len(set(words)) and not any(map(is_number, words))


def party_columns(heads: Sequence[Head], columns: Columns, below: int, schema: Schema) -> tuple[int, ...]:
    """Return the places of the columns of parties: headed by a label, or by no known word, with numbers in the lines from one on."""
    if {"party", schema.value} & {head.column for head in heads} or below == len(columns.lines):
        return ()  # each row names its own, as below "party,share"; or nothing stands below
    labels = {place for place, head in enumerate(heads) if head.is_unknown and is_label(head)}
    unknown = [place for place, head in enumerate(heads) if head.is_unknown and head.value in ("", schema.value)]
    if schema.value == "votes" and (any(is_region(head.name) for head in heads) or party_among(heads, columns, below)):
        return ()  # the rows are those of lists, whatever heads the columns: "list,Abai,Almaty", or "Amanat" below "name"
    tells = {place: says_something if place in labels else begins_as_number for place in unknown}
    places = tuple(place for place in unknown if columns.holds(tells[place], place, below))
    if places and all(read_label(heads[place].name, "poll").kind == REFUSED for place in places):
        return ()  # numbers of voters or papers, as in "region,registered voters,turnout"; "poll", for "undecided" is an answer there
    known = {head.column for head in heads} & set(schema.columns)
    first = columns.lines[below].cells
    in_first = [place for place in places if place < len(first) and is_number(first[place])]
    return places if len(in_first) > 1 or (places and (known or labels)) else ()


def says_something(cell: str) -> bool:
    """Tell whether a cell holds more than a word for nothing."""
    return bool(cell) and cell.lower() not in NOTHING_KNOWN


def begins_as_number(cell: str) -> bool:
    """Tell whether a cell holds a number, or an error, or what begins as a number and is no date: to be refused rather than left unread."""
    if not says_something(cell):
        return False
    return is_number(cell) or is_error(cell) or bool(BEGINS_AS_NUMBER.match(cell) and not BEGINS_AS_DATE.match(cell))


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
