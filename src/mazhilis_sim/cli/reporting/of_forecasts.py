"""The report of a forecast: the tables and sentences of the command line, and the pictures beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mazhilis_sim.cli.forecasting.answer import ShortTable, governing, heading
from mazhilis_sim.cli.forecasting.basis import Basis, basis_of, basis_of_result
from mazhilis_sim.cli.forecasting.grounds import chances, grounds
from mazhilis_sim.cli.forecasting.report import SeatTables
from mazhilis_sim.cli.forecasting.request import read_request
from mazhilis_sim.cli.forecasting.run import simulate_request
from mazhilis_sim.cli.forecasting.sensitivity import sensitivity
from mazhilis_sim.cli.reporting.provenance import how_it_was_made
from mazhilis_sim.cli.shell.collecting import Collected
from mazhilis_sim.cli.shell.screen import Screen
from mazhilis_sim.languages import _, counted
from mazhilis_sim.questions.why import Why, why_again
from mazhilis_sim.report import Document, Items, Section
from mazhilis_sim.showing import drawings_of
from mazhilis_sim.simulation.saving import load_forecast, load_report
from mazhilis_sim.tables import Table

if TYPE_CHECKING:
    from mazhilis_sim.simulation.distribution import SeatDistribution


def forecast_as(source: str, options: dict[str, Any]) -> Document:
    """Forecast, and report it."""
    request = read_request(source=source, **options)
    result = simulate_request(request, progress=True)
    return document(result, basis_of(request, result, sensitivity(result)))


def loaded(path: str) -> Document:
    """Report a forecast that was saved."""
    with Collected() as said:
        result = load_forecast(path)
    report = load_report(path)
    basis = Basis.read(report) if report else basis_of_result(result, Path(path).name)
    found = document(result, replace(basis, doubts=(*basis.doubts, *said.doubts)))
    if not (report and report.get("why")):
        return found
    *sections, made = found.sections
    return replace(found, sections=[*sections, reasons(why_again(result, report["why"])), made])


def reasons(why: Why) -> Section:
    """Say why a party gets what it gets, with its picture where something moves it."""
    return Section(_("Why"), [*drawings_of(why), *why.sentences, *why.tables()])


def document(result: SeatDistribution, basis: Basis) -> Document:
    """Return the report of a forecast; how long it took is left out, lest two runs differ."""
    quiet = replace(result, run={})
    names, tables = basis.names.by_id, SeatTables(Screen(), basis, quiet)
    short = ShortTable(Screen(), basis, quiet, 0)
    seats, entry, coalitions = (quiet.plot(kind=kind, names=names) for kind in ("chamber", "entry", "coalitions"))
    spread = quiet.plot(names=names, official=basis.official, title=_("How often each number of seats came"))
    everyone = [tables.name_column(tables.parties), *short.polled(tables, tables.parties), *short.seats(tables, tables.parties, 0)]
    sections = [
        Section(_("Seats"), [heading(quiet), seats, Table(everyone), Items(list(governing(basis, quiet)))]),
        Section(_("Distributions"), [spread, tables.legend()]),
        Section(_("Who enters, and who has a majority"), [entry, coalitions, Items(list(chances(basis, quiet)))]),
        *by_tier(tables),
        Section(_("What this rests on"), [Items([*grounds(basis, quiet), *((_("doubtful"), doubt) for doubt in basis.doubts)])]),
        how_it_was_made(*((_("polls from"), source) for source in basis.sources), (_("seed"), seeded(quiet))),
    ]
    return Document(basis.title, sections)


def seeded(result: SeatDistribution) -> str:
    """Say which seed a forecast has, and how many draws."""
    return f"{result.seed}, " + counted("{n} draw", "{n} draws", result.n_draws)


def by_tier(tables: SeatTables) -> Iterator[Section]:
    """Show list, district and all seats apart."""
    lists = [party for party in tables.parties if party in tables.result.lists]
    yield Section(tables.heading("list"), [tables.list_table(lists, 0)])
    if tables.result.question.districts is not None:
        for tier in ("district", "total"):
            parties, others = tables.with_seats(tables.parties, tier), tables.others(tier)
            rows = Table([tables.name_column(parties), *tables.seat_columns(parties, tier, 0)])
            yield Section(tables.heading(tier), [rows, *([others] if others else [])])
