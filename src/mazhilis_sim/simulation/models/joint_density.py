"""The joint density that a model gives to a vector of shares, in closed form where there is one."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from mazhilis_sim.kernels import parameters

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from mazhilis_sim.simulation.models import Centre, ListModel

    Floats = NDArray[np.float64]

LARGEST_TOO_SMALL = -600.0
"""A log share that no draw makes heard."""


def log_density(model: ListModel, centre: Centre, shares: ArrayLike) -> Floats | None:
    """Return the log density of the log ratios of shares (n, m), or of one vector (m,); None where a model has no closed form.

    ``Total`` is a normal, or a Student t, of m - 1 log ratios; ``Dirichlet`` the density of its shares times their product, which
    is that of their log ratios. So both stand on one scale, whatever list is the denominator. A category without a share is left out
    of both sides where nobody was polled for it, and makes the density zero where somebody was.
    """
    packed: Any = model.pack(centre)
    at = np.atleast_2d(np.asarray(shares, float))
    asked = np.array(centre.shares) > 0
    with np.errstate(divide="ignore"):
        logs = np.log(at[:, asked])
    possible = np.isfinite(logs).all(axis=1)
    logs[~possible] = 0.0  # stands for what has no density, where infinities would cancel out
    if isinstance(packed, parameters.Gamma):
        found = of_dirichlet(packed.location[asked], logs)
    elif isinstance(packed, (parameters.Lognormal, parameters.Student)) and (packed.location[asked] > LARGEST_TOO_SMALL).all():
        found = of_log_ratios(packed.location[asked], packed.scale[asked] ** 2, getattr(packed, "df", math.inf), logs)
    else:
        return None
    found = np.where(possible, found, -np.inf)
    return found if np.ndim(shares) > 1 else found[0]


def of_dirichlet(shapes: Floats, logs: Floats) -> Floats:
    """Return the log density of a Dirichlet in log ratios."""
    constant = math.lgamma(float(shapes.sum())) - math.fsum(map(math.lgamma, shapes.tolist()))
    return np.asarray(constant + logs @ shapes)


def of_log_ratios(location: Floats, variance: Floats, df: float, logs: Floats) -> Floats:
    """Return the log density of log ratios of independent normals, or of those times one factor that makes a Student t of them."""
    n, errors = len(location) - 1, logs - location
    squares = (errors**2 / variance).sum(axis=1) - (errors / variance).sum(axis=1) ** 2 / (1 / variance).sum()
    half_determinant = 0.5 * (np.log(variance).sum() + math.log((1 / variance).sum()))
    if math.isinf(df):
        return np.asarray(-0.5 * n * math.log(2 * math.pi) - half_determinant - 0.5 * squares)
    constant = math.lgamma((df + n) / 2) - math.lgamma(df / 2) - 0.5 * n * math.log(math.pi * (df - 2))
    return np.asarray(constant - half_determinant - 0.5 * (df + n) * np.log1p(squares / (df - 2)))
