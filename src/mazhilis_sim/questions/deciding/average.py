"""The power of parties in the chambers of a forecast: that of each simulated chamber, averaged."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

from mazhilis_sim.languages import _, number, several
from mazhilis_sim.names.parties import Names
from mazhilis_sim.questions.asking import party_in
from mazhilis_sim.questions.deciding.power_indices import Share, by_generating_functions
from mazhilis_sim.showing import Answer
from mazhilis_sim.tables import Column, Table, percent, rough_chance

if TYPE_CHECKING:
    from mazhilis_sim.simulation.distribution.probability import Probability
    from mazhilis_sim.simulation.distribution.seats import SeatDistribution

MOST_CHAMBERS = 2_000
"""Of the kept ones: errors of at most a point."""


@dataclass(frozen=True, repr=False)
class AveragePower(Answer):
    """The power of each party, averaged over simulated chambers; ``p["amanat"]`` is its (Banzhaf, Shapley-Shubik).

    Parameters
    ----------
    majority : int
        Seats that decide.
    by_party : dict of str to Share
        Means over the chambers.
    errors : dict of str to Share
        Their standard errors.
    alone : dict of str to float
        The share of chambers in which a party decides alone.
    chambers : int
        How many there are.
    """

    kind = "average-power"
    shows: ClassVar[tuple[str, ...]] = ("majority", "by_party", "chambers")
    majority: int
    by_party: dict[str, Share]
    errors: dict[str, Share]
    alone: dict[str, float]
    chambers: int

    def __getitem__(self, party: Any) -> Share:
        return self.by_party[party_in(party, self.by_party)]

    @property
    def title(self) -> str:
        """What was asked."""
        said = several("Who decides with {majority} seat, on average", "Who decides with {majority} seats, on average", self.majority)
        return said.format(majority=self.majority)

    def p_alone(self, party: Any) -> Probability:
        """Return the chance that a party decides alone."""
        from mazhilis_sim.simulation.distribution.probability import Probability  # needs numpy, which the power in one chamber does not

        return Probability(round(self.alone[party_in(party, self.alone)] * self.chambers), self.chambers)

    def rows(self) -> list[dict[str, Any]]:
        """Return a row for each party."""
        return [
            {
                "party": party,
                **share._asdict(),
                **{f"{name}_se": error for name, error in self.errors[party]._asdict().items()},
                "alone": self.alone[party],
            }
            for party, share in self.by_party.items()
        ]

    def tables(self) -> list[Table]:
        """Return the parties, the most powerful first."""
        names, parties = Names(), sorted(self.by_party, key=lambda party: -self.by_party[party].banzhaf)
        return [
            Table(
                [
                    Column(_("party"), [names[party] for party in parties], left=True),
                    Column("Banzhaf", [percent(self.by_party[party].banzhaf) for party in parties]),
                    Column("Shapley-Shubik", [percent(self.by_party[party].shapley_shubik) for party in parties]),
                    Column(_("alone"), [rough_chance(self.p_alone(party)) for party in parties]),
                ]
            )
        ]

    def notes(self) -> list[str]:
        """Say of what the means are, and how sure they are."""
        worst = 100 * max(max(error) for error in self.errors.values())
        said = several(
            "Means over {chambers} simulated chamber, standard errors up to {worst} points; alone: has a majority without others.",
            "Means over {chambers} simulated chambers, standard errors up to {worst} points; alone: has a majority without others.",
            self.chambers,
        )
        return [said.format(chambers=number(self.chambers), worst=number(worst, ".2g"))]


def average_power(forecast: SeatDistribution, majority: int) -> AveragePower:
    """Return the power of each party, averaged over the kept chambers of a forecast."""
    parties, kept = forecast.parties, min(len(forecast.sample), MOST_CHAMBERS)
    chambers = Counter(map(tuple, forecast.draws(kept).tolist()))
    means, errors = {}, {}
    for place, party in enumerate(parties):
        found = [(powers_of(tuple(sorted(seats)), majority).get(seats[place], (0.0, 0.0)), times) for seats, times in chambers.items()]
        both = [mean_and_error((power[index], times) for power, times in found) for index in (0, 1)]
        means[party], errors[party] = Share(both[0][0], both[1][0]), Share(both[0][1], both[1][1])
    alone = {party: sum(n for seats, n in chambers.items() if seats[place] >= majority) / kept for place, party in enumerate(parties)}
    return AveragePower(majority, means, errors, alone, kept)


@cache
def powers_of(seats: tuple[int, ...], majority: int) -> dict[int, tuple[float, float]]:
    """Return the power of each number of seats in a chamber, which is the same for equal ones; none where nobody can win."""
    players = {str(place): won for place, won in enumerate(seats) if won}
    if sum(seats) < majority:
        return {}
    found = by_generating_functions(players, majority)
    return {won: (float(found.banzhaf[player]), float(found.shapley_shubik[player])) for player, won in players.items()}


def mean_and_error(numbers: Iterable[tuple[float, int]]) -> tuple[float, float]:
    """Return the mean of numbers that came so many times, and its standard error."""
    counted = list(numbers)
    n = sum(times for _, times in counted)
    mean = math.fsum(number * times for number, times in counted) / n
    spread = math.fsum((number - mean) ** 2 * times for number, times in counted) / n
    return mean, math.sqrt(spread / n)
