"""Ids that stand for no list."""

from __future__ import annotations

AGAINST_ALL = "against_all"
INVALID = "invalid"
INDEPENDENTS = "independents"
ASSEMBLY = "assembly_of_people"
UNDECIDED, OTHER = "undecided", "other"
RESERVED = (AGAINST_ALL, INVALID, OTHER)
"""Ids that stand among votes and are no list."""
RESERVED_IN_FILES = (*RESERVED, UNDECIDED)
"""Ids that stand among the parties of a file and are no list."""
