"""Simulated elections: one question, many draws, split into blocks that add up in any order."""

from __future__ import annotations

import operator
import time
from collections.abc import Sequence
from functools import partial, reduce
from typing import TYPE_CHECKING, Any

import numpy as np

from mazhilis_sim import reading
from mazhilis_sim.counting.own_rule import is_compiled
from mazhilis_sim.counting.refusals import DECIDED_BY, too_many_in
from mazhilis_sim.errors import AllocationError, DataWarning, SimulationError, unknown, warn
from mazhilis_sim.kernels.steps.events import EVENTS, OF_EVERY_LAW
from mazhilis_sim.legislation.electoral_law import ElectoralLaw
from mazhilis_sim.simulation.distribution import SeatDistribution
from mazhilis_sim.simulation.distribution.sample import Sample
from mazhilis_sim.simulation.distribution.seats import Run
from mazhilis_sim.simulation.drawing.central import central_count
from mazhilis_sim.simulation.drawing.draws import Drawing
from mazhilis_sim.simulation.drawing.packing import PackedQuestion
from mazhilis_sim.simulation.engines.base import Drawable, Engine, read_engine, run_engine
from mazhilis_sim.simulation.engines.progress import Progress, watched
from mazhilis_sim.simulation.engines.tasks import Executor, Tasks
from mazhilis_sim.simulation.engines.threads import Threads, read_threads
from mazhilis_sim.simulation.engines.worker import BLOCK
from mazhilis_sim.simulation.models import Districts, ListModel
from mazhilis_sim.simulation.question import Question, ask, read_span
from mazhilis_sim.simulation.tally_shapes import Spans, Tallies, draws_in
from mazhilis_sim.votes.district import DistrictVotes
from mazhilis_sim.votes.election import Election

if TYPE_CHECKING:
    from numpy.typing import NDArray


def simulate(
    law: ElectoralLaw,
    centre: Any,
    *,
    model: str | ListModel = "total",
    n_draws: int = 1_000_000,
    seed: int | None = None,
    start: int = 0,
    threads: int | None = None,
    progress: bool | Progress = False,
    districts: DistrictVotes | Election | None = None,
    district_model: Districts | None = None,
    coalitions: Sequence[Sequence[str]] = (),
    votes: int | None = None,
    block: int = BLOCK,
    executor: Executor | None = None,
    engine: Engine | None = None,
) -> SeatDistribution:
    """Simulate elections around polls (or an election) and count each to the letter of the law.

    Parameters
    ----------
    law : ElectoralLaw
    centre : Poll, Polls or Election
        Polls are pooled: the newest of each institute. An election has no sampling error.
    model : str or ListModel
        ``"total"`` (default), ``"margin"``, ``"multinomial"``, ``"dirichlet"``, or a model with parameters.
    n_draws : int
        Number of simulated elections; memory does not grow with it.
    seed : int, optional
        In [0, 2**64). None draws one; it is recorded.
    start : int
        Number of the first draw. Draw i is the same whatever came before it.
    threads : int, optional
        All processors unless said otherwise. The result is the same for any number. Not beside an executor or an engine.
    progress : bool or callable
        True shows a bar, and says so where the first use compiles; a callable is told (done, of).
    districts : DistrictVotes or Election, optional
        Baseline of the districts; polls on record and elections bring their own.
    district_model : Districts, optional
    coalitions : sequence of sequences of str
        Sets of parties whose majority is to be tallied over all draws.
    votes : int, optional
        Votes that simulated shares are scaled to; 6,366,441 (the valid votes of 2023) for polls, the election's own
        number for an election.
    block : int
        Draws that a thread, or a task of an executor, takes at a time; of 65,536 a thread takes twice as many where it has a million or
        more to run. The result is the same for any number. Not beside an engine.
    executor : concurrent.futures.Executor or distributed.Client, optional
        Runs the draws as tasks, instead of threads of this process; the result is the same.
    engine : Engine, optional
        An object of your own with ``run(question, spans, progress)`` that returns pieces, made by
        ``question.piece(start, stop)``; the result is the same. It stands alone: what an executor, threads or a block would
        decide is the engine's own.

    Returns
    -------
    SeatDistribution

    Raises
    ------
    LawError
        When the law has districts and no baseline is given.
    AllocationError
        Where a draw meets what the law makes an error (`ties`, `second_place_tie`, `floor_excess`), a quota hands out too many seats, or
        a rule of your own gives no answer.
    PollError, SimulationError
        When the centre, or another argument, cannot be.

    Warns
    -----
    DataWarning
        When the law's method is a Python function and the draws are many: it is called in each of them.

    Examples
    --------
    >>> import mazhilis_sim as ms
    >>> poll = ms.Poll({"a": 0.62, "b": 0.21, "c": 0.06}, margin=0.03, undecided=0.11)
    >>> f = ms.simulate(ms.law("2026"), poll, n_draws=20_000, seed=1)
    >>> f.p_majority("a").value > 0.9
    True
    """
    began = time.perf_counter()
    question = ask(law, centre, model, districts, district_model, coalitions, votes)
    seed, span = reading.seed(seed, SimulationError), read_span(start, n_draws)
    chosen, how = choose_engine(engine, executor, threads, block)
    warn_of_slow_rule(question.law, span[1] - span[0])
    drawable = Drawable.of(question, seed)
    with watched(progress, span[1] - span[0]) as told:
        piece = run_engine(chosen, drawable, (span,), told)
    run = Run(seconds=round(time.perf_counter() - began, 3), **how)
    return distribution_of(question, drawable.packed, piece.spans, piece.tallies, run, source=centre)


