"""Backtest: every model against the elections whose polls and results are known. Elections count, not polls."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mazhilis_sim import reading
from mazhilis_sim.errors import SimulationError, missing_extra, shorten, show
from mazhilis_sim.judging.backtest_tables import ScoreTable, forecast_row, plain_text, poll_row, tables
from mazhilis_sim.judging.calibration import Calibration, calibrate
from mazhilis_sim.judging.case import Case, read_cases
from mazhilis_sim.judging.evaluation import (
    LEVELS,
    NONE_COVERED,
    Covered,
    Forecast,
    ForecastScore,
    Outcome,
    PollScore,
    coverage,
    error_ratio,
    poll_errors,
    score_events,
    score_poll,
    score_seats,
    score_seats_as_they_were,
    score_shares,
    transforms,
)
from mazhilis_sim.judging.scored import density_of, energy_of
from mazhilis_sim.judging.scores import skill
from mazhilis_sim.reading import Share
from mazhilis_sim.showing import Drawn, Shown
from mazhilis_sim.simulation.bounds import MOST_IN_MEMORY
from mazhilis_sim.simulation.models import MODELS, PRESETS, Dirichlet, ListModel
from mazhilis_sim.simulation.models import model as model_by_name

CALIBRATED = "calibrated"
"""The model `Total` with the sigmas that the other elections give."""


@dataclass(frozen=True, repr=False)
class Backtest(Shown, Drawn):
    """Scores of every model over some elections; made by `backtest`.

    Attributes
    ----------
    cases : tuple of Case
    forecasts : tuple of ForecastScore
        One for each election and model: the polls pooled, as `simulate` uses them.
    polls : tuple of PollScore
        One for each poll of kind ``"poll"`` and model.
    calibrations : dict of str to Calibration
        What the other elections say, by the name of the election that was left out.
    levels : tuple of float
        Levels of the intervals.
    n_draws, seed : int
    """

    picture = "judging.backtest"
    shows = ("cases", "models", "forecasts", "levels", "n_draws", "seed")

    cases: tuple[Case, ...]
    forecasts: tuple[ForecastScore, ...]
    polls: tuple[PollScore, ...]
    calibrations: Mapping[str, Calibration]
    levels: tuple[float, ...]
    n_draws: int
    seed: int

    @property
    def models(self) -> tuple[str, ...]:
        """Names of the models."""
        return tuple(dict.fromkeys(score.model for score in self.forecasts))

    def forecast(self, election: str | int, model: str) -> ForecastScore:
        """Return the scores of one forecast."""
        for score in self.forecasts:
            if is_named(score.election, election) and isinstance(model, str) and score.model == model:
                return score
        known = ", ".join(f"({score.election}, {score.model})" for score in self.forecasts)
        asked = ", ".join(value if isinstance(value, str) else show(value) for value in (election, model))
        said = f"there is no forecast ({shorten(asked)})"
        raise SimulationError(said, field="forecast", got=(election, model), must=f"be one of {known}", remedy=f"known: {known}")

    def share_coverage(self, election: str | int, model: str, level: float = 0.9, since: datetime.date | str | None = None) -> Covered:
        """Count, poll by poll, the share intervals that contain the result.

        Parameters
        ----------
        election : str or int
        model : str
        level : float
            One of `levels`.
        since : datetime.date or str, optional
            Only polls whose fieldwork ended on this day or later.

        Examples
        --------
        >>> import mazhilis_sim as ms
        >>> tested = ms.backtest([2021], models=["dirichlet", "total"], n_draws=20_000)
        >>> [str(tested.share_coverage(2021, model, since="2020-12-25")) for model in ("dirichlet", "total")]
        ['7 of 20', '18 of 20']
        """
        wanted = reading.level(level, SimulationError)
        if wanted not in self.levels:
            known = ", ".join(f"{known:g}" for known in self.levels)
            raise SimulationError(field="level", got=level, must=f"be one of the levels of this backtest, {known}")
        return sum((score.covered[wanted] for score in self.polls_of(election, model, since)), NONE_COVERED)

    def error_ratio(self, election: str | int, since: datetime.date | str | None = None) -> float:
        """Return the error of polls over what sampling alone would give: sqrt(sum (q - x)^2 / sum q (1 - q) / n_eff).

        The sums run over the polls, their lists and against all.

        Examples
        --------
        >>> import mazhilis_sim as ms
        >>> tested = ms.backtest(models=["multinomial"], n_draws=100)
        >>> round(tested.error_ratio(2023), 2), round(tested.error_ratio(2021, since="2021-01-04"), 2)
        (6.05, 3.75)
        """
        found = self.polls_of(election, self.models[0], since)
        if not found:
            raise SimulationError(field="since", got=since, must="leave at least one poll")
        return error_ratio(found)

    def polls_of(self, election: str | int, model: str, since: datetime.date | str | None = None) -> list[PollScore]:
        """Return the scores of an election's polls under one model."""
        asked, first = self.forecast(election, model), reading.date(since, "since", SimulationError)
        return [s for s in self.polls if (s.election, s.model) == (asked.election, model) and s.date >= str(first or "")]

    @property
    def _late(self) -> dict[str, datetime.date]:
        """The first day of the late polls, by election."""
        return {case.name: case.since for case in self.cases if case.since}

    def tables(self) -> list[ScoreTable]:
        """Return what is printed: titles, heads and rows of text."""
        return tables(self.forecasts, self.polls, self.levels, self._late)

    def __str__(self) -> str:
        return "\n\n".join(plain_text(table) for table in self.tables())

    def to_dict(self) -> dict[str, Any]:
        """Return everything, ready for JSON."""
        return {
            "levels": list(self.levels),
            "n_draws": self.n_draws,
            "seed": self.seed,
            "elections": [case.name for case in self.cases],
            "late": {name: day.isoformat() for name, day in self._late.items()},
            "forecasts": [forecast_row(score) for score in self.forecasts],
            "polls": [poll_row(score) for score in self.polls],
            "left_out": {name: found.to_dict() for name, found in self.calibrations.items()},
        }

    def to_frame(self, what: str = "forecasts") -> Any:
        """Return the scores as a pandas DataFrame (extra ``frame``): one row a forecast, or one a poll and model.

        Parameters
        ----------
        what : {"forecasts", "polls"}
        """
        try:
            import pandas as pd
        except ImportError:
            raise missing_extra("pandas", "frame") from None
        rows = {"forecasts": map(forecast_row, self.forecasts), "polls": map(poll_row, self.polls)}
        return pd.json_normalize(list(rows[reading.choice(what, "what", rows, SimulationError)]), sep="_")


