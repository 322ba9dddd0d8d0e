"""What is counted over draws."""

from typing import NamedTuple

import numpy as np

from mazhilis_sim.kernels import part, plan, step
from mazhilis_sim.kernels.borrowing import Lent, lent_together
from mazhilis_sim.kernels.steps.events import DISTRICT_TIE, OF_EVERY_LAW
from mazhilis_sim.kernels.steps.random_words import U64
from mazhilis_sim.kernels.steps.single import I32

SPREAD = 4  # a power of two: copies of each histogram, since neighbouring lanes often hit the same counter and wait for each other
MOST_CELLS = 1 << 18
"""Numbers of seats of two are counted together, which takes half the time, where a histogram of all their pairs has no more cells."""


class Tallies(NamedTuple):
    """What is counted over draws, all int64: k lists, p columns (lists, others, independents), s seats, g coalitions.

    A cell of two numbers of seats is ``wide`` times the first, plus the second; ``wide`` is 0 where there are too many pairs. The copies of
    a cell stand side by side, those of coalitions one table after another. A cell's place fits 32 bits: cells are no more than `MOST_CELLS`
    for pairs, and of one number no more than there are seats.
    """

    entries: np.ndarray  # (k,) the list reached the threshold
    admitted: np.ndarray  # (k,) the list shared in the seats
    lists: np.ndarray  # (k / 2 rounded up, cells copies): list seats of two neighbours; or (k, (list seats + 1) copies); or no row
    chambers: np.ndarray  # (p, cells copies): list and district seats of a column; or (p, (district seats + 1) copies)
    totals: np.ndarray  # (p, (elected seats + 1) copies), where they do not follow from the chambers
    coalitions: np.ndarray  # (copies, g, elected seats + 1)
    events: np.ndarray  # (e,) by their places; fewer with Hare's quota
    wide_lists: int
    wide_chambers: int


def new_tallies(
    k: int, p: int, list_seats: int, district_seats: int, coalitions: int, events: int = len(OF_EVERY_LAW), most_cells: int = MOST_CELLS
) -> Lent:
    """Make empty tallies, and lend them, of two numbers of seats together where that takes no more than so many cells.

    What has no rows is not counted, or is counted with something else: list seats with those of districts. `histograms` tells them apart
    by the same numbers, ``wide_lists`` and ``wide_chambers``, which are 0 where numbers are counted one by one.
    """
    lists, districts, elected = list_seats + 1, district_seats + 1, list_seats + district_seats + 1
    two_lists, chamber = (k + 1) // 2 * lists**2 <= most_cells, p * lists * districts <= most_cells
    rows = 0 if district_seats and chamber else (k + 1) // 2 if two_lists else k
    shapes = (
        (k,),
        (k,),
        (rows, SPREAD * (lists**2 if two_lists else lists)),
        (p if district_seats else 0, SPREAD * (lists * districts if chamber else districts)),
        (p if district_seats and not chamber else 0, SPREAD * elected),
        (SPREAD, coalitions, elected),
        (events,),
    )
    numbers = lists if two_lists else 0, districts if chamber else 0
    return lent_together(Tallies, tuple((shape, np.int64) for shape in shapes), *numbers)


class Histograms(NamedTuple):
    """How many draws gave each number of seats."""

    lists: np.ndarray  # (k, list seats + 1)
    districts: np.ndarray  # (p, district seats + 1); without rows where the question has no districts
    totals: np.ndarray  # (p, elected seats + 1); likewise
    coalitions: np.ndarray  # (g, elected seats + 1)


def histograms(tallies: Tallies) -> Histograms:
    """Tell apart what was counted together; the copies are added up."""
    k = len(tallies.entries)
    spread = tallies.lists, tallies.chambers, tallies.totals
    lists, chambers, totals = (np.add.reduce([cells[:, copy::SPREAD] for copy in range(SPREAD)]) for cells in spread)
    coalitions = tallies.coalitions.sum(axis=0)
    if tallies.wide_lists and len(lists):
        both = lists.reshape(len(lists), tallies.wide_lists, tallies.wide_lists)
        lists = np.stack([both.sum(axis=2), both.sum(axis=1)], axis=1).reshape(-1, tallies.wide_lists)[:k]
    if tallies.wide_chambers and len(chambers):
        both = chambers.reshape(len(chambers), -1, tallies.wide_chambers)
        lists, chambers, totals = both[:k].sum(axis=2), both.sum(axis=1), sums_of(both)
    return Histograms(lists, chambers, totals, coalitions)


def sums_of(both: np.ndarray) -> np.ndarray:
    """Return how often each sum of two numbers was counted: (rows, a, b) to (rows, a + b - 1)."""
    rows, a, b = both.shape
    found = np.zeros((rows, a + b - 1), np.int64)
    for second in range(b):
        found[:, second : second + a] += both[:, :, second]
    return found


