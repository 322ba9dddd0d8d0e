"""The centre of a simulation counted as it is, without error: an election comes out as it was."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from mazhilis_sim.counting import exact
from mazhilis_sim.counting.lots import Urn
from mazhilis_sim.errors import AllocationError, VotesError
from mazhilis_sim.kernels import parameters
from mazhilis_sim.names.entries import Ids
from mazhilis_sim.simulation.drawing.draws import Drawing
from mazhilis_sim.simulation.drawing.packing import pack
from mazhilis_sim.simulation.models.districts import without_noise
from mazhilis_sim.simulation.models.own import OwnShares
from mazhilis_sim.votes.ballot import ListVotes

if TYPE_CHECKING:
    from mazhilis_sim.counting.result import Allocation
    from mazhilis_sim.simulation.question import Question

SETTLED = {"ties": "order", "second_place_tie": "order", "floor_excess": "floor"}


def central_count(question: Question) -> dict[str, dict[str, int]]:
    """Count the centre itself, without error: seats by tier and party."""
    lists, districts = list_seats(question), district_seats(question)
    total = {party: lists.get(party, 0) + districts[party] for party in question.parties}
    return {"list": lists, "district": districts, "total": total}


def list_seats(question: Question) -> dict[str, int]:
    """Count the votes that the shares come to exactly; nobody has a seat where the law defines no result for them."""
    found = list_count(question)
    return dict.fromkeys(question.centre.parties, 0) | (found.seats if found else {})


def list_count(question: Question) -> Allocation | None:
    """Count the list votes that the shares come to exactly; None where the law defines no result for them.

    Ties that would be an error in a draw are settled as the law settles them.
    """
    settled = {field: choice for field, choice in SETTLED.items() if getattr(question.law, field) == "error"}
    centre = question.centre
    votes = Ids({id_: round(share * centre.votes) for id_, share in centre.share_by_id.items()})
    try:
        law = question.law.replace(**settled) if settled else question.law
        return exact.count(law, ListVotes(votes, invalid=0), Urn(0))
    except (AllocationError, VotesError) as error:
        if "method" in str(error.field):  # a rule of the user's own failed
            raise
        return None


def district_seats(question: Question) -> dict[str, int]:
    """Let the districts move as the lists do and no further."""
    if not question.district_seats:
        return dict.fromkeys(question.parties, 0)
    packed = pack(replace(question, coalitions=()), 0)
    packed = replace(packed, districts=without_noise(packed.districts))
    own, shares = packed.shares, np.array(question.centre.shares)
    packed = replace(packed, shares=own.without_error() if isinstance(own, OwnShares) else parameters.without_error(own, shares))
    _, seats = Drawing(packed, lanes=1).chambers(np.zeros(1, np.uint64))
    return dict(zip(question.parties, seats[0].tolist(), strict=True))
