"""Words that stand among parties and name none: totals, invalid ballots, voters without a choice, other lists.

The words are data (``data/words.csv``); what each meaning is among votes and among the answers of a poll stands here.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from mazhilis_sim.names.reserved import AGAINST_ALL, INVALID, OTHER, UNDECIDED
from mazhilis_sim.names.spelling import bare, unmarked, words_of
from mazhilis_sim.names.stored import read_table

TOTAL = "total"
"""What a row of totals means: no id."""
PARTY_WORD, FILLER = "party word", "filler"
"""Of words that change nothing beside others: "party" beside a name or word, "votes" and "number of" beside a word alone."""
STEM = "…"
"""What the beginning of a word ends in: a label that holds it may mean the same."""
JOINTS = re.compile(r"[/,;+&|]|\s(?:and|or|и|или|және|немесе|мен)\s", re.IGNORECASE)
"""What joins two such words in one label."""


class Meaning(NamedTuple):
    """What a word means.

    Parameters
    ----------
    votes, poll : str
        The id that it stands for among votes and in a poll; empty where it stands for none and is refused.
    what : str
        What it says, in the words of a refusal.
    write : str
        What to write instead of a word that is refused.
    """

    votes: str
    poll: str
    what: str
    write: str = ""

    @property
    def instead(self) -> str:
        """What to write for a label that may mean this."""
        ids = dict.fromkeys(id_ for id_ in (self.votes, self.poll) if id_ and id_ != TOTAL)
        return f"{f'write {next(iter(ids))}' if ids else 'leave it out'}, or give it another name where it is a list"


MEANINGS = {
    TOTAL: Meaning(TOTAL, TOTAL, "a sum"),
    "against_all": Meaning(AGAINST_ALL, AGAINST_ALL, "votes against all"),
    "invalid": Meaning(INVALID, INVALID, "invalid ballots"),
    "blank": Meaning(INVALID, "", "blank ballots or no answer", "write undecided, against_all or invalid, whichever it is"),
    "undecided": Meaning("", UNDECIDED, "voters without a choice", "nobody votes undecided; leave it out"),
    "no_vote": Meaning("", UNDECIDED, "people who do not vote", "leave it out, they are in no count"),
    "none": Meaning("", "", "against all, or no choice", "write against_all if it stood on the ballot, else undecided"),
    "other": Meaning(OTHER, OTHER, "lists lumped together"),
    "electorate": Meaning("", "", "a number of people or papers", "leave it out"),
    "figure": Meaning("", "", "a number about the others", "leave it out"),
    "missing": Meaning("", "", "a cell without a name", "write the name, or leave it out"),
    "independents": Meaning("", "", "candidates in districts", "leave it out, or give it in the votes of districts"),
    "assembly_of_people": Meaning("", "", "appointed members", "appointed members are not voted for; leave it out"),
}
"""What each meaning of the table is among votes, in a poll, and in words."""


@cache
def words_by_meaning(*meanings: str) -> tuple[tuple[str, str], ...]:
    """Return the words of the table with their meaning, of some meanings alone or of all that name a row."""
    found = ((row["word"], row["meaning"]) for row in read_table("words"))
    return tuple((word, meaning) for word, meaning in found if (meaning in meanings if meanings else meaning in MEANINGS))


@cache
def known_words() -> dict[str, str]:
    """Return the meaning of each word, by its bare spelling."""
    whole = {bare(word): meaning for word, meaning in words_by_meaning() if not word.endswith(STEM)}
    return {**{bare(id_): id_ for id_ in MEANINGS}, **whole}


@cache
def beginnings() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return a pattern of how such words begin, and what each beginning may mean."""
    stems = {" ".join(words_of(word)): meaning for word, meaning in words_by_meaning() if word.endswith(STEM)}
    return re.compile(rf"(?<!\S)(?:{'|'.join(stems)})"), stems


@cache
def pattern_of(*meanings: str) -> re.Pattern[str]:
    """Return a pattern of words that change nothing, the longest first."""
    found = {" ".join(words_of(word)) for word, _ in words_by_meaning(*meanings)}
    return re.compile(rf"(?<!\S)(?:{'|'.join(sorted(found, key=len, reverse=True))})(?!\S)")


def without(text: str, *meanings: str) -> str:
    """Return the bare spelling of a label without the words that change nothing, such as "votes" and "party"."""
    return pattern_of(*meanings).sub("", " ".join(words_of(text))).replace(" ", "")


def meanings_of(text: str) -> tuple[str, ...]:
    """Return what a label that names no party means, keys of `MEANINGS`: one, or several that it joins; none for a name.

    Examples
    --------
    >>> [meanings_of(text) for text in ("Итого голосов", "Don’t know / refused", "Жарамсыз", "others or undecided", "Amanat")]
    [('total',), ('undecided',), ('invalid',), ('other', 'undecided'), ()]
    """
    spellings = (spelt for label in dict.fromkeys((text, unmarked(text))) for spelt in (bare(label), without(label, PARTY_WORD, FILLER)))
    alone = next((known_words()[spelt] for spelt in spellings if spelt in known_words()), "")
    joined = [] if alone else JOINTS.split(text)
    parts = [part for part in joined if bare(part)] if len(joined) > 1 else []
    found = [meanings_of(part) for part in parts] if len(parts) > 1 else [(alone,)] if alone else []
    return tuple(dict.fromkeys(meaning for part in found for meaning in part)) if all(found) else ()


def meaning_of(text: str) -> str:
    """Return what a label that names no party means by one word; empty for a name, and where it joins several."""
    found = meanings_of(text)
    return found[0] if len(found) == 1 else ""


def may_mean(text: str) -> str:
    """Return what a label may mean that is no known word but holds the beginning of one; empty for nothing.

    Examples
    --------
    >>> may_mean("Недейств. бюлл."), may_mean("Those who are undecided"), may_mean("Labour")
    ('invalid', 'undecided', '')
    """
    pattern, stems = beginnings()
    found = pattern.search(" ".join(words_of(text)))
    return stems[found[0]] if found else ""
