"""Everything that decides a draw, besides the seed and its number."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from mazhilis_sim.legislation.system import ElectoralLaw
from mazhilis_sim.simulation.models import Centre, Districts, ListModel
from mazhilis_sim.votes.district import DistrictVotes

FORMAT = "mazhilis_sim forecast 1"


@dataclass(frozen=True)
class Question:
    """Everything that decides a draw, besides the seed and its number.

    Parameters
    ----------
    law : ElectoralLaw
    centre : Centre
    model : ListModel
    districts : DistrictVotes or None
    district_model : Districts
    coalitions : tuple of tuple of str
        Sets of parties whose seats together are tallied.
    """

    law: ElectoralLaw
    centre: Centre
    model: ListModel
    districts: DistrictVotes | None
    district_model: Districts
    coalitions: tuple[tuple[str, ...], ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the question, ready for JSON."""
        return {
            "law": plain(self.law),
            "centre": plain(self.centre),
            "model": {"name": self.model.name, **plain(self.model)},
            "districts": plain(self.districts),
            "district_model": plain(self.district_model),
            "coalitions": plain(self.coalitions),
        }


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
