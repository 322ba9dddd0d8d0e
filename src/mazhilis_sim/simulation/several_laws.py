"""Several laws that count the same simulated voters: drawn once, counted by each."""

from __future__ import annotations

import time
from abc import abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from mazhilis_sim import reading
from mazhilis_sim.errors import SimulationError
from mazhilis_sim.kernels.cpu.block import LANES
from mazhilis_sim.kernels.cpu.tally import SPREAD
from mazhilis_sim.kernels.laws.held import tally_differences
from mazhilis_sim.simulation.distribution.seats import Run, SeatDistribution
from mazhilis_sim.simulation.drawing.alike import Alike, counted_together, most_seats
from mazhilis_sim.simulation.drawing.held import LawCount, Voters, has_voters_of
from mazhilis_sim.simulation.drawing.packing import PackedQuestion, pack
from mazhilis_sim.simulation.drawing.thresholds import Thresholds, differ_in_threshold
from mazhilis_sim.simulation.engines.base import Drawable
from mazhilis_sim.simulation.engines.pieces import Piece
from mazhilis_sim.simulation.engines.progress import Progress, watched
from mazhilis_sim.simulation.engines.threads import Threads, read_threads
from mazhilis_sim.simulation.engines.worker import BLOCK, Worker
from mazhilis_sim.simulation.question import Question, read_span
from mazhilis_sim.simulation.simulate import distribution_of, warn_of_slow_rule
from mazhilis_sim.simulation.tally_shapes import Tallies

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class OfLaws(Drawable):
    """The questions of several laws about the same voters; ``packed`` is the first that has districts, or the first where none has."""

    laws: tuple[PackedQuestion, ...] = ()
    kind: type[LawsWorker] | None = None

    @property
    def at_once(self) -> int:
        """Draws that are run by one call: as many as by the law that takes longest, by a rule of the user's own."""
        return min(law.at_once for law in self.laws)

    def worker(self, draws: int = BLOCK) -> Worker:
        """Make room for one thread: for whole chunks, however few the draws, since that is how laws hand them on."""
        kind = self.kind or Apart
        return kind(self.packed, draws, self.laws)


@dataclass
class LawsWorker(Worker):
    """One thread's own room for the draws of several laws."""

    laws: tuple[PackedQuestion, ...] = ()

    def compile(self) -> None:
        """Compile all that runs the questions, or load it from disk, by running no draw.

        The function of an own model is called once for that; a law with an own rule, which counts alone, is compiled by its first draws.
        """
        self.add(0, 0)

    def tallies(self) -> Tallies:
        """Return what was counted, the laws' tallies one after another, and how each differs from the first."""
        tallies, differences = self.counted()
        named = {f"{place} {name}": counts for place, law in enumerate(tallies) for name, counts in law.items()}
        more = {f"{place} differences": counts for place, counts in enumerate(differences, 1)}
        return named | more

    @abstractmethod
    def counted(self) -> tuple[list[Tallies], list[NDArray[np.int64]]]:
        """Return each law's tallies, and for each but the first, where asked for, how often it gives how many seats more."""


class Apart(LawsWorker):
    """The voters, held, and each law's count of them."""

    def __post_init__(self) -> None:
        self.voters = Voters(self.packed)
        self.counts = [LawCount(packed, self.voters) for packed in self.laws]

    def add(self, start: int, n: int) -> None:
        """Add the draws [start, start + n)."""
        for first, some, _ in self.voters.blocks(start, n):
            for law in self.counts:
                law.count(first, some)

    def counted(self) -> tuple[list[Tallies], list[NDArray[np.int64]]]:
        """Return each law's tallies."""
        return [law.drawing.tallies() for law in self.counts], []


class Compared(Apart):
    """The same, and how each law differs from the first."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.most = most_seats(self.laws)
        columns = max(packed.columns for packed in self.laws)
        self.differences = [np.zeros((SPREAD, columns, 2 * self.most + 1), np.int64) for _ in self.laws[1:]]
        self.more = np.zeros(LANES, np.int64)

    def add(self, start: int, n: int) -> None:
        """Add the draws [start, start + n)."""
        old, *others = self.counts
        for first, some, _ in self.voters.blocks(start, n):
            for law in self.counts:
                law.count(first, some)
            for new, more in zip(others, self.differences, strict=True):
                tally_differences(some, old.seats, old.held.won, new.seats, new.held.won, self.most, self.more, more)

    def counted(self) -> tuple[list[Tallies], list[NDArray[np.int64]]]:
        """Return each law's tallies, and how they differ."""
        tallies, _ = super().counted()
        return tallies, [more.sum(axis=0) for more in self.differences]


