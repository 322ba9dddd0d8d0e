"""A report of any result: its picture where it has one, its tables, and the sentences below them."""

from __future__ import annotations

import os
from typing import Any

from mazhilis_sim import __version__, reading
from mazhilis_sim.errors import SimulationError
from mazhilis_sim.languages import _
from mazhilis_sim.report.document import Document, Items, Part, Section
from mazhilis_sim.report.page import check_page, write_page
from mazhilis_sim.showing import Shown, drawings_of


def write_report(result: Any, path: str | os.PathLike[str], *, title: str = "") -> None:
    """Write a result on one page of one file: its picture, its tables, what it rests on (extra ``plot``).

    The page refers to nothing outside of it, follows the light or dark colours that its reader prefers, can be printed, and is the
    same bytes on every day.

    Parameters
    ----------
    result : a forecast, count, comparison or any other result
    path : str or path
        In ``.html``; written whole or not at all.
    title : str, optional
        What stands above it.

    Raises
    ------
    MissingExtraError
        Without matplotlib.
    SimulationError
        When the file cannot be written, or it is no result.

    Examples
    --------
    >>> import mazhilis_sim as ms
    >>> ms.write_report(ms.power({"a": 4, "b": 3, "c": 2}), getfixture("tmp_path") / "power.html")
    """
    shown = reading.instance(result, Shown, "result", SimulationError, remedy="write ms.write_report(f, path), f of simulate or elect")
    named = reading.text(title, "title", SimulationError)
    check_page(path)  # before the picture is drawn
    write_page(document_of(shown, named), path)


def document_of(result: Shown, title: str = "") -> Document:
    """Return the report of a result."""
    sheet = result._sheet()
    made = Section(_("How this was made"), [Items([(_("program"), f"mazhilis_sim {__version__}")])])
    parts: list[Part] = [*drawings_of(result), *sheet.tables, *sheet.notes]
    return Document(title or sheet.title, [Section(sheet.title if title else _("Result"), parts), made])
