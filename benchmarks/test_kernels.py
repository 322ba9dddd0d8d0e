"""The kernels one by one, for ``pytest benchmarks --benchmark-enable``; figures to compare, never to assert."""

import warnings

import numpy as np
import pytest

import mazhilis_sim as ms
from mazhilis_sim.kernels import compiled
from mazhilis_sim.kernels.cpu import random_lanes
from mazhilis_sim.kernels.cpu.tally import histograms
from mazhilis_sim.kernels.steps import random_words
from mazhilis_sim.simulation.drawing.draws import Drawing
from mazhilis_sim.simulation.drawing.packing import pack
from mazhilis_sim.simulation.question import ask

DRAWS = 65_536
AMANAT = 5
"""Its place on the ballot of 2023, in the order of registration."""
EQUAL = 0.002
"""More of the normals than this, of some ten thousand, are not equal to another by chance."""


def packed(law, model="total"):
    """The polls of 2023 under a law, packed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ms.PollWarning)
        polls = ms.load_polls(2023)
    return pack(ask(law, polls, model), 1)


def check_tallies(counts, seats, largest):
    """Refuse tallies (parties, seats + 1) of which a round is missing, or a seat, or whose columns are swapped.

    Every party is counted once in each draw of every round, every draw fills the chamber, and the party for which the polls
    say most has most seats.
    """
    draws = counts[0].sum()
    assert draws >= DRAWS
    assert draws % DRAWS == 0
    assert (counts.sum(axis=1) == draws).all()
    held = counts @ np.arange(counts.shape[1])
    assert held.sum() == seats * draws
    assert held.argmax() == largest


def check_normals(z):
    """Refuse what is not standard normal to five standard errors, or repeats itself; a few floats of 32 bits are equal by chance."""
    z = z.astype(np.float64)
    assert len(np.unique(z)) > (1 - EQUAL) * z.size
    assert abs(z.mean()) < 5 / np.sqrt(z.size)
    assert abs(z.var() - 1) < 5 * np.sqrt(2 / z.size)
    assert (abs(np.corrcoef(z) - np.eye(len(z))) < 5 / np.sqrt(z.shape[1])).all()


@pytest.mark.parametrize("model", ["total", "2025", "margin", "multinomial", "dirichlet"])
def test_list_elections(benchmark, model):
    question = packed(ms.law(2023, district_seats=0), model)
    drawing = Drawing(question)
    benchmark(drawing.run, 0, DRAWS)
    check_tallies(histograms(drawing.tables(DRAWS)).lists, 69, AMANAT)


def test_whole_chambers(benchmark):
    question = packed(ms.law(2023))
    drawing = Drawing(question)
    benchmark(drawing.run, 0, DRAWS)
    tallies = histograms(drawing.tables(DRAWS))
    check_tallies(tallies.totals, 98, AMANAT)
    check_tallies(tallies.districts, 29, AMANAT)


def test_normals(benchmark):
    draws, mixing, raw = np.arange(256, dtype=np.uint64), np.zeros((4, 256), np.uint64), np.zeros((4, 256), np.uint32)
    z = np.zeros((64, 256), np.float32)
    benchmark(compiled(random_lanes.fill_normals), np.uint64(1), draws, random_words.LISTS, mixing, raw, z)
    check_normals(z)


def test_allocate_many(benchmark):
    votes = np.random.default_rng(1).integers(200_000, 4_000_000, (DRAWS, 7))
    seats = benchmark(ms.allocate_many, ms.law(2023), votes)
    assert (seats.sum(axis=1) == 69).all()
    assert seats[0].tolist() == list(ms.exact.allocate(ms.law(2023), dict(zip("abcdefg", votes[0].tolist(), strict=True))).seats.values())


def test_allocate(benchmark):
    votes = dict(zip("abcdefg", (3431510, 693938, 547154, 535139, 432920, 331058, 146431), strict=True))
    assert benchmark(ms.allocate, ms.law(2023), votes, against_all=248_291).seats["a"] == 40
