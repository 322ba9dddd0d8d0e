"""Draws as tasks of an executor."""

from __future__ import annotations

import itertools
import pickle
import queue
import sys
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Protocol

from mazhilis_sim.errors import SimulationError, said_by
from mazhilis_sim.simulation.engines.base import Drawable
from mazhilis_sim.simulation.engines.pieces import Piece
from mazhilis_sim.simulation.engines.progress import Progress
from mazhilis_sim.simulation.engines.worker import BLOCK
from mazhilis_sim.simulation.tally_shapes import Spans, draws_in

TASK = 1 << 22
"""Most draws of one task of an executor: a second or two."""
UNDER_WAY = 64
"""Tasks that an executor has been given and not finished; memory does not grow with the number of draws."""


class Executor(Protocol):
    """What tasks are handed to: an executor of ``concurrent.futures``, a Dask ``Client``, and whatever is like them."""

    def submit(self, task: Callable[..., Piece], /, *arguments: Any) -> Any:
        """Begin a task and return its future."""


@dataclass(frozen=True)
class Tasks:
    """An engine that hands pieces out as tasks of a ``concurrent.futures.Executor`` or a Dask ``Client``.

    Which worker runs a piece, in what order pieces arrive and how often one is begun anew does not change the result.
    """

    executor: Executor
    block: int = BLOCK

    def run(self, question: Drawable, spans: Spans, progress: Progress) -> Iterator[Piece]:
        """Yield the pieces as they arrive."""
        total, done, tasks = draws_in(spans), 0, cut(spans)
        arrived: queue.SimpleQueue[Any] = queue.SimpleQueue()
        under_way: dict[Any, int] = {}

        def hand_out(number: int) -> None:
            for start, stop in itertools.islice(tasks, number):
                future = submit(self.executor, arrived, question, start, stop, self.block)
                under_way[future] = stop - start

        try:
            hand_out(UNDER_WAY)
            while under_way:
                future = next_arrived(arrived)
                if future is None:
                    continue
                done += under_way.pop(future)
                yield read_piece(future, question)
                progress(done, total)
                hand_out(1)
        finally:
            call_off(self.executor, under_way)


def cut(spans: Spans) -> Iterator[tuple[int, int]]:
    """Cut spans into tasks: about two hundred, or more where those would be too long."""
    size = min(TASK, max(1, -(-draws_in(spans) // 200)))
    return ((first, min(first + size, stop)) for start, stop in spans for first in range(start, stop, size))


def draw(question: Drawable, start: int, stop: int, block: int) -> Piece:
    """Simulate the draws [start, stop) in one thread: the task that an executor is given."""
    return question.piece(start, stop, block)


def submit(executor: Any, arrived: queue.SimpleQueue[Any], *task: Any) -> Any:
    """Give an executor one task, whose future is put into a queue when it is done."""
    try:
        future = executor.submit(draw, *task)
        future.add_done_callback(arrived.put)
        return future
    except (AttributeError, TypeError):
        raise SimulationError(field="executor", got=executor, must="be a concurrent.futures.Executor or a Dask Client") from None
    except Exception as error:  # each kind of executor says in its own way that it is closed or broken
        said = f"the executor takes no task: {said_by(error)}"
        raise SimulationError(said, field="executor", got=executor, must="take tasks") from error


def call_off(executor: Any, futures: Collection[Any]) -> None:
    """Cancel what has not begun.

    A process pool of the first releases of Python 3.11 that is closed while it holds cancelled tasks alone waits for ever (issue 94440
    of CPython); one more task behind them, which does nothing, lets it end.
    """
    for future in futures:
        future.cancel()
    if futures and sys.version_info < (3, 12):
        with suppress(Exception):  # the executor may be closed or broken
            executor.submit(nothing)


def nothing() -> None:
    """Do nothing, in another process."""


def next_arrived(arrived: queue.SimpleQueue[Any]) -> Any:
    """Wait a little for a finished task, so that Ctrl-C is heard."""
    try:
        return arrived.get(timeout=0.2)
    except queue.Empty:
        return None


def read_piece(future: Future[Piece], question: Drawable) -> Piece:
    """Return a task's piece, or say that the executor lost it, and which function it could not send."""
    try:
        return future.result().check()
    except SimulationError:
        raise
    except Exception as error:
        unsent = [name for name, function in question.functions.items() if not can_be_sent(function)]
        said = f"the executor lost a task: {said_by(error)}"
        if unsent:
            said = f"the function {unsent[0]} cannot be sent to another process"
        remedy = "write it with def, in a module that the other process can import" if question.functions else ""
        raise SimulationError(said, field="executor", must="finish its tasks", remedy=remedy) from error


def can_be_sent(function: Any) -> bool:
    """Tell whether Python sends a function to another process."""
    try:
        pickle.dumps(function)
    except Exception:  # each kind of function says in its own way that it cannot be sent
        return False
    return True
