"""What a saved forecast says, in every format so far: plain JSON, written here."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from mazhilis_sim.legislation.electoral_law import ElectoralLaw
from mazhilis_sim.names.reserved import OTHER
from mazhilis_sim.simulation.distribution.seats import SeatDistribution
from mazhilis_sim.simulation.models import MODELS, Centre, Districts, ListModel, Total
from mazhilis_sim.simulation.models.presets import FIRST
from mazhilis_sim.simulation.question import Question
from mazhilis_sim.simulation.saving.own_parts import SavedModel, SavedRule
from mazhilis_sim.votes.district import DistrictVotes

LATER = ("sigma_poll", "regional")
"""Parameters of the districts' model that the first forecasts were saved without."""


def to_dict(result: SeatDistribution) -> dict[str, Any]:
    """Return a result, ready for JSON."""
    sample = result.sample
    arrays = {"draw": sample.draw, "key": sample.key, "lists": sample.lists, "districts": sample.districts}
    return {
        "version": result.version,
        "stream": result.stream,
        "question": question_to_dict(result.question),
        "parties": list(result.parties),
        "seed": result.seed,
        "n_draws": result.n_draws,
        "spans": plain(result.spans),
        "summary": result.summary(),
        "point": result.point,
        "tallies": {name: counts.tolist() for name, counts in result.tallies.items()},
        "sample": {name: array.tolist() for name, array in arrays.items()},
    }


def question_to_dict(question: Question) -> dict[str, Any]:
    """Return a question, ready for JSON."""
    return {
        "law": law_to_dict(question.law),
        "centre": centre_to_dict(question.centre),
        "model": model_to_dict(question.model),
        "districts": districts_to_dict(question.districts),
        "district_model": district_model_to_dict(question.district_model),
        "coalitions": plain(question.coalitions),
    }


def centre_to_dict(centre: Centre) -> dict[str, Any]:
    """Return a centre, ready for JSON; what gets no seat is said where it is more than against all."""
    fields: dict[str, Any] = plain(centre)
    return fields if OTHER in centre.seatless else {name: value for name, value in fields.items() if name != "seatless"}


def law_to_dict(law: ElectoralLaw) -> dict[str, Any]:
    """Return a law, ready for JSON; of a user's method the name alone."""
    fields: dict[str, Any] = plain(law)
    return fields if isinstance(law.method, str) else {**fields, "method": plain(SavedRule.of(law.method))}


def model_to_dict(model: ListModel) -> dict[str, Any]:
    """Return a model, ready for JSON: its parameters, or of a user's the name alone."""
    if isinstance(model, Total):
        return total_to_dict(model)
    built_in = type(model) in MODELS.values()
    return {"name": model.name, **plain(model if built_in else SavedModel.of(model))}


def district_model_to_dict(model: Districts) -> dict[str, Any]:
    """Return a model of the districts, ready for JSON; what came later is said where it is not as ever."""
    usual = Districts()
    fields: dict[str, Any] = plain(model)
    return {name: value for name, value in fields.items() if name not in LATER or getattr(model, name) != getattr(usual, name)}


def total_to_dict(model: Total) -> dict[str, Any]:
    """Return the model total, ready for JSON; one that was there before presets had names is written as ever."""
    fields = {"name": model.name, **plain(model)}
    if model.preset == FIRST and not model.size and not model.lean:
        return {name: value for name, value in fields.items() if name not in ("preset", "size", "lean")}
    return {**fields, "df": "normal"} if model.is_normal else fields


def districts_to_dict(votes: DistrictVotes | None) -> dict[str, Any] | None:
    """Return a baseline, ready for JSON; a district says only where it is so that it is vacant or was polled: others are as ever."""
    saved: dict[str, Any] | None = plain(votes)
    for district in saved["districts"] if saved else ():
        for seldom in ("vacant", "answers"):
            if not district[seldom]:
                del district[seldom]
    return saved


def plain(value: Any) -> Any:
    """Turn frozen objects into what JSON can hold; fractions become strings, infinity becomes None."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value) if field.init}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    if isinstance(value, (Fraction, datetime.date)):
        return str(value)
    return None if value == float("inf") else value
