"""What is asked of a simulation: all that decides a draw besides its number and the seed, checked before anything is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from mazhilis_sim import reading
from mazhilis_sim.counting.chamber import district_baseline
from mazhilis_sim.counting.many import FEW, largest_base
from mazhilis_sim.errors import LawChange, SimulationError
from mazhilis_sim.legislation.electoral_law import ElectoralLaw
from mazhilis_sim.names.reserved import INDEPENDENTS
from mazhilis_sim.polls.collection import Polls
from mazhilis_sim.polls.of_districts import with_answers
from mazhilis_sim.simulation.bounds import MOST_DRAWS, MOST_SEATS, MOST_VOTES
from mazhilis_sim.simulation.models import Centre, Districts, ListModel
from mazhilis_sim.simulation.models import model as model_by_name
from mazhilis_sim.simulation.models.centre import baseline_of, read_centre
from mazhilis_sim.votes.district import DistrictVotes
from mazhilis_sim.votes.election import Election


@dataclass(frozen=True)
class Question:
    """Everything that decides a draw besides its number and the seed, and whose seats are tallied together.

    Parameters
    ----------
    law : ElectoralLaw
    centre : Centre
    model : ListModel
    districts : DistrictVotes or None
    district_model : Districts
    coalitions : tuple of tuple of str
        Sets of parties whose seats together are tallied.
    """

    law: ElectoralLaw
    centre: Centre
    model: ListModel
    districts: DistrictVotes | None
    district_model: Districts
    coalitions: tuple[tuple[str, ...], ...] = ()

    @property
    def parties(self) -> tuple[str, ...]:
        """The parties that can get seats: lists, others with candidates in districts, independents last."""
        lists = self.centre.parties
        if self.districts is None:
            return lists
        others = tuple(party for party in self.districts.parties if party not in lists)
        return (*lists, *others, INDEPENDENTS)

    @property
    def district_seats(self) -> int:
        """Seats that districts fill in each draw; nobody fills those that are vacant."""
        return self.law.district_seats - len(self.districts.vacant) if self.districts else 0


def ask(
    law: ElectoralLaw,
    centre: Any,
    model: str | ListModel = "total",
    districts: Any = None,
    district_model: Districts | None = None,
    coalitions: Sequence[Sequence[str]] = (),
    votes: int | None = None,
) -> Question:
    """Check the arguments of `simulate` and put them together."""
    (question,) = ask_each((law,), centre, model, districts, district_model, coalitions, votes)
    return question


def ask_each(
    laws: Sequence[ElectoralLaw],
    centre: Any,
    model: str | ListModel = "total",
    districts: Any = None,
    district_model: Districts | None = None,
    coalitions: Sequence[Sequence[str]] = (),
    votes: int | None = None,
) -> list[Question]:
    """Ask the same of several laws; polls, which take the longest to read, are read once."""
    read = [read_law(law, centre) for law in laws]
    middle = read_centre(centre, None if votes is None else reading.whole(votes, "votes", SimulationError, least=1))
    told = read_baseline(districts, centre)
    if district_model is not None:
        remedy = "write ms.models.Districts(beta=0.5)"
        reading.instance(district_model, Districts, "district_model", SimulationError, remedy=remedy)
    baselines = [with_polled(district_baseline(law, told), centre) for law in read]
    for law in read:
        check_size(law, middle)
    chosen = model_by_name(model)
    asked = [Question(law, middle, chosen, baseline, district_model or Districts()) for law, baseline in zip(read, baselines, strict=True)]
    return [with_coalitions(question, coalitions) for question in asked]


def with_coalitions(question: Question, coalitions: Any) -> Question:
    """Return a question that asks for some coalitions too; one without any is not put together a second time."""
    read = read_coalitions(coalitions, question.parties)
    return replace(question, coalitions=read) if read else question


def with_polled(baseline: DistrictVotes | None, centre: Any) -> DistrictVotes | None:
    """Return districts with what polls say of them."""
    return with_answers(baseline, centre) if baseline is not None and isinstance(centre, Polls) else baseline


def read_law(law: Any, centre: Any) -> ElectoralLaw:
    """Read the law, whose base polls must know; the order of the arguments is told where they were swapped."""
    swapped = isinstance(centre, ElectoralLaw)
    remedy = "write the law first, then the polls: ms.simulate(law, polls)" if swapped else 'write ms.law("2023")'
    reading.instance(law, ElectoralLaw, "law", SimulationError, remedy=remedy)
    if law.base == "cast":
        raise SimulationError(
            "polls know no invalid ballots, so none can be taken of all ballots cast",
            field="base",
            got=law.base,
            must="be valid or parties",
            remedy=LawChange("base", ("valid",), "write"),
        )
    checked: ElectoralLaw = law
    return checked


def read_baseline(districts: Any, centre: Any) -> DistrictVotes | None:
    """Return the districts that are given, or those that the centre brings along."""
    if districts is None:
        return baseline_of(centre)
    if not isinstance(districts, (DistrictVotes, Election)):
        raise SimulationError(field="districts", got=districts, must="be DistrictVotes or an Election", shown=type(districts).__name__)
    return districts.districts if isinstance(districts, Election) else districts


def check_size(law: ElectoralLaw, centre: Centre) -> None:
    """Refuse chambers and electorates that cannot be counted exactly."""
    if law.total_seats > MOST_SEATS:
        must = f"have at most {MOST_SEATS:,} seats"
        raise SimulationError(field="a simulated chamber", got=law.total_seats, must=must, shown=f"{law.total_seats:,}")
    bound = most_votes(law, centre)
    if centre.votes > bound:
        shown, must = f"{centre.votes:,}" if centre.votes < 2**100 else "", f"be at most {max(bound, 0):,} to be counted exactly"
        remedy = 'write the law\'s shares shorter, such as "33.33%" for 1/3' if bound < FEW else ""
        raise SimulationError(field="votes", got=centre.votes, must=must, remedy=remedy, shown=shown)


def most_votes(law: ElectoralLaw, centre: Centre) -> int:
    """Return how many votes a draw may have, to be counted exactly: categories are rounded one by one, so that the base may be larger."""
    return min(largest_base(law, len(centre.parties)), MOST_VOTES) - len(centre.shares)


def read_coalitions(coalitions: Any, known: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Read sets of parties."""
    groups = reading.items(coalitions, "coalitions", SimulationError, like='[["auyl", "aq_jol"]]')
    return tuple(read_coalition(members, known) for members in groups)


def read_coalition(members: Any, known: Sequence[str]) -> tuple[str, ...]:
    """Read the parties of one coalition and put them in order."""
    named = reading.items(members, "a coalition", SimulationError, like='["auyl", "aq_jol"]')
    if not named:
        raise SimulationError(field="a coalition", got=members, must='name its parties in a list, such as ["auyl", "aq_jol"]')
    return tuple(known[i] for i in sorted({reading.position(party, known, "party", SimulationError) for party in named}))


def read_span(start: Any, n_draws: Any) -> tuple[int, int]:
    """Read which draws are asked for."""
    n = reading.whole(n_draws, "n_draws", SimulationError, least=1)
    first = reading.whole(start, "start", SimulationError)
    if first + n > MOST_DRAWS:
        raise SimulationError(
            field="the number of the last draw", got=first + n - 1, must="lie below 2**63", remedy="choose smaller start= or n_draws="
        )
    return first, first + n
