"""A table is columns; whoever prints it says how much room there is, and which layouts it may choose from.

Nothing is cut: where room is short heads and names are broken into lines, then a table is printed in parts.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby, pairwise, zip_longest

from mazhilis_sim.tables.widths import broken, longest_word, width

GAP = 2
"""Blanks between columns."""
LONGEST_NAME, SHORTEST_NAME = 20, 8
"""Cells that a name has before it is broken into lines, and where room is shortest; above a column of seats it never has more."""
INDENT = "  "
"""Before the names of rows that stand below a name which they share."""


@dataclass(frozen=True)
class Column:
    """One column.

    Parameters
    ----------
    head : str
    cells : sequence of str
    left : bool
        Whether texts stand flush left; numbers stand flush right.
    style : str
        For a screen that knows styles.
    least : int
        The fewest cells of a terminal that it fills.
    breaks : bool
        Whether cells may be broken between words, as the names of rows are.
    longest : int
        Cells after which a long head, or a name of a row, is broken even where there is room; 0 for never.
    """

    head: str
    cells: Sequence[str]
    left: bool = False
    style: str = ""
    least: int = 0
    breaks: bool = False
    longest: int = 0

    @property
    def width(self) -> int:
        """The widest cell, the head among them, as long as what may be broken is no longer than it should be."""
        whole = max(width(self.head), self.widest)
        return min(whole, max(self.longest, self.narrowest(self.longest))) if self.longest else whole

    @cached_property
    def widest(self) -> int:
        """The widest cell below the head."""
        return max((self.least, *map(width, self.cells)))

    @property
    def below_broken_head(self) -> int:
        """What is left where the head is broken between words."""
        return max(longest_word(self.head), self.widest)

    def narrowest(self, name: int = LONGEST_NAME) -> int:
        """Return what is left where names are broken into so many cells."""
        return max(longest_word(self.head), min(self.widest, name)) if self.breaks else self.below_broken_head

    def set(self, text: str, filled: int) -> str:
        """Set a text in so many cells."""
        blank = " " * (filled - width(text))
        return text + blank if self.left else blank + text

    def lines_of(self, text: str, filled: int) -> list[str]:
        """Break a text into lines of so many cells; a number stays whole."""
        is_broken = width(text) > filled and (self.breaks or text == self.head)
        return broken(text, filled, indent=len(text) - len(text.lstrip())) if is_broken else [text]


@dataclass(frozen=True)
class Table:
    """Columns that are printed together, the names of the rows first.

    Parameters
    ----------
    columns : sequence of Column
    keys : int
        How many of the first columns name the rows.

    Examples
    --------
    >>> table = Table([Column("list", ["amanat", "auyl"], left=True), Column("seats", ["40", "8"])])
    >>> table.lines()
    ['list    seats', 'amanat     40', 'auyl        8']
    """

    columns: Sequence[Column]
    keys: int = 1

    def __post_init__(self) -> None:
        named = [replace(column, breaks=True) if place == self.keys - 1 else column for place, column in enumerate(self.columns)]
        object.__setattr__(self, "columns", named)

    @property
    def width(self) -> int:
        """The cells of a terminal that it fills with nothing broken."""
        return filled_by([column.width for column in self.columns])

    def fits(self, room: int) -> bool:
        """Tell whether it fits, its heads and names broken where that is needed."""
        return filled_by([column.narrowest() for column in self.columns]) <= room

    def widths(self, room: int | None = None) -> list[int]:
        """Return the widths of the columns; where room is short heads are broken first, then names."""
        widths = [column.width for column in self.columns]
        if room is None:
            return widths
        for least in (
            [column.below_broken_head for column in self.columns],
            [column.narrowest() for column in self.columns],
            [column.narrowest(SHORTEST_NAME) for column in self.columns],
        ):
            widths = narrowed(widths, least, room)
        return widths

    def rows(self, room: int | None = None) -> Iterator[list[list[str]]]:
        """Yield the heads, then the rows, each as the lines that it takes, every cell set in its column."""
        widths = self.widths(room)
        for texts in zip(*((column.head, *column.cells) for column in self.columns), strict=True):
            yield self.set_row(texts, widths)

    def set_row(self, texts: Sequence[str], widths: Sequence[int]) -> list[list[str]]:
        """Set the cells of one row in as many lines as the one that takes most."""
        cells = (column.lines_of(text, filled) for column, text, filled in zip(self.columns, texts, widths, strict=True))
        return [
            [column.set(text, filled) for column, text, filled in zip(self.columns, line, widths, strict=True)]
            for line in zip_longest(*cells, fillvalue="")
        ]

    def height(self, room: int) -> int:
        """Return how many lines it takes."""
        return sum(map(len, self.rows(room)))

    def lines(self, indent: int = 0, room: int | None = None) -> list[str]:
        """Return the heads and the rows as lines of text."""
        return [" " * indent + (" " * GAP).join(cells).rstrip() for row in self.rows(room) for cells in row]

    def lines_with(self, head: str, words: Sequence[str], room: int) -> list[str]:
        """Return the heads and the rows, each with a sentence behind it that is broken into lines under itself."""
        under = " " * (self.width + GAP)
        begins = [line + under[width(line) :] for line in self.lines()]
        return [
            textwrap.fill(said, room, initial_indent=begin, subsequent_indent=under)
            for begin, said in zip(begins, (head, *words), strict=True)
        ]

    def parts(self, room: int) -> list[Table]:
        """Return tables that fit, each with the names of the rows and about as many of the other columns.

        Examples
        --------
        >>> table = Table([Column("list", ["auyl"], left=True), Column("votes", ["693,938"]), Column("seats", ["8"])])
        >>> [[column.head for column in part.columns] for part in table.parts(15)]
        [['list', 'votes'], ['list', 'seats']]
        """
        names, rest = self.columns[: self.keys], self.columns[self.keys :]
        parts = [self]
        for number in range(1, len(rest) + 1):
            ends = [-(-len(rest) * part // number) for part in range(number + 1)]
            parts = [replace(self, columns=[*names, *rest[first:last]]) for first, last in pairwise(ends)]
            if all_fit(parts, room):
                break
        return parts

    def folded(self) -> Table:
        """Return a table with one column of names: what rows share stands once above them, in a row of its own.

        Examples
        --------
        >>> votes = Column("votes", ["5", "3", "4"])
        >>> table = Table([Column("year", ["2021", "2021", "2023"]), Column("list", ["a", "b", "a"], left=True), votes], keys=2)
        >>> table.folded().lines()
        ['list  votes', '2021', '  a       5', '  b       3', '2023', '  a       4']
        """
        shared, names, *rest = self.columns
        runs = [(name, [place for place, _ in run]) for name, run in groupby(enumerate(shared.cells), key=lambda pair: pair[1])]
        named = [cell for name, places in runs for cell in (name, *(INDENT + names.cells[place] for place in places))]
        below = ([cell for _, places in runs for cell in ("", *(column.cells[place] for place in places))] for column in rest)
        columns = [replace(column, cells=cells) for column, cells in zip(rest, below, strict=True)]
        return Table([replace(names, cells=named), *columns])


def filled_by(widths: Sequence[int]) -> int:
    """Return the cells that columns of these widths fill."""
    return sum(widths) + GAP * (len(widths) - 1)


def narrowed(widths: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Take cells from the widest columns until all fit, or none may be narrower."""
    found = [min(filled, max(fewest, room)) for filled, fewest in zip(widths, least, strict=True)]
    while filled_by(found) > room:
        place = max(range(len(found)), key=lambda n: found[n] if found[n] > least[n] else 0)
        if found[place] <= least[place]:
            break
        found[place] -= 1
    return found


