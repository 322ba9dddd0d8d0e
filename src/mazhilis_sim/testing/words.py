"""A counterexample as a sentence that a person can check by hand."""

from __future__ import annotations

from mazhilis_sim.testing.axiom import Outcome, Votes
from mazhilis_sim.testing.report import Counterexample, listing
from mazhilis_sim.testing.sandbox import Misbehaviour
from mazhilis_sim.testing.search import FEW_VOTES, SCALED, TIED, Breach


def in_seats(seats: int) -> str:
    """Write a number of seats."""
    return f"{seats} seat" if seats == 1 else f"{seats} seats"


def parties(numbers: Votes) -> str:
    """Write parties by their place, counted from 1."""
    *first, last = (str(number + 1) for number in numbers)
    return f"parties {', '.join(first)} and {last}" if first else f"party {last}"


def election(outcome: Outcome) -> str:
    """Write an election and its result."""
    return f"votes {listing(outcome.votes)} and {in_seats(outcome.seats)} the rule gives {listing(outcome.result)}"


def against(base: Outcome, other: Outcome) -> str:
    """Write the second election by what differs from the first."""
    if other is base:
        return ""
    if len(other.parties) < len(base.votes):
        return (
            f"; {parties(other.parties)} alone, with votes {listing(other.votes)} and the {in_seats(other.seats)} "
            f"they hold together, get {listing(other.result)}"
        )
    if other.votes == base.votes and other.seats != base.seats:
        return f"; with {in_seats(other.seats)} {listing(other.result)}"
    if other.parties != tuple(range(len(base.votes))):
        order = listing(tuple(party + 1 for party in other.parties))
        return f"; in the order {order}, with votes {listing(other.votes)}, it gives {listing(other.result)}"
    seats = f" and {in_seats(other.seats)}" if other.seats != base.seats else ""
    return f"; with votes {listing(other.votes)}{seats} it gives {listing(other.result)}"


REMARKS = {
    TIED: " (one vote more or less decides here)",
    SCALED: " (a million times these votes give other seats)",
    FEW_VOTES: " (there are fewer votes than seats)",
}
"""What keeps a counterexample from being a plain one."""


def counterexample(breach: Breach) -> Counterexample:
    """Turn a breach into what the report shows."""
    base, other = breach.base, breach.other
    remark = REMARKS.get(breach.blemish, "")
    words = f"With {election(base)}{against(base, other)}: {breach.why}{remark}."
    return Counterexample(base.votes, base.seats, base.result, None if other is base else other, words)


def mishap(found: Misbehaviour) -> Counterexample:
    """Turn a misbehaviour into what the report shows."""
    return Counterexample(found.votes, found.seats, None, None, f"{found.kind}: {found}")
