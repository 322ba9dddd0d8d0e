"""What scores are made of, read: numbers, chances, draws, histograms and the ends of intervals, alone or in arrays."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from mazhilis_sim import reading
from mazhilis_sim.errors import SimulationError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

LARGEST_NUMBER = 1e100
"""Larger numbers have no squares that can be added up."""


def read_numbers(values: ArrayLike, field: str, *, infinite: bool = False) -> Floats:
    """Read a number, or an array of them, of any kind; none of them is nan."""
    try:
        given = np.asarray(values)
        if given.dtype.kind in "OU":  # fractions, decimals, large integers, text such as "90%"
            given = np.array([reading.real(value, field, SimulationError) for value in given.astype(object).flat]).reshape(given.shape)
    except SimulationError:
        raise
    except Exception:  # ragged rows, and whatever a stranger's array does
        given = np.array(b"")
    if given.dtype.kind in "biuf" and in_range(given):
        return np.asarray(given, float)
    if given.dtype.kind not in "biuf" or not (~np.isnan(given) if infinite else np.isfinite(given)).all():
        kind = "numbers" if infinite else "finite numbers"
        raise SimulationError(field=field, got=values, must=f"be {kind}, one or an array of them")
    read = np.asarray(given, float)
    if (np.abs(read[np.isfinite(read)]) > LARGEST_NUMBER).any():
        raise SimulationError(field=field, got=values, must=f"hold no number beyond {LARGEST_NUMBER:g}")
    return read


def in_range(given: NDArray[Any]) -> bool:
    """Tell, in one look at the least and at the largest, that all numbers are finite and none too large; nan is in no range."""
    return not given.size or (float(given.min()) >= -LARGEST_NUMBER and float(given.max()) <= LARGEST_NUMBER)


def read_truths(values: ArrayLike, field: str) -> NDArray[np.bool_]:
    """Read whether something happened, once or in an array."""
    read = read_numbers(values, field)
    if not ((read == 0) | (read == 1)).all():
        raise SimulationError(field=field, got=values, must="be True or False, or an array of them")
    return np.asarray(read == 1)


def read_counts(counts: ArrayLike, outcome: int) -> tuple[Floats, int]:
    """Read a histogram of whole numbers, and the outcome, which is one of them."""
    read = read_numbers(counts, "a histogram")
    if read.ndim != 1 or not (read >= 0).all() or not 0 < read.sum() < math.inf:
        must = "hold how many draws gave 0, 1, 2, ... seats, and at least one draw"
        raise SimulationError(field="a histogram", got=counts, must=must)
    return read, reading.whole(outcome, "outcome", SimulationError, least=0, most=len(read) - 1)


def read_samples(samples: ArrayLike, outcome: ArrayLike, dimensions: tuple[int, ...] = ()) -> tuple[Floats, Floats]:
    """Read draws (n, ...) and an outcome of the shape of one draw; ``dimensions`` are those that samples may have, if not any."""
    draws, happened = read_numbers(samples, "draws"), read_numbers(outcome, "outcome")
    if not draws.ndim or not len(draws) or draws.shape[1:] != happened.shape or (dimensions and draws.ndim not in dimensions):
        shape = f"({', '.join(['n', *map(str, happened.shape or ('k',) * (2 in dimensions))])})"
        must = f"have the shape {shape}, one row a draw"
        raise SimulationError(field="draws", got=samples, must=must, shown=str(draws.shape))
    return draws, happened


def read_chances(p: ArrayLike) -> Floats:
    """Read probabilities."""
    chances = read_numbers(p, "a probability")
    if not ((chances >= 0) & (chances <= 1)).all():
        raise SimulationError(field="a probability", got=p, must="lie in [0, 1]")
    return chances


def of_one_shape(**arrays: NDArray[Any]) -> None:
    """Refuse arrays whose shapes do not fit each other."""
    try:
        np.broadcast_shapes(*(array.shape for array in arrays.values()))
    except ValueError:
        names, shapes = ", ".join(arrays), ", ".join(str(array.shape) for array in arrays.values())
        raise SimulationError(field=names, got=shapes, must="be of one shape", shown=shapes) from None


def read_ends(low: ArrayLike, high: ArrayLike, outcome: ArrayLike) -> tuple[Floats, Floats, Floats]:
    """Read the ends of intervals, which may be infinite, and what happened."""
    below, above = (read_numbers(end, f"the {name} of an interval", infinite=True) for end, name in ((low, "low end"), (high, "high end")))
    happened = read_numbers(outcome, "outcome")
    of_one_shape(low=below, high=above, outcome=happened)
    if not (below <= above).all():
        raise SimulationError(field="the low end of an interval", got=low, must="not lie above its high end")
    return below, above, happened


def read_score(score: Any, field: str) -> float:
    """Read a score, which may be infinite."""
    read = read_numbers(score, field, infinite=True)
    if read.ndim or isinstance(reading.plain(score), bool):
        raise SimulationError(field=field, got=score, must="be a number")
    return float(read)