def all_fit(tables: Iterable[Table], room: int) -> bool:
    """Tell whether every table fits."""
    return all(table.fits(room) for table in tables)


def height_of(tables: Iterable[Table], room: int) -> int:
    """Return how many lines tables take, each with a rule below its heads and a blank line before it."""
    return sum(table.height(room) + 2 for table in tables)


def party_column(name: str, cells: Iterable[str]) -> Column:
    """Return the numbers of a party below its name, which is broken between words before it is much wider than they are."""
    return Column(name, list(cells), longest=SHORTEST_NAME)


def aligned(rows: Iterable[Sequence[object]], *, left: int = 1) -> Table:
    """Set rows, the heads first, in columns: so many flush left, the others flush right.

    Examples
    --------
    >>> aligned([("list", "seats"), ("amanat", 40)]).lines(indent=3)
    ['   list    seats', '   amanat     40']
    """
    columns = ([str(cell) for cell in cells] for cells in zip(*rows, strict=True))
    return Table([Column(head, cells, left=place < left) for place, (head, *cells) in enumerate(columns)])


def fitting(layouts: Iterable[Sequence[Table]], room: int) -> Sequence[Table]:
    """Choose of the layouts whose tables fit the one of fewest lines, the first of several; parts of the last where none does."""
    best: Sequence[Table] | None = None
    layout: Sequence[Table] = ()
    for layout in layouts:
        if not all_fit(layout, room):
            continue
        if best is None or height_of(layout, room) < height_of(best, room):
            best = layout
        if all(table.width <= room for table in layout):  # those that follow have more tables, or say less
            break
    return in_parts(layout, room) if best is None else best


def in_parts(tables: Sequence[Table], room: int) -> list[Table]:
    """Return the parts of tables that are too wide, their names folded into one column where that takes fewer lines."""
    ways = [[part for table in tables for part in table.parts(room)]]
    if all(table.keys > 1 for table in tables):
        ways.append([part for table in tables for part in table.folded().parts(room)])
    return min(ways, key=lambda parts: (not all_fit(parts, room), height_of(parts, room)))
