"""Which draws are kept as whole chambers: those whose numbers have the smallest hashes, told by the seed and the numbers alone."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from mazhilis_sim.kernels.steps.random_words import HALF, LOW, U64, words
from mazhilis_sim.simulation.tally_shapes import Spans, draws_in

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.uint64]

SAMPLE_SIZE = 10_000
"""Whole chambers that are kept for joint questions."""
SURPLUS = 1.08
"""Draws looked at over those wanted: fewer than wanted would be an accident of eight standard deviations, and more are looked at then."""
WORDS = 1 << 32
CHUNK = 1 << 15
"""Numbers that are hashed at a time, few enough for the second-level cache."""
MIX_0, MIX_1 = U64(0x85EBCA6B), U64(0xC2B2AE35)
UNMIX_0, UNMIX_1 = (U64(pow(int(factor), -1, WORDS)) for factor in (MIX_0, MIX_1))


def kept_draws(seed: int, spans: Spans) -> tuple[Numbers, Numbers]:
    """Return the hashes and the numbers of the draws that a sample keeps, by the smallest hash, then by number.

    Draws of any piece, thread or machine have the same hashes, so that samples of parts add up to that of the whole.
    """
    n = draws_in(spans)
    limit = min(WORDS, math.ceil(SURPLUS * SAMPLE_SIZE / max(n, 1) * WORDS))
    draw = draws_below(seed, spans, limit)
    while len(draw) < min(n, SAMPLE_SIZE):
        limit = min(WORDS, 2 * limit)
        draw = draws_below(seed, spans, limit)
    key = hashes_of(draw, seed)
    kept = smallest(key, draw)
    return key[kept], draw[kept]


def smallest(key: Numbers, draw: Numbers) -> NDArray[np.intp]:
    """Return the places of the draws that a sample keeps: by the smallest hash, then by number.

    Hashes are of 32 bits, so that one sort of whole numbers does: the hash, then the place in order of number.
    """
    order = np.argsort(draw, kind="stable")
    ranked = np.sort((key[order] << HALF) | np.arange(len(draw), dtype=U64))[:SAMPLE_SIZE]
    return order[(ranked & LOW).astype(np.intp)]


def draws_below(seed: int, spans: Spans, limit: int) -> Numbers:
    """Return the draws of some spans whose hash is below a limit, in any order."""
    return np.concatenate([np.zeros(0, U64), *(some for span in parts_of(spans) for some in found_in(seed, *span, limit))])


def parts_of(spans: Spans) -> Iterator[tuple[int, int]]:
    """Cut spans where the upper half of the numbers changes."""
    for start, stop in spans:
        for first in range(start - start % WORDS, stop, WORDS):
            yield max(start, first), min(stop, first + WORDS)


def found_in(seed: int, start: int, stop: int, limit: int) -> Iterator[Numbers]:
    """Yield the draws of [start, stop), of one upper half, whose hash is below a limit.

    The hash is one-to-one: where the draws are more than the hashes below the limit, these are traced back instead.
    """
    if stop - start <= limit:
        for draws in in_chunks(start, stop):
            yield draws[hashes_of(draws, seed) < limit]
    else:
        for hashes in in_chunks(0, limit):
            draws = draws_of(hashes, start >> 32, seed)
            yield draws[(draws >= U64(start)) & (draws <= U64(stop - 1))]


def in_chunks(start: int, stop: int) -> Iterator[Numbers]:
    """Yield the whole numbers from start to stop."""
    for first in range(start, stop, CHUNK):
        yield U64(first) + np.arange(min(CHUNK, stop - first), dtype=U64)


def hashes_of(draws: Numbers, seed: int) -> Numbers:
    """Hash the numbers of draws to 32 bits; the hash is independent of what a draw holds."""
    return thinning_hash(draws, *thinning_key(seed))


def thinning_hash(draws: Numbers, key_0: Any, key_1: Any) -> Numbers:
    """Hash the numbers of draws by a key."""
    return mix(mix((draws & LOW) ^ key_0) ^ key_1 ^ (draws >> HALF))


def draws_of(hashes: Numbers, upper_half: int, seed: int) -> Numbers:
    """Return the draws that have these hashes, among those whose numbers have one upper half."""
    key_0, key_1 = thinning_key(seed)
    upper = U64(upper_half)
    draws: Numbers = (unmix(unmix(hashes) ^ key_1 ^ upper) ^ key_0) | (upper << HALF)
    return draws


def thinning_key(seed: int) -> tuple[Any, Any]:
    """Return the key of the hash: two words of a block that no draw uses."""
    none = U64(0)
    first, second, _, _ = words(U64(seed), none, LOW, none)
    return first, second


def mix(x: Numbers) -> Numbers:
    """Murmur3's finaliser of a 32-bit word, a one-to-one scramble."""
    x = ((x ^ (x >> U64(16))) * MIX_0) & LOW
    x = ((x ^ (x >> U64(13))) * MIX_1) & LOW
    return x ^ (x >> U64(16))


def unmix(x: Numbers) -> Numbers:
    """Undo `mix`."""
    x = ((x ^ (x >> U64(16))) * UNMIX_1) & LOW
    x = ((x ^ (x >> U64(13)) ^ (x >> U64(26))) * UNMIX_0) & LOW
    return x ^ (x >> U64(16))
