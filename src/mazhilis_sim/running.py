"""Running a problem's draws: on threads of this process, or as tasks of any executor."""
from __future__ import annotations

import itertools
import os
import queue
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import Any

from mazhilis_sim.errors import SimulationError
from mazhilis_sim.problem import Piece, Problem, Worker, add_up, find_kept, run_piece, thinning_limit
from mazhilis_sim.progress import Progress
from mazhilis_sim.results import SAMPLE_SIZE

BLOCK = 1 << 16
"""Draws that a thread takes at a time: tens of milliseconds."""
FEWEST = 1 << 10
"""Draws that a thread runs between two looks at whether it is to stop, where far more threads than processors share these."""
TASK = 1 << 22
"""Most draws of one task of an executor: a second or two."""
UNDER_WAY = 64
"""Tasks that an executor has been given and not finished; memory does not grow with the number of draws."""


def available_processors() -> int:
    """Return the processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run_threads(problem: Problem, span: tuple[int, int], threads: int, block: int, told: Progress) -> Piece:
    """Run all blocks on threads; each has room of its own.

    Ctrl-C stops them within a few hundredths of a second, however long the blocks and however many the threads. What is compiled is
    compiled before, here, where Ctrl-C is heard.
    """
    with interruptible():
        problem.compile()
    total = span[1] - span[0]
    threads = min(threads, -(-total // block))
    step = max(FEWEST, min(BLOCK, BLOCK * available_processors() // threads))
    starts, limit = iter(range(span[0], span[1], block)), thinning_limit(total)
    begin, stop, counted, finished = threading.Event(), threading.Event(), itertools.count(1), [0]

    def work() -> Piece:
        worker = Worker(problem, limit)
        begin.wait()  # for all threads to be there, since those that work leave little time to start more
        while not stop.is_set() and (first := next(starts, None)) is not None:
            last = min(first + block, span[1])
            for start in range(first, last, step):
                if not stop.is_set():
                    worker.add(start, min(step, last - start))
            finished[0] = next(counted)
        return worker.piece()

    with ThreadPoolExecutor(threads) as pool:
        try:
            running = {pool.submit(work) for _ in range(threads)}
            begin.set()
            pending, failed = running, False
            while pending and not failed:
                done, pending = wait(pending, timeout=0.1, return_when=FIRST_EXCEPTION)
                failed = any(future.exception() for future in done)
                told(min(total, finished[0] * block), total)
        finally:
            stop.set()
            begin.set()
    return complete(problem, span, add_up(future.result() for future in running))


@contextmanager
def interruptible() -> Iterator[None]:
    """Remember a Ctrl-C that comes where the compiler calls back: what Python raises there is lost, and is raised here at the end."""
    heard = []

    def interrupt(number: int, frame: Any) -> None:
        heard.append(number)
        signal.default_int_handler(number, frame)

    ours = threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if not ours:  # whoever handles it otherwise goes on doing so
        yield
        return
    signal.signal(signal.SIGINT, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if heard:
        raise KeyboardInterrupt


def run_executor(problem: Problem, span: tuple[int, int], executor: Any, block: int, told: Progress) -> Piece:
    """Run pieces as tasks of a ``concurrent.futures.Executor`` or a Dask ``Client``, added up as they arrive.

    Which worker runs a piece, in what order pieces arrive and how often one is begun anew does not change the result.
    """
    total = span[1] - span[0]
    tasks, limit = pieces(span), thinning_limit(total)
    arrived: queue.SimpleQueue[Any] = queue.SimpleQueue()
    under_way: dict[Any, int] = {}
    merged: Piece | None = None
    done = 0

    def hand_out(number: int) -> None:
        for start, stop in itertools.islice(tasks, number):
            future = submit(executor, problem, start, stop, limit, block)
            under_way[future] = stop - start
            future.add_done_callback(arrived.put)

    try:
        hand_out(UNDER_WAY)
        while under_way:
            future = next_arrived(arrived)
            if future is None:
                continue
            done += under_way.pop(future)
            piece = read_piece(future)
            merged = piece if merged is None else add_up((merged, piece))
            told(done, total)
            hand_out(1)
    finally:
        for future in under_way:
            future.cancel()
    assert merged is not None
    return complete(problem, span, merged)


def pieces(span: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Cut a span into tasks: about two hundred, or more where those would be too long."""
    size = min(TASK, max(1, -(-(span[1] - span[0]) // 200)))
    return ((start, min(start + size, span[1])) for start in range(span[0], span[1], size))


def submit(executor: Any, *task: Any) -> Any:
    """Give an executor one task."""
    try:
        return executor.submit(run_piece, *task)
    except (AttributeError, TypeError):
        raise SimulationError(f"executor must be a concurrent.futures.Executor or a Dask Client, got {executor!r}") from None
    except Exception as error:  # each kind of executor says in its own way that it is closed or broken
        raise SimulationError(f"the executor takes no task: {type(error).__name__}: {error}") from error


def next_arrived(arrived: queue.SimpleQueue[Any]) -> Any:
    """Wait a little for a finished task, so that Ctrl-C is heard."""
    try:
        return arrived.get(timeout=0.2)
    except queue.Empty:
        return None


def read_piece(future: Future[Piece]) -> Piece:
    """Return a task's piece, or say that the executor lost it."""
    try:
        return future.result()
    except SimulationError:
        raise
    except Exception as error:
        raise SimulationError(f"the executor lost a task: {type(error).__name__}: {error}") from error


def complete(problem: Problem, span: tuple[int, int], piece: Piece) -> Piece:
    """Look again for the sample, wider, in the rare case that too few hashes lay below the limit."""
    wanted, limit = min(span[1] - span[0], SAMPLE_SIZE), thinning_limit(span[1] - span[0])
    while len(piece.draw) < wanted:
        limit = min(1 << 32, 2 * limit)
        piece = add_up([Piece(piece.tallies, *find_kept(problem, span[0], span[1] - span[0], limit))])
    return piece
