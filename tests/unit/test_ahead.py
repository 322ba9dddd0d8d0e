"""The first start on two processors: another process compiles a part; nothing rests on it, and it is not left behind."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numba import typeof

import mazhilis_sim as ms
from mazhilis_sim.kernels import ahead, keeping, parameters, standby
from mazhilis_sim.kernels.borrowing import lend
from mazhilis_sim.kernels.compiling import OPTIONS
from mazhilis_sim.kernels.cpu import block, lanes
from mazhilis_sim.kernels.laws import thresholds
from mazhilis_sim.simulation import several_laws
from mazhilis_sim.simulation.drawing import draws
from mazhilis_sim.simulation.drawing.draws import Drawing
from mazhilis_sim.simulation.drawing.packing import pack
from mazhilis_sim.simulation.question import ask

SMALL = (np.uint64(5), np.zeros(8, np.uint64), 2, lanes.new_lanes(2, 8, np.int32))
"""Arguments of `block.settle_chunk`, the smallest stage."""

FORECAST = """
import json
from mazhilis_sim.kernels import standby
from mazhilis_sim.simulation.engines.compilation import compilation_expected
start, others = standby.started, []
standby.started = lambda chosen: others.append(start(chosen)) or others[-1]
with compilation_expected():
    from numba.core import event
    import mazhilis_sim as ms
    poll = ms.Poll({"a": 0.5, "b": 0.3, "c": 0.2}, margin=0.03)
    with event.install_recorder("numba:compile") as compilations:
        found = ms.simulate(ms.law("2026"), poll, model="margin", n_draws=1_000, seed=1)
