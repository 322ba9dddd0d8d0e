"""``mazhilis-sim count``: one election, counted and shown beside the official result."""

from __future__ import annotations

from mazhilis_sim.cli.counting.count import count_election
from mazhilis_sim.cli.counting.report import print_count
from mazhilis_sim.cli.counting.saved import rows_of, to_dict
from mazhilis_sim.cli.shell.collecting import say_doubts, say_notes
from mazhilis_sim.cli.shell.screen import Screen
from mazhilis_sim.cli.shell.targets import Targets


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
    dialect: str | None,
    sheet: str | None,
    targets: Targets,
) -> None:
    """Count, save and print."""
    targets.check([source, districts])
    counted = count_election(source, law, list_seats, districts, against_all, changes, seed, (dialect, sheet))
    written = targets.save(to_dict(counted), rows_of(counted))
    if not targets.piped:
        print_count(Screen(), counted, explain, written)
    else:
        say_notes(counted.notes)
    say_doubts(counted.doubts)
