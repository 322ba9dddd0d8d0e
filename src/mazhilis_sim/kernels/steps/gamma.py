"""Gammas of any shape."""

import math

import numpy as np

from mazhilis_sim.kernels import part, step
from mazhilis_sim.kernels.steps import normals, random_words
from mazhilis_sim.kernels.steps.elementary import exp, log

ATTEMPTS = np.uint64(20)
"""The bit of a block's number from which the attempts of a slot are counted; slots lie below it."""


@part
def one_gamma(seed, draw, stream, slot, shape, z):
    """Draw a gamma of the given shape; ``z`` is the normal of the first attempt.

    Each attempt has a block of the slot's own: its first word is the uniform, the next two are the normal of the attempt after it, and
    the last serves shapes below 1. `gamma_at_sight` makes the number of the first attempt, to the bit.
    """
    d = max(shape, shape + np.float64(shape < 1.0)) - 1.0 / 3.0
    c = 1.0 / math.sqrt(9.0 * d)
    attempt = np.uint64(0)
    while True:
        block = np.uint64(slot) | (attempt << ATTEMPTS)
        w0, w1, w2, w3 = random_words.words(seed, draw, stream, block)
        cube = 1.0 + c * z
        cube = cube * cube * cube
        if cube > 0.0 and log(random_words.uniform(w0)) < 0.5 * z * z + d - d * cube + d * log(cube):
            break
        z, _ = normals.wide_normal_pair(w1, w2)
        attempt += np.uint64(1)
    if shape >= 1.0:
        return d * cube
    return d * cube * exp(max(-690.0, log(random_words.uniform(w3)) / shape))


@step
def gamma_at_sight(shape, z, word):
    """Return the gamma of a shape of 1 or more that `one_gamma` takes at its first attempt, and whether that is told without logarithms.

    Marsaglia and Tsang (2000) show that the test by logarithms takes what this takes, nine draws of ten.
    """
    d = shape - 1.0 / 3.0
    cube = 1.0 + 1.0 / math.sqrt(9.0 * d) * z
    cube = cube * cube * cube
    return d * cube, (cube > 0.0) & (random_words.uniform(word) < 1.0 - 0.0331 * (z * z) * (z * z))
