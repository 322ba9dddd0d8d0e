"""``mazhilis-sim backtest``: error models held against what happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mazhilis_sim.cli.shell.screen import Screen
from mazhilis_sim.cli.shell.targets import Targets
from mazhilis_sim.cli.shell.waiting import explained
from mazhilis_sim.languages import _, number, several
from mazhilis_sim.simulation.distribution.summary import flat
from mazhilis_sim.tables import Column, Table

if TYPE_CHECKING:
    from mazhilis_sim.judging import backtest_tables
    from mazhilis_sim.judging.backtest import Backtest

FORMAT = "mazhilis_sim backtest 1"
DRAWS = 200_000


def run_backtest(*, years: Sequence[str], models: Sequence[str], draws: int | None, seed: int, targets: Targets) -> None:
    """Score, save and print."""
    from mazhilis_sim.judging.backtest import backtest

    targets.check()
    with explained():
        found = backtest(years or None, models=models or None, n_draws=draws or DRAWS, seed=seed)
    saved = found.to_dict()
    written = targets.save({"format": FORMAT, **saved}, rows_of(saved))
    if not targets.piped:
        print_backtest(found, written)


def rows_of(saved: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the scores of the forecasts, a row each; what is told for each party or level stands in the JSON alone."""
    return [{name: value for name, value in flat(row).items() if not isinstance(value, (list, dict))} for row in saved["forecasts"]]


def print_backtest(found: Backtest, written: Sequence[tuple[str, str]]) -> None:
    """Print every table, and what it rests on."""
    screen, names = Screen(), [case.name for case in found.cases]
    screen.line(title_of(names), "bold")
    for table in found.tables():
        print_table(screen, table)
    screen.heading(_("What this rests on"))
    models = {name: str(left_out.model()) for name, left_out in found.calibrations.items()}
    screen.items([*grounds(len(names), found.n_draws, found.seed, models), *written])


def title_of(elections: Sequence[str]) -> str:
    """Say what was held against what happened."""
    said = several("Backtest over {n} election: {names}", "Backtest over {n} elections: {names}", len(elections))
    return said.format(n=len(elections), names=", ".join(elections))


def grounds(elections: int, draws: int, seed: int, calibrated: Mapping[str, str]) -> list[tuple[str, str]]:
    """Say what a backtest rests on; calibrated models by election."""
    return [
        (_("elections"), _("{n}: elections count, however many polls each had").format(n=elections)),
        (_("draws"), _("{n} for each forecast and poll, seed {seed}").format(n=number(draws), seed=seed)),
        (_("seats"), _("list seats alone: the districts' baseline is their own result")),
        *(
            (_("calibrated"), _("{election}: {model}, from the other elections").format(election=name, model=model))
            for name, model in calibrated.items()
        ),
    ]


def print_table(screen: Screen, table: backtest_tables.ScoreTable) -> None:
    """Print one table with its title and what its columns mean."""
    screen.heading(table.title)
    screen.tables([in_columns(table)])
    if table.legend:
        screen.paragraph(table.legend)


def in_columns(table: backtest_tables.ScoreTable) -> Table:
    """Set a table of scores in columns, the first two on the left."""
    cells = zip(*table.rows, strict=True)
    columns = [
        Column(head, column, left=place < 2, breaks=head == table.several)
        for place, (head, column) in enumerate(zip(table.heads, cells, strict=True))
    ]
    return Table(columns, keys=2)
