"""Votes brought to another total, or moved by a swing: whole votes throughout.

Rounding keeps sums: votes are shared out by the largest remainder, the earlier category first where remainders are equal.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from mazhilis_sim import reading
from mazhilis_sim.errors import VotesError, show


def in_proportion(total: int, weights: Mapping[str, int | Fraction]) -> dict[str, int]:
    """Share a whole number out in proportion to weights, by the largest remainder.

    Examples
    --------
    >>> in_proportion(10, {"a": 1, "b": 1, "c": 1})
    {'a': 4, 'b': 3, 'c': 3}
    """
    if not total:
        return dict.fromkeys(weights, 0)
    quota = Fraction(total) / sum(weights.values())
    exact = {name: quota * weight for name, weight in weights.items()}
    whole = {name: int(value) for name, value in exact.items()}
    order = sorted(exact, key=lambda name: whole[name] - exact[name])
    for name in order[: total - sum(whole.values())]:
        whole[name] += 1
    return whole


def read_swing(swing: Any) -> dict[str, Fraction]:
    """Read changes of shares, in [-1, 1]."""
    given = reading.mapping(swing, "a swing", VotesError, like='{"amanat": -0.05}')
    if not given:
        raise VotesError(field="a swing", got=swing, must='name at least one change of a share, such as {"amanat": -0.05}')
    return {party: read_change(change, f"swing of {show(party)}") for party, change in given.items()}


def read_change(value: Any, field: str) -> Fraction:
    """Read the change of one share."""
    change = reading.exact(value, field, VotesError, like='-0.05 or "-5%"')
    if not -1 <= change <= 1:
        raise VotesError(field=field, got=value, must="lie in [-1, 1]", remedy='write "-5%" or -0.05 for five points less')
    return change


def swung(counts: Mapping[str, int], swing: Mapping[str, Fraction], where: str) -> dict[str, int]:
    """Change the shares of some by so many points; the others give or take in proportion to their votes."""
    swing = reading.of_known(swing, counts, "party", VotesError, where=where)
    total = sum(counts.values())
    if not total:
        return dict(counts)
    moved = {party: Fraction(counts[party], total) + change for party, change in swing.items()}
    refuse_more_than_there_is(counts, swing, moved, where)
    left, others = 1 - sum(moved.values(), Fraction(0)), total - sum(counts[party] for party in swing)
    if left < 0 or (left > 0 and not others):
        together = f"after the swing the named shares sum to {100 * float(1 - left):g} %, and the others cannot make up for it"
        raise VotesError(together, field="swing", got=dict(swing), must="leave the shares a sum of 100 %", where=where)
    return in_proportion(total, {party: moved.get(party, left * n / others if others else Fraction(0)) for party, n in counts.items()})


def refuse_more_than_there_is(counts: Mapping[str, int], swing: Mapping[str, Fraction], moved: Mapping[str, Fraction], where: str) -> None:
    """Refuse a swing that leaves a party less than nothing."""
    for party, share in moved.items():
        if share < 0:
            had = f"{100 * counts[party] / sum(counts.values()):.2f} %"
            taken = f"a swing of {100 * float(swing[party]):+g} points takes more from {show(party)} than it has, {had}"
            raise VotesError(taken, field=f"swing of {show(party)}", got=swing[party], must=f"take at most {had}", where=where)
