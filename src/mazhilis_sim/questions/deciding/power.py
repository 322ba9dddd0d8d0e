"""Who decides: the power of parties in a chamber that votes by majority, by Banzhaf and by Shapley and Shubik.

Sources: J. F. Banzhaf, "Weighted voting doesn't work", *Rutgers Law Review* 19 (1965), 317-343; L. S. Shapley and M. Shubik, "A method
for evaluating the distribution of power in a committee system", *American Political Science Review* 48 (1954), 787-792; exact by
generating functions as in S. J. Brams and P. J. Affuso, "Power and size: a new paradox", *Theory and Decision* 7 (1976), 29-56.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, overload

from mazhilis_sim import reading
from mazhilis_sim.counting.result import Allocation, Chamber
from mazhilis_sim.errors import VotesError
from mazhilis_sim.languages import _, number, several
from mazhilis_sim.names.parties import Names
from mazhilis_sim.names.reserved import INDEPENDENTS
from mazhilis_sim.questions.asking import party_in
from mazhilis_sim.questions.deciding.average import AveragePower, average_power
from mazhilis_sim.questions.deciding.power_indices import Found, Share, by_generating_functions, by_sampling, minimal_winning, states
from mazhilis_sim.showing import Answer, Drawn
from mazhilis_sim.tables import Column, Table, percent

if TYPE_CHECKING:
    from mazhilis_sim.simulation.distribution.seats import SeatDistribution

MOST_STATES = 4_000_000
"""Numbers that the exact count may hold; beyond, coalitions are sampled."""
MOST_COALITIONS = 10_000
"""Minimal winning coalitions that are listed."""


@dataclass(frozen=True, repr=False)
class Power(Answer, Drawn):
    """The power of each party; ``p["amanat"]`` is its (Banzhaf, Shapley-Shubik).

    Parameters
    ----------
    seats : dict of str to int
    majority : int
        Seats that decide.
    by_party : dict of str to Share
    swings : dict of str to int
        Coalitions that win with the party and lose without it; of a sample, those that were found.
    errors : dict of str to Share
        Standard errors; empty where the numbers are exact.
    samples : int
        Coalitions and orders that were drawn; 0 where the numbers are exact.
    """

    kind = "power"
    picture = "questions.power"
    shows = ("seats", "majority", "by_party", "samples")

    seats: dict[str, int]
    majority: int
    by_party: dict[str, Share]
    swings: dict[str, int]
    errors: dict[str, Share]
    samples: int = 0

    def __getitem__(self, party: Any) -> Share:
        return self.by_party[party_in(party, self.by_party)]

    @property
    def exact(self) -> bool:
        """Whether the numbers are exact."""
        return not self.samples

    @cached_property
    def minimal_winning(self) -> tuple[tuple[str, ...], ...]:
        """Coalitions that win and lose without any one of their members, the smallest first; at most 10,000 of them."""
        found = list(islice(minimal_winning(self.seats, self.majority), MOST_COALITIONS))
        return tuple(sorted(found, key=lambda parties: (len(parties), sum(self.seats[party] for party in parties))))

    @property
    def decisive(self) -> str | None:
        """The party without which nobody has a majority and which needs nobody; None where there is none."""
        return next((party for party, won in self.seats.items() if won >= self.majority), None)

    @property
    def title(self) -> str:
        """What was asked."""
        seats = sum(self.seats.values())
        said = several("Who decides with {majority} of {seats} seat", "Who decides with {majority} of {seats} seats", seats)
        return said.format(majority=self.majority, seats=seats)

    def _asked(self) -> dict[str, Any]:
        """Return what was asked beside the rows."""
        return {"majority": self.majority, "samples": self.samples}

    def rows(self) -> list[dict[str, Any]]:
        """Return a row for each party."""
        rows = []
        for party, share in self.by_party.items():
            error = self.errors.get(party, Share(0.0, 0.0))
            errors = {} if self.exact else {"banzhaf_se": error.banzhaf, "shapley_shubik_se": error.shapley_shubik}
            rows.append({"party": party, "seats": self.seats[party], **share._asdict(), **errors, "swings": self.swings[party]})
        return rows

    def tables(self) -> list[Table]:
        """Return the parties by seats."""
        names, parties = Names(), sorted(self.by_party, key=lambda party: -self.seats[party])
        total = sum(self.seats.values())
        columns = [
            Column(_("party"), [names[party] for party in parties], left=True),
            Column(_("seats"), [str(self.seats[party]) for party in parties]),
            Column(_("of all"), [percent(Fraction(self.seats[party], total)) for party in parties]),
            Column("Banzhaf", [percent(self.by_party[party].banzhaf) for party in parties]),
            Column("Shapley-Shubik", [percent(self.by_party[party].shapley_shubik) for party in parties]),
        ]
        return [Table(columns)]

    def notes(self) -> list[str]:
        """Say who decides alone, the smallest coalitions, and how sure the numbers are."""
        names, said = Names(), []
        if self.decisive:
            said.append(_("{party} has a majority alone: nobody else has any power.").format(party=names[self.decisive]))
        elif len(self.seats) <= MOST_LISTED:
            shown = [names.join(parties) for parties in self.minimal_winning[:MOST_NAMED]]
            winning = _("Minimal winning coalitions, {n} in all: {coalitions}.")
            said.append(winning.format(n=len(self.minimal_winning), coalitions="; ".join(shown)))
        if self.seats.get(INDEPENDENTS, 0) > 1:
            said.append(_("Independents are counted as one party; give them apart where they vote apart."))
        if not self.exact:
            worst = max(max(error) for error in self.errors.values())
            sampled = _("Sampled: {n} draws, standard errors up to {points} points.")
            said.append(sampled.format(n=number(self.samples), points=number(100 * worst, ".2g")))
        return said


MOST_LISTED, MOST_NAMED = 16, 5
"""Parties up to which coalitions are listed in a note, and how many it names."""


@overload
def power(seats: SeatDistribution, majority: int | None = None) -> AveragePower: ...
@overload
def power(
    seats: Mapping[str, int] | Chamber | Allocation, majority: int | None = None, *, samples: int = 20_000, seed: int = 2023
) -> Power: ...
def power(seats: Any, majority: int | None = None, *, samples: int = 20_000, seed: int = 2023) -> Power | AveragePower:
    """Return the power of each party: how often it is what makes a coalition win.

    Parameters
    ----------
    seats : mapping of str to int, Chamber, Allocation or SeatDistribution
        Or weights of any other body; those without seats have no power. Of a forecast the power is averaged over its kept chambers, at
        most 2,000 of them.
    majority : int, optional
        Seats that decide; more than half of all unless given, of a chamber as its law says.
    samples : int
        Coalitions, and orders, that are drawn where an exact count would be too long: more than 24 parties with very many seats.
    seed : int
        Of the sample.

    Returns
    -------
    Power
        Of a forecast: AveragePower, means with their standard errors.

    Raises
    ------
    VotesError
        For seats that are none, or a majority that no coalition has.

    Examples
    --------
    >>> import mazhilis_sim as ms
    >>> ms.power({"a": 4, "b": 3, "c": 2, "d": 1}, majority=6)["b"]
    Share(banzhaf=Fraction(1, 4), shapley_shubik=Fraction(1, 4))
    >>> poll = ms.Poll({"a": 0.5, "b": 0.3, "c": 0.2}, sample_size=500)
    >>> p = ms.power(ms.simulate(ms.law("2026"), poll, n_draws=1_000, seed=1))
    >>> 0.5 < p["a"].banzhaf < 1 and 0.3 < p.alone["a"] < 0.7
    True
    """
    if is_forecast(seats):
        decides = seats.law.majority if majority is None else reading.whole(majority, "majority", VotesError, least=1)
        return average_power(seats, decides)
    held, usual = held_by(seats)
    total = sum(held.values())
    decides = usual if majority is None else reading.whole(majority, "majority", VotesError, least=1, most=total)
    players = {party: won for party, won in held.items() if won}
    drawn = reading.whole(samples, "samples", VotesError, least=2, most=10**9)
    if states(players) <= MOST_STATES:
        return answered(held, decides, by_generating_functions(players, decides))
    return answered(held, decides, by_sampling(players, decides, drawn, reading.seed(seed, VotesError)), drawn)


def is_forecast(seats: Any) -> bool:
    """Tell whether these are the seats of a forecast, which needs numpy and a compiler, as no count does."""
    if isinstance(seats, (Mapping, Chamber, Allocation)):
        return False
    from mazhilis_sim.simulation.distribution.seats import SeatDistribution

    return isinstance(seats, SeatDistribution)


def held_by(seats: Any) -> tuple[dict[str, int], int]:
    """Read seats by party, and how many of them are more than half."""
    if isinstance(seats, Chamber):
        return dict(seats.seats), seats.law.majority
    read = reading.counts(seats.seats if isinstance(seats, Allocation) else seats, "seats", VotesError, of="seats")
    if not any(read.values()):
        raise VotesError(field="seats", got=seats, must="hold at least one seat", shown="none")
    return read, sum(read.values()) // 2 + 1


def answered(held: Mapping[str, int], majority: int, found: Found, samples: int = 0) -> Power:
    """Give the parties what was found, those without seats nothing."""
    everyone = {party: Share(found.banzhaf.get(party, Fraction(0)), found.shapley_shubik.get(party, Fraction(0))) for party in held}
    errors = {party: Share(*found.errors.get(party, (0.0, 0.0))) for party in held} if samples else {}
    return Power(dict(held), majority, everyone, {party: found.swings.get(party, 0) for party in held}, errors, samples)
