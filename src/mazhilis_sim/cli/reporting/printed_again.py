"""The reports of saved answers of which the tables are made again, as their commands printed them, below their pictures."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from mazhilis_sim.cli.judging.backtest import grounds, in_columns
from mazhilis_sim.cli.reporting.saved_words import party
from mazhilis_sim.judging.backtest import CALIBRATED
from mazhilis_sim.judging.backtest_tables import forecast_of, poll_of, tables
from mazhilis_sim.judging.scored import in_words, scored_of
from mazhilis_sim.languages import _
from mazhilis_sim.questions.closeness.margin_tables import DistrictMargin, Margin, Transfer, notes_of, tables_of
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


def of_margins(saved: Mapping[str, Any]) -> Iterator[Section]:
    """Yield the tables of margins with their signs, and what they mean."""
    margins = [Margin(**row) for row in saved["rows"]]
    districts = [DistrictMargin(number=row["district"], **{key: row[key] for key in OF_DISTRICT}) for row in saved["districts"]]
    pair = Transfer(**saved["closest"]) if saved["closest"] and "changes" in saved["closest"] else None  # before, one seat alone was told
    yield Section(_("Result"), [*tables_of(margins, districts, party), *notes_of(margins, pair, party)])


OF_DISTRICT = ("winner", "party", "second", "second_party", "margin")
"""What is saved of a district beside its number."""
PRINTED = {"margins": of_margins, "backtest": of_backtest, "score": of_score}
"""By the kind of what was saved."""
