"""Scenarios: one TOML file that names law, polls, model, draws and seed together."""

from __future__ import annotations

import dataclasses
import os
import tomllib
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mazhilis_sim import reading
from mazhilis_sim.data.turnouts import moved_votes
from mazhilis_sim.errors import FileError, MazhilisError, show, unknown
from mazhilis_sim.files.dialect import Dialect
from mazhilis_sim.files.scenario_keys import Place, check_keys
from mazhilis_sim.files.sources.decoding import decode_unicode
from mazhilis_sim.files.sources.opening import read_bytes
from mazhilis_sim.legislation.electoral_law import ElectoralLaw, Fallback
from mazhilis_sim.legislation.presets import LOCAL
from mazhilis_sim.legislation.presets import law as law_by_name
from mazhilis_sim.polls.poll import Poll
from mazhilis_sim.polls.sizes import LARGEST_SIZE
from mazhilis_sim.simulation.bounds import MOST_DRAWS, MOST_VOTES
from mazhilis_sim.writing import named, path_of

if TYPE_CHECKING:
    from mazhilis_sim.simulation.models import Districts, ListModel


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """What a scenario asks for; None where it leaves the choice open.

    Parameters
    ----------
    path : str
    polls : str, optional
        A year on record, or a file.
    poll : Poll, optional
        The one poll that is used, where the scenario itself holds it.
    turnout : dict of str to float or str, optional
        Turnouts of regions that differ from those of the newest election on record.
    law : ElectoralLaw, optional
    model : ListModel, optional
    district_model : Districts, optional
    districts : str, optional
        A year on record, a file, or ``"none"``.
    dialect : str, optional
        How the file of polls is written.
    sample_size : int, optional
        Of the polls in a file that holds neither size nor margin.
    draws, seed, votes : int, optional
    coalitions : tuple of tuple of str
    """

    path: str
    polls: str | None = None
    poll: Poll | None = None
    turnout: Mapping[str, Any] | None = None
    law: ElectoralLaw | None = None
    model: ListModel | None = None
    district_model: Districts | None = None
    districts: str | None = None
    dialect: str | None = None
    sample_size: int | None = None
    draws: int | None = None
    seed: int | None = None
    votes: int | None = None
    coalitions: tuple[tuple[str, ...], ...] = ()

    def place(self, key: str) -> Place:
        """Say where a key stands, for messages."""
        return Place(self.path, decode_unicode(read_bytes(self.path), self.path), key)


KEYS = tuple(field.name for field in dataclasses.fields(Scenario) if field.name != "path")


