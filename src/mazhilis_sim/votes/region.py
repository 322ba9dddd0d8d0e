"""Regions: how they voted, and what a region's vote becomes at another turnout or after a swing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from mazhilis_sim import reading
from mazhilis_sim.errors import VotesError, show
from mazhilis_sim.names.entries import Entry, by_id
from mazhilis_sim.names.reserved import AGAINST_ALL, INVALID, OTHER, RESERVED
from mazhilis_sim.reading import NOT_GIVEN, Count, Share
from mazhilis_sim.showing import Shown
from mazhilis_sim.votes.ballot import lists_in, taken_apart, with_no_lists
from mazhilis_sim.votes.scaling import in_proportion, read_swing, swung

NEAR_ONE = Fraction(1, 200)
KNOWN_OR_NOT = (INVALID, "registered", "ballots")
"""Numbers that are None where they are not on record."""


@dataclass(frozen=True, slots=True, repr=False)
class Region(Shown):
    """The list vote of one region.

    Parameters
    ----------
    id, name : str
    list_votes : dict of str to int
        Votes by list, in the order of registration; what is given may be a `ListVotes`, or hold reserved ids.
    against_all : int
    invalid, registered, ballots : int, optional
        Invalid ballots, registered voters, ballots cast; None where unknown.
    other : int
        Votes for lists that are not named.

    Raises
    ------
    VotesError
        When a number is not whole or negative, or votes are for what is no list.
    """

    id: str
    name: str
    list_votes: dict[str, int]
    against_all: int = NOT_GIVEN
    invalid: int | None = None
    registered: int | None = None
    ballots: int | None = None
    other: int = NOT_GIVEN

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "id", reading.name(self.id, "the id of a region", VotesError))
        put(self, "name", reading.text(self.name, "name", VotesError, where=self.place))
        lists, beside = taken_apart(self.list_votes, {name: getattr(self, name) for name in RESERVED}, self.place)
        for name, value in {"list_votes": lists, **beside}.items():
            put(self, name, value)
        for name in ("registered", "ballots"):
            put(self, name, reading.maybe(reading.whole, getattr(self, name), name, VotesError, where=self.place))

    @property
    def place(self) -> str:
        """How messages name this region."""
        return f"region {show(self.id)}"

    @property
    def valid(self) -> int:
        """Valid list votes, against all included."""
        return sum(self.list_votes.values()) + self.other + self.against_all

    @property
    def turnout(self) -> float | None:
        """Ballots cast over registered voters; None where one of them is unknown."""
        return self.ballots / self.registered if self.ballots is not None and self.registered else None

    @property
    def counted(self) -> dict[str, int]:
        """Valid votes by list, then those of other lists and against all where there were any."""
        return with_no_lists(self.list_votes, self.against_all, self.other)

    @classmethod
    def of_shares(
        cls, id: str, shares: Mapping[str, Share], *, registered: Count, turnout: Share, invalid: Share = 0, name: str = ""
    ) -> Region:
        """Make a region's vote of shares, registered voters and turnout.

        Parameters
        ----------
        id : str
        shares : mapping of str to float or str
            Shares of the valid vote, in the order of registration; may hold ``against_all``. They sum to 1, or nearly
            (within 0.5 points), and are then scaled to 1.
        registered : int
        turnout : float or str
            Share of the registered voters who cast a ballot, such as ``0.6`` or ``"60%"``.
        invalid : float or str
            Share of the ballots that are invalid.
        name : str

        Raises
        ------
        VotesError
            When a number cannot be.

        Examples
        --------
        >>> Region.of_shares("north", {"a": "60%", "b": "40%"}, registered=1000, turnout="50%").list_votes
        {'a': 300, 'b': 200}
        """
        where = f"region {show(id)}"
        wanted = read_valid_shares(shares, where)
        voters = reading.whole(registered, "registered", VotesError, least=1, where=where)
        ballots = round(read_turnout(turnout, where) * voters)
        spoilt = round(ballots * reading.share(invalid, INVALID, VotesError, where=where))
        counts = in_proportion(ballots - spoilt, wanted)
        shown = reading.text(name, "name", VotesError, where=where) or id
        return cls(id, shown, lists_in(counts), counts.get(AGAINST_ALL, 0), spoilt, voters, ballots, counts.get(OTHER, 0))

    def with_counts(self, counts: Mapping[str, int]) -> Region:
        """Return this region with other valid votes, against all among them."""
        read = reading.counts(counts, "counts", VotesError, where=self.place)
        return replace(self, list_votes=lists_in(read), against_all=read.get(AGAINST_ALL, 0), other=read.get(OTHER, 0))

    def at_turnout(self, turnout: Share) -> Region:
        """Return this region with another turnout, and the shares of its ballots as they were."""
        known = self.registered is not None and self.ballots
        if not known or self.registered is None:
            said = f"{self.place} has no registered voters and ballots on record, which a turnout needs"
            raise VotesError(said, field="turnout", must="be of known voters", got=turnout, remedy="write Region.of_shares(...)")
        ballots = round(read_turnout(turnout, self.place) * self.registered)
        cast = {**self.counted, INVALID: self.invalid or 0}
        if not any(cast.values()):
            raise VotesError(field="votes", must="hold at least one vote to scale", got=cast, shown="zero for all", where=self.place)
        counts = in_proportion(ballots, cast)
        invalid = counts.pop(INVALID)
        return replace(self.with_counts(counts), ballots=ballots, invalid=None if self.invalid is None else invalid)

    def swung(self, swing: Mapping[str, Share]) -> Region:
        """Return this region after a swing, its valid votes as many as before."""
        return self.with_counts(swung(self.counted, read_swing(swing), self.place))


def read_valid_shares(shares: Any, where: str) -> dict[str, Fraction]:
    """Read shares of the valid vote, which sum to 1 or nearly."""
    given = reading.mapping(shares, "shares", VotesError, like='{"amanat": "60%"}', where=where)
    read = [Entry(label, reading.share(share, f"share of {show(label)}", VotesError, where=where)) for label, share in given.items()]
    wanted = by_id(read, "votes", VotesError, where=where)
    total = sum(wanted.values(), Fraction(0))
    if abs(total - 1) > NEAR_ONE:
        raise VotesError(field="shares", must="sum to 1", got=total, shown=f"{float(total):.4g}", where=where)
    return wanted


def read_turnout(value: Any, where: str) -> Fraction:
    """Read a turnout, which is above 0: somebody votes."""
    return reading.share(value, "turnout", VotesError, ends="(]", where=where)
