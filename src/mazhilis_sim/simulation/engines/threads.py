"""Draws on threads of this process."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any

from mazhilis_sim import reading
from mazhilis_sim.errors import SimulationError
from mazhilis_sim.kernels.standby import processors
from mazhilis_sim.simulation.engines.base import Drawable
from mazhilis_sim.simulation.engines.pieces import Piece, sum_of
from mazhilis_sim.simulation.engines.progress import Progress
from mazhilis_sim.simulation.engines.worker import BLOCK, Worker
from mazhilis_sim.simulation.tally_shapes import Spans, Tallies, draws_in
from mazhilis_sim.tables import plural

FEWEST = 1 << 10
"""Draws that a thread runs between two looks at whether it is to stop, where far more threads than processors share these."""
MANY, TOGETHER = 16, 2
"""A thread that has `MANY` blocks or more to run takes `TOGETHER` of them at a time: what stands around one call of a kernel takes a
twentieth of the time of one block of list elections, and half of that is saved."""
HERE = "the question at hand"
"""What threads call the question: their draws meet no others, and to tell it from all others takes a tenth of a hundred draws' time."""


def read_threads(threads: Any) -> int:
    """Read a number of threads; None means one a processor."""
    if threads is None:
        return processors()
    remedy = "" if reading.integer(threads) is None else "leave it out for one a processor, more gain nothing"
    return reading.whole(threads, "threads", SimulationError, least=1, most=reading.MOST_THREADS, remedy=remedy)


@dataclass(frozen=True)
class Threads:
    """An engine of threads, each of which has room of its own and takes one block after another; few draws are run without one.

    Ctrl-C stops them within a few hundredths of a second, however long the blocks and however many the threads, and where a function of the
    user's own is asked, as soon as some thousand draws are done. What is compiled is compiled before, here, where Ctrl-C is heard.
    """

    threads: int
    block: int = BLOCK

    def run(self, question: Drawable, spans: Spans, progress: Progress) -> list[Piece]:
        """Return one piece of all draws, without the question's fingerprint."""
        total = draws_in(spans)
        threads = min(self.threads, -(-total // self.block))
        few = threads == 1 and total <= BLOCK and not question.functions  # a thread would take longer to start
        with compiling(question.packed.kind):
            if few:
                return [Piece(HERE, spans, drawn_here(question, spans, self.block, progress))]
            question.worker().compile()
        return [Piece(HERE, spans, Team(question, spans, threads, self.draws_at_a_time(total, threads, question.at_once)).run(progress))]

    def draws_at_a_time(self, total: int, threads: int, at_once: int) -> int:
        """Return how many draws a thread takes at a time: a block; more, where blocks have the default's size and there are very many.

        Those are no more than one call runs ``at_once``.
        """
        many = self.block == BLOCK and total >= MANY * BLOCK * threads
        return max(BLOCK, min(TOGETHER * BLOCK, at_once)) if many else self.block


def drawn_here(question: Drawable, spans: Spans, block: int, progress: Progress) -> Tallies:
    """Return what few draws gave, run in the thread that asks for them."""
    total = draws_in(spans)
    worker = question.worker(min(block, total))
    for first, last in blocks_of(spans, min(block, question.at_once)):
        worker.add(first, last - first)
    progress(total, total)
    return worker.tallies()


class Team:
    """Threads that share the blocks of one question: each takes the next one that nobody has taken, and looks often at whether to stop."""

    def __init__(self, question: Drawable, spans: Spans, threads: int, block: int) -> None:
        self.question, self.spans = question, spans
        self.blocks, self.taking = blocks_of(spans, block), threading.Lock()
        self.step = min(question.at_once, max(FEWEST, TOGETHER * BLOCK * min(threads, processors()) // threads))
        self.done = [0] * threads
        self.begin, self.stop = threading.Event(), threading.Event()

    def run(self, progress: Progress) -> Tallies:
        """Return what all draws gave; whatever ends this early, Ctrl-C too, ends the threads before.

        What a thread has counted that was stopped is never returned, for whatever stops threads early raises.
        """
        with ThreadPoolExecutor(len(self.done)) as pool:
            try:
                running = started(pool, self.work, len(self.done))
                self.begin.set()
                self.watch(running, progress)
            finally:
                self.stop.set()
                self.begin.set()
        return sum_of([future.result() for future in running])

    def watch(self, running: set[Future[Tallies]], progress: Progress) -> None:
        """Tell how far the threads are until all have ended or one has failed."""
        pending, failed, total = running, False, draws_in(self.spans)
        while pending and not failed:
            finished, pending = wait(pending, timeout=0.1, return_when=FIRST_EXCEPTION)
            failed = any(future.exception() for future in finished)
            progress(sum(self.done), total)

    def work(self, number: int) -> Tallies:
        """Draw one block after another, in one thread."""
        worker = self.question.worker()
        self.begin.wait()  # for all threads to be there, since those that work leave little time to start more
        while not self.stop.is_set() and (taken := next_of(self.blocks, self.taking)) is not None:
            self.draw(worker, *taken)
            self.done[number] += taken[1] - taken[0]
        return worker.tallies()

    def draw(self, worker: Worker, first: int, last: int) -> None:
        """Draw a block, or as much of it as is drawn before all are to stop."""
        for start in range(first, last, self.step):
            if self.stop.is_set():
                break
            worker.add(start, min(self.step, last - start))


def started(pool: ThreadPoolExecutor, work: Callable[[int], Tallies], threads: int) -> set[Future[Tallies]]:
    """Start all threads, or say how many the system starts."""
    running: set[Future[Tallies]] = set()
    try:
        for number in range(threads):
            running.add(pool.submit(work, number))
    except RuntimeError:
        few = f"the system starts only {plural(len(running), 'thread')}"
        raise SimulationError(few, field="threads", got=threads, must="be as many as can be started", remedy="ask for fewer") from None
    return running


def blocks_of(spans: Spans, block: int) -> Iterator[tuple[int, int]]:
    """Cut spans into blocks."""
    return ((first, min(first + block, stop)) for start, stop in spans for first in range(start, stop, block))


def next_of(blocks: Iterator[tuple[int, int]], taking: threading.Lock) -> tuple[int, int] | None:
    """Take the next block; None where there is none left."""
    with taking:
        return next(blocks, None)


READY: set[Any] = set()
"""Kinds of questions that have run, whose code is compiled or loaded; that of several laws may be left to compile."""


@contextmanager
def compiling(kind: Any) -> Iterator[None]:
    """Hear a Ctrl-C while the first question of a kind is compiled."""
    with nullcontext() if kind in READY else interruptible():
        yield
    READY.add(kind)


@contextmanager
def interruptible() -> Iterator[None]:
    """Remember a Ctrl-C that comes where the compiler calls back: what Python raises there is lost, and is raised here at the end.

    Whoever handles it otherwise goes on doing so: what that handler raises is remembered, and nothing where it raises nothing.
    """
    heard: list[int] = []
    handler: Any = signal.getsignal(signal.SIGINT)

    def interrupt(number: int, frame: Any) -> None:
        try:
            handler(number, frame)
        except KeyboardInterrupt:
            heard.append(number)
            raise

    if threading.current_thread() is not threading.main_thread() or not callable(handler):
        yield
        return
    signal.signal(signal.SIGINT, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, handler)
    if heard:
        raise KeyboardInterrupt
