"""``mazhilis-sim compare --simulate`` and ``sweep --simulate``: polls of a year or of a file, always on the same simulated voters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from mazhilis_sim.cli.forecasting.request import DRAWS, named_polls, poll_doubts, told_by
from mazhilis_sim.cli.questions.answering import Where
from mazhilis_sim.cli.shell.collecting import Collected, say_doubts, say_notes
from mazhilis_sim.cli.shell.district_choice import check_agreement, chosen_districts
from mazhilis_sim.cli.shell.law_choice import chosen_law, read_field
from mazhilis_sim.cli.shell.waiting import explained
from mazhilis_sim.errors import FileError, LawError, Remedy
from mazhilis_sim.legislation.electoral_law import ElectoralLaw
from mazhilis_sim.polls.collection import Polls
from mazhilis_sim.questions.asking import labels

if TYPE_CHECKING:
    from mazhilis_sim.questions.forecast_sweep import ForecastSweep
    from mazhilis_sim.questions.paired import Paired

Found = TypeVar("Found")


@dataclass(frozen=True)
class Simulation:
    """Whether and how polls are simulated, in the words of the command line."""

    simulated: bool
    draws: int | None
    threads: int | None
    progress: bool

    def __bool__(self) -> bool:
        return self.simulated

    def refuse_alone(self) -> None:
        """Refuse what says nothing where nothing is simulated."""
        for name, number in (("--draws", self.draws), ("--threads", self.threads)):
            if number is not None:
                raise FileError(field=name, got=number, must="stand beside --simulate", remedy="add --simulate, or leave it out")

    def options(self, place: Where) -> dict[str, Any]:
        """Return them as arguments of the library."""
        return {"n_draws": self.draws or DRAWS, "seed": place.lots, "threads": self.threads, "progress": self.progress}


def on_polls(place: Where, ask: Callable[[Polls], Found]) -> Found:
    """Read polls, ask, and say what was doubtful of those that are used; a word about the compiler where it takes long."""
    if place.against_all is not None:
        raise FileError(field="--against-all", got=place.against_all, must="be left out beside --simulate", remedy="polls have their own")
    place.targets.check([place.source, place.districts])
    with Collected() as said:
        polls = named_polls(place.source, (place.dialect, place.sheet), None)
        with explained():
            found = ask(polls)
    used = (*(doubt for doubt in said.doubts if doubt not in told_by(polls)), *poll_doubts(place.source, polls))
    say_doubts(dict.fromkeys(used))
    say_notes(said.notes)
    return found


def simulated_by(laws: Sequence[ElectoralLaw], place: Where, simulation: Simulation) -> Paired:
    """Simulate voters once and count every draw by each law."""
    from mazhilis_sim.questions.paired import simulate_paired

    named = dict(zip(labels(laws), laws, strict=True))

    def ask(polls: Polls) -> Paired:
        check_districts(laws, polls, place.source)
        return simulate_paired(named, polls, districts=polls.districts, **simulation.options(place))

    return on_polls(place, ask)


def check_districts(laws: Sequence[ElectoralLaw], polls: Polls, source: str) -> None:
    """Refuse a law with districts where polls bring no district votes."""
    lacking = next((law for law in laws if law.district_seats and polls.districts is None), None)
    if lacking:
        remedy = Remedy("write law.replace(district_seats=0)", f"write {lacking.name}:district_seats=0 for its list seats alone")
        problem = f"law {lacking.name} has {lacking.district_seats} district seats, and {source} no district votes"
        raise LawError(problem, field="--laws", got=lacking.name, must="have no district seats", remedy=remedy)


def swept_by(what: str, ends: Sequence[str], values: Sequence[str] | None, place: Where, simulation: Simulation) -> ForecastSweep:
    """Forecast by a law at several values of one of its fields."""
    from mazhilis_sim.questions.forecast_sweep import sweep_forecast

    if ends or values is None:
        got = " ".join(ends) or None
        raise FileError(field="--at", got=got, must="name the values of a forecast's sweep", remedy="write such as --at 3%,5%,7%")
    check_agreement(place.districts, place.changes)

    def ask(polls: Polls) -> ForecastSweep:
        law = chosen_law(place.law, place.list_seats, polls.law, place.source, place.changes)
        law, districts = chosen_districts(law, place.districts, polls.districts, place.source)
        asked = [read_field(what, value) for value in values]
        return sweep_forecast(law, polls, what, asked, districts=districts, **simulation.options(place))

    return on_polls(place, ask)
