"""The picture of polls: each one's share of every list with its sampling error, beside the result where there is one."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import NormalDist

from mazhilis_sim.judging.case import Case
from mazhilis_sim.languages import _, counted, number
from mazhilis_sim.names.colours import colours_of
from mazhilis_sim.names.parties import Names
from mazhilis_sim.names.reserved import AGAINST_ALL, OTHER
from mazhilis_sim.pictures.sheets.ranges import Range, draw_ranges
from mazhilis_sim.pictures.sheets.sheet import Said, Sheet, picture
from mazhilis_sim.polls.collection import Polls
from mazhilis_sim.polls.poll import Poll
from mazhilis_sim.polls.pool import Pool
from mazhilis_sim.tables import per_cent, percent
from mazhilis_sim.votes.election import Election

LEVEL = 0.9
HALF = NormalDist().inv_cdf(0.5 + LEVEL / 2)
NO_LISTS = (AGAINST_ALL, OTHER)


@dataclass(frozen=True)
class Asked:
    """One poll's share of one list.

    Parameters
    ----------
    party, poll : str
    share, low, high : float
    result : float or None
    """

    party: str
    poll: str
    share: float
    low: float
    high: float
    result: float | None

    @property
    def holds(self) -> bool:
        """Whether the result lies in the interval."""
        return self.result is not None and self.low <= self.result <= self.high

    @property
    def missed(self) -> float:
        """By how much the poll missed."""
        return 0.0 if self.result is None else self.share - self.result


def asked_by(polls: Sequence[Poll | Pool], election: Election | None) -> Iterator[Asked]:
    """Yield every poll's share of each list, list by list, the largest first."""
    shares = {} if election is None else results(election)
    parties = dict.fromkeys(party for poll in polls for party in poll.q if party not in NO_LISTS)
    largest = {party: max(poll.q.get(party, 0.0) for poll in polls) for party in parties}
    for party in sorted(parties, key=lambda party: -shares.get(party, largest[party])):
        for poll in polls:
            if party in poll.q:
                share = poll.q[party]
                half = HALF * math.sqrt(share * (1 - share) / poll.n_eff)
                yield Asked(party, named(poll), share, max(0.0, share - half), min(1.0, share + half), shares.get(party))


def named(poll: Poll | Pool) -> str:
    """Name a poll beside its share."""
    return poll.label.removeprefix("poll").strip() if isinstance(poll, Poll) else counted("{n} poll", "{n} polls", len(poll.members))


def results(election: Election) -> dict[str, float]:
    """Return what the lists got, of valid votes with those against all, as polls are read."""
    base = election.votes.base()
    return {party: votes / base for party, votes in election.list_votes.items()}


def of_case(case: Case) -> tuple[list[Asked], str]:
    """Return what the polls of an election said that a forecast uses, and its name."""
    return list(asked_by(tuple(case.polls.newest_of_each()), case.election)), case.name


def of_polls(polls: Polls | Poll | Pool) -> tuple[list[Asked], str]:
    """Return what polls said: of several, the newest of each institute."""
    if isinstance(polls, Polls):
        return list(asked_by(tuple(polls.newest_of_each()) or tuple(polls), None)), polls.name
    return list(asked_by((polls,), None)), ""


def said_of(asked: list[Asked], election: str, names: Names) -> Said:
    """Say how many intervals hold the result and who was missed most; or what the largest list is polled at."""
    known = [each for each in asked if each.result is not None]
    held = sum(each.holds for each in known)
    under = _("Shares polled with 90 % intervals of sampling error alone")
    if known:
        under = _("{under}; the line is the result of {election}").format(under=under, election=election)
        worst = max(known, key=lambda each: abs(each.missed))
        title = _("{held} of {all} intervals hold the result; furthest off is {poll}, {party} {points} points").format(
            held=held, all=len(known), poll=worst.poll, party=names[worst.party], points=number(100 * worst.missed, "+.1f")
        )
    else:
        mine = [each.share for each in asked if each.party == asked[0].party]
        ends = [percent(share) for share in dict.fromkeys((min(mine), max(mine)))]
        title = _("{party} is polled at {shares}").format(party=names[asked[0].party], shares=_(" to ").join(ends))
    numbers = "; ".join(f"{names[each.party]} {percent(each.share)} {each.poll}" for each in asked)
    return Said(title, under, [], numbers)


def rows_of(asked: list[Asked], names: Names) -> list[Range]:
    """Return a row for each share; a list is named beside its first."""
    colours = colours_of(dict.fromkeys(each.party for each in asked))
    firsts = [number == 0 or asked[number - 1].party != each.party for number, each in enumerate(asked)]
    return [
        Range(
            names[each.party] if first else "",
            each.low,
            each.high,
            each.share,
            f"{percent(each.share)}  {each.poll}",
            colours[each.party],
            each.result,
        )
        for first, each in zip(firsts, asked, strict=True)
    ]


def say_case(case: Case, names: Names) -> Said:
    """Say how far the polls of an election missed."""
    return said_of(*of_case(case), names)


def paint_case(case: Case, names: Names, said: Said) -> Sheet:
    """Draw the polls of an election beside its result."""
    return draw_ranges(said, rows_of(of_case(case)[0], names), lambda share: per_cent(number(100 * share, ".0f")), least=0.0)


def say_polls(polls: Polls | Poll | Pool, names: Names) -> Said:
    """Say what polls said."""
    return said_of(*of_polls(polls), names)


def paint_polls(polls: Polls | Poll | Pool, names: Names, said: Said) -> Sheet:
    """Draw polls."""
    return draw_ranges(said, rows_of(of_polls(polls)[0], names), lambda share: per_cent(number(100 * share, ".0f")), least=0.0)


draw = picture(say_case, paint_case)
draw_polls = picture(say_polls, paint_polls)
