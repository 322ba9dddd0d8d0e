"""``mazhilis-sim backtest`` and ``calibrate``: forecasts held against what happened."""

from __future__ import annotations

import json
import math
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mazhilis_sim.cli.screen import Column, Screen
from mazhilis_sim.cli.sources import check_file
from mazhilis_sim.cli.targets import check_targets
from mazhilis_sim.cli.waiting import explained
from mazhilis_sim.errors import DataWarning
from mazhilis_sim.files.polls import read_polls
from mazhilis_sim.files.votes import read_votes
from mazhilis_sim.judging.likelihood import NAMES
from mazhilis_sim.tables import plural
from mazhilis_sim.votes.election import Election
from mazhilis_sim.writing import write_whole

if TYPE_CHECKING:
    from mazhilis_sim.judging.backtest_tables import Table
    from mazhilis_sim.judging.calibration import Calibration
    from mazhilis_sim.polls.collection import Polls

DRAWS = 200_000
LONGEST_LABEL = 26
"""Of a poll, on a narrow screen."""


def run_backtest(*, years: Sequence[str], models: Sequence[str], draws: int | None, seed: int, json_path: str | None) -> None:
    """Score, save and print."""
    from mazhilis_sim.judging.backtest import backtest

    check_targets(json_path, None)
    with explained():
        found = backtest(years or None, models=models or None, n_draws=draws or DRAWS, seed=seed)
    screen, names = Screen(), ", ".join(case.name for case in found.cases)
    screen.line(f"Backtest over {plural(len(found.cases), 'election')}: {names}", "bold")
    for table in found.tables():
        print_table(screen, table)
    screen.heading("What this rests on")
    screen.items(
        [
            ("elections", f"{len(found.cases)}: elections count, however many polls each had"),
            ("draws", f"{found.n_draws:,} for each forecast and poll, seed {found.seed}"),
            ("seats", "list seats alone: nobody polls the districts"),
            *(("calibrated", f"{name}: {left_out.model()}, from the other elections") for name, left_out in found.calibrations.items()),
            *save(found.to_dict(), json_path),
        ]
    )


def print_table(screen: Screen, table: Table) -> None:
    """Print one table with its title and what its columns mean."""
    screen.heading(table.title)
    cells = zip(*table.rows, strict=True)
    columns = [Column(head, column, left=place < 2) for place, (head, column) in enumerate(zip(table.heads, cells, strict=True))]
    screen.tables([columns], *layouts(columns[:2], columns[2:]))
    if table.legend:
        screen.paragraph(table.legend)


def layouts(keys: Sequence[Column], rest: Sequence[Column]) -> Iterator[list[list[Column]]]:
    """Split a table that is too wide into ever more parts of about as many columns, each with its keys, long ones cut."""
    short = [keys[0], replace(keys[1], cells=[cut_before_date(cell) for cell in keys[1].cells])]
    for parts in range(1, len(rest) + 1):
        ends = [-(-len(rest) * part // parts) for part in range(parts + 1)]
        yield [[*short, *rest[first:last]] for first, last in pairwise(ends)]


def cut_before_date(label: str) -> str:
    """Cut the name of an institute, and leave the date behind it."""
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 12]}… {label[-10:]}"


def save(result: dict[str, Any], path: str | None) -> list[tuple[str, str]]:
    """Save a result where that is asked for, and say so."""
    if path is None:
        return []
    write_whole(path, json.dumps(result, ensure_ascii=False, indent=1) + "\n")
    return [("written", path)]


def run_calibrate(*, years: Sequence[str], pairs: Sequence[tuple[str, str]], every: bool, json_path: str | None) -> None:
    """Estimate, save and print."""
    from mazhilis_sim.judging.calibration import calibrate, quiet_pair

    check_targets(json_path, None, [path for pair in pairs for path in pair])
    record: list[tuple[Polls, Election]] = [quiet_pair(year) for year in years]
    record += [read_pair(polls, votes) for polls, votes in pairs]
    print_calibration(Screen(), calibrate(record or None, every=every), json_path)


def read_pair(polls: str, votes: str) -> tuple[Polls, Election]:
    """Read the polls and the result of one election from files."""
    for path, what in ((polls, "polls"), (votes, "votes")):
        check_file(path, what)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DataWarning)
        found, counted = read_polls(polls), read_votes(votes)
    held = Election(list_votes=counted.votes, against_all=counted.against_all, name=Path(votes).stem, date=found.election_date)
    return found, held


def print_calibration(screen: Screen, found: Calibration, json_path: str | None) -> None:
    """Print the estimates, the polls that they come from, and what they cannot tell."""
    from mazhilis_sim.simulation.models import Total

    default = Total()
    drop, single = found.drop(default.sigma_bias, default.sigma_house), math.hypot(default.sigma_bias, default.sigma_house)
    screen.paragraph("Error of polls beyond sampling, on the scale of log shares", "bold")
    screen.line()
    ends = [found.intervals.get(name) for name in NAMES]
    screen.tables(
        [
            [
                Column("", [*NAMES, "one poll"], left=True),
                Column("estimate", [f"{value:.3f}" for value in (found.sigma_bias, found.sigma_house, found.single_poll)], style="bold"),
                Column("95 %", [*("–" if end is None else f"{end[0]:.2f}–{end[1]:.2f}" for end in ends), ""]),
                Column("s.e.", [*(f"{found.standard_errors[name]:.2f}" if name in found.standard_errors else "–" for name in NAMES), ""]),
                Column("default", [f"{value:.3f}" for value in (default.sigma_bias, default.sigma_house, single)]),
            ]
        ]
    )
    screen.line()
    screen.items(
        [
            *(
                ("polls", f"{misses.election}: {', '.join(label.removeprefix('poll ') for label in misses.polls)}")
                for misses in found.record
            ),
            *(("left out", f"{misses.election}: {', '.join(misses.left_out)}") for misses in found.record if misses.left_out),
            ("default", f"{drop:.1f} below the maximum of the log likelihood; 3.0 is the edge of 95 %"),
            ("caution", found.caution),
            *save(found.to_dict(), json_path),
        ]
    )
