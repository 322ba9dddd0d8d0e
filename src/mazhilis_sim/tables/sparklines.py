"""A distribution in one line of text."""

from __future__ import annotations

import math
from collections.abc import Sequence

BLOCKS, PLAIN_BLOCKS = " ▁▂▃▄▅▆▇█", " .:-=+*#@"


def sparkline(counts: Sequence[int], low: int, high: int, width: int, blocks: str = BLOCKS) -> str:
    """Draw how often each number of seats from ``low`` to ``high`` came, several of them to a mark where they are many.

    Examples
    --------
    >>> sparkline([9, 0, 0, 3, 8, 4], 0, 5, 8)
    '█  ▃█▄'
    """
    step = -(-(high - low + 1) // width)
    bins = [sum(counts[start : min(start + step, high + 1)]) for start in range(low, high + 1, step)]
    top = max(bins) or 1
    return "".join(blocks[math.ceil(count / top * (len(blocks) - 1))] for count in bins)
