"""``mazhilis-sim count``: its options; what does the work is imported when it runs."""

from __future__ import annotations

from typing import Any

import click

from mazhilis_sim.cli.shell.options import DIALECT, SEED, SHEET, USUAL_SEED, Whole, law_options, target_options
from mazhilis_sim.cli.shell.speaking import Spoken


@click.command(cls=Spoken)
@click.argument("source", metavar="YEAR|VOTES")
@law_options
@click.option("--against-all", type=Whole(0), metavar="N", help="Votes against all, where the file does not hold them.")
@click.option("--seed", type=SEED, metavar="N", help=f"Draws the lots that --set ties=lots asks for.  [default: {USUAL_SEED}]")
@DIALECT
@SHEET
@target_options
@click.option("--explain", "--verbose", is_flag=True, help="Print the protocol, step by step, with article numbers.")
def count(**options: Any) -> None:
    """Count one election: of a YEAR on record, or the VOTES in a file.

    \b
    mazhilis-sim count 2023
    mazhilis-sim count votes.csv --law 2026 --explain
    mazhilis-sim count votes.xlsx --law 2026 --json -
    mazhilis-sim count votes.csv --law 2026 --set ties=lots --seed 7
    """
    from mazhilis_sim.cli.counting.run import run_count

    run_count(**options)
