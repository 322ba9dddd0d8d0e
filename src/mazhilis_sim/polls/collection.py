"""Polls of one election, of every kind."""

from __future__ import annotations

import copy
import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field, replace
from typing import TYPE_CHECKING, Any, overload

from mazhilis_sim import reading
from mazhilis_sim.errors import PollError, PollWarning, show, warn
from mazhilis_sim.languages import _, counted, number
from mazhilis_sim.names.parties import Names
from mazhilis_sim.names.spelling import spelling
from mazhilis_sim.polls.places import KINDS
from mazhilis_sim.polls.poll import Poll, refuse_after
from mazhilis_sim.polls.pool import Pool
from mazhilis_sim.polls.pooling import POOLED_BY, pool
from mazhilis_sim.reading import Day
from mazhilis_sim.showing import Drawn, Sheet, Shown
from mazhilis_sim.tables import Column, Table, percent
from mazhilis_sim.votes.district import DistrictVotes
from mazhilis_sim.votes.election import by_list, read_party_names


@dataclass(frozen=True, repr=False)
class Polls(Shown, Drawn, Sequence[Poll]):
    """Polls of one election, of every kind, oldest first.

    Parameters
    ----------
    polls : sequence of Poll
    name : str
        Such as the year.
    law : str
        Name of the law that the election is held under, where known.
    election_date : datetime.date or str, optional
        Day of the election; the polls that name none ask about this one.
    districts : DistrictVotes, optional
        Baseline of the districts.
    party_names : dict of str to str
        Names to show, by id.
    source : str
    """

    picture = "judging.polls:draw_polls"
    shows = ("name", "law", "election_date", "polls")

    polls: tuple[Poll, ...]
    _: KW_ONLY
    name: str = ""
    law: str = ""
    election_date: datetime.date | None = None
    districts: DistrictVotes | None = None
    party_names: dict[str, str] = field(default_factory=dict)
    source: str = ""
    read_as: str = field(init=False, default="", compare=False, repr=False)

    if TYPE_CHECKING:  # what may be given; the fields hold what was read

        def __init__(
            self,
            polls: Iterable[Poll],
            *,
            name: str = "",
            law: str = "",
            election_date: Day | None = None,
            districts: DistrictVotes | None = None,
            party_names: Mapping[str, str] = ...,
            source: str = "",
        ) -> None: ...

    def __post_init__(self) -> None:
        put = object.__setattr__.__get__(self)
        put("election_date", reading.date(self.election_date, "election_date", PollError))
        for name in ("name", "law", "source"):
            put(name, reading.text(getattr(self, name), name, PollError))
        put("districts", reading.maybe(reading.instance, self.districts, DistrictVotes, "districts", PollError))
        put("party_names", read_party_names(self.party_names, PollError))
        read = reading.members(self.polls, Poll, "polls", PollError)
        for poll in read:
            refuse_after(poll, self.election_date)
        ordered = sorted(of_one_spelling(read), key=lambda poll: poll.date or datetime.date.min)
        put("party_names", by_list(self.party_names, tuple(dict.fromkeys(party for poll in read for party in poll.parties))))
        put("polls", tuple(with_election(poll, self.election_date) for poll in ordered))

    def _sheet(self) -> Sheet:
        """Return the polls, a row each, as a page of a notebook."""
        names, parties = Names(self.party_names), dict.fromkeys(party for poll in self.polls for party in poll.shares)
        columns = [
            Column(_("institute"), [poll.pollster for poll in self.polls], left=True),
            Column(_("until"), [str(poll.date or "") for poll in self.polls], left=True),
            Column(_("kind"), [poll.kind for poll in self.polls], left=True),
            Column("n", [number(poll.sample_size) if poll.sample_size else "" for poll in self.polls]),
        ]
        shares = [Column(names[id_], [percent(poll.shares[id_]) if id_ in poll.shares else "" for poll in self.polls]) for id_ in parties]
        title = counted("{n} poll", "{n} polls", len(self.polls))
        return Sheet(f"{title} {self.name}".strip(), [Table([*columns, *shares])])

    def __len__(self) -> int:
        return len(self.polls)

    def __iter__(self) -> Iterator[Poll]:
        return iter(self.polls)

    @overload
    def __getitem__(self, index: int) -> Poll: ...
    @overload
    def __getitem__(self, index: slice) -> Polls: ...
    def __getitem__(self, index: int | slice) -> Poll | Polls:
        return self.only(self.polls[index]) if isinstance(index, slice) else self.polls[index]

    def only(self, polls: Iterable[Poll]) -> Polls:
        """Return the same collection with these polls alone."""
        return replace(self, polls=reading.members(polls, Poll, "polls", PollError))

    def of_kind(self, kind: str) -> Polls:
        """Return the polls of one kind.

        Kinds are ``"poll"``, ``"exit_poll"``, ``"independent_poll"``, ``"bot"``, ``"debate_poll"``, ``"partial_poll"``,
        ``"region_poll"`` and ``"district_poll"``.
        """
        wanted = reading.choice(kind, "kind", KINDS, PollError)
        return self.only(poll for poll in self.polls if poll.kind == wanted)

    def exit_polls(self) -> Polls:
        """Return the exit polls."""
        return self.of_kind("exit_poll")

    def of_district(self, number: int) -> Polls:
        """Return the polls of one district, which `pooled` never uses."""
        wanted = reading.whole(number, "the number of a district", PollError)
        return self.only(poll for poll in self.polls if poll.district == wanted)

    def of_region(self, region: str) -> Polls:
        """Return the polls of one region, which `pooled` never uses."""
        wanted = reading.name(region, "region", PollError)
        return self.only(poll for poll in self.polls if poll.region == wanted)

    def since(self, date: datetime.date | str) -> Polls:
        """Return the polls whose fieldwork ended on a day or later."""
        first = reading.date(date, "since", PollError)
        if first is None:
            raise PollError(field="since", got=date, must='be a date such as "2023-03-10"')
        return self.only(poll for poll in self.polls if poll.date and poll.date >= first)

    def newest_of_each(self) -> Polls:
        """Return the newest poll of each institute, kind ``"poll"`` alone."""
        return self.only({poll.pollster or str(i): poll for i, poll in enumerate(self.of_kind("poll"))}.values())

    def final(self) -> Poll:
        """Return the newest single poll of kind ``"poll"``."""
        polls = self.of_kind("poll")
        if not polls:
            raise no_poll("to use")
        return polls[-1]

    def pooled(self, *, by: str = "party") -> Pool:
        """Pool the newest poll of each institute, kind ``"poll"`` alone.

        The log shares are averaged with weights 2^(-age / 14 days) x min(n_eff, 1500); no one in one poll counts as half a
        person where another found somebody. The sampling error is that of the average.

        Parameters
        ----------
        by : str
            ``"party"`` pools each list over the polls that ask about it, all shares as multiples of what the lists that every
            poll asks about have together; ``n_eff`` and ``squared_weights`` are those of the list that the fewest speak for.
            ``"poll"`` refuses polls of unequal lists.

        Raises
        ------
        PollError
            When there is no poll, no list has a share above 0 in all of them, or their lists are unequal with ``by="poll"``.

        Warns
        -----
        PollWarning
            When the lists are unequal, naming polls and lists.

        Examples
        --------
        The new list of the second poll keeps what it has there, 0.25 of what ``a`` and ``b`` have together:

        >>> import warnings
        >>> import mazhilis_sim as ms
        >>> old = ms.Poll({"a": 0.6, "b": 0.4}, sample_size=1000, pollster="x")
        >>> new = ms.Poll({"a": 0.48, "b": 0.32, "c": 0.2}, sample_size=1000, pollster="y")
        >>> with warnings.catch_warnings():
        ...     warnings.simplefilter("ignore")  # poll x has no share of 'c'
        ...     pool = ms.Polls([old, new]).pooled()
        >>> {party: round(share, 3) for party, share in pool.q.items()}
        {'a': 0.48, 'b': 0.32, 'c': 0.2}
        """
        manner = reading.choice(by, "by", POOLED_BY, PollError)
        polls = tuple(self.newest_of_each())
        if not polls:
            raise no_poll("to pool")
        return pool(polls, manner)


