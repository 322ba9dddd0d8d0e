"""The same simulated voters under several laws: what a change of the law changes, with little left to chance."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from mazhilis_sim import reading
from mazhilis_sim.errors import SimulationError
from mazhilis_sim.languages import _, number, several
from mazhilis_sim.legislation.electoral_law import ElectoralLaw
from mazhilis_sim.legislation.presets import law as law_by_name
from mazhilis_sim.names.parties import Names
from mazhilis_sim.questions.asking import LONGEST_LABEL, labels, laws_as_data, spoken
from mazhilis_sim.showing import Answer, Drawn, for_json
from mazhilis_sim.simulation.distribution.difference import Difference
from mazhilis_sim.simulation.distribution.histograms import read_quantiles
from mazhilis_sim.simulation.distribution.probability import Probability
from mazhilis_sim.simulation.distribution.user_events import Chambers, happened, never_happened, read_event
from mazhilis_sim.simulation.question import ask_each
from mazhilis_sim.simulation.several_laws import simulate_laws
from mazhilis_sim.tables import Column, Table, rough_chance

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from mazhilis_sim.simulation.distribution.seats import SeatDistribution
    from mazhilis_sim.simulation.engines.progress import Progress

BLOCK = 1 << 14
"""Draws of all laws that an event is asked about at a time."""


def simulate_paired(
    laws: Any,
    centre: Any,
    *,
    model: Any = "total",
    n_draws: int = 1_000_000,
    seed: int | None = None,
    start: int = 0,
    threads: int | None = None,
    progress: bool | Progress = False,
    districts: Any = None,
    district_model: Any = None,
    coalitions: Sequence[Sequence[str]] = (),
    votes: int | None = None,
) -> Paired:
    """Simulate voters once and count every draw by several laws.

    Parameters
    ----------
    laws : sequence of str or ElectoralLaw, or mapping of names to them
        At least two; differences are from the first.
    centre : Poll, Polls or Election
    model, n_draws, seed, start, threads, progress, districts, district_model, coalitions, votes : optional
        As in `simulate`.

    Returns
    -------
    Paired

    Raises
    ------
    LawError, SimulationError
        As `simulate`, and for fewer than two laws.

    Examples
    --------
    >>> import mazhilis_sim as ms
    >>> poll = ms.Poll({"a": 0.6, "b": 0.34, "c": 0.06}, sample_size=1000)
    >>> d = ms.simulate_paired(["2021", "2026"], poll, n_draws=20_000, seed=1)
    >>> d.p(lambda old, new: new["c"] > old["c"]).value > 0.2
    True
    >>> d["2026"] == ms.simulate(ms.law("2026"), poll, n_draws=20_000, seed=1)
    True
    """
    named = read_laws(laws)
    questions = ask_each(list(named.values()), centre, model, districts, district_model, coalitions, votes)
    found, differences = simulate_laws(questions, n_draws, seed, start, threads, progress)
    return Paired(dict(zip(named, found, strict=True)), dict(zip(list(named)[1:], differences, strict=True)))


def read_laws(laws: Any) -> dict[str, ElectoralLaw]:
    """Read two laws or more by name; one that stands there again is told by its number."""
    like = '["2021", "2026"]'
    found: dict[str, ElectoralLaw] = {}
    if isinstance(laws, Mapping):
        named = reading.mapping(laws, "laws", SimulationError, like='{"old": "2021", "new": "2026"}')
        found = {reading.name(name, "the name of a law", SimulationError): read_law(law) for name, law in named.items()}
    else:
        for law in map(read_law, reading.items(laws, "laws", SimulationError, like=like)):
            found[not_yet(labels([law])[0], found)] = law
    if len(found) < 2:
        raise SimulationError(field="laws", got=laws, must=f"be at least 2, such as {like}")
    return found


def not_yet(label: str, taken: Mapping[str, ElectoralLaw]) -> str:
    """Return a label, with a number behind it where others have it."""
    return next(name for n in count(1) if (name := label if n == 1 else f"{label}, {n}") not in taken)


def read_law(law: Any) -> ElectoralLaw:
    """Read a law, or the name of one."""
    return law if isinstance(law, ElectoralLaw) else law_by_name(law)


@dataclass(frozen=True, eq=False, repr=False)
class SeatDifference(Answer, Drawn):
    """How many seats more a party has by one law than by another, over the same draws.

    Parameters
    ----------
    party : str
    laws : tuple of (str, str)
        The old one, and the new one.
    counts : ndarray of int64, shape (2 m + 1,)
        Draws by the difference, from -m to m.
    unpaired_se : float
        What the standard error of the mean would be over two runs with draws of their own.
    """

    kind, keyed = "seat-difference", False
    picture = "questions.paired:draw_difference"
    shows: ClassVar[tuple[str, ...]] = ("party", "laws", "mean", "se")
    party: str
    laws: tuple[str, str]
    counts: NDArray[np.int64]
    unpaired_se: float

    @property
    def most(self) -> int:
        """The largest difference that there is room for."""
        return len(self.counts) // 2

    @property
    def seats(self) -> NDArray[np.int64]:
        """The differences that `counts` counts, from -m to m."""
        return np.arange(-self.most, self.most + 1)

    @property
    def draws(self) -> int:
        """All draws."""
        return int(self.counts.sum())

    @property
    def mean(self) -> float:
        """The mean difference."""
        return float(int((self.counts * self.seats).sum()) / self.draws)

    @property
    def se(self) -> float:
        """Standard error of the mean, paired draw by draw."""
        return math.sqrt(float((self.counts * (self.seats - self.mean) ** 2).sum()) / self.draws / self.draws)

    @property
    def value(self) -> Difference:
        """The mean with its standard error."""
        return Difference(self.mean, self.se, paired=True)

    def quantile(self, q: Any) -> Any:
        """Return the difference that a share ``q`` of draws does not exceed; an array for several."""
        wanted = read_quantiles(q)
        needed = np.maximum(1, np.ceil(wanted * self.draws - 1e-9))
        found = np.searchsorted(np.cumsum(self.counts), needed) - self.most
        return int(found) if wanted.ndim == 0 else found

    def interval(self, level: float = 0.9) -> tuple[int, int]:
        """Return the equal-tailed interval of differences."""
        share = reading.level(level, SimulationError)
        low, high = self.quantile([(1 - share) / 2, (1 + share) / 2])
        return int(low), int(high)

    def p_more(self) -> Probability:
        """Return the chance of more seats by the new law."""
        return Probability(int(self.counts[self.most + 1 :].sum()), self.draws)

    def p_fewer(self) -> Probability:
        """Return the chance of fewer."""
        return Probability(int(self.counts[: self.most].sum()), self.draws)

    def p_same(self) -> Probability:
        """Return the chance of as many."""
        return Probability(int(self.counts[self.most]), self.draws)

    def rows(self) -> list[dict[str, Any]]:
        """Return a row for each difference that came."""
        return [{"seats": int(self.seats[i]), "draws": int(self.counts[i])} for i in np.flatnonzero(self.counts)]

    def tables(self) -> list[Table]:
        """Return the differences that came, and how often."""
        rows = self.rows()
        shares = [rough_chance(Probability(row["draws"], self.draws)) for row in rows]
        return [Table([Column(_("seats"), [f"{row['seats']:+d}" if row["seats"] else "0" for row in rows]), Column(_("draws"), shares)])]

    def notes(self) -> list[str]:
        """Say what it is of, and what pairing is worth."""
        old, new = self.laws
        said = _(
            "{party}: {mean} ± {error} seats by law {new} beside law {old}, over the same {draws} draws; "
            "unpaired the error would be {unpaired}"
        )
        numbers = {"mean": number(self.mean, "+.3f"), "error": number(self.se, ".1g"), "unpaired": number(self.unpaired_se, ".1g")}
        return [said.format(party=Names()[self.party], new=new, old=old, draws=number(self.draws), **numbers)]


@dataclass(frozen=True, eq=False, repr=False)
class Paired(Answer, Drawn):
    """The same simulated voters under several laws; made by `mazhilis_sim.simulate_paired`.

    Parameters
    ----------
    forecasts : dict of str to SeatDistribution
        By law; each is what `simulate` gives with the same seed.
    differences : dict of str to ndarray of int64, shape (p, 2 m + 1)
        For each law but the first: draws by how many seats more than by the first.
    """

    kind, keyed = "paired", False
    picture = "questions.paired"
    shows: ClassVar[tuple[str, ...]] = ("laws", "n_draws", "seed")
    forecasts: dict[str, SeatDistribution]
    differences: dict[str, NDArray[np.int64]]

    @property
    def laws(self) -> tuple[str, ...]:
        """Names of the laws; differences are from the first."""
        return tuple(self.forecasts)

    @property
    def first(self) -> SeatDistribution:
        """The forecast by the first law."""
        return self.forecasts[self.laws[0]]

    @property
    def parties(self) -> tuple[str, ...]:
        """Those that can get seats by any of the laws."""
        return max((f.parties for f in self.forecasts.values()), key=len)

    @property
    def n_draws(self) -> int:
        """Number of draws."""
        return self.first.n_draws

    @property
    def seed(self) -> int:
        """The seed."""
        return self.first.seed

    def __getitem__(self, law: str) -> SeatDistribution:
        return self.forecasts[self.law_name(law)]

    def __iter__(self) -> Iterator[str]:
        return iter(self.forecasts)

    def __len__(self) -> int:
        return len(self.forecasts)

    def law_name(self, law: Any) -> str:
        """Return the name of one of the laws, or raise with the nearest."""
        return self.laws[reading.position(str(law) if isinstance(law, int) else law, self.laws, "law", SimulationError)]

    def difference(self, party: str, law: str | None = None) -> SeatDifference:
        """Return how many seats more a party has by a law, the last one unless said, than by the first.

        Raises
        ------
        SimulationError
            For another party, and for the first law itself.
        """
        old, new = self.laws[0], self.laws[-1] if law is None else self.law_name(law)
        if new == old:
            raise SimulationError(field="law", got=law, must=f"be another than the first, {old}", remedy=f"name {self.laws[-1]}")
        column = reading.position(party, self.parties, "party", SimulationError)
        known = self.parties[column]
        errors = [f.se(known) for f in (self[old], self[new]) if known in f.parties]
        return SeatDifference(known, (old, new), self.differences[new][column], math.hypot(*errors))

    def p(self, event: Any, given: Any = None, draws: str = "kept", progress: bool | Progress = False) -> Probability:
        """Return the chance of an event of the same draw under all laws: a function of their chambers, in the order of the laws.

        Parameters
        ----------
        event : callable
            ``lambda old, new: new["jsdp"] > old["jsdp"]``; as in `SeatDistribution.p` otherwise.
        given : callable, optional
        draws : {"kept", "all"}
        progress : bool or callable, optional
            As in `SeatDistribution.p`.
        """
        asked = [read_event(event), *([] if given is None else [read_event(given, "condition")])]
        found, among = 0, 0
        first, *others = self.forecasts.values()
        told = first.seats_of(draws, "total", BLOCK, progress)
        for seats in zip(told, *(f.seats_of(draws, "total", BLOCK) for f in others), strict=True):
            chambers = [Chambers(f.parties, some) for f, some in zip(self.forecasts.values(), seats, strict=True)]
            happens = [happened(function, *chambers, name=name) for function, name in zip(asked, ("event", "condition"), strict=False)]
            found, among = (
                found + int(np.logical_and.reduce(happens).sum()),
                among + int(len(seats[0]) if given is None else happens[-1].sum()),
            )
        if not among:
            raise never_happened(given, draws)
        return Probability(found, among)

    def _asked(self) -> dict[str, Any]:
        """Return what was asked beside the rows."""
        return {"draws": self.n_draws, "seed": self.seed}

    def rows(self) -> list[dict[str, Any]]:
        """Return a row for each party and law: mean seats, the chance of entering, and the difference of both from the first law."""
        return [self.row(party, law) for party in self.parties for law in self.laws]

    def row(self, party: str, law: str) -> dict[str, Any]:
        """Return the numbers of one party by one law."""
        forecast, is_first = self[law], law == self.laws[0]
        seats = None if is_first else self.difference(party, law)
        chance = forecast.p_enters(party) if party in forecast.lists else None
        enters = None if chance is None or is_first else chance - self.first.p_enters(party)
        return {
            "party": party,
            "law": law,
            "mean": forecast.mean(party) if party in forecast.parties else 0.0,
            "difference": seats.mean if seats else None,
            "difference_se": seats.se if seats else None,
            "p_enters": None if chance is None else chance.value,
            "p_enters_difference": None if enters is None else enters.value,
            "p_enters_difference_se": None if enters is None else enters.se,
        }

    def tables(self) -> list[Table]:
        """Return each party's mean seats by the first law and by another, and the difference: a table for each other law."""
        return [self._beside_first(law, head) for law, head in list(self.called.items())[1:]]

    def _beside_first(self, law: str, head: str) -> Table:
        """Return the table of one law beside the first."""
        names, first = Names(), self.laws[0]
        rows = [self.row(party, law) for party in self.parties]
        return Table(
            [
                Column(_("mean seats"), [names[party] for party in self.parties], left=True),
                Column(
                    self.called[first], [number(self.row(party, first)["mean"], ".2f") for party in self.parties], longest=LONGEST_LABEL
                ),
                Column(head, [number(row["mean"], ".2f") for row in rows], longest=LONGEST_LABEL),
                Column(_("from {law}").format(law=self.called[first]), [with_error(row) for row in rows], longest=LONGEST_LABEL),
                Column(_("enters"), [points(row) for row in rows]),
            ]
        )

    @property
    def called(self) -> dict[str, str]:
        """What each law is called in the language spoken."""
        return {law: spoken(law, forecast.law) for law, forecast in self.forecasts.items()}

    def notes(self) -> list[str]:
        """Say what is compared."""
        said = several(
            "{n} law on the same {draws} draws, seed {seed}; enters: change of the chance, in points",
            "{n} laws on the same {draws} draws, seed {seed}; enters: change of the chance, in points",
            len(self),
        )
        return [said.format(n=len(self), draws=number(self.n_draws), seed=self.seed)]

    def to_dict(self) -> dict[str, Any]:
        """Return everything, ready for JSON, each law with what is changed in it."""
        return super().to_dict() | {"laws": for_json(laws_as_data({law: forecast.law for law, forecast in self.forecasts.items()}))}


def with_error(row: Mapping[str, Any]) -> str:
    """Write the difference of the mean seats with its standard error."""
    return f"{number(row['difference'], '+.2f')} ± {number(row['difference_se'], '.1g')}"


def points(row: Mapping[str, Any]) -> str:
    """Write the change of a chance in points."""
    change = row["p_enters_difference"]
    return "–" if change is None else number(100 * change, "+.1f")
