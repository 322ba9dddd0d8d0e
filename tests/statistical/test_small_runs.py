"""Pinned bits, and small runs of every kind against pinned tallies: seconds with the JIT off, where kernels are Python.

The digests were written by ``python tests/statistical/make_golden.py`` for the version of the stream that golden.json names.
"""
from __future__ import annotations

import json

import pytest
from make_golden import PLACE, SMALL_PLACE, pinned_bits, pinned_shares, small_tallies
from same_numbers import RUNS

from mazhilis_sim.kernels.rng import VERSION

PINNED = json.loads(SMALL_PLACE.read_text(encoding="utf-8"))


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
