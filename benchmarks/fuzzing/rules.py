"""Rules that do what no rule should, each verified in a process of its own; nothing of it may reach the verifier."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from mazhilis_sim.testing import Report, verify

SMALL: dict[str, Any] = {"axioms": ["exact_sum", "quota"], "exhaustive": (2, 4, 3), "max_examples": 20, "call_limit": 0.5}
HEAD = """\
import ctypes, json, os, signal, sys, threading, time


def good(votes, seats):
    total = sum(votes)
    won = [each * seats // total for each in votes]
    order = sorted(range(len(votes)), key=lambda party: (-(votes[party] * seats % total), party))
    for party in order[: seats - sum(won)]:
        won[party] += 1
    return won
"""


class BadRule(NamedTuple):
    """What a rule does before it answers, how its verification must end, and what must be said of it."""

    does: str
    outcome: str
    said: str = ""
    time_limit: float = 20.0


ENDS = "ends its process"
HANGS = "does not return within the time limit"
RULES = {
    "leaves": BadRule("os._exit(0)", "broken", f"{ENDS} with status 0"),
    "leaves_later": BadRule("sum(votes) > 3 and os._exit(7)", "broken", f"{ENDS} with status 7"),
    "is_killed": BadRule("os.kill(os.getpid(), signal.SIGKILL)", "broken", f"{ENDS} by SIGKILL"),
    "aborts": BadRule("os.abort()", "broken", f"{ENDS} by SIGABRT"),
    "faults": BadRule("ctypes.string_at(0)", "broken", f"{ENDS} by SIGSEGV"),
    "exits": BadRule("sys.exit(0)", "broken", "raises SystemExit"),
    "interrupts": BadRule("raise KeyboardInterrupt", "broken", "raises KeyboardInterrupt"),
    "recurses": BadRule("sys.setrecursionlimit(50)", "satisfied"),
    "goes_away": BadRule("os.chdir('/')", "satisfied"),
    "floods": BadRule("os.write(1, b'x' * 99_999), os.write(2, b'y' * 99_999), print('z' * 999)", "satisfied"),
    "writes_into_everything": BadRule("[writes(each) for each in range(3, 9)]", "broken", "writes into the pipe"),
    "closes_everything": BadRule("os.closerange(0, 99)", "broken"),
    "answers_for_all": BadRule("setattr(json, 'dumps', lambda *_: '[]')", "broken", "writes into the pipe"),
    "forks": BadRule("os.fork() or time.sleep(600)", "satisfied"),
    "is_two": BadRule("sum(votes) == 2 and os.fork()", "satisfied"),
    "leaves_threads": BadRule("sum(votes) == 2 and threading.Thread(target=time.sleep, args=(600,)).start()", "satisfied"),
    "sleeps": BadRule("time.sleep(0.2)", "undecided", time_limit=1.0),
    "never_returns": BadRule("[time.sleep(600) for _ in range(9)]", "broken", HANGS, 1.0),
    "stops_the_clock": BadRule("signal.setitimer(signal.ITIMER_REAL, 0), time.sleep(600)", "broken", HANGS, 1.0),
    "catches_all": BadRule("hide()", "broken", HANGS, 1.0),
}
HELPERS = """\


def writes(number):
    try:
        os.write(number, b"x\\n")
    except OSError:
        pass


def hide():
    while True:
        try:
            time.sleep(600)
        except BaseException:
            pass
"""


def in_file(folder: Path) -> Path:
    """Write all of them into a file of Python."""
    place = folder / "bad_rules.py"
    bodies = (f"\n\ndef {name}(votes, seats):\n    {rule.does}\n    return good(votes, seats)\n" for name, rule in RULES.items())
    place.write_text(HEAD + HELPERS + "".join(bodies), encoding="utf-8")
    return place


def surroundings() -> tuple[object, ...]:
    """Return what a rule must not change here; threads that read what a process said end with it, soon."""
    strangers = [thread for thread in threading.enumerate() if not thread.daemon]
    return os.getcwd(), sys.getrecursionlimit(), len(strangers), os.environ.copy()


def findings(place: Path, name: str) -> Iterator[str]:
    """Yield what goes wrong when one of them is verified."""
    before, rule = surroundings(), RULES[name]
    try:
        report: Report = verify(f"{place}:{name}", time_limit=rule.time_limit, **SMALL)
    except BaseException as error:
        yield f"{name} raises {type(error).__name__}: {error}"
        return
    words = " ".join(map(str, report.misbehaviours))
    if report.outcome != rule.outcome or rule.said not in words:
        yield f"{name} is {report.outcome}, not {rule.outcome}: {words or 'nothing is said'}"
    if surroundings() != before:
        yield f"{name} changes {before} to {surroundings()}"
