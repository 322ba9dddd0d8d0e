"""A whole chamber: list, district and appointed seats."""

from __future__ import annotations

from typing import Any

from mazhilis_sim import reading
from mazhilis_sim.counting.exact import allocate
from mazhilis_sim.counting.plurality import plurality
from mazhilis_sim.counting.result import Chamber
from mazhilis_sim.errors import AllocationError, LawChange, LawError, VotesError
from mazhilis_sim.legislation.electoral_law import ElectoralLaw, checked_law
from mazhilis_sim.names.reserved import ASSEMBLY, INDEPENDENTS
from mazhilis_sim.tables import list_names
from mazhilis_sim.votes.ballot import ListVotes
from mazhilis_sim.votes.district import District, DistrictVotes
from mazhilis_sim.votes.election import Election


def elect(law: ElectoralLaw, election: Election | ListVotes, *, candidates: Any = None, seed: int | None = None) -> Chamber:
    """Fill a chamber from one election: list, district and appointed seats.

    Parameters
    ----------
    law : ElectoralLaw
    election : Election
        `ListVotes` where the law has no districts.
    candidates : mapping of str to int, optional
        Candidates on each list; seats beyond them stay vacant.
    seed : int, optional
        For the drawing of lots, where the law asks for one. None draws one; `Chamber.seed` records it.

    Raises
    ------
    LawError
        When the law has districts that the election lacks, or a rule for them that is not counted here.
    AllocationError
        When a district is tied, or the law defines no result for the list votes.

    Examples
    --------
    >>> import mazhilis_sim as ms
    >>> ms.elect(ms.law("2023"), ms.load_election(2023)).seats["amanat"]
    62
    """
    checked_law(law)
    if isinstance(election, ListVotes):
        election = Election(list_votes=election)
    reading.instance(election, Election, "election", VotesError, remedy="write ms.Election(list_votes=...)")
    districts = district_baseline(law, election.districts)
    allocation = allocate(law, election.votes, candidates=candidates, seed=seed)
    winners = {d.number: district_winner(d) for d in districts if not d.vacant} if districts else {}
    party_of = {d.number: {c.name: c.party for c in d.candidates} for d in districts or ()}
    won = [party_of[number][name] for number, name in winners.items()]
    order = [*allocation.seats, *dict.fromkeys(p for p in won if p != INDEPENDENTS), *([INDEPENDENTS] if districts else [])]
    district_seats = {party: won.count(party) for party in dict.fromkeys(order)} if districts else {}
    seats = {party: allocation.seats.get(party, 0) + won.count(party) for party in dict.fromkeys(order)}
    if law.appointed_seats:
        seats[ASSEMBLY] = law.appointed_seats
    return Chamber(law, seats, allocation.seats, district_seats, allocation, winners, districts.vacant if districts else ())


def district_baseline(law: ElectoralLaw, districts: DistrictVotes | None) -> DistrictVotes | None:
    """Check that the law's districts and the election's are the same in number; None where the law has none."""
    if not law.district_seats:
        return None
    alone = "for its list seats alone write"
    if law.district_rule != "plurality":
        raise LawError(
            f"districts of law {law.name} need an absolute majority and a second round, which are not counted here",
            field="district_rule",
            got=law.district_rule,
            must="be plurality",
            remedy=LawChange("district_seats", (0,), alone),
        )
    if districts is None:
        raise LawError(
            f"law {law.name} fills {law.district_seats} seats in districts, and no district votes are given",
            field="districts",
            must="be given",
            remedy=LawChange("district_seats", (0,), f"give districts=ms.load_election(2023), or {alone}"),
        )
    if len(districts) != law.district_seats:
        raise LawError(
            field="districts",
            got=districts,
            must=f"be {law.district_seats}, as many as law {law.name} has",
            remedy=LawChange("district_seats", (0,), alone),
            shown=str(len(districts)),
        )
    return districts


def district_winner(district: District) -> str:
    """Return the name of the candidate elected in a district."""
    result = plurality({candidate.name: candidate.votes for candidate in district.candidates})
    if result.winner is None:
        raise AllocationError(
            f"{list_names(result.tie)} share the first place",
            field="first place",
            got=result.tie,
            must="be of one candidate",
            remedy="the law calls a repeat vote",
            where=f"district {district.number}",
        )
    return result.winner
