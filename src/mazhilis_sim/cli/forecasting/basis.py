"""What a forecast rests on, in words: what its report says beside the numbers, and a saved forecast keeps for the next report."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mazhilis_sim import reading
from mazhilis_sim.cli.forecasting.request import Request
from mazhilis_sim.cli.forecasting.sensitivity import Sensitivity, sensitivity
from mazhilis_sim.cli.shell.sources import is_year
from mazhilis_sim.errors import SimulationError
from mazhilis_sim.languages import ENGLISH, LANGUAGES, _, counted, language, number, several, speaking
from mazhilis_sim.names.parties import Names
from mazhilis_sim.polls.of_districts import polled
from mazhilis_sim.polls.poll import Poll
from mazhilis_sim.simulation.tally_shapes import TIERS
from mazhilis_sim.tables import day, short_percent

if TYPE_CHECKING:
    from mazhilis_sim.simulation.distribution import SeatDistribution
    from mazhilis_sim.votes.district import District

SAID = ("title", "baseline", "polls_in_short", "sensitivity")
"""What a report says in a text each, beside its polls."""
TRANSLATIONS = "translations"
"""Where a saved report, which is English, holds the same in the other languages."""


def left_aside(kind: str, n: int) -> str:
    """Say how many polls of a kind are not used."""
    return {
        "poll": lambda: counted("{n} older poll", "{n} older polls", n),
        "exit_poll": lambda: counted("{n} exit poll", "{n} exit polls", n),
        "independent_poll": lambda: counted("{n} independent poll", "{n} independent polls", n),
        "bot": lambda: counted("{n} chat bot", "{n} chat bots", n),
        "debate_poll": lambda: counted("{n} debate poll", "{n} debate polls", n),
        "partial_poll": lambda: counted("{n} partial poll", "{n} partial polls", n),
        "region_poll": lambda: counted("{n} regional poll", "{n} regional polls", n),
        "district_poll": lambda: counted("{n} district poll", "{n} district polls", n),
    }[kind]()


@dataclass(frozen=True, kw_only=True)
class Basis:
    """What a report says beside the numbers.

    Parameters
    ----------
    title : str
    polls : tuple of str
        The polls used, then how many were not, in words.
    doubts : tuple of str
        What is doubtful about the input.
    notes : tuple of str
        How its labels were read.
    baseline : str
        Where district votes come from, in words.
    polls_in_short : str
        How many polls are used, of when, and what they weigh.
    sensitivity : str
        What becomes of the answer where polls err half as much, or twice as much.
    party_names : dict of str to str
        Names to show, by id.
    official : dict of str to dict of str to int
        Official seats by tier, where there are any that this law gave.
    sources : tuple of str
        Where the polls come from.
    """

    title: str
    polls: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    baseline: str = ""
    polls_in_short: str = ""
    sensitivity: str = ""
    party_names: dict[str, str] = field(default_factory=dict)
    official: dict[str, dict[str, int]] = field(default_factory=dict)
    sources: tuple[str, ...] = ()

    @property
    def names(self) -> Names:
        """What to call the parties."""
        return Names(self.party_names)

    def to_dict(self) -> dict[str, Any]:
        """Return it, ready for JSON."""
        return dataclasses.asdict(self)

    @classmethod
    def read(cls, saved: Any) -> Basis:
        """Read what `to_dict` returned."""
        english = reading.mapping(saved, "report", SimulationError, like='{"title": ""}')
        translations = reading.mapping(english.get(TRANSLATIONS, {}), f"report.{TRANSLATIONS}", SimulationError)
        known = {**english, **reading.mapping(translations.get(language(), {}), f"report.{TRANSLATIONS}", SimulationError)}
        texts = {name: reading.text(known.get(name, ""), f"report.{name}", SimulationError) for name in SAID}
        lists = {name: read_texts(known.get(name, ()), f"report.{name}") for name in ("polls", "doubts", "notes", "sources")}
        names = reading.mapping(known.get("party_names", {}), "report.party_names", SimulationError)
        official = reading.mapping(known.get("official", {}), "report.official", SimulationError)
        return cls(
            title=texts["title"],
            baseline=texts["baseline"],
            polls_in_short=texts["polls_in_short"],
            sensitivity=texts["sensitivity"],
            polls=lists["polls"],
            doubts=lists["doubts"],
            notes=lists["notes"],
            sources=lists["sources"],
            party_names={id_: reading.text(name, "report.party_names", SimulationError) for id_, name in names.items()},
            official={tier: reading.counts(seats, "report.official", SimulationError, of="seats") for tier, seats in official.items()},
        )


def read_texts(value: Any, field: str) -> tuple[str, ...]:
    """Read texts of a list."""
    return tuple(reading.text(text, field, SimulationError) for text in reading.items(value, field, SimulationError))


def report_of(request: Request, result: SeatDistribution) -> dict[str, Any]:
    """Return what a report says of a request, ready for JSON: in English, and what differs in the other languages."""
    tried = sensitivity(result)
    in_all: dict[str, Basis] = {}
    for code in LANGUAGES:
        with speaking(code):
            in_all[code] = basis_of(request, result, tried)
    english, *_others = (basis.to_dict() for basis in in_all.values())
    others = {code: {name: value for name, value in basis.to_dict().items() if value != english[name]} for code, basis in in_all.items()}
    return {**english, TRANSLATIONS: {code: texts for code, texts in others.items() if code != ENGLISH}}


def basis_of(request: Request, result: SeatDistribution, tried: Sensitivity | None) -> Basis:
    """Return what a report says of a request and what was found out while it ran."""
    return Basis(
        title=request.title,
        polls=tuple(polls_used(request, result)),
        polls_in_short=count_polls(request.polls.newest_of_each()),
        sensitivity=tried.said(Names(request.polls.party_names)) if tried else "",
        doubts=(*request.doubts, *unlinked(result)),
        notes=request.notes,
        baseline=request.baseline,
        party_names=request.polls.party_names,
        official={tier: seats for tier, seats in request.official.items() if tier in TIERS},
        sources=tuple(sources_of(request)),
    )


def sources_of(request: Request) -> Iterator[str]:
    """Say where the polls come from: all of them, then each that has a note of its own."""
    yield request.polls.source or request.word
    yield from (f"{poll.label.removeprefix('poll ')}: {poll.note}" for poll in request.polls.newest_of_each() if poll.note)


def basis_of_result(result: SeatDistribution, name: str) -> Basis:
    """Return what a report can say of a result that was saved without one."""
    centre, districts = result.question.centre, result.question.districts
    return Basis(
        title=_("Forecast saved in {file}").format(file=name),
        polls=(centre.polls,) if centre.polls else (),
        baseline=(districts.source if districts else "") or _("the district votes that it was made with"),
    )


def polls_used(request: Request, result: SeatDistribution) -> Iterator[str]:
    """Name the polls, and count those that were left aside; the report names those of districts with the districts."""
    used, asked = tuple(request.polls.newest_of_each()), {answers_by(district) for district in polled(result.question.districts)}
    yield from map(describe_poll, used)
    left = Counter(poll.kind for poll in request.polls if poll not in used and poll.label.removeprefix("poll ") not in asked)
    where = _("on record, not used: {polls}") if is_year(request.word) else _("in the file, not used: {polls}")
    if left:
        yield where.format(polls=", ".join(left_aside(kind, n) for kind, n in left.items()))


def answers_by(district: District) -> str:
    """Return who asked in a district, and when."""
    return district.answers.by if district.answers else ""


def count_polls(polls: Sequence[Poll]) -> str:
    """Say how many polls there are, and until when."""
    dates = [poll.date for poll in polls if poll.date]
    if not dates:
        return counted("{n} poll", "{n} polls", len(polls))
    said = several("{n} poll until {day}", "{n} polls until {day}", len(polls))
    return said.format(n=number(len(polls)), day=day(max(dates)))


def describe_poll(poll: Poll) -> str:
    """Name a poll and the size that it prints."""
    size = f"n = {number(poll.sample_size)}" if poll.sample_size else ""
    margin = _("margin {share}").format(share=short_percent(poll.margin)) if poll.margin else ""
    date = _("until {date}").format(date=poll.date) if poll.date else _("no date")
    return ", ".join(part for part in (poll.pollster, date, size, margin) if part)


def unlinked(result: SeatDistribution) -> tuple[str, ...]:
    """Doubt districts none of whose parties is polled: the ids will not match, and nothing links the tiers."""
    named = result.question.districts.parties if result.question.districts else ()
    if not named or set(named) & set(result.lists):
        return ()
    return (f"none of the districts' parties ({', '.join(named)}) is polled; ids must match for the list vote to move candidates",)
