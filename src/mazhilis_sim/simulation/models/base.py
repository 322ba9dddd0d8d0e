"""What every error model of the list vote offers, a user's too."""

from __future__ import annotations

from typing import Protocol, TypeAlias

from mazhilis_sim.kernels.parameters import Clipped, Fixed, Gamma, Given, Lognormal, Multinomial, Student
from mazhilis_sim.simulation.models.centre import Centre
from mazhilis_sim.simulation.models.own import OwnShares

Parameters: TypeAlias = Fixed | Clipped | Multinomial | Lognormal | Student | Gamma | Given
"""A model around a centre, as the kernels draw it: in numbers alone."""


class ListModel(Protocol):
    """An error model of the list vote: what stands between a centre and simulated shares.

    A class of your own meets it with two attributes and one method; ``pack`` returns what another model packs, most often one of
    `Own`, whose function may use all that the centre knows.

    Attributes
    ----------
    name : str
        What results and messages call it.
    sampling_only : bool
        Whether it holds sampling error alone, which results say.

    Examples
    --------
    >>> from dataclasses import dataclass
    >>> import numpy as np
    >>> import mazhilis_sim as ms
    >>> @dataclass(frozen=True)
    ... class Wide:
    ...     name = "wide"
    ...     sampling_only = False
    ...     sigma: float = 0.4
    ...
    ...     def pack(self, centre):
    ...         def heavy(z, q):
    ...             return np.log(q)[:, None] + self.sigma * z * (1 + 10 / centre.n_eff)
    ...
    ...         return ms.models.Own(heavy).pack(centre)
    >>> poll = ms.Poll({"a": 0.6, "b": 0.4}, sample_size=1000)
    >>> ms.simulate(ms.law("2026"), poll, model=Wide(), n_draws=1000, seed=1)
    SeatDistribution(law 2026, model wide, 1,000 draws, seed 1; a 87 (51-114), b 58 (31-93))
    """

    @property
    def name(self) -> str:
        """What results and messages call it."""

    @property
    def sampling_only(self) -> bool:
        """Whether it holds sampling error alone."""

    def pack(self, centre: Centre) -> Parameters | OwnShares:
        """Put the model around a centre; `SimulationError` where it cannot be."""
