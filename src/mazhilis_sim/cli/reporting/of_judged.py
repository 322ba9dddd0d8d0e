"""The reports of a saved backtest and of a saved score: what their commands printed, below their pictures."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from mazhilis_sim.cli.judging.backtest import grounds, in_columns
from mazhilis_sim.judging.backtest import CALIBRATED
from mazhilis_sim.judging.backtest_tables import forecast_of, poll_of, tables
from mazhilis_sim.judging.scored import in_words, scored_of
from mazhilis_sim.languages import _
from mazhilis_sim.report import Items, Section


def of_score(saved: Mapping[str, Any]) -> Iterator[Section]:
    """Yield the scores in words."""
    yield Section(_("A forecast and its result"), [Items(in_words(scored_of(saved)))])


def of_backtest(saved: Mapping[str, Any]) -> Iterator[Section]:
    """Yield the tables under their titles, and what they rest on."""
    forecasts, polls = [forecast_of(row) for row in saved["forecasts"]], [poll_of(row) for row in saved["polls"]]
    late = {name: datetime.date.fromisoformat(day) for name, day in saved.get("late", {}).items()}
    for table in tables(forecasts, polls, saved["levels"], late):
        yield Section(table.title, [in_columns(table), *filter(None, [table.legend])])
    calibrated = {score.election: score.parameters for score in forecasts if score.model == CALIBRATED}
    rests_on = grounds(len(saved["elections"]), saved["n_draws"], saved["seed"], calibrated)
    yield Section(_("What this rests on"), [Items(rests_on)])


PRINTED = {"backtest": of_backtest, "score": of_score}
"""By the kind of what was saved."""
