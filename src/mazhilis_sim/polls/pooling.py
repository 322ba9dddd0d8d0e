"""Several polls averaged into one pool."""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mazhilis_sim import reading
from mazhilis_sim.errors import PollError, PollWarning, show, warn
from mazhilis_sim.names.reserved import INVALID, OTHER, UNDECIDED
from mazhilis_sim.polls.poll import DAYS, Poll, days_between
from mazhilis_sim.polls.shares import lists_of, read_shares, share_table
from mazhilis_sim.reading import NOT_GIVEN, Day, Share
from mazhilis_sim.showing import Sheet, Shown
from mazhilis_sim.tables import plural

LARGEST_WEIGHT = 1500.0
HALF_LIFE_DAYS = 14.0


@dataclass(frozen=True, kw_only=True, repr=False)
class Pool(Shown):
    """Polls averaged into one set of shares, as `Polls.pooled` makes it; a centre for `simulate`, as a `Poll` is.

    Parameters
    ----------
    q : dict of str to float
        Shares by list, in the order of registration, and of against all where it was asked for; scaled to sum to 1.
    n_eff : float
        Size of a simple random sample with the sampling error of the average.
    error_margin : float, optional
        Margin of error at 95 %; the one that ``n_eff`` implies unless given.
    squared_weights : float
        Sum of the squared weights of the polls: 1 for one, 1/n for n that weigh the same.
    members : tuple of str
        Labels of the polls.
    start, date, election_date : datetime.date, optional
        First and last day of fieldwork, and the day of the election.

    Raises
    ------
    PollError
        When a number cannot be.

    Examples
    --------
    >>> import mazhilis_sim as ms
    >>> polls = [ms.Poll({"a": a, "b": 1 - a}, sample_size=1000, pollster=p) for p, a in (("x", 0.5), ("y", 0.6))]
    >>> pool = ms.Polls(polls).pooled()
    >>> pool.members, round(pool.n_eff), round(pool.q["a"], 3)
    (('poll x', 'poll y'), 2000, 0.551)
    """

    q: dict[str, float]
    n_eff: float
    error_margin: float = NOT_GIVEN
    squared_weights: float = 1.0
    members: tuple[str, ...] = ()
    start: datetime.date | None = None
    date: datetime.date | None = None
    election_date: datetime.date | None = None

    if TYPE_CHECKING:  # what may be given; the fields hold what was read

        def __init__(
            self,
            *,
            q: Mapping[str, Share],
            n_eff: Share,
            error_margin: Share | None = None,
            squared_weights: Share = 1.0,
            members: Sequence[str] = (),
            start: Day | None = None,
            date: Day | None = None,
            election_date: Day | None = None,
        ) -> None: ...

    def __post_init__(self) -> None:
        put = object.__setattr__.__get__(self)
        put("q", read_q(self.q))
        put("n_eff", reading.positive(self.n_eff, "n_eff", PollError, infinite=True))
        implied = 0.98 / math.sqrt(self.n_eff)
        put("error_margin", implied if self.error_margin is None else reading.real(self.error_margin, "error_margin", PollError, least=0))
        put("squared_weights", float(reading.share(self.squared_weights, "squared_weights", PollError, ends="(]")))
        put("members", reading.members(self.members, str, "members", PollError))
        for name in DAYS:
            put(name, reading.date(getattr(self, name), name, PollError))

    def _sheet(self) -> Sheet:
        """Return the shares as a page of a notebook."""
        return Sheet(f"{plural(len(self.members), 'poll')} as one, effective sample {self.n_eff:,.0f}", [share_table(self.q)], self.members)

    @property
    def parties(self) -> tuple[str, ...]:
        """Ids of the lists, in the order of registration."""
        return lists_of(self.q)

    @property
    def days_to_election(self) -> float:
        """Days from the last day of fieldwork to the election; 0 where one of them is unknown."""
        return days_between(self.date, self.election_date)


def read_q(shares: Any) -> dict[str, float]:
    """Read shares that sum to 1."""
    read = read_shares(shares, "q", '{"amanat": 0.6, "auyl": 0.4}')
    for party in (UNDECIDED, INVALID):
        if party in read:
            raise PollError(f"{show(party)} has no share of q", field="q", got=shares, must="hold shares of lists", remedy="leave it out")
    total = math.fsum(read.values())
    if not lists_of(read) or abs(total - 1) > 1e-9:
        raise PollError(field="q", got=shares, must="hold shares of lists that sum to 1", shown=f"{total:.10g}")
    return read


