"""Runs on executors: the same blocks as tasks, the result of one thread to the last seat, also when a worker dies half-way."""

from __future__ import annotations

import os
import signal
import warnings
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from multiprocessing import get_context
from typing import Any

import pytest

import mazhilis_sim as ms

POLL = ms.Poll({"a": 0.62, "b": 0.21, "c": 0.06}, margin=0.03, undecided=0.11)
LAW = ms.law("2026")
N = 60_000


def run(**how: Any) -> ms.SeatDistribution:
    """Simulate on something, in blocks small enough for many to be under way."""
    return ms.simulate(LAW, POLL, n_draws=N, seed=3, start=5, block=100, coalitions=[["b", "c"]], **how)


@cache
def alone() -> dict[str, Any]:
    """Return the result of one thread."""
    return run(threads=1).to_dict()


def test_a_pool_of_threads() -> None:
    with ThreadPoolExecutor(3) as pool:
        f = run(executor=pool)
    assert f.to_dict() == alone()
    assert f.run["executor"] == "ThreadPoolExecutor"


def test_a_pool_of_processes() -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        assert run(executor=pool).to_dict() == alone()


class OnTheSpot(Executor):
    """Runs each task at once, and notes the draws that it was given."""

    def __init__(self) -> None:
        self.given: list[tuple[int, int]] = []

    def submit(self, task: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.given.append(args[1:3])
        future: Future[Any] = Future()
        future.set_result(task(*args, **kwargs))
        return future


def test_the_tasks_cover_every_draw_once() -> None:
    executor = OnTheSpot()
    assert run(executor=executor).to_dict() == alone()
    starts, stops = zip(*executor.given, strict=True)
    assert (starts[0], stops[-1]) == (5, 5 + N)
    assert starts[1:] == stops[:-1]


def test_a_lost_task_is_one_clear_error() -> None:
    def die(*_: Any) -> None:
        raise BrokenProcessPool("a process was killed")

    with ThreadPoolExecutor(1) as pool:
        pool.submit = lambda *_: ThreadPoolExecutor.submit(pool, die)  # type: ignore[assignment, method-assign]
        with pytest.raises(ms.SimulationError, match="the executor lost a task: BrokenProcessPool: a process was killed"):
            run(executor=pool)


def test_what_is_no_executor_is_refused() -> None:
    with pytest.raises(ms.SimulationError, match=r"executor must be a concurrent.futures.Executor or a Dask Client, got 4"):
        run(executor=4)


def test_an_executor_that_is_closed_is_one_clear_error() -> None:
    pool = ThreadPoolExecutor(1)
    pool.shutdown()
    with pytest.raises(ms.SimulationError, match="the executor takes no task: RuntimeError: cannot schedule new futures after shutdown"):
        run(executor=pool)


@pytest.fixture
def cluster() -> Iterator[Any]:
    """Two worker processes on this machine, which a nanny starts anew when they die."""
    import distributed

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of its own clean-up
        with (
            distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1") as local,
            distributed.Client(local) as client,
        ):
            yield client


def test_a_dask_cluster_of_which_a_worker_is_killed_half_way(cluster: Any) -> None:
    killed: list[int] = []

    def kill_one(done: int, of: int) -> None:
        if not killed and done > of // 3:
            killed.extend(cluster.run(os.getpid).values())
            os.kill(killed[0], signal.SIGKILL)

    assert run(executor=cluster, progress=kill_one).to_dict() == alone()
    assert len(killed) == 2
    assert killed[0] not in cluster.run(os.getpid).values()
