"""Numbers of parties and of votes: tiny and tie-rich, lifelike, or around the bounds of machine numbers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from hypothesis import strategies as st

from mazhilis_sim import reading
from mazhilis_sim.errors import MazhilisError

IDS = ("d", "b", "a", "c", "j", "h", "f", "e", "i", "g")
BOUNDS = tuple(2**bits for bits in (31, 53, 63, 64))
"""Where 32-bit integers, floats and 64-bit integers end."""
LARGEST = 2**70
MOST_PARTIES = 100
"""Hypothesis gives up on examples that are longer."""


def bounds(least: object, most: object, *, of_least: int, of_most: int = MOST_PARTIES) -> tuple[int, int]:
    """Read the least and the most number of parties."""
    few = reading.whole(least, "min_parties", MazhilisError, least=of_least, most=of_most)
    return few, reading.whole(most, "max_parties", MazhilisError, least=max(few, 1), most=of_most)


def ids(parties: int) -> list[str]:
    """Return so many ids, out of alphabetical order."""
    return [name + str(turn or "") for turn in range(-(-parties // len(IDS))) for name in IDS][:parties]


def with_a_vote(votes: Sequence[int]) -> list[int]:
    """Give every party a vote where there is none, which keeps them tied: what shrinks to zeros stays a tie."""
    return list(votes) if any(votes) else [1] * len(votes)


def numbers_of_votes(largest: int) -> list[st.SearchStrategy[int]]:
    """Return kinds of numbers of votes, the smallest first: few, any, and around the bounds of machine numbers."""
    kinds = [st.integers(0, min(largest, 6)), st.integers(0, min(largest, 10_000_000))]
    beside = [bound + off for bound in BOUNDS for off in (-1, 0, 1) if bound + off <= largest]
    if beside:
        kinds.append(st.sampled_from(beside) | st.integers(0, largest))
    return kinds


def tied(parties: int, largest: int) -> st.SearchStrategy[list[int]]:
    """Draw parties that share two numbers of votes."""
    levels = st.lists(st.integers(0, min(largest, 1000)), min_size=1, max_size=2)
    return levels.flatmap(lambda two: st.lists(st.sampled_from(two), min_size=parties, max_size=parties))


@cache
def any_number(largest: int) -> st.SearchStrategy[int]:
    """Draw a number of votes, often zero."""
    return st.one_of(st.just(0), *numbers_of_votes(largest))


@cache  # a strategy is checked when it is first drawn from, which takes longer than the draw
def votes_of(parties: int, largest: int) -> st.SearchStrategy[list[int]]:
    """Draw the votes of so many parties."""
    plain = [st.lists(kind, min_size=parties, max_size=parties) for kind in numbers_of_votes(largest)]
    return st.one_of(plain[0], tied(parties, largest), *plain[1:]).map(with_a_vote)


def vote_lists(min_parties: int = 1, max_parties: int = 8, max_votes: int = LARGEST) -> st.SearchStrategy[list[int]]:
    """Draw the votes of k parties: tiny and tie-rich, lifelike, or around 2^31, 2^53, 2^63 and 2^64.

    Parameters
    ----------
    min_parties, max_parties : int
    max_votes : int
        The most votes of one party; below 2^63 for code that counts in 64 bits.

    Returns
    -------
    SearchStrategy of list of int
        At least one vote in all; parties without votes are common.

    Raises
    ------
    MazhilisError
        For bounds that leave nothing to draw.
    """
    few, many = bounds(min_parties, max_parties, of_least=1)
    largest = reading.whole(max_votes, "max_votes", MazhilisError, least=1)
    return st.integers(few, many).flatmap(lambda parties: votes_of(parties, largest))
