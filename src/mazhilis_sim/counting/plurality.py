"""One district, first past the post."""

from __future__ import annotations

from typing import Any

from mazhilis_sim.counting.result import Plurality
from mazhilis_sim.errors import VotesError
from mazhilis_sim.names.reserved import AGAINST_ALL, INVALID
from mazhilis_sim.reading import counts


def plurality(votes: Any) -> Plurality:
    """Decide one district, first past the post.

    Parameters
    ----------
    votes : mapping of str to int
        Votes by candidate; ``against_all`` and ``invalid`` may stand in it and are no candidates.

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
    named = counts(votes, "votes", VotesError)
    ballot = {name: number for name, number in named.items() if name not in (AGAINST_ALL, INVALID)}
    if not any(ballot.values()):
        shown = "zero for all" if ballot else "none"
        raise VotesError(field="votes", got=votes, must="hold at least one vote for a candidate", shown=shown)
    ranked = sorted(ballot, key=lambda name: -ballot[name])
    most = ballot[ranked[0]]
    level = tuple(name for name in ballot if ballot[name] == most)
    if len(level) > 1:
        return Plurality(None, 0, level)
    return Plurality(ranked[0], most - (ballot[ranked[1]] if len(ranked) > 1 else 0))
