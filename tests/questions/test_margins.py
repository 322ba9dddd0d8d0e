"""Margins, held by applying them: that many votes change the seats, and no smaller number does."""

from __future__ import annotations

from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

import mazhilis_sim as ms
from mazhilis_sim.legislation.methods import METHODS
from random_elections import laws

FAR = 130
"""Votes up to which every number is tried."""
LOTS = 7


def seats_of(law: ms.ElectoralLaw, votes: dict[str, int], beside: dict[str, int], party: str) -> int | None:
    """Count by the oracle; None where no allocation is defined."""
    try:
        return ms.exact.allocate(law, votes, **beside, seed=LOTS).seats[party]
    except (ms.AllocationError, ms.VotesError):
        return None


def tried(law: ms.ElectoralLaw, votes: dict[str, int], beside: dict[str, int], moves: dict[str, int], party: str) -> int | None:
    """Return the first number of votes, up to `FAR`, that changes the seats the way the votes go, one after the other."""
    now = seats_of(law, votes, beside, party)
    assert now is not None
    for moved in range(1, FAR + 1):
        then = {name: number + moves.get(name, 0) * moved for name, number in votes.items()}
        if min(then.values()) < 0:
            return None
        found = seats_of(law, then, beside, party)
        if found is not None and (found - now) * moves[party] > 0:
            return moved
    return None


def near(moved: int | None) -> int | None:
    """Return a margin as far as it is tried."""
    return moved if moved is None or moved <= FAR else None


@st.composite
def small_elections(draw: st.DrawFn) -> tuple[ms.ElectoralLaw, dict[str, int], dict[str, int]]:
    """Draw a law of any kind and few votes, so that thresholds, two-party rules and ties abound."""
    law = draw(laws(options=("error", "top_two", "all"))).replace(
        method=draw(st.sampled_from([*METHODS])),
        ties=draw(st.sampled_from(["order", "order", "lots", "error"])),
        second_place_tie=draw(st.sampled_from(["order", "error"])),
        floor_excess=draw(st.sampled_from(["floor", "error"])),
        district_seats=0,
    )
    law = law.replace(list_seats=min(law.list_seats, draw(st.integers(1, 15))))
    numbers = draw(st.lists(st.integers(0, draw(st.sampled_from([3, 12, 60]))), min_size=1, max_size=5))
    beside = {"against_all": draw(st.integers(0, 9)), "invalid": draw(st.integers(0, 9))}
    return law, dict(zip("abcde", numbers, strict=False)), beside


OF_THE_CONTRACT = (ms.law("2023").replace(list_seats=20), {"a": 930, "b": 50, "c": 20}, {"against_all": 0, "invalid": 0})


@settings(max_examples=150, deadline=None)
@given(small_elections(), st.booleans())
@example(OF_THE_CONTRACT, False)
@example(
    (ms.law("2023").replace(list_seats=7, method="droop", threshold=0), {"a": 40, "b": 21, "c": 9}, {"against_all": 0, "invalid": 0}), False
)
def test_so_many_votes_change_the_seats_and_no_fewer_do(found: Any, moved: bool) -> None:
    law, votes, beside = found
    try:
        rival = next(iter(votes)) if moved and len(votes) > 1 else None
        margins = ms.seat_margins(law, votes, **beside, rival=rival, seed=LOTS)
    except (ms.AllocationError, ms.VotesError):
        return
    for party, margin in margins.by_party.items():
        for step, told in ((1, margin.to_gain), (-1, margin.to_lose)):
            moves = {party: step} | ({rival: -step} if rival else {})
            assert near(told) == tried(law, votes, beside, moves, party), (party, step)
