"""What a count results in: named, frozen, with every intermediate number of the protocol."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TypeAlias, TypeVar

from mazhilis_sim import reading
from mazhilis_sim.errors import VotesError
from mazhilis_sim.languages import _, number, several
from mazhilis_sim.legislation.electoral_law import ElectoralLaw, law_called
from mazhilis_sim.names.parties import Names
from mazhilis_sim.showing import Drawn, Sheet, Shown
from mazhilis_sim.tables import Column, Table, percent
from mazhilis_sim.votes.ballot import ListVotes

Kind = TypeVar("Kind")
Quotients: TypeAlias = tuple[Fraction | None, Fraction | None]


@dataclass(frozen=True, repr=False)
class Allocation(Shown, Drawn):
    """The list seats of one election and how they came about.

    Parameters
    ----------
    law : ElectoralLaw
    votes : ListVotes
    base : int
        What percentages were taken of, in votes.
    admitted : tuple of str
        Lists that share in the seats, in the order of registration; in a fallback the second list too.
    fallback : bool
        Whether the two-party rule was applied.
    quota : Fraction
        First electoral quotient: votes of the admitted lists per seat; the quota of the law's method where it has
        another one.
    whole : dict of str to int
        Whole parts of votes / quota by admitted list; in a fallback the second list's after its weight. Empty where a
        divisor rule shared out the seats.
    remainders : dict of str to Fraction
        What is left of votes / quota, in [0, 1), by admitted list. They do not compete in a fallback. Empty where a
        divisor rule shared out the seats.
    seats : dict of str to int
        Seats by list, all lists of the ballot; seats left vacant are not in it.
    ties : tuple of tuple of str
        Groups of lists between which the order of registration (or a lot) decided.
    tie_seats : tuple of int
        Seats that each of those groups shared.
    vacant : dict of str to int
        Seats for which a list had no candidate left, by list.
    quotients : dict of str to (Fraction or None, Fraction or None)
        Of a divisor rule, by admitted list: votes / divisor of its last seat and of the next one that it did not get.
        None where it has no seat, or where the divisor is zero and the seat comes before all others. The squares of both
        for ``"huntington_hill"``, whose divisors are square roots.
    seed : int or None
        What decided the lot; None where none was drawn. The same seed draws the same lot again.
    """

    picture = "hemicycle:draw_lists"
    shows = ("law", "seats", "base", "admitted", "fallback", "ties", "vacant", "seed")

    law: ElectoralLaw
    votes: ListVotes
    base: int
    admitted: tuple[str, ...]
    fallback: bool
    quota: Fraction
    whole: dict[str, int]
    remainders: dict[str, Fraction]
    seats: dict[str, int]
    ties: tuple[tuple[str, ...], ...] = ()
    tie_seats: tuple[int, ...] = ()
    vacant: dict[str, int] = field(default_factory=dict)
    quotients: dict[str, Quotients] = field(default_factory=dict)
    seed: int | None = None

    @property
    def category_seats(self) -> dict[str, int]:
        """Fewest seats by list for women, young people and persons with disabilities together (Article 97-1(5))."""
        share = self.law.category_share
        return {party: -(-share.numerator * seats // share.denominator) for party, seats in self.seats.items()}

    def named(self, names: Mapping[str, str]) -> Allocation:
        """Return this count with lists called as they are to be shown, such as ``{"amanat": "Amanat"}``; no two are called the same."""
        called = reading.names_of_parties(names, VotesError)
        shown = {party: called.get(party, party) for party in self.votes.votes}
        called_so = Counter(shown.values())
        unique = {party: name if called_so[name] == 1 else party for party, name in shown.items()}
        votes = copy.copy(self.votes)  # names are no labels to be read once more
        object.__setattr__(votes, "votes", renamed(self.votes.votes, unique))
        return replace(
            self,
            votes=votes,
            admitted=tuple(unique[party] for party in self.admitted),
            ties=tuple(tuple(unique[party] for party in group) for group in self.ties),
            whole=renamed(self.whole, unique),
            remainders=renamed(self.remainders, unique),
            seats=renamed(self.seats, unique),
            vacant=renamed(self.vacant, unique),
            quotients=renamed(self.quotients, unique),
        )

    def _sheet(self) -> Sheet:
        """Return votes, shares and seats as a page of a notebook."""
        shown = self.named(Names().by_id)
        votes = shown.votes.votes
        columns = [
            Column(_("list"), [*votes], left=True),
            Column(_("votes"), [number(count) for count in votes.values()]),
            Column(_("share"), [percent(Fraction(count, self.base), 2) for count in votes.values()]),
            Column(_("seats"), [str(shown.seats[party]) for party in votes]),
        ]
        seats = self.law.list_seats
        title = several("{n} list seat by law {law}", "{n} list seats by law {law}", seats).format(
            n=number(seats), law=law_called(self.law)
        )
        return Sheet(title, [Table(columns)])

    def explain(self) -> str:
        """Return the protocol of this count, step by step, with article numbers."""
        from mazhilis_sim.counting import protocol

        return protocol.explain(self)

    def __str__(self) -> str:
        from mazhilis_sim.counting import protocol

        return protocol.table(self)


def renamed(values: Mapping[str, Kind], names: Mapping[str, str]) -> dict[str, Kind]:
    """Return values by other names."""
    return {names[party]: value for party, value in values.items()}


def fill_seats(seats: dict[str, int], candidates: dict[str, int] | None) -> tuple[dict[str, int], dict[str, int]]:
    """Leave seats of an exhausted list vacant (Article 97-1(6)): (seats filled, seats vacant)."""
    limits = candidates or {}
    filled = {party: min(won, limits.get(party, won)) for party, won in seats.items()}
    return filled, {party: won - filled[party] for party, won in seats.items() if won > filled[party]}


@dataclass(frozen=True)
class Plurality:
    """The result of one district, first past the post.

    Parameters
    ----------
    winner : str or None
        The candidate with most votes; None when several have equally many.
    margin : int
        Votes between the first and the second candidate; all votes of the only one.
    tie : tuple of str
        The candidates who share the first place, empty when one has it alone.
    """

    winner: str | None
    margin: int
    tie: tuple[str, ...] = ()


@dataclass(frozen=True, repr=False)
class Chamber(Shown, Drawn):
    """All seats of a chamber.

    Parameters
    ----------
    law : ElectoralLaw
    seats : dict of str to int
        All seats by party; ``independents`` and the appointed members last.
    list_seats, district_seats : dict of str to int
        Seats by tier.
    allocation : Allocation
        How the list seats came about.
    winners : dict of int to str
        The candidate elected in each district, by its number.
    vacant_districts : tuple of int
        Numbers of the districts whose seat nobody holds.
    """

    picture = "hemicycle"
    shows = ("law", "seats", "list_seats", "district_seats")

    law: ElectoralLaw
    seats: dict[str, int]
    list_seats: dict[str, int]
    district_seats: dict[str, int]
    allocation: Allocation
    winners: dict[int, str] = field(default_factory=dict)
    vacant_districts: tuple[int, ...] = ()

    @property
    def seed(self) -> int | None:
        """The seed of the lot between lists; None where none was drawn."""
        return self.allocation.seed

    def _sheet(self) -> Sheet:
        """Return the seats by tier, then the count of the list seats, as a page of a notebook."""
        names, tiers = Names(), {_("list"): self.list_seats, _("districts"): self.district_seats, _("seats"): self.seats}
        rows = Column(_("party"), [names[party] for party in self.seats], left=True)
        columns = [
            Column(head, [str(seats.get(party, "")) for party in self.seats]) for head, seats in tiers.items() if any(seats.values())
        ]
        seats = sum(self.seats.values())
        title = several("{n} seat by law {law}", "{n} seats by law {law}", seats).format(n=number(seats), law=law_called(self.law))
        return Sheet(title, [Table([rows, *columns]), *self.allocation._sheet().tables])

    def explain(self) -> str:
        """Return the protocol of the list seats and the winners of the districts."""
        from mazhilis_sim.counting import protocol

        return protocol.explain_chamber(self)

    def __str__(self) -> str:
        from mazhilis_sim.counting import protocol

        return protocol.chamber_table(self)
