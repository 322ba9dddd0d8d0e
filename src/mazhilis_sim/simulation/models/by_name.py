"""Error models of the list vote by name."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from mazhilis_sim.errors import SimulationError, unknown
from mazhilis_sim.simulation.models.base import ListModel
from mazhilis_sim.simulation.models.lists import Dirichlet, Margin, Multinomial
from mazhilis_sim.simulation.models.presets import PRESETS
from mazhilis_sim.simulation.models.total import Total

MODELS: Mapping[str, type[Any]] = MappingProxyType({cls.name: cls for cls in (Margin, Multinomial, Dirichlet, Total)})


def model(name: str | ListModel, **parameters: Any) -> ListModel:
    """Return an error model by name, or that of a preset, with parameters; a model is returned as it is.

    Examples
    --------
    >>> import mazhilis_sim as ms
    >>> ms.models.model("total", sigma=0.3), ms.models.model("exit_poll")
    (Total(sigma=0.3, df=8.0), Total(sigma_bias=0.04, sigma_house=0.09, tau=0.0, df=8.0))
    """
    if not isinstance(name, str):
        return checked_model(name)
    return made(name, **parameters) if parameters else named(name)


@cache
def named(name: str) -> ListModel:
    """Return the model, or the preset, of a name: models do not change, so that one serves all."""
    return made(name)


def made(name: str, **parameters: Any) -> ListModel:
    """Make a model by name, or that of a preset, with parameters."""
    kind = model_kind(name)
    if kind is None:
        raise unknown(SimulationError, "model", name, [*MODELS, *PRESETS])
    known = [field.name for field in dataclasses.fields(kind)]
    for parameter in parameters:
        if parameter not in known:
            said = f"the model {name} has no parameter {parameter!r}"
            raise unknown(SimulationError, "parameter", parameter, known, problem=said)
    found: ListModel = kind(**{**({"preset": name} if name in PRESETS else {}), **parameters})
    return found


def checked_model(value: Any) -> ListModel:
    """Return what offers all that a model must, or raise; see `ListModel`."""
    try:
        offers = isinstance(value.name, str) and isinstance(value.sampling_only, bool) and callable(value.pack)
    except Exception:  # whatever a stranger's object does
        offers = False
    if isinstance(value, type) or not offers:
        must = f"be one of {', '.join(MODELS)} or a model such as Total(sigma=0.3)"
        raise SimulationError(field="model", got=value, must=must)
    model: ListModel = value
    return model


def model_kind(name: str) -> type[Any] | None:
    """Return the class of a model or preset; None where there is none of that name."""
    return Total if name in PRESETS else MODELS.get(name)
