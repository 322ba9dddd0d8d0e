"""Who shares in the seats: the threshold in all lanes, and the rare lanes in which fewer than two lists pass."""

import numpy as np

from mazhilis_sim.kernels import part, step
from mazhilis_sim.kernels.steps.events import FALLBACK, NO_LIST, SECOND_TIE
from mazhilis_sim.kernels.steps.law import claim, level, orders_of, precedence, times

NO_LIST_ALL = 2  # of the options error, top_two, all


@part
def admit_lanes(votes, base, num, den, needed, admitted, active, total, passed, flags):
    """Article 97-1: a list is admitted when its votes are at least num / den of the base. Sum the votes and number of those that are.

    ``active`` (k,) marks the lists that are admitted in any lane; ``needed`` (w,) is scratch for num times the base. Nobody passes in a
    lane without a ballot, which needs 1 instead: 0 votes would be any part of 0.
    """
    k, w = votes.shape
    whole = total.dtype.type
    for lane in range(w):
        needed[lane] = times(base[lane], num, whole) if base[lane] > 0 else whole(1)
        total[lane] = 0
        passed[lane] = 0
        flags[lane] = 0
    for i in range(k):
        somewhere = whole(0)
        for lane in range(w):
            mine = votes[i, lane]
            enough = times(mine, den, whole) >= needed[lane]
            somewhere = whole(somewhere | whole(enough))
            admitted[i, lane] = enough
            total[lane] += mine if enough else whole(0)
            passed[lane] += enough
        active[i] = somewhere


@part
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


# -- the rare lanes ----------------------------------------------------------------------------------------------------


@part
def find_rare(passed, marks, rare):
    """List the lanes in which fewer than two lists passed, without a branch for each; return how many there are.

    A step for each lane takes long: vectors bring four of them together before, in the bits of ``marks`` (w,). That is scratch, as is row 1
    of ``rare`` (3, w); lanes are listed in no order.
    """
    whole, quarter, marked, found = passed.dtype.type, len(passed) // 4, 0, 0
    for place in range(quarter):
        one, two = whole(passed[place] < 2), whole(passed[quarter + place] < 2)
        three, four = whole(passed[2 * quarter + place] < 2), whole(passed[3 * quarter + place] < 2)
        marks[place] = one + 2 * two + 4 * three + 8 * four
    for place in range(quarter):
        rare[1, marked] = place
        marked += marks[place] != 0
    for number in range(marked):
        place = rare[1, number]
        for turn in range(4):
            rare[0, found] = turn * quarter + place
            found += (marks[place] >> turn) & 1
    for lane in range(4 * quarter, len(passed)):
        rare[0, found] = lane
        found += passed[lane] < 2
    return found


@part
def admit_without_threshold(votes, has_fallback, no_list, rare, found, admitted, active, total, passed, flags):
    """Admit the second list where one alone passed and the law has a fallback; follow the option where none did.

    ``rare`` (3, w) lists the lanes, and is filled with the two lists that have most votes in each, for `two_party.award_fallbacks`. Who is
    admitted so is marked with 2, not 1, by which tallies tell them apart. ``no_list`` is 0 where the law makes it an error that no list
    passes, 1 where the two with most votes are admitted, 2 where all are: the place of its option among the law's choices. Where nobody
    is admitted in the end, or nobody voted for who is, the lane has the flag NO_LIST and no seats are shared out.
    """
    k, orders, whole = votes.shape[0], orders_of(votes.shape[0]), total.dtype.type
    for number in range(found):
        lane, begin, end = np.uint64(rare[0, number]), 0, 0
        first, second, third = three_largest(votes, lane, orders, whole)
        rare[1, number] = place_of(first, orders)
        rare[2, number] = place_of(second, orders)
        if passed[lane] == 1 and has_fallback and k > 1:
            flags[lane], begin, end = FALLBACK, 1, 2
        elif passed[lane] == 0:
            wanted = k if no_list == NO_LIST_ALL else 2 * no_list
            flags[lane], end = NO_LIST, wanted if wanted < k else k
        flags[lane] |= SECOND_TIE * (level(second, third, orders, whole) & (1 < end < k))
        for place in range(begin, end):
            i = np.uint64(place if end - begin == k else rare[1 + place, number])
            admitted[i, lane] = 2
            active[i] = 1
            total[lane] += votes[i, lane]
        if total[lane] == 0:  # nobody shares in what nobody voted for
            flags[lane] = NO_LIST
            for i in range(k):
                admitted[i, lane] = 0


@step
def three_largest(votes, lane, orders, whole):
    """Return the three largest numbers of votes in a lane, as `claim` orders remainders, or -1.

    Nobody can guess which lists those are, so that no branch depends on them.
    """
    first, second, third = whole(-1), whole(-1), whole(-1)
    for i in range(votes.shape[0]):
        mine = claim(votes[np.uint64(i), lane], precedence(i, orders, whole), orders, whole)
        behind = mine if mine < first else first
        last = behind if behind < second else second
        first = mine if mine > first else first
        second = behind if behind > second else second
        third = last if last > third else third
    return first, second, third


@step
def place_of(claimed, orders):
    """Return the list that makes a claim."""
    return np.int64(orders - 1 - (claimed & (orders - 1)))
