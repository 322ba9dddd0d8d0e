"""``mazhilis-sim count``: one election, counted and shown beside the official result."""

from __future__ import annotations

from mazhilis_sim.cli.counting.count import count_election
from mazhilis_sim.cli.counting.report import print_count
from mazhilis_sim.cli.counting.saved import rows_of, to_dict
from mazhilis_sim.cli.shell.collecting import say_doubts
from mazhilis_sim.cli.shell.endings import say
from mazhilis_sim.cli.shell.screen import Screen
from mazhilis_sim.cli.shell.targets import check_targets, is_piped, save_csv, save_json


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
    json_path: str | None,
    csv_path: str | None,
) -> None:
    """Count, save and print."""
    check_targets(json_path, None, [source, districts], csv_path)
    counted = count_election(source, law, list_seats, districts, against_all, changes, seed, (dialect, sheet))
    written = [*save_json(to_dict(counted), json_path), *save_csv(rows_of(counted), csv_path)]
    if not is_piped(json_path, csv_path):
        print_count(Screen(), counted, explain, written)
    else:
        for note in counted.notes:
            say(f"note: {note}")
    say_doubts(counted.doubts)
