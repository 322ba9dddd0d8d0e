"""The picture of a backtest: how far each model's forecasts missed, and how many results their intervals hold."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from mazhilis_sim.judging.backtest import Backtest
from mazhilis_sim.judging.evaluation import ForecastScore
from mazhilis_sim.languages import _, counted, number
from mazhilis_sim.names.colours import IN_TURN
from mazhilis_sim.names.parties import Names
from mazhilis_sim.pictures.marks import INTERVAL
from mazhilis_sim.pictures.sheets.bars import Panel, draw_bars
from mazhilis_sim.pictures.sheets.sheet import Said, Sheet, picture
from mazhilis_sim.tables import list_names, percent, short_percent

SCORE = "crps_seats"


@dataclass(frozen=True)
class Judgements:
    """What is drawn of a backtest, whether it was just made or saved.

    Parameters
    ----------
    forecasts : sequence of ForecastScore
    levels : sequence of float
        Of the intervals.
    n_draws, seed : int
    """

    forecasts: Sequence[ForecastScore]
    levels: Sequence[float]
    n_draws: int
    seed: int

    @property
    def models(self) -> list[str]:
        """The models."""
        return list(dict.fromkeys(forecast.model for forecast in self.forecasts))

    @property
    def elections(self) -> list[str]:
        """The elections."""
        return list(dict.fromkeys(forecast.election for forecast in self.forecasts))


def say(found: Judgements, _names: Names) -> Said:
    """Say which model missed least."""
    means = {model: math.fsum(f.scores[SCORE] for f in found.forecasts if f.model == model) for model in found.models}
    best = min(means, key=lambda model: means[model])
    mean = means[best] / len(found.elections)
    title = _("Nearest to the results: {model}, off by {seats} seats a list").format(model=best, seats=number(mean, ".2f"))
    elections = list_names(found.elections)
    under = _("Mean error (CRPS) of list seats, and results within {level} intervals; elections {elections}").format(
        level=short_percent(level_of(found)), elections=elections
    )
    notes = [counted("{n} draw, seed {seed}", "{n} draws, seed {seed}", found.n_draws, seed=found.seed)]
    return Said(title, under, notes, "; ".join(f"{f.election} {f.model} {number(f.scores[SCORE], '.2f')}" for f in found.forecasts))


def level_of(found: Judgements) -> float:
    """Return the level of which results within intervals are shown."""
    return min(found.levels, key=lambda level: abs(level - 0.9))


def paint(found: Judgements, _names: Names, said: Said) -> Sheet:
    """Draw a row for each election and model; a model has one colour."""
    colours = {model: IN_TURN[place] if place < len(IN_TURN) else INTERVAL for place, model in enumerate(found.models)}
    values = [forecast.scores[SCORE] for forecast in found.forecasts]
    panels = [Panel(_("mean error, seats"), values, [number(value, ".2f") for value in values])]
    panels += [held(found, of, head) for of, head in (("seats", _("seats within")), ("shares", _("shares within")))]
    rows = [f"{forecast.election} {forecast.model}" for forecast in found.forecasts]
    return draw_bars(said, rows, [colours[forecast.model] for forecast in found.forecasts], panels)


def held(found: Judgements, of: str, head: str) -> Panel:
    """Return how many results the intervals of each forecast hold."""
    counts = [forecast.covered[of][level_of(found)] for forecast in found.forecasts]
    texts = [f"{percent(count.share, 0)}  {count}" if count.of else "–" for count in counts]
    return Panel(head, [count.share if count.of else None for count in counts], texts, most=1.0)


def take(found: Backtest | Judgements) -> Judgements:
    """Return what is drawn of a backtest."""
    return found if isinstance(found, Judgements) else Judgements(found.forecasts, found.levels, found.n_draws, found.seed)


draw = picture(say, paint, take)
