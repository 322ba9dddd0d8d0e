"""``mazhilis-sim compare`` and its like: their options; what does the work is imported when it runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from mazhilis_sim.cli.shell.options import CSV, DIALECT, JSON, SEED, SHEET, USUAL_SEED, Whole

AGAINST_ALL = click.option("--against-all", type=Whole(0), metavar="N", help="Votes against all, where the file does not hold them.")
LOTS = click.option("--seed", type=SEED, metavar="N", help=f"Draws lots where a law asks for them.  [default: {USUAL_SEED}]")


def election_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add what says how an election is read and where its answer goes."""
    for option in (CSV, JSON, SHEET, DIALECT, AGAINST_ALL):
        command = option(command)
    return command


@click.command()
@click.argument("source", metavar="YEAR|VOTES")
@click.option("--laws", required=True, metavar="LAW,LAW,...", help="Laws with commas between them; changed as in 2023:threshold=7%.")
@LOTS
@election_options
def compare(**options: Any) -> None:
    """Count one election under several laws, side by side.

    \b
    mazhilis-sim compare 2021 --laws 2021,2021-05,2026
    mazhilis-sim compare 2023 --laws 2023,2023:threshold=7%:method=dhondt
    """
    from mazhilis_sim.cli.questions.run import run_compare

    run_compare(**options)
