"""How close it was: the fewest votes by which each list missed its next seat, kept its last, and stood from the threshold."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import permutations
from typing import Any

from mazhilis_sim import reading
from mazhilis_sim.counting.exact import count
from mazhilis_sim.counting.lots import Urn
from mazhilis_sim.counting.result import Allocation
from mazhilis_sim.errors import AllocationError, LawChange, LawError
from mazhilis_sim.languages import _
from mazhilis_sim.legislation.electoral_law import ElectoralLaw
from mazhilis_sim.questions.asking import label_of, names_for, party_in, read_election, read_law
from mazhilis_sim.questions.closeness.fewest_votes import Search
from mazhilis_sim.questions.closeness.margin_tables import DistrictMargin, Margin, Transfer, notes_of, tables_of
from mazhilis_sim.questions.closeness.shifts import Shift
from mazhilis_sim.showing import Answer, Drawn
from mazhilis_sim.tables import Table
from mazhilis_sim.votes.district import District
from mazhilis_sim.votes.election import Election

NO_LOTS = Urn(0)


@dataclass(frozen=True, repr=False)
class Margins(Answer, Drawn):
    """How close each list was; ``m["jsdp"]`` is its `Margin`.

    Parameters
    ----------
    election : Election
    allocation : Allocation
    by_party : dict of str to Margin
    rival : str or None
        The list that votes come from and go to; without one, they come from nobody.
    districts : tuple of DistrictMargin
        The closest first.
    urn : Urn
        What draws lots, where the law asks for them.
    """

    kind = "margins"
    picture = "questions.margins"
    shows = ("by_party", "rival", "districts")

    election: Election
    allocation: Allocation
    by_party: dict[str, Margin]
    rival: str | None = None
    districts: tuple[DistrictMargin, ...] = ()
    urn: Urn = NO_LOTS

    def __getitem__(self, party: Any) -> Margin:
        return self.by_party[party_in(party, self.by_party)]

    @cached_property
    def closest(self) -> Transfer | None:
        """The fewest votes moved from one list to another that give the other a seat; of equally many the first pair in order."""
        best: Transfer | None = None
        for giver, taker in permutations(self.allocation.votes.votes, 2):
            shift = Shift(self.allocation.law, self.allocation.votes, taker, 1, giver)
            moved = Search(shift, self.allocation.seats[taker], self.urn).fewest(best.votes - 1 if best else None)
            best = best if moved is None else Transfer(giver, taker, moved)
        return best and self._counted(best)

    def _counted(self, pair: Transfer) -> Transfer:
        """Count again with the votes moved, and add what changes."""
        allocation = self.allocation
        shift = Shift(allocation.law, allocation.votes, pair.taker, 1, pair.giver)
        then = count(allocation.law, shift.ballot_at(pair.votes), self.urn).seats
        changes = {party: won - before for party, before in allocation.seats.items() if (won := then.get(party, 0)) != before}
        fallen = pair.giver in shift.passed_at(0) and pair.giver not in shift.passed_at(pair.votes)
        return replace(pair, changes=changes, giver_falls=fallen)

    @property
    def title(self) -> str:
        """What was asked."""
        moved = _(", votes moved to and from {party}").format(party=self._name(self.rival)) if self.rival else ""
        return _("Votes to the next seat, law {law}").format(law=self._law_label) + moved

    @property
    def _law_label(self) -> str:
        """The law in the language spoken."""
        return label_of(self.allocation.law)

    def _name(self, party: str) -> str:
        """Return what a party is called."""
        return names_for(self.election).get(party, party)

    def _asked(self) -> dict[str, Any]:
        """Return what was asked beside the rows."""
        return {"law": self._law_label, "threshold": self.allocation.law.threshold, "rival": self.rival}

    def rows(self) -> list[dict[str, Any]]:
        """Return a row for each list."""
        return [vars(margin).copy() for margin in self.by_party.values()]

    def to_dict(self) -> dict[str, Any]:
        """Return everything, ready for JSON: the districts and the closest pair of lists too, which no row of a list holds."""
        pair = None if self.rival or self.closest is None else vars(self.closest).copy()
        return {**super().to_dict(), "closest": pair, "districts": [as_row(district) for district in self.districts]}

    def tables(self) -> list[Table]:
        """Return the lists by votes, then the closest districts."""
        return tables_of(list(self.by_party.values()), self.districts, self._name)

    def notes(self) -> list[str]:
        """Say what the numbers mean, which of them move several seats, and which pair would have moved a seat."""
        pair = None if self.rival else self.closest
        return notes_of(list(self.by_party.values()), pair, self._name)


def as_row(district: DistrictMargin) -> dict[str, Any]:
    """Return the margin of a district as JSON has it."""
    return {"district": district.number, **{key: value for key, value in vars(district).items() if key != "number"}}


def seat_margins(
    law: Any, votes: Any, against_all: Any = None, *, invalid: Any = None, rival: str | None = None, seed: int | None = None
) -> Margins:
    """Return the exact least number of votes by which each list missed its next seat, kept its last, and stood from the threshold.

    Seats need not grow with votes: another list may fall below the threshold, which is a share of all of them, or the two-party
    rule begin or end. The numbers are the least all the same, and one at which the law defines no allocation is passed over.

    Parameters
    ----------
    law : ElectoralLaw, str or int
    votes : mapping of str to int, ListVotes or Election
        An election with the districts of the law has their margins as well.
    against_all, invalid : int, optional
        Beside a mapping of votes.
    rival : str, optional
        A list that the votes come from, and go to; without one they come from nobody, and the base moves with them.
    seed : int, optional
        For lots, where the law draws them: the same lots are drawn again.

    Returns
    -------
    Margins

    Raises
    ------
    VotesError
        When the votes cannot be counted, or the rival is no list of the ballot.
    AllocationError
        When the law defines no result for them.
    LawError
        For a method of your own, of which nothing is known between two numbers of votes.

    Examples
    --------
    >>> import mazhilis_sim as ms
    >>> e = ms.load_election(2023)
    >>> m = ms.seat_margins(ms.law("2023"), e)
    >>> m["jsdp"].to_gain, m["jsdp"].to_lose, m["baytaq"].to_enter
    (47318, 13407, 180938)
    """
    version, election = checked(read_law(law)), read_election(votes, against_all, invalid)
    ballot, urn = election.votes, Urn(reading.seed(seed, AllocationError))
    known = None if rival is None else party_in(rival, ballot.votes)
    allocation = count(version, ballot, urn)
    found = {party: margin_of(allocation, party, known, urn) for party in ballot.votes if party != known}
    return Margins(election, allocation, found, known, district_margins(version, election), urn)


def checked(law: ElectoralLaw) -> ElectoralLaw:
    """Refuse a law with a rule of a user's own."""
    if callable(law.method):
        own = f"method {law.method_name} is a rule of your own, and nothing is known of it between two numbers of votes"
        raise LawError(own, field="method", got=law.method_name, must="be one of the known rules", remedy=LawChange("method", ("hare",)))
    return law


