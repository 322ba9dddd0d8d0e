"""What is compiled is kept on disk, is compiled anew when a kernel changes or the files are damaged, and calls no helper in a loop."""

import atexit
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numba import TypingError, typeof
from numba.core import event

import mazhilis_sim as ms
from mazhilis_sim.kernels import compiled, keeping, parameters
from mazhilis_sim.kernels.compiling import ENTRY
from mazhilis_sim.kernels.cpu import count, draws
from mazhilis_sim.kernels.keeping import Kept
from mazhilis_sim.kernels.steps.bits import bits_of, float_of
from mazhilis_sim.kernels.turning import turn_to_lanes
from mazhilis_sim.simulation.engines import compilation
from mazhilis_sim.simulation.engines.progress import watched

VOTES = [[60, 30, 10], [90, 4, 6], [3, 3, 3], [5, 95, 0]]
SEATS = [[41, 21, 7], [65, 0, 4], [23, 23, 23], [3, 66, 0]]
COMPILED, LOADED = [[SEATS, True]], [[SEATS, False]]
"""What `COUNT` prints: the seats, and whether anything was compiled for them."""

COUNT = f"""
import json
from numba.core import event
import mazhilis_sim as ms
with event.install_recorder("numba:compile") as compilations:
    seats = ms.allocate_many(ms.law("2023"), {VOTES}).tolist()
print(json.dumps([seats, bool(compilations.buffer)]))
"""

WIN = """
import json
import numpy as np
from numba.core import event
from mazhilis_sim.kernels.cpu.count import plurality_rows
votes, winner, margin = np.array([[3, 2, 7]]), np.zeros(1, np.int64), np.zeros(1, np.int64)
with event.install_recorder("numba:compile") as compilations:
    plurality_rows(votes, winner, margin)
print(json.dumps([int(winner[0]), bool(compilations.buffer)]))
"""
SMALL, SMALL_LOADED = [[2, True]], [[2, False]]
"""What `WIN` prints. It is a small kernel, for what needs to be compiled over and over."""


def run(source: str, cache: Path, **more: str) -> list[list[object]]:
    """Run a program in a process of its own, with a cache of its own; what it prints are JSON lines."""
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(cache), "NUMBA_DISABLE_JIT": "0", **more}
    done = subprocess.run([sys.executable, "-c", source], check=True, capture_output=True, text=True, env=environment)
    return [json.loads(line) for line in done.stdout.splitlines()]


@cache
def compiled_once() -> tuple[Path, list[list[object]]]:
    """Return a folder with what counting compiles, and what was printed when it was compiled."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder)
    return folder, run(COUNT, folder)


@cache
def won_once() -> Path:
    """Return a folder with a small kernel."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder)
    run(WIN, folder)
    return folder


@pytest.fixture
def kept_here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Callable[[], bool]]:
    """Keep code in a folder of this test's own; yield what counts by the small kernel as a new process would, and whether it compiled."""

    def win() -> bool:
        votes, winner, margin = np.array([[3, 2, 7]]), np.zeros(1, np.int64), np.zeros(1, np.int64)
        as_in_a_new_process = Kept(count.plurality_rows.function, **ENTRY)
        with event.install_recorder("numba:compile") as compilations:
            as_in_a_new_process(votes, winner, margin)
        assert winner == 2
        return bool(compilations.buffer)

    monkeypatch.setattr(keeping.SETTINGS, "CACHE_DIR", str(tmp_path / "kept"))
    keeping.folder_of_kernels.cache_clear()
    yield win
    keeping.folder_of_kernels.cache_clear()


