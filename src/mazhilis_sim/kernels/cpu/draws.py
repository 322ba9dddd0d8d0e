"""One simulated list vote a lane: normals -> shares -> whole votes, in floats of 32 bits. Floats end here; what follows counts.

The type of a model's `parameters` decides how its weights are drawn. They need not sum to 1: `round_to_votes` divides by their sum.

Weights are floats of 32 bits whatever the model; gammas, and the one factor of a draw's tails, are drawn in 64 bits before.
"""

import math
from typing import Any, NamedTuple

import numpy as np
from numba.extending import overload

from mazhilis_sim.kernels import OPTIONS, part, plan, step
from mazhilis_sim.kernels.borrowing import Lent, lent_together
from mazhilis_sim.kernels.cpu import random_lanes
from mazhilis_sim.kernels.parameters import Clipped, Fixed, Gamma, Given, Lognormal, Multinomial, Student, Wide
from mazhilis_sim.kernels.steps import elementary, normals, random_words, single
from mazhilis_sim.kernels.steps.gamma import first_gamma, one_gamma
from mazhilis_sim.kernels.steps.random_words import U64
from mazhilis_sim.kernels.steps.single import F32, ONE, exp2

NONE, TINY = F32(0), F32(1e-30)
LEAST = F32(-100)
"""The least power of two of a weight, beside one of 2**-75 or more: no vote, and far from the floats that processors are slow with."""


def most_narrow_votes(m: int) -> int:
    """Return the most votes that are rounded in floats of 32 bits, of m categories; those of more are rounded in 64.

    `single.nearest_whole` takes numbers below 2**23. One category may come to more than all votes by what is rounded: in fewer than m
    sums of weights, in the rate, and in its product with a weight, by 2**-24 of each at most.
    """
    return int(2**23 / (1 + 2**-24) ** (m + 2)) - 1


class Ballots(NamedTuple):
    """Room for the list votes of one chunk: k lists, m categories, w lanes."""

    draws: np.ndarray  # (w,) the numbers of the lanes' draws
    mixing: np.ndarray  # (4, w) random words under way, each in 64 bits
    raw: np.ndarray  # (8, w) random words of two blocks
    z: np.ndarray  # (m rounded up to whole blocks, w) normals
    weights: np.ndarray  # (m, w)
    sums: np.ndarray  # (w,) of the weights
    rate: np.ndarray  # (w,) votes by weight, in floats as wide as the votes
    votes: np.ndarray  # (k, w)
    base: np.ndarray  # (w,)


def new_ballots(k: int, m: int, w: int, whole: Any) -> Lent:
    """Make room for w elections of k lists, m categories, and lend it; votes are of a type of whole numbers."""
    return lent_together(
        Ballots,
        (
            (w, np.uint64),
            ((4, w), np.uint64),
            ((8, w), np.uint32),
            ((random_lanes.padded(m), w), np.float32),
            ((m, w), np.float32),
            (w, np.float32),
            (w, f"f{np.dtype(whole).itemsize}"),
            ((k, w), whole),
            (w, whole),
        ),
    )


def draw_weights(seed, draws, shares, raw, z, sums, weights):
    """Fill ``weights`` (m, w) and their ``sums`` (w,) for the lanes' draws from their normals ``z`` (slots, w).

    Weights are finite and none is negative; no sum is below `TINY`, so that votes divided by it fit a float. The
    normals are scratch once they were looked at; ``raw`` (8, w) are words of TAILS where the model `has_tails`.

    The type of ``shares`` decides how, when the caller is compiled: only the model in use is.
    """
    WEIGHTS[type(shares)](seed, draws, shares, raw, z, sums, weights)


@overload(draw_weights, jit_options=OPTIONS)
def compile_weights(seed, draws, shares, raw, z, sums, weights):
    """Choose the model by type."""
    return WEIGHTS[shares.instance_class]


@plan
def draw_votes(fill, seed, shares, drawn):
    """Draw the weights of the lanes of `Ballots`, and round their shares to whole votes.

    ``fill`` is `random_lanes.fill_numbers`, compiled by itself.
    """
    fill(seed, drawn.draws, random_words.LISTS, True, drawn.mixing, drawn.raw, drawn.z)
    if has_tails(shares):
        fill(seed, drawn.draws, random_words.TAILS, False, drawn.mixing, drawn.raw, drawn.z)
    draw_weights(seed, drawn.draws, shares, drawn.raw, drawn.z, drawn.sums, drawn.weights)
    count_votes(shares, drawn.weights, drawn.sums, drawn.rate, drawn.votes, drawn.base)


def has_tails(shares):
    """Tell whether a model draws words of TAILS, by its type when the caller is compiled."""
    return isinstance(shares, Student)


@overload(has_tails, jit_options=OPTIONS)
def compile_has_tails(shares):
    """Tell by type."""
    tails = shares.instance_class is Student

    def told(shares):
        return tails

    return told


@part
def fixed_weights(seed, draws, shares, raw, z, sums, weights):
    """No error: the shares as they are."""
    for i in range(weights.shape[0]):
        for lane in range(weights.shape[1]):
            weights[i, lane] = F32(shares.location[i])
    add_up(weights, sums)


