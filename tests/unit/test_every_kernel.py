"""Every kernel can be called from Python, compiled or not, and does the same: a new one without arguments here fails."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from every_kernel import arguments, called_by_compiled_code, kernels, outcome, plain


@pytest.mark.parametrize("name", kernels())
def test_a_kernel_does_the_same_compiled_or_not(name: str) -> None:
    kernel = kernels()[name]
    before, in_python = outcome(lambda *_: None, arguments(name, kernel))[1:], outcome(plain(kernel), arguments(name, kernel))
    assert outcome(called_by_compiled_code(kernel), arguments(name, kernel)) == in_python
    assert in_python[0] is not None or in_python[1:] != before  # it gave or wrote something, or the arguments show nothing


@cache
def as_it_stands(**environment: str) -> dict[str, str]:
    """Call every kernel from Python in a process of its own."""
    path = os.pathsep.join(filter(None, sys.path))
    program = [sys.executable, "-W", "error", str(Path(__file__).with_name("every_kernel.py"))]
    done = subprocess.run(program, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": path, **environment})
    assert done.returncode == 0, done.stderr
    found: dict[str, str] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("environment", [{}, {"NUMBA_ENABLE_CUDASIM": "1"}], ids=["usual", "with CUDA simulated"])
def test_whatever_is_called_from_python_gives_what_it_gives_with_the_jit_off(environment: dict[str, str]) -> None:
    without = as_it_stands(NUMBA_DISABLE_JIT="1")
    assert set(without) == set(kernels())
    assert as_it_stands(**environment) == without
