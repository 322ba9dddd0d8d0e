"""What all tests share: Hypothesis profiles, and a cache of compiled code that can never be stale."""

import hashlib
import importlib.util
import os
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import Phase, settings


def digest_of_kernels() -> str:
    """Hash the sources of the kernels.

    Numba looks at the file of the cached function alone, so that it would serve a function whose callee has changed in
    another file.
    """
    found = importlib.util.find_spec("mazhilis_sim")
    assert found is not None
    assert found.origin is not None
    digest = hashlib.sha256()
    for path in sorted(Path(found.origin).parent.joinpath("kernels").rglob("*.py")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


CACHE, DIGEST = Path(os.environ.get("NUMBA_CACHE_DIR") or Path(__file__).parents[1] / ".pytest_cache" / "numba"), digest_of_kernels()
if CACHE.name != DIGEST:  # the processes that share the tests inherit the folder
    os.environ["NUMBA_CACHE_DIR"] = str(CACHE / DIGEST)  # read by numba when it is imported, which is later

settings.register_profile("ci", derandomize=True, deadline=None, database=None, print_blob=True)
settings.register_profile("explore", derandomize=False, deadline=None, max_examples=500)
settings.register_profile("mutation", settings.get_profile("ci"), phases=[Phase.explicit, Phase.generate])  # whether, not how
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what a system does not have: signals and pipes of POSIX are collected where they exist, and nowhere skipped."""
    if os.name != "posix":
        items[:] = [item for item in items if item.get_closest_marker("posix") is None]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Nothing is skipped: what would be is a failure."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail"):
        report.outcome, report.longrepr = "failed", f"nothing is skipped here: {report.longrepr}"
    return report