@part
def add_up(weights, sums):
    """Sum the weights of each lane."""
    for lane in range(len(sums)):
        sums[lane] = NONE
    for i in range(weights.shape[0]):
        for lane in range(len(sums)):
            sums[lane] += weights[i, lane]


@part
def add_up_cut(poll, weights, sums):
    """Sum the weights of each lane; where every one was cut to zero, put the poll itself, since no share can be told there."""
    add_up(weights, sums)
    for lane in range(len(sums)):
        if sums[lane] < TINY:
            sums[lane] = NONE
            for i in range(weights.shape[0]):
                weights[i, lane] = poll[i]
                sums[lane] += weights[i, lane]


@part
def clipped_weights(seed, draws, shares, raw, z, sums, weights):
    """Model ``margin``: q + s z, negative ones set to 0."""
    m, w = weights.shape
    for i in range(m):
        q, s = shares.location[i], shares.scale[i]
        for lane in range(w):
            weights[i, lane] = at_least(q + s * z[i, lane], NONE)
    add_up_cut(shares.location, weights, sums)


@step
def at_least(x, bound):
    """Return the larger of two numbers."""
    return x if x > bound else bound


@part
def multinomial_weights(seed, draws, shares, raw, z, sums, weights):
    """Model ``multinomial``: the exact covariance of a sample's shares from one normal per category.

    ``scale`` holds sqrt(q / n), so that q_i + w_i - q_i sum(w) has covariance (diag q - q q') / n.
    """
    m, w = weights.shape
    for lane in range(w):
        sums[lane] = NONE
    for i in range(m):
        s = shares.scale[i]
        for lane in range(w):
            sums[lane] += s * z[i, lane]
    for i in range(m):
        q, s = shares.location[i], shares.scale[i]
        for lane in range(w):
            weights[i, lane] = at_least(q + s * z[i, lane] - q * sums[lane], NONE)
    add_up_cut(shares.location, weights, sums)


@part
def lognormal_weights(seed, draws, shares, raw, z, sums, weights):
    """Model ``total``: 2 to the power location + scale z, where the location holds log q and the mean term.

    What is raised to takes the place of the normals, between two loops, for the reason why `random_lanes.fill_words` has three.
    """
    m, w = weights.shape
    for lane in range(w):
        sums[lane] = NONE
    for i in range(m):
        a, s = shares.location[i], shares.scale[i]
        for lane in range(w):
            z[i, lane] = at_least(a + s * z[i, lane], LEAST)
        for lane in range(w):
            weight = exp2(z[i, lane])
            weights[i, lane] = weight
            sums[lane] += weight


@part
def wide_weights(seed, draws, shares, raw, z, sums, weights):
    """Model ``total`` where sigma is so large that a float does not hold the weights as they are."""
    for lane in range(len(sums)):
        sums[lane] = ONE
    stretched_weights(shares, z, sums, weights)


@part
def student_weights(seed, draws, shares, raw, z, sums, weights):
    """Model ``total`` with tails: location + scale r z, r^2 = (df - 2) / chi^2, one r for all categories of a draw.

    r^2 has mean 1, so that ``scale`` stays the standard deviation. A chi^2 of df is twice a gamma of shape df / 2.
    """
    fill_stretches(shares, raw, sums)
    for lane in range(len(sums)):
        if sums[lane] < NONE:
            sums[lane] = refused_stretch(seed, draws[lane], shares, raw[4, lane], raw[5, lane])
    stretched_weights(shares, z, sums, weights)


@plan
def fill_stretches(shares, raw, sums):
    """Fill ``sums`` with each lane's r where the first attempt of its gamma is taken, with -1 where it is not.

    Block 0 and those of its further attempts are the gamma's, block 1 is the normal's that it begins with: the two that stand in ``raw``.
    """
    shape = 0.5 * shares.df
    for lane in range(len(sums)):
        first, _ = normals.wide_normal_pair(U64(raw[4, lane]), U64(raw[5, lane]))
        gamma, taken = first_gamma(shape, first, U64(raw[0, lane]))
        sums[lane] = stretch_of(gamma, shares) if taken else -ONE


@step
def stretch_of(gamma, shares):
    """Return r of a gamma."""
    return F32(min(shares.most, math.sqrt((shares.df - 2.0) / (2.0 * gamma))))


@part
def refused_stretch(seed, draw, shares, radius_word, angle_word):
    """Return r of one lane by the whole method."""
    first, _ = normals.wide_normal_pair(U64(radius_word), U64(angle_word))
    return stretch_of(one_gamma(seed, draw, random_words.TAILS, 0, 0.5 * shares.df, first), shares)


