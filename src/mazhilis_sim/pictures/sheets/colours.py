"""Shades of the colours of parties, and letters that are read on them."""

from __future__ import annotations

from matplotlib.colors import to_hex, to_rgb

INK_ON, WHITE_ON = "#212121", "#fefefe"
"""Letters on a colour: they stay as they are where paper and ink change places."""
LEAST_CONTRAST = 2.0
"""Of a line, beside white; its name stands beside it, so that it need not be told from others by its colour."""


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


def in_line(colour: str) -> str:
    """Return a colour as thin lines and small marks need it on white: nearer to the ink where it is pale."""
    shades = (mixed(colour, share / 20) for share in range(20))
    return next(shade for shade in shades if 1.05 / (light(shade) + 0.05) >= LEAST_CONTRAST)


def mixed(colour: str, ink: float) -> str:
    """Return a colour with a share of ink in it."""
    red, green, blue = ((1 - ink) * part + ink * dark for part, dark in zip(to_rgb(colour), to_rgb(INK_ON), strict=True))
    return to_hex((red, green, blue))
