# ruff: noqa: ARG005, rules share a signature
"""A user's rule of seats in simulations: every draw is counted as `allocate` counts the same votes, however the draws are run."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numba import njit

import mazhilis_sim as ms
from mazhilis_sim.cli.shell.law_words import describe_law
from mazhilis_sim.kernels.cpu.block import LANES
from mazhilis_sim.simulation.drawing.draws import Drawing
from mazhilis_sim.simulation.drawing.packing import pack
from mazhilis_sim.simulation.question import ask

POLL = ms.Poll({"a": 0.5, "b": 0.3, "c": 0.1, "d": 0.06, "against_all": 0.04}, sample_size=400)
LAW = ms.law("2026").replace(list_seats=10)
N = 1_500


def squares(votes: Any, seats: Any) -> Any:
    """Share out by the squares of the votes, all that is left to the first list: nobody's rule."""
    total = 0.0
    for count in votes:
        total += float(count) ** 2
    won = [int(float(count) ** 2 * seats / total) for count in votes]
    won[0] += seats - sum(won)
    return won


def most(votes: Any, seats: Any) -> Any:
    """Give all seats to the list with most votes."""
    won = np.zeros(len(votes), np.int64)
    won[np.argmax(votes)] = seats
    return won


def hare(votes: Any, seats: Any) -> Any:
    """The law's own method, of equal remainders the list registered earlier."""
    total = sum(votes)
    won = [count * seats // total for count in votes]
    ranked = sorted(range(len(votes)), key=lambda i: (-(votes[i] * seats % total), i))
    for i in ranked[: seats - sum(won)]:
        won[i] += 1
    return won


compiled_squares, compiled_most = njit(squares), njit(most)
RULES = {
    "squares": squares,
    "squares, compiled": compiled_squares,
    "most": lambda v, s: most(np.array(v), s),
    "most, compiled": compiled_most,
}
LAWS = {
    "as it is": {},
    "the two-party rule": {"threshold": "35%"},
    "no list passes": {"threshold": "60%", "fallback": None},
    "top two": {"threshold": "60%", "no_list_passes": "top_two"},
    "all": {"threshold": "60%", "no_list_passes": "all"},
    "lists alone": {"base": "parties", "threshold": "7%"},
    "lots": {"ties": "lots", "list_seats": 3},
}


def simulate(law: ms.ElectoralLaw, centre: Any = POLL, **how: Any) -> ms.SeatDistribution:
    """Simulate a little."""
    return ms.simulate(law, centre, **{"model": "multinomial", "n_draws": N, "seed": 3, "start": 5, "threads": 1, **how})


def votes_of(law: ms.ElectoralLaw, draws: int, votes: int | None = None) -> list[dict[str, int]]:
    """Return the votes of the first draws, as they stand in the kernel's room."""
    drawing, found = Drawing(pack(ask(law, POLL, "multinomial", votes=votes), 3)), []
    for draw in range(5, 5 + draws):
        drawing.run(draw, 1)
        ballots = drawing.room.ballots.given
        lists, base = ballots.votes[:, 0].tolist(), int(ballots.base[0])
        found.append(dict(zip("abcd", lists, strict=True)) | {"against_all": base - sum(lists)})
    return found


@pytest.mark.parametrize("changes", LAWS.values(), ids=LAWS)
@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_every_draw_is_counted_as_allocate_counts_it(rule: Any, changes: dict[str, Any]) -> None:
    law = LAW.replace(method=rule, **changes)
    f = simulate(law, n_draws=60)
    chambers = dict(zip(f.draw_numbers(60).tolist(), f.draws(60, "list").tolist(), strict=True))
    for draw, votes in enumerate(votes_of(law, 60), start=5):
        none_passes = law.no_list_passes == "error" and max(votes[p] for p in "abcd") < law.threshold * sum(votes.values())
        expected = [0] * 4 if none_passes else list(ms.allocate(law, votes).seats.values())
        assert chambers[draw] == expected, (draw, votes)


@pytest.mark.parametrize("votes", [3, 5, 17])
def test_however_few_the_votes_a_rule_is_never_asked_without_any(votes: int) -> None:
    law = LAW.replace(method=squares, threshold=0)
    f = simulate(law, votes=votes, n_draws=300)
    assert set(f.draws(300).sum(axis=1).tolist()) <= {0, 10}


def test_the_laws_method_written_out_gives_the_laws_chambers() -> None:
    law, election = ms.law("2023"), ms.load_election(2023)
    own, of_the_law = (
        simulate(law.replace(method=method), election, model="total", coalitions=[["auyl", "aq_jol"]]) for method in (hare, "hare")
    )
    for name, counts in own.tallies.items():
        assert (counts == of_the_law.tallies[name]).all(), name
    assert (own.draws(N) == of_the_law.draws(N)).all()
    assert own.point == of_the_law.point


@cache
def alone(rule: Any) -> dict[str, Any]:
    """Return the result of one thread."""
    return simulate(LAW.replace(method=rule)).to_dict()


@pytest.mark.parametrize("how", [{"threads": 2}, {"block": 100}, {"threads": 3, "block": LANES + 1}], ids=str)
@pytest.mark.parametrize("rule", [squares, compiled_squares], ids=["python", "njit"])
def test_threads_and_blocks_change_nothing(rule: Any, how: dict[str, Any]) -> None:
    assert simulate(LAW.replace(method=rule), **how).to_dict() == alone(rule)


def test_python_and_njit_give_the_same_seats() -> None:
    plain, compiled = alone(squares), alone(compiled_squares)
    assert plain["tallies"] == compiled["tallies"]
    assert plain["sample"] == compiled["sample"]


def test_a_rule_in_other_processes() -> None:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert simulate(LAW.replace(method=squares), executor=pool, threads=None).to_dict() == alone(squares)
        with pytest.raises(ms.SimulationError, match=r"the function \S+\.<lambda> cannot be sent to another process"):
            simulate(LAW.replace(method=lambda votes, seats: squares(votes, seats)), executor=pool, threads=None)


def test_an_own_rule_beside_an_own_model() -> None:
    model = ms.models.Own(lambda z, q: np.log(q)[:, None] + 0.2 * z)
    f = simulate(LAW.replace(method=compiled_most), model=model)
    assert simulate(LAW.replace(method=compiled_most), model=model, threads=2, block=99).to_dict() == f.to_dict()
    assert f.mean("a") > 9
    assert f.p_tie().value == 0


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (lambda votes, seats: [seats], r"draw 5: answer of method <lambda> must be 2 whole numbers, none negative, 10 in all, got \[10\]"),
        (lambda votes, seats: [seats + 1] + [0] * (len(votes) - 1), "draw 5: answer of method <lambda> must be . whole numbers"),
        (lambda votes, seats: votes[9], "draw 5: method <lambda> raised IndexError.*list index out of range"),
        (njit(lambda votes, seats: votes), "draw 5: answer of method <lambda> must be . whole numbers"),
    ],
)
def test_an_answer_that_is_none_names_the_draw(rule: Any, said: str) -> None:
    law = LAW.replace(method=rule, threshold="20%")
    with pytest.raises(ms.AllocationError, match=said):
        simulate(law)


