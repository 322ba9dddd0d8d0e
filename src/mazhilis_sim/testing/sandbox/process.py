"""A rule in a process of its own: asked over pipes, watched, and ended with all that it started."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO, Any, cast

import mazhilis_sim
from mazhilis_sim.errors import FileError, shorten
from mazhilis_sim.testing.axioms.definition import Drawn, Votes
from mazhilis_sim.testing.sandbox.answers import KINDS, UnfitError, read
from mazhilis_sim.testing.sandbox.asking import Mishap, Rows
from mazhilis_sim.testing.sandbox.clock import TIMES_AS_LONG
from mazhilis_sim.testing.sandbox.sources import check_place
from mazhilis_sim.writing import named

GRACE = 1.0
"""Seconds beyond all limits until a process that does not end a call by itself is ended."""
START_LIMIT = 120.0
"""Seconds until a new process begins to load the rule, whose time that is not."""
LOOK = 0.25
"""Seconds between two looks at whether a process that says nothing is still there."""
AT_ONCE = 256
"""So many questions are asked at once, if they are answered in no time."""
QUICK, SLOW = 0.05, 0.25
"""Seconds for all of them, below which twice as many are asked, and above which fewer."""
LONGEST_WORDS = 300
LONGEST_LINE = 1 << 24
"""Bytes of one answer; a longer one is no answer."""
ENDED = "ended"
"""The kind of mishap after which there is no process any more."""


class RuleProcess(AbstractContextManager["RuleProcess"]):
    """A rule of a module or a file, by name, in a process of its own.

    Parameters
    ----------
    word : str
        Such as ``"my_rule.py:function"``.
    load_limit : float
        Seconds in which it has to be loaded.

    Attributes
    ----------
    files : list of str
        The files of all modules that it loaded.
    """

    ahead = True

    def __init__(self, word: str, load_limit: float) -> None:
        check_place(word)
        self.word, self.load_limit, self.limit = word, load_limit, load_limit
        self.deadline = float("inf")
        self.number, self.at_once = 0, 1
        self.start()

    def __exit__(self, *_: object) -> None:
        self.end()

    # -- its life ------------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Start the process and let it load the rule."""
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "mazhilis_sim.testing.sandbox.worker", self.word],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": search_path()},
            start_new_session=True,  # an interrupt of the user's is not the rule's, and what it forks can be ended with it
        )
        self.asked = cast("IO[bytes]", self.process.stdin)  # a pipe was wanted
        self.alive, self.lines = True, queue.SimpleQueue[bytes]()
        threading.Thread(target=read_lines, args=(self.process.stdout, self.lines), daemon=True).start()
        started = self.heard(time.monotonic() + START_LIMIT)
        said = started if isinstance(started, Mishap) else self.heard(time.monotonic() + self.load_limit)
        place = self.word.rpartition(":")[0]
        if isinstance(said, Mishap) and said.kind == "hung":
            slow, remedy = f"{named(place)} is not loaded after {self.load_limit:g} seconds", "raise --time-limit, or look what it does"
            raise FileError(slow, field=place, must="be loaded within the time", remedy=remedy)
        if isinstance(said, Mishap) or "failed" in said:
            self.end()
            words = f"it {said.words}" if isinstance(said, Mishap) else said["failed"]
            raise FileError(f"{named(place)} cannot be loaded: {words}", field=place, must="be Python")
        if "refused" in said:
            self.end()
            raise FileError(**said["refused"])
        self.__name__, self.files, self.has_many = str(said["name"]), list(said["files"]), bool(said["many"])

    def end(self) -> str:
        """End the process and all that it forked; say how it had ended by itself, if it had."""
        self.alive = False
        with contextlib.suppress(OSError):
            self.asked.close()
        words = how_it_ended(self.process)
        if hasattr(os, "killpg"):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()
        self.process.wait()
        return words

    # -- questions -----------------------------------------------------------------------------------------------------

    def one(self, votes: Votes, seats: int) -> Votes | Mishap:
        """Put one election to the rule."""
        return next(self.several([(votes, seats)]))

    def several(self, questions: Sequence[Drawn]) -> Iterator[Votes | Mishap]:
        """Put elections to the rule, as many at once as it answers in no time."""
        first = 0
        while first < len(questions):
            some = questions[first : first + self.at_once]
            yield from self.together(some) if len(some) > 1 else [self.alone(*some[0])]
            first += len(some)

    def together(self, questions: Sequence[Drawn]) -> Iterator[Votes | Mishap]:
        """Put elections to the rule at once; where the process ends over it, one by one."""
        began = time.monotonic()
        said = self.reply({"ask": questions})
        if isinstance(said, Mishap):
            self.at_once = 1
            yield from self.one_by_one(questions, said)
            return
        passed, n = time.monotonic() - began, len(questions)
        self.at_once = min(2 * self.at_once, AT_ONCE) if passed < QUICK else max(1, n // 4) if passed > SLOW else self.at_once
        for (votes, seats), found in zip(questions, said["answers"], strict=True):
            yield seats_in(found, votes, seats)

    def one_by_one(self, questions: Sequence[Drawn], ended: Mishap) -> Iterator[Votes | Mishap]:
        """Look over which election the process ended; where it now ends over none, the first of them stands for all."""
        found = []
        for votes, seats in questions:
            found.append(self.alone(votes, seats))
            if not self.alive:
                break
        yield from found if not self.alive else [ended, *found[1:]]
        yield from () if len(found) == len(questions) else self.several(questions[len(found) :])

    def alone(self, votes: Votes, seats: int) -> Votes | Mishap:
        """Put one election to the rule, and wait as long as one may take."""
        began = time.monotonic()
        said = self.reply({"ask": [(votes, seats)]})
        if time.monotonic() - began < QUICK and self.alive:
            self.at_once = max(2, self.at_once)
        return said if isinstance(said, Mishap) else seats_in(said["answers"][0], votes, seats)

    def many(self, elections: Sequence[Votes], seats: int) -> list[Votes] | Mishap | Rows:
        """Put elections of k parties to the rule's own method for many."""
        said = self.reply({"many": elections, "seats": seats})
        if isinstance(said, Mishap):
            return said
        found = said["answers"][0]
        if "kind" in found:
            return mishap_in(found)
        with contextlib.suppress(UnfitError, KeyError, TypeError, ValueError):
            return [read(row, votes, seats) for votes, row in zip(elections, found["seats"], strict=True)]
        return Rows(tuple(map(str, found.get("errors", ()))), tuple(row for row in found.get("rows", ()) if type(row) is int))

    def reply(self, question: dict[str, Any]) -> dict[str, Any] | Mishap:
        """Ask and wait for as many answers as there are questions."""
        n = len(question.get("ask", (1,)))
        said = self.send(question) or self.answer()
        if isinstance(said, Mishap):
            return said
        found = said.get("answers")
        if isinstance(found, list) and len(found) == n and all(isinstance(each, dict) for each in found):
            return said
        return self.garbled()

    def send(self, question: dict[str, Any]) -> Mishap | None:
        """Ask, of a new process where the last has ended; return a mishap where that is none."""
        self.number += 1
        try:
            if not self.alive:
                self.start()
            line = json.dumps({"number": self.number, "limit": self.limit, **question}).encode() + b"\n"
            self.asked.write(line)
            self.asked.flush()
        except FileError as error:
            return Mishap(ENDED, f"cannot be loaded once more: {error}")
        except OSError:
            return Mishap(ENDED, self.end())
        return None

    def answer(self) -> dict[str, Any] | Mishap:
        """Return the answer to the last question; those to earlier ones, which nobody waited for, are passed over."""
        most = time.monotonic() + TIMES_AS_LONG * self.limit
        until = min(most, max(self.deadline, time.monotonic() + self.limit)) + GRACE
        while True:
            said = self.heard(until)
            if isinstance(said, Mishap) or said.get("number") == self.number:
                return said

    def heard(self, until: float) -> dict[str, Any] | Mishap:
        """Wait for a line; where none comes in time, or never, end the process."""
        gone = False
        while True:
            try:
                return self.understood(self.lines.get(timeout=min(LOOK, max(0.0, until - time.monotonic()))))
            except queue.Empty:
                if time.monotonic() > until:
                    self.end()
                    return Mishap("hung", "does not return within the time limit")
                if gone:  # what it forked may hold the pipe open, so that its end is not read
                    return Mishap(ENDED, self.end())
                gone = self.process.poll() is not None  # what it wrote last is read within another look

    def understood(self, line: bytes) -> dict[str, Any] | Mishap:
        """Read a line; what is none ends the process: it no longer says what the rule answers."""
        if not line:
            return Mishap(ENDED, self.end())
        try:
            said = json.loads(line)
        except (ValueError, RecursionError):
            said = None
        if isinstance(said, dict):
            return said
        return self.garbled()

    def garbled(self) -> Mishap:
        """End a process that no longer says what the rule answers."""
        self.end()
        return Mishap(ENDED, "writes into the pipe by which it is asked")


def search_path() -> str:
    """Return the folders of modules of the new process: those that this one was told, then that of this library."""
    here = str(Path(mazhilis_sim.__file__).resolve().parents[1])
    return os.pathsep.join(filter(None, (os.environ.get("PYTHONPATH", ""), here)))


def read_lines(stream: IO[bytes], lines: queue.SimpleQueue[bytes]) -> None:
    """Hand on what a process writes, line by line, and an empty one at its end."""
    with stream:
        while (line := stream.readline(LONGEST_LINE)).endswith(b"\n"):
            lines.put(line)
    lines.put(line and b"cut")


def how_it_ended(process: subprocess.Popen[bytes]) -> str:
    """Say how a process ended by itself."""
    try:
        status = process.wait(LOOK)
    except subprocess.TimeoutExpired:
        return "closes the pipe by which it is asked"
    if status >= 0:
        return f"ends its process with status {status}"
    known = {number.value: number.name for number in signal.Signals}
    return f"ends its process by {known.get(-status, f'signal {-status}')}"


def mishap_in(said: dict[str, Any]) -> Mishap:
    """Read what a rule did instead."""
    errors = said.get("errors", ())
    kind = said["kind"] if said["kind"] in KINDS else ENDED
    return Mishap(kind, shorten(str(said.get("words", "")), LONGEST_WORDS), tuple(map(str, errors if isinstance(errors, list) else ())))


def seats_in(said: dict[str, Any], votes: Votes, seats: int) -> Votes | Mishap:
    """Read an answer, once more: the process that checked it is the rule's."""
    if "kind" in said:
        return mishap_in(said)
    try:
        return read(said.get("seats"), votes, seats)
    except UnfitError as unfit:
        return Mishap(unfit.kind, str(unfit))
