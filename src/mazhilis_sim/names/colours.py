"""Colours of parties: those of the record are data, told apart by every eye and in grey; others take theirs in turn."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from mazhilis_sim.names.stored import read_table

IN_TURN = ("#0569ab", "#d15b04", "#5a1a6f", "#f4bf2a", "#36a760", "#a4021a", "#00b9ec")
"""Of parties that the record does not know."""


@cache
def on_record() -> dict[str, str]:
    """Return the colours of the parties on record."""
    return {row["party"]: row["colour"] for row in read_table("party_colours")}


def colours_of(parties: Iterable[str]) -> dict[str, str]:
    """Return a colour for each party, in their order."""
    known, turn = on_record(), 0
    found: dict[str, str] = {}
    for party in parties:
        found[party] = known.get(party) or IN_TURN[turn % len(IN_TURN)]
        turn += party not in known
    return found