def test_many_draws_of_a_slow_rule_are_said() -> None:
    slow = r"the method squares is called by Python in each of 100,000 draws, which is slow; numba\.njit\(squares\) is fast"

    def stop(_done: int, _of: int) -> None:
        raise KeyboardInterrupt

    with pytest.warns(ms.DataWarning, match=slow), pytest.raises(KeyboardInterrupt):
        simulate(LAW.replace(method=squares), n_draws=100_000, block=1, progress=stop)


def test_a_saved_result_keeps_the_rules_name_and_needs_it_again(tmp_path: Path) -> None:
    f = simulate(LAW.replace(method=squares))
    f.save(tmp_path / "run.json")
    read = ms.load_forecast(tmp_path / "run.json")
    assert read.to_dict() == f.to_dict()
    assert read.law.method_name == "squares"
    assert read.provenance["law"] == f.provenance["law"]
    said = rf"^the method {__name__}\.squares is a function of yours, .*; write f\.rerun\(law=f\.law\.replace\(method="
    with pytest.raises(ms.AllocationError, match=said):
        read.rerun()
    with pytest.raises(ms.AllocationError, match=said):
        read.chambers(5, 7)
    assert read.rerun(law=read.law.replace(method=squares, name=read.law.name)).to_dict() == f.to_dict()


def test_who_enters_does_not_depend_on_a_rule_that_a_saved_result_lacks(tmp_path: Path) -> None:
    f, g = simulate(LAW.replace(method=squares)), simulate(LAW)
    f.save(tmp_path / "run.json")
    read = ms.load_forecast(tmp_path / "run.json")
    loaded, before = (h.p_enters("c") - g.p_enters("c") for h in (read, f))
    assert (loaded.value, loaded.se) == (before.value, before.se)
    assert describe_law(read.law) == describe_law(f.law)
    assert "seats shared out by squares, which" in describe_law(read.law)
