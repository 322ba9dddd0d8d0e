"""What the words after an option may be."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from mazhilis_sim import reading
from mazhilis_sim.errors import FileError, show

Reader = Callable[[click.Context, click.Parameter, Any], Any]
Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


class Whole(click.IntRange):
    """A whole number in a range that the help shows, read as everywhere: ``1000000``, ``1,000,000``, ``1e6`` or ``1M``."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:  # noqa: ARG002 - click's signature
        """Read it."""
        most = None if self.max is None else int(self.max)
        return reading.whole(value, option_of(param), FileError, least=int(self.min or 0), most=most)


class Seed(click.types.IntParamType):
    """A seed, read as everywhere; its range is too wide to help."""

    name = "seed"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:  # noqa: ARG002 - click's signature
        """Read it."""
        return reading.seed(value, FileError)


class Seconds(click.FloatRange):
    """A time in a range that the help shows, read as every number is."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:  # noqa: ARG002 - click's signature
        """Read it."""
        seconds, most = reading.real(value, option_of(param), FileError, above=0.0), float(self.max or 0)
        if seconds > most:
            raise FileError(field=option_of(param), got=value, must=f"be at most {most:,.0f} seconds")
        return seconds


SEED = Seed()
USUAL_SEED = 2023
"""Of draws and lots, where none is given."""


def count_up_to(most: int) -> Reader:
    """Make a reader of large numbers as people write them: ``10M``, ``1e6``, ``500k``."""

    def read(_context: click.Context, option: click.Parameter, value: str | None) -> int | None:
        if value is None:
            return None
        return reading.whole(value, option_of(option), FileError, least=1, most=most, remedy="write such as 500k, 1e6 or 10M")

    return read


def option_of(param: click.Parameter | None) -> str:
    """Name an option as it is written."""
    return param.opts[0] if param else "the value"


def read_coalitions(_context: click.Context, option: click.Parameter, values: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Split parties with commas between them."""
    coalitions = tuple(tuple(party.strip() for party in value.split(",")) for value in values)
    for value, parties in zip(values, coalitions, strict=True):
        if not all(parties):
            raise FileError(field=option_of(option), got=value, must="be parties with commas between them, such as auyl,aq_jol")
    return coalitions


def read_changes(_context: click.Context, option: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    """Split fields of the law and what they are set to."""
    changes: dict[str, str] = {}
    for value in values:
        field, _, text = (part.strip() for part in value.partition("="))
        if not field or not text:
            must = "be a field of the law and its value, such as no_list_passes=top_two"
            raise FileError(field=option_of(option), got=value, must=must)
        if field in changes:
            both = f"{show(changes[field])} and {show(text)}"
            raise FileError(field=field, got=text, must="be set once", where=option_of(option), shown=both)
        changes[field] = text
    return changes


JSON = click.option("--json", "json_path", metavar="FILE", help="Save the whole result; - is standard output.")
CSV = click.option("--csv", "csv_path", metavar="FILE", help="Save the table; - is standard output.")
PLOT = click.option("--plot", "plot_path", metavar="FILE", help="Draw the result: .png, .svg or .pdf.")
DIALECT = click.option(
    "--dialect",
    metavar="WORDS",
    help='How the table is written, such as "semicolon, cp1251, decimal comma": comma, semicolon, tab or bar; an encoding; decimal comma '
    "or point; thousands comma, point, blank or apostrophe; day first or month first; per cent; sheet NAME.  [default: found out]",
)
"""How a file of votes or polls is written."""
SHEET = click.option("--sheet", metavar="NAME", help="Of a spreadsheet, the sheet to read.")
THREADS = click.option("--threads", type=Whole(1, reading.MOST_THREADS), metavar="N", help="Processors to use.  [default: all]")
PROGRESS = click.option("--progress/--no-progress", default=True, help="Show a bar when the run takes longer than a second.")


def with_options(*options: Decorator) -> Decorator:
    """Return what adds several options to a command, whose help shows them in this order."""

    def add(command: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed(options):
            command = option(command)
        return command

    return add


law_options = with_options(
    click.option("--law", metavar="NAME", help="Law that counts, such as 2023 or 2026; see mazhilis-sim laws."),
    click.option("--list-seats", type=Whole(1), metavar="N", help="List seats instead of the law's own; a maslikhat needs it."),
    click.option(
        "--set",
        "changes",
        callback=read_changes,
        multiple=True,
        metavar="FIELD=VALUE",
        help="A number or choice of the law changed, such as threshold=7% or no_list_passes=top_two.",
    ),
    click.option("--districts", metavar="YEAR|FILE|none", help="District votes; none: the list seats alone."),
)
"""Add what decides the law and its districts."""


def targets_of(*options: Decorator) -> Decorator:
    """Return what adds options of files to be written, and hands them to a command as its one `targets`."""

    def add(command: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(command)
        def with_targets(*, json_path: str | None, csv_path: str | None, plot_path: str | None = None, **others: Any) -> None:
            from mazhilis_sim.cli.shell.targets import Targets

            command(targets=Targets(json_path, csv_path, plot_path), **others)

        return with_options(*options)(with_targets)

    return add


target_options = targets_of(JSON, CSV)
"""Adds what says where a result goes."""
target_and_plot_options = targets_of(JSON, CSV, PLOT)
"""Adds a picture to it."""
