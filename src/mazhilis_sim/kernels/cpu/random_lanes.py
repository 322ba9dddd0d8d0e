"""Lanes of random words and normals."""

from typing import Any

from mazhilis_sim.kernels import part, plan, stage
from mazhilis_sim.kernels.steps.normals import radius_of, turned
from mazhilis_sim.kernels.steps.random_words import HALF, LOW, ROUNDS, U64, once
from mazhilis_sim.kernels.steps.single import U32, begun_log, minus_log


def padded(slots: int) -> int:
    """Round up to whole random blocks of four."""
    return -(-slots // 4) * 4


FIRST_CUT, SECOND_CUT = 4, 8
"""Rounds after which words are written down."""


@part
def fill_words(seed, draws, stream, block, mixing, row, out):
    """Fill four rows of ``out`` (rows, w) with the words of one block; ``mixing`` (4, w) is scratch.

    Each round waits for the products of the one before, and a processor looks ahead over too few instructions to go on with other lanes
    meanwhile where one loop does all ten: in three loops they take three quarters as long. Between them the four words of a lane stand in
    ``mixing``, their upper halves with what `once` leaves there.
    """
    k0, k1 = seed & LOW, seed >> HALF
    for lane in range(len(draws)):
        c0, c1, c2, c3 = draws[lane], draws[lane] >> HALF, U64(block), U64(stream)
        for number in range(FIRST_CUT):
            c0, c1, c2, c3 = once(c0, c1, c2, c3, k0, k1, number)
        mixing[0, lane], mixing[1, lane], mixing[2, lane], mixing[3, lane] = c0, c1, c2, c3
    for lane in range(len(draws)):
        c0, c1, c2, c3 = mixing[0, lane], mixing[1, lane], mixing[2, lane], mixing[3, lane]
        for number in range(FIRST_CUT, SECOND_CUT):
            c0, c1, c2, c3 = once(c0, c1, c2, c3, k0, k1, number)
        mixing[0, lane], mixing[1, lane], mixing[2, lane], mixing[3, lane] = c0, c1, c2, c3
    for lane in range(len(draws)):
        c0, c1, c2, c3 = mixing[0, lane], mixing[1, lane], mixing[2, lane], mixing[3, lane]
        for number in range(SECOND_CUT, ROUNDS):
            c0, c1, c2, c3 = once(c0, c1, c2, c3, k0, k1, number)
        out[row, lane] = U32(c0 & LOW)
        out[row + 1, lane] = U32(c1 & LOW)
        out[row + 2, lane] = U32(c2 & LOW)
        out[row + 3, lane] = U32(c3 & LOW)


@plan
def fill_numbers(seed, draws, stream, normal, mixing, raw, z):
    """Fill ``z`` (slots, w) with normals where ``normal`` is true, with ``raw`` as scratch; else ``raw`` (rows, w) with random words.

    ``mixing`` (4, w) is scratch.

    One function for all random numbers of lanes: compiled once, it serves every model and the districts.
    """
    if normal:
        fill_normals(seed, draws, stream, mixing, raw, z)
    else:
        fill_blocks(seed, draws, stream, mixing, raw)


@plan
def fill_blocks(seed, draws, stream, mixing, out):
    """Fill ``out`` (rows, w) with the words of its first blocks, four rows each."""
    for block in range(out.shape[0] // 4):
        fill_words(seed, draws, stream, block, mixing, 4 * block, out)


@part
def fill_pair(raw, word, z, slot):
    """Fill two rows of z with normals from two rows of words; rows are named, since a slice costs an atomic count.

    Three loops, for the reason why words take three: a logarithm is begun, and ended, and the radius is turned.
    """
    for lane in range(z.shape[1]):
        z[slot, lane], z[slot + 1, lane] = begun_log(raw[word, lane])
    for lane in range(z.shape[1]):
        z[slot, lane] = minus_log(z[slot, lane], z[slot + 1, lane])
    for lane in range(z.shape[1]):
        z[slot, lane], z[slot + 1, lane] = turned(radius_of(z[slot, lane]), raw[word, lane], raw[word + 1, lane])


@plan
def fill_normals(seed, draws, stream, mixing, raw, z):
    """Fill z (slots, w lanes) with normals; slots are a multiple of four, draws (w,) the lanes' numbers.

    ``mixing`` (4, w) and the first four rows of ``raw`` are scratch.
    """
    for block in range(z.shape[0] // 4):
        fill_words(seed, draws, stream, block, mixing, 0, raw)
        for word in range(0, 4, 2):
            fill_pair(raw, word, z, 4 * block + word)


FILL: Any = stage(fill_numbers)
"""All random numbers of lanes, for the stages of `block` that draw."""
