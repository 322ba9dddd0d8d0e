"""One simulated list vote a lane: normals -> shares -> whole votes. Floats end here; what follows counts.

A model is a type and two numbers per category (k lists, then against all where it is polled); a user's own is the log shares
themselves, one column a draw. The categories' weights need not sum to 1: `round_to_votes` divides by their sum.
"""

import math
from typing import Any, NamedTuple

import numpy as np
from numba.extending import overload

from mazhilis_sim.kernels import OPTIONS, part, plan
from mazhilis_sim.kernels.cpu import normals
from mazhilis_sim.kernels.steps import random_words
from mazhilis_sim.kernels.steps.elementary import exp, log, nearest
from mazhilis_sim.kernels.steps.gamma import one_gamma

TINY = 1e-300
ABSENT = -690.0
"""Log share of a list at zero: its votes round to none."""


class Ballots(NamedTuple):
    """Room for the list votes of one chunk: k lists, m categories, w lanes."""

    draws: np.ndarray  # (w,) the numbers of the lanes' draws
    raw: np.ndarray  # (4, w) random words
    z: np.ndarray  # (m rounded up to whole blocks, w) normals
    weights: np.ndarray  # (m, w), then shares
    sums: np.ndarray  # (w,) of the weights
    votes: np.ndarray  # (k, w)
    base: np.ndarray  # (w,)


def new_ballots(k: int, m: int, w: int, whole: Any) -> Ballots:
    """Make room for w elections of k lists, m categories; votes are of a type of whole numbers."""
    return Ballots(
        np.zeros(w, np.uint64),
        np.zeros((4, w), np.uint64),
        np.zeros((normals.padded(m), w)),
        np.zeros((m, w)),
        np.zeros(w),
        np.zeros((k, w), whole),
        np.zeros(w, whole),
    )


class Fixed(NamedTuple):
    """No error: the location is the shares. The fields are those of every model, each (m,) or a number.

    ``votes`` is the number of votes that a draw is rounded to, ``in_base`` how many categories the base sums.
    """

    location: np.ndarray
    scale: np.ndarray
    votes: float
    in_base: int


class Clipped(NamedTuple):
    """Model ``margin``: location q, scale s."""

    location: np.ndarray
    scale: np.ndarray
    votes: float
    in_base: int


class Multinomial(NamedTuple):
    """Model ``multinomial``: location q, scale sqrt(q / n)."""

    location: np.ndarray
    scale: np.ndarray
    votes: float
    in_base: int


class Lognormal(NamedTuple):
    """Model ``total``: location and scale of the log share, up to a sum that softmax takes out."""

    location: np.ndarray
    scale: np.ndarray
    votes: float
    in_base: int


class Student(NamedTuple):
    """Model ``total`` with Student-t tails: as `Lognormal`, every draw's errors divided by one random number of its own.

    ``df`` are the degrees of freedom, above 2; ``most`` is the largest factor that leaves log shares where exp is exact.
    """

    location: np.ndarray
    scale: np.ndarray
    votes: float
    in_base: int
    df: float
    most: float


class Gamma(NamedTuple):
    """Model ``dirichlet``: location n q, the shapes."""

    location: np.ndarray
    scale: np.ndarray
    votes: float
    in_base: int


class Given(NamedTuple):
    """A user's model: location (m, n) holds log shares of n draws, the largest of each 0, of which ``first`` numbers the first."""

    location: np.ndarray
    first: np.uint64
    votes: float
    in_base: int


def without_error(shares: Any, q: np.ndarray) -> Any:
    """Return the shares q themselves in the form of the model, whose compiled code then serves for them too; of gammas as `Fixed`."""
    if isinstance(shares, (Lognormal, Student)):
        location = np.array([log(share) if share > 0 else ABSENT for share in q])
        return shares._replace(location=location, scale=np.zeros(len(q)))
    if isinstance(shares, Gamma):
        return Fixed(q, np.zeros(len(q)), shares.votes, shares.in_base)
    return shares._replace(location=q, scale=np.zeros(len(q)))


def draw_weights(seed, draws, shares, raw, z, sums, weights):
    """Fill ``weights`` (m, w) and their ``sums`` (w,) for the lanes' draws from their normals ``z`` (slots, w).

    No sum is zero. ``raw`` (4, w) is scratch.

    The type of ``shares`` decides how, when the caller is compiled: only the model in use is.
    """
    WEIGHTS[type(shares)](seed, draws, shares, raw, z, sums, weights)


@overload(draw_weights, jit_options=OPTIONS)
def compile_weights(seed, draws, shares, raw, z, sums, weights):
    """Choose the model by type."""
    return WEIGHTS[shares.instance_class]


@plan
def draw_shares(seed, draws, shares, raw, z, weights, sums, votes, base):
    """Draw the lanes' shares of the votes, and round them to whole votes; the arrays are those of `Ballots`."""
    normals.fill_normals(seed, draws, random_words.LISTS, raw, z)
    draw_weights(seed, draws, shares, raw, z, sums, weights)
    round_to_votes(shares, weights, sums, votes, base)


@part
def fixed_weights(seed, draws, shares, raw, z, sums, weights):
    """No error: the shares as they are."""
    for i in range(weights.shape[0]):
        for lane in range(weights.shape[1]):
            weights[i, lane] = shares.location[i]
    add_up(weights, sums)


