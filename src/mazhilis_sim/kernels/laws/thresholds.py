"""One law at many thresholds: a draw is counted once for each set of lists that some of them admit, and not at every threshold.

Who is admitted changes at the thresholds that a list is the first not to reach, and there alone. Each draw walks along these steps, in
its own lane, and tells what changes at the thresholds where a step begins and ends: what holds at a threshold is the sum up to it.
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

FEW = 4
"""Thresholds that are held against a list's votes one after another."""


class Scale(NamedTuple):
    """Rising thresholds: t fractions, and how many of them are nowhere above each of b + 4 marks, -1 / b to (b + 2) / b."""

    num: np.ndarray  # (t,)
    den: np.ndarray  # (t,)
    below: np.ndarray  # (b + 4,)


class Walk(NamedTuple):
    """Where each lane is on its way along t thresholds: k lists, w lanes."""

    votes: np.ndarray  # (k, w) in the integers in which they are counted, which may be shorter than those of the ballots
    missed: np.ndarray  # (k, w) the first threshold that a list does not reach, or t
    at: np.ndarray  # (w,) the threshold at which a lane is counted
    begin: np.ndarray  # (w,) the same, or t where its way has ended
    end: np.ndarray  # (w,) the next threshold that changes who is admitted, or t


class Changes(NamedTuple):
    """By how much each of t thresholds, and one behind the last, changes what is counted; s seats on lists."""

    lists: np.ndarray  # (t + 1, k, 2 s + 3): not admitted, which is not counted; by the threshold with 0 to s seats; without it
    events: np.ndarray  # (t + 1, e)
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
    counted, missed, at, begin, end = walk
    last = len(scale.num)
    for done in range(0, n, len(draws)):
        used = len(draws) if len(draws) < n - done else n - done
        number_chunk(start + U64(done), used, draws)
        draw_votes(seed, draws, shares, raw, z, weights, sums, rate, votes, base)
        if districts is not None:
            elect_districts(seed, draws, weights, sums, raw, districts, races)
            tally_districts(used, races.seats, races.ties, changes.districts, changes.events)
        find_missed(votes, base, scale.num, scale.den, scale.below, counted, missed)
        at[:] = 0
        begin[:] = 0
        going = True
        while going:
            admit_at(counted, missed, last, at, admitted, active, total, passed, flags, end)
            rows = count_admitted(counted, rules, lanes)
            if lots is not None:
                settle_ties(seed, draws, rows, active, admitted, whole, key, served, flags, seats)
            change_lists(used, begin, end, admitted, seats, rules.seats, changes.lists)
            change_totals(used, begin, end, seats, races.seats, changes.totals)
            change_coalitions(used, begin, end, coalitions, seats, races.seats, changes.coalitions)
            change_events(used, begin, end, flags, changes.events)
            going = go_on(last, at, begin, end)


@part
def find_missed(votes, base, num, den, below, counted, missed):
    """Find the first of the thresholds num / den that each list does not reach, and hand on its votes; where nobody votes, it is the first."""
    k, w = votes.shape
    marks = np.float64(len(below) - 4)
    for i in range(k):
        for lane in range(w):
            counted[i, lane] = votes[i, lane]
            if base[lane] > 0:
                mark = U64(np.float64(votes[i, lane]) * (marks / np.float64(base[lane])))
                low, high = below[mark], below[mark + U64(3)]
                missed[i, lane] = first_missed(np.int64(votes[i, lane]), np.int64(base[lane]), num, den, low, high)
            else:
                missed[i, lane] = 0


@part
def first_missed(votes, base, num, den, low, high):
    """Return the place of the first threshold that a list does not reach: it reaches the first ``low``, and none from ``high`` on."""
    while high - low > FEW:
        middle = (low + high) // 2
        if votes * den[middle] >= base * num[middle]:
            low = middle + 1
        else:
            high = middle
    reached = low
    for place in range(low, high):
        reached += votes * den[place] >= base * num[place]
    return reached


@part
def admit_at(votes, missed, last, at, admitted, active, total, passed, flags, end):
    """Admit the lists that reach each lane's threshold, as `admit.admit_lanes` does, and find the one that is the next to change this."""
    k, w = votes.shape
    whole = total.dtype.type
    for lane in range(w):
        total[lane] = 0
        passed[lane] = 0
        flags[lane] = 0
        end[lane] = last
    for i in range(k):
        somewhere = whole(0)
        for lane in range(w):
            enough = missed[i, lane] > at[lane]
            somewhere = whole(somewhere | whole(enough))
            admitted[i, lane] = enough
            total[lane] += votes[i, lane] if enough else whole(0)
            passed[lane] += enough
            end[lane] = missed[i, lane] if enough and missed[i, lane] < end[lane] else end[lane]
        active[i] = somewhere


@part
def go_on(last, at, begin, end):
    """Bring every lane to its next threshold, where there is one; tell whether any has one."""
    going = False
    for lane in range(len(at)):
        going |= end[lane] < last
        at[lane] = end[lane] if end[lane] < last else at[lane]
        begin[lane] = end[lane]
    return going


@part
def change_lists(used, begin, end, admitted, seats, house, lists):
    """Count each list's seats where it is admitted, apart for those that the threshold admits; in most lanes of a list all are or none."""
    for i in range(seats.shape[0]):
        anywhere = admitted[i, 0]
        for lane in range(used):
            anywhere |= admitted[i, lane]
        if anywhere:
            for lane in range(used):
                how = admitted[i, lane]
                place = cell(how, house + 1, seats[i, lane] - (house if how else 0))
                lists[begin[lane], i, place] += 1
                lists[end[lane], i, place] -= 1


@part
def change_totals(used, begin, end, seats, won, totals):
    """Count the seats on lists and in districts of every column, where there are districts."""
    for i in range(totals.shape[1]):
        for lane in range(used):
            elected = U64(won[i, lane] + (seats[i, lane] if i < seats.shape[0] else 0))
            totals[begin[lane], i, elected] += 1
            totals[end[lane], i, elected] -= 1


@part
def change_coalitions(used, begin, end, coalitions, seats, won, tallied):
    """Count the seats that each coalition's parties have together."""
    for g in range(coalitions.shape[0]):
        for lane in range(used):
            together = 0
            for i in range(coalitions.shape[1]):
                together += coalitions[g, i] * (won[i, lane] + (seats[i, lane] if i < seats.shape[0] else 0))
            tallied[begin[lane], g, together] += 1
            tallied[end[lane], g, together] -= 1


@part
def change_events(used, begin, end, flags, events):
    """Count what decided."""
    for lane in range(used):
        if flags[lane]:
            for event in range(events.shape[1]):
                happened = (flags[lane] >> event) & 1
                events[begin[lane], event] += happened
                events[end[lane], event] -= happened


@part
def tally_districts(used, won, ties, districts, events):
    """Count the seats in districts and their lots, which no threshold changes."""
    for i in range(won.shape[0]):
        for lane in range(used):
            districts[i, won[i, lane]] += 1
    for lane in range(used):
        events[0, DISTRICT_TIE] += ties[lane]
