"""Simulated elections: one question, many draws, split into blocks that add up in any order."""

from __future__ import annotations

import operator
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import reduce
from typing import TYPE_CHECKING, Any

import numpy as np

from mazhilis_sim import reading
from mazhilis_sim.counting.chamber import district_baseline
from mazhilis_sim.counting.many import largest_base
from mazhilis_sim.errors import AllocationError, SimulationError
from mazhilis_sim.kernels.cpu import draws, tally
from mazhilis_sim.legislation.system import ElectoralLaw
from mazhilis_sim.reading import position
from mazhilis_sim.simulation.distribution import SeatDistribution
from mazhilis_sim.simulation.engines.progress import Progress, watched
from mazhilis_sim.simulation.engines.tasks import run_executor
from mazhilis_sim.simulation.engines.threads import BLOCK, available_processors, run_threads
from mazhilis_sim.simulation.models import Districts, ListModel
from mazhilis_sim.simulation.models import model as model_by_name
from mazhilis_sim.simulation.models.centre import baseline_of, read_centre
from mazhilis_sim.simulation.packing import columns, pack
from mazhilis_sim.simulation.question import Question
from mazhilis_sim.votes.district import DistrictVotes
from mazhilis_sim.votes.election import Election

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_SEATS = 100_000
"""Largest chamber that is simulated; the histograms have a counter for every number of seats."""
MOST_THREADS = 1_024
"""Most threads, each of which takes room of its own."""
MOST_VOTES = 2**51
"""Most votes that a share is rounded to: whole numbers up to here have neighbours half a vote apart in floats."""


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
    executor: Any = None,
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
        All processors unless said otherwise. The result is the same for any number.
    progress : bool or callable
        True shows a bar; a callable is told (done, of).
    districts : DistrictVotes or Election, optional
        Baseline of the districts; polls on record and elections bring their own.
    district_model : Districts, optional
    coalitions : sequence of sequences of str
        Sets of parties whose majority is to be tallied over all draws.
    votes : int, optional
        Votes that simulated shares are scaled to; 6,366,441 (the valid votes of 2023) for polls, the election's own
        number for an election.
    block : int
        Draws that a thread takes at a time; the result is the same for any number.
    executor : concurrent.futures.Executor or distributed.Client, optional
        Runs the draws as tasks, instead of threads of this process; the result is the same.

    Returns
    -------
    SeatDistribution

    Raises
    ------
    LawError
        When the law has districts and no baseline is given.
    SimulationError
        When an argument cannot be.

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
    seed = read_seed(seed)
    span = read_span(start, n_draws)
    parties = columns(question)
    problem = pack(question, parties, seed)
    workers = available_processors() if threads is None else read_threads(threads)
    with watched(progress, n_draws) as told:
        if executor is None:
            piece = run_threads(problem, span, workers, positive(block, "block"), told)
        else:
            piece = run_executor(problem, span, executor, positive(block, "block"), told)
    refuse_events(question.law, piece.tallies, n_draws)
    how = {"threads": workers} if executor is None else {"executor": type(executor).__name__}
    run = {"seconds": round(time.perf_counter() - began, 3), **how}
    return SeatDistribution(question, parties, seed, (span,), piece.tallies, piece.sample(problem), central_count(question, parties), run)


def ask(
    law: ElectoralLaw,
    centre: Any,
    model: str | ListModel,
    districts: Any,
    district_model: Districts | None,
    coalitions: Sequence[Sequence[str]],
    votes: int | None,
) -> Question:
    """Check the arguments and put them together."""
    if not isinstance(law, ElectoralLaw):
        raise SimulationError(f'law must be an ElectoralLaw such as ms.law("2023"), got {law!r}')
    if law.base == "cast":
        raise SimulationError('polls know no invalid ballots, so none can be taken of all ballots cast; write law.replace(base="valid")')
    baseline = district_baseline(law, read_baseline(districts, centre))
    middle = read_centre(centre, None if votes is None else positive(votes, "votes"))
    if law.total_seats > MOST_SEATS:
        raise SimulationError(f"a simulated chamber must have at most {MOST_SEATS:,} seats, got {law.total_seats:,}")
    bound = min(largest_base(law, len(middle.parties)), MOST_VOTES) - len(middle.shares)
    if middle.votes > bound:
        raise SimulationError(f"votes must be at most {bound:,} to be counted exactly, got {middle.votes:,}")
    if not isinstance(district_model, (Districts, type(None))):
        raise SimulationError(f"district_model must be a model such as ms.models.Districts(beta=0.5), got {district_model!r}")
    question = Question(law, middle, model_by_name(model), baseline, district_model or Districts())
    known = columns(question)
    if isinstance(coalitions, str) or not isinstance(coalitions, Iterable):
        raise SimulationError(f'coalitions must be a list of lists of parties, such as [["auyl", "aq_jol"]], got {coalitions!r}')
    return replace(question, coalitions=tuple(read_coalition(members, known) for members in coalitions))


