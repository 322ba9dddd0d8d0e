"""``mazhilis-sim count``: one election, counted and shown beside the official result."""

from __future__ import annotations

from mazhilis_sim.cli.counting.count import count_election
from mazhilis_sim.cli.counting.report import print_count
from mazhilis_sim.cli.shell.screen import Screen


def run_count(
    *,
    source: str,
    law: str | None,
    list_seats: int | None,
    districts: str | None,
    against_all: int | None,
    seed: int | None,
    explain: bool,
    changes: dict[str, str],
) -> None:
    """Count and print."""
    counted = count_election(source, law, list_seats, districts, against_all, changes, seed)
    print_count(Screen(), counted, explain)
