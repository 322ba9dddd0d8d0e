"""Two states over the same draws: by how much the one differs from the other, and how sure that is."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from mazhilis_sim.names.parties import Names
from mazhilis_sim.simulation.distribution.seats import SeatDistribution

if TYPE_CHECKING:
    from numpy.typing import NDArray


def compared(now: SeatDistribution, pinned: SeatDistribution) -> dict[str, Any]:
    """Return how seats and chances differ from those of the pinned state, draw by draw where both have the same draws."""
    names, paired = Names(), now.seed == pinned.seed and now.spans == pinned.spans
    parties = [party for party in now.parties if party in pinned.parties]
    return {
        "paired": paired,
        "draws": min(now.n_draws, pinned.n_draws),
        "parties": [of_party(now, pinned, party, paired) | {"name": names[party]} for party in parties],
    }


def of_party(now: SeatDistribution, pinned: SeatDistribution, party: str, paired: bool) -> dict[str, Any]:
    """Return how the seats of one party differ."""
    found: dict[str, Any] = {"id": party, "seats": now.mean(party) - pinned.mean(party), "before": pinned.mean(party)}
    found["se"] = math.hypot(now.se(party), pinned.se(party))
    if paired:
        more = kept(now, party) - kept(pinned, party)
        found |= {"se": float(more.std()) / math.sqrt(now.n_draws), "more": float((more > 0).mean()), "fewer": float((more < 0).mean())}
    majority = now.p_majority(party) - pinned.p_majority(party)
    found["majority"] = {"value": majority.value, "se": majority.se}
    if party in now.lists and party in pinned.lists:
        found["enters"] = {"value": now.p_enters(party).value - pinned.p_enters(party).value}
    return found


def kept(forecast: SeatDistribution, party: str) -> NDArray[np.int64]:
    """Return a party's seats in the kept draws, which are the same numbers of draws in every forecast of one seed and length."""
    seats: NDArray[np.int64] = forecast.kept_seats([forecast.column(party)])
    return seats
