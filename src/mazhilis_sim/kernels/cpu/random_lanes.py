"""Lanes of random words and normals."""

from mazhilis_sim.kernels import part, plan
from mazhilis_sim.kernels.steps.normals import normal_pair
from mazhilis_sim.kernels.steps.random_words import words
from mazhilis_sim.kernels.steps.single import U32


def padded(slots: int) -> int:
    """Round up to whole random blocks of four."""
    return -(-slots // 4) * 4


@part
def fill_words(seed, draws, stream, block, row, out):
    """Fill four rows of out (rows, w) with the words of one block; a loop of its own, short enough for many lanes to be under way."""
    for lane in range(draws.shape[0]):
        w0, w1, w2, w3 = words(seed, draws[lane], stream, block)
        out[row, lane] = U32(w0)
        out[row + 1, lane] = U32(w1)
        out[row + 2, lane] = U32(w2)
        out[row + 3, lane] = U32(w3)


@part
def fill_pair(raw, word, z, slot):
    """Fill two rows of z with normals from two rows of words; rows are named, since a slice costs an atomic count."""
    for lane in range(z.shape[1]):
        z[slot, lane], z[slot + 1, lane] = normal_pair(raw[word, lane], raw[word + 1, lane])


@plan
def fill_normals(seed, draws, stream, raw, z):
    """Fill z (slots, w lanes) with normals; slots are a multiple of four, draws (w,) the lanes' numbers, raw (4, w) scratch."""
    for block in range(z.shape[0] // 4):
        fill_words(seed, draws, stream, block, 0, raw)
        for word in range(0, 4, 2):
            fill_pair(raw, word, z, 4 * block + word)
