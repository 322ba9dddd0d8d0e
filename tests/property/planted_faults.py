"""The law once more in plain integers, right or with one fault, and the kernel itself with one.

That is what a comparison must be able to tell apart.
"""

from __future__ import annotations

import importlib
import sys
from fractions import Fraction
from importlib.resources import files
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import numba
import pytest

import mazhilis_sim as ms
from mazhilis_sim.kernels.borrowing import Lent
from mazhilis_sim.kernels.cpu import methods

FAULTS = {
    "strict threshold": "neighbours",
    "rounded percentages": "neighbours",
    "base without against all": "neighbours",
    "tie to the last": "small",
    "float remainders": "small",
    "one passer takes all": "small",
    "remainders compete in a fallback": "dominated",
    "floor of one": "dominated",
    "weight forgotten": "dominated",
    "second by order": "dominated",
    "one seat too many": "large",
    "quota with against all": "large",
}
"""Each fault, and the kind of elections that must find it."""


def count(law: ms.ElectoralLaw, votes: list[int], against_all: int, fault: str = "") -> list[int]:
    """Count one election by the law with its default base; a fault changes one step."""
    base = sum(votes) + against_all * (fault != "base without against all")
    passed = [reaches(v, base, law.threshold, fault) for v in votes]
    admitted = {i for i, on in enumerate(passed) if on}
    fallback = len(admitted) == 1 and law.fallback is not None and len(votes) > 1 and fault != "one passer takes all"
    if not admitted:
        admitted = set(range(len(votes))) if law.no_list_passes == "all" else set(first_two(votes, set()))
    elif fallback:
        admitted |= {next_in_votes(votes, admitted, fault)}
    total = sum(votes[i] for i in admitted) + against_all * (fault == "quota with against all")
    if fallback and law.fallback:
        return two_party(law, law.fallback, votes, passed.index(True), admitted, total, fault)
    return largest_remainders([v if i in admitted else 0 for i, v in enumerate(votes)], law.list_seats, total, fault, admitted)


def reaches(votes: int, base: int, threshold: Fraction, fault: str) -> bool:
    """Tell whether a list is admitted."""
    if fault == "rounded percentages":
        return round(votes / base, 4) >= float(threshold)
    needed = threshold * base
    return votes > needed if fault == "strict threshold" else votes >= needed


def next_in_votes(votes: list[int], without: set[int], fault: str) -> int:
    """Return the list with most votes of the others, the earlier one of equals."""
    others = [i for i in range(len(votes)) if i not in without]
    return others[0] if fault == "second by order" else max(others, key=lambda i: votes[i])


def first_two(votes: list[int], without: set[int]) -> list[int]:
    """Return the two lists with most votes, or the only one."""
    first = next_in_votes(votes, without, "")
    return [first, next_in_votes(votes, {first}, "")] if len(votes) > 1 else [first]


def two_party(
    law: ms.ElectoralLaw, rule: ms.Fallback, votes: list[int], first: int, admitted: set[int], total: int, fault: str
) -> list[int]:
    """Hand out the seats of a fallback."""
    (second,) = admitted - {first}
    weight = Fraction(1) if fault == "weight forgotten" else rule.weight
    whole = int(weight * votes[second] * law.list_seats / total)
    floor = 1 if fault == "floor of one" else rule.floor
    if fault == "remainders compete in a fallback":
        quotas = {first: Fraction(votes[first] * law.list_seats, total), second: weight * votes[second] * law.list_seats / total}
        if quotas[second] % 1 > quotas[first] % 1 and int(quotas[first]) + whole < law.list_seats:
            whole += 1
    won = min(law.list_seats, max(whole, floor))
    seats = [0] * len(votes)
    seats[first], seats[second] = law.list_seats - won, won
    return seats


