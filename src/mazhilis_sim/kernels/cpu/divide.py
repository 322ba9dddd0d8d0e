"""Whole parts, remainders and their ranks, in all lanes."""

import numpy as np

from mazhilis_sim.kernels import part
from mazhilis_sim.kernels.steps.events import NO_LIST, TIE
from mazhilis_sim.kernels.steps.law import a_little_below, claim, level, orders_of, precedence, whole_part


@part
def prepare_lanes(seats, total, left, rate, flags):
    """Begin the division: every seat is left; in a lane without votes of admitted lists none is, and one divides."""
    for lane in range(len(total)):
        flags[lane] |= 0 if total[lane] > 0 else NO_LIST
        left[lane] = seats if total[lane] > 0 else 0
        total[lane] = total[lane] if total[lane] > 0 else total.dtype.type(1)
        rate[lane] = a_little_below(seats, total[lane], rate.dtype.type)


@part
def divide_lanes(votes, seats, orders, active, rows, admitted, total, rate, left, whole, key, ranked):
    """Whole parts, and the claims that the remainders make; a list that is not admitted has none.

    The claims to be sorted stand from row 1 of ``ranked`` on.
    """
    integer, real = whole.dtype.type, rate.dtype.type
    apart = integer(orders)
    for row in range(rows):
        i = active[row]
        before = precedence(i, orders, integer)
        for lane in range(len(total)):
            counts = admitted[i, lane] != 0
            mine = votes[i, lane]
            part, remainder = whole_part(mine if counts else integer(0), seats, total[lane], rate[lane], integer, real)
            claimed = integer(claim(remainder, before, apart, integer) if counts else -1)
            whole[i, lane] = part
            left[lane] = integer(left[lane] - part)
            key[row, lane] = claimed
            ranked[row + 1, lane] = claimed


@part
def rank_lanes(rows, ranked):
    """Sort the claims of every lane, largest first, by Batcher's merge exchange: the same steps in all lanes.

    Knuth, The Art of Computer Programming 3, Algorithm 5.2.2M. Knuth's rows count from 1, too.
    """
    top = orders_of(rows) >> 1
    p = top
    while p > 0:
        q, r, d = top, 0, p
        while d > 0:
            for i in range(rows - d):
                if i & p == r:
                    exchange(ranked, i + 1, i + d + 1)
            d = q - p
            q >>= 1
            r = p
        p >>= 1


@part
def exchange(ranked, i, j):
    """Put the larger of two claims into the first of two rows, in every lane."""
    for lane in range(ranked.shape[1]):
        a, b = ranked[i, lane], ranked[j, lane]
        ranked[i, lane] = a if a > b else b
        ranked[j, lane] = b if a > b else a


@part
def find_cut(orders, no_claim, left, ranked, served, flags):
    """Find the last claim that is served, as many as seats are left, and flag the lanes in which the next one is level with it.

    For the lots there, `Lanes` says what must stand where.

    Before the first claim stands one that is larger than all, for lanes in which no seat is left; fewer are left than there are claims.
    Places are unsigned: a signed one is asked each time whether it counts from the end.
    """
    whole = left.dtype.type
    for lane in range(len(left)):
        ranked[0, lane] = no_claim
    for lane in range(len(left)):
        at = np.uint64(left[lane])
        served[lane] = ranked[at, np.uint64(lane)]
        flags[lane] |= whole(TIE) if level(served[lane], ranked[at + np.uint64(1), np.uint64(lane)], orders, whole) else whole(0)


@part
def award_lanes(active, rows, whole, key, served, seats):
    """Give one further seat each to the largest claims."""
    for row in range(rows):
        i = active[row]
        for lane in range(len(served)):
            seats[i, lane] = whole[i, lane] + (key[row, lane] >= served[lane])
