"""Questions beside single counts of the same election and imports of the package: ratios of processor time in one run.

    PYTHONPATH=src python benchmarks/questions.py

In each round a question takes its turn beside many counts, or an import; a ratio is the median of those of single rounds. Exits with 1
where one is above its bound.
"""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import time

import mazhilis_sim as ms

PARTIES, SIZES, MEMBERS = 40, 1_000, 24
ROUNDS, COUNTS = 9, 40
"""Rounds, and single counts in each."""
BOUNDS = {"seat_margins of 40 parties, in counts": 200, "sweep of 1,000 sizes, in counts": 1_000, "power of 24 parties, in imports": 20}


def seconds(work, times=1):
    """Return the mean processor time of a piece of work."""
    began = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - began) / times


def ratio(question, beside):
    """Return how long a question takes, in times of something else, which is given as its seconds."""
    question(), beside()
    return statistics.median(seconds(question) / beside() for _ in range(ROUNDS))


def of_an_import():
    """Return the time that a new process needs to import the package."""
    code = "import time; t = time.process_time(); import mazhilis_sim; print(time.process_time() - t)"
    return float(subprocess.check_output([sys.executable, "-c", code]))


def ratios():
    """Return each ratio by its name."""
    source, law, election = random.Random(1), ms.law("2023"), ms.load_election(2023)
    votes = {f"p{number}": source.randrange(10**5, 10**6) for number in range(PARTIES)}
    many, sizes = law.replace(threshold=0), range(1, SIZES + 1)
    seats = {f"p{number}": source.randint(1, 12) for number in range(MEMBERS)}
    found = (
        ratio(lambda: ms.seat_margins(many, votes), lambda: seconds(lambda: ms.allocate(many, votes), COUNTS)),
        ratio(lambda: ms.sweep(law, election, "list_seats", sizes), lambda: seconds(lambda: ms.allocate(law, election.votes), COUNTS)),
        ratio(lambda: ms.power(seats), of_an_import),
    )
    return dict(zip(BOUNDS, found, strict=True))


if __name__ == "__main__":
    measured = ratios()
    for name, ratio in measured.items():
        print(f"{name:40} {ratio:8.1f}, at most {BOUNDS[name]:,}")
    sys.exit(any(ratio > BOUNDS[name] for name, ratio in measured.items()))
