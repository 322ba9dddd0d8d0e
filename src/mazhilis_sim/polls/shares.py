"""The shares of a poll as published: those that count, and those that are taken out."""

from __future__ import annotations

import math
from typing import Any

from mazhilis_sim import reading
from mazhilis_sim.errors import PollError, show
from mazhilis_sim.names.reserved import AGAINST_ALL, INVALID, OTHER, UNDECIDED, refuse_no_list

REMOVED = (UNDECIDED, OTHER, INVALID)
"""Ids whose share is taken out before the rest is scaled to 1."""
LARGEST_SUM = 1.02 + 1e-9
"""Shares of lists and against all may sum to 102 %: printed numbers are rounded."""


def split_shares(shares: Any, undecided: Any, where: str) -> tuple[dict[str, float], dict[str, float]]:
    """Read the shares and take out those that are removed: (lists and against all, removed)."""
    read = read_answers(shares, undecided, where)
    named = {party: share for party, share in read.items() if party not in REMOVED}
    removed = {party: share for party, share in read.items() if party in REMOVED}
    if not any(share for party, share in named.items() if party != AGAINST_ALL):
        shown = show(read) if read else "none"
        raise PollError(field="at least one list", must="have a share above 0", got=read, shown=shown, where=where)
    refuse_sums(math.fsum(named.values()), math.fsum(removed.values()), where)
    return named, removed


def read_answers(shares: Any, undecided: Any, where: str) -> dict[str, float]:
    """Read shares by id; undecided voters stand among them or are given by name."""
    given = reading.mapping(shares, "shares", PollError, like='{"amanat": 0.54}', where=where)
    if undecided is not None and UNDECIDED in given:
        doubled = "undecided stands in the shares and is given by name as well"
        raise PollError(doubled, field=UNDECIDED, got=undecided, must="be given once", remedy="write it once", where=where)
    if undecided is not None:
        given[UNDECIDED] = undecided
    for party in given:
        refuse_no_list(party, PollError, allowed=REMOVED, where=where)
    return {party: float(reading.share(share, f"share of {show(party)}", PollError, where=where)) for party, share in given.items()}


def refuse_sums(named: float, removed: float, where: str) -> None:
    """Refuse shares that sum to too much."""
    if named > LARGEST_SUM:
        must, shown = "not exceed 102 %", f"{100 * named:.1f} %"
        raise PollError(field="shares of lists and against all", must=must, got=named, shown=shown, where=where)
    if removed >= 1:
        must, shown = "be less than 100 %", f"{100 * removed:.1f} %"
        raise PollError(field="undecided and other voters", must=must, got=removed, shown=shown, where=where)
