"""The drawing of lots between equal remainders."""

import numpy as np

from mazhilis_sim.kernels import part
from mazhilis_sim.kernels.steps import law, random_words
from mazhilis_sim.kernels.steps.events import TIE


@part
def settle_ties(seed, draws, rows, active, admitted, whole, key, served, flags, seats):
    """Draw lots between the equal remainders of the lanes where they compete.

    Among the lists at the cut, the highest lots get the seats that the order of registration had given out. In such a lane ``served`` is a
    claim that is level with those of the tied lists alone, ``key`` (its rows are those of ``active``) has every claim to compare with it,
    and ``whole`` the seats of the tied lists without those for which they compete; `Lanes` names who writes them so.
    """
    orders = law.orders_of(seats.shape[0])
    for lane in range(len(draws)):
        if flags[lane] & TIE:
            cut, at_cut = served[lane], 0
            for row in range(rows):
                i = active[row]
                if admitted[i, lane] and law.level(key[row, lane], cut, orders, whole.dtype.type):
                    at_cut += seats[i, lane] - whole[i, lane]
                    seats[i, lane] = whole[i, lane]
            for _ in range(at_cut):
                seats[highest_lot(seed, draws[lane], lane, cut, orders, rows, active, admitted, whole, key, seats), lane] += 1


@part
def highest_lot(seed, draw, lane, cut, orders, rows, active, admitted, whole, key, seats):
    """Return the list at the cut with the highest lot that has no further seat yet."""
    best, highest = np.int64(0), random_words.U64(0)
    for row in range(rows):
        i = active[row]
        if admitted[i, lane] and law.level(key[row, lane], cut, orders, whole.dtype.type) and seats[i, lane] == whole[i, lane]:
            lot, _, _, _ = random_words.words(seed, draw, random_words.LOTS, random_words.LIST_LOTS | i)
            best, highest = (i, lot) if lot >= highest else (best, highest)
    return best
