"""The classical rules in fractions: quotas, divisors, and who gets the next seat. Part of the oracle, never optimised.

Sources: M. L. Balinski and H. P. Young, *Fair Representation*, second edition, Brookings 2001, Appendix A, for the divisor
rules; F. Pukelsheim, *Proportional Representation*, Springer 2014, chs. 4 and 5, for the quotas and for modified
Sainte-Laguë and the Danish divisors.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from types import MappingProxyType

QUOTAS: Mapping[str, Callable[[int, int], Fraction]] = MappingProxyType(
    {
        "hare": lambda votes, seats: Fraction(votes, seats),
        "droop": lambda votes, seats: Fraction(votes // (seats + 1) + 1),
        "hagenbach_bischoff": lambda votes, seats: Fraction(votes, seats + 1),
        "imperiali": lambda votes, seats: Fraction(votes, seats + 2),
    }
)
"""What one seat costs, of (votes of the admitted lists, seats)."""
DIVISORS: Mapping[str, Callable[[int], Fraction]] = MappingProxyType(
    {
        "dhondt": lambda s: Fraction(s + 1),
        "sainte_lague": lambda s: Fraction(2 * s + 1),
        "modified_sainte_lague": lambda s: Fraction(2 * s + 1) if s else Fraction(7, 5),
        "adams": lambda s: Fraction(s),
        "dean": lambda s: Fraction(2 * s * (s + 1), 2 * s + 1),
        "huntington_hill": lambda s: Fraction(s * (s + 1)),
        "danish": lambda s: Fraction(3 * s + 1),
    }
)
"""What the votes of a list that has s seats are divided by; of Huntington and Hill the square, to stay exact."""
Claim = tuple[bool, Fraction]


def quotient(method: str, votes: int, seats: int) -> Fraction | None:
    """Return votes / divisor of a list that has so many seats; None where the divisor is zero."""
    divisor = DIVISORS[method](seats)
    raised = Fraction(votes**2 if method == "huntington_hill" else votes)
    return raised / divisor if divisor else None


def claim(method: str, votes: int, seats: int) -> Claim:
    """Return what orders claims to the next seat: a zero divisor before all others, and there the votes."""
    found = quotient(method, votes, seats)
    return (True, Fraction(votes)) if found is None else (False, found)


def seat_by_seat(method: str, votes: Mapping[str, int], seats: int) -> dict[str, int]:
    """Give each seat to the largest claim, of equal ones to the list registered earlier; no seat without votes."""
    won = dict.fromkeys(votes, 0)
    running = [party for party in votes if votes[party]]
    for _ in range(seats):
        won[max(running, key=lambda party: claim(method, votes[party], won[party]))] += 1
    return won


def last_seats(method: str, votes: Mapping[str, int], won: Mapping[str, int]) -> tuple[tuple[str, ...], int]:
    """Return the lists with the claim that the last seat went to, and how many seats they had for it."""
    running = [party for party in votes if votes[party]]
    served = {party: claim(method, votes[party], won[party] - 1) for party in running if won[party]}
    cut = min(served.values())
    level = tuple(p for p in running if cut in (served.get(p), claim(method, votes[p], won[p])))
    return level, sum(claimed == cut for claimed in served.values())
