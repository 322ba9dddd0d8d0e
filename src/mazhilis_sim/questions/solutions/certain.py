"""Which seats are possible between two points: a comparison that holds at both ends, by more than rounding, holds in between.

Each comparison of claims is linear in the votes, and the votes lie on the straight line between the ends but for rounding. Where all
comparisons hold, the seats are those of the ends. Where those that do not are all of one list's last seat, or all of one list's next
seat, and its last but one comes surely before, or its next but one surely after, that one seat alone may have moved. Where more is open,
the search looks closer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from mazhilis_sim.counting.exact import admit, is_two_party, share_out, two_party
from mazhilis_sim.counting.lots import Urn
from mazhilis_sim.errors import AllocationError
from mazhilis_sim.legislation.electoral_law import ElectoralLaw, Fallback
from mazhilis_sim.legislation.methods import QUOTA, Method, entry, resolve
from mazhilis_sim.votes.ballot import ListVotes

Term = Callable[[ListVotes], Fraction | int]


@dataclass(frozen=True)
class Forced:
    """A count in which just some lists pass.

    Parameters
    ----------
    passed, admitted : tuple of str
    fallback : bool
    whole, seats : dict of str to int
        Whole parts of the admitted lists, where there are any; seats of all.
    """

    passed: tuple[str, ...]
    admitted: tuple[str, ...]
    fallback: bool
    whole: dict[str, int]
    seats: dict[str, int]


def counted(law: ElectoralLaw, ballot: ListVotes, passed: tuple[str, ...], urn: Urn) -> Forced:
    """Count by the oracle as if just these lists passed."""
    fallback = is_two_party(law, ballot.votes, passed)
    admitted, _ = admit(law, ballot.votes, passed, fallback)
    votes = {party: ballot.votes[party] for party in admitted}
    found = two_party(law, votes, passed) if fallback else share_out(law, votes, urn)
    return Forced(passed, admitted, fallback, found.whole, {party: found.won.get(party, 0) for party in ballot.votes})


@dataclass(frozen=True)
class Between:
    """Two ballots, and all that lie between them.

    Parameters
    ----------
    law : ElectoralLaw
    ends : pair of ListVotes
    slack : int
        Votes by which one count may be off the straight line.
    urn : Urn
        What draws lots.
    """

    law: ElectoralLaw
    ends: tuple[ListVotes, ListVotes]
    slack: int
    urn: Urn

    def positive(self, term: Term, weight: Fraction | int) -> bool:
        """Tell whether a linear term is above zero everywhere; ``weight`` is the sum of its factors without their signs."""
        return min(term(ballot) for ballot in self.ends) > self.slack * weight

    def possible(self) -> list[dict[str, int]] | None:
        """Return every allocation that a count between the ends may give; none where none is defined, None where more is open."""
        sure, near = self.passing()
        if len(near) > 1:
            return None
        found: list[dict[str, int]] = []
        for passed in ({*sure}, {*sure, *near}) if near else ({*sure},):
            allocations = self.with_passed(tuple(party for party in self.ends[0].votes if party in passed))
            if allocations is None:
                return None
            found += allocations
        return found

    def with_passed(self, passed: tuple[str, ...]) -> list[dict[str, int]] | None:
        """Return what is possible where just these lists pass."""
        try:
            found = counted(self.law, self.ends[0], passed, self.urn)
        except AllocationError:
            return None if passed or self.law.no_list_passes != "error" else []
        if not self.same_second(found):
            return None
        if found.fallback:
            return [found.seats] if self.same_two_party(found) else None
        return self.with_one_seat_open(found)

    def with_one_seat_open(self, found: Forced) -> list[dict[str, int]] | None:
        """Return the allocation, and those with its last seat elsewhere where that is open."""
        method, seats = entry(self.law.method), found.seats
        rule = Remainders(self, method, found.admitted) if method.family == QUOTA else Quotients(self, method)
        running = [party for party in found.admitted if rule.runs(found, party)]
        if not rule.defined(found):
            return None
        pairs = [(one, other) for one in running for other in running if one != other and seats[one]]
        open_ = [(one, other) for one, other in pairs if not rule.before(one, seats[one] - 1, other, seats[other])]
        if open_ and not one_moves(rule, running, seats, open_):
            return None
        return [seats, *({**seats, one: seats[one] - 1, other: seats[other] + 1} for one, other in open_)]

    # -- who is admitted -----------------------------------------------------------------------------------------------

    def passing(self) -> tuple[list[str], list[str]]:
        """Return the lists that surely pass, and those that may."""
        share, sure, near = self.law.threshold, list[str](), list[str]()
        weight = 1 + share * (len(self.ends[0].votes) + 3)
        for party in self.ends[0].votes:
            over = [ballot.votes[party] - share * ballot.base(self.law.base) for ballot in self.ends]
            if min(over) - self.slack * weight >= 0 or not share:
                sure.append(party)
            elif max(over) + self.slack * weight >= 0:
                near.append(party)
        return sure, near

    def same_second(self, found: Forced) -> bool:
        """Tell whether the same lists are the largest, where that admits them."""
        passed = found.passed
        if not found.fallback and (passed or self.law.no_list_passes != "top_two"):
            return True
        out = [party for party in self.ends[0].votes if party not in found.admitted]
        inside = [party for party in found.admitted if party not in passed]
        return all(self.positive(difference(one, other), 2) for one in inside for other in out)

    # -- how the seats are shared out ----------------------------------------------------------------------------------

    def same_two_party(self, found: Forced) -> bool:
        """Tell whether the whole parts of the two lists stay."""
        rule = self.law.fallback or Fallback()
        weights = {party: Fraction(1) if party in found.passed else rule.weight for party in found.admitted}
        return all(self.same_whole(found, party, weight) for party, weight in weights.items())

    def same_whole(self, found: Forced, party: str, weight: Fraction | int = 1, more: int = 0) -> bool:
        """Tell whether the whole part of votes / quota stays."""
        part, unit, lists = found.whole[party], weight * (self.law.list_seats + more), found.admitted
        low = self.positive(lambda b: unit * b.votes[party] - part * total(b, lists), unit + part * len(lists))
        high = self.positive(lambda b: (part + 1) * total(b, lists) - unit * b.votes[party], unit + (part + 1) * len(lists))
        return (low or not part) and high


def one_moves(rule: Remainders | Quotients, running: list[str], seats: Mapping[str, int], open_: Iterable[tuple[str, str]]) -> bool:
    """Tell whether one seat moves at most, where those pairs of a list's last seat and another's next one are open.

    That is so where one list alone may give, and surely keeps its last but one, or one alone may take, and surely takes no second.
    """
    givers, takers = ({pair[place] for pair in open_} for place in (0, 1))
    pairs = [(one, other) for one in running for other in running if one != other]
    keeps = (rule.before(one, seats[one] - 2, other, seats[other]) for one, other in pairs if one in givers and seats[one] > 1)
    takes = (rule.before(one, seats[one] - 1, other, seats[other] + 1) for one, other in pairs if other in takers and seats[one])
    return (len(givers) == 1 and all(keeps)) or (len(takers) == 1 and all(takes))


@dataclass(frozen=True)
class Remainders:
    """Claims of largest remainders: votes / quota less the seats that a list has."""

    between: Between
    method: Method
    lists: tuple[str, ...]

    @property
    def rounded(self) -> bool:
        """Whether the quota is, as Droop's."""
        return self.method.name == "droop"

    def runs(self, _found: Forced, _party: str) -> bool:
        """Tell whether a list has claims: each has."""
        return True

    def defined(self, found: Forced) -> bool:
        """Tell whether the quota surely hands out no more seats than there are."""
        sure = self.method.more == 0 or self.rounded
        return sure or all(self.between.same_whole(found, party, more=self.method.more) for party in self.lists)

    def before(self, one: str, held: int, other: str, has: int) -> bool:
        """Tell whether one list's claim with so many seats surely comes before another's."""
        unit, ahead = self.between.law.list_seats + self.method.more, held - has
        rest = max(ahead, ahead * unit) if self.rounded else 0
        return self.between.positive(
            lambda b: unit * (b.votes[one] - b.votes[other]) - ahead * total(b, self.lists) - rest, 2 * unit + abs(ahead) * len(self.lists)
        )


