"""Text on a screen or in a pipe: tables that fit, paragraphs with a hanging indent, no letter that cannot be shown."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache

from rich.console import Console
from rich.text import Text

from mazhilis_sim.cli.shell.speaking import HUSHED
from mazhilis_sim.tables import BLOCKS, GAP, PLAIN_BLOCKS, Table, broken, filled_by, fitting, width

Items = Sequence[tuple[str, str]]
"""Labels, and what belongs to each."""
PIPE_WIDTH = 100
NARROWEST = 40
GLUED = re.compile(r"(?<=[\d=<>]) (?=[\d%])|(?<=\w) (?==)")
"""Blanks at which no line may end: those of ``5 %``, ``> 99 %`` and ``n = 1,600``."""
PLAIN = str.maketrans({"–": "-", "…": "~", "±": "+-", "·": ",", "─": "-", **dict(zip(BLOCKS, PLAIN_BLOCKS, strict=True))})

RUSSIAN = str.maketrans("ӘәҒғҚқҢңӨөҰұҮүҺһІі", "АаГгКкНнОоУуУуХхИи")
"""Letters that only Kazakh has, for an output that knows Russian alone."""
LATIN = str.maketrans(
    "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюяӘәҒғҚқҢңӨөҰұҮүҺһІі",
    "ABVGDEEJZIYKLMNOPRSTUFHCCSS'Y'EUAabvgdeejziyklmnoprstufhccss'y'euaAaGgQqNnOoUuUuHhIi",
)
"""Cyrillic for an output that knows none, a letter for a letter, so that columns stay where they are."""


@cache
def nearest(letter: str, encoding: str) -> str:
    """Return a letter, or the nearest one that an encoding has.

    Examples
    --------
    >>> "".join(nearest(letter, "ascii") for letter in "Ақ жол é"), nearest("қ", "cp1251"), nearest("漢", "ascii")
    ('Aq jol e', 'к', '?')
    """
    bare = "".join(part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part))
    for known in (letter, bare, letter.translate(RUSSIAN), letter.translate(LATIN)):
        with suppress(UnicodeEncodeError):
            return known.encode(encoding).decode(encoding)
    return "?"


class Output(Console):
    """A console that lets the program answer when nobody reads any more."""

    def on_broken_pipe(self) -> None:
        """Pass the error on."""
        raise BrokenPipeError


class Screen:
    """Standard output, and what it can show."""

    def __init__(self) -> None:
        self.console = Output(highlight=False, soft_wrap=True, quiet=HUSHED.get())
        asked = os.environ.get("COLUMNS", "").isdecimal()
        self.wraps = self.console.is_terminal or asked
        self.width = max(NARROWEST, self.console.width if self.wraps else PIPE_WIDTH)
        self.encoding = getattr(self.console.file, "encoding", None) or "utf-8"

    def line(self, text: str = "", style: str = "") -> None:
        """Print one line as it is."""
        self.console.print(Text(self.shown(text), style=style, end=""))

    def shown(self, text: str) -> str:
        """Replace what the output's encoding lacks by what comes nearest."""
        try:
            text.encode(self.encoding)
        except UnicodeEncodeError:
            return "".join(nearest(letter, self.encoding) for letter in text.translate(PLAIN))
        return text

    def heading(self, text: str) -> None:
        """Print a heading after an empty line."""
        self.line()
        self.paragraph(text, "bold")

    def paragraph(self, text: str, style: str = "") -> None:
        """Print a paragraph."""
        for part in self.wrapped(text):
            self.line(part, style)

    def wrapped(self, text: str, indent: int = 0) -> list[str]:
        """Break a text into lines; in a pipe, where nobody looks for an edge, it stays one."""
        if not self.wraps:
            return [text]
        return [line.replace("\xa0", " ") for line in broken(GLUED.sub("\xa0", text), self.width, min(indent, self.width // 2))]

    def height_of(self, pairs: Items) -> int:
        """Return how many lines `items` prints."""
        margin = margin_of(pairs)
        return sum(len(self.wrapped(" " * margin + text, margin)) for _, text in pairs)

    def items(self, pairs: Items) -> None:
        """Print labels and what belongs to them, in two columns; a repeated label is shown once."""
        margin, before = margin_of(pairs), ""
        for label, text in pairs:
            head = f"  {label if label != before else '':{margin - 2}}"
            first, *rest = self.wrapped(head + text, margin)
            self.console.print(Text(self.shown(first[:margin]), style="dim", end=""), Text(self.shown(first[margin:]), end=""), sep="")
            for part in rest:
                self.line(part)
            before = label

    def tables(self, *layouts: Sequence[Table]) -> None:
        """Print the layout that fits in fewest lines, or the last in parts."""
        for number, table in enumerate(fitting(layouts, self.width)):
            if number:
                self.line()
            self.table(table)

    def plain(self, table: Table, indent: int) -> list[str]:
        """Return a table as lines of text without a rule; in a pipe it stays whole."""
        if not self.wraps:
            return table.lines(indent)
        room = self.width - indent
        first, *others = (part.lines(indent, room) for part in fitting([[table]], room))
        return [*first, *(line for part in others for line in ("", *part))]

    def table(self, table: Table) -> None:
        """Print a table: heads, a rule, rows; what an encoding lacks is replaced before its width is taken."""
        columns = [replace(column, head=self.shown(column.head), cells=[*map(self.shown, column.cells)]) for column in table.columns]
        heads, *rows = replace(table, columns=columns).rows(self.width)
        styles = [column.style for column in table.columns]
        head = (self.row(cells, ["dim"] * len(cells)) for cells in heads)
        rule = Text(self.shown("─" * filled_by([*map(width, heads[0])])), style="dim")
        self.console.print(*head, rule, *(self.row(cells, styles) for row in rows for cells in row), sep="\n")

    def row(self, cells: Sequence[str], styles: Sequence[str]) -> Text:
        """Set one row."""
        line = Text(end="")
        for number, (cell, style) in enumerate(zip(cells, styles, strict=True)):
            line.append(" " * GAP if number else "")
            line.append(self.shown(cell), style)
        line.rstrip()
        return line


def margin_of(pairs: Items) -> int:
    """Return the cells before what belongs to labels."""
    return max((len(label) for label, _ in pairs), default=0) + 4
