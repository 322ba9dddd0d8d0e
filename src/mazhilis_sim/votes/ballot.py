"""The list vote of one election: validated, frozen, in the order of registration. Nothing here counts."""

from __future__ import annotations

import operator
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mazhilis_sim.errors import VotesError, nearest
from mazhilis_sim.names.reserved import AGAINST_ALL, INVALID, NO_LISTS, RESERVED


def whole_votes(value: object, what: str) -> int:
    """Read one number of votes, exactly.

    Raises
    ------
    VotesError
        For anything but a non-negative whole number; floats and strings are refused, even whole ones.
    """
    if isinstance(value, bool):
        raise VotesError(f"{what} must be a whole number of votes, got {value!r}")
    try:
        votes = operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        hint = f"; write {int(value)}" if isinstance(value, float) and value.is_integer() else ""
        raise VotesError(f"{what} must be a whole number of votes (an int), got {value!r}{hint}") from None
    if votes < 0:
        raise VotesError(f"{what} must not be negative, got {votes}")
    return votes


def as_mapping(votes: Any, what: str) -> dict[str, Any]:
    """Read a mapping of ids; a data-frame column with an index of ids will do."""
    if not isinstance(votes, Mapping) and not hasattr(votes, "items"):
        raise VotesError(f'{what} must be a mapping such as {{"amanat": 3431510}}, got {type(votes).__name__}')
    pairs = list(votes.items())
    for party, _ in pairs:
        if not isinstance(party, str) or not party.strip():
            raise VotesError(f"{what}: an id must be a non-empty string, got {party!r}")
    if len(dict(pairs)) < len(pairs):
        raise VotesError(f"{what} names a party twice")
    return dict(pairs)


def members(given: Any, kind: type, what: str) -> tuple[Any, ...]:
    """Read a collection, a generator too, whose members are all of one kind."""
    must = f"{what} must be a sequence of {kind.__name__}"
    if isinstance(given, kind) or not isinstance(given, Iterable):
        raise VotesError(f"{must}, got {type(given).__name__}{'; write it in a list' if isinstance(given, kind) else ''}")
    found = tuple(given)
    for member in found:
        if not isinstance(member, kind):
            raise VotesError(f"{must}, got {type(member).__name__} in it")
    return found


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
    """

    votes: dict[str, int]
    against_all: int = 0
    invalid: int | None = None

    @classmethod
    def read(cls, votes: Any, against_all: Any = None, invalid: Any = None) -> ListVotes:
        """Check votes as users give them: reserved ids in the mapping or by name, not both."""
        given = as_mapping(votes, "votes")
        by_name = {AGAINST_ALL: against_all, INVALID: invalid}
        for name, value in by_name.items():
            if value is not None and name in given:
                raise VotesError(f"{name} stands in the mapping and is given by name as well; write it once")
        rest = {name: given.pop(name, by_name[name]) for name in RESERVED}
        for party in given:
            if party in NO_LISTS:
                raise VotesError(f"{party!r} is {NO_LISTS[party]} and cannot be a list")
        if not given:
            raise VotesError("votes must name at least one list, got none")
        counted = {party: whole_votes(value, f"votes of {party!r}") for party, value in given.items()}
        if not any(counted.values()):
            raise VotesError("votes must hold at least one vote for a list, got zero for all")
        return cls(
            counted,
            0 if rest[AGAINST_ALL] is None else whole_votes(rest[AGAINST_ALL], AGAINST_ALL),
            None if rest[INVALID] is None else whole_votes(rest[INVALID], INVALID),
        )

    def base(self, kind: str = "valid") -> int:
        """Return what percentages are taken of.

        Parameters
        ----------
        kind : {"valid", "parties", "cast"}
            Valid votes with against all (the law), votes for parties alone, or all ballots cast.
        """
        parties = sum(self.votes.values())
        if kind == "parties":
            return parties
        if kind == "cast" and self.invalid is None:
            raise VotesError('the base "cast" needs the number of invalid ballots; give invalid=...')
        return parties + self.against_all + (self.invalid or 0) * (kind == "cast")


def known_party(party: str, parties: Sequence[str], error: type[Exception] = VotesError) -> int:
    """Return the position of a party, or raise an error with the nearest id."""
    if party not in parties:
        raise error(f"there is no party {party!r}{nearest(party, parties)}")
    return list(parties).index(party)


def read_candidates(candidates: Any, parties: Sequence[str]) -> dict[str, int] | None:
    """Read how many candidates each list has; a list not named has enough."""
    if candidates is None:
        return None
    limits = as_mapping(candidates, "candidates")
    for party in limits:
        known_party(party, parties)
    return {party: whole_votes(n, f"candidates of {party!r}") for party, n in limits.items()}
