"""Small runs of the program that counts again: simulated votes in fractions, draw by draw, and random rows in plain whole numbers."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

import mazhilis_sim as ms
import recount
from mazhilis_sim.kernels.borrowing import lent
from recount import KINDS, TOLD, count_all_draws, count_all_rows, count_rows, numbers_of


def plainly(law: ms.ElectoralLaw, votes: list[int], against: int = 0) -> list[int]:
    """Count one election in plain whole numbers."""
    won = np.zeros((1, len(votes)), np.int64)
    count_rows(np.array([votes]), np.array([against]), numbers_of(law), won, np.zeros(len(TOLD), np.int64))
    seats: list[int] = won[0].tolist()
    return seats


# -- the second count is the law's ---------------------------------------------------------------------------------------


def test_the_election_of_2023_in_plain_whole_numbers() -> None:
    e = ms.load_election(2023)
    seats = dict(zip(e.list_votes, plainly(ms.law("2023"), list(e.list_votes.values()), e.against_all), strict=True))
    assert seats == {"qhp": 5, "aq_jol": 6, "jsdp": 4, "auyl": 8, "baytaq": 0, "amanat": 40, "respublica": 6}


@pytest.mark.parametrize(
    ("law", "votes", "against", "seats"),
    [
        (ms.law("2023"), [5_400_000, 290_000, 210_000], 100_000, [67, 2, 0]),  # docs/explanation/law.md
        (ms.law("2023"), [95, 3, 2], 0, [67, 2, 0]),  # the floor
        (ms.law("2023"), [92, 4, 4], 0, [67, 2, 0]),  # equal seconds
        (ms.law("2023"), [95, 5], 0, [66, 3]),  # exactly the threshold
        (ms.law("2023", list_seats=10), [10, 10, 10], 0, [4, 3, 3]),  # equal remainders
        (ms.law("2023", list_seats=1), [30, 1], 0, [0, 1]),  # fewer seats than the floor
        (ms.law("2007"), [95, 3, 2], 0, [98, 0, 0]),  # no rule of two
        (ms.law("2026", list_seats=7, threshold="50%", no_list_passes="top_two"), [4, 5, 5], 9, [0, 4, 3]),
        (ms.law("2026", list_seats=7, threshold="50%", no_list_passes="all"), [4, 5, 5], 9, [2, 3, 2]),
    ],
)
def test_elections_counted_by_hand(law: ms.ElectoralLaw, votes: list[int], against: int, seats: list[int]) -> None:
    assert plainly(law, votes, against) == seats


# -- random rows ---------------------------------------------------------------------------------------------------------


def test_allocate_many_counts_a_million_difficult_rows_like_plain_whole_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recount, "ROWS", 5_000)  # rows under one law
    counted, told, wrong = count_all_rows(1_000_000, seed=7)
    assert wrong == []
    assert counted.total() == 1_000_000
    assert set(counted) == set(KINDS)
    assert all(told[event] > 5_000 for event in TOLD)


def a_little_higher(law: ms.ElectoralLaw) -> dict[str, Any]:
    """Plant a threshold that is higher by a thousandth of itself."""
    return {"threshold": law.threshold * Fraction(1001, 1000)}


def a_floor_of_one(law: ms.ElectoralLaw) -> dict[str, Any]:
    """Plant another floor of the rule of two."""
    return {"fallback": law.fallback and ms.Fallback(law.fallback.weight, 1)}


def no_rule_of_two(_: ms.ElectoralLaw) -> dict[str, Any]:
    """Plant: who passes alone has all seats."""
    return {"fallback": None}


def no_weight(law: ms.ElectoralLaw) -> dict[str, Any]:
    """Plant whole votes of the second of two."""
    return {"fallback": law.fallback and ms.Fallback(1, law.fallback.floor)}


@pytest.mark.parametrize("fault", [a_little_higher, a_floor_of_one, no_rule_of_two, no_weight])
def test_another_law_is_found_in_rows(fault: Callable[[ms.ElectoralLaw], dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    count: Callable[..., Any] = ms.allocate_many
    monkeypatch.setattr(recount, "ROWS", 2_000)
    monkeypatch.setattr(ms, "allocate_many", lambda law, *votes: count(law.replace(**fault(law)), *votes))
    _, _, wrong = count_all_rows(100_000, seed=8)
    assert wrong


def test_ties_to_the_last_are_found_in_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    count: Callable[..., Any] = ms.allocate_many
    monkeypatch.setattr(recount, "ROWS", 2_000)
    monkeypatch.setattr(ms, "allocate_many", lambda law, votes, against: count(law, votes[:, ::-1], against)[:, ::-1])
    _, _, wrong = count_all_rows(100_000, seed=8)
    assert wrong


# -- simulated votes -----------------------------------------------------------------------------------------------------


def test_every_draw_is_counted_like_the_oracle() -> None:
    counted, wrong = count_all_draws(16_000, pieces=1)
    assert wrong == []
    assert set(counted) == set(recount.questions())
    assert counted.total() == 16_000


@pytest.mark.parametrize("fault", ["a vote more in the base", "two lists exchanged"])
def test_a_draw_that_is_counted_otherwise_is_found(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    run = recount.Drawing.run

    def planted(self: Any, start: int, n: int) -> None:
        run(self, start, n)
        ballots, lanes, _ = map(lent, self.room)
        if fault == "a vote more in the base":
            ballots.base[:] += 1
        else:
            lanes.seats[:2] = lanes.seats[1::-1].copy()

    monkeypatch.setattr(recount.Drawing, "run", planted)
    _, wrong = count_all_draws(8_000, pieces=1)
    assert wrong


def test_tallies_that_lose_a_draw_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    tallies: Callable[[Any], dict[str, Any]] = recount.Drawing.tallies

    def planted(self: Any) -> dict[str, Any]:
        found = tallies(self)
        found["list"][0, found["list"][0].argmax()] -= 1
        return found

    monkeypatch.setattr(recount.Drawing, "tallies", planted)
    _, wrong = count_all_draws(80, pieces=1)
    assert len(wrong) == len(recount.questions())
    assert all("the tallies are not of the seats of the draws" in line for line in wrong)
