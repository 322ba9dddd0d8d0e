"""Colours of parties: those of the record are data, told apart by every eye and in grey; others take theirs in turn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache

from mazhilis_sim.names.stored import read_table

IN_TURN = ("#0569ab", "#d15b04", "#5a1a6f", "#f4bf2a", "#36a760", "#a4021a", "#00b9ec")
"""Of parties that the record does not know."""
SHIFT = 4
"""Places by which the colours begin later in each further round."""


@cache
def on_record() -> dict[str, str]:
    """Return the colours of the parties on record."""
    return {row["party"]: row["colour"] for row in read_table("party_colours")}


def colours_of(parties: Iterable[str]) -> dict[str, str]:
    """Return a colour for each party, in their order; one that another has already only where none is left."""
    known, wanted = on_record(), list(parties)
    used = Counter(known[party] for party in wanted if party in known)
    found: dict[str, str] = {}
    for party in dict.fromkeys(wanted):
        found[party] = known.get(party) or least_used(used)
        used[found[party]] += party not in known
    return found


def least_used(used: Mapping[str, int]) -> str:
    """Return the next colour of those that fewest have; each round begins with another, so that equal ones do not stand together."""
    count = len(IN_TURN)
    return min(IN_TURN, key=lambda colour: (used[colour], (IN_TURN.index(colour) - SHIFT * used[colour]) % count))
