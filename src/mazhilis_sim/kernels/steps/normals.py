"""Normal random numbers from random words, by Box and Muller's method: in 32 bits, and in 64 for what gammas are made of.

Their distribution is tried in ``tests/statistical/test_normals.py`` and ``test_random_words.py``.
"""

import math

import numpy as np

from mazhilis_sim.kernels import step
from mazhilis_sim.kernels.steps.bits import bits_of, float_of
from mazhilis_sim.kernels.steps.elementary import ONE_BITS, log, quarter_turn
from mazhilis_sim.kernels.steps.random_words import uniform
from mazhilis_sim.kernels.steps.single import F32, U32, eighth_turn

U64 = np.uint64
SIGN = U32(1 << 31)
WIDE_SIGN = U64(1 << 63)
ONE = U64(ONE_BITS)
TO_SIGN_0, TO_SIGN_1 = U64(32), U64(33)
TO_QUARTER = U64(22)
LOW_30 = U64(0x3FFFFFFF)


@step
def radius_of(minus_log):
    """Return the radius of two independent standard normals by Box and Muller's method, at most 6.67, divided by the square root of 2.

    It is made of minus the logarithm of a uniform number.
    """
    return F32(math.sqrt(minus_log))


@step
def turned(radius, radius_word, angle_word):
    """Return two normals from what `radius_of` gives and an angle, which the other word tells; `eighth_turn` brings the square root of 2.

    The first bits of both words are the signs, so that the angle stays in the first quadrant and no branch is needed.
    """
    cosine, sine = eighth_turn(angle_word)
    return signed(radius * cosine, radius_word), signed(radius * sine, angle_word)


@step
def signed(x, word):
    """X with its sign flipped where the first bit of a word is set."""
    return float_of(U32(bits_of(x) ^ U32(word & SIGN)))


@step
def wide_normal_pair(radius_word, angle_word):
    """Two independent standard normals from two words as `turned`, in 64 bits, for gammas.

    Two bits of the angle word are the signs and thirty the angle within the first quadrant, so that no branch is
    needed; the radius lacks the square root of 2 by which `quarter_turn` multiplies.
    """
    radius = math.sqrt(-log(uniform(radius_word)))
    t = float_of(((angle_word & LOW_30) << TO_QUARTER) | ONE) - 1.4999999995343387
    cosine, sine = quarter_turn(t)
    sign_0 = (angle_word << TO_SIGN_0) & WIDE_SIGN
    sign_1 = (angle_word << TO_SIGN_1) & WIDE_SIGN
    return wide_signed(radius * cosine, sign_0), wide_signed(radius * sine, sign_1)


@step
def wide_signed(x, sign):
    """X with its sign flipped where the bit is set."""
    return float_of(bits_of(x) ^ sign)
