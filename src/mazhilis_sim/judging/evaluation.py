"""One forecast, or one poll, against what happened: all its scores. Formulas: `mazhilis_sim.judging.scores`."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from mazhilis_sim import reading
from mazhilis_sim.counting.exact import allocate
from mazhilis_sim.errors import PollError, shorten
from mazhilis_sim.judging import scores
from mazhilis_sim.languages import _
from mazhilis_sim.legislation.electoral_law import ElectoralLaw
from mazhilis_sim.names.reserved import AGAINST_ALL, OTHER
from mazhilis_sim.reading import SEEDS
from mazhilis_sim.showing import Shown
from mazhilis_sim.simulation.models import Centre, ListModel
from mazhilis_sim.simulation.shares import share_columns, simulate_shares
from mazhilis_sim.simulation.simulate import simulate
from mazhilis_sim.votes.election import Election

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from mazhilis_sim.simulation.distribution import SeatDistribution

    Floats = NDArray[np.float64]

LEVELS = (0.5, 0.8, 0.9, 0.95)
VECTORS, PAIRS = 10_000, 50
"""Draws of the energy score, and how many others each is compared with."""
SORTED = 50_000
"""Draws that are sorted, for the CRPS and the interval score of shares. Coverage counts all draws, since an end of an
interval may lie close to the result."""


class Covered(NamedTuple):
    """How many intervals contained what happened, and of how many."""

    hits: int
    of: int

    @property
    def share(self) -> float:
        """The share of intervals that did."""
        return self.hits / self.of if self.of else math.nan

    def __add__(self, other: Any) -> Covered:
        return Covered(self.hits + other.hits, self.of + other.of)

    def __str__(self) -> str:
        return _("{n} of {all}").format(n=self.hits, all=self.of)


NONE_COVERED = Covered(0, 0)


@dataclass(frozen=True)
class Outcome:
    """What happened, as far as it was forecast: k lists, m categories.

    ``shares`` (m,) are of the votes for the categories that were polled, ``seats`` (k,) list seats, ``entered`` and
    ``majority`` (k,) whether a list reached the threshold, and whether it has more than half of the list seats.
    """

    lists: tuple[str, ...]
    categories: tuple[str, ...]
    shares: Floats
    seats: NDArray[np.int64]
    entered: NDArray[np.bool_]
    majority: NDArray[np.bool_]


def on_ballot(centre: Centre, election: Election) -> Centre:
    """Keep what was polled and stood on the ballot; the rest is taken out as undecided voters are, shares and size.

    Raises
    ------
    PollError
        When fewer than two categories are left.
    """
    stood = election.votes.counted
    kept = {id_: q for id_, q in zip(share_columns(centre), centre.shares, strict=True) if id_ in stood}
    total = math.fsum(kept.values())
    if len(kept) < 2 or not total > 0:
        field = f"polls and ballot of {election.name or 'the election'}"
        raise PollError(field=field, must="share at least two parties", got=kept, shown=shorten(", ".join(kept) or "none"))
    lists = tuple(id_ for id_ in kept if id_ in centre.parties)
    scaled = tuple(q / total for q in kept.values())
    return replace(centre, parties=lists, shares=scaled, n_eff=centre.n_eff * total, seatless=tuple(kept)[len(lists) :])


def outcome_of(election: Election, law: ElectoralLaw, centre: Centre) -> Outcome:
    """Count an election, and keep what a centre forecasts of it."""
    asked = reading.instance(centre, Centre, "centre", PollError)
    lists, categories, result = asked.parties, share_columns(asked), {AGAINST_ALL: 0, **election.votes.counted}
    for id_ in categories:
        reading.position(id_, result, "list on the ballot", PollError)
    counted = allocate(law, election.votes)
    votes = np.array([result[id_] for id_ in categories], float)
    seats = np.array([counted.seats[id_] for id_ in lists], np.int64)
    reached = [election.list_votes[id_] >= law.threshold * counted.base for id_ in lists]
    return Outcome(lists, categories, votes / votes.sum(), seats, np.array(reached), seats >= list_majority(law))


def list_majority(law: ElectoralLaw) -> int:
    """Return the fewest list seats that are more than half of them."""
    return law.list_seats // 2 + 1


# -- single polls ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PollScore:
    """The shares of one poll under one model, against the result.

    Parameters
    ----------
    election, poll, date, model : str
    squared_error, sampling_variance : float
        The poll's own, whatever the model: sums over the lists polled and against all of (q - x)^2 and of q (1 - q) / n_eff.
    covered : dict of float to Covered
        By level, over the lists polled and against all.
    crps : float
        Mean continuous ranked probability score of the shares.
    """

    election: str
    poll: str
    date: str
    model: str
    squared_error: float
    sampling_variance: float
    covered: Mapping[float, Covered]
    crps: float


def error_ratio(polls: Iterable[PollScore]) -> float:
    """Return the error of polls over what sampling alone would give: the root of the ratio of both sums of squares."""
    found = list(polls)
    return math.sqrt(math.fsum(s.squared_error for s in found) / math.fsum(s.sampling_variance for s in found))


def poll_errors(centre: Centre, outcome: Outcome) -> tuple[float, float]:
    """Return a poll's squared error, and the variance of its sampling error."""
    q = np.array(centre.shares)
    return float(((q - outcome.shares) ** 2).sum()), float((q * (1 - q)).sum() / centre.n_eff)


