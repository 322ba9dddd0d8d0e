"""The drawing of lots, an input to a count that both the oracle and the kernels are given; and the seeds that decide."""

from __future__ import annotations

import numbers
import random
import secrets
from collections.abc import Sequence
from typing import Any

from mazhilis_sim.errors import AllocationError


def read_seed(seed: Any, error: type[Exception] = AllocationError) -> int:
    """Check a seed; None draws one."""
    if seed is None:
        return secrets.randbits(53)
    if isinstance(seed, bool) or not isinstance(seed, numbers.Integral) or not 0 <= int(seed) < 2**64:
        raise error(f"seed must be a whole number in [0, 2**64), got {seed!r}")
    return int(seed)


def drawing_of_lots(parties: Sequence[str], seed: int, row: int = 0) -> tuple[str, ...]:
    """Return the parties in the order in which their lots are drawn.

    Parameters
    ----------
    parties : sequence of str
        In the order of registration.
    seed : int
    row : int
        Number of the election in a batch.
    """
    urn = random.Random(f"{seed}/{row}")
    lots = {party: urn.random() for party in parties}
    return tuple(sorted(parties, key=lambda party: lots[party]))
