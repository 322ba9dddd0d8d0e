"""Random numbers as a pure function of (seed, draw, stream, slot): Philox4x32-10.

Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11. The counter is (draw low, draw high,
block, stream) and the key is the seed, so no number depends on which were drawn before it. A block is four words: two
pairs of normals by Box and Muller's method, or eight numbers of 16 bits, one a district.
"""

import numpy as np

from mazhilis_sim.kernels import step
from mazhilis_sim.kernels.steps.bits import float_of
from mazhilis_sim.kernels.steps.elementary import ONE_BITS

VERSION = 2  # of the stream: changes when any bit of any draw does
LISTS, DISTRICTS, POOLED, LOTS, GAMMA, TAILS = 0, 1, 2, 3, 4, 5
"""Streams: what the numbers of a draw are for. Their blocks are numbered by slots, four a block, but for those of POOLED, eight districts a
block, and from `districts.FINER` on one for each district's further bits; of LOTS, one a candidate, and from `LIST_LOTS` on one a list; of
GAMMA and TAILS, the slot with the attempt above (`gamma.ATTEMPTS`), and for TAILS block 1, with the normal that a gamma begins with."""
LIST_LOTS = 1 << 30  # lots of lists are numbered from here, those of candidates from 0
U64 = np.uint64
LOW = U64(0xFFFFFFFF)
HALF = U64(32)
MULTIPLIER_0, MULTIPLIER_1 = U64(0xD2511F53), U64(0xCD9E8D57)
WEYL_0, WEYL_1 = U64(0x9E3779B9), U64(0xBB67AE85)
ONE = U64(ONE_BITS)
TO_UNIT = U64(20)
ROUNDS = 10


@step
def philox(c0, c1, c2, c3, k0, k1):
    """Ten rounds on 32-bit words that are held in the lower halves of 64-bit ones; the upper halves hold whatever was left there."""
    for number in range(ROUNDS):
        c0, c1, c2, c3 = once(c0, c1, c2, c3, k0, k1, number)
    return c0, c1, c2, c3


@step
def once(c0, c1, c2, c3, k0, k1, number):
    """One round, by the key that is raised by its constants once a round."""
    p0 = MULTIPLIER_0 * (c0 & LOW)
    p1 = MULTIPLIER_1 * (c2 & LOW)
    c0 = (p1 >> HALF) ^ (c1 ^ ((k0 + U64(number) * WEYL_0) & LOW))  # what waits for the product comes last
    c2 = (p0 >> HALF) ^ (c3 ^ ((k1 + U64(number) * WEYL_1) & LOW))
    return c0, p1, c2, p0


@step
def words(seed, draw, stream, block):
    """Four random 32-bit words of one draw."""
    w0, w1, w2, w3 = philox(draw, draw >> HALF, U64(block), U64(stream), seed & LOW, seed >> HALF)
    return w0 & LOW, w1 & LOW, w2 & LOW, w3 & LOW


@step
def uniform(word):
    """Map a word to (0, 1): (word + 1/2) / 2**32, exactly."""
    return float_of((word << TO_UNIT) | ONE) - 0.9999999998835847
