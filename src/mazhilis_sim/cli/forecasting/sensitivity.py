"""What becomes of an answer where polls err half as much as is assumed, or twice as much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mazhilis_sim.errors import MazhilisError
from mazhilis_sim.languages import _
from mazhilis_sim.simulation.models import Total
from mazhilis_sim.tables import rough_chance

if TYPE_CHECKING:
    from mazhilis_sim.names.parties import Names
    from mazhilis_sim.simulation.distribution import SeatDistribution
    from mazhilis_sim.simulation.distribution.probability import Probability

FACTORS = (0.5, 2.0)
DRAWS = 50_000
"""More would show no other digit."""


@dataclass(frozen=True)
class Sensitivity:
    """The seats of the strongest party, and the chance of the list that is closest to the threshold, by each factor.

    Parameters
    ----------
    strongest : str
    intervals : tuple of (int, int)
        Of 90 %.
    doubtful : str
        Empty where every list's entry is certain.
    chances : tuple of Probability
    """

    strongest: str
    intervals: tuple[tuple[int, int], ...]
    doubtful: str = ""
    chances: tuple[Probability, ...] = ()

    def said(self, names: Names) -> str:
        """Say it."""
        seats = f"{names[self.strongest]} {between([f'{low}–{high}' for low, high in self.intervals])}"
        if not self.doubtful:
            return seats
        enters = _("{party} enters {chances}").format(party=names[self.doubtful], chances=between([*map(rough_chance, self.chances)]))
        return f"{seats}, {enters}"


def sensitivity(result: SeatDistribution) -> Sensitivity | None:
    """Ask the same question under half and under twice the error; None where that cannot be asked."""
    model = result.question.model
    if not isinstance(model, Total):
        return None
    try:
        others = [result.rerun(model=model.scaled(factor), start=0, n_draws=min(DRAWS, result.n_draws)) for factor in FACTORS]
    except MazhilisError:  # a law that has no answer for some draw of a wider error, or an error beyond all that can be drawn
        return None
    strongest, doubtful = max(result.lists, key=result.mean), closest_to_threshold(result)
    intervals = tuple(run.interval(strongest, 0.9) for run in others)
    return Sensitivity(strongest, intervals, doubtful, tuple(run.p_enters(doubtful) for run in others) if doubtful else ())


def between(answers: list[str]) -> str:
    """Put both answers beside each other."""
    return _(" or ").join(answers)


def closest_to_threshold(result: SeatDistribution) -> str:
    """Return the list whose entry is most in doubt; nothing where none is."""
    chances = {party: result.p_enters(party).value for party in result.lists}
    party = min(chances, key=lambda party: abs(chances[party] - 0.5))
    return party if 0 < chances[party] < 1 else ""
