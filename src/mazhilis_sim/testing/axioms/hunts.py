"""Elections that put an axiom in danger, drawn at random."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from mazhilis_sim.testing.axioms.definition import Drawn, Votes


def not_empty(votes: Sequence[int]) -> Votes:
    """Give the first party a vote where there is none."""
    return tuple(votes) if any(votes) else (1, *votes[1:])


def lopsided(rng: Random) -> Drawn:
    """Draw several equal small parties of up to three quotas and a large one with the rest: what strains a quota."""
    quota, others, seats = 60, rng.randint(2, 5), rng.randint(2, rng.choice((8, 20, 60)))
    part = rng.randint(1, min(3 * quota, quota * seats // others))
    return not_empty((quota * seats - others * part, *[part] * others)), seats


def two_large(rng: Random) -> Drawn:
    """Draw two large parties and a small one: what the Alabama paradox needs."""
    small_party = rng.randint(1, 30)
    large = [small_party * rng.randint(1, 12) + rng.randint(0, small_party) for _ in range(2)]
    return (*large, *(small_party + rng.randint(0, 2) for _ in range(rng.randint(1, 2)))), rng.randint(1, 30)
