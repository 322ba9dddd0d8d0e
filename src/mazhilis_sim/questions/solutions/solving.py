"""What would it take: the least change of one number of an election that brings something about."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from typing import Any

from mazhilis_sim import reading
from mazhilis_sim.counting.chamber import elect
from mazhilis_sim.counting.exact import count
from mazhilis_sim.counting.lots import Urn
from mazhilis_sim.counting.result import Allocation
from mazhilis_sim.errors import AllocationError, VotesError, said_by
from mazhilis_sim.languages import _, number, several
from mazhilis_sim.legislation.electoral_law import ElectoralLaw
from mazhilis_sim.questions.asking import names_for, read_election, read_law
from mazhilis_sim.questions.closeness.margins import checked
from mazhilis_sim.questions.solutions.certain import Between
from mazhilis_sim.questions.solutions.ways import WAYS, Way
from mazhilis_sim.showing import Answer, Drawn
from mazhilis_sim.tables import Column, Table
from mazhilis_sim.votes.ballot import ListVotes
from mazhilis_sim.votes.election import Election

Until = Callable[[Mapping[str, int]], Any]


@dataclass(frozen=True, repr=False)
class Solution(Answer, Drawn):
    """The least change that brings something about.

    Parameters
    ----------
    what : str
    words : function
        Says the change in the language spoken.
    change : int
        In ballots (turnout) or votes; below 0 where fewer.
    value : Fraction
        The number itself: a turnout, a swing as a share, votes.
    before, seats : dict of str to int
        Seats by party today and after the change; empty where no allocation is defined.
    election : Election
        The election after the change.
    """

    kind = "solve"
    picture = "questions.changes"
    shows = ("what", "change", "value", "seats")

    what: str
    words: Callable[[], str]
    change: int
    value: Fraction
    before: dict[str, int]
    seats: dict[str, int]
    election: Election

    @property
    def title(self) -> str:
        """What was found."""
        many = abs(self.change)
        of = {"turnout": several(" ({n} ballot)", " ({n} ballots)", many), "swing": several(" ({n} vote)", " ({n} votes)", many)}
        return _("Least change: {change}").format(change=self.said) + of.get(self.what, "").format(n=number(self.change, "+,"))

    @property
    def said(self) -> str:
        """The change in words."""
        return self.words()

    def rows(self) -> list[dict[str, Any]]:
        """Return a row for each party."""
        return [{"party": party, "before": self.before.get(party), "seats": won} for party, won in self.seats.items()]

    def to_dict(self) -> dict[str, Any]:
        """Return everything, ready for JSON."""
        return {**super().to_dict(), "what": self.what, "change": self.change, "value": str(self.value)}

    def tables(self) -> list[Table]:
        """Return the seats before and after."""
        names = names_for(self.election)
        return [
            Table(
                [
                    Column(_("party"), [names.get(party, party) for party in self.seats], left=True),
                    Column(_("seats before"), [str(self.before.get(party, "?")) for party in self.seats]),
                    Column(_("then"), [str(won) for won in self.seats.values()]),
                ]
            )
        ]


@dataclass(frozen=True, repr=False)
class NothingDoes(Answer):
    """What the command line answers where no change brings something about."""

    kind = "solve"

    what: str
    until: str

    @property
    def title(self) -> str:
        """What was found."""
        said = {
            "turnout": _("No turnout brings about {condition}"),
            "swing": _("No swing brings about {condition}"),
            "votes": _("No number of votes brings about {condition}"),
            "transfer": _("No transfer brings about {condition}"),
        }
        return said[self.what].format(condition=self.until)

    def rows(self) -> list[dict[str, Any]]:
        """Return nothing."""
        return []

    def to_dict(self) -> dict[str, Any]:
        """Return everything, ready for JSON."""
        return {**super().to_dict(), "what": self.what, "change": None, "value": None}

    def tables(self) -> list[Table]:
        """Return nothing."""
        return []


@dataclass
class Seeker:
    """Counts along a way, each point once, and asks of each chamber once."""

    law: ElectoralLaw
    way: Way
    until: Until
    urn: Urn
    districts: Mapping[str, int]
    counts: dict[int, tuple[ListVotes, Allocation | AllocationError]] = field(default_factory=dict)
    answers: dict[tuple[tuple[str, int], ...], bool] = field(default_factory=dict)

    def counted(self, moved: int) -> tuple[ListVotes, Allocation | AllocationError]:
        """Return the votes at a point and what their count gives."""
        if moved not in self.counts:
            ballot = self.way.ballot(moved)
            try:
                self.counts[moved] = ballot, count(self.law, ballot, self.urn)
            except AllocationError as error:
                self.counts[moved] = ballot, error
        return self.counts[moved]

    def seats(self, moved: int) -> dict[str, int]:
        """Return the seats at a point, those of districts as they are; empty where no allocation is defined."""
        found = self.counted(moved)[1]
        return {} if isinstance(found, AllocationError) else self.with_districts(found.seats)

    def with_districts(self, seats: Mapping[str, int]) -> dict[str, int]:
        """Add the seats of districts."""
        return {**seats, **{party: seats.get(party, 0) + won for party, won in self.districts.items()}}

    def holds(self, moved: int) -> bool:
        """Ask whether it has come about at a point; not where no allocation is defined."""
        found = self.counted(moved)[1]
        return not isinstance(found, AllocationError) and self.holds_with(found.seats)

    def holds_with(self, seats: Mapping[str, int]) -> bool:
        """Ask whether it has come about with some list seats."""
        chamber = self.with_districts(seats)
        key = tuple(chamber.items())
        if key not in self.answers:
            self.answers[key] = asked(self.until, chamber)
        return self.answers[key]

    def least(self) -> int | None:
        """Return the least change with which it has come about, looking up and down by turns, ever further."""
        for begin, end in doubling(max(self.way.high, -self.way.low)):
            up = self.within(1, begin, min(end, self.way.high))
            down = self.within(-1, begin, min(end if up is None else up - 1, -self.way.low))
            if up is not None or down is not None:
                return up if down is None else down
        return None

    def within(self, direction: int, begin: int, end: int) -> int | None:
        """Look from one point to another."""
        spans = [(begin, end)] if begin <= end else []
        while spans:
            low, high = spans.pop()
            if self.holds(direction * low):
                return direction * low
            if low < high and not self.hopeless(direction * low, direction * high):
                middle = (low + high) // 2
                spans += [(middle + 1, high), (low + (middle > low), middle)] if middle > low else [(high, high)]
        return None

    def hopeless(self, first: int, last: int) -> bool:
        """Tell whether it surely comes about nowhere between two points."""
        ends = (self.counted(first)[0], self.counted(last)[0])
        found = Between(self.law, ends, self.way.slack, self.urn).possible()
        return found is not None and not any(self.holds_with(seats) for seats in found)


def doubling(most: int) -> Iterator[tuple[int, int]]:
    """Yield ranges from 1 on, each twice as long as the one before."""
    begin = 1
    while begin <= most:
        end = min(2 * begin - 1, most)
        yield begin, end
        begin = end + 1


def asked(until: Until, seats: Mapping[str, int]) -> bool:
    """Ask a user's condition."""
    known = Seats(seats)
    try:
        return bool(until(known))
    except VotesError:
        raise
    except Exception as error:
        said = f"until raised {said_by(error)}"
        raise VotesError(said, field="until", got=error, must="be a function of seats by party") from error


