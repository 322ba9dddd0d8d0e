"""One law at many thresholds: a draw is counted once for each set of lists that some of them admit, and not at every threshold.

Who is admitted changes at the thresholds that a list is the first not to reach, and there alone: they cut a draw's way along the
thresholds into steps. Steps fill the lanes of a count, draw after draw, and each tells what changes where it begins and where it ends:
what holds at a threshold is the sum of the changes up to it.
"""

from typing import NamedTuple

import numpy as np

from mazhilis_sim.kernels import entry, part
from mazhilis_sim.kernels.cpu.count import count_admitted
from mazhilis_sim.kernels.cpu.districts import elect_districts
from mazhilis_sim.kernels.cpu.draws import draw_votes
from mazhilis_sim.kernels.cpu.lots import settle_ties
from mazhilis_sim.kernels.cpu.tally import cell
from mazhilis_sim.kernels.laws.held import number_chunk
from mazhilis_sim.kernels.steps.events import DISTRICT_TIE
from mazhilis_sim.kernels.steps.random_words import U64


class Scale(NamedTuple):
    """Rising thresholds: t fractions, and how many of them are nowhere above each of b + 4 marks, -1 / b to (b + 2) / b."""

    num: np.ndarray  # (t,)
    den: np.ndarray  # (t,)
    below: np.ndarray  # (b + 4,)


class Walk(NamedTuple):
    """Where the draws of w lanes are on their way along t thresholds, k lists, and the steps that w other lanes count."""

    marks: np.ndarray  # (w,) scratch
    missed: np.ndarray  # (k, w) the first threshold that a list does not reach, or t
    votes: np.ndarray  # (k, w) of the steps, in integers that may be shorter than those of the ballots
    places: np.ndarray  # (w,) the draw's lane
    draws: np.ndarray  # (w,) and its number
    begin: np.ndarray  # (w,) the threshold at which the step begins
    end: np.ndarray  # (w,) the next one that changes who is admitted, or t


class Changes(NamedTuple):
    """By how much each of t thresholds, and one behind the last, changes what is counted; s seats on lists."""

    lists: np.ndarray  # (t + 1, k, 2 s + 3): not admitted; by the threshold with 0 to s seats; without it
    flags: np.ndarray  # (t + 1, all flags): what decided
    totals: np.ndarray  # (t + 1, p, elected seats + 1); no column where there are no districts
    coalitions: np.ndarray  # (t + 1, g, elected seats + 1)
    districts: np.ndarray  # (p, district seats + 1), at every threshold; no column likewise


@entry
def run_thresholds(seed, start, n, shares, rules, scale, districts, lots, coalitions, ballots, lanes, races, walk, changes):
    """Simulate the draws [start, start + n) and count each along the thresholds; ``rules`` and ``lanes`` are for the votes of the walk.

    A threshold may be so fine that its products need longer integers than the count of seats does.
    """
    draws, raw, z, weights, sums, rate, votes, base = ballots
    admitted, whole, key, _, seats, active, _, total, passed, _, served, flags, _ = lanes
    marks, missed, counted, places, numbers, begin, end = walk
    last = len(scale.num)
    for done in range(0, n, len(draws)):
        used = len(draws) if len(draws) < n - done else n - done
        number_chunk(start + U64(done), used, draws)
        draw_votes(seed, draws, shares, raw, z, weights, sums, rate, votes, base)
        if districts is not None:
            elect_districts(seed, draws, weights, sums, raw, districts, races)
            tally_districts(used, races.seats, races.ties, changes.districts, changes.flags)
        find_missed(votes, base, scale.num, scale.den, scale.below, marks, missed)
        lane, at, over = 0, 0, False
        while not over:
            filled, lane, at, over = mark_steps(lane, at, used, last, missed, places, begin, end)
            admit_steps(votes, missed, draws, places, begin, counted, numbers, admitted, active, total, passed, flags)
            rows = count_admitted(counted, rules, lanes)
            if lots is not None:
                settle_ties(seed, numbers, rows, active, admitted, whole, key, served, flags, seats)
            change_lists(filled, begin, end, admitted, seats, rules.seats, changes.lists)
            change_totals(filled, begin, end, places, seats, races.seats, changes.totals)
            change_coalitions(filled, begin, end, places, coalitions, seats, races.seats, changes.coalitions)
            change_flags(filled, begin, end, flags, changes.flags)


