"""Pinned bits, and small runs of every kind against pinned tallies: seconds with the JIT off, where kernels are Python.

Steps of the kernels by themselves as well, where what a run comes to does not tell one number from its neighbours.

The digests were written by ``python tests/statistical/make_golden.py`` for the version of the stream that golden.json names.
"""
from __future__ import annotations

import json
import math

import numpy as np
import pytest
from make_golden import PLACE, SMALL_PLACE, pinned_bits, pinned_shares, small_tallies
from same_numbers import RUNS

import mazhilis_sim as ms
from mazhilis_sim.kernels import batch, districts, elementary, pure
from mazhilis_sim.kernels.rng import VERSION

PINNED = json.loads(SMALL_PLACE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("rivals", [1, 3])
def test_the_cheap_test_of_the_unnamed_is_nearly_as_sharp_as_its_bound(rivals: int) -> None:
    # P(Z > a) < density exp(-a^2 / 2) / a; up to here the first terms of exp(a^2 / 2) are 0.5 % below it at most
    for a in np.linspace(1.4, 2.0, 13).tolist():
        bound = rivals * elementary.DENSITY * math.exp(-a * a / 2) / a
        assert pure(districts.cannot_win)(1 - 1.005 * bound, rivals, a)
        assert not pure(districts.cannot_win)(1 - 0.9999 * bound, rivals, a)


@pytest.mark.parametrize("lanes", [1, 2])
def test_equals_are_noticed_in_however_few_lanes(lanes: int) -> None:
    level = ms.District(1, (ms.Candidate("d", "d", 10), ms.Candidate("e", "e", 10)))
    columns = ["d", "e", "independents"]
    packed = ms.models.Districts(0, 0, 0, 0, 0).pack(ms.DistrictVotes((level,)), ["a"], columns)
    room = batch.new_scratch(1, 1, len(columns), 1, 2, w=lanes)
    districts.elect_districts(
        np.uint64(7), room.draws, packed, room.log_shares, room.raw, room.district_z, room.district_u, room.race, room.district_seats,
        room.ties)
    assert room.ties.tolist() == [1] * lanes
    assert room.district_seats[:2].sum() == lanes


def test_the_bits_of_functions_and_random_numbers_are_the_pinned_ones() -> None:
    assert pinned_bits() == PINNED["bits"]


def test_simulated_shares_are_the_pinned_ones() -> None:
    assert pinned_shares() == PINNED["shares"]


@pytest.mark.parametrize("name", RUNS)
def test_every_tally_of_a_small_run_is_the_pinned_one(name: str) -> None:
    assert small_tallies(RUNS[name](threads=1)) == PINNED[name]


def test_the_version_of_the_stream_is_that_of_the_pinned_numbers() -> None:
    assert json.loads(PLACE.read_text(encoding="utf-8"))["stream"] == VERSION


def test_no_small_run_is_left_out() -> None:
    assert {*RUNS, "bits", "shares"} == set(PINNED)
