"""Draws on threads of this process."""

from __future__ import annotations

import itertools
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import Any

from mazhilis_sim.simulation.engines.base import complete
from mazhilis_sim.simulation.engines.progress import Progress
from mazhilis_sim.simulation.packing import Piece, Problem, Worker, add_up, thinning_limit

BLOCK = 1 << 16
"""Draws that a thread takes at a time: tens of milliseconds."""
FEWEST = 1 << 10
"""Draws that a thread runs between two looks at whether it is to stop, where far more threads than processors share these."""


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
