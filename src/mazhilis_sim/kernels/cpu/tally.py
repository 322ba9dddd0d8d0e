"""What is counted over draws."""

from typing import NamedTuple

import numpy as np

from mazhilis_sim.kernels import part, step
from mazhilis_sim.kernels.steps.events import DISTRICT_TIE, OF_EVERY_LAW

SPREAD = 4  # a power of two: copies of each histogram, since neighbouring lanes often hit the same counter and wait for each other
MOST_CELLS = 1 << 18
"""Numbers of seats of two are counted together, which takes half the time, where a histogram of all their pairs has no more cells."""


class Tallies(NamedTuple):
    """What is counted over draws, all int64: k lists, p columns (lists, others, independents), s seats, g coalitions.

    A cell of two numbers of seats is ``wide`` times the first, plus the second; ``wide`` is 0 where there are too many pairs.
    """

    entries: np.ndarray  # (k,) the list reached the threshold
    admitted: np.ndarray  # (k,) the list shared in the seats
    lists: np.ndarray  # (copies, k / 2 rounded up, cells): list seats of two neighbours; or (copies, k, list seats + 1); or no row
    chambers: np.ndarray  # (copies, p, cells): list and district seats of a column; or (copies, p, district seats + 1)
    totals: np.ndarray  # (copies, p, elected seats + 1), where they do not follow from the chambers
    coalitions: np.ndarray  # (copies, g, elected seats + 1)
    events: np.ndarray  # (e,) by their places; fewer with Hare's quota
    wide_lists: int
    wide_chambers: int


def new_tallies(
    k: int, p: int, list_seats: int, district_seats: int, coalitions: int, events: int = len(OF_EVERY_LAW), most_cells: int = MOST_CELLS
) -> Tallies:
    """Make empty tallies, of two numbers of seats together where that takes no more than so many cells."""
    lists, districts, elected = list_seats + 1, district_seats + 1, list_seats + district_seats + 1
    two_lists, chamber = (k + 1) // 2 * lists**2 <= most_cells, p * lists * districts <= most_cells
    rows = 0 if district_seats and chamber else (k + 1) // 2 if two_lists else k
    shapes = (
        (k,),
        (k,),
        (SPREAD, rows, lists**2 if two_lists else lists),
        (SPREAD, p if district_seats else 0, lists * districts if chamber else districts),
        (SPREAD, p if district_seats and not chamber else 0, elected),
        (SPREAD, coalitions, elected),
        (events,),
    )
    counted = (np.zeros(shape, np.int64) for shape in shapes)
    return Tallies._make((*counted, lists if two_lists else 0, districts if chamber else 0))


class Histograms(NamedTuple):
    """How many draws gave each number of seats."""

    lists: np.ndarray  # (k, list seats + 1)
    districts: np.ndarray  # (p, district seats + 1); without rows where the question has no districts
    totals: np.ndarray  # (p, elected seats + 1); likewise
    coalitions: np.ndarray  # (g, elected seats + 1)


def histograms(tallies: Tallies) -> Histograms:
    """Tell apart what was counted together; the copies are added up."""
    k = len(tallies.entries)
    lists, chambers, totals, coalitions = (copies.sum(axis=0) for copies in tallies[2:6])
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


@part
def tally_lists(used, admitted, seats, wide, entries, admissions, lists):
    """Count who reached the threshold, who was admitted, and the list seats: of two lists together where ``wide`` is not 0.

    The seats are left out, by ``lists`` without rows, where those of districts are counted with them.
    """
    together = 2 if wide else 1
    shared = 0
    for i in range(len(entries)):
        shared += tally_admitted(used, admitted, i, entries, admissions)
        first = i - i % together
        if lists.shape[1] and (i + 1 == len(entries) or i + 1 == first + together):
            tally_seats(used, shared, seats, first, i, wide, lists[:, i // together])
            shared = 0


@part
def tally_seats(used, shared, seats, first, last, wide, counts):
    """Count the seats of two lists, or twice of one; where they ``shared`` in no lane they have none."""
    if shared == 0:
        counts[0, 0] += used
    else:
        for lane in range(used):
            counts[lane & (SPREAD - 1), cell(seats[first, lane], wide, seats[last, lane])] += 1


@part
def tally_admitted(used, admitted, i, entries, admissions):
    """Count where a list reached the threshold, and where it was admitted; return the latter."""
    whole = admitted.dtype.type
    reached, shared = whole(0), whole(0)
    for lane in range(used):
        reached = whole(reached + (admitted[i, lane] & 1))
        shared = whole(shared + whole(admitted[i, lane] != 0))
    entries[i] += reached
    admissions[i] += shared
    return shared


@step
def cell(first, wide, second):
    """Return the place of two numbers of seats; unsigned, since a signed one is asked each time whether it counts from the end."""
    return np.uint64(np.uint32(first * wide + second))


@part
def tally_chambers(used, list_seats, district_seats, wide, chambers, totals):
    """Count list and district seats by column: together, or those of districts and their sum where ``wide`` is 0."""
    for i in range(district_seats.shape[0]):
        listed = i < list_seats.shape[0]
        for lane in range(used):
            won, on_lists = district_seats[i, lane], list_seats[i, lane] if listed else 0
            chambers[lane & (SPREAD - 1), i, cell(on_lists, wide, won)] += 1
            if not wide:
                totals[lane & (SPREAD - 1), i, won + on_lists] += 1


@part
def tally_coalitions(used, coalitions, list_seats, district_seats, tallied):
    """Count the seats that each coalition's parties have together."""
    k = list_seats.shape[0]
    for g in range(coalitions.shape[0]):
        for lane in range(used):
            won = 0
            for i in range(coalitions.shape[1]):
                won += coalitions[g, i] * (district_seats[i, lane] + (list_seats[i, lane] if i < k else 0))
            tallied[lane & (SPREAD - 1), g, won] += 1


@part
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
