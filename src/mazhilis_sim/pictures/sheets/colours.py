"""Shades of the colours of parties, and letters that are read on them."""

from __future__ import annotations

from matplotlib.colors import to_rgb

INK_ON, WHITE_ON = "#212121", "#fefefe"
"""Letters on a colour: they stay as they are where paper and ink change places."""


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
