"""Coalitions of parties: how many win by one member, counted exactly or drawn by lot, and the smallest that win."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

Counts = dict[tuple[int, int], int]
"""Coalitions by (seats, members)."""


class Share(NamedTuple):
    """The power of one party, as shares of all power: exact fractions, or floats where it was sampled or averaged."""

    banzhaf: Fraction | float
    shapley_shubik: Fraction | float


@dataclass(frozen=True)
class Found:
    """The power of those that have seats."""

    banzhaf: Mapping[str, Fraction | float]
    shapley_shubik: Mapping[str, Fraction | float]
    swings: Mapping[str, int]
    errors: Mapping[str, tuple[float, float]] = field(default_factory=dict)


def states(seats: Mapping[str, int]) -> int:
    """Return how many numbers the exact count may hold: coalitions, or sums of seats by members, whichever are fewer; each party twice."""
    return min(1 << len(seats), (sum(seats.values()) + 1) * len(seats)) * len(seats)


# -- exactly -----------------------------------------------------------------------------------------------------------


def by_generating_functions(seats: Mapping[str, int], majority: int) -> Found:
    """Count coalitions by seats and members once, take each party out in turn, and see where it makes the difference."""
    losing = sorted(item for item in all_coalitions(seats).items() if item[0][0] < majority)
    alike = {won: critical_sizes(without(losing, won), won, majority) for won in set(seats.values())}
    critical = {party: alike[won] for party, won in seats.items()}
    swings = {party: sum(sizes.values()) for party, sizes in critical.items()}
    total, n = sum(swings.values()), len(seats)
    orders = {party: sum(number * orders_after(members, n) for members, number in sizes.items()) for party, sizes in critical.items()}
    every = math.factorial(n)
    return Found({p: Fraction(swings[p], total) for p in seats}, {p: Fraction(orders[p], every) for p in seats}, swings)


def all_coalitions(seats: Mapping[str, int]) -> Counts:
    """Multiply (1 + members x seats) over the parties."""
    counts: Counts = {(0, 0): 1}
    for won in seats.values():
        joined = dict(counts)
        for (held, members), number in counts.items():
            key = (held + won, members + 1)
            joined[key] = joined.get(key, 0) + number
        counts = joined
    return counts


def without(losing: Sequence[tuple[tuple[int, int], int]], won: int) -> Counts:
    """Divide by the factor of one party: the losing coalitions of the others, of those of all by growing seats."""
    others: Counts = {}
    for (held, members), number in losing:
        left = number - others.get((held - won, members - 1), 0)
        if left:
            others[held, members] = left
    return others


def critical_sizes(others: Counts, won: int, majority: int) -> dict[int, int]:
    """Count by members the coalitions that lose and win with the party."""
    sizes: dict[int, int] = {}
    for (held, members), number in others.items():
        if held + won >= majority:
            sizes[members] = sizes.get(members, 0) + number
    return sizes


def orders_after(before: int, n: int) -> int:
    """Return in how many orders of all one party comes after so many given ones and before the rest."""
    return math.factorial(before) * math.factorial(n - before - 1)


# -- by lot ------------------------------------------------------------------------------------------------------------


def by_sampling(seats: Mapping[str, int], majority: int, samples: int, seed: int) -> Found:
    """Draw coalitions for Banzhaf and orders for Shapley and Shubik; standard errors with both."""
    source, pivots = random.Random(seed), dict.fromkeys(seats, 0)
    swings, together, numbers = dict.fromkeys(seats, 0), dict.fromkeys(seats, 0), [0, 0]
    for _ in range(samples):
        drawn = swinging(seats, majority, source)
        numbers = [numbers[0] + len(drawn), numbers[1] + len(drawn) ** 2]
        for party in drawn:
            swings[party] += 1
            together[party] += len(drawn)
        pivots[pivot(seats, majority, source)] += 1
    banzhaf, orders = {party: swings[party] / max(1, numbers[0]) for party in seats}, {party: pivots[party] / samples for party in seats}
    errors = {}
    for party in seats:
        spread = swings[party] - 2 * banzhaf[party] * together[party] + banzhaf[party] ** 2 * numbers[1]  # of a ratio of two sums
        of_orders = math.sqrt(orders[party] * (1 - orders[party]) / samples)
        errors[party] = (math.sqrt(max(0.0, spread)) / max(1, numbers[0]), of_orders)
    return Found(banzhaf, orders, swings, errors)


def swinging(seats: Mapping[str, int], majority: int, source: random.Random) -> list[str]:
    """Draw a coalition; return the parties that make the difference between winning and losing, in it or out of it."""
    inside = source.getrandbits(len(seats))
    members = {party: bool(inside >> place & 1) for place, party in enumerate(seats)}
    held = sum(won for party, won in seats.items() if members[party])
    return [party for party, won in seats.items() if (held - won < majority <= held if members[party] else held < majority <= held + won)]


def pivot(seats: Mapping[str, int], majority: int, source: random.Random) -> str:
    """Draw an order; return the party that brings the majority."""
    order, held = list(seats), 0
    source.shuffle(order)
    for party in order:
        held += seats[party]
        if held >= majority:
            return party
    return order[-1]


# -- the smallest that win ---------------------------------------------------------------------------------------------


def minimal_winning(seats: Mapping[str, int], majority: int) -> Iterator[tuple[str, ...]]:
    """Yield the coalitions that win, and lose without any one member: those with the largest parties first."""
    ranked = sorted((party for party in seats if seats[party]), key=lambda party: -seats[party])
    rest = [0] * (len(ranked) + 1)
    for place in reversed(range(len(ranked))):
        rest[place] = rest[place + 1] + seats[ranked[place]]
    stack: list[tuple[int, int, tuple[str, ...]]] = [(0, 0, ())]
    while stack:
        place, held, members = stack.pop()
        if held >= majority:
            yield members  # the last to join is the smallest, and without it they lost
        elif held + rest[place] >= majority:
            stack.append((place + 1, held, members))
            stack.append((place + 1, held + seats[ranked[place]], (*members, ranked[place])))
