"""The shares of a poll as published: those that count, and those that are taken out."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from mazhilis_sim import reading
from mazhilis_sim.errors import PollError, show
from mazhilis_sim.languages import _
from mazhilis_sim.names.entries import Entry, Ids, by_id
from mazhilis_sim.names.parties import Names
from mazhilis_sim.names.reserved import AGAINST_ALL, INVALID, OTHER, UNDECIDED
from mazhilis_sim.reading.numbers import MOST_BITS
from mazhilis_sim.tables import Column, Table, percent

OTHER_LISTS = ("base", "remove")
"""What may become of the share of lists that are not named: it stays in the base, or is taken out like undecided voters."""
SHORTFALLS = ("scaled", "undecided")
"""What may become of what the shares lack to 100 %."""
LARGEST_POWER = 10.0
"""By which undecided voters are shared out; more, and all of them go to the largest list."""
LARGEST_SUM = 1.02 + 1e-9
"""Shares of lists and against all may sum to 102 %: printed numbers are rounded."""
SMALLEST_SUM = 0.5
"""Shares and undecided voters together: what says less of its sample is no poll, or in the wrong unit."""


def split_shares(
    shares: Any, undecided: Any, other_lists: str, where: str, *, of_candidates: bool = False
) -> tuple[Ids[float], dict[str, float]]:
    """Read the shares and take out those that are removed: (lists, other lists and against all; removed)."""
    read = read_answers(shares, undecided, where, of_candidates)
    out = (UNDECIDED, INVALID, *([OTHER] if other_lists == "remove" else []))
    named = Ids({party: share for party, share in read.items() if party not in out})
    removed = {party: share for party, share in read.items() if party in out}
    if not any(named[party] for party in lists_of(named)):
        shown = show(dict(read)) if read else "none"
        raise PollError(field="at least one list", must="have a share above 0", got=read, shown=shown, where=where)
    refuse_sums(named, removed, where, 0 if of_candidates else SMALLEST_SUM)
    return named, removed


def lists_of(shares: dict[str, float]) -> tuple[str, ...]:
    """Return the ids of the lists, without against all and other lists."""
    return tuple(party for party in shares if party not in (AGAINST_ALL, OTHER))


def read_answers(shares: Any, undecided: Any, where: str, of_candidates: bool) -> Ids[float]:
    """Read shares by label; undecided voters stand among them or are given by name."""
    read = read_shares(shares, "shares", '{"amanat": 0.54}', where, of_candidates)
    if undecided is not None and UNDECIDED in read:
        doubled = "undecided stands in the shares and is given by name as well"
        raise PollError(doubled, field=UNDECIDED, got=undecided, must="be given once", remedy="write it once", where=where)
    if undecided is not None:
        read[UNDECIDED] = float(reading.share(undecided, f"share of {show(UNDECIDED)}", PollError, where=where))
    return read


def read_shares(shares: Any, field: str, like: str, where: str = "", of_candidates: bool = False) -> Ids[float]:
    """Read shares by label: parties or candidates, and reserved ids by any of their words."""
    given = reading.mapping(shares, field, PollError, like=like, where=where)
    read = {
        label: share if is_share(share) else reading.share(share, f"share of {show(label)}", PollError, where=where)
        for label, share in given.items()
    }
    if not isinstance(shares, Ids):
        read = by_id([Entry(label, share) for label, share in read.items()], "poll", PollError, where=where, of_candidates=of_candidates)
    return Ids({party: float(share) for party, share in read.items()})


def is_share(value: Any) -> bool:
    """Tell whether a value is what a share is read as."""
    return type(value) is Fraction and value.denominator.bit_length() <= MOST_BITS and 0 <= value <= 1


def refuse_sums(named: dict[str, float], removed: dict[str, float], where: str, least: float) -> None:
    """Refuse shares that sum to too much, or to too little."""
    chosen = math.fsum(share for party, share in named.items() if party != OTHER)
    if chosen > LARGEST_SUM:
        must, shown = "not exceed 102 %", f"{100 * chosen:.1f} %"
        raise PollError(field="shares of lists and against all", must=must, got=chosen, shown=shown, where=where)
    without = math.fsum(removed.values())
    if without >= 1:
        must, shown = "be less than 100 %", f"{100 * without:.1f} %"
        raise PollError(field="undecided and other voters", must=must, got=without, shown=shown, where=where)
    total = math.fsum((*named.values(), without))
    if total < least:
        must, shown = "sum to 50 % at least, undecided voters included", f"{100 * total:.3g} %"
        remedy = "give every answer of the poll, undecided=... too"
        raise PollError(field="shares", must=must, got=total, remedy=remedy, shown=shown, where=where)


def with_undecided(shares: Mapping[str, float], undecided: float, power: float) -> dict[str, float]:
    """Share undecided voters out by a power of the other shares, and scale all to a sum of 1.

    Twelve digits: the C library's power may differ in the last bit between machines, a forecast must not. No share gets none.
    """
    pull = {party: share**power if share else 0.0 for party, share in shares.items()}
    together, total = math.fsum(pull.values()), math.fsum(shares.values()) + undecided
    rounded = {party: round((share + undecided * pull[party] / together) / total, 12) for party, share in shares.items()}
    of_all = math.fsum(rounded.values())
    return {party: share / of_all for party, share in rounded.items()}


def share_table(shares: Mapping[str, float]) -> Table:
    """Return shares by party as they are shown."""
    names = Names()
    rows = Column(_("party"), [names[party] for party in shares], left=True)
    return Table([rows, Column(_("share"), [percent(share) for share in shares.values()])])
