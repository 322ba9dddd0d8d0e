"""What the page shows of a state: simulated in slices, the first small, and put into plain numbers."""

from __future__ import annotations

import operator
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from typing import Any, Generic, TypeVar

from mazhilis_sim.app.state import Asked
from mazhilis_sim.legislation.electoral_law import ElectoralLaw
from mazhilis_sim.names.colours import colours_of
from mazhilis_sim.names.parties import Names
from mazhilis_sim.simulation.distribution.probability import Probability
from mazhilis_sim.simulation.distribution.seats import SeatDistribution
from mazhilis_sim.simulation.drawing.central import list_count
from mazhilis_sim.simulation.simulate import simulate

Found = TypeVar("Found")
COARSE, SLICE = 100_000, 300_000
"""Elections behind the first answer; and those that are added at a time, so that a newer question need not wait long."""
BLOCK = 12_500
"""Draws that a thread takes at a time: few, so that a small slice is shared out evenly."""
FEWEST_SHOWN = 0.001
"""Share of all draws that a bar of a picture stands for at least."""


@dataclass(frozen=True)
class Sliced(Generic[Found]):
    """What was simulated so far.

    Parameters
    ----------
    found : SeatDistribution or Beside
    draws : int
        Elections behind it.
    seconds : float
        What simulating took.
    whole : bool
        Whether all elections that were asked for are in it.
    """

    found: Found
    draws: int
    seconds: float
    whole: bool


def slices(asked: Asked, draw: Callable[[Asked, int, int], Found]) -> Iterator[Sliced[Found]]:
    """Simulate the first draws, then more and more until there are as many as asked for; what is drawn of them adds up."""
    ends = [*range(min(COARSE, asked.draws), asked.draws, SLICE), asked.draws]
    found: list[Found] = []
    seconds = 0.0
    for start, stop in pairwise(dict.fromkeys((0, *ends))):
        began = time.perf_counter()
        found = [reduce(operator.add, [*found, draw(asked, start, stop)])]
        seconds += time.perf_counter() - began
        yield Sliced(found[0], stop, seconds, stop == asked.draws)


def drawn(asked: Asked, start: int, stop: int) -> SeatDistribution:
    """Simulate the draws [start, stop) of a state."""
    return simulate(centre=asked.polls, seed=asked.seed, start=start, n_draws=stop - start, block=BLOCK, **asked.arguments)


# -- in plain numbers --------------------------------------------------------------------------------------------------


def picture(forecast: SeatDistribution) -> dict[str, Any]:
    """Return what the page shows of a forecast."""
    names, alone = Names(), {party: forecast.p_majority(party) for party in forecast.parties}
    return {
        "draws": forecast.n_draws,
        "law": of_law(forecast.law, forecast.question.district_seats),
        "parties": [of_party(forecast, party, names) for party in by_seats(forecast)],
        "nobody": chance(Probability(forecast.n_draws - sum(p.successes for p in alone.values()), forecast.n_draws)),
        "fallback": chance(forecast.p_fallback()),
        "no_list": chance(forecast.p_no_allocation()),
        "coalitions": [of_coalition(forecast, parties, names) for parties in forecast.question.coalitions],
        "sample": round(forecast.question.centre.n_eff),
    }


def by_seats(forecast: SeatDistribution) -> list[str]:
    """Return the parties with the most seats in the central count first, those with none by their mean."""
    seats = forecast.point["total"]
    return sorted(forecast.parties, key=lambda party: (-seats[party], -forecast.mean(party)))


def of_law(law: ElectoralLaw, in_districts: int) -> dict[str, Any]:
    """Return the numbers of a law."""
    numbers = {name: getattr(law, name) for name in ("name", "list_seats", "appointed_seats", "total_seats", "majority")}
    return {**numbers, "district_seats": in_districts, "threshold": float(law.threshold)}


def of_party(forecast: SeatDistribution, party: str, names: Names) -> dict[str, Any]:
    """Return the numbers of a party; those of its list only where it has one."""
    low, high = forecast.interval(party, 0.9)
    found = {
        "id": party,
        "name": names[party],
        "colour": colours_of(forecast.parties)[party],
        "point": forecast.point["total"][party],
        "list": forecast.point["list"].get(party, 0),
        "mean": forecast.mean(party),
        "median": int(forecast.quantile(party, 0.5)),
        "low": low,
        "high": high,
        "histogram": bars(forecast, party),
        "majority": chance(forecast.p_majority(party)),
    }
    if party not in forecast.lists:
        return found
    return {**found, "share": forecast.question.centre.share_by_id[party], "enters": chance(forecast.p_enters(party))}


def bars(forecast: SeatDistribution, party: str) -> dict[str, Any]:
    """Return how often each number of seats came, without the rare ones at both ends."""
    shares = forecast.histogram(party) / forecast.n_draws
    seen = (shares >= FEWEST_SHOWN).nonzero()[0]
    first, last = (int(seen[0]), int(seen[-1])) if len(seen) else (0, 0)
    return {"first": first, "shares": [round(float(share), 4) for share in shares[first : last + 1]]}


def of_coalition(forecast: SeatDistribution, parties: tuple[str, ...], names: Names) -> dict[str, Any]:
    """Return the chance that parties have a majority together."""
    return {"parties": parties, "name": names.join(parties), "majority": chance(forecast.p_majority(parties))}


def chance(p: Probability) -> dict[str, float]:
    """Return a chance and the interval that simulation leaves it."""
    low, high = p.interval()
    return {"value": p.value, "se": p.se, "low": low, "high": high}


def protocol(asked: Asked) -> str:
    """Return the protocol of the count of the central estimate; nothing where the law defines no result for it."""
    found = list_count(asked.question)
    return found.explain() if found else ""
