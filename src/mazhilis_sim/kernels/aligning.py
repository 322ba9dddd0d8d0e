"""Arrays that begin where a line of the processor's cache does."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Array = tuple[int | tuple[int, ...], Any]
"""Shape and type of an array."""
LINE = 64
"""Bytes of a line, and of the widest vector."""


def aligned(shape: int | tuple[int, ...], dtype: Any) -> NDArray[Any]:
    """Return zeros whose first element begins a line, as then do all rows of so many lanes that they fill lines.

    NumPy's own begin at any multiple of 16 bytes, where every second vector of 32 bytes, or every one of 64, is of two lines: a list
    election took a quarter longer.
    """
    (array,) = together(((shape, dtype),))
    return array


def together(wanted: Iterable[Array]) -> list[NDArray[Any]]:
    """Make several such arrays in one piece of memory, which takes a small part of the time."""
    return placed(*layout(tuple(wanted)))[1]


def placed(size: int, places: Iterable[tuple[int | tuple[int, ...], Any, int]]) -> tuple[int, list[NDArray[Any]]]:
    """Make the arrays of a `layout` in one piece of memory, and tell the address that their places count from."""
    room = np.zeros(size, np.uint8)
    address: int = room.__array_interface__["data"][0]
    begin = -address % LINE
    return address + begin, [np.ndarray(shape, dtype, room, begin + place) for shape, dtype, place in places]


@lru_cache(64)
def layout(wanted: tuple[Array, ...]) -> tuple[int, list[tuple[int | tuple[int, ...], Any, int]]]:
    """Return how many bytes such arrays take, and each with its place in them: rooms are of few shapes, and made over and over."""
    places, place = [], 0
    for shape, named in wanted:
        dtype = np.dtype(named)
        places.append((shape, dtype, place))
        size = dtype.itemsize * (shape if isinstance(shape, int) else math.prod(shape))
        place += -(-size // LINE) * LINE
    return place + LINE, places
