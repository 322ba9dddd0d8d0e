"""Rows turned into lanes, and back, compiled and as they stand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from mazhilis_sim.kernels import compiled
from mazhilis_sim.kernels.cpu import count
from mazhilis_sim.kernels.turning import SIDE, turn_to_lanes, turn_to_rows

WAYS = [pytest.param(compiled, id="compiled"), pytest.param(lambda function: function, id="as it stands")]


@compiled
def lanes_by_compiled_code(rows: Any, begin: int, k: int, first: int, lanes: Any, lane: int) -> None:
    turn_to_lanes(rows, begin, k, first, lanes, lane)


@compiled
def rows_by_compiled_code(lanes: Any, lane: int, first: int, rows: Any, begin: int, k: int) -> None:
    turn_to_rows(lanes, lane, first, rows, begin, k)


@pytest.mark.parametrize("k", [1, 3, 7, 8, 9, 16, 21])
@pytest.mark.parametrize("whole", [np.int32, np.int64])
@pytest.mark.parametrize("turn", [turn_to_lanes, lanes_by_compiled_code])
def test_eight_rows_become_eight_lanes_and_nothing_else_is_written(turn: Any, whole: Any, k: int) -> None:
    begin, lane, first = 2 * k, 3, k // SIDE * SIDE if k % SIDE else 0
    rows, lanes = np.arange(1, 10 * k + SIDE + 1, dtype=whole), np.zeros((k, 14), whole)
    turn(rows, begin, k, first, lanes, lane)
    table, last = rows[begin : begin + SIDE * k].reshape(SIDE, k), min(first + SIDE, k)
    expected = np.zeros_like(lanes)
    expected[first:last, lane : lane + SIDE] = table.T[first:last]
    assert (lanes == expected).all()


@pytest.mark.parametrize("k", [1, 3, 7, 8, 9, 16, 21])
@pytest.mark.parametrize("whole", [np.int32, np.int64])
@pytest.mark.parametrize("turn", [turn_to_rows, rows_by_compiled_code])
def test_eight_lanes_become_eight_rows_and_what_is_behind_them_is_lost(turn: Any, whole: Any, k: int) -> None:
    begin, lane = 2 * k, 3
    lanes, rows = np.arange(1, 14 * k + 1, dtype=whole).reshape(k, 14), np.zeros(10 * k + SIDE, whole)
    for first in range((k - 1) // SIDE * SIDE, -1, -SIDE):
        turn(lanes, lane, first, rows, begin, k)
    assert (rows[begin : begin + SIDE * k].reshape(SIDE, k) == lanes[:, lane : lane + SIDE].T).all()
    assert not rows[:begin].any()
    assert not rows[begin + SIDE * k + SIDE :].any()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("k", [1, 2, 7, 8, 9, 17])
@pytest.mark.parametrize(("used", "w"), [(1, 29), (7, 29), (8, 29), (9, 29), (24, 24), (24, 29), (29, 29)])
def test_rows_are_read_and_written_whatever_their_number(used: int, w: int, k: int, way: Any) -> None:
    first, rng = 4, np.random.default_rng(k)
    votes = rng.integers(0, 2**31, (first + used) * k)
    longer = np.full(k * w + SIDE + 9, -3, np.int32)
    flat, chunk, seats = longer[: k * w + SIDE], np.full((k, w), -5, np.int32), np.full((first + used) * k, -7)
    bits = way(count.load_rows)(votes, first, used, flat, chunk)
    table = votes.reshape(-1, k)[first:]
    assert (chunk[:, :used] == table.T).all()
    assert (chunk[:, used:] == -5).all()
    assert int(bits) == np.bitwise_or.reduce(table, axis=None)
    flat[:] = -9  # where the same rows stand still
    way(count.store_rows)(chunk, first, used, flat, seats)
    assert (seats.reshape(-1, k)[first:] == table).all()
    assert (seats[: first * k] == -7).all()
    assert (longer[k * w + SIDE :] == -3).all()
