"""Whether seats are the same at every point between two: every comparison that decides them holds at both ends, by more than rounding.

Each comparison is linear in the votes, and the votes lie on the straight line between the ends but for rounding, so that what holds
at both ends holds in between. Where that cannot be said, the search looks closer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction

from mazhilis_sim.counting.result import Allocation
from mazhilis_sim.errors import AllocationError
from mazhilis_sim.legislation.methods import QUOTA, Method, entry, resolve
from mazhilis_sim.legislation.system import ElectoralLaw, Fallback
from mazhilis_sim.votes.ballot import ListVotes

Counted = Allocation | AllocationError
Term = Callable[[ListVotes], Fraction | int]


@dataclass(frozen=True)
class Between:
    """Two ballots, and all that lie between them.

    Parameters
    ----------
    law : ElectoralLaw
    ends : pair of ListVotes
    slack : int
        Votes by which one count may be off the straight line.
    """

    law: ElectoralLaw
    ends: tuple[ListVotes, ListVotes]
    slack: int

    def positive(self, term: Term, weight: Fraction | int) -> bool:
        """Tell whether a linear term is above zero everywhere; ``weight`` is the sum of its factors without their signs."""
        return min(term(ballot) for ballot in self.ends) > self.slack * weight

    def same(self, first: Counted, last: Counted) -> bool:
        """Tell whether what the ends' counts gave is what every count between them gives."""
        if not self.same_lists_pass():
            return False
        if isinstance(first, AllocationError) or isinstance(last, AllocationError):
            return isinstance(first, AllocationError) and isinstance(last, AllocationError) and not self.passed(self.ends[0])
        if first.seats != last.seats or first.admitted != last.admitted:
            return False
        if not self.same_second(first):
            return False
        if first.fallback:
            return self.same_two_party(first, last)
        method = entry(self.law.method)
        return self.same_remainders(method, first) if method.family == QUOTA else self.same_quotients(method, first)

    # -- who is admitted -----------------------------------------------------------------------------------------------

    def passed(self, ballot: ListVotes) -> tuple[str, ...]:
        """Return the lists that reach the threshold."""
        needed = self.law.threshold * ballot.base(self.law.base)
        return tuple(party for party, votes in ballot.votes.items() if votes >= needed)

    def same_lists_pass(self) -> bool:
        """Tell whether no list crosses the threshold."""
        share, kinds = self.law.threshold, len(self.ends[0].votes) + 3
        passed = self.passed(self.ends[0])

        def above(party: str) -> Term:
            sign = 1 if party in passed else -1
            return lambda ballot: sign * (ballot.votes[party] - share * ballot.base(self.law.base))

        return all(not share or self.positive(above(party), 1 + share * kinds) for party in self.ends[0].votes)

    def same_second(self, found: Allocation) -> bool:
        """Tell whether the same lists are the largest, where that admits them."""
        passed = self.passed(self.ends[0])
        if not found.fallback and (passed or self.law.no_list_passes != "top_two"):
            return True
        out = [party for party in found.votes.votes if party not in found.admitted]
        inside = [party for party in found.admitted if party not in passed]
        return all(self.positive(difference(one, other), 2) for one in inside for other in out)

    # -- how the seats are shared out ----------------------------------------------------------------------------------

    def same_two_party(self, first: Allocation, last: Allocation) -> bool:
        """Tell whether the whole parts of the two lists stay."""
        rule, (passer,) = self.law.fallback or Fallback(), self.passed(self.ends[0])
        weights = {party: Fraction(1) if party == passer else rule.weight for party in first.admitted}
        return first.whole == last.whole and all(self.same_whole(first, party, weight) for party, weight in weights.items())

    def same_whole(self, found: Allocation, party: str, weight: Fraction | int = 1, more: int = 0) -> bool:
        """Tell whether the whole part of votes / quota stays."""
        part, unit, lists = found.whole[party], weight * (self.law.list_seats + more), found.admitted
        low = self.positive(lambda b: unit * b.votes[party] - part * total(b, lists), unit + part * len(lists))
        high = self.positive(lambda b: (part + 1) * total(b, lists) - unit * b.votes[party], unit + (part + 1) * len(lists))
        return (low or not part) and high

    def same_remainders(self, method: Method, found: Allocation) -> bool:
        """Tell whether each list's last claim stays before every other's next."""
        rounded, lists, seats = method.name == "droop", found.admitted, found.seats
        unit = self.law.list_seats + method.more

        def before(one: str, other: str) -> bool:
            ahead = seats[one] - seats[other] - 1
            rest = max(ahead, ahead * unit) if rounded else 0
            return self.positive(
                lambda b: unit * (b.votes[one] - b.votes[other]) - ahead * total(b, lists) - rest, 2 * unit + abs(ahead) * len(lists)
            )

        pairs = ((one, other) for one in lists for other in lists if one != other and seats[one])
        defined = method.more == 0 or rounded or all(self.same_whole(found, party, more=method.more) for party in lists)
        return defined and all(before(one, other) for one, other in pairs)

    def same_quotients(self, method: Method, found: Allocation) -> bool:
        """Tell whether each list's last claim stays before every other's next."""
        divisor: Callable[[int], Fraction] = resolve(method.oracle)
        seats, running = found.seats, [party for party in found.admitted if found.votes.votes[party]]

        def before(one: str, other: str) -> bool:
            mine, theirs = divisor(seats[one] - 1), divisor(seats[other])
            if not mine and not theirs:
                return self.positive(difference(one, other), 2)
            if method.squared:
                least, most = (min(b.votes[one] for b in self.ends) - self.slack, max(b.votes[other] for b in self.ends) + self.slack)
                return least > 0 and least**2 * theirs > most**2 * mine
            return self.positive(lambda b: b.votes[one] * theirs - b.votes[other] * mine, mine + theirs)

        nobody_new = all(self.positive(lambda b, party=party: b.votes[party], 1) for party in running)  # type: ignore[misc]
        pairs = ((one, other) for one in running for other in running if one != other and seats[one])
        return (nobody_new or not self.slack) and all(before(one, other) for one, other in pairs)


def total(ballot: ListVotes, lists: Iterable[str]) -> int:
    """Return the votes of some lists."""
    return sum(ballot.votes[party] for party in lists)


def difference(one: str, other: str) -> Term:
    """Return by how much one list is before another."""
    return lambda ballot: ballot.votes[one] - ballot.votes[other]
