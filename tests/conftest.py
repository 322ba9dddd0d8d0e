"""What all tests share: Hypothesis profiles, and a folder for what is compiled."""

import gc
import os
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import Phase, settings

import edition
from mazhilis_sim.data import csv_tables, polls_on_record

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
"""Each of the processes that share the tests has a processor; threads of linear algebra would wait for each other there, and work at it."""
os.environ.setdefault("NUMBA_CACHE_DIR", str(Path(__file__).parents[1] / ".pytest_cache" / "numba"))
"""The processes that share the tests share what is compiled; numba reads this when it is imported, which is later."""

pytest.MonkeyPatch().setattr(polls_on_record, "rows_of", edition.rows_of)
"""Numbers that rest on a pool are those of an edition of the record, for constants of modules and for pages too."""

settings.register_profile("ci", derandomize=True, deadline=None, database=None, print_blob=True)
settings.register_profile("explore", derandomize=False, deadline=None, max_examples=500)
settings.register_profile("mutation", settings.get_profile("ci"), phases=[Phase.explicit, Phase.generate])  # whether, not how
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.fixture(autouse=True)
def whole_record(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the tests of the record see all of it."""
    if request.path.parent.name == "elections":
        monkeypatch.setattr(polls_on_record, "rows_of", csv_tables.rows_of)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what a system does not have: signals and pipes of POSIX, and the JIT, are collected where they are; nothing is skipped."""
    here = {"posix": os.name == "posix", "jit": os.environ.get("NUMBA_DISABLE_JIT", "0") == "0"}
    items[:] = [item for item in items if all(there or item.get_closest_marker(name) is None for name, there in here.items())]


def pytest_collection_finish() -> None:
    """Look for circles of objects less often: what is loaded by now stays to the end, and to go over it again was a sixth of the time.

    It is not frozen, since Hypothesis asks who refers to its random numbers, and finds nobody among what is.
    """
    gc.set_threshold(200_000, 20, 20)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Nothing is skipped: what would be is a failure."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail"):
        report.outcome, report.longrepr = "failed", f"nothing is skipped here: {report.longrepr}"
    return report
