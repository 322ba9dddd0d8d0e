"""Two versions of this library that take turns, each in a process of its own.

    PYTHONPATH=src python benchmarks/turns.py     # reads lines like "lists 1000000", answers each with seconds of processor time

Public functions alone are used, so that one program drives every version.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
import warnings

import mazhilis_sim as ms

WARM = 1_000


def questions():
    """Return the law of each question that can be asked; the polls are those of 2023."""
    return {"lists": ms.law(2023, district_seats=0), "chambers": ms.law(2023)}


def serve():
    """Answer requests until there are no more."""
    warnings.simplefilter("ignore")
    laws, polls = questions(), ms.load_polls(2023)
    same = {"model": "2025"} if "2025" in getattr(ms.models, "PRESETS", ()) else {}  # versions before presets know no other
    for line in sys.stdin:
        name, draws = line.split()
        began = time.process_time()
        ms.simulate(laws[name], polls, n_draws=int(draws), seed=1, threads=1, **same)
        print(time.process_time() - began, flush=True)


class Version:
    """A version of the library in a process that waits for requests; ``source`` is the folder that holds its package."""

    def __init__(self, source):
        self.cache = tempfile.TemporaryDirectory()
        environment = {**os.environ, "PYTHONPATH": str(source), "NUMBA_CACHE_DIR": self.cache.name}
        pipes = dict(stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.process = subprocess.Popen([sys.executable, __file__], env=environment, **pipes)

    def seconds(self, name, draws):
        """Return the processor time of so many draws."""
        self.process.stdin.write(f"{name} {draws}\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline())

    def __enter__(self):
        for name in questions():
            self.seconds(name, WARM)  # compiles
        return self

    def __exit__(self, *_):
        self.process.communicate()
        self.cache.cleanup()


def before_over_now(before, now, draws, rounds):
    """Median of the time of the version before over that of this one, for each question, with its number of draws, and of both times."""
    found = {}
    with Version(before) as old, Version(now) as new:
        for name, n in draws.items():
            pairs = [in_turn(old, new, name, n, number % 2) for number in range(rounds)]
            found[name] = statistics.median(a / b for a, b in pairs)
            found[f"{name} before"], found[f"{name} now"] = (statistics.median(times) / n * 1e9 for times in zip(*pairs, strict=True))
    return found


def in_turn(old, new, name, draws, swapped):
    """Seconds of the old version and of the new one, which goes first in every second round."""
    if swapped:
        second = new.seconds(name, draws)
        return old.seconds(name, draws), second
    return old.seconds(name, draws), new.seconds(name, draws)


if __name__ == "__main__":
    serve()
