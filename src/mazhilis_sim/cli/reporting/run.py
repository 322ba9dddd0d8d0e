"""``mazhilis-sim report``: finds out what is reported, and writes the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from mazhilis_sim.cli.reporting.of_counts import compared, counted_as
from mazhilis_sim.cli.reporting.of_forecasts import forecast_as, loaded
from mazhilis_sim.cli.reporting.of_saved import saved_as
from mazhilis_sim.cli.reporting.saved_files import is_forecast
from mazhilis_sim.cli.shell.endings import say
from mazhilis_sim.cli.shell.targets import check_writable
from mazhilis_sim.errors import FileError, SimulationError
from mazhilis_sim.languages import _
from mazhilis_sim.report import Document, check_page, write_page
from mazhilis_sim.writing import named

SAVED = ".json"
OF_LAWS = ("law", "list_seats", "changes", "districts")
OF_FILES = ("dialect", "sheet")
OF_FORECASTS = ("model", "preset", "draws", "votes", "coalitions", "threads", "sample_size", "added")
OPTIONS = {"changes": "--set", "coalitions": "--coalition", "added": "--add-polls"}
"""Options whose names are not those of what they hold."""


def run_report(*, source: str, output: str, counted: bool, laws: str | None, **options: Any) -> None:
    """Look at the target, make the report, and write it."""
    check_target(output, (source, options["districts"], *options["added"]))
    write_page(reporter(source, counted, laws, options)(), output)
    written = _("written")
    say(f"{written} {named(output)}")


def check_target(output: str, sources: tuple[str | None, ...]) -> None:
    """Refuse a page that cannot be written before anything is simulated."""
    try:
        check_page(output)
    except SimulationError as error:
        raise error.at(f"--output {named(output)}") from None
    check_writable(output, "--output", [source for source in sources if source])


def reporter(source: str, counted: bool, laws: str | None, options: dict[str, Any]) -> Callable[[], Document]:
    """Return what makes the report that is asked for; options that are for another one are refused."""
    if Path(source).suffix.lower() == SAVED:
        refuse({**options, "count": counted, "laws": laws}, (), "a saved result, which is shown as it is")
        return lambda: loaded(source) if is_forecast(source) else saved_as(source)
    if counted and laws is not None:
        raise FileError("--count and --laws ask for two reports", field="--laws", got=laws, must="be left out beside --count")
    if laws is not None:
        refuse(options, ("against_all", "seed", *OF_FILES), "--laws")
        return lambda: compared(source, laws, options)
    if counted:
        refuse(options, ("against_all", "seed", *OF_LAWS, *OF_FILES), "--count")
        return lambda: counted_as(source, options)
    refuse(options, ("seed", *OF_LAWS, *OF_FILES, *OF_FORECASTS), "a forecast")
    return lambda: forecast_as(source, {name: value for name, value in options.items() if name != "against_all"})


def refuse(given: Mapping[str, Any], used: tuple[str, ...], beside: str) -> None:
    """Refuse an option that would be read and do nothing."""
    for name, value in given.items():
        if name not in used and value is not None and value is not False and value not in ((), {}):
            option = OPTIONS.get(name, "--" + name.replace("_", "-"))
            raise FileError(field=option, got=value, must=f"be left out beside {beside}")
