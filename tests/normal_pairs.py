"""Two normals of two words, as the lanes draw them in two loops."""

from __future__ import annotations

from typing import Any

from mazhilis_sim.kernels import step
from mazhilis_sim.kernels.steps import normals


@step
def normal_pair(radius_word: Any, angle_word: Any) -> Any:
    """Return the normals of two words of 32 bits."""
    return normals.turned(normals.radius_of(radius_word), radius_word, angle_word)
