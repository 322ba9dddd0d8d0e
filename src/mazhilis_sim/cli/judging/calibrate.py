"""``mazhilis-sim calibrate``: the error of polls beyond sampling, from the record or from files."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mazhilis_sim.cli.shell.collecting import Collected, say_doubts
from mazhilis_sim.cli.shell.screen import Screen
from mazhilis_sim.cli.shell.sources import check_file, say_reading
from mazhilis_sim.cli.shell.targets import Targets
from mazhilis_sim.files.polls import read_polls
from mazhilis_sim.files.votes import read_votes
from mazhilis_sim.languages import _, number
from mazhilis_sim.tables import Column, Table
from mazhilis_sim.votes.election import Election

if TYPE_CHECKING:
    from mazhilis_sim.judging.calibration import Calibration
    from mazhilis_sim.polls.collection import Polls

FORMAT = "mazhilis_sim calibration 1"


def run_calibrate(*, years: Sequence[str], pairs: Sequence[tuple[str, str]], every: bool, targets: Targets) -> None:
    """Estimate, save and print."""
    from mazhilis_sim.judging.calibration import calibrate, quiet_pair

    targets.check([path for pair in pairs for path in pair])
    record: list[tuple[Polls, Election]] = [quiet_pair(year) for year in years]
    with Collected() as said:
        record += [read_pair(polls, votes) for polls, votes in pairs]
    found = calibrate(record or None, every=every)
    written = targets.save({"format": FORMAT, **found.to_dict()}, rows_of(found))
    if not targets.piped:
        print_calibration(Screen(), found, written)
    say_doubts(said.doubts)


def rows_of(found: Calibration) -> list[dict[str, Any]]:
    """Return the estimates, a row each, with their interval and standard error where there is one."""
    saved = found.to_dict()
    return [
        {
            "name": name,
            "estimate": saved[name],
            **dict(zip(("low", "high"), saved["intervals"].get(name, (None, None)), strict=True)),
            "standard_error": saved["standard_errors"].get(name),
        }
        for name in ("sigma_bias", "sigma_house", "single_poll")
    ]


def read_pair(polls: str, votes: str) -> tuple[Polls, Election]:
    """Read the polls and the result of one election from files."""
    for path, what in ((polls, "polls"), (votes, "votes")):
        check_file(path, what)
    found, counted = read_polls(polls), read_votes(votes)
    for path, read_as in ((polls, found.read_as), (votes, counted.read_as)):
        say_reading(path, read_as)
    held = Election(list_votes=counted, name=Path(votes).stem, date=found.election_date)
    return found, held


def print_calibration(screen: Screen, found: Calibration, written: Sequence[tuple[str, str]]) -> None:
    """Print the estimates, the polls that they come from, and what they cannot tell."""
    from mazhilis_sim.judging.calibration import estimates_table
    from mazhilis_sim.simulation.models import Total

    default = Total()
    drop, single = found.drop(default.sigma_bias, default.sigma_house), math.hypot(default.sigma_bias, default.sigma_house)
    screen.paragraph(_("Error of polls beyond sampling, on the scale of log shares"), "bold")
    screen.line()
    defaults = Column(_("default"), [number(value, ".3f") for value in (default.sigma_bias, default.sigma_house, single)])
    estimates = estimates_table(found)
    screen.tables([Table([*estimates.columns, defaults])], [estimates, Table([estimates.columns[0], defaults])])
    screen.line()
    screen.items(
        [
            *(
                (_("polls"), f"{misses.election}: {', '.join(label.removeprefix('poll ') for label in misses.polls)}")
                for misses in found.record
            ),
            *((_("left out"), f"{misses.election}: {', '.join(misses.left_out)}") for misses in found.record if misses.left_out),
            (_("default"), _("{drop} below the maximum of the log likelihood; 3.0 is the edge of 95 %").format(drop=number(drop, ".1f"))),
            (_("caution"), found.caution),
            *written,
        ]
    )
