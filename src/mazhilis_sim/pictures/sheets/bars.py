"""Rows of bars in panels side by side, every bar with its number behind it: what several pictures are made of."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from mazhilis_sim.pictures.marks import GREY
from mazhilis_sim.pictures.sheets.letters import LONGEST, fit, inches, lines
from mazhilis_sim.pictures.sheets.sheet import LINE, SIDE, Said, Sheet

FEW = 14
"""Rows beyond which they stand closer."""
WIDEST_NAME, GAP = 2.6, 0.12
"""Inches of a row's name, and between name, bar and number."""
HEAD = 9.0
MOST_HEAD_LINES = 3


@dataclass(frozen=True)
class Panel:
    """One number of each row.

    Parameters
    ----------
    head : str
    values : sequence of float or None
        None where there is none.
    texts : sequence of str
        How each is written.
    most : float
        The value of the longest bar that there is room for; the largest of all, unless given.
    powers : bool
        Whether a bar grows with the logarithm.
    """

    head: str
    values: Sequence[float | None]
    texts: Sequence[str]
    most: float = 0.0
    powers: bool = False

    def length(self, value: float | None) -> float:
        """Return the length of a bar, as a share of the longest."""
        scale = (lambda number: math.log10(1 + number)) if self.powers else float
        most = scale(max([self.most, *(each or 0.0 for each in self.values)]))
        return scale(value or 0.0) / most if most else 0.0


def draw_bars(
    said: Said, rows: Sequence[str], colours: Sequence[str], panels: Sequence[Panel], widest: float = 2.4, names_to: float = WIDEST_NAME
) -> Sheet:
    """Draw rows of bars; the sheet is as wide as its panels and as high as its rows need."""
    size, row = (10.0, 0.34) if len(rows) <= FEW else (8.0, 0.2)
    room = min(names_to, max(inches(name[:LONGEST], size) for name in rows))
    width = max(7.0, 2 * SIDE + room + GAP + len(panels) * (widest if len(panels) < 5 else 1.2))
    each = (width - 2 * SIDE - room - GAP) / len(panels)
    heads = [lines(panel.head, HEAD, each - GAP) for panel in panels]
    heads = [[*head[: MOST_HEAD_LINES - 1], fit(" ".join(head[MOST_HEAD_LINES - 1 :]), HEAD, each - GAP)] for head in heads]
    above = LINE * HEAD * max(len([line for line in head if line]) for head in heads) + 0.1
    sheet = Sheet(width, above + row * len(rows), said)
    for number, name in enumerate(rows):
        sheet.write(fit(name, size, room), SIDE + room, sheet.top - above - row * (number + 0.5), size, ha="right")
    for place, (panel, head) in enumerate(zip(panels, heads, strict=True)):
        left = SIDE + room + GAP + each * place
        sheet.write_lines([line for line in head if line], left, sheet.top, HEAD, color=GREY)
        longest = max(0.05, each - GAP - 0.06 - words_beside(panel, panels, size - 1))
        draw_panel(sheet, panel, colours, left, longest, sheet.top - above, (size, row))
    return sheet


def words_beside(panel: Panel, panels: Sequence[Panel], size: float) -> float:
    """Return the room for the numbers of a panel: panels of one longest bar have one scale, and so one room."""
    alike = [each for each in panels if panel.most and each.most == panel.most] or [panel]
    return max(inches(text, size) for each in alike for text in each.texts)


def draw_panel(
    sheet: Sheet, panel: Panel, colours: Sequence[str], left: float, longest: float, top: float, style: tuple[float, float]
) -> None:
    """Draw the bars of one panel, each with its number behind it."""
    size, row = style[0] - 1, style[1]
    bottom = top - row * len(panel.values)
    for number, (value, text) in enumerate(zip(panel.values, panel.texts, strict=True)):
        y, length = top - row * (number + 0.5), longest * panel.length(value)
        if length:
            sheet.box(left, y - 0.32 * row, length, 0.64 * row, colours[number])
        sheet.write(text, left + length + 0.05, y, size, color=GREY if not value else "#222222")
    sheet.line([left, left], [bottom, top], zorder=3)
