"""A distribution of seats: integer tallies that add up, and the parts that say what they mean."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypedDict

import numpy as np

from mazhilis_sim import __version__, reading
from mazhilis_sim.errors import SimulationError
from mazhilis_sim.kernels.steps.random_words import VERSION
from mazhilis_sim.languages import _
from mazhilis_sim.legislation.electoral_law import ElectoralLaw, law_called
from mazhilis_sim.showing import Sheet, Shown, in_lines
from mazhilis_sim.simulation.distribution.events import Events
from mazhilis_sim.simulation.distribution.histograms import Histograms, read_seats
from mazhilis_sim.simulation.distribution.probability import Probability
from mazhilis_sim.simulation.distribution.sample import Sample
from mazhilis_sim.simulation.distribution.summary import Summary, grounds, ingredients, source
from mazhilis_sim.simulation.distribution.whole_chambers import WholeChambers
from mazhilis_sim.simulation.question import Question
from mazhilis_sim.simulation.tally_shapes import TIERS, Spans, Tallies, draws_in, join_spans

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.figure import Figure
    from numpy.typing import NDArray


class Run(TypedDict, total=False):
    """How a distribution was run: with threads, an executor or an engine, each by number or name; how long, and of that compiling."""

    seconds: float
    compiling: float
    threads: int
    executor: str
    engine: str


@dataclass(frozen=True, eq=False, repr=False)
class SeatDistribution(WholeChambers, Shown):
    """What simulated elections say, over a number of draws; made by `mazhilis_sim.simulate`.

    Seats are those elected, appointed ones excluded, unless ``tier`` is ``"list"`` or ``"district"``; a majority is of
    the whole chamber. Letters: k lists, p columns (`parties`), n draws.

    Attributes
    ----------
    question : Question
        Law, centre, model, districts.
    parties : tuple of str
        Columns: lists in the order of registration, others with candidates in districts, ``independents`` last.
    seed : int
    spans : tuple of (int, int)
        The draws covered: first, and one past the last.
    tallies : dict of str to ndarray of int64
        Histograms and counts; two runs over disjoint draws add up exactly.
    sample : Sample
    count_centre : callable
        Counts the centre itself, for `point`.
    run : Run
        How it was run: seconds, threads. No part of the result.
    stream : int
        Version of the random stream, which changes when any bit of it does.
    version : str
        Version of the package that simulated.
    source : Poll, Polls, Pool or Election
        What was simulated around, for `why`; a result that was read from a file does not know it. No part of the result.
    """

    drawn_as = ({"kind": "chamber"}, {"kind": "seats"}, {"kind": "entry"}, {"kind": "coalitions"})

    question: Question
    parties: tuple[str, ...]
    seed: int
    spans: Spans
    tallies: Tallies
    sample: Sample
    count_centre: Callable[[], dict[str, dict[str, int]]] = dict
    run: Run = field(default_factory=Run)
    stream: int = VERSION
    version: str = __version__
    source: Any = None

    def __post_init__(self) -> None:
        made = "make it with ms.simulate or ms.load_forecast"
        reading.instance(self.question, Question, "question", SimulationError, remedy=made)
        reading.instance(self.sample, Sample, "sample", SimulationError, remedy=made)
        if self.parties != self.question.parties:
            raise SimulationError(field="parties", got=self.parties, must="be those of the question", remedy=made)
        reading.mapping(self.tallies, "tallies", SimulationError, like='{"list": counts}')
        reading.instance(self.run, dict, "run", SimulationError, remedy=made)

    # -- what was asked ------------------------------------------------------------------------------------------------

    @property
    def law(self) -> ElectoralLaw:
        """The law that counted."""
        return self.question.law

    @property
    def lists(self) -> tuple[str, ...]:
        """Ids of the lists, in the order of registration."""
        return self.question.centre.parties

    @property
    def n_draws(self) -> int:
        """Number of draws."""
        return draws_in(self.spans)

    @property
    def provenance(self) -> dict[str, Any]:
        """What this result was made from: law, polls, model, seed, draws, versions, time."""
        draws = {"seed": self.seed, "n_draws": self.n_draws, "draws": [list(span) for span in self.spans]}
        return {**ingredients(self.question), **draws, "stream": self.stream, "version": self.version, **self.run}

    @cached_property
    def point(self) -> dict[str, dict[str, int]]:
        """Seats by tier and party where the centre itself is counted."""
        return self.count_centre()

    # -- its parts -----------------------------------------------------------------------------------------------------

    @cached_property
    def histograms(self) -> Histograms:
        """Seats by party and tier."""
        return Histograms(self.parties, {tier: self.tallies[tier] for tier in TIERS}, self.n_draws)

    @cached_property
    def events(self) -> Events:
        """What happened in draws."""
        return Events(self.parties, self.lists, self.tallies, self.n_draws)

    @cached_property
    def words(self) -> Summary:
        """The main numbers, as rows and as a text table."""
        return Summary(self.question, self.histograms, self.events)

    # -- seats ---------------------------------------------------------------------------------------------------------

    def histogram(self, party: str, tier: str = "total") -> NDArray[np.int64]:
        """Return how many draws gave a party 0, 1, 2, ... seats.

        Parameters
        ----------
        party : str
        tier : {"total", "list", "district"}

        Returns
        -------
        ndarray of int64, shape (seats + 1,)
        """
        return self.histograms.of(party, tier)

    def mean(self, party: str, tier: str = "total") -> float:
        """Return a party's mean number of seats."""
        return self.histograms.mean(party, tier)

    def se(self, party: str, tier: str = "total") -> float:
        """Return the Monte Carlo standard error of `mean`."""
        return self.histograms.se(party, tier)

    def quantile(self, party: str, q: float | Sequence[float], tier: str = "total") -> Any:
        """Return the fewest seats that a share ``q`` of draws does not exceed (the inverted CDF).

        Parameters
        ----------
        party : str
        q : float or sequence of float
            In [0, 1].

        Returns
        -------
        int, or ndarray of int64 for a sequence
        """
        return self.histograms.quantile(party, q, tier)

    def interval(self, party: str, level: float = 0.9, tier: str = "total") -> tuple[int, int]:
        """Return the equal-tailed interval of seats; ``level`` is a share such as 0.9 or "90%"."""
        return self.histograms.interval(party, level, tier)

    # -- events --------------------------------------------------------------------------------------------------------

    def p_at_least(self, party: str, seats: int, tier: str = "total") -> Probability:
        """Return the chance of at least so many seats."""
        return self.p_together(self.parties[self.column(party)], seats, tier)

    def p_enters(self, party: str) -> Probability:
        """Return the chance that a list reaches the threshold; district seats do not count."""
        place = self.list_index(party)
        return self.told_of(self.events.of_list("entries", party), ("entries", place), lambda: self.kept_marks[0][:, place] == 1)

    def p_admitted(self, party: str) -> Probability:
        """Return the chance that a list shares in the seats: by the threshold, by the two-party rule, or where no list passes."""
        place = self.list_index(party)
        return self.told_of(self.events.of_list("admitted", party), ("admitted", place), lambda: self.kept_marks[0][:, place] > 0)

    def list_index(self, party: str) -> int:
        """Return a list's position, or say that no such list stands."""
        return self.events.list_index(party)

    def p_majority(self, parties: str | Sequence[str]) -> Probability:
        """Return the chance that a party, or several together, hold more than half of the whole chamber.

        Several parties are answered exactly when `simulate` was asked for that coalition, else from the kept sample,
        with its standard error.
        """
        return self.p_together(parties, self.law.majority)

    def p_two_thirds(self, parties: str | Sequence[str]) -> Probability:
        """Return the chance of at least two thirds of the whole chamber."""
        return self.p_together(parties, self.law.two_thirds)

    def p_together(self, parties: str | Sequence[str], seats: int, tier: str = "total") -> Probability:
        """Return the chance that parties together have at least so many seats."""
        least, columns = read_seats(seats), sorted({self.column(party) for party in read_members(parties)})
        tier = reading.choice(tier, "tier", TIERS, SimulationError)
        p = self._tallied_together(columns, least, tier)
        kept = p is None
        event = ("at least", tuple(columns), least, tier)
        found = self.sample.together(columns, least, tier) if p is None else p
        return self.told_of(found, event, lambda: self.kept_seats(columns, tier) >= least, kept)

    def _tallied_together(self, columns: list[int], least: int, tier: str) -> Probability | None:
        """Return what all draws tell of parties together; None where they were not tallied so."""
        if len(columns) == 1:
            return self.histograms.at_least(self.parties[columns[0]], least, tier)
        asked = [sorted(map(self.parties.index, coalition)) for coalition in self.question.coalitions]
        if tier != "total" or columns not in asked:
            return None
        counts = self.tallies["coalitions"][asked.index(columns)]
        return Probability(int(counts[least:].sum()), self.n_draws)

    def p_event(self, name: str) -> Probability:
        """Return the chance of one of the events that the count records."""
        return self.told_of(self.events.chance(name), name, lambda: self.kept_flag(name))

    def p_fallback(self) -> Probability:
        """Return the chance that one list alone passes, so that the two-party rule is applied."""
        return self.p_event("fallback")

    def p_no_allocation(self) -> Probability:
        """Return the chance that no list passes, for which the law defines no list seats, or that no list has a vote.

        The latter happens where simulated ballots are few, as with ``votes=1``.
        """
        return self.p_event("no_list")

    def p_tie(self) -> Probability:
        """Return the chance that equal remainders, or quotients of a divisor rule, competed for the last list seats."""
        return self.p_event("tie")

    def p_second_tie(self) -> Probability:
        """Return the chance that lists with equally many votes competed for the second place, and the order decided."""
        return self.p_event("second_tie")

    @property
    def district_ties(self) -> int:
        """Districts, over all draws, that a lot decided."""
        return self.events.count("district_tie")

    # -- merging, writing, reading -------------------------------------------------------------------------------------

    def __add__(self, other: SeatDistribution) -> SeatDistribution:
        """Merge two runs of one question over disjoint draws."""
        if not isinstance(other, SeatDistribution):
            return NotImplemented
        if self.question != other.question or self.parties != other.parties:
            only = "only runs of the same question add up: law, centre, model, districts and coalitions must be equal"
            raise SimulationError(only, field="the question of runs that add up", must="be the same")
        if self.seed != other.seed:
            raise differ("seed", self.seed, other.seed, "use start= for further draws")
        if self.stream != other.stream:
            raise differ("version of the random stream", self.stream, other.stream, "simulate again")
        tallies = {name: counts + other.tallies[name] for name, counts in self.tallies.items()}
        run = Run(**{**self.run, "seconds": self.run.get("seconds", 0.0) + other.run.get("seconds", 0.0)})
        return replace(self, spans=join_spans(self.spans + other.spans), tallies=tallies, sample=self.sample.merge(other.sample), run=run)

    def __radd__(self, other: object) -> SeatDistribution:
        """Let `sum` add runs up, which it begins at 0."""
        return self if other == 0 else NotImplemented

    def __eq__(self, other: object) -> bool:
        """Whether question, seed, draws and every tally are the same; how it was run is no part of the result."""
        if not isinstance(other, SeatDistribution):
            return NotImplemented
        same = all(getattr(self, name) == getattr(other, name) for name in ("seed", "spans", "stream", "parties", "question"))
        return same and all(np.array_equal(counts, other.tallies[name]) for name, counts in self.tallies.items())

    def __hash__(self) -> int:
        return hash((self.seed, self.spans, self.parties))

    def to_dict(self) -> dict[str, Any]:
        """Return everything that the question, the seed and the draws decide, ready for JSON."""
        from mazhilis_sim.simulation.saving import to_dict

        return to_dict(self)

    def summary(self) -> dict[str, dict[str, Any]]:
        """Return each party's main numbers: chance of entering, mean, median and 90 % interval by tier."""
        return self.words.rows()

    def summary_of(self, party: str) -> dict[str, Any]:
        """Return one party's main numbers."""
        return self.words.of(party)

    def to_frame(self) -> Any:
        """Return the summary as a pandas DataFrame, one row a party (extra ``frame``)."""
        return self.words.frame()

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the result to a JSON file, whole or not at all."""
        from mazhilis_sim.simulation.saving import save

        save(self, path)

    def rerun(self, **changes: Any) -> SeatDistribution:
        """Simulate the same question again, with some arguments of `simulate` changed."""
        from mazhilis_sim.simulation.simulate import rerun

        return rerun(self, **changes)

    def plot(self, path: str | Path | None = None, **options: Any) -> Figure:
        """Draw a picture of the forecast (extra ``plot``); options: ``kind``, ``names`` and ``title``, and ``official`` for the first kind.

        ``kind`` is ``"seats"`` (histograms of every party), ``"chamber"`` (a hemicycle), ``"entry"`` or ``"coalitions"`` (chances).
        """
        from mazhilis_sim.pictures.kinds import plot_kind

        return plot_kind(self, path, options)

    def __str__(self) -> str:
        notes = [*grounds(self.question), source(self.n_draws, self.seed, self.version)]
        return "\n".join([*self.words.table(by_id=True).lines(indent=3), "", *(f"{note}." for note in notes)])

    def __repr__(self) -> str:
        asked = f"law {self.law.name}, model {self.question.model.name}"
        run = f"{self.n_draws:,} draws, seed {self.seed}"
        return in_lines(f"SeatDistribution({asked}, {run}; {self.words.in_short()})")

    def _sheet(self) -> Sheet:
        """Return who enters and who gets what, as a page of a notebook."""
        return Sheet(
            _("Seats by law {law}").format(law=law_called(self.law)),
            [self.words.table()],
            [*grounds(self.question), source(self.n_draws, self.seed, self.version)],
        )


def differ(field: str, first: int, second: int, remedy: str) -> SimulationError:
    """Build the error for two runs that do not add up."""
    both = f"{first} and {second}"
    return SimulationError(field=f"the {field} of runs that add up", got=second, must="be the same", remedy=remedy, shown=both)


def read_members(parties: Any) -> tuple[Any, ...]:
    """Read a party, or several."""
    members = (parties,) if isinstance(parties, str) else reading.items(parties, "parties", SimulationError, like='["auyl", "aq_jol"]')
    if not members:
        raise SimulationError(field="a coalition", got=parties, must="name at least one party", shown="none")
    return members
