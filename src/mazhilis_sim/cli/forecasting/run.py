"""``mazhilis-sim forecast``: runs what is asked for, writes files, prints the report."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mazhilis_sim.cli.forecasting.report import print_forecast
from mazhilis_sim.cli.forecasting.request import Request, read_request
from mazhilis_sim.cli.shell.screen import Screen
from mazhilis_sim.cli.shell.targets import check_targets
from mazhilis_sim.cli.shell.waiting import explained

if TYPE_CHECKING:
    from mazhilis_sim.simulation.distribution import SeatDistribution


def run_forecast(*, json_path: str | None, plot_path: str | None, progress: bool, quiet: bool, **options: Any) -> None:
    """Forecast, save, draw and print."""
    check_targets(json_path, plot_path, [options["source"], options["districts"]])
    request = read_request(**options)
    check_targets(json_path, plot_path, request.files)
    result = simulate_request(request, progress, quiet)
    request = replace(request, doubts=(*request.doubts, *unlinked(result)))
    if json_path is not None:
        result.save(json_path)
    if plot_path is not None:
        draw(result, request, plot_path)
    if not quiet:
        print_forecast(Screen(), request, result, [path for path in (json_path, plot_path) if path])


def simulate_request(request: Request, progress: bool, quiet: bool) -> SeatDistribution:
    """Run the simulation, with a bar and a word about the compiler where it takes long."""
    from mazhilis_sim.simulation.simulate import simulate

    with explained(quiet) as compilation:
        shown = progress and not quiet
        result = simulate(request.law, request.polls, districts=request.districts, progress=shown, **request.arguments)
    return replace(result, run={**result.run, "compiling": round(compilation.seconds, 3)})


def unlinked(result: SeatDistribution) -> tuple[str, ...]:
    """Doubt districts none of whose parties is polled: the ids will not match, and nothing links the tiers."""
    named = result.question.districts.parties if result.question.districts else ()
    if not named or set(named) & set(result.lists):
        return ()
    return (f"none of the districts' parties ({', '.join(named)}) is polled; ids must match for the list vote to move candidates",)


def draw(result: SeatDistribution, request: Request, path: str) -> None:
    """Draw the picture."""
    from mazhilis_sim.pictures.forecast import plot_forecast

    plot_forecast(result, path, names=request.names.by_id, official=request.official, title=request.title)
