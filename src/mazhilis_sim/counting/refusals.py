"""Valid votes that have no result in the law, or none that the user wants: what is said. For the oracle and the kernels alike.

``where`` begins the error, such as ``"row 3: "``.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias

from mazhilis_sim.errors import AllocationError
from mazhilis_sim.legislation.system import ElectoralLaw
from mazhilis_sim.tables import decimal, list_names, short_percent

Tie: TypeAlias = tuple[tuple[str, ...], int]
"""Lists with equal claims, and the number of seats that they share."""


def no_list_passes(law: ElectoralLaw, where: str = "") -> AllocationError:
    """Say that no list passed, and what to choose."""
    return AllocationError(
        f"{where}no list reached the threshold of {short_percent(law.threshold)} of the base, and the law defines no result for that; "
        'choose law.replace(no_list_passes="top_two") or "all"'
    )


def second_place_shared(level: tuple[str, ...], votes: int, where: str = "") -> AllocationError:
    """Say who shares the second place."""
    return AllocationError(
        f'{where}{list_names(level)} share the second place with {votes:,} votes each, and the law says second_place_tie="error"'
    )


def compete(what: str, level: tuple[str, ...], seats: int, where: str = "") -> AllocationError:
    """Say who competes for the last seats."""
    return AllocationError(
        f'{where}equal {what} of {list_names(level)} compete for {seats} seat{"s" * (seats != 1)}, and the law says ties="error"'
    )


def too_many(law: ElectoralLaw, quota: Fraction, given: int, where: str = "") -> AllocationError:
    """Say that a quota hands out more seats than there are."""
    return AllocationError(
        f"{where}the quota {law.method} of {decimal(quota, 2)} votes hands out {given} seats and there are "
        f'{law.list_seats}; choose law.replace(method="hare") or another method'
    )


def floor_too_many(law: ElectoralLaw, whole: int, where: str = "") -> AllocationError:
    """Say that the floor leaves the first list less than its whole part."""
    floor = law.fallback.floor if law.fallback else 0
    return AllocationError(
        f'{where}the floor of {floor} seats and the whole part {whole} exceed {law.list_seats} seats, and the law says floor_excess="error"'
    )
