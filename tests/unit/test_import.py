"""What an import costs: the law, the votes and the oracle need neither numpy nor numba."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import mazhilis_sim as ms

HEAVY = ("numpy", "numba", "matplotlib", "pandas", "hypothesis", "rich", "click")


def loaded_by(code: str) -> set[str]:
    """Run code in a fresh interpreter and return which of the heavy modules it has loaded."""
    program = f"import sys\n{code}\nprint(*[name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "code",
    [
        "import mazhilis_sim",
        "import mazhilis_sim as ms; ms.law('2023').replace(threshold='7%'); ms.laws()",
        "import mazhilis_sim as ms; ms.allocate(ms.law('2023'), {'a': 5, 'b': 3}).explain()",
        "import mazhilis_sim as ms; ms.exact.allocate(ms.law('2023').replace(method='dhondt'), {'a': 5, 'b': 3}).explain()",
        "import mazhilis_sim as ms; ms.plurality({'x': 10, 'y': 7})",
        "import mazhilis_sim as ms; ms.elect(ms.law('2023'), ms.load_election(2023)).explain()",
        "import mazhilis_sim as ms; ms.Poll({'a': 0.6, 'b': 0.4}, sample_size=1000).n_eff",
        "import mazhilis_sim as ms; ms.load_election(2023); dir(ms)",
    ],
)
def test_neither_numpy_nor_numba_is_loaded(code: str) -> None:
    assert loaded_by(code) == set()


def test_arrays_load_numba_and_nothing_else_that_is_heavy() -> None:
    assert loaded_by("import mazhilis_sim as ms; ms.allocate_many") == {"numpy", "numba"}


@pytest.mark.parametrize("words", [["count", "2023"], ["count", "2023", "--explain"], ["laws"]])
def test_the_command_line_counts_without_numba(words: list[str]) -> None:
    code = f"""
import contextlib, io, sys
sys.argv = ["mazhilis-sim", *{words!r}]
from mazhilis_sim.cli import main
with contextlib.redirect_stdout(io.StringIO()) as screen, contextlib.suppress(SystemExit):
    main()
assert screen.getvalue()"""
    assert loaded_by(code) <= {"click", "rich"}


def test_a_short_command_looks_for_garbage_neither_among_what_it_loads_nor_at_its_end() -> None:
    program = """
import atexit, contextlib, gc, io, sys
atexit.register(lambda: print(gc.get_threshold()[0], gc.get_freeze_count()))  # it is called after those that are registered later
sys.argv = ["mazhilis-sim", "forecast", "2023", "--draws", "1000"]
from mazhilis_sim.cli import main
with contextlib.redirect_stdout(io.StringIO()):
    main()"""
    _, short = (subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True) for _ in range(2))
    new, left_alone = map(int, short.stdout.split())  # the first may have compiled
    assert new > left_alone > 100_000


def test_every_public_name_is_there_and_listed() -> None:
    for name in ms.__all__:
        assert getattr(ms, name) is not None
    assert {name for name in dir(ms) if not name.startswith("__")} == set(ms.__all__)


EVERY_MODULE = """
import importlib, pkgutil, types
import mazhilis_sim as ms
before = {name: getattr(ms, name) for name in ms.__all__}
for module in pkgutil.walk_packages(ms.__path__, "mazhilis_sim."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
poll = ms.Poll({"a": 0.6, "b": 0.4}, sample_size=1000)
for name in ms.__all__:
    found = getattr(ms, name)
    assert found is before[name], f"{name} was replaced by {found!r}"
    assert callable(found) or (isinstance(found, types.ModuleType) and name in vars(ms)["__all__"]), name
assert ms.laws() and ms.elections() and ms.law("2023") and ms.load_election(2023)
assert ms.exact.allocate is ms.allocate and ms.allocate(ms.law("2026"), {"a": 5, "b": 3}).seats == {"a": 91, "b": 54}
assert ms.plurality({"x": 2, "y": 1}).winner == "x" and ms.share_columns(poll) == ("a", "b")
assert ms.testing.verify(lambda votes, seats: votes, max_examples=0, exhaustive=False)
print(*[name for name, found in before.items() if isinstance(found, types.ModuleType)])
"""


def test_every_public_name_is_what_it_was_when_every_module_is_loaded() -> None:
    done = subprocess.run([sys.executable, "-c", EVERY_MODULE], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert set(done.stdout.split()) == {"data", "exact", "models", "scores", "testing"}


ABSENT = """
import sys
for name in ("matplotlib", "pandas", "pyarrow", "distributed", "hypothesis"):
    sys.modules[name] = None
import mazhilis_sim as ms
from mazhilis_sim.cli import app
from mazhilis_sim.files import read_districts, read_polls, read_votes
open("t.parquet", "wb").close()
f = ms.simulate(ms.law("2026"), ms.Poll({"a": 0.6, "b": 0.4}, sample_size=1000), n_draws=10, seed=1)

def strategies():
    from mazhilis_sim.testing import strategies

def program(*words):
    try:
        app.main(words)
    except SystemExit as end:
        assert end.code == 2
for use in (f.plot, f.to_frame, strategies, *(lambda read=read: read("t.parquet") for read in (read_polls, read_votes, read_districts))):
    try:
        use()
    except ms.MissingExtraError as error:
        print(error)
program("forecast", "2023", "--plot", "o.png")
program("count", "t.parquet", "--law", "2026")
"""


def test_an_extra_that_is_not_installed_is_named_with_the_command_that_installs_it(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", ABSENT], capture_output=True, text=True, check=True, cwd=tmp_path)
    said = 'is needed for this and is not installed; pip install "mazhilis-sim'
    parquet = f'pyarrow {said}[parquet]"'
    expected = [f'matplotlib {said}[plot]"', f'pandas {said}[frame]"', f'hypothesis {said}[test]"', parquet, parquet, parquet]
    assert done.stdout.splitlines() == expected
    errors = [line.removeprefix("mazhilis-sim: error: ") for line in done.stderr.splitlines() if ": compiling" not in line]
    assert errors == [expected[0], parquet]


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="No mazhilis_sim attribute alocate"):
        ms.alocate  # noqa: B018
