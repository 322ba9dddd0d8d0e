"""One election counted in a row of an array, so that what a test says of one count is held of both ways to count."""

from __future__ import annotations

import re
import secrets
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np

import mazhilis_sim as ms
from kernel_numbers import Numbers, by_kernel
from mazhilis_sim.counting.many import FEW, count_table, largest_base
from mazhilis_sim.kernels.borrowing import lent
from mazhilis_sim.kernels.steps.events import FALLBACK, SECOND_TIE
from random_elections import Elections


def count_in_arrays(
    law: ms.ElectoralLaw, votes: dict[str, int], against_all: Any = None, *, invalid: Any = None, candidates: Any = None, seed: Any = None
) -> ms.Allocation:
    """Return an allocation with the numbers of the compiled path, or raise its refusal with the lists named.

    What lanes do not hold, such as the quotients of a divisor rule, is the oracle's.
    """
    names, seed = list(votes), secrets.randbits(53) if seed is None else seed
    try:
        (won,) = ms.allocate_many(law, [[*votes.values()]], against_all, invalid=invalid, seed=seed).tolist()
    except ms.AllocationError as error:
        words = re.sub(r"column (\d+)", lambda found: names[int(found[1])], str(error).removeprefix("row 0: "))
        raise ms.AllocationError(words) from None
    limits = {**dict(zip(names, won, strict=True)), **(candidates or {})}
    seats = {name: min(seats, limits[name]) for name, seats in zip(names, won, strict=True)}
    told = ms.allocate(law, votes, against_all, invalid=invalid, candidates=candidates, seed=seed)
    return replace(told, seats=seats, **in_lanes(law, names, told.votes))


def in_lanes(law: ms.ElectoralLaw, names: list[str], ballot: ms.ListVotes) -> dict[str, Any]:
    """Return what the lanes hold of a count, in the words of an allocation."""
    if callable(law.method) or largest_base(law, len(names)) < FEW:  # not counted in lanes
        return {}
    row = ([*ballot.votes.values()], ballot.against_all or 0, ballot.invalid or 0)
    elections = Elections(law, *(np.array([each]) for each in row))
    extra = {"valid": elections.against_all, "parties": elections.against_all * 0, "cast": elections.against_all + elections.invalid}
    counter = count_table(law, elections.votes, extra[law.base])
    found = by_kernel(elections, lent(counter.lanes), 0)
    admitted = [name for name, code in zip(names, found.admitted, strict=True) if code]
    told = {"base": int(counter.base[0]), "admitted": tuple(admitted), "fallback": bool(found.flags & FALLBACK)}
    return {**told, **(by_hare(law, names, found) if law.method == "hare" else {}), **ties(names, found)}


def by_hare(law: ms.ElectoralLaw, names: list[str], found: Numbers) -> dict[str, Any]:
    """Return quota, whole parts and remainders of the law's own method."""
    shared = [place for place, code in enumerate(found.admitted) if code]
    whole = {"quota": Fraction(found.total, law.list_seats), "whole": {names[place]: (found.whole or [])[place] for place in shared}}
    rest = {names[place]: Fraction(number, found.total) for place, number in (found.remainders or {}).items()}
    return {**whole, "remainders": rest} if rest else whole


def ties(names: list[str], found: Numbers) -> dict[str, Any]:
    """Return the tie at the last seat; one for the second place, of which lanes have the flag alone, is the oracle's."""
    if found.flags & SECOND_TIE:
        return {}
    level, seats = found.contested or ([], 0)
    return {"ties": (tuple(names[place] for place in level),) if level else (), "tie_seats": (seats,) if level else ()}
