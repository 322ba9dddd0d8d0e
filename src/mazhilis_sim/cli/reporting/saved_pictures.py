"""The pictures of saved answers: each kind's own picture, given what the saved rows hold of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from math import inf
from typing import Any

from mazhilis_sim.cli.reporting.saved_words import title_of
from mazhilis_sim.errors import LawError
from mazhilis_sim.judging.backtest_tables import forecast_of
from mazhilis_sim.judging.scored import scored_of
from mazhilis_sim.languages import _, number
from mazhilis_sim.pictures.judging import backtest, calibration, rules, scored
from mazhilis_sim.pictures.judging.backtest import Judgements
from mazhilis_sim.pictures.judging.calibration import Errors
from mazhilis_sim.pictures.judging.rules import Found, Verification
from mazhilis_sim.pictures.questions import changes, indices, laws, margins, paired, power, sweeps
from mazhilis_sim.pictures.questions.changes import BeforeAndAfter
from mazhilis_sim.pictures.questions.margins import Closeness
from mazhilis_sim.pictures.sheets.inline import Picture
from mazhilis_sim.questions.asking import label_of, law_from_data
from mazhilis_sim.questions.closeness.margin_tables import Margin
from mazhilis_sim.questions.deciding.power import Power
from mazhilis_sim.questions.deciding.power_indices import Share
from mazhilis_sim.questions.sweeping.breakpoints import Breakpoint, Piece, paradoxes_in

Saved = Mapping[str, Any]
NO_PARTIES = {"law", "total_seats", "majority", "low", "high", "low_included", "high_included", "reason"}
"""Keys of rows that name no party."""
MEASURES = {"gallagher", "loosemore_hanby", "enp_votes", "enp_seats", "wasted_share", "bias"}
"""Indices that stand in the rows of a comparison."""


def draw_saved(kind: str, saved: Saved) -> Iterator[Picture]:
    """Draw a saved answer of a kind; what has no picture, or does not hold what its picture needs, gives none."""
    known = KINDS.get(kind)
    try:
        if known:
            draw, read = known
            yield draw(read(saved), None, None, "")
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError):  # saved before the picture was, or changed by hand
        return


def exact(value: Any) -> Fraction:
    """Read a number as it is saved."""
    return Fraction(str(value))


def seats_in(row: Saved) -> dict[str, int]:
    """Return the seats of a row by party; nothing where no result was defined."""
    seats = {key: won for key, won in row.items() if key not in NO_PARTIES | MEASURES}
    return {} if None in seats.values() else seats


# -- questions ---------------------------------------------------------------------------------------------------------


def of_power(saved: Saved) -> Power:
    """Return the power of each party."""
    rows, asked = saved["rows"], saved["asked"]
    return Power(
        seats={row["party"]: row["seats"] for row in rows},
        majority=asked["majority"],
        by_party={row["party"]: Share(exact(row["banzhaf"]), exact(row["shapley_shubik"])) for row in rows},
        swings={row["party"]: row["swings"] for row in rows},
        errors={},
        samples=asked["samples"],
    )


def of_indices(saved: Saved) -> dict[str, Fraction | float | None]:
    """Return the indices by name."""
    values = {row["index"]: row["value"] for row in saved["rows"]}
    missing = {name: None if name == "bias" else inf for name, value in values.items() if value is None}
    return {name: exact(value) for name, value in values.items() if name not in missing} | missing


def of_margins(saved: Saved) -> Closeness:
    """Return what the picture of margins is drawn of."""
    asked, by_party = saved["asked"], {row["party"]: Margin(**row) for row in saved["rows"]}
    return Closeness(by_party, asked["rival"], asked["law"], exact(asked["threshold"]))


def of_change(saved: Saved) -> BeforeAndAfter:
    """Return the seats before and after a scenario."""
    before, after = ({row["party"]: row[key] or 0 for row in saved["rows"]} for key in ("seats_before", "seats_after"))
    return BeforeAndAfter(title_of("scenario", saved["title"]), before, after)


def of_solution(saved: Saved) -> BeforeAndAfter:
    """Return the seats before and after the least change."""
    before, after = ({row["party"]: row[key] for row in saved["rows"]} for key in ("before", "seats"))
    if not after:
        raise ValueError
    return BeforeAndAfter(title_of("solve", saved["title"]), before, after)


def of_comparison(saved: Saved) -> laws.Laws:
    """Return what the picture of several laws is drawn of."""
    called = called_in(saved)
    found = [laws.OneLaw(called[row["law"]], row["total_seats"], seats_in(row)) for row in saved["rows"]]
    parties = list(dict.fromkeys(key for row in saved["rows"] for key in row if key not in NO_PARTIES | MEASURES))
    largest_first = next((one.seats for one in found if one.seats), {})  # the votes are not saved
    return laws.Laws(found, parties, saved["asked"]["election"], largest_first)


def called_in(saved: Saved) -> dict[str, str]:
    """Return what laws are called in the language spoken, by their labels: versions and what is changed in them are saved as data."""
    return {row["law"]: called(row) for row in saved["laws"]}


def called(row: Saved) -> str:
    """Return what a law is called; one whose method is a function of somebody's own as it was saved."""
    try:
        return label_of(law_from_data(row)) if row["version"] else str(row["law"])
    except LawError:
        return str(row["law"])


