"""Saved forecasts: written in the newest format, read in every one that there ever was."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any

from mazhilis_sim.errors import DataWarning, MazhilisError, SimulationError, said_by, warn
from mazhilis_sim.kernels.steps.random_words import VERSION
from mazhilis_sim.simulation.distribution import SeatDistribution
from mazhilis_sim.writing import named, path_of, write_whole

FORMATS: Mapping[int, str] = MappingProxyType({1: "mazhilis_sim.simulation.saving.format_1"})
"""The module that reads each format number, for ever; the newest one writes, too."""
NEWEST = max(FORMATS)
TITLE = "mazhilis_sim forecast"
"""What a saved forecast says that it is, before its number."""
FORMAT = f"{TITLE} {NEWEST}"


def to_dict(result: SeatDistribution) -> dict[str, Any]:
    """Return everything that the question, the seed and the draws decide, ready for JSON, in the newest format."""
    return {"format": FORMAT, **import_module(FORMATS[NEWEST]).to_dict(result)}


def save(result: SeatDistribution, path: str | os.PathLike[str]) -> None:
    """Write a result to a JSON file, whole or not at all."""
    write_whole(path, json.dumps({**to_dict(result), "run": result.run}, ensure_ascii=False) + "\n")


def load_forecast(path: str | os.PathLike[str]) -> SeatDistribution:
    """Read a forecast that `SeatDistribution.save` wrote, now or with any earlier version.

    Raises
    ------
    SimulationError
        When the file is missing, is no saved forecast, or is damaged; then the message names the key.

    Warns
    -----
    DataWarning
        When another version of the random stream drew it: its numbers stand, but `rerun` gives other draws.

    Examples
    --------
    >>> import mazhilis_sim as ms
    >>> poll = ms.Poll({"a": 0.6, "b": 0.4}, sample_size=1000)
    >>> path = getfixture("tmp_path") / "run.json"
    >>> ms.simulate(ms.law("2026"), poll, n_draws=100, seed=1).save(path)
    >>> ms.load_forecast(path)
    SeatDistribution(law 2026, model total, 100 draws, seed 1, 2 parties)
    """
    saved = read_json(path)
    reader = import_module(FORMATS[number_of(saved, path)])
    try:
        read: SeatDistribution = reader.read(saved)
    except MazhilisError as error:
        raise unreadable(path, str(error), error) from None
    except KeyError as error:
        raise unreadable(path, f"it has no key {error}", error) from None
    except (TypeError, ValueError, AttributeError, OverflowError, RecursionError) as error:
        raise unreadable(path, said_by(error), error) from None
    if read.stream != VERSION:
        warn(
            f"{named(path_of(path))} was drawn with version {read.stream} of the random stream, and this is version {VERSION}: "
            "its numbers stand, rerun() gives other draws of the same distribution",
            DataWarning,
        )
    return read


def read_json(path: str | os.PathLike[str]) -> dict[str, Any]:
    """Read a file that holds one object of JSON."""
    place = path_of(path)
    try:
        saved = json.loads(place.read_text(encoding="utf-8"))
    except OSError as error:
        problem = f"cannot read {named(place)}: {error.strerror or error}"
        raise SimulationError(problem, field="path", got=place, must="name a saved forecast") from None
    except (ValueError, RecursionError):
        raise no_forecast(path, "it is no JSON") from None
    if not isinstance(saved, dict):
        raise no_forecast(path, f"its format must be {FORMAT!r}")
    return saved


def number_of(saved: dict[str, Any], path: str | os.PathLike[str]) -> int:
    """Return the format number of a saved forecast."""
    names = {f"{TITLE} {number}": number for number in FORMATS}
    name = saved.get("format")
    if isinstance(name, str) and name in names:
        return names[name]
    later = isinstance(name, str) and name.startswith(f"{TITLE} ")
    raise no_forecast(path, f"its format must be {' or '.join(map(repr, names))}{', and a later version wrote it' if later else ''}")


def no_forecast(path: str | os.PathLike[str], why: str) -> SimulationError:
    """Build the error for a file that holds something else."""
    problem = f"{named(path_of(path))} is not a saved forecast: {why}"
    return SimulationError(problem, field="path", got=path, must="name a saved forecast")


def unreadable(path: str | os.PathLike[str], why: str, cause: Exception) -> SimulationError:
    """Build the error for a saved forecast that is damaged; it names the key where that is known."""
    key, got, shown = getattr(cause, "field", ""), getattr(cause, "got", None), getattr(cause, "shown", "")
    problem = f"{named(path_of(path))} is a saved forecast that cannot be read: {why}"
    return SimulationError(problem, field=key or "path", got=got, must=getattr(cause, "must", "") or "be whole", shown=shown)
