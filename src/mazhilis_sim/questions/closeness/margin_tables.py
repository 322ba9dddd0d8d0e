"""What is found of how close it was, and its tables and sentences, whether just found or saved."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from mazhilis_sim.languages import _, number, several
from mazhilis_sim.tables import Column, Table

Name = Callable[[str], str]
"""Returns what a party is called."""
MOST_DISTRICTS = 5
"""Districts that a table shows."""


@dataclass(frozen=True)
class Margin:
    """How close one list was.

    Parameters
    ----------
    party : str
    votes, seats : int
    to_gain : int or None
        Fewest votes more with which it has more seats; None where no number has.
    to_lose : int or None
        Fewest votes less with which it has fewer seats.
    to_enter : int or None
        Fewest votes more with which it reaches the threshold; 0 where it does, None where it cannot.
    to_fall : int or None
        Fewest votes less with which it misses the threshold; None where it does, or cannot.
    gained, lost : int or None
        How many seats it then has more, or fewer: several at once where it comes over the threshold, or falls below it.
    """

    party: str
    votes: int
    seats: int
    to_gain: int | None
    to_lose: int | None
    to_enter: int | None
    to_fall: int | None
    gained: int | None = None
    lost: int | None = None


@dataclass(frozen=True)
class DistrictMargin:
    """How close one district was.

    Parameters
    ----------
    number : int
    winner, party : str
        Who was elected, and for which party.
    second, second_party : str
        Who came next; empty where nobody did.
    margin : int
        Votes between them.
    """

    number: int
    winner: str
    party: str
    second: str
    second_party: str
    margin: int


@dataclass(frozen=True)
class Transfer:
    """Votes moved from one list to another that give the other a seat.

    Parameters
    ----------
    giver, taker : str
    votes : int
    changes : dict of str to int
        By how many seats each list then differs; lists that keep theirs are not in it.
    giver_falls : bool
        Whether the list that gives them then misses the threshold.
    """

    giver: str
    taker: str
    votes: int
    changes: dict[str, int] = field(default_factory=dict)
    giver_falls: bool = False


def tables_of(margins: Sequence[Margin], districts: Sequence[DistrictMargin], name: Name) -> list[Table]:
    """Return the lists by votes, then the closest districts."""
    lists = sorted(margins, key=lambda margin: -margin.votes)
    columns = [
        Column(_("list"), [name(margin.party) for margin in lists], left=True),
        Column(_("votes"), [number(margin.votes) for margin in lists]),
        Column(_("seats"), [str(margin.seats) for margin in lists]),
        Column(_("to gain"), [signed(margin.to_gain, "+") for margin in lists]),
        Column(_("to lose"), [signed(margin.to_lose, "-") for margin in lists]),
        Column(
            _("to the threshold"), [signed(m.to_enter, "+") if m.to_enter or m.to_fall is None else signed(m.to_fall, "-") for m in lists]
        ),
    ]
    return [Table(columns), *([district_table(districts, name)] if districts else [])]


def district_table(districts: Sequence[DistrictMargin], name: Name) -> Table:
    """Return the closest districts."""
    shown = districts[:MOST_DISTRICTS]
    return Table(
        [
            Column(_("district"), [str(each.number) for each in shown], left=True),
            Column(_("won by"), [name(each.party) for each in shown], left=True),
            Column(_("before"), [name(each.second_party) for each in shown], left=True),
            Column(_("margin"), [number(each.margin) for each in shown]),
        ]
    )


def signed(votes: int | None, sign: str) -> str:
    """Write votes with a sign; a dash where there are none."""
    return "-" if votes is None else f"{sign}{number(votes)}"


def notes_of(margins: Sequence[Margin], pair: Transfer | None, name: Name) -> list[str]:
    """Say what the numbers mean, which of them move several seats, and what the closest pair would have changed."""
    said = _("+ votes more, - votes fewer, all other lists unchanged; the least number that does it, - where none does.")
    at_once = list(several_at_once(margins, name))
    more = [_("Several seats at once, with these votes: {changes}.").format(changes=", ".join(at_once))] if at_once else []
    return [said, *more, *of_pair(pair, name)]


def several_at_once(margins: Sequence[Margin], name: Name) -> Iterator[str]:
    """Yield the lists to which the least number of votes gives several seats, or from which it takes them."""
    for margin in sorted(margins, key=lambda margin: -margin.votes):
        for seats, votes, sign in ((margin.gained, margin.to_gain, "+"), (margin.lost, margin.to_lose, "-")):
            if seats is not None and seats > 1:
                yield f"{name(margin.party)} {sign}{seats} ({signed(votes, sign)})"


def of_pair(pair: Transfer | None, name: Name) -> Iterator[str]:
    """Name the two lists between which fewest votes would have moved a seat, and all that would have changed."""
    if pair is None:
        return
    said = several(
        "Closest: {n} vote from {giver} to {taker} would have changed the list seats: {changes}.",
        "Closest: {n} votes from {giver} to {taker} would have changed the list seats: {changes}.",
        pair.votes,
    )
    changes = ", ".join(f"{name(party)} {change:+}" for party, change in sorted(pair.changes.items(), key=lambda item: -item[1]))
    said = said.format(n=number(pair.votes), giver=name(pair.giver), taker=name(pair.taker), changes=changes)
    fallen = _("{list} would then have missed the threshold.").format(list=name(pair.giver))
    yield f"{said} {fallen}" if pair.giver_falls else said
