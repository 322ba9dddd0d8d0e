"""Results that have a picture: each names the module of `mazhilis_sim.pictures` that draws it, loaded when it is asked for."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar

from mazhilis_sim.errors import MazhilisError, MissingExtraError, SimulationError, unknown

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
        return draw(self, self.picture, path, names, title)


class DrawnInKinds:
    """What has several pictures. A class names in ``kinds`` what draws each, the usual one first, as `Drawn` does in ``picture``."""

    __slots__ = ()
    kinds: ClassVar[Mapping[str, str]]

    def plot(
        self, path: str | os.PathLike[str] | None = None, *, kind: str = "", names: Mapping[str, str] | None = None, title: str = ""
    ) -> Figure:
        """Draw it (extra ``plot``): ``kind`` is one of `kinds`, the first unless given; the others are those of every ``plot``."""
        usual, *_others = self.kinds
        wanted = usual if isinstance(kind, str) and not kind else kind
        if not isinstance(wanted, str) or wanted not in self.kinds:
            raise unknown(SimulationError, "kind", wanted, tuple(self.kinds))
        return draw(self, self.kinds[wanted], path, names, title)


def draw(result: Any, picture: str, path: Any, names: Any, title: Any) -> Figure:
    """Draw a result by the module of `mazhilis_sim.pictures` that is named, and the function in it where it is not ``draw``."""
    module, _, function = picture.partition(":")
    figure: Figure = getattr(import_module(f"mazhilis_sim.pictures.{module}"), function or "draw")(result, path, names, title)
    return figure


def drawings_of(result: Any) -> Iterator[Figure]:
    """Draw a result in each way that its class names in ``drawn_as``, the first one for a notebook.

    What has no picture, or nothing to draw, as an election whose regions are not known, gives none.
    """
    ways: Iterable[Mapping[str, str]] = getattr(result, "drawn_as", [{}])
    for options in ways if hasattr(result, "plot") else ():
        try:
            yield result.plot(**options)
        except MissingExtraError:
            raise
        except MazhilisError:
            continue


def inline_of(result: Any) -> tuple[str, str]:
    """Return a result's first picture as an element of a page, and its colours in the dark; both are empty where there is none.

    Without the extra ``plot`` there is none, and no failure of a picture keeps the table beside it from being shown.
    """
    try:
        figure = next(drawings_of(result), None)
        module = import_module("mazhilis_sim.pictures.sheets.inline")
        drawn = "" if figure is None else module.inline(figure, f"m{zlib.crc32(str(figure.get_label()).encode()):08x}-")
        return drawn, module.colours_in_the_dark(drawn)
    except Exception:
        return "", ""
