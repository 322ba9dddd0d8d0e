"""The picture of indices: how far the seats are from the votes."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf
from typing import Any

from mazhilis_sim.languages import _, marked, number
from mazhilis_sim.names.parties import Names
from mazhilis_sim.pictures.marks import INTERVAL
from mazhilis_sim.pictures.sheets.bars import Panel, draw_bars
from mazhilis_sim.pictures.sheets.sheet import Said, Sheet, picture
from mazhilis_sim.questions.indices import HEADS, PERCENT, Indices, shown
from mazhilis_sim.tables import percent

NUMBERS = ("enp_votes", "enp_seats")
ROWS = (*PERCENT, *NUMBERS)
BESIDE = ("sainte_lague", "bias")
"""Indices that stand below the picture."""
SHORT = (*NUMBERS, *BESIDE)
"""Indices of which a picture shows two places."""
WIDEST_NAME = 3.6
"""Inches of a row's name: what an effective number is of stands at its end."""
CALLED = {**HEADS, "wasted_share": marked("votes for lists without a seat")}
"""What the rows are called, each by itself."""


def take(found: Indices | Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the numbers that are drawn, by name."""
    return found if isinstance(found, Mapping) else {name: getattr(found, name) for name in (*ROWS, *BESIDE)}


def say(found: Mapping[str, Any], _names: Names) -> Said:
    """Say how large the least squares index is, and what was wasted."""
    title = _("Seats are {distance} from votes by Gallagher's index; {wasted} of the votes won none").format(
        distance=percent(found["gallagher"]), wasted=percent(found["wasted_share"])
    )
    under = _("Indices of disproportionality, and effective numbers of parties")
    others = [f"{_(HEADS[name])} {written(found, name)}" for name in BESIDE]
    numbers = "; ".join(f"{_(CALLED[name])} {written(found, name)}" for name in ROWS)
    return Said(title, under, ["; ".join(others)], numbers)


def paint(found: Mapping[str, Any], _names: Names, said: Said) -> Sheet:
    """Draw what is a share and what is a number of parties, each on a scale of its own."""
    panels = [panel(found, PERCENT, _("share")), panel(found, NUMBERS, _("parties"))]
    return draw_bars(said, [_(CALLED[name]) for name in ROWS], [INTERVAL] * len(ROWS), panels, names_to=WIDEST_NAME)


def written(found: Mapping[str, Any], name: str) -> str:
    """Write one index as short as a picture has it."""
    value = found[name]
    return number(float(value), ".2f") if name in SHORT and value is not None and value != inf else shown(name, value)


def panel(found: Mapping[str, Any], names: tuple[str, ...], head: str) -> Panel:
    """Return one kind of numbers; the rows of the other kind stay empty."""
    values = [float(found[name]) if name in names else None for name in ROWS]
    return Panel(head, values, [written(found, name) if name in names else "" for name in ROWS])


draw = picture(say, paint, take)
