"""A gamma that is made of its first attempt alone, as lanes make it, is the one that the whole method draws, and few are not.

Both try by the same step (`gamma.tried`), whose numbers are held against the distribution in ``tests/statistical``.
"""

from __future__ import annotations

import math

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


def chance_of_the_first(shape):
    """The chance that a first attempt is taken: the area below the gamma's density over that below the curve that it is drawn from."""
    d = shape - 1 / 3
    return math.sqrt(d / (2 * math.pi)) * math.exp(d + math.lgamma(shape) - shape * math.log(d))


@pytest.mark.parametrize("shape", [1.05, 2.0, 4.0])
def test_as_few_are_refused_as_the_closed_form_says(shape):
    normals = np.random.default_rng(5).standard_normal(N)
    refused = 1 - np.mean([gamma.first_gamma(shape, z, first_word(draw))[1] for draw, z in enumerate(normals)])
    chance = 1 - chance_of_the_first(shape)
    assert 0 < refused == pytest.approx(chance, abs=4 * np.sqrt(chance / N))


@pytest.mark.parametrize("shape", [1.05, 4.0, 50.0])
def test_what_marsaglia_and_tsang_take_without_logarithms_is_taken(shape):
    """Their squeeze; and a cube that is not positive is never taken."""
    normals = np.random.default_rng(6).standard_normal(N)
    for draw, z in enumerate(normals):
        squeezed = float(random_words.uniform(first_word(draw))) < 1 - 0.0331 * z**4
        drawn, taken = gamma.first_gamma(shape, z, first_word(draw))
        assert taken >= (squeezed and drawn > 0)
        assert not taken or drawn > 0
