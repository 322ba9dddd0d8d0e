"""Scenarios: one TOML file that names law, polls, model, draws and seed together."""

from __future__ import annotations

import dataclasses
import math
import os
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mazhilis_sim.errors import FileError, MazhilisError, nearest
from mazhilis_sim.files.counts import read_count
from mazhilis_sim.files.tables import decode, read_bytes
from mazhilis_sim.legislation.presets import LOCAL
from mazhilis_sim.legislation.presets import law as law_by_name
from mazhilis_sim.legislation.system import ElectoralLaw, Fallback

if TYPE_CHECKING:
    from mazhilis_sim.simulation.models import Districts, ListModel

MOST_DRAWS = 10**12
MOST_VOTES = 10**15


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """What a scenario asks for; None where it leaves the choice open.

    Parameters
    ----------
    path : str
    polls : str
        A year on record, or a file.
    law : ElectoralLaw, optional
    model : ListModel, optional
    district_model : Districts, optional
    districts : str, optional
        A year on record, a file, or ``"none"``.
    draws, seed, votes : int, optional
    coalitions : tuple of tuple of str
    """

    path: str
    polls: str
    law: ElectoralLaw | None = None
    model: ListModel | None = None
    district_model: Districts | None = None
    districts: str | None = None
    draws: int | None = None
    seed: int | None = None
    votes: int | None = None
    coalitions: tuple[tuple[str, ...], ...] = ()

    def place(self, key: str) -> str:
        """Say where a key stands, for messages."""
        return str(Place(self.path, decode(read_bytes(self.path), self.path), key))


KEYS = tuple(field.name for field in dataclasses.fields(Scenario) if field.name != "path")


def read_scenario(path: str | os.PathLike[str]) -> Scenario:
    r"""Read a scenario.

    Parameters
    ----------
    path : str or path
        A TOML file. ``polls`` is needed: a year on record, or a file beside the scenario. ``law`` is a name, or a table
        with ``name`` and the fields to change; ``model`` likewise. Files are relative to the scenario's folder.

    Returns
    -------
    Scenario

    Raises
    ------
    FileError
        Naming the file, the row where the key stands, and the key.

    Examples
    --------
    >>> from mazhilis_sim.files import read_scenario
    >>> path = getfixture("tmp_path") / "what_if.toml"
    >>> _ = path.write_text('polls = 2023\ndraws = "10M"\n[law]\nname = "2023"\nthreshold = "7%"\n')
    >>> scenario = read_scenario(path)
    >>> scenario.draws, scenario.law.threshold
    (10000000, Fraction(7, 100))
    """
    name = os.fspath(path)
    text = decode(read_bytes(path), name)
    given = parse(text, name)
    check_keys(given, KEYS, Place(name, text))
    if "polls" not in given:
        raise FileError(f"{name}: there must be a key 'polls'; write polls = 2023, or the name of a file of polls")
    readers = readers_beside(Path(path).parent)
    read = {key: read_key(readers[key], value, Place(name, text, key)) for key, value in given.items()}
    return Scenario(path=name, **read)


def parse(text: str, name: str) -> dict[str, Any]:
    """Parse TOML and refuse numbers that are none."""
    try:
        given = tomllib.loads(text)
        not_finite = [key for key, value in given.items() if not finite(value)]
    except (ValueError, RecursionError) as error:
        raise FileError(f"{name} is no TOML: {error}") from None
    if not_finite:
        raise FileError(f"{Place(name, text, not_finite[0])}: numbers must be finite, got nan or inf")
    return given


def finite(value: Any) -> bool:
    """Tell whether a value holds neither nan nor inf, all the way down."""
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, dict):
        return all(finite(item) for item in value.values())
    return not isinstance(value, list) or all(finite(item) for item in value)


@dataclass(frozen=True)
class Place:
    """Where a key stands, for messages; the row only where it is certain."""

    name: str
    text: str
    key: str = ""
    row: int = 0

    def __str__(self) -> str:
        rows = [n for n, line in enumerate(self.text.splitlines(), 1) if re.match(rf"\s*\[?{re.escape(self.key)}\b", line)]
        rows = [self.row] if self.row else rows
        row = f", row {rows[0]}" if self.key and len(rows) == 1 else ""
        return f"{self.name}{row}{f', key {self.key}' if self.key else ''}"


def check_keys(given: Iterable[str], known: Iterable[str], place: Place) -> None:
    """Refuse an unknown key and name the nearest."""
    for key in given:
        if key not in known:
            raise FileError(f"{dataclasses.replace(place, key=key)}: there is no such key{nearest(key, known)}")


