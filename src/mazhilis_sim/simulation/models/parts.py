"""What the models of the list vote have in common: how they keep parameters, and how these reach the kernels."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np

from mazhilis_sim.simulation.models.base import Parameters
from mazhilis_sim.simulation.models.centre import Centre

Packed = TypeVar("Packed", bound=Parameters)


def packed(kind: Callable[..., Packed], location: Any, scale: Any, centre: Centre) -> Packed:
    """Bring parameters into the kernels' form."""
    made: Packed = kind(np.array(location, float), np.array(scale, float), float(centre.votes), len(centre.shares))
    return made


def keep(model: Any, name: str, value: Any) -> None:
    """Store a checked parameter of a frozen model."""
    object.__setattr__(model, name, value)
