"""Measure the table of ratios in docs/performance.md, all of it in one run, and write that page.

    python benchmarks/table.py                    # a few minutes; prints the table and writes the page
    python benchmarks/table.py --draws 1e9        # with the long run that the page reports
    python benchmarks/table.py --dry              # prints, writes nothing

Needs ``pip install . --group bench``. Every figure is a median over rounds in which the programs take turns, in processor time
of the measuring thread, so that a busy neighbour disturbs all of them alike; ratios of wall-clock time are said to be so.
"""

import argparse
import datetime
import os
import platform
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from importlib.metadata import version
from pathlib import Path

import numpy as np

import mazhilis_sim as ms
from mazhilis_sim.kernels import compiled
from mazhilis_sim.kernels.cpu import normals
from mazhilis_sim.simulation.drawing.draws import Drawing
from mazhilis_sim.simulation.drawing.packing import pack
from mazhilis_sim.simulation.question import ask
from rivals import NumpyCount, NumpyElections, apportionment_count, votelib_count

PAGE = Path(__file__).parent.parent / "docs" / "performance.md"
VOTES_2023 = [3431510, 693938, 547154, 535139, 432920, 331058, 146431]
DRAWS = 65_536
GIVEN = 262_144  # elections whose votes are given


def packed(law, centre):
    """A question under the model ``total``, packed for the kernels."""
    return pack(ask(law, centre), 1)


def whole_elections(question):
    """Simulate and count, on this thread."""
    drawing = Drawing(question)
    return lambda: drawing.run(0, DRAWS)


