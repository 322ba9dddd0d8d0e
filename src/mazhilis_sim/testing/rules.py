"""The classical rules by name, compiled, to be verified or held against others.

>>> from mazhilis_sim.testing import rules, verify
>>> rules.find("dhondt")([53, 24, 23], 7)
[4, 2, 1]
>>> verify("dhondt", axioms=["house_monotone", "upper_quota"], max_examples=100).broken
('upper_quota',)
"""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

import numpy as np

from mazhilis_sim import reading
from mazhilis_sim.counting.arrays import vote_table
from mazhilis_sim.counting.exact import allocate
from mazhilis_sim.counting.many import Counter, largest_base, uncountable
from mazhilis_sim.errors import AllocationError, MazhilisError, VotesError, unknown
from mazhilis_sim.legislation.electoral_law import ElectoralLaw
from mazhilis_sim.legislation.methods import METHODS, known_as

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import ArrayLike, NDArray


__all__ = ["CLASSICAL", "find"]

MOST_SEATS = 2**31 - 1
"""Of elections that are counted in arrays."""


@lru_cache(maxsize=1024)
def plain_law(method: str, seats: int) -> ElectoralLaw:
    """Return a law that shares out so many seats among all lists, by a method."""
    return ElectoralLaw(name=method, list_seats=seats, threshold=Fraction(0), fallback=None, method=method)


@lru_cache(maxsize=4096)
def largest_votes(method: str, seats: int, parties: int) -> int:
    """Return the most votes in all that are counted in 64-bit integers."""
    return largest_base(plain_law(method, seats), parties)


def room(method: str, seats: int, parties: int, elections: int) -> Counter:
    """Make room for elections, always in 64-bit lanes: fewer kinds of lanes are compiled."""
    return Counter.wide(plain_law(method, seats), parties, largest_votes(method, seats, parties), elections)


class Rooms(threading.local):
    """Each thread's room for one election at a time: making it takes longer than the count."""

    def __init__(self) -> None:
        self.of = lru_cache(maxsize=256)(room_for_one)


def room_for_one(method: str, seats: int, parties: int) -> tuple[Counter, NDArray[np.int64], NDArray[np.int64]]:
    """Return the room, with that for the votes and for those against all."""
    return room(method, seats, parties, 1), np.zeros((1, parties), np.int64), np.zeros(1, np.int64)


ROOMS = Rooms()


@dataclass(frozen=True, slots=True)
class Rule:
    """A classical rule without threshold: call it as ``rule(votes, seats)``.

    Parameters
    ----------
    name : str
        A name that ``ElectoralLaw.method`` knows.
    """

    name: str

    def __post_init__(self) -> None:
        reading.choice(self.name, "name", METHODS, MazhilisError)

    @property
    def __name__(self) -> str:
        return self.name

    def __call__(self, votes: Sequence[int], seats: int) -> list[int]:
        """Return the seats of k parties, of votes of any size.

        Raises
        ------
        AllocationError
            Where a quota hands out more seats than there are.
        VotesError
            For votes that are no whole numbers, or none at all, and for less than a seat.
        """
        counted, house = read_votes(votes), reading.whole(seats, "seats", VotesError, least=1)
        if sum(counted) > largest_votes(self.name, house, len(counted)):
            return self.by_oracle(counted, house)
        return self.one(counted, house)

    def one(self, votes: list[int], seats: int) -> list[int]:
        """Count one election, in the room that this thread keeps for such."""
        counter, table, against = ROOMS.of(self.name, seats, len(votes))
        table[0] = votes
        if not counter.count(table, against):
            raise uncountable(plain_law(self.name, seats), table, against)
        if counter.over_quota():
            raise self.over_quota(votes, seats, "", (0,))
        return cast("list[int]", counter.seats[0].tolist())

    def by_oracle(self, votes: Sequence[int], seats: int) -> list[int]:
        """Count one election in fractions."""
        named = {f"party {place}": count for place, count in enumerate(votes, start=1)}
        return list(allocate(plain_law(self.name, seats), named).seats.values())

    def many(self, votes: ArrayLike, seats: int) -> NDArray[np.int64]:
        """Return the seats, int64 (n, k), of many elections with votes (n, k) and one number of seats.

        Raises
        ------
        AllocationError
            Naming the first row in which a quota hands out more seats than there are; ``rows`` holds all of them.
        VotesError
            Naming the first row without votes, or with more than fit the count in 64-bit integers.

        Examples
        --------
        >>> find("sainte_lague").many([[53, 24, 23], [60, 30, 10]], 7)
        array([[3, 2, 2],
               [4, 2, 1]])
        """
        table, house = vote_table(votes), reading.whole(seats, "seats", VotesError, least=1, most=MOST_SEATS)
        counter, against = room(self.name, house, table.shape[1], len(table)), np.zeros(len(table), np.int64)
        if not counter.count(table, against):
            raise uncountable(plain_law(self.name, house), table, against)
        if over := counter.over_quota():
            raise self.over_quota(table[over[0]].tolist(), house, f"row {over[0]}", tuple(over))
        return counter.seats

    def over_quota(self, votes: list[int], seats: int, where: str, rows: tuple[int, ...]) -> AllocationError:
        """Say by how much the quota hands out too many seats, in the first row of several: the oracle counts it."""
        try:
            self.by_oracle(votes, seats)
        except AllocationError as refusal:
            error = cast("AllocationError", refusal.at(where) if where else refusal)
            error.rows = rows
            return error
        raise MazhilisError(field=f"rule {self.name}", got=(votes, seats), must="refuse in the kernel what the oracle refuses")


def read_votes(votes: Sequence[int]) -> list[int]:
    """Read the votes of one election, one of them positive."""
    if type(votes) is list and all(type(count) is int and count >= 0 for count in votes):
        counted = votes
    else:
        given = reading.items(votes, "votes", VotesError, like="[53, 24, 23]")
        counted = [reading.whole(count, "votes", VotesError) for count in given]
    if not any(counted):
        raise VotesError(field="votes", got=votes, must="hold at least one vote")
    return counted


CLASSICAL: Mapping[str, Rule] = MappingProxyType({name: Rule(name) for name in METHODS})
"""Every classical rule by its name."""


def find(name: str) -> Rule:
    """Return a classical rule by any of its names, such as ``"D'Hondt"`` or ``"jefferson"``.

    Raises
    ------
    MazhilisError
        For an unknown name, with the nearest one.

    Examples
    --------
    >>> find("hare")([5, 3, 1], 4)
    [2, 1, 1]
    """
    known = known_as(name)
    if not isinstance(known, str) or known not in CLASSICAL:
        raise unknown(MazhilisError, "rule", name, CLASSICAL)
    compile_once(known)
    return CLASSICAL[known]


@lru_cache
def compile_once(name: str) -> None:
    """Count an election, so that no later call takes the seconds of the compiler: tests have deadlines."""
    with suppress(MazhilisError):  # of a quota that hands out too many seats
        CLASSICAL[name]([2, 1], 1)