class Together(LawsWorker):
    """Laws alike but for their numbers, of which seats are counted together."""

    def __post_init__(self) -> None:
        self.count = Alike(self.laws)

    def add(self, start: int, n: int) -> None:
        """Add the draws [start, start + n)."""
        self.count.add(start, n)

    def counted(self) -> tuple[list[Tallies], list[NDArray[np.int64]]]:
        """Return each law's tallies, and how they differ."""
        return self.count.told_apart()


class Along(LawsWorker):
    """One law at rising thresholds."""

    def __post_init__(self) -> None:
        self.count = Thresholds(self.laws)

    def add(self, start: int, n: int) -> None:
        """Add the draws [start, start + n)."""
        self.count.add(start, n)

    def counted(self) -> tuple[list[Tallies], list[NDArray[np.int64]]]:
        """Return the tallies of each threshold."""
        return self.count.told_apart(), []


def simulate_laws(
    questions: Sequence[Question],
    n_draws: Any,
    seed: Any,
    start: Any = 0,
    threads: Any = None,
    progress: bool | Progress = False,
    block: int = BLOCK,
) -> tuple[list[SeatDistribution], list[NDArray[np.int64]]]:
    """Simulate voters once, count them by several laws, and compare each with the first, draw by draw.

    Returns
    -------
    list of SeatDistribution
        One a question, the same that `simulate` gives.
    list of ndarray of int64, shape (p, 2 m + 1)
        Draws by how many seats more than by the first law, from -m to m; one for each further law.
    """
    seed, span, workers = reading.seed(seed, SimulationError), read_span(start, n_draws), read_threads(threads)
    laws = tuple(pack(question, seed) for question in questions)
    voters = max(laws, key=lambda packed: packed.district_seats > 0)
    with watched(progress, span[1] - span[0]) as told:
        kind = Together if counted_together(laws) else Compared
        found, piece = run_laws(questions, OfLaws(voters, laws, kind), span, Threads(workers, block), told)
    return found, [piece.tallies[f"{place} differences"] for place in range(1, len(laws))]


def simulate_each(
    questions: Sequence[Question], n_draws: Any, seed: Any, threads: Any = None, progress: bool | Progress = False
) -> list[SeatDistribution]:
    """Simulate voters once and count them by several laws, in whatever way is the shortest; those that round votes otherwise apart.

    Returns
    -------
    list of SeatDistribution
        One a question, the same that `simulate` gives.
    """
    seed, span, workers = reading.seed(seed, SimulationError), read_span(0, n_draws), read_threads(threads)
    laws = [pack(question, seed) for question in questions]
    found: dict[int, SeatDistribution] = {}
    groups = list(with_same_voters(laws))
    with watched(progress, len(groups) * span[1]) as told:
        for number, places in enumerate(groups):
            some = tuple(laws[place] for place in places)
            asked = OfLaws(some[0], some, Along if differ_in_threshold(some) else Apart)
            telling = partial(tell_part, told, number, len(groups))
            of_group, _ = run_laws([questions[place] for place in places], asked, span, Threads(workers), telling)
            found |= zip(places, of_group, strict=True)
    return [found[place] for place in range(len(laws))]


def tell_part(progress: Progress, number: int, parts: int, done: int, of: int) -> None:
    """Tell how far all parts of equally many draws are, of which one is so far."""
    progress(number * of + done, parts * of)


def run_laws(
    questions: Sequence[Question], asked: OfLaws, span: tuple[int, int], engine: Threads, progress: Progress
) -> tuple[list[SeatDistribution], Piece]:
    """Run the questions of several laws, and put together what each law's draws gave."""
    began = time.perf_counter()
    for question in questions:
        warn_of_slow_rule(question.law, span[1] - span[0])
    (piece,) = engine.run(asked, (span,), progress)
    run = Run(seconds=round(time.perf_counter() - began, 3), threads=engine.threads)
    each = enumerate(zip(questions, asked.laws, strict=True))
    return [distribution_of(question, law, (span,), tallies_of(piece, place), run) for place, (question, law) in each], piece


def with_same_voters(laws: Sequence[PackedQuestion]) -> Iterator[list[int]]:
    """Group the places of laws that count the same votes and districts."""
    left = list(range(len(laws)))
    while left:
        group = [place for place in left if has_voters_of(laws[place], laws[left[0]])]
        yield group
        left = [place for place in left if place not in group]


def tallies_of(piece: Piece, place: int) -> dict[str, NDArray[np.int64]]:
    """Return one law's tallies."""
    named = f"{place} "
    found = {name.removeprefix(named): counts for name, counts in piece.tallies.items() if name.startswith(named)}
    found.pop("differences", None)
    return found
