"""Two states beside each other: by how much the one differs from the other, and how sure that is."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from mazhilis_sim.app.answers import BLOCK
from mazhilis_sim.app.state import Asked
from mazhilis_sim.names.parties import Names
from mazhilis_sim.questions.paired import Paired
from mazhilis_sim.simulation.distribution.seats import SeatDistribution
from mazhilis_sim.simulation.several_laws import simulate_laws

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

VOTERS, NUMBERS, NOTHING = "voters", "numbers", "nothing"
"""What two states have in common, draw by draw: the voters themselves, the random numbers that others are made of, or nothing."""


# -- states whose laws alone differ ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Beside:
    """The pinned state and the one that is shown, whose laws counted the same voters.

    Parameters
    ----------
    paired : Paired
        By the pinned law, and by the other.
    """

    paired: Paired

    @property
    def now(self) -> SeatDistribution:
        """The forecast that is shown."""
        return self.paired["now"]

    def __add__(self, other: Beside) -> Beside:
        """Take two runs over disjoint draws together."""
        mine, more = self.paired, other.paired
        forecasts = {law: mine[law] + more[law] for law in mine.laws}
        return Beside(Paired(forecasts, {law: mine.differences[law] + more.differences[law] for law in mine.differences}))


def have_the_same_voters(now: Asked, pinned: Asked) -> bool:
    """Tell whether two states differ in nothing but the law; districts may be left out of one of them."""
    old, new = pinned.question, now.question
    alike = (old.centre, old.model, old.district_model) == (new.centre, new.model, new.district_model)
    districts = old.districts is None or new.districts is None or old.districts == new.districts
    return alike and districts and (now.seed, now.draws) == (pinned.seed, pinned.draws)


def drawn_beside(pinned: Asked, asked: Asked, start: int, stop: int) -> Beside:
    """Simulate the voters of the draws [start, stop) once, and count them by the laws of both states."""
    questions = [replace(pinned.question, coalitions=asked.question.coalitions), asked.question]
    found, (differences,) = simulate_laws(questions, stop - start, asked.seed, start, block=BLOCK)
    return Beside(Paired(dict(zip(("pinned", "now"), found, strict=True)), {"now": differences}))


def compared_by_law(beside: Beside) -> dict[str, Any]:
    """Return how seats and chances differ by the law alone, in every draw."""
    now, pinned, paired = beside.now, beside.paired.first, beside.paired
    rows = []
    for party in paired.parties:
        difference = paired.difference(party)
        more = {"se": difference.se, "more": difference.p_more().value, "fewer": difference.p_fewer().value}
        rows.append(of_party(now, pinned, party) | more)
    return {"common": VOTERS, "draws": paired.n_draws, "parties": rows}


# -- others ------------------------------------------------------------------------------------------------------------


def compared(now: SeatDistribution, pinned: SeatDistribution) -> dict[str, Any]:
    """Return how seats and chances differ where more than the law does; where both have the same draws, draw by draw of those kept."""
    paired = now.seed == pinned.seed and now.spans == pinned.spans
    parties = dict.fromkeys((*pinned.parties, *now.parties))
    found = {"common": NUMBERS if paired else NOTHING, "draws": min(now.n_draws, pinned.n_draws)}
    rows = [of_party(now, pinned, party) | (of_kept(now, pinned, party) if paired else {}) for party in parties]
    return found | {"parties": rows} | ({"kept": len(kept(now, now.parties[0]))} if paired else {})


def of_party(now: SeatDistribution, pinned: SeatDistribution, party: str) -> dict[str, Any]:
    """Return how the seats of one party differ; a party that one state does not know has none there."""
    before, after = (forecast.mean(party) if party in forecast.parties else 0.0 for forecast in (pinned, now))
    found: dict[str, Any] = {"id": party, "name": Names()[party], "before": before, "seats": after - before}
    found["se"] = math.hypot(*(forecast.se(party) for forecast in (pinned, now) if party in forecast.parties))
    return found | {"majority": majority(now, party) - majority(pinned, party)}


def majority(forecast: SeatDistribution, party: str) -> float:
    """Return the chance that a party has a majority."""
    return forecast.p_majority(party).value if party in forecast.parties else 0.0


def of_kept(now: SeatDistribution, pinned: SeatDistribution, party: str) -> dict[str, float]:
    """Return in how many of the kept draws, which have the same numbers in both forecasts, a party has more seats, or fewer."""
    more = kept(now, party) - kept(pinned, party)
    return {"se": float(more.std()) / math.sqrt(now.n_draws), "more": float((more > 0).mean()), "fewer": float((more < 0).mean())}


def kept(forecast: SeatDistribution, party: str) -> NDArray[np.int64]:
    """Return a party's seats in the kept draws."""
    columns = [forecast.column(party)] if party in forecast.parties else []
    seats: NDArray[np.int64] = forecast.kept_seats(columns)
    return seats
