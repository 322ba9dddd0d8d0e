"""What is counted over draws."""

from typing import NamedTuple

import numpy as np

from mazhilis_sim.kernels import part
from mazhilis_sim.kernels.steps.events import DISTRICT_TIE, OF_EVERY_LAW

SPREAD = 4  # a power of two: copies of each histogram, since neighbouring lanes often hit the same counter and wait for each other


class Tallies(NamedTuple):
    """What is counted over draws, all int64: k lists, p columns (lists, others, independents), s seats, g coalitions."""

    entries: np.ndarray  # (k,) the list reached the threshold
    admitted: np.ndarray  # (k,) the list shared in the seats
    lists: np.ndarray  # (copies, k, list seats + 1)
    districts: np.ndarray  # (copies, p, district seats + 1)
    totals: np.ndarray  # (copies, p, elected seats + 1)
    coalitions: np.ndarray  # (copies, g, elected seats + 1)
    events: np.ndarray  # (e,) by their places; fewer with Hare's quota


def new_tallies(k: int, p: int, list_seats: int, district_seats: int, coalitions: int, events: int = len(OF_EVERY_LAW)) -> Tallies:
    """Make empty tallies."""
    elected = list_seats + district_seats
    copies = SPREAD
    shapes = (
        (k,),
        (k,),
        (copies, k, list_seats + 1),
        (copies, p, district_seats + 1),
        (copies, p, elected + 1),
        (copies, coalitions, elected + 1),
        (events,),
    )
    return Tallies(*(np.zeros(shape, np.int64) for shape in shapes))


@part
def tally_lists(used, admitted, seats, entries, admissions, lists):
    """Count who reached the threshold, who was admitted, and the list seats."""
    whole = admitted.dtype.type
    for i in range(seats.shape[0]):
        reached, shared = whole(0), whole(0)
        for lane in range(used):
            reached = whole(reached + (admitted[i, lane] & 1))
            shared = whole(shared + whole(admitted[i, lane] != 0))
        entries[i] += reached
        admissions[i] += shared
        if shared == 0:
            lists[0, i, 0] += used
        else:
            for lane in range(used):
                lists[lane & (SPREAD - 1), i, seats[i, lane]] += 1


@part
def tally_chambers(used, list_seats, district_seats, districts, totals):
    """Count district seats and all elected seats by party."""
    k = list_seats.shape[0]
    for i in range(district_seats.shape[0]):
        for lane in range(used):
            won = district_seats[i, lane]
            districts[lane & (SPREAD - 1), i, won] += 1
            totals[lane & (SPREAD - 1), i, won + (list_seats[i, lane] if i < k else 0)] += 1


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
            for lane in range(used):
                events[event] += (flags[lane] >> event) & 1
