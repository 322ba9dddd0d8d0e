"""Parts of the kernels by themselves: each keeps what its first line promises, whoever may come to rely on it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import mazhilis_sim as ms
from mazhilis_sim.counting.many import Counter
from mazhilis_sim.kernels.cpu import admit, block, count, divide, methods, random_lanes
from mazhilis_sim.kernels.laws import alike, held
from mazhilis_sim.kernels.steps import law
from mazhilis_sim.kernels.steps.events import TIE
from mazhilis_sim.kernels.turning import SIDE

LAW = ms.law("2026")


def lanes(*rows: list[int]) -> np.ndarray:
    """Return rows of lanes in 64 bits."""
    return np.array(rows, np.int64)


# -- the count -----------------------------------------------------------------------------------------------------------


def test_the_three_largest_are_none_where_there_are_fewer_lists() -> None:
    votes = lanes([7], [9], [0])
    claims = [law.claim(number, law.precedence(place, 4, np.int64), 4, np.int64) for place, number in enumerate((7, 9, 0))]
    assert admit.three_largest(votes, 0, 4, np.int64) == (claims[1], claims[0], claims[2])
    assert admit.three_largest(votes[:2], 0, 4, np.int64) == (claims[1], claims[0], -1)
    assert admit.three_largest(votes[:1], 0, 4, np.int64) == (claims[0], -1, -1)


@pytest.mark.parametrize("w", [1, 3, 4, 7, 16, 66])
def test_rare_lanes_are_those_in_which_fewer_than_two_lists_passed(w: int) -> None:
    rng = np.random.default_rng(w)
    for chance in (0.0, 0.1, 0.5, 1.0):
        passed = np.where(rng.random(w) < chance, rng.integers(0, 2, w), rng.integers(2, 4, w)).astype(np.int32)
        marks, rare = np.full(w, 7, np.int32), np.full((3, w), -1)
        found = admit.find_rare(passed, marks, rare)
        assert sorted(rare[0, :found].tolist()) == np.flatnonzero(passed < 2).tolist()


@pytest.mark.parametrize("whole", [np.int32, np.int64])
@pytest.mark.parametrize("rows", range(1, divide.FEW_CLAIMS + 1))
def test_few_claims_are_served_from_the_largest_on(rows: int, whole: Any) -> None:
    """What sorts all remainders of 0 and 1 sorts all others: the zero-one principle. Equal ones are in the order of registration."""
    remainders = (np.arange(1 << rows) >> np.arange(rows)[:, None]) & 1
    claims, w = (8 * remainders + np.arange(rows)[::-1, None]).astype(whole), 1 << rows
    sizes, none = np.sort(claims, axis=0)[::-1], whole(2**31 - 1)
    for left in range(rows):
        key = np.full((divide.FEW_CLAIMS, w), 99, whole)
        key[:rows] = claims
        served, flags = np.full(w, 16, whole), np.zeros(w, whole)
        assert not divide.serve_few(8, none, rows, np.full(w, left, whole), key, served, flags)
        assert (served == (sizes[left - 1] if left else none)).all()
        assert (flags == TIE * (left > 0) * (sizes[left - 1] >> 3 == sizes[left] >> 3)).all()
        assert (key[:rows] == claims).all()


@pytest.mark.parametrize("lists", [2, 5, 8, 9, 40])
@pytest.mark.parametrize("lacking", [None, 0, 5])
def test_a_whole_part_that_lacks_a_seat_gets_it_before_claims_are_served(lists: int, lacking: int | None) -> None:
    """An estimate that is one too low, as every whole quotient's is, leaves a claim of what divides or more; one lane or none has such."""
    orders, total, w, none = law.orders_of(lists), 100, 6, 2**31 - 1
    rests = np.arange(lists)[:, None] * 2 + np.zeros(w, np.int32)
    claims = rests * orders + law.precedence(np.arange(lists), orders, np.int32)[:, None]
    whole, left, flags = np.full((lists, w), 7, np.int32), np.full(w, 1, np.int32), np.zeros(w, np.int32)
    expected = claims.copy()
    if lacking is not None:
        claims[0, lacking] += total * orders
        claims[1, lacking] += total * orders
        whole[:2, lacking] -= 1
        left[lacking] += 2
    active, ranked = np.arange(lists), np.zeros((lists + 2, w), np.int32)
    key, served = np.full((max(lists, divide.FEW_CLAIMS), w), -1, np.int32), np.full(w, total * orders, np.int32)
    key[:lists] = claims
    many = None if lists <= divide.FEW_CLAIMS else 1
    divide.serve_claims(many, orders, none, active, lists, np.full(w, total, np.int32), left, whole, key, ranked, served, flags)
    assert (key[:lists] == expected).all()
    assert (whole == 7).all()
    assert (left == 1).all()
    assert (served == expected.max(axis=0)).all()
    assert not flags.any()


def test_what_was_said_of_a_tie_is_taken_back_where_a_seat_was_lacking() -> None:
    """Two lists lack a seat each, and their claims are level but for that of a third: what is left after is no tie."""
    orders, total = 4, 10
    key = np.full((divide.FEW_CLAIMS, 1), -1, np.int32)
    key[:3, 0] = (total * orders + 3, total * orders + 2, 5 * orders + 1)
    whole, left, flags = np.array([[3], [3], [3]], np.int32), np.full(1, 3, np.int32), np.zeros(1, np.int32)
    served, ranked = np.full(1, total * orders, np.int32), np.zeros((5, 1), np.int32)
    assert divide.serve_few(orders, 999, 3, np.full(1, 1, np.int32), key.copy(), served.copy(), flags)
    assert flags.tolist() == [TIE]
    divide.serve_claims(None, orders, 999, np.arange(3), 3, np.full(1, total, np.int32), left, whole, key, ranked, served, flags)
    assert flags.tolist() == [0]
    assert whole[:, 0].tolist() == [4, 4, 3]
    assert served.tolist() == [5 * orders + 1]