@compiled
def draw_normals(n, seed, draws, raw, z):
    """Draw an election's normals and nothing else."""
    for _ in range(n // draws.shape[0]):
        normals.fill_normals(seed, draws, 0, raw, z)


@compiled
def draw_chamber(n, seed, draws, raw, z, district_z, district_u):
    """Draw a chamber's normals and uniforms and nothing else."""
    for _ in range(n // draws.shape[0]):
        normals.fill_normals(seed, draws, 0, raw, z)
        normals.fill_normals(seed, draws, 1, raw, district_z)
        normals.fill_uniforms(seed, draws, 2, raw, district_u)


def floor_of(question, chamber=False):
    """The cost of the random numbers alone, with the same generator."""
    (ballots, _, races), seed = question.room(), np.uint64(1)
    if chamber:
        return lambda: draw_chamber(DRAWS, seed, ballots.draws, ballots.raw, ballots.z, races.z, races.u)
    return lambda: draw_normals(DRAWS, seed, ballots.draws, ballots.raw, ballots.z)


def forty_parties():
    """Forty parties: eight around and above the threshold, the others far below."""
    raw = [0.25, 0.12, 0.08, 0.07, 0.06, 0.055, 0.05, 0.045] + [0.01] * 32
    return ms.Poll({f"p{i}": x / sum(raw) for i, x in enumerate(raw)}, sample_size=1_600)


def contenders():
    """Every program with how many elections one call makes."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        polls = ms.load_polls(2023)
    lists, whole = ms.law(2023, district_seats=0), ms.law(2023)
    question, chamber, forty = packed(lists, polls), packed(whole, polls), packed(lists, forty_parties())
    rival = NumpyElections(lists, question.shares, 7, chunk=8_192)
    alpha = np.array([54, 11, 9, 8, 7, 5, 2, 4.0]) / 2
    drawn = (np.random.default_rng(1).dirichlet(alpha, GIVEN) * 6_366_441).astype(np.int64)
    votes, against = np.ascontiguousarray(drawn[:, :7]), np.ascontiguousarray(drawn[:, 7])
    columns, base = np.ascontiguousarray(votes.T), drawn.sum(axis=1)
    count = NumpyCount(lists, 7, 8_192)
    generator, normals = np.random.Generator(np.random.SFC64(1)), np.empty((8, 8_192))
    hamilton, least = apportionment_count(VOTES_2023), votelib_count(VOTES_2023)

    def count_in_chunks():
        seats = np.empty((7, GIVEN), np.int64)
        for i in range(0, GIVEN, 8_192):
            seats[:, i : i + 8_192] = count(columns[:, i : i + 8_192], base[i : i + 8_192])[0]
        return seats

    assert (ms.allocate_many(lists, votes, against_all=against) == count_in_chunks().T).all()

    return {
        "list": (whole_elections(question), DRAWS),
        "chamber": (whole_elections(chamber), DRAWS),
        "forty": (whole_elections(forty), DRAWS),
        "floor": (floor_of(question), DRAWS),
        "chamber floor": (floor_of(chamber, chamber=True), DRAWS),
        "numpy normals": (lambda: generator.standard_normal(out=normals), 8_192),
        "numpy": (lambda: rival(16_384), 16_384),
        "apportionment": (lambda: [hamilton() for _ in range(40)], 40),
        "votelib": (lambda: [least() for _ in range(15)], 15),
        "allocate_many": (lambda: ms.allocate_many(lists, votes, against_all=against), GIVEN),
        "numpy count": (count_in_chunks, GIVEN),
    }


def measure(programs, rounds):
    """Median nanoseconds of processor time per election, the programs taking turns."""
    for program, _ in programs.values():
        program()
    times = {name: [] for name in programs}
    for _ in range(rounds):
        for name, (program, elections) in programs.items():
            began = time.thread_time()
            program()
            times[name].append((time.thread_time() - began) / elections * 1e9)
    return {name: statistics.median(values) for name, values in times.items()}


def two_threads(rounds=7):
    """Median of the wall-clock time of one thread over that of two, pair by pair."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        polls = ms.load_polls(2023)
    law, ratios = ms.law(2023, district_seats=0), []
    for _ in range(rounds):
        seconds = []
        for threads in (1, 2):
            began = time.perf_counter()
            ms.simulate(law, polls, n_draws=10_000_000, seed=1, threads=threads)
            seconds.append(time.perf_counter() - began)
        ratios.append(seconds[0] / seconds[1])
    return statistics.median(ratios)


def wall(command, rounds=7, **environment):
    """Median wall-clock seconds of a whole process, its bytecode kept as that of an installed package is."""
    seconds, kept = [], {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    for _ in range(rounds):
        began = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, env={**kept, **environment})
        seconds.append(time.perf_counter() - began)
    return statistics.median(seconds)


def start_up():
    """Seconds of imports and of the command line, first (with an empty cache) and second."""
    python = sys.executable
    forecast = [python, "-m", "mazhilis_sim", "forecast", "2023"]
    first = []
    for _ in range(3):
        with tempfile.TemporaryDirectory() as cache:
            first.append(wall(forecast, rounds=1, NUMBA_CACHE_DIR=cache))
    with tempfile.TemporaryDirectory() as cache:
        wall(forecast, rounds=1, NUMBA_CACHE_DIR=cache)
        second = wall(forecast, NUMBA_CACHE_DIR=cache)
    return {
        "import numpy": wall([python, "-c", "import numpy"]),
        "import numba": wall([python, "-c", "import numba"]),
        "import mazhilis_sim": wall([python, "-c", "import mazhilis_sim"]),
        "first forecast": statistics.median(first),
        "second forecast": second,
    }


LONG_RUN = """
import resource, sys, time, warnings
warnings.simplefilter("ignore")
import mazhilis_sim as ms
law = ms.law(2023) if sys.argv[2] == "chamber" else ms.law(2023, district_seats=0)
began = time.perf_counter()
ms.simulate(law, ms.load_polls(2023), n_draws=int(float(sys.argv[1])), seed=1)
print(time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def long_run(draws, tier="list"):
    """Seconds and peak MiB of one run in a process of its own."""
    done = subprocess.run([sys.executable, "-c", LONG_RUN, str(draws), tier], check=True, capture_output=True, text=True)
    seconds, mebibytes = map(float, done.stdout.split())
    return seconds, mebibytes


ENDLESS = """
import warnings
warnings.simplefilter("ignore")
import mazhilis_sim as ms
try:
    ms.simulate(ms.law(2023), ms.load_polls(2023), n_draws=10**13, seed=1, progress=lambda done, of: done and print(done, flush=True))
except KeyboardInterrupt:
    print("stopped")
"""


def interrupted(rounds=5):
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


def rows_of(ns, starts, threads, memory):
    """The table: measure, at least, aim, measured."""
    return [
        ("one thread over end-to-end NumPy of the same model", ">= 5", "9", ns["numpy"] / ns["list"]),
        ("whole simulated elections over `apportionment` counting alone", ">= 800", "1,800", ns["apportionment"] / ns["list"]),
        ("the same over `votelib`", ">= 1,800", "4,000", ns["votelib"] / ns["list"]),
        ("a simulated election over drawing its normals", "<= 4", "2", ns["list"] / ns["floor"]),
        ("the same over drawing them with NumPy (SFC64)", "", "", ns["list"] / ns["numpy normals"]),
        ("two threads over one (wall clock)", ">= 1.85", "1.95", threads),
        ("40 parties over 7 parties, cost per party", "<= 3", "1.5", ns["forty"] / 40 / (ns["list"] / 7)),
        ("full 2023 chamber over drawing its random numbers", "<= 2.5", "1.5", ns["chamber"] / ns["chamber floor"]),
        ("`allocate_many` over the best NumPy count", ">= 4", "8", ns["numpy count"] / ns["allocate_many"]),
        ("peak memory at the most draws over 10^6", "<= 1.2", "1.0", memory),
        ("`import mazhilis_sim` over `import numpy`", "<= 2", "1.3", starts["import mazhilis_sim"] / starts["import numpy"]),
        ("second `forecast 2023` over `import numba`", "<= 4", "2", starts["second forecast"] / starts["import numba"]),
        ("first `forecast 2023` over the second", "<= 8", "4", starts["first forecast"] / starts["second forecast"]),
    ]


def figure(value):
    """Three significant digits."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def processor():
    """Name of the processor, where the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())


def tables(args):
    """Measure everything and put it into Markdown."""
    ns = measure(contenders(), args.rounds)
    starts, threads, stopping = start_up(), two_threads(), interrupted()
    small, long, chamber = long_run(1e6), long_run(args.draws), long_run(args.draws / 10, "chamber")
    measured = rows_of(ns, starts, threads, long[1] / small[1])
    names = ("numpy", "numba", "llvmlite", "apportionment", "votelib")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    lines = [
        f"Measured on {datetime.date.today()}: {processor()}, {os.cpu_count()} processors, Python {platform.python_version()}, {versions}.",
        "",
        "| measure | at least | aim | measured |",
        "|---|---|---|---|",
        *(f"| {name} | {least} | {aim} | **{figure(value)}** |" for name, least, aim, value in measured),
        "",
        "| nanoseconds of processor time per election, one thread | |",
        "|---|---|",
        *(f"| {name} | {figure(value)} |" for name, value in ns.items()),
        "",
        "| seconds of wall clock, whole process | |",
        "|---|---|",
        *(f"| {name} | {value:.2f} |" for name, value in starts.items()),
        "",
        f"- {args.draws:,.0f} list elections on all processors: {long[0]:.1f} s, peak memory {long[1]:.0f} MiB (10^6: {small[1]:.0f} MiB).",
        f"- {args.draws / 10:,.0f} whole chambers on all processors: {chamber[0]:.1f} s, peak memory {chamber[1]:.0f} MiB.",
        f"- From Ctrl-C in such a run to the end of its process: {stopping:.2f} s.",
    ]
    return "\n".join(lines) + "\n"


def main():
    """Print the tables; put them between the marks of the page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--draws", type=float, default=1e8)
    parser.add_argument("--rounds", type=int, default=31)
    parser.add_argument("--dry", action="store_true")
    args = parser.parse_args()
    text = tables(args)
    print(text)
    if not args.dry:
        page = PAGE.read_text(encoding="utf-8")
        head, _, rest = page.partition("<!-- measured -->\n")
        _, _, tail = rest.partition("<!-- end -->\n")
        PAGE.write_text(f"{head}<!-- measured -->\n{text}<!-- end -->\n{tail}", encoding="utf-8")


if __name__ == "__main__":
    main()
