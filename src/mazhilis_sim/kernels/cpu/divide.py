"""Whole parts, remainders and their ranks, in all lanes."""

from mazhilis_sim.kernels import part
from mazhilis_sim.kernels.steps.events import TIE
from mazhilis_sim.kernels.steps.law import a_little_below, claim, level, order_bits, whole_part


@part
def prepare_lanes(seats, no_claim, total, left, rate, served, refused):
    """Begin the division: every seat is left; in a lane without votes of admitted lists none is, and one divides.

    No claim is served yet, and none refused.
    """
    for lane in range(len(total)):
        left[lane] = seats if total[lane] > 0 else 0
        total[lane] = total[lane] if total[lane] > 0 else total.dtype.type(1)
        rate[lane] = a_little_below(seats, total[lane], rate.dtype.type)
        served[lane], refused[lane] = no_claim, -1


@part
def divide_lanes(votes, seats, shift, active, rows, admitted, total, rate, left, whole, key, ranked):
    """Whole parts, and the claims that the remainders make; a list that is not admitted has none."""
    integer, real = whole.dtype.type, rate.dtype.type
    for row in range(rows):
        i = active[row]
        for lane in range(len(total)):
            counts = admitted[i, lane] != 0
            mine = votes[i, lane]
            part, remainder = whole_part(mine if counts else integer(0), seats, total[lane], rate[lane], integer, real)
            claimed = integer(claim(remainder, i, shift)) if counts else integer(-1)
            whole[i, lane] = part
            left[lane] -= part
            key[row, lane] = claimed
            ranked[row, lane] = claimed


@part
def rank_lanes(rows, ranked):
    """Sort the claims of every lane, largest first, by Batcher's merge exchange: the same steps in all lanes.

    Knuth, The Art of Computer Programming 3, Algorithm 5.2.2M.
    """
    top = 1 << (order_bits(rows) - 1) if rows > 1 else 1
    p = top
    while p > 0:
        q, r, d = top, 0, p
        while d > 0:
            for i in range(rows - d):
                if i & p == r:
                    exchange(ranked, i, i + d)
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
def find_cut(rows, shift, left, ranked, served, refused, flags):
    """Find the last claim that is served and the first that is not; flag the lanes where they tie.

    All loads stand before the choices: a load behind a condition would keep the loop from being vectorised.
    """
    whole = left.dtype.type
    for row in range(rows):
        last, next_one = whole(row + 1), whole(row)
        for lane in range(len(left)):
            claimed, at, was_served, was_refused = ranked[row, lane], left[lane], served[lane], refused[lane]
            served[lane] = claimed if at == last else was_served
            refused[lane] = claimed if at == next_one else was_refused
    for lane in range(len(left)):
        flags[lane] |= whole(TIE) if level(served[lane], refused[lane], shift, whole) else whole(0)


@part
def award_lanes(active, rows, whole, key, served, seats):
    """Give one further seat each to the largest claims."""
    for row in range(rows):
        i = active[row]
        for lane in range(len(served)):
            seats[i, lane] = whole[i, lane] + (key[row, lane] >= served[lane])
