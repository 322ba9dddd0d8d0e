"""Questions beside single counts of the same election and imports of the package: ratios in one run, each of processor time.

    PYTHONPATH=src python benchmarks/questions.py

Exits with 1 where a ratio is above its bound.
"""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import time

import mazhilis_sim as ms

PARTIES, SIZES, MEMBERS = 40, 1_000, 24
BOUNDS = {"seat_margins of 40 parties, in counts": 200, "sweep of 1,000 sizes, in counts": 1_000, "power of 24 parties, in imports": 20}


def seconds(work, rounds=5):
    """Return the median processor time of a piece of work."""
    work()
    times = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return statistics.median(times)


def of_an_import(rounds=5):
    """Return the median time that a new process needs to import the package."""
    code = "import time; t = time.process_time(); import mazhilis_sim; print(time.process_time() - t)"
    return statistics.median(float(subprocess.check_output([sys.executable, "-c", code])) for _ in range(rounds))


def ratios():
    """Return each ratio by its name."""
    source, law, election = random.Random(1), ms.law("2023"), ms.load_election(2023)
    votes = {f"p{number}": source.randrange(10**5, 10**6) for number in range(PARTIES)}
    many = law.replace(threshold=0)
    seats = {f"p{number}": source.randint(1, 12) for number in range(MEMBERS)}
    found = (
        seconds(lambda: ms.seat_margins(many, votes)) / seconds(lambda: ms.allocate(many, votes)),
        seconds(lambda: ms.sweep(law, election, "list_seats", range(1, SIZES + 1))) / seconds(lambda: ms.allocate(law, election.votes)),
        seconds(lambda: ms.power(seats)) / of_an_import(),
    )
    return dict(zip(BOUNDS, found, strict=True))


if __name__ == "__main__":
    measured = ratios()
    for name, ratio in measured.items():
        print(f"{name:40} {ratio:8.1f}, at most {BOUNDS[name]:,}")
    sys.exit(any(ratio > BOUNDS[name] for name, ratio in measured.items()))
