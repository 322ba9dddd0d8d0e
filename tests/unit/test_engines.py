# ruff: noqa: ARG005, the engines share a signature
"""Engines: what turns spans of draws into pieces; pieces add up in any order, and can be written and read back."""

from __future__ import annotations

import dataclasses
import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numba import njit

import mazhilis_sim as ms
from mazhilis_sim.kernels import parameters
from mazhilis_sim.kernels.cpu.block import LANES
from mazhilis_sim.simulation.drawing.draws import Drawing, lanes_for
from mazhilis_sim.simulation.drawing.packing import FEW_DRAWS, PackedQuestion, pack
from mazhilis_sim.simulation.engines import Drawable, Piece
from mazhilis_sim.simulation.engines import threads as engine_of_threads
from mazhilis_sim.simulation.engines.base import run_engine
from mazhilis_sim.simulation.engines.pieces import add_up
from mazhilis_sim.simulation.engines.threads import Threads
from mazhilis_sim.simulation.engines.worker import BLOCK
from mazhilis_sim.simulation.question import ask
from mazhilis_sim.simulation.several_laws import OfLaws

POLL = ms.Poll({"a": 0.62, "b": 0.21, "c": 0.06}, margin=0.03, undecided=0.11)
LAW = ms.law("2026")
N = 30_000


def run(**how: Any) -> ms.SeatDistribution:
    """Simulate a little, with more draws than the sample has place for."""
    return ms.simulate(LAW, POLL, n_draws=N, seed=3, start=5, coalitions=[["b", "c"]], **how)


@cache
def alone() -> dict[str, Any]:
    """Return the result of one thread."""
    return run(threads=1).to_dict()


@cache
def drawable(seed: int = 3) -> Drawable:
    """Return what an engine is handed."""
    return Drawable.of(ask(LAW, POLL, "2025", coalitions=[["b", "c"]]), seed)


@cache
def piece(start: int = 5, stop: int = 105) -> Piece:
    """Return what a few draws gave."""
    return drawable().piece(start, stop)


@pytest.mark.parametrize("law", [LAW, ms.law("2023")], ids=["lists", "chambers"])
def test_few_draws_at_a_time_and_many_are_counted_alike(law: ms.ElectoralLaw) -> None:
    """Both kinds of tallies are in use where the draws are cut in two, and add up to those of many alone."""
    districts = ms.load_election(2023).districts if law.district_seats else None
    asked, many = Drawable.of(ask(law, POLL, districts=districts), 3), FEW_DRAWS + 1_300
    both, alone = Drawing(asked.packed), Drawing(asked.packed)
    both.run(5, 1_000)
    both.run(1_005, FEW_DRAWS + 1)
    both.run(1_006 + FEW_DRAWS, 299)
    alone.run(5, many)
    assert (set(both.counted), set(alone.counted)) == ({False, True}, {True})
    assert {name: counts.tolist() for name, counts in both.tallies().items()} == {n: c.tolist() for n, c in alone.tallies().items()}


@pytest.mark.parametrize(("draws", "lanes"), [(1, 128), (128, 128), (129, 256), (512, 512), (513, LANES), (10**9, LANES)])
def test_room_is_as_wide_as_few_draws_need(draws: int, lanes: int) -> None:
    assert drawable().worker(draws).drawing.lanes == lanes


@pytest.mark.parametrize("law", [LAW, ms.law("2023")], ids=["lists", "chambers"])
@pytest.mark.parametrize("draws", [1, 100, 128, 129, 1_000])
def test_a_narrow_room_gives_the_same_counts(law: ms.ElectoralLaw, draws: int) -> None:
    """A thousand draws in room for a hundred come to eight chunks, the last of them not full."""
    districts = ms.load_election(2023).districts if law.district_seats else None
    packed = Drawable.of(ask(law, POLL, districts=districts, coalitions=[["b", "c"]]), 3).packed
    narrow, wide = Drawing(packed, lanes_for(100)), Drawing(packed)
    for room in (narrow, wide):
        room.run(5, draws)
    assert (narrow.lanes, wide.lanes) == (128, LANES)
    assert {name: counts.tolist() for name, counts in narrow.tallies().items()} == {n: c.tolist() for n, c in wide.tallies().items()}


