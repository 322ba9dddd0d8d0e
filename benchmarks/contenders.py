"""The programs that take turns in `table.py`: this library end to end, its random numbers alone, and its rivals."""

import statistics
import time
import warnings
from importlib.util import find_spec

import numpy as np

import mazhilis_sim as ms
from mazhilis_sim.kernels import compiled
from mazhilis_sim.kernels.borrowing import lent
from mazhilis_sim.kernels.cpu import random_lanes
from mazhilis_sim.kernels.cpu.block import LANES
from mazhilis_sim.kernels.steps.random_words import DISTRICTS, LISTS, POOLED
from mazhilis_sim.simulation.drawing.draws import Drawing
from mazhilis_sim.simulation.drawing.packing import pack
from mazhilis_sim.simulation.question import ask
from rivals import JaxElections, NumpyCount, NumpyElections, apportionment_count, votelib_count

VOTES_2023 = [3431510, 693938, 547154, 535139, 432920, 331058, 146431]
ELECTIONS = 10_000_000
RIVALS = 65_536  # elections that a rival simulates at a time
GIVEN = 262_144  # elections whose votes are given
CHUNK = 8_192
NORMAL = "2025"
"""The model that the rivals and the first program draw, with normal tails and without drift."""


SIDE_BY_SIDE = ("NumPy", "list", "JAX", "random words of a list election", "chamber", "random numbers of a chamber")
"""Programs whose times are divided by each other take turns without others between them, since the pace of a machine changes in seconds."""


