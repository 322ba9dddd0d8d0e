"""One election as a user names it, counted as far as its votes allow."""

from __future__ import annotations

from collections.abc import Callable
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
from mazhilis_sim.languages import _, several
from mazhilis_sim.legislation.electoral_law import ElectoralLaw, law_called
from mazhilis_sim.legislation.presets import law as law_by_name
from mazhilis_sim.tables import day
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
    source : str
        As it was asked for.
    election : Election
    allocation : Allocation
    chamber : Chamber or None
        None where the list seats alone were counted.
    left_out : callable
        Says what was left out, in the language spoken; nothing where nothing was.
    doubts : tuple of str
        What is doubtful about the files.
    """

    source: str
    election: Election
    allocation: Allocation
    chamber: Chamber | None
    left_out: Callable[[], str]
    doubts: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What was counted."""
        if self.election.date:
            return _("Count of the Mazhilis election of {day}").format(day=day(self.election.date))
        return _("Count of {file}").format(file=Path(self.source).name)

    @property
    def notes(self) -> tuple[str, ...]:
        """What was left out."""
        return tuple(note for note in [self.left_out()] if note)

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
    doubts = (*said.doubts, *said.notes)
    try:
        if note():
            allocation = allocate(version, election.votes, seed=lots)
            return Counted(source, election, allocation, None, note, doubts)
        chamber = elect(version, replace(election, districts=votes), seed=lots)
    except AllocationError as error:
        where = f"{named(source)} with {named(districts)}" if votes is not None and districts else named(source)
        raise error.at(where) from None
    return Counted(source, election, chamber.allocation, chamber, note, doubts)


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
) -> tuple[ElectoralLaw, DistrictVotes | None, Callable[[], str]]:
    """Return law and district votes, and what says so where the list seats alone can be counted."""
    if word is None and law.district_seats and law.district_rule != "plurality":
        return law, None, lambda: majority_needed(law)
    if word is None and law.district_seats and own is None:
        return law, None, lambda: no_districts(law, source)
    chosen, votes = chosen_districts(law, word, own, source)
    return chosen, votes, str


def majority_needed(law: ElectoralLaw) -> str:
    """Say that districts with an absolute majority are left out."""
    return _("the districts of law {law} need an absolute majority and are not counted: list seats alone").format(law=law_called(law))


def no_districts(law: ElectoralLaw, source: str) -> str:
    """Say that districts without votes are left out."""
    said = several(
        "{file} has no district votes: of {n} seat, those of lists alone are counted",
        "{file} has no district votes: of {n} seats, those of lists alone are counted",
        law.total_seats,
    )
    return said.format(file=named(source), n=law.total_seats)
