"""Rows of ranges on one scale, each with a point in it and its number behind it: what pictures of what is not sure are made of."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from mazhilis_sim.pictures.marks import INK, RESULT, RULE, bare
from mazhilis_sim.pictures.sheets.bars import FEW, GAP, WIDEST_NAME
from mazhilis_sim.pictures.sheets.colours import in_line
from mazhilis_sim.pictures.sheets.letters import LONGEST, fit, inches
from mazhilis_sim.pictures.sheets.sheet import SIDE, Said, Sheet

WIDTH, BELOW = 9.5, 0.35
WIDEST_TEXT = 3.0
"""Inches of what stands behind a row."""
BEYOND = 1.15
"""How far the scale reaches beyond the largest number, where a range has no end."""


@dataclass(frozen=True)
class Range:
    """One row.

    Parameters
    ----------
    name : str
    low, high : float
        An end that is infinite leaves the picture.
    at : float
        The point in it.
    text : str
        What stands behind it.
    colour : str
    mark : float, optional
        What happened.
    """

    name: str
    low: float
    high: float
    at: float
    text: str
    colour: str
    mark: float | None = None


def draw_ranges(
    said: Said, rows: Sequence[Range], written: Callable[[float], str], least: float | None = None, names_to: float = WIDEST_NAME
) -> Sheet:
    """Draw rows of ranges; the scale begins at the least number, or where it is said."""
    size, row = (10.0, 0.3) if len(rows) <= FEW else (8.0, 0.16)
    room = min(names_to, max(inches(each.name[:LONGEST], size) for each in rows))
    texts = [fit(each.text, size - 1, WIDEST_TEXT) for each in rows]
    right = SIDE + max(inches(text, size - 1) for text in texts) + GAP
    sheet = Sheet(WIDTH, row * len(rows) + BELOW, said)
    axes = sheet.chart(SIDE + room + GAP, right, BELOW)
    low, high = ends(rows, least)
    axes.set(xlim=(low, high), ylim=(len(rows), 0))
    bare(axes)
    axes.set_yticks([])
    axes.xaxis.set_major_locator(MaxNLocator(6))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: written(x)))
    for number, each in enumerate(rows):
        draw_range(axes, each, number + 0.5, (max(each.low, low), min(each.high, high)), row)
        y = sheet.top - row * (number + 0.5)
        sheet.write(fit(each.name, size, room), SIDE + room, y, size, ha="right")
        sheet.write(texts[number], WIDTH - right + GAP, y, size - 1)
    if low < 0 < high:
        axes.axvline(0, color=INK, linewidth=0.8, zorder=1)
    return sheet


def ends(rows: Sequence[Range], least: float | None) -> tuple[float, float]:
    """Return the ends of the scale, a little beyond all that is drawn."""
    known = [value for each in rows for value in (each.low, each.high, each.at, each.mark) if value is not None and math.isfinite(value)]
    low = min(known) if least is None else least
    room = max(known) - low or abs(low) or 1.0
    open_end = any(math.isinf(each.high) for each in rows)
    return low - (0.02 * room if least is None else 0.0), max(known) + (BEYOND - 1 if open_end else 0.02) * room


def draw_range(axes: Axes, each: Range, y: float, ends: tuple[float, float], row: float) -> None:
    """Draw one row: the range, its point, and what happened as a line through the row."""
    thick, colour = 9 * row, in_line(each.colour)
    axes.plot(ends, [y, y], color=colour, linewidth=thick, alpha=0.55, solid_capstyle="butt", zorder=2)
    axes.plot([each.at], [y], "o", color=colour, markersize=thick + 2.2, markeredgecolor="white", markeredgewidth=0.6, zorder=3)
    if each.name:
        axes.axhline(y - 0.5, color=RULE, linewidth=0.5, zorder=0.5)
    if each.mark is not None:
        axes.plot([each.mark, each.mark], [y - 0.5, y + 0.5], color=RESULT, linewidth=1.8, solid_capstyle="butt", zorder=4)
