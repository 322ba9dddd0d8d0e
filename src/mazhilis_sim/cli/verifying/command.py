"""The command that puts a rule to the axioms; what does the work is imported when it runs."""

from __future__ import annotations

from typing import Any

import click

from mazhilis_sim.cli.shell.options import SEED, Seconds, Whole, read_changes, target_options
from mazhilis_sim.cli.shell.speaking import Spoken


@click.command(cls=Spoken)
@click.argument("rule", metavar="NAME|MODULE:FUNCTION|FILE:FUNCTION")
@click.option("--axioms", default="all", metavar="all|A,B", help="Axioms by name, with commas between them.  [default: all]")
@click.option("--law", metavar="NAME", help="Law that the rule is to follow: judges threshold and two-party rule too.")
@click.option("--list-seats", type=Whole(1), metavar="N", help="List seats instead of the law's own; a maslikhat needs it.")
@click.option(
    "--set",
    "changes",
    callback=read_changes,
    multiple=True,
    metavar="FIELD=VALUE",
    help="The law's threshold or fallback changed, such as threshold=7%.",
)
@click.option("--examples", type=Whole(0, 10**7), default=2000, metavar="N", help="Random elections.  [default: 2000]")
@click.option("--seed", type=SEED, default=0, metavar="N", help="Decides which.  [default: 0]")
@click.option(
    "--time-limit", type=Seconds(0, 86_400, min_open=True), default=55.0, metavar="SECONDS", help="For everything.  [default: 55]"
)
@target_options
def verify(**options: Any) -> None:
    """Hold a seat-allocation rule against the axioms, and show the smallest election that breaks each.

    NAME is a classical rule, such as hare or dhondt. A function takes a list of votes and a number of seats, and returns
    seats. A function of yours runs in a process of its own. The exit status is 0 when every axiom holds, 1 when one is broken or the
    rule does not return seats, 3 when the time was over before that was decided.

    \b
    mazhilis-sim verify hare --axioms all
    mazhilis-sim verify my_rule.py:share_out --axioms quota,exact --json out.json
    mazhilis-sim verify my_package.rules:share_out --law 2023 --set threshold=7%
    """
    from mazhilis_sim.cli.verifying.run import run_verify

    run_verify(**options)
