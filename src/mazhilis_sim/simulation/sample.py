"""Whole chambers that are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

SAMPLE_SIZE = 10_000
"""Whole chambers that are kept for joint questions."""


@dataclass(frozen=True)
class Sample:
    """Whole chambers of the draws with the smallest hash: a random sample that merged pieces agree on.

    ``key`` (n,) orders by hash, then by draw; ``draw`` (n,); ``lists`` (n, k) and ``districts`` (n, p) hold seats.
    """

    key: NDArray[np.uint64]
    draw: NDArray[np.uint64]
    lists: NDArray[np.int64]
    districts: NDArray[np.int64]

    def merge(self, other: Sample) -> Sample:
        """Keep the smallest of both."""
        mine, theirs = (self.key, self.draw, self.lists, self.districts), (other.key, other.draw, other.lists, other.districts)
        both = [np.concatenate(pair) for pair in zip(mine, theirs, strict=True)]
        kept = np.lexsort((both[1], both[0]))[:SAMPLE_SIZE]
        return Sample(*(array[kept] for array in both))
