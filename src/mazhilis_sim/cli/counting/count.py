"""One election as a user names it, counted as far as its votes allow."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from mazhilis_sim.cli.shell.collecting import Collected
from mazhilis_sim.cli.shell.district_choice import check_agreement, chosen_districts
from mazhilis_sim.cli.shell.law_choice import chosen_law
from mazhilis_sim.cli.shell.options import USUAL_SEED
from mazhilis_sim.cli.shell.sources import Written, check_file, check_on_record, is_year, say_reading
from mazhilis_sim.data import load_election
from mazhilis_sim.errors import AllocationError, FileError, LawChange, LawError
from mazhilis_sim.files.votes import read_votes
from mazhilis_sim.legislation.presets import law as law_by_name
from mazhilis_sim.legislation.system import ElectoralLaw
from mazhilis_sim.tables import day, plural
from mazhilis_sim.votes.district import DistrictVotes
from mazhilis_sim.votes.election import Election
from mazhilis_sim.writing import named

if TYPE_CHECKING:
    from mazhilis_sim.counting.result import Allocation, Chamber


@dataclass(frozen=True)
class Counted:
    """An election and what its count gave.

    Parameters
    ----------
    title : str
    election : Election
    allocation : Allocation
    chamber : Chamber or None
        None where the list seats alone were counted.
    notes : tuple of str
        What was left out.
    doubts : tuple of str
        What is doubtful about the files.
    """

    title: str
    election: Election
    allocation: Allocation
    chamber: Chamber | None
    notes: tuple[str, ...]
    doubts: tuple[str, ...] = ()

    @property
    def law(self) -> ElectoralLaw:
        """The law that counted."""
        return self.allocation.law

    def seats(self, tier: str) -> dict[str, int]:
        """Return the seats of one tier, empty where none were counted."""
        if self.chamber is None:
            return self.allocation.seats if tier == "list" else {}
        return {"list": self.chamber.list_seats, "district": self.chamber.district_seats, "total": self.chamber.seats}[tier]

    @property
    def official(self) -> dict[str, dict[str, int]]:
        """The official seats by tier, where this law gave them."""
        same = self.election.law and law_by_name(self.election.law) == self.law
        return self.election.official_seats if same else {}


def count_election(
    source: str,
    law: str | None,
    list_seats: int | None,
    districts: str | None,
    against_all: int | None,
    changes: dict[str, str],
    seed: int | None,
    written: Written,
) -> Counted:
    """Read an election and count as much of it as its votes allow."""
    from mazhilis_sim.counting.chamber import elect
    from mazhilis_sim.counting.exact import allocate

    check_agreement(districts, changes)
    with Collected() as said:
        election = named_election(source, against_all, written)
        version = chosen_law(law, list_seats, election.law, source, changes)
        lots = chosen_seed(seed, version)
        version, votes, note = district_part(version, districts, election.districts, source)
    title = f"Count of the Mazhilis election of {day(election.date)}" if election.date else f"Count of {Path(source).name}"
    doubts, notes = (*said.doubts, *said.notes), (note,) if note else ()
    try:
        if note:
            allocation = allocate(version, election.votes, seed=lots)
            return Counted(title, election, allocation, None, notes, doubts)
        chamber = elect(version, replace(election, districts=votes), seed=lots)
    except AllocationError as error:
        where = f"{named(source)} with {named(districts)}" if votes is not None and districts else named(source)
        raise error.at(where) from None
    return Counted(title, election, chamber.allocation, chamber, notes, doubts)


def chosen_seed(seed: int | None, law: ElectoralLaw) -> int:
    """Return the seed of the lots; one that would draw none is refused, lest it be thought to decide."""
    if seed is not None and law.ties != "lots":
        idle = f"--seed {seed} draws lots, and law {law.name} decides equal remainders otherwise"
        raise LawError(idle, field="--seed", got=seed, must="draw lots", remedy=LawChange("ties", ("lots",), "write", "beside it"))
    return USUAL_SEED if seed is None else seed


def named_election(source: str, against_all: int | None, written: Written) -> Election:
    """Load an election on record, or read list votes from a file."""
    if is_year(source):
        check_on_record(source, written)
        if against_all is not None:
            on_record = f"the election of {source} is on record with its own"
            raise FileError(
                f"--against-all is for a file of votes; {on_record}", field="--against-all", got=against_all, must="be left out"
            )
        return load_election(source)
    check_file(source, "votes")
    votes = read_votes(source, against_all, dialect=written[0], sheet=written[1])
    say_reading(source, votes.read_as)
    return Election(list_votes=votes)


def district_part(
    law: ElectoralLaw, word: str | None, own: DistrictVotes | None, source: str
) -> tuple[ElectoralLaw, DistrictVotes | None, str]:
    """Return law and district votes, and a note where the list seats alone can be counted."""
    if word is None and law.district_seats and law.district_rule != "plurality":
        return law, None, f"the districts of law {law.name} need an absolute majority and are not counted: list seats alone"
    if word is None and law.district_seats and own is None:
        alone = f"of {plural(law.total_seats, 'seat')}, those of lists alone are counted"
        return law, None, f"{named(source)} has no district votes: {alone}"
    chosen, votes = chosen_districts(law, word, own, source)
    return chosen, votes, ""
