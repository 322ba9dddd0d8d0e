"""``mazhilis-sim forecast`` and ``show``: runs what is asked for or reads what was saved, writes files, prints the report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mazhilis_sim import reading
from mazhilis_sim.cli.forecasting.answer import print_answer
from mazhilis_sim.cli.forecasting.basis import Basis, basis_of_result, report_of
from mazhilis_sim.cli.forecasting.chances import (
    Asked,
    as_data,
    in_lines,
    likeliest_as_data,
    likeliest_in_lines,
    read_chances,
    saved_chances,
)
from mazhilis_sim.cli.forecasting.report import print_forecast
from mazhilis_sim.cli.forecasting.request import Request, read_request
from mazhilis_sim.cli.shell.collecting import Collected, say_doubts, say_notes
from mazhilis_sim.cli.shell.screen import Screen
from mazhilis_sim.cli.shell.targets import Targets
from mazhilis_sim.cli.shell.waiting import explained
from mazhilis_sim.errors import SimulationError
from mazhilis_sim.simulation.distribution.summary import flat
from mazhilis_sim.simulation.saving import load_forecast, load_report, text_of

if TYPE_CHECKING:
    from mazhilis_sim.questions.why import Why
    from mazhilis_sim.simulation.distribution import SeatDistribution


def run_forecast(
    *,
    targets: Targets,
    progress: bool,
    verbose: bool,
    why_party: str | None,
    chances: tuple[str, ...],
    likeliest: int | None,
    **options: Any,
) -> None:
    """Forecast, save, draw and print."""
    asked = read_chances(chances)
    targets.check([options["source"], options["districts"], *options["added"]])
    request = read_request(**options)
    targets.check(request.files)
    with Collected() as said:
        check_parties(request, asked, why_party)
        result = simulate_request(request, progress)
    request = replace(request, doubts=tuple(dict.fromkeys((*request.doubts, *said.doubts))))
    found = ask_why(result, why_party, progress) if why_party is not None else None  # before anything is printed
    likely = [(each.words, each.of(result)) for each in asked]
    report = report_of(request, result) | as_data(likely) | likeliest_as_data(result, likeliest) | why_as_data(found)
    answer(result, Basis.read(report), report, targets, verbose)
    if found and not targets.piped:
        print_why(Screen(), found)


def check_parties(request: Request, asked: Iterable[Asked], why_party: str | None) -> None:
    """Refuse a party that is asked about and can get no seat, before anything is simulated."""
    parties = parties_of(request) if asked or why_party is not None else ()
    for each in asked:
        each.check(parties)
    if why_party is not None:
        reading.position(why_party, parties, "party", SimulationError, where="--why")


def parties_of(request: Request) -> tuple[str, ...]:
    """Return whose seats a forecast will tell."""
    from mazhilis_sim.simulation.question import ask

    model, of_districts, votes = (request.arguments[name] for name in ("model", "district_model", "votes"))
    return ask(request.law, request.polls, model, request.districts, of_districts, votes=votes).parties


def ask_why(result: SeatDistribution, party: str, progress: bool) -> Why:
    """Ask a forecast why, with a bar where that takes long."""
    with explained():
        return result.why(party, progress=progress)


def why_as_data(found: Why | None) -> dict[str, Any]:
    """Return it as part of a report; nothing where it was not asked."""
    return {"why": found.to_dict()} if found else {}


def print_why(screen: Screen, found: Why) -> None:
    """Print why the forecast says what it says of a party."""
    screen.heading(found.title)
    for sentence in found.sentences:
        screen.line()
        screen.paragraph(sentence)
    if found.effects:
        screen.line()
        screen.tables(found.tables())


def run_show(
    *, path: str, targets: Targets, why_party: str | None, chances: tuple[str, ...], likeliest: int | None, progress: bool, verbose: bool
) -> None:
    """Read a saved forecast, and print it as it was printed; say why of another party, and chances that are asked for now."""
    targets.check([path])
    asked = read_chances(chances)
    with Collected() as said:
        result = load_forecast(path)
    report = load_report(path) or {}
    basis = Basis.read(report) if report else basis_of_result(result, Path(path).name)
    found = ask_why(result, why_party, progress) if why_party is not None else saved_why(result, report)
    basis = replace(basis, doubts=(*basis.doubts, *said.doubts))
    likely = [*saved_chances(report), *((each.words, each.of(result)) for each in asked)]
    more = as_data(likely) | likeliest_as_data(result, likeliest, report.get("likeliest", ())) | why_as_data(found)
    whole = {**(report or basis.to_dict()), "doubts": list(basis.doubts), **more}
    answer(result, basis, whole, targets, verbose)
    if found and not targets.piped:
        print_why(Screen(), found)


def saved_why(result: SeatDistribution, report: dict[str, Any]) -> Why | None:
    """Return what was saved of a forecast asked why; nothing where it was not asked."""
    from mazhilis_sim.questions.why import why_again

    return why_again(result, report["why"]) if report.get("why") is not None else None


def answer(result: SeatDistribution, basis: Basis, report: dict[str, Any], targets: Targets, verbose: bool) -> None:
    """Save, draw and print a result, with what its report says in the language spoken and as it is saved."""
    rows = [{"party": party, **flat(row)} for party, row in result.summary().items()]
    written = targets.save(lambda: text_of(result, report), rows, lambda path: draw(result, basis, path))
    if targets.piped:
        say_doubts(basis.doubts)
        say_notes(basis.notes)
    else:
        often = likeliest_in_lines(result, len(report.get("likeliest", ())), basis.names)
        asked = [*in_lines(saved_chances(report)), *often]
        (print_forecast if verbose else print_answer)(Screen(), basis, result, asked, written)


def simulate_request(request: Request, progress: bool) -> SeatDistribution:
    """Run the simulation, with a bar and a word about the compiler where it takes long."""
    from mazhilis_sim.simulation.simulate import simulate

    with explained() as compilation:
        result = simulate(request.law, request.polls, districts=request.districts, progress=progress, **request.arguments)
    return replace(result, run={**result.run, "compiling": round(compilation.seconds, 3)})


def draw(result: SeatDistribution, basis: Basis, path: str) -> None:
    """Draw the picture."""
    from mazhilis_sim.pictures.forecast import finding, plot_forecast

    title = f"{basis.title}: {finding(result, basis.names.by_id)}"
    plot_forecast(result, path, names=basis.names.by_id, official=basis.official, title=title)
