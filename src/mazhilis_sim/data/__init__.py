"""Elections and polls on record: tidy files with provenance, and what builds objects from them."""

from mazhilis_sim.data.contradictions import FileRecord, Inconsistency, inconsistencies, provenance
from mazhilis_sim.data.elections_on_record import elections, load_election
from mazhilis_sim.data.polls_on_record import load_polls

__all__ = ["FileRecord", "Inconsistency", "elections", "inconsistencies", "load_election", "load_polls", "provenance"]
