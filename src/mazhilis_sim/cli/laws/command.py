"""``mazhilis-sim laws``: its options; what does the work is imported when it runs."""

from __future__ import annotations

from typing import Any

import click

from mazhilis_sim.cli.shell.options import target_options
from mazhilis_sim.cli.shell.speaking import Spoken


@click.command(cls=Spoken)
@target_options
def laws(**options: Any) -> None:
    """List the versions of the law, with their numbers.

    \b
    mazhilis-sim laws
    mazhilis-sim laws --csv -
    """
    from mazhilis_sim.cli.laws.table import show_laws

    show_laws(**options)
