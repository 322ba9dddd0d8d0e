"""``mazhilis-sim parties``: its options; what does the work is imported when it runs."""

from __future__ import annotations

from typing import Any

import click

from mazhilis_sim.cli.shell.options import target_options
from mazhilis_sim.cli.shell.speaking import Spoken


@click.command(cls=Spoken)
@click.argument("name", required=False)
@target_options
def parties(**options: Any) -> None:
    """List the parties on record by id, with their names in three languages and former ones.

    NAME, in any spelling, shows one of them.

    \b
    mazhilis-sim parties
    mazhilis-sim parties "Нур Отан"
    mazhilis-sim parties --csv -
    """
    from mazhilis_sim.cli.parties.table import show_parties

    show_parties(**options)
