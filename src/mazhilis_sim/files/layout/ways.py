"""How the cells of one table are written: marks in numbers, the order of dates, shares in per cent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from mazhilis_sim.errors import FileError, show
from mazhilis_sim.files.dialect import Dialect, mark_name
from mazhilis_sim.files.layout.ambiguity import AmbiguousError
from mazhilis_sim.files.layout.dates import Dates
from mazhilis_sim.files.layout.numbers import Marks, take_apart
from mazhilis_sim.files.sources.grid import Exact, times_hundred
from mazhilis_sim.reading import fraction

SMALLEST_MARGIN = Fraction(1, 10)
"""Per cent: for a smaller margin of error a million people would have to be asked."""


@dataclass(frozen=True, slots=True)
class Ways:
    """How cells are written.

    Parameters
    ----------
    marks : Marks
    dates : Dates
    per_cent : bool
        Whether every share without a mark is per cent, because somebody said so.
    fractions : bool
        Whether numbers below a head in per cent are fractions: cells that a spreadsheet shows in per cent.
    small : bool
        Whether shares without a mark may be fractions though they are said to be per cent: none is above 1, and they are too many
        for so few per cent, or stand beside cells that a spreadsheet shows in per cent.
    """

    marks: Marks
    dates: Dates
    per_cent: bool
    fractions: bool
    small: bool = False

    @classmethod
    def of(cls, texts: Sequence[str], shares: Sequence[str], in_per_cent: Sequence[str], said: Dialect) -> Ways:
        """Find out how a table is written, from all its cells, its shares, and those of them whose head says per cent."""
        marks = Marks.of(texts, shares, said)
        formatted = any(isinstance(cell, Exact) and "%" in cell for cell in shares)
        small = are_fractions(shares, marks, Fraction(0) if formatted else Fraction(1, 2))
        return cls(marks, Dates.of(texts, said), said.per_cent, are_fractions(in_per_cent, marks), small)

    def words(self, texts: Iterable[str]) -> list[str]:
        """Say what was found out, in the words of a dialect; a point before decimals is not worth a word."""
        found = [written for text in texts if (written := take_apart(text))]
        decimal = self.marks.decimal - self.marks.thousands
        said = ["decimal comma"] if "," in decimal and any(w.decimal == "," or w.doubtful == "," for w in found) else []
        said += [f"thousands {mark_name(mark)}" for mark in sorted(self.marks.thousands)]
        return [*said, *([self.dates.order] if self.dates.order else []), *(["per cent"] if self.per_cent else [])]

    def number(self, text: str, column: str, where: str, *, share: bool = False) -> str:
        """Return a number as Python writes it; ask back where it can be read in two ways."""
        try:
            return self.marks.plain(text, share=share)
        except AmbiguousError as error:
            raise error.asked_back(text, column, where) from None

    def share(self, text: str, column: str, where: str, *, in_per_cent: bool) -> str:
        """Return a share as Python writes it, with the mark that its head says."""
        number = self.number(text, column, where, share=True)
        bare = fraction(number) is not None and "%" not in number and "/" not in number
        if not bare or not (self.per_cent or (in_per_cent and not self.fractions)):
            return number
        if self.may_be_fraction(number, column):
            raise per_cent_or_fraction(number, text, column, where)
        return f"{number}%"

    def may_be_fraction(self, number: str, column: str) -> bool:
        """Tell whether a number that is said to be per cent may be a fraction: of a margin one that nobody prints."""
        value = fraction(number) or Fraction(0)
        return 0 < value <= (SMALLEST_MARGIN if column == "margin" else 1) and (self.small or column == "margin")

    def date(self, text: str, column: str, where: str) -> str:
        """Return a date in its ISO form; ask back where it can be read in two ways."""
        try:
            return self.dates.iso(text)
        except AmbiguousError as error:
            raise error.asked_back(text, column, where) from None


def per_cent_or_fraction(number: str, text: str, column: str, where: str) -> FileError:
    """Build the error that asks whether a number is per cent or a fraction."""
    hundredfold = times_hundred(number)
    return FileError(
        f"{column} can be read in two ways, {show(text)}: {hundredfold} % (a fraction) or {number} %",
        field=column,
        got=text,
        must="be read in one way",
        remedy=f'write "{hundredfold}%" or "{number}%"',
        where=where,
    )


def are_fractions(cells: Sequence[str], marks: Marks, least: Fraction = Fraction(1, 2)) -> bool:
    """Tell whether numbers that are said to be per cent are fractions: none is above 1, and they are too many for so few per cent."""
    bare = [number for cell in cells if "%" not in cell and (number := fraction(marks.plain(cell, share=True))) is not None]
    return bool(bare) and max(bare) <= 1 and sum(bare, Fraction(0)) > least
