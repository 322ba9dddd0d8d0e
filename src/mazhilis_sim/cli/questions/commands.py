"""``mazhilis-sim compare`` and its like: their options; what does the work is imported when it runs."""

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
    target_options,
    with_options,
)
from mazhilis_sim.cli.shell.speaking import Spoken
from mazhilis_sim.simulation.bounds import MOST_DRAWS

AGAINST_ALL = click.option("--against-all", type=Whole(0), metavar="N", help="Votes against all, where the file does not hold them.")
LOTS = click.option(
    "--seed", type=SEED, metavar="N", help=f"Draws lots where a law asks for them, and simulated voters.  [default: {USUAL_SEED}]"
)
SIMULATE = click.option("--simulate", "simulated", is_flag=True, help="Forecast from polls instead, always on the same simulated voters.")
DRAWS = click.option("--draws", callback=count_up_to(MOST_DRAWS), metavar="N", help="With --simulate: simulated elections.  [default: 1M]")


election_options = with_options(AGAINST_ALL, LOTS, DIALECT, SHEET, target_options)
"""Add what says how an election is read and where its answer goes."""
simulation_options = with_options(SIMULATE, DRAWS, THREADS, PROGRESS)
"""Add what says that polls are simulated, and how."""


@click.command(cls=Spoken)
@click.argument("source", metavar="YEAR|VOTES|POLLS")
@click.option("--laws", required=True, metavar="LAW,LAW,...", help="Laws with commas between them; changed as in 2023:threshold=7%.")
@simulation_options
@election_options
def compare(**options: Any) -> None:
    """Count one election under several laws, side by side; or forecast by each from the polls of a YEAR or in a file of POLLS.

    \b
    mazhilis-sim compare 2021 --laws 2021,2021-05,2026
    mazhilis-sim compare 2023 --laws 2023,2023:threshold=7%:method=dhondt
    mazhilis-sim compare votes.csv --laws 2023:district_seats=0,2026
    mazhilis-sim compare 2023 --laws 2021,2026 --simulate --draws 100k
    """
    from mazhilis_sim.cli.questions.run import run_compare

    run_compare(**options)


@click.command(cls=Spoken)
@click.argument("source", metavar="YEAR|VOTES|POLLS")
@click.argument("what", metavar="NUMBER")
@click.argument("ends", nargs=-1, metavar="[LOW HIGH]")
@click.option("--at", metavar="VALUE,VALUE,...", help="Show the seats at these values instead of every range.")
@simulation_options
@law_options
@election_options
def sweep(**options: Any) -> None:
    """Move one NUMBER of the law and show the exact points at which list seats change; or forecast at values of it, from polls.

    NUMBER is threshold, list_seats, fallback_weight, fallback_floor or list_share; with --simulate a field of the law, such as
    threshold or list_seats.

    \b
    mazhilis-sim sweep 2023 threshold 0% 10%
    mazhilis-sim sweep 2021 list_seats 50 150
    mazhilis-sim sweep 2021 threshold --at 3%,5%,7%
    mazhilis-sim sweep polls.csv threshold --at 3%,5%,7% --law 2026 --simulate
    """
    from mazhilis_sim.cli.questions.run import run_sweep

    run_sweep(**options)


@click.command(cls=Spoken)
@click.argument("source", metavar="YEAR|VOTES")
@click.option("--rival", metavar="PARTY", help="Move the votes from and to this list; without it, from and to nobody.")
@law_options
@election_options
def margins(**options: Any) -> None:
    """Show how few votes each list missed a seat by, kept one by, and stood from the threshold.

    \b
    mazhilis-sim margins 2023
    mazhilis-sim margins 2023 --rival amanat
    """
    from mazhilis_sim.cli.questions.run import run_margins

    run_margins(**options)


@click.command(cls=Spoken)
@click.argument("source", metavar="YEAR|VOTES")
@law_options
@election_options
def indices(**options: Any) -> None:
    """Measure how far the seats are from the votes.

    \b
    mazhilis-sim indices 2023
    mazhilis-sim indices votes.csv --law 2026
    """
    from mazhilis_sim.cli.questions.run import run_indices

    run_indices(**options)


@click.command(cls=Spoken)
@click.argument("source", metavar="YEAR|VOTES")
@click.option("--majority", type=Whole(1), metavar="N", help="Seats that decide.  [default: more than half of the chamber]")
@law_options
@election_options
def power(**options: Any) -> None:
    """Show who decides: Banzhaf's and Shapley and Shubik's power, and the smallest coalitions that win.

    \b
    mazhilis-sim power 2023 --majority 66
    """
    from mazhilis_sim.cli.questions.run import run_power

    run_power(**options)


@click.command(cls=Spoken)
@click.argument("source", metavar="YEAR|VOTES")
@click.option("--turnout", multiple=True, metavar="REGION=SHARE", help="Another turnout in a region, such as almaty_city=60%.")
@click.option("--swing", multiple=True, metavar="PARTY=SHARE", help="Points more or less everywhere, such as amanat=-5%.")
@click.option("--result", multiple=True, metavar="REGION:PARTY=N", help="Votes, or a share, of a party in a region.")
@click.option("--merge", multiple=True, metavar="NAME=A+B", help="Lists as one, such as left=qhp+jsdp.")
@click.option("--split", multiple=True, metavar="PARTY=A:SHARE+B:SHARE", help="A list in several, such as qhp=old:60%+new:40%.")
@click.option(
    "--without", multiple=True, metavar="PARTY[=A:SHARE+...]", help="A list withdraws; where its votes go, the rest stays at home."
)
@click.option("--strategic", metavar="SHARE", help="So many voters of lists below the threshold go to those above.")
@law_options
@election_options
def scenario(**options: Any) -> None:
    """Count an election before and after a change of its votes; changes are made in the order of the options below.

    \b
    mazhilis-sim scenario 2023 --turnout almaty_city=60% --swing amanat=-5%
    mazhilis-sim scenario 2023 --merge left=qhp+jsdp --without baytaq=auyl:50%
    """
    from mazhilis_sim.cli.questions.run import run_scenario

    run_scenario(**options)


@click.command(cls=Spoken)
@click.argument("source", metavar="YEAR|VOTES")
@click.option("--turnout", metavar="REGION", help="Move the turnout of a region.")
@click.option("--swing", metavar="PARTY", help="Move a party's share by the same points everywhere.")
@click.option("--votes", metavar="PARTY", help="Move a list's votes, all others unchanged.")
@click.option("--transfer", metavar="PARTY,PARTY", help="Move votes from the first list to the second.")
@click.option("--until", required=True, metavar="CONDITION", help="Such as 'baytaq>0' or 'auyl+aq_jol>=amanat and jsdp>0', in seats.")
@law_options
@election_options
def solve(**options: Any) -> None:
    """Find the least change of one number that brings something about.

    \b
    mazhilis-sim solve 2023 --turnout almaty_city --until 'baytaq>0'
    mazhilis-sim solve 2023 --swing amanat --until 'amanat<50'
    """
    from mazhilis_sim.cli.questions.run import run_solve

    run_solve(**options)
