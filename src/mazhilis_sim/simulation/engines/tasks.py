"""Draws as tasks of an executor."""

from __future__ import annotations

import itertools
import queue
from collections.abc import Iterator
from concurrent.futures import Future
from typing import Any

from mazhilis_sim.errors import SimulationError
from mazhilis_sim.simulation.engines.base import complete
from mazhilis_sim.simulation.engines.progress import Progress
from mazhilis_sim.simulation.packing import Piece, Problem, add_up, run_piece, thinning_limit

TASK = 1 << 22
"""Most draws of one task of an executor: a second or two."""
UNDER_WAY = 64
"""Tasks that an executor has been given and not finished; memory does not grow with the number of draws."""


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
