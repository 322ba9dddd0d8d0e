"""One law at many thresholds: a draw is counted once for each set of lists that some of them admit, and not at every threshold.

Who is admitted changes at the thresholds that a list is the first not to reach, and there alone: they cut a draw's way along the
thresholds into steps. All lanes take their steps side by side, and each tells what changes where it begins and where it ends: what
holds at a threshold is the sum of the changes up to it.
"""

from typing import NamedTuple

import numpy as np

from mazhilis_sim.kernels import INT, entry, part, stage
from mazhilis_sim.kernels.borrowing import lent
from mazhilis_sim.kernels.cpu.block import DRAW, ELECT, RECOUNT, SETTLE, Stages, filling
from mazhilis_sim.kernels.cpu.count import count_admitted
from mazhilis_sim.kernels.laws.held import keep
from mazhilis_sim.kernels.steps.events import DISTRICT_TIE
from mazhilis_sim.kernels.steps.random_words import U64


class Scale(NamedTuple):
    """Rising thresholds: t of them, and how many lie no higher than each of b + 1 marks, 0 to b parts of the whole."""

    thresholds: np.ndarray  # (t + 2 half,) as floats, then infinities
    below: np.ndarray  # (b + 1,)
    half: int  # a power of two, of which twice as many thresholds are more than lie between two marks; or 0


class Walk(NamedTuple):
    """Where the draws of w lanes are on their way along t thresholds, k lists."""

    share: np.ndarray  # (w,) scratch
    missed: np.ndarray  # (k, w) the first threshold that a list does not reach, or t
    votes: np.ndarray  # (k, w) in integers that may be shorter than those of the ballots
    begin: np.ndarray  # (w,) the threshold at which the step begins; t for a lane that takes none, as its end: +1 and -1 cancel there
    end: np.ndarray  # (w,) the next one that changes who is admitted, or t
    here: np.ndarray  # (w,) scratch: where a list's seats are counted at the begin of the step
    there: np.ndarray  # (w,) and at its end


class Changes(NamedTuple):
    """By how much each of t thresholds, and one behind the last, changes what is counted; s seats on lists."""

    lists: np.ndarray  # (k, (t + 1) (2 s + 3)): by the threshold with 0 to s seats, then without it; a threshold's first cell means nothing
    flags: np.ndarray  # (t + 1, all flags): what decided; cell [0, 1 << DISTRICT_TIE] counts districts; a threshold's first means nothing
    totals: np.ndarray  # (t + 1, p, elected seats + 1); no column where there are no districts
    coalitions: np.ndarray  # (t + 1, g, elected seats + 1)
    districts: np.ndarray  # (p, district seats + 1), at every threshold; no column likewise


@entry
def run_thresholds(
    stages, seed, start, numbers, n, shares, rules, method, scale, districts, lots, coalitions, ballots, lanes, races, walk, changes
):
    """Simulate the draws [start, start + n) and count each along the thresholds; ``rules`` and ``lanes`` are for the votes of the walk.

    A threshold may be so fine that its products need longer integers than the count of seats does. ``numbers`` has none.
    """
    fill, draw, count, recount, settle, elect, _ = stages
    drawn, room, elected, way, change = lent(ballots), lent(lanes), lent(races), lent(walk), lent(changes)
    law, of_coalitions, marks, last = lent(rules), lent(coalitions), lent(scale), len(change.flags) - 1
    for done in range(0, n, len(drawn.draws)):
        used = len(drawn.draws) if len(drawn.draws) < n - done else n - done
        draw(fill, seed, start, numbers, done, used, shares, ballots)
        if districts is not None:
            elect(fill, seed, drawn.draws, drawn.weights, drawn.sums, drawn.mixing, districts, races)
            tally_districts(used, elected.seats, elected.ties, change.districts, change.flags)
        keep(drawn.votes, way.votes)
        find_missed(drawn.votes, drawn.base, marks.thresholds, marks.below, marks.half, way.share, way.missed)
        set_out(used, last, way.end)
        while step_on(last, way.missed, way.begin, way.end):
            admit_steps(last, way.votes, way.missed, way.begin, room.admitted, room.active, room.total, room.passed, room.flags)
            rows = count(way.votes, law, lanes)
            if method is not None:
                recount(method, way.votes, law.seats, rows, lanes)
            if lots is not None:
                settle(seed, drawn.draws, rows, lanes)
            change_lists(rows, room.active, way.begin, way.end, room.admitted, room.seats, law.seats, way.here, way.there, change.lists)
            change_totals(way.begin, way.end, room.seats, elected.seats, change.totals)
            change_coalitions(way.begin, way.end, of_coalitions, room.seats, elected.seats, change.coalitions)
            change_flags(way.begin, way.end, room.flags, change.flags)


COUNT_ADMITTED = stage(count_admitted, INT)
"""No work for another process (`ahead.Work`), for its function stands in another module."""


