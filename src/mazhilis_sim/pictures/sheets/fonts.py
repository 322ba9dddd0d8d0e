"""The letters of drawings, taken into a page: the font in which they were measured, cut down to those that are used."""

from __future__ import annotations

import base64
import html
import io
import re
from functools import lru_cache
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from matplotlib import get_data_path

TEXT = re.compile(r'<text style="(?P<style>[^"]*)"[^>]*>(?P<text>[^<]*)</text>')
FILES = {400: "DejaVuSans.ttf", 700: "DejaVuSans-Bold.ttf"}
"""Of the one family, by weight; they come with matplotlib and may be embedded."""


def fonts_for(drawn: str) -> str:
    """Return the style sheet that brings the letters of drawings, so that they are as wide on every screen as they were measured."""
    letters: dict[int, set[str]] = {weight: set() for weight in FILES}
    for found in TEXT.finditer(drawn):
        letters[700 if "font-weight: 700" in found["style"] else 400].update(html.unescape(found["text"]))
    return "\n".join(face(weight, used) for weight, used in letters.items() if used)


def face(weight: int, letters: set[str]) -> str:
    """Return the rule that holds one weight."""
    data = base64.b64encode(cut_down(FILES[weight], "".join(sorted(letters)))).decode()
    return f"@font-face {{ font-family: 'DejaVu Sans'; font-weight: {weight}; src: url(data:font/woff;base64,{data}) format('woff'); }}"


@lru_cache(maxsize=256)
def cut_down(file: str, letters: str) -> bytes:
    """Return a font with some letters alone; the same bytes on every day."""
    font = TTFont(Path(get_data_path(), "fonts", "ttf", file), recalcTimestamp=False)
    options = subset.Options(flavor="woff", hinting=False, layout_features=["kern"], notdef_outline=True)
    options.drop_tables += ["FFTM"]  # the day on which the font was made
    cutter = subset.Subsetter(options)
    cutter.populate(text=letters)
    cutter.subset(font)
    buffer = io.BytesIO()
    subset.save_font(font, buffer, options)
    return buffer.getvalue()