@plan
def tally_lists(used, admitted, seats, wide, places, entries, admissions, lists):
    """Count who reached the threshold, who was admitted, and the list seats: of two lists together where ``wide`` is not 0.

    The seats are left out, by ``lists`` without rows, where those of districts are counted with them. A pair that
    was admitted in no lane is counted as 0 seats without a look at its lanes. ``places`` (2, w) is scratch.
    """
    k, shared, waiting = len(entries), 0, -1
    together = 2 if wide else 1
    for i in range(k):
        shared += tally_admitted(used, admitted, i, entries, admissions)
        row = i // together
        if len(lists) and (i + 1 == k or i % together == together - 1):
            if shared:
                tell_pair(seats, row * together, wide, i, I32(waiting >= 0), places)
                waiting = count_two_rows(used, places, waiting, row, lists)
            else:
                lists[row, 0] += used
            shared = 0
    count_waiting_row(used, places, waiting, lists)


@part
def tell_pair(seats, first, wide, last, turn, places):
    """Fill row ``turn`` of ``places`` with every lane's place of the seats of two lists, or twice of one."""
    for lane in range(places.shape[1]):
        places[turn, lane] = place(seats[first, lane], wide, seats[last, lane])


@step
def place(first, wide, second):
    """Return where two numbers of seats are counted, in the first copy."""
    return I32(I32(SPREAD) * I32(I32(first * wide) + I32(second)))


@part
def count_two_rows(used, places, waiting, row, counts):
    """Count one at every lane's place in two rows of counters, ``row`` and the one that was ``waiting``; or let the row wait for another.

    Return which row waits now, or -1. Row 0 of ``places`` belongs to the one that was waiting, row 1 to the other. A counter that is read
    just after it was written makes the processor wait. All places are told before, in vectors, which counting cannot use.
    """
    if waiting < 0:
        return row
    one, two = U64(waiting), U64(row)
    for lane in range(used):
        copy = U64(lane & (SPREAD - 1))
        counts[one, U64(np.uint32(places[0, lane])) + copy] += 1
        counts[two, U64(np.uint32(places[1, lane])) + copy] += 1
    return -1


@part
def count_waiting_row(used, places, waiting, counts):
    """Count one at every lane's place in the row that waits for no other, if there is one."""
    if waiting >= 0:
        for lane in range(used):
            counts[U64(waiting), U64(np.uint32(places[0, lane])) + U64(lane & (SPREAD - 1))] += 1


@part
def tally_admitted(used, admitted, i, entries, admissions):
    """Count where a list reached the threshold, and where it was admitted; return the latter."""
    whole = admitted.dtype.type
    reached, without = whole(0), whole(0)
    for lane in range(used):
        reached = whole(reached + (admitted[i, lane] & 1))
        without = whole(without + (admitted[i, lane] >> 1))  # 2 for a list that was admitted without
    entries[i] += reached
    admissions[i] += reached + without
    return reached + without


@plan
def tally_chambers(used, list_seats, district_seats, wide, places, chambers, totals):
    """Count list and district seats by column: together, or those of districts and their sum where ``wide`` is 0.

    ``places`` (2, w) is scratch.
    """
    tally_columns(used, list_seats, wide, district_seats, places, chambers)
    if not wide:
        tally_columns(used, list_seats, 1, district_seats, places, totals)


@part
def tally_columns(used, list_seats, times, district_seats, places, counts):
    """Count a column's list seats, so many times, and district seats together; who has no list has no seat on one."""
    waiting = -1
    for i in range(district_seats.shape[0]):
        turn, listed = I32(waiting >= 0), i < list_seats.shape[0]
        row = i if listed else 0  # is read and not used for who has none
        for lane in range(places.shape[1]):
            places[turn, lane] = place(list_seats[row, lane] if listed else 0, times, district_seats[i, lane])
        waiting = count_two_rows(used, places, waiting, i, counts)
    count_waiting_row(used, places, waiting, counts)


@plan
def tally_coalitions(used, coalitions, list_seats, district_seats, tallied):
    """Count the seats that each coalition's parties have together."""
    k = list_seats.shape[0]
    for g in range(coalitions.shape[0]):
        for lane in range(used):
            won = 0
            for i in range(coalitions.shape[1]):
                won += coalitions[g, i] * (district_seats[i, lane] + (list_seats[i, lane] if i < k else 0))
            tallied[lane & (SPREAD - 1), g, won] += 1


@plan
def tally_events(used, flags, ties, events):
    """Count what decided; most chunks have nothing to tell."""
    flag, number = flags.dtype.type, ties.dtype.type
    any_flag, any_tie = flag(0), number(0)
    for lane in range(used):
        any_flag = flag(any_flag | flags[lane])
        any_tie = number(any_tie + ties[lane])
    events[DISTRICT_TIE] += any_tie
    for event in range(len(events)):
        if any_flag & (1 << event):
            found = flag(0)
            for lane in range(used):
                found = flag(found + flag((flags[lane] >> event) & 1))
            events[event] += found
