"""Elementary functions from ``+ - * /``, ``sqrt`` and bit operations only.

The C library's versions differ between machines in the last bit and keep a loop from being vectorised. These give the
same bits everywhere. Their errors against mpmath are measured and bounded in ``tests/statistical/test_elementary.py``.
The polynomials are Chebyshev fits made with ``mpmath.chebyfit`` on the reduced ranges.
"""

import numpy as np

from mazhilis_sim.kernels import part, step
from mazhilis_sim.kernels.steps.bits import bits_of, float_of

LN2_HIGH = 0.6931471787393093  # ln 2 with the low 24 bits zero, so that k * LN2_HIGH is exact
LN2_LOW = 1.8206359985041462e-09
LOG2_E = 1.4426950408889634
SQRT_HALF_BITS = 0x3FE6A09E667F3BCD
ONE_BITS = 0x3FF0000000000000
MANTISSA = 0x000FFFFFFFFFFFFF
ROUND = 6755399441055744.0  # 1.5 * 2**52: adding it rounds to the nearest whole number
TO_WHOLE, WHOLE_BITS = 2.0**52, 0x4330000000000000
HALF_PI = 1.5707963267948966
LN2 = 0.6931471805599453
DENSITY = 0.3989422804014327  # 1 / sqrt(2 pi)

# Fit of e**r for |r| <= ln(2) / 2; the coefficients of 1 and r are 1
EXP_2 = 0.5000000000000001
EXP_3 = 0.16666666666666669
EXP_4 = 0.041666666666624164
EXP_5 = 0.008333333333330065
EXP_6 = 0.0013888888917196719
EXP_7 = 0.00019841269863040545
EXP_8 = 2.4801521322368692e-05
EXP_9 = 2.7557268480310024e-06
EXP_10 = 2.7620075879983367e-07
EXP_11 = 2.5100375832561234e-08


@step
def nearest_whole(x):
    """Return the whole number nearest to x (ties to even), for 0 <= x < 2**52: what is left of a float's bits beside 2**52."""
    return np.int64(bits_of(x + TO_WHOLE)) - WHOLE_BITS


@step
def log(x):
    """Natural logarithm of a positive normal number."""
    bits = np.int64(bits_of(x)) - SQRT_HALF_BITS
    exponent = bits >> 52
    mantissa = float_of((bits & MANTISSA) + SQRT_HALF_BITS)  # in [sqrt(1/2), sqrt(2))
    f = mantissa - 1.0
    s = f / (2.0 + f)
    z = s * s
    w = z * z
    odd = 0.3999999999989889 + w * (0.22222211089379496 + w * 0.15331611722055008)
    even = 0.666666666666667 + w * (0.28571428626253836 + w * (0.1818289243253687 + w * 0.14617807153417325))
    return np.float64(exponent) * LN2 + s * (2.0 + z * (even + z * odd))


@step
def exp(x):
    """Return e to the power x, for x in [-700, 700]."""
    shifted = x * LOG2_E + ROUND
    k = shifted - ROUND
    r = (x - k * LN2_HIGH) - k * LN2_LOW
    z = r * r
    low = EXP_2 + r * EXP_3
    middle = (EXP_4 + r * EXP_5) + z * (EXP_6 + r * EXP_7)
    high = (EXP_8 + r * EXP_9) + z * (EXP_10 + r * EXP_11)
    value = 1.0 + (r + z * (low + z * (middle + (z * z) * high)))
    scale = float_of((np.int64(bits_of(shifted)) << 52) + ONE_BITS)  # 2**k
    return value * scale


@step
def quarter_turn(t):
    """Cosine and sine, both times sqrt(2), of the angle (t + 1/2) pi/2 in the first quadrant, for t in (-1/2, 1/2)."""
    x = t * HALF_PI
    z = x * x
    w = z * z
    s = (0.008333333333330948 + z * -0.00019841269836756774) + w * (
        (2.7557316101617874e-06 + z * -2.505113165023518e-08) + w * 1.5918115263265974e-10
    )
    sine = x + x * z * (-0.16666666666666666 + z * s)
    c = (0.04166666666663091 + z * -0.0013888888882125252) + w * (
        (2.4801582621951665e-05 + z * -2.7555855220105783e-07) + w * 2.066548384659679e-09
    )
    cosine = 1.0 + z * (-0.49999999999999967 + z * c)
    return cosine - sine, cosine + sine


@part
def upper_tail(x):
    """P(Z > x) of the standard normal, for x >= 0: the density times a fit of (x + 4) times Mills' ratio in (x - 4) / (x + 4)."""
    x = 37.0 if x > 37.0 else x  # beyond, the tail is below any number that is told from 0 here
    t = (x - 4.0) / (x + 4.0)
    w = t * t
    even = 1.6941044496128486e-08
    even = -1.4192274407094445e-07 + w * even
    even = 5.888136419758956e-07 + w * even
    even = -1.504020858052661e-06 + w * even
    even = 1.7576622866877578e-06 + w * even
    even = -4.770245141370666e-06 + w * even
    even = 0.00033424187000875746 + w * even
    even = -0.008722294934670206 + w * even
    even = 0.15139176229082396 + w * even
    even = 0.970409554868127 + w * even
    even = 1.893219063308483 + w * even
    odd = -3.126368774356563e-09
    odd = 4.865441022034113e-08 + w * odd
    odd = -4.0574430520271746e-07 + w * odd
    odd = 2.5731047677420953e-06 + w * odd
    odd = -1.4845580970857103e-05 + w * odd
    odd = 8.8096507875331e-05 + w * odd
    odd = -0.0005792694653014752 + w * odd
    odd = 0.004087855699923973 + w * odd
    odd = -0.018900450862729047 + w * odd
    odd = -0.4675409629983191 + w * odd
    odd = -1.5237709108199833 + w * odd
    return DENSITY * exp(-0.5 * x * x) * (even + t * odd) / (x + 4.0)


@step
def normal_cdf(x):
    """P(Z <= x) of the standard normal."""
    tail = upper_tail(abs(x))
    return tail if x < 0.0 else 1.0 - tail
