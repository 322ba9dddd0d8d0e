"""Which tests have to notice a fault in a module, and whether they do.

The tests run with the JIT off, so that a mutant takes effect without being compiled, each in a process that is forked from one in
which numpy, numba and pytest are loaded and nothing of this package: no file is changed.
"""

from __future__ import annotations

import functools
import gc
import importlib
import importlib.machinery
import os
import resource
import sys
import time
from collections.abc import Iterable
from typing import Any

from mutating.mutants import PACKAGE, ROOT, Mutant

MEMORY = 6 << 30
ORACLE, METHODS = "tests/property/test_kernel_equals_oracle.py", "tests/property/test_methods_equal_oracle.py"
BY_NAME = f"{METHODS}::test_a_rule_by_name_counts_like_the_plain_one"
COUNT = ("tests/unit/test_allocate.py", "tests/unit/test_allocate_many.py", "tests/unit/test_plurality.py")
PARTS = "tests/unit/test_parts.py"
RUNS = ("tests/statistical/test_small_runs.py",)
BITS = f"{RUNS[0]}::test_the_bits_of_functions_and_random_numbers_are_the_pinned_ones"
SEVERAL = "tests/unit/test_laws_of_few_draws.py"
MISSED = (
    "tests/unit/test_paired.py::test_where_nobody_votes_the_first_threshold_is_missed",
    "tests/unit/test_paired.py::test_floats_tell_the_closest_share_and_threshold_apart",
)
SHARES = f"{RUNS[0]}::test_simulated_shares_are_the_pinned_ones"
MODULES: dict[str, tuple[str, ...]] = {
    "legislation/electoral_law": ("tests/unit/test_law.py", "tests/unit/test_methods.py"),
    "legislation/presets": ("tests/unit/test_law.py", "tests/unit/test_methods.py"),
    "legislation/methods": ("tests/unit/test_methods.py", "tests/unit/test_own_rule.py", METHODS),
    "counting/lots": ("tests/unit/test_allocate.py", "tests/unit/test_methods.py", METHODS),
    "counting/exact": ("tests/unit/test_allocate.py", "tests/unit/test_methods.py", ORACLE, METHODS),
    "counting/rules": ("tests/unit/test_methods.py", METHODS),
    "counting/own_rule": ("tests/unit/test_own_rule.py",),
    **dict.fromkeys(
        (
            "kernels/cpu/count",
            "kernels/cpu/lanes",
            "kernels/cpu/admit",
            "kernels/cpu/divide",
            "kernels/cpu/two_party",
            "kernels/steps/law",
            "kernels/steps/events",
        ),
        (
            PARTS,
            "tests/unit/test_turning.py",
            "tests/unit/test_lanes.py",
            COUNT[0],
            *RUNS,
            *COUNT[1:],
            "tests/unit/test_methods.py",
            ORACLE,
        ),
    ),
    "kernels/cpu/methods": (PARTS, BY_NAME, "tests/unit/test_methods.py", METHODS, *RUNS),
    **dict.fromkeys(("kernels/cpu/draws", "kernels/parameters"), (SHARES, *RUNS)),
    "kernels/steps/gamma": (SHARES, "tests/property/test_gamma.py", *RUNS),
    "kernels/cpu/districts": RUNS,
    "kernels/cpu/block": (PARTS, *RUNS, "tests/unit/test_methods.py"),
    "kernels/cpu/tally": ("tests/unit/test_tally.py", *RUNS, "tests/unit/test_methods.py"),
    "kernels/cpu/lots": (*RUNS, "tests/unit/test_methods.py"),
    **dict.fromkeys(("kernels/laws/held", "kernels/laws/alike"), (PARTS, SEVERAL)),
    "kernels/laws/thresholds": (*MISSED, f"{SEVERAL}::test_a_sweep_of_thresholds_is_a_forecast_at_each"),
    **dict.fromkeys(
        ("kernels/steps/random_words", "kernels/steps/normals", "kernels/cpu/random_lanes"),
        (PARTS, BITS, "tests/statistical/test_random_words.py", *RUNS),
    ),
    "kernels/steps/elementary": (BITS, "tests/statistical/test_elementary.py", *RUNS),
    "kernels/steps/single": (BITS, "tests/statistical/test_single.py", *RUNS),
}
"""The modules that are mutated, each with the tests that have to notice, the quickest first."""
TOO_LONG = (
    f"{ORACLE}::test_the_kernel_counts_every_election_like_the_oracle",
    f"{METHODS}::test_arrays_are_counted_like_the_oracle_by_every_method",
    f"{METHODS}::test_a_report_is_the_same_with_and_without_arrays",
    f"{METHODS}::test_lots_of_a_simulation_are_drawn_among_the_tied_lists_alone",
    f"{METHODS}::test_every_draw_of_a_simulation_is_counted_as_allocate_counts_it",
)
"""Left out: a hundred thousand elections take too long for each mutant; a few hundred of the same kinds remain."""


