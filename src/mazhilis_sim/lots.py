"""The drawing of lots, an input to a count that both the oracle and the kernels are given."""
from __future__ import annotations

import random
from collections.abc import Sequence

from mazhilis_sim.errors import AllocationError


def drawing_of_lots(parties: Sequence[str], seed: int | None, row: int = 0) -> tuple[str, ...]:
    """Return the parties in the order in which their lots are drawn.

    Parameters
    ----------
    parties : sequence of str
        In the order of registration.
    seed : int
    row : int
        Number of the election in a batch.

    Raises
    ------
    AllocationError
        Without a seed: a lot that cannot be drawn again is no result.
    """
    if seed is None:
        raise AllocationError('ties="lots" needs a seed, so that the lot can be drawn again; give seed=...')
    urn = random.Random(f"{seed}/{row}")
    lots = {party: urn.random() for party in parties}
    return tuple(sorted(parties, key=lambda party: lots[party]))
