"""The same seed gives the same result to the last seat: any threads, any blocks, in pieces, with the JIT on or off."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from same_numbers import RUNS, digest, digests

import mazhilis_sim as ms
from mazhilis_sim.kernels.cpu.block import LANES
from on_record import quiet_polls

N = 150_000  # more than two blocks of the usual size


@cache
def chamber(threads: int = 1, block: int = 2**16, n_draws: int = N, start: int = 0) -> str:
    """Simulate whole chambers of 2023 and shorten the result to a digest."""
    f = ms.simulate(
        ms.law("2023"),
        quiet_polls(2023),
        n_draws=n_draws,
        start=start,
        seed=7,
        threads=threads,
        block=block,
        coalitions=[["auyl", "aq_jol"]],
    )
    return digest(f.to_dict())


@pytest.mark.parametrize("threads", [2, 3, 8])
def test_any_number_of_threads_gives_the_same_chambers(threads: int) -> None:
    assert chamber(threads) == chamber()


@pytest.mark.parametrize("block", [1, 2, LANES - 1, LANES, LANES + 1, 1000, 2**10, 2**16, 2**20])
@pytest.mark.parametrize("threads", [1, 3])
def test_any_block_size_gives_the_same_chambers(block: int, threads: int) -> None:
    assert chamber(threads, block, 3000) == chamber(n_draws=3000)


@pytest.mark.parametrize("block", [4097, 2**17, 2**20])
def test_any_larger_block_size_gives_the_same_chambers(block: int) -> None:
    assert chamber(2, block) == chamber()


@pytest.mark.parametrize("name", RUNS)
@pytest.mark.parametrize(("threads", "block"), [(1, 1), (2, 5), (8, 64), (3, 2**20)])
def test_every_kind_of_run_is_the_same_for_any_threads_and_blocks(name: str, threads: int, block: int) -> None:
    assert RUNS[name](threads=threads, block=block).to_dict() == in_one_thread(name)


@cache
def in_one_thread(name: str) -> dict[str, Any]:
    """Run one kind in one thread, once."""
    found: dict[str, Any] = RUNS[name](threads=1).to_dict()
    return found


def in_a_process(*names: str, **environment: str) -> dict[str, str]:
    """Run what is named in a process of its own, or everything."""
    folder = Path(__file__).parent
    path = os.pathsep.join([str(folder), str(folder.parent), *filter(None, sys.path)])
    command = [sys.executable, "-W", "error", str(folder / "same_numbers.py"), *names]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": path, **environment})
    assert done.returncode == 0, done.stderr
    found: dict[str, str] = json.loads(done.stdout)
    return found


def test_the_kernels_give_the_same_numbers_with_the_jit_off() -> None:
    assert in_a_process(NUMBA_DISABLE_JIT="1") == digests()


def test_the_kernels_give_the_same_numbers_on_another_processor() -> None:
    """The least that a processor of 64 bits has: vectors half as long as those of 2013, and no fused products."""
    chosen = "a whole chamber"
    assert in_a_process(chosen, NUMBA_CPU_NAME="generic", NUMBA_CPU_FEATURES="") == digests(chosen)


# -- pieces ----------------------------------------------------------------------------------------------------------


@settings(max_examples=15)
@given(
    cuts=st.lists(st.integers(1, 14_999), min_size=1, max_size=5, unique=True),
    start=st.sampled_from([0, 1, 2**32 - 7000]),
    order=st.randoms(),
)
def test_pieces_add_up_to_the_whole_in_any_order(cuts: list[int], start: int, order: object) -> None:
    def piece(first: int, last: int) -> ms.SeatDistribution:
        return ms.simulate(ms.law("2026"), quiet_poll(), n_draws=last - first, start=start + first, seed=5)

    ends = [0, *sorted(cuts), 15_000]
    pieces = [piece(a, b) for a, b in itertools.pairwise(ends)]
    order.shuffle(pieces)  # type: ignore[attr-defined]
    joined = pieces[0]
    for other in pieces[1:]:
        joined += other
    assert joined.to_dict() == piece(0, 15_000).to_dict()


@cache
def quiet_poll() -> ms.Poll:
    return quiet_polls(2023).final()


def test_a_shorter_run_is_a_prefix_of_a_longer_one() -> None:
    short, long = (ms.simulate_shares(quiet_poll(), n_draws=n, seed=5) for n in (1000, 5000))
    later = ms.simulate_shares(quiet_poll(), n_draws=4000, start=1000, seed=5)
    assert (np.concatenate([short, later]) == long).all()


def test_another_seed_gives_other_numbers() -> None:
    one, two = (ms.simulate_shares(quiet_poll(), n_draws=2000, seed=seed) for seed in (5, 6))
    assert (one != two).all()
    assert abs(np.corrcoef(one[:, 0], two[:, 0])[0, 1]) < 5 / 2000**0.5


def test_the_same_draw_serves_every_law_and_model() -> None:
    """Common random numbers: laws are compared on the same simulated votes."""
    five, seven = (ms.simulate(ms.law("2026").replace(threshold=t), quiet_poll(), n_draws=5000, seed=5) for t in ("5%", "7%"))
    entered = [{p: f.p_enters(p).value for p in f.parties} for f in (five, seven)]
    assert all(entered[1][p] <= entered[0][p] for p in five.parties)
    assert entered[1]["jsdp"] < entered[0]["jsdp"] < 1
    few, many = (f.draws(5000)[:, f.parties.index("amanat")] for f in (five, seven))
    assert (few <= many).all()  # amanat gains whenever fewer lists pass
    assert (few < many).mean() > 0.5


# -- the sample of whole chambers --------------------------------------------------------------------------------------


def test_the_kept_chambers_are_a_fair_sample() -> None:
    f = ms.simulate(ms.law("2026"), quiet_poll(), n_draws=N, seed=5)
    draws = f.draw_numbers(10_000).astype(float)
    assert abs(draws.mean() - N / 2) < 5 * N / (12 * 10_000) ** 0.5
    for i, party in enumerate(f.parties):
        seats = f.draws(10_000)[:, i]
        assert abs(seats.mean() - f.mean(party)) <= 5 * seats.std() / 10_000**0.5


def test_another_seed_keeps_other_draws() -> None:
    kept = [set(ms.simulate(ms.law("2026"), quiet_poll(), n_draws=N, seed=seed).sample.draw.tolist()) for seed in (5, 6)]
    expected = 10_000**2 / N
    assert abs(len(kept[0] & kept[1]) - expected) < 5 * expected**0.5
