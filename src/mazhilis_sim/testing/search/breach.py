"""What the search knows about an axiom: the election that breaks it, and how plain a counterexample that election is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from mazhilis_sim.testing.axioms.definition import Axiom, Outcome
from mazhilis_sim.testing.search.elections import Box, in_order

CLEAN, WITHOUT_VOTES, TIED, SCALED, FEW_VOTES, ANY = range(6)
"""Blemishes of a counterexample: none; a party without votes; a tie decides; a million times the votes give other
seats; fewer votes than seats. ``ANY`` is above all of them.
"""


class Breach(NamedTuple):
    """An election that breaks an axiom, the one that it is held against, how, and its blemish."""

    base: Outcome
    other: Outcome
    why: str
    blemish: int

    @property
    def size(self) -> tuple[Any, ...]:
        """What a smaller counterexample has less of: blemishes, parties, seats, votes."""
        votes, other = self.base.votes, self.other.votes
        return self.blemish, len(votes), self.base.seats, sum(votes) + sum(other), in_order(votes), in_order(other)


@dataclass
class Inquiry:
    """The state of the search about one axiom: ``tried`` counts all its elections, ``examined`` those beyond the small ones."""

    axiom: Axiom
    breach: Breach | None = None
    examined: int = 0
    tried: int = 0
    box: Box | None = None
    polishing: bool = False

    @property
    def above(self) -> int:
        """Only a breach with a blemish below this one is news; 0 where none can be."""
        return self.breach.blemish + self.polishing if self.breach else ANY

    def takes(self, breach: Breach | None) -> bool:
        """Keep a breach that is smaller than what is known; tell whether it is."""
        if breach is None or (self.breach and breach.size >= self.breach.size):
            return False
        self.breach, self.polishing = breach, False
        return True


def plain_flaw(outcome: Outcome) -> int:
    """Return the blemish of an election that can be seen without asking the rule."""
    if sum(outcome.votes) < outcome.seats:
        return FEW_VOTES
    return CLEAN if all(outcome.votes) else WITHOUT_VOTES
