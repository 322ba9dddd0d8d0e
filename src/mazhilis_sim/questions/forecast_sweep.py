"""A forecast along a change of the law, on the same simulated voters: the chances at every threshold, every size of the chamber."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

from mazhilis_sim import reading
from mazhilis_sim.errors import SimulationError
from mazhilis_sim.languages import _, number, several
from mazhilis_sim.legislation.electoral_law import ElectoralLaw
from mazhilis_sim.names.parties import Names
from mazhilis_sim.showing import Answer, Drawn
from mazhilis_sim.simulation.distribution.summary import grounds, source
from mazhilis_sim.simulation.question import ask_each
from mazhilis_sim.simulation.several_laws import simulate_each
from mazhilis_sim.tables import Column, Table, party_column, rough_chance, short_percent

if TYPE_CHECKING:
    from mazhilis_sim.simulation.distribution.seats import SeatDistribution
    from mazhilis_sim.simulation.engines.progress import Progress

SWEPT = tuple(known.name for known in fields(ElectoralLaw) if known.name not in ("name", "in_force", "articles"))
"""Fields of a law that a sweep may be along."""
MOST_VALUES = 10_000
"""Of a field, in one sweep."""


def sweep_forecast(
    law: ElectoralLaw,
    centre: Any,
    field: str,
    values: Any,
    *,
    model: Any = "total",
    n_draws: int = 1_000_000,
    seed: int | None = None,
    threads: int | None = None,
    progress: bool | Progress = False,
    districts: Any = None,
    district_model: Any = None,
    coalitions: Sequence[Sequence[str]] = (),
    votes: int | None = None,
) -> ForecastSweep:
    """Forecast by a law with one of its fields at several values, all on the same simulated voters.

    Voters are drawn once. Where the values are thresholds, a draw is counted once for each set of lists that some admit.

    Parameters
    ----------
    law : ElectoralLaw
    centre : Poll, Polls or Election
    field : str
        Of the law, such as ``"threshold"`` or ``"list_seats"``.
    values : sequence
        What `ElectoralLaw.replace` takes for it.
    model, n_draws, seed, threads, progress, districts, district_model, coalitions, votes : optional
        As in `simulate`.

    Returns
    -------
    ForecastSweep

    Examples
    --------
    >>> import mazhilis_sim as ms
    >>> poll = ms.Poll({"a": 0.6, "b": 0.34, "c": 0.06}, sample_size=1000)
    >>> s = ms.sweep_forecast(ms.law("2026"), poll, "threshold", ["3%", "5%", "7%"], n_draws=20_000, seed=1)
    >>> for line in s.table_of("c").lines():
    ...     print(line)
    threshold  enters  mean seats  majority
          3 %    93 %         8.4     < 1 %
          5 %    60 %         6.5     < 1 %
          7 %    26 %         3.6     < 1 %
    """
    reading.instance(law, ElectoralLaw, "law", SimulationError, remedy='write ms.law("2023")')
    field = reading.choice(field, "the field of a sweep", SWEPT, SimulationError)
    asked = reading.several(values, "values", SimulationError)
    if not 1 <= len(asked) <= MOST_VALUES:
        raise SimulationError(field="values", got=values, must=f"be between 1 and {MOST_VALUES:,}", shown=f"{len(asked):,}")
    laws = [law.replace(**{field: value}) for value in asked]
    order = sorted(range(len(laws)), key=lambda place: laws[place].threshold)
    questions = ask_each([laws[place] for place in order], centre, model, districts, district_model, coalitions, votes)
    found = simulate_each(questions, n_draws, seed, threads, progress)
    by_place = dict(zip(order, found, strict=True))
    return ForecastSweep(field, tuple(getattr(each, field) for each in laws), tuple(by_place[place] for place in range(len(laws))))


@dataclass(frozen=True, eq=False, repr=False)
class ForecastSweep(Answer, Drawn):
    """Forecasts along a sweep, on the same simulated voters.

    Parameters
    ----------
    field : str
        The field of the law that is swept.
    values : tuple
        Its values.
    forecasts : tuple of SeatDistribution
        One a value; each is what `simulate` gives with the same seed.
    """

    kind, keyed = "forecast-sweep", False
    picture = "questions.sweeps:draw_forecast"
    shows: ClassVar[tuple[str, ...]] = ("field", "values")
    field: str
    values: tuple[Any, ...]
    forecasts: tuple[SeatDistribution, ...]

    def __len__(self) -> int:
        return len(self.forecasts)

    def __iter__(self) -> Iterator[tuple[Any, SeatDistribution]]:
        return iter(zip(self.values, self.forecasts, strict=True))

    def __getitem__(self, place: int) -> SeatDistribution:
        return self.forecasts[place]

    @property
    def parties(self) -> tuple[str, ...]:
        """Those that can get seats."""
        return self.forecasts[0].parties

    @property
    def rests_on(self) -> list[str]:
        """What stands below its picture: how sure the polls are, and how it is made again."""
        first = self.forecasts[0]
        return [*grounds(first.question), source(first.n_draws, first.seed, first.version)]

    def _asked(self) -> dict[str, Any]:
        """Return what was asked beside the rows."""
        return {"field": self.field, "draws": self.forecasts[0].n_draws, "seed": self.forecasts[0].seed}

    def rows(self) -> list[dict[str, Any]]:
        """Return a row for each value and party: the chance of entering, mean seats and 90 % interval, the chance of a majority."""
        return [{self.field: written(value), **self.row(f, party)} for value, f in self for party in self.parties]

    def row(self, forecast: SeatDistribution, party: str) -> dict[str, Any]:
        """Return the numbers of one party at one value."""
        low, high = forecast.interval(party)
        enters = forecast.p_enters(party).value if party in forecast.lists else None
        seats = {"mean": forecast.mean(party), "median": forecast.quantile(party, 0.5), "low": low, "high": high}
        return {"party": party, "p_enters": enters, **seats, "p_majority": forecast.p_majority(party).value}

    def table_of(self, party: str) -> Table:
        """Return one party's chance of entering, mean seats and chance of a majority along the sweep."""
        known = self.parties[reading.position(party, self.parties, "party", SimulationError)]
        listed = known in self.forecasts[0].lists
        return Table(
            [
                Column(_(self.field), [shown(value) for value in self.values]),
                *([Column(_("enters"), [rough_chance(f.p_enters(known)) for f in self.forecasts])] if listed else []),
                Column(_("mean seats"), [number(f.mean(known), ".1f") for f in self.forecasts]),
                Column(_("majority"), [rough_chance(f.p_majority(known)) for f in self.forecasts]),
            ]
        )

    def tables(self) -> list[Table]:
        """Return every party's mean seats along the sweep; parties without a seat anywhere are left out."""
        seated = [party for party in self.parties if any(f.mean(party) for f in self.forecasts)]
        names = Names()
        columns = [party_column(names[party], (number(f.mean(party), ".1f") for f in self.forecasts)) for party in seated]
        return [Table([Column(_(self.field), [shown(value) for value in self.values]), *columns])]

    def notes(self) -> list[str]:
        """Say what is swept, and on how many draws."""
        first = self.forecasts[0]
        said = several(
            "mean seats at {n} value of {field}, on the same {draws} draws, seed {seed}",
            "mean seats at {n} values of {field}, on the same {draws} draws, seed {seed}",
            len(self),
        )
        return [said.format(n=len(self), field=_(self.field), draws=number(first.n_draws), seed=first.seed)]


def written(value: Any) -> str:
    """Write a value of a field of a law as data have it: shares in per cent."""
    return f"{float(value * 100):g} %" if isinstance(value, Fraction) else str(value)


def shown(value: Any) -> str:
    """Write a value of a field of a law for people."""
    return short_percent(value) if isinstance(value, Fraction) else str(value)
