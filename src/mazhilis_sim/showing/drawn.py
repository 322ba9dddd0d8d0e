"""Results that have a picture: each names the module of `mazhilis_sim.pictures` that draws it, loaded when it is asked for."""

from __future__ import annotations

import os
from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar

from mazhilis_sim.errors import MazhilisError, MissingExtraError

if TYPE_CHECKING:
    from matplotlib.figure import Figure


class Drawn:
    """What has one picture. A class names in ``picture`` its module, and the function where it is not ``draw``."""

    __slots__ = ()
    picture: ClassVar[str]

    def plot(self, path: str | os.PathLike[str] | None = None, *, names: Mapping[str, str] | None = None, title: str = "") -> Figure:
        """Draw it (extra ``plot``).

        Parameters
        ----------
        path : str or path, optional
            Where to save it, whole or not at all: ``.png``, ``.svg`` or ``.pdf``.
        names : mapping of str to str, optional
            Names to show, by id.
        title : str, optional
            What stands above it; what the picture shows, unless given.

        Returns
        -------
        Figure
            Its label, ``figure.get_label()``, says in words what it shows.
        """
        module, _, function = self.picture.partition(":")
        draw = getattr(import_module(f"mazhilis_sim.pictures.{module}"), function or "draw")
        figure: Figure = draw(self, path, names, title)
        return figure


def drawing_of(result: Any) -> Figure | None:
    """Draw a result; None where it has no picture, or nothing to draw, as an election whose regions are not known."""
    if not hasattr(result, "plot"):
        return None
    try:
        figure: Figure = result.plot()
    except MissingExtraError:
        raise
    except MazhilisError:
        return None
    return figure
