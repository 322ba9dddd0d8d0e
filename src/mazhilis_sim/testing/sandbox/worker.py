"""The process in which a stranger's rule runs: it loads the rule, then answers a line of JSON with lines of JSON.

What the rule prints goes nowhere, what it changes stays here: folder, signals, recursion limit, threads and forked children end with
this process, and `mazhilis_sim.testing.sandbox.process` ends that.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from typing import IO, Any

from mazhilis_sim.errors import FileError, said_by
from mazhilis_sim.testing.sandbox.asking import Here, Mishap, Rows, RuleFunction, raised
from mazhilis_sim.testing.sandbox.clock import clock
from mazhilis_sim.testing.sandbox.sources import loaded_files, rule_at

FIRST_LIMIT = 3600.0
"""Seconds until a question says another limit."""


def loaded(word: str) -> tuple[RuleFunction | None, dict[str, Any]]:
    """Load the rule, and return it with what the other process is told."""
    try:
        rule = rule_at(word)
        name = str(getattr(rule, "__name__", type(rule).__name__))
        return rule, {"name": name, "files": loaded_files(), "many": hasattr(rule, "many")}
    except FileError as error:
        parts = {part: str(getattr(error, part)) for part in ("problem", "field", "must", "remedy", "shown")}
        return None, {"refused": parts}
    except BaseException as error:  # whatever a stranger's module throws, SystemExit included
        return None, {"failed": said_by(error)}


def answers(lines: Iterable[bytes], asked: Here) -> Iterator[dict[str, Any]]:
    """Answer each line: all its questions at once."""
    for line in lines:
        said = json.loads(line)
        asked.limit = said["limit"]
        yield {"number": said["number"], "answers": list(answered(said, asked))}


def answered(said: dict[str, Any], asked: Here) -> Iterator[dict[str, Any]]:
    """Answer the questions of one line; a forked twin of this process answers nothing, and a rule's recursion limit is its own."""
    process, depth = os.getpid(), sys.getrecursionlimit()
    many = [(asked.many, said["many"], said["seats"])] if "many" in said else []
    for ask, votes, seats in (*many, *((asked.one, *question) for question in said.get("ask", ()))):
        found = patiently(ask, votes, seats)
        sys.setrecursionlimit(depth)
        if os.getpid() != process:
            os._exit(0)
        yield written(found)


def patiently(ask: Any, votes: list[Any], seats: int) -> Any:
    """Ask; an interrupt is the rule's own, since nobody can send this process one."""
    try:
        return ask(tuple(votes), seats)
    except KeyboardInterrupt as error:
        return raised(error)


def written(found: Any) -> dict[str, Any]:
    """Return an answer as JSON holds it."""
    if isinstance(found, Mishap):
        return {"kind": found.kind, "words": found.words, "errors": found.errors}
    if isinstance(found, Rows):
        return {"errors": found.errors, "rows": found.rows}
    return {"seats": found}


def serve(word: str, lines: Iterable[bytes], out: IO[bytes]) -> None:
    """Load a rule and answer until nothing more is asked."""
    tell(out, {"ready": True})
    rule, said = loaded(word)
    tell(out, said)
    if rule is not None:
        with clock(FIRST_LIMIT) as limited:
            for found in answers(lines, Here(rule, limited)):
                tell(out, found)


def tell(out: IO[bytes], said: dict[str, Any]) -> None:
    """Write one line."""
    out.write(json.dumps(said).encode() + b"\n")
    out.flush()


def main() -> None:
    """Take standard input and output for the questions, and leave the rule none."""
    lines, out = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nowhere, stream)
    serve(sys.argv[1], lines, out)
    os._exit(0)  # a thread that the rule left behind would keep this process


if __name__ == "__main__":
    main()
