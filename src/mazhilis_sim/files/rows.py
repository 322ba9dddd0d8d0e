"""The rows of a table: cells that know where they stand and how they are written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mazhilis_sim.errors import FileError, shorten, show
from mazhilis_sim.files.layout.headers import Head
from mazhilis_sim.files.layout.ways import Ways

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
        return f"{self.where}, column {shorten(head, LONGEST_HEAD)}"

    @property
    def wide(self) -> bool:
        """Whether its number stands in a column that is headed by its list, or by its region."""
        number = self.heads.get("votes", self.heads.get("share"))
        return number is not None and number in (self.heads.get("party"), self.heads.get("region"))

    @property
    def wide_by_region(self) -> bool:
        """Whether its number stands in a column that is headed by its region."""
        return self.wide and self.heads.get("region") == self.heads.get("votes")

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
class Unread:
    """A column that no one reads: its number, how it is headed, and the first cell that it holds."""

    number: int
    head: str
    cell: str

    @property
    def called(self) -> str:
        """How a sentence names it."""
        return f"column {show(self.head)}" if self.head else f"column {self.number}, which has no head,"


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a source, how it was read, and the columns that were not."""

    rows: tuple[Row, ...]
    name: str
    columns: frozenset[str]
    wide: bool
    read_as: str
    unread: tuple[Unread, ...]
    known: frozenset[str] = frozenset()
    """Every column that is known, of tables of any kind."""

    def number_of(self, row: Row) -> int | None:
        """Return the number by which a row is told from others; none where parties stand above columns."""
        return None if self.wide else row.number

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)


def shown(text: str) -> str:
    """Quote what came."""
    return show(text) if text else "nothing"
