"""What is checked, in sessions: ``nox`` runs all that must pass, ``nox -s lint`` one of them, ``nox -l`` lists them.

Each session installs what it needs with the pip of its own environment; with ``nox --no-venv`` they share the one at hand, as
``.ci/run`` does. An environment is used again by the next run.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from itertools import chain
from pathlib import Path

import nox

PROJECT = nox.project.load_toml("pyproject.toml")
PYTHONS = ("3.11", "3.12", "3.13", "3.14", "3.15")
"""From the oldest that the project allows to the newest that numba takes."""
COUNTS = ("tests/unit/test_allocate.py", "tests/unit/test_allocate_many.py", "tests/unit/test_plurality.py")
NO_NEWER = ("pyparsing<3.3",)
"""What the lowest versions need without saying so: the matplotlib of then warns beside a newer one."""
NOTEBOOKS = "examples/notebooks"
SMALL_RUNS = "tests/statistical/test_small_runs.py"
GOLDEN = "tests/statistical/test_golden.py"
OF_NO_VERSION = (
    *("tests/unit/test_docs.py", "tests/unit/test_every_kernel.py", "tests/unit/test_architecture.py"),
    *("tests/cli/test_speaking.py", "tests/cli/test_schemas.py", "tests/cli/test_fuzz.py"),
)
"""Long tests whose subject are pages, kernels one by one, imports, words, forms and garbage: versions of others change nothing there."""
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
"""Names of the browser that the tests of the page use."""
SANDBOX = "tests/property/test_sandbox.py"

QUICK_COVERAGE = {"COVERAGE_CORE": "sysmon"} if sys.version_info >= (3, 12) else {}
"""From 3.12 on Python says itself which lines run, at little cost; to be told of every line made the tests twice as long."""

nox.options.sessions = ("lint", "sdist", "docs", "browser", "lowest")
nox.options.reuse_existing_virtualenvs = True
nox.options.error_on_missing_interpreters = False

INSTALLED: set[tuple[object, ...]] = set()
"""What this run has installed, and where."""


def install(session: nox.Session, *what: str, groups: tuple[str, ...] = ()) -> None:
    """Install packages and dependency groups into the session's environment; once, where sessions share one."""
    asked = (*(session.bin_paths or ()), Path.cwd(), what, groups)
    if asked not in INSTALLED:
        session.run_install("python", "-m", "pip", "install", "-q", *what, *nox.project.dependency_groups(PROJECT, *groups))
        INSTALLED.add(asked)


@nox.session
def lint(session: nox.Session) -> None:
    """Rules and format of the code, types, and who may import whom."""
    install(session, ".[test]")  # what the types are of
    install(session, groups=("lint",))
    session.run("ruff", "check", "--no-cache", ".")  # where a module lies decides how imports are sorted
    session.run("ruff", "format", "--check", ".")
    session.run("mypy")
    session.run("lint-imports")


@nox.session
def docs(session: nox.Session) -> None:
    """Examples and the README's first command as programs, notebooks cell by cell, the drawing of the house, and the site.

    What pages show is tried by the tests.
    """
    install(session, ".[test]")
    examples = sorted(Path("examples").resolve().glob("*.py"))
    with session.chdir(session.create_tmp()):
        for example in examples:
            session.run("python", str(example), silent=True)
        session.run("mazhilis-sim", "forecast", "2023")
    session.run("python", "benchmarks/house.py", "--check")
    install(session, groups=("notebooks", "site"))
    session.run("pytest", "--nbval", "--nbval-current-env", "--nbval-sanitize-with", f"{NOTEBOOKS}/sanitize.cfg", NOTEBOOKS, "-n", "0")
    build_site(session)


@nox.session
def languages(session: nox.Session) -> None:
    """Bring the catalogues of Kazakh and Russian up to date with the texts of the code; it fails while one is not translated."""
    install(session, "-e", ".", groups=("languages",))
    session.run("python", "benchmarks/catalogues.py")


