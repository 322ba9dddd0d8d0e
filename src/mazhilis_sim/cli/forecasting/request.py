"""A forecast as a user asks for it: a year, a file or a scenario, and what the command line changes in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mazhilis_sim.cli.shell.collecting import Collected
from mazhilis_sim.cli.shell.district_choice import check_agreement, chosen_districts
from mazhilis_sim.cli.shell.law_choice import chosen_law
from mazhilis_sim.cli.shell.options import USUAL_SEED
from mazhilis_sim.cli.shell.sources import Written, check_file, check_on_record, is_year, say_reading
from mazhilis_sim.data import load_election, load_polls
from mazhilis_sim.data.turnouts import polls_at_turnout
from mazhilis_sim.errors import FileError, MazhilisError, PollError, VotesError
from mazhilis_sim.languages import _
from mazhilis_sim.legislation.electoral_law import ElectoralLaw
from mazhilis_sim.legislation.presets import law as law_by_name
from mazhilis_sim.names.reserved import INDEPENDENTS
from mazhilis_sim.polls.collection import Polls
from mazhilis_sim.reading import position
from mazhilis_sim.simulation.models import ListModel, Total
from mazhilis_sim.tables import day
from mazhilis_sim.votes.district import DistrictVotes

if TYPE_CHECKING:
    from mazhilis_sim.files.scenario import Scenario

DRAWS = 1_000_000
SCENARIO = ".toml"


@dataclass(frozen=True, kw_only=True)
class Request:
    """What a user asked for, with everything resolved but the model.

    Parameters
    ----------
    word : str
        The year or file of the polls.
    polls : Polls
    law : ElectoralLaw
    districts : DistrictVotes or None
    named : str
        The year or file of the district votes.
    arguments : dict
        Further arguments of `simulate`.
    official : dict of str to dict of str to int
        Official seats by tier, where there are any that this law gave.
    doubts : tuple of str
        What is doubtful about the input.
    notes : tuple of str
        How its labels were read.
    files : tuple of str
        What was read, and years on record.
    """

    word: str
    polls: Polls
    law: ElectoralLaw
    districts: DistrictVotes | None
    named: str
    arguments: dict[str, Any]
    official: dict[str, dict[str, int]] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    files: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What is forecast."""
        if is_year(self.word) and self.polls.election_date:
            return _("Forecast of the Mazhilis election of {day}").format(day=day(self.polls.election_date))
        return _("Forecast from {file}").format(file=Path(self.word).name)

    @property
    def baseline(self) -> str:
        """Where district votes come from; those of the election that is forecast are the answer itself."""
        if self.districts is None:
            return _("no district votes: list seats alone")
        if not is_year(self.named):
            return _("the district votes in {file}").format(file=self.named)
        if self.named == self.word:
            return _("the official district result of {year}, which is the answer itself").format(year=self.named)
        return _("the official district result of {year}").format(year=self.named)


def read_request(
    source: str,
    law: str | None,
    list_seats: int | None,
    districts: str | None,
    changes: dict[str, str],
    added: Sequence[str],
    dialect: str | None,
    sheet: str | None,
    sample_size: int | None,
    **options: Any,
) -> Request:
    """Resolve a year, a file of polls or a scenario; what stands on the command line wins over the scenario."""
    said_of_it = Collected()
    with said_of_it:
        scenario = scenario_in(source) if Path(source).suffix.lower() == SCENARIO else None
        word = said(scenario, "polls") or source
        with at_key(scenario, "polls"):
            written = dialect or said(scenario, "dialect"), sheet
            given = Polls((scenario.poll,)) if scenario and scenario.poll else None
            polls = named_polls(word, written, sample_size or said(scenario, "sample_size"), added, given)
    polls = polls_at_turnout(polls, said(scenario, "turnout") or {})
    otherwise = scenario.law if scenario and scenario.law else polls.law
    named = districts or (scenario.districts if scenario else None)
    check_agreement(named, changes)
    version = chosen_law(law, list_seats, otherwise, source, changes)
    with at_key(scenario if scenario and scenario.districts and not districts else None, "districts"):
        counting, votes = chosen_districts(version, named, polls.districts, source)
    if scenario and not options["coalitions"]:
        check_coalitions(scenario, polls, votes)
    return Request(
        word=word,
        polls=polls,
        law=counting,
        districts=votes,
        named=named or word,
        arguments=arguments_of(scenario, **options),
        official=official_seats(word, polls, counting),
        doubts=(*(doubt for doubt in said_of_it.doubts if doubt not in told_by(polls)), *poll_doubts(word, polls)),
        notes=tuple(said_of_it.notes),
        files=tuple(name for name in (source, word, named, *added) if name),
    )


def scenario_in(path: str) -> Scenario:
    """Read a scenario; what reads files is loaded where there is one, since a year on record needs none of it."""
    from mazhilis_sim.files.scenario import read_scenario

    return read_scenario(path)


def said(scenario: Scenario | None, field: str) -> Any:
    """Return what a scenario says, where there is one."""
    return getattr(scenario, field, None)


