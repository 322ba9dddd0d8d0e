"""``mazhilis-sim laws``: its options; what does the work is imported when it runs."""

from __future__ import annotations

import click


@click.command()
def laws() -> None:
    """List the versions of the law, with their numbers."""
    from mazhilis_sim.cli.laws.table import print_laws

    print_laws()
