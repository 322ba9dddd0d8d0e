"""The normals: their distribution, and that slots, draws, seeds and streams know nothing of each other."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import pytest
from numba import njit
from numpy.typing import NDArray
from scipy import stats

from mazhilis_sim.kernels.cpu.block import LANES
from mazhilis_sim.kernels.steps import random_words
from normal_pairs import normal_pair

N = 1_000_000
SLOTS = 8


@njit
def fill(seed, first, stream, z):  # type: ignore[no-untyped-def]
    """Fill z (n, slots) with the normals of the draws first, first + 1, ..."""
    for i in range(z.shape[0]):
        for block in range(z.shape[1] // 4):
            w0, w1, w2, w3 = random_words.words(seed, first + np.uint64(i), stream, block)
            z[i, 4 * block], z[i, 4 * block + 1] = normal_pair(np.uint32(w0), np.uint32(w1))
            z[i, 4 * block + 2], z[i, 4 * block + 3] = normal_pair(np.uint32(w2), np.uint32(w3))


@cache
def normals(seed: int = 1, first: int = 0, stream: int = random_words.LISTS) -> NDArray[np.float64]:
    """Return the normals of a million draws, (n, slots)."""
    z = np.zeros((N, SLOTS))
    fill(np.uint64(seed), np.uint64(first), stream, z)
    return z


@pytest.mark.parametrize(("power", "moment", "variance"), [(1, 0, 1), (2, 1, 2), (3, 0, 15), (4, 3, 96), (5, 0, 945), (6, 15, 10170)])
def test_moments(power: int, moment: int, variance: int) -> None:
    assert abs((normals() ** power).mean() - moment) < 5 * math.sqrt(variance / normals().size)


@pytest.mark.parametrize("slot", range(SLOTS))
def test_the_distribution_of_every_slot_by_kolmogorov_and_smirnov(slot: int) -> None:
    assert stats.kstest(normals()[:, slot], "norm").pvalue > 1e-5


def test_the_distribution_by_anderson_and_darling() -> None:
    z = np.sort(normals()[:, :2].ravel())
    i = np.arange(1, z.size + 1)
    a2 = -z.size - ((2 * i - 1) * (stats.norm.logcdf(z) + stats.norm.logsf(z[::-1]))).mean()
    assert a2 < 10  # the 99.9 % point of a fully specified distribution is 6.0


@pytest.mark.parametrize("beyond", [1, 2, 3, 4, 5])
def test_tail_counts(beyond: int) -> None:
    expected = 2 * stats.norm.sf(beyond) * normals().size
    found = (np.abs(normals()) > beyond).sum()
    assert abs(found - expected) < 5 * math.sqrt(expected)


def test_both_signs_are_equally_frequent_in_every_slot() -> None:
    assert (np.abs((normals() > 0).mean(axis=0) - 0.5) < 5 * 0.5 / math.sqrt(N)).all()


# -- independence ----------------------------------------------------------------------------------------------------

PAIRS = {
    **{
        f"slots {a} and {b}": (lambda a=a, b=b: (normals()[:, a], normals()[:, b]))
        for a, b in [(0, 1), (1, 2), (2, 3), (3, 4), (0, 4), (0, 7)]
    },
    "neighbouring draws": lambda: (normals()[:-1, 0], normals()[1:, 0]),
    "draws of neighbouring lanes' chunks": lambda: (normals()[:-LANES, 0], normals()[LANES:, 0]),
    "draws of neighbouring blocks": lambda: (normals()[: -(2**16), 0], normals()[2**16 :, 0]),
    "draws 2**32 apart": lambda: (normals()[:, 0], normals(first=2**32)[:, 0]),
    "neighbouring seeds": lambda: (normals()[:, 0], normals(seed=2)[:, 0]),
    "seeds 2**32 apart": lambda: (normals()[:, 0], normals(seed=1 + 2**32)[:, 0]),
    "a draw and a seed exchanged": lambda: (normals(seed=7)[:, 0], normals(first=7)[:, 0]),
    "streams of lists and districts": lambda: (normals()[:, 0], normals(stream=random_words.DISTRICTS)[:, 0]),
}


@pytest.mark.parametrize("pair", PAIRS)
def test_a_pair_of_normals_is_independent(pair: str) -> None:
    x, y = PAIRS[pair]()
    for a, b in ((x, y), (x**2, y**2), (np.sign(x), np.sign(y)), (x, y**2), (x**2, y)):
        assert abs(np.corrcoef(a, b)[0, 1]) < 5 / math.sqrt(len(x))


@pytest.mark.parametrize("pair", PAIRS)
def test_a_pair_of_normals_fills_every_cell_of_a_grid_equally(pair: str) -> None:
    x, y = PAIRS[pair]()
    edges = stats.norm.ppf(np.arange(1, 16) / 16)
    cells = np.bincount(np.searchsorted(edges, x) * 16 + np.searchsorted(edges, y), minlength=256)
    chi2 = ((cells - len(x) / 256) ** 2).sum() / (len(x) / 256)
    assert abs(chi2 - 255) < 5 * math.sqrt(2 * 255)


def test_the_sum_over_slots_of_a_draw_has_the_variance_of_a_sum() -> None:
    total = normals().sum(axis=1) / math.sqrt(SLOTS)
    assert stats.kstest(total, "norm").pvalue > 1e-5
