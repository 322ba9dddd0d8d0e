"""Warnings, collected while a command works, so that its screen says them at its end: counted, a line each."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import Self

from mazhilis_sim.cli.shell.endings import say
from mazhilis_sim.cli.shell.screen import Screen
from mazhilis_sim.languages import counted


class Collected(AbstractContextManager["Collected"]):
    """What was warned of inside of it, each once.

    Attributes
    ----------
    doubts, notes : list of str
        What should be doubted, and what says only how labels were read.
    """

    def __init__(self) -> None:
        self.doubts: list[str] = []
        self.notes: list[str] = []

    def __enter__(self) -> Self:
        self.catching = warnings.catch_warnings(record=True)
        caught = self.catching.__enter__()
        self.caught = [] if caught is None else caught
        warnings.simplefilter("always")
        return self

    def __exit__(self, *_: object) -> None:
        self.catching.__exit__(None, None, None)
        for warning in self.caught:
            said = self.notes if getattr(warning.message, "is_note", False) else self.doubts
            said += [words for words in [str(warning.message)] if words not in said]


def say_doubts(doubts: Iterable[str]) -> None:
    """Say warnings on standard error, numbered where they are several."""
    said = tuple(doubts)
    for place, doubt in enumerate(said, start=1):
        say(f"warning{f' {place} of {len(said)}' if len(said) > 1 else ''}: {doubt}")


def say_notes(notes: Iterable[str]) -> None:
    """Say notes on standard error, for whoever hands the answer on."""
    for note in notes:
        say(f"note: {note}")


def print_doubts(screen: Screen, doubts: Iterable[str]) -> None:
    """Print warnings at the end of a report, headed by their number."""
    said = tuple(doubts)
    if said:
        screen.heading(counted("{n} doubt", "{n} doubts", len(said)))
        screen.items([(str(place), doubt) for place, doubt in enumerate(said, start=1)])