@plan
def stretched_weights(shares, z, sums, weights):
    """Fill weights relative to the largest of each lane, whose errors are all multiplied by what stands in ``sums`` (w,).

    The largest takes the place of the first normals, which are not looked at again.
    """
    m, w = weights.shape
    for i in range(m):
        a, s = shares.location[i], shares.scale[i]
        for lane in range(w):
            weights[i, lane] = a + s * sums[lane] * z[i, lane]
    for lane in range(w):
        z[0, lane] = weights[0, lane]
        sums[lane] = NONE
    for i in range(1, m):
        for lane in range(w):
            z[0, lane] = at_least(weights[i, lane], z[0, lane])
    for i in range(m):
        for lane in range(w):
            weight = exp2(at_least(weights[i, lane] - z[0, lane], LEAST))
            weights[i, lane] = weight
            sums[lane] += weight


@part
def gamma_weights(seed, draws, shares, raw, z, sums, weights):
    """Model ``dirichlet``: exact gammas of shape ``location`` by Marsaglia and Tsang's method (2000), divided by the sample's size.

    Shapes of 1 or more are tried in lanes. The few lanes that are refused are drawn one by one, and so are all of a shape below 1, which is
    raised by 1 and the result multiplied by a power of a uniform.
    """
    m, w = weights.shape
    for i in range(m):
        shape = shares.location[i]
        per_draw = np.float64(shares.scale[i]) / shape if shape > 0.0 else 0.0
        if shape >= 1.0:
            first_gammas(seed, draws, i, shape, per_draw, z, weights)
        for lane in range(w):
            if shape < 1.0 or weights[i, lane] < NONE:
                drawn = one_gamma(seed, draws[lane], random_words.GAMMA, i, shape, np.float64(z[i, lane])) if shape > 0.0 else 0.0
                weights[i, lane] = F32(drawn * per_draw)
    add_up_cut(shares.scale, weights, sums)


@part
def first_gammas(seed, draws, i, shape, per_draw, z, weights):
    """Fill a row of weights, of a shape of 1 or more, where the first attempt of its gamma is taken, with -1 where it is not."""
    for lane in range(len(draws)):
        word, _, _, _ = random_words.words(seed, draws[lane], random_words.GAMMA, i)
        drawn, taken = first_gamma(shape, np.float64(z[i, lane]), word)
        weights[i, lane] = F32(drawn * per_draw) if taken else -ONE


@part
def given_weights(seed, draws, shares, raw, z, sums, weights):
    """A user's model: 2 to the power of the log shares of each lane's draw."""
    m, w = weights.shape
    for i in range(m):
        for lane in range(w):
            weights[i, lane] = exp2(shares.location[i, np.int64(draws[lane] - shares.first)])
    add_up(weights, sums)


WEIGHTS = {
    Fixed: fixed_weights,
    Clipped: clipped_weights,
    Multinomial: multinomial_weights,
    Lognormal: lognormal_weights,
    Wide: wide_weights,
    Student: student_weights,
    Gamma: gamma_weights,
    Given: given_weights,
}


def count_votes(shares, weights, sums, rate, votes, base):
    """Fill the ``votes`` (k, w) of the lists and the ``base`` (w,), by the type of ``shares`` when the caller is compiled."""
    (put_votes if isinstance(shares, Fixed) else round_to_votes)(shares, weights, sums, rate, votes, base)


@overload(count_votes, jit_options=OPTIONS)
def compile_votes(shares, weights, sums, rate, votes, base):
    """Choose by type."""
    return put_votes if shares.instance_class is Fixed else round_to_votes


@part
def put_votes(shares, weights, sums, rate, votes, base):
    """No error: the same votes in every lane, from shares in 64 bits, so that an election comes out as it was."""
    k, whole = votes.shape[0], base.dtype.type
    for lane in range(len(base)):
        base[lane] = 0
    for i in range(weights.shape[0]):
        mine = whole(elementary.nearest_whole(shares.location[i] * shares.votes))
        if i < k:
            for lane in range(len(base)):
                votes[i, lane] = mine
        if i < k or i < shares.in_base:
            for lane in range(len(base)):
                base[lane] = whole(base[lane] + mine)


@part
def round_to_votes(shares, weights, sums, rate, votes, base):
    """Scale the weights to the number of votes, each category rounded by itself; the base is what they sum to.

    ``weights`` (m, w) have the ``sums`` (w,); ``votes`` (k, w) are for the lists, ``base`` is (w,).
    """
    m, w = weights.shape
    k = votes.shape[0]
    whole, real = base.dtype.type, rate.dtype.type
    for lane in range(w):
        rate[lane] = real(shares.votes) / real(sums[lane])
        base[lane] = 0
    for i in range(k):
        for lane in range(w):
            mine = whole(votes_of(weights[i, lane], rate[lane], real))
            votes[i, lane] = mine
            base[lane] = whole(base[lane] + mine)
    for i in range(k, m):
        if i < shares.in_base:
            for lane in range(w):
                base[lane] = whole(base[lane] + whole(votes_of(weights[i, lane], rate[lane], real)))


@step
def votes_of(weight, rate, real):
    """Return the whole number nearest to weight times rate, in floats as wide as the votes."""
    return single.nearest_whole(F32(weight * rate)) if real is F32 else elementary.nearest_whole(np.float64(weight) * rate)
