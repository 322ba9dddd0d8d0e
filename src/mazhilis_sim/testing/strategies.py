"""Hypothesis strategies for votes, elections, laws and polls, drawn from where bugs live.

Everything shrinks to something that a person can check: few parties, few votes, few seats. The ids of parties stand out
of alphabetical order on purpose: a program that sorts them is wrong.

>>> from hypothesis import given
>>> import mazhilis_sim as ms
>>> from mazhilis_sim.testing import strategies as msst
>>> @given(msst.elections(max_parties=8))
... def test_every_seat_is_given(case):
...     result = ms.exact.allocate(case.law, case.votes, against_all=case.against_all)
...     assert sum(result.seats.values()) == case.law.list_seats
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any, TypeAlias

from mazhilis_sim import reading
from mazhilis_sim.errors import MazhilisError, missing_extra
from mazhilis_sim.legislation.presets import PRESETS
from mazhilis_sim.legislation.system import ElectoralLaw, Fallback
from mazhilis_sim.names.reserved import AGAINST_ALL
from mazhilis_sim.polls.poll import Poll

try:
    from hypothesis import strategies as st
except ImportError:
    raise missing_extra("hypothesis", "test") from None

__all__ = ["ElectionCase", "elections", "laws", "polls", "vote_lists"]

Draw: TypeAlias = Callable[[st.SearchStrategy[Any]], Any]

IDS = ("d", "b", "a", "c", "j", "h", "f", "e", "i", "g")
BOUNDS = tuple(2**bits for bits in (31, 53, 63, 64))
"""Where 32-bit integers, floats and 64-bit integers end."""
LARGEST = 2**70
MOST_PARTIES = 100
"""Hypothesis gives up on examples that are longer."""
THRESHOLDS = (*(Fraction(percent, 100) for percent in (5, 0, 7, 3, 4, 10)), Fraction(1, 3), Fraction(1, 7))
WEIGHTS = (Fraction(7, 10), Fraction(1), Fraction(0), Fraction(1, 3))
FLOORS = (2, 1, 0, 3)


@dataclass(frozen=True, slots=True)
class ElectionCase:
    """One election as a test gets it.

    Parameters
    ----------
    law : ElectoralLaw
    votes : dict of str to int
        At least one vote in all; the order is that of registration.
    against_all : int
    """

    law: ElectoralLaw
    votes: dict[str, int]
    against_all: int = 0

    def __post_init__(self) -> None:
        reading.instance(self.law, ElectoralLaw, "law", MazhilisError)
        votes = reading.mapping(self.votes, "votes", MazhilisError)
        counts = {party: reading.whole(count, f"votes of {party!r}", MazhilisError) for party, count in votes.items()}
        object.__setattr__(self, "votes", counts)
        object.__setattr__(self, "against_all", reading.whole(self.against_all, "against_all", MazhilisError))


def bounds(least: object, most: object, *, of_least: int) -> tuple[int, int]:
    """Read the least and the most number of parties."""
    few = reading.whole(least, "min_parties", MazhilisError, least=of_least, most=MOST_PARTIES)
    return few, reading.whole(most, "max_parties", MazhilisError, least=few, most=MOST_PARTIES)


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


def laws(max_seats: int = 150, *, presets: bool = True) -> st.SearchStrategy[ElectoralLaw]:
    """Draw laws: list seats, threshold, fallback and what happens when no list passes; or a preset.

    Ties are broken by order of registration, and no option is drawn that answers an election with an error, except that
    no list may pass (``no_list_passes="error"``, as in the presets).

    Parameters
    ----------
    max_seats : int
        The most list seats; presets with more are left out.
    presets : bool
        Whether presets are drawn too.

    Raises
    ------
    MazhilisError
        For a number of seats that no law has.
    """
    most = reading.whole(max_seats, "max_seats", MazhilisError, least=1)
    fallback = st.builds(Fallback, weight=st.sampled_from(WEIGHTS), floor=st.sampled_from(FLOORS)) | st.none()
    drawn = st.builds(
        ElectoralLaw,
        name=st.just("drawn"),
        threshold=st.sampled_from(THRESHOLDS),
        fallback=fallback,
        list_seats=st.integers(1, min(most, 12)) | st.integers(1, most),
        base=st.sampled_from(("valid", "parties")),
        no_list_passes=st.sampled_from(("error", "top_two", "all")),
    )
    allowed = reading.flag(presets, "presets", MazhilisError)
    known = [law for law in PRESETS.values() if law.list_seats <= most and allowed]
    # Both are drawn, since Hypothesis takes what needs fewer draws for simpler, and a preset would need one.
    chosen = st.sampled_from([None, *[None] * len(known), *known])
    return st.builds(lambda law, preset: preset or law, drawn, chosen)


USUAL_LAWS = laws()
"""The laws of `elections` unless others are given."""


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


def defined(law: ElectoralLaw, votes: list[int], against_all: int) -> tuple[list[int], int]:
    """Let the largest party pass: without the votes against all, if need be with more votes of its own."""
    share, most = law.threshold, max(votes)
    base = sum(votes) + (against_all if law.base == "valid" else 0)
    if law.no_list_passes != "error" or most >= share * base:
        return votes, against_all
    rest = sum(votes) - most
    needed = max(most, -(-(share * rest) // (1 - share)))
    place = votes.index(most)
    return [*votes[:place], int(needed), *votes[place + 1 :]], 0


def elections(
    max_parties: int = 8, laws: st.SearchStrategy[ElectoralLaw] | None = None, max_votes: int = LARGEST, *, always_defined: bool = True
) -> st.SearchStrategy[ElectionCase]:
    """Draw elections with their law: any votes, one vote around the threshold or a tie of remainders, one passer.

    Parameters
    ----------
    max_parties : int
    laws : SearchStrategy, optional
        Where the law comes from; `laws` unless given, ``hypothesis.strategies.just(law)`` for one law.
    max_votes : int
        The most votes of one party, and against all; below 2^63 divided by ten times the seats for code that counts
        in 64 bits.
    always_defined : bool
        Whether at least one list passes, where the law has no answer otherwise.

    Returns
    -------
    SearchStrategy of ElectionCase

    Raises
    ------
    MazhilisError
        For bounds that leave nothing to draw, or laws that are no strategy.
    """
    _, parties = bounds(1, max_parties, of_least=1)
    known = USUAL_LAWS if laws is None else reading.instance(laws, st.SearchStrategy, "laws", MazhilisError, remedy="write st.just(law)")
    largest = reading.whole(max_votes, "max_votes", MazhilisError, least=1)
    return drawn_election(parties, known, largest, reading.flag(always_defined, "always_defined", MazhilisError))


@st.composite
def drawn_election(draw: Draw, most: int, laws: st.SearchStrategy[ElectoralLaw], largest: int, always: bool) -> ElectionCase:
    """Draw an election of one of the families."""
    law, parties = draw(laws), draw(st.integers(1, most))
    votes, against_all = draw(st.sampled_from(FAMILIES))(draw, law, parties, largest)
    if always:
        votes, against_all = defined(law, votes, against_all)
    return ElectionCase(law, dict(zip(ids(parties), votes, strict=True)), against_all)


def polls(min_parties: int = 2, max_parties: int = 8) -> st.SearchStrategy[Poll]:
    """Draw polls: shares in tenths of a percent that sum to one, some at a threshold; size or margin; undecided voters.

    Parameters
    ----------
    min_parties, max_parties : int

    Returns
    -------
    SearchStrategy of Poll
        Free of contradictions: building it warns of nothing.

    Raises
    ------
    MazhilisError
        For bounds that leave nothing to draw.
    """
    return drawn_poll(*bounds(min_parties, max_parties, of_least=2))


@st.composite
def drawn_poll(draw: Draw, few: int, many: int) -> Poll:
    """Draw a poll of so many parties."""
    parties = draw(st.integers(few, many))
    kinds = st.sampled_from((0, 49, 50, 51, 69, 70, 71)) | st.integers(0, 900 // parties)
    small = draw(st.lists(kinds, min_size=parties - 1, max_size=parties - 1))
    rest = 1000 - sum(small)
    removed = draw(st.integers(0, rest // 3))
    against_all = draw(st.integers(0, rest // 5))
    shares = [rest - removed - against_all, *small]
    named = {party: share / 1000 for party, share in zip(ids(parties), shares, strict=True)}
    size = draw(
        st.fixed_dictionaries({"sample_size": st.integers(100, 10_000)})
        | st.fixed_dictionaries({"margin": st.integers(1, 100).map(lambda tenths: tenths / 1000)})
    )
    return Poll(named | {AGAINST_ALL: against_all / 1000}, undecided=removed / 1000, **size)