def read_baseline(districts: Any, centre: Any) -> DistrictVotes | None:
    """Return the districts that are given, or those that the centre brings along."""
    if districts is None:
        return baseline_of(centre)
    if not isinstance(districts, (DistrictVotes, Election)):
        raise SimulationError(f"districts must be DistrictVotes or an Election, got {type(districts).__name__}")
    return districts.districts if isinstance(districts, Election) else districts


def read_coalition(members: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    """Check the parties of a coalition and put them in order."""
    if isinstance(members, str) or not isinstance(members, Iterable) or not members:
        raise SimulationError(f'a coalition must name its parties in a list, such as ["auyl", "aq_jol"], got {members!r}')
    return tuple(known[i] for i in sorted({position(party, known, "party", SimulationError) for party in members}))


def read_seed(seed: int | None) -> int:
    """Check a seed; None draws one."""
    return reading.seed(seed, SimulationError)


def positive(value: Any, what: str) -> int:
    """Check a number of things."""
    if isinstance(value, bool) or not isinstance(value, (int, np.integer)) or value < 1:
        raise SimulationError(f"{what} must be a whole number of at least 1, got {value!r}")
    return int(value)


def read_threads(threads: Any) -> int:
    """Check a number of threads."""
    if positive(threads, "threads") > MOST_THREADS:
        raise SimulationError(f"threads must be at most {MOST_THREADS:,}, got {threads:,}; more than there are processors gain nothing")
    return int(threads)


def read_span(start: Any, n_draws: Any) -> tuple[int, int]:
    """Check which draws are asked for."""
    n = positive(n_draws, "n_draws")
    if isinstance(start, bool) or not isinstance(start, (int, np.integer)) or start < 0:
        raise SimulationError(f"start must be a whole number of at least 0, got {start!r}")
    if start + n > 2**63:
        raise SimulationError(f"draws are numbered below 2**63, got {start + n - 1}")
    return int(start), int(start) + n


def refuse_events(law: ElectoralLaw, tallies: dict[str, NDArray[np.int64]], n_draws: int) -> None:
    """Raise for draws that the user wants to be an error."""
    wanted = {"tie": law.ties, "second_tie": law.second_place_tie, "excess": law.floor_excess}
    for name, choice in wanted.items():
        count = int(tallies["events"][tally.EVENTS.index(name)])
        if choice == "error" and count:
            raise AllocationError(f"{count:,} of {n_draws:,} draws have no result in the law as chosen ({name})")
    over = int(tallies["events"][tally.OVER_QUOTA :].sum())
    if over:
        raise AllocationError(
            f"in {over:,} of {n_draws:,} draws the quota {law.method} hands out more than {law.list_seats} seats; "
            'choose law.replace(method="hare") or another method'
        )


def central_count(question: Question, parties: tuple[str, ...]) -> dict[str, dict[str, int]]:
    """Count the centre itself, without error: seats by tier and party."""
    still = Districts(question.district_model.beta, 0.0, 0.0, 0.0, 0.0)
    problem = pack(replace(question, district_model=still, coalitions=()), parties, 0)
    problem = replace(problem, shares=draws.without_error(problem.shares, np.array(question.centre.shares)))
    lists, districts = problem.whole_chambers(np.zeros(1, np.uint64))
    total = districts.copy()
    total[:, : problem.lists] += lists
    rows = {"list": lists[0], "district": districts[0], "total": total[0]}
    return {tier: dict(zip(parties, (int(n) for n in row), strict=False)) for tier, row in rows.items()}


def rerun(result: SeatDistribution, **changes: Any) -> SeatDistribution:
    """Simulate a result's question again; changed arguments are those of `simulate`."""
    asked, spans = result.question, result.spans
    if "start" in changes or "n_draws" in changes:
        spans = ((spans[0][0], spans[-1][1]),)
    arguments: dict[str, Any] = {
        "law": asked.law,
        "centre": asked.centre,
        "model": asked.model,
        "districts": asked.districts,
        "district_model": asked.district_model,
        "coalitions": asked.coalitions,
        "seed": result.seed,
    }
    unknown = set(changes) - {*arguments, "start", "n_draws", "threads", "progress", "votes", "block", "executor"}
    if unknown:
        raise SimulationError(f"simulate has no argument {sorted(unknown)[0]!r}")
    arguments |= {**changes, "seed": read_seed(changes.get("seed", result.seed))}
    pieces = [simulate(**{"start": start, "n_draws": stop - start, **arguments}) for start, stop in spans]
    return reduce(operator.add, pieces)
