"""The strategies: everything they promise to draw is drawn, is valid, and shrinks to something small."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

from mazhilis_sim.counting import exact
from mazhilis_sim.errors import AllocationError, MazhilisError
from mazhilis_sim.legislation.electoral_law import ElectoralLaw
from mazhilis_sim.legislation.presets import law
from mazhilis_sim.polls.poll import Poll
from mazhilis_sim.testing import strategies as msst
from mazhilis_sim.testing.strategies import ElectionCase

LOOK = settings(max_examples=3000, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
DRAW_ONLY = settings(LOOK, phases=[Phase.generate])


def count(case: ElectionCase) -> Any:
    """Count a case with the oracle."""
    return exact.allocate(case.law, case.votes, against_all=case.against_all)


def beside_threshold(case: ElectionCase, off: int) -> bool:
    """Tell whether a list stands so many votes over the least number that reaches the threshold."""
    share = case.law.threshold
    base = sum(case.votes.values()) + case.against_all
    return case.law.base == "valid" and share > 0 and any(v - off == share * base for v in case.votes.values())


@given(msst.vote_lists())
def test_vote_lists_hold_a_vote_and_no_more_parties_than_asked(votes: list[int]) -> None:
    assert 1 <= len(votes) <= 8
    assert min(votes) >= 0
    assert sum(votes) >= 1


@given(msst.vote_lists(min_parties=3, max_parties=4, max_votes=9))
def test_vote_lists_keep_to_their_bounds(votes: list[int]) -> None:
    assert 3 <= len(votes) <= 4
    assert 0 <= min(votes) <= max(votes) <= 9


@pytest.mark.parametrize(
    ("wanted", "least"),
    [
        (lambda v: len(v) == 1, [1]),
        (lambda v: len(v) > 1 and len(set(v)) < len(v), None),
        (lambda v: 0 in v, [1, 0]),
        (lambda v: max(v) > 2**53, None),
        (lambda v: max(v) > 2**63, None),
        (lambda v: 2**53 + 1 in v, None),
        (lambda v: 2**63 in v, None),
        (lambda v: 2**63 - 1 in v, None),
        (lambda v: sum(v) > 10**6 and max(v) < 10**8, None),
        (lambda v: len(v) == 8, None),
    ],
)
def test_vote_lists_reach_the_corners(wanted: Callable[[list[int]], bool], least: list[int] | None) -> None:
    found = find(msst.vote_lists(), wanted, settings=LOOK)
    assert wanted(found)
    if least:
        assert sorted(found, reverse=True) == least


@pytest.mark.parametrize(
    ("bounds", "words"),
    [
        ((0, 3, 5), "min_parties must be a whole number between 1 and 100, got 0"),
        ((4, 3, 5), "max_parties must be a whole number between 4 and 100, got 3"),
        ((1, 3, 0), "max_votes must be a whole number of at least 1, got 0"),
    ],
)
def test_vote_lists_refuse_bounds_that_leave_nothing(bounds: tuple[int, int, int], words: str) -> None:
    with pytest.raises(MazhilisError, match=words):
        msst.vote_lists(*bounds)


def test_elections_and_polls_refuse_what_leaves_nothing_at_once() -> None:
    with pytest.raises(MazhilisError, match=r"laws must be a SearchStrategy, got .*; write st.just\(law\)"):
        msst.elections(laws=law("2026"))  # type: ignore[arg-type]
    with pytest.raises(MazhilisError, match="min_parties must be a whole number between 0 and 1,000, got -1"):
        msst.polls(-1)


@given(msst.elections())
def test_every_election_has_a_result_and_every_seat_an_owner(case: ElectionCase) -> None:
    assert sum(count(case).seats.values()) == case.law.list_seats
    assert 1 <= len(case.votes) <= 8
    assert case.against_all >= 0


@pytest.mark.parametrize(
    "wanted",
    [
        lambda case: beside_threshold(case, 0),
        lambda case: beside_threshold(case, 1),
        lambda case: beside_threshold(case, -1),
        lambda case: count(case).ties,
        lambda case: count(case).fallback,
        lambda case: count(case).fallback and max(sorted(case.votes.values())[:-1]) == 0,
        lambda case: len(case.votes) == 1,
        lambda case: case.law.list_seats == 1,
        lambda case: len(case.votes) > case.law.list_seats > 1,
        lambda case: 0 in case.votes.values(),
        lambda case: sum(case.votes.values()) > 2**63,
        lambda case: case.against_all > sum(case.votes.values()),
        lambda case: len(count(case).admitted) > 2,
        lambda case: case.law == law("2023"),
        lambda case: case.law.fallback is None,
        lambda case: case.law.threshold == 0,
        lambda case: case.law.base == "parties",
    ],
    ids=[
        "at the threshold",
        "a vote over it",
        "a vote under it",
        "remainders tie",
        "fallback",
        "second without votes",
        "one party",
        "one seat",
        "more parties than seats",
        "a party without votes",
        "beyond 63 bits",
        "against all wins",
        "three pass",
        "preset",
        "no fallback",
        "no threshold",
        "base of parties",
    ],
)
def test_elections_live_where_bugs_live(wanted: Callable[[ElectionCase], bool]) -> None:
    assert wanted(find(msst.elections(), wanted, settings=DRAW_ONLY))


def test_remainders_one_vote_apart_are_drawn() -> None:
    only = law("2023").replace(threshold=0, list_seats=5)

    def near(case: ElectionCase) -> bool:
        rest = sorted(count(case).remainders.values())
        total = sum(case.votes.values())
        return total > 20 and any(0 < b - a <= Fraction(10, total) for a, b in pairwise(rest))

    found = find(msst.elections(laws=st.just(only)), near, settings=DRAW_ONLY)
    assert found.law == only


@pytest.mark.parametrize("wanted", [lambda case: count(case).fallback, lambda case: count(case).ties], ids=["fallback", "tie"])
def test_elections_shrink_to_what_can_be_checked_by_hand(wanted: Callable[[ElectionCase], bool]) -> None:
    found = find(msst.elections(), wanted, settings=LOOK)
    assert len(found.votes) <= 3
    assert sum(found.votes.values()) <= 30
    assert found.against_all == 0
    assert found.law.list_seats <= 2


def test_elections_without_a_result_are_drawn_when_wanted() -> None:
    def undefined(case: ElectionCase) -> bool:
        try:
            count(case)
        except AllocationError:
            return True
        return False

    assert undefined(find(msst.elections(always_defined=False), undefined, settings=DRAW_ONLY))


@given(msst.elections(max_parties=3, laws=st.just(law("2026")), max_votes=10**6))
def test_elections_keep_to_their_law_and_bounds(case: ElectionCase) -> None:
    assert case.law == law("2026")
    assert len(case.votes) <= 3


@given(msst.elections(max_parties=14, laws=msst.laws(presets=False)))
def test_ids_are_distinct_and_out_of_alphabetical_order(case: ElectionCase) -> None:
    names = list(case.votes)
    assert len(names) == 1 or names != sorted(names)
    assert len(set(names)) == len(names)


@given(msst.laws(max_seats=20))
def test_laws_are_laws_within_their_bounds(drawn: ElectoralLaw) -> None:
    assert 1 <= drawn.list_seats <= 20
    assert drawn.ties == "order"
    assert 0 <= drawn.threshold < 1


@given(msst.polls())
def test_polls_can_be_used_and_warn_of_nothing(poll: Poll) -> None:
    assert 2 <= len(poll.parties) <= 8
    assert abs(sum(poll.q.values()) - 1) < 1e-9
    assert poll.n_eff > 0


@pytest.mark.parametrize(
    "wanted",
    [
        lambda poll: poll.margin and not poll.sample_size,
        lambda poll: poll.sample_size and not poll.margin,
        lambda poll: poll.undecided > 0.2,
        lambda poll: poll.undecided == 0,
        lambda poll: 0.05 in poll.shares.values(),
        lambda poll: poll.shares["against_all"] > 0.1,
        lambda poll: len(poll.parties) == 8,
    ],
)
def test_polls_reach_the_corners(wanted: Callable[[Poll], bool]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert wanted(find(msst.polls(), wanted, settings=DRAW_ONLY))


@pytest.mark.parametrize("most", [1, 2, 9, 100])
def test_elections_keep_to_their_bounds(most: int) -> None:
    """Whether a list passes in any case or not: that must not cost a vote too many."""

    @given(msst.elections(max_parties=5, max_votes=most, always_defined=most != 9))
    @settings(max_examples=200, deadline=None, database=None, derandomize=True)
    def kept(case: ElectionCase) -> None:
        assert len(case.votes) <= 5
        assert max(case.votes.values()) <= most
        assert case.against_all <= most
        assert any(case.votes.values())

    kept()


@given(msst.elections(max_votes=3))
def test_small_elections_are_defined_too(case: ElectionCase) -> None:
    assert sum(count(case).seats.values()) == case.law.list_seats


@given(msst.laws(max_seats=3))
def test_laws_keep_to_their_bound(drawn: ElectoralLaw) -> None:
    assert drawn.list_seats <= 3


@pytest.mark.parametrize(("few", "many"), [(0, 1), (1, 1), (0, 3), (200, 200), (1000, 1000)])
def test_polls_of_one_party_and_of_very_many_are_drawn(few: int, many: int) -> None:
    """Each with a single draw of its shares: with one for each party, two hundred take a minute."""

    @given(msst.polls(few, many))
    @settings(max_examples=5, deadline=None, database=None, derandomize=True)
    def drawn(poll: Poll) -> None:
        assert max(few, 1) <= len(poll.parties) <= many
        assert sum(poll.q.values()) == pytest.approx(1)

    drawn()
