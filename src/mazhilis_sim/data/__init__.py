"""Elections and polls on record: tidy files with provenance, and what builds objects from them."""
from mazhilis_sim.data._elections import elections, load_election
from mazhilis_sim.data._polls import load_polls
from mazhilis_sim.data._records import FileRecord, Inconsistency, inconsistencies, provenance

__all__ = [
    "FileRecord", "Inconsistency", "elections", "inconsistencies", "load_election", "load_polls", "provenance",
]
