"""What the commands of questions do: read, ask, save, print."""

from __future__ import annotations

from typing import Any

from mazhilis_sim.cli.questions.answering import Where, answer
from mazhilis_sim.cli.questions.reading_words import laws_in, way_in
from mazhilis_sim.cli.questions.scenes import changed_as
from mazhilis_sim.cli.questions.simulating import Simulation, simulated_by, swept_by
from mazhilis_sim.cli.questions.working import found_by
from mazhilis_sim.counting.chamber import elect
from mazhilis_sim.errors import FileError, LawError
from mazhilis_sim.questions.changing import changed_by
from mazhilis_sim.questions.closeness.margins import seat_margins
from mazhilis_sim.questions.comparing import compare, elected
from mazhilis_sim.questions.conditions import condition_in
from mazhilis_sim.questions.deciding.power import power
from mazhilis_sim.questions.indices import indices
from mazhilis_sim.questions.solutions.solving import NothingDoes, solve_for
from mazhilis_sim.questions.sweeping.asked import sweep


def run_compare(*, laws: str, simulated: bool, draws: int | None, threads: int | None, progress: bool, **where: Any) -> None:
    """Compare laws, on votes or on simulated voters."""
    place, simulation = Where(**where), Simulation(simulated, draws, threads, progress)
    if simulation:
        answer(place, simulated_by(laws_in(laws), place, simulation))
        return
    simulation.refuse_alone()
    asked, election = laws_in(laws), place.election()
    answer(place, found_by(lambda: compare(asked, election, seed=place.lots)))


def run_sweep(
    *,
    what: str,
    ends: tuple[str, ...],
    at: str | None,
    simulated: bool,
    draws: int | None,
    threads: int | None,
    progress: bool,
    **where: Any,
) -> None:
    """Sweep a number of the law, on votes or on simulated voters."""
    if len(ends) not in (0, 2):
        raise FileError(field="LOW HIGH", got=" ".join(ends), must="be two ends, or none", remedy="write such as 0% 10%")
    place, simulation = Where(**where), Simulation(simulated, draws, threads, progress)
    values = [value.strip() for value in at.split(",")] if at is not None else None
    if simulation:
        answer(place, swept_by(what, ends, values, place, simulation))
        return
    simulation.refuse_alone()
    law, election = place.asked()
    try:
        found = found_by(lambda: sweep(law, election, what, values, between=(ends[0], ends[1]) if ends else None, seed=place.lots))
    except LawError as error:
        raise error.at("LOW HIGH" if ends else "--at") if error.field == what else error from None
    answer(place, found)


def run_margins(*, rival: str | None, **where: Any) -> None:
    """Show margins."""
    place = Where(**where)
    law, election = place.asked()
    answer(place, found_by(lambda: seat_margins(law, election, rival=rival, seed=place.lots)))


def run_indices(**where: Any) -> None:
    """Measure disproportionality."""
    place = Where(**where)
    law, election = place.asked()
    answer(place, indices(election.votes, elected(elect(law, election, seed=place.lots).seats)))


def run_power(*, majority: int | None, **where: Any) -> None:
    """Show who decides."""
    place = Where(**where)
    law, election = place.asked()
    answer(place, found_by(lambda: power(elect(law, election, seed=place.lots), majority)))


def run_scenario(
    *,
    turnout: tuple[str, ...],
    swing: tuple[str, ...],
    result: tuple[str, ...],
    merge: tuple[str, ...],
    split: tuple[str, ...],
    without: tuple[str, ...],
    strategic: str | None,
    **where: Any,
) -> None:
    """Count before and after."""
    place = Where(**where)
    law, election = place.asked()
    asked = {"turnout": turnout, "swing": swing, "result": result, "merge": merge, "split": split, "without": without}
    now, said = changed_as(election, law, {**asked, "strategic": (strategic,) if strategic is not None else ()})
    answer(place, changed_by(law, election, now, said, place.lots))


def run_solve(*, turnout: str | None, swing: str | None, votes: str | None, transfer: str | None, until: str, **where: Any) -> None:
    """Find the least change."""
    place = Where(**where)
    law, election = place.asked()
    what, named = way_in({"turnout": turnout, "swing": swing, "votes": votes, "transfer": transfer})
    condition = condition_in(until, "--until")
    found = found_by(lambda: solve_for(election, law, what, until=condition, seed=place.lots, **named))
    answer(place, found or NothingDoes(what, until))
