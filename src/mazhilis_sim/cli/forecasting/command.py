"""``mazhilis-sim forecast``: its options, of which ``show`` takes some; what does the work is imported when it runs."""

from __future__ import annotations

from typing import Any

import click

from mazhilis_sim.cli.shell.options import (
    DIALECT,
    PROGRESS,
    SEED,
    SHEET,
    THREADS,
    USUAL_SEED,
    Whole,
    count_up_to,
    law_options,
    read_coalitions,
    target_and_plot_options,
    with_options,
)
from mazhilis_sim.cli.shell.speaking import Spoken
from mazhilis_sim.polls.sizes import LARGEST_SIZE
from mazhilis_sim.simulation.bounds import MOST_DRAWS, MOST_VOTES
from mazhilis_sim.simulation.engines.compilation import compilation_expected

VERBOSE = click.option("--verbose", is_flag=True, help="Print everything: lists and districts apart, polls, doubts, rare rules.")
WHY = click.option("--why", "why_party", metavar="PARTY", help="Say why its mean, median and central count differ, and what moves them.")
CHANCE = click.option(
    "--chance", "chances", multiple=True, metavar="CONDITION", help="Its chance, in seats: 'auyl+aq_jol>=30' or 'auyl>aq_jol given jsdp>0'."
)
LIKELIEST = click.option("--likeliest", type=Whole(1), metavar="N", help="The chambers that came most often, so many.")


request_options = with_options(
    law_options,
    click.option("--model", metavar="NAME", help="total (default) or a preset of it, margin, multinomial or dirichlet."),
    click.option("--preset", metavar="NAME", help="Numbers of the model total: kazakhstan (default), 2025, mature or exit_poll."),
    click.option("--draws", callback=count_up_to(MOST_DRAWS), metavar="N", help="Simulated elections, such as 500k or 10M.  [default: 1M]"),
    click.option("--seed", type=SEED, metavar="N", help=f"The same seed gives the same draws.  [default: {USUAL_SEED}]"),
    click.option("--votes", callback=count_up_to(MOST_VOTES), metavar="N", help="Votes that shares are scaled to.  [default: 6,366,441]"),
    click.option("--coalition", "coalitions", callback=read_coalitions, multiple=True, metavar="A,B", help="Their chance of a majority."),
    THREADS,
    click.option(
        "--sample-size", type=Whole(1, LARGEST_SIZE), metavar="N", help="Of the polls in a file that holds neither size nor margin."
    ),
    click.option("--add-polls", "added", multiple=True, metavar="FILE", help="Polls of your own beside those of YEAR or POLLS."),
    DIALECT,
    SHEET,
)
"""Add what a forecast is asked with."""
answer_options = with_options(target_and_plot_options, CHANCE, LIKELIEST, WHY, PROGRESS, VERBOSE)
"""Add what a forecast is told with, whether it was just made or saved."""


@click.command(cls=Spoken)
@click.argument("source", metavar="YEAR|POLLS|SCENARIO")
@request_options
@answer_options
@compilation_expected()
def forecast(**options: Any) -> None:
    """Forecast seats from polls: of a YEAR on record, in a file of POLLS, or as a SCENARIO says.

    \b
    mazhilis-sim forecast 2023
    mazhilis-sim forecast 2023 --model margin --coalition auyl,aq_jol
    mazhilis-sim forecast 2023 --chance 'auyl+aq_jol>=20 given jsdp>0'
    mazhilis-sim forecast 2023 --add-polls my_polls.csv
    mazhilis-sim forecast polls.csv --law 2026 --json out.json --plot out.png
    mazhilis-sim forecast scenario.toml
    """
    from mazhilis_sim.cli.forecasting.run import run_forecast

    run_forecast(**options)
