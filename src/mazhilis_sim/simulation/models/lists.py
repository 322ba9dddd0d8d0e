"""Error models of the list vote. Formulas and their sources: docs/explanation/models.md."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

from mazhilis_sim import reading
from mazhilis_sim.errors import SimulationError
from mazhilis_sim.kernels import parameters
from mazhilis_sim.simulation.models.base import Parameters
from mazhilis_sim.simulation.models.centre import Centre
from mazhilis_sim.simulation.models.parts import keep, packed


@dataclass(frozen=True, slots=True)
class Margin:
    """Shares perturbed by the printed margin alone: max(0, q + s z), scaled to 1. Sampling error only.

    Parameters
    ----------
    shape : {"flat", "scaled"}
        Flat: s = m / 1.96 for every party. Scaled: s = (2 m / 1.96) sqrt(q (1 - q)).
    margin : float, optional
        Margin at 95 % as a share, instead of the poll's own. A centre without sampling error, an election, has none.
    """

    name: ClassVar[str] = "margin"
    sampling_only: ClassVar[bool] = True
    shape: str = "flat"
    margin: float | None = None

    def __post_init__(self) -> None:
        keep(self, "shape", reading.choice(self.shape, "the shape of a margin", ("flat", "scaled"), SimulationError))
        if self.margin is not None:
            margin = reading.real(self.margin, "margin", SimulationError, least=0)
            if margin >= 0.5:
                raise SimulationError(field="margin", got=self.margin, must="lie below 0.5", remedy='write 0.03 or "3%" for 3 %')
            keep(self, "margin", margin)

    def pack(self, centre: Centre) -> Parameters:
        """Pack the model around a centre for the kernels."""
        certain = math.isinf(centre.n_eff) and not centre.margin
        half = (centre.margin if self.margin is None or certain else self.margin) / 1.96
        flat = self.shape == "flat"
        scale = [half * (float(q > 0) if flat else 2 * math.sqrt(q * (1 - q))) for q in centre.shares]
        return packed(parameters.Clipped, centre.shares, scale, centre)


@dataclass(frozen=True, slots=True)
class Multinomial:
    """Shares with the exact covariance (diag q - q q') / n_eff of a simple random sample. Sampling error only."""

    name: ClassVar[str] = "multinomial"
    sampling_only: ClassVar[bool] = True

    def pack(self, centre: Centre) -> Parameters:
        """Pack the model around a centre for the kernels."""
        return packed(parameters.Multinomial, centre.shares, [math.sqrt(q / centre.n_eff) for q in centre.shares], centre)


@dataclass(frozen=True, slots=True)
class Dirichlet:
    """Dirichlet(n_eff q): mean q, Beta marginals, never negative. Sampling error only."""

    name: ClassVar[str] = "dirichlet"
    sampling_only: ClassVar[bool] = True

    def pack(self, centre: Centre) -> Parameters:
        """Pack the model around a centre for the kernels."""
        if math.isinf(centre.n_eff):
            return packed(parameters.Fixed, centre.shares, centre.shares, centre)
        if not centre.n_eff >= 1:  # every gamma may then be too small for a float, and none the largest
            shown = f"{centre.n_eff:.3g}"
            raise SimulationError(field="the effective sample of a Dirichlet", got=centre.n_eff, must="be at least 1", shown=shown)
        return packed(parameters.Gamma, [centre.n_eff * q for q in centre.shares], centre.shares, centre)
