"""How the cells of one table are written: marks in numbers, the order of dates, shares in per cent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from mazhilis_sim.files.dialect import Dialect, mark_name
from mazhilis_sim.files.layout.ambiguity import AmbiguousError
from mazhilis_sim.files.layout.dates import Dates
from mazhilis_sim.files.layout.numbers import Marks, take_apart
from mazhilis_sim.reading import fraction


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
    """

    marks: Marks
    dates: Dates
    per_cent: bool
    fractions: bool

    @classmethod
    def of(cls, texts: Sequence[str], shares: Sequence[str], in_per_cent: Sequence[str], said: Dialect) -> Ways:
        """Find out how a table is written, from all its cells, its shares, and those of them whose head says per cent."""
        marks = Marks.of(texts, shares, said)
        return cls(marks, Dates.of(texts, said), said.per_cent, are_fractions(in_per_cent, marks))

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
        return f"{number}%" if bare and (self.per_cent or (in_per_cent and not self.fractions)) else number

    def date(self, text: str, column: str, where: str) -> str:
        """Return a date in its ISO form; ask back where it can be read in two ways."""
        try:
            return self.dates.iso(text)
        except AmbiguousError as error:
            raise error.asked_back(text, column, where) from None


def are_fractions(cells: Sequence[str], marks: Marks) -> bool:
    """Tell whether numbers below a head in per cent are fractions: none is above 1, and they are too many for so few per cent."""
    bare = [number for cell in cells if "%" not in cell and (number := fraction(marks.plain(cell, share=True))) is not None]
    return bool(bare) and max(bare) <= 1 and sum(bare, Fraction(0)) > Fraction(1, 2)
