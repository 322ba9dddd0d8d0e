"""The law's count in exact 64-bit integers: scalar steps, then loops over lanes of elections.

Arrays are struct-of-arrays: (k lists, w lanes), so that a loop over lanes is one vector instruction after another.
Bounds, checked once at the door (`mazhilis_sim.allocation`): base x numerator and denominator of the threshold,
votes x seats, and the fallback's weight x votes x seats all stay below 2**63.
"""
from typing import Any, NamedTuple

import numpy as np

from mazhilis_sim.kernels import entry, jit, plan, pure, step
from mazhilis_sim.kernels.flags import EXCESS, FALLBACK, NO_LIST, SECOND_TIE, TIE
from mazhilis_sim.kernels.methods import recount

NO_LIST_ALL = 2  # of the options error, top_two, all

EPSILON_32, EPSILON_64 = 2.0**-23, 2.0**-52  # one unit in the last place of 1

MOST_NARROW_SEATS = 1 << 16  # an estimate in 32-bit floats is less than one seat too low up to here


class Rules(NamedTuple):
    """One law, packed for the kernels."""

    seats: int
    threshold_num: int
    threshold_den: int
    has_fallback: int
    weight_num: int
    weight_den: int
    floor: int
    no_list: int
    no_claim: int  # larger than any claim to a seat
    method: Any = None  # of `methods.METHODS`; None for Hare's quota


def most_narrow_base(rules: Rules, lists: int) -> int:
    """Return the largest base whose claims and threshold's products fit 32 bits; 0 where the rules themselves do not."""
    factor = max(2 << int(pure(order_bits)(lists)), rules.threshold_den)  # whose numerator is smaller
    fits = max(rules[:-2]) < 2**31 - 1 and rules.seats <= MOST_NARROW_SEATS
    return (2**31 - 2) // factor if fits else 0


def narrowed(rules: Rules, lists: int, base: int) -> tuple[Rules, Any]:
    """Pack the rules in 32 bits where they hold the base, (rules, type of the lanes): twice the lanes a vector."""
    whole: Any = np.int32 if base <= most_narrow_base(rules, lists) else np.int64
    *numbers, _, method = rules
    return Rules._make([*(whole(n) for n in (*numbers, np.iinfo(whole).max)), method]), whole


class Lanes(NamedTuple):
    """Scratch and results of a count over lanes: each (k, w), (k,) or (w,), of one type of integer, and a rate in floats as wide.

    ``admitted`` is 1 for a list that reached the threshold, 2 for one admitted without, 0 for the others. ``active``
    begins with the rows that are admitted in any lane, which it marks before; the rest of the count leaves the others out.
    ``key`` orders the claims to a further seat: the remainder, then the order of registration, in one integer; -1 for no
    claim. Its rows, and those of ``ranked``, follow ``active``. ``rare`` lists the lanes in which fewer than two lists passed.
    """

    admitted: np.ndarray
    whole: np.ndarray
    key: np.ndarray
    ranked: np.ndarray
    seats: np.ndarray
    active: np.ndarray
    rare: np.ndarray
    total: np.ndarray
    passed: np.ndarray
    left: np.ndarray
    served: np.ndarray
    refused: np.ndarray
    flags: np.ndarray
    rate: np.ndarray


def new_lanes(k: int, w: int, whole: Any = np.int64) -> Lanes:
    """Make room for a count of w elections of k lists."""
    per_list, per_lane = (np.zeros((k, w), whole) for _ in range(5)), (np.zeros(w, whole) for _ in range(6))
    return Lanes._make((*per_list, np.zeros(k, np.int64), np.zeros(w, np.int64), *per_lane, np.zeros(w, f"f{np.dtype(whole).itemsize}")))


# -- one step of the law each ------------------------------------------------------------------------------------------


@step
def times(number, factor, whole):
    """Return a product that fits the lanes."""
    return whole(np.int64(number) * np.int64(factor))


@step
def whole_part(votes, seats, total, rate, whole, real):
    """Whole part and remainder of votes x seats / total, by an estimate with the rate seats / total in floats.

    The rate is a little too low on purpose (`a_little_below`), so that the estimate is exact or one too low, and the exact
    integer remainder tells which. It is less than twice the total, so it fits the lanes though its two products may not.
    """
    estimate = np.int32(real(votes) * rate)
    rest = whole(np.int64(votes) * np.int64(seats) - np.int64(estimate) * np.int64(total))
    low = rest >= total
    return whole(estimate + np.int32(low)), whole(rest - (total if low else whole(0)))


