"""Ids that stand for no list."""

AGAINST_ALL = "against_all"
INVALID = "invalid"
INDEPENDENTS = "independents"
ASSEMBLY = "assembly_of_people"
UNDECIDED, OTHER = "undecided", "other"
RESERVED = (AGAINST_ALL, INVALID)
NO_LISTS = {
    INDEPENDENTS: "reserved for candidates in districts",
    ASSEMBLY: "reserved for appointed members",
    UNDECIDED: "reserved for voters without a choice",
    OTHER: "reserved for lists lumped together, which cannot be counted as one,",
}
"""Ids that no list may have, and what they stand for."""