class Engine:
    """An engine that returns what a function of (question, spans, progress) says."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.run = function


# -- a user's engine ---------------------------------------------------------------------------------------------------


def cut(spans: Any, *lengths: int) -> list[tuple[int, int]]:
    """Cut the one span that is asked for into pieces of some lengths, and the rest."""
    ((start, stop),) = spans
    ends = [start, *(start + sum(lengths[: i + 1]) for i in range(len(lengths))), stop]
    return list(pairwise(ends))


ENGINES = {
    "one piece": lambda question, spans, _: [question.piece(*span) for span in spans],
    "several, the last first": lambda question, spans, _: [question.piece(*span) for span in reversed(cut(spans, 1, 17, 9_000))],
    "a generator": lambda question, spans, _: (question.piece(*span) for span in cut(spans, 10_000)),
    "small blocks": lambda question, spans, _: [question.piece(*span, block=999) for span in spans],
    "added up before": lambda question, spans, _: [add_up([question.piece(*span) for span in cut(spans, 100, 100)])],
    "cut by NumPy": lambda question, spans, _: [question.piece(*span) for span in pairwise(np.linspace(*spans[0], 7).astype(np.int64))],
    "through bytes": lambda question, spans, _: [Piece.from_bytes(question.piece(*span).to_bytes()) for span in cut(spans, 5)],
}


@pytest.mark.parametrize("how", ENGINES.values(), ids=ENGINES)
def test_an_engine_of_ones_own_gives_the_same_result(how: Any) -> None:
    f = run(engine=Engine(how))
    assert f.to_dict() == alone()
    assert f.run["engine"] == "Engine"


def test_an_engine_is_told_where_to_say_how_far_it_is() -> None:
    told = []
    engine = Engine(lambda question, spans, progress: progress(7, N) or [question.piece(*span) for span in spans])
    run(engine=engine, progress=lambda done, of: told.append((done, of)))
    assert told == [(7, N)]


def tampered(piece: Piece, name: str, change: int) -> Piece:
    """Return a piece of which one tally is changed."""
    counts = piece.tallies[name].copy()
    counts.flat[0] += change
    return dataclasses.replace(piece, tallies={**piece.tallies, name: counts})


def changed(piece: Piece, name: str, change: Callable[[Any], Any]) -> Piece:
    """Return a piece of which one tally is another array."""
    return dataclasses.replace(piece, tallies={**piece.tallies, name: change(piece.tallies[name])})


def run_over(counts: Any) -> Any:
    """Add what leaves every sum of 64 bits as it is."""
    counts = counts.copy()
    counts[:, :4] += 2**62
    return counts


WRONG: list[tuple[Any, str]] = [
    (lambda q, s, p: [changed(q.piece(5, 30_005), "total", run_over)], r"tallies\.total must be at most the number of draws"),
    (lambda q, s, p: [changed(q.piece(5, 30_005), "entries", np.negative)], r"tallies\.entries must hold no negative number"),
    (lambda q, s, p: [changed(q.piece(5, 30_005), "total", lambda counts: counts * 1.0)], r"tallies\.total must be an array of int64"),
    (lambda q, s, p: [changed(q.piece(5, 30_005), "total", lambda counts: counts[:1])], "must be of the question that it was handed"),
    (lambda q, s, p: [dataclasses.replace(q.piece(5, 30_005), spans=((-3, 5),))], r"the draws of a piece must lie in \[0, 2\*\*64\)"),
    (lambda q, s, p: None, "the engine Engine must return pieces, got None"),
    (lambda q, s, p: [], r"the pieces of an engine must cover the draws \[\(5, 30005\)\], got no piece"),
    (lambda q, s, p: [1], "the engine Engine: what it returns must be pieces, made by question.piece.*, got 1"),
    (lambda q, s, p: [q.piece(5, 30_000)], r"the pieces of an engine must cover the draws \[\(5, 30005\)\], got \[\(5, 30000\)\]"),
    (lambda q, s, p: [q.piece(5, 30_006)], r"must cover the draws \[\(5, 30005\)\], got \[\(5, 30006\)\]"),
    (lambda q, s, p: [q.piece(5, 20_000), q.piece(19_999, 30_005)], "the runs overlap: draws 19,999 to 19,999 are in both"),
    (lambda q, s, p: [q.piece(5, 30_005)] * 2, "the runs overlap"),
    (
        lambda q, s, p: [tampered(q.piece(5, 30_005), "total", 1)],
        r"Engine: tallies\.total must sum to the number of draws, 30000, .* got 30001",
    ),
    (lambda q, s, p: [tampered(q.piece(5, 30_005), "coalitions", -1)], r"tallies\.coalitions must hold no negative number, got -1"),
    (lambda q, s, p: [tampered(q.piece(5, 30_005), "entries", 10**6)], r"tallies\.entries must be at most the number of draws"),
    (
        lambda q, s, p: [drawable(seed=4).piece(5, 30_005)],
        "a piece must be of the question that it was handed, got one of another question$",
    ),
    (
        lambda q, s, p: [dataclasses.replace(q.piece(5, 30_005), spans=((6, 30_006),))],
        r"the pieces of an engine must cover the draws \[\(5, 30005\)\], got \[\(6, 30006\)\]",
    ),
    (lambda q, s, p: 1 / 0, "the engine Engine raised ZeroDivisionError: division by zero"),
    (lambda q, s, p: (q.piece(5 // zero, 7) for zero in [0]), "the engine Engine raised ZeroDivisionError"),
    (lambda: None, r"the engine Engine raised TypeError: .* takes 0 positional arguments but 3 were given"),
]


@pytest.mark.parametrize(("how", "said"), WRONG)
def test_pieces_that_are_not_all_draws_of_the_question_once_are_refused(how: Any, said: str) -> None:
    with pytest.raises(ms.SimulationError, match=said):
        run(engine=Engine(how))


@pytest.mark.parametrize("engine", [5, "threads", Engine, Threads, [], object(), Engine(3)])  # type: ignore[arg-type]
def test_what_is_no_engine_is_refused(engine: Any) -> None:
    with pytest.raises(ms.SimulationError, match=r"engine must be an object with run\(question, spans, progress\), got"):
        run(engine=engine)


@pytest.mark.parametrize(("field", "value"), [("executor", 5), ("threads", 2), ("block", 999)])
def test_what_an_engine_would_ignore_is_refused_beside_it(field: str, value: int) -> None:
    with pytest.raises(ms.SimulationError, match=f"^{field} must be left out where an engine is given, got {value}$"):
        run(engine=Threads(1), **{field: value})


def test_threads_beside_an_executor_are_refused() -> None:
    with ThreadPoolExecutor(1) as pool, pytest.raises(ms.SimulationError, match="^threads must be left out where an executor is given"):
        run(executor=pool, threads=2)


# -- pieces ------------------------------------------------------------------------------------------------------------


def same(a: Piece, b: Piece) -> bool:
    """Whether two pieces hold the same."""
    return (a.question, a.spans) == (b.question, b.spans) and all(np.array_equal(a.tallies[name], b.tallies[name]) for name in a.tallies)


def test_a_piece_is_written_and_read_back(tmp_path: Path) -> None:
    piece().write(tmp_path / "piece.npz")
    assert same(Piece.read(tmp_path / "piece.npz"), piece())
    assert same(Piece.from_bytes(piece().to_bytes()), piece())
    assert [path.name for path in tmp_path.iterdir()] == ["piece.npz"]


def test_pieces_read_back_add_up_to_the_whole() -> None:
    parts = [Piece.from_bytes(drawable().piece(*span).to_bytes()) for span in ((5, 105), (300, 400), (105, 300))]
    assert same(parts[0] + parts[1] + parts[2], drawable().piece(5, 400))


def test_a_piece_written_in_the_first_format_is_read() -> None:
    assert same(Piece.read(Path(__file__).parents[1] / "saved" / "piece_1.npz"), piece())


@pytest.mark.parametrize(
    ("block", "total", "threads", "at_once", "expected"),
    [
        (BLOCK, 16 * BLOCK - 1, 1, 10**6, BLOCK),
        (BLOCK, 16 * BLOCK, 1, 10**6, 2 * BLOCK),
        (BLOCK, 16 * BLOCK, 2, 10**6, BLOCK),
        (BLOCK, 32 * BLOCK, 2, 10**6, 2 * BLOCK),
        (BLOCK, 10**9, 1, 100_000, 100_000),  # by one call, not by two of which the second is short
        (BLOCK, 10**9, 1, 20_000, BLOCK),
        (1_000, 10**9, 1, 10**6, 1_000),
    ],
)
def test_long_runs_take_two_blocks_at_a_time_and_no_more_than_one_call_runs(
    block: int, total: int, threads: int, at_once: int, expected: int
) -> None:
    assert Threads(threads, block).draws_at_a_time(total, threads, at_once) == expected


def test_two_blocks_at_a_time_change_no_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_of_threads, "MANY", 1)
    seen: list[int] = []
    together = Drawing.run
    monkeypatch.setattr(Drawing, "run", lambda drawing, start, n: (seen.append(n), together(drawing, start, n))[1])
    n = 3 * BLOCK + 17
    several, one, other = (ms.simulate(LAW, POLL, n_draws=n, seed=3, threads=t, block=b) for t, b in ((2, BLOCK), (1, BLOCK), (2, 999)))
    assert several.to_dict() == one.to_dict() == other.to_dict()
    assert max(seen) == 2 * BLOCK


@pytest.mark.parametrize(
    ("processors", "threads", "expected"), [(1, 1, 2 * BLOCK), (2, 2, 2 * BLOCK), (2, 64, BLOCK // 16), (1, 1_000, 1_024)]
)
def test_the_more_threads_share_processors_the_sooner_each_looks_whether_to_stop(
    processors: int, threads: int, expected: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_of_threads, "processors", lambda: processors)
    assert engine_of_threads.Team(drawable(), ((0, N),), threads, BLOCK).step == expected


def test_a_rule_in_python_is_stopped_within_some_thousand_draws_also_among_several_laws() -> None:
    law, own = (pack(ask(each, POLL), 3) for each in (LAW, LAW.replace(method=lambda votes, seats: [seats, 0, 0])))
    for question in (Drawable(own), OfLaws(law, (law, own)), OfLaws(own, (own, law))):
        assert engine_of_threads.Team(question, ((0, N),), 1, BLOCK).step == 4_096
    assert engine_of_threads.Team(OfLaws(law, (law, law)), ((0, N),), 1, BLOCK).step > BLOCK


def test_several_spans_are_run_by_threads() -> None:
    spans = ((5, 105), (200, 1_205))
    found = run_engine(Threads(2, 64), drawable(), spans, lambda *_: None)
    assert same(dataclasses.replace(found, question=drawable().fingerprint), drawable().piece(5, 105) + drawable().piece(200, 1_205))


def test_few_draws_need_no_fingerprint_and_what_is_sent_elsewhere_has_one() -> None:
    here = dataclasses.replace(drawable())
    run_engine(Threads(1), here, ((5, 105),), lambda *_: None)
    assert "fingerprint" not in vars(here)
    assert vars(pickle.loads(pickle.dumps(here)))["fingerprint"] == here.packed.fingerprint


def test_pieces_of_different_questions_do_not_add_up() -> None:
    with pytest.raises(ms.SimulationError, match="pieces of different questions or seeds do not add up"):
        piece() + drawable(seed=4).piece(105, 200)
    with pytest.raises(ms.SimulationError, match="pieces must be at least one"):
        add_up([])


def scaled(by: float) -> Callable[..., Any]:
    """Return a model that closes over a number."""
    return lambda z, _: by * z


@dataclasses.dataclass
class Scaled:
    """A model that is an object with a number."""

    by: float

    def __call__(self, z: Any, _: Any) -> Any:
        return self.by * z


def test_pieces_of_other_shapes_do_not_add_up() -> None:
    other = drawable().piece(105, 200)
    with pytest.raises(ms.SimulationError, match="pieces of different questions or seeds do not add up"):
        piece() + dataclasses.replace(other, tallies={name: counts[:1] for name, counts in other.tallies.items()})


def test_a_question_is_told_from_every_other_by_its_fingerprint() -> None:
    asked: list[dict[str, Any]] = [
        {},
        {"model": "margin"},
        {"model": ms.models.Total(sigma=0.3)},
        {"votes": 1000},
        {"model": "2025", "coalitions": [["b", "c"]]},
        {"coalitions": [["a", "c"]]},
        {"law": LAW.replace(threshold="6%")},
        {"law": LAW.replace(ties="lots")},
        {"law": LAW.replace(method="dhondt")},
        {"law": LAW.replace(method="adams")},
        {"centre": ms.Poll({"a": 0.62, "b": 0.2, "c": 0.07}, margin=0.03, undecided=0.11)},
        {"model": ms.models.Own(lambda z, _: z)},
        {"model": ms.models.Own(lambda z, _: z, normals=1)},
        {"model": ms.models.Own(lambda z, _: 2 * z)},
        {"model": ms.models.Own(lambda z, _: [row * 3 for row in z])},
        {"model": ms.models.Own(lambda z, _: [row * 4 for row in z])},
        {"model": ms.models.Own(scaled(1.0))},
        {"model": ms.models.Own(scaled(1.5))},
        {"model": ms.models.Own(Scaled(1.0))},
        {"model": ms.models.Own(Scaled(1.5))},
        {"law": LAW.replace(method=lambda votes, seats: [seats] + [0] * (len(votes) - 1))},
        {"law": LAW.replace(method=lambda votes, seats: [0] * (len(votes) - 1) + [seats])},
        {"centre": ms.Poll({"a": 0.62, "b": 0.31, "other": 0.07}, margin=0.03)},
    ]
    prints = [Drawable.of(ask(**{"law": LAW, "centre": POLL, **more}), 3).fingerprint for more in asked]
    assert len({*prints, drawable(seed=4).fingerprint}) == len(asked) + 1
    assert drawable().fingerprint == prints[4]


ELSEWHERE = """
import numpy as np
from mazhilis_sim.simulation.drawing.fingerprint import fingerprint_of