def pool(polls: Sequence[Poll]) -> Pool:
    """Pool polls that ask about the same lists; one alone is taken as it is, its printed margin too."""
    newest = polls[-1]
    if len(polls) == 1:
        return pool_of(polls, newest.q, newest.n_eff, error_margin=newest.error_margin, start=newest.start)
    rows, sizes = comparable(polls)
    parties = check_same_parties(polls, rows)
    weights = pooling_weights(polls, sizes)
    if not any(min(row[party] for row in rows) > 0 for party in lists_of(rows[-1])):
        said = f"no list has a share above 0 in every poll: {'; '.join(poll.label for poll in polls)}"
        must = "share a list with a share above 0"
        raise PollError(said, field="polls", must=must, remedy="leave one of them out")
    spread = math.fsum(w * w / size for w, size in zip(weights, sizes, strict=True))
    return pool_of(
        polls,
        scaled_to_one({party: pooled_share([row[party] for row in rows], weights) for party in parties}),
        round(1 / spread, 6) if spread else math.inf,
        squared_weights=round(math.fsum(w * w for w in weights), 12),
        start=min((day for poll in polls if (day := poll.start or poll.date)), default=None),
    )


def pool_of(polls: Sequence[Poll], q: dict[str, float], n_eff: float, **found: Any) -> Pool:
    """Return a pool with the days of the newest poll, which stands last."""
    days = {name: getattr(polls[-1], name) for name in ("date", "election_date")}
    return Pool(q=q, n_eff=n_eff, members=tuple(poll.label for poll in polls), **days, **found)


def comparable(polls: Sequence[Poll]) -> tuple[list[dict[str, float]], list[float]]:
    """Return shares and sizes; other lists are taken out where not every poll has them, as undecided voters are."""
    shares, sizes = [poll.q for poll in polls], [poll.n_eff for poll in polls]
    having = [OTHER in row for row in shares]
    if all(having) or not any(having):
        return shares, sizes
    said = "; ".join(poll.label for poll, has in zip(polls, having, strict=True) if has)
    warn(f"other lists are taken out of the pool, since not every poll has them: {said}", PollWarning)
    left = [1 - row.pop(OTHER, 0.0) for row in shares]
    kept = [{party: share / part for party, share in row.items()} for row, part in zip(shares, left, strict=True)]
    return kept, [size * part for size, part in zip(sizes, left, strict=True)]


def check_same_parties(polls: Sequence[Poll], shares: Sequence[Mapping[str, float]]) -> tuple[str, ...]:
    """Return the ids of the newest poll, or name the poll and the party that another one lacks."""
    parties = tuple(dict.fromkeys(party for row in reversed(shares) for party in row))
    for poll, row in zip(polls, shares, strict=True):
        for party in parties:
            if party not in row:
                lacks = f"{poll.label} has no share of {show(party)}, which another poll has"
                raise PollError(lacks, field="shares", got=poll.shares, must=f"hold {show(party)}", remedy="leave one of them out")
    return parties


def pooling_weights(polls: Sequence[Poll], sizes: Sequence[float]) -> list[float]:
    """Weigh polls by age and capped size; the weights sum to 1."""
    newest = max((poll.date for poll in polls if poll.date), default=None)
    ages = [days_between(poll.date, newest) for poll in polls]
    raw = [0.5 ** (age / HALF_LIFE_DAYS) * min(size, LARGEST_WEIGHT) for age, size in zip(ages, sizes, strict=True)]
    total = math.fsum(raw)
    return [weight / total for weight in raw]


def pooled_share(shares: Sequence[float], weights: Sequence[float]) -> float:
    """Average shares on the log scale; a share of zero in any poll stays zero."""
    if min(shares) == 0:
        return 0.0
    return math.exp(math.fsum(w * math.log(share) for w, share in zip(weights, shares, strict=True)))


def scaled_to_one(shares: dict[str, float]) -> dict[str, float]:
    """Scale shares to a sum of 1.

    Twelve digits: the C library's log and exp may differ in the last bit between machines, a forecast must not.
    """
    total = math.fsum(shares.values())
    rounded = {party: round(share / total, 12) for party, share in shares.items()}
    together = math.fsum(rounded.values())
    return {party: share / together for party, share in rounded.items()}
