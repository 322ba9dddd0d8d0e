"""What becomes of those who do not say whom they vote for: in proportion, leaning to the small, or read out of what is missing."""

from __future__ import annotations

import math
import warnings
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import mazhilis_sim as ms
from mazhilis_sim.polls import shares

ASKED = {"a": 0.5, "b": 0.2, "c": 0.1}


def poll(**options: Any) -> ms.Poll:
    return ms.Poll(ASKED, sample_size=1000, undecided=0.2, **options)


def test_in_proportion_is_the_default_and_changes_no_share() -> None:
    assert poll().q == poll(undecided_power=1).q == {"a": 0.5 / 0.8, "b": 0.2 / 0.8, "c": 0.1 / 0.8}


def test_a_power_below_one_leans_to_the_small() -> None:
    roots = {party: math.sqrt(share) for party, share in ASKED.items()}
    expected = {party: ASKED[party] + 0.2 * roots[party] / sum(roots.values()) for party in ASKED}
    assert poll(undecided_power=0.5).q == pytest.approx(expected)
    assert poll(undecided_power=0).q == pytest.approx({party: share + 0.2 / 3 for party, share in ASKED.items()})


def test_the_size_is_that_of_those_who_decided_whatever_the_others_do() -> None:
    assert poll(undecided_power=0.4).n_eff == poll().n_eff == pytest.approx(800)


@given(st.floats(0, 10), st.lists(st.floats(0.001, 0.2), min_size=2, max_size=5), st.floats(0.01, 0.3))
def test_shares_sum_to_one_and_keep_their_order(power: float, asked: list[float], undecided: float) -> None:
    q = shares.with_undecided({f"p{i}": share for i, share in enumerate(asked)}, undecided, power)
    assert math.fsum(q.values()) == pytest.approx(1, abs=1e-9)
    assert sorted(q.values()) == pytest.approx([share for _, share in sorted(zip(asked, q.values(), strict=True))])


def test_nobody_gets_nothing() -> None:
    assert ms.Poll({"a": 0.7, "b": 0.0}, undecided=0.3, sample_size=100, undecided_power=0).q == {"a": 1.0, "b": 0.0}


def test_what_is_missing_can_be_read_as_undecided() -> None:
    with pytest.warns(ms.PollWarning, match=r"sum to 80\.0 %, not 100 %; they are scaled to 100 %"):
        scaled = ms.Poll(ASKED, sample_size=1000)
    with pytest.warns(ms.PollWarning, match=r"sum to 80\.0 %, not 100 %; what is missing is read as undecided"):
        read = ms.Poll(ASKED, sample_size=1000, shortfall="undecided", undecided_power=0.5)
    assert (scaled.n_eff, read.n_eff) == (pytest.approx(1000), pytest.approx(800))
    assert (scaled.lacking, read.lacking) == (0, pytest.approx(0.2))
    assert read.q == pytest.approx(poll(undecided_power=0.5).q)


def test_kappa_counts_what_is_missing() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ms.PollWarning)
        read = ms.Poll(ASKED, sample_size=1000, shortfall="undecided", kappa=10)
    assert 1 / read.n_eff == pytest.approx(1 / 800 + 0.04 / 11)


def test_the_ruling_party_of_2021_loses_what_undecided_voters_lean_away_from_it() -> None:
    """The error of its share in the pooled polls of 2021, on record: smaller with 0.4."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ms.PollWarning)
        polls, won = ms.load_polls(2021), ms.load_election(2021)
        error = {}
        for power in (1.0, 0.4):
            leaning = [
                ms.Poll(
                    p.shares, sample_size=1600, undecided=p.undecided, shortfall="undecided", undecided_power=power, pollster=p.pollster
                )
                for p in polls.newest_of_each()
            ]
            error[power] = ms.Polls(leaning).pooled().q["amanat"] - won.list_votes["amanat"] / won.votes.base()
    assert 0 < error[0.4] < error[1.0] - 0.02


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"undecided_power": -1}, "undecided_power must be a number of at least 0, got -1"),
        ({"undecided_power": "half"}, "undecided_power must be a finite number, got 'half'"),
        ({"shortfall": "undecidd"}, "shortfall must be one of scaled, undecided, got 'undecidd'; did you mean 'undecided'"),
    ],
)
def test_other_values_are_refused(given: dict[str, Any], said: str) -> None:
    with pytest.raises(ms.PollError, match=said):
        poll(**given)


def test_a_planted_power_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Plant: undecided voters are given out twice as unevenly."""
    plain = shares.with_undecided
    monkeypatch.setattr("mazhilis_sim.polls.poll.with_undecided", lambda asked, u, power: plain(asked, u, 2 * power))
    with pytest.raises(AssertionError):
        test_a_power_below_one_leans_to_the_small()
