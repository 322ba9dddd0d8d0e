"""Ways on which one number of an election moves, one vote or ballot at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from mazhilis_sim import reading
from mazhilis_sim.errors import VotesError, show
from mazhilis_sim.languages import _, counted, number, several
from mazhilis_sim.legislation.electoral_law import ElectoralLaw
from mazhilis_sim.names.entries import Ids
from mazhilis_sim.names.regions import region_name
from mazhilis_sim.names.reserved import AGAINST_ALL, OTHER
from mazhilis_sim.questions.asking import names_for, party_in
from mazhilis_sim.questions.closeness.shifts import Shift
from mazhilis_sim.tables import percent
from mazhilis_sim.votes import moving
from mazhilis_sim.votes.ballot import ListVotes
from mazhilis_sim.votes.election import Election


@dataclass(frozen=True)
class Way:
    """One number that moves.

    Parameters
    ----------
    low, high : int
        How far it may move, in votes or ballots; 0 is today.
    at : function
        Of a move: the election then.
    said : function
        Of a move: what was changed, in words.
    value : function
        Of a move: the number itself, such as a turnout.
    slack : int
        Votes by which a count may be off the straight line between two moves, by rounding.
    quick : function, optional
        Of a move: the list votes of the election then, where there is a quicker way to them.
    """

    low: int
    high: int
    at: Callable[[int], Election]
    said: Callable[[int], str]
    value: Callable[[int], Fraction]
    slack: int = 0
    quick: Callable[[int], ListVotes] | None = None

    def ballot(self, moved: int) -> ListVotes:
        """Return the list votes then."""
        return self.quick(moved) if self.quick else self.at(moved).votes


def turnout(election: Election, _law: ElectoralLaw, *, region: Any, **_others: Any) -> Way:
    """Move the turnout of one region, ballot by ballot; its shares stay."""
    known = moving.regions_on_record(election.regions, {"region": region})
    id_ = tuple(known)[reading.position(needed(region, "region"), known, "region", VotesError)]
    voters, ballots = known[id_].registered, known[id_].ballots
    if not voters or not ballots:
        said = f"region {show(id_)} has no registered voters and ballots on record, which a turnout needs"
        raise VotesError(said, field="region", got=region, must="be of known voters")
    return Way(
        1 - ballots,
        max(0, voters - ballots),
        lambda more: election.with_turnout({id_: Fraction(ballots + more, voters)}),
        lambda more: _("turnout in {region} {before} -> {then}").format(
            region=region_name(id_, known[id_].name),
            before=percent(Fraction(ballots, voters), 2),
            then=percent(Fraction(ballots + more, voters), 2),
        ),
        lambda more: Fraction(ballots + more, voters),
        slack=2,
    )


def swing(election: Election, _law: ElectoralLaw, *, party: Any, **_others: Any) -> Way:
    """Move a party's share by the same number of points everywhere, counted in votes of the nation."""
    id_, base = party_in(needed(party, "party"), election.parties), election.votes.base()
    places = [region.counted for region in election.regions.values() if region.valid] or [election.votes.counted]
    shares = [Fraction(counts.get(id_, 0), sum(counts.values())) for counts in places]
    return Way(
        -(min(shares) * base).__floor__(),
        ((1 - max(shares)) * base).__floor__() - 1,
        lambda more: election.with_swing({id_: Fraction(more, base)}) if more else election,
        lambda more: _("swing of {points} points for {party}").format(
            points=number(100 * more / base, "+.4f"), party=called(election, id_)
        ),
        lambda more: Fraction(more, base),
        slack=2 * len(places),
        quick=lambda more: swung_votes(election, places, id_, more, base),
    )


def swung_votes(election: Election, places: Sequence[Mapping[str, int]], party: str, more: int, base: int) -> ListVotes:
    """Return the list votes after a swing of so many votes of the nation, as `Election.with_swing` has them, in whole numbers alone."""
    counts = election.votes.counted
    for place in places:
        for name, votes in swung_place(place, party, more, base).items():
            counts[name] = counts.get(name, 0) + votes - place[name]
    beside = {AGAINST_ALL: counts.pop(AGAINST_ALL, 0), OTHER: counts.pop(OTHER, 0)}
    return ListVotes(Ids(counts), beside[AGAINST_ALL], election.invalid, beside[OTHER])


def swung_place(place: Mapping[str, int], party: str, more: int, base: int) -> dict[str, int]:
    """Swing one place: shares of its votes by the largest remainder, the earlier list first where remainders are equal."""
    total, had = sum(place.values()), place.get(party, 0)
    others, left = total - had, (total - had) * base - total * more
    parts = {name: divmod((had * base + total * more) * others if name == party else n * left, base * others) for name, n in place.items()}
    found = {name: whole for name, (whole, _) in parts.items()}
    for name in sorted(parts, key=lambda name: -parts[name][1])[: total - sum(found.values())]:
        found[name] += 1
    return found


def votes(election: Election, law: ElectoralLaw, *, party: Any, **_others: Any) -> Way:
    """Move the votes of one list in the nation, all others unchanged."""
    id_ = party_in(needed(party, "party"), election.parties)
    had = election.list_votes[id_]
    return Way(
        -Shift(law, election.votes, id_, -1).most,
        Shift(law, election.votes, id_, 1).most,
        lambda more: with_votes(election, {id_: more}),
        lambda more: several("{n} vote for {party}", "{n} votes for {party}", abs(more)).format(
            n=number(more, "+,"), party=called(election, id_)
        ),
        lambda more: Fraction(had + more),
    )


def transfer(election: Election, law: ElectoralLaw, *, party: Any, to: Any, **_others: Any) -> Way:
    """Move votes from one list to another."""
    giver = party_in(needed(party, "party"), election.parties)
    taker = party_in(needed(to, "to"), [other for other in election.parties if other != giver])
    return Way(
        0,
        Shift(law, election.votes, taker, 1, giver).most,
        lambda more: with_votes(election, {giver: -more, taker: more}),
        lambda more: counted(
            "{n} vote from {giver} to {taker}",
            "{n} votes from {giver} to {taker}",
            more,
            giver=called(election, giver),
            taker=called(election, taker),
        ),
        lambda more: Fraction(more),
    )


def with_votes(election: Election, more: Mapping[str, int]) -> Election:
    """Return an election with more votes of some lists in the nation; it has no regions any more."""
    counts = {party: votes + more.get(party, 0) for party, votes in election.list_votes.items()}
    return election.changed(list_votes=replace(election.votes, votes=counts).votes, regions={})


def called(election: Election, party: str) -> str:
    """Return what a party of an election is called."""
    return names_for(election).get(party, party)


def needed(value: Any, field: str) -> Any:
    """Return what must be said."""
    if value is None:
        raise VotesError(field=field, got=value, must="be given", remedy=f"write {field}=...")
    return value


WAYS: Mapping[str, Callable[..., Way]] = MappingProxyType({"turnout": turnout, "swing": swing, "votes": votes, "transfer": transfer})
"""What may be solved for, by name."""