@nox.session
def site(session: nox.Session) -> None:
    """The documentation as a site, in build/site/html: a warning is an error, and so is a link that leads nowhere."""
    install(session, ".[plot,frame]", groups=("site",))
    build_site(session)


def build_site(session: nox.Session) -> None:
    """Make the site."""
    session.run("python", "docs/site/build.py", "build/site")


@nox.session
def tests(session: nox.Session) -> None:
    """The count and small runs with the JIT off, then every test."""
    install(session, ".[test]")
    every_test(session)


def every_test(session: nox.Session, *options: str) -> None:
    """Run the tests of the folder at hand."""
    session.run("pytest", *COUNTS, SMALL_RUNS, env={"NUMBA_DISABLE_JIT": "1"})
    session.run("pytest", *options, *session.posargs, env=QUICK_COVERAGE)


@nox.session
def browser(session: nox.Session) -> None:
    """The page of the explorer in a real Chromium; one is installed where there is none, and without one this fails."""
    install(session, ".[test,app]", groups=("browser",))
    found = os.environ.get("MAZHILIS_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if found is None:
        session.run_install("apt-get", "update", "-q", external=True)
        session.run_install("apt-get", "install", "-y", "-q", "chromium", external=True)
    session.run("pytest", "tests/browser", "-n", "0", *session.posargs)


@nox.session
def sdist(session: nox.Session) -> None:
    """Build the source package and unpack it elsewhere: it is complete when the package made of it passes every test that it holds.

    The coverage of what is not compiled is measured here.
    """
    install(session, "build")
    with tempfile.TemporaryDirectory() as work:
        session.run("python", "-m", "build", "--sdist", "--outdir", work, silent=True)
        packed = next(Path(work).glob("*.tar.gz"))
        shutil.unpack_archive(packed, work)
        with session.chdir(packed.with_suffix("").with_suffix("")):
            install(session, ".[test]", groups=("coverage",))
            every_test(session, "--cov")


def floors() -> list[str]:
    """Pin what the project and its tests need to the lowest version that each of them allows."""
    extras = PROJECT["project"]["optional-dependencies"]
    stated = chain(
        PROJECT["project"]["dependencies"], *(extras[name] for name in ("plot", "app", "frame", "excel", "parquet", "dask", "test"))
    )
    return [line.replace(">=", "==") for line in stated if ">=" in line]


@nox.session(python=PYTHONS[0])
def lowest(session: nox.Session) -> None:
    """The lowest versions that are allowed: most tests.

    Left out are the statistical tests, the properties but those of the sandbox, which is of the oldest Python, the record and the
    questions, which the newest versions pass in `sdist`, and what is of no version. Kernel by kernel nothing is compiled here: the golden
    file and the small runs hold every number of them.
    """
    work = Path(session.create_tmp()).resolve()
    (work / "lowest.txt").write_text("\n".join([*floors(), *NO_NEWER]), encoding="utf-8")
    install(session, ".[test]", "-c", str(work / "lowest.txt"))
    part = (*(f"tests/{folder}" for folder in ("unit", "app", "cli")), SANDBOX, GOLDEN, SMALL_RUNS)
    without = (f"--ignore={file}" for file in OF_NO_VERSION)
    session.run("pytest", *part, *without, *session.posargs, env={"NUMBA_CACHE_DIR": str(work)})


@nox.session(python=PYTHONS)
def versions(session: nox.Session) -> None:
    """The unit tests on every Python that is there."""
    install(session, ".[test]")
    session.run("pytest", "tests/unit", *session.posargs)


@nox.session
def bench(session: nox.Session) -> None:
    """The benchmarks of the kernels; on a quiet machine."""
    install(session, ".[test]")
    session.run("pytest", "benchmarks", "--benchmark-enable", "-n", "0", *session.posargs)


@nox.session
def mutation(session: nox.Session) -> None:
    """Whether the tests notice a fault in what changed in law, oracle or kernels; with --again in all of it, which takes hours."""
    install(session, "-e", ".[test]", groups=("mutation",))
    session.run("python", "benchmarks/mutation.py", *session.posargs)
