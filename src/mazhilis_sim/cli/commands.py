"""The commands and their options; what does the work is imported when a command runs."""

from __future__ import annotations

from typing import Any

import click

from mazhilis_sim.cli.options import MOST_THREADS, count_up_to, law_options, read_coalitions
from mazhilis_sim.cli.record_commands import backtest, calibrate
from mazhilis_sim.cli.rule_commands import verify


@click.command()
@click.argument("source", metavar="YEAR|POLLS|SCENARIO")
@law_options
@click.option("--model", metavar="NAME", help="total (default), its presets mature and exit_poll, margin, multinomial or dirichlet.")
@click.option("--draws", callback=count_up_to(10**12), metavar="N", help="Simulated elections, such as 500k or 10M.  [default: 1M]")
@click.option("--seed", type=click.IntRange(0, 2**64 - 1), metavar="N", help="The same seed gives the same draws.  [default: 2023]")
@click.option("--votes", callback=count_up_to(10**15), metavar="N", help="Votes that simulated shares are scaled to.  [default: 6,366,441]")
@click.option("--coalition", "coalitions", callback=read_coalitions, multiple=True, metavar="A,B", help="Their chance of a majority.")
@click.option("--threads", type=click.IntRange(1, MOST_THREADS), metavar="N", help="Processors to use.  [default: all]")
@click.option("--json", "json_path", metavar="FILE", help="Save the whole result.")
@click.option("--plot", "plot_path", metavar="FILE", help="Draw the result: .png, .svg or .pdf.")
@click.option("--progress/--no-progress", default=True, help="Show a bar when the run takes longer than a second.")
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
def forecast(**options: Any) -> None:
    """Forecast seats from polls: of a YEAR on record, in a file of POLLS, or as a SCENARIO says.

    \b
    mazhilis-sim forecast 2023
    mazhilis-sim forecast 2023 --model margin --coalition auyl,aq_jol
    mazhilis-sim forecast polls.csv --law 2026 --draws 10M --seed 7 --json out.json --plot out.png
    mazhilis-sim forecast scenario.toml
    """
    from mazhilis_sim.cli.forecasting import run_forecast

    run_forecast(**options)


@click.command()
@click.argument("source", metavar="YEAR|VOTES")
@law_options
@click.option("--against-all", type=click.IntRange(0), metavar="N", help="Votes against all, where the file does not hold them.")
@click.option(
    "--seed", type=click.IntRange(0, 2**64 - 1), metavar="N", help="Draws the lots that --set ties=lots asks for.  [default: 2023]"
)
@click.option("--explain", is_flag=True, help="Print the protocol, step by step, with article numbers.")
def count(**options: Any) -> None:
    """Count one election: of a YEAR on record, or the VOTES in a file.

    \b
    mazhilis-sim count 2023
    mazhilis-sim count votes.csv --law 2026 --explain
    mazhilis-sim count votes.csv --law 2026 --set ties=lots --seed 7
    """
    from mazhilis_sim.cli.counting import run_count

    run_count(**options)


@click.command()
def laws() -> None:
    """List the versions of the law, with their numbers."""
    from mazhilis_sim.cli.law_table import print_laws

    print_laws()


COMMANDS = (forecast, count, backtest, calibrate, verify, laws)
