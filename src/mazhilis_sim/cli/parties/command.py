"""``mazhilis-sim parties``: its options; what does the work is imported when it runs."""

from __future__ import annotations

import click

from mazhilis_sim.cli.shell.options import CSV, JSON


@click.command()
@click.argument("name", required=False)
@JSON
@CSV
def parties(name: str | None, json_path: str | None, csv_path: str | None) -> None:
    """List the parties on record by id, with their names in three languages and former ones.

    NAME, in any spelling, shows one of them.

    \b
    mazhilis-sim parties
    mazhilis-sim parties "Нур Отан"
    mazhilis-sim parties --csv -
    """
    from mazhilis_sim.cli.parties.table import show_parties

    show_parties(name, json_path, csv_path)