def margin_of(allocation: Allocation, party: str, rival: str | None, urn: Urn) -> Margin:
    """Search one list's margins."""
    law, ballot, seats = allocation.law, allocation.votes, allocation.seats[party]
    up, down = Shift(law, ballot, party, 1, rival), Shift(law, ballot, party, -1, rival)
    to_gain, to_lose = Search(up, seats, urn).fewest(), Search(down, seats, urn).fewest()
    passed = party in up.passed_at(0)
    to_enter = 0 if passed else within(up.to_threshold(party), up.most)
    to_fall = within(down.to_threshold(party), down.most) if passed else None
    gained, lost = moved_seats(up, seats, to_gain, urn), moved_seats(down, seats, to_lose, urn)
    return Margin(party, ballot.votes[party], seats, to_gain, to_lose, to_enter, to_fall, gained, lost)


def moved_seats(shift: Shift, seats: int, moved: int | None, urn: Urn) -> int | None:
    """Count again after votes have moved, and return by how many seats the list then differs."""
    return None if moved is None else abs(count(shift.law, shift.ballot_at(moved), urn).seats[shift.party] - seats)


def within(moved: int | None, most: int) -> int | None:
    """Return a number of moved votes where there are so many."""
    return moved if moved is not None and 0 < moved <= most else None


def district_margins(law: ElectoralLaw, election: Election) -> tuple[DistrictMargin, ...]:
    """Return the margins of the districts, the closest first; nothing where the law or the election has none."""
    if not law.district_seats or election.districts is None:
        return ()
    found = [margin_in(district) for district in election.districts if not district.vacant]
    return tuple(sorted(found, key=lambda each: each.margin))


def margin_in(district: District) -> DistrictMargin:
    """Return the margin of one district."""
    first, *others = sorted(district.candidates, key=lambda candidate: -candidate.votes)
    if not others:
        return DistrictMargin(district.number, first.name, first.party, "", "", first.votes)
    second = others[0]
    return DistrictMargin(district.number, first.name, first.party, second.name, second.party, first.votes - second.votes)
