"""The law's count over lanes of elections, in exact integers of 32 or 64 bits; tables of elections, and districts, through it.

Arrays are struct-of-arrays: (k lists, w lanes), so that a loop over lanes is one vector instruction after another.
Bounds, checked once at the doors (by `counting.many.largest_base` for tables, by `simulation.question.most_votes` for draws): base x
numerator and denominator of the threshold, votes x seats x orders of registration (`law.orders_of`), twice base x orders, and the
fallback's weight x votes x seats all stay below 2**63.
"""

import numpy as np

from mazhilis_sim.kernels import entry, part, plan
from mazhilis_sim.kernels.borrowing import lent
from mazhilis_sim.kernels.cpu.admit import admit_lanes, admit_without_threshold, find_active, find_rare
from mazhilis_sim.kernels.cpu.divide import award_lanes, divide_lanes, prepare_lanes, serve_claims
from mazhilis_sim.kernels.cpu.methods import recount
from mazhilis_sim.kernels.cpu.two_party import award_fallbacks
from mazhilis_sim.kernels.steps.law import orders_of
from mazhilis_sim.kernels.turning import SIDE, turn_to_lanes, turn_to_rows

# -- all lanes at once -------------------------------------------------------------------------------------------------


@plan
def count_lanes(votes, base, rules, lanes):
    """Count the elections in the lanes of ``votes`` (k, w) on ``base`` (w,); results stand in ``lanes``. Return the number of active rows.

    Each loop is handed the arrays that it reads and writes and no more: a tuple is handed over with every array in it, which takes long
    to compile.
    """
    room = lent(lanes)
    admit_lanes(
        votes, base, rules.threshold_num, rules.threshold_den, room.left, room.admitted, room.active, room.total, room.passed, room.flags
    )
    rows = count_admitted(votes, rules, lanes)
    recount_lanes(rules.method, votes, rules.seats, rows, lanes)
    return rows


@plan
def count_admitted(votes, rules, lanes):
    """Count on where it is known which lists pass, as `admit_lanes` tells it, by Hare's quota."""
    room, orders = lent(lanes), orders_of(votes.shape[0])
    few = find_rare(room.passed, room.served, room.rare)
    admit_without_threshold(
        votes, rules.has_fallback, rules.no_list, room.rare, few, room.admitted, room.active, room.total, room.passed, room.flags
    )
    rows = find_active(room.active, room.seats)
    prepare_lanes(rules.seats, orders, room.total, room.served, room.left, room.rate, room.flags)
    divide_lanes(votes, rules.seats, orders, room.active, rows, room.admitted, room.served, room.rate, room.left, room.whole, room.key)
    serve_claims(
        room.many,
        orders,
        rules.no_claim,
        room.active,
        rows,
        room.total,
        room.left,
        room.whole,
        room.key,
        room.ranked,
        room.served,
        room.flags,
    )
    award_lanes(room.active, rows, room.whole, room.key, room.served, room.seats)
    award_fallbacks(votes, rules, room.rare, few, room.total, room.whole, room.seats, room.flags)
    return rows


@plan
def recount_lanes(method, votes, house, rows, lanes):
    """Share out the seats anew by another method than Hare's, if there is one; ``rows`` are those that `count_admitted` returned."""
    room, orders = lent(lanes), orders_of(votes.shape[0])
    method, total, served = lent(method), room.total, room.served
    recount(
        method,
        votes,
        house,
        rows,
        orders,
        room.active,
        room.admitted,
        total,
        room.whole,
        room.key,
        room.ranked,
        served,
        room.seats,
        room.flags,
    )


# -- whole batches -----------------------------------------------------------------------------------------------------


@entry
def count_rows(votes, extra, rules, most_votes, most_base, flat, chunk, base, lanes, seats, flags):
    """Count n elections that stand one after another in ``votes`` (n k,) through lanes; ``seats`` (n k,) and ``flags`` (n,) are filled.

    ``extra`` (n,) is what the base holds beside the lists: votes against all, invalid ballots where the law says so.
    ``flat`` (k w + 8,), ``chunk`` (k, w) and ``base`` (w,) are scratch. Returns the flags of all elections together. Stops, and returns -1,
    at numbers that these lanes cannot count: negative ones, ones above ``most_votes``, bases above ``most_base``, elections without votes.
    """
    n = len(extra)
    k, w = chunk.shape
    room = lent(lanes)
    seen, most = np.int64(0), np.uint64(most_votes)
    for first in range(0, n, w):
        used = min(w, n - first)
        if load_rows(votes, first, used, flat, chunk) > most and highest(votes, first * k, used * k) > most:
            return -1
        if bits_together(extra, first, used) > most and highest(extra, first, used) > most:
            return -1
        load_base(chunk, extra, first, used, base, room.total)
        if not countable(base, room.total, most_base):
            return -1
        count_lanes(chunk, base, rules, lanes)
        store_rows(room.seats, first, used, flat, seats)
        seen |= store_flags(room.flags, first, used, flags)
    return seen


