"""The tables of a backtest, as text and as rows for JSON: scores, skill, coverage, and where the result lay in each forecast."""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from mazhilis_sim.judging.evaluation import NONE_COVERED, Covered, ForecastScore, PollScore, error_ratio
from mazhilis_sim.languages import _, counted, number
from mazhilis_sim.tables import aligned, day, percent, short_percent

NAMED = ("election", "model", "parameters")
NESTED = ("covered", "skill", "expected", "pit")
"""Of the row of a forecast: all else are scores."""
OF_POLL = ("election", "poll", "date", "model", "squared_error", "sampling_variance")


class ScoreTable(NamedTuple):
    """A title, the heads of the columns, rows of cells, what the columns mean, and which of them holds several numbers in a cell."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    legend: str = ""
    several: str = ""


def plain_text(table: ScoreTable) -> str:
    """Set a table in letters of one width; the first two columns on the left."""
    rows = aligned([table.heads, *table.rows], left=2).lines()
    return "\n".join([table.title, "", *rows, *(["", table.legend] if table.legend else [])])


def tables(
    forecasts: Sequence[ForecastScore], polls: Sequence[PollScore], levels: Sequence[float], since: Mapping[str, datetime.date]
) -> list[ScoreTable]:
    """Return all tables."""
    return [
        error_table(polls),
        poll_table(polls, levels, since),
        seat_table(forecasts),
        whole_table(forecasts),
        event_table(forecasts),
        share_table(forecasts),
        coverage_table(forecasts, levels),
        pit_table(forecasts),
    ]


# -- single polls ------------------------------------------------------------------------------------------------------


def error_table(polls: Sequence[PollScore]) -> ScoreTable:
    """Show by how much each poll missed, beside what sampling alone would give."""
    by_poll = {(score.election, score.poll): score for score in polls}
    rows: list[tuple[str, ...]] = []
    for election in dict.fromkeys(score.election for score in polls):
        mine = {poll: score for (of, poll), score in by_poll.items() if of == election}
        rows += (
            (election, poll, points(math.sqrt(s.squared_error)), points(math.sqrt(s.sampling_variance)), rounded(error_ratio([s]), 1))
            for poll, s in mine.items()
        )
        rows.append((election, _("all of them"), "", "", rounded(error_ratio(mine.values()), 1)))
    return ScoreTable(
        _("How far the polls missed"),
        (_("election"), _("poll"), _("error"), _("sampling"), _("ratio")),
        tuple(rows),
        _("error: root of the summed squared errors of all shares, in points; sampling: what chance alone would give, on average"),
    )


def poll_table(polls: Sequence[PollScore], levels: Sequence[float], since: Mapping[str, datetime.date]) -> ScoreTable:
    """Show how often the intervals of single polls contained the result."""
    rows = []
    for election, begin in poll_groups(polls, since):
        chosen = [score for score in polls if score.election == election and score.date >= begin]
        many = len({score.poll for score in chosen})
        for model in dict.fromkeys(score.model for score in chosen):
            mine = [score for score in chosen if score.model == model]
            of = counted("{n} poll", "{n} polls", many)
            what = (_("{election} late, {polls}") if begin else "{election}, {polls}").format(election=election, polls=of)
            rows.append((what, model, *(contained(mine, level) for level in levels), points(math.fsum(s.crps for s in mine) / len(mine))))
    return ScoreTable(
        _("Shares, poll by poll: intervals that contain the result"),
        (_("polls"), _("model"), *map(short_percent, levels), "CRPS"),
        tuple(rows),
        _("each poll alone, over its lists and against all; CRPS: mean, in points of share") + late(since),
    )


def late(since: Mapping[str, datetime.date]) -> str:
    """Say which polls are called late."""
    return "".join(_("; late: polls from {day} on").format(day=day(date)) for date in since.values())


def poll_groups(polls: Sequence[PollScore], since: Mapping[str, datetime.date]) -> list[tuple[str, str]]:
    """Return the groups of polls that are shown: the late ones of an election, then all of them."""
    groups = []
    for election in dict.fromkeys(score.election for score in polls):
        groups += [(election, str(since[election]))] if election in since else []
        groups += [(election, "")]
    return groups


def contained(polls: Sequence[PollScore], level: float) -> str:
    """Write how many intervals contained the result."""
    return share_of(sum((score.covered[level] for score in polls), NONE_COVERED))


def share_of(count: Covered) -> str:
    """Write hits, number and percentage."""
    return f"{count.hits}/{count.of} ({percent(count.share, 0)})"


def points(share: float) -> str:
    """Write a share in points."""
    return number(100 * share, ".2f")


# -- forecasts ---------------------------------------------------------------------------------------------------------


def seat_table(forecasts: Sequence[ForecastScore]) -> ScoreTable:
    """Show the scores of the list seats, and their skill."""
    names = {"crps_seats": 2, "energy_seats": 1, "interval_seats_90": 1}
    rows = [
        (
            *who(f),
            *(rounded(f.scores.get(name), decimals) for name, decimals in names.items()),
            *skills(f, ("crps_seats", "energy_seats"), ("dirichlet", "last")),
        )
        for f in forecasts
    ]
    return ScoreTable(
        _("List seats, forecast from the pooled polls"),
        (
            *(_("election"), _("model"), "CRPS", _("energy"), _("interval")),
            *(_("CRPS vs D"), _("energy vs D"), _("CRPS vs last"), _("energy vs last")),
        ),
        tuple(rows),
        _(
            "CRPS and interval (of 90 %): means over the lists, in seats; energy: of the whole vector; vs: skill, 1 is perfect, against "
            "a Dirichlet (D) and the last election's seats"
        ),
    )


def whole_table(forecasts: Sequence[ForecastScore]) -> ScoreTable:
    """Show the scores of whole results beside what each forecast expects of itself."""
    names = {"energy_seats": 1, "log_density_shares": 2}
    rows = [(*who(f), *(cell for name, decimals in names.items() for cell in beside_expected(f, name, decimals))) for f in forecasts]
    return ScoreTable(
        _("The whole result, and what each forecast expects of itself"),
        (_("election"), _("model"), _("seats: energy"), _("expected"), _("shares: log density"), _("expected")),
        tuple(rows),
        _(
            "log density: minus the joint log density of all shares, where a model has a closed form; expected: where nine of ten results "
            "drawn from the forecast itself score; above it, a forecast was too sure or off, below it too wide"
        ),
    )


def beside_expected(score: ForecastScore, name: str, decimals: int) -> tuple[str, str]:
    """Write a score, and the range in which it was to be expected."""
    if name not in score.expected:
        return "-", "-"
    low, high = (rounded(end, decimals) for end in score.expected[name])
    return rounded(score.scores[name], decimals), _("{low} to {high}").format(low=low, high=high)


def event_table(forecasts: Sequence[ForecastScore]) -> ScoreTable:
    """Show the scores of the events."""
    names = ("brier_entry", "log_entry", "log_entry_set", "brier_majority", "log_majority")
    rows = [(*who(f), *(rounded(f.scores[n], 3) for n in names)) for f in forecasts]
    return ScoreTable(
        _("Events, forecast from the pooled polls"),
        (*(_("election"), _("model"), _("entry Brier"), _("entry log"), _("entry set log")), *(_("majority Brier"), _("majority log"))),
        tuple(rows),
        _(
            "entry: a list reaches the threshold; entry set: exactly those lists do; majority: more than half of the list seats; "
            "Brier and log: means over the lists"
        ),
    )


def share_table(forecasts: Sequence[ForecastScore]) -> ScoreTable:
    """Show the scores of the shares."""
    names = ("crps_shares", "energy_shares", "interval_shares_90")
    rows = [
        (
            *who(f),
            *(rounded(100 * f.scores[n] if n in f.scores else None) for n in names),
            *skills(f, ("crps_shares", "energy_shares"), ("dirichlet",)),
        )
        for f in forecasts
    ]
    return ScoreTable(
        _("Shares, forecast from the pooled polls"),
        (_("election"), _("model"), "CRPS", _("energy"), _("interval"), _("CRPS vs D"), _("energy vs D")),
        tuple(rows),
        _("in points of share"),
    )


def coverage_table(forecasts: Sequence[ForecastScore], levels: Sequence[float]) -> ScoreTable:
    """Show how many intervals of the pooled forecast contained the result."""
    rows = [(*who(f), *(str(f.covered[what][level]) for what in ("seats", "shares") for level in levels)) for f in forecasts]
    heads = [*map(short_percent, levels)]
    firsts = _("seats {level}").format(level=heads[0]), _("shares {level}").format(level=heads[0])
    heads = [firsts[0], *heads[1:], firsts[1], *heads[1:]]
    title = _("Intervals that contain the result, forecast from the pooled polls")
    return ScoreTable(title, (_("election"), _("model"), *heads), tuple(rows))


def pit_table(forecasts: Sequence[ForecastScore]) -> ScoreTable:
    """Show where the result lay in each forecast."""
    rows = [(*who(f), " ".join(number(value, ".2f") for value in sorted(f.pit["seats"].values()))) for f in forecasts]
    return ScoreTable(
        _("Randomised PIT of the list seats"),
        (_("election"), _("model"), _("values, sorted")),
        tuple(rows),
        _("0: the result below all that was forecast, 1: above; spread evenly over many elections if the forecast is calibrated"),
        several=_("values, sorted"),
    )


def who(score: ForecastScore) -> tuple[str, str]:
    """Return the first two cells of a row."""
    return score.election, score.model


def rounded(value: float | None, decimals: int = 2) -> str:
    """Write a score; a bar where it was not asked for."""
    return "-" if value is None else number(round(value, decimals) + 0.0, f".{decimals}f")


def skills(score: ForecastScore, names: Sequence[str], references: Sequence[str]) -> list[str]:
    """Write the skill against each reference."""
    return [rounded(score.skill.get(f"{name}_{reference}")) for reference in references for name in names]


# -- rows for JSON and data frames -------------------------------------------------------------------------------------


def forecast_row(score: ForecastScore) -> dict[str, Any]:
    """Return one forecast's scores, ready for JSON."""
    counts = {what: by_name(levels) for what, levels in score.covered.items()}
    return {
        "election": score.election,
        "model": score.model,
        "parameters": score.parameters,
        **{name: None if math.isinf(value) else value for name, value in score.scores.items()},
        "covered": counts,
        "skill": dict(score.skill),
        "expected": {name: list(ends) for name, ends in score.expected.items()},
        "pit": {what: dict(values) for what, values in score.pit.items()},
    }


