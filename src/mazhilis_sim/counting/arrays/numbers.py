"""The readers of arrays of votes: whatever comes, whole numbers of 64 bits in the right shape, or an error that names the cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from mazhilis_sim import reading
from mazhilis_sim.errors import VotesError, show
from mazhilis_sim.tables import plural
from mazhilis_sim.votes.ballot import ListVotes

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

FITS = f"fit 64-bit integers to be counted exactly (at most {reading.INT64:,})"
NO_BOUND = f"use allocate, which counts numbers of up to {reading.MOST_DIGITS:,} digits"


def vote_table(votes: Any) -> NDArray[np.int64]:
    """Read an array of votes (n, k), one election a row; negative numbers are left to whoever counts. What is returned is `plain`."""
    must = "be an array (n elections, k lists)"
    table = as_array(votes, "votes", must)
    if table.ndim != 2 or table.shape[1] == 0:
        one = "use allocate, which counts one election by the names of its lists" if isinstance(votes, ListVotes) else ""
        hint = "write votes[None, :] for one election" if table.ndim == 1 else one
        shown = f"shape {table.shape}" if table.shape else show(votes)
        raise VotesError(field="votes", got=votes, must=must, remedy=hint, shown=shown)
    return plain(integers(table, "votes"))


def vote_column(votes: Any, n: int, field: str) -> NDArray[np.int64]:
    """Read a number of votes for each of n elections; one number stands for all. What is returned is `plain`."""
    must = f"be one number or an array of shape ({n},)"
    column = as_array(votes, field, must)
    if column.shape not in ((), (n,)):
        raise VotesError(field=field, got=votes, must=must, shown=f"shape {column.shape}")
    numbers = not_negative(integers(column, field), field)
    return plain(numbers) if numbers.shape else np.full(n, numbers)


def plain(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the array itself where it is plain: one that may not be written, or that repeats a number without room for it, is copied.

    The kernels would be compiled anew for it.
    """
    return np.require(numbers, requirements=("C", "W", "A"))


def as_array(given: Any, field: str, must: str) -> NDArray[Any]:
    """Return what is given as an array, or say why it is none; masked cells are no votes."""
    try:
        array = np.asarray(given)
    except Exception as error:  # rows of several lengths, or whatever a stranger's object does
        place, count, first = ragged(given)
        where = f"row {place}" if place else ""
        shown = f"{plural(count, 'number')}, and {first} in row 0" if place else show(given)
        raise VotesError(field=field, got=given, must=must, where=where, shown=shown) from error
    if np.ma.is_masked(given) or (isinstance(given, (list, tuple)) and any(map(np.ma.is_masked, given))):
        raise VotesError(field=field, got=given, must="hold no masked cells", remedy="write votes.filled(0) where they are zero")
    if not hasattr(given, "dtype") and array.dtype.kind in "iuf":
        return as_given(np.asarray(given, object), array, field)
    return array


def ragged(given: Any) -> tuple[int, int, int]:
    """Return the first row of another length than the first one, and both lengths; row 0 where there is none."""
    try:
        widths = [len(row) if hasattr(row, "__len__") else 0 for row in given]
    except Exception:  # no rows at all
        return 0, 0, 0
    place = next((row for row, width in enumerate(widths) if width != widths[0]), 0)
    return place, widths[place] if widths else 0, widths[0] if widths else 0


def as_given(cells: NDArray[Any], array: NDArray[Any], field: str) -> NDArray[Any]:
    """Return an array made of plain lists as they were given: True among numbers is none, and large integers are no floats."""
    flags = np.array([isinstance(cell, (bool, np.bool_)) for cell in cells.flat], bool).reshape(cells.shape)
    name_first(flags, cells, field, "be whole numbers")
    return cells if array.dtype.kind == "f" else array


def sum_within(base: NDArray[np.int64], more: NDArray[np.int64]) -> NDArray[np.int64]:
    """Add votes, none of them negative; a sum that would run over is the largest number there is, which is more than is ever counted."""
    return base + np.minimum(more, reading.INT64 - base)


# -- cells ---------------------------------------------------------------------------------------------------------------


def integers(array: NDArray[Any], field: str) -> NDArray[np.int64]:
    """Read an array of whole numbers of 64 bits; floats are, where they are whole and tell neighbours apart."""
    kind = array.dtype.kind
    if kind not in READERS:
        raise VotesError(field=field, got=array, must="be an array of whole numbers", shown=f"dtype {array.dtype}")
    return np.asarray(READERS[kind](array, field), dtype=np.int64, order="C")


def from_unsigned(array: NDArray[Any], field: str) -> NDArray[Any]:
    """Check that unsigned integers fit."""
    if array.dtype.itemsize == 8:
        name_first(array > reading.INT64, array, field, FITS, NO_BOUND)
    return array


def from_floats(array: NDArray[Any], field: str) -> NDArray[Any]:
    """Check that floats are whole, and small enough to tell neighbouring whole numbers apart."""
    wide = array.astype(np.float64)
    sure = np.isfinite(wide) & (wide == np.floor(wide)) & (abs(wide) <= reading.SURE)
    name_first(~sure, array, field, "be whole numbers")
    return wide


def from_objects(array: NDArray[Any], field: str) -> NDArray[Any]:
    """Read Python's numbers one by one; text is none."""
    cells = [None if isinstance(cell, (str, bytes)) else reading.integer(cell) for cell in array.flat]
    read = np.array(cells, object).reshape(array.shape)
    name_first(np.array([cell is None for cell in cells], bool).reshape(array.shape), array, field, "be whole numbers")
    name_first(abs(read) > reading.INT64, array, field, FITS, NO_BOUND)
    return read


READERS: dict[str, Callable[[NDArray[Any], str], NDArray[Any]]] = {
    "i": lambda array, _field: array,
    "u": from_unsigned,
    "f": from_floats,
    "O": from_objects,
}
"""How cells are read, by the kind of array."""


def not_negative(array: NDArray[np.int64], field: str) -> NDArray[np.int64]:
    """Check that there is no negative number."""
    if array.size and array.min() < 0:
        name_first(array < 0, array, field, "not be negative")
    return array


def name_first(bad: NDArray[Any], array: NDArray[Any], field: str, must: str, remedy: str = "") -> None:
    """Raise an error that names the first bad cell."""
    places = np.argwhere(bad)
    if len(places):
        place = tuple(places[0].tolist())
        cell = array[place]
        got = cell.item() if isinstance(cell, np.generic) else cell
        raise VotesError(field=field, got=got, must=must, remedy=remedy, where=place_of(place))


def place_of(place: tuple[int, ...]) -> str:
    """Name a cell."""
    return ", ".join(f"{word} {i}" for word, i in zip(("row", "column"), place, strict=False))
