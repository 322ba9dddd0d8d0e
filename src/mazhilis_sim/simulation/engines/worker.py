"""One thread's work: blocks of draws, added without locks, and read off as a piece once at the end."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from mazhilis_sim.kernels.cpu import block as kernel
from mazhilis_sim.kernels.steps import random_words
from mazhilis_sim.simulation.distribution.sample import SAMPLE_SIZE
from mazhilis_sim.simulation.drawing.draws import Drawing
from mazhilis_sim.simulation.drawing.packing import PackedQuestion
from mazhilis_sim.simulation.engines.pieces import Piece, add_up
from mazhilis_sim.simulation.tallies import Spans

if TYPE_CHECKING:
    from numpy.typing import NDArray

BLOCK = 1 << 16
"""Draws that a thread takes at a time: tens of milliseconds."""
SURPLUS = 1.08
"""Draws looked at for the sample over those wanted: fewer than wanted would be an accident of eight standard deviations."""


@dataclass
class Worker:
    """One thread's own room: draws whose hash is below ``limit`` are remembered for the sample."""

    packed: PackedQuestion
    limit: int
    fingerprint: str = ""
    hashes: list[NDArray[np.uint64]] = field(default_factory=list)
    kept: list[NDArray[np.uint64]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.drawing = Drawing(self.packed)

    def add(self, start: int, n: int) -> None:
        """Add the draws [start, start + n)."""
        self.drawing.run(start, n)
        hashes, kept = search_sample(self.packed, start, n, self.limit)
        if len(kept):  # of most blocks of a long run nothing is
            self.hashes.append(hashes)
            self.kept.append(kept)

    def compile(self) -> None:
        """Compile all that runs the question, or load it from disk, by running no draw."""
        self.drawing.compile()
        search_sample(self.packed, 0, 0, 0)

    def piece(self, spans: Spans) -> Piece:
        """Return what the draws of some spans gave, which are those that were added."""
        found = Piece(self.fingerprint, spans, self.drawing.tallies(), joined(self.hashes), joined(self.kept), self.limit)
        return add_up([found])


def thinning_limit(n: int) -> int:
    """Return the hash below which about `SAMPLE_SIZE` of n draws lie, and a few more."""
    return min(1 << 32, math.ceil(SURPLUS * SAMPLE_SIZE / n * 2**32))


def search_sample(packed: PackedQuestion, start: int, n: int, limit: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Find the draws of [start, start + n) whose hash is below a limit: (hashes, draws)."""
    places = min(n, 2 * SAMPLE_SIZE, int(2 * n * limit / 2**32) + 100)
    while True:
        kept, hashes = np.zeros(places, np.uint64), np.zeros(places, np.uint64)
        found = kernel.find_kept(*random_words.thinning_key(packed.seed), np.uint64(start), n, np.uint64(limit), kept, hashes)
        if found <= places:
            return hashes[:found].copy(), kept[:found].copy()
        places = found


def joined(arrays: list[NDArray[np.uint64]]) -> NDArray[np.uint64]:
    """Join arrays, of which there may be none."""
    return np.concatenate([np.zeros(0, np.uint64), *arrays])
