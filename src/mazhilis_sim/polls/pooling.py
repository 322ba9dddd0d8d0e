"""Several polls pooled into one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from mazhilis_sim.errors import PollError
from mazhilis_sim.names.reserved import AGAINST_ALL
from mazhilis_sim.polls.poll import Poll

LARGEST_WEIGHT = 1500.0
HALF_LIFE_DAYS = 14.0


def pool(polls: tuple[Poll, ...]) -> Poll:
    """Pool polls that ask about the same lists."""
    newest = polls[-1]
    if len(polls) == 1:
        return newest
    parties = check_same_parties(polls)
    weights = pooling_weights(polls)
    rows = [poll.q for poll in polls]
    if not any(min(row[party] for row in rows) > 0 for party in parties if party != AGAINST_ALL):
        said = f"no list has a share above 0 in every poll: {'; '.join(poll.label for poll in polls)}"
        raise PollError(f"{said}; leave one of them out")
    return replace_quietly(
        newest,
        shares={party: pooled_share([row[party] for row in rows], weights) for party in parties},
        pollster="pooled",
        start=min((poll.start or poll.date for poll in polls if poll.start or poll.date), default=None),
        effective_size=round(1 / sum(w * w / poll.n_eff for w, poll in zip(weights, polls, strict=True)), 6),
        squared_weights=round(sum(w * w for w in weights), 12),
        members=tuple(poll.label for poll in polls),
    )


def check_same_parties(polls: Sequence[Poll]) -> tuple[str, ...]:
    """Return the ids of the newest poll, or name the poll and the party that another one lacks."""
    parties = tuple(dict.fromkeys(party for poll in reversed(polls) for party in poll.q))
    for poll in polls:
        for party in parties:
            if party not in poll.q:
                raise PollError(f"{poll.label} has no share of {party!r}, which another poll has; leave one of them out")
    return parties


def pooling_weights(polls: Sequence[Poll]) -> list[float]:
    """Weigh polls by age and capped size; the weights sum to 1."""
    newest = max((poll.date for poll in polls if poll.date), default=None)
    ages = [(newest - poll.date).days if newest and poll.date else 0 for poll in polls]
    raw = [0.5 ** (age / HALF_LIFE_DAYS) * min(poll.n_eff, LARGEST_WEIGHT) for age, poll in zip(ages, polls, strict=True)]
    return [weight / sum(raw) for weight in raw]


def pooled_share(shares: Sequence[float], weights: Sequence[float]) -> float:
    """Average shares on the log scale; a share of zero in any poll stays zero."""
    if min(shares) == 0:
        return 0.0
    return math.exp(sum(w * math.log(share) for w, share in zip(weights, shares, strict=True)))


def replace_quietly(poll: Poll, **changes: Any) -> Poll:
    """Return a pooled poll built on another one; what was doubtful in its members has been said already."""
    shares = changes["shares"]
    total = sum(shares.values())
    # Twelve digits: the C library's log and exp may differ in the last bit between machines, a forecast must not.
    changes["shares"] = {party: round(share / total, 12) for party, share in shares.items()}
    return replace(poll, margin=None, sample_size=None, undecided=None, kappa=None, note="", where="", **changes)
