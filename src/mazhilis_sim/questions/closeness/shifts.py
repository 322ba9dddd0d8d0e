"""Votes that move: a list gains or loses d votes, from nobody or from a rival, and all others stay as they are."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from mazhilis_sim.legislation.electoral_law import ElectoralLaw
from mazhilis_sim.votes.ballot import ListVotes


@dataclass(frozen=True)
class Shift:
    """Votes of a party as they move, one by one.

    Parameters
    ----------
    law : ElectoralLaw
    ballot : ListVotes
    party : str
    step : {1, -1}
        Whether it gains or loses votes.
    rival : str, optional
        Where they come from or go to; nowhere without one.
    """

    law: ElectoralLaw
    ballot: ListVotes
    party: str
    step: int
    rival: str | None = None

    @cached_property
    def steps(self) -> dict[str, int]:
        """By how much each list that moves does so with each vote."""
        return {self.party: self.step} | ({self.rival: -self.step} if self.rival else {})

    @property
    def base_step(self) -> int:
        """By how much the base does."""
        return 0 if self.rival else self.step

    @cached_property
    def base(self) -> int:
        """The base as it is."""
        return self.ballot.base(self.law.base)

    @property
    def most(self) -> int:
        """The most votes that can move; where there is no end, so many that more change nothing."""
        if self.step > 0 and self.rival is None:
            return self.enough
        held = self.ballot.votes[self.party if self.step < 0 else self.rival or ""]
        return held if self.rival or sum(self.ballot.votes.values()) > held else held - 1  # no ballot is without a vote for a list

    @cached_property
    def enough(self) -> int:
        """More votes than any rule needs to give a list all that it can have, and to leave every other below any threshold above 0."""
        at_threshold = self.base / self.law.threshold if self.law.threshold else Fraction(0)
        return (self.base + self.law.list_seats + 2) * (4 * self.law.list_seats + 8) + at_threshold.__ceil__() + 1

    def votes_at(self, moved: int) -> dict[str, int]:
        """Return the votes after so many have moved."""
        votes = dict(self.ballot.votes)
        for party, step in self.steps.items():
            votes[party] += step * moved
        return votes

    def ballot_at(self, moved: int) -> ListVotes:
        """Return the ballot then; its labels are read already."""
        ballot = copy.copy(self.ballot)
        object.__setattr__(ballot, "votes", self.votes_at(moved))
        return ballot

    def base_at(self, moved: int) -> int:
        """Return the base then."""
        return self.base + self.base_step * moved

    def passed_at(self, moved: int) -> tuple[str, ...]:
        """Return the lists that reach the threshold then."""
        above, below = self.law.threshold.as_integer_ratio()
        needed = above * self.base_at(moved)
        return tuple(party for party, votes in self.votes_at(moved).items() if votes * below >= needed)

    def to_threshold(self, party: str) -> int | None:
        """Return the first number of moved votes with which a list is on the other side of the threshold than before it.

        Below 1 it lies behind, for every vote that moves leads away from the threshold.
        """
        above, below = self.law.threshold.as_integer_ratio()
        pace = self.steps.get(party, 0) * below - above * self.base_step
        short = above * self.base - self.ballot.votes[party] * below
        if not pace or not above:
            return None
        return -(-short // pace) if pace > 0 else short // pace + 1

    def crossings(self) -> set[int]:
        """Return where a list that moves comes level with another, and where it is past it."""
        found: set[int] = set()
        for party, step in self.steps.items():
            for other, votes in self.ballot.votes.items():
                pace = step - self.steps.get(other, 0)
                if pace and other != party:
                    level = Fraction(votes - self.ballot.votes[party], pace)
                    found |= {level.__ceil__(), level.__floor__() + 1}
        return found
