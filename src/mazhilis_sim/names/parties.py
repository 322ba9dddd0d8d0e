"""What to call a party: short names, for tables, in the language spoken."""

from __future__ import annotations

from collections.abc import Mapping

from mazhilis_sim.languages import ENGLISH, _, language, marked
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
    "Members elected by the Assembly of People": marked("Assembly of People"),
}
OF_NO_PARTY = {
    INDEPENDENTS: marked("Independents"),
    ASSEMBLY: marked("Assembly of People"),
    AGAINST_ALL: marked("against all"),
    OTHER: marked("other lists"),
}
ON_RECORD = (
    ("Amanat", "Аманат", "Аманат"),
    ("Nur Otan", "Нұр Отан", "Нур Отан"),
    ("JSDP", "ЖСДП", "ОСДП"),
    ("Ak Zhol", "Ақ жол", "Ак жол"),
    ("Aq Jol", "Ақ жол", "Ак жол"),
    ("Auyl", "Ауыл", "Ауыл"),
    ("Baytaq", "Байтақ", "Байтак"),
    ("People's Party", "Халық партиясы", "Народная партия"),
    ("Communists", "ҚКХП", "КНПК"),
    ("Patriots", "Қазақстан патриоттары", "Партия патриотов"),
    ("Respublica", "Respublica", "Respublica"),
    ("Adal", "Адал", "Адал"),
    ("Birlik", "Бірлік", "Бирлик"),
    ("Rukhaniyat", "Руханият", "Руханият"),
    ("Adilet", "Әділет", "Адилет"),
)
"""Of the names on record in English, Kazakh and Russian, the short ones that stand for each other; a test holds them against the record."""
OTHERWISE: Mapping[str, Mapping[str, str]] = {
    "kk": {english: kazakh for english, kazakh, _russian in ON_RECORD},
    "ru": {english: russian for english, _kazakh, russian in ON_RECORD},
}


def said(name: str) -> str:
    """Return a name as it is shown: short, and in the language spoken where it is on record or of no party."""
    short = SHORT_NAMES.get(name, name)
    if language() == ENGLISH:
        return short
    return _(short) if short in OF_NO_PARTY.values() else OTHERWISE.get(language(), {}).get(short, short)


class Names:
    """What to call a party: the short form of its name, of the one on record where no other is known, or its id.

    Parameters
    ----------
    names : mapping of str to str, optional
        Names by id, such as an election has them.
    own : mapping of str to str, optional
        Names that a user wrote, which are shown as they are.
    """

    def __init__(self, names: Mapping[str, str] | None = None, own: Mapping[str, str] | None = None) -> None:
        known = {**{name.party: name.name for name in reversed(party_names())}, **OF_NO_PARTY, **(names or {})}
        self.by_id = {**{party: said(name) for party, name in known.items()}, **(own or {})}

    def __getitem__(self, party: str) -> str:
        return self.by_id.get(party, party)

    def join(self, parties: tuple[str, ...]) -> str:
        """Name a coalition."""
        return " + ".join(self[party] for party in parties)
