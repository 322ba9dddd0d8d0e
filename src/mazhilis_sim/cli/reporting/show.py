"""``mazhilis-sim show``: prints what was saved; a forecast may be asked more."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mazhilis_sim.cli.counting.report import print_count
from mazhilis_sim.cli.counting.saved import counted_again
from mazhilis_sim.cli.reporting.saved_files import kind_of, read
from mazhilis_sim.cli.shell.collecting import say_doubts
from mazhilis_sim.cli.shell.screen import Screen
from mazhilis_sim.cli.shell.targets import Targets
from mazhilis_sim.errors import FileError
from mazhilis_sim.report.document import Document, Items, Part
from mazhilis_sim.simulation.saving import TITLE
from mazhilis_sim.tables import Table


def run_show(*, path: str, targets: Targets, verbose: bool, **options: Any) -> None:
    """Show a forecast as `forecast` does, and any other answer by its tables; what is no answer is refused as no forecast."""
    kind = saved_kind(path)
    if kind is None or kind == kind_of(TITLE):
        from mazhilis_sim.cli.forecasting.run import run_show as show_forecast

        show_forecast(path=path, targets=targets, verbose=verbose, **options)
        return
    refuse(targets, options)
    print_saved(path, kind, verbose)


def saved_kind(path: str) -> str | None:
    """Return of what kind a saved answer is; None where a file holds none."""
    try:
        return kind_of(read(path)["format"])
    except FileError:
        return None


def refuse(targets: Targets, options: dict[str, Any]) -> None:
    """Refuse what only a forecast can be asked."""
    asked = {"--chance": options["chances"], "--likeliest": options["likeliest"], "--why": options["why_party"]}
    for option, value in {**targets.asked, **asked}.items():
        if value not in (None, ()):
            raise FileError(field=option, got=value, must="be left out beside a saved answer that is no forecast")


def print_saved(path: str, kind: str, verbose: bool) -> None:
    """Print a count as `count` does, and any other answer by its tables and sentences."""
    again = counted_again(read(path), Path(path).name) if kind == "count" else None
    if again:
        print_count(Screen(), again, verbose)
        say_doubts(again.doubts)
        return
    from mazhilis_sim.cli.reporting.of_saved import saved_as  # its pictures need more than a screen does

    print_document(Screen(), saved_as(path))


def print_document(screen: Screen, document: Document) -> None:
    """Print the tables and sentences of a report, without its pictures and how it was made."""
    screen.paragraph(document.title, "bold")
    said = [section for section in document.sections[:-1] if any(map(is_said, section.parts))]
    for place, section in enumerate(said):
        if place:
            screen.heading(section.title)
        print_parts(screen, [part for part in section.parts if is_said(part)])


def is_said(part: Part) -> bool:
    """Tell whether a part is text."""
    return isinstance(part, (str, Table, Items))


def print_parts(screen: Screen, parts: Sequence[Part]) -> None:
    """Print tables, labelled lines and sentences with an empty line before each, but between sentences."""
    before: Part | None = None
    for part in parts:
        if not (isinstance(part, str) and isinstance(before, str)):
            screen.line()
        print_part(screen, part)
        before = part


def print_part(screen: Screen, part: Part) -> None:
    """Print a table, labelled lines or a sentence."""
    if isinstance(part, Table):
        screen.tables([part])
    elif isinstance(part, Items):
        screen.items(part.pairs)
    elif isinstance(part, str):
        screen.paragraph(part)