def poll_row(score: PollScore) -> dict[str, Any]:
    """Return one poll's scores, ready for JSON."""
    row = {name: getattr(score, name) for name in OF_POLL}
    return {**row, "crps_shares": score.crps, "covered": by_name(score.covered)}


def forecast_of(row: Mapping[str, Any]) -> ForecastScore:
    """Return the scores that a row holds; one that is not finite is saved as none."""
    named = {name: row[name] for name in NAMED}
    scores = {name: math.inf if value is None else float(value) for name, value in row.items() if name not in (*NAMED, *NESTED)}
    covered = {what: by_level(levels) for what, levels in row["covered"].items()}
    expected = {name: (low, high) for name, (low, high) in row["expected"].items()}
    return ForecastScore(**named, scores=scores, covered=covered, pit=row["pit"], skill=row["skill"], expected=expected)


def poll_of(row: Mapping[str, Any]) -> PollScore:
    """Return the scores of a poll that a row holds."""
    return PollScore(**{name: row[name] for name in OF_POLL}, covered=by_level(row["covered"]), crps=row["crps_shares"])


def by_level(counts: Mapping[str, Sequence[int]]) -> dict[float, Covered]:
    """Return counts by level, which stands in percent."""
    return {float(level) / 100: Covered(*held) for level, held in counts.items()}


def by_name(covered: Mapping[float, Covered]) -> dict[str, Any]:
    """Return counts by level in percent."""
    return {f"{level * 100:g}": list(count) for level, count in covered.items()}