def check_coalitions(scenario: Scenario, polls: Polls, votes: DistrictVotes | None) -> None:
    """Refuse a party of a scenario's coalitions that can get no seat."""
    members = [party for coalition in scenario.coalitions for party in coalition]
    if members:
        known = (*polls.pooled().parties, *((*votes.parties, INDEPENDENTS) if votes else ()))
        with at_key(scenario, "coalitions"):
            for party in members:
                position(party, known, "party", VotesError)


@contextmanager
def at_key(scenario: Scenario | None, key: str) -> Iterator[None]:
    """Name the scenario, row and key that brought an error."""
    try:
        yield
    except MazhilisError as error:
        if scenario is None:
            raise
        raise scenario.place(key).error(error, None) from None


def named_polls(word: str, written: Written, sample_size: int | None, added: Sequence[str] = (), given: Polls | None = None) -> Polls:
    """Load polls on record, or read them from a file, and add those of further files; there must be one that asks about the vote."""
    if given is not None:
        polls = given
    elif is_year(word):
        if not added:
            check_on_record(word, written)
            check_no_size(sample_size, word)
        polls = load_polls(word)
    else:
        polls = polls_in(word, written, sample_size)
    for path in added:
        polls = with_polls_in(path, written, sample_size, polls)
    return before_the_vote(polls, word)


def with_polls_in(path: str, written: Written, sample_size: int | None, polls: Polls) -> Polls:
    """Add the polls in a file to others."""
    from mazhilis_sim.files.polls import add_polls

    return add_polls(polls_in(path, written, sample_size), to=polls)


def polls_in(path: str, written: Written, sample_size: int | None) -> Polls:
    """Read a file of polls, and say how it was read."""
    from mazhilis_sim.files.polls import read_polls

    check_file(path, "polls")
    polls = read_polls(path, sample_size=sample_size, dialect=written[0], sheet=written[1])
    say_reading(path, polls.read_as)
    return polls


def before_the_vote(polls: Polls, word: str) -> Polls:
    """Refuse polls of which none was taken before the vote and published whole."""
    if polls.of_kind("poll"):
        return polls
    if not is_year(word):
        missing, remedy = 'there must be a poll of kind "poll", which is what a forecast uses', "leave the column kind out"
        raise PollError(missing, field="kind", must='be "poll" in some row', remedy=remedy, where=word)
    said = f"there are no polls of {word} on record that were taken before the vote"
    remedy = f"write another year, or a file of polls; ms.load_polls({word}) has those of the day itself"
    raise PollError(said, field="year", got=word, must='have a poll of kind "poll"', remedy=remedy)


def told_by(polls: Polls) -> set[str]:
    """Return the warnings that polls told of themselves, which the report repeats for those that it uses."""
    return {f"{poll.label}: {doubt}" for poll in polls for doubt in poll.doubts}


def check_no_size(sample_size: int | None, word: str) -> None:
    """Refuse a sample size for polls on record, which have their own."""
    if sample_size is not None:
        problem, must = f"--sample-size is for a file of polls; those of {word} are on record with their own", "be left out"
        raise FileError(problem, field="--sample-size", got=sample_size, must=must)


def poll_doubts(word: str, polls: Polls) -> Iterator[str]:
    """Say what is doubtful about the polls used, and about every poll in a user's own file."""
    for poll in polls.newest_of_each() if is_year(word) else polls:
        for doubt in poll.doubts:
            yield f"{poll.label.removeprefix('poll ')}: {doubt}"


def arguments_of(scenario: Scenario | None, **options: Any) -> dict[str, Any]:
    """Put together the arguments of `simulate`: the command line, then the scenario, then the defaults."""
    asked = {name: getattr(scenario, name, None) if value in (None, ()) else value for name, value in options.items()}
    asked["model"] = asked["model"] or "total"
    return {
        "model": asked["model"] if asked["preset"] is None else preset_of(options["model"], options["preset"]),
        "n_draws": asked["draws"] or DRAWS,
        "seed": USUAL_SEED if asked["seed"] is None else asked["seed"],
        "votes": asked["votes"],
        "threads": asked["threads"],
        "coalitions": asked["coalitions"] or (),
        "district_model": scenario.district_model if scenario else None,
    }


def preset_of(model: str | None, preset: str) -> ListModel:
    """Return the model total with the numbers of a preset, which no other model has."""
    if model not in (None, Total.name):
        raise FileError(field="--preset", got=preset, must=f"be left out beside --model {model}", remedy="it is for the model total")
    return Total(preset=preset)


def official_seats(word: str, polls: Polls, law: ElectoralLaw) -> dict[str, dict[str, int]]:
    """Return the official seats of an election on record, as far as this law is the one that gave them."""
    if not is_year(word):
        return {}
    seats, held = load_election(word).official_seats, law_by_name(polls.law)
    if (law.list_seats, law.threshold, law.fallback) != (held.list_seats, held.threshold, held.fallback):
        return {}
    if not law.district_seats:  # lists fill all that is elected
        seats = {"total": seats["list"], **seats}
    return seats if law == held or not law.district_seats else {"list": seats["list"]}
