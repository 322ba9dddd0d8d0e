"""The other process of a first start stands by before there is work for it; it is taken once, or ended."""

import json
import multiprocessing
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from mazhilis_sim.kernels import ahead, keeping, standby
from mazhilis_sim.kernels.cpu import block
from mazhilis_sim.simulation.engines.compilation import COMPILED_ALWAYS as SIGN

REFUSED = """
import json, sys
from mazhilis_sim.kernels import standby
start, started = standby.started, []

def noted(chosen):
    loaded = "numba" in sys.modules
    started.append((start(chosen), loaded))
    return started[-1][0]

standby.started, standby.processors = noted, lambda: 2
sys.argv = ["mazhilis-sim", *{words!r}]
from mazhilis_sim.cli import main
try:
    main()
except SystemExit as end:
    print(json.dumps([end.code, [[loaded, other.returncode] for other, loaded in started]]))
"""
"""What another process is started for in vain: a command that is refused. Told are its status, and of each process that was started
whether the compiler was loaded by then, and how it ended."""


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """Return an empty folder for compiled code, of a program of two processors."""
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    monkeypatch.setenv("NUMBA_DISABLE_JIT", "0")
    monkeypatch.setattr(keeping.SETTINGS, "CACHE_DIR", str(tmp_path))
    monkeypatch.setattr(standby, "processors", lambda: 2)
    keeping.folder_of_kernels.cache_clear()
    yield tmp_path
    keeping.folder_of_kernels.cache_clear()


def ready_in(processes: dict[str, standby.Process | None]) -> list[standby.Process]:
    """Return the processes that were started."""
    return list(filter(None, processes.values()))


@pytest.mark.usefixtures("folder")
def test_one_that_stands_by_is_handed_the_work() -> None:
    with standby.compiler_standing_by(SIGN):
        (ready,) = ready_in(standby.STANDING_BY)
        taken = ahead.handed_over([])
        assert taken is ready
        assert not standby.STANDING_BY
        assert ready.wait(timeout=60) == 0  # it was asked for nothing, and has done so
        standby.end(ready)


def test_it_is_taken_once(folder: Path) -> None:
    with standby.compiler_standing_by(SIGN):
        first, second = standby.other_process(str(folder)), standby.other_process(str(folder))
        assert first is not None
        assert second is not None
        assert first is not second
        for each in (first, second):
            standby.end(each)


def test_one_that_keeps_its_code_elsewhere_is_not_asked(folder: Path) -> None:
    with standby.compiler_standing_by(SIGN):
        (ready,) = ready_in(standby.STANDING_BY)
        other = standby.other_process(str(folder / "chosen"))
        assert other is not None
        assert other is not ready
        standby.end(other)
    assert ready.returncode is not None


@pytest.mark.usefixtures("folder")
def test_one_that_nobody_asks_is_ended() -> None:
    with standby.compiler_standing_by(SIGN):
        (ready,) = ready_in(standby.STANDING_BY)
    assert ready.returncode is not None
    assert not standby.STANDING_BY


@pytest.mark.usefixtures("folder")
def test_it_is_ended_by_whatever_ends_the_program() -> None:
    found: list[standby.Process] = []
    with pytest.raises(KeyboardInterrupt), standby.compiler_standing_by(SIGN):
        found += ready_in(standby.STANDING_BY)
        raise KeyboardInterrupt
    assert [each.returncode is None for each in found] == [False]
    assert not standby.STANDING_BY


USELESS: dict[str, Callable[[pytest.MonkeyPatch], object]] = {
    "nothing is compiled": lambda patch: patch.setenv("NUMBA_DISABLE_JIT", "1"),
    "no folder can be written": lambda patch: patch.setattr(standby, "folder_in", lambda _: None),
    "another program": lambda patch: patch.setattr(sys, "executable", "/opt/painter/painter"),  # with a Python inside
    "no program": lambda patch: patch.setattr(sys, "executable", None),
    "one processor": lambda patch: patch.setattr(standby, "processors", lambda: 1),
    "a process of another": lambda patch: patch.setattr(multiprocessing, "parent_process", multiprocessing.current_process),
}


@pytest.mark.parametrize("why", USELESS)
@pytest.mark.usefixtures("folder")
def test_none_stands_by_where_it_is_of_no_use(monkeypatch: pytest.MonkeyPatch, why: str) -> None:
    USELESS[why](monkeypatch)
    with standby.compiler_standing_by(SIGN):
        assert not standby.STANDING_BY


def test_none_stands_by_where_code_is_on_disk(folder: Path) -> None:
    code = standby.folder_in(str(folder))
    assert code is not None
    (code / f"block.{SIGN}-1.py{sys.version_info.major}{sys.version_info.minor}.nbi").touch()
    with standby.compiler_standing_by(SIGN):
        assert not standby.STANDING_BY


def test_a_system_that_starts_none_is_no_matter(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: Any, **__: Any) -> None:
        raise BlockingIOError("no process is to be had")

    monkeypatch.setattr(standby.subprocess, "Popen", refused)
    with standby.compiler_standing_by(SIGN):
        assert standby.other_process(str(folder)) is None


@pytest.mark.jit
def test_the_sign_is_that_of_the_stage_by_which_a_first_start_is_told() -> None:
    assert block.DRAW.function.__name__ == SIGN


@pytest.mark.usefixtures("folder")
def test_it_is_ended_where_the_work_turns_out_to_be_none() -> None:
    with standby.compiler_standing_by(SIGN):
        (ready,) = ready_in(standby.STANDING_BY)
        with ahead.elsewhere(None, list) as there:
            assert not there
            assert ready.returncode is not None


def test_code_for_another_python_or_of_another_function_is_none(folder: Path) -> None:
    for name in (f"block.{SIGN}-1.py20.nbi", f"block.re{SIGN}-1.py3{sys.version_info.minor}.nbi"):
        (folder / name).touch()
    assert not standby.has_code(folder, SIGN)


def test_a_folder_that_is_thrown_away_meanwhile_has_no_code(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: Any) -> Any:
        raise FileNotFoundError("it was there")

    monkeypatch.setattr(Path, "rglob", gone)
    assert not standby.has_code(folder, SIGN)


@pytest.mark.parametrize(
    "words", [["forecast", "nowhere.csv"], ["backtest", "1999"], ["explore", "nowhere.csv"]], ids=["forecast", "backtest", "explore"]
)
def test_a_command_that_always_simulates_has_it_stand_by_before_it_loads_the_compiler(tmp_path: Path, words: list[str]) -> None:
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path), "NUMBA_DISABLE_JIT": "0"}
    program = [sys.executable, "-c", REFUSED.format(words=words)]
    done = subprocess.run(program, capture_output=True, text=True, env=environment, cwd=tmp_path, check=True)
    status, ((loaded, ended),) = json.loads(done.stdout)
    assert status == 2
    assert not loaded
    assert ended is not None
