"""Districts, first past the post."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import mazhilis_sim as ms


@pytest.mark.parametrize(
    ("votes", "winner", "margin", "tie"),
    [
        ({"x": 10, "y": 7, "z": 3}, "x", 3, ()),
        ({"x": 3, "y": 7, "z": 10}, "z", 3, ()),
        ({"x": 7, "y": 10, "z": 7}, "y", 3, ()),
        ({"x": 4, "y": 9, "z": 9}, None, 0, ("y", "z")),
        ({"x": 5, "y": 5, "z": 5}, None, 0, ("x", "y", "z")),
        ({"x": 5, "y": 0}, "x", 5, ()),
        ({"amanat": 5, "independents": 6}, "independents", 1, ()),
        ({"x": 5}, "x", 5, ()),
        ({"x": 10**30, "y": 10**30 - 1}, "x", 1, ()),
        ({"x": 5, "y": 3, "against_all": 100, "invalid": 50}, "x", 2, ()),  # against all tops the poll and is no candidate
    ],
)
def test_most_votes_win(votes: dict[str, int], winner: str | None, margin: int, tie: tuple[str, ...]) -> None:
    assert ms.plurality(votes) == ms.Plurality(winner, margin, tie)


@pytest.mark.parametrize(
    ("votes", "said"),
    [
        ({}, "at least one"),
        ({"x": 0, "against_all": 3}, "at least one vote for a candidate, got zero"),
        ({"x": -1}, "votes of 'x' must not be negative, got -1"),
        ({"x": 1.5}, "votes of 'x' must be a whole number"),
        ([3, 4], "votes must be a mapping"),
    ],
)
def test_votes_of_a_district_that_cannot_be(votes: Any, said: str) -> None:
    with pytest.raises(ms.VotesError, match=said):
        ms.plurality(votes)


def test_many_districts_are_decided_like_one() -> None:
    votes = np.random.default_rng(5).integers(0, 6, (3000, 4))
    votes[:, 1] += votes.sum(axis=1) == 0
    winner, margin = ms.plurality_many(votes)
    for row, first, by in zip(votes.tolist(), winner.tolist(), margin.tolist(), strict=True):
        one = ms.plurality({str(i): n for i, n in enumerate(row)})
        assert (one.winner, one.margin) == (None if first < 0 else str(first), by)
    assert {-1, 0, 1, 2, 3} == set(winner.tolist())


def test_a_single_candidate_in_many_districts() -> None:
    winner, margin = ms.plurality_many([[4], [1]])
    assert (winner.tolist(), margin.tolist()) == ([0, 0], [4, 1])


@pytest.mark.parametrize(
    ("votes", "said"),
    [
        ([3, 4], r"votes must be an array \(n elections, k lists\), got shape \(2,\)"),
        ([[1, 2], [0, 0]], "^row 1: votes must hold at least one vote, got zero for all$"),
        ([[1, -2]], "^row 0, column 1: votes must not be negative, got -2$"),
        ([[1.0, 2.5]], "^row 0, column 1: votes must be whole numbers, got 2.5$"),
    ],
)
def test_tables_of_districts_that_cannot_be(votes: Any, said: str) -> None:
    with pytest.raises(ms.VotesError, match=said):
        ms.plurality_many(votes)
