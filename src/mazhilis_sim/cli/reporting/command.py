"""``mazhilis-sim report`` and ``show``: their options; what does the work is imported when it runs."""

from __future__ import annotations

from typing import Any

import click

from mazhilis_sim.cli.forecasting.command import answer_options, request_options
from mazhilis_sim.cli.shell.options import Whole
from mazhilis_sim.cli.shell.speaking import Spoken


@click.command(cls=Spoken)
@click.argument("source", metavar="YEAR|POLLS|SCENARIO|VOTES|SAVED")
@click.option("-o", "--output", required=True, metavar="FILE", help="The page to write, in .html.")
@click.option("--count", "counted", is_flag=True, help="Count the votes of a YEAR or in a file of VOTES, and show the protocol.")
@click.option("--laws", metavar="LAW,LAW,...", help="Count the votes by each of these laws, side by side.")
@click.option("--against-all", type=Whole(0), metavar="N", help="Votes against all, where the file does not hold them.")
@request_options
def report(**options: Any) -> None:
    """Write everything on one page to send on: of a forecast, a count, a comparison, or whatever was SAVED with --json.

    \b
    mazhilis-sim report 2023 -o report.html
    mazhilis-sim report 2023 --count -o count.html
    mazhilis-sim report 2021 --laws 2021,2021-05,2026 -o laws.html
    mazhilis-sim report saved.json -o report.html
    """
    from mazhilis_sim.cli.reporting.run import run_report

    run_report(**options)


@click.command(cls=Spoken)
@click.argument("path", metavar="FILE")
@answer_options
def show(**options: Any) -> None:
    """Print a forecast, a count or another answer that was saved with --json, as it was printed.

    \b
    mazhilis-sim forecast 2023 --json out.json
    mazhilis-sim show out.json --plot out.png
    mazhilis-sim count votes.csv --law 2023 --json count.json
    mazhilis-sim show count.json
    """
    from mazhilis_sim.cli.reporting.show import run_show

    run_show(**options)
