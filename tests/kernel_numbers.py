"""Every number of a count, by the kernel's lanes and by the oracle: whole parts, remainders and their ranks, cuts, ties, flags, seats."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

import mazhilis_sim as ms
from mazhilis_sim.counting import exact
from mazhilis_sim.counting.lots import Urn
from mazhilis_sim.counting.many import pack_rules
from mazhilis_sim.kernels.borrowing import lent
from mazhilis_sim.kernels.cpu.lanes import FEW_CLAIMS, Lanes, narrowed, new_lanes
from mazhilis_sim.kernels.steps import events
from mazhilis_sim.legislation.methods import METHODS, QUOTA
from random_elections import Elections


class Numbers(NamedTuple):
    """The numbers of one election; those that a method or the two-party rule has none of are None."""

    passed: int
    admitted: list[int]
    total: int
    flags: int
    whole: list[int] | None
    remainders: dict[int, int] | None
    ranks: list[int] | None
    served: list[int] | None
    contested: tuple[list[int], int] | None
    seats: list[int]


# -- by the oracle -------------------------------------------------------------------------------------------------------


def by_oracle(elections: Elections, row: int) -> Numbers | None:
    """Return the numbers of one row in fractions; None where the law has no result."""
    law, votes = elections.law, elections.votes[row].tolist()
    ballot = ms.ListVotes(dict(zip(map(str, range(len(votes))), votes, strict=True)), *(int(part[row]) for part in elections[2:]))
    try:
        a = exact.count(law, ballot, Urn(0))
    except ms.AllocationError:
        return None
    reached = [v >= law.threshold * a.base for v in votes]
    shared = [i for i in range(len(votes)) if str(i) in a.admitted]
    total = sum(votes[i] for i in shared)
    by_hare = law.method == "hare" and not a.fallback
    rest = {i: a.remainders[str(i)] * total for i in shared} if by_hare else None
    ranks = sorted(shared, key=lambda i: (-rest[i], i)) if rest else None
    left = law.list_seats - sum(a.whole.values())
    return Numbers(
        sum(reached),
        [(1 if reached[i] else 2) if i in shared else 0 for i in range(len(votes))],
        total,
        flags_of(a, any(reached)),
        whole_of(a, len(votes)),
        {i: r.numerator for i, r in rest.items() if r.denominator == 1} if rest else None,
        ranks,
        sorted(ranks[:left]) if ranks else None,
        next(((sorted(map(int, group)), n) for group, n in zip(a.ties, a.tie_seats, strict=True) if set(group) <= set(a.admitted)), None),
        list(a.seats.values()),
    )


def flags_of(a: ms.Allocation, anybody_passed: bool) -> int:
    """Say in the kernel's flags what an allocation tells."""
    within = [set(group) <= set(a.admitted) for group in a.ties]
    found = (
        events.FALLBACK * a.fallback
        | events.TIE * any(within)
        | events.SECOND_TIE * (not all(within))
        | events.NO_LIST * (not anybody_passed)
    )
    if a.fallback and a.law.fallback:
        first, second = sorted(a.admitted, key=lambda party: -a.votes.votes[party])
        found |= events.EXCESS * (a.whole[first] + max(a.whole[second], a.law.fallback.floor) > a.law.list_seats)
    return found


def whole_of(a: ms.Allocation, k: int) -> list[int] | None:
    """Return whole parts, with what full rounds add to them; a divisor rule has none."""
    if not a.whole:
        return None
    rounds = 0 if a.fallback else max(a.law.list_seats - sum(a.whole.values()), 0) // len(a.admitted)
    more = 0 if a.law.method == "hare" else rounds
    return [a.whole[str(i)] + more if str(i) in a.admitted else 0 for i in range(k)]


# -- by the kernel -------------------------------------------------------------------------------------------------------


def lanes_of(elections: Elections, count_lanes: Callable[..., Any], wide: bool) -> Lanes:
    """Count all rows side by side, in lanes of 32 bits where they hold them unless wide ones are asked for."""
    law, k = elections.law, elections.votes.shape[1]
    extra = {"valid": elections.against_all, "parties": 0, "cast": elections.against_all + elections.invalid}[law.base]
    base = elections.votes.sum(axis=1) + extra
    rules, whole = narrowed(pack_rules(law), k, 2**62 if wide else int(base.max()))
    lanes: Lanes = lent(new_lanes(k, len(base), whole))
    count_lanes(np.ascontiguousarray(elections.votes.T.astype(whole)), base.astype(whole), rules, lanes)
    return lanes


def by_kernel(elections: Elections, lanes: Lanes, lane: int) -> Numbers:
    """Return the numbers in one lane."""
    law, k = elections.law, elections.votes.shape[1]
    fallback = bool(lanes.flags[lane] & events.FALLBACK)
    admitted = lanes.admitted[:, lane].tolist()
    claims = {int(i): int(lanes.key[row, lane]) for row, i in enumerate(lanes.active[: active_rows(lanes)]) if admitted[i]}
    shift = next(bits for bits in range(7) if 1 << bits >= k)
    rows, by_size = active_rows(lanes), sorted(claims.values(), reverse=True)
    ranked = lanes.ranked[1 : rows + 1, lane].tolist() if rows > FEW_CLAIMS else by_size  # else ``served`` alone tells of the sorting
    by_hare = law.method == "hare" and not fallback
    has_whole = fallback or METHODS[law.method_name].family == QUOTA
    tie = bool(lanes.flags[lane] & events.TIE)
    return Numbers(
        int(lanes.passed[lane]),
        admitted,
        int(lanes.total[lane]),
        int(lanes.flags[lane]),
        lanes.whole[:, lane].tolist() if has_whole else None,
        {i: claim >> shift for i, claim in claims.items()} if by_hare else None,
        [(1 << shift) - 1 - (claim & ((1 << shift) - 1)) for claim in ranked if claim in by_size] if by_hare else None,
        sorted(i for i, claim in claims.items() if claim >= lanes.served[lane]) if by_hare else None,
        contested(lanes, claims, shift, lane) if tie else None,
        lanes.seats[:, lane].tolist(),
    )


def active_rows(lanes: Lanes) -> int:
    """Return how many lists are admitted in any lane: the rows of claims follow them."""
    return int((lanes.admitted != 0).any(axis=1).sum())


def contested(lanes: Lanes, claims: dict[int, int], shift: int, lane: int) -> tuple[list[int], int]:
    """Return the lists at the cut, and the seats that they have beyond those that are certain: what a lot is drawn for."""
    level = sorted(i for i, claim in claims.items() if claim >> shift == int(lanes.served[lane]) >> shift)
    return level, int(sum(lanes.seats[i, lane] - lanes.whole[i, lane] for i in level))


# -- side by side --------------------------------------------------------------------------------------------------------


def first_other_number(elections: Elections, count_lanes: Callable[..., Any], wide: bool = True, told: list[Numbers] | None = None) -> str:
    """Describe the first number that kernel and oracle have differently; empty when there is none.

    The oracle's numbers are added to ``told``.
    """
    lanes = lanes_of(elections, count_lanes, wide)
    for row in range(len(elections.votes)):
        expected = by_oracle(elections, row)
        if expected is None:
            continue
        if told is not None:
            told.append(expected)
        found = by_kernel(elections, lanes, row)
        for name, mine, theirs in zip(Numbers._fields, found, expected, strict=True):
            if mine != theirs:
                return f"{name} of votes {elections.votes[row].tolist()}: {theirs} by the oracle, {mine} by the kernel"
    return ""
