"""What is said while a user waits: that code is compiled, once after an installation."""

from __future__ import annotations

import gc
import importlib
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

PATIENCE = 1.0
"""Seconds after which a wait is explained."""
FAREWELL = 0.7
"""Seconds that the program has to end by itself after Ctrl-C."""


class Compilation:
    """Listens to numba and explains a compilation that takes long."""

    def __init__(self, quiet: bool) -> None:
        self.quiet, self.depth, self.told = quiet, 0, False
        self.began, self.seconds, self.collecting = 0.0, 0.0, False
        self.timer: threading.Timer | None = None
        self.farewell: threading.Timer | None = None

    def notify(self, event: Any) -> None:
        """Be told that a compilation starts or ends; one may contain others."""
        self.depth += 1 if event.is_start else -1
        if event.is_start and self.depth == 1:
            self.collecting = gc.isenabled()
            gc.disable()  # the compiler leaves little to collect, and looking for it takes a twentieth of the time
            self.began = time.perf_counter()
            self.timer = threading.Timer(PATIENCE, self.tell)
            self.timer.daemon = True
            self.timer.start()
        elif self.depth == 0:
            if self.collecting:
                gc.enable()
            self.seconds += time.perf_counter() - self.began
            self.stop()

    def tell(self) -> None:
        """Say it once."""
        if not self.told and not self.quiet:
            click.echo("mazhilis-sim: compiling, once after an installation", err=True)
        self.told = True

    def stop(self) -> None:
        """Say nothing any more, and leave the end to the program."""
        for timer in (self.timer, self.farewell):
            if timer:
                timer.cancel()

    def interrupt(self, number: int, frame: Any) -> None:
        """Answer Ctrl-C: by an exception, and at once while compiling, which none can reach.

        One that is raised where the compiler calls back is lost, and threads on a busy machine may be long to end: then the
        program leaves on its own. Nothing has been written before all is simulated.
        """
        if self.depth:
            self.leave()
        self.farewell = threading.Timer(FAREWELL, self.leave)
        self.farewell.daemon = True
        self.farewell.start()
        signal.default_int_handler(number, frame)

    def leave(self) -> None:
        """End the program without waiting for anything; a progress bar has hidden the cursor."""
        cursor = "\x1b[?25h" if sys.stderr.isatty() else ""
        click.echo(f"{cursor}\nmazhilis-sim: interrupted", err=True)
        os._exit(130)


@contextmanager
def explained(quiet: bool = False) -> Iterator[Compilation]:
    """Explain waits for the compiler, let Ctrl-C end them, and know afterwards how long they were."""
    compilation = Compilation(quiet)
    in_main_thread = threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGINT, compilation.interrupt) if in_main_thread else None
    try:
        with listening(compilation):
            yield compilation
    finally:
        compilation.stop()
        if in_main_thread:
            signal.signal(signal.SIGINT, before)


@contextmanager
def listening(compilation: Compilation) -> Iterator[None]:
    """Let numba, which takes a second to load, tell of every compilation."""
    event: Any = importlib.import_module("numba.core.event")
    event.Listener.register(Compilation)
    event.register("numba:compile", compilation)
    try:
        yield
    finally:
        event.unregister("numba:compile", compilation)