def is_named(name: str, asked: Any) -> bool:
    """Tell whether an election is asked for, by its name or its year."""
    year = reading.integer(asked)
    return year == reading.integer(name) if year is not None else isinstance(asked, str) and asked == name


# -- running -----------------------------------------------------------------------------------------------------------


def backtest(
    cases: int | str | Case | Iterable[int | str | Case] | None = None,
    *,
    models: str | ListModel | Iterable[str | ListModel] | None = None,
    levels: Share | Sequence[Share] = LEVELS,
    n_draws: int = 200_000,
    seed: int = 2023,
) -> Backtest:
    """Score models against elections whose polls and results are known.

    Parameters
    ----------
    cases : int, str or Case, or iterable of them, optional
        Years with polls on record, or a user's own cases; all years with polls on record unless given.
    models : str or ListModel, or iterable of them, optional
        All four with their defaults unless given. With two elections or more, ``"calibrated"`` joins them: `Total` with the
        sigmas that the other elections give (leave one out).
    levels : float or str, or sequence of them
        Levels of the intervals, such as 0.9 or ``"90%"``.
    n_draws, seed : int
        As in `simulate`; all shares are held in memory, 8 bytes for each draw and category.

    Returns
    -------
    Backtest

    Raises
    ------
    PollError, SimulationError
        When an election has no polls, or an argument cannot be.

    Examples
    --------
    >>> import mazhilis_sim as ms
    >>> tested = ms.backtest(models=["dirichlet", "total"], n_draws=20_000)
    >>> [round(tested.forecast(year, "total").skill["crps_seats_dirichlet"], 1) for year in (2021, 2023)]
    [0.2, 0.1]
    """
    chosen, own = read_cases(cases), named(models)
    seed, n_draws = reading.seed(seed, SimulationError), reading.whole(n_draws, "n_draws", SimulationError, least=1, most=MOST_IN_MEMORY)
    wanted = read_levels(levels)
    left_out = leave_one_out(chosen)
    forecasts, polls = [], []
    for case in chosen:
        tested = {**own, **({CALIBRATED: left_out[case.name].model()} if left_out else {})}
        forecasts += score_forecasts(case, tested, wanted, n_draws, seed)
        polls += score_polls(case, tested, wanted, n_draws, seed)
    return Backtest(chosen, tuple(forecasts), tuple(polls), left_out, wanted, n_draws, seed)


