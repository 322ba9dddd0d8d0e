"""One district, first past the post."""

from __future__ import annotations

from typing import Any

from mazhilis_sim.counting.result import Plurality
from mazhilis_sim.errors import DataWarning, VotesError, warn
from mazhilis_sim.names.entries import Entry, refuse_labels, without_totals
from mazhilis_sim.names.labels import OWN, Label, read_label
from mazhilis_sim.names.reserved import INDEPENDENTS
from mazhilis_sim.names.words import meaning_of, meanings_of
from mazhilis_sim.reading import counts


def plurality(votes: Any) -> Plurality:
    """Decide one district, first past the post.

    Parameters
    ----------
    votes : mapping of str to int
        Votes by candidate. ``against_all`` and ``invalid``, by any of their words, may stand in it and are no candidates; so may
        a total, which is left out.

    Returns
    -------
    Plurality
        With winner None when several candidates share the first place: the law calls a repeat vote.

    Raises
    ------
    VotesError
        When the votes are no votes, or none is for a candidate.

    Examples
    --------
    >>> import mazhilis_sim as ms
    >>> ms.plurality({"x": 10, "y": 7, "z": 3})
    Plurality(winner='x', margin=3, tie=())
    """
    ballot = candidates_in(counts(votes, "votes", VotesError))
    if not any(ballot.values()):
        shown = "zero for all" if ballot else "none"
        raise VotesError(field="votes", got=votes, must="hold at least one vote for a candidate", shown=shown)
    ranked = sorted(ballot, key=lambda name: -ballot[name])
    most = ballot[ranked[0]]
    level = tuple(name for name in ballot if ballot[name] == most)
    if len(level) > 1:
        return Plurality(None, 0, level)
    return Plurality(ranked[0], most - (ballot[ranked[1]] if len(ranked) > 1 else 0))


def candidates_in(votes: dict[str, int]) -> dict[str, int]:
    """Return the votes of the candidates, who keep their names; a name that stands for none is left out, or refused."""
    entries = [Entry(name, number) for name, number in votes.items()]
    pairs = [(entry, of_candidate(entry.label)) for entry in entries]
    refuse_labels(pairs, VotesError, "")
    for total in without_totals(pairs, "votes", VotesError):
        warn(total, DataWarning)
    return {entry.label: entry.value for entry, label in pairs if label.kind == OWN}


def of_candidate(name: str) -> Label:
    """Tell what the name of a candidate means: parties and independents may stand for theirs."""
    if not meanings_of(name) or meaning_of(name) == INDEPENDENTS:
        return Label(name, OWN, name)
    return read_label(name, "votes")
