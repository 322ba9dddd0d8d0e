"""Text tables, and numbers as they are shown: never more digits than are known.

A table is columns; whoever prints it (a protocol, a report, a screen) says how much room there is, and which layouts it may
choose from. Widths are cells of a terminal: two for a letter of East Asia, none for an accent that stands on the letter before.
"""

from __future__ import annotations

import datetime
import math
import textwrap
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt
from typing import Protocol

BLOCKS, PLAIN_BLOCKS = " ▁▂▃▄▅▆▇█", " .:-=+*#@"
UNKNOWN = "?"
GAP = 2
"""Blanks between columns."""
SHORTEST_CUT_WITHIN = 12
"""Cells that a name must have for its end to be left."""
LONGEST_NAME, SHORTEST_NAME = 20, 8
"""What names of rows may be cut to where room is short, at first and at the most."""


# -- numbers as they are shown ------------------------------------------------------------------------------------------


class Chance(Protocol):
    """A probability that knows its standard error, such as `mazhilis_sim.Probability`."""

    @property
    def value(self) -> float:
        """The probability itself."""
        ...

    @property
    def se(self) -> float:
        """Its standard error."""
        ...

    def interval(self, level: float) -> tuple[float, float]:
        """Return an interval that contains it at a level."""
        ...


def chance(p: Chance) -> str:
    """Write a probability with the digits that its standard error bears out; a bound where it is lost in the error.

    Examples
    --------
    >>> from mazhilis_sim import Probability
    >>> chance(Probability(253_520, 1_000_000)), chance(Probability(0, 1_000_000)), chance(Probability(999, 1000))
    ('25.4 %', '< 0.001 %', '> 99 %')
    """
    percent, error = 100 * p.value, 100 * p.se
    rarer = min(percent, 100 - percent)
    if rarer < 2 * error or error == 0:
        return bound(p)
    decimals = min(decimals_known(error), decimals_wanted(rarer))
    return f"{percent:.{decimals}f} %" if 0 < round(percent, decimals) < 100 else bound(p)


def rough_chance(p: Chance) -> str:
    """Write a probability in whole per cent, where what a model assumes is in more doubt than what the draws leave open.

    Examples
    --------
    >>> from mazhilis_sim import Probability
    >>> rough_chance(Probability(253_520, 1_000_000)), rough_chance(Probability(3_000, 1_000_000)), rough_chance(Probability(10, 10))
    ('25 %', '< 1 %', '?')
    """
    low, high = p.interval(0.95)
    if high - low > 0.04:
        return chance(p)
    if p.value < 0.01:
        return "< 1 %"
    return f"{100 * p.value:.0f} %" if p.value <= 0.99 else "> 99 %"


def decimals_known(error: float) -> int:
    """Return how many decimals a standard error leaves meaningful."""
    return max(0, math.floor(-math.log10(error)))


def decimals_wanted(percent: float) -> int:
    """Return one decimal, or two significant digits where that would be too few."""
    return 1 if percent >= 1 else 1 - math.floor(math.log10(percent))


def bound(p: Chance) -> str:
    """Bound a chance near 0 or 1 by the next power of ten beyond its Wilson interval."""
    low, high = p.interval(0.95)
    rare = p.value < 0.5
    power = math.ceil(math.log10(100 * (high if rare else 1 - low)))
    if power > 1:
        return UNKNOWN
    limit = 10.0**power
    return f"{'<' if rare else '>'} {limit if rare else 100 - limit:.{max(0, -power)}f} %"


def percent(share: float | Fraction, digits: int = 1) -> str:
    """Write a share as a percentage with so many decimals, rounded half up from the exact number.

    Examples
    --------
    >>> percent(0.539), percent(Fraction(1, 3), 2)
    ('53.9 %', '33.33 %')
    """
    scaled = (Fraction(share) * 100 * 10**digits + Fraction(1, 2)).__floor__()
    return f"{scaled // 10**digits}{f'.{scaled % 10**digits:0{digits}d}' if digits else ''} %"