def test_of_two_threads_at_once_neither_takes_the_folder_of_the_other(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The first leaves while the second is to enter: what numba is named in the end is the user's folder."""
    monkeypatch.setattr(keeping, "folder_of_kernels", lambda: tmp_path)
    monkeypatch.setattr(keeping.SETTINGS, "CACHE_DIR", "of others")
    entered, seen = threading.Event(), []

    def second() -> None:
        entered.wait()
        with keeping.kept_there():
            seen.append(keeping.SETTINGS.CACHE_DIR)

    thread = threading.Thread(target=second)
    thread.start()
    with keeping.kept_there():
        entered.set()
        thread.join(0.2)
        assert not seen
    thread.join()
    assert seen == [str(tmp_path)]
    assert keeping.folder_of_others() == "of others"


def saved(folder: Path) -> Path:
    """Return a folder of this test's own with what counting compiles."""
    return Path(shutil.copytree(compiled_once()[0], folder, dirs_exist_ok=True))


def test_what_is_compiled_is_kept(tmp_path: Path) -> None:
    assert compiled_once()[1] == COMPILED
    assert run(COUNT, saved(tmp_path)) == LOADED


def test_after_loaded_code_other_code_is_compiled(tmp_path: Path) -> None:
    again = COUNT + "print(ms.plurality_many([[3, 2], [1, 1]])[0].tolist())"
    assert run(again, saved(tmp_path)) == [*LOADED, [0, -1]]


def test_code_on_disk_is_out_of_date_when_any_kernel_has_changed(tmp_path: Path) -> None:
    copy = shutil.copytree(Path(ms.__file__).parent, tmp_path / "mazhilis_sim", ignore=shutil.ignore_patterns("__pycache__"))
    source = copy / "kernels" / "steps" / "law.py"
    assert run(WIN, tmp_path / "cache", PYTHONPATH=str(tmp_path)) == SMALL  # compiled
    assert run(WIN, tmp_path / "cache", PYTHONPATH=str(tmp_path)) == SMALL_LOADED  # loaded
    source.write_text(source.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert run(WIN, tmp_path / "cache", PYTHONPATH=str(tmp_path)) == SMALL  # compiled anew


@pytest.mark.jit
@pytest.mark.parametrize("ending", ["nbi", "nbc"])
@pytest.mark.parametrize("damage", [lambda code: code[: len(code) // 2], lambda _code: b"", lambda _code: b"no pickle"])
def test_damaged_code_on_disk_is_compiled_anew_and_kept_again(
    tmp_path: Path, kept_here: Callable[[], bool], ending: str, damage: Any
) -> None:
    assert kept_here()
    (kept,) = tmp_path.rglob(f"*plurality_rows*.{ending}")
    kept.write_bytes(damage(kept.read_bytes()))
    assert kept_here()
    assert not kept_here()


def test_damaged_code_is_no_matter_to_another_process(tmp_path: Path) -> None:
    (kept,) = Path(shutil.copytree(won_once(), tmp_path, dirs_exist_ok=True)).rglob("*plurality_rows*.nbc")
    kept.write_bytes(kept.read_bytes()[:1000])
    assert run(WIN, tmp_path) == SMALL
    assert run(WIN, tmp_path) == SMALL_LOADED


@pytest.mark.jit
def test_a_wrong_call_is_told_and_throws_nothing_away(kept_here: Callable[[], bool]) -> None:
    assert kept_here()
    with pytest.raises(TypingError):
        Kept(count.plurality_rows.function, **ENTRY)("one", np.zeros(1, np.int64), np.zeros(1, np.int64))
    assert not kept_here()


def test_what_cannot_be_kept_is_compiled_all_the_same(tmp_path: Path) -> None:
    full = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, 1_000))\n"  # as a full disk does
    assert run(full + WIN, tmp_path) == SMALL
    assert run(WIN, tmp_path) == SMALL


@pytest.mark.jit
@pytest.mark.usefixtures("kept_here")
def test_what_is_compiled_before_it_is_called_serves_though_it_cannot_be_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    kernel, given = Kept(count.plurality_rows.function, **ENTRY), (np.array([[3, 2, 7]]), np.zeros(1, np.int64), np.zeros(1, np.int64))
    kernel.made(*map(typeof, given))
    kernel(*given)
    assert given[1] == 2


@pytest.mark.jit
def test_where_no_folder_can_be_made_nothing_is_kept_and_nobody_is_refused(tmp_path: Path, kept_here: Callable[[], bool]) -> None:
    taken = tmp_path / "kept"
    taken.write_text("")
    assert kept_here()
    assert kept_here()
    assert taken.read_text() == ""


def test_whoever_asks_for_progress_is_told_once_that_code_is_compiled(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(compilation, "PATIENCE", 0.0)
    with compilation.listening(compilation.Compilation(None)), watched(True, 1):
        compile_something()
    assert capsys.readouterr().err == ""  # who listens already has his own words
    with watched(True, 1):
        compile_something()
        compile_something()
    assert capsys.readouterr().err == f"mazhilis_sim: {compilation.FIRST_USE}\n"


def compile_something() -> None:
    """Compile, as numba tells of it, until all who listen have lost patience."""
    with event.trigger_event("numba:compile"):
        for each in compilation.LISTENING:
            assert each.timer is not None
            each.timer.join()


@pytest.mark.parametrize("fill", [draws.clipped_weights, draws.multinomial_weights, draws.lognormal_weights, draws.fixed_weights])
def test_no_helper_of_numba_stays_a_call_in_a_loop(fill: Any) -> None:
    caller = compiled(lambda shares, z, sums, weights: fill(0, 0, shares, 0, z, sums, weights))
    caller(parameters.Fixed(np.ones(3), np.ones(3), 100.0, 3), np.zeros((4, 8)), np.zeros(8), np.zeros((3, 8)))
    (code,) = caller.inspect_llvm().values()
    assert fill.__name__ in code
    assert not re.search(r"^define .*@_ZN5numba", code, re.MULTILINE)


def test_bits_of_floats_are_those_of_numpy_compiled_or_not() -> None:
    compiled_bits, compiled_float = compiled(lambda x: bits_of(x)), compiled(lambda bits: float_of(bits))
    for x in (0.0, -0.0, 1.0, -2.5, 5e-324, 1.7976931348623157e308, float("inf")):
        bits = np.float64(x).view(np.uint64)
        assert int(compiled_bits(x)) == int(bits_of(x)) == int(bits)
        assert np.float64(compiled_float(bits)).tobytes() == np.float64(float_of(bits)).tobytes() == np.float64(x).tobytes()


def test_rows_in_another_layout_are_not_turned() -> None:
    rows, lanes = np.zeros(64, np.int32), np.zeros((8, 8), np.int32)
    turn = compiled(lambda rows, lanes: turn_to_lanes(rows, 0, 8, 0, lanes, 0))
    turn(rows, lanes)
    for wrong in (lanes.T, lanes[:, ::2], lanes.astype(np.int64)):
        with pytest.raises(TypingError):
            turn(rows, wrong)
