"""``mazhilis-sim forecast`` and ``show``: runs what is asked for or reads what was saved, writes files, prints the report."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mazhilis_sim.cli.forecasting.answer import print_answer
from mazhilis_sim.cli.forecasting.basis import Basis, basis_of_result, report_of
from mazhilis_sim.cli.forecasting.report import print_forecast
from mazhilis_sim.cli.forecasting.request import Request, read_request
from mazhilis_sim.cli.shell.collecting import Collected, say_doubts
from mazhilis_sim.cli.shell.endings import say
from mazhilis_sim.cli.shell.screen import Screen
from mazhilis_sim.cli.shell.targets import Targets
from mazhilis_sim.cli.shell.waiting import explained
from mazhilis_sim.languages import _
from mazhilis_sim.simulation.distribution.summary import flat
from mazhilis_sim.simulation.saving import load_forecast, load_report, text_of

if TYPE_CHECKING:
    from mazhilis_sim.questions.why import Why
    from mazhilis_sim.simulation.distribution import SeatDistribution


def run_forecast(*, targets: Targets, progress: bool, quiet: bool, verbose: bool, why_party: str | None, **options: Any) -> None:
    """Forecast, save, draw and print."""
    targets.check([options["source"], options["districts"], *options["added"]])
    request = read_request(**options)
    targets.check(request.files)
    with Collected() as said:
        result = simulate_request(request, progress, quiet)
    request = replace(request, doubts=tuple(dict.fromkeys((*request.doubts, *said.doubts))))
    found = result.why(why_party) if why_party is not None else None  # before anything is printed
    report = report_of(request, result) | ({"why": found.to_dict()} if found else {})
    answer(result, Basis.read(report), report, targets, quiet, verbose)
    if found and not quiet and not targets.piped:
        print_why(Screen(), found)


def print_why(screen: Screen, found: Why) -> None:
    """Print why the forecast says what it says of a party."""
    screen.heading(_("Why"))
    for sentence in found.sentences:
        screen.paragraph(sentence)
    if found.effects:
        screen.line()
        screen.tables(found.tables())


def run_show(*, path: str, targets: Targets, verbose: bool) -> None:
    """Read a saved forecast, and print it as it was printed."""
    targets.check([path])
    with Collected() as said:
        result = load_forecast(path)
    report = load_report(path)
    basis = Basis.read(report) if report else basis_of_result(result, Path(path).name)
    basis = replace(basis, doubts=(*basis.doubts, *said.doubts))
    answer(result, basis, {**(report or basis.to_dict()), "doubts": list(basis.doubts)}, targets, verbose=verbose)


def answer(
    result: SeatDistribution, basis: Basis, report: dict[str, Any], targets: Targets, quiet: bool = False, verbose: bool = False
) -> None:
    """Save, draw and print a result, with what its report says in the language spoken and as it is saved."""
    rows = [{"party": party, **flat(row)} for party, row in result.summary().items()]
    written = targets.save(lambda: text_of(result, report), rows, lambda path: draw(result, basis, path))
    if targets.piped:
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