def quiet_polls():
    """The polls of 2023 without what they say of themselves."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ms.PollWarning)
        return ms.load_polls(2023)


def packed(law, centre):
    """A question under the model ``total`` with normal tails, which the rivals have, packed for the kernels."""
    return pack(ask(law, centre, NORMAL), 1)


def whole_elections(question, draws):
    """Simulate and count, on this thread, without what stands around it."""
    drawing = Drawing(question)
    return lambda: drawing.run(0, draws)


def simulated(law, centre, draws, model=NORMAL):
    """Simulate as a user does, on one thread."""
    return lambda: ms.simulate(law, centre, model=model, n_draws=draws, seed=1, threads=1)


@compiled
def draw_words(n, seed, draws, blocks, mixing, raw):
    """Draw the words of an election's normals and nothing else."""
    for _ in range(n // draws.shape[0]):
        for block in range(blocks):
            random_lanes.fill_words(seed, draws, LISTS, block, mixing, 0, raw)


@compiled
def draw_chamber(n, seed, draws, mixing, raw, z, district_z, words):
    """Draw a chamber's normals and the words of its districts, and nothing else."""
    for _ in range(n // draws.shape[0]):
        random_lanes.fill_normals(seed, draws, LISTS, mixing, raw, z)
        random_lanes.fill_normals(seed, draws, DISTRICTS, mixing, raw, district_z)
        random_lanes.fill_blocks(seed, draws, POOLED, mixing, words)


def own_words(law, centre):
    """The cost of a list election's random words alone, by the same generator."""
    ballots, seed = packed(law, centre).room(LANES).ballots.given, np.uint64(1)
    blocks = len(ballots.z) // 4
    return lambda: draw_words(ELECTIONS, seed, ballots.draws, blocks, ballots.mixing, ballots.raw)


def own_numbers(law, centre):
    """The cost of a chamber's random numbers alone."""
    (ballots, _, races), seed = map(lent, packed(law, centre).room(LANES)), np.uint64(1)
    return lambda: draw_chamber(ELECTIONS, seed, ballots.draws, ballots.mixing, ballots.raw, ballots.z, races.z, races.words)


def forty_parties():
    """Forty parties: eight around and above the threshold, the others far below."""
    raw = [0.25, 0.12, 0.08, 0.07, 0.06, 0.055, 0.05, 0.045] + [0.01] * 32
    return ms.Poll({f"p{i}": x / sum(raw) for i, x in enumerate(raw)}, sample_size=1_600)


def simulations(lists, whole):
    """Whole simulations by this library, and their random numbers, each with how many elections one call makes."""
    polls = quiet_polls()
    return {
        "list": (simulated(lists, polls, ELECTIONS), ELECTIONS),
        "list, with the default's heavier tails": (simulated(lists, polls, ELECTIONS, "total"), ELECTIONS),
        "chamber": (simulated(whole, polls, ELECTIONS), ELECTIONS),
        "forty parties": (simulated(lists, forty_parties(), ELECTIONS), ELECTIONS),
        "random words of a list election": (own_words(lists, polls), ELECTIONS),
        "random numbers of a chamber": (own_numbers(whole, polls), ELECTIONS),
    }


def rivals(lists):
    """What others make of it; JAX where it is installed."""
    shares = packed(lists, quiet_polls()).shares
    numpy, hamilton, least = NumpyElections(lists, shares, 7, chunk=CHUNK), apportionment_count(VOTES_2023), votelib_count(VOTES_2023)
    found = {"NumPy": (lambda: numpy(RIVALS), RIVALS)}
    if find_spec("jax"):
        jax = JaxElections(lists, shares, 7)
        same_elections(numpy, jax)
        found["JAX"] = (lambda: jax(RIVALS), RIVALS)
    return found | {
        "`apportionment`, votes given": (lambda: [hamilton() for _ in range(40)], 40),
        "`votelib`, votes given": (lambda: [least() for _ in range(15)], 15),
    }


def same_elections(first, second, n=1_048_576):
    """Refuse two programs whose mean seats, or chances of entry, differ by more than five standard errors."""
    (a, in_a), (b, in_b) = first(n), second(n)
    seats = np.arange(a.shape[1])
    mean = a @ seats / n
    variance = a @ seats**2 / n - mean**2
    chance = in_a / n
    assert (abs(mean - b @ seats / n) <= 5 * np.sqrt(2 * variance / n)).all()
    assert (abs(chance - in_b / n) <= 5 * np.sqrt(2 * chance * (1 - chance) / n)).all()


def counts(lists):
    """Elections whose votes are given, a quarter of a million of them."""
    alpha = np.array([54, 11, 9, 8, 7, 5, 2, 4.0]) / 2
    drawn = (np.random.default_rng(1).dirichlet(alpha, GIVEN) * 6_366_441).astype(np.int64)
    votes, against = np.ascontiguousarray(drawn[:, :7]), np.ascontiguousarray(drawn[:, 7])
    columns, base = np.ascontiguousarray(votes.T), drawn.sum(axis=1)
    count = NumpyCount(lists, 7, CHUNK)

    def count_in_chunks():
        seats = np.empty((7, GIVEN), np.int64)
        for i in range(0, GIVEN, CHUNK):
            seats[:, i : i + CHUNK] = count(columns[:, i : i + CHUNK], base[i : i + CHUNK])[0]
        return seats

    assert (ms.allocate_many(lists, votes, against_all=against) == count_in_chunks().T).all()
    return {
        "`allocate_many`": (lambda: ms.allocate_many(lists, votes, against_all=against), GIVEN),
        "NumPy, votes given": (count_in_chunks, GIVEN),
    }


def calls(lists):
    """Single calls, with how many of them one program makes."""
    votes = {f"p{i}": v for i, v in enumerate(VOTES_2023)}
    poll = ms.Poll({party: v / sum(VOTES_2023) for party, v in votes.items()}, sample_size=1_600)
    few = simulated(lists, poll, 100)
    return {
        "`allocate`": (lambda: [ms.allocate(lists, votes) for _ in range(100)], 100),
        "`simulate`, 100 draws": (lambda: [few() for _ in range(20)], 20),
        "`simulate`, 10^4 draws": (simulated(lists, poll, 10_000), 1),
        "`simulate`, 10^5 draws": (simulated(lists, poll, 100_000), 1),
    }


def contenders():
    """Every program by its name, in two groups: those measured by the election, and those by the call."""
    lists, whole = ms.law(2023, district_seats=0), ms.law(2023)
    programs = {**simulations(lists, whole), **rivals(lists), **counts(lists)}
    return {name: programs[name] for name in (*SIDE_BY_SIDE, *programs) if name in programs}, calls(lists)


def measure(programs, rounds):
    """Nanoseconds of processor time per election, or per call, in each round; the programs take turns."""
    for program, _ in programs.values():
        program()
    times = {name: [] for name in programs}
    for _ in range(rounds):
        for name, (program, elections) in programs.items():
            began = time.process_time()
            program()
            times[name].append((time.process_time() - began) / elections * 1e9)
    return times


def over(times, first, second):
    """Median of the ratios of two programs, round by round."""
    return statistics.median(a / b for a, b in zip(times[first], times[second], strict=True))
