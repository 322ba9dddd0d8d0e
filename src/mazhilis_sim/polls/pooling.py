"""Several polls averaged into one pool."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from mazhilis_sim.errors import PollError, PollWarning, show, warn
from mazhilis_sim.names.reserved import OTHER
from mazhilis_sim.polls.days import days_between
from mazhilis_sim.polls.poll import Poll
from mazhilis_sim.polls.pool import Pool
from mazhilis_sim.tables import plural

LARGEST_WEIGHT = 1500.0
HALF_LIFE_DAYS = 14.0
MOST_HALVED = 500.0
"""Times, after which a weight counts for nothing but is not yet zero: a list may stand in old polls alone."""
MOST_SAID = 4
"""Polls that a warning names."""
POOLED_BY = ("party", "poll")
"""Each list over the polls that ask about it, or whole polls, which must ask about the same lists."""


def pool(polls: Sequence[Poll], by: str = "party") -> Pool:
    """Pool polls, each list over those that ask about it; one alone is taken as it is, its printed margin too."""
    newest = polls[-1]
    if len(polls) == 1:
        return pool_of(polls, newest.q, newest.n_eff, error_margin=newest.error_margin, start=newest.start)
    compare_lists(polls, by)
    rows, sizes = comparable(polls)
    common = common_lists(polls, rows)
    raw = raw_weights(polls, sizes)
    weights = {party: weights_of(party, rows, raw) for party in merged([tuple(row) for row in reversed(rows)])}
    spread = max(math.fsum(w * w / size for w, size in zip(each, sizes, strict=True)) for each in weights.values())
    rows = [on_common_scale(row, common) for row in with_half_a_person(rows, sizes)]
    return pool_of(
        polls,
        scaled_to_one({party: pooled_share([row.get(party) for row in rows], each) for party, each in weights.items()}),
        round(1 / spread, 6) if spread else math.inf,
        squared_weights=round(max(math.fsum(w * w for w in each) for each in weights.values()), 12),
        age=mean_age(polls, raw),
        start=min((day for poll in polls if (day := poll.start or poll.date)), default=None),
    )


def pool_of(polls: Sequence[Poll], q: dict[str, float], n_eff: float, **found: Any) -> Pool:
    """Return a pool with the days of the newest poll, which stands last."""
    days = {name: getattr(polls[-1], name) for name in ("date", "election_date")}
    return Pool(q=q, n_eff=n_eff, members=tuple(poll.label for poll in polls), **days, **found)


def compare_lists(polls: Sequence[Poll], by: str) -> None:
    """Say which polls lack a list that another one has; refuse them where whole polls are to be pooled."""
    asked = dict.fromkeys(party for poll in reversed(polls) for party in poll.q if party != OTHER)
    lacking = {poll.label: [show(party) for party in asked if party not in poll.q] for poll in polls}
    said = [f"{label} has no share of {', '.join(parties)}" for label, parties in lacking.items() if parties]
    if said and by == "poll":
        remedy = 'leave one of them out, or write by="party"'
        raise PollError(f"{said[0]}, which another poll has", field="polls", must="ask about the same lists", remedy=remedy)
    if said:
        more = f"; and {plural(len(said) - MOST_SAID, 'poll')} more" if len(said) > MOST_SAID else ""
        warn(f"unequal lists, each pooled over the polls that ask about it: {'; '.join(said[:MOST_SAID])}{more}", PollWarning)


def comparable(polls: Sequence[Poll]) -> tuple[list[dict[str, float]], list[float]]:
    """Return shares and sizes; other lists are taken out, as undecided voters are, where they do not mean the same in any two polls.

    They do where every poll has them, and then those that ask about every list speak of them: in another, they are more lists.
    """
    shares, sizes = [poll.q for poll in polls], [poll.n_eff for poll in polls]
    reason = why_without_others(shares)
    asked = {party for row in shares for party in row}
    removed = [row.pop(OTHER, 0.0) if reason or not asked <= row.keys() else 0.0 for row in shares]
    if not reason:
        return shares, sizes
    said = "; ".join(poll.label for poll, share in zip(polls, removed, strict=True) if share)
    warn(f"other lists are taken out of the pool, since {reason}: {said}", PollWarning)
    return shares, [size * (1 - share) for size, share in zip(sizes, removed, strict=True)]


def why_without_others(shares: Sequence[Mapping[str, float]]) -> str:
    """Say why other lists cannot be pooled; nothing where they can, or where there are none."""
    asked = {party for row in shares for party in row}
    if OTHER not in asked:
        return ""
    if not all(OTHER in row for row in shares):
        return "not every poll has them"
    return "" if any(asked <= row.keys() for row in shares) else "no poll asks about every list"


def common_lists(polls: Sequence[Poll], rows: Sequence[dict[str, float]]) -> set[str]:
    """Return the ids that every poll has a share of; refuse polls that no list links."""
    common = set.intersection(*map(set, rows))
    if not any(min(row[party] for row in rows) > 0 for party in rows[-1] if party in common and party in polls[-1].parties):
        said = f"no list has a share above 0 in every poll: {'; '.join(poll.label for poll in polls)}"
        must = "share a list with a share above 0"
        raise PollError(said, field="polls", must=must, remedy="leave one of them out")
    return common


def merged(orders: Sequence[Sequence[str]]) -> list[str]:
    """Merge orders of lists: what the first one lacks stands behind what precedes it in another."""
    order: list[str] = []
    for each in orders:
        place = 0
        for party in each:
            if party not in order:
                order.insert(place, party)
            place = order.index(party) + 1
    return order


def raw_weights(polls: Sequence[Poll], sizes: Sequence[float]) -> list[float]:
    """Weigh polls by age and capped size."""
    halved = (min(age / HALF_LIFE_DAYS, MOST_HALVED) for age in ages_of(polls))
    return [0.5**times * min(size, LARGEST_WEIGHT) for times, size in zip(halved, sizes, strict=True)]


def ages_of(polls: Sequence[Poll]) -> list[int]:
    """Return by how many days each poll is older than the newest."""
    newest = max((poll.date for poll in polls if poll.date), default=None)
    return [days_between(poll.date, newest) for poll in polls]


def mean_age(polls: Sequence[Poll], raw: Sequence[float]) -> float:
    """Return the mean of the ages, weighted as the polls are."""
    return round(math.fsum(w * age for w, age in zip(raw, ages_of(polls), strict=True)) / math.fsum(raw), 6)


def weights_of(party: str, rows: Sequence[Mapping[str, float]], raw: Sequence[float]) -> list[float]:
    """Share out the weight of one list among the polls that ask about it; the weights sum to 1."""
    asking = [weight if party in row else 0.0 for row, weight in zip(rows, raw, strict=True)]
    total = math.fsum(asking)
    return [weight / total for weight in asking]


def with_half_a_person(rows: Sequence[dict[str, float]], sizes: Sequence[float]) -> list[dict[str, float]]:
    """Read no one in one poll as half a person, where another poll found somebody."""
    found = {party for row in rows for party, share in row.items() if share}
    return [
        {party: share if share or party not in found else 0.5 / size for party, share in row.items()}
        for row, size in zip(rows, sizes, strict=True)
    ]


def on_common_scale(row: dict[str, float], common: set[str]) -> dict[str, float]:
    """Express shares as multiples of what the lists that all polls ask about have together."""
    together = math.fsum(share for party, share in row.items() if party in common)
    return {party: share / together for party, share in row.items()}


def pooled_share(shares: Sequence[float | None], weights: Sequence[float]) -> float:
    """Average shares on the log scale, over the polls that have one."""
    asked = [(w, share) for w, share in zip(weights, shares, strict=True) if share is not None]
    if any(share == 0 for _, share in asked):
        return 0.0
    return math.exp(math.fsum(w * math.log(share) for w, share in asked))


def scaled_to_one(shares: dict[str, float]) -> dict[str, float]:
    """Scale shares to a sum of 1.

    Twelve digits: the C library's log and exp may differ in the last bit between machines, a forecast must not.
    """
    total = math.fsum(shares.values())
    rounded = {party: round(share / total, 12) for party, share in shares.items()}
    together = math.fsum(rounded.values())
    return {party: share / together for party, share in rounded.items()}
