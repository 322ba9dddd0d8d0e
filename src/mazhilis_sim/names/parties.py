"""What to call a party: short names, for tables."""

from __future__ import annotations

from collections.abc import Mapping

from mazhilis_sim.names.record import party_names
from mazhilis_sim.names.reserved import AGAINST_ALL, ASSEMBLY, INDEPENDENTS, OTHER

SHORT_NAMES = {
    "Nationwide Social Democratic Party": "JSDP",
    "Ak Zhol Democratic Party": "Ak Zhol",
    "Aq Jol Democratic Party": "Aq Jol",
    "Auyl People's Democratic Patriotic Party": "Auyl",
    "Baytaq Green Party of Kazakhstan": "Baytaq",
    "People's Party of Kazakhstan": "People's Party",
    "Communist People's Party of Kazakhstan": "Communists",
    "Party of Patriots of Kazakhstan": "Patriots",
    "Members elected by the Assembly of People": "Assembly of People",
}
OF_NO_PARTY = {INDEPENDENTS: "Independents", ASSEMBLY: "Assembly of People", AGAINST_ALL: "against all", OTHER: "other lists"}


class Names:
    """What to call a party: the short form of its name, of the one on record where no other is known, or its id."""

    def __init__(self, names: Mapping[str, str] | None = None) -> None:
        known = {**{name.party: name.name for name in reversed(party_names())}, **OF_NO_PARTY, **(names or {})}
        self.by_id = {party: SHORT_NAMES.get(name, name) for party, name in known.items()}

    def __getitem__(self, party: str) -> str:
        return self.by_id.get(party, party)

    def join(self, parties: tuple[str, ...]) -> str:
        """Name a coalition."""
        return " + ".join(self[party] for party in parties)
