"""One thread's work: blocks of draws, added without locks, and read off once at the end."""

from __future__ import annotations

from dataclasses import dataclass

from mazhilis_sim.simulation.drawing.draws import Drawing, lanes_for
from mazhilis_sim.simulation.drawing.packing import PackedQuestion
from mazhilis_sim.simulation.tally_shapes import Tallies

BLOCK = 1 << 16
"""Draws that a thread takes at a time, some milliseconds; in long runs twice as many (`threads.TOGETHER`)."""


@dataclass
class Worker:
    """One thread's own room, where it is of one law as wide as so many draws at a time need."""

    packed: PackedQuestion
    draws: int = BLOCK

    def __post_init__(self) -> None:
        self.drawing = Drawing(self.packed, lanes_for(self.draws))

    def add(self, start: int, n: int) -> None:
        """Add the draws [start, start + n)."""
        self.drawing.run(start, n)

    def compile(self) -> None:
        """Compile what runs the question, or load it from disk, by running no draw."""
        self.drawing.compile()

    def tallies(self) -> Tallies:
        """Return what all draws gave that were added."""
        return self.drawing.tallies()
