"""What the labels of one input mean: parties of the record, reserved ids, totals, what is refused, or names of their own.

Every door that takes labels (mappings, files, frames, polls) asks here: `read_labels` for labels alone, such as the columns of a
table, and `mazhilis_sim.names.entries.by_id` for labels with numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from mazhilis_sim.errors import MazhilisError, show
from mazhilis_sim.names.record import name_on_record, near, parties
from mazhilis_sim.names.regions import find_region, near_region
from mazhilis_sim.names.spelling import LONGEST, spelling
from mazhilis_sim.names.words import MEANINGS, TOTAL, may_mean, meanings_of

Among = Literal["votes", "poll"]
"""Where labels stand: among the votes of an election, or among the answers of a poll."""
PARTY, RESERVED, SUM, REFUSED, OWN = "party", "reserved", "total", "refused", "own"
"""Kinds of labels."""


@dataclass(frozen=True, slots=True)
class Label:
    """What a label means.

    Parameters
    ----------
    text : str
        As it is written.
    kind : str
        ``"party"``: a party of the record; ``"reserved"``: an id that stands for no list; ``"total"``: a row of sums, never a
        party; ``"refused"``: no party, but which reserved id it means is not certain, or it has none; ``"own"``: a name unknown
        to the record.
    id : str
        The id to use: of the party, the reserved one, or the text itself.
    general : str
        The party whose name this is as well, where the text is common elsewhere and nothing else in the input is of the record.
    """

    text: str
    kind: str
    id: str
    general: str = ""

    @property
    def spelling(self) -> str:
        """What all spellings of one name have in common; of a party of the record its id."""
        return self.id if self.kind == PARTY else spelling(self.text)

    def refusal(self, error: type[MazhilisError], where: str = "") -> MazhilisError:
        """Build the error for a label that is no list: what it says, and what to write."""
        meanings = meanings_of(self.text)
        if not meanings:
            likely = MEANINGS[may_mean(self.text)]
            return self.refused(error, f"may stand for {likely.what}", likely.instead, where)
        what = " and ".join(MEANINGS[meaning].what for meaning in meanings)
        remedy = MEANINGS[meanings[0]].write if len(meanings) == 1 else "give each of them by itself"
        return self.refused(error, f"stands for {what} and cannot be a list", remedy, where)

    def refused(self, error: type[MazhilisError], says: str, remedy: str, where: str) -> MazhilisError:
        """Build an error that says what this label means."""
        return error(f"{show(self.text)} {says}", field=self.text, got=self.text, must="be a list", remedy=remedy, where=where)


def read_labels(texts: Iterable[str], among: Among) -> list[Label]:
    """Tell what the labels of one input mean; nothing is refused here.

    A name that is common elsewhere ("People's Party") means the party of the record beside another list of it alone, so labels of
    one input are read together.

    Parameters
    ----------
    texts : iterable of str
    among : {"votes", "poll"}

    Returns
    -------
    list of Label
        In their order.

    Examples
    --------
    >>> [(label.kind, label.id) for label in read_labels(["Аманат", "People's Party", "Final", "Others", "Total"], "votes")]
    [('party', 'amanat'), ('party', 'qhp'), ('own', 'Final'), ('reserved', 'other'), ('total', 'Total')]
    >>> read_labels(["People's Party", "Labour"], "votes")[0]
    Label(text="People's Party", kind='own', id="People's Party", general='qhp')
    """
    labels = [read_label(text, among) for text in texts]
    if not any(label.general for label in labels):
        return labels
    of_record = any(label.kind == PARTY for label in labels)
    return [Label(label.text, PARTY, label.general) if label.general and of_record else label for label in labels]


@lru_cache(maxsize=2**16)
def read_label(text: str, among: Among) -> Label:
    """Tell what one label means by itself."""
    if text in parties():
        return Label(text, PARTY, text)
    if len(text) > LONGEST:
        return Label(text, OWN, text)
    meanings = meanings_of(text)
    if meanings:
        return of_no_party(text, meanings, among)
    found = name_on_record(text)
    if found and not found.general:
        return Label(text, PARTY, found.party)
    if not found and may_mean(text):
        return Label(text, REFUSED, text)
    return Label(text, OWN, text, found.party if found else "")


def of_no_party(text: str, meanings: Iterable[str], among: Among) -> Label:
    """Tell what a label means that names no party; one that joins several words where all of them stand for one id."""
    ids = {MEANINGS[meaning].votes if among == "votes" else MEANINGS[meaning].poll for meaning in meanings}
    id_ = ids.pop() if len(ids) == 1 else ""
    kind = SUM if id_ == TOTAL else RESERVED if id_ else REFUSED
    return Label(text, kind, id_ if kind == RESERVED else text)


def match(text: str, known: Sequence[str]) -> str | None:
    """Return the one of some known ids that a text spells, by name or by another spelling of the id; None for none.

    Examples
    --------
    >>> match("Aq Jol", ["amanat", "aq_jol"]), match("list-A", ["List A", "List B"]), match("Auyl", ["amanat"])
    ('aq_jol', 'List A', None)
    """
    if text in known:
        return text
    found = name_on_record(text)
    if found and found.party in known:
        return found.party
    alike = [id_ for id_ in known if spelling(id_) == spelling(text)]
    if len(alike) == 1:
        return alike[0]
    region = find_region(text)
    return region if region in known else None


def nearest(text: str, known: Sequence[str]) -> str:
    """Return the one of some known ids whose name a text nearly spells, in any language; empty for none.

    Examples
    --------
    >>> nearest("Аманад", ["amanat", "aq_jol"]), nearest("Костанаи", ["kostanay", "abai"]), nearest("Auyl", ["amanat"])
    ('amanat', 'kostanay', '')
    """
    party = name_on_record(near(text) or text)
    meant = (party.party if party else "", near_region(text) or "")
    return next((id_ for id_ in meant if id_ in known), "")
