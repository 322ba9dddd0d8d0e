"""A dialect: how a table is written, as far as it was said or found out."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace
from typing import Any

from mazhilis_sim import reading
from mazhilis_sim.errors import FileError, show, suggestion

SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
MARKS = {"comma": ",", "point": ".", "blank": " ", "apostrophe": "'"}
ORDERS = ("day first", "month first")
PER_CENT = "per cent"
LIKE_PER_CENT = ("%", "percent", "percentage", "percents", "процент", "проценты", "в процентах", "пайыз", "пайызбен")
"""Words of which it is the likeliest meaning."""
EXAMPLE = '"semicolon, cp1251, decimal comma"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How a table is written; what is empty is found out.

    Parameters
    ----------
    encoding : str
        Such as ``"cp1251"``.
    separator : str
        Between cells.
    decimal, thousands : str
        Marks in numbers.
    order : {"", "day first", "month first"}
        Of dates such as 01/08/2026.
    sheet : str
        Of a spreadsheet.
    per_cent : bool
        Whether shares without a mark are per cent.
    """

    encoding: str = ""
    separator: str = ""
    decimal: str = ""
    thousands: str = ""
    order: str = ""
    sheet: str = ""
    per_cent: bool = False

    @classmethod
    def read(cls, words: Any) -> Dialect:
        """Read a dialect from words with commas between them, in any order.

        Examples
        --------
        >>> Dialect.read("semicolon, cp1251, decimal comma").decimal
        ','
        """
        if isinstance(words, Dialect):
            return words
        if words is None:
            return cls()
        if not isinstance(words, str):
            raise FileError(field="dialect", got=words, must=f"be words such as {EXAMPLE}")
        said = cls()
        for word in filter(None, map(str.strip, words.split(","))):
            said = said.with_word(word)
        return said

    def with_sheet(self, name: Any) -> Dialect:
        """Add the name of a sheet, where one is given."""
        if name is None:
            return self
        sheet = reading.name(name, "sheet", FileError).strip()
        if self.sheet not in ("", sheet):
            raise FileError(field="sheet", got=name, must=f"be the one of the dialect, {show(self.sheet)}, or be left out")
        return replace(self, sheet=sheet)

    def with_word(self, word: str) -> Dialect:
        """Add what one word says; what is said twice, in two ways, is refused."""
        field, value = meaning(word)
        before = getattr(self, field)
        if before and before != value:
            raise FileError(field="dialect", got=word, must=f"say once what {field.replace('_', ' ')} is")
        return replace(self, **{field: value})


def meaning(word: str) -> tuple[str, Any]:
    """Return the field that a word is about, and what it says."""
    plain = re.sub(r"\s+", " ", word.lower())
    kind, _, rest = plain.partition(" ")
    if kind in ("decimal", "thousands") and rest in MARKS and (kind, rest) not in (("decimal", "blank"), ("decimal", "apostrophe")):
        return kind, MARKS[rest]
    if kind == "sheet" and rest:
        return "sheet", word[len("sheet") :].strip().strip("'\"")
    if plain in SEPARATORS:
        return "separator", SEPARATORS[plain]
    if plain in ORDERS:
        return "order", plain
    if plain == PER_CENT:
        return "per_cent", True
    return "encoding", encoding_of(word)


def encoding_of(word: str) -> str:
    """Return the name of an encoding of text, or refuse a word that means nothing."""
    try:
        found = codecs.lookup(word)
        found.decode(b"")[0].encode("utf-8")
    except Exception:  # no codec, or one that makes no text
        known = [*SEPARATORS, *ORDERS, PER_CENT, "decimal comma", "decimal point", "thousands comma", "thousands point", "thousands blank"]
        near = suggestion(PER_CENT if word.lower() in LIKE_PER_CENT else word, known, cutoff=0.7)
        hint = near if "did you mean" in near else f"write such as {EXAMPLE}"
        raise FileError(field="each word of a dialect", got=word, must="be known", remedy=hint) from None
    return found.name


def mark_name(mark: str) -> str:
    """Return what a mark in a number is called."""
    return next(name for name, known in MARKS.items() if known == mark)


def separator_name(separator: str) -> str:
    """Return what a separator is called."""
    return next(name for name, known in SEPARATORS.items() if known == separator)
