"""Laws, elections under them, and polls, drawn."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from hypothesis import strategies as st

from mazhilis_sim import reading
from mazhilis_sim.errors import MazhilisError
from mazhilis_sim.legislation.electoral_law import ElectoralLaw, Fallback
from mazhilis_sim.legislation.presets import PRESETS
from mazhilis_sim.names.reserved import AGAINST_ALL
from mazhilis_sim.polls.poll import Poll
from mazhilis_sim.testing.strategies.counts import LARGEST, bounds, ids
from mazhilis_sim.testing.strategies.dangers import FAMILIES, Draw, defined, within

THRESHOLDS = (*(Fraction(percent, 100) for percent in (5, 0, 7, 3, 4, 10)), Fraction(1, 3), Fraction(1, 7))
WEIGHTS = (Fraction(7, 10), Fraction(1), Fraction(0), Fraction(1, 3))
FLOORS = (2, 1, 0, 3)
NEAR = (0, 49, 50, 51, 69, 70, 71)
"""Shares at a threshold and beside it, in tenths of a percent."""
MOST_POLLED = 1000
"""Parties of a poll: each has a tenth of a percent."""


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
    votes, against_all = within(votes, against_all, largest)
    if always:
        votes, against_all = defined(law, votes, against_all, largest)
    return ElectionCase(law, dict(zip(ids(parties), votes, strict=True)), against_all)


def polls(min_parties: int = 2, max_parties: int = 8) -> st.SearchStrategy[Poll]:
    """Draw polls: shares in tenths of a percent that sum to one, some at a threshold; size or margin; undecided voters.

    Parameters
    ----------
    min_parties, max_parties : int
        From 0 to 1,000; a poll has one party at least, whatever they say.

    Returns
    -------
    SearchStrategy of Poll
        Free of contradictions: building it warns of nothing.

    Raises
    ------
    MazhilisError
        For bounds that leave nothing to draw.
    """
    return drawn_poll(*bounds(min_parties, max_parties, of_least=0, of_most=MOST_POLLED))


def small_shares(drawn: bytes, most: int) -> list[int]:
    """Turn two bytes a party into tenths of a percent, at most 900 in all: one draw for all parties, since many draws take long."""
    found, left = [], 900
    for kind, number in zip(drawn[::2], drawn[1::2], strict=True):
        wanted = NEAR[number % len(NEAR)] if kind > 127 else (kind * 256 + number) % (most + 1)
        found.append(wanted if wanted <= left else 0)
        left -= found[-1]
    return found


@st.composite
def drawn_poll(draw: Draw, few: int, many: int) -> Poll:
    """Draw a poll of so many parties."""
    parties = draw(st.integers(max(few, 1), many))
    small = small_shares(draw(st.binary(min_size=2 * parties - 2, max_size=2 * parties - 2)), 900 // parties)
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
