"""Colours of parties: those of the record are data, told apart by every eye and in grey; others take theirs in turn."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from matplotlib.colors import to_rgb

from mazhilis_sim.names.stored import read_table

INK_ON, WHITE_ON = "#212121", "#fefefe"
"""Letters on a colour: they stay as they are where paper and ink change places."""
IN_TURN = ("#0569ab", "#d15b04", "#5a1a6f", "#f4bf2a", "#36a760", "#a4021a", "#00b9ec")
"""Of parties that the record does not know."""


@cache
def on_record() -> dict[str, str]:
    """Return the colours of the parties on record."""
    return {row["party"]: row["colour"] for row in read_table("party_colours")}


def colours_of(parties: Iterable[str]) -> dict[str, str]:
    """Return a colour for each party, in their order."""
    known, turn = on_record(), 0
    found: dict[str, str] = {}
    for party in parties:
        found[party] = known.get(party) or IN_TURN[turn % len(IN_TURN)]
        turn += party not in known
    return found


def light(colour: str) -> float:
    """Return how light a colour is, from 0 to 1, as WCAG 2.2 defines relative luminance."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour)]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def ink_on(colour: str) -> str:
    """Return the colour of letters that are read on another: the one with more contrast."""
    ground = light(colour) + 0.05
    return INK_ON if ground / (light(INK_ON) + 0.05) >= 1.05 / ground else WHITE_ON


def faded(colour: str, left: float) -> str:
    """Return a colour mixed with white."""
    red, green, blue = (round(255 * (1 - left * (1 - part))) for part in to_rgb(colour))
    return f"#{red:02x}{green:02x}{blue:02x}"
