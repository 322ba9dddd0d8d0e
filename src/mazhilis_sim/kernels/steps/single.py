"""Elementary functions in floats of 32 bits, twice as many of which fit a vector, from ``+ - * /``, ``sqrt`` and bit operations only.

Their errors against floats of 64 bits are measured on every input and bounded in ``tests/statistical/test_single.py``. The
polynomials are Chebyshev fits made with ``mpmath.chebyfit`` on the reduced ranges. Numba makes a float of 32 bits and a constant one
of 64, so that every constant stands here with its type, and whole numbers are brought back to 32 bits after each step.
"""

import math

import numpy as np

from mazhilis_sim.kernels import step
from mazhilis_sim.kernels.steps.bits import bits_of, float_of

F32, I32, U32 = np.float32, np.int32, np.uint32

ONE, TWO, HALF = F32(1), F32(2), F32(0.5)
REST = U32((1 << 31) - 1)
MANTISSA, SQRT_HALF_BITS = I32(0x007FFFFF), I32(0x3F3504F3)
MANTISSA_WIDTH, ONE_BIT = I32(23), U32(1)
LN2 = F32(0.6931471805599453)
WORD_BITS = F32(31)
ROUND = F32(12582912.0)  # 1.5 * 2**23: adding it rounds to the nearest whole number, for |x| < 2**22
TO_WHOLE, WHOLE_BITS = F32(2.0**23), I32(0x4B000000)
TO_QUARTER = F32(math.pi / 2 * 2.0**-32)

# Fit of log((1 + s) / (1 - s)) / s for s up to (sqrt(2) - 1) / (sqrt(2) + 1), in s**2; the first coefficient is 2
LOG_1, LOG_2, LOG_3 = F32(0.6666668609630021), F32(0.39988621796496443), F32(0.29584471709105925)
# Fits of sine and cosine for an angle up to pi / 4
SIN_1, SIN_2, SIN_3 = F32(-0.16666664660251834), F32(0.008332748318772924), F32(-0.00019587908912801542)
COS_1, COS_2, COS_3 = F32(-0.4999998198163712), F32(0.041661411734656956), F32(-0.0013661194958610537)
# Fit of 2**f for |f| <= 1/2; the first coefficient is 1
EXP_1, EXP_2, EXP_3 = F32(0.693147188029343), F32(0.2402234894094699), F32(0.05550357104252581)
EXP_4, EXP_5 = F32(0.009666373693207851), F32(0.0013390867351534747)


@step
def log(x):
    """Natural logarithm of a positive normal number."""
    return exponent_of(x) * LN2 + log_of_ratio(ratio_of_rest(x))


@step
def exponent_of(x):
    """Return the power of two that leaves a rest in [sqrt(1/2), sqrt(2))."""
    return F32(I32(I32(I32(bits_of(x)) - SQRT_HALF_BITS) >> MANTISSA_WIDTH))


@step
def ratio_of_rest(x):
    """Return (r - 1) / (r + 1) for the rest r of a positive number."""
    f = float_of(I32(I32(I32(I32(bits_of(x)) - SQRT_HALF_BITS) & MANTISSA) + SQRT_HALF_BITS)) - ONE
    return f / (TWO + f)


@step
def log_of_ratio(s):
    """Logarithm of r from s = (r - 1) / (r + 1)."""
    z = s * s
    return s * (TWO + z * LOG_1) + (s * (z * z)) * (LOG_2 + z * LOG_3)


@step
def begun_log(word):
    """Begin minus the logarithm of the uniform number (w + 1/2) / 2**31, w the lower 31 bits of a word, for `minus_log` to end.

    Near 0, the tail of a normal, the uniform numbers lie 2**-31 apart; from 2**-8 on a float has not all 31 bits, and near 1 they
    lie 2**-24 apart.
    """
    x = F32(I32(word & REST)) + HALF
    return (WORD_BITS - exponent_of(x)) * LN2, ratio_of_rest(x)


@step
def minus_log(of_power, ratio):
    """Return minus the logarithm that `begun_log` began: what its power of two and its rest add up to."""
    return of_power - log_of_ratio(ratio)


@step
def exp2(x):
    """Two to the power x, for x in [-126, 127]."""
    shifted = x + ROUND
    f = x - (shifted - ROUND)
    z = f * f
    value = (ONE + f * EXP_1) + z * ((EXP_2 + f * EXP_3) + z * (EXP_4 + f * EXP_5))
    return raised(value, shifted)


@step
def raised(value, shifted):
    """Multiply by two to the power of the whole number to which ``ROUND`` was added: a sum of exponents."""
    return float_of(I32(I32(bits_of(value)) + I32(I32(bits_of(shifted)) << MANTISSA_WIDTH)))


@step
def eighth_turn(word):
    """Cosine and sine, both times sqrt(2), of an angle in the first quadrant: 31 bits of a word tell which."""
    x = F32(I32(U32(word << ONE_BIT))) * TO_QUARTER  # from -pi / 4 to pi / 4
    z = x * x
    zz = z * z
    xz = x * z
    sine = x + (xz * (SIN_1 + z * SIN_2) + (xz * zz) * SIN_3)
    cosine = (ONE + z * COS_1) + zz * (COS_2 + z * COS_3)
    return cosine - sine, cosine + sine


@step
def nearest_whole(x):
    """Return the whole number nearest to x (ties to even), for 0 <= x < 2**23: what is left of a float's bits beside 2**23."""
    return I32(I32(bits_of(x + TO_WHOLE)) - WHOLE_BITS)
