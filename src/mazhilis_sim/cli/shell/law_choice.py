"""The law that counts: the one asked for or the one an election was held under, with what --set changes in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mazhilis_sim import reading
from mazhilis_sim.cli.shell.wording import setting
from mazhilis_sim.errors import LawError, suggestion
from mazhilis_sim.legislation.presets import LOCAL, laws
from mazhilis_sim.legislation.presets import law as law_by_name
from mazhilis_sim.legislation.system import CHOICES, ElectoralLaw, Fallback

SEATS = ("list_seats", "district_seats", "appointed_seats")
FIELDS = (*SEATS, "threshold", "fallback", "category_share", *CHOICES)
"""What can be changed in a law by --set."""


def chosen_law(
    name: str | None, list_seats: int | None, otherwise: ElectoralLaw | str, what: str, changes: Mapping[str, str] | None = None
) -> ElectoralLaw:
    """Return the law asked for, or the one that the election was held under, with what is changed in it.

    Raises
    ------
    LawError
        When nothing says which law counts, or a change is none.
    """
    fields = {field: read_field(field, text) for field, text in (changes or {}).items()}
    if list_seats is not None and "list_seats" in fields:
        twice = "list_seats is given by --list-seats and by --set as well"
        raise LawError(twice, field="list_seats", got=list_seats, must="be given once", remedy="write it once")
    if list_seats is not None:
        fields["list_seats"] = list_seats
    if name is None and not otherwise:
        silent, remedy = f"{what} does not say which law counts", "write --law 2026 or another one of: mazhilis-sim laws"
        raise LawError(silent, field="--law", must="be given", remedy=remedy)
    refuse_changes(name)
    if name == LOCAL and "list_seats" not in fields:
        needs, remedy = "each maslikhat has its own number of seats", "write --law maslikhat --list-seats 17"
        raise LawError(needs, field="--list-seats", must="be given", remedy=remedy)
    return changed(otherwise if name is None else name, fields, changes or {})


def refuse_changes(name: str | None) -> None:
    """Refuse changes behind the name of a law, as --laws takes them."""
    version, colon, rest = (name or "").partition(":")
    if colon and version in laws():
        settings = " ".join(f"--set {change.strip()}" for change in rest.split(":") if change.strip())
        raise LawError(field="--law", got=name, must="be the name of a law alone", remedy=f"write --law {version} {settings}".rstrip())


def changed(name: ElectoralLaw | str, fields: Mapping[str, Any], changes: Mapping[str, str]) -> ElectoralLaw:
    """Change fields of a law; an error that one of them brings names the option that set it."""
    try:
        return law_by_name(name, **fields)
    except LawError as error:
        asked = next((word for word in error.field.replace(".", " ").split() if word in changes), None)
        raise error.at(setting(asked, changes[asked])) if asked else error from None


def read_field(field: str, text: str) -> Any:
    """Read what a field of the law is set to."""
    where = setting(field, text)
    if field not in FIELDS:
        near = suggestion(field, FIELDS, cutoff=0.6)
        raise LawError("a law has no such field", field="--set", got=field, must="name a field of the law", remedy=near, where=where)
    if field in SEATS:
        return reading.whole(text, field, LawError, of="seats", remedy=f"write such as {field}=69", where=where)
    if field == "fallback":
        return read_fallback(text, where)
    return text


def read_fallback(text: str, where: str) -> Fallback | None:
    """Read the two-party rule: none, or weight and floor."""
    weight, comma, floor = text.partition(",")
    if text != "none" and not comma:
        raise LawError(field="fallback", got=text, must="be none, or weight and floor, such as fallback=0.7,2", where=where)
    if not comma:
        return None
    try:
        return Fallback(reading.exact(weight, "weight", LawError, like="0.7"), reading.whole(floor, "floor", LawError))
    except LawError as error:
        raise error.at(where) from None
