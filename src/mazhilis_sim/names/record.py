"""The parties of the record by any of their names: ids, English, Kazakh, Russian, short and former names, in any spelling.

The names are data (``data/party_names.csv``), each with its source.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache

from mazhilis_sim.errors import VotesError
from mazhilis_sim.names.spelling import bare, unmarked, words_of
from mazhilis_sim.names.stored import read_table
from mazhilis_sim.names.words import PARTY_WORD, STEM, known_words, without, words_by_meaning

NEAR = 0.83
"""How alike two names are that one warns of, between 0 and 1: two letters of six that changed places."""
BRACKETS = re.compile(r"[()\[\]/|]")
SHORTEST, LONGEST = 5, 80
"""Letters of a name that is held against known ones: shorter ones are alike by chance, longer ones are none."""


@dataclass(frozen=True, slots=True)
class PartyName:
    """One name of a party of the record.

    Parameters
    ----------
    party : str
        Its id.
    language : str
        ``"en"``, ``"kk"`` or ``"ru"``.
    kind : str
        ``"short"``, ``"full"``, ``"former"`` or ``"abbreviation"``.
    general : bool
        Whether it is common elsewhere ("People's Party"): it then means the party beside another list of the record alone.
    name, source : str
    """

    party: str
    language: str
    kind: str
    general: bool
    name: str
    source: str


@cache
def party_names() -> tuple[PartyName, ...]:
    """Return every name on record."""
    return tuple(
        PartyName(row["party"], row["language"], row["kind"], bool(row["general"]), row["name"], row["source"])
        for row in read_table("party_names")
    )


@cache
def parties() -> tuple[str, ...]:
    """Return the ids of the parties on record."""
    return tuple(dict.fromkeys(name.party for name in party_names()))


@cache
def known_parties() -> dict[str, PartyName]:
    """Return the names on record by their bare spelling, with and without the word "party"."""
    ids = [PartyName(party, "", "id", False, party, "") for party in parties()]
    names = (*ids, *party_names())
    shortened = {key: name for name in names if (key := without(name.name, PARTY_WORD))}
    return {**shortened, **{bare(name.name): name for name in sorted(names, key=lambda name: name.general)}}


def name_on_record(text: str) -> PartyName | None:
    """Return the name on record that a text spells, or several names of one party ("Amanat / Аманат"); None for none."""
    found = spelt_alone(text)
    parts = [] if found else parts_of(text)
    names = [spelt_alone(part) for part in parts] if len(parts) > 1 else []
    one = len({name.party if name else "" for name in names}) == 1
    return found or (next((name for name in names if name and not name.general), names[0]) if one else None)


def spelt_alone(text: str) -> PartyName | None:
    """Return the name on record that a whole text spells."""
    spellings = (spelt for label in dict.fromkeys((text, unmarked(text))) for spelt in (bare(label), without(label, PARTY_WORD)))
    return next((known_parties()[spelt] for spelt in spellings if spelt in known_parties()), None)


def parts_of(text: str) -> list[str]:
    """Return what stands inside and outside of brackets, and between bars."""
    parts = BRACKETS.split(text) if len(text) <= LONGEST else []
    return [part for part in parts if bare(part)] if len(parts) > 1 else parts


def find_party(name: str) -> str | None:
    """Return the id of the party of the record that has a name; None for none.

    Parameters
    ----------
    name : str
        An id, or an English, Kazakh, Russian, short or former name, in any spelling: case, blanks, hyphens, quotes, Unicode form,
        Kazakh letters or those that stand for them, Latin and Cyrillic letters that look alike, and the word "party" do not matter.

    Returns
    -------
    str or None

    Raises
    ------
    VotesError
        For what is no text.

    Examples
    --------
    >>> import mazhilis_sim as ms
    >>> ms.find_party("Народная партия Казахстана"), ms.find_party("NUR-OTAN"), ms.find_party("«Ақ жол»"), ms.find_party("Labour")
    ('qhp', 'amanat', 'aq_jol', None)
    """
    if not isinstance(name, str):
        raise VotesError(field="the name of a party", got=name, must="be text")
    found = name_on_record(name)
    return found.party if found else None


@lru_cache(maxsize=4096)
def near(text: str) -> str:
    """Return the known name or word of no party that a text nearly spells; empty where none is near, or the text is known itself."""
    held = held_in(text)
    if held and not name_on_record(text):
        return held
    spelt = bare(text)
    known = by_first_letter().get(spelt[:1], ())
    if not SHORTEST <= len(spelt) <= LONGEST or spelt in known:
        return ""
    found = get_close_matches(spelt, known, n=1, cutoff=NEAR)
    return known_as(found[0]) if found else ""


def held_in(text: str) -> str:
    """Return a known name that stands within a text beside other words, or in a part of it; empty for none, and for common words.

    Examples
    --------
    >>> held_in("The youth of Nur Otan"), held_in("Amanat (people of Almaty)"), held_in("The People's Party")
    ('Nur Otan', 'Amanat', '')
    """
    words = words_of(text) if len(text) <= LONGEST else ()
    runs = ("".join(words[i : i + n]) for n in range(len(words), 0, -1) for i in range(len(words) - n + 1))
    within = (known_parties().get(run) for run in runs if len(run) >= SHORTEST - 1)
    return next((name.name for name in (*map(spelt_alone, parts_of(text)), *within) if name and not name.general), "")


@cache
def by_first_letter() -> dict[str, tuple[str, ...]]:
    """Return the bare spellings of all known names and words by their first letter: hardly anybody errs there."""
    known = sorted({*known_words(), *known_parties()})
    return {letter: tuple(key for key in known if key[0] == letter) for letter in {key[0] for key in known}}


def known_as(spelt: str) -> str:
    """Return how a name or a word is written, of which the bare spelling is known."""
    party = known_parties().get(spelt)
    if party:
        return party.name
    return next((word for word, _ in words_by_meaning() if bare(word) == spelt and not word.endswith(STEM)), spelt.lower())
