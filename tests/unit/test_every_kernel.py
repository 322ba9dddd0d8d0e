"""Every kernel can be called from Python, compiled or not, and does the same: a new one without arguments here fails."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from every_kernel import arguments, called_by_compiled_code, digest, kernels, outcome


@cache
def in_process(**environment: str) -> dict[str, str]:
    """Call every kernel from Python, as it stands, in a process of its own."""
    path = os.pathsep.join(filter(None, sys.path))
    program = [sys.executable, "-W", "error", str(Path(__file__).with_name("every_kernel.py"))]
    done = subprocess.run(program, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": path, **environment})
    assert done.returncode == 0, done.stderr
    found: dict[str, str] = json.loads(done.stdout)
    return found


def without_jit() -> dict[str, str]:
    """Return what every kernel does where nothing is compiled."""
    return in_process(NUMBA_DISABLE_JIT="1")


def test_every_kernel_is_called_without_the_jit() -> None:
    assert set(without_jit()) == set(kernels())


@pytest.mark.parametrize("name", kernels())
def test_a_kernel_called_from_python_and_from_compiled_code_does_what_it_does_without_the_jit(name: str) -> None:
    kernel = kernels()[name]
    before, after = outcome(lambda *_: None, arguments(name, kernel)), outcome(kernel, arguments(name, kernel))
    assert digest(after) == without_jit()[name]
    assert digest(outcome(called_by_compiled_code(kernel), arguments(name, kernel))) == without_jit()[name]
    assert after != before  # it gave or wrote something, or the arguments show nothing


def test_where_cuda_is_simulated_the_same_is_done() -> None:
    assert in_process(NUMBA_ENABLE_CUDASIM="1") == without_jit()
