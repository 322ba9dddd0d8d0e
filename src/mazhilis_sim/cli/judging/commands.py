"""The commands that hold forecasts against what happened; what does the work is imported when a command runs."""

from __future__ import annotations

from typing import Any

import click

from mazhilis_sim.cli.shell.options import SEED, USUAL_SEED, count_up_to, target_options
from mazhilis_sim.cli.shell.speaking import Spoken
from mazhilis_sim.simulation.bounds import MOST_IN_MEMORY
from mazhilis_sim.simulation.engines.compilation import compilation_expected


@click.command(cls=Spoken)
@click.argument("years", metavar="[YEAR]...", nargs=-1)
@click.option("--model", "models", multiple=True, metavar="NAME", help="margin, multinomial, dirichlet or total.  [default: all]")
@click.option("--draws", callback=count_up_to(MOST_IN_MEMORY), metavar="N", help="Simulated elections for each forecast.  [default: 200k]")
@click.option("--seed", type=SEED, default=USUAL_SEED, metavar="N", help=f"Decides the draws.  [default: {USUAL_SEED}]")
@target_options
@compilation_expected()
def backtest(**options: Any) -> None:
    """Score the error models against elections whose polls and results are on record.

    \b
    mazhilis-sim backtest
    mazhilis-sim backtest 2023 --model total --model dirichlet --json scores.json
    """
    from mazhilis_sim.cli.judging.backtest import run_backtest

    run_backtest(**options)


@click.command(cls=Spoken)
@click.argument("path", metavar="FORECAST")
@click.argument("result", metavar="YEAR|VOTES")
@target_options
def score(**options: Any) -> None:
    """Score a forecast that was saved with --json against a result: of a YEAR on record, or in a file of VOTES.

    \b
    mazhilis-sim forecast polls.csv --law 2026 --json forecast.json
    mazhilis-sim score forecast.json votes.csv
    """
    from mazhilis_sim.cli.judging.score import run_score

    run_score(**options)


@click.command(cls=Spoken)
@click.argument("years", metavar="[YEAR]...", nargs=-1)
@click.option("--pair", "pairs", nargs=2, multiple=True, metavar="POLLS VOTES", help="Files of your own: polls and result of an election.")
@click.option("--every", is_flag=True, help="Use every poll, not only the newest of each institute.")
@target_options
def calibrate(**options: Any) -> None:
    """Estimate the error of polls beyond sampling, from elections on record or from files.

    \b
    mazhilis-sim calibrate
    mazhilis-sim calibrate 2023 --every
    mazhilis-sim calibrate --pair polls.csv votes.csv
    """
    from mazhilis_sim.cli.judging.calibrate import run_calibrate

    run_calibrate(**options)
