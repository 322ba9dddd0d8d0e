"""What an error model packs, checked before the kernels trust it: a user's class may pack anything."""

from __future__ import annotations

from typing import Any, cast

import numpy as np

from mazhilis_sim.errors import MazhilisError, SimulationError, said_by
from mazhilis_sim.kernels import parameters
from mazhilis_sim.kernels.cpu import draws
from mazhilis_sim.simulation.models.base import ListModel, Parameters
from mazhilis_sim.simulation.models.centre import Centre
from mazhilis_sim.simulation.models.own import MOST_NORMALS, OwnShares


def pack_shares(model: ListModel, centre: Centre, most_votes: int) -> Parameters | OwnShares:
    """Put a model of the list vote around a centre, for no more votes than are counted exactly.

    Raises
    ------
    SimulationError
        Where the model fails, or packs what is no model around these shares.
    """
    packed = packed_by(model, centre)
    if not fits(packed, len(centre.shares), most_votes):
        must = (
            f"be what a built-in model or Own packs, around {len(centre.shares)} shares, numbers all of them, votes in (0, {most_votes:,}]"
        )
        raise SimulationError(field=f"what the model {model.name} packs", got=packed, must=must)
    return cast("Parameters | OwnShares", packed)


def packed_by(model: Any, *around: Any) -> Any:
    """Let a model pack; what goes wrong in it is said in one line that names it."""
    try:
        return model.pack(*around)
    except MazhilisError:
        raise
    except Exception as error:  # whatever a stranger's class does, and numbers that no float holds
        said = f"the model {getattr(model, 'name', type(model).__name__)} raised {said_by(error)}"
        raise SimulationError(said, field="model", got=model, must="be one that can be put around the centre") from error


def fits(packed: Any, m: int, most_votes: int) -> bool:
    """Tell whether parameters are those of a model around m shares, for no more than so many votes."""
    inner = (parameters.Wide, parameters.Given)  # what others become when they are drawn
    if (type(packed) not in draws.WEIGHTS or type(packed) in inner) and type(packed) is not OwnShares:
        return False
    whole = type(packed.in_base) is int and 0 <= packed.in_base <= m and type(getattr(packed, "normals", 0)) is int
    few = whole and 0 <= getattr(packed, "normals", 0) <= MOST_NORMALS
    return few and holds(0 < packed.votes <= most_votes) and all(is_vector(packed, name, m) for name in ("location", "scale"))


def holds(comparison: Any) -> bool:
    """Tell whether a comparison of a number holds; one of an array does not."""
    return isinstance(comparison, (bool, np.bool_)) and bool(comparison)


def is_vector(packed: Any, name: str, m: int) -> bool:
    """Tell whether a field, where there is one, holds m floats, none of them nan."""
    array = getattr(packed, name, np.zeros(m))
    return isinstance(array, np.ndarray) and array.dtype == np.float64 and array.shape[:1] == (m,) and not np.isnan(array).any()