def day(date: datetime.date) -> str:
    """Write a date in words."""
    return f"{date.day} {date:%B %Y}"


def sparkline(counts: Sequence[int], low: int, high: int, width: int, blocks: str = BLOCKS) -> str:
    """Draw how often each number of seats from ``low`` to ``high`` came, several of them to a mark where they are many.

    Examples
    --------
    >>> sparkline([9, 0, 0, 3, 8, 4], 0, 5, 8)
    '█  ▃█▄'
    """
    step = -(-(high - low + 1) // width)
    bins = [sum(counts[start : min(start + step, high + 1)]) for start in range(low, high + 1, step)]
    top = max(bins) or 1
    return "".join(blocks[math.ceil(count / top * (len(blocks) - 1))] for count in bins)


def plural(number: int, word: str) -> str:
    """Write a number and its noun."""
    return f"{number:,} {word}{'s' * (number != 1)}"


def numbered(word: str, numbers: Sequence[int]) -> str:
    """Write a noun and the numbers of those that are meant: ``districts 3, 7``."""
    return f"{word}{'s' * (len(numbers) != 1)} {', '.join(map(str, numbers))}"


def short_percent(share: float | Fraction) -> str:
    """Write a threshold or a level as the law does, without decimals that say nothing: ``5 %``."""
    return f"{float(share * 100):g} %"


def decimal(value: Fraction, digits: int) -> str:
    """Write a fraction with thousands separators, cut (not rounded) after some digits."""
    scaled = (value * 10**digits).__floor__()
    return f"{scaled // 10**digits:,}.{scaled % 10**digits:0{digits}d}"


def root(square: Fraction, digits: int) -> str:
    """Write a square root, cut after some digits."""
    return decimal(Fraction(isqrt(square.numerator * 100**digits // square.denominator), 10**digits), digits)


def list_names(parties: Iterable[str]) -> str:
    """Join ids into ``a, b and c``."""
    *first, last = parties
    return f"{', '.join(first)} and {last}" if first else last


# -- widths ------------------------------------------------------------------------------------------------------------


def width(text: str) -> int:
    """Return how many cells of a terminal a text fills.

    Examples
    --------
    >>> width("Amanat"), width("党"), width("e\u0301")
    (6, 2, 1)
    """
    return len(text) if text.isascii() else sum(map(letter_width, text))


def letter_width(letter: str) -> int:
    """Return how many cells one letter fills."""
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def cut(text: str, most: int) -> str:
    """Cut a text that is wider than it may be, and mark where.

    Examples
    --------
    >>> cut("Respublica", 6), cut("Auyl", 6)
    ('Respu…', 'Auyl')
    """
    if width(text) <= most:
        return text
    filled, kept = 0, 0
    for letter in text:
        filled += letter_width(letter)
        if filled > most - 1:
            break
        kept += 1
    return text[:kept].rstrip() + "…"


def cut_within(text: str, most: int) -> str:
    """Cut a text that is wider than it may be, and leave its end: a third of the room.

    Examples
    --------
    >>> cut_within("Movement of Citizens 12", 15), cut_within("Auyl", 6)
    ('Movement…ns 12', 'Auyl')
    """
    if width(text) <= most:
        return text
    end = text[-(most // 3) :] if most >= SHORTEST_CUT_WITHIN and width(text) == len(text) else ""
    return cut(text, most - len(end)) + end.lstrip() if end else cut(text, most)


# -- tables ------------------------------------------------------------------------------------------------------------


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
    """

    head: str
    cells: Sequence[str]
    left: bool = False
    style: str = ""
    least: int = 0

    @property
    def width(self) -> int:
        """The widest cell."""
        return max(self.least, *(width(text) for text in (self.head, *self.cells)))

    def set(self, text: str, filled: int) -> str:
        """Set a text in so many cells, cut within where it is too long: names that begin alike are told apart by their ends."""
        shown = cut_within(text, filled)
        blank = " " * (filled - width(shown))
        return shown + blank if self.left else blank + shown


@dataclass(frozen=True)
class Table:
    """Columns that are printed together, the names of the rows first.

    Examples
    --------
    >>> table = Table([Column("list", ["amanat", "auyl"], left=True), Column("seats", ["40", "8"])])
    >>> table.lines()
    ['list    seats', 'amanat     40', 'auyl        8']
    """

    columns: Sequence[Column]

    @property
    def width(self) -> int:
        """The cells of a terminal that it fills with nothing cut."""
        return sum(column.width + GAP for column in self.columns) - GAP

    def fits(self, room: int) -> bool:
        """Tell whether it fits; only names of more than usual length may be cut for it."""
        names = self.columns[0].width
        return self.width - names + min(names, LONGEST_NAME) <= room

    def parts(self, room: int) -> list[Table]:
        """Return tables that fit, each with the names of the rows and as many of the other columns as there is room for.

        Examples
        --------
        >>> table = Table([Column("list", ["auyl"], left=True), Column("votes", ["693,938"]), Column("seats", ["8"])])
        >>> [[column.head for column in part.columns] for part in table.parts(15)]
        [['list', 'votes'], ['list', 'seats']]
        """
        names, *rest = self.columns
        parts: list[list[Column]] = [[]]
        for column in rest:
            if parts[-1] and not Table([names, *parts[-1], column]).fits(room):
                parts.append([])
            parts[-1].append(column)
        return [Table([names, *columns]) for columns in parts]

    def widths(self, room: int | None = None) -> list[int]:
        """Return the widths of the columns, the first narrower where room is short."""
        names, *rest = (column.width for column in self.columns)
        left = names if room is None else room - sum(filled + GAP for filled in rest)
        return [min(names, max(left, SHORTEST_NAME)), *rest]

    def rows(self, room: int | None = None) -> Iterator[list[str]]:
        """Yield the heads, then the rows, every cell set in its column."""
        widths = self.widths(room)
        for texts in zip(*((column.head, *column.cells) for column in self.columns), strict=True):
            yield [column.set(text, filled) for column, text, filled in zip(self.columns, texts, widths, strict=True)]

    def lines(self, indent: int = 0) -> list[str]:
        """Return the heads and the rows as lines of text."""
        return [" " * indent + (" " * GAP).join(cells).rstrip() for cells in self.rows()]

    def lines_with(self, head: str, words: Sequence[str], room: int) -> list[str]:
        """Return the heads and the rows, each with a sentence behind it that is broken into lines under itself."""
        under = " " * (self.width + GAP)
        begins = [line + under[width(line) :] for line in self.lines()]
        return [
            textwrap.fill(said, room, initial_indent=begin, subsequent_indent=under)
            for begin, said in zip(begins, (head, *words), strict=True)
        ]


def aligned(rows: Iterable[Sequence[object]], *, left: int = 1, indent: int = 0) -> list[str]:
    """Set rows, the heads first, in columns: so many flush left, the others flush right.

    Examples
    --------
    >>> aligned([("list", "seats"), ("amanat", 40)], indent=3)
    ['   list    seats', '   amanat     40']
    """
    columns = ([str(cell) for cell in cells] for cells in zip(*rows, strict=True))
    return Table([Column(head, cells, left=place < left) for place, (head, *cells) in enumerate(columns)]).lines(indent)


def fitting(layouts: Sequence[Sequence[Table]], room: int) -> Sequence[Table]:
    """Choose the first layout whose tables all fit, or the parts of the last one that do."""
    found = next((layout for layout in layouts if all(table.fits(room) for table in layout)), None)
    return [part for table in layouts[-1] for part in table.parts(room)] if found is None else found
