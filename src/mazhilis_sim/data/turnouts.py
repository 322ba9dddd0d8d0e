"""Polls where some regions vote more or less than they did: what each list has then, as the record tells how regions differ."""

from __future__ import annotations

import copy
import math
from collections.abc import Mapping
from functools import cache

from mazhilis_sim.data.elections_on_record import load_election
from mazhilis_sim.polls.collection import Polls
from mazhilis_sim.polls.poll import Poll
from mazhilis_sim.reading import Share
from mazhilis_sim.votes.election import Election

NEWEST = "2023"
"""The newest election on record, whose regions tell how they differ."""


@cache
def regional_election() -> Election:
    """Return the election whose regions are moved."""
    return load_election(NEWEST)


def polls_at_turnout(polls: Polls, turnout: Mapping[str, Share]) -> Polls:
    """Return polls as they would be with another turnout in some regions.

    The share of a list is multiplied by what those turnouts multiply its share of the votes of the newest election on record with;
    a list that did not stand then keeps its share. All are then scaled to the sum that they had.

    Parameters
    ----------
    polls : Polls
    turnout : mapping of str to float or str
        Turnout by id of the region, as for `Election.with_turnout`.

    Raises
    ------
    VotesError
        As `Election.with_turnout` does.

    Examples
    --------
    >>> import mazhilis_sim as ms
    >>> from mazhilis_sim.data.turnouts import polls_at_turnout
    >>> poll = ms.Poll({"amanat": 0.6, "auyl": 0.3, "new": 0.1}, sample_size=1000)
    >>> moved = polls_at_turnout(ms.Polls((poll,)), {"almaty_city": "60%"})
    >>> {party: round(share, 4) for party, share in moved[0].shares.items()}
    {'amanat': 0.6049, 'auyl': 0.2939, 'new': 0.1012}
    """
    if not turnout:
        return polls
    factors = moved_votes(turnout)
    return polls.only(moved(poll, factors) for poll in polls)


def moved_votes(turnout: Mapping[str, Share]) -> dict[str, float]:
    """Return by what turnouts multiply each share of the votes of the election on record."""
    before = regional_election().votes
    after = regional_election().with_turnout(turnout).votes
    return {id_: (n / after.base()) / (before.counted[id_] / before.base()) for id_, n in after.counted.items() if before.counted[id_]}


def moved(poll: Poll, factors: Mapping[str, float]) -> Poll:
    """Return a poll with its shares multiplied, and scaled to the sum that they had; what it says else, and its doubts, stay."""
    shares = {id_: share * factors.get(id_, 1.0) for id_, share in poll.shares.items()}
    scale = math.fsum(poll.shares.values()) / math.fsum(shares.values())
    other = copy.copy(poll)
    object.__setattr__(other, "shares", type(poll.shares)({id_: share * scale for id_, share in shares.items()}))
    return other
