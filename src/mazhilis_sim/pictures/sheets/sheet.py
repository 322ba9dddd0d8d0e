"""A sheet on which a picture is drawn in inches: the finding above, what it is of below it, and at the foot what it rests on."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle

from mazhilis_sim import reading
from mazhilis_sim.errors import SimulationError
from mazhilis_sim.names.parties import Names
from mazhilis_sim.pictures.marks import GREY, INK
from mazhilis_sim.pictures.saving import Drawing, check_ending, save
from mazhilis_sim.pictures.sheets.letters import fit, lines

SIDE = 0.2
"""Inches left free at each side."""
TITLE, UNDER, FOOT = 14.0, 9.5, 7.5
LINE = 1.3 / 72
"""Height of a line, in inches a point."""
LONGEST_ALT = 1_500
MOST_LINES = 3
"""Of a title; what is longer is cut."""


@dataclass(frozen=True)
class Said:
    """The words around a picture.

    Parameters
    ----------
    title : str
        The finding.
    under : str
        What is drawn, of what.
    notes : sequence of str
        What it rests on.
    numbers : str
        What is drawn, in words, for those who do not see it.
    """

    title: str
    under: str
    notes: Sequence[str] = ()
    numbers: str = ""


@dataclass
class Sheet:
    """A sheet of a width and with room for a body of a height, in inches; (0, 0) is the lower left corner of the sheet."""

    width: float
    body: float
    said: Said
    figure: Figure = field(init=False)
    axes: Axes = field(init=False)
    floor: float = field(init=False)

    def __post_init__(self) -> None:
        room = self.width - 2 * SIDE
        title = title_lines(self.said.title, room)
        under = lines(self.said.under, UNDER, room)
        foot = lines(" ".join(f"{note.rstrip('.')}." for note in self.said.notes if note), FOOT, room)
        above = SIDE + LINE * (TITLE * len(title) + UNDER * len(under)) + 0.2
        self.floor = SIDE + LINE * FOOT * len(foot) + 0.1
        height = above + self.body + self.floor
        self.figure = Drawing(figsize=(self.width, height), facecolor="white")
        self.figure.set_label(" ".join((self.said.title + ".", self.said.under + ".", self.said.numbers))[:LONGEST_ALT])
        self.axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set(xlim=(0, self.width), ylim=(0, height))
        self.axes.axis("off")
        y = self.write_lines(title, SIDE, height - SIDE, TITLE, weight="bold")
        self.write_lines(under, SIDE, y - 0.04, UNDER, color=GREY)
        self.write_lines(foot, SIDE, SIDE + LINE * FOOT * len(foot), FOOT, color=GREY)

    @property
    def top(self) -> float:
        """Upper end of the body."""
        return self.floor + self.body

    def write_lines(self, texts: Sequence[str], x: float, y: float, size: float, **style: Any) -> float:
        """Write lines from a height down; return where the next would begin."""
        for number, text in enumerate(texts):
            self.write(text, x, y - LINE * size * (number + 0.5), size, **style)
        return y - LINE * size * len(texts)

    def write(self, text: str, x: float, y: float, size: float, ha: str = "left", color: str = INK, **style: Any) -> None:
        """Write one line at the height of its middle; a name is no formula."""
        self.axes.text(x, y, text, fontsize=size, ha=ha, va="center_baseline", color=color, parse_math=False, **style)

    def box(self, x: float, y: float, width: float, height: float, color: str) -> None:
        """Fill a box, with an edge that shows where it is light."""
        self.put(Rectangle((x, y), width, height, facecolor=color, edgecolor=INK, linewidth=0.3))

    def put(self, shape: Patch) -> None:
        """Put a shape on the sheet, whose scale stands: `add_patch` would look how far each reaches."""
        self.axes.add_artist(shape)

    def line(self, xs: Sequence[float], ys: Sequence[float], **style: Any) -> None:
        """Draw a line."""
        self.axes.plot(xs, ys, **{"color": GREY, "linewidth": 0.5, **style})

    def chart(self, left: float, right: float, below: float = 0.0, above: float = 0.0) -> Axes:
        """Open axes with a scale in the body, so many inches from its ends."""
        height = self.figure.get_figheight()
        low, high = self.floor + below, self.top - above
        return self.figure.add_axes((left / self.width, low / height, (self.width - left - right) / self.width, (high - low) / height))


def title_lines(title: str, room: float) -> list[str]:
    """Set a title in lines; what is longer than some is cut."""
    found = lines(title, TITLE, room, "bold")
    return [*found[: MOST_LINES - 1], fit(" ".join(found[MOST_LINES - 1 :]), TITLE, room, "bold")] if len(found) > MOST_LINES else found


def names_in(result: Any) -> Mapping[str, str]:
    """Return the names that a result has of its parties, or its election has; the same as in its tables."""
    found: Mapping[str, str] = getattr(result, "party_names", {}) or getattr(getattr(result, "election", None), "party_names", {})
    return found


def picture(
    say: Callable[[Any, Names], Said], paint: Callable[[Any, Names, Said], Sheet], take: Callable[[Any], Any] = lambda result: result
) -> Callable[..., Figure]:
    """Make the ``draw`` of a picture: of what says the finding, and what paints it; ``take`` gives both what is drawn of a result."""

    def draw(result: Any, path: str | os.PathLike[str] | None, names: Mapping[str, str] | None, title: str) -> Figure:
        """Read what every picture takes, draw it, and save it where a path is given."""
        if path is not None:
            check_ending(path)  # before the picture is drawn
        called = Names(names_in(result), reading.names_of_parties(names, SimulationError))
        given = reading.text(title, "title", SimulationError)
        drawn = take(result)
        said = say(drawn, called)
        sheet = paint(drawn, called, replace(said, title=given) if given else said)
        if path is not None:
            save(sheet.figure, path)
        return sheet.figure

    return draw
