"""The two-party rule, lane by lane."""

import numpy as np

from mazhilis_sim.kernels import part
from mazhilis_sim.kernels.steps.events import EXCESS, FALLBACK, TIE
from mazhilis_sim.kernels.steps.law import weighted_part, with_floor


@part
def award_fallbacks(votes, rules, rare, found, total, whole, seats, flags):
    """Article 97-1(2)-(4): no remainder competes; the second list's seats by its weight and floor, the rest to the first."""
    for number in range(found):
        lane = np.uint64(rare[0, number])
        if flags[lane] & FALLBACK:
            first, second = np.uint64(rare[1, number]), np.uint64(rare[2, number])
            weighted = weighted_part(votes[second, lane], total[lane], rules)
            wanted = with_floor(weighted, rules)
            won = wanted if wanted < rules.seats else np.int64(rules.seats)
            excess = whole[first, lane] + wanted > rules.seats
            whole[second, lane] = weighted
            seats[second, lane] = won
            seats[first, lane] = rules.seats - won
            flags[lane] = (flags[lane] & ~TIE) | EXCESS * excess