@step
def a_little_below(seats, total, real):
    """Return seats / total, lowered by more than all rounding of an estimate and by far less than one seat.

    Rounding the votes, the total, the quotient, this product and the estimate makes at most five times half a unit in the last place,
    one is 2**-23 in 32 bits and 2**-52 in 64.
    """
    return real(seats) / real(total) * real(1.0 - 4.0 * (EPSILON_32 if real is np.float32 else EPSILON_64))


@step
def claim(remainder, order, shift):
    """One integer that orders remainders, and equal ones by registration: the earlier list has the larger key."""
    return (remainder << shift) | ((np.int64(1) << shift) - np.int64(1) - order)


@step
def weighted_part(votes, total, rules):
    """Article 97-1(2)-(4): the second list's votes per quota, multiplied by the weight, then cut to the whole part."""
    weighted = np.int64(rules.weight_num) * np.int64(votes) * np.int64(rules.seats)
    return weighted // (np.int64(rules.weight_den) * np.int64(total))


@step
def with_floor(weighted, rules):
    """Article 97-1(2)-(4): at least the floor; it may come to more than all seats."""
    return weighted if weighted > rules.floor else np.int64(rules.floor)


# -- all lanes at once -------------------------------------------------------------------------------------------------


@plan
def count_lanes(votes, base, rules, lanes):
    """Count the elections in the lanes of ``votes`` (k, w) on ``base`` (w,); results stand in ``lanes``. Return the number of active rows.

    Each loop is handed the arrays that it reads and writes and no more, and the tuple is taken apart once: to read one field of it,
    compiled code is given every array in it, which takes long to compile.
    """
    admitted, whole, key, ranked, seats, active, rare, total, passed, left, served, refused, flags, rate = lanes
    k = votes.shape[0]
    admit_lanes(votes, base, rules.threshold_num, rules.threshold_den, left, admitted, active, total, passed, flags)
    few = find_rare(passed, rare)
    admit_without_threshold(votes, rules.has_fallback, rules.no_list, rare, few, admitted, active, total, passed, flags)
    rows = find_active(active, seats)
    prepare_lanes(rules.seats, rules.no_claim, total, left, rate, served, refused)
    divide_lanes(votes, rules.seats, active, rows, admitted, total, rate, left, whole, key, ranked)
    rank_lanes(rows, ranked)
    find_cut(k, rows, left, ranked, served, refused, flags)
    award_lanes(active, rows, whole, key, served, seats)
    award_fallbacks(votes, rules, rare, few, active, rows, admitted, total, whole, seats, flags)
    recount(
        rules.method, votes, rules.seats, rows, order_bits(k), active, admitted, total, whole, key, ranked, served, seats, flags)
    return rows


@jit
def admit_lanes(votes, base, num, den, needed, admitted, active, total, passed, flags):
    """Article 97-1: a list is admitted when its votes are at least num / den of the base. Sum the votes and number of those that are.

    ``active`` (k,) marks the lists that are admitted in any lane; ``needed`` (w,) is scratch for num times the base.
    """
    k, w = votes.shape
    whole = total.dtype.type
    for lane in range(w):
        needed[lane] = times(base[lane], num, whole)
        total[lane] = 0
        passed[lane] = 0
        flags[lane] = 0
    for i in range(k):
        somewhere = whole(0)
        for lane in range(w):
            mine = votes[i, lane]
            enough = times(mine, den, whole) >= needed[lane]
            somewhere |= whole(enough)
            admitted[i, lane] = enough
            total[lane] += mine if enough else whole(0)
            passed[lane] += enough
        active[i] = somewhere


@jit
def find_active(active, seats):
    """List the rows that are marked, in place of the marks; the others have no seat in this chunk. Return how many there are."""
    k, w = seats.shape
    rows = 0
    for i in range(k):
        if active[i]:
            active[rows] = i
            rows += 1
        else:
            for lane in range(w):
                seats[i, lane] = 0
    return rows


