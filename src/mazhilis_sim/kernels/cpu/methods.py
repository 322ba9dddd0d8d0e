"""The classical rules in exact integers: the seats that a count gave by Hare's quota are shared out anew, lane by lane.

Who is admitted, the two-party rule and its seats stay as they are. Bounds, checked once at the door
(`mazhilis_sim.counting.many.largest_base`): the products of `compare` and of `quota_of` stay below 2**63.
"""

from typing import NamedTuple

import numpy as np
from numba import types
from numba.extending import overload

from mazhilis_sim.kernels import OPTIONS, part, step
from mazhilis_sim.kernels.steps.events import FALLBACK, OVER_QUOTA, TIE
from mazhilis_sim.kernels.steps.law import GEOMETRIC, HARMONIC, LINEAR, claim, compare, precedence, quota_of


class Quota(NamedTuple):
    """Largest remainders by the quota votes / (seats + more); ``rounded`` where it is cut to whole votes, plus one."""

    more: int
    rounded: bool


class Divisor(NamedTuple):
    """A divisor rule: slope x seats + start, the first divisor by itself, or one of the two means of seats and seats + 1."""

    slope: int
    start: int
    first_num: int
    first_den: int
    shape: int


HARE = None  # what the count does by itself
DROOP, HAGENBACH_BISCHOFF, IMPERIALI = Quota(1, True), Quota(1, False), Quota(2, False)
DHONDT, SAINTE_LAGUE, DANISH = Divisor(1, 1, 1, 1, LINEAR), Divisor(2, 1, 1, 1, LINEAR), Divisor(3, 1, 1, 1, LINEAR)
MODIFIED_SAINTE_LAGUE = SAINTE_LAGUE._replace(first_num=7, first_den=5)
ADAMS = Divisor(1, 0, 0, 1, LINEAR)
DEAN, HUNTINGTON_HILL = ADAMS._replace(shape=HARMONIC), ADAMS._replace(shape=GEOMETRIC)

# -- the most votes whose products fit 64 bits -------------------------------------------------------------------------

LARGEST = 2**63 - 1


def most_votes_of_quota(method: Quota | None, seats: int) -> int:
    """Return the most votes that `quota_of` multiplies exactly; those of Hare's quota are the count's own."""
    return LARGEST // (seats + method.more) if method else LARGEST


def most_votes_of_series(method: Divisor, seats: int) -> int:
    """Return the most votes that are multiplied exactly with the divisors of a series."""
    return LARGEST // int(method.first_den * max(method.slope * seats + method.start, method.first_num))


def most_votes_of_means(_method: Divisor, seats: int) -> int:
    """Return the most votes that are multiplied exactly with numerator and denominator of harmonic means."""
    return LARGEST // ((2 * seats + 1) * 2 * seats * (seats + 1))


def most_votes_of_squares(_method: Divisor, seats: int) -> int:
    """Return the most votes whose squares `compare_squares` multiplies exactly with those of geometric means."""
    return (1 << 31) - 1 if seats < 46_340 else 0


# -- shared out anew -----------------------------------------------------------------------------------------------------


def recount(method, votes, house, rows, orders, active, admitted, total, whole, key, ranked, served, seats, flags):
    """Share out the seats of the admitted lists by another method than Hare's; ``house`` seats, ``rows`` active rows.

    A tie that the order decided is flagged and left for the lots, as `Lanes` says. The type of ``method`` decides how, when the
    caller is compiled: only the kind in use is, and nothing for None.
    """
    if method is not None:
        LOOPS[type(method)](method, votes, house, rows, orders, active, admitted, total, whole, key, ranked, served, seats, flags)


@overload(recount, jit_options=OPTIONS)
def compile_recount(method, votes, house, rows, orders, active, admitted, total, whole, key, ranked, served, seats, flags):
    """Choose the kind of rule by type."""
    if isinstance(method, types.NoneType):

        def nothing(method, votes, house, rows, orders, active, admitted, total, whole, key, ranked, served, seats, flags):
            pass

        return nothing
    return LOOPS[method.instance_class]


# -- largest remainders by another quota -------------------------------------------------------------------------------


@part
def quota_lanes(method, votes, house, rows, orders, active, admitted, total, whole, key, ranked, served, seats, flags):
    """Share out every lane by a quota, those of a fallback excepted; where there is a tie, as `Lanes` says."""
    for lane in range(len(total)):
        if not flags[lane] & FALLBACK:
            left = divide_lane(method, votes, house, rows, lane, active, admitted, total, whole, ranked, seats)
            flags[lane] = (flags[lane] & ~TIE) | OVER_QUOTA * (left < 0)
            cut = serve_remainders(left, rows, lane, active, admitted, whole, ranked, seats)
            if cut >= 0:
                flags[lane] |= TIE
                served[lane] = claim(1, precedence(0, orders, np.int64), orders, np.int64)
                for row in range(rows):
                    key[row, lane] = claim(np.int64(ranked[row, lane] == cut), precedence(active[row], orders, np.int64), orders, np.int64)


