"""How far seats are from votes: the field's indices, in exact numbers wherever they are rational.

Sources: M. Gallagher, "Proportionality, disproportionality and electoral systems", *Electoral Studies* 10 (1991), 33-51, for
least squares, Sainte-Laguë, Loosemore-Hanby and Rae; M. Laakso and R. Taagepera, "Effective number of parties", *Comparative
Political Studies* 12 (1979), 3-27; G. W. Cox and M. S. Shugart, "Comment on Gallagher's...", *Electoral Studies* 10 (1991), 348-352,
for the slope of seats on votes.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from mazhilis_sim import reading
from mazhilis_sim.errors import VotesError
from mazhilis_sim.languages import _, marked, number
from mazhilis_sim.names.labels import match
from mazhilis_sim.names.reserved import OTHER
from mazhilis_sim.showing import Answer, Drawn
from mazhilis_sim.tables import Column, Table, percent
from mazhilis_sim.votes.ballot import ListVotes

SMALL = Fraction(1, 200)
"""Rae's index leaves out lists with less than half a per cent of the votes."""


@dataclass(frozen=True, repr=False)
class Indices(Answer, Drawn):
    """Indices of one allocation; shares of votes are taken of the votes for lists, other lists among them.

    Parameters
    ----------
    gallagher_squared : Fraction
        Half the sum of squared differences between shares of votes and of seats; `gallagher` is its root.
    loosemore_hanby : Fraction
        Half the sum of absolute differences.
    rae : Fraction or None
        Mean absolute difference over lists with at least 0.5 % of the votes. None where no list has so many.
    sainte_lague : Fraction or float
        Sum of squared differences, each over the list's share of votes; infinite where there are seats without votes.
    enp_votes, enp_seats : Fraction
        Effective numbers of parties: one over the sum of squared shares.
    wasted : int
        Votes for lists without a seat, other lists among them.
    wasted_share : Fraction
        The same over the votes for lists.
    against_all_share : Fraction
        Votes against all over valid votes.
    bias : Fraction or None
        Slope of seats on votes over the lists, less one: above 0 large lists gain. None where all have equally many votes.
    """

    kind = "indices"
    picture = "questions.indices"
    shows = ("gallagher", "loosemore_hanby", "rae", "sainte_lague", "enp_votes", "enp_seats", "wasted", "wasted_share", "bias")

    gallagher_squared: Fraction
    loosemore_hanby: Fraction
    rae: Fraction | None
    sainte_lague: Fraction | float
    enp_votes: Fraction
    enp_seats: Fraction
    wasted: int
    wasted_share: Fraction
    against_all_share: Fraction
    bias: Fraction | None

    @property
    def gallagher(self) -> float:
        """Gallagher's least squares index, in [0, 1]."""
        return math.sqrt(self.gallagher_squared)

    @property
    def title(self) -> str:
        """What was asked."""
        return _("How far the seats are from the votes")

    def rows(self) -> list[dict[str, Any]]:
        """Return each index with its value."""
        values = {"gallagher": self.gallagher, **{name: getattr(self, name) for name in HEADS if name != "gallagher"}}
        return [{"index": name, "value": value} for name, value in values.items()]

    def tables(self) -> list[Table]:
        """Return the indices by name."""
        rows = self.rows()
        return [
            Table(
                [
                    Column(_("index"), [_(HEADS[row["index"]]) for row in rows], left=True),
                    Column(_("value"), [shown(row["index"], row["value"]) for row in rows]),
                ]
            )
        ]

    def notes(self) -> list[str]:
        """Say why an index is infinite."""
        said = _("Seats of those who had no list make the index of Sainte-Laguë infinite; of the list seats alone it is not.")
        return [said] if self.sainte_lague == math.inf else []


HEADS = {
    "gallagher": marked("Gallagher (least squares)"),
    "loosemore_hanby": "Loosemore-Hanby",
    "rae": "Rae",
    "sainte_lague": "Sainte-Laguë",
    "enp_votes": marked("effective number of parties, votes"),
    "enp_seats": marked("effective number of parties, seats"),
    "wasted": marked("votes for lists without a seat"),
    "wasted_share": marked("the same, of the votes for lists"),
    "against_all_share": marked("against all, of valid votes"),
    "bias": marked("bias toward large lists (slope - 1)"),
}
PERCENT = ("gallagher", "loosemore_hanby", "rae", "wasted_share", "against_all_share")


