"""Whole parts, remainders and their ranks, in all lanes."""

import numpy as np

from mazhilis_sim.kernels import part
from mazhilis_sim.kernels.steps.events import NO_LIST, TIE
from mazhilis_sim.kernels.steps.law import a_little_below, level, orders_of, precedence, whole_part


@part
def prepare_lanes(seats, orders, total, scaled, left, rate, flags):
    """Begin the division: every seat is left; in a lane without votes of admitted lists none is, and one divides.

    ``scaled`` (w,) is filled with what divides, times the number of ``orders``; ``total`` is left at 1 where nobody voted, since other
    quotas divide by it.
    """
    whole, real = total.dtype.type, rate.dtype.type
    for lane in range(len(total)):
        voted = total[lane] > 0
        flags[lane] |= whole(0) if voted else whole(NO_LIST)
        left[lane] = seats if voted else 0
        total[lane] = total[lane] if voted else whole(1)
        scaled[lane] = whole(total[lane] * orders)
        rate[lane] = a_little_below(seats, total[lane], real)


@part
def divide_lanes(votes, seats, orders, active, rows, admitted, scaled, rate, left, whole, key, ranked):
    """Whole parts, and the claims that the remainders make; a list that is not admitted has none.

    Seats and what divides are multiplied by the number of ``orders``, and so comes the remainder: only the precedence is added to make what
    `claim` makes. That it fits the lanes is seen to by `lanes.times_in_claims`. The claims to be sorted stand from row 1 of ``ranked`` on.
    """
    integer, real = whole.dtype.type, rate.dtype.type
    times = integer(np.int64(seats) * orders)
    for row in range(rows):
        i = active[row]
        before = precedence(i, orders, integer)
        for lane in range(len(scaled)):
            counts = admitted[i, lane] != 0
            mine = votes[i, lane]
            part, remainder = whole_part(mine if counts else integer(0), times, scaled[lane], rate[lane], integer, real)
            claimed = integer(remainder + before) if counts else integer(-1)
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
def find_cut(orders, no_claim, rows, left, ranked, served, flags):
    """Find the last claim that is served, as many as seats are left, and flag the lanes in which the next one is level with it.

    ``left`` (w,) are the seats that are left, fewer than there are claims. The claims of each lane, ``rows`` of them, stand from row 1 of
    ``ranked`` on, the largest first; row 0 is scratch for the next claim, and what stands behind the last is read and not used. ``served``
    (w,), whatever it held, is filled: with the last claim that gets a seat, or with ``no_claim``, larger than all, where no seat is left.

    Two rows at a time are looked at, which halves how often what is found is read and written. For lots `Lanes` asks no more.
    """
    whole = left.dtype.type
    for lane in range(len(left)):
        served[lane] = no_claim
        ranked[0, lane] = ranked[1, lane]
    for row in range(1, rows, 2):
        for lane in range(len(left)):
            place = whole(left[lane] - row)
            one, two, three = ranked[row, lane], ranked[row + 1, lane], ranked[row + 2, lane]
            last, following = served[lane], ranked[0, lane]
            last = one if place == 0 else last
            last = two if place == 1 else last
            following = two if place == 0 else following
            following = three if place == 1 else following
            served[lane] = last
            ranked[0, lane] = following
    for lane in range(len(left)):
        flags[lane] |= whole(TIE) if level(served[lane], ranked[0, lane], orders, whole) else whole(0)


@part
def award_lanes(active, rows, whole, key, served, seats):
    """Give one further seat each to the largest claims."""
    for row in range(rows):
        i = active[row]
        for lane in range(len(served)):
            seats[i, lane] = whole[i, lane] + (key[row, lane] >= served[lane])
