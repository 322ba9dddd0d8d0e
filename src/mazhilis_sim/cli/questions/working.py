"""What stands on a terminal while a question takes longer than a second: for how long it has been counted."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import click

from mazhilis_sim.cli.shell.speaking import HUSHED
from mazhilis_sim.languages import _
from mazhilis_sim.showing import Answer
from mazhilis_sim.tables import width

Found = TypeVar("Found", bound=Answer | None)
BEFORE, EVERY = 1.0, 0.5
"""Seconds before anything is said, and between two times."""


def found_by(question: Callable[[], Found]) -> Found:
    """Return the answer to a question, its notes worked out too, and say meanwhile that it is being counted."""
    with told():
        found = question()
        if found is not None:
            found.notes()
    return found


@contextmanager
def told() -> Iterator[None]:
    """Say on a terminal for how long the block has been at work; how far it is, a search for the least does not know."""
    if HUSHED.get() or sys.stderr is None or not sys.stderr.isatty():
        yield
        return
    done = threading.Event()
    teller = threading.Thread(target=tell, args=(done, _("counting for {seconds} s")), daemon=True)
    teller.start()
    try:
        yield
    finally:
        done.set()
        teller.join()


def tell(done: threading.Event, said: str) -> None:
    """Write a line over itself until all is done, then take it away."""
    began, line, pause = time.monotonic(), "", BEFORE
    while not done.wait(pause):
        line, pause = said.format(seconds=int(time.monotonic() - began)), EVERY
        click.echo(f"\r{line}", nl=False, err=True)
    if line:
        click.echo(f"\r{' ' * width(line)}\r", nl=False, err=True)
