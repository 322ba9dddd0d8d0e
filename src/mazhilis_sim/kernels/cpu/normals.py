"""Lanes of random words, normals and uniforms."""

from mazhilis_sim.kernels import part, plan
from mazhilis_sim.kernels.steps.random_words import normal_pair, uniform, words


def padded(slots: int) -> int:
    """Round up to whole random blocks of four."""
    return -(-slots // 4) * 4


@part
def fill_words(seed, draws, stream, block, out):
    """Fill out (4, w) with the words of one block; a loop of its own, short enough for many lanes to be under way."""
    for lane in range(draws.shape[0]):
        w0, w1, w2, w3 = words(seed, draws[lane], stream, block)
        out[0, lane] = w0
        out[1, lane] = w1
        out[2, lane] = w2
        out[3, lane] = w3


@part
def fill_pair(raw, word, z, slot):
    """Fill two rows of z with normals from two rows of words; rows are named, since a slice costs an atomic count."""
    for lane in range(z.shape[1]):
        z[slot, lane], z[slot + 1, lane] = normal_pair(raw[word, lane], raw[word + 1, lane])


@plan
def fill_normals(seed, draws, stream, raw, z):
    """Fill z (slots, w lanes) with normals; slots are a multiple of four, draws (w,) the lanes' numbers, raw (4, w) scratch."""
    for block in range(z.shape[0] // 4):
        fill_words(seed, draws, stream, block, raw)
        for word in range(0, 4, 2):
            fill_pair(raw, word, z, 4 * block + word)


@part
def fill_row(raw, word, u, slot):
    """Fill one row of u with uniforms from one row of words."""
    for lane in range(u.shape[1]):
        u[slot, lane] = uniform(raw[word, lane])


@plan
def fill_uniforms(seed, draws, stream, raw, u):
    """Fill u (slots, w lanes) with uniforms in (0, 1); slots are a multiple of four."""
    for block in range(u.shape[0] // 4):
        fill_words(seed, draws, stream, block, raw)
        for word in range(4):
            fill_row(raw, word, u, 4 * block + word)
