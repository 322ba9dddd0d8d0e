"""The drawing of lots, where the law is told to draw between equals."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import NamedTuple


class Urn(NamedTuple):
    """What decides a lot: the same urn draws the same lots again.

    Parameters
    ----------
    seed : int
    row : int
        Number of the election in a batch; each draws lots of its own.
    """

    seed: int
    row: int = 0

    def order(self, parties: Sequence[str]) -> tuple[str, ...]:
        """Return the parties, given in the order of registration, in the order in which their lots are drawn."""
        source = random.Random(f"{self.seed}/{self.row}")
        lots = {party: source.random() for party in parties}
        return tuple(sorted(parties, key=lambda party: lots[party]))