def read_key(read: Callable[[Any], Any], value: Any, place: Place) -> Any:
    """Read one value and name its place where it is wrong."""
    try:
        return read(value)
    except MazhilisError as error:
        raise FileError(f"{inner_place(place, value, str(error))}: {error}") from None
    except (TypeError, ValueError, OverflowError) as error:
        raise FileError(f"{place}: cannot be read: {error}") from None


def inner_place(place: Place, value: Any, message: str) -> Place:
    """Go down to the key of a table that a message names, where that is certain: one key, in one row of its own."""
    said = message.partition(", got ")[0]  # what came may hold any key
    named = [key for key in value if re.search(rf"(?<!\w){re.escape(key)}(?!\w)", said)] if isinstance(value, Mapping) else []
    rows = [n for n, line in enumerate(place.text.splitlines(), 1) if named and re.match(rf"\s*{re.escape(named[0])}\s*=", line)]
    if len(named) != 1 or len(rows) != 1:
        return place
    return dataclasses.replace(place, key=f"{place.key}.{named[0]}", row=rows[0])


def readers_beside(folder: Path) -> dict[str, Callable[[Any], Any]]:
    """Return how each key is read; files lie beside the scenario."""
    return {
        "polls": lambda value: read_source(value, folder),
        "districts": lambda value: "none" if value == "none" else read_source(value, folder),
        "law": read_law,
        "model": read_model,
        "district_model": read_district_model,
        "draws": lambda value: read_count(value, MOST_DRAWS),
        "votes": lambda value: read_count(value, MOST_VOTES),
        "seed": read_seed,
        "coalitions": read_coalitions,
    }


def read_source(value: Any, folder: Path) -> str:
    """Read a year on record or the name of a file."""
    if isinstance(value, bool) or not isinstance(value, (int, str)) or value == "":
        raise FileError(f"must be a year such as 2023 or the name of a file in quotes, got {value!r}")
    return str(value) if str(value).isdecimal() else str(folder / str(value))


def read_law(value: Any) -> ElectoralLaw:
    """Read the name of a law, or a table with a name and changes."""
    changes = named_table(value, "the name of a law")
    name = changes.pop("name")
    if name == LOCAL and "list_seats" not in changes:
        raise FileError('each maslikhat has its own number of seats; write law = {name = "maslikhat", list_seats = 17}')
    if changes.get("fallback") in ("none", False):
        changes["fallback"] = None
    elif isinstance(changes.get("fallback"), dict):
        changes["fallback"] = Fallback(**fields_of(changes["fallback"], Fallback))
    return law_by_name(name, **changes)


def read_model(value: Any) -> ListModel:
    """Read the name of a model, or a table with a name and parameters."""
    from mazhilis_sim.simulation.models.lists import model, model_kind

    parameters = named_table(value, "the name of a model")
    name = parameters.pop("name")
    kind = model_kind(name)
    return model(name, **fields_of(parameters, kind)) if kind else model(name)


def read_district_model(value: Any) -> Districts:
    """Read the parameters of the districts' error model."""
    from mazhilis_sim.simulation.models import Districts

    return Districts(**fields_of(value, Districts))


def named_table(value: Any, what: str) -> dict[str, Any]:
    """Read a name alone, or a table that holds one."""
    table = dict(value) if isinstance(value, Mapping) else {"name": value}
    name = table.get("name")
    if isinstance(name, bool) or not isinstance(name, (str, int)):
        raise FileError(f'must be {what}, or a table with it as name = "...", got {value!r}')
    return {**table, "name": str(name)}


def fields_of(value: Any, kind: type[Any]) -> dict[str, Any]:
    """Check that a table names fields of a frozen object."""
    if not isinstance(value, Mapping):
        raise FileError(f"must be a table of numbers, got {value!r}")
    known = [field.name for field in dataclasses.fields(kind)]
    for key in value:
        if key not in known:
            raise FileError(f"there is no parameter {key!r}{nearest(key, known) if known else ''}")
    return dict(value)


def read_seed(value: Any) -> int:
    """Read a seed."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**64:
        raise FileError(f"must be a whole number in [0, 2**64), got {value!r}")
    return value


def read_coalitions(value: Any) -> tuple[tuple[str, ...], ...]:
    """Read lists of parties."""
    if not isinstance(value, list) or not all(isinstance(c, list) and c and all(isinstance(p, str) for p in c) for c in value):
        raise FileError(f'must be lists of parties, such as [["auyl", "aq_jol"]], got {value!r}')
    return tuple(tuple(coalition) for coalition in value)
