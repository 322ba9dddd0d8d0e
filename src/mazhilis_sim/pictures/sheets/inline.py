"""Pictures inside a page: drawings whose letters stay letters, in the colours of the reader's light, with ids of their own."""

from __future__ import annotations

import html
import io
import re
import warnings
from colorsys import hls_to_rgb, rgb_to_hls
from functools import cache

import matplotlib as mpl
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure

from mazhilis_sim.pictures.marks import GREY, GRID, INK, RULE
from mazhilis_sim.pictures.saving import SALT
from mazhilis_sim.pictures.sheets.colours import light

Picture = Figure
"""What rooms above call a picture that is to stand in a page."""
DARK_PAPER = "#1e1e1e"
IN_THE_DARK = {"#ffffff": DARK_PAPER, INK: "#e8e8e8", GREY: "#b0b0b0", GRID: "#3a3a3a", RULE: "#555555"}
"""What paper, ink and lines become where the reader prefers a dark page."""
LEAST_CONTRAST = 3.0
"""Of a colour on dark paper, as WCAG 2.2 asks of what is drawn."""
NO_METADATA = dict.fromkeys(("Creator", "Date", "Format", "Type"))
COLOUR = re.compile(r"(?<=: )#[0-9a-f]{6}\b")
FAMILY = re.compile(r"font-family: 'DejaVu Sans'[^;]*")
LETTERS = "font-family: 'DejaVu Sans', Verdana, sans-serif"
SMALLEST = 0.62
"""How far a drawing shrinks on a narrow screen before it is moved sideways instead, so that its letters can be read."""


def inline(figure: Figure, prefix: str) -> str:
    """Return a picture as an element of a page, with its words for those who do not see it; ids in it begin with a prefix.

    Nothing in it refers to anything outside of it. Its colours are those of `colours_in_the_dark` where a page says so.
    """
    drawn = svg_of(figure)
    width, height = (float(number) for number in re.findall(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', drawn)[0])
    body = own_ids(drawn[drawn.index(">") + 1 :], prefix)
    body = COLOUR.sub(lambda found: f"var({variable(found[0])}, {found[0]})", FAMILY.sub(LETTERS, body))
    title, _dot, said = str(figure.get_label()).partition(". ")
    head = (
        f'<svg role="img" aria-labelledby="{prefix}title" aria-describedby="{prefix}desc" viewBox="0 0 {width:g} {height:g}" '
        f'style="width: 100%; max-width: {width:g}pt; min-width: {SMALLEST * width:.0f}pt; height: auto">'
    )
    words = f'<title id="{prefix}title">{html.escape(title)}</title><desc id="{prefix}desc">{html.escape(said)}</desc>'
    return f"{head}{words}{body}"


def svg_of(figure: Figure) -> str:
    """Draw a picture as the one element of a drawing."""
    buffer = io.BytesIO()
    with warnings.catch_warnings(), mpl.rc_context({"svg.hashsalt": SALT, "svg.fonttype": "none"}):
        warnings.filterwarnings("ignore", "Glyph", UserWarning)
        figure.savefig(buffer, format="svg", metadata=NO_METADATA)
    drawn = buffer.getvalue().decode()
    drawn = drawn[drawn.index("<svg") :].replace('<style type="text/css">*{stroke-linejoin: round; stroke-linecap: butt}</style>', "")
    return re.sub(r">\s*\n\s*<", "><", drawn).strip()


def own_ids(drawn: str, prefix: str) -> str:
    """Leave those ids alone that something refers to, each with a prefix: several drawings share a page."""
    used = {*re.findall(r"url\(#([^)]+)\)", drawn), *re.findall(r'xlink:href="#([^"]+)"', drawn)}
    kept = re.sub(r' id="([^"]+)"', lambda found: f' id="{prefix}{found[1]}"' if found[1] in used else "", drawn)
    return re.sub(r'(url\(#|xlink:href="#)', rf"\g<1>{prefix}", kept)


# -- colours -----------------------------------------------------------------------------------------------------------


def variable(colour: str) -> str:
    """Name the variable of a page that holds a colour."""
    return f"--ink-{colour[1:]}"


def colours_in_the_dark(drawn: str) -> str:
    """Return, as declarations of a style sheet, what colours of drawings become on dark paper; those that stay are left out."""
    used = sorted({f"#{colour}" for colour in re.findall(r"var\(--ink-([0-9a-f]{6})", drawn)})
    return " ".join(f"{variable(colour)}: {dark};" for colour in used if (dark := in_the_dark(colour)) != colour)


@cache
def in_the_dark(colour: str) -> str:
    """Return what a colour becomes on dark paper: lighter until it stands out."""
    if colour in IN_THE_DARK:
        return IN_THE_DARK[colour]
    hue, lightness, saturation = rgb_to_hls(*to_rgb(colour))
    while (light(to_hex(hls_to_rgb(hue, lightness, saturation))) + 0.05) / (light(DARK_PAPER) + 0.05) < LEAST_CONTRAST:
        lightness += 0.01
    return str(to_hex(hls_to_rgb(hue, lightness, saturation)))