@jit
def prepare_lanes(seats, no_claim, total, left, rate, served, refused):
    """Begin the division: every seat is left; in a lane without votes of admitted lists none is, and one divides.

    No claim is served yet, and none refused.
    """
    for lane in range(len(total)):
        left[lane] = seats if total[lane] > 0 else 0
        total[lane] = total[lane] if total[lane] > 0 else total.dtype.type(1)
        rate[lane] = a_little_below(seats, total[lane], rate.dtype.type)
        served[lane], refused[lane] = no_claim, -1


@jit
def divide_lanes(votes, seats, active, rows, admitted, total, rate, left, whole, key, ranked):
    """Whole parts, and the claims that the remainders make; a list that is not admitted has none."""
    shift = order_bits(votes.shape[0])
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


@step
def order_bits(k):
    """Bits that hold a place in the order of registration."""
    bits = np.int64(0)
    while (np.int64(1) << bits) < k:
        bits += 1
    return bits


@jit
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


@jit
def exchange(ranked, i, j):
    """Put the larger of two claims into the first of two rows, in every lane."""
    for lane in range(ranked.shape[1]):
        a, b = ranked[i, lane], ranked[j, lane]
        ranked[i, lane] = a if a > b else b
        ranked[j, lane] = b if a > b else a


@jit
def find_cut(k, rows, left, ranked, served, refused, flags):
    """Find the last claim that is served and the first that is not; flag the lanes where they tie.

    Two claims tie when they differ in the order of registration alone, which their lowest bits hold. All loads stand before the
    choices: a load behind a condition would keep the loop from being vectorised.
    """
    whole = left.dtype.type
    orders = whole(np.int64(1) << order_bits(k))
    for row in range(rows):
        last, next_one = whole(row + 1), whole(row)
        for lane in range(len(left)):
            claimed, at, was_served, was_refused = ranked[row, lane], left[lane], served[lane], refused[lane]
            served[lane] = claimed if at == last else was_served
            refused[lane] = claimed if at == next_one else was_refused
    for lane in range(len(left)):
        apart = whole(served[lane] ^ refused[lane])
        flags[lane] |= whole(TIE) if whole(0) <= apart < orders else whole(0)


@jit
def award_lanes(active, rows, whole, key, served, seats):
    """Give one further seat each to the largest claims."""
    for row in range(rows):
        i = active[row]
        for lane in range(len(served)):
            seats[i, lane] = whole[i, lane] + (key[row, lane] >= served[lane])


# -- the rare lanes, one by one ----------------------------------------------------------------------------------------


@jit
def find_rare(passed, rare):
    """List the lanes in which fewer than two lists passed, without a branch; return how many there are."""
    found = 0
    for lane in range(len(passed)):
        rare[found] = lane
        found += passed[lane] < 2
    return found


@jit
def admit_without_threshold(votes, has_fallback, no_list, rare, found, admitted, active, total, passed, flags):
    """Admit the second list where one alone passed and the law has a fallback; follow the option where none did."""
    k = votes.shape[0]
    for number in range(found):
        lane, places = rare[number], 0
        if passed[lane] == 1 and has_fallback and k > 1:
            flags[lane], places = FALLBACK, 1
        elif passed[lane] == 0:
            wanted = k if no_list == NO_LIST_ALL else 2 * no_list
            flags[lane], places = NO_LIST, wanted if wanted < k else k
        for _ in range(places):
            flags[lane] &= ~SECOND_TIE  # only a tie for the last place is one
            admit_next(votes, lane, admitted, active, total, flags)


@jit
def admit_next(votes, lane, admitted, active, total, flags):
    """Admit the list with most votes that is not admitted yet; of several the one registered earlier, and flag the tie."""
    best = -1
    level = False
    for i in range(votes.shape[0]):
        if admitted[i, lane] == 0:
            level = best >= 0 and (votes[i, lane] == votes[best, lane] or (level and votes[i, lane] < votes[best, lane]))
            if best < 0 or votes[i, lane] > votes[best, lane]:
                best = i
    admitted[best, lane] = 2
    active[best] = 1
    total[lane] += votes[best, lane]
    flags[lane] |= SECOND_TIE * level


