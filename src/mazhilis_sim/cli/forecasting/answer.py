"""The answer of a forecast on one screen: who gets what, who enters, who governs, how sure that is, and what it rests on."""

from __future__ import annotations

import math
import os
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from mazhilis_sim.cli.forecasting.basis import Basis
from mazhilis_sim.cli.forecasting.grounds import describe_model, majorities, passing_rules
from mazhilis_sim.cli.forecasting.report import PICTURE_WIDTHS, SeatTables
from mazhilis_sim.cli.shell.law_words import describe_law, seats_at_threshold
from mazhilis_sim.cli.shell.screen import Items, Screen
from mazhilis_sim.languages import _, counted, number, several
from mazhilis_sim.legislation.electoral_law import law_called
from mazhilis_sim.legislation.presets import laws
from mazhilis_sim.names.parties import OF_NO_PARTY
from mazhilis_sim.polls.of_districts import polled
from mazhilis_sim.simulation.models import Total
from mazhilis_sim.tables import Column, Table, fitting, numbers, percent, rough_chance, short_percent

if TYPE_CHECKING:
    from mazhilis_sim.simulation.distribution import SeatDistribution
    from mazhilis_sim.votes.district import DistrictVotes

LINES = 24
"""Of a screen, where nobody says how many there are."""
FEWEST_PARTIES, LINES_BESIDE = 10, 5
"""Parties that are shown however small the screen; lines of a table and its title besides them."""
NARROWEST_PICTURE = 8
"""Marks in the picture of a distribution, where list and district seats stand beside it."""
COMMON = 0.01
"""A smaller chance of a rare rule is told by the whole report alone."""


def print_answer(screen: Screen, basis: Basis, result: SeatDistribution, asked: Items, written: Items) -> None:
    """Print what one wants to know first; the whole report is `report.print_forecast`."""
    below = [*governing(basis, result), *asked, *resting(basis, result), *written]
    title = basis.title + days_before(result)
    screen.paragraph(title, "bold")
    head = heading(result)
    screen.heading(head)
    used = screen.height_of(below) + len(screen.wrapped(title)) + len(screen.wrapped(head)) + LINES_BESIDE
    ShortTable(screen, basis, result, lines_of_screen() - used).print_all()
    screen.line()
    screen.items(below)


def lines_of_screen() -> int:
    """Return how many lines are wanted: those of the screen, where it says so and has more."""
    asked = os.environ.get("LINES", "")
    return max(LINES, int(asked)) if asked.isdecimal() and len(asked) < 6 else LINES


def heading(result: SeatDistribution) -> str:
    """Say what is filled, and how."""
    law, centre, threshold = result.law, result.question.centre, short_percent(result.law.threshold)
    how = _("{seats_at_threshold} by law {law}").format(seats_at_threshold=seats_at_threshold(law), law=law_called(law))
    if result.question.districts is not None:
        said = several(
            "{n} seat by law {law}: {lists} on lists at {threshold}, {districts}",
            "{n} seats by law {law}: {lists} on lists at {threshold}, {districts}",
            law.total_seats,
        )
        districts = counted("{n} district", "{n} districts", law.district_seats)
        how = said.format(n=law.total_seats, law=law_called(law), lists=law.list_seats, threshold=threshold, districts=districts)
    beside = (f"{percent(centre.share_by_id[id_])} {_(OF_NO_PARTY[id_])}" for id_ in centre.seatless)
    return "; ".join((how, *beside))


