"""What the controls of the page say: a scenario as a document of plain values, checked key by key by the readers of scenarios."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mazhilis_sim.data.turnouts import NEWEST, polls_at_turnout, regional_election
from mazhilis_sim.errors import FileError, LawError, MazhilisError, in_text, show, unknown
from mazhilis_sim.files.scenario import readers_beside
from mazhilis_sim.legislation.electoral_law import ElectoralLaw
from mazhilis_sim.polls.collection import Polls
from mazhilis_sim.simulation.question import Question, ask
from mazhilis_sim.tables import plural
from mazhilis_sim.votes.district import DistrictVotes

Document = dict[str, Any]
"""A scenario as TOML holds it: tables, lists, texts, numbers."""
KEYS = ("poll", "law", "model", "districts", "district_model", "turnout", "coalitions", "draws", "seed", "votes")
"""Keys of a scenario that the page knows: all but those that name files."""
NEEDED = ("poll", "law")
LABEL = re.compile(r"'([^']*)'|\"([^\"]*)\"|(\w+)")
DRAWS, SEED = 1_000_000, 2023
NONE = "none"


@dataclass(frozen=True)
class Fault:
    """What is wrong with a state, and beside which control that is said.

    Parameters
    ----------
    path : str
        Keys from the outermost in, such as ``law.threshold``; parts are joined by a point.
    said : str
        The library's own sentence.
    """

    path: str
    said: str


class StateError(Exception):
    """A state that cannot be simulated, with all that is wrong with it."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(faults)
        self.faults = faults


@dataclass(frozen=True)
class Asked:
    """A state that was read.

    Parameters
    ----------
    question : Question
    polls : Polls
        The poll, moved by the turnouts.
    draws, seed : int
    """

    question: Question
    polls: Polls
    draws: int
    seed: int
    arguments: dict[str, Any] = field(default_factory=dict)


def read_state(document: Any) -> Asked:
    """Read a state, or raise `StateError` with every control that is wrong."""
    if not isinstance(document, Mapping):
        raise StateError([Fault("", sentence(FileError(field="state", got=document, must="be a table of controls")))])
    read, faults = dict[str, Any](), []
    for key, value in with_needed(document).items():
        try:
            read[key] = read_one(key, value)
        except MazhilisError as error:
            faults.append(Fault(path_of(key, value, error), sentence(error)))
    if faults:
        raise StateError(faults)
    try:
        return asked_of(read)
    except MazhilisError as error:
        path = next((path for key in document if "." in (path := path_of(key, document[key], error))), place_of(error))
        raise StateError([Fault(path, sentence(error))]) from None


def with_needed(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the document with None where something is missing that must be there."""
    return {**dict.fromkeys(NEEDED), **document}


def read_one(key: str, value: Any) -> Any:
    """Read the value of one key."""
    if key not in KEYS:
        raise unknown(FileError, "key", key, KEYS, problem=f"the explorer knows no key {show(key)}")
    if key == "districts" and value not in (NONE, NEWEST, int(NEWEST)):
        raise FileError(field="districts", got=value, must=f'be "none" or {NEWEST}, whose district votes are on record')
    return readers_beside(Path())[key](value)


def asked_of(read: Mapping[str, Any]) -> Asked:
    """Put together what is simulated."""
    law, districts = law_and_districts(read["law"], read.get("districts", NONE))
    polls = polls_at_turnout(Polls((read["poll"],)), read.get("turnout") or {})
    arguments = {
        "model": read.get("model", "total"),
        "districts": districts,
        "district_model": read.get("district_model"),
        "coalitions": read.get("coalitions", ()),
        "votes": read.get("votes"),
    }
    question = ask(law, polls, **arguments)
    return Asked(question, polls, read.get("draws", DRAWS), read.get("seed", SEED), {"law": law, **arguments})


def law_and_districts(law: ElectoralLaw, named: str) -> tuple[ElectoralLaw, DistrictVotes | None]:
    """Return the law and the district votes that go together, as the command line chooses them."""
    if named == NONE:
        return law.replace(district_seats=0) if law.district_seats else law, None
    found = regional_election().districts
    if law.district_rule != "plurality" or found is None or len(found) != law.district_seats:
        needs = f"the district votes of {NEWEST} cannot fill the {plural(law.district_seats, 'district')} of law {law.name}"
        raise LawError(needs, field="districts", got=named, must="go with the law", remedy="leave the districts out")
    return law, found


# -- what is wrong, and where ------------------------------------------------------------------------------------------


def sentence(error: MazhilisError) -> str:
    """Write an error as it stands beside a field: what must hold, what came, what to write."""
    return error.sentence(in_text(error.remedy)).removeprefix("poll: ")


def place_of(error: MazhilisError) -> str:
    """Return the key that an error names, if it names one of the page."""
    return next((word for word in re.findall(r"\w+", error.field) if word in KEYS), "")


def path_of(key: str, value: Any, error: MazhilisError) -> str:
    """Return the keys that lead to what an error names inside the value of a key; the key alone where it names nothing there."""
    named = {next(filter(None, match)) for match in LABEL.findall(f"{error.field} {error.where}") if any(match)}
    return next((f"{key}.{path}" for path in paths(value) if path.rpartition("\n")[2] in named), key).replace("\n", ".")


def paths(value: Any) -> Iterator[str]:
    """Yield the keys of a table and of the tables in it, the outer ones first, joined by line ends."""
    inner = value.items() if isinstance(value, Mapping) else ()
    yield from (str(key) for key, _ in inner)
    for key, other in inner:
        yield from (f"{key}\n{path}" for path in paths(other))
