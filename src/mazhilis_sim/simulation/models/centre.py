"""What a simulation is centred on: one set of shares, and how well it is known."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from mazhilis_sim import reading
from mazhilis_sim.errors import PollError
from mazhilis_sim.names.reserved import AGAINST_ALL, OTHER
from mazhilis_sim.polls.collection import Polls
from mazhilis_sim.polls.poll import Poll
from mazhilis_sim.polls.pool import Pool
from mazhilis_sim.votes.ballot import ListVotes
from mazhilis_sim.votes.district import DistrictVotes
from mazhilis_sim.votes.election import Election

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

DEFAULT_VOTES = 6_366_441
"""Valid votes of 2023: what simulated shares are scaled to unless said otherwise."""


CLOSE = 1e-6
"""How far the sum of shares may be from 1, by rounding."""
WIDEST_LOG = 1e6
"""The largest shift or standard deviation on the log scale: far beyond all that can be drawn, and what may be squared."""
LEAST_SAMPLE = 1e-9
"""The smallest effective sample that a centre may have."""
SEATLESS = (OTHER, AGAINST_ALL)
"""Ids that have a share of the base and get no seat, in their order."""
KNOWN_SEATLESS = ((), (OTHER,), (AGAINST_ALL,), SEATLESS)


@dataclass(frozen=True)
class Centre:
    """The shares that a model perturbs.

    Parameters
    ----------
    parties : tuple of str
        Lists in the order of registration.
    shares : tuple of float
        Shares of the base by list, then of what gets no seat; they sum to 1.
    n_eff : float
        Effective sample size; infinite for an election.
    margin : float
        Margin of error at 95 %; 0 for an election.
    squared_weights : float
        Sum of the squared weights of the polls pooled; 1 for a single one.
    days : float
        Days from the poll to the election.
    votes : int
        Votes that simulated shares are scaled to.
    names : tuple of str
        What was used, in words.
    seatless : tuple of str
        Ids of the shares after those of the lists: ``other`` (lists that are not named), then ``against_all``, where they are
        known. One share that is not said is that of against all.
    """

    parties: tuple[str, ...]
    shares: tuple[float, ...]
    n_eff: float = math.inf
    margin: float = 0.0
    squared_weights: float = 1.0
    days: float = 0.0
    votes: int = DEFAULT_VOTES
    names: tuple[str, ...] = ()
    seatless: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        parties = tuple(
            reading.name(party, "a party of a centre", PollError) for party in reading.items(self.parties, "parties", PollError)
        )
        shares = tuple(
            reading.real(share, "a share of a centre", PollError, least=0) for share in reading.items(self.shares, "shares", PollError)
        )
        if len(set(parties)) < len(parties) or not parties:
            raise PollError(field="parties", got=self.parties, must="name each list once")
        named = reading.items(self.seatless, "seatless", PollError)
        seatless = tuple(reading.choice(id_, "seatless", SEATLESS, PollError) for id_ in named)
        seatless = seatless or SEATLESS[1:] * (len(shares) - len(parties))
        if seatless not in KNOWN_SEATLESS:
            raise PollError(field="seatless", got=self.seatless, must="hold other, against_all, both in this order, or none")
        if len(shares) != len(parties) + len(seatless) or abs(math.fsum(shares) - 1) > CLOSE:
            must = "be one for each list, then those of other lists and of against all where they are known, and sum to 1"
            raise PollError(field="shares", got=self.shares, must=must)
        certain = isinstance(self.n_eff, float) and self.n_eff == math.inf
        checked = {
            "parties": parties,
            "shares": shares,
            "seatless": seatless,
            "n_eff": self.n_eff if certain else reading.real(self.n_eff, "n_eff", PollError, least=LEAST_SAMPLE),
            "votes": reading.whole(self.votes, "votes", PollError, least=1),
            "names": tuple(reading.name(name, "a name of a centre", PollError) for name in reading.items(self.names, "names", PollError)),
            **{field: reading.real(getattr(self, field), field, PollError, least=0) for field in ("margin", "squared_weights", "days")},
        }
        for field, value in checked.items():
            object.__setattr__(self, field, value)

    @property
    def has_against_all(self) -> bool:
        """Whether the last share is that of against all."""
        return AGAINST_ALL in self.seatless

    @property
    def categories(self) -> tuple[str, ...]:
        """Ids of the shares: lists, other lists, against all."""
        return (*self.parties, *self.seatless)

    @property
    def share_by_id(self) -> dict[str, float]:
        """Shares by list, and of what gets no seat where it is known."""
        return dict(zip(self.categories, self.shares, strict=True))

    @property
    def polls(self) -> str:
        """What was used, without the word "poll" or the place in a file; empty where nothing has a name."""
        named = (name.partition(": poll ")[2] or name.removeprefix("poll ") for name in self.names)
        return "; ".join(name for name in named if name != "poll" and not name.endswith(": poll"))


def read_centre(source: Any, votes: int | None = None) -> Centre:
    """Make a centre of a poll, several polls (pooled) or an election.

    Raises
    ------
    PollError
        For anything else.
    """
    if isinstance(source, Centre):
        return replace(source, votes=votes or source.votes)
    if isinstance(source, Polls):
        return of_poll(source.pooled(), votes)
    if isinstance(source, (Poll, Pool)):
        return of_poll(source, votes)
    if isinstance(source, (Election, ListVotes)):
        return of_election(source if isinstance(source, Election) else Election(list_votes=source), votes)
    of_year = reading.integer(source)
    remedy = f"write ms.load_polls({of_year})" if of_year and 1990 < of_year < 2100 else "write ms.load_polls(2023) or ms.Poll(...)"
    must, shown = "be a Poll, Polls or an Election", "" if of_year else type(source).__name__
    raise PollError(field="the centre of a simulation", got=source, must=must, remedy=remedy, shown=shown)


def of_poll(poll: Poll | Pool, votes: int | None) -> Centre:
    """Take the decided shares of a poll, or of several pooled into one."""
    q = poll.q
    return Centre(
        poll.parties,
        in_order(poll.parties, q),
        poll.n_eff,
        poll.error_margin,
        poll.squared_weights,
        poll.days_to_election,
        votes or DEFAULT_VOTES,
        poll.members,
        seatless_in(q),
    )


def of_election(election: Election, votes: int | None) -> Centre:
    """Take an election as it was: no sampling error."""
    base = election.votes.base()
    shares = {party: n / base for party, n in election.votes.counted.items()}
    name = (f"election {election.name}".strip(),)
    ordered = in_order(election.parties, shares)
    return Centre(election.parties, ordered, votes=votes or base, names=name, seatless=seatless_in(shares))


def in_order(parties: Sequence[str], shares: dict[str, float]) -> tuple[float, ...]:
    """Put the lists first, then other lists, and against all last."""
    return tuple(shares[party] for party in (*parties, *seatless_in(shares)))


def seatless_in(shares: Iterable[str]) -> tuple[str, ...]:
    """Return the ids among shares that get no seat."""
    known = set(shares)
    return tuple(id_ for id_ in SEATLESS if id_ in known)


def baseline_of(source: Any) -> DistrictVotes | None:
    """Return the districts that polls on record or an election bring along."""
    return source.districts if isinstance(source, (Polls, Election)) else None
