"""What is said while a user waits: that code is compiled, once after an installation."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import click

from mazhilis_sim.cli.shell.endings import INTERRUPTED, PROGRAM, say
from mazhilis_sim.cli.shell.speaking import HUSHED
from mazhilis_sim.simulation.engines.compilation import Compilation, listening

COMPILER = ("numba.", "llvmlite.")
"""How the names of its modules begin."""
FAREWELL = 0.7
"""Seconds that the program has to end by itself after Ctrl-C."""


class Waiting(Compilation):
    """Explains a compilation on the screen, and lets Ctrl-C end it."""

    def __init__(self, quiet: bool) -> None:
        super().__init__(None if quiet else say)
        self.farewell: threading.Timer | None = None
        self.interrupted = False

    def stop(self) -> None:
        """Say nothing any more, and leave the end to the program."""
        super().stop()
        if self.farewell:
            self.farewell.cancel()

    def interrupt(self, number: int, frame: FrameType | None) -> None:
        """Answer Ctrl-C: by an exception, and at once while compiling, which none can reach.

        One that is raised where the compiler calls back is lost, and threads on a busy machine may be long to end: then the
        program leaves on its own. Nothing has been written before all is simulated.
        """
        self.interrupted = True
        if self.depth or compiles(frame):
            self.leave()
        self.farewell = threading.Timer(FAREWELL, self.leave)
        self.farewell.daemon = True
        self.farewell.start()
        signal.default_int_handler(number, frame)

    def leave(self) -> None:
        """End the program without waiting for anything; a progress bar has hidden the cursor."""
        cursor = "\x1b[?25h" if sys.stderr.isatty() else ""
        click.echo(f"{cursor}\n{PROGRAM}: interrupted", err=True)  # in one piece
        os._exit(INTERRUPTED)


def compiles(frame: FrameType | None) -> bool:
    """Tell whether the compiler is among those who called what runs; of a stage's own code numba tells no listener."""
    while frame is not None and not str(frame.f_globals.get("__name__")).startswith(COMPILER):
        frame = frame.f_back
    return frame is not None


@contextmanager
def explained() -> Iterator[Compilation]:
    """Explain waits for the compiler, let Ctrl-C end them, and know afterwards how long they were."""
    waiting = Waiting(HUSHED.get())
    in_main_thread = threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGINT, waiting.interrupt) if in_main_thread else None
    try:
        with listening(waiting):
            yield waiting
    finally:
        waiting.stop()
        if in_main_thread:
            signal.signal(signal.SIGINT, before)
    if waiting.interrupted:  # near the end: what was raised is lost, and the program had not left yet
        raise KeyboardInterrupt
