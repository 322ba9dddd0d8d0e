"""What becomes of an answer where polls err half as much as is assumed, or twice as much."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mazhilis_sim.errors import MazhilisError
from mazhilis_sim.simulation.models import Total
from mazhilis_sim.tables import rough_chance

if TYPE_CHECKING:
    from mazhilis_sim.names.parties import Names
    from mazhilis_sim.simulation.distribution import SeatDistribution

FACTORS = (0.5, 2.0)
DRAWS = 50_000
"""More would show no other digit."""


def sensitivity(result: SeatDistribution, names: Names) -> str:
    """Ask the same question under half and under twice the error: the seats of the strongest, and who is closest to the threshold."""
    model = result.question.model
    if not isinstance(model, Total):
        return ""
    try:
        others = [result.rerun(model=model.scaled(factor), start=0, n_draws=min(DRAWS, result.n_draws)) for factor in FACTORS]
    except MazhilisError:  # a law that has no answer for some draw of a wider error, or an error beyond all that can be drawn
        return ""
    strongest = max(result.lists, key=result.mean)
    said = [f"{names[strongest]} {between([seats_of(run, strongest) for run in others])}"]
    if doubtful := closest_to_threshold(result):
        said.append(f"{names[doubtful]} enters {between([rough_chance(run.p_enters(doubtful)) for run in others])}")
    return ", ".join(said)


def between(answers: list[str]) -> str:
    """Put both answers beside each other."""
    return " or ".join(answers)


def seats_of(result: SeatDistribution, party: str) -> str:
    """Write the 90 % interval of all seats."""
    low, high = result.interval(party, 0.9)
    return f"{low}–{high}"


def closest_to_threshold(result: SeatDistribution) -> str:
    """Return the list whose entry is most in doubt; nothing where none is."""
    chances = {party: result.p_enters(party).value for party in result.lists}
    party = min(chances, key=lambda party: abs(chances[party] - 0.5))
    return party if 0 < chances[party] < 1 else ""
