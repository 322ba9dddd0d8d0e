"""The district votes that go with a law: those asked for, those of the record, or none at all."""

from __future__ import annotations

from collections.abc import Mapping

from mazhilis_sim.cli.shell.sources import check_file, is_year
from mazhilis_sim.cli.shell.wording import setting
from mazhilis_sim.data import load_election
from mazhilis_sim.errors import FileError, LawError
from mazhilis_sim.legislation.electoral_law import ElectoralLaw
from mazhilis_sim.tables import plural
from mazhilis_sim.votes.district import DistrictVotes

NO_DISTRICTS = "none"
DISTRICTS_ON_RECORD = "2023"


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
        raise misfit(f"law {law.name} has no districts", f"leave --districts {word} out", word)
    if not law.district_seats:
        return law, None
    if law.district_rule != "plurality":
        needs = f"the districts of law {law.name} need an absolute majority, which is not counted here"
        raise misfit(needs, "write --districts none", word)
    found = named_districts(word) if word is not None else own
    if found is None:
        needs = f"law {law.name} fills {plural(law.district_seats, 'seat')} in districts, and {what} brings no district votes"
        raise misfit(needs, f"write --districts {DISTRICTS_ON_RECORD} (on record), a file of them, or none (list seats alone)")
    if len(found) != law.district_seats:
        needs = f"law {law.name} has {plural(law.district_seats, 'district')}, got votes of {len(found)} from {word or what}"
        raise misfit(needs, "write --districts none for the list seats alone", word)
    return law, found


def misfit(problem: str, remedy: str, word: str | None = None) -> LawError:
    """Build the error for district votes that do not go with the law."""
    return LawError(problem, field="--districts", got=word, must="go with the law", remedy=remedy)


def check_agreement(word: str | None, changes: Mapping[str, str]) -> None:
    """Refuse to leave districts out and to ask for their seats at once."""
    if word == NO_DISTRICTS and "district_seats" in changes:
        asked = setting("district_seats", changes["district_seats"])
        raise misfit(f"--districts none leaves the districts out, and {asked} says how many there are", "write one of them", word)


def named_districts(word: str) -> DistrictVotes:
    """Load district votes on record, or read them from a file."""
    from mazhilis_sim.files.districts import read_districts

    if not is_year(word):
        check_file(word, "district votes, or none")
        return read_districts(word)
    districts = load_election(word).districts
    if districts is None:
        remedy = f"write --districts {DISTRICTS_ON_RECORD}, a file, or none"
        raise FileError(f"the districts of {word} are not on record", field="--districts", got=word, must="be on record", remedy=remedy)
    return districts
