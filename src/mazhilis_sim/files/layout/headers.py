"""Heads of columns: the words for them in English, Kazakh and Russian, which lie beside this module, in any spelling."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType

IGNORED = "ignored"
"""Columns that many tables have and nobody reads: numbers of rows, sources, clients."""
UNIT = re.compile(r"(?:[,;:]?\s*(?:\bin|\bв|\bжәне)?\s*\(?(?P<unit>%|per cent|percent|процент\w*|пайыз\w*|чел\.?|человек|адам)\)?)$")
PER_CENT = re.compile(r"%|per ?cent|процент|пайыз")
DECORATION = re.compile(r"[\"'«»“”„*†‡¹²³]|\[\w{1,2}\]")


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column.

    Parameters
    ----------
    text : str
        As it stands, in one line.
    column : str
        What it means, or nothing.
    per_cent : bool
        Whether it says that its numbers are per cent.
    name : str
        The text without its unit; of a head over votes and shares what stands above both.
    value : str
        Which of both its column holds, where the head stands above them: ``"votes"`` or ``"share"``.
    group : str
        What a head of several rows shares with the columns beside it.
    """

    text: str
    column: str = ""
    per_cent: bool = False
    name: str = ""
    value: str = ""
    group: str = ""

    @property
    def is_unknown(self) -> bool:
        """Whether it says something, and nothing that is known."""
        return bool(self.text) and not self.column


@cache
def known_heads() -> Mapping[str, str]:
    """Return the columns by the words for them."""
    text = files(__package__).joinpath("headers.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    own = {folded(row["column"]): row["column"] for row in rows if row["column"] != IGNORED}
    return MappingProxyType({folded(row["word"]): row["column"] for row in rows} | own)


def folded(text: str) -> str:
    r"""Fold what does not matter in a head: case, blanks and hyphens, quotes, marks of footnotes.

    Examples
    --------
    >>> folded("Sample-Size"), folded(" «Число\nголосов»* ")
    ('sample size', 'число голосов')
    """
    plain = DECORATION.sub("", unicodedata.normalize("NFKC", text)).casefold().replace("ё", "е")
    return re.sub(r"[\s_\-‐‑–]+", " ", plain).strip(" :;,.")


@lru_cache(maxsize=4096)
def read_head(text: str) -> Head:
    """Read a head: its words, its unit, and what it means.

    Examples
    --------
    >>> read_head("Голоса, %").column, read_head("Число голосов (чел.)").column, read_head("Amanat").column
    ('share', 'votes', '')
    """
    line = " ".join(text.split())
    word, known = folded(line), known_heads()
    if word in known:
        return Head(line, known[word], bool(PER_CENT.search(word)), line)
    unit = UNIT.search(line.casefold())
    name = line[: unit.start()].strip() if unit else line
    per_cent = bool(unit and PER_CENT.search(unit["unit"]))
    column = known.get(folded(name), "") if name else ("share" if per_cent else IGNORED if unit else "")
    return Head(line, "share" if per_cent and column == "votes" else column, per_cent, name or line)
