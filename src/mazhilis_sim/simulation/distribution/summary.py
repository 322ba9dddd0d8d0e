"""A distribution in words and rows: what it rests on, its main numbers, its text table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from mazhilis_sim import reading
from mazhilis_sim.errors import SimulationError, missing_extra
from mazhilis_sim.languages import _, number, several
from mazhilis_sim.legislation.electoral_law import law_called
from mazhilis_sim.names.parties import Names
from mazhilis_sim.polls.of_districts import polled
from mazhilis_sim.showing import MOST_SHOWN, some
from mazhilis_sim.simulation.distribution.events import Events
from mazhilis_sim.simulation.distribution.histograms import Histograms
from mazhilis_sim.simulation.question import Question
from mazhilis_sim.simulation.tally_shapes import TIERS
from mazhilis_sim.tables import Column, Table, numbers, per_cent, rough_chance

Row: TypeAlias = dict[str, Any]
"""One party's main numbers by name; those of a tier are a row in it."""


@dataclass(frozen=True)
class Summary:
    """The main numbers of each party, from the parts of a distribution that they are taken from."""

    question: Question
    histograms: Histograms
    events: Events

    def rows(self) -> dict[str, Row]:
        """Return each party's main numbers: chance of entering, mean, median and 90 % interval by tier."""
        return {party: self.of(party) for party in self.histograms.parties}

    def of(self, party: str) -> Row:
        """Return one party's main numbers."""
        row: Row = {}
        place = reading.position(party, self.histograms.parties, "party", SimulationError)
        if place < len(self.events.lists):
            enters, share = self.events.of_list("entries", party), self.question.centre.shares[place]
            row = {"share": share, "p_enters": enters.value, "p_enters_se": enters.se}
        majority = self.histograms.at_least(party, self.question.law.majority)
        tiers = {tier: self.of_tier(party, tier) for tier in TIERS}
        return {**row, **tiers, "p_majority": majority.value, "p_majority_se": majority.se}

    def of_tier(self, party: str, tier: str) -> dict[str, float]:
        """Return mean, median and the ends of the 90 % interval."""
        low, high = self.histograms.interval(party, 0.9, tier)
        median = self.histograms.quantile(party, 0.5, tier)
        return {"mean": self.histograms.mean(party, tier), "median": median, "low": low, "high": high}

    def frame(self) -> Any:
        """Return the rows as a pandas DataFrame."""
        try:
            import pandas as pd
        except ImportError:
            raise missing_extra("pandas", "frame") from None
        return pd.DataFrame([{"party": party, **flat(row)} for party, row in self.rows().items()]).set_index("party")

    def table(self, by_id: bool = False) -> Table:
        """Return the table of all elected seats, with the names of parties or their ids."""
        parties, names = self.histograms.parties, Names()
        lists = self.events.lists
        columns = [
            Column(_("party"), [party if by_id else names[party] for party in parties], left=True),
            Column(_("enters"), [rough_chance(self.events.of_list("entries", party)) if party in lists else "-" for party in parties]),
            Column(_("median"), [str(self.histograms.quantile(party, 0.5)) for party in parties]),
            Column(per_cent("90"), ["{}-{}".format(*self.histograms.interval(party)) for party in parties]),
        ]
        return Table(columns)

    def in_short(self) -> str:
        """Return the median and the 90 % interval of the parties with most seats, in a line."""
        found = self.histograms
        first = sorted(found.parties, key=lambda party: -found.mean(party))[:MOST_SHOWN]
        seats = [
            "{}\xa0{}\xa0({}-{})".format(party, self.histograms.quantile(party, 0.5), *self.histograms.interval(party)) for party in first
        ]
        return some(seats, len(found.parties))


def flat(row: Row) -> dict[str, Any]:
    """Join nested names with an underscore."""
    joined: dict[str, Any] = {}
    for name, value in row.items():
        joined.update({f"{name}_{key}": item for key, item in value.items()} if isinstance(value, Mapping) else {name: value})
    return joined


def grounds(question: Question) -> list[str]:
    """Say what a forecast rests on: law, polls, model, districts."""
    error = _("sampling error only") if question.model.sampling_only else _("sampling and nonsampling error")
    polls = [question.centre.polls] if question.centre.polls else []
    model = _("Model {model}: {error}").format(model=question.model.name, error=error)
    notes = [_("Law {law}").format(law=law_called(question.law)), *polls, model]
    if question.districts is not None and (vacant := question.districts.vacant):
        said = several("Vacant and won by nobody: district {numbers}", "Vacant and won by nobody: districts {numbers}", len(vacant))
        notes.append(said.format(numbers=numbers(vacant)))
    if question.districts is not None:
        asked = [district.number for district in polled(question.districts)]
        which = several("; polled: district {numbers}", "; polled: districts {numbers}", len(asked)).format(numbers=numbers(asked))
        around = _("Districts vary around the results that serve as their baseline")
        notes.append(around + (which if asked else _("; none was polled")))
    return notes


def ingredients(question: Question) -> dict[str, Any]:
    """Say what a question was made from: law, polls, model, districts, votes."""
    centre, model, districts = question.centre, question.model, question.districts
    return {
        "law": repr(question.law),
        "polls": list(centre.names),
        "shares": centre.share_by_id,
        "model": repr(model),
        "sampling_error_only": model.sampling_only,
        "district_model": repr(question.district_model) if districts else None,
        "district_baseline": districts.source if districts else None,
        "votes": centre.votes,
    }


def source(n_draws: int, seed: int, version: str) -> str:
    """Say how a forecast can be made again."""
    said = several("{n} draw, seed {seed}. mazhilis_sim {version}", "{n} draws, seed {seed}. mazhilis_sim {version}", n_draws)
    return said.format(n=number(n_draws), seed=seed, version=version)
