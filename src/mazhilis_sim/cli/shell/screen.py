"""Text on a screen or in a pipe: tables that fit, paragraphs with a hanging indent, no letter that cannot be shown."""

from __future__ import annotations

import os
import re
import textwrap
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from mazhilis_sim.tables import BLOCKS, PLAIN_BLOCKS

PIPE_WIDTH = 100
NARROWEST, LONGEST_NAME, SHORTEST_NAME = 40, 20, 8
GAP = 2
GLUED = re.compile(r"(?<=[\d=]) (?=[\d%])|(?<=\w) (?==)")
"""Blanks at which no line may end: those of ``5 %`` and ``n = 1,600``."""
PLAIN = str.maketrans({"–": "-", "…": "~", "±": "+-", "·": ",", "─": "-", **dict(zip(BLOCKS, PLAIN_BLOCKS, strict=True))})


@dataclass(frozen=True)
class Column:
    """One column: a head, its cells, and how they stand."""

    head: str
    cells: Sequence[str]
    left: bool = False
    style: str = ""

    @property
    def width(self) -> int:
        """The widest cell."""
        return max(cell_len(text) for text in (self.head, *self.cells))

    def set(self, text: str, width: int) -> str:
        """Set a text in the column, cut where it is too long."""
        if cell_len(text) > width:
            text = set_cell_size(text, width - 1).rstrip() + "…"
        blank = " " * (width - cell_len(text))
        return text + blank if self.left else blank + text


Table = Sequence[Column]
"""Columns, the names of the rows first."""


class Output(Console):
    """A console that lets the program answer when nobody reads any more."""

    def on_broken_pipe(self) -> None:
        """Pass the error on."""
        raise BrokenPipeError


class Screen:
    """Standard output, and what it can show."""

    def __init__(self) -> None:
        self.console = Output(highlight=False, soft_wrap=True)
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
            plain = unicodedata.normalize("NFKD", text.translate(PLAIN))
            kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
            return kept.encode(self.encoding, "replace").decode(self.encoding)
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
        lines = textwrap.wrap(GLUED.sub("\xa0", text), self.width, subsequent_indent=" " * indent, break_on_hyphens=False)
        return [line.replace("\xa0", " ") for line in lines] or [""]

    def items(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Print labels and what belongs to them, in two columns; a repeated label is shown once."""
        margin = max((len(label) for label, _ in pairs), default=0) + 4
        before = ""
        for label, text in pairs:
            head = f"  {label if label != before else '':{margin - 2}}"
            first, *rest = self.wrapped(head + text, margin)
            self.console.print(Text(self.shown(first[:margin]), style="dim", end=""), Text(self.shown(first[margin:]), end=""), sep="")
            for part in rest:
                self.line(part)
            before = label

    def tables(self, *layouts: Sequence[Table]) -> None:
        """Print the first layout that fits, or the last with its names cut."""
        chosen = next((layout for layout in layouts if all(self.fits(table) for table in layout)), layouts[-1])
        for number, table in enumerate(chosen):
            if number:
                self.line()
            self.table(table)

    def fits(self, table: Table) -> bool:
        """Tell whether a table fits; only names of more than usual length may be cut for it."""
        names, *rest = table
        return min(names.width, LONGEST_NAME) + sum(column.width + GAP for column in rest) <= self.width

    def table(self, table: Table) -> None:
        """Print a table: heads, a rule, rows."""
        names, *rest = table
        room = self.width - sum(column.width + GAP for column in rest)
        widths = [min(names.width, max(room, SHORTEST_NAME)), *(column.width for column in rest)]
        self.row([replace(column, style="dim") for column in table], widths, [column.head for column in table])
        self.line("─" * (sum(widths) + GAP * len(rest)), "dim")
        for cells in zip(*(column.cells for column in table), strict=True):
            self.row(table, widths, cells)

    def row(self, table: Table, widths: Sequence[int], cells: Sequence[str]) -> None:
        """Print one row."""
        line = Text(end="")
        for number, (column, width, cell) in enumerate(zip(table, widths, cells, strict=True)):
            line.append(" " * GAP if number else "")
            line.append(self.shown(column.set(cell, width)), column.style)
        line.rstrip()
        self.console.print(line)
