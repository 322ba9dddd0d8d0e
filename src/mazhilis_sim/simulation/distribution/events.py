"""What happened in draws: lists that enter or are admitted, and what the count had to decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mazhilis_sim import reading
from mazhilis_sim.errors import SimulationError
from mazhilis_sim.kernels.steps.events import EVENTS, OF_DRAWS
from mazhilis_sim.simulation.distribution.probability import Probability

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Events:
    """How many draws each event happened in.

    Parameters
    ----------
    parties : tuple of str
    lists : tuple of str
        The first of the parties.
    tallies : mapping of str to ndarray of int64
        ``entries`` and ``admitted`` by list, ``events`` by their order.
    n_draws : int
    """

    parties: tuple[str, ...]
    lists: tuple[str, ...]
    tallies: Mapping[str, NDArray[np.int64]]
    n_draws: int

    def list_index(self, party: str) -> int:
        """Return a list's position, or say that no such list stands."""
        column = reading.position(party, self.parties, "party", SimulationError)
        if column >= len(self.lists):
            known = ", ".join(self.lists)
            raise SimulationError(
                f"{party!r} has no list, only candidates in districts; the lists are {known}",
                field="party",
                got=party,
                must=f"be one of {known}",
            )
        return column

    def of_list(self, tally: str, party: str) -> Probability:
        """Return the chance that a list is among the ``entries`` or the ``admitted``."""
        return Probability(int(self.tallies[tally][self.list_index(party)]), self.n_draws)

    def chance(self, name: str) -> Probability:
        """Return the chance of one of the events of whole draws."""
        return Probability(self.count(OF_DRAWS[reading.position(name, OF_DRAWS, "event", SimulationError)]), self.n_draws)

    def count(self, name: str) -> int:
        """Return how often something was counted: in draws, or in districts that a lot decided."""
        return int(self.tallies["events"][EVENTS.index(name)])