def stages_of(*arguments) -> Stages:
    """Return the stages for arguments of `run_thresholds`."""
    seed, start, numbers, n, shares, rules, method, _, districts, lots, _, ballots, lanes, races, walk, _ = arguments
    drawn = lent(ballots)
    votes, law = lent(walk).votes, lent(rules)
    fill = filling(seed, drawn)
    return Stages(
        fill,
        DRAW(fill, seed, start, numbers, n, n, shares, ballots),
        COUNT_ADMITTED(votes, law, lanes),
        RECOUNT(method, votes, law.seats, n, lanes) if method else None,
        SETTLE(seed, drawn.draws, n, lanes) if lots else None,
        ELECT(fill, seed, drawn.draws, drawn.weights, drawn.sums, drawn.mixing, districts, races) if districts else None,
    )


@part
def find_missed(votes, base, thresholds, below, half, share, missed):
    """Find the first of the thresholds that each list does not reach; where nobody votes, it is the first of all.

    The nearest floats are in the order of the fractions, as `simulation.drawing.thresholds.MOST_PRODUCT` makes sure. Between two marks
    places are added by halves; a place behind the last threshold is asked for as well, and no share reaches the infinities there.
    """
    k, w = votes.shape
    marks = np.float64(len(below) - 1)
    for i in range(k):
        for lane in range(w):
            share[lane] = np.float64(votes[i, lane]) / np.float64(base[lane] if base[lane] > 0 else 1)
        for lane in range(w):
            missed[i, lane] = below[U64(np.int32(marks * share[lane]))]
        more = half
        while more > 0:
            for lane in range(w):
                missed[i, lane] += more if share[lane] >= thresholds[U64(missed[i, lane] + more - 1)] else 0
            more >>= 1
        for lane in range(w):
            missed[i, lane] = missed[i, lane] if base[lane] > 0 else 0


@part
def set_out(used, last, end):
    """Let the first step begin at the first threshold, and idle lanes take none."""
    for lane in range(len(end)):
        end[lane] = 0 if lane < used else last


@part
def step_on(last, missed, begin, end):
    """Let each lane's next step begin where its latest ends; tell whether any lane takes one."""
    taken = False
    for lane in range(len(end)):
        begin[lane] = end[lane]
        taken |= begin[lane] < last
        end[lane] = last
    for i in range(len(missed)):
        for lane in range(len(end)):
            there = missed[i, lane]
            end[lane] = there if (begin[lane] < there) & (there < end[lane]) else end[lane]
    return taken


@part
def admit_steps(last, votes, missed, begin, admitted, active, total, passed, flags):
    """Admit the lists that reach each step's threshold, as `admit.admit_lanes` does; all lists where no step is taken."""
    k, w = votes.shape
    whole = total.dtype.type
    for lane in range(w):
        total[lane] = 0
        passed[lane] = 0
        flags[lane] = 0
    for i in range(k):
        somewhere = whole(0)
        for lane in range(w):
            enough = (missed[i, lane] > begin[lane]) | (begin[lane] == last)
            somewhere = whole(somewhere | whole(enough))
            admitted[i, lane] = enough
            total[lane] += votes[i, lane] if enough else whole(0)
            passed[lane] += enough
        active[i] = somewhere


@part
def change_lists(rows, active, begin, end, admitted, seats, house, here, there, lists):
    """Count each list's seats where it is admitted, apart for those that the threshold admits.

    Of the 2 ``house`` + 3 cells of a threshold the first means nothing: it counts who is not admitted. Then come 0 to ``house`` seats of
    who reached it, and 0 to ``house`` of who was admitted without, which ``admitted`` marks with 1 and 2.

    The places of all lanes are told before, in vectors, which counting itself cannot use.
    """
    wide = 2 * house + 3
    for row in range(rows):
        i = active[row]
        for lane in range(len(begin)):
            how = admitted[i, lane]
            place = how * (house + 1) + seats[i, lane] - (house if how else 0)
            here[lane] = begin[lane] * wide + place
            there[lane] = end[lane] * wide + place
        for lane in range(len(begin)):
            lists[i, U64(here[lane])] += 1
            lists[i, U64(there[lane])] -= 1


@part
def change_totals(begin, end, seats, won, totals):
    """Count the seats on lists and in districts of every column, where there are districts."""
    for i in range(totals.shape[1]):
        for lane in range(len(begin)):
            elected = U64(won[i, lane] + (seats[i, lane] if i < seats.shape[0] else 0))
            totals[U64(begin[lane]), i, elected] += 1
            totals[U64(end[lane]), i, elected] -= 1


@part
def change_coalitions(begin, end, coalitions, seats, won, tallied):
    """Count the seats that each coalition's parties have together."""
    for g in range(coalitions.shape[0]):
        for lane in range(len(begin)):
            together = 0
            for i in range(coalitions.shape[1]):
                together += coalitions[g, i] * (won[i, lane] + (seats[i, lane] if i < seats.shape[0] else 0))
            tallied[U64(begin[lane]), g, together] += 1
            tallied[U64(end[lane]), g, together] -= 1


@part
def change_flags(begin, end, flags, flagged):
    """Count what decided, by all flags of a draw; in most chunks nothing did."""
    any_flag = flags.dtype.type(0)
    for lane in range(len(flags)):
        any_flag |= flags[lane]
    if any_flag:
        for lane in range(len(flags)):
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
