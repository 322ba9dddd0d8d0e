"""One election counted in a row of an array, so that what a test says of one count is held of both ways to count."""

from __future__ import annotations

import re
import secrets
from dataclasses import replace
from typing import Any

import mazhilis_sim as ms


def count_in_arrays(
    law: ms.ElectoralLaw, votes: dict[str, int], against_all: Any = None, *, invalid: Any = None, candidates: Any = None, seed: Any = None
) -> ms.Allocation:
    """Return an allocation with the seats of the compiled path, or raise its refusal with the lists named."""
    names, seed = list(votes), secrets.randbits(53) if seed is None else seed
    try:
        (won,) = ms.allocate_many(law, [[*votes.values()]], against_all, invalid=invalid, seed=seed).tolist()
    except ms.AllocationError as error:
        words = re.sub(r"column (\d+)", lambda found: names[int(found[1])], str(error).removeprefix("row 0: "))
        raise ms.AllocationError(words) from None
    limits = {**dict(zip(names, won, strict=True)), **(candidates or {})}
    seats = {name: min(seats, limits[name]) for name, seats in zip(names, won, strict=True)}
    told = ms.allocate(law, votes, against_all, invalid=invalid, candidates=candidates, seed=seed)
    return replace(told, seats=seats)