def of_sweep(saved: Saved) -> sweeps.Swept:
    """Return what the picture of a sweep is drawn of."""
    asked, what = saved["asked"], saved["what"]
    pieces = [piece_of(row) for row in saved["rows"]]
    points = [Breakpoint(**{**point, "at": exact(point["at"])}) for point in saved["breakpoints"]]
    parties = [key for key in saved["rows"][0] if key not in NO_PARTIES]
    paradoxes = paradoxes_in(pieces) if what == "list_seats" else ()
    return sweeps.Swept(what, exact(asked["own"]), asked["law"], pieces, points, paradoxes, asked["election"], parties)


def piece_of(row: Saved) -> Piece:
    """Return one piece of a sweep."""
    return Piece(exact(row["low"]), exact(row["high"]), row["low_included"], row["high_included"], seats_in(row), row["reason"])


# -- forecasts ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Difference:
    """How many seats more a party has by one law than by another.

    Parameters
    ----------
    mean : float
    """

    mean: float


@dataclass(frozen=True)
class OneLaw:
    """What the rows of several forecasts hold of one of them.

    Parameters
    ----------
    rows : dict of str to dict
        By party.
    """

    rows: Mapping[str, Saved]

    @property
    def parties(self) -> list[str]:
        """The parties."""
        return list(self.rows)

    def mean(self, party: str) -> float:
        """Return a party's mean seats."""
        return float(self.rows[party]["mean"])

    def quantile(self, party: str, _q: float) -> int:
        """Return a party's median seats."""
        return int(self.rows[party]["median"])

    def interval(self, party: str) -> tuple[int, int]:
        """Return a party's 90 % interval."""
        return self.rows[party]["low"], self.rows[party]["high"]


@dataclass(frozen=True)
class Laws:
    """What the rows hold of the same voters by several laws, or along a sweep.

    Parameters
    ----------
    by_law : dict of str to OneLaw
        By law, or by the value of what is swept.
    called : dict of str to str
        What each law is called in the language spoken.
    n_draws, seed : int
    field : str
        What is swept.
    """

    by_law: Mapping[str, OneLaw]
    called: Mapping[str, str]
    n_draws: int
    seed: int
    field: str

    @property
    def laws(self) -> list[str]:
        """The laws, or values."""
        return list(self.by_law)

    @property
    def values(self) -> list[str]:
        """The values."""
        return self.laws

    @property
    def forecasts(self) -> list[OneLaw]:
        """What is known by each."""
        return list(self.by_law.values())

    @property
    def rests_on(self) -> list[str]:
        """What stands below the picture of a sweep."""
        return [_("{n} draws, seed {seed}").format(n=number(self.n_draws), seed=self.seed)]

    @property
    def first(self) -> OneLaw:
        """What is known by the first law."""
        return self.forecasts[0]

    @property
    def parties(self) -> list[str]:
        """The parties."""
        return self.first.parties

    def __len__(self) -> int:
        return len(self.by_law)

    def __iter__(self) -> Iterator[tuple[str, OneLaw]]:
        return iter(self.by_law.items())

    def __getitem__(self, law: str | int) -> OneLaw:
        return self.forecasts[law] if isinstance(law, int) else self.by_law[law]

    def row(self, party: str, law: str) -> Saved:
        """Return the numbers of a party by a law."""
        return self[law].rows[party]

    def difference(self, party: str, law: str) -> Difference:
        """Return how many seats more a party has by a law than by the first."""
        return Difference(self.row(party, law)["difference"])


def of_laws(saved: Saved) -> Laws:
    """Return what the pictures of paired laws and of a forecast's sweep are drawn of."""
    asked = saved["asked"]
    field = asked.get("field", "law")
    rows = groupby(sorted(saved["rows"], key=lambda row: values_of(saved, field).index(row[field])), lambda row: str(row[field]))
    by_law = {law: OneLaw({row["party"]: row for row in some}) for law, some in rows}
    return Laws(by_law, called_in(saved) if field == "law" else {}, asked["draws"], asked["seed"], field)


def values_of(saved: Saved, field: str) -> list[Any]:
    """Return what stands under a key, each value once, in order."""
    return list(dict.fromkeys(row[field] for row in saved["rows"]))


# -- forecasts and rules that were judged ------------------------------------------------------------------------------


def of_backtest(saved: Saved) -> Judgements:
    """Return the scores of a backtest."""
    return Judgements([forecast_of(row) for row in saved["forecasts"]], saved["levels"], saved["n_draws"], saved["seed"])


def of_calibration(saved: Saved) -> Errors:
    """Return what the picture of a calibration is drawn of."""
    ends = {name: (low, inf if high is None else high) for name, (low, high) in saved["intervals"].items()}
    return Errors({key: saved[key] for key in calibration.ROWS}, ends, list(saved["polls"]), saved["caution"])


def of_verification(saved: Saved) -> Verification:
    """Return what the picture of a verification is drawn of."""
    verdicts = [Found(row["axiom"], row["status"], row["tried"]) for row in saved["verdicts"]]
    return Verification(saved["rule"], verdicts, saved["seed"], saved["complete"])


KINDS: dict[str, tuple[Callable[..., Picture], Callable[[Saved], Any]]] = {
    "power": (power.draw, of_power),
    "indices": (indices.draw, of_indices),
    "margins": (margins.draw, of_margins),
    "scenario": (changes.draw, of_change),
    "solve": (changes.draw, of_solution),
    "compare": (laws.draw, of_comparison),
    "sweep": (sweeps.draw, of_sweep),
    "paired": (paired.draw, of_laws),
    "forecast-sweep": (sweeps.draw_forecast, of_laws),
    "backtest": (backtest.draw, of_backtest),
    "calibration": (calibration.draw, of_calibration),
    "score": (scored.draw, scored_of),
    "verification": (rules.draw, of_verification),
}
"""By the kind of what was saved: its picture, and what reads what that is drawn of."""
