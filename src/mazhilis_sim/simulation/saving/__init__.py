"""Saved forecasts: written in the newest format, read in every one that there ever was."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Any, NoReturn

from mazhilis_sim.errors import DataWarning, MazhilisError, SimulationError, said_by, warn
from mazhilis_sim.kernels.steps.random_words import VERSION
from mazhilis_sim.simulation.distribution import SeatDistribution
from mazhilis_sim.simulation.saving import format_1, format_2, writer
from mazhilis_sim.writing import named, path_of, refuse_folder, write_whole

FORMATS: Mapping[int, ModuleType] = MappingProxyType({1: format_1, 2: format_2})
"""The module that reads each format number, for ever."""
NEWEST = max(FORMATS)
TITLE = "mazhilis_sim forecast"
"""What a saved forecast says that it is, before its number."""
FORMAT = f"{TITLE} {NEWEST}"
TABLES = {".parquet": "parquet", ".pq": "parquet", ".csv": "csv", ".xlsx": "excel"}
"""Endings of tables, and the method of a data frame that writes each."""
MOST_LEVELS = 16
"""Lists and objects of a saved forecast stand in one another half as deep at most."""


def to_dict(result: SeatDistribution) -> dict[str, Any]:
    """Return everything that the question, the seed and the draws decide, ready for JSON, in the newest format."""
    return format_2.sealed(unsealed(result))


def unsealed(result: SeatDistribution) -> dict[str, Any]:
    """Return the same before its checksum is known."""
    return {"format": FORMAT, **writer.to_dict(result)}


def save(result: SeatDistribution, path: str | os.PathLike[str]) -> None:
    """Write a result to a JSON file, whole or not at all, with how it was run."""
    refuse_table(path_of(path))
    write_whole(path, text_of(result))


def refuse_table(place: Path) -> None:
    """Refuse to write JSON under a name that promises a table."""
    if place.suffix.lower() in TABLES:
        frame = f"write f.to_frame().to_{TABLES[place.suffix.lower()]}({named(place)!r}) for a table, or a name in .json"
        raise SimulationError(field="what save writes", got=place, must="be JSON", remedy=frame, shown=f"a name in {place.suffix}")


def text_of(result: SeatDistribution, report: Mapping[str, Any] | None = None) -> str:
    """Return what a file of a result holds, with how it was run and, where a program wrote it, what its report said beside."""
    beside = {"run": result.run, **({"report": dict(report)} if report else {})}
    return json.dumps(format_2.sealed({**unsealed(result), **beside}), ensure_ascii=False) + "\n"


def load_report(path: str | os.PathLike[str]) -> dict[str, Any]:
    """Return what a program's report said beside a forecast that it saved; nothing where none was kept.

    The file is one that `load_forecast` has read.
    """
    place = path_of(path)
    found: dict[str, Any] = read_json(place.read_bytes(), place).get("report", {})
    return found


def load_forecast(path: str | os.PathLike[str]) -> SeatDistribution:
    """Read a forecast that `SeatDistribution.save` wrote, now or with any earlier version.

    Raises
    ------
    SimulationError
        When the file is missing, is no saved forecast, or is damaged: its content is not what its checksum is of, or a key
        cannot be; then the message names the key.

    Warns
    -----
    DataWarning
        When it is of format 1, which has no checksum; and when another version of the random stream drew it: its numbers
        stand, but `rerun` gives other draws.

    Examples
    --------
    >>> import mazhilis_sim as ms
    >>> poll = ms.Poll({"a": 0.6, "b": 0.4}, sample_size=1000)
    >>> path = getfixture("tmp_path") / "run.json"
    >>> ms.simulate(ms.law("2026"), poll, n_draws=100, seed=1).save(path)
    >>> ms.load_forecast(path)
    SeatDistribution(law 2026, model total, 100 draws, seed 1; a 86 (58-108), b 59 (36-86))
    """
    place = path_of(path)
    refuse_folder(place)
    try:
        data = place.read_bytes()
    except OSError as error:
        problem = f"cannot read {named(place)}: {error.strerror or error}"
        raise SimulationError(problem, field="path", got=place, must="name a saved forecast") from None
    return read_forecast(data, place)


def read_forecast(data: bytes, place: Path) -> SeatDistribution:
    """Read the bytes of a saved forecast, which lay at a place."""
    saved = read_json(data, place)
    module = FORMATS[number_of(saved, place)]
    try:
        read: SeatDistribution = module.read(saved)
    except MazhilisError as error:
        raise unreadable(place, str(error), error) from None
    except KeyError as error:
        raise unreadable(place, f"it has no key {error}", error) from None
    except (TypeError, ValueError, AttributeError, OverflowError, RecursionError) as error:
        raise unreadable(place, said_by(error), error) from None
    doubts = [module.DOUBT, stream_doubt(read.stream)]
    if any(doubts):
        warn(f"{named(place)} {'; it '.join(filter(None, doubts))}", DataWarning)
    return read


def stream_doubt(stream: int) -> str:
    """Say what a result of another version of the random stream cannot do."""
    if stream == VERSION:
        return ""
    return (
        f"was drawn with version {stream} of the random stream, and this is version {VERSION}: "
        "its numbers stand, rerun() gives other draws of the same distribution"
    )


def read_json(data: bytes, place: Path) -> dict[str, Any]:
    """Read one object of JSON, of finite numbers and not too deep."""
    try:
        saved = json.loads(data.decode(), parse_constant=no_number)
    except (ValueError, RecursionError):
        raise no_forecast(place, "it is no JSON") from None
    if not isinstance(saved, dict):
        raise no_forecast(place, f"its format must be {FORMAT!r}")
    level: list[Any] = [saved]
    for _ in range(MOST_LEVELS):
        level = [inner for outer in level for inner in within(outer) if isinstance(inner, (list, dict))]
    if level:
        raise no_forecast(place, f"lists stand in lists more than {MOST_LEVELS} deep")
    return saved


def no_number(word: str) -> NoReturn:
    """Refuse NaN and infinities, which Python takes for JSON."""
    raise ValueError(word)


def within(outer: list[Any] | dict[str, Any]) -> Iterable[Any]:
    """Return what a list or an object holds."""
    return outer.values() if isinstance(outer, dict) else outer


def number_of(saved: dict[str, Any], place: Path) -> int:
    """Return the format number of a saved forecast."""
    names = {f"{TITLE} {number}": number for number in FORMATS}
    name = saved.get("format")
    if isinstance(name, str) and name in names:
        return names[name]
    later = isinstance(name, str) and name.startswith(f"{TITLE} ")
    raise no_forecast(place, f"its format must be {' or '.join(map(repr, names))}{', and a later version wrote it' if later else ''}")


def no_forecast(place: Path, why: str) -> SimulationError:
    """Build the error for a file that holds something else."""
    problem = f"{named(place)} is not a saved forecast: {why}"
    return SimulationError(problem, field="path", got=place, must="name a saved forecast")


def unreadable(place: Path, why: str, cause: Exception) -> SimulationError:
    """Build the error for a saved forecast that is damaged; it names the key where that is known."""
    key, got, shown = getattr(cause, "field", ""), getattr(cause, "got", None), getattr(cause, "shown", "")
    problem = f"{named(place)} is a saved forecast that cannot be read: {why}"
    return SimulationError(problem, field=key or "path", got=got, must=getattr(cause, "must", "") or "be whole", shown=shown)
