"""``mazhilis-sim compare --simulate``: polls of a year or of a file under several laws, on the same simulated voters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mazhilis_sim.cli.forecasting.request import DRAWS, named_polls, poll_doubts, told_by
from mazhilis_sim.cli.questions.answering import Where
from mazhilis_sim.cli.shell.collecting import Collected, say_doubts
from mazhilis_sim.cli.shell.endings import say
from mazhilis_sim.cli.shell.waiting import explained
from mazhilis_sim.errors import FileError, LawError, Remedy
from mazhilis_sim.legislation.system import ElectoralLaw
from mazhilis_sim.polls.collection import Polls
from mazhilis_sim.questions.asking import labels

if TYPE_CHECKING:
    from mazhilis_sim.questions.paired import Paired


def simulated_by(laws: Sequence[ElectoralLaw], place: Where, draws: int | None) -> Paired:
    """Simulate voters once and count every draw by each law; what was doubtful is said."""
    if place.against_all is not None:
        raise FileError(field="--against-all", got=place.against_all, must="be left out beside --simulate", remedy="polls have their own")
    place.targets.check([place.source])
    named = dict(zip(labels(laws), laws, strict=True))
    with Collected() as said:
        polls = named_polls(place.source, (place.dialect, place.sheet), None)
        found = paired(named, polls, place, draws)
    used = (*(doubt for doubt in said.doubts if doubt not in told_by(polls)), *poll_doubts(place.source, polls))
    say_doubts(dict.fromkeys(used))
    for note in said.notes:
        say(f"note: {note}")
    return found


def paired(laws: dict[str, ElectoralLaw], polls: Polls, place: Where, draws: int | None) -> Paired:
    """Run the simulation, with a bar and a word about the compiler where it takes long."""
    from mazhilis_sim.questions.paired import simulate_paired

    lacking = next((law for law in laws.values() if law.district_seats and polls.districts is None), None)
    if lacking:
        remedy = Remedy("write law.replace(district_seats=0)", f"write {lacking.name}:district_seats=0 for its list seats alone")
        problem = f"law {lacking.name} has {lacking.district_seats} district seats, and {place.source} no district votes"
        raise LawError(problem, field="--laws", got=lacking.name, must="have no district seats", remedy=remedy)
    with explained():
        return simulate_paired(laws, polls, n_draws=draws or DRAWS, seed=place.lots, progress=True, districts=polls.districts)
