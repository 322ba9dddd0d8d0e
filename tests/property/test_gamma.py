"""A gamma that is taken at sight is the one that the whole method draws, and few are not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mazhilis_sim.kernels.steps import gamma, random_words

SEED, SLOT = np.uint64(2023), 0
NORMALS = st.floats(-6.0, 6.0)
SHAPES = st.floats(1.05, 50.0)
N = 4_000


def first_word(draw):
    """The word that the first attempt of a draw is held against."""
    return random_words.words(SEED, np.uint64(draw), random_words.TAILS, SLOT)[0]


def whole_method(draw, shape, z):
    """What `one_gamma` draws."""
    return gamma.one_gamma(SEED, np.uint64(draw), random_words.TAILS, SLOT, shape, z)


@given(draw=st.integers(0, 2**63), shape=SHAPES, z=NORMALS)
def test_what_is_taken_at_sight_is_what_the_whole_method_draws(draw, shape, z):
    drawn, taken = gamma.gamma_at_sight(shape, z, first_word(draw))
    assert not taken or drawn == whole_method(draw, shape, z)


@pytest.mark.parametrize("shape", [1.05, 4.0, 50.0])
def test_one_in_ten_is_looked_at(shape):
    normals = np.random.default_rng(5).standard_normal(N)
    taken = np.array([gamma.gamma_at_sight(shape, z, first_word(draw))[1] for draw, z in enumerate(normals)])
    assert 1 - taken.mean() == pytest.approx(0.0331 * 3, abs=0.02)  # 3 is a normal's fourth moment; 0.02 are four standard errors


def test_taking_all_at_sight_would_be_wrong():
    normals = np.random.default_rng(5).standard_normal(N)
    assert any(gamma.gamma_at_sight(1.05, z, first_word(draw))[0] != whole_method(draw, 1.05, z) for draw, z in enumerate(normals))
