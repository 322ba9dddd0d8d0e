"""An election that breaks an axiom, as data and as a sentence that a person can check by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mazhilis_sim.testing.axioms.definition import Outcome, Votes
from mazhilis_sim.testing.sandbox.answers import Misbehaviour
from mazhilis_sim.testing.search.breach import FEW_VOTES, SCALED, TIED, Breach


@dataclass(frozen=True, slots=True)
class Counterexample:
    """An election that breaks an axiom.

    Parameters
    ----------
    votes, seats : tuple of int, int
        What the rule was given.
    result : tuple of int or None
        What it gave back; None where those were no seats.
    related : Outcome or None
        The second election with its result, for an axiom that compares two; its ``parties`` say which party of the
        first election each of its parties is.
    words : str
        All of it in a sentence that can be checked by hand.
    """

    votes: Votes
    seats: int
    result: Votes | None
    related: Outcome | None
    words: str

    def __str__(self) -> str:
        return self.words

    def to_dict(self) -> dict[str, Any]:
        """Return plain lists, numbers and strings."""
        related = self.related and {name: plain(value) for name, value in self.related._asdict().items()}
        return {
            "votes": list(self.votes),
            "seats": self.seats,
            "result": self.result and list(self.result),
            "related": related,
            "words": self.words,
        }


def plain(value: Any) -> Any:
    """Turn a tuple into a list."""
    return list(value) if isinstance(value, tuple) else value


# -- in words -----------------------------------------------------------------------------------------------------------


def listing(numbers: Votes) -> str:
    """Write numbers with commas."""
    return ", ".join(map(str, numbers))


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


def of_breach(breach: Breach) -> Counterexample:
    """Turn a breach into what the report shows."""
    base, other = breach.base, breach.other
    remark = REMARKS.get(breach.blemish, "")
    words = f"With {election(base)}{against(base, other)}: {breach.why}{remark}."
    return Counterexample(base.votes, base.seats, base.result, None if other is base else other, words)


def of_mishap(found: Misbehaviour) -> Counterexample:
    """Turn a misbehaviour into what the report shows."""
    return Counterexample(found.votes, found.seats, None, None, f"{found.kind}: {found}")
