"""Who shares in the seats: the threshold in all lanes, and the rare lanes in which fewer than two lists pass."""

from mazhilis_sim.kernels import part
from mazhilis_sim.kernels.steps.events import FALLBACK, NO_LIST, SECOND_TIE
from mazhilis_sim.kernels.steps.law import times

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


# -- the rare lanes, one by one ----------------------------------------------------------------------------------------


@part
def find_rare(passed, rare):
    """List the lanes in which fewer than two lists passed, without a branch; return how many there are."""
    found = 0
    for lane in range(len(passed)):
        rare[found] = lane
        found += passed[lane] < 2
    return found


@part
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
        if total[lane] == 0:  # nobody shares in what nobody voted for
            flags[lane] = NO_LIST
            for i in range(k):
                admitted[i, lane] = 0


@part
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
