"""Which draws are kept: those with the smallest hash, whichever way they are looked for and however the draws are cut."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mazhilis_sim.simulation.distribution import kept
from mazhilis_sim.simulation.distribution.kept import (
    SAMPLE_SIZE,
    WORDS,
    draws_below,
    draws_of,
    hashes_of,
    in_chunks,
    kept_draws,
    mix,
    smallest,
    unmix,
)
from mazhilis_sim.simulation.tally_shapes import Spans

SEEDS = st.integers(0, 2**64 - 1)
PLACES = st.integers(0, 2**40) | st.sampled_from([0, WORDS - 20_000, 2**64 - 40_000])


def plainly(seed: int, spans: Spans) -> list[int]:
    """Hash every draw and sort."""
    draws = np.concatenate([np.arange(stop - start, dtype=np.uint64) + np.uint64(start) for start, stop in spans])
    return draws[np.lexsort((draws, hashes_of(draws, seed)))][:SAMPLE_SIZE].tolist()


@given(st.integers(0, WORDS - 1))
def test_a_word_is_mixed_one_to_one(word: int) -> None:
    assert unmix(mix(np.array([word], np.uint64))).tolist() == [word]


@given(SEEDS, st.integers(0, 2**64 - 1))
def test_a_draw_is_found_by_its_hash(seed: int, draw: int) -> None:
    numbers = np.array([draw], np.uint64)
    assert draws_of(hashes_of(numbers, seed), draw >> 32, seed).tolist() == [draw]


@given(SEEDS, PLACES, st.integers(1, 40_000))
def test_the_draws_kept_are_those_with_the_smallest_hash(seed: int, start: int, n: int) -> None:
    key, draw = kept_draws(seed, ((start, start + n),))
    assert draw.tolist() == plainly(seed, ((start, start + n),))
    assert key.tolist() == hashes_of(draw, seed).tolist()


@given(SEEDS, st.integers(WORDS - 300, WORDS + 300), st.integers(1, 600), st.integers(0, 1 << 12))
def test_hashes_traced_back_find_the_draws_that_hashing_finds(seed: int, start: int, n: int, limit: int) -> None:
    draws = np.concatenate(list(in_chunks(start, start + n)))
    expected = draws[hashes_of(draws, seed) < limit]
    assert sorted(draws_below(seed, ((start, start + n),), limit).tolist()) == expected.tolist()


@given(SEEDS, st.lists(st.integers(0, 60_000), min_size=2, max_size=6, unique=True).map(sorted))
def test_the_sample_of_several_stretches_is_that_of_all_their_draws(seed: int, cuts: list[int]) -> None:
    spans = tuple(pairwise(cuts))[::2]
    assert kept_draws(seed, spans)[1].tolist() == plainly(seed, spans)


@given(SEEDS, st.integers(1, 60_000))
def test_the_samples_of_two_parts_hold_that_of_the_whole(seed: int, cut: int) -> None:
    parts = [kept_draws(seed, span) for span in (((0, cut),), ((cut, 60_001),))]
    key, draw = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
    assert draw[smallest(key, draw)].tolist() == kept_draws(seed, ((0, 60_001),))[1].tolist()


def test_a_long_run_is_not_hashed_draw_by_draw(monkeypatch: pytest.MonkeyPatch) -> None:
    hashed = []
    monkeypatch.setattr(kept, "hashes_of", lambda draws, seed: hashed.append(len(draws)) or hashes_of(draws, seed))
    _, draw = kept_draws(7, ((0, 10**12),))
    assert len(set(draw.tolist())) == SAMPLE_SIZE
    assert sum(hashed) < 2 * SAMPLE_SIZE


def test_too_low_a_first_guess_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "SURPLUS", 0.1)
    assert kept_draws(3, ((5, 30_005),))[1].tolist() == plainly(3, ((5, 30_005),))
