"""How close it was: the fewest votes by which each list missed its next seat, kept its last, and stood from the threshold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import permutations
from typing import Any

from mazhilis_sim import reading
from mazhilis_sim.counting.exact import count
from mazhilis_sim.counting.lots import Urn
from mazhilis_sim.counting.result import Allocation
from mazhilis_sim.errors import AllocationError, LawChange, LawError
from mazhilis_sim.languages import _, number, several
from mazhilis_sim.legislation.electoral_law import ElectoralLaw
from mazhilis_sim.questions.asking import label_of, names_for, party_in, read_election, read_law
from mazhilis_sim.questions.closeness.fewest_votes import Search
from mazhilis_sim.questions.closeness.shifts import Shift
from mazhilis_sim.showing import Answer, Drawn
from mazhilis_sim.tables import Column, Table
from mazhilis_sim.votes.district import District
from mazhilis_sim.votes.election import Election

NO_LOTS = Urn(0)


@dataclass(frozen=True)
class Margin:
    """How close one list was.

    Parameters
    ----------
    party : str
    votes, seats : int
    to_gain : int or None
        Fewest votes more with which it has more seats; None where no number has.
    to_lose : int or None
        Fewest votes less with which it has fewer seats.
    to_enter : int or None
        Fewest votes more with which it reaches the threshold; 0 where it does, None where it cannot.
    to_fall : int or None
        Fewest votes less with which it misses the threshold; None where it does, or cannot.
    """

    party: str
    votes: int
    seats: int
    to_gain: int | None
    to_lose: int | None
    to_enter: int | None
    to_fall: int | None


@dataclass(frozen=True)
class DistrictMargin:
    """How close one district was.

    Parameters
    ----------
    number : int
    winner, party : str
        Who was elected, and for which party.
    second, second_party : str
        Who came next; empty where nobody did.
    margin : int
        Votes between them.
    """

    number: int
    winner: str
    party: str
    second: str
    second_party: str
    margin: int


@dataclass(frozen=True)
class Transfer:
    """Votes moved from one list to another that give the other a seat.

    Parameters
    ----------
    giver, taker : str
    votes : int
    """

    giver: str
    taker: str
    votes: int


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
        return best

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
        lists = sorted(self.by_party.values(), key=lambda margin: -margin.votes)
        columns = [
            Column(_("list"), [self._name(margin.party) for margin in lists], left=True),
            Column(_("votes"), [number(margin.votes) for margin in lists]),
            Column(_("seats"), [str(margin.seats) for margin in lists]),
            Column(_("to gain"), [signed(margin.to_gain, "+") for margin in lists]),
            Column(_("to lose"), [signed(margin.to_lose, "-") for margin in lists]),
            Column(
                _("to the threshold"),
                [signed(m.to_enter, "+") if m.to_enter or m.to_fall is None else signed(m.to_fall, "-") for m in lists],
            ),
        ]
        return [Table(columns), *([self._district_table()] if self.districts else [])]

    def _district_table(self) -> Table:
        """Return the closest districts."""
        shown = self.districts[:MOST_DISTRICTS]
        return Table(
            [
                Column(_("district"), [str(each.number) for each in shown], left=True),
                Column(_("won by"), [self._name(each.party) for each in shown], left=True),
                Column(_("before"), [self._name(each.second_party) for each in shown], left=True),
                Column(_("margin"), [number(each.margin) for each in shown]),
            ]
        )

    def notes(self) -> list[str]:
        """Say what the numbers mean, and which pair would have moved a seat."""
        said = _("+ votes more, - votes fewer, all other lists unchanged; the least number that does it, - where none does.")
        return [said, *self._of_pair()]

    def _of_pair(self) -> Iterator[str]:
        """Name the two lists between which fewest votes would have moved a seat."""
        if self.closest and not self.rival:
            giver, taker = self._name(self.closest.giver), self._name(self.closest.taker)
            said = several(
                "Closest: {n} vote from {giver} to {taker} would have given {taker} a seat more.",
                "Closest: {n} votes from {giver} to {taker} would have given {taker} a seat more.",
                self.closest.votes,
            )
            yield said.format(n=number(self.closest.votes), giver=giver, taker=taker)


def as_row(district: DistrictMargin) -> dict[str, Any]:
    """Return the margin of a district as JSON has it."""
    return {"district": district.number, **{key: value for key, value in vars(district).items() if key != "number"}}


MOST_DISTRICTS = 5
"""Districts that a table shows."""


def signed(votes: int | None, sign: str) -> str:
    """Write votes with a sign; a dash where there are none."""
    return "-" if votes is None else f"{sign}{number(votes)}"


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
    return Margin(party, ballot.votes[party], seats, to_gain, to_lose, to_enter, to_fall)


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
