"""Margins, held by applying them: that many votes change the seats, and no smaller number does."""

from __future__ import annotations

from typing import Any

import pytest
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
@example(  # a seat moves behind the last band that ends
    (ms.law("2023").replace(list_seats=8, method="droop", threshold=0), {"a": 20, "b": 6, "c": 3}, {"against_all": 0, "invalid": 0}), False
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


def test_the_margins_of_2023_are_what_a_count_of_each_says() -> None:
    election, law = ms.load_election(2023), ms.law("2023")
    margins = ms.seat_margins(law, election)
    official = ms.allocate(law, election.votes).seats
    for party, margin in margins.by_party.items():
        for step, moved in ((1, margin.to_gain), (-1, margin.to_lose)):
            if moved is None:
                continue
            then = [{**election.list_votes, party: election.list_votes[party] + step * votes} for votes in (moved - 1, moved)]
            before, after = (ms.allocate(law, votes, against_all=election.against_all).seats[party] for votes in then)
            assert before == official[party]
            assert (after - before) * step > 0


def test_the_closest_pair_moves_a_seat_and_no_other_pair_does_with_fewer() -> None:
    law, votes = ms.law("2026").replace(list_seats=9, threshold="4%"), {"a": 61, "b": 40, "c": 22, "d": 7}
    closest = ms.seat_margins(law, votes).closest
    assert closest is not None
    seats = ms.allocate(law, votes).seats

    def gains(giver: str, taker: str, moved: int) -> bool:
        then = {**votes, giver: votes[giver] - moved, taker: votes[taker] + moved}
        return ms.allocate(law, then).seats[taker] > seats[taker]

    assert gains(closest.giver, closest.taker, closest.votes)
    assert not any(gains(a, b, moved) for a in votes for b in votes if a != b for moved in range(1, closest.votes))


def test_what_the_closest_pair_changes_is_what_a_count_says() -> None:
    law, votes = ms.law("2023"), ms.load_election(2023).list_votes
    margins = ms.seat_margins(law, ms.ListVotes(votes, 248_291))
    closest = margins.closest
    assert closest is not None
    moved = {**votes, closest.giver: votes[closest.giver] - closest.votes, closest.taker: votes[closest.taker] + closest.votes}
    before, then = (ms.allocate(law, ms.ListVotes(each, 248_291)).seats for each in (votes, moved))
    assert closest.changes == {party: then[party] - before[party] for party in votes if then[party] != before[party]}
    assert (closest.giver, closest.giver_falls, closest.changes["jsdp"]) == ("jsdp", True, -4)
    assert "Amanat +2, Aq Jol +1, Respublica +1, JSDP -4. JSDP would then have missed the threshold." in margins.notes()[-1]


def test_seats_that_come_and_go_at_once_are_counted_and_said() -> None:
    margins = ms.seat_margins("2023", ms.load_election(2023))
    assert (margins["jsdp"].gained, margins["jsdp"].lost) == (1, 4)
    assert (margins["baytaq"].gained, margins["baytaq"].lost) == (3, None)
    assert "JSDP -4 (-13,407), Baytaq +3 (+180,938)" in margins.notes()[1]


def test_districts_have_margins() -> None:
    margins = ms.seat_margins(ms.law("2023"), ms.load_election(2023))
    assert len(margins.districts) == 29
    assert (margins.districts[0].number, margins.districts[0].margin) == (7, 2532)


def test_the_threshold_is_reached_by_so_many_and_by_no_fewer() -> None:
    margins = ms.seat_margins("2023", {"a": 900, "b": 60, "c": 40})
    assert (margins["c"].to_enter, margins["c"].to_fall) == (11, None)  # 51 of 1,011 is more than 5 %, 50 of 1,010 less
    assert (margins["b"].to_enter, margins["b"].to_fall) == (0, 11)  # 50 of 990 is more than 5 %, 49 of 989 less


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "rival": ({"rival": "beytag"}, "did you mean 'baytaq'?"),
    "law": ({"law": "2020"}, "there is no law '2020'"),
    "own rule": ({"law": ms.law("2023").replace(method=lambda votes, seats: [seats] + [0] * (len(votes) - 1))}, "is a rule of your own"),
    "against all twice": ({"against_all": 5}, "the election has its own against_all"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_cannot_be_asked_is_said_in_one_line(wrong: str) -> None:
    changes, said = WRONG[wrong]
    with pytest.raises(ms.MazhilisError) as caught:
        ms.seat_margins(**{"law": "2023", "votes": ms.load_election(2023), **changes})
    assert said in str(caught.value)