def read_levels(levels: Any) -> tuple[float, ...]:
    """Read the levels of intervals, each once."""
    read = tuple(dict.fromkeys(reading.level(level, SimulationError) for level in reading.several(levels, "levels", SimulationError)))
    if not read:
        raise SimulationError(field="levels", got=levels, must="hold at least one level, such as 0.9")
    return read


def named(models: Any) -> dict[str, ListModel]:
    """Name the models: as their preset, or by their own names, where those are unique, else with their parameters."""
    wanted = MODELS if models is None else (models,) if is_model(models) else reading.several(models, "models", SimulationError)
    made = [(asked if isinstance(asked, str) and asked in PRESETS else "", model_by_name(asked)) for asked in wanted]
    if not made:
        raise SimulationError(field="models", got=models, must="name at least one model")
    names = [preset or model.name for preset, model in made]
    return {name if names.count(name) == 1 else repr(model): model for name, (_, model) in zip(names, made, strict=True)}


def is_model(given: Any) -> bool:
    """Tell whether one model is given, not several."""
    try:
        return hasattr(given, "pack") and not isinstance(given, type)
    except Exception:  # whatever a stranger's object does
        return False


def leave_one_out(cases: Sequence[Case]) -> dict[str, Calibration]:
    """Calibrate on all elections but one, for each of them; nothing where there is one alone."""
    if len(cases) < 2:
        return {}
    return {left.name: calibrate([(case.polls, case.election) for case in cases if case is not left]) for left in cases}


def score_polls(case: Case, models: Mapping[str, ListModel], levels: tuple[float, ...], n_draws: int, seed: int) -> list[PollScore]:
    """Score the shares of every single poll."""
    found = []
    for poll in case.polls.of_kind("poll"):
        centre = case.centre(poll)
        outcome = case.outcome(centre)
        errors = poll_errors(centre, outcome)
        for name, model in models.items():
            scored = score_poll(centre, model, outcome, levels, n_draws, seed)
            found.append(PollScore(case.name, poll.label.removeprefix("poll "), str(poll.date or ""), name, *errors, *scored))
    return found


def score_forecasts(case: Case, models: Mapping[str, ListModel], levels: tuple[float, ...], n_draws: int, seed: int) -> list[ForecastScore]:
    """Score the forecast from the pooled polls, with its skill against the references."""
    centre = case.centre(case.polls.pooled())
    outcome, law = case.outcome(centre), case.lists_alone
    plain = Forecast.make(law, centre, Dirichlet(), n_draws, seed)
    references = {"dirichlet": {**score_seats(plain, outcome, ()), **score_shares(plain, outcome, ())}}
    last = case.last_seats(outcome.lists)
    if last is not None:
        references["last"] = score_seats_as_they_were(last, outcome)
    return [
        score_forecast(case.name, name, Forecast.make(law, centre, model, n_draws, seed), outcome, levels, references)
        for name, model in models.items()
    ]


def score_forecast(
    election: str, name: str, forecast: Forecast, outcome: Outcome, levels: tuple[float, ...], references: Mapping[str, Mapping[str, float]]
) -> ForecastScore:
    """Score one forecast."""
    found = {**score_seats(forecast, outcome, levels), **score_events(forecast, outcome), **score_shares(forecast, outcome, levels)}
    whole = {"energy_seats": energy_of(forecast, outcome), "log_density_shares": density_of(forecast, outcome)}
    judged = {name: score for name, score in whole.items() if score is not None}
    skills = {f"{score}_{against}": skill(found[score], value) for against, scored in references.items() for score, value in scored.items()}
    asked = forecast.seats.question
    return ForecastScore(
        election,
        name,
        repr(asked.model),
        {**{name: score.value for name, score in judged.items()}, **found},
        coverage(forecast, outcome, levels),
        transforms(forecast, outcome, forecast.seats.seed),
        skills,
        {name: score.expected for name, score in judged.items()},
    )
