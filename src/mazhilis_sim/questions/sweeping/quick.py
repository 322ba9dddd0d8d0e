"""The seats of lists that are admitted, for many sizes of a chamber at once; held against the oracle by the tests.

Where the law says more than the order of the lists (lots, an error at a tie, the two-party rule, a rule of one's own), the oracle is
asked each time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from mazhilis_sim.counting.exact import share_out, two_party
from mazhilis_sim.counting.lots import Urn
from mazhilis_sim.counting.rules import claim
from mazhilis_sim.legislation.electoral_law import ElectoralLaw
from mazhilis_sim.legislation.methods import QUOTA, Method, entry, resolve


def seats_by_size(law: ElectoralLaw, votes: Mapping[str, int], passed: tuple[str, ...], sizes: Sequence[int], urn: Urn) -> Iterator[object]:
    """Yield the seats of the admitted lists for each number of list seats, or the error that there is instead.

    Parameters
    ----------
    law : ElectoralLaw
    votes : mapping of str to int
        Of the admitted lists, in the order of registration.
    passed : tuple of str
        Those that reach the threshold where the two-party rule applies, else empty.
    sizes : sequence of int
        Growing.
    urn : Urn
    """
    plain = law.ties == "order" and not callable(law.method) and not passed
    if plain and entry(law.method).family == QUOTA:
        yield from (by_remainders(entry(law.method), votes, size) or by_oracle(law, votes, passed, size, urn) for size in sizes)
    elif plain:
        yield from by_quotients(entry(law.method), votes, sizes)
    else:
        yield from (by_oracle(law, votes, passed, size, urn) for size in sizes)


def by_oracle(law: ElectoralLaw, votes: Mapping[str, int], passed: tuple[str, ...], size: int, urn: Urn) -> object:
    """Share out by the oracle."""
    from mazhilis_sim.errors import AllocationError

    sized = law.replace(list_seats=size)
    try:
        return (two_party(sized, dict(votes), passed) if passed else share_out(sized, dict(votes), urn)).won
    except AllocationError as error:
        return error


def by_remainders(method: Method, votes: Mapping[str, int], seats: int) -> dict[str, int] | None:
    """Share out by largest remainders in whole numbers; None where the quota hands out too many."""
    quota: Fraction = resolve(method.oracle)(sum(votes.values()), seats)
    parts = {party: divmod(number * quota.denominator, quota.numerator) for party, number in votes.items()}
    left = seats - sum(whole for whole, _ in parts.values())
    if left < 0:
        return None
    rounds, left = divmod(left, len(votes))
    gained = sorted(parts, key=lambda party: -parts[party][1])[:left]
    return {party: whole + rounds + (party in gained) for party, (whole, _) in parts.items()}


def by_quotients(method: Method, votes: Mapping[str, int], sizes: Sequence[int]) -> Iterator[dict[str, int]]:
    """Give seat after seat to the largest claim, and stop at each size: a rule of divisors never takes one back."""
    won = dict.fromkeys(votes, 0)
    claims = {party: claim(method, votes[party], 0) for party in votes if votes[party]}
    given = 0
    for size in sizes:
        while given < size:
            first = max(claims, key=claims.__getitem__)
            won[first] += 1
            given += 1
            claims[first] = claim(method, votes[first], won[first])
        yield dict(won)
