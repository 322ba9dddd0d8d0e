"""What is measured of whole processes: starts, memory, threads, and the way out of a long run. Seconds of wall clock."""

import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import mazhilis_sim as ms
from contenders import quiet_polls

NOW = Path(ms.__file__).parents[1]
"""The folder that holds the package under test."""
FORECAST = [sys.executable, "-m", "mazhilis_sim", "forecast", "2023"]
LONG_ENOUGH = 20_000_000
"""Draws that two threads share: some tenths of a second."""


def two_threads(rounds):
    """Median of the time of one thread over that of two, pair by pair."""
    polls, law, ratios = quiet_polls(), ms.law(2023, district_seats=0), []
    for _ in range(rounds):
        seconds = []
        for threads in (1, 2):
            began = time.perf_counter()
            ms.simulate(law, polls, model="2025", n_draws=LONG_ENOUGH, seed=1, threads=threads)
            seconds.append(time.perf_counter() - began)
        ratios.append(seconds[0] / seconds[1])
    return statistics.median(ratios)


def wall(command, **environment):
    """Seconds of a whole process, its bytecode kept as that of an installed package is."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    began = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env={**kept, **environment})
    return time.perf_counter() - began


def imports(rounds):
    """Median seconds of a process that imports something and ends."""
    names = ("numpy", "numba", "mazhilis_sim")
    return {
        f"`import {name}`": statistics.median(wall([sys.executable, "-c", f"import {name}"]) for _ in range(rounds + 1)) for name in names
    }


def first_start(source):
    """Seconds of a forecast with an empty cache."""
    with tempfile.TemporaryDirectory() as cache:
        return wall(FORECAST, PYTHONPATH=str(source), NUMBA_CACHE_DIR=cache)


def starts(sources, rounds):
    """Seconds of first and second starts of versions of the library, {kind: {version: [seconds]}}; they take turns."""
    found = {"first": {name: [] for name in sources}, "second": {name: [] for name in sources}}
    with tempfile.TemporaryDirectory() as folder:
        kept = {name: dict(PYTHONPATH=str(source), NUMBA_CACHE_DIR=f"{folder}/{name}") for name, source in sources.items()}
        for environment in kept.values():
            wall(FORECAST, **environment)  # fills the cache, and that of bytecode
        for _ in range(rounds):
            for name, source in sources.items():
                found["first"][name].append(first_start(source))
        for _ in range(3 * rounds):
            for name, environment in kept.items():
                found["second"][name].append(wall(FORECAST, **environment))
    return found


LONG_RUN = """
import sys, time, warnings
warnings.simplefilter("ignore")
import mazhilis_sim as ms
law = ms.law(2023) if sys.argv[2] == "chamber" else ms.law(2023, district_seats=0)
began = time.perf_counter()
ms.simulate(law, ms.load_polls(2023), model="2025", n_draws=int(float(sys.argv[1])), seed=1)
print(time.perf_counter() - began)
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""
"""Its peak is read from the system's account of this process: that of `getrusage` begins with the memory of the process that started it."""


def long_run(draws, tier="list"):
    """Seconds and peak MiB of one run in a process of its own."""
    done = subprocess.run([sys.executable, "-c", LONG_RUN, str(draws), tier], check=True, capture_output=True, text=True)
    seconds, kibibytes = map(float, done.stdout.split())
    return seconds, kibibytes / 1024


ENDLESS = """
import signal, warnings
signal.signal(signal.SIGINT, signal.default_int_handler)  # what runs in the background inherits that it is ignored
warnings.simplefilter("ignore")
import mazhilis_sim as ms
try:
    ms.simulate(ms.law(2023), ms.load_polls(2023), n_draws=10**13, seed=1, progress=lambda done, of: done and print(done, flush=True))
except KeyboardInterrupt:
    print("stopped")
"""


def interrupted(rounds):
    """Median seconds from Ctrl-C, while all processors simulate, to the end of the process."""
    seconds = []
    for _ in range(rounds):
        with subprocess.Popen([sys.executable, "-c", ENDLESS], stdout=subprocess.PIPE, text=True) as process:
            process.stdout.readline()  # it is under way
            began = time.perf_counter()
            process.send_signal(signal.SIGINT)
            assert process.stdout.read().endswith("stopped\n")
            seconds.append(time.perf_counter() - began)
    return statistics.median(seconds)
