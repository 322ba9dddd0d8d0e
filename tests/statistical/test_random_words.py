"""Random words: Philox against its published vectors and a plain transcription, and what is made of a word."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import mpmath as mp
import numpy as np
import pytest

from mazhilis_sim.kernels import compiled
from mazhilis_sim.kernels.steps import normals, random_words

U64, WORD = np.uint64, 2**32

# Random123 1.14, tests/kat_vectors, lines "philox4x32 10": counter, key, result
KNOWN_ANSWERS = [
    ("00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
    ("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"),
    ("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1"),  # digits of pi
]


def read(words: str) -> list[int]:
    """Read words in hexadecimal."""
    return [int(word, 16) for word in words.split()]


def transcription(counter: list[int], key: list[int]) -> list[int]:
    """Philox4x32-10 as its authors define it, in Python integers."""
    c, k = list(counter), list(key)
    for _ in range(10):
        high_0, low_0 = divmod(0xD2511F53 * c[0], WORD)
        high_1, low_1 = divmod(0xCD9E8D57 * c[2], WORD)
        c = [high_1 ^ c[1] ^ k[0], low_1, high_0 ^ c[3] ^ k[1], low_0]
        k = [(k[0] + 0x9E3779B9) % WORD, (k[1] + 0xBB67AE85) % WORD]
    return c


def philox(function: Any, counter: list[int], key: list[int]) -> list[int]:
    """Call a kernel with Python integers; words are the lower halves of what it returns."""
    return [int(word) % WORD for word in function(*(U64(word) for word in counter + key))]


@pytest.mark.parametrize("function", [compiled(random_words.philox), random_words.philox], ids=["compiled", "python"])
@pytest.mark.parametrize(("counter", "key", "result"), KNOWN_ANSWERS)
def test_philox_gives_its_known_answers(counter: str, key: str, result: str, function: Any) -> None:
    assert transcription(read(counter), read(key)) == read(result)
    assert philox(function, read(counter), read(key)) == read(result)


def test_philox_is_its_transcription_on_random_counters() -> None:
    for words in np.random.default_rng(1).integers(0, WORD, (2000, 6)).tolist():
        assert philox(compiled(random_words.philox), words[:4], words[4:]) == transcription(words[:4], words[4:])


@pytest.mark.parametrize(
    ("seed", "draw", "stream", "block"),
    [(0, 0, 0, 0), (1, 2, 3, 4), (2**64 - 1, 2**64 - 1, 5, 2**32 - 1), (2**40 + 7, 2**33 + 1, 4, 2**30)],
)
def test_words_are_a_pure_function_of_seed_draw_stream_and_block(seed: int, draw: int, stream: int, block: int) -> None:
    found = [int(word) for word in compiled(random_words.words)(U64(seed), U64(draw), stream, block)]
    assert found == transcription([draw % WORD, draw // WORD, block, stream], [seed % WORD, seed // WORD])


@pytest.mark.parametrize("word", [0, 1, 2**31, WORD - 1, *np.random.default_rng(2).integers(0, WORD, 500).tolist()])
def test_a_uniform_is_the_middle_of_its_cell_exactly(word: int) -> None:
    assert Fraction(float(compiled(random_words.uniform)(U64(word)))) == Fraction(2 * word + 1, 2 * WORD)


def exact_pair(radius_word: int, angle_word: int) -> list[mp.mpf]:
    """Box and Muller's normals of two words, to forty digits."""
    with mp.workdps(40):
        radius = mp.sqrt(-2 * mp.log(mp.mpf(2 * radius_word + 1) / (2 * WORD)))
        angle = (mp.mpf(2 * (angle_word % 2**30) + 1) / 2**31) * mp.pi / 2
        signs = -1 if angle_word >> 31 else 1, -1 if angle_word >> 30 & 1 else 1
        return [signs[0] * radius * mp.cos(angle), signs[1] * radius * mp.sin(angle)]


def test_normals_are_box_and_mullers_to_the_last_digits() -> None:
    """Measured: at most 9.2e-16 off, a third of a unit in the last place of the largest normal."""
    edges = [(a, b) for a in (0, 1, WORD // 2, WORD - 1) for b in (0, 1, 2**30 - 1, 2**30, 2**31, WORD - 1)]
    for radius_word, angle_word in [*edges, *np.random.default_rng(3).integers(0, WORD, (2000, 2)).tolist()]:
        found = compiled(normals.wide_normal_pair)(U64(radius_word), U64(angle_word))
        for z, exact in zip(found, exact_pair(radius_word, angle_word), strict=True):
            assert abs(mp.mpf(float(z)) - exact) < 2e-15


def test_the_largest_normal() -> None:
    largest = compiled(normals.wide_normal_pair)(U64(0), U64(0))[0]
    assert largest == pytest.approx(math.sqrt(2 * math.log(2 * WORD)), rel=1e-12) == pytest.approx(6.7637, abs=1e-4)


def test_compiled_and_called_from_python_functions_give_the_same_bits() -> None:
    for words in np.random.default_rng(4).integers(0, WORD, (2000, 2), dtype=np.uint64):
        assert compiled(normals.wide_normal_pair)(*words) == normals.wide_normal_pair(*words)
        assert compiled(random_words.uniform)(words[0]) == random_words.uniform(words[0])
