"""Seats that are counted together are told apart again: against a plain count of the same seats."""

from __future__ import annotations

import numpy as np
import pytest

from mazhilis_sim.kernels import compiled
from mazhilis_sim.kernels.borrowing import lent
from mazhilis_sim.kernels.cpu import tally

USED, LANES = 50, 61
"""The last lanes are idle, and counted nowhere."""
PLACES = np.zeros((2, LANES), np.int32)
"""Scratch."""
MANY = 800
"""Seats of which there are too many pairs to count them together."""


def drawn(rows: int, seats: int, seed: int) -> np.ndarray:
    """Draw seats (rows, lanes), nobody's among them."""
    found = np.random.default_rng(seed).integers(0, seats + 1, (rows, LANES)).astype(np.int32)
    found[0] = 0
    return found


def counted(seats: np.ndarray, most: int) -> list[list[int]]:
    """Count each number of seats by row."""
    return [np.bincount(row[:USED], minlength=most + 1).tolist() for row in seats]


@pytest.mark.parametrize("seats", [1, 7, MANY])
@pytest.mark.parametrize("lists", [1, 2, 5, 6])
def test_list_seats_of_any_number_are_counted(lists: int, seats: int) -> None:
    won, tallies = drawn(lists, seats, 1), lent(tally.new_tallies(lists, lists, seats, 0, 0))
    admitted = np.where(won > 0, 1, np.where(np.arange(LANES) % 3 > 0, 0, 2)).astype(np.int32)
    run = compiled(tally.tally_lists)
    for _ in range(2):
        run(USED, admitted, won, tallies.wide_lists, PLACES, tallies.entries, tallies.admitted, tallies.lists)
    assert (tallies.wide_lists == 0) == (seats == MANY)
    assert (tally.histograms(tallies).lists // 2).tolist() == counted(won, seats)
    assert tallies.entries.tolist() == (2 * (admitted[:, :USED] == 1).sum(axis=1)).tolist()
    assert tallies.admitted.tolist() == (2 * (admitted[:, :USED] > 0).sum(axis=1)).tolist()


@pytest.mark.parametrize("seats", [2, MANY])
@pytest.mark.parametrize("races", [1, 3, MANY])
def test_seats_of_whole_chambers_are_counted(seats: int, races: int) -> None:
    lists, columns = 3, 5
    on_lists, in_districts, tallies = (
        drawn(lists, seats, 1),
        drawn(columns, races, 2),
        lent(tally.new_tallies(lists, columns, seats, races, 0)),
    )
    together = in_districts.copy()
    together[:lists] += on_lists
    admitted = np.ones((lists, LANES), np.int32)
    compiled(tally.tally_chambers)(USED, on_lists, in_districts, tallies.wide_chambers, PLACES, tallies.chambers, tallies.totals)
    compiled(tally.tally_lists)(USED, admitted, on_lists, tallies.wide_lists, PLACES, tallies.entries, tallies.admitted, tallies.lists)
    found = tally.histograms(tallies)
    assert (tallies.wide_chambers == 0) == (seats == races == MANY)
    assert found.lists.tolist() == counted(on_lists, seats)
    assert found.districts.tolist() == counted(in_districts, races)
    assert found.totals.tolist() == counted(together, seats + races)


@pytest.mark.parametrize(
    ("most_cells", "lists", "chambers", "totals", "wide"),
    [
        (72, (0, 64), (6, 48), (0, 24), (4, 3)),  # 6 x 4 x 3 pairs of a chamber, which tell the list seats as well
        (71, (3, 64), (6, 12), (6, 24), (4, 0)),
        (48, (3, 64), (6, 12), (6, 24), (4, 0)),  # 3 x 4 x 4 pairs of lists
        (47, (5, 16), (6, 12), (6, 24), (0, 0)),
    ],
)
def test_there_is_room_for_pairs_where_they_are_few_and_for_single_numbers_else(
    most_cells: int, lists: tuple[int, int], chambers: tuple[int, int], totals: tuple[int, int], wide: tuple[int, int]
) -> None:
    made = lent(tally.new_tallies(5, 6, 3, 2, 2, 4, most_cells))
    assert [each.shape for each in made[:7]] == [(5,), (5,), lists, chambers, totals, (4, 2, 6), (4,)]
    assert made[7:] == wide
    assert not any(each.any() for each in made[:7])


@pytest.mark.parametrize(("most_cells", "rows", "wide"), [(48, (3, 64), 4), (47, (5, 16), 0)])
def test_without_districts_there_is_room_for_lists_alone(most_cells: int, rows: tuple[int, int], wide: int) -> None:
    made = lent(tally.new_tallies(5, 6, 3, 0, 0, 4, most_cells))
    assert [each.shape for each in made[2:6]] == [rows, (0, 16 if most_cells >= 24 else 4), (0, 16), (4, 0, 4)]
    assert made.wide_lists == wide


@pytest.mark.parametrize(("most_cells", "rows"), [(32, (2, 64)), (31, (4, 16))])
def test_an_even_number_of_lists_takes_half_as_many_rows(most_cells: int, rows: tuple[int, int]) -> None:
    assert lent(tally.new_tallies(4, 5, 3, 0, 0, 4, most_cells)).lists.shape == rows


@pytest.mark.parametrize("seats", [7, MANY])
def test_lists_that_share_in_no_lane_are_counted_between_others(seats: int) -> None:
    won, tallies = drawn(9, seats, 3), lent(tally.new_tallies(9, 9, seats, 0, 0))
    won[2:6] = 0
    admitted = np.tile([[1], [1], [0], [0], [0], [0], [1], [0], [1]], (1, LANES)).astype(np.int32)
    won[7] = 0
    compiled(tally.tally_lists)(USED, admitted, won, tallies.wide_lists, PLACES, tallies.entries, tallies.admitted, tallies.lists)
    assert tally.histograms(tallies).lists.tolist() == counted(won, seats)


def test_a_list_that_is_admitted_once_is_counted_where_it_was() -> None:
    admitted, won, tallies = np.zeros((4, LANES), np.int32), np.zeros((4, LANES), np.int32), lent(tally.new_tallies(4, 4, 7, 0, 0))
    admitted[0, 3], admitted[3, 9], won[0, 3], won[3, 9] = 1, 2, 5, 7
    run = compiled(tally.tally_lists)
    run(USED, admitted, won, tallies.wide_lists, PLACES, tallies.entries, tallies.admitted, tallies.lists)
    assert tallies.entries.tolist() == [1, 0, 0, 0]
    assert tallies.admitted.tolist() == [1, 0, 0, 1]
    assert tally.histograms(tallies).lists.tolist() == counted(won, 7)


def test_who_was_admitted_in_any_way_is_counted_together() -> None:
    entries, admissions = np.zeros(1, np.int64), np.zeros(1, np.int64)
    admitted = np.array([[1, 2, 0, 2, 1, 1, 2, 1]], np.int32)
    assert compiled(tally.tally_admitted)(7, admitted, 0, entries, admissions) == 6
    assert (entries.tolist(), admissions.tolist()) == ([3], [6])
