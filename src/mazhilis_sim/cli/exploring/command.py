"""``mazhilis-sim explore``: its options; what does the work is imported when it runs."""

from __future__ import annotations

from typing import Any

import click

from mazhilis_sim.cli.shell.options import Whole
from mazhilis_sim.cli.shell.speaking import Spoken
from mazhilis_sim.simulation.engines.compilation import compilation_expected

LARGEST_PORT = 65535


@click.command(cls=Spoken)
@click.argument("source", metavar="[YEAR|POLLS|SCENARIO|LINK]", required=False)
@click.option("--port", type=Whole(0, LARGEST_PORT), default=0, metavar="N", help="Of this computer.  [default: any that is free]")
@click.option("--browser/--no-browser", "opens", default=True, help="Open the page in a browser, or only print its address.")
@compilation_expected()
def explore(**options: Any) -> None:
    """Open a page on which a forecast answers while you move its controls.

    The page is served to this computer alone until Ctrl-C ends it.

    \b
    mazhilis-sim explore
    mazhilis-sim explore polls.csv
    mazhilis-sim explore scenario.toml
    """
    from mazhilis_sim.cli.exploring.run import run_explore

    run_explore(**options)
