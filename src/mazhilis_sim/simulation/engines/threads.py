"""Draws on threads of this process."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from typing import Any

from mazhilis_sim import reading
from mazhilis_sim.errors import SimulationError
from mazhilis_sim.simulation.engines.base import Drawable
from mazhilis_sim.simulation.engines.pieces import Piece, add_up
from mazhilis_sim.simulation.engines.progress import Progress
from mazhilis_sim.simulation.engines.worker import BLOCK
from mazhilis_sim.simulation.tally_shapes import Spans, draws_in
from mazhilis_sim.tables import plural

FEWEST = 1 << 10
"""Draws that a thread runs between two looks at whether it is to stop, where far more threads than processors share these."""


def available_processors() -> int:
    """Return the processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def read_threads(threads: Any) -> int:
    """Read a number of threads; None means one a processor."""
    if threads is None:
        return available_processors()
    remedy = "" if reading.integer(threads) is None else "leave it out for one a processor, more gain nothing"
    return reading.whole(threads, "threads", SimulationError, least=1, most=reading.MOST_THREADS, remedy=remedy)


@dataclass(frozen=True)
class Threads:
    """An engine of threads, each of which has room of its own and takes one block after another; few draws are run without one.

    Ctrl-C stops them within a few hundredths of a second, however long the blocks and however many the threads. What is compiled is
    compiled before, here, where Ctrl-C is heard.
    """

    threads: int
    block: int = BLOCK

    def run(self, question: Drawable, spans: Spans, progress: Progress) -> list[Piece]:
        """Return one piece of all draws."""
        total = draws_in(spans)
        threads = min(self.threads, -(-total // self.block))
        at_once = question.packed.at_once
        alone = question.worker()
        few = threads == 1 and total <= BLOCK and not question.functions  # a thread would take longer to start
        with compiling(question.packed.kind):
            if not few:
                alone.compile()
            for first, last in blocks_of(spans, min(self.block, at_once)) if few else ():
                alone.add(first, last - first)
        if few:
            progress(total, total)
            return [alone.piece(spans)]
        step = min(at_once, max(FEWEST, min(BLOCK, BLOCK * available_processors() // threads)))
        blocks, taking, done = blocks_of(spans, self.block), threading.Lock(), [0] * threads
        begin, stop = threading.Event(), threading.Event()

        def work(number: int) -> Piece:
            worker = question.worker()
            begin.wait()  # for all threads to be there, since those that work leave little time to start more
            while not stop.is_set() and (taken := next_of(blocks, taking)) is not None:
                first, last = taken
                for start in range(first, last, step):
                    if stop.is_set():
                        break
                    worker.add(start, min(step, last - start))
                done[number] += last - first
            return worker.piece(())

        with ThreadPoolExecutor(threads) as pool:
            try:
                running = started(pool, work, threads)
                begin.set()
                pending, failed = running, False
                while pending and not failed:
                    finished, pending = wait(pending, timeout=0.1, return_when=FIRST_EXCEPTION)
                    failed = any(future.exception() for future in finished)
                    progress(sum(done), total)
            finally:
                stop.set()
                begin.set()
        return [replace(add_up(future.result() for future in running), spans=spans)]


def started(pool: ThreadPoolExecutor, work: Callable[[int], Piece], threads: int) -> set[Future[Piece]]:
    """Start all threads, or say how many the system starts."""
    running: set[Future[Piece]] = set()
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
"""Kinds of questions whose code is compiled or loaded."""


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
