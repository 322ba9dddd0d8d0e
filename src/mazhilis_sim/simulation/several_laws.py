"""Several laws that count the same simulated voters: drawn once, counted by each."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from mazhilis_sim import reading
from mazhilis_sim.errors import SimulationError
from mazhilis_sim.kernels.laws.held import tally_differences
from mazhilis_sim.simulation.distribution.seats import Run, SeatDistribution
from mazhilis_sim.simulation.drawing.held import LawCount, Voters
from mazhilis_sim.simulation.drawing.packing import PackedQuestion, pack
from mazhilis_sim.simulation.engines.base import Drawable
from mazhilis_sim.simulation.engines.pieces import Piece
from mazhilis_sim.simulation.engines.progress import Progress, watched
from mazhilis_sim.simulation.engines.threads import Threads, read_threads
from mazhilis_sim.simulation.engines.worker import Worker
from mazhilis_sim.simulation.question import Question, read_span
from mazhilis_sim.simulation.simulate import distribution_of, warn_of_slow_rule
from mazhilis_sim.simulation.tallies import Spans

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class OfLaws(Drawable):
    """The questions of several laws about the same voters, of which the first is that of the room."""

    laws: tuple[PackedQuestion, ...] = ()

    def worker(self) -> LawsWorker:
        """Make room for one thread."""
        return LawsWorker(self.packed, self.fingerprint, self.laws)


@dataclass
class LawsWorker(Worker):
    """One thread's own room: the voters, each law's count of them, and how each differs from the first."""

    laws: tuple[PackedQuestion, ...] = ()
    differences: list[NDArray[np.int64]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.voters = Voters(self.packed)
        self.counts = [LawCount(packed, self.voters) for packed in self.laws]
        self.most = max(int(packed.rules.seats) + packed.district_seats for packed in self.laws)
        columns = max(packed.columns for packed in self.laws)
        self.differences = [np.zeros((columns, 2 * self.most + 1), np.int64) for _ in self.laws[1:]]

    def add(self, start: int, n: int) -> None:
        """Add the draws [start, start + n)."""
        for first, some, _ in self.voters.blocks(start, n):
            for law in self.counts:
                law.count(first, some)
            self.compare(some)

    def compile(self) -> None:
        """Compile all that runs the questions, or load it from disk, by running no draw."""
        self.add(0, 0)

    def compare(self, n: int) -> None:
        """Count the differences of each law from the first."""
        old = self.counts[0]
        for new, differences in zip(self.counts[1:], self.differences, strict=True):
            tally_differences(n, old.counted.seats, old.won, new.counted.seats, new.won, self.most, differences)

    def piece(self, spans: Spans) -> Piece:
        """Return what was counted, the laws' tallies one after another."""
        tallies = {f"{place} {name}": counts for place, law in enumerate(self.counts) for name, counts in law.drawing.tallies().items()}
        more = {f"{place} differences": counts for place, counts in enumerate(self.differences, 1)}
        return Piece(self.fingerprint, spans, tallies | more)


def simulate_laws(
    questions: Sequence[Question], n_draws: Any, seed: Any, start: Any = 0, threads: Any = None, progress: bool | Progress = False
) -> tuple[list[SeatDistribution], list[NDArray[np.int64]]]:
    """Simulate voters once and count them by several laws.

    Returns
    -------
    list of SeatDistribution
        One a question, the same that `simulate` gives.
    list of ndarray of int64, shape (p, 2 m + 1)
        Draws by how many seats more than by the first law, from -m to m; one for each further law.
    """
    began = time.perf_counter()
    seed, span, workers = reading.seed(seed, SimulationError), read_span(start, n_draws), read_threads(threads)
    laws = tuple(pack(question, seed) for question in questions)
    for question in questions:
        warn_of_slow_rule(question.law, span[1] - span[0])
    voters = max(laws, key=lambda packed: packed.district_seats > 0)
    asked = OfLaws(voters, " ".join(packed.fingerprint for packed in laws), laws)
    with watched(progress, span[1] - span[0]) as told:
        (piece,) = Threads(workers).run(asked, (span,), told)
    run = Run(seconds=round(time.perf_counter() - began, 3), threads=workers)
    found = [
        distribution_of(question, packed, piece.spans, tallies_of(piece, place), run)
        for place, (question, packed) in enumerate(zip(questions, laws, strict=True))
    ]
    return found, [piece.tallies[f"{place} differences"] for place in range(1, len(laws))]


def tallies_of(piece: Piece, place: int) -> dict[str, NDArray[np.int64]]:
    """Return one law's tallies."""
    named = f"{place} "
    found = {name.removeprefix(named): counts for name, counts in piece.tallies.items() if name.startswith(named)}
    found.pop("differences", None)
    return found
