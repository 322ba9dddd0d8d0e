"""Words as wide as they are drawn: measured, cut, and set in lines, and labels that stand apart."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties

DOTS = (100, 200)
"""Of an inch, as a figure and a file have them unless said."""
LONGEST = 400
"""Letters of a text that are looked at: no sheet has room for more in one place."""


@cache
def renderer(dots: int) -> Any:
    """Return what measures letters, in dots, of which an inch has so many; matplotlib says nothing of its types."""
    agg: Any = RendererAgg
    return agg(1, 1, dots)


@lru_cache(maxsize=16_384)
def inches(text: str, size: float, weight: str = "normal") -> float:
    """Return how wide a line is: where letters are set on few dots they are wider or narrower than on many, so the widest counts."""
    return max(width(text, size, weight, dots) / dots for dots in DOTS)


def width(text: str, size: float, weight: str, dots: int) -> float:
    """Return how wide a line is, in dots."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph", UserWarning)  # a letter that the font lacks is drawn as a box
        found, _, _ = renderer(dots).get_text_width_height_descent(text, FontProperties(size=size, weight=weight), False)
    return float(found)


def fit(text: str, size: float, room: float, weight: str = "normal") -> str:
    """Cut a line to the room that it has.

    Examples
    --------
    >>> fit("Amanat", 10, 3), fit("Amanat", 10, 0.4)
    ('Amanat', 'Am…')
    """
    if len(text) <= LONGEST and inches(text, size, weight) <= room:
        return text
    fewest, most = 0, min(len(text), LONGEST)
    while fewest < most:
        middle = (fewest + most + 1) // 2
        fewest, most = (middle, most) if inches(text[:middle] + "…", size, weight) <= room else (fewest, middle - 1)
    return text[:fewest].rstrip() + "…"


def lines(text: str, size: float, room: float, weight: str = "normal") -> list[str]:
    """Set a text in lines; a word that is longer than one is cut, and so is a text that is far too long."""
    found: list[str] = []
    for word in text[: 4 * LONGEST].split():
        if found and inches(f"{found[-1]} {word}", size, weight) <= room:
            found[-1] += f" {word}"
        else:
            found.append(fit(word, size, room, weight))
    return found


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Move heights apart, each as near to the one that it wants as the others and the ends leave room for.

    Examples
    --------
    >>> spread([0.0, 0.1, 3.0], 1.0, 0.0, 3.0)
    [0.0, 1.0, 3.0]
    """
    order = sorted(range(len(wanted)), key=lambda place: wanted[place])
    found: list[float] = []
    for rank, place in enumerate(order):
        least = found[-1] + gap if found else low
        found.append(max(least, min(wanted[place], high - gap * (len(order) - 1 - rank))))
    by_place = dict(zip(order, found, strict=True))
    return [by_place[place] for place in range(len(wanted))]
