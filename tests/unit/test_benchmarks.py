"""The benchmarks look at what the kernels did before they say how long it took: what they looked away from is planted here."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

import contenders
import mazhilis_sim as ms
import page
from test_kernels import DRAWS, check_normals, check_tallies

Array = NDArray[Any]
SEATS = 3
CHAMBERS = {(3, 0): 40_000, (2, 1): 20_000, (1, 2): DRAWS - 60_000}
"""How often two parties have which of three seats."""


def tallies() -> Array:
    """Count the chambers by hand: two parties, 0 to 3 seats."""
    counts = np.zeros((2, SEATS + 1), np.int64)
    for chamber, n in CHAMBERS.items():
        for party, seats in enumerate(chamber):
            counts[party, seats] += n
    return counts


def normals() -> Array:
    """Draw as many as the benchmark does, by NumPy's own generator."""
    return np.random.default_rng(1).standard_normal((64, 256), np.float32)


def lost(counts: Array) -> Array:
    """Plant: one draw gives a seat too few."""
    counts[0, 3] -= 1
    counts[0, 2] += 1
    return counts


def twice(z: Array) -> Array:
    """Plant: the last slot is the first one, moved by a lane."""
    z[-1] = np.roll(z[0], 1)
    return z


def test_what_is_sound_passes() -> None:
    check_tallies(tallies(), SEATS, 0)
    check_normals(normals())


@pytest.mark.parametrize(
    "plant",
    [
        lambda counts: counts * 0,
        lambda counts: counts // 2,
        lambda counts: counts[:1],
        lost,
        lambda counts: counts[::-1],
        lambda counts: counts[:, ::-1],
    ],
    ids=["nothing ran", "a copy is lost", "a party is lost", "a seat is lost", "parties are swapped", "seats are counted backwards"],
)
def test_wrong_tallies_are_seen(plant: Callable[[Array], Array]) -> None:
    with pytest.raises(AssertionError):
        check_tallies(plant(tallies()), SEATS, 0)


@pytest.mark.parametrize(
    "plant",
    [lambda z: z * 0, lambda z: z * 1.1, lambda z: z + 0.1, lambda z: z[[0] * 64], twice, lambda z: z + z[[1] * 64]],
    ids=["nothing ran", "a scale of 1.1", "a mean of 0.1", "one slot over and over", "a slot again", "slots that share a part"],
)
def test_wrong_normals_are_seen(plant: Callable[[Array], Array]) -> None:
    with pytest.raises(AssertionError):
        check_normals(plant(normals()))


def test_every_program_of_this_library_that_takes_turns_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """With few elections, whose time nobody looks at."""
    monkeypatch.setattr(contenders, "ELECTIONS", 1_000)
    lists, whole = ms.law(2023, district_seats=0), ms.law(2023)
    for program, elections in contenders.simulations(lists, whole).values():
        program()
        assert elections == 1_000


BENCHMARKS = Path(contenders.__file__).parent
PROGRAMS = sorted(program.name for program in BENCHMARKS.glob("*.py") if "ArgumentParser" in program.read_text(encoding="utf-8"))


@pytest.mark.parametrize("program", PROGRAMS)
def test_every_program_says_what_it_does(program: str) -> None:
    """It finds what it loads, then, where no other folder is on Python's path."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    said = subprocess.run([sys.executable, BENCHMARKS / program, "--help"], capture_output=True, text=True, env=environment, check=False)
    assert (said.returncode, said.stdout[:6]) == (0, "usage:"), said.stderr


# -- the page that the measurements are written to -------------------------------------------------------------------

PAGE = """# Speed

<!-- measured one -->
old
<!-- end one -->

<!-- measured one more -->
kept
<!-- end one more -->

## More
"""


def test_a_block_takes_the_place_of_the_one_of_its_name() -> None:
    assert page.placed(PAGE, "one", "new\n") == PAGE.replace("old", "new")
    assert page.placed(PAGE, "one more", "new\n") == PAGE.replace("kept", "new")


def test_a_block_of_a_new_name_stands_behind_the_others() -> None:
    begin, end = "<!-- measured two -->\n", "<!-- end two -->\n"
    written = page.placed(PAGE, "two", "new\n")
    assert written == PAGE.replace("<!-- end one more -->\n", f"<!-- end one more -->\n\n{begin}new\n{end}")
    assert page.placed(written, "two", "new\n") == written
    assert page.placed("# Speed\n", "two", "new\n") == f"# Speed\n\n{begin}new\n{end}"


def test_a_block_without_an_end_is_not_written_over() -> None:
    with pytest.raises(ValueError, match="<!-- measured one --> has no <!-- end one --> behind it"):
        page.placed(PAGE.replace("<!-- end one -->", ""), "one", "new\n")