@part
def add_up(weights, sums):
    """Sum the weights of each lane."""
    for lane in range(len(sums)):
        sums[lane] = 0.0
    for i in range(weights.shape[0]):
        for lane in range(len(sums)):
            sums[lane] += weights[i, lane]


@part
def add_up_cut(shares, weights, sums):
    """Sum the weights of each lane; where every one was cut to zero, put the poll itself, since no share can be told there."""
    add_up(weights, sums)
    for lane in range(len(sums)):
        if sums[lane] < TINY:
            sums[lane] = 0.0
            for i in range(weights.shape[0]):
                weights[i, lane] = abs(shares.location[i])
                sums[lane] += weights[i, lane]


@part
def clipped_weights(seed, draws, shares, raw, z, sums, weights):
    """Model ``margin``: q + s z, negative ones set to 0."""
    m, w = weights.shape
    for i in range(m):
        q, s = shares.location[i], shares.scale[i]
        for lane in range(w):
            weights[i, lane] = max(0.0, q + s * z[i, lane])
    add_up_cut(shares, weights, sums)


@part
def multinomial_weights(seed, draws, shares, raw, z, sums, weights):
    """Model ``multinomial``: the exact covariance of a sample's shares from one normal per category.

    ``scale`` holds sqrt(q / n), so that q_i + w_i - q_i sum(w) has covariance (diag q - q q') / n.
    """
    m, w = weights.shape
    for lane in range(w):
        sums[lane] = 0.0
    for i in range(m):
        s = shares.scale[i]
        for lane in range(w):
            sums[lane] += s * z[i, lane]
    for i in range(m):
        q, s = shares.location[i], shares.scale[i]
        for lane in range(w):
            weights[i, lane] = max(0.0, q + s * z[i, lane] - q * sums[lane])
    add_up_cut(shares, weights, sums)


@part
def lognormal_weights(seed, draws, shares, raw, z, sums, weights):
    """Model ``total``: exp(location + scale z), where the location holds log q and the mean term."""
    m, w = weights.shape
    for lane in range(w):
        sums[lane] = 0.0
    for i in range(m):
        a, s = shares.location[i], shares.scale[i]
        for lane in range(w):
            weight = exp(a + s * z[i, lane])
            weights[i, lane] = weight
            sums[lane] += weight


@part
def gamma_weights(seed, draws, shares, raw, z, sums, weights):
    """Model ``dirichlet``: exact gammas of shape ``location`` by Marsaglia and Tsang's method (2000).

    A shape below 1 is raised by 1 and the result multiplied by a power of a uniform. The few lanes whose first attempt
    is refused go on with numbers of their own.
    """
    m, w = weights.shape
    for i in range(m):
        shape = shares.location[i]
        for lane in range(w):
            weights[i, lane] = one_gamma(seed, draws[lane], random_words.GAMMA, i, shape, z[i, lane]) if shape > 0.0 else 0.0
    add_up_cut(shares, weights, sums)


@part
def student_weights(seed, draws, shares, raw, z, sums, weights):
    """Model ``total`` with tails: exp(location + scale r z), r^2 = (df - 2) / chi^2, one r for all categories of a draw.

    r^2 has mean 1, so that ``scale`` stays the standard deviation. A chi^2 of df is twice a gamma of shape df / 2.
    """
    normals.fill_words(seed, draws, random_words.TAILS, 1, raw)  # block 0 and those of its further attempts are the gamma's
    m, w = weights.shape
    for lane in range(w):
        first, _ = random_words.normal_pair(raw[0, lane], raw[1, lane])
        chi_squared = 2.0 * one_gamma(seed, draws[lane], random_words.TAILS, 0, 0.5 * shares.df, first)
        sums[lane] = min(shares.most, math.sqrt((shares.df - 2.0) / chi_squared))
    for i in range(m):
        a, s = shares.location[i], shares.scale[i]
        for lane in range(w):
            weights[i, lane] = exp(a + s * sums[lane] * z[i, lane])
    add_up(weights, sums)


@part
def given_weights(seed, draws, shares, raw, z, sums, weights):
    """A user's model: exp of the log shares of each lane's draw."""
    m, w = weights.shape
    for i in range(m):
        for lane in range(w):
            weights[i, lane] = exp(shares.location[i, np.int64(draws[lane] - shares.first)])
    add_up(weights, sums)


WEIGHTS = {
    Fixed: fixed_weights,
    Clipped: clipped_weights,
    Multinomial: multinomial_weights,
    Lognormal: lognormal_weights,
    Student: student_weights,
    Gamma: gamma_weights,
    Given: given_weights,
}


@part
def round_to_votes(shares, weights, sums, votes, base):
    """Scale the weights to the number of votes, each category rounded by itself; the base is what they sum to.

    ``weights`` (m, w), of which ``sums`` (w,) are the sums, become shares; ``votes`` (k, w) are for the lists, ``base`` is (w,).
    """
    m, w = weights.shape
    k = votes.shape[0]
    for lane in range(w):
        sums[lane] = 1.0 / sums[lane]
        base[lane] = 0
    for i in range(k):
        for lane in range(w):
            weights[i, lane] *= sums[lane]
            votes[i, lane] = nearest(weights[i, lane] * shares.votes)
            base[lane] += votes[i, lane]
    for i in range(k, m):
        if i < shares.in_base:
            for lane in range(w):
                weights[i, lane] *= sums[lane]
                base[lane] += np.int64(nearest(weights[i, lane] * shares.votes))
