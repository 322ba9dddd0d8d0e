"""Two normals of two words, as the lanes draw them in three loops."""

from __future__ import annotations

from typing import Any

from mazhilis_sim.kernels import step
from mazhilis_sim.kernels.steps import normals, single


@step
def minus_log_of_word(word: Any) -> Any:
    """Minus the logarithm of the uniform number of a word, begun and ended."""
    return single.minus_log(*single.begun_log(word))


@step
def normal_pair(radius_word: Any, angle_word: Any) -> Any:
    """Return the normals of two words of 32 bits."""
    return normals.turned(normals.radius_of(minus_log_of_word(radius_word)), radius_word, angle_word)
