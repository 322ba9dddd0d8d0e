"""The own elementary functions against mpmath, in units in the last place (ulp) of the exact value."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NamedTuple

import mpmath as mp
import numpy as np
import pytest
from numpy.typing import NDArray

from mazhilis_sim.kernels import compiled
from mazhilis_sim.kernels.steps import elementary

log, exp, nearest_whole, quarter_turn, upper_tail, normal_cdf = map(
    compiled,
    (elementary.log, elementary.exp, elementary.nearest_whole, elementary.quarter_turn, elementary.upper_tail, elementary.normal_cdf),
)

N = 4000
ROOT_2 = mp.sqrt(mp.mpf(2))


def numbers(low: float, high: float, *more: float) -> NDArray[np.float64]:
    """Spread random numbers over a range, its ends and some others among them."""
    drawn = np.random.default_rng(1).uniform(low, high, N)
    return np.array([*drawn, low, high, *more])


def around_one() -> NDArray[np.float64]:
    """Numbers ever nearer to 1, where a logarithm loses its digits first."""
    rng = np.random.default_rng(2)
    return 1 + rng.choice([-1.0, 1.0], N) * 10.0 ** rng.uniform(-15.6, -0.31, N)


class Measured(NamedTuple):
    """A function, its exact value, where it was measured, and the bound in ulp; the worst seen stands beside it."""

    function: Any
    exact: Callable[[mp.mpf], mp.mpf]
    at: NDArray[np.float64]
    bound: float


def tail(x: mp.mpf) -> mp.mpf:
    return mp.erfc(x / ROOT_2) / 2


MEASURED = {
    "log in (0, 1)": Measured(log, mp.log, numbers(2.0**-33, 1 - 2.0**-33), 3.0),  # 2.1
    "log near 1": Measured(log, mp.log, around_one(), 4.0),  # 2.7
    "log of any number": Measured(log, mp.log, np.exp(numbers(-708, 709)), 2.0),  # 1.1
    "exp near 0": Measured(exp, mp.exp, numbers(-1, 1, 0.0, 1e-300), 1.0),  # 0.95
    "exp in its range": Measured(exp, mp.exp, numbers(-700, 700), 1.0),  # 0.92
    "upper tail to 3": Measured(upper_tail, tail, numbers(0, 3, 1e-300), 20.0),  # 14
    "upper tail to 7": Measured(upper_tail, tail, numbers(3, 7), 80.0),  # 56, the rounding of x^2 / 2
    "upper tail to 37": Measured(upper_tail, tail, numbers(7, 37), 2000.0),  # 1300, the same
    "normal cdf below 0": Measured(normal_cdf, lambda x: tail(-x), numbers(-7, 0), 80.0),  # 52
    "normal cdf above 0": Measured(normal_cdf, lambda x: tail(-x), numbers(0, 40), 4.0),  # 3.1
}


def worst(measured: Measured) -> float:
    """Return the largest error in ulp of the exact value."""
    with mp.workdps(40):
        return max(error(measured, float(x)) for x in measured.at)


def error(measured: Measured, x: float) -> float:
    exact = measured.exact(mp.mpf(x))
    found = mp.mpf(float(measured.function(x)))
    return 0.0 if found == exact else float(abs(found - exact) / math.ulp(float(exact)))


@pytest.mark.parametrize("name", MEASURED)
def test_an_error_stays_within_its_bound(name: str) -> None:
    assert worst(MEASURED[name]) <= MEASURED[name].bound


@pytest.mark.parametrize("place", [0, 1], ids=["cosine", "sine"])
def test_a_quarter_turn_is_exact_to_three_units_of_rounding(place: int) -> None:
    """Near the axes the two terms cancel, so the bound is absolute; the worst seen is 1.6 x 2^-52."""
    function = (mp.cos, mp.sin)[place]
    with mp.workdps(40):
        for t in numbers(-0.5 + 2.0**-31, 0.5 - 2.0**-31, 0.0):
            exact = ROOT_2 * function((mp.mpf(float(t)) + mp.mpf(1) / 2) * mp.pi / 2)
            assert abs(mp.mpf(float(quarter_turn(t)[place])) - exact) < 3 * 2.0**-52


def test_beyond_37_a_tail_is_that_of_37() -> None:
    assert upper_tail(37.0) == upper_tail(50.0) == upper_tail(1e300) < 1e-299
    assert normal_cdf(-1e300) > 0


def test_exact_values() -> None:
    assert log(1.0) == 0
    assert exp(0.0) == 1
    assert normal_cdf(0.0) == pytest.approx(0.5, abs=3e-16)
    assert normal_cdf(40.0) == 1


@pytest.mark.parametrize("function", [exp, log, normal_cdf], ids=["exp", "log", "cdf"])
def test_functions_do_not_fall(function: Any) -> None:
    x = np.linspace(1e-3, 6, 20_001)
    values = np.array([function(float(at)) for at in x])
    assert (np.diff(values) >= -2 * np.spacing(np.abs(values[1:]))).all()
    assert values[0] < values[10_000] < values[-1]


@pytest.mark.parametrize("x", [0.0, 0.5, 1.5, 2.5, 0.49999999999999994, 1e15 + 0.5, 7.3, 2.0**51 - 1, 2.0**52 - 1])
def test_the_nearest_whole_number_is_that_of_numpy(x: float) -> None:
    assert nearest_whole(x) == elementary.nearest_whole(np.float64(x)) == np.rint(x)


@pytest.mark.parametrize("name", MEASURED)
def test_compiled_and_called_from_python_functions_give_the_same_bits(name: str) -> None:
    function = MEASURED[name].function
    written = getattr(elementary, function.__name__)
    for x in MEASURED[name].at[::4]:
        assert float(function(float(x))) == float(written(float(x)))


def test_compiled_and_called_from_python_quarter_turns_give_the_same_bits() -> None:
    for t in numbers(-0.5, 0.5)[::4]:
        assert quarter_turn(float(t)) == elementary.quarter_turn(float(t))