class Model:
    def __init__(self):
        self.by, self.itself, self.names = 2.0, self, {"a", "b", "c"}
    def __call__(self, z, q):
        return z * self.by

def nested(by):
    def model(z, q):
        return model, [row * by for row in z], {"x", "y", "z"}, object()
    return model

print(fingerprint_of(Model(), Model().__call__, nested(3), np.arange(3), object(), np.array([object()]), None, 1.5, "a"))
"""


def test_a_fingerprint_is_the_same_in_every_process() -> None:
    command = [sys.executable, "-c", ELSEWHERE]
    runs = [subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed}) for seed in "12"]
    assert len(runs[0].stdout) == 65
    assert runs[0].stdout == runs[1].stdout


DAMAGE: list[tuple[Any, str]] = [
    (lambda data: b"", "a piece must be one that was written"),
    (lambda data: b"PK\x03\x04 no archive", "a piece must be one that was written"),
    (lambda data: data[: len(data) // 2], "a piece must be one that was written"),
    (lambda data: tampered(piece(), "list", 1).to_bytes(), r"tallies\.list must sum to the number of draws, 100, in every row, got 101"),
    (lambda data: tampered(piece(), "events", -1).to_bytes(), r"tallies\.events must hold no negative number, got -1"),
    (lambda data: dataclasses.replace(piece(), spans=((5, 50), (40, 95))).to_bytes(), "the runs overlap"),
]


@pytest.mark.parametrize(("damage", "said"), DAMAGE)
def test_a_damaged_piece_is_refused(damage: Any, said: str, tmp_path: Path) -> None:
    (tmp_path / "piece.npz").write_bytes(damage(piece().to_bytes()))
    with pytest.raises(ms.SimulationError, match=f"^{tmp_path}/piece.npz: {said}"):
        Piece.read(tmp_path / "piece.npz")


@pytest.mark.parametrize("data", [None, 5, "piece", [], np.zeros(3)])
def test_what_is_no_bytes_is_no_piece(data: Any) -> None:
    with pytest.raises(ms.SimulationError, match="a piece must be one that was written"):
        Piece.from_bytes(data)


def test_a_piece_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(ms.SimulationError, match="cannot read .*none.npz: No such file"):
        Piece.read(tmp_path / "none.npz")


def test_questions_of_one_kind_are_those_that_run_the_same_code() -> None:
    """Before the first of a kind, Ctrl-C is listened for where the compiler would lose it."""

    class Rule:
        def __call__(self, votes: Sequence[int], seats: int) -> list[int]:
            return [seats] + [0] * (len(votes) - 1)

        def __bool__(self) -> bool:
            raise ValueError("no truth")

    def packed(sigma: float, method: Any = "hare") -> PackedQuestion:
        return pack(ask(LAW.replace(method=method), POLL, ms.models.Total(sigma=sigma, df="normal")), 1)

    narrow, wide = packed(0.1), packed(20.0)  # of the second no float of 32 bits holds the weights
    rules = [Rule(), njit(lambda votes, seats: votes * 0 + seats), njit(lambda votes, seats: votes * 0)]  # numba makes a loop for each
    assert narrow.kind == packed(0.2).kind
    assert packed(0.1, rules[0]).kind == packed(0.1, Rule()).kind
    many, few = (pack(ask(LAW, ms.Poll({f"p{i}": 1 / k for i in range(k)}, margin=0.03), "2025"), 1) for k in (9, 8))
    assert many.kind != few.kind == narrow.kind
    assert len({narrow.kind, wide.kind, packed(0.1, "dhondt").kind, *(packed(0.1, rule).kind for rule in rules)}) == 6
    assert [type(parameters.as_drawn(one.shares)) for one in (narrow, wide)] == [parameters.Lognormal, parameters.Wide]
