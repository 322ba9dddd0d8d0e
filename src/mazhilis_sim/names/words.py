"""Words that stand among parties and name none: totals, invalid ballots, voters without a choice, other lists.

The words are data (``data/words.csv``); what each meaning is among votes and among the answers of a poll stands here.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from mazhilis_sim.names.reserved import AGAINST_ALL, INVALID, OTHER, UNDECIDED
from mazhilis_sim.names.spelling import bare, words_of
from mazhilis_sim.names.stored import read_table

TOTAL = "total"
"""What a row of totals means: no id."""
FILLER = "filler"
"""Of words that may stand beside such a word and change nothing: votes, ballots, parties."""
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


MEANINGS = {
    TOTAL: Meaning(TOTAL, TOTAL, "a sum"),
    "against_all": Meaning(AGAINST_ALL, AGAINST_ALL, "votes against all"),
    "invalid": Meaning(INVALID, INVALID, "invalid ballots"),
    "blank": Meaning(INVALID, "", "blank ballots or no answer", "write undecided, against_all or invalid, whichever it is"),
    "undecided": Meaning("", UNDECIDED, "voters without a choice", "nobody votes undecided; leave it out"),
    "no_vote": Meaning("", UNDECIDED, "people who do not vote", "leave it out, they are in no count"),
    "none": Meaning("", "", "against all, or no choice", "write against_all if it stood on the ballot, else undecided"),
    "other": Meaning(OTHER, OTHER, "lists lumped together"),
    "several": Meaning("", "", "several things at once", "give each of them by itself"),
    "electorate": Meaning("", "", "a number of people or papers", "leave it out"),
    "independents": Meaning("", "", "candidates in districts", "leave it out, or give it in the votes of districts"),
    "assembly_of_people": Meaning("", "", "appointed members", "appointed members are not voted for; leave it out"),
}
"""What each meaning of the table is among votes, in a poll, and in words."""


@cache
def known_words() -> dict[str, str]:
    """Return the meaning of each word, by its bare spelling."""
    ids = {bare(id_): id_ for id_ in MEANINGS}
    return {**ids, **{bare(row["word"]): row["meaning"] for row in read_table("words") if row["meaning"] != FILLER}}


@cache
def fillers() -> re.Pattern[str]:
    """Return a pattern of the words that change nothing, the longest first."""
    found = {" ".join(words_of(row["word"])) for row in read_table("words") if row["meaning"] == FILLER}
    return re.compile(rf"(?<!\S)(?:{'|'.join(sorted(found, key=len, reverse=True))})(?!\S)")


def without_fillers(text: str) -> str:
    """Return the bare spelling of a label without the words that change nothing, such as "votes" and "party"."""
    return fillers().sub("", " ".join(words_of(text))).replace(" ", "")


def meaning_of(text: str) -> str:
    """Return the meaning of a label that names no party: a key of `MEANINGS`; empty for a name.

    A label that joins several of them ("Don't know / refused") has the meaning that all of them share, or "several".

    Examples
    --------
    >>> [meaning_of(text) for text in ("Итого голосов", "Don’t know / refused", "Жарамсыз", "others or undecided", "Amanat")]
    ['total', 'undecided', 'invalid', 'several', '']
    """
    alone = known_words().get(bare(text)) or known_words().get(without_fillers(text), "")
    parts = [] if alone else [part for part in JOINTS.split(text) if bare(part)]
    if len(parts) < 2:
        return alone
    found = [meaning_of(part) for part in parts]
    return "" if not all(found) else found[0] if len(set(found)) == 1 else "several"
