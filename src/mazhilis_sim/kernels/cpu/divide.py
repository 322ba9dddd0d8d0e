"""Whole parts, remainders and their ranks, in all lanes."""

import numpy as np

from mazhilis_sim.kernels import part, step
from mazhilis_sim.kernels.cpu.lanes import FEW_CLAIMS
from mazhilis_sim.kernels.steps.events import NO_LIST, TIE
from mazhilis_sim.kernels.steps.law import a_little_below, corrected, level, orders_of, precedence, whole_part


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
def divide_lanes(votes, seats, orders, active, rows, admitted, scaled, rate, left, whole, key):
    """Whole parts, and the claims that the remainders make.

    A list that is not admitted counts as one without votes, whose remainder of 0 is never served: remainders of all come to the total times
    the seats that are left, and each is below the total, so that more of them are above 0 than seats are left.

    Seats and what divides are multiplied by the number of ``orders``, and so comes the remainder: only the precedence is added to make what
    `claim` makes. That it fits the lanes is seen to by `lanes.times_in_claims`. Of a great many lists and seats the two multiplied may not:
    a remainder that fits is told as well by factors of which the upper bits are lost.

    A whole part lacks a seat where the quotient is whole, or in a few elections of a hundred thousand by so little more that no float
    tells. Its claim is no less than what divides then (`correct_lanes`).
    """
    integer, real = whole.dtype.type, rate.dtype.type
    times = integer(np.int64(seats) * orders)
    for row in range(rows):
        i = active[row]
        before = precedence(i, orders, integer)
        for lane in range(len(scaled)):
            mine = votes[i, lane]
            counted = mine if admitted[i, lane] else integer(0)
            part, remainder = whole_part(counted, times, scaled[lane], rate[lane], integer, real)
            whole[i, lane] = part
            left[lane] = integer(left[lane] - part)
            key[row, lane] = integer(remainder + before)


@part
def correct_lanes(orders, active, rows, total, left, whole, key, scaled, flags):
    """Give each list the seat that its whole part lacks, and take back what was said of a tie there.

    ``scaled`` (w,) is filled with what divides, times the ``orders``, as `prepare_lanes` does.
    """
    integer = whole.dtype.type
    for lane in range(len(total)):
        scaled[lane] = integer(total[lane] * orders)
    for row in range(rows):
        i = active[row]
        for lane in range(len(total)):
            flags[lane] = integer(flags[lane] & ~TIE) if key[row, lane] >= scaled[lane] else flags[lane]
            part, claimed = corrected(whole[i, lane], key[row, lane], scaled[lane], integer)
            left[lane] = integer(left[lane] - integer(part - whole[i, lane]))
            whole[i, lane], key[row, lane] = part, claimed


@part
def serve_claims(many, orders, no_claim, active, rows, total, left, whole, key, ranked, served, flags):
    """Find the last claim that is served, as many as seats are left, and flag the lanes in which the next one is level with it.

    ``left`` (w,) are the seats that are left: none where there is no claim, and fewer than the claims, which fill ``rows`` rows of ``key``,
    once no whole part lacks a seat.
    ``served`` (w,), which holds what divides, is filled: with the last claim that gets a seat, or with ``no_claim``, larger than all, where
    no seat is left. ``many`` is None where there are no more than `FEW_CLAIMS` lists.

    The largest claim tells whether a whole part lacks a seat. Then it is given, and all are served once more, which takes half as long
    again as the law does; of simulated votes of millions that is seldom, but where one list alone may be admitted.
    """
    if many is None or rows <= FEW_CLAIMS:  # where it is None, the rest is not compiled
        if serve_few(orders, no_claim, rows, left, key, served, flags):
            correct_lanes(orders, active, rows, total, left, whole, key, served, flags)
            serve_few(orders, no_claim, rows, left, key, served, flags)
    else:
        correct_lanes(orders, active, rows, total, left, whole, key, served, flags)
        rank_lanes(rows, key, ranked)
        find_cut(orders, no_claim, rows, left, ranked, served, flags)


@part
def serve_few(orders, no_claim, rows, left, key, served, flags):
    """Sort the claims of each lane, at most `FEW_CLAIMS`, by the network of `rank_lanes`, between whose steps nothing is written.

    Rows of ``key`` behind the claims are filled with -1, which is behind them all. Even and odd rows are sorted by themselves, and merged;
    then a is the largest and h the smallest. Return whether the largest is anywhere no less than what divides, which ``served`` holds.
    """
    whole = left.dtype.type
    lacking = whole(0)
    for row in range(rows, FEW_CLAIMS):
        for lane in range(len(left)):
            key[row, lane] = -1
    for lane in range(len(left)):
        a, c, e, g = four_ordered(key[0, lane], key[2, lane], key[4, lane], key[6, lane])
        b, d, f, h = four_ordered(key[1, lane], key[3, lane], key[5, lane], key[7, lane])
        a, b = ordered(a, b)
        c, d = ordered(c, d)
        e, f = ordered(e, f)
        g, h = ordered(g, h)
        b, e = ordered(b, e)
        d, g = ordered(d, g)
        b, c = ordered(b, c)
        d, e = ordered(d, e)
        f, g = ordered(f, g)
        last = one_of_eight(left[lane], no_claim, a, b, c, d, e, f, g)
        following = one_of_eight(left[lane], a, b, c, d, e, f, g, h)
        lacking = whole(lacking | whole(a >= served[lane]))
        served[lane] = last
        flags[lane] |= whole(TIE) if level(last, following, orders, whole) else whole(0)
    return lacking > 0


@step
def ordered(a, b):
    """Return two claims, the larger one first."""
    return a if a > b else b, b if a > b else a


@step
def four_ordered(a, b, c, d):
    """Return four claims, the largest first."""
    a, c = ordered(a, c)
    b, d = ordered(b, d)
    a, b = ordered(a, b)
    c, d = ordered(c, d)
    b, c = ordered(b, c)
    return a, b, c, d


@step
def one_of_eight(place, a, b, c, d, e, f, g, h):
    """Return what stands at a place from 0 to 7, by the bits of the place."""
    odd = place & 1
    a, c, e, g = b if odd else a, d if odd else c, f if odd else e, h if odd else g
    a, e = c if place & 2 else a, g if place & 2 else e
    return e if place & 4 else a


@part
def rank_lanes(rows, key, ranked):
    """Sort the claims of every lane, largest first, by Batcher's merge exchange: the same steps in all lanes.

    The claims in ``key`` stay; sorted they stand from row 1 of ``ranked`` on. Knuth, The Art of Computer Programming 3, Algorithm 5.2.2M,
    whose rows count from 1, too.
    """
    for row in range(rows):
        for lane in range(key.shape[1]):
            ranked[row + 1, lane] = key[row, lane]
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
    """Find what `serve_claims` asks for, in the claims that stand from row 1 of ``ranked`` on, the largest first.

    Row 0 is scratch for the next claim, and what stands behind the last is read and not used. Two rows at a time are looked at, which
    halves how often what is found is read and written.
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
