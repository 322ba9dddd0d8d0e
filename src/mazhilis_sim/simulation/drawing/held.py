"""Voters that are simulated once and counted by several laws, in one thread's own room."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mazhilis_sim.kernels.aligning import aligned
from mazhilis_sim.kernels.borrowing import lent
from mazhilis_sim.kernels.cpu.block import LANES
from mazhilis_sim.kernels.laws import held as kernel
from mazhilis_sim.simulation.drawing.draws import NO_NUMBERS, Drawing, run
from mazhilis_sim.simulation.drawing.fingerprint import fingerprint_of
from mazhilis_sim.simulation.drawing.packing import FEW_DRAWS, PackedQuestion

if TYPE_CHECKING:
    from numpy.typing import NDArray

CHUNKS = 21
"""Chunks of lanes that are held at a time: few enough for a processor's own memory, and many beside the cost of a call."""
AT_ONCE = CHUNKS * LANES
MANY_DRAWS = FEW_DRAWS + 1
"""Block follows block, so that they are tallied as many."""


@dataclass
class Voters:
    """What the voters of some draws did, held for the laws that count them."""

    packed: PackedQuestion

    def __post_init__(self) -> None:
        packed, self.drawing = self.packed, Drawing(self.packed)
        self.held = kernel.new_held(CHUNKS, packed.lists, packed.columns, LANES, packed.whole)

    def blocks(self, start: int, n: int, written: bool = False) -> Iterator[tuple[int, int, NDArray[np.float64]]]:
        """Hold the draws [start, start + n) block by block, and yield the first of each, how many, and their shares where asked for.

        Of no draw that is one block of none, by which all is compiled.
        """
        for begin, some, shares in self.drawing.source.parts(start, n):
            for first in range(begin, begin + max(some, n == 0), AT_ONCE):
                used = min(AT_ONCE, begin + some - first)
                rows = np.zeros((used if written else 0, len(self.packed.shares.location)))
                ballots, _, races = self.drawing.room
                which = np.uint64(self.packed.seed), np.uint64(first), NO_NUMBERS, used
                what = shares, self.drawing.districts, ballots, races, self.held, rows
                run(kernel.hold_draws, kernel.stages_to_hold, *which, *what)
                yield first, used, rows

    def votes(self, n: int) -> NDArray[np.int64]:
        """Return the votes of the first n held draws (n, k)."""
        return in_rows(self.held.votes, n)


@dataclass
class LawCount:
    """The count of held draws by one law, of which the seats stay in the room.

    ``held.won`` is that of the voters where the law has their districts, and else the law's own, into which `count_alone` alone writes.
    """

    packed: PackedQuestion
    voters: Voters

    def __post_init__(self) -> None:
        packed, self.drawing = self.packed, Drawing(self.packed)
        self.seats = aligned((CHUNKS, packed.lists, LANES), packed.whole)
        self.shares_voters = packed.rule is None and has_voters_of(packed, self.voters.packed)
        won, drawn = kernel.new_won(CHUNKS, packed.columns, LANES)
        shares_districts = self.shares_voters and packed.district_seats
        self.held = self.voters.held if shares_districts else self.voters.held._replace(won=won, drawn=drawn)

    def count(self, first: int, n: int) -> None:
        """Count the held draws [first, first + n)."""
        if not self.shares_voters:
            self.count_alone(first, n)
            return
        packed, drawing = self.packed, self.drawing
        run(
            kernel.count_held,
            kernel.stages_to_count,
            np.uint64(packed.seed),
            np.uint64(first),
            n,
            self.held,
            drawing.rules,
            packed.rules.method,
            drawing.districts,
            1 if packed.lots else None,
            drawing.coalitions,
            drawing.room.lanes,
            lent(drawing.room.ballots).draws,
            drawing.tables(MANY_DRAWS),
            self.seats,
        )

    def count_alone(self, first: int, n: int) -> None:
        """Simulate the same draws anew, as a rule in Python asks for, or a law whose votes are rounded otherwise."""
        self.drawing.run(first, n)
        lists, districts = self.drawing.chambers(np.uint64(first) + np.arange(n, dtype=np.uint64))
        in_lanes(lists, self.seats)
        if self.packed.district_seats:
            in_lanes(districts, self.held.won)

    def in_rows(self, n: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the seats of the first n held draws: on lists (n, k), and in districts (n, p)."""
        return in_rows(self.seats, n), in_rows(self.held.won, n)


def in_rows(lanes: NDArray[np.signedinteger], n: int) -> NDArray[np.int64]:
    """Return the first n lanes of chunks (c, k, w) as rows (n, k)."""
    chunks = -(-n // LANES)
    return lanes[:chunks].transpose(0, 2, 1).reshape(-1, lanes.shape[1])[:n].astype(np.int64)


def in_lanes(rows: NDArray[np.int64], lanes: NDArray[np.signedinteger]) -> None:
    """Write rows (n, k) into the lanes of chunks (c, k, w)."""
    for chunk in range(-(-len(rows) // LANES)):
        some = rows[chunk * LANES : (chunk + 1) * LANES]
        lanes[chunk, :, : len(some)] = some.T


def has_voters_of(packed: PackedQuestion, other: PackedQuestion) -> bool:
    """Tell whether two questions draw the same votes to the last one, and the same districts where the first has any.

    It is not symmetric: a question without districts has the voters of one with districts, which has not those of the first.
    """
    same = packed.whole is other.whole and packed.seed == other.seed and fingerprint_of(packed.shares) == fingerprint_of(other.shares)
    return same and (not packed.district_seats or fingerprint_of(packed.districts) == fingerprint_of(other.districts))