@dataclass(frozen=True)
class ShortTable:
    """One table of all seats, of as many parties as there is room for.

    Parameters
    ----------
    screen : Screen
    basis : Basis
    result : SeatDistribution
    room : int
        Lines for parties, the one that counts the others among them; a long name takes several.
    """

    screen: Screen
    basis: Basis
    result: SeatDistribution
    room: int

    def print_all(self) -> None:
        """Print it, and say who is left out."""
        tables = SeatTables(self.screen, self.basis, self.result)
        parties = tables.parties
        shown = self.fitting(tables, parties)
        if shown < len(parties):  # what nobody may expect anything of keeps its order, that of the polled shares
            parties = sorted(parties, key=lambda party: -self.result.mean(party))
        self.screen.tables(*self.layouts(tables, parties[:shown]))
        if left := parties[shown:]:
            most = max((self.result.p_at_least(party, 1) for party in left), key=lambda p: p.value)
            said = several("{n} other: {chance} or less for a seat each", "{n} others: {chance} or less for a seat each", len(left))
            self.screen.paragraph(said.format(n=number(len(left)), chance=rough_chance(most)))

    def fitting(self, tables: SeatTables, parties: Sequence[str]) -> int:
        """Return how many parties there is room for, a few at least."""
        tried, room = parties[: max(FEWEST_PARTIES, self.room) + 1], self.screen.width
        ends = [[*accumulate(map(len, rows))] for table in fitting(self.layouts(tables, tried), room) for _, *rows in [table.rows(room)]]
        if len(tried) == len(parties) and all(lines[-1] <= self.room for lines in ends):
            return len(parties)
        return min(len(parties), max(FEWEST_PARTIES, min(bisect_right(lines, self.room - 1) for lines in ends)))

    def layouts(self, tables: SeatTables, parties: Sequence[str]) -> Iterator[Sequence[Table]]:
        """Offer the table with wide, then with narrow pictures, then without, then in two parts."""
        for width in (*PICTURE_WIDTHS, NARROWEST_PICTURE, 0):
            yield [Table([tables.name_column(parties), *self.polled(tables, parties), *self.seats(tables, parties, width)])]
        yield [
            Table([tables.name_column(parties), *self.polled(tables, parties)]),
            Table([tables.name_column(parties), *self.seats(tables, parties, 0)]),
        ]

    def polled(self, tables: SeatTables, parties: Sequence[str]) -> Iterator[Column]:
        """Show what lists are polled at and whether they enter; others are elected in districts alone."""
        lists = self.result.lists
        yield Column(_("polled"), [percent(tables.shares[party]) if party in lists else "–" for party in parties])
        yield Column(_("enters"), [rough_chance(self.result.p_enters(party)) if party in lists else "–" for party in parties], style="bold")

    def apart(self, parties: Sequence[str]) -> Iterator[Column]:
        """Show list and district seats apart, where there are both."""
        result = self.result
        if result.question.districts is not None:
            lists = {party: "{}–{}".format(*result.interval(party, 0.9, "list")) for party in result.lists}
            yield Column(_("lists"), [lists.get(party, "–") for party in parties])
            yield Column(_("districts"), ["{}–{}".format(*result.interval(party, 0.9, "district")) for party in parties])

    def seats(self, tables: SeatTables, parties: Sequence[str], width: int) -> Iterator[Column]:
        """Show all seats of each, those on lists and in districts first."""
        yield from self.apart(parties)
        median, interval, *others = tables.seat_columns(parties, "total", width, with_centre=False)
        yield from (Column(_("seats"), median.cells, style=median.style), interval, *others)


def governing(basis: Basis, result: SeatDistribution) -> Iterator[tuple[str, str]]:
    """Say who may have a majority, and which rare rule may well be needed."""
    yield from majorities(basis, result, COMMON)
    yield from ((label, said) for p, label, said in passing_rules(result) if p.value >= COMMON)


def resting(basis: Basis, result: SeatDistribution) -> Iterator[tuple[str, str]]:
    """Say how sure the answer is, and what it rests on, in a line each; of the law, where it is none of its versions."""
    if result.law.name not in laws():
        yield _("law"), describe_law(result.law)
    yield _("seats"), _("median, and nine of ten draws: {covered}").format(covered=covered(result))
    n_eff, doubts = result.question.centre.n_eff, counted("; {n} doubt", "; {n} doubts", len(basis.doubts)) if basis.doubts else ""
    sample = _(", effective sample {n}").format(n=number(n_eff, ",.0f")) if math.isfinite(n_eff) else ""
    polls = basis.polls_in_short or _("none: the votes of an election")
    yield _("polls"), f"{polls}{sample}{doubts}"
    yield _("model"), model_in_short(result)
    if basis.sensitivity:
        yield _("half or twice"), _("errors: {answers}").format(answers=basis.sensitivity)
    if result.question.districts is not None:
        yield _("districts"), districts_in_short(basis, result.question.districts)
    yield _("draws"), _("{n}, seed {seed}; everything else with --verbose").format(n=number(result.n_draws), seed=result.seed)


def districts_in_short(basis: Basis, districts: DistrictVotes) -> str:
    """Say what the district part rests on."""
    asked, vacant = [district.number for district in polled(districts)], districts.vacant
    around = _("around {baseline}").format(baseline=basis.baseline)
    said = several("polled: district {numbers}", "polled: districts {numbers}", len(asked)).format(numbers=numbers(asked))
    gaps = several("vacant: district {numbers}", "vacant: districts {numbers}", len(vacant)).format(numbers=numbers(vacant))
    return "; ".join([around, said if asked else _("not polled"), *([gaps] if vacant else [])])


def days_before(result: SeatDistribution) -> str:
    """Say how old the polls are on the day of the election, where that is known."""
    days = round(result.question.centre.days)
    return counted(", {n} day after its polls", ", {n} days after its polls", days) if days else ""


def covered(result: SeatDistribution) -> str:
    """Say which errors the intervals cover."""
    model = result.question.model
    if model.sampling_only:
        return _("sampling error alone")
    drift = isinstance(model, Total) and model.sigma is None and model.tau and result.question.centre.days
    return _("sampling, poll errors, drift") if drift else _("sampling, and errors of polls")


def model_in_short(result: SeatDistribution) -> str:
    """Name the error model and its size."""
    model, centre = result.question.model, result.question.centre
    if not isinstance(model, Total) or model.size or model.lean or model.bias:
        return describe_model(result)
    sigma = number(math.sqrt(model.variance(centre)), ".2g")
    if model.is_normal:
        return _("{model}: errors of {sigma} on log shares beyond sampling").format(model=model.name, sigma=sigma)
    return _("{model}: log errors of {sigma} beyond sampling, fat tails").format(model=model.name, sigma=sigma)