@part
def find_missed(votes, base, num, den, below, marks, missed):
    """Find the first of the thresholds num / den that each list does not reach; where nobody votes, it is the first of all."""
    k, w = votes.shape
    scale = np.float64(len(below) - 4)
    for i in range(k):
        for lane in range(w):
            marks[lane] = np.int32(scale * np.float64(votes[i, lane]) / np.float64(base[lane] if base[lane] > 0 else 1))
        for lane in range(w):
            mark = U64(marks[lane])
            low, high = below[mark], below[mark + U64(3)]
            if low < high:
                low = first_missed(np.int64(votes[i, lane]), np.int64(base[lane]), num, den, low, high)
            missed[i, lane] = low if base[lane] > 0 else 0


@part
def first_missed(votes, base, num, den, low, high):
    """Return the place of the first threshold that a list does not reach: it reaches the first ``low``, and none from ``high`` on."""
    while high > low:
        middle = (low + high) // 2
        if votes * den[middle] >= base * num[middle]:
            low = middle + 1
        else:
            high = middle
    return low


@part
def mark_steps(lane, at, used, last, missed, places, begin, end):
    """Lay out the next steps, from one of a draw's on, in all lanes; idle ones repeat the last step of all.

    Return how many lanes are filled, the step that follows them, and whether there is none.
    """
    filled, over = len(places), False
    for slot in range(len(places)):
        following = last
        for i in range(len(missed)):
            there = missed[i, U64(lane)]
            following = there if at < there < following else following
        places[slot], begin[slot], end[slot] = lane, at, following
        if following < last:
            at = following
        elif lane + 1 < used:
            lane, at = lane + 1, 0
        elif not over:
            filled, over = slot + 1, True
    return filled, lane, at, over


@part
def admit_steps(votes, missed, draws, places, begin, counted, numbers, admitted, active, total, passed, flags):
    """Admit the lists that reach each step's threshold, as `admit.admit_lanes` does."""
    k, w = counted.shape
    whole = total.dtype.type
    for lane in range(w):
        numbers[lane] = draws[places[lane]]
        total[lane] = 0
        passed[lane] = 0
        flags[lane] = 0
    for i in range(k):
        somewhere = whole(0)
        for lane in range(w):
            place = U64(places[lane])
            mine, enough = whole(votes[i, place]), missed[i, place] > begin[lane]
            somewhere = whole(somewhere | whole(enough))
            counted[i, lane] = mine
            admitted[i, lane] = enough
            total[lane] += mine if enough else whole(0)
            passed[lane] += enough
        active[i] = somewhere


@part
def change_lists(used, begin, end, admitted, seats, house, lists):
    """Count each list's seats where it is admitted, apart for those that the threshold admits."""
    for i in range(seats.shape[0]):
        for lane in range(used):
            how = admitted[i, lane]
            place = cell(how, house + 1, seats[i, lane] - (house if how else 0))
            lists[U64(begin[lane]), i, place] += 1
            lists[U64(end[lane]), i, place] -= 1


@part
def change_totals(used, begin, end, places, seats, won, totals):
    """Count the seats on lists and in districts of every column, where there are districts."""
    for i in range(totals.shape[1]):
        for lane in range(used):
            elected = U64(won[i, places[lane]] + (seats[i, lane] if i < seats.shape[0] else 0))
            totals[begin[lane], i, elected] += 1
            totals[end[lane], i, elected] -= 1


@part
def change_coalitions(used, begin, end, places, coalitions, seats, won, tallied):
    """Count the seats that each coalition's parties have together."""
    for g in range(coalitions.shape[0]):
        for lane in range(used):
            together = 0
            for i in range(coalitions.shape[1]):
                together += coalitions[g, i] * (won[i, places[lane]] + (seats[i, lane] if i < seats.shape[0] else 0))
            tallied[begin[lane], g, together] += 1
            tallied[end[lane], g, together] -= 1


@part
def change_flags(used, begin, end, flags, flagged):
    """Count what decided, by all flags of a draw."""
    for lane in range(used):
        flagged[U64(begin[lane]), U64(flags[lane])] += 1
        flagged[U64(end[lane]), U64(flags[lane])] -= 1


@part
def tally_districts(used, won, ties, districts, flagged):
    """Count the seats in districts and their lots, which no threshold changes."""
    for i in range(won.shape[0]):
        for lane in range(used):
            districts[i, won[i, lane]] += 1
    for lane in range(used):
        flagged[0, 1 << DISTRICT_TIE] += ties[lane]
