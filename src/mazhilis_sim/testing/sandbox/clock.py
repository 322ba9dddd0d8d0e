"""A time limit on one call of a stranger's function.

In the main thread of a POSIX system a repeating alarm interrupts the call. Elsewhere the call runs in a second thread
that is told to stop when its time is over, and is left behind. Neither can end a call that never returns to the
interpreter, such as ``10 ** 10 ** 10``; no limit short of another process can.
"""

from __future__ import annotations

import ctypes
import queue
import signal
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from types import FrameType
from typing import Any, Self

TIMES_AS_LONG = 4
"""How much longer than its limit a call may take while it does not work itself: on a busy machine it waits for its turn."""
SHORTEST = 1e-3
"""Seconds between two looks at least: a timer of nothing never rings."""


class TimeUp(BaseException):
    """Raised inside a call that runs over its limit; no ``Exception``, so that a rule's own handlers let it pass."""


class AlarmClock(AbstractContextManager["AlarmClock"]):
    """The limit by alarm: one repeating timer looks how long the current call has worked, and how long ago it began."""

    def __init__(self, limit: float) -> None:
        self.limit = limit  # seconds; may be changed between calls
        self.since: tuple[float, float] | None = None  # processor time of this thread, and the time of the clock

    def __enter__(self) -> Self:
        self.entered = time.monotonic()
        self.handler = signal.signal(signal.SIGALRM, self.look)
        tick = min(max(self.limit / 4, SHORTEST), 0.1)
        self.timer = signal.setitimer(signal.ITIMER_REAL, tick, tick)
        return self

    def __exit__(self, *_: object) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, self.handler or signal.SIG_DFL)
        left, interval = self.timer
        if left:
            signal.setitimer(signal.ITIMER_REAL, max(left - (time.monotonic() - self.entered), 1e-3), interval)

    def look(self, _number: int, _frame: FrameType | None) -> None:
        """Interrupt the current call when its time is over."""
        if self.since is None:
            return
        worked, passed = time.thread_time() - self.since[0], time.monotonic() - self.since[1]
        if worked > self.limit or passed > TIMES_AS_LONG * self.limit:
            raise TimeUp

    def call(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Return ``function(*arguments)``, or raise `TimeUp`."""
        try:
            self.since = time.thread_time(), time.monotonic()
            return function(*arguments)
        finally:
            self.since = None


class CallThread(threading.Thread):
    """A daemon thread that makes one call at a time."""

    def __init__(self) -> None:
        super().__init__(daemon=True, name="mazhilis-sim-verify")
        self.calls: queue.SimpleQueue[tuple[Callable[..., Any], tuple[Any, ...]] | None] = queue.SimpleQueue()
        self.answers: queue.SimpleQueue[tuple[Any, BaseException | None]] = queue.SimpleQueue()
        self.start()

    def run(self) -> None:
        """Answer calls until None comes, or until told to stop."""
        try:
            while (asked := self.calls.get()) is not None:
                self.answers.put(self.answer(*asked))
        except TimeUp:
            pass

    @staticmethod
    def answer(function: Callable[..., Any], arguments: tuple[Any, ...]) -> tuple[Any, BaseException | None]:
        """Return the value and the error of one call."""
        try:
            return function(*arguments), None
        except TimeUp:
            raise
        except BaseException as error:  # handed to the caller's thread, which raises it
            return None, error

    def abandon(self) -> None:
        """Ask the thread to end: `TimeUp` at its next step, then no more calls."""
        self.calls.put(None)
        if self.ident is not None:
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self.ident), ctypes.py_object(TimeUp))


class ThreadClock(AbstractContextManager["ThreadClock"]):
    """The limit by second thread, for threads that get no signals."""

    def __init__(self, limit: float) -> None:
        self.limit = limit

    def __enter__(self) -> Self:
        self.worker = CallThread()
        return self

    def __exit__(self, *_: object) -> None:
        self.worker.calls.put(None)

    def call(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Return ``function(*arguments)``, or raise `TimeUp`."""
        self.worker.calls.put((function, arguments))
        try:
            value, error = self.worker.answers.get(timeout=min(self.limit, threading.TIMEOUT_MAX))
        except queue.Empty:
            self.worker.abandon()
            self.worker = CallThread()
            raise TimeUp from None
        if error is not None:
            raise error
        return value


def clock(limit: float) -> AlarmClock | ThreadClock:
    """Return the clock that works here."""
    alarms = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    return AlarmClock(limit) if alarms else ThreadClock(limit)
