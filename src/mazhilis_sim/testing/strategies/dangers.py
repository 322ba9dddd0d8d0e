"""Families of elections in which a count can go wrong: at the threshold, one passer, a tie of remainders."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, TypeAlias

from hypothesis import strategies as st

from mazhilis_sim.legislation.electoral_law import ElectoralLaw
from mazhilis_sim.testing.strategies.counts import any_number, votes_of, with_a_vote

Draw: TypeAlias = Callable[[st.SearchStrategy[Any]], Any]


def at_threshold(draw: Draw, law: ElectoralLaw, parties: int, largest: int) -> tuple[list[int], int]:
    """Draw parties at the threshold or a vote beside it, one large party, and votes against all to fill the base."""
    share = law.threshold or Fraction(1, 20)
    unit = draw(st.integers(1, 3) | st.integers(1, max(1, min(largest // share.denominator, 10**6))))
    at, base = share.numerator * unit, share.denominator * unit
    votes = [max(0, at + off) for off in draw(st.lists(st.integers(-1, 1), min_size=parties - 1, max_size=parties - 1))]
    rest = max(0, base - sum(votes))
    against_all = draw(st.integers(0, rest))
    return with_a_vote([*votes, rest - against_all]), against_all


def one_passes(draw: Draw, _law: ElectoralLaw, parties: int, largest: int) -> tuple[list[int], int]:
    """Draw one party with nearly all votes and others below the threshold: the case of the fallback."""
    first = draw(st.integers(20, 100) | st.integers(1, largest))
    below = min(first // 20, largest)
    votes = [first, *draw(st.lists(st.integers(0, below), min_size=parties - 1, max_size=parties - 1))]
    order = draw(st.permutations(range(parties)))
    return [votes[party] for party in order], draw(st.integers(0, first // 10))


def remainder_tie(draw: Draw, law: ElectoralLaw, parties: int, largest: int) -> tuple[list[int], int]:
    """Draw two parties whose remainders are equal or a vote apart, all others with whole Hare quotas."""
    quota = draw(st.integers(2, 20) | st.integers(2, max(2, min(largest // law.list_seats, 10**6))))
    half, off = quota // 2, draw(st.integers(-1, 1))
    wholes = draw(st.lists(st.integers(0, 3), min_size=parties, max_size=parties))
    wholes[-1] = max(0, law.list_seats - 1 - sum(wholes[:-1]))
    votes = [quota * whole for whole in wholes]
    votes[0] += half + off
    votes[-1] += quota - half - off
    return with_a_vote(votes), 0


def anything(draw: Draw, _law: ElectoralLaw, parties: int, largest: int) -> tuple[list[int], int]:
    """Draw any votes, and any number against all."""
    return draw(votes_of(parties, largest)), draw(any_number(largest))


FAMILIES = (anything, at_threshold, remainder_tie, one_passes)


def within(votes: list[int], against_all: int, largest: int) -> tuple[list[int], int]:
    """Keep every number to the largest: a family that needs more gets as near as that."""
    return [min(each, largest) for each in votes], min(against_all, largest)


def defined(law: ElectoralLaw, votes: list[int], against_all: int, largest: int) -> tuple[list[int], int]:
    """Let the largest party pass: without the votes against all, if need be with more votes of its own, or alone."""
    share, most = law.threshold, max(votes)
    base = sum(votes) + (against_all if law.base == "valid" else 0)
    if law.no_list_passes != "error" or most >= share * base:
        return votes, against_all
    rest = sum(votes) - most
    needed = max(most, -(-(share * rest) // (1 - share)))
    place = votes.index(most)
    if needed > largest:
        return [most if party == place else 0 for party in range(len(votes))], 0
    return [*votes[:place], int(needed), *votes[place + 1 :]], 0
