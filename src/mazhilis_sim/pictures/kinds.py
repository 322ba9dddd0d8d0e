"""The kinds of pictures of a forecast, and the options of each."""

from __future__ import annotations

import os
from typing import Any

from matplotlib.figure import Figure

from mazhilis_sim import reading
from mazhilis_sim.errors import SimulationError, unknown
from mazhilis_sim.pictures.chances import draw_coalitions, draw_entry
from mazhilis_sim.pictures.forecast import OPTIONS, plot_forecast
from mazhilis_sim.pictures.hemicycle import draw_forecast
from mazhilis_sim.simulation.distribution.seats import SeatDistribution

SEATS = "seats"
KINDS = {"chamber": draw_forecast, "entry": draw_entry, "coalitions": draw_coalitions}
"""Beside the seats of every party."""


def plot_kind(forecast: SeatDistribution, path: str | os.PathLike[str] | None, options: dict[str, Any]) -> Figure:
    """Draw the kind of picture that the options name."""
    kind = reading.choice(options.pop("kind", SEATS), "kind", (SEATS, *KINDS), SimulationError)
    known = OPTIONS if kind == SEATS else ("names", "title")
    for name in options:
        if name not in known:
            raise unknown(SimulationError, "option", name, ("kind", *known), problem=f"plot has no option {name!r}")
    if kind == SEATS:
        return plot_forecast(forecast, path, **options)
    return KINDS[kind](forecast, path, options.get("names"), options.get("title", ""))