def of_one_spelling(polls: Sequence[Poll]) -> list[Poll]:
    """Give polls of one institute that is spelt in several ways its first spelling, and say so."""
    first: dict[str, str] = {}
    names = [first.setdefault(spelling(poll.pollster), poll.pollster) for poll in polls]
    apart = dict.fromkeys((name, poll.pollster) for name, poll in zip(names, polls, strict=True) if name != poll.pollster)
    if apart:
        said = ", ".join(f"{show(other)} as {show(name)}" for name, other in apart)
        warn(f"one institute is spelt in several ways; read as one: {said}", PollWarning)
    return [poll if poll.pollster == name else changed(poll, "pollster", name) for name, poll in zip(names, polls, strict=True)]


def no_poll(what: str) -> PollError:
    """Build the error for a collection without a poll that can be used."""
    return PollError(f'there is no poll of kind "poll" {what}', field="polls", must='hold one of kind "poll"')


def with_election(poll: Poll, day: datetime.date | None) -> Poll:
    """Return a poll that names the day of its election; what it says itself, and its doubts, stay."""
    return poll if day is None or poll.election_date is not None else changed(poll, "election_date", day)


def changed(poll: Poll, field: str, value: Any) -> Poll:
    """Return a poll with one field changed, what it says itself and its doubts as they were."""
    other = copy.copy(poll)
    object.__setattr__(other, field, value)
    return other
