"""Rules with a planted fault each, as they happen; and sound ones that look odd."""

import random
from collections.abc import Callable
from fractions import Fraction

from plain_rules import CLASSICAL, PlainRule

from mazhilis_sim.errors import AllocationError

hare, dhondt = CLASSICAL["hare"], CLASSICAL["dhondt"]


def named_alphabetically(votes: list[int], seats: int) -> list[int]:
    """Counts by name, and hands the seats back in alphabetical order of the names."""
    names = ["nur", "auyl", "birlik", "adal", *(f"list{i}" for i in range(len(votes)))][: len(votes)]
    counted = dict(zip(names, dhondt(votes, seats), strict=True))
    return [counted[name] for name in sorted(names)]


def numbered_as_text(votes: list[int], seats: int) -> list[int]:
    """Sorts the parties' numbers as text, so that 10 comes before 2."""
    counted = {str(i): given for i, given in enumerate(dhondt(votes, seats))}
    return [counted[name] for name in sorted(counted)]


def float_remainders(votes: list[int], seats: int) -> list[int]:
    """Counts remainders in floats."""
    exact = [v * seats / sum(votes) for v in votes]
    given = [int(share) for share in exact]
    order = sorted(range(len(votes)), key=lambda i: (given[i] - exact[i], i))
    for party in order[: seats - sum(given)]:
        given[party] += 1
    return given


def whole_quota(votes: list[int], seats: int) -> list[int]:
    """Rounds the quota down, as ``//`` does."""
    quota = max(1, sum(votes) // seats)
    given = [v // quota for v in votes]
    for party in sorted(range(len(votes)), key=lambda i: -(votes[i] % quota))[: max(0, seats - sum(given))]:
        given[party] += 1
    return given


def one_seat_too_many(votes: list[int], seats: int) -> list[int]:
    """Hands out the remaining seats once more when nothing is left."""
    given = hare(votes, seats)
    if all(v * seats % sum(votes) == 0 for v in votes):
        given[0] += 1
    return given


def seat_for_everyone(votes: list[int], seats: int) -> list[int]:
    """Starts with a seat for each party, votes or not."""
    if seats < len(votes):
        return hare(votes, seats)
    return [1 + more for more in hare(votes, seats - len(votes))] if seats > len(votes) else [1] * len(votes)


def largest_takes_all(votes: list[int], seats: int) -> list[int]:
    """Is no proportional rule."""
    return [seats if party == votes.index(max(votes)) else 0 for party in range(len(votes))]


def backwards(votes: list[int], seats: int) -> list[int]:
    """Gives the strongest party the seats of the weakest."""
    order = sorted(range(len(votes)), key=lambda i: votes[i])
    given = sorted(hare(votes, seats), reverse=True)
    return [given[order.index(party)] for party in range(len(votes))]


def fewer_for_even_votes(votes: list[int], seats: int) -> list[int]:
    """Loses the last vote of an odd number, and half of an even one."""
    kept = [v // 2 if v % 2 == 0 and v > 2 else v for v in votes]
    return hare(kept, seats)


def no_list_under_four_votes(votes: list[int], seats: int) -> list[int]:
    """Has a threshold in votes where a share is meant."""
    kept = [v if v >= 4 else 0 for v in votes]
    return hare(kept if any(kept) else votes, seats)


def big_house_by_hare(votes: list[int], seats: int) -> list[int]:
    """Counts small houses by D'Hondt and others by Hare."""
    return (dhondt if seats < 4 else hare)(votes, seats)


FAULTY: list[tuple[PlainRule, str]] = [
    (named_alphabetically, "anonymous"),
    (numbered_as_text, "anonymous"),
    (float_remainders, "concordant"),
    (whole_quota, "exact_sum"),
    (one_seat_too_many, "exact_sum"),
    (seat_for_everyone, "no_seat_without_votes"),
    (largest_takes_all, "lower_quota"),
    (largest_takes_all, "upper_quota"),
    (largest_takes_all, "quota"),
    (largest_takes_all, "exact"),
    (backwards, "concordant"),
    (no_list_under_four_votes, "homogeneous"),
    (fewer_for_even_votes, "vote_monotone"),
    (big_house_by_hare, "house_monotone"),
    (hare, "population_monotone"),
    (hare, "coherent"),
]
"""A rule and an axiom that it breaks; every axiom without a law stands here."""


def ties_to_the_last(votes: list[int], seats: int) -> list[int]:
    """Is Hare, with ties to the party registered last."""
    return hare(votes[::-1], seats)[::-1]


def ties_by_lot(votes: list[int], seats: int) -> list[int]:
    """Is D'Hondt, with lots drawn anew for every election and house."""
    order = list(range(len(votes)))
    random.Random(f"{votes} {seats}").shuffle(order)
    drawn = dhondt([votes[party] for party in order], seats)
    return [drawn[order.index(party)] for party in range(len(votes))]


def with_threshold(
    share: Fraction = Fraction(1, 20), *, strict: bool = False, floor: int | None = 2, weight: Fraction = Fraction(7, 10)
) -> Callable[[list[int], int], list[int]]:
    """Build Hare under a law, or under one that is a little off; no fallback where ``floor`` is None."""

    def rule(votes: list[int], seats: int) -> list[int]:
        bar, scale = share.numerator * sum(votes), share.denominator
        passed = [i for i, v in enumerate(votes) if v * scale > bar or (v * scale == bar and not strict)]
        if not passed:
            raise AllocationError("no list passes")
        given = [0] * len(votes)
        if len(passed) == 1 < len(votes) and floor is not None:
            first = passed[0]
            second = max((i for i in range(len(votes)) if i != first), key=lambda i: (votes[i], -i))
            due = int(weight * votes[second] * seats / (votes[first] + votes[second]))
            given[second] = min(seats, max(floor, due))
            given[first] = seats - given[second]
            return given
        for party, more in zip(passed, hare([votes[i] for i in passed], seats), strict=True):
            given[party] = more
        return given

    return rule
