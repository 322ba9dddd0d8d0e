"""The list vote of one election: validated, frozen, in the order of registration. Nothing here counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mazhilis_sim import reading
from mazhilis_sim.errors import Remedy, VotesError
from mazhilis_sim.names.reserved import AGAINST_ALL, INVALID, RESERVED, refuse_no_list

BASES = ("valid", "parties", "cast")
"""What percentages may be taken of."""


@dataclass(frozen=True, slots=True)
class ListVotes:
    """The list vote of one election.

    Parameters
    ----------
    votes : dict of str to int
        Votes by list, in the order of registration, which decides ties.
    against_all : int
        Valid votes for no list; they stay in the base.
    invalid : int or None
        Invalid ballots; never in the base unless the law counts all ballots cast.

    Raises
    ------
    VotesError
        When the votes cannot be counted: negative, fractional, none at all, or for what is no list.
    """

    votes: dict[str, int]
    against_all: int = 0
    invalid: int | None = None
    read_as: str = field(init=False, default="", compare=False, repr=False)

    def __post_init__(self) -> None:
        counted = read_list_votes(self.votes)
        if not counted:
            raise VotesError(field="votes", got=self.votes, must="name at least one list", shown="none")
        if not any(counted.values()):
            said = "hold at least one vote for a list"
            raise VotesError(field="votes", got=self.votes, must=said, shown="zero for all")
        object.__setattr__(self, "votes", counted)
        object.__setattr__(self, AGAINST_ALL, reading.whole(self.against_all, AGAINST_ALL, VotesError))
        object.__setattr__(self, INVALID, reading.maybe(reading.whole, self.invalid, INVALID, VotesError))

    @classmethod
    def read(cls, votes: Any, against_all: Any = None, invalid: Any = None) -> ListVotes:
        """Check votes as users give them: reserved ids in the mapping or by name, not both."""
        given = reading.mapping(votes, "votes", VotesError)
        by_name = {AGAINST_ALL: against_all, INVALID: invalid}
        for name in (name for name in RESERVED if name in given):
            if by_name[name] is not None:
                doubled = f"{name} stands in the mapping and is given by name as well"
                raise VotesError(doubled, field=name, must="be given once", got=by_name[name], remedy="write it once")
            by_name[name] = given.pop(name)
        return cls(given, 0 if by_name[AGAINST_ALL] is None else by_name[AGAINST_ALL], by_name[INVALID])

    @property
    def counted(self) -> dict[str, int]:
        """Valid votes by list, then against all where there were any."""
        return with_against_all(self.votes, self.against_all)

    def base(self, kind: str = "valid") -> int:
        """Return what percentages are taken of.

        Parameters
        ----------
        kind : {"valid", "parties", "cast"}
            Valid votes with against all (the law), votes for parties alone, or all ballots cast.
        """
        parties = sum(self.votes.values())
        if reading.choice(kind, "base", BASES, VotesError) == "parties":
            return parties
        if kind == "valid":
            return parties + self.against_all
        if self.invalid is None:
            raise without_invalid()
        return parties + self.against_all + self.invalid


def without_invalid() -> VotesError:
    """Build the error for a base that needs a number which is not known."""
    unknown = 'the base "cast" needs the number of invalid ballots'
    return VotesError(unknown, field=INVALID, must="be known", remedy=Remedy("give invalid=...", "give a row of the party invalid"))


def read_list_votes(votes: Any, where: str = "") -> dict[str, int]:
    """Read votes by list; ids that stand for no list are refused."""
    counted = reading.counts(votes, "votes", VotesError, where=where)
    for party in counted:
        refuse_no_list(party, VotesError, where=where)
        if party in RESERVED:
            said = f"{party!r} is no list"
            raise VotesError(said, field=party, must="not stand among the lists", remedy=f"give {party}=...", where=where)
    return counted


def with_against_all(votes: Mapping[str, int], against_all: int) -> dict[str, int]:
    """Return valid votes by list, then against all where there were any."""
    return {**votes, AGAINST_ALL: against_all} if against_all else dict(votes)


def read_candidates(candidates: Any, parties: Sequence[str]) -> dict[str, int] | None:
    """Read how many candidates each list has; a list not named has enough."""
    if candidates is None:
        return None
    limits = reading.counts(candidates, "candidates", VotesError, of="candidates")
    for party in limits:
        reading.position(party, parties, "party", VotesError)
    return limits
