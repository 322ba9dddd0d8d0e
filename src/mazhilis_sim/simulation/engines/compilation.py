"""The first use compiles, once: whoever waits is told so, and how long it took is known afterwards."""

from __future__ import annotations

import importlib
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from mazhilis_sim.kernels.standby import compiler_standing_by
from mazhilis_sim.languages import _, marked

FIRST_USE = marked("compiling, once after an installation: five to thirty seconds")
PATIENCE = 1.0
"""Seconds after which a wait is explained."""
LISTENING: list[Compilation] = []
"""Those that are told by numba; the first of them speaks."""
COMPILED_ALWAYS = "draw_chunk"
"""A kernel of every simulation."""


@contextmanager
def compilation_expected() -> Iterator[None]:
    """Get ready for a simulation while what it needs is loaded: at a first start another process loads the compiler meanwhile."""
    with compiler_standing_by(COMPILED_ALWAYS):
        yield


class Compilation:
    """Listens to numba, and says once that it compiles where that takes long; ``say`` is None for who wants to hear nothing."""

    def __init__(self, say: Callable[[str], None] | None) -> None:
        self.say, self.depth, self.told = say, 0, False
        self.began, self.seconds = 0.0, 0.0
        self.timer: threading.Timer | None = None
        self.words = _(FIRST_USE)
        """In the language of whoever asks; another thread will say them."""

    def notify(self, event: Any) -> None:
        """Be told that a compilation starts or ends; one may contain others."""
        self.depth += 1 if event.is_start else -1
        if event.is_start and self.depth == 1:
            self.began = time.perf_counter()
            self.timer = threading.Timer(PATIENCE, self.tell)
            self.timer.daemon = True
            self.timer.start()
        elif self.depth == 0:
            self.seconds += time.perf_counter() - self.began
            self.stop()

    def tell(self) -> None:
        """Say it once, and not where another has said it."""
        if not self.told and self.say is not None and LISTENING[:1] in ([], [self]):
            self.say(self.words)
        self.told = True

    def stop(self) -> None:
        """Say nothing any more."""
        if self.timer:
            self.timer.cancel()


@contextmanager
def listening(compilation: Compilation) -> Iterator[None]:
    """Let numba, which takes a second to load, tell of every compilation: its event API is made for that."""
    event: Any = importlib.import_module("numba.core.event")
    event.Listener.register(Compilation)
    event.register("numba:compile", compilation)
    LISTENING.append(compilation)
    try:
        yield
    finally:
        LISTENING.remove(compilation)
        event.unregister("numba:compile", compilation)
        compilation.stop()
