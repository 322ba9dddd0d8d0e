"""What is compiled by short cuts through numba is what is compiled without, and code on disk is loaded before anything else."""
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import numba
import numpy as np
import pytest

import mazhilis_sim as ms
from mazhilis_sim.kernels import draws
from mazhilis_sim.kernels.bits import bits_of, float_of
from mazhilis_sim.kernels.compiling import SHORTCUTS, TRIED, called, find_shortcuts

SHORT = SHORTCUTS is not None
VOTES = [[60, 30, 10], [90, 4, 6], [3, 3, 3], [5, 95, 0]]

COUNT = f"""
import sys
import mazhilis_sim as ms
from mazhilis_sim.kernels.compiling import SHORTCUTS
seats = ms.allocate_many(ms.law("2023"), {VOTES})
print([seats.tolist(), SHORTCUTS is not None, "numba.np.arraymath" in sys.modules])
"""


def run(source: str, cache: Path, **more: str) -> list[list[object]]:
    """Run a program in a process of its own, with a cache of its own; what it prints are JSON lines."""
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(cache), "NUMBA_DISABLE_JIT": "0", **more}
    done = subprocess.run([sys.executable, "-c", source], check=True, capture_output=True, text=True, env=environment)
    lines = done.stdout.replace("True", "true").replace("False", "false").splitlines()
    return [json.loads(line) for line in lines]


def test_code_on_disk_is_loaded_before_the_compiler_gets_ready(tmp_path: Path) -> None:
    expected = ms.allocate_many(ms.law("2023"), VOTES).tolist()
    assert run(COUNT, tmp_path) == [[expected, SHORT, True]]  # compiled
    assert run(COUNT, tmp_path) == [[expected, SHORT, not SHORT]]  # loaded


def test_after_loaded_code_the_compiler_still_gets_ready_for_other_code(tmp_path: Path) -> None:
    run(COUNT, tmp_path)
    again = COUNT + "print(ms.plurality_many([[3, 2], [1, 1]])[0].tolist())"
    assert run(again, tmp_path)[1] == [0, -1]


def test_code_on_disk_is_out_of_date_when_any_kernel_has_changed(tmp_path: Path) -> None:
    copy = shutil.copytree(Path(ms.__file__).parent, tmp_path / "mazhilis_sim", ignore=shutil.ignore_patterns("__pycache__"))
    seats, source = run(COUNT, tmp_path / "cache", PYTHONPATH=str(tmp_path))[0][0], copy / "kernels" / "flags.py"
    assert run(COUNT, tmp_path / "cache", PYTHONPATH=str(tmp_path)) == [[seats, SHORT, not SHORT]]  # loaded
    source.write_text(source.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert run(COUNT, tmp_path / "cache", PYTHONPATH=str(tmp_path)) == [[seats, SHORT, True]]  # compiled anew


def test_short_cuts_are_taken_with_the_versions_that_they_were_tried_with() -> None:
    oldest, newest = TRIED
    assert SHORT is (oldest <= numba.version_info.short <= newest)
    assert find_shortcuts(newest) is not None
    assert find_shortcuts((99, 0)) is find_shortcuts((0, 1)) is find_shortcuts((0, None)) is None


@pytest.mark.parametrize("fill", [draws.clipped_weights, draws.multinomial_weights, draws.lognormal_weights, draws.fixed_weights])
def test_no_helper_of_numba_stays_a_call_in_a_loop(fill: Any) -> None:
    caller = called(lambda shares, z, sums, weights: fill(0, 0, shares, 0, z, sums, weights))
    caller(draws.Fixed(np.ones(3), np.ones(3), 100.0, 3), np.zeros((4, 8)), np.zeros(8), np.zeros((3, 8)))
    (code,) = caller.inspect_llvm().values()
    assert fill.__name__ in code
    assert not re.search(r"^define .*@_ZN5numba", code, re.MULTILINE)


def test_bits_of_floats_are_those_of_numpy_compiled_or_not() -> None:
    compiled_bits, compiled_float = called(lambda x: bits_of(x)), called(lambda bits: float_of(bits))
    for x in (0.0, -0.0, 1.0, -2.5, 5e-324, 1.7976931348623157e308, float("inf")):
        bits = np.float64(x).view(np.uint64)
        assert int(compiled_bits(x)) == int(bits_of(x)) == int(bits)
        assert np.float64(compiled_float(bits)).tobytes() == np.float64(float_of(bits)).tobytes() == np.float64(x).tobytes()
