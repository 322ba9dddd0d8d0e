"""Several laws that count the same simulated voters: drawn once, counted by each."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from mazhilis_sim import reading
from mazhilis_sim.errors import SimulationError
from mazhilis_sim.kernels.cpu.block import LANES
from mazhilis_sim.kernels.cpu.tally import SPREAD
from mazhilis_sim.kernels.laws.held import tally_differences
from mazhilis_sim.kernels.laws.thresholds import Changes, Failing, count_failing, find_failing
from mazhilis_sim.simulation.distribution.seats import Run, SeatDistribution
from mazhilis_sim.simulation.drawing.held import AT_ONCE, LawCount, Voters, has_voters_of
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
    compares: bool = True

    def worker(self) -> Worker:
        """Make room for one thread."""
        return LawsWorker(self.packed, self.fingerprint, self.laws, self.compares)


@dataclass(frozen=True)
class OfThresholds(OfLaws):
    """The questions of one law at rising thresholds."""

    def worker(self) -> Worker:
        """Make room for one thread."""
        return ThresholdsWorker(self.packed, self.fingerprint, self.laws)


@dataclass
class LawsWorker(Worker):
    """One thread's own room: the voters, each law's count of them, and how each differs from the first."""

    laws: tuple[PackedQuestion, ...] = ()
    compares: bool = True

    def __post_init__(self) -> None:
        self.voters = Voters(self.packed)
        self.counts = [LawCount(packed, self.voters) for packed in self.laws]
        self.most = max(int(packed.rules.seats) + packed.district_seats for packed in self.laws)
        columns = max(packed.columns for packed in self.laws)
        self.differences = [np.zeros((SPREAD, columns, 2 * self.most + 1), np.int64) for _ in self.laws[1:]] if self.compares else []
        self.more = np.zeros(LANES, np.int64)

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
        for new, differences in zip(self.counts[1:], self.differences, strict=False):
            tally_differences(n, old.counted.seats, old.held.won, new.counted.seats, new.held.won, self.most, self.more, differences)

    def piece(self, spans: Spans) -> Piece:
        """Return what was counted, the laws' tallies one after another."""
        tallies = {f"{place} {name}": counts for place, law in enumerate(self.counts) for name, counts in law.drawing.tallies().items()}
        more = {f"{place} differences": counts.sum(axis=0) for place, counts in enumerate(self.differences, 1)}
        return Piece(self.fingerprint, spans, tallies | more)


@dataclass
class ThresholdsWorker(Worker):
    """One thread's own room: the voters, their count at the lowest threshold, and what each higher one changes."""

    laws: tuple[PackedQuestion, ...] = ()

    def __post_init__(self) -> None:
        lowest, packed = self.laws[0], self.packed
        self.voters = Voters(packed)
        self.lowest = LawCount(lowest, self.voters, marked=True)
        self.num, self.den = (np.array([int(getattr(law.rules, name)) for law in self.laws]) for name in ("threshold_num", "threshold_den"))
        numbers, shapes, t = (np.int64, lowest.shapes, len(self.laws))
        self.failing = Failing(
            np.zeros(t, np.int64), np.zeros(AT_ONCE * lowest.lists, np.int64), np.zeros(AT_ONCE, np.int64), *np.zeros((2, LANES), np.int64)
        )
        kinds = ("entries", "admitted", "events", "list", "total", "coalitions")
        self.changes = Changes(*(np.zeros((t, *shapes[kind]), numbers) for kind in kinds))

    def add(self, start: int, n: int) -> None:
        """Add the draws [start, start + n)."""
        lowest = self.lowest
        held = lowest.held
        ballots, lanes, _ = lowest.drawing.room
        for first, some, _ in self.voters.blocks(start, n):
            lowest.count(first, some)
            find_failing(some, held.votes, held.base, self.num, self.den, self.failing)
            for step, law in enumerate(self.laws):
                numbers = np.uint64(law.seed), np.uint64(first), step
                lots = 1 if law.lots else None
                room = ballots, lanes, self.failing, lowest.counted, self.changes
                count_failing(*numbers, held, law.rules, lots, law.coalitions, *room)

    def compile(self) -> None:
        """Compile all that runs the questions, or load it from disk, by running no draw."""
        self.add(0, 0)

    def piece(self, spans: Spans) -> Piece:
        """Return what was counted, the tallies of the thresholds one after another."""
        tallies = self.lowest.drawing.tallies()
        changes = dict(zip(("entries", "admitted", "events", "list", "total", "coalitions"), self.changes, strict=True))
        risen = {name: tallies[name] + counts.cumsum(axis=0) for name, counts in changes.items()}
        found = {f"{step} {name}": counts[step] for step in range(len(self.laws)) for name, counts in risen.items()}
        return Piece(self.fingerprint, spans, found | {f"{step} district": tallies["district"] for step in range(len(self.laws))})


def simulate_laws(
    questions: Sequence[Question], n_draws: Any, seed: Any, start: Any = 0, threads: Any = None, progress: bool | Progress = False
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
        found, piece = run_laws(questions, OfLaws(voters, "several laws", laws), span, workers, told)
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
            kind = OfThresholds if differ_in_threshold(some) else OfLaws
            asked = kind(some[0], "several laws", some, compares=False)
            telling = partial(tell_part, told, number, len(groups))
            of_group, _ = run_laws([questions[place] for place in places], asked, span, workers, telling)
            found |= zip(places, of_group, strict=True)
    return [found[place] for place in range(len(laws))]


def tell_part(progress: Progress, number: int, parts: int, done: int, of: int) -> None:
    """Tell how far all parts of equally many draws are, of which one is so far."""
    progress(number * of + done, parts * of)


def run_laws(
    questions: Sequence[Question], asked: OfLaws, span: tuple[int, int], workers: int, progress: Progress
) -> tuple[list[SeatDistribution], Piece]:
    """Run the questions of several laws, and put together what each law's draws gave."""
    began = time.perf_counter()
    for question in questions:
        warn_of_slow_rule(question.law, span[1] - span[0])
    (piece,) = Threads(workers).run(asked, (span,), progress)
    run = Run(seconds=round(time.perf_counter() - began, 3), threads=workers)
    each = enumerate(zip(questions, asked.laws, strict=True))
    return [distribution_of(question, law, (span,), tallies_of(piece, place), run) for place, (question, law) in each], piece


def with_same_voters(laws: Sequence[PackedQuestion]) -> Iterator[list[int]]:
    """Group the places of laws that count the same votes and districts."""
    left = list(range(len(laws)))
    while left:
        group = [place for place in left if has_voters_of(laws[place], laws[left[0]])]
        yield group
        left = [place for place in left if place not in group]


def differ_in_threshold(laws: Sequence[PackedQuestion]) -> bool:
    """Tell whether laws differ in nothing but thresholds, which rise, and count the same voters by a rule of the package."""
    thresholds = [Fraction(int(law.rules.threshold_num), int(law.rules.threshold_den)) for law in laws]
    counts = [(law.rules._replace(threshold_num=0, threshold_den=0), law.lots, law.district_seats, law.rule) for law in laws]
    same = all(count == counts[0] for count in counts) and counts[0][-1] is None
    return same and thresholds == sorted(thresholds) and all(has_voters_of(law, laws[0]) for law in laws)


def tallies_of(piece: Piece, place: int) -> dict[str, NDArray[np.int64]]:
    """Return one law's tallies."""
    named = f"{place} "
    found = {name.removeprefix(named): counts for name, counts in piece.tallies.items() if name.startswith(named)}
    found.pop("differences", None)
    return found
