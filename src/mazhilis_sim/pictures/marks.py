"""What pictures share: colours that every eye tells apart, marks, words beside rows, axes with nothing that is not needed."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

# Blue and vermilion of Okabe and Ito, told apart by every eye and in grey; marks differ in shape as well.
DRAWS, INTERVAL, RESULT, INK, GREY = "#9ecae1", "#0072B2", "#D55E00", "#222222", "#666666"
GRID, RULE = "#e6e6e6", "#cccccc"


def bare(axes: Axes) -> None:
    """Leave axes with a scale below, a light grid, and no frame."""
    axes.tick_params(axis="x", labelsize=8, colors=GREY, length=3)
    axes.tick_params(axis="y", left=False, labelleft=False)
    axes.grid(axis="x", color=GRID, linewidth=0.6)
    axes.set_axisbelow(True)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)


def mark(marker: str, color: str, size: float, label: str, **style: Any) -> Line2D:
    """Explain one mark in a legend."""
    return Line2D([], [], color=color, marker=marker, linestyle="", markersize=size, label=label, **style)


def write(axes: Axes, y: float, offset: tuple[float, float], text: str, size: float, color: str) -> None:
    """Write left of axes, at a height in data and an offset in points; a name is no formula."""
    axes.annotate(
        text,
        (0, y),
        offset,
        xycoords=("axes fraction", "data"),
        textcoords="offset points",
        ha="right",
        va="center",
        fontsize=size,
        color=color,
        parse_math=False,
    )