def load() -> None:
    """Load what every test run needs, and nothing of this package."""
    os.environ |= {"NUMBA_DISABLE_JIT": "1", "HYPOTHESIS_PROFILE": "mutation"}
    sys.path[:0] = [str(ROOT / "src")]
    os.chdir(ROOT)
    for name in ("hypothesis", "mpmath", "numba", "numpy", "pytest"):
        importlib.import_module(name)
    gc.freeze()
    assert not [name for name in sys.modules if name.startswith("mazhilis_sim")]


def start(module: str, source: str | None, limits: dict[str, int]) -> int:
    """Begin to run tests on a changed source, each file for so many seconds of a processor; return the process."""
    process = os.fork()
    if process == 0:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        os._exit(run_tests(module, source, limits))
    return process


def run_tests(module: str, source: str | None, limits: dict[str, int]) -> int:
    """Run the tests in this process, until the first that fails; return pytest's status."""
    import pytest

    silence()
    if source is not None:
        plant(str(PACKAGE / f"{module}.py"), source)
    left_out = [word for test in TOO_LONG for word in ("--deselect", test)]
    options = ["-x", "-q", "-n0", "--tb=no", "--assert=plain", "-p", "no:cacheprovider", *left_out]
    for test, seconds in limits.items():  # most fall in the first file
        end = int(time.process_time()) + seconds
        resource.setrlimit(resource.RLIMIT_CPU, (end, resource.RLIM_INFINITY))
        if status := int(pytest.main([*options, test])):
            return status
    return 0


def silence() -> None:
    """Write what tests say nowhere."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)


def plant(path: str, source: str) -> None:
    """Let one module be loaded from another source."""
    loader: Any = importlib.machinery.SourceFileLoader
    usual = loader.get_code

    def get_code(self: Any, name: str) -> Any:
        return compile(source, path, "exec", dont_inherit=True) if self.path == path else usual(self, name)

    loader.get_code = get_code


def survivors(mutants: Iterable[Mutant], jobs: int, limits: dict[str, int]) -> list[Mutant]:
    """Test mutants, several at once; return those that no test noticed."""
    running: dict[int, Mutant] = {}
    lived: list[Mutant] = []
    for mutant in [*mutants, *[None] * jobs]:
        if running and (mutant is None or len(running) >= jobs):
            process, status = os.wait()
            lived += [running.pop(process)][: status == 0]
        if mutant is not None:
            running[start(mutant.module, mutant.source, limits)] = mutant
    return lived


def seconds_needed(module: str) -> dict[str, int]:
    """See that the tests pass as long as nothing is changed; return the processor time to allow each file."""
    return {test: 5 + 2 * seconds_of(test) for test in MODULES[module]}


@functools.cache
def seconds_of(test: str) -> int:
    """Run one file of tests without any change; return its processor time."""
    _, status, used = os.wait4(start("", None, {test: 3600}), 0)
    if status:
        sys.exit(f"the tests fail without any change: pytest {test}")
    return int(used.ru_utime + used.ru_stime)
