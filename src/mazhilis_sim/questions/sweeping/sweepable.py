"""The numbers of a law that can be swept: how each is read, set, and where seats may change as it moves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from mazhilis_sim import reading
from mazhilis_sim.counting.exact import admit, count, is_two_party
from mazhilis_sim.counting.lots import Urn
from mazhilis_sim.errors import AllocationError, LawError
from mazhilis_sim.languages import ENGLISH, _, marked, speaking
from mazhilis_sim.legislation.electoral_law import ElectoralLaw, Fallback
from mazhilis_sim.questions.sweeping.quick import seats_by_size
from mazhilis_sim.tables import percent
from mazhilis_sim.votes.ballot import ListVotes

LARGEST_CHAMBER = 500
"""Seats up to which a sweep without ends goes."""


@dataclass(frozen=True)
class Outcome:
    """What a count gave.

    Parameters
    ----------
    seats : dict of str to int
        List seats; empty where no allocation is defined.
    reason : str
        Why there is none.
    """

    seats: dict[str, int]
    reason: str = ""


@dataclass(frozen=True)
class Swept:
    """One number that can be swept.

    Parameters
    ----------
    title : str
    read : function
        Of a value and the law.
    put : function
        Of the law and a value: the law with it.
    own : function
        Of the law: the value that it has itself.
    ends : function
        Of the law: the lowest and the highest value.
    marks : function
        Of the law and a ballot: points at which alone seats may change; nothing for whole numbers.
    whole : bool
    beyond : Fraction, optional
        An end that no value reaches.
    """

    title: str
    read: Callable[[Any, ElectoralLaw], Fraction]
    put: Callable[[ElectoralLaw, Fraction], ElectoralLaw]
    own: Callable[[ElectoralLaw], Fraction]
    ends: Callable[[ElectoralLaw], tuple[Fraction, Fraction]]
    marks: Callable[[ElectoralLaw, ListVotes], Iterable[Fraction]] = lambda *_: ()
    whole: bool = False
    beyond: Fraction | None = None


# -- threshold ---------------------------------------------------------------------------------------------------------


def shares_of(law: ElectoralLaw, ballot: ListVotes) -> Iterator[Fraction]:
    """Yield the share of each list: as a threshold it still admits that list."""
    base = ballot.base(law.base)
    return (Fraction(votes, base) for votes in ballot.votes.values())


def read_threshold(value: Any, _law: ElectoralLaw) -> Fraction:
    """Read a threshold."""
    return reading.share(value, "threshold", LawError, ends="[)")


def beyond_every_list(law: ElectoralLaw, ballot: ListVotes) -> str:
    """Say from where on no list passes, in the language spoken; which threshold happened to be counted says nothing."""
    said = _("no list reaches a threshold above {share} of the base, and the law defines no result for that; choose {options}")
    return said.format(share=percent(max(shares_of(law, ballot)), 3), options="no_list_passes=top_two or no_list_passes=all")


# -- the two-party rule ------------------------------------------------------------------------------------------------


def fallback_of(law: ElectoralLaw) -> Fallback:
    """Return the two-party rule, or say that there is none to sweep."""
    if law.fallback is None:
        remedy = "write law.replace(fallback=ms.Fallback())"
        raise LawError(f"law {law.name} has no two-party rule", field="fallback", got=None, must="be given", remedy=remedy)
    return law.fallback


def weights_of(law: ElectoralLaw, ballot: ListVotes) -> Iterator[Fraction]:
    """Yield the weights with which the second list's part of the quota is a whole number; nothing where it plays no part."""
    needed = law.threshold * ballot.base(law.base)
    passed = tuple(party for party, votes in ballot.votes.items() if votes >= needed)
    if len(passed) != 1 or len(ballot.votes) == 1:
        return
    try:
        admitted, _ = admit(law, ballot.votes, passed, True)
    except AllocationError:
        return
    (second,) = (ballot.votes[party] for party in admitted if party not in passed)
    part = Fraction(second * law.list_seats, second + ballot.votes[passed[0]])
    if part:
        yield from (Fraction(whole) / part for whole in range(1, part.__floor__() + 1))


def read_weight(value: Any, law: ElectoralLaw) -> Fraction:
    """Read the weight of the second list."""
    fallback_of(law)
    return reading.share(value, "fallback_weight", LawError)


# -- seats -------------------------------------------------------------------------------------------------------------


def read_size(name: str, least: int) -> Callable[[Any, ElectoralLaw], Fraction]:
    """Make the reader of a number of seats."""
    return lambda value, _law: Fraction(reading.whole(value, name, LawError, least=least))


def elected(law: ElectoralLaw) -> int:
    """Return the seats that voters fill."""
    return law.list_seats + law.district_seats


