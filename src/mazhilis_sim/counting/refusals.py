"""Valid votes that have no result in the law, or none that the user wants: what is said."""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias

from mazhilis_sim.errors import AllocationError, LawChange
from mazhilis_sim.legislation.electoral_law import ElectoralLaw
from mazhilis_sim.tables import decimal, list_names, plural, short_percent

Tie: TypeAlias = tuple[tuple[str, ...], int]
"""Lists with equal claims, and the number of seats that they share."""
DECIDED_BY = {"no_list": "no_list_passes", "tie": "ties", "second_tie": "second_place_tie", "excess": "floor_excess"}
"""Events of a count on which the law is silent, and the field of the law that may call each an error."""
ANOTHER_METHOD = LawChange("method", ("hare",), after="or another method")


def no_list_passes(law: ElectoralLaw, most: int) -> AllocationError:
    """Say that no list passed, and what to choose; ``most`` votes are those of the largest list."""
    needed = f"the threshold of {short_percent(law.threshold)} of the base"
    return AllocationError(
        f"no list reached {needed}, and the law defines no result for that",
        field="votes of the largest list",
        got=most,
        must=f"reach {needed}",
        remedy=LawChange("no_list_passes", ("top_two", "all")),
    )


def second_place_shared(level: tuple[str, ...], votes: int) -> AllocationError:
    """Say who shares the second place."""
    return AllocationError(
        f'{list_names(level)} share the second place with {votes:,} votes each, and the law says second_place_tie="error"',
        field="second place",
        got=level,
        must="be of one list",
        remedy=LawChange("second_place_tie", ("order",)),
    )


def compete(what: str, level: tuple[str, ...], seats: int) -> AllocationError:
    """Say who competes for the last seats with equal remainders or quotients."""
    return AllocationError(
        f'equal {what} of {list_names(level)} compete for {plural(seats, "seat")}, and the law says ties="error"',
        field=what,
        got=level,
        must="differ at the last seat",
        remedy=LawChange("ties", ("order", "lots")),
    )


def too_many(law: ElectoralLaw, quota: Fraction, given: int) -> AllocationError:
    """Say that a quota hands out more seats than there are."""
    return AllocationError(
        f"the quota {law.method} of {decimal(quota, 2)} votes hands out {plural(given, 'seat')} and there are {law.list_seats:,}",
        field=f"quota {law.method}",
        got=quota,
        must=f"hand out at most {plural(law.list_seats, 'seat')}",
        remedy=ANOTHER_METHOD,
    )


def too_many_in(law: ElectoralLaw, over: int, n_draws: int) -> AllocationError:
    """Say in how many draws a quota hands out more seats than there are."""
    return AllocationError(
        f"in {over:,} of {n_draws:,} draws the quota {law.method_name} hands out more than {plural(law.list_seats, 'seat')}",
        field="method",
        got=law.method_name,
        must="hand out no more seats than there are",
        remedy=ANOTHER_METHOD,
    )


def floor_too_many(law: ElectoralLaw, whole: int) -> AllocationError:
    """Say that the floor leaves the first list less than its whole part."""
    floor = law.fallback.floor if law.fallback else 0
    sums = f"the floor of {plural(floor, 'seat')} and the whole part {whole} exceed {plural(law.list_seats, 'seat')}"
    return AllocationError(
        f'{sums}, and the law says floor_excess="error"',
        field="floor and whole part",
        got=floor + whole,
        must=f"be at most {plural(law.list_seats, 'seat')}",
        remedy=LawChange("floor_excess", ("floor",)),
    )
