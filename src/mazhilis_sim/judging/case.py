"""The elections of a backtest: polls, result, law, and what the election before would have had one expect."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mazhilis_sim import reading
from mazhilis_sim.counting.exact import allocate
from mazhilis_sim.data import elections, load_election
from mazhilis_sim.errors import SimulationError
from mazhilis_sim.judging.calibration import ON_RECORD, quiet_pair
from mazhilis_sim.judging.evaluation import Outcome, on_ballot, outcome_of
from mazhilis_sim.legislation.electoral_law import ElectoralLaw
from mazhilis_sim.legislation.presets import law as law_by_name
from mazhilis_sim.polls.collection import Polls, no_poll
from mazhilis_sim.polls.poll import Poll
from mazhilis_sim.polls.pool import Pool
from mazhilis_sim.reading import Day
from mazhilis_sim.showing import Drawn, Shown
from mazhilis_sim.simulation.models import Centre
from mazhilis_sim.simulation.models.centre import read_centre
from mazhilis_sim.votes.election import Election

SINCE = {2021: datetime.date(2020, 12, 25)}
"""On record: the first of the late polls. Those of 2021 before it asked up to two months ahead, two of them about a party
that did not stand in the end."""


@dataclass(frozen=True, repr=False)
class Case(Shown, Drawn):
    """One election with its polls.

    Parameters
    ----------
    polls : Polls
    election : Election
    law : ElectoralLaw
        Decides the list seats; districts are left out, because their baseline is the result itself.
    last : Election, optional
        The election before, whose seats are a reference.
    since : datetime.date, optional
        Polls from this day on are shown apart as well.
    """

    picture = "judging.polls"

    polls: Polls
    election: Election
    law: ElectoralLaw
    last: Election | None = None
    since: datetime.date | None = None

    if TYPE_CHECKING:  # what may be given; the fields hold what was read

        def __init__(
            self, polls: Polls, election: Election, law: ElectoralLaw, last: Election | None = None, since: Day | None = None
        ) -> None: ...

    def __post_init__(self) -> None:
        reading.instance(self.polls, Polls, "polls", SimulationError, remedy="write ms.Polls([...])")
        reading.instance(self.election, Election, "election", SimulationError)
        reading.instance(self.law, ElectoralLaw, "law", SimulationError, remedy='write ms.law("2023")')
        reading.maybe(reading.instance, self.last, Election, "last", SimulationError)
        object.__setattr__(self, "since", reading.date(self.since, "since", SimulationError))

    @classmethod
    def on_record(cls, year: int | str) -> Case:
        """Load an election with polls on record."""
        polls, election = quiet_pair(year)
        held = int(election.name)
        before = [other for other in elections() if other < held]
        last = load_election(before[-1]) if before else None
        return cls(polls, election, law_by_name(election.law), last, SINCE.get(held))

    @property
    def name(self) -> str:
        """Name of the election."""
        return self.election.name

    @property
    def lists_alone(self) -> ElectoralLaw:
        """The law without its districts."""
        return self.law.replace(district_seats=0) if self.law.district_seats else self.law

    def centre(self, poll: Poll | Pool) -> Centre:
        """Return a poll, or several pooled, as the centre of a forecast of this ballot."""
        return on_ballot(read_centre(poll), self.election)

    def outcome(self, centre: Centre) -> Outcome:
        """Return what happened, as far as a centre forecasts it."""
        return outcome_of(self.election, self.lists_alone, centre)

    def last_seats(self, lists: Sequence[str]) -> list[int] | None:
        """Return the seats of the last election, brought to this chamber's size.

        Its list seats, of the lists that stand again (by id), shared out anew by the largest remainder; lists that did not
        stand get none. None where no list stands again that had seats.
        """
        asked = reading.members(lists, str, "lists", SimulationError)
        if self.last is None:
            return None
        if not self.last.official_seats.get("list") and not self.last.law:
            raise SimulationError(field="the last election", got=self.last.name, must="have official list seats, or the name of its law")
        won = self.last.official_seats.get("list") or allocate(law_by_name(self.last.law), self.last.list_votes).seats
        again = {party: won.get(party, 0) for party in asked}
        if not any(again.values()):
            return None
        plain = self.lists_alone.replace(threshold=0, fallback=None)
        return list(allocate(plain, again).seats.values())


def read_cases(cases: Any) -> tuple[Case, ...]:
    """Load the years on record; check that each case stands once and can be used."""
    wanted = ON_RECORD if cases is None else (cases,) if isinstance(cases, Case) else reading.several(cases, "cases", SimulationError)
    read = tuple(case if isinstance(case, Case) else Case.on_record(case) for case in wanted)
    names = [case.name for case in read]
    if not read or len(set(names)) < len(names) or not all(names):
        shown = ", ".join(names) or "none"
        raise SimulationError(field="cases", must="be at least one election, each once and with a name", got=cases, shown=shown)
    for case in read:
        if not case.polls.of_kind("poll"):
            raise no_poll(f"for {case.name}")
    return read
