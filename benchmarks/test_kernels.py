"""The kernels one by one, for ``pytest benchmarks --benchmark-enable``; figures to compare, never to assert."""

import warnings

import numpy as np
import pytest

import mazhilis_sim as ms
from mazhilis_sim.kernels import compiled
from mazhilis_sim.kernels.cpu import normals
from mazhilis_sim.kernels.steps import random_words
from mazhilis_sim.simulation import packing as problem
from mazhilis_sim.simulation import simulate as montecarlo

DRAWS = 65_536


def packed(law, model="total"):
    """The polls of 2023 under a law, packed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ms.PollWarning)
        polls = ms.load_polls(2023)
    asked = montecarlo.ask(law, polls, model, None, None, (), None)
    return problem.pack(asked, problem.columns(asked), 1)


@pytest.mark.parametrize("model", ["total", "margin", "multinomial", "dirichlet"])
def test_list_elections(benchmark, model):
    question = packed(ms.law(2023, district_seats=0), model)
    room, tallies = question.room(), question.tallies()
    benchmark(question.run, 0, DRAWS, room, tallies)
    assert tallies.lists[:, 0].sum() % DRAWS == 0


def test_whole_chambers(benchmark):
    question = packed(ms.law(2023))
    room, tallies = question.room(), question.tallies()
    benchmark(question.run, 0, DRAWS, room, tallies)
    assert tallies.totals[:, 0].sum() % DRAWS == 0


def test_normals(benchmark):
    draws, raw, z = np.arange(256, dtype=np.uint64), np.zeros((4, 256), np.uint64), np.zeros((64, 256))
    benchmark(compiled(normals.fill_normals), np.uint64(1), draws, random_words.LISTS, raw, z)
    assert abs(z.mean()) < 0.1


def test_allocate_many(benchmark):
    votes = np.random.default_rng(1).integers(200_000, 4_000_000, (DRAWS, 7))
    seats = benchmark(ms.allocate_many, ms.law(2023), votes)
    assert (seats.sum(axis=1) == 69).all()


def test_allocate(benchmark):
    votes = dict(zip("abcdefg", (3431510, 693938, 547154, 535139, 432920, 331058, 146431), strict=True))
    assert benchmark(ms.allocate, ms.law(2023), votes, against_all=248_291).seats["a"] == 40
