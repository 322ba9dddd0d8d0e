"""``mazhilis-sim forecast`` and ``show``: runs what is asked for or reads what was saved, writes files, prints the report."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mazhilis_sim.cli.forecasting.answer import print_answer
from mazhilis_sim.cli.forecasting.basis import Basis, basis_of, basis_of_result
from mazhilis_sim.cli.forecasting.report import print_forecast
from mazhilis_sim.cli.forecasting.request import Request, read_request
from mazhilis_sim.cli.shell.collecting import Collected, say_doubts
from mazhilis_sim.cli.shell.endings import say
from mazhilis_sim.cli.shell.screen import Screen
from mazhilis_sim.cli.shell.targets import check_targets, is_piped, save_csv, save_text
from mazhilis_sim.cli.shell.waiting import explained
from mazhilis_sim.simulation.distribution.summary import flat
from mazhilis_sim.simulation.saving import load_forecast, load_report, text_of

if TYPE_CHECKING:
    from mazhilis_sim.simulation.distribution import SeatDistribution


def run_forecast(
    *,
    json_path: str | None,
    csv_path: str | None,
    plot_path: str | None,
    progress: bool,
    quiet: bool,
    verbose: bool,
    why_party: str | None,
    **options: Any,
) -> None:
    """Forecast, save, draw and print."""
    check_targets(json_path, plot_path, [options["source"], options["districts"], *options["added"]], csv_path)
    request = read_request(**options)
    check_targets(json_path, plot_path, request.files, csv_path)
    result = simulate_request(request, progress, quiet)
    if why_party is not None:
        result.column(why_party)  # before anything is printed
    answer(result, basis_of(request, result), json_path, csv_path, plot_path, quiet, verbose)
    if why_party is not None and not quiet and not is_piped(json_path, csv_path):
        print_why(Screen(), result, why_party)


def print_why(screen: Screen, result: SeatDistribution, party: str) -> None:
    """Print why the forecast says what it says of a party."""
    found = result.why(party)
    screen.heading("Why")
    for sentence in found.sentences:
        screen.paragraph(sentence)
    if found.effects:
        screen.line()
        screen.tables(found.tables())


def run_show(*, path: str, json_path: str | None, csv_path: str | None, plot_path: str | None, verbose: bool) -> None:
    """Read a saved forecast, and print it as it was printed."""
    check_targets(json_path, plot_path, [path], csv_path)
    with Collected() as said:
        result = load_forecast(path)
    report = load_report(path)
    basis = Basis.read(report) if report else basis_of_result(result, Path(path).name)
    answer(result, replace(basis, doubts=(*basis.doubts, *said.doubts)), json_path, csv_path, plot_path, verbose=verbose)


def answer(
    result: SeatDistribution,
    basis: Basis,
    json_path: str | None,
    csv_path: str | None,
    plot_path: str | None,
    quiet: bool = False,
    verbose: bool = False,
) -> None:
    """Save, draw and print a result."""
    rows = [{"party": party, **flat(row)} for party, row in result.summary().items()]
    written = [*save_text(text_of(result, basis.to_dict()) if json_path else "", json_path), *save_csv(rows, csv_path)]
    if plot_path is not None:
        draw(result, basis, plot_path)
        written.append(("written", plot_path))
    if is_piped(json_path, csv_path):
        if not quiet:
            say_doubts(basis.doubts)
            for note in basis.notes:
                say(f"note: {note}")
    elif not quiet:
        (print_forecast if verbose else print_answer)(Screen(), basis, result, written)


def simulate_request(request: Request, progress: bool, quiet: bool) -> SeatDistribution:
    """Run the simulation, with a bar and a word about the compiler where it takes long."""
    from mazhilis_sim.simulation.simulate import simulate

    with explained(quiet) as compilation:
        shown = progress and not quiet
        result = simulate(request.law, request.polls, districts=request.districts, progress=shown, **request.arguments)
    return replace(result, run={**result.run, "compiling": round(compilation.seconds, 3)})


def draw(result: SeatDistribution, basis: Basis, path: str) -> None:
    """Draw the picture."""
    from mazhilis_sim.pictures.forecast import plot_forecast

    plot_forecast(result, path, names=basis.names.by_id, official=basis.official, title=basis.title)
