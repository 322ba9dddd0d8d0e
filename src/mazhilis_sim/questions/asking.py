"""What is asked about: an election in any of the ways to give one, laws, and what to call them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mazhilis_sim import reading
from mazhilis_sim.errors import LawError, VotesError
from mazhilis_sim.languages import ENGLISH, _, counted, speaking
from mazhilis_sim.legislation.electoral_law import CHANGED, ElectoralLaw, Fallback, short_fallback
from mazhilis_sim.legislation.methods import METHODS
from mazhilis_sim.legislation.presets import LOCAL, PRESETS
from mazhilis_sim.legislation.presets import law as law_by_name
from mazhilis_sim.names.parties import Names
from mazhilis_sim.tables import short_percent
from mazhilis_sim.votes.ballot import ListVotes
from mazhilis_sim.votes.election import Election

LONGEST_LABEL = 24
"""Cells of a table in which a law's label stands in one line: "2026, threshold 7 %", and not all that may be changed."""
SILENT = ("name", "in_force", "articles", "category_share")
"""Fields of a law that move no seat."""


def read_election(value: Any, against_all: Any = None, invalid: Any = None) -> Election:
    """Read an election: itself, its list votes, or a mapping of votes by list."""
    if isinstance(value, Election):
        given = next((name for name, number in (("against_all", against_all), ("invalid", invalid)) if number is not None), None)
        if given:
            raise VotesError(f"the election has its own {given}", field=given, must="be left out", got=against_all)
        return value
    return Election(list_votes=ListVotes(value, against_all, invalid))


def read_law(value: Any) -> ElectoralLaw:
    """Read a law, or its name or year."""
    return law_by_name(value)


def read_laws(value: Any) -> dict[str, ElectoralLaw]:
    """Read laws by what to call them, each once."""
    given = (value,) if isinstance(value, (str, int, ElectoralLaw)) else reading.items(value, "laws", LawError, like='["2021", "2026"]')
    if not given:
        raise LawError(field="laws", got=value, must="name at least one law", shown="none")
    laws = [read_law(each) for each in given]
    return dict(zip(labels(laws), laws, strict=True))


@speaking(ENGLISH)
def labels(laws: Sequence[ElectoralLaw]) -> list[str]:
    """Return what to call each law: its name, and what is changed in it; the same law twice is refused."""
    found = [label_of(law) for law in laws]
    reading.once(found, "law", LawError)
    return found


def spoken(label: str, law: ElectoralLaw) -> str:
    """Return a law's label in the language spoken; a name that somebody gave it stays as it is."""
    return label_of(law) if label == labels([law])[0] else label


def label_of(law: ElectoralLaw) -> str:
    """Return a law's name, with what differs from the version of that name.

    Examples
    --------
    >>> import mazhilis_sim as ms
    >>> label_of(ms.law("2023")), label_of(ms.law("2023").replace(threshold="7%", method="dhondt"))
    ('2023', '2023, threshold 7 %, dhondt')
    """
    version = version_of(law)
    return ", ".join([version.name, *(in_words(field, value, law) for field, value in differences(law, version))]) if version else law.name


def version_of(law: ElectoralLaw) -> ElectoralLaw | None:
    """Return the version that a law has its name from; None where the name is its own."""
    name = law.name.removesuffix(CHANGED)
    return law_by_name(LOCAL, list_seats=1) if name == LOCAL else PRESETS.get(name)


def differences(law: ElectoralLaw, other: ElectoralLaw | None = None) -> Iterable[tuple[str, Any]]:
    """Yield the numbers and choices in which a law differs from another, or all of them."""
    for field in dataclasses.fields(law):
        value = getattr(law, field.name)
        if field.name not in SILENT and (other is None or value != getattr(other, field.name)):
            yield field.name, value


def laws_as_data(named: Mapping[str, ElectoralLaw]) -> list[dict[str, Any]]:
    """Return laws by label, each as its version and what is changed in it; where it is of none, all of it."""
    return [
        {
            "law": label,
            "version": version.name if (version := version_of(law)) else None,
            "changed": {field: as_data(value, law) for field, value in differences(law, version)},
        }
        for label, law in named.items()
    ]


def law_from_data(row: Mapping[str, Any]) -> ElectoralLaw:
    """Return the law of such a row: its version, changed again; refused where it is of none, or has a rule of somebody's own."""
    changed = {field: Fallback(**value) if isinstance(value, dict) else value for field, value in row["changed"].items()}
    return law_by_name(row["version"], **changed)


def as_data(value: Any, law: ElectoralLaw) -> Any:
    """Return a number or choice of a law as JSON can hold it."""
    if isinstance(value, Fallback):
        return {"weight": value.weight, "floor": value.floor}
    return law.method_name if callable(value) else value


def in_words(field: str, value: Any, law: ElectoralLaw) -> str:
    """Say one number or choice of a law."""
    if field == "method":
        return METHODS[value].name if value in METHODS else law.method_name
    if field == "threshold":
        return _("threshold {share}").format(share=short_percent(value))
    if field == "fallback":
        rule = isinstance(value, Fallback)
        return _("two-party rule {rule}").format(rule=short_fallback(value)) if rule else _("no two-party rule")
    return seats_in_words(field, value) if isinstance(value, int) else f"{field} {value}"


def seats_in_words(field: str, seats: int) -> str:
    """Say how many seats are filled in one way."""
    if not seats and field in ("district_seats", "appointed_seats"):
        return _("without districts") if field == "district_seats" else _("without appointed seats")
    if field == "list_seats":
        return counted("{n} list seat", "{n} list seats", seats)
    if field == "district_seats":
        return counted("{n} district seat", "{n} district seats", seats)
    return counted("{n} appointed seat", "{n} appointed seats", seats)


def party_in(party: Any, parties: Iterable[str]) -> str:
    """Return the id of a party among those of a ballot, in any spelling, or name the nearest one."""
    known = tuple(parties)
    return known[reading.position(party, known, "party", VotesError)]


def names_for(election: Election) -> Mapping[str, str]:
    """Return what to call the parties of an election."""
    return Names(election.party_names).by_id
