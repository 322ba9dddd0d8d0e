# ruff: noqa: ARG005, the functions of models share a signature
"""A user's error model: the same draws as a built-in one of the same formula, the same bits however it is run, and what it must return."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import cache
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numba import njit

import mazhilis_sim as ms
from mazhilis_sim.counting.many import largest_base
from mazhilis_sim.kernels.cpu import random_lanes
from mazhilis_sim.simulation.models.own import CHUNK

POLL = ms.Poll({"a": 0.55, "b": 0.3, "c": 0.06, "against_all": 0.09}, sample_size=1000)
LAW = ms.law("2026")
SIGMA = 0.3


def total(z: Any, q: Any) -> Any:
    """The formula of `Total`, written out."""
    v = 1 / (1000 * q[:, None]) + SIGMA**2
    return np.log(q)[:, None] - v * (1 - 2 * q[:, None]) / 2 + np.sqrt(v) * z


def around_a_result(z: Any, q: Any) -> Any:
    """The formula of `Total` where there is no sampling error."""
    return np.log(q)[:, None] - SIGMA**2 * (1 - 2 * q[:, None]) / 2 + SIGMA * z


def shared(z: Any, q: Any) -> Any:
    """An error that all lists share beside their own, from a further row of normals.

    The mean over the draws that it is called with, which no model should take, tells whether these are always the same ones.
    """
    return (
        np.log(q)[:, None] + 0.2 * np.sinh(z[: len(q)]) + 0.1 * np.tanh(z[-1]) * np.arange(len(q))[:, None] + 9 * z.mean(axis=1)[:4, None]
    )


compiled = njit(total)
SHARED = ms.models.Own(shared, normals=1)


@cache
def run(model: Any = SHARED, start: int = 5, n_draws: int = 12_000, **how: Any) -> ms.SeatDistribution:
    """Simulate a little."""
    return ms.simulate(LAW, POLL, model=model, **{"n_draws": n_draws, "start": start, "seed": 3, "threads": 1, **how})


# -- the same draws ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("function", [total, compiled], ids=["numpy", "njit"])
def test_the_formula_of_total_gives_the_shares_of_total(function: Any) -> None:
    asked: dict[str, Any] = {"n_draws": 3 * CHUNK, "seed": 3, "start": CHUNK - 7}
    own = ms.simulate_shares(POLL, model=ms.models.Own(function), **asked)
    built_in = ms.simulate_shares(POLL, model=ms.models.Total(sigma=SIGMA, df="normal"), **asked)
    assert np.abs(own / built_in - 1).max() < 2e-6


@pytest.mark.parametrize("function", [around_a_result, njit(around_a_result)], ids=["numpy", "njit"])
def test_the_formula_of_total_gives_the_chambers_of_total(function: Any) -> None:
    law, election = ms.law("2023"), ms.load_election(2023)
    own, built_in = (
        ms.simulate(law, election, model=model, n_draws=9_000, seed=3, coalitions=[["auyl", "aq_jol"]])
        for model in (ms.models.Own(function), ms.models.Total(sigma=SIGMA, df="normal"))
    )
    for name, counts in own.tallies.items():
        assert (counts == built_in.tallies[name]).all(), name
    assert (own.draws(9_000) == built_in.draws(9_000)).all()
    assert own.point == built_in.point


def test_further_normals_are_new_ones_of_the_same_draw() -> None:
    seen: list[Any] = []

    def note(z: Any, q: Any) -> Any:
        seen.append(z.copy())
        return np.log(q)[:, None] + 0 * z[:4]

    ms.simulate_shares(POLL, model=ms.models.Own(note, normals=5), n_draws=10, seed=3)
    ms.simulate_shares(POLL, model=ms.models.Own(note), n_draws=10, seed=3)
    more, without = seen
    assert (more.shape, without.shape) == ((9, CHUNK), (4, CHUNK))
    assert (more[:4] == without).all()
    assert abs(np.corrcoef(more) - np.eye(9)).max() < 5 / CHUNK**0.5
    assert random_lanes.padded(9) == 12  # rows that nobody asked for are drawn, and not shown


# -- the same bits -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", [{"threads": 2}, {"block": 1_000}, {"threads": 3, "block": 4_097}], ids=str)
def test_threads_and_blocks_change_no_bit(how: dict[str, Any]) -> None:
    assert run(**how).to_dict() == run().to_dict()


def test_pieces_of_a_run_add_up_to_the_whole() -> None:
    assert (run(start=5, n_draws=100) + run(start=105, n_draws=11_900)).to_dict() == run().to_dict()


def test_executors_give_the_same_result() -> None:
    with ThreadPoolExecutor(2) as pool:
        assert run(executor=pool, block=500, threads=None).to_dict() == run().to_dict()
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as processes:
        assert run(executor=processes, threads=None).to_dict() == run().to_dict()


def test_an_engine_of_the_users_gives_the_same_result() -> None:
    class Backwards:
        def run(self, question: Any, spans: Any, progress: Any) -> Any:
            del progress
            ((start, stop),) = spans
            cuts = [start, start + 1, start + 5_000, stop]
            return [question.piece(*span) for span in reversed(list(pairwise(cuts)))]

    assert run(engine=Backwards(), threads=None).to_dict() == run().to_dict()


def test_a_single_draw_is_the_one_of_the_whole_run() -> None:
    whole = ms.simulate_shares(POLL, model=SHARED, n_draws=9_000, seed=3)
    for start in (0, 1, CHUNK - 1, CHUNK, 8_999):
        assert (ms.simulate_shares(POLL, model=SHARED, n_draws=1, seed=3, start=start)[0] == whole[start]).all()


def test_kept_chambers_are_those_that_were_counted() -> None:
    f = run(n_draws=9_000)
    for column, party in enumerate(f.parties):
        assert (np.bincount(f.draws(9_000)[:, column], minlength=146) == f.histogram(party)).all()


# -- where a model is taken --------------------------------------------------------------------------------------------


def test_a_share_of_zero_is_a_log_share_of_minus_infinity() -> None:
    poll = ms.Poll({"a": 0.6, "b": 0.4, "c": 0.0}, sample_size=1000)
    model = ms.models.Own(lambda z, q: np.log(q)[:, None] + 0.1 * z)
    shares = ms.simulate_shares(poll, model=model, n_draws=100, seed=1)
    assert shares[:, 2].max() < 1e-30
    f = ms.simulate(LAW.replace(threshold="0.01%"), poll, model=model, n_draws=100, seed=1)
    assert f.p_enters("c").value == 0


def test_an_own_model_is_judged_as_the_others_are() -> None:
    model = ms.models.Own(lambda z, q: np.log(q)[:, None] + 0.3 * z, name="mine")
    found = ms.backtest(models=[model], n_draws=2_000, seed=1)
    assert "mine" in found.models


def test_a_class_of_ones_own_is_a_model() -> None:
    class Wide:
        name = "wide"
        sampling_only = True

        def pack(self, centre: Any) -> Any:
            return ms.models.Own(lambda z, q: np.log(q)[:, None] + 10 / centre.n_eff**0.5 * z).pack(centre)

    f = ms.simulate(LAW, POLL, model=Wide(), n_draws=1_000, seed=1)  # type: ignore[arg-type]
    assert "Model wide: sampling error only." in str(f)
    assert f.se("a") > 0


def test_an_own_model_is_named_after_its_function() -> None:
    assert ms.models.Own(total).name == "total"
    assert ms.models.Own(lambda z, _: z).name == "own"
    assert ms.models.Own(total, name="mine").name == "mine"
    assert repr(SHARED) == f"Own({__name__}.shared, normals=1)"
    assert ms.models.Own(total) == ms.models.Own(total, None)  # type: ignore[arg-type]


# -- what cannot be ----------------------------------------------------------------------------------------------------

RETURNED: list[tuple[Any, str]] = [
    (lambda z, q: np.full(z.shape, np.longdouble("1e4000")), r"returns must be finite log shares .*, got inf in row 0, draw 0"),
    (lambda z, q: 1 / 0, "raised ZeroDivisionError: division by zero"),
    (lambda z, q: q[99], "raised IndexError: index 99 is out of bounds"),
    (lambda z: z, "raised TypeError: .* takes 1 positional argument but 2 were given"),
    (lambda z, q: None, r"returns must have the shape \(4, 4096\), \(categories, draws\), got shape \(\)"),
    (lambda z, q: np.log(q), r"returns must have the shape \(4, 4096\), \(categories, draws\), got shape \(4,\)"),
    (lambda z, q: z.T, r"returns must have the shape \(4, 4096\), .* got shape \(4096, 4\)"),
    (lambda z, q: [[1], [1, 2]], "returns must have the shape"),
    (lambda z, q: z + 1j, "returns must be real numbers, got numbers of type complex128"),
    (lambda z, q: z > 0, "returns must be real numbers, got numbers of type bool"),
    (lambda z, q: z.astype(object), "returns must be real numbers, got numbers of type object"),
    (lambda z, q: np.where(np.arange(4096) == 7, np.nan, z), r"returns must be finite log shares .*, got nan in row 0, draw 7"),
    (lambda z, q: np.where(np.arange(4)[:, None] == 2, np.inf, z), "returns must be finite log shares .*, got inf in row 2, draw 0"),
    (lambda z, q: np.where(np.arange(4)[:, None] == 1, -np.inf, z), "returns must be finite log shares .*, got -inf in row 1, draw 0"),
]


@pytest.mark.parametrize(("function", "said"), RETURNED)
def test_what_is_no_log_shares_is_one_error_that_names_the_function(function: Any, said: str) -> None:
    for ask in (lambda m: ms.simulate(LAW, POLL, model=m, n_draws=10), lambda m: ms.simulate_shares(POLL, model=m, n_draws=10)):
        with pytest.raises(ms.SimulationError, match=rf"the function \w+\.<lambda> of the model {said}"):
            ask(ms.models.Own(function))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"function": 3}, "the function of an own model must be a function, got 3"),
        ({"function": int}, "the function of an own model must be a function, got"),
        ({"function": total, "normals": -1}, "normals must be a whole number between 0 and 10,000, got -1"),
        ({"function": total, "normals": "many"}, "normals must be a whole number"),
        ({"function": total, "name": 3}, "name must be a non-empty string, got 3"),
        ({"function": total, "sampling_only": "yes"}, "sampling_only must be True or False, got 'yes'"),
    ],
)
def test_an_argument_that_cannot_be_says_why(arguments: dict[str, Any], said: str) -> None:
    with pytest.raises(ms.SimulationError, match=said):
        ms.models.Own(**arguments)


def test_a_function_that_cannot_be_sent_is_refused_by_name() -> None:
    with (
        ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool,
        pytest.raises(
            ms.SimulationError, match=r"the function \S+\.<lambda> cannot be sent to another process; write it with def, in a mod"
        ),
    ):
        run(model=ms.models.Own(lambda z, q: z), executor=pool, threads=None)


# -- saved -------------------------------------------------------------------------------------------------------------


def test_a_saved_result_keeps_the_name_and_needs_the_function_again(tmp_path: Path) -> None:
    run().save(tmp_path / "run.json")
    read = ms.load_forecast(tmp_path / "run.json")
    assert read.to_dict() == run().to_dict()
    assert str(read) == str(run())
    assert read.provenance["model"] == run().provenance["model"] == repr(SHARED)
    with pytest.raises(ms.SimulationError, match=rf"the model shared is a function of yours, {__name__}.shared, .* f\.rerun\(model="):
        read.rerun()
    again = read.rerun(model=SHARED)
    assert (again.spans, again.mean("a")) == (read.spans, read.mean("a"))
    assert again.to_dict() == read.to_dict()


# -- a class that packs what it should not -------------------------------------------------------------------------------


class Packing:
    """A model that packs whatever it is told to."""

    name, sampling_only = "packing", False

    def __init__(self, pack: Any) -> None:
        self.pack = pack


SMALLER = ms.models.Centre(("a", "b"), (0.6, 0.4), 1000.0)
PACKS = "what the model packing packs must be what a built-in model or Own packs, around 3 shares"


@pytest.mark.parametrize(
    ("pack", "said"),
    [
        (lambda c: ms.models.Total().pack(SMALLER), PACKS),
        (lambda c: ms.models.Own(lambda z, q: z).pack(SMALLER), PACKS),
        (lambda c: ms.models.Total().pack(c)._replace(votes=float("nan")), PACKS),
        (lambda c: ms.models.Total().pack(c)._replace(votes=1e300), PACKS),
        (lambda c: ms.models.Total().pack(c)._replace(votes=-5.0), PACKS),
        (lambda c: ms.models.Total().pack(c)._replace(in_base=99), PACKS),
        (lambda c: ms.models.Total().pack(c)._replace(location=np.full(3, np.nan)), PACKS),
        (lambda c: ms.models.Own(lambda z, q: z).pack(c)._replace(normals=-3), PACKS),
        (lambda c: ms.models.Own(lambda z, q: z).pack(c)._replace(normals="a"), PACKS),
        (lambda c: None, f"{PACKS}.*, got None"),
        (lambda c: (1, 2), PACKS),
        (lambda c: 1 / 0, "the model packing raised ZeroDivisionError: division by zero"),
    ],
)
def test_what_a_class_packs_is_checked_before_it_is_drawn(pack: Any, said: str) -> None:
    poll = ms.Poll({"a": 0.6, "b": 0.3, "c": 0.1}, sample_size=1000)
    with pytest.raises(ms.SimulationError, match=f"^{said}"):
        ms.simulate(ms.law("2026"), poll, model=Packing(pack), n_draws=100, seed=1)


def test_a_class_packs_no_more_votes_than_the_law_counts_exactly() -> None:
    """By a threshold with five digits, of which 2^50 votes are too many for products of 64 bits."""
    law, poll = ms.law("2026", threshold="7.001%"), ms.Poll({"a": 0.6, "b": 0.3, "c": 0.1}, sample_size=1000)
    most = largest_base(law, 3) - 3

    def mean(votes: float) -> float:
        model = Packing(lambda centre: ms.models.Total().pack(centre)._replace(votes=votes))
        return ms.simulate(law, poll, model=model, n_draws=1000, seed=1).mean("a")

    assert mean(float(most)) == pytest.approx(mean(6e6), abs=0.1)
    for more in (most + 1.0, 2.0**50):
        with pytest.raises(ms.SimulationError, match=rf"{PACKS}, numbers all of them, votes in \(0, {most:,}\]"):
            mean(more)


def test_a_width_that_no_float_holds_is_refused_in_one_line() -> None:
    poll = ms.Poll({"a": 0.6, "b": 0.4}, sample_size=1000)
    with pytest.raises(ms.SimulationError, match="^tau must be a number of at most 1e\\+06, got 1e\\+200"):
        ms.simulate(ms.law("2026"), poll, model=ms.models.Total(tau=1e200), n_draws=100, seed=1)
