"""The classical rules in fractions: quotas, divisors, and who gets the next seat. Part of the oracle, never optimised.

Each stands under its name in `mazhilis_sim.legislation.methods`, which is where a rule is entered.

Sources: M. L. Balinski and H. P. Young, *Fair Representation*, second edition, Brookings 2001, Appendix A, for the divisor
rules; F. Pukelsheim, *Proportional Representation*, Springer 2014, chs. 4 and 5, for the quotas and for modified
Sainte-Laguë and the Danish divisors.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TypeAlias

from mazhilis_sim.legislation.methods import Method, resolve

Claim: TypeAlias = tuple[bool, Fraction]

# -- quotas: what one seat costs, of the votes of the admitted lists and the seats ---------------------------------------


def hare(votes: int, seats: int) -> Fraction:
    """Votes per seat: the first electoral quotient of Article 97-1."""
    return Fraction(votes, seats)


def droop(votes: int, seats: int) -> Fraction:
    """Fewest whole votes that no more lists than there are seats can have."""
    return Fraction(votes // (seats + 1) + 1)


def hagenbach_bischoff(votes: int, seats: int) -> Fraction:
    """Votes per seat and one more, not rounded."""
    return Fraction(votes, seats + 1)


def imperiali(votes: int, seats: int) -> Fraction:
    """Votes per seat and two more."""
    return Fraction(votes, seats + 2)


# -- divisors: what the votes of a list that has s seats are divided by --------------------------------------------------


def dhondt(s: int) -> Fraction:
    """1, 2, 3."""
    return Fraction(s + 1)


def sainte_lague(s: int) -> Fraction:
    """1, 3, 5."""
    return Fraction(2 * s + 1)


def modified_sainte_lague(s: int) -> Fraction:
    """1.4, 3, 5."""
    return Fraction(2 * s + 1) if s else Fraction(7, 5)


def adams(s: int) -> Fraction:
    """0, 1, 2."""
    return Fraction(s)


def dean(s: int) -> Fraction:
    """Harmonic means of s and s + 1."""
    return Fraction(2 * s * (s + 1), 2 * s + 1)


def huntington_hill(s: int) -> Fraction:
    """Geometric means of s and s + 1, as squares, to stay exact."""
    return Fraction(s * (s + 1))


def danish(s: int) -> Fraction:
    """1, 4, 7."""
    return Fraction(3 * s + 1)


# -- who gets the next seat ----------------------------------------------------------------------------------------------


def quotient(method: Method, votes: int, seats: int) -> Fraction | None:
    """Return votes / divisor of a list that has so many seats; None where the divisor is zero."""
    divisor = resolve(method.oracle)(seats)
    raised = Fraction(votes**2 if method.squared else votes)
    return raised / divisor if divisor else None


def claim(method: Method, votes: int, seats: int) -> Claim:
    """Return what orders claims to the next seat: a zero divisor before all others, and there the votes."""
    found = quotient(method, votes, seats)
    return (True, Fraction(votes)) if found is None else (False, found)


def seat_by_seat(method: Method, votes: Mapping[str, int], seats: int) -> dict[str, int]:
    """Give each seat to the largest claim, of equal ones to the list registered earlier; no seat without votes."""
    won = dict.fromkeys(votes, 0)
    claims = {party: claim(method, votes[party], 0) for party in votes if votes[party]}
    for _ in range(seats):
        next_one = max(claims, key=claims.__getitem__)
        won[next_one] += 1
        claims[next_one] = claim(method, votes[next_one], won[next_one])
    return won


def last_seats(method: Method, votes: Mapping[str, int], won: Mapping[str, int]) -> tuple[tuple[str, ...], int]:
    """Return the lists with the claim that the last seat went to, and how many seats they had for it."""
    running = [party for party in votes if votes[party]]
    served = {party: claim(method, votes[party], won[party] - 1) for party in running if won[party]}
    cut = min(served.values())
    level = tuple(p for p in running if cut in (served.get(p), claim(method, votes[p], won[p])))
    return level, sum(claimed == cut for claimed in served.values())