def distribution_of(
    question: Question, packed: PackedQuestion, spans: Spans, tallies: Tallies, run: Run, source: Any = None
) -> SeatDistribution:
    """Put together what draws of a question around a source gave; raise for those that the user wants to be an error."""
    refuse_events(question.law, tallies, draws_in(spans))
    sample = Sample(packed.seed, spans, lambda draws: Drawing(packed).chambers(draws))
    centre = partial(central_count, question)
    return SeatDistribution(question, question.parties, packed.seed, spans, tallies, sample, centre, run, source=source)


MANY_DRAWS = 100_000
"""From so many draws on, a rule that is not compiled takes tens of seconds."""


def warn_of_slow_rule(law: ElectoralLaw, n_draws: int) -> None:
    """Say that a Python function is called for every draw, where there are many."""
    if callable(law.method) and not is_compiled(law.method) and n_draws >= MANY_DRAWS:
        name = law.method_name
        warn(f"the method {name} is called by Python in each of {n_draws:,} draws, which is slow; numba.njit({name}) is fast", DataWarning)


def choose_engine(engine: Any, executor: Any, threads: Any, block: Any) -> tuple[Engine, Run]:
    """Return the engine that the arguments ask for, and how a result says so."""
    draws_a_block = reading.whole(block, "block", SimulationError, least=1)
    workers = read_threads(threads)
    if engine is not None:
        chosen = read_engine(engine)
        refuse_beside("an engine", executor=executor, threads=threads, block=None if draws_a_block == BLOCK else block)
        return chosen, {"engine": type(engine).__name__}
    if executor is not None:
        refuse_beside("an executor", threads=threads)
        return Tasks(executor, draws_a_block), {"executor": type(executor).__name__}
    return Threads(workers, draws_a_block), {"threads": workers}


def refuse_beside(chosen: str, **others: Any) -> None:
    """Refuse what would be ignored beside what runs the draws."""
    for field, value in others.items():
        if value is not None:
            raise SimulationError(field=field, got=value, must=f"be left out where {chosen} is given")


def refuse_events(law: ElectoralLaw, tallies: dict[str, NDArray[np.int64]], n_draws: int) -> None:
    """Raise for draws that the user wants to be an error; where no list passes, a draw hands out nothing instead."""
    for name, field in DECIDED_BY.items():
        count = int(tallies["events"][EVENTS.index(name)])
        if name != "no_list" and getattr(law, field) == "error" and count:
            said = f"{count:,} of {n_draws:,} draws have no result in the law as chosen ({name})"
            raise AllocationError(said, field=field, got="error", must="be another choice for these draws")
    over = int(tallies["events"][len(OF_EVERY_LAW) :].sum())
    if over:
        raise too_many_in(law, over, n_draws)


ARGUMENTS = ("law", "centre", "model", "districts", "district_model", "coalitions")
"""Arguments of `simulate` that a result's question holds."""
OTHERS = ("start", "n_draws", "seed", "threads", "progress", "votes", "block", "executor", "engine")


def rerun(result: SeatDistribution, **changes: Any) -> SeatDistribution:
    """Simulate a result's question again; changed arguments are those of `simulate`."""
    for name in changes:
        if name not in (*ARGUMENTS, *OTHERS):
            known = (*ARGUMENTS, *OTHERS)
            raise unknown(SimulationError, "argument", name, known, problem=f"simulate has no argument {name!r}")
    spans = result.spans
    if "start" in changes or "n_draws" in changes:
        spans = ((spans[0][0], spans[-1][1]),)
    asked = {name: getattr(result.question, name) for name in ARGUMENTS}
    arguments = {**asked, **changes, "seed": reading.seed(changes.get("seed", result.seed), SimulationError)}
    pieces = [simulate(**{"start": start, "n_draws": stop - start, **arguments}) for start, stop in spans]
    return reduce(operator.add, pieces)
