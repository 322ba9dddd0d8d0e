"""Named error models: what stands between a published poll and a simulated vote.

``Margin``, ``Multinomial`` and ``Dirichlet`` hold sampling error only; ``Total`` (the default) adds what polls get wrong
beyond it; ``Own`` takes a function of yours; ``Districts`` carries the list vote into the districts. All are frozen and print
their parameters.
"""

from mazhilis_sim.simulation.models.base import ListModel, Parameters
from mazhilis_sim.simulation.models.centre import Centre
from mazhilis_sim.simulation.models.districts import Districts
from mazhilis_sim.simulation.models.lists import MODELS, Dirichlet, Margin, Multinomial, Total, model
from mazhilis_sim.simulation.models.own import Own

__all__ = ["MODELS", "Centre", "Dirichlet", "Districts", "ListModel", "Margin", "Multinomial", "Own", "Parameters", "Total", "model"]
