"""What polls averaged into one set of shares are."""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mazhilis_sim import reading
from mazhilis_sim.errors import PollError, show
from mazhilis_sim.languages import number, several
from mazhilis_sim.names.reserved import INVALID, UNDECIDED
from mazhilis_sim.polls.days import days_between
from mazhilis_sim.polls.poll import DAYS
from mazhilis_sim.polls.shares import lists_of, read_shares, share_table
from mazhilis_sim.reading import NOT_GIVEN, Day, Share
from mazhilis_sim.showing import Drawn, Sheet, Shown


@dataclass(frozen=True, kw_only=True, repr=False)
class Pool(Shown, Drawn):
    """Polls averaged into one set of shares, as `Polls.pooled` makes it; a centre for `simulate`, as a `Poll` is.

    Parameters
    ----------
    q : dict of str to float
        Shares by list, in the order of registration, and of against all where it was asked for; scaled to sum to 1.
    n_eff : float
        Size of a simple random sample with the sampling error of the average; where lists are unequal, of the list that the
        fewest speak for, as ``squared_weights`` is.
    error_margin : float, optional
        Margin of error at 95 %; the one that ``n_eff`` implies unless given.
    squared_weights : float
        Sum of the squared weights of the polls: 1 for one, 1/n for n that weigh the same.
    age : float
        By how many days the polls are older than the newest of them, on average, weighted as they are pooled.
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

    picture = "judging.polls:draw_polls"

    q: dict[str, float]
    n_eff: float
    error_margin: float = NOT_GIVEN
    squared_weights: float = 1.0
    age: float = 0.0
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
            age: Share = 0.0,
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
        put("age", reading.real(self.age, "age", PollError, least=0))
        put("members", reading.members(self.members, str, "members", PollError))
        for name in DAYS:
            put(name, reading.date(getattr(self, name), name, PollError))

    def _sheet(self) -> Sheet:
        """Return the shares as a page of a notebook."""
        said = several("{n} poll as one, effective sample {size}", "{n} polls as one, effective sample {size}", len(self.members))
        title = said.format(n=len(self.members), size=number(self.n_eff, ",.0f"))
        return Sheet(title, [share_table(self.q)], self.members)

    @property
    def parties(self) -> tuple[str, ...]:
        """Ids of the lists, in the order of registration."""
        return lists_of(self.q)

    @property
    def days_to_election(self) -> float:
        """Days from the polls to the election, on average, weighted as they are pooled; 0 where a day is unknown."""
        return days_between(self.date, self.election_date) + self.age if self.date and self.election_date else 0.0


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