class Seats(dict[str, int]):
    """Seats by party, where an unknown party is answered with the nearest."""

    def __missing__(self, party: Any) -> int:
        return self[tuple(self)[reading.position(party, self, "party", VotesError)]]


def solve_for(
    election: Any,
    law: Any,
    what: str,
    *,
    until: Until,
    region: str | None = None,
    party: str | None = None,
    to: str | None = None,
    seed: int | None = None,
) -> Solution | None:
    """Return the least change of one number that brings something about, in whole votes or ballots; None where no change does.

    Parameters
    ----------
    election : Election, or votes where neither regions nor districts are needed
    law : ElectoralLaw, str or int
    what : {"turnout", "swing", "votes", "transfer"}
        The turnout of a ``region``, between one ballot and all its voters; a uniform swing of a ``party``, in steps of one vote of the
        nation; the ``party``'s own votes, all others unchanged; votes from ``party`` ``to`` another.
    until : function
        Of the seats by party, lists and districts together: whether it has come about, such as
        ``lambda seats: seats["baytaq"] > 0``. It is asked of seats alone, and once of each chamber. Where the law defines no allocation,
        it has not.
    region, party, to : str, optional
    seed : int, optional
        For lots, where the law draws them.

    Returns
    -------
    Solution or None
        With ``change=0`` where it is so already. Of two changes of the same size the one upward.

    Raises
    ------
    VotesError
        For an unknown region or party (with the nearest id), or a condition that fails.
    LawError
        For a law with districts that the election lacks, or a method of your own.

    Examples
    --------
    >>> import mazhilis_sim as ms
    >>> e, law = ms.load_election(2023), ms.law("2023")
    >>> ms.solve_for(e, law, "turnout", region="almaty_city", until=lambda seats: seats["baytaq"] > 0) is None
    True
    >>> ms.solve_for(e, law, "votes", party="baytaq", until=lambda seats: seats["baytaq"] > 0).change
    180938
    """
    asked_of, version = read_election(election), checked(read_law(law))
    condition = reading.function(until, "until", VotesError, of="seats")
    urn = Urn(reading.seed(seed, AllocationError))
    way = WAYS[reading.choice(what, "what", WAYS, VotesError)](asked_of, version, region=region, party=party, to=to)
    seeker = Seeker(version, way, condition, urn, district_seats(version, asked_of, urn))
    moved = 0 if seeker.holds(0) else seeker.least()
    if moved is None:
        return None
    return Solution(what, partial(way.said, moved), moved, way.value(moved), seeker.seats(0), seeker.seats(moved), way.at(moved))


def district_seats(law: ElectoralLaw, election: Election, urn: Urn) -> dict[str, int]:
    """Return the seats of districts, which no list vote moves."""
    if not law.district_seats:
        return {}
    return elect(law.replace(threshold=0), election, seed=urn.seed).district_seats