def with_share(law: ElectoralLaw, share: Fraction) -> ElectoralLaw:
    """Return the law with so large a share of its elected seats filled by lists, whole seats of it."""
    by_lists = (share * elected(law)).__floor__()
    return law.replace(list_seats=by_lists, district_seats=elected(law) - by_lists)


def read_share(value: Any, law: ElectoralLaw) -> Fraction:
    """Read a share of list seats, of at least one seat."""
    share = reading.share(value, "list_share", LawError, ends="(]")
    if share * elected(law) < 1:
        raise LawError(field="list_share", got=value, must=f"leave lists a seat of the {elected(law)}")
    return share


SWEPT: Mapping[str, Swept] = MappingProxyType(
    {
        "threshold": Swept(
            marked("threshold"),
            read_threshold,
            lambda law, value: law.replace(threshold=value),
            lambda law: law.threshold,
            lambda _law: (Fraction(0), Fraction(1)),
            shares_of,
            beyond=Fraction(1),
        ),
        "list_seats": Swept(
            marked("the number of list seats"),
            read_size("list_seats", 1),
            lambda law, value: law.replace(list_seats=int(value)),
            lambda law: Fraction(law.list_seats),
            lambda _law: (Fraction(1), Fraction(LARGEST_CHAMBER)),
            whole=True,
        ),
        "fallback_weight": Swept(
            marked("the weight of the second list"),
            read_weight,
            lambda law, value: law.replace(fallback=Fallback(value, fallback_of(law).floor)),
            lambda law: fallback_of(law).weight,
            lambda law: (fallback_of(law).weight * 0, Fraction(1)),
            weights_of,
        ),
        "fallback_floor": Swept(
            marked("the floor of the second list"),
            lambda value, law: Fraction(reading.whole(value, "fallback_floor", LawError, most=law.list_seats)),
            lambda law, value: law.replace(fallback=Fallback(fallback_of(law).weight, int(value))),
            lambda law: Fraction(fallback_of(law).floor),
            lambda law: (Fraction(0), Fraction(law.list_seats)),
            whole=True,
        ),
        "list_share": Swept(
            marked("the share of list seats"),
            read_share,
            with_share,
            lambda law: Fraction(law.list_seats, elected(law)),
            lambda law: (Fraction(1, elected(law)), Fraction(1)),
            lambda law, _ballot: (Fraction(seats, elected(law)) for seats in range(1, elected(law) + 1)),
        ),
    }
)
"""What can be swept, by name."""


def is_whole(what: str) -> bool:
    """Tell whether a number is a whole one."""
    return SWEPT[what].whole


# -- counting ----------------------------------------------------------------------------------------------------------


def outcomes(swept: Swept, law: ElectoralLaw, ballot: ListVotes, values: Sequence[Fraction], urn: Urn) -> Iterator[Outcome]:
    """Count at each value; chambers of many sizes, which must be rising, share what does not depend on their size."""
    if swept is SWEPT["list_seats"]:
        return of_sizes(law, ballot, [int(value) for value in values], urn)
    one = counted_at if swept is SWEPT["threshold"] else counted
    return (one(swept.put(law, value), ballot, urn) for value in values)


def counted(law: ElectoralLaw, ballot: ListVotes, urn: Urn) -> Outcome:
    """Count by the oracle."""
    try:
        return Outcome(count(law, ballot, urn).seats)
    except AllocationError as error:
        return Outcome({}, error.in_plain_words)


def counted_at(law: ElectoralLaw, ballot: ListVotes, urn: Urn) -> Outcome:
    """Count at a threshold; above all lists the reason is the same everywhere."""
    found = counted(law, ballot, urn)
    if found.seats or law.threshold <= max(shares_of(law, ballot)):
        return found
    with speaking(ENGLISH):
        return Outcome({}, beyond_every_list(law, ballot))


def of_sizes(law: ElectoralLaw, ballot: ListVotes, sizes: Sequence[int], urn: Urn) -> Iterator[Outcome]:
    """Count for each of rising numbers of list seats; who is admitted does not depend on it."""
    needed = law.threshold * ballot.base(law.base)
    passed = tuple(party for party, votes in ballot.votes.items() if votes >= needed)
    two = is_two_party(law, ballot.votes, passed)
    try:
        admitted, _ = admit(law, ballot.votes, passed, two)
    except AllocationError as error:
        undefined = Outcome({}, error.in_plain_words)
        return iter([undefined] * len(sizes))
    votes = {party: ballot.votes[party] for party in admitted}
    found = seats_by_size(law, votes, passed if two else (), sizes, urn)
    return (of_all(each, ballot) for each in found)


def of_all(found: object, ballot: ListVotes) -> Outcome:
    """Return the seats of all lists, those that are not admitted too."""
    return Outcome({party: found.get(party, 0) for party in ballot.votes}) if isinstance(found, dict) else Outcome({}, str(found))
