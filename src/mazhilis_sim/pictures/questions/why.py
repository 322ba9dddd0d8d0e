"""The picture of reasons: what moves a forecast of one party, by how much."""

from __future__ import annotations

from mazhilis_sim.errors import SimulationError
from mazhilis_sim.languages import _, number
from mazhilis_sim.names.colours import colours_of
from mazhilis_sim.names.parties import Names
from mazhilis_sim.pictures.sheets.ranges import Range, draw_ranges
from mazhilis_sim.pictures.sheets.sheet import Said, Sheet, picture
from mazhilis_sim.questions.why import Why, moved

WIDEST = 4.2
"""Inches of a change in words."""


def say(found: Why, names: Names) -> Said:
    """Say what moves the answer most."""
    if not found.effects:
        raise SimulationError(field="a picture of reasons", got=found.party, must="be of a party that something moves", shown="none")
    first = found.effects[0]
    title = _("{party}: {effect} points with {change}")
    under = _("Change of the chance of entering, in points, if one thing alone is changed; 95 % intervals")
    if found.of != "p_enters":
        title = _("{party}: {effect} seats with {change}")
        under = _("Change of the mean number of seats, if one thing alone is changed; 95 % intervals")
    numbers = "; ".join(f"{effect.said} {moved(effect.by.value, found.of)}" for effect in found.effects)
    effect = moved(first.by.value, found.of)
    return Said(title.format(party=names[found.party], effect=effect, change=first.said), under, [], numbers)


def paint(found: Why, _names: Names, said: Said) -> Sheet:
    """Draw a row for each change, what moves most first."""
    colour = colours_of([found.party])[found.party]
    rows = [
        Range(effect.said, *effect.by.interval(), effect.by.value, moved(effect.by.value, found.of), colour) for effect in found.effects
    ]
    unit = 100 if found.of == "p_enters" else 1
    return draw_ranges(said, rows, lambda value: number(unit * value, "+.3g") if value else "0", names_to=WIDEST)


draw = picture(say, paint)
