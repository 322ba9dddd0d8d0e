"""How far a run is: told to nobody, to a function, or on a bar."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from mazhilis_sim.errors import SimulationError
from mazhilis_sim.languages import _
from mazhilis_sim.simulation.engines.compilation import Compilation, listening

Progress = Callable[[int, int], None]
Seen = TypeVar("Seen")


def silent(_done: int, _total: int) -> None:
    """Tell nobody."""


@contextmanager
def watched(progress: bool | Progress, total: int) -> Iterator[Progress]:
    """Tell a caller how far a run is: nothing, a callable, or a bar that appears after a second, and a word where code is compiled."""
    if not isinstance(progress, bool) and (not callable(progress) or isinstance(progress, type)):
        raise SimulationError(field="progress", got=progress, must="be True, False or a function of (done, total)")
    if progress is not True or sys.stderr is None:
        yield progress if callable(progress) else silent
        return
    with listening(Compilation(explain)):
        if not sys.stderr.isatty():  # in a pipe no bar is shown, nor loaded
            yield silent
            return
        bar = Bar(total)
        try:
            yield bar
        finally:
            bar.close()


def along(blocks: Iterable[Seen], progress: bool | Progress, total: int, size: Callable[[Seen], int]) -> Iterator[Seen]:
    """Yield blocks of draws as they come, and tell how far they are."""
    done = 0
    with watched(progress, total) as told:
        for block in blocks:
            done += size(block)
            told(done, total)
            yield block


def explain(what: str) -> None:
    """Say on standard error why nothing happens yet."""
    sys.stderr.write(f"mazhilis_sim: {what}\n")


class Bar:
    """A progress bar on standard error, shown once a run takes longer than a second."""

    def __init__(self, total: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as RichProgress

        done = TextColumn(_("{task.completed:,} of {task.total:,} draws"))
        parts = TextColumn(_("simulating")), BarColumn(), done, TextColumn("·"), TimeRemainingColumn(compact=True), TextColumn(_("left"))
        self.shown = RichProgress(*parts, console=Console(stderr=True), transient=True)
        self.task = self.shown.add_task("", total=total)
        self.began, self.started = time.perf_counter(), False

    def __call__(self, done: int, total: int) -> None:
        """Move the bar; nothing is shown in a pipe, nor before the first block is done, while code may still be compiled."""
        slow = time.perf_counter() - self.began > 1
        self.shown.update(self.task, completed=done)
        if not self.started and slow and 0 < done < total and self.shown.console.is_terminal:
            self.shown.start()
            self.started = True

    def close(self) -> None:
        """Take the bar off the screen."""
        if self.started:
            self.shown.stop()
