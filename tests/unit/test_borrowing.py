"""What compiled code reads of what it is lent is what was lent."""

from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numba import typeof

from mazhilis_sim.kernels import compiled
from mazhilis_sim.kernels.aligning import LINE
from mazhilis_sim.kernels.borrowing import lend, lent, lent_together


class Some(NamedTuple):
    """A tuple with names, one of whose parts may be missing."""

    rows: Any
    number: Any
    other: Any = None


@compiled
def doubled(thing):
    """Double what stands in an array, where it is lent."""
    array = lent(thing)
    for i in range(len(array)):
        array[i] += array[i]


WHOLE = (7, -7, True, False, np.int32(-(2**31)), np.int64(-(2**63)), np.uint64(2**64 - 1))
NUMBERS = (*WHOLE, 2.5, -0.0, np.float32(0.1), np.float64(0.1), None)


@pytest.mark.parametrize("number", NUMBERS, ids=repr)
def test_a_number_is_read_as_it_was_lent(number: Any) -> None:
    (found,) = compiled(parts_of)(lend((number,)))
    assert found == number
    assert str(found) == str(number if number is None else type(found)(number))  # a zero has its sign


def parts_of(thing):
    """Return what was lent, in parts."""
    return lent(thing)


@given(st.lists(st.integers(0, 5), min_size=1, max_size=3), st.sampled_from(["i4", "u8", "f4", "f8", "u1"]))
def test_the_elements_of_an_array_are_read_in_their_order(shape: list[int], kind: str) -> None:
    array = np.arange(np.prod(shape)).reshape(shape).astype(kind)
    assert elements(lend(array)) == elements(array) == array.ravel().tolist()


def elements(thing: Any) -> list[Any]:
    """Return elements as compiled code finds them."""
    return list(compiled(elements_of)(thing)) if lent(thing).size else []


def elements_of(thing):
    """Return the elements of an array one by one."""
    found = []
    for element in lent(thing).flat:
        found.append(element)
    return found


@pytest.mark.parametrize("view", [np.s_[::-1], np.s_[::2], np.s_[3:1:-1], np.s_[2:], np.s_[:0]], ids=str)
def test_what_is_not_side_by_side_is_read_where_it_lies(view: Any) -> None:
    array = np.arange(10.0)
    doubled(lend(array[view]))
    expected = np.arange(10.0)
    expected[view] *= 2
    assert array.tolist() == expected.tolist()


def test_parts_of_parts_are_read_in_their_order() -> None:
    thing = Some(np.arange(3), 4, Some(np.ones((2, 2), np.float32), -1.5, (np.int32(3), None, 9)))
    assert compiled(sums_of)(lend(thing)) == (3, 4, 4, -1.5, 3, 9)
    assert sums_of(lend(thing)) == sums_of(thing) == (3, 4, 4, -1.5, 3, 9)


def sums_of(thing):
    """Return what stands in every part."""
    rows, number, other = lent(thing)
    more, real, (first, _, last) = other
    return rows.sum(), number, more.sum(), real, first, last


def test_what_is_made_together_is_lent_as_what_is_lent_afterwards() -> None:
    made = lent_together(Some, (((2, 3), np.int32), (5, np.float64)))
    again = lend(made.given)
    assert made.kind is again.kind is typeof(made)
    begin = made.words[0]
    assert begin % LINE == 0
    assert [word + begin if place in (1, 6) else word for place, word in enumerate(made.words)][1:] == list(again.words)[1:]
    for handed in (made, again):
        made.given.rows[1] += 1
        assert compiled(first_of)(handed) == made.given.rows[1, 0]


def first_of(thing):
    """Return an element of the second row."""
    rows, _, _ = lent(thing)
    return rows[1, 0]


def test_rooms_made_one_after_another_do_not_meet() -> None:
    first, second = (lent_together(Some, (((2, 3), np.int32), (5, np.float64))) for _ in range(2))
    first.given.rows[:] = 1
    assert not second.given.rows.any()
    assert compiled(first_of)(second) == 0


def test_what_is_lent_is_not_lent_again() -> None:
    once = lend((1, 2))
    assert lend(once) is once
    assert lend(3) == 3
    assert lend(None) is None


def test_what_may_only_be_read_is_of_another_type() -> None:
    array = np.zeros(3)
    other = array.copy()
    other.flags.writeable = False
    assert typeof(lend(array)) != typeof(lend(other))
    assert not typeof(lend(other)).kind.mutable
