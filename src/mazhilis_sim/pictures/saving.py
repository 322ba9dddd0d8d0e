"""Pictures are written whole or not at all, and those of one result are the same bytes on every day and in every process."""

from __future__ import annotations

import io
import os
import warnings
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

from mazhilis_sim.errors import SimulationError, show
from mazhilis_sim.writing import path_of, write_whole

ENDINGS = {".png": "png", ".svg": "svg", ".pdf": "pdf"}
NO_DATE: dict[str, dict[str, Any]] = {"svg": {"Date": None}, "pdf": {"CreationDate": None}, "png": {}}
"""What is left out lest the day be written into the file."""
WORDS = {"svg": "Title", "pdf": "Subject", "png": "Description"}
"""Where each kind of file holds in words what it shows; in a drawing readers of screens say its title."""
SALT: str | None = "mazhilis_sim"
"""Of the ids in a drawing; without one matplotlib draws it anew each time."""
DOTS_PER_INCH = 200
ON_SCREEN = 72
"""Dots per inch of a page that is read on a screen."""


def check_ending(path: str | os.PathLike[str]) -> str:
    """Return the kind of picture that the name of a file asks for."""
    ending = path_of(path).suffix
    kind = ENDINGS.get(ending.lower())
    if kind is None:
        raise SimulationError(field="a picture", got=path, must=f"end in {', '.join(ENDINGS)}", shown=ending or "no ending")
    return kind


def save(figure: Figure, path: str | os.PathLike[str]) -> None:
    """Write a picture, whole or not at all."""
    write_whole(path, drawn(figure, check_ending(path), DOTS_PER_INCH))


def drawn(figure: Figure, kind: str, dots: float) -> bytes:
    """Return the bytes of a picture."""
    buffer = io.BytesIO()
    with warnings.catch_warnings(), mpl.rc_context({"svg.hashsalt": SALT}):
        warnings.filterwarnings("ignore", "Glyph", UserWarning)  # a letter that the font lacks is drawn as a box
        figure.savefig(buffer, format=kind, dpi=dots, metadata={**NO_DATE[kind], **in_words(figure, kind)})
    return buffer.getvalue()


class Drawing(Figure):
    """A figure that shows itself at the end of a notebook's cell, also where nobody has set up pyplot."""

    def __repr__(self) -> str:
        return f"<Picture: {show(str(self.get_label()))}>"

    def _repr_png_(self) -> tuple[bytes, dict[str, Any]]:
        """Return the picture, sharp on a fine screen, its width on the page, and what it shows in words."""
        return drawn(self, "png", 2 * ON_SCREEN), {"width": round(self.get_figwidth() * ON_SCREEN), "alt": self.get_label()}


def in_words(figure: Figure, kind: str) -> dict[str, str]:
    """Return what stands in a file for those who do not see the picture."""
    said = str(figure.get_label())
    return {WORDS[kind]: said} if said else {}
