"""What the words after an option may be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from mazhilis_sim.errors import FileError

MOST_THREADS = 1024
Reader = Callable[[click.Context, click.Parameter, Any], Any]
Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def count_up_to(most: int) -> Reader:
    """Make a reader of large numbers as people write them: ``10M``, ``1e6``, ``500k``."""

    def read(_context: click.Context, _option: click.Parameter, value: str | None) -> int | None:
        from mazhilis_sim.files.counts import read_count

        try:
            return None if value is None else read_count(value, most)
        except FileError as error:
            raise click.BadParameter(str(error)) from None

    return read


def read_coalitions(_context: click.Context, _option: click.Parameter, values: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Split parties with commas between them."""
    coalitions = tuple(tuple(party.strip() for party in value.split(",")) for value in values)
    for value, parties in zip(values, coalitions, strict=True):
        if not all(parties):
            raise click.BadParameter(f"must be parties with commas between them, such as auyl,aq_jol, got {value!r}")
    return coalitions


def read_changes(_context: click.Context, _option: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    """Split fields of the law and what they are set to."""
    changes: dict[str, str] = {}
    for value in values:
        field, _, text = (part.strip() for part in value.partition("="))
        if not field or not text:
            raise click.BadParameter(f"must be a field of the law and its value, such as no_list_passes=top_two, got {value!r}")
        if field in changes:
            raise click.BadParameter(f"{field} must be set once, got {changes[field]!r} and {text!r}")
        changes[field] = text
    return changes


def law_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add what decides the law and its districts."""
    options: list[Decorator] = [
        click.option("--law", metavar="NAME", help="Law that counts, such as 2023 or 2026; see mazhilis-sim laws."),
        click.option("--list-seats", type=click.IntRange(1), metavar="N", help="Instead of the law's own; a maslikhat needs it."),
        click.option(
            "--set",
            "changes",
            callback=read_changes,
            multiple=True,
            metavar="FIELD=VALUE",
            help="A number or choice of the law changed, such as threshold=7% or no_list_passes=top_two.",
        ),
        click.option("--districts", metavar="YEAR|FILE|none", help="District votes; none: the list seats alone."),
    ]
    for option in reversed(options):
        command = option(command)
    return command
