"""The list vote of one election: validated, frozen, in the order of registration. Nothing here counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mazhilis_sim import reading
from mazhilis_sim.errors import Remedy, VotesError
from mazhilis_sim.names.entries import Entry, Ids, by_id
from mazhilis_sim.names.reserved import AGAINST_ALL, INVALID, OTHER, RESERVED
from mazhilis_sim.reading import NOT_GIVEN
from mazhilis_sim.showing import Shown

BASES = ("valid", "parties", "cast")
"""What percentages may be taken of."""


@dataclass(frozen=True, slots=True, repr=False)
class ListVotes(Shown):
    """The list vote of one election.

    Parameters
    ----------
    votes : dict of str to int
        Votes by list, in the order of registration, which decides ties. What is given may hold the reserved ids as well, by
        any of their words ("Others"), and be a `ListVotes`.
    against_all : int
        Valid votes for no list; they stay in the base.
    invalid : int or None
        Invalid ballots; never in the base unless the law counts all ballots cast.
    other : int
        Votes for lists that are not named: in the base, never with a seat.

    Raises
    ------
    VotesError
        When the votes cannot be counted: negative, fractional, none at all, or for what is no list.
    """

    votes: dict[str, int]
    against_all: int = NOT_GIVEN
    invalid: int | None = None
    other: int = NOT_GIVEN
    read_as: str = field(init=False, default="", compare=False, repr=False)

    def __post_init__(self) -> None:
        counted, beside = taken_apart(self.votes, {name: getattr(self, name) for name in RESERVED})
        if not counted:
            raise VotesError(field="votes", got=self.votes, must="name at least one list", shown="none")
        if not any(counted.values()):
            said = "hold at least one vote for a list"
            raise VotesError(field="votes", got=self.votes, must=said, shown="zero for all")
        object.__setattr__(self, "votes", counted)
        for name, value in beside.items():
            object.__setattr__(self, name, value)

    @classmethod
    def read(cls, votes: Any, against_all: Any = None, invalid: Any = None, other: Any = None) -> ListVotes:
        """Read votes as users give them; the same as the class."""
        return cls(votes, against_all, invalid, other)

    @property
    def counted(self) -> dict[str, int]:
        """Valid votes by list, then those of other lists and against all where there were any."""
        return with_no_lists(self.votes, self.against_all, self.other)

    @property
    def all(self) -> Ids[int]:
        """Everything in one mapping, reserved ids too: the same votes can be made of it again."""
        return Ids(self.counted if self.invalid is None else {**self.counted, INVALID: self.invalid})

    def base(self, kind: str = "valid") -> int:
        """Return what percentages are taken of.

        Parameters
        ----------
        kind : {"valid", "parties", "cast"}
            Valid votes with against all (the law), votes for parties alone, or all ballots cast.
        """
        parties = sum(self.votes.values()) + self.other
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


def read_counts(votes: Any, where: str = "") -> Ids[int]:
    """Read votes by label: lists, and reserved ids by any of their words."""
    counted = reading.counts(votes, "votes", VotesError, where=where)
    if isinstance(votes, Ids):
        return Ids(counted)
    return by_id([Entry(label, number) for label, number in counted.items()], "votes", VotesError, where=where)


def taken_apart(votes: Any, by_name: dict[str, Any], where: str = "") -> tuple[Ids[int], dict[str, Any]]:
    """Read votes as users give them: lists apart from what stands for none, which is in the mapping or given by name, not both."""
    lists, beside = read_counts(votes.all if isinstance(votes, ListVotes) else votes, where), dict(by_name)
    for name in (name for name in by_name if name in lists):
        if by_name[name] is not None:
            doubled = f"{name} stands in the mapping and is given by name as well"
            raise VotesError(doubled, field=name, must="be given once", got=by_name[name], remedy="write it once", where=where)
        beside[name] = lists.pop(name)
    read = {name: reading.maybe(reading.whole, value, name, VotesError, where=where) for name, value in beside.items()}
    return lists, {name: value if name == INVALID else value or 0 for name, value in read.items()}


def with_no_lists(votes: Mapping[str, int], against_all: int, other: int) -> Ids[int]:
    """Return valid votes by list, then those of other lists and against all where there were any."""
    return Ids({**votes, **({OTHER: other} if other else {}), **({AGAINST_ALL: against_all} if against_all else {})})


def lists_in(counts: Mapping[str, int]) -> Ids[int]:
    """Return the lists' votes among valid votes."""
    return Ids({party: n for party, n in counts.items() if party not in RESERVED})


def read_candidates(candidates: Any, parties: Sequence[str]) -> dict[str, int] | None:
    """Read how many candidates each list has; a list not named has enough."""
    if candidates is None:
        return None
    limits = reading.counts(candidates, "candidates", VotesError, of="candidates")
    return reading.of_known(limits, parties, "party", VotesError)
