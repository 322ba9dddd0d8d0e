"""Running a problem's draws: on threads of this process, or as tasks of any executor."""
from __future__ import annotations

import itertools
import os
import queue
import threading
from collections.abc import Iterator
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from typing import Any

from mazhilis_sim.errors import SimulationError
from mazhilis_sim.problem import Piece, Problem, Worker, add_up, find_kept, run_piece, thinning_limit
from mazhilis_sim.progress import Progress
from mazhilis_sim.results import SAMPLE_SIZE

BLOCK = 1 << 16
"""Draws that a thread takes at a time: tens of milliseconds."""
TASK = 1 << 22
"""Most draws of one task of an executor: a second or two."""
UNDER_WAY = 64
"""Tasks that an executor has been given and not finished; memory does not grow with the number of draws."""


def available_processors() -> int:
    """Return the processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run_threads(problem: Problem, span: tuple[int, int], threads: int, block: int, told: Progress) -> Piece:
    """Run all blocks on threads; each has room of its own, and Ctrl-C stops them within a block."""
    starts, limit = iter(range(span[0], span[1], block)), thinning_limit(span[1] - span[0])
    stop, counted, finished = threading.Event(), itertools.count(1), [0]

    def work() -> Piece:
        worker = Worker(problem, limit)
        while not stop.is_set() and (first := next(starts, None)) is not None:
            worker.add(first, min(block, span[1] - first))
            finished[0] = next(counted)
        return worker.piece()

    total = span[1] - span[0]
    threads = min(threads, -(-total // block))
    with ThreadPoolExecutor(threads) as pool:
        running = {pool.submit(work) for _ in range(threads)}
        try:
            pending, failed = running, False
            while pending and not failed:
                done, pending = wait(pending, timeout=0.1, return_when=FIRST_EXCEPTION)
                failed = any(future.exception() for future in done)
                told(min(total, finished[0] * block), total)
        finally:
            stop.set()
    return complete(problem, span, add_up(future.result() for future in running))


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
