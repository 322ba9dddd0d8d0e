"""Arrays that begin where a line of the processor's cache does."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

LINE = 64
"""Bytes of a line, and of the widest vector."""


def aligned(shape: int | tuple[int, ...], dtype: Any) -> NDArray[Any]:
    """Return zeros whose first element begins a line, as then do all rows of so many lanes that they fill lines.

    NumPy's own begin at any multiple of 16 bytes, where every second vector of 32 bytes, or every one of 64, is of two lines: a list
    election took a quarter longer.
    """
    (array,) = together(((shape, dtype),))
    return array


def together(wanted: Iterable[tuple[int | tuple[int, ...], Any]]) -> Iterator[NDArray[Any]]:
    """Make several such arrays in one piece of memory, which takes a small part of the time; yield them as they are wanted."""
    layout = [(shape, np.dtype(dtype)) for shape, dtype in wanted]
    sizes = [dtype.itemsize * (shape if isinstance(shape, int) else math.prod(shape)) for shape, dtype in layout]
    room = np.zeros(sum(sizes) + LINE * len(sizes), np.uint8)
    place = -room.ctypes.data % LINE
    for (shape, dtype), size in zip(layout, sizes, strict=True):
        yield np.ndarray(shape, dtype, room, place)
        place += -(-size // LINE) * LINE