@part
def highest(numbers, first, n):
    """Return the largest of n numbers from the first one; a negative one counts as very large."""
    found, begin = np.uint64(0), np.uint64(first)
    for i in range(n):
        number = np.uint64(numbers[begin + np.uint64(i)])
        found = number if number > found else found
    return found


@part
def bits_together(numbers, first, n):
    """Return all bits that are set in any of n numbers from the first one: no less than the largest, and told quicker."""
    bits, begin = np.uint64(0), np.uint64(first)
    for i in range(n):
        bits |= np.uint64(numbers[begin + np.uint64(i)])
    return bits


@part
def load_rows(votes, first, used, flat, chunk):
    """Turn rows into lanes; idle lanes keep those of the chunk before: there are no more lanes than elections, so the first has none idle.

    Return all bits that are set in any number, as `bits_together` does; those of a negative one are very large.

    The numbers are brought into the lanes' type first, as they stand: to read whole lines of memory one after another, and to find each
    list's numbers in a cache, takes less than to read list by list. ``flat`` (k w + 8,) is scratch.
    """
    whole, k, bits = chunk.dtype.type, chunk.shape[0], np.uint64(0)
    begin = np.uint64(first * k)
    for place in range(used * k):
        number = votes[begin + np.uint64(place)]
        flat[np.uint64(place)] = whole(number)
        bits |= np.uint64(number)
    eights = used // SIDE * SIDE
    for i in range(0, k, SIDE):
        for lane in range(0, eights, SIDE):
            turn_to_lanes(flat, lane * k, k, i, chunk, lane)
    for lane in range(eights, used):
        for i in range(k):
            chunk[i, lane] = flat[lane * k + i]
    return bits


@part
def load_base(chunk, extra, first, used, base, total):
    """Sum the votes of each lane, two lists at a time, and add what the base holds beside them."""
    begin = np.uint64(first)
    for lane in range(len(base)):
        total[lane] = chunk[0, lane]
    for i in range(2, chunk.shape[0], 2):
        for lane in range(len(base)):
            total[lane] += chunk[i - 1, lane] + chunk[i, lane]
    if chunk.shape[0] % 2 == 0:
        for lane in range(len(base)):
            total[lane] += chunk[chunk.shape[0] - 1, lane]
    for lane in range(len(base)):
        base[lane] = total[lane]
    for lane in range(used):
        base[lane] += extra[begin + np.uint64(lane)]


@part
def countable(base, total, most_base):
    """Tell whether every lane has votes, and none too many; the sums have not run over, since no single number is too large."""
    most, least = base[0], total[0]
    for lane in range(len(base)):
        most = base[lane] if base[lane] > most else most
        least = total[lane] if total[lane] < least else least
    return least > 0 and most <= most_base


@part
def store_rows(lanes, first, used, flat, rows):
    """Turn lanes back into rows as `load_rows` does the other way, so that memory is written line by line.

    ``flat`` (k w + 8,) is scratch.
    """
    k = lanes.shape[0]
    begin, eights = np.uint64(first * k), used // SIDE * SIDE
    for i in range((k - 1) // SIDE * SIDE, -1, -SIDE):
        for lane in range(0, eights, SIDE):
            turn_to_rows(lanes, lane, i, flat, lane * k, k)
    for lane in range(eights, used):
        for i in range(k):
            flat[lane * k + i] = lanes[i, lane]
    for place in range(used * k):
        rows[begin + np.uint64(place)] = flat[np.uint64(place)]


@part
def store_flags(lanes, first, used, flags):
    """Write the flags of the lanes in use; return them together."""
    seen, begin = np.int64(0), np.uint64(first)
    for lane in range(used):
        seen |= lanes[lane]
        flags[begin + np.uint64(lane)] = lanes[lane]
    return seen


@entry
def plurality_rows(votes, winner, margin):
    """First past the post in the rows of ``votes`` (n, c): the winner's column, or -1 for a tie; margin in votes."""
    n, c = votes.shape
    for row in range(n):
        best = np.int64(0)
        second = np.int64(0)
        tied = False
        for i in range(1, c):
            if votes[row, i] > votes[row, best]:
                second = votes[row, best]
                best = np.int64(i)
                tied = False
            else:
                tied = tied or votes[row, i] == votes[row, best]
                second = max(second, votes[row, i])
        winner[row] = -1 if tied else best
        margin[row] = votes[row, best] - second