def test_lists_that_are_admitted_without_the_threshold_are_marked() -> None:
    votes, rare = lanes([6, 1], [2, 2], [3, 3]), np.zeros((3, 3), np.int64)
    rare[0, 0] = 1
    admitted, active = np.zeros((3, 2), np.int64), np.zeros(3, np.int64)
    total, passed, flags = np.zeros(2, np.int64), np.zeros(2, np.int64), np.zeros(2, np.int64)
    admit.admit_without_threshold(votes, 1, admit.NO_LIST_ALL, rare, 1, admitted, active, total, passed, flags)
    assert active.tolist() == [1, 1, 1]
    assert total.tolist() == [0, 6]


@pytest.mark.parametrize(
    ("votes", "beside", "most", "expected"),
    [
        ([4, 3], [0], 5, 0),  # though all their bits together are 7
        ([5, 3], [0], 5, 0),
        ([5, 3], [5], 5, 0),
        ([2, 1, 2, 1], [5, 3], 5, 0),  # as above, beside the lists
        ([6, 3], [0], 5, -1),
        ([5, 3], [6], 5, -1),
        ([5, 3], [2**40], 5, -1),
        ([5, 3], [-1], 5, -1),
        ([-1, 3], [0], 5, -1),
    ],
)
def test_rows_are_counted_up_to_the_largest_number_and_not_beyond(votes: list[int], beside: list[int], most: int, expected: int) -> None:
    counter = Counter.wide(LAW, 2, 1_000, len(beside))
    given = (np.array(votes), np.array(beside), counter.rules, most, counter.most_base)
    room = (counter.flat, counter.chunk, counter.base, counter.lanes)
    assert count.count_rows(*given, *room, counter.seats.reshape(-1), counter.flags) == expected


def test_nothing_is_found_among_zeros() -> None:
    nothing = np.zeros(6, np.int64)
    assert count.highest(nothing, 0, 6) == 0
    assert count.load_rows(nothing, 0, 2, np.ones(6 + SIDE, np.int64), np.ones((3, 2), np.int64)) == 0
    assert count.bits_together(nothing, 0, 6) == 0
    assert count.store_flags(np.zeros(2, np.int64), 0, 2, np.ones(2, np.uint8)) == 0


def test_an_order_of_no_list_and_claims_of_nobody() -> None:
    assert [law.orders_of(k) for k in range(6)] == [1, 1, 2, 4, 4, 8]
    assert law.level(5, 6, 4, np.int64)
    assert not law.level(0, -1, 4, np.int64)


# -- quotas and divisors -------------------------------------------------------------------------------------------------


def test_the_remainder_of_a_tie_is_told_where_somebody_is_left_who_has_it() -> None:
    active, admitted, ranked = np.arange(3), np.ones((3, 1), np.int64), lanes([5], [9], [5])

    def served(left: int, rows: int) -> tuple[int, list[int]]:
        seats = np.zeros((3, 1), np.int64)
        return methods.serve_remainders(left, rows, 0, active, admitted, np.zeros((3, 1), np.int64), ranked, seats), seats[:, 0].tolist()

    assert served(1, 3) == (-1, [0, 1, 0])
    assert served(2, 3) == (5, [1, 1, 0])
    assert served(3, 3) == (-1, [1, 1, 1])
    assert served(1, 1) == (-1, [1, 0, 0])


def test_there_is_no_largest_remainder_where_all_are_served() -> None:
    one = np.ones((1, 1), np.int64)
    assert methods.largest_remainder(1, 0, np.arange(1), one, np.zeros((1, 1), np.int64), one, one) == -1


@pytest.mark.parametrize(("votes", "moved"), [(7, 1), (6, 0), (5, -1)])
def test_a_seat_is_moved_to_a_stronger_claim_and_told_by_one(votes: int, moved: int) -> None:
    seats, given = lanes([1], [0]), lanes([6], [votes])
    assert methods.move_seat(methods.DHONDT, given, 0, 1, 0, np.arange(2), seats) == moved
    assert seats[:, 0].tolist() == [1 - max(moved, 0), max(moved, 0)]


# -- chunks --------------------------------------------------------------------------------------------------------------


def test_idle_lanes_repeat_the_last_draw() -> None:
    draws, none, seven = np.zeros(5, np.uint64), np.zeros(0, np.uint64), np.uint64(7)
    block.number_lanes(seven, none, 2, 3, draws)
    assert draws.tolist() == [9, 10, 11, 11, 11]
    held.number_chunk(seven, 3, draws)
    assert draws.tolist() == [7, 8, 9, 9, 9]


def test_random_blocks_are_whole() -> None:
    assert [random_lanes.padded(slots) for slots in (0, 1, 4, 5, 8)] == [0, 4, 4, 8, 8]


def test_a_list_has_a_seat_where_either_law_gives_it_one() -> None:
    none, some = np.zeros(3, np.int32), np.array([0, 2, 0], np.int32)
    assert [alike.seated(*pair) for pair in ((none, none), (some, none), (none, some))] == [False, True, True]
