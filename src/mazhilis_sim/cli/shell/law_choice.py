"""The law that counts: the one asked for or the one an election was held under, with what --set changes in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mazhilis_sim.cli.shell.sources import YEAR
from mazhilis_sim.errors import LawError, nearest
from mazhilis_sim.legislation.presets import LOCAL
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
        raise LawError("list_seats is given by --list-seats and by --set as well; write it once")
    if list_seats is not None:
        fields["list_seats"] = list_seats
    if name is None and not otherwise:
        raise LawError(f"{what} does not say which law counts; write --law 2026 or another one of: mazhilis-sim laws")
    if name == LOCAL and "list_seats" not in fields:
        raise LawError("each maslikhat has its own number of seats; write --law maslikhat --list-seats 17")
    return law_by_name(otherwise if name is None else name, **fields)


def read_field(field: str, text: str) -> Any:
    """Read what a field of the law is set to."""
    if field not in FIELDS:
        raise LawError(f"--set {field}={text}: a law has no such field{nearest(field, FIELDS, cutoff=0.6)}")
    if field in SEATS:
        if not YEAR.fullmatch(text) or len(text) > 9:
            raise LawError(f"--set {field}={text}: must be a number of seats, such as {field}=69")
        return int(text)
    if field != "fallback":
        return text
    weight, comma, floor = text.partition(",")
    if text != "none" and not (comma and YEAR.fullmatch(floor.strip()) and len(floor) <= 9):
        raise LawError(f"--set fallback={text}: must be none, or weight and floor, such as fallback=0.7,2")
    return Fallback(weight, int(floor)) if comma else None  # type: ignore[arg-type]