def read_scenario(path: str | os.PathLike[str]) -> Scenario:
    r"""Read a scenario.

    Parameters
    ----------
    path : str or path
        A TOML file. ``polls`` is needed, a year on record or a file beside the scenario, or ``poll``, a table with the fields of
        `Poll`. ``law`` is a name, or a table with ``name`` and the fields to change; ``model`` likewise. Files are relative to
        the scenario's folder.

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
    place = path_of(path, FileError)
    name = named(place)
    text = decode_unicode(read_bytes(path), name)
    given = parse(text, name)
    check_keys(given, KEYS, Place(name, text))
    check_polls(given, name)
    readers = readers_beside(place.parent)
    read = {key: read_key(readers[key], value, Place(name, text, key)) for key, value in given.items()}
    return Scenario(path=name, **read)


def check_polls(given: Container[str], name: str) -> None:
    """Refuse a scenario without polls, and one with two kinds of them."""
    if "polls" not in given and "poll" not in given:
        write = "write polls = 2023, or the name of a file of polls"
        raise FileError("there must be a key 'polls'", field="polls", must="be given", remedy=write, where=name)
    if "polls" in given and "poll" in given:
        both, write = "there must be either polls or poll", "leave one of them out"
        raise FileError(both, field="poll", must="be left out beside polls", remedy=write, where=name)


def parse(text: str, name: str) -> dict[str, Any]:
    """Parse TOML."""
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise FileError(f"{name} is no TOML: {error}", field=name, must="be TOML") from None


def read_key(read: Callable[[Any], Any], value: Any, place: Place) -> Any:
    """Read one value and name its place where it is wrong."""
    try:
        return read(value)
    except MazhilisError as error:
        raise place.error(error, value) from None


def readers_beside(folder: Path) -> dict[str, Callable[[Any], Any]]:
    """Return how each key is read; files lie beside the scenario."""
    return {
        "polls": lambda value: read_source(value, "polls", folder),
        "poll": read_poll,
        "turnout": read_turnout,
        "districts": lambda value: "none" if value == "none" else read_source(value, "districts", folder),
        "dialect": read_dialect,
        "sample_size": lambda value: reading.whole(value, "sample_size", FileError, least=1, most=LARGEST_SIZE),
        "law": read_law,
        "model": read_model,
        "district_model": read_district_model,
        "draws": lambda value: reading.whole(value, "draws", FileError, least=1, most=MOST_DRAWS),
        "votes": lambda value: reading.whole(value, "votes", FileError, least=1, most=MOST_VOTES),
        "seed": lambda value: reading.seed(value, FileError),
        "coalitions": read_coalitions,
    }


def read_source(value: Any, field: str, folder: Path) -> str:
    """Read a year on record or the name of a file."""
    if isinstance(value, bool) or not isinstance(value, (int, str)) or value == "":
        raise FileError(field=field, got=value, must="be a year such as 2023 or the name of a file in quotes")
    return str(value) if str(value).isdecimal() else str(folder / str(value))


def read_poll(value: Any) -> Poll:
    """Read a poll that stands in the scenario itself."""
    if not isinstance(value, Mapping) or "shares" not in value:
        raise FileError(field="poll", got=value, must='be a table with shares, such as {shares = {a = "60%", b = "40%"}, margin = "3%"}')
    return Poll(**fields_of(value, Poll))


def read_turnout(value: Any) -> Mapping[str, Any]:
    """Read turnouts by region."""
    given = reading.mapping(value, "turnout", FileError, like='{almaty_city = "60%"}')
    moved_votes(given)
    return given


def read_dialect(value: Any) -> str:
    """Read the words of a dialect."""
    Dialect.read(value)
    return str(value)


def read_law(value: Any) -> ElectoralLaw:
    """Read the name of a law, or a table with a name and changes."""
    changes = fields_of(named_table(value, "law"), ElectoralLaw)
    name = changes.pop("name")
    if name == LOCAL and "list_seats" not in changes:
        needs, write = "each maslikhat has its own number of seats", 'write law = {name = "maslikhat", list_seats = 17}'
        raise FileError(needs, field="list_seats", must="be given", remedy=write)
    if changes.get("fallback") in ("none", False):
        changes["fallback"] = None
    elif isinstance(changes.get("fallback"), dict):
        changes["fallback"] = Fallback(**fields_of(changes["fallback"], Fallback, "fallback "))
    return law_by_name(name, **changes)


def read_model(value: Any) -> ListModel:
    """Read the name of a model, or a table with a name and parameters."""
    from mazhilis_sim.simulation.models.by_name import model, model_kind

    parameters = named_table(value, "model")
    name = parameters.pop("name")
    kind = model_kind(name)
    return model(name, **fields_of(parameters, kind)) if kind else model(name)


def read_district_model(value: Any) -> Districts:
    """Read the parameters of the districts' error model."""
    from mazhilis_sim.simulation.models import Districts

    if not isinstance(value, Mapping):
        raise FileError(field="district_model", got=value, must="be a table of numbers")
    return Districts(**fields_of(value, Districts))


def named_table(value: Any, what: str) -> dict[str, Any]:
    """Read a name alone, or a table that holds one."""
    table = dict(value) if isinstance(value, Mapping) else {"name": value}
    name = table.get("name")
    if isinstance(name, bool) or not isinstance(name, (str, int)):
        raise FileError(field=what, got=value, must=f'be the name of a {what}, or a table with it as name = "..."')
    return {**table, "name": str(name)}


def fields_of(table: Mapping[str, Any], kind: type[Any], inside: str = "") -> dict[str, Any]:
    """Check that a table names fields of a frozen object; ``inside`` names the table where it stands in another."""
    known = [field.name for field in dataclasses.fields(kind) if field.init]
    for key in table:
        if key not in known:
            raise unknown(FileError, inside + key, key, known, problem=f"there is no parameter {show(key)}")
    return dict(table)


def read_coalitions(value: Any) -> tuple[tuple[str, ...], ...]:
    """Read lists of parties."""
    if not isinstance(value, list) or not all(isinstance(c, list) and c and all(isinstance(p, str) for p in c) for c in value):
        raise FileError(field="coalitions", got=value, must='be lists of parties, such as [["auyl", "aq_jol"]]')
    return tuple(tuple(coalition) for coalition in value)