def largest_remainders(votes: list[int], seats: int, total: int, fault: str, admitted: set[int]) -> list[int]:
    """Hand out the seats by largest remainder."""
    won = [v * seats // total for v in votes]
    left = seats - sum(won) + (fault == "one seat too many")
    rest: dict[int, float | int]
    if fault == "float remainders":
        rest = {i: votes[i] / (total / seats) - won[i] for i in admitted}
    else:
        rest = {i: votes[i] * seats % total for i in admitted}
    order = sorted(admitted, reverse=fault == "tie to the last")
    for i in sorted(order, key=lambda i: -rest[i])[:left]:
        won[i] += 1
    return won


# -- the project's own kernel with a fault -----------------------------------------------------------------------------


class Planted(NamedTuple):
    """A fault in the kernel: what stands there, what stands there with the fault, and the elections that must find it."""

    right: str
    wrong: str
    kind: str
    method: str = "hare"


IN_THE_KERNEL = {
    "strict threshold": Planted(") >= needed[lane]", ") > needed[lane]", "neighbours"),
    "base without against all": Planted("base[lane] += extra[begin + np.uint64(lane)]", "base[lane] += 0", "neighbours"),
    "remainder competes in a fallback": Planted(
        "wanted = with_floor(weighted, rules)",
        "wanted = with_floor(weighted + (rules.weight_num * votes[second, lane] * rules.seats % (rules.weight_den * total[lane])"
        " > rules.weight_den * (votes[first, lane] * rules.seats % total[lane])), rules)",
        "dominated",
    ),
    "floor of one": Planted("> rules.floor else np.int64(rules.floor)", "> 1 else np.int64(1)", "dominated"),
    "tie to the last": Planted("return whole(orders - 1 - order)", "return whole(order)", "small"),
    "float remainders": Planted(
        "rest = whole(np.int64(votes) * np.int64(seats) - np.int64(estimate) * np.int64(total))",
        "rest = whole((np.float32(votes) * np.float32(seats) / np.float32(total) - np.float32(estimate)) * np.float32(total))",
        "small",
    ),
    "remainders to two decimals": Planted(
        "rest = whole(np.int64(votes) * np.int64(seats) - np.int64(estimate) * np.int64(total))",
        "rest = whole(np.int64((votes * np.float64(seats) / total - estimate) * 100) * np.int64(total) // 100)",
        "large",
    ),
    "one seat too few": Planted("(key[row, lane] >= served[lane])", "(key[row, lane] > served[lane])", "large"),
    "one seat too many": Planted("left[lane] = seats if voted", "left[lane] = seats + 1 if voted", "large"),
}
"""The faults that a hurried hand might write into ``kernels``."""
BEHIND_THE_SEATS = {
    "a tie of neighbours untold": Planted("whole(0) <= whole(one ^ other)", "whole(1) < whole(one ^ other)", "small"),
    "ties of fallbacks told": Planted("flags[lane] = (flags[lane] & ~TIE) | EXCESS", "flags[lane] = flags[lane] | EXCESS", "dominated"),
    "a tie for the first place told": Planted("level(second, third, orders", "level(first, second, orders", "small"),
    "the second place without a tie": Planted("SECOND_TIE * (level", "0 * (level", "dominated"),
    "no weight in the second list's whole part": Planted("whole[second, lane] = weighted", "whole[second, lane] += 0", "dominated"),
    "excess where the floor just fits": Planted("wanted > rules.seats", "wanted >= rules.seats", "dominated"),
    "an order of registration too long": Planted("while (np.int64(1) << bits) < k:", "while (np.int64(1) << bits) <= k:", "small"),
    "lots for more than those at the cut": Planted("(ranked[row, lane] == cut)", "(ranked[row, lane] >= cut)", "small", "droop"),
    "a seat at the cut taken for certain": Planted("whole[i, lane] = s - mine", "whole[i, lane] = s", "small", "dhondt"),
}
"""Faults in what the kernel tells beside the seats, which stay right: ties, events, whole parts, ranks, and what lots are drawn for."""

PLANTED = "planted_kernels"


def kernel_with(fault: Planted | None, folder: Path) -> ModuleType:
    """Load the kernels that count once more, with a fault or without one, as plain Python; they are written into a folder."""
    kernels = Path(str(files("mazhilis_sim.kernels")))
    found = 0
    for path in (*kernels.rglob("*.py"), *kernels.rglob("*.pyi")):
        source = path.read_text(encoding="utf-8").replace("mazhilis_sim.kernels", PLANTED)
        if fault is not None:
            found += source.count(fault.right)
            source = source.replace(fault.right, fault.wrong)
        place = folder / PLANTED / path.relative_to(kernels)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(source, encoding="utf-8")
    assert fault is None or found == 1, f"{fault.right!r} stands {found} times in the kernels, not once: plant the fault anew"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(numba.config, "DISABLE_JIT", 1)
        patch.syspath_prepend(folder)
        for name in [name for name in sys.modules if name.partition(".")[0] == PLANTED]:
            patch.delitem(sys.modules, name)
        planted = importlib.import_module(f"{PLANTED}.cpu.count")
        other = importlib.import_module(f"{PLANTED}.cpu.methods")
        lending: Any = importlib.import_module(f"{PLANTED}.borrowing")
    lending.Lent = Lent  # numbers are lent by the right kernels
    other.LOOPS.update({methods.Quota: other.quota_lanes, methods.Divisor: other.divisor_lanes})  # laws are packed by the right kernels
    return planted
