"""Files that commands wrote with ``--json``: read, and told apart by their format."""

from __future__ import annotations

from typing import Any

from mazhilis_sim.cli.shell.sources import check_file
from mazhilis_sim.errors import FileError, SimulationError
from mazhilis_sim.simulation.saving import TITLE, read_json
from mazhilis_sim.writing import named, path_of

FORMAT = "mazhilis_sim "
"""How the format of everything that is saved begins."""


def is_forecast(source: str) -> bool:
    """Tell whether a file holds a forecast, which has a report of its own."""
    return str(read(source).get("format")).startswith(f"{TITLE} ")


def read(source: str) -> dict[str, Any]:
    """Read what was saved."""
    check_file(source, "a saved result")
    place = path_of(source)
    try:
        saved = read_json(place.read_bytes(), place)
    except OSError as error:
        raise FileError(f"cannot read {named(place)}: {error.strerror or error}", field="source", got=source, must="be readable") from None
    except SimulationError:
        saved = {}
    if not str(saved.get("format")).startswith(FORMAT):
        remedy = "write what another command saved with --json"
        raise FileError(f"{named(place)} is no saved result", field="source", got=source, must="hold one", remedy=remedy)
    return saved


def kind_of(form: Any) -> str:
    """Return of what kind a format is, such as ``count``."""
    return str(form).removeprefix(FORMAT).rstrip(" 0123456789")