@dataclass(frozen=True)
class Quotients:
    """Claims of divisor rules: votes / divisor."""

    between: Between
    method: Method

    def runs(self, found: Forced, party: str) -> bool:
        """Tell whether a list has claims: where it has votes."""
        return party in found.admitted and any(ballot.votes[party] for ballot in self.between.ends)

    def defined(self, found: Forced) -> bool:
        """Tell whether each list surely has votes, or has none."""
        return all(self.has_votes(party) or not self.runs(found, party) for party in found.admitted)

    def has_votes(self, party: str) -> bool:
        """Tell whether a list surely has votes."""
        return self.between.positive(lambda ballot: ballot.votes[party], 1)

    def before(self, one: str, held: int, other: str, has: int) -> bool:
        """Tell whether one list's claim with so many seats surely comes before another's."""
        divisor: Callable[[int], Fraction] = resolve(self.method.oracle)
        mine, theirs = divisor(held), divisor(has)
        if not mine and not theirs:
            return self.between.positive(difference(one, other), 2)
        if self.method.squared:
            least = min(b.votes[one] for b in self.between.ends) - self.between.slack
            most = max(b.votes[other] for b in self.between.ends) + self.between.slack
            return least > 0 and least**2 * theirs > most**2 * mine
        return self.between.positive(lambda b: b.votes[one] * theirs - b.votes[other] * mine, mine + theirs)


def total(ballot: ListVotes, lists: Iterable[str]) -> int:
    """Return the votes of some lists."""
    return sum(ballot.votes[party] for party in lists)


def difference(one: str, other: str) -> Term:
    """Return by how much one list is before another."""
    return lambda ballot: ballot.votes[one] - ballot.votes[other]
