"""A rule of seats of one's own: counted, verified, and simulated; compiled by numba it is as fast as the others."""

from numba import njit

import mazhilis_sim as ms
from mazhilis_sim.testing import verify


def one_by_one(votes, seats):
    """Give each seat to the list with most votes for every seat that it would then have, which is D'Hondt's rule."""
    won = [0] * len(votes)
    for _ in range(seats):
        best = 0
        for i in range(1, len(votes)):
            if votes[i] * (won[best] + 1) > votes[best] * (won[i] + 1):
                best = i
        won[best] += 1
    return won


law, votes = ms.law("2026"), {"a": 53, "b": 24, "c": 23}
print(ms.allocate(law.replace(method=one_by_one), votes).seats)
print(verify(one_by_one, axioms=["house_monotone", "upper_quota"], max_examples=200).broken)
print(ms.simulate(law.replace(method=njit(one_by_one)), ms.Poll({"a": 0.6, "b": 0.4}, sample_size=1000), seed=1))
