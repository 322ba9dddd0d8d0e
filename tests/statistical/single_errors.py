"""The errors of the elementary functions in 32 bits: what is measured, on which inputs, against what, and how far it may be off.

`tests/statistical/test_single.py` looks at some inputs at each change, `benchmarks/single.py` at all of them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mazhilis_sim.kernels import compiled, step
from mazhilis_sim.kernels.steps import single
from normal_pairs import minus_log_of_word

Array = NDArray[Any]
CHUNK = 1 << 20


class Measured(NamedTuple):
    """A step of one number, what it should be in 64 bits, its inputs (bits of 32-bit numbers from first to last), and the bound."""

    step: Callable[[Any], Any]
    exact: Callable[[Array], Array]
    kind: type[Any]
    first: int
    last: int
    error: Callable[[Array, Array], Array]
    bound: float


def bits(x: float) -> int:
    """Return a float's bits as a whole number; those of positive floats are in order."""
    return int(np.float32(x).view(np.uint32))


def relative(found: Array, exact: Array) -> Array:
    """Errors as parts of what is exact."""
    return np.abs(found - exact) / np.abs(np.where(exact == 0, 1, exact))


def absolute(found: Array, exact: Array) -> Array:
    """Errors as they are."""
    return np.abs(found - exact)


def log_of_uniform(words: Array) -> Array:
    """Minus the logarithm of the uniform number of a radius word."""
    return -np.log((words & 0x7FFFFFFF) + 0.5) + 31 * math.log(2)


def angle(words: Array) -> Array:
    """The angle of a word, from an eighth of a turn before to one behind the middle of the first quadrant."""
    return (words << np.uint32(1)).view(np.int32) * (math.pi / 2 * 2.0**-32)


@step
def cosine(word: Any) -> Any:
    """The first of the two that a word turns to."""
    return single.eighth_turn(word)[0]


@step
def sine(word: Any) -> Any:
    """The second."""
    return single.eighth_turn(word)[1]


F, U, ROOT = np.float32, np.uint32, math.sqrt(2)
LAST_WORD = 2**31 - 1
NEAR_ONE = int(2**31 * 0.99)
SMALL, LARGE = float(np.finfo(F).tiny), float(np.finfo(F).max)

MEASURED = {
    "log": Measured(single.log, np.log, F, bits(SMALL), bits(LARGE), relative, 3e-7),
    "exp2 from 0 to 127": Measured(single.exp2, np.exp2, F, 0, bits(127), relative, 4e-7),
    "exp2 from -126 to 0": Measured(single.exp2, np.exp2, F, bits(-0.0), bits(-126), relative, 4e-7),
    "minus log of a uniform below 0.99": Measured(minus_log_of_word, log_of_uniform, U, 0, NEAR_ONE, relative, 6e-6),
    "minus log of a uniform near 1": Measured(minus_log_of_word, log_of_uniform, U, NEAR_ONE, LAST_WORD, absolute, 7e-8),
    "cosine": Measured(cosine, lambda w: ROOT * np.cos(angle(w) + math.pi / 4), U, 0, LAST_WORD, absolute, 3e-7),
    "sine": Measured(sine, lambda w: ROOT * np.sin(angle(w) + math.pi / 4), U, 0, LAST_WORD, absolute, 3e-7),
}


@cache
def over(step: Callable[[Any], Any]) -> Callable[[Array, Array], None]:
    """Compile a loop of a step."""

    def run(given: Any, found: Any) -> None:
        for i in range(len(given)):
            found[i] = step(given[i])

    loop: Callable[[Array, Array], None] = compiled(run)
    return loop


def worst(name: str, every: int = 1) -> tuple[float, float]:
    """Return the largest error over every so many inputs, and the input where it is."""
    measured = MEASURED[name]
    found = [worst_of(measured, words) for words in chunks(measured, every)]
    return max(found)


def chunks(measured: Measured, every: int) -> Iterator[Array]:
    """Yield the inputs, a chunk at a time, the last one always among them."""
    for first in range(measured.first, measured.last + 1, every * CHUNK):
        yield np.arange(first, min(measured.last + 1, first + every * CHUNK), every, dtype=np.uint64).astype(np.uint32).view(measured.kind)
    yield np.array([measured.last], np.uint32).view(measured.kind)


def worst_of(measured: Measured, given: Array) -> tuple[float, float]:
    """Return the largest error of a chunk, and where it is."""
    found = np.zeros(len(given), np.float32)
    over(measured.step)(given, found)
    error = measured.error(found.astype(float), measured.exact(given.astype(float) if measured.kind is F else given))
    assert not np.isnan(error).any()
    at = int(error.argmax())
    return float(error[at]), float(given[at])
