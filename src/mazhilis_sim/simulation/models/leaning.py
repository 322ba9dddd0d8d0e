"""A lean of the whole poll, towards the large lists or away from them, beside the errors of `Total`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Leaning:
    """Log shares of `Total` with a common tilt: y_i = location_i + r (scale_i z_i + lambda log q_i), lambda ~ N(0, lean^2).

    `Total` states the tilt less its mean over lists, which the softmax takes out. The tilt takes one row of normals more, and r, where
    tails are a Student's, as many as there are degrees of freedom: the sum of their squares is chi squared. Called by `Own`.
    """

    location: tuple[float, ...]
    scale: tuple[float, ...]
    lean: float
    df: int

    @property
    def normals(self) -> int:
        """Rows of normals that it takes beside those of the categories."""
        return 1 + self.df

    def __call__(self, z: Floats, q: Floats) -> Floats:
        """Return log shares (m, n)."""
        m = len(q)
        logs = np.log(np.where(q > 0, q, 1.0))
        error = np.array(self.scale)[:, None] * z[:m] + self.lean * logs[:, None] * z[m]
        return np.asarray(np.array(self.location)[:, None] + self.factor(z[m + 1 :]) * error)

    def factor(self, more: Floats) -> Floats | float:
        """Return what all errors of a draw are multiplied by."""
        if not self.df:
            return 1.0
        return np.asarray(np.sqrt((self.df - 2) / (more**2).sum(axis=0)))
