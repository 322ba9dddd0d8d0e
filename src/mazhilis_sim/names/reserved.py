"""Ids that stand for no list."""

from __future__ import annotations

from collections.abc import Container

from mazhilis_sim.errors import MazhilisError

AGAINST_ALL = "against_all"
INVALID = "invalid"
INDEPENDENTS = "independents"
ASSEMBLY = "assembly_of_people"
UNDECIDED, OTHER = "undecided", "other"
RESERVED = (AGAINST_ALL, INVALID, OTHER)
"""Ids that stand among votes and are no list."""
RESERVED_IN_FILES = (*RESERVED, UNDECIDED)
"""Ids that stand among the parties of a file and are no list."""
NO_LISTS = {
    INDEPENDENTS: "reserved for candidates in districts",
    ASSEMBLY: "reserved for appointed members",
    UNDECIDED: "reserved for voters without a choice",
    OTHER: "reserved for lists lumped together, which cannot be counted as one,",
}
"""Ids that no list may have, and what they stand for."""


def refuse_no_list(id: str, error: type[MazhilisError], *, allowed: Container[str] = (), where: str = "") -> None:
    """Refuse an id that no list may have."""
    if id in NO_LISTS and id not in allowed:
        raise error(f"{id!r} is {NO_LISTS[id]} and cannot be a list", field=id, must="not be the id of a list", where=where)