@jit
def award_fallbacks(votes, rules, rare, found, active, rows, admitted, total, whole, seats, flags):
    """Article 97-1(2)-(4): no remainder competes; the second list's seats by its weight and floor, the rest to the first."""
    for number in range(found):
        lane = rare[number]
        if flags[lane] & FALLBACK:
            first, second = np.int64(0), np.int64(0)
            for row in range(rows):
                i = active[row]
                first = i if admitted[i, lane] == 1 else first
                second = i if admitted[i, lane] == 2 else second
            weighted = weighted_part(votes[second, lane], total[lane], rules)
            wanted = with_floor(weighted, rules)
            won = wanted if wanted < rules.seats else np.int64(rules.seats)
            excess = whole[first, lane] + wanted > rules.seats
            whole[second, lane] = weighted
            seats[second, lane] = won
            seats[first, lane] = rules.seats - won
            flags[lane] = (flags[lane] & ~TIE) | EXCESS * excess


# -- whole batches -----------------------------------------------------------------------------------------------------


@entry
def count_rows(votes, extra, rules, most_votes, most_base, chunk, base, lanes, seats, flags):
    """Count n elections that stand one after another in ``votes`` (n k,) through lanes; ``seats`` (n k,) and ``flags`` (n,) are filled.

    ``extra`` (n,) is what the base holds beside the lists: votes against all, invalid ballots where the law says so.
    ``chunk`` (k, w) and ``base`` (w,) are scratch. Returns the flags of all elections together. Stops, and returns -1, at numbers that
    these lanes cannot count: negative ones, ones above ``most_votes``, bases above ``most_base``, elections without votes.
    """
    n = len(extra)
    k, w = chunk.shape
    seen = np.int64(0)
    for first in range(0, n, w):
        used = min(w, n - first)
        if max(highest(votes, first * k, used * k), highest(extra, first, used)) > np.uint64(most_votes):
            return -1
        load_rows(votes, first, used, chunk)
        load_base(chunk, extra, first, used, base, lanes.total)
        if not countable(base, lanes.total, most_base):
            return -1
        count_lanes(chunk, base, rules, lanes)
        store_rows(lanes.seats, first, used, seats)
        seen |= store_flags(lanes.flags, first, used, flags)
    return seen


@jit
def highest(numbers, first, n):
    """Return the largest of n numbers from the first one; a negative one counts as very large."""
    found, begin = np.uint64(0), np.uint64(first)
    for i in range(n):
        number = np.uint64(numbers[begin + np.uint64(i)])
        found = number if number > found else found
    return found


@jit
def load_rows(votes, first, used, chunk):
    """Turn rows into lanes; idle lanes keep those of the chunk before, since the first chunk has none.

    Indices are unsigned here and in `store_rows`: a signed one is asked each time whether it counts from the end.
    """
    k = np.uint64(chunk.shape[0])
    for i in range(chunk.shape[0]):
        begin = np.uint64(first) * k + np.uint64(i)
        for lane in range(used):
            chunk[np.uint64(i), np.uint64(lane)] = votes[begin + np.uint64(lane) * k]


@jit
def load_base(chunk, extra, first, used, base, total):
    """Sum the votes of each lane, and add what the base holds beside them."""
    for lane in range(len(base)):
        total[lane] = 0
    for i in range(chunk.shape[0]):
        for lane in range(len(base)):
            total[lane] += chunk[i, lane]
    for lane in range(len(base)):
        base[lane] = total[lane]
    begin = np.uint64(first)
    for lane in range(used):
        base[lane] += extra[begin + np.uint64(lane)]


@jit
def countable(base, total, most_base):
    """Tell whether every lane has votes, and none too many; the sums have not run over, since no single number is too large."""
    most, least = base[0], total[0]
    for lane in range(len(base)):
        most = base[lane] if base[lane] > most else most
        least = total[lane] if total[lane] < least else least
    return least > 0 and most <= most_base


@jit
def store_rows(lanes, first, used, rows):
    """Turn lanes back into rows."""
    k = np.uint64(lanes.shape[0])
    for i in range(lanes.shape[0]):
        begin = np.uint64(first) * k + np.uint64(i)
        for lane in range(used):
            rows[begin + np.uint64(lane) * k] = lanes[np.uint64(i), np.uint64(lane)]


@jit
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
