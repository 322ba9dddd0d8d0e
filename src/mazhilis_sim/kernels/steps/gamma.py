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
    the last serves shapes below 1.
    """
    d = shape + np.float64(shape < 1.0) - 1.0 / 3.0
    attempt = np.uint64(0)
    while True:
        block = np.uint64(slot) | (attempt << ATTEMPTS)
        w0, w1, w2, w3 = random_words.words(seed, draw, stream, block)
        cube, taken = tried(d, z, w0)
        if taken:
            break
        z, _ = normals.wide_normal_pair(w1, w2)
        attempt += np.uint64(1)
    if shape >= 1.0:
        return d * cube
    return d * cube * exp(max(-690.0, log(random_words.uniform(w3)) / shape))


@step
def tried(d, z, word):
    """Make one attempt of Marsaglia and Tsang's method (2000), with the normal ``z`` and the uniform of ``word``.

    Return what, times d, is a gamma of shape d + 1/3, and whether the attempt is taken. Without a branch, so that lanes can be tried side
    by side.
    """
    root = 1.0 + 1.0 / math.sqrt(9.0 * d) * z
    cube = root * root * root
    positive = cube > 0.0
    bound = 0.5 * z * z + d - d * cube + d * log(cube if positive else 1.0)
    return cube, positive & (log(random_words.uniform(word)) < bound)


@step
def first_gamma(shape, z, word):
    """Return what the first attempt makes for a shape of 1 or more, and whether it is taken; if so, `one_gamma` returns the same number."""
    d = shape - 1.0 / 3.0
    cube, taken = tried(d, z, word)
    return d * cube, taken
