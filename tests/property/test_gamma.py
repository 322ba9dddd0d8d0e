"""A gamma that is made of its first attempt alone, as lanes make it, is the one that the whole method draws, and few are not."""

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
def test_what_is_taken_at_first_is_what_the_whole_method_draws_and_nothing_else_is(draw, shape, z):
    drawn, taken = gamma.first_gamma(shape, z, first_word(draw))
    assert taken == (drawn == whole_method(draw, shape, z))


@pytest.mark.parametrize(("shape", "refused"), [(1.05, 0.047), (4.0, 0.0079), (50.0, 0.0005)])
def test_few_are_refused(shape, refused):
    """As many as Marsaglia and Tsang's Table 1 says between the lines: fewer, the larger the shape."""
    normals = np.random.default_rng(5).standard_normal(N)
    taken = np.array([gamma.first_gamma(shape, z, first_word(draw))[1] for draw, z in enumerate(normals)])
    assert 1 - taken.mean() == pytest.approx(refused, abs=4 * np.sqrt(refused / N))


@pytest.mark.parametrize("shape", [1.05, 4.0, 50.0])
def test_what_marsaglia_and_tsang_take_without_logarithms_is_taken(shape):
    """Their squeeze, and beside it a cube that is not positive, which is never taken."""
    normals = np.random.default_rng(6).standard_normal(N)
    for draw, z in enumerate(normals):
        squeezed = float(random_words.uniform(first_word(draw))) < 1 - 0.0331 * z**4
        drawn, taken = gamma.first_gamma(shape, z, first_word(draw))
        assert taken >= (squeezed and drawn > 0)
        assert not taken or drawn > 0