def shown(name: str, value: Any) -> str:
    """Write one index as it is read."""
    if value is None:
        return "-"
    if value == math.inf:
        return "∞"
    if name in PERCENT:
        return percent(value, 2)
    return number(value) if name == "wasted" else number(float(value), ".4f")


def indices(votes: Any, seats: Any, *, against_all: Any = None) -> Indices:
    """Measure how far seats are from votes.

    Parameters
    ----------
    votes : mapping of str to int, or ListVotes
        Votes by list; may hold ``against_all``, ``invalid`` and ``other``.
    seats : mapping of str to int
        Seats by list; lists not named have none. Seats of those who had no list, such as ``independents``, count as seats without
        votes.
    against_all : int, optional

    Returns
    -------
    Indices
        Shares in [0, 1], not in per cent.

    Raises
    ------
    VotesError
        When the votes cannot be counted, or there is no seat.

    Examples
    --------
    >>> import mazhilis_sim as ms
    >>> found = ms.indices({"a": 60, "b": 30, "c": 10}, {"a": 7, "b": 3})
    >>> found.loosemore_hanby, round(found.gallagher, 2), found.wasted
    (Fraction(1, 10), 0.1, 10)
    """
    ballot = ListVotes(votes, against_all)
    return indices_of(ballot, read_seats(seats, tuple(ballot.votes)))


def read_seats(seats: Any, lists: tuple[str, ...]) -> dict[str, int]:
    """Read seats by party, lists by any spelling; at least one seat."""
    read = reading.counts(seats, "seats", VotesError, of="seats")
    if not any(read.values()):
        raise VotesError(field="seats", got=seats, must="hold at least one seat", shown="none")
    return {match(party, lists) or party: won for party, won in read.items()}


def indices_of(ballot: ListVotes, seats: Mapping[str, int]) -> Indices:
    """Measure seats against a ballot that was read."""
    votes = {**ballot.votes, **({OTHER: ballot.other} if ballot.other else {})}
    cast, given = sum(votes.values()), sum(seats.values())
    parties = list(dict.fromkeys((*votes, *seats)))
    shares = [(Fraction(votes.get(party, 0), cast), Fraction(seats.get(party, 0), given)) for party in parties]
    wasted = sum(number for party, number in votes.items() if not seats.get(party))
    valid = ballot.base()
    return Indices(
        sum(((s - v) ** 2 for v, s in shares), Fraction(0)) / 2,
        sum((abs(s - v) for v, s in shares), Fraction(0)) / 2,
        rae(shares),
        sainte_lague(shares),
        1 / sum((v**2 for v, _ in shares), Fraction(0)),
        1 / sum((s**2 for _, s in shares), Fraction(0)),
        wasted,
        Fraction(wasted, cast),
        Fraction(ballot.against_all, valid),
        bias(shares),
    )


Shares = list[tuple[Fraction, Fraction]]
"""Shares of votes and of seats, list by list."""


def rae(shares: Shares) -> Fraction | None:
    """Return the mean absolute difference over lists that are not very small."""
    large = [abs(s - v) for v, s in shares if v >= SMALL]
    return sum(large, Fraction(0)) / len(large) if large else None


def sainte_lague(shares: Shares) -> Fraction | float:
    """Return the sum of squared differences over shares of votes."""
    if any(s and not v for v, s in shares):
        return math.inf
    return sum(((s - v) ** 2 / v for v, s in shares if v), Fraction(0))


def bias(shares: Shares) -> Fraction | None:
    """Return the slope of seats on votes by least squares, less one."""
    mean = Fraction(1, len(shares))  # of votes and of seats alike
    spread = sum(((v - mean) ** 2 for v, _ in shares), Fraction(0))
    if not spread:
        return None
    return sum(((v - mean) * (s - mean) for v, s in shares), Fraction(0)) / spread - 1
