"""What a word on the command line stands for: a year on record, a file, or no districts at all."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import Any

from mazhilis_sim.data import load_election
from mazhilis_sim.errors import FileError, LawError, nearest
from mazhilis_sim.legislation.presets import LOCAL
from mazhilis_sim.legislation.presets import law as law_by_name
from mazhilis_sim.legislation.system import CHOICES, ElectoralLaw, Fallback
from mazhilis_sim.votes.district import DistrictVotes

YEAR = re.compile(r"\d+", re.ASCII)
NO_DISTRICTS = "none"
DISTRICTS_ON_RECORD = "2023"
SEATS = ("list_seats", "district_seats", "appointed_seats")
FIELDS = (*SEATS, "threshold", "fallback", "category_share", *CHOICES)
"""What can be changed in a law by --set."""


def is_year(word: str) -> bool:
    """Tell whether a word is a year rather than a file."""
    return YEAR.fullmatch(word) is not None


def check_file(word: str, what: str) -> None:
    """Say that a word is neither a year nor a file, before its ending is doubted."""
    if not os.path.exists(word):
        raise FileError(f"there is no file {word!r}; write a year on record, such as 2023, or a file of {what}")


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


def chosen_districts(
    law: ElectoralLaw, word: str | None, own: DistrictVotes | None, what: str
) -> tuple[ElectoralLaw, DistrictVotes | None]:
    """Return the law and the district votes that go together; None where nobody fills seats in districts.

    Parameters
    ----------
    law : ElectoralLaw
    word : str, optional
        A year, a file or ``"none"``; without it, what the election or its polls bring along.
    own : DistrictVotes, optional
    what : str
        What brings them, for messages.

    Raises
    ------
    LawError, FileError
        When law and district votes do not fit.
    """
    if word == NO_DISTRICTS:
        return (law.replace(district_seats=0) if law.district_seats else law), None
    if word is not None and not law.district_seats:
        raise LawError(f"law {law.name} has no districts; leave --districts {word} out")
    if not law.district_seats:
        return law, None
    if law.district_rule != "plurality":
        needs = "need an absolute majority, which is not counted here"
        raise LawError(f"the districts of law {law.name} {needs}; write --districts none")
    found = named_districts(word) if word is not None else own
    if found is None:
        needed = f"law {law.name} fills {law.district_seats} seats in districts, and {what} brings no district votes"
        raise LawError(f"{needed}; write --districts {DISTRICTS_ON_RECORD} (on record), a file of them, or none (list seats alone)")
    if len(found) != law.district_seats:
        got = f"got votes of {len(found)} from {word or what}"
        raise LawError(f"law {law.name} has {law.district_seats} districts, {got}; write --districts none for the list seats alone")
    return law, found


def check_agreement(word: str | None, changes: Mapping[str, str]) -> None:
    """Refuse to leave districts out and to ask for their seats at once."""
    if word == NO_DISTRICTS and "district_seats" in changes:
        asked = f"--set district_seats={changes['district_seats']}"
        raise LawError(f"--districts none leaves the districts out, and {asked} says how many there are; write one of them")


def named_districts(word: str) -> DistrictVotes:
    """Load district votes on record, or read them from a file."""
    from mazhilis_sim.files.districts import read_districts

    if not is_year(word):
        check_file(word, "district votes, or none")
        return read_districts(word)
    districts = load_election(word).districts
    if districts is None:
        raise FileError(f"the districts of {word} are not on record; write --districts {DISTRICTS_ON_RECORD}, a file, or none")
    return districts
