"""``mazhilis-sim laws``: its options; what does the work is imported when it runs."""

from __future__ import annotations

import click

from mazhilis_sim.cli.shell.options import CSV, JSON


@click.command()
@JSON
@CSV
def laws(json_path: str | None, csv_path: str | None) -> None:
    """List the versions of the law, with their numbers.

    \b
    mazhilis-sim laws
    mazhilis-sim laws --csv -
    """
    from mazhilis_sim.cli.laws.table import show_laws

    show_laws(json_path, csv_path)
