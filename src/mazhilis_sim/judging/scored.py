"""A forecast that was written down before an election, held against its result."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from mazhilis_sim import reading
from mazhilis_sim.errors import SimulationError
from mazhilis_sim.judging import scores
from mazhilis_sim.judging.evaluation import PAIRS, VECTORS, Covered, Forecast, Outcome, coverage, on_ballot, outcome_of
from mazhilis_sim.languages import _, number
from mazhilis_sim.showing import Drawn, Shown
from mazhilis_sim.simulation.distribution import SeatDistribution
from mazhilis_sim.simulation.models.joint_density import log_density
from mazhilis_sim.votes.election import Election

if TYPE_CHECKING:
    from numpy.typing import NDArray

DRAWS = 50_000
LEVEL = 0.9
EXPECTED = (0.05, 0.95)
RESULTS = 1_000
"""Results drawn from the forecast itself, whose scores say what is to be expected of it."""
AT_ONCE = 32
"""Of these, how many are compared with all chambers at a time: their distances stay near the processor."""


@dataclass(frozen=True)
class Judged:
    """A score, less is better, and where it lies in nine of ten results that the forecast itself draws (a parametric bootstrap)."""

    value: float
    expected: tuple[float, float]

    def __str__(self) -> str:
        low, high = self.expected
        return _("{value}, expected {low} to {high}").format(
            value=number(self.value, ".2f"), low=number(low, ".2f"), high=number(high, ".2f")
        )


@dataclass(frozen=True, repr=False)
class Scored(Shown, Drawn):
    """One forecast against one result; made by `score`.

    Attributes
    ----------
    election, model : str
    energy : Judged
        Energy score of the list seats, in seats.
    log_density : Judged or None
        Minus the joint log density of the shares; None for a model without a closed form.
    covered : dict of str to Covered
        How many 90 % intervals of ``"seats"`` and ``"shares"`` hold the result.
    """

    picture = "judging.scored"
    shows = ("election", "model", "energy", "log_density", "covered")

    election: str
    model: str
    energy: Judged
    log_density: Judged | None
    covered: Mapping[str, Covered]

    def to_dict(self) -> dict[str, Any]:
        """Return it, ready for JSON."""
        return {
            "election": self.election,
            "model": self.model,
            "energy": judged_to_dict(self.energy),
            "log_density": None if self.log_density is None else judged_to_dict(self.log_density),
            "covered": {name: list(found) for name, found in self.covered.items()},
        }

    def rows(self) -> list[dict[str, Any]]:
        """Return the scores, a row each, with the ends of what was to be expected."""
        judged = {"energy_seats": self.energy, "log_density_shares": self.log_density}
        found: list[dict[str, Any]] = [
            {"score": name, "value": score.value, "low": score.expected[0], "high": score.expected[1], "of": None}
            for name, score in judged.items()
            if score is not None
        ]
        held = ((f"covered_{name}", one) for name, one in self.covered.items())
        return [*found, *({"score": name, "value": one.hits, "low": None, "high": None, "of": one.of} for name, one in held)]

    def said(self) -> list[tuple[str, str]]:
        """Return the scores in words: (label, sentence)."""
        density = str(self.log_density) if self.log_density else _("no closed form for this model")
        held = {"seats": _("seats held"), "shares": _("shares held")}
        covered = ((held[name], _("by {found} intervals of 90 %").format(found=found)) for name, found in self.covered.items())
        return [
            (_("energy score"), _("{score}: of the list seats").format(score=self.energy)),
            (_("log density"), _("{score}: minus that of all shares").format(score=density)),
            *covered,
        ]

    def __str__(self) -> str:
        return "\n".join(f"{label}: {words}" for label, words in self.said())


def judged_to_dict(judged: Judged) -> dict[str, Any]:
    """Return a score, ready for JSON; None where a result was held impossible."""
    return {"value": None if math.isinf(judged.value) else judged.value, "expected": list(judged.expected)}


def in_words(found: Scored) -> list[tuple[str, str]]:
    """Return the scores in words, what is to be expected of them, and the model."""
    expected = _("where nine of ten results drawn from the forecast itself score; less is better")
    return [*found.said(), (_("expected"), expected), (_("model"), found.model)]


def scored_of(saved: Mapping[str, Any]) -> Scored:
    """Return what `Scored.to_dict` gave, for a table and a picture."""
    density = saved["log_density"]
    covered = {name: Covered(*found) for name, found in saved["covered"].items()}
    return Scored(saved["election"], saved["model"], judged_of(saved["energy"]), density and judged_of(density), covered)


def judged_of(saved: Mapping[str, Any]) -> Judged:
    """Return a score that was saved."""
    low, high = saved["expected"]
    return Judged(math.inf if saved["value"] is None else saved["value"], (low, high))


def score(forecast: SeatDistribution, election: Election) -> Scored:
    """Hold a forecast against a result: its list seats and shares, district seats left out.

    Parameters
    ----------
    forecast : SeatDistribution
        Its centre, model, law and seed are used again; what was polled and did not stand is taken out, as undecided voters are.
    election : Election

    Returns
    -------
    Scored

    Raises
    ------
    PollError, SimulationError
        When the ballot has nothing in common with the polls, or an argument cannot be.

    Examples
    --------
    >>> import mazhilis_sim as ms
    >>> poll = ms.Poll({"a": 0.6, "b": 0.3, "c": 0.1}, sample_size=1000)
    >>> f = ms.simulate(ms.law("2026"), poll, n_draws=2000, seed=1)
    >>> ms.score(f, ms.Election(list_votes={"a": 55, "b": 35, "c": 10}, name="made up")).covered["seats"]
    Covered(hits=3, of=3)
    """
    made = reading.instance(forecast, SeatDistribution, "forecast", SimulationError)
    held = reading.instance(election, Election, "election", SimulationError)
    law = made.law.replace(district_seats=0) if made.law.district_seats else made.law
    centre = on_ballot(made.question.centre, held)
    again = Forecast.make(law, centre, made.question.model, DRAWS, made.seed)
    outcome = outcome_of(held, law, centre)
    covered = {name: levels[LEVEL] for name, levels in coverage(again, outcome, (LEVEL,)).items()}
    return Scored(held.name, repr(made.question.model), energy_of(again, outcome), density_of(again, outcome), covered)


def energy_of(forecast: Forecast, outcome: Outcome) -> Judged:
    """Return the energy score of the list seats; draws stand in for results to say what was to be expected."""
    chambers = forecast.seats.draws(min(VECTORS, forecast.seats.n_draws), "list")
    value = scores.energy_score(chambers, outcome.seats, PAIRS)
    spread = value - distances(chambers, outcome.seats[None, :])[0]
    return Judged(value, middle(distances(chambers, chambers[:RESULTS]) + spread))


def distances(chambers: NDArray[np.int64], results: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the mean distance of each result (r, k) from the chambers drawn (n, k): by squares and products, which are whole numbers."""
    drawn, held = chambers.astype(float), results.astype(float)
    lengths = (drawn**2).sum(axis=1)[:, None]
    some = np.array_split(held, -(-len(held) // AT_ONCE))
    return np.concatenate([np.sqrt(lengths + (few**2).sum(axis=1) - 2 * drawn @ few.T).mean(axis=0) for few in some])


def density_of(forecast: Forecast, outcome: Outcome) -> Judged | None:
    """Return minus the joint log density of the shares, and what was to be expected."""
    asked = forecast.seats.question
    found = log_density(asked.model, asked.centre, outcome.shares)
    expected = log_density(asked.model, asked.centre, forecast.shares[:RESULTS])
    return None if found is None or expected is None else Judged(-float(found), middle(-expected))


def middle(values: NDArray[np.float64]) -> tuple[float, float]:
    """Return the ends that nine of ten values lie between."""
    low, high = np.quantile(values, EXPECTED)
    return float(low), float(high)