def score_poll(
    centre: Centre, model: ListModel, outcome: Outcome, levels: Sequence[float], n_draws: int, seed: int
) -> tuple[dict[float, Covered], float]:
    """Simulate the shares around one poll: (intervals that contain the result by level, mean CRPS)."""
    draws = simulate_shares(centre, model=model, n_draws=n_draws, seed=seed)
    found = {level: tally(scores.covered_by_samples(draws, outcome.shares, level)) for level in levels}
    return found, float(scores.crps_samples(draws[:SORTED], outcome.shares).mean())


def tally(inside: Any) -> Covered:
    """Count the intervals that contain what happened."""
    return Covered(int(inside.sum()), inside.size)


# -- forecasts ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, repr=False)
class ForecastScore(Shown):
    """One forecast against the result.

    Parameters
    ----------
    election, model : str
    parameters : str
        The model with its numbers.
    scores : dict of str to float
        Less is better; per list or category they are means over all of them.
    covered : dict of str to dict of float to Covered
        ``"seats"`` and ``"shares"``, by level.
    pit : dict of str to dict of str to float
        Randomised probability integral transforms of ``"seats"`` and ``"shares"``, by party.
    skill : dict of str to float
        Against the references: 1 is perfect, 0 no better, negative worse.
    expected : dict of str to (float, float)
        Of ``"energy_seats"`` and ``"log_density_shares"``, scores of the whole result: the ends that nine of ten results drawn from
        the forecast itself score between.
    """

    shows = ("election", "model", "scores", "skill")

    election: str
    model: str
    parameters: str
    scores: Mapping[str, float]
    covered: Mapping[str, Mapping[float, Covered]]
    pit: Mapping[str, Mapping[str, float]]
    skill: Mapping[str, float]
    expected: Mapping[str, tuple[float, float]]


@dataclass(frozen=True)
class Forecast:
    """A simulated forecast: seats, and the shares of the same draws."""

    law: ElectoralLaw
    seats: SeatDistribution
    shares: Floats

    @classmethod
    def make(cls, law: ElectoralLaw, centre: Centre, model: ListModel, n_draws: int, seed: int) -> Forecast:
        """Simulate the list seats around a centre."""
        seats = simulate(law, centre, model=model, n_draws=n_draws, seed=seed)
        return cls(law, seats, simulate_shares(centre, model=model, n_draws=n_draws, seed=seed))

    @cached_property
    def ordered(self) -> Floats:
        """Some simulated shares, each category sorted by itself."""
        return np.sort(self.shares[:SORTED], axis=0)

    @property
    def entered(self) -> NDArray[np.bool_]:
        """Which lists reach the threshold in each draw (n, k): on whole votes, as the count does it."""
        centre = self.seats.question.centre
        votes = np.rint(self.shares * centre.votes).astype(np.int64)
        k = len(centre.parties)
        base = votes[:, : k + (OTHER in centre.seatless) if self.law.base == "parties" else None].sum(axis=1, keepdims=True)
        return np.asarray(votes[:, :k] * self.law.threshold.denominator >= base * self.law.threshold.numerator)

    def histograms(self) -> list[NDArray[np.int64]]:
        """Return the list seats of every list."""
        return [self.seats.histogram(party, "list") for party in self.seats.lists]


