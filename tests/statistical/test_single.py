"""The elementary functions in 32 bits: their errors on every thousandth input, and the bits with the JIT on and off."""

from __future__ import annotations

import math

import numpy as np
import pytest
from single_errors import MEASURED, over, worst

from mazhilis_sim.kernels import compiled
from mazhilis_sim.kernels.steps import single
from normal_pairs import minus_log_of_word, normal_pair

EVERY = 1021
"""A prime, so that all low bits come up."""


@pytest.mark.parametrize("name", MEASURED)
def test_an_error_stays_within_its_bound(name: str) -> None:
    error, _ = worst(name, EVERY)
    assert MEASURED[name].bound / 3 < error <= MEASURED[name].bound


@pytest.mark.parametrize("name", MEASURED)
def test_compiled_and_called_from_python_functions_give_the_same_bits(name: str) -> None:
    measured = MEASURED[name]
    given = np.random.default_rng(1).integers(measured.first, measured.last, 500, endpoint=True).astype(np.uint32).view(measured.kind)
    found = np.zeros(len(given), np.float32)
    over(measured.step)(given, found)
    assert found.tolist() == [float(measured.step(x)) for x in given]


@pytest.mark.parametrize("x", [0.0, 0.5, 1.5, 2.5, 0.49999997, 1e6 + 0.5, 8_388_607.0, 8_388_606.5])
def test_the_nearest_whole_number_is_that_of_numpy(x: float) -> None:
    for function in (single.nearest_whole, compiled(single.nearest_whole)):
        found = function(np.float32(x))
        assert found == np.rint(np.float32(x))


def test_the_largest_normal_and_the_smallest_radius() -> None:
    quarter, last = np.uint32(2**30), np.uint32(2**31 - 1)
    largest, _ = normal_pair(np.uint32(0), quarter)
    assert largest == pytest.approx(math.sqrt(2 * math.log(2**32)), rel=1e-6) == pytest.approx(6.6604, abs=1e-4)
    assert minus_log_of_word(last) == 0  # such a uniform number is 1 in a float of 32 bits
    assert 0 < minus_log_of_word(np.uint32(2**31 - 200)) < 2e-7


@pytest.mark.parametrize(("words", "signs"), [((0, 0), (1, 1)), ((2**31, 0), (-1, 1)), ((0, 2**31), (1, -1)), ((2**31, 2**31), (-1, -1))])
def test_the_first_bits_of_both_words_are_the_signs(words: tuple[int, int], signs: tuple[int, int]) -> None:
    pair = normal_pair(np.uint32(words[0] + 12345), np.uint32(words[1] + 54321))
    assert tuple(math.copysign(1, z) for z in pair) == signs