@part
def divide_lane(method, votes, house, rows, lane, active, admitted, total, whole, ranked, seats):
    """Whole parts and remainders, and what every list gets in full rounds; return the seats left, negative ones too.

    Where nobody voted for a list that is admitted, no seat is given, as by Hare's quota. Nobody asks for the remainder of a list that is
    not admitted. From row 0 of ``ranked`` on, which nobody needs any more, stand remainders, in the order of ``active``.
    """
    times, price = quota_of(method, np.int64(house), np.int64(total[lane]))
    left, lists, voted = np.int64(house), 0, np.int64(0)
    for row in range(rows):
        i = active[row]
        votes_times = np.int64(votes[i, lane]) * times
        counts = admitted[i, lane] != 0
        whole[i, lane] = votes_times // price if counts else 0
        ranked[row, lane] = votes_times % price
        left -= whole[i, lane]
        lists += counts
        voted += votes[i, lane] if counts else 0
    left = left if voted > 0 else np.int64(0)
    lists = max(lists, 1)  # nobody may be admitted
    rounds = max(left, 0) // lists
    for row in range(rows):
        i = active[row]
        whole[i, lane] = whole[i, lane] + rounds if left >= 0 and admitted[i, lane] else 0
        seats[i, lane] = whole[i, lane]
    return left - rounds * lists


@part
def serve_remainders(left, rows, lane, active, admitted, whole, ranked, seats):
    """Give a seat each to the largest remainders; return the remainder of a tie that the order decided, else -1."""
    cut = -1
    for _ in range(left):
        row = largest_remainder(rows, lane, active, admitted, whole, ranked, seats)
        seats[active[row], lane] += 1
        cut = ranked[row, lane]
    following = largest_remainder(rows, lane, active, admitted, whole, ranked, seats)
    return cut if following >= 0 and ranked[following, lane] == cut else -1


@part
def largest_remainder(rows, lane, active, admitted, whole, ranked, seats):
    """Return the row of the largest remainder that has not been served, the first of equal ones; -1 for none."""
    best = -1
    for row in range(rows):
        i = active[row]
        if admitted[i, lane] and seats[i, lane] == whole[i, lane] and (best < 0 or ranked[row, lane] > ranked[best, lane]):
            best = row
    return best


# -- divisor rules -----------------------------------------------------------------------------------------------------


@part
def divisor_lanes(method, votes, house, rows, orders, active, admitted, total, whole, key, ranked, served, seats, flags):
    """Share out every lane by a divisor rule, those of a fallback excepted.

    Hare's seats are not far off: seats move, one by one, from the weakest claim that is served to the strongest that is
    not, until that one is no stronger. Claims of a list fall with its seats, so this is where the largest claims are. Where there is a
    tie, `Lanes` says what must stand where.
    """
    for lane in range(len(total)):
        if not flags[lane] & FALLBACK:
            flags[lane] &= ~TIE
            order = 1
            while order > 0:
                low = weakest(method, votes, rows, lane, active, seats)
                high = strongest(method, votes, rows, lane, active, admitted, seats)
                order = -1 if low < 0 else move_seat(method, votes, low, high, lane, active, seats)
            if order == 0:
                flags[lane] |= TIE
                served[lane] = claim(1, precedence(0, orders, np.int64), orders, np.int64)
                mark_level(method, votes, rows, low, lane, orders, active, whole, key, seats)


@step
def at(table, i, lane):
    """Read a number in 64 bits, whatever the lanes hold."""
    return np.int64(table[i, lane])


@part
def weakest(method, votes, rows, lane, active, seats):
    """Return the row with the weakest claim that is served, the last of equal ones; -1 where no seat is handed out."""
    low = -1
    for row in range(rows):
        i, j = active[row], active[low]
        if seats[i, lane] > 0 and (
            low < 0 or compare(method, at(votes, i, lane), at(seats, i, lane) - 1, at(votes, j, lane), at(seats, j, lane) - 1) <= 0
        ):
            low = row
    return low


@part
def strongest(method, votes, rows, lane, active, admitted, seats):
    """Return the row with the strongest claim that is not served, the first of equal ones; no seat without votes."""
    high = -1
    for row in range(rows):
        i, j = active[row], active[high]
        if (
            admitted[i, lane]
            and votes[i, lane] > 0
            and (high < 0 or compare(method, at(votes, i, lane), at(seats, i, lane), at(votes, j, lane), at(seats, j, lane)) > 0)
        ):
            high = row
    return high


@part
def move_seat(method, votes, low, high, lane, active, seats):
    """Move a seat from one row to another whose claim is stronger, or equal and earlier: 1; else tell 0 for equal, or -1."""
    i, j = active[high], active[low]
    order = compare(method, at(votes, i, lane), at(seats, i, lane), at(votes, j, lane), at(seats, j, lane) - 1)
    if order > 0 or (order == 0 and high < low):
        seats[i, lane] += 1
        seats[j, lane] -= 1
        return np.int64(1)
    return order


@part
def mark_level(method, votes, rows, low, lane, orders, active, whole, key, seats):
    """Mark the lists whose claims equal the weakest one that is served; of a list that is not admitted nobody asks."""
    cut_votes, cut_seats = at(votes, active[low], lane), at(seats, active[low], lane) - 1
    for row in range(rows):
        i = active[row]
        v, s = at(votes, i, lane), at(seats, i, lane)
        mine = s > 0 and compare(method, v, s - 1, cut_votes, cut_seats) == 0
        level = mine or (v > 0 and compare(method, v, s, cut_votes, cut_seats) == 0)
        whole[i, lane] = s - mine
        key[row, lane] = claim(np.int64(level), precedence(i, orders, np.int64), orders, np.int64)


LOOPS = {Quota: quota_lanes, Divisor: divisor_lanes}