compiled = [each.data["dispatcher"].py_func.__name__ for _, each in compilations.buffer if each.is_start]
print(json.dumps([found.chambers(0, 9).tolist(), sorted(compiled), [other.returncode for other in others]]))
"""


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Any]:
    """Return the smallest stage, with nothing on disk, as a program of two processors has it."""
    monkeypatch.setattr(keeping.SETTINGS, "CACHE_DIR", str(tmp_path))
    monkeypatch.setattr(standby, "processors", lambda: 2)
    keeping.folder_of_kernels.cache_clear()
    yield keeping.Stage(block.SETTLE.function, block.SETTLE.result, **OPTIONS)
    keeping.folder_of_kernels.cache_clear()


@pytest.fixture
def processes(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """Return the processes that are started."""
    found: list[subprocess.Popen[bytes]] = []
    start = ahead.handed_over

    def handed_over(work: ahead.Work) -> Any:
        found.append(start(work))  # type: ignore[arg-type]
        return found[-1]

    monkeypatch.setattr(ahead, "handed_over", handed_over)
    return found


def work_of(stage: Any) -> Callable[[], ahead.Work]:
    """Return what compiles the stage elsewhere."""
    return lambda: [(stage, tuple(map(typeof, SMALL)))]


@pytest.mark.jit
def test_what_another_process_compiled_is_found_on_disk(stage: Any, processes: list[subprocess.Popen[bytes]]) -> None:
    with ahead.elsewhere(stage, work_of(stage)):
        assert processes[0].poll() is None
    assert processes[0].returncode == 0
    assert not stage.never_kept
    assert stage(*SMALL).cache_hits == 1


@pytest.mark.jit
@pytest.mark.parametrize("program", ["raise SystemExit(1)", "import os; os.kill(os.getpid(), 9)", "import no_such_module"])
def test_whatever_becomes_of_it_all_is_compiled_here(stage: Any, monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    monkeypatch.setattr(standby, "PROGRAM", program)
    with ahead.elsewhere(stage, work_of(stage)):
        pass
    assert stage.never_kept
    assert stage(*SMALL).cache_hits == 0


@pytest.mark.jit
def test_a_system_that_starts_no_process_does_the_work_here(stage: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: Any, **__: Any) -> None:
        raise BlockingIOError("no process is to be had")

    monkeypatch.setattr(standby.subprocess, "Popen", refused)
    with ahead.elsewhere(stage, work_of(stage)):
        pass
    assert stage(*SMALL).cache_hits == 0


@pytest.mark.jit
def test_it_is_ended_by_whatever_ends_the_work_here(stage: Any, processes: list[subprocess.Popen[bytes]]) -> None:
    with pytest.raises(KeyboardInterrupt), ahead.elsewhere(stage, work_of(stage)):
        raise KeyboardInterrupt
    assert processes[0].returncode not in (0, None)


@pytest.mark.jit
@pytest.mark.usefixtures("stage")
def test_it_ends_when_the_program_that_started_it_does() -> None:
    other = ahead.handed_over([])
    assert other is not None
    assert other.stdin is not None
    other.stdin.close()  # as the system does for a process that ends
    assert other.wait(timeout=60) in (0, 1)


@pytest.mark.jit
@pytest.mark.parametrize("work", [block.COUNT, block.RECOUNT, thresholds.COUNT_ADMITTED], ids=["count", "recount", "count admitted"])
def test_work_that_the_other_process_would_not_find_is_refused(work: Any) -> None:
    with pytest.raises(LookupError, match=f"{work.function.__name__} is compiled by no global of {work.function.__module__}"):
        ahead.handed_over([(block.SETTLE, ()), (work, ())])


@pytest.mark.jit
def test_none_is_started_where_code_is_on_disk(stage: Any, processes: list[subprocess.Popen[bytes]]) -> None:
    assert ahead.is_first_start(stage)
    stage(*SMALL)
    with ahead.elsewhere(stage, work_of(stage)):
        pass
    assert not processes
    assert not ahead.is_first_start(stage)


@pytest.mark.jit
def test_a_first_forecast_is_compiled_by_two_processes_and_is_the_same_as_the_second(tmp_path: Path) -> None:
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path), "NUMBA_DISABLE_JIT": "0"}
    program = ["-W", "ignore", "-c", FORECAST]
    (first, here, others), (second, again, none) = (
        json.loads(subprocess.run([sys.executable, *program], check=True, capture_output=True, text=True, env=environment).stdout)
        for _ in range(2)
    )
    assert first == second
    assert again == none == []
    if standby.processors() > 1:
        assert others == [0]  # that which stood by, and no other
        assert "admit_lanes" in here
        assert here.count("run_block") == 1
        assert not {"clipped_weights", "fill_words"} & set(here)
        assert not {"rank_lanes", "find_cut"} & set(here)  # of three lists no claims are sorted so


def test_arrays_that_may_only_be_read_are_drawn_from_like_others() -> None:
    poll = ms.Poll({"a": 0.5, "b": 0.3, "c": 0.2}, margin=0.03)
    asked = pack(ask(ms.law("2026"), poll, "margin", coalitions=[["a", "b"]]), 5)
    other = replace(asked, coalitions=read_only(asked.coalitions))
    tallies = []
    for packed in (asked, other, asked):
        drawing = Drawing(packed)
        drawing.run(0, 1_000)
        tallies.append({name: counts.tolist() for name, counts in drawing.tallies().items()})
    assert tallies[0] == tallies[1] == tallies[2]


OTHERS = {
    "None": (None, SMALL[-1]),
    "a number for None": (1, SMALL[-1]),
    "a wider number": (np.int64(1), SMALL[-1]),
    "a narrower number": (np.int32(1), SMALL[-1]),
    "a table of numbers": (np.zeros((1, 8)), SMALL[-1]),
    "a list of numbers": (np.zeros(8), SMALL[-1]),
    "a list of others": (np.zeros(8, np.float32), SMALL[-1]),
    "other parameters": (parameters.Clipped(np.zeros(3), np.ones(3), 5.0, 3), SMALL[-1]),
    "of another model": (parameters.Multinomial(np.zeros(3), np.ones(3), 5.0, 3), SMALL[-1]),
    "with one left out": (parameters.Multinomial(np.zeros(3), None, 5.0, 3), SMALL[-1]),  # type: ignore[arg-type]
    "one more": (None, np.zeros(8), SMALL[-1]),
}
"""Arguments that compiled code takes as of different types."""


def another(*_: Any) -> object:
    """Stand for stages that are made."""
    return object()


def test_stages_are_chosen_by_the_types_of_all_arguments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draws, "STAGES", {})
    made = {draws.stages_for(another, tuple(map(lend, arguments))) for arguments in OTHERS.values()}
    assert len(draws.STAGES) == len(OTHERS) == len(made)


def test_stages_are_made_once_for_other_numbers_of_the_same_types(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draws, "STAGES", {})
    asked = ((n, np.full(n, n), (np.int32(n), None), parameters.Clipped(np.ones(n), np.ones(n), float(n), n)) for n in (2, 3))
    first, second = (draws.stages_for(another, tuple(map(lend, each))) for each in asked)
    assert first is second


def test_own_models_are_compiled_before_any_draw_for_several_laws(monkeypatch: pytest.MonkeyPatch) -> None:
    model = ms.models.Own(lambda z, q: np.log(q)[:, None] + 0.2 * z)
    poll = ms.Poll({"a": 0.6, "b": 0.3, "c": 0.1}, sample_size=1000)
    laws = tuple(pack(ask(ms.law(year), poll, model), 5) for year in ("2021", "2026"))
    for kind in (several_laws.Apart, several_laws.Compared):
        monkeypatch.setattr(draws, "STAGES", {})
        worker = several_laws.OfLaws(laws[0], laws, kind).worker()
        worker.compile()
        compiled = set(draws.STAGES)
        worker.add(0, 600)
        assert set(draws.STAGES) == compiled != set()


def read_only(array: Any) -> Any:
    """Return an array as another process may send it."""
    sent = array.copy()
    sent.flags.writeable = False
    return sent


def test_numba_is_told_the_type_of_stages_that_it_would_find_by_itself(stage: Any) -> None:
    for stages in (block.Stages(settle=stage(*SMALL)), block.Stages(draw=stage(*SMALL)), block.Stages()):
        for _ in range(2):
            kind = typeof(stages)
            assert list(kind.types) == [typeof(one) for one in stages]
            assert kind.instance_class is block.Stages


def test_a_stage_is_loaded_once_for_each_types(stage: Any) -> None:
    wide = (*SMALL[:-1], lanes.new_lanes(2, 8, np.int64))
    first, other = stage(*SMALL), stage(*wide)
    assert first is stage(*SMALL)
    assert other is stage(*wide) is not first