def score_seats(forecast: Forecast, outcome: Outcome, levels: Sequence[float]) -> dict[str, float]:
    """Score the list seats: each list, then the whole chamber."""
    chambers = forecast.seats.sample.chambers(min(VECTORS, forecast.seats.n_draws), "list")
    found = {
        "crps_seats": mean(scores.crps_counts(h, int(won)) for h, won in zip(forecast.histograms(), outcome.seats, strict=True)),
        "energy_seats": scores.energy_score(chambers, outcome.seats, PAIRS),
    }
    for level in levels:
        ends = seat_intervals(forecast, level)
        found[f"interval_seats_{level * 100:g}"] = float(scores.interval_score(*ends, outcome.seats, level).mean())
    return found


def score_events(forecast: Forecast, outcome: Outcome) -> dict[str, float]:
    """Score who reaches the threshold, who has a majority of the list seats, and the whole set of those who enter."""
    n, entered = forecast.seats.n_draws, forecast.entered
    found = {}
    least = list_majority(forecast.law)
    counts = {"entry": entered.sum(axis=0), "majority": np.array([h[least:].sum() for h in forecast.histograms()])}
    for event, happened in (("entry", outcome.entered), ("majority", outcome.majority)):
        chances = scores.smoothed(counts[event], n)
        found[f"brier_{event}"] = float(scores.brier_score(chances, happened).mean())
        found[f"log_{event}"] = float(scores.log_score(chances, happened).mean())
    return {**found, "log_entry_set": scores.joint_log_score(entered, outcome.entered)}


def score_shares(forecast: Forecast, outcome: Outcome, levels: Sequence[float]) -> dict[str, float]:
    """Score the shares: each category, then the whole vector."""
    found = {
        "crps_shares": float(scores.crps_samples(forecast.ordered, outcome.shares).mean()),
        "energy_shares": scores.energy_score(forecast.shares[:VECTORS], outcome.shares, PAIRS),
    }
    for level in levels:
        ends = scores.sample_interval(forecast.ordered, level)
        found[f"interval_shares_{level * 100:g}"] = float(scores.interval_score(*ends, outcome.shares, level).mean())
    return found


def seat_intervals(forecast: Forecast, level: float) -> tuple[list[int], list[int]]:
    """Return both ends of every list's interval of list seats."""
    ends = [forecast.seats.interval(party, level, "list") for party in forecast.seats.lists]
    return [low for low, _ in ends], [high for _, high in ends]


def coverage(forecast: Forecast, outcome: Outcome, levels: Sequence[float]) -> dict[str, dict[float, Covered]]:
    """Count the intervals that contain the result, of seats and of shares."""
    return {
        "seats": {level: tally(scores.covered(*seat_intervals(forecast, level), outcome.seats)) for level in levels},
        "shares": {level: tally(scores.covered_by_samples(forecast.shares, outcome.shares, level)) for level in levels},
    }


def transforms(forecast: Forecast, outcome: Outcome, seed: int) -> dict[str, dict[str, float]]:
    """Return the randomised PIT of each list's seats, and of each category's share."""
    seats = (
        scores.pit_counts(h, int(won), (seed + i) % SEEDS)
        for i, (h, won) in enumerate(zip(forecast.histograms(), outcome.seats, strict=True))
    )
    shares = scores.pit_samples(forecast.shares, outcome.shares, seed).tolist()
    return {"seats": dict(zip(outcome.lists, seats, strict=True)), "shares": dict(zip(outcome.categories, shares, strict=True))}


def score_seats_as_they_were(last: Sequence[int], outcome: Outcome) -> dict[str, float]:
    """Score a forecast of one chamber, such as the last one: distances."""
    return {
        "crps_seats": float(np.abs(np.asarray(last) - outcome.seats).mean()),
        "energy_seats": float(np.linalg.norm(np.asarray(last) - outcome.seats)),
    }


def mean(values: Any) -> float:
    """Return the mean of some numbers."""
    found = list(values)
    return math.fsum(found) / len(found)
