"""The classical rules, as short as they come: exact, slow, and sharing nothing with the package but one exception."""

from collections.abc import Callable
from fractions import Fraction

from mazhilis_sim.errors import AllocationError

PlainRule = Callable[[list[int], int], list[int]]


def largest_remainder(quota: Callable[[int, int], Fraction]) -> PlainRule:
    """Whole quotas first, then a seat each by largest remainder, round again where seats are left; ties by order."""

    def rule(votes: list[int], seats: int) -> list[int]:
        size, scale = quota(sum(votes), seats).as_integer_ratio()
        given = [v * scale // size for v in votes]
        left = seats - sum(given)
        if left < 0:
            raise AllocationError(f"the quota hands out {sum(given)} of {seats} seats")
        ranked = sorted(range(len(votes)), key=lambda party: given[party] * size - votes[party] * scale)
        for turn in range(left):
            given[ranked[turn % len(votes)]] += 1
        return given

    return rule


def divisor(squared: Callable[[int], Fraction]) -> PlainRule:
    """Seat by seat to the party with the largest votes / signpost, compared as squares; ties by order.

    A signpost of zero comes before all others, the larger party first. Parties without votes get nothing.
    """
    posts = [squared(seats).as_integer_ratio() for seats in range(200)]

    def claim_of(v: int, seats: int) -> tuple[int, int, int]:
        post, scale = posts[seats]
        return v**2 * scale, post, v

    def stronger(a: tuple[int, int, int], b: tuple[int, int, int]) -> bool:
        left, right = a[0] * b[1], b[0] * a[1]
        return left > right or (left == right and a[1] == 0 and (b[1] > 0 or a[2] > b[2]))

    def rule(votes: list[int], seats: int) -> list[int]:
        given = [0] * len(votes)
        claims = {party: claim_of(v, 0) for party, v in enumerate(votes) if v}
        for _ in range(seats):
            best, *others = claims
            for party in others:
                best = party if stronger(claims[party], claims[best]) else best
            given[best] += 1
            claims[best] = claim_of(votes[best], given[best])
        return given

    return rule


CLASSICAL: dict[str, PlainRule] = {
    "hare": largest_remainder(lambda total, seats: Fraction(total, seats)),
    "droop": largest_remainder(lambda total, seats: Fraction(total // (seats + 1) + 1)),
    "hagenbach_bischoff": largest_remainder(lambda total, seats: Fraction(total, seats + 1)),
    "imperiali": largest_remainder(lambda total, seats: Fraction(total, seats + 2)),
    "dhondt": divisor(lambda a: Fraction(a + 1) ** 2),
    "sainte_lague": divisor(lambda a: Fraction(2 * a + 1, 2) ** 2),
    "modified_sainte_lague": divisor(lambda a: Fraction(7, 10) ** 2 if a == 0 else Fraction(2 * a + 1, 2) ** 2),
    "adams": divisor(lambda a: Fraction(a) ** 2),
    "dean": divisor(lambda a: Fraction(2 * a * (a + 1), 2 * a + 1) ** 2),
    "huntington_hill": divisor(lambda a: Fraction(a * (a + 1))),
    "danish": divisor(lambda a: Fraction(3 * a + 1, 3) ** 2),
}
