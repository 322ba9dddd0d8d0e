"""A count for other programs: everything as JSON, the table as CSV."""

from __future__ import annotations

from typing import Any

from mazhilis_sim.cli.counting.count import Counted
from mazhilis_sim.cli.counting.report import HEADS, CountTable
from mazhilis_sim.languages import ENGLISH, speaking

FORMAT = "mazhilis_sim count 1"


@speaking(ENGLISH)
def to_dict(counted: Counted) -> dict[str, Any]:
    """Return a count, ready for JSON: exact numbers as fractions in text."""
    a, ballot = counted.allocation, counted.election.votes
    return {
        "format": FORMAT,
        "title": counted.title,
        "law": counted.law.name,
        "votes": ballot.votes,
        "against_all": ballot.against_all,
        "other": ballot.other,
        "invalid": ballot.invalid,
        "base": a.base,
        "threshold": str(counted.law.threshold),
        "quota": str(a.quota),
        "admitted": list(a.admitted),
        "fallback": a.fallback,
        "remainders": {party: str(remainder) for party, remainder in a.remainders.items()},
        "ties": [list(tie) for tie in a.ties],
        "seats": {tier: seats for tier in HEADS if (seats := counted.seats(tier))},
        "official": counted.official,
        "notes": list(counted.notes),
        "doubts": list(counted.doubts),
    }


def rows_of(counted: Counted) -> list[dict[str, Any]]:
    """Return the rows of the table: a list or another way to a seat in each, other lists and against all at the end."""
    votes = counted.election.votes.counted
    tiers = {tier: seats for tier in HEADS if (seats := counted.seats(tier))}
    return [
        {"party": party, "votes": votes.get(party), **{f"{tier}_seats": seats.get(party) for tier, seats in tiers.items()}}
        for party in CountTable(counted).rows
    ]
