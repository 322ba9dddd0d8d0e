"""Named error models: what stands between a published poll and a simulated vote.

``Margin``, ``Multinomial`` and ``Dirichlet`` hold sampling error only; ``Total`` (the default) adds what polls get wrong
beyond it; ``Own`` takes a function of yours; ``Districts`` carries the list vote into the districts. All are frozen and print
their parameters.
"""

from mazhilis_sim.simulation.models.base import ListModel, Parameters
from mazhilis_sim.simulation.models.by_name import MODELS, model
from mazhilis_sim.simulation.models.centre import Centre
from mazhilis_sim.simulation.models.districts import Districts
from mazhilis_sim.simulation.models.lists import Dirichlet, Margin, Multinomial
from mazhilis_sim.simulation.models.own import Own
from mazhilis_sim.simulation.models.presets import PRESETS
from mazhilis_sim.simulation.models.total import Total

__all__ = [
    "MODELS",
    "PRESETS",
    "Centre",
    "Dirichlet",
    "Districts",
    "ListModel",
    "Margin",
    "Multinomial",
    "Own",
    "Parameters",
    "Total",
    "model",
]
