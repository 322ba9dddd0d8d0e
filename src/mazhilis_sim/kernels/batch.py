"""Blocks of simulated elections: draw, count, tally. Nothing is shared between blocks, so they run anywhere."""
from typing import Any, NamedTuple

import numpy as np

from mazhilis_sim.kernels import apportion, entry, jit, rng
from mazhilis_sim.kernels.apportion import count_lanes
from mazhilis_sim.kernels.districts import Races, elect_districts, new_races
from mazhilis_sim.kernels.draws import Ballots, draw_shares, new_ballots
from mazhilis_sim.kernels.flags import TIE

LANES = 256
SPREAD = 4  # a power of two: copies of each histogram, since neighbouring lanes often hit the same counter and wait for each other

EVENTS = ("fallback", "tie", "second_tie", "no_list", "excess", "district_tie")
"""What is counted: draws by each flag of the count, in the order of their bits, then districts that a lot decided."""
OVER_QUOTA = len(EVENTS)
"""Place of a further event, of laws with another method than Hare's: draws in which a quota hands out too many seats."""


class Tallies(NamedTuple):
    """What is counted over draws, all int64: k lists, p columns (lists, others, independents), s seats, g coalitions."""

    entries: np.ndarray  # (k,) the list reached the threshold
    admitted: np.ndarray  # (k,) the list shared in the seats
    lists: np.ndarray  # (copies, k, list seats + 1)
    districts: np.ndarray  # (copies, p, district seats + 1)
    totals: np.ndarray  # (copies, p, elected seats + 1)
    coalitions: np.ndarray  # (copies, g, elected seats + 1)
    events: np.ndarray  # (6,) as named in EVENTS; (7,) with another method than Hare's


class Room(NamedTuple):
    """Room for one chunk of lanes: the draws with their list votes, the count, and the districts.

    Compiled code is handed the three separately: to read one field of a tuple it is given every array in it, which takes long to compile.
    """

    ballots: Ballots
    lanes: apportion.Lanes
    races: Races


def new_tallies(k: int, p: int, list_seats: int, district_seats: int, coalitions: int, events: int = len(EVENTS)) -> Tallies:
    """Make empty tallies."""
    elected = list_seats + district_seats
    copies = SPREAD
    shapes = ((k,), (k,), (copies, k, list_seats + 1), (copies, p, district_seats + 1), (copies, p, elected + 1),
              (copies, coalitions, elected + 1), (events,))
    return Tallies(*(np.zeros(shape, np.int64) for shape in shapes))


def new_room(k: int, m: int, p: int, districts: int, district_slots: int, w: int = LANES, whole: Any = np.int64) -> Room:
    """Make room for chunks of w elections: k lists, m categories, p columns."""
    races = new_races(k, p, rng.padded(districts), rng.padded(district_slots), w)
    return Room(new_ballots(k, m, w, whole), apportion.new_lanes(k, w, whole), races)


@entry
def run_block(seed, start, numbers, n, shares, rules, districts, lots, coalitions, ballots, lanes, races, tallies):
    """Simulate n draws and count them into the tallies; the seats of the last chunk stay in the room, ``lanes`` and ``races``.

    The draws are [start, start + n), or those that ``numbers`` (n,) holds, which may be empty.
    ``districts``, ``lots`` and ``coalitions`` are None where the question has none, and then are not compiled either.
    """
    draws, raw, z, weights, sums, votes, base = ballots
    for done in range(0, n, len(draws)):
        used = len(draws) if len(draws) < n - done else n - done  # every `min` is compiled
        number_lanes(start, numbers, done, used, draws)
        draw_shares(seed, draws, shares, raw, z, weights, sums, votes, base)
        rows = count_lanes(votes, base, rules, lanes)
        if lots is not None:
            settle_ties(
                seed, draws, rows, lanes.active, lanes.admitted, lanes.whole, lanes.key, lanes.served, lanes.flags, lanes.seats)
        if districts is not None:
            elect_districts(seed, draws, weights, raw, districts, races)
            tally_chambers(used, lanes.seats, races.seats, tallies.districts, tallies.totals)
        tally_events(used, lanes.flags, races.ties, tallies.events)
        tally_lists(used, lanes.admitted, lanes.seats, tallies.entries, tallies.admitted, tallies.lists)
        if coalitions is not None:
            tally_coalitions(used, coalitions, lanes.seats, races.seats, tallies.coalitions)


@jit
def number_lanes(start, numbers, done, used, draws):
    """Write the numbers of a chunk's draws; idle lanes repeat the last one."""
    for lane in range(len(draws)):
        place = done + (lane if lane < used else used - 1)
        draws[lane] = numbers[place] if len(numbers) else start + np.uint64(place)


# -- drawing of lots ---------------------------------------------------------------------------------------------------


@jit
def settle_ties(seed, draws, rows, active, admitted, whole, key, served, flags, seats):
    """Draw lots between the equal remainders of the lanes where they compete.

    Among the lists at the cut, the highest lots get the seats that the order of registration had given out.
    """
    shift = apportion.order_bits(key.shape[0])
    for lane in range(len(draws)):
        if flags[lane] & TIE:
            cut, at_cut = served[lane] >> shift, 0
            for row in range(rows):
                i = active[row]
                if admitted[i, lane] and key[row, lane] >> shift == cut:
                    at_cut += seats[i, lane] - whole[i, lane]
                    seats[i, lane] = whole[i, lane]
            for _ in range(at_cut):
                seats[highest_lot(seed, draws[lane], lane, cut, shift, rows, active, admitted, whole, key, seats), lane] += 1


@jit
def highest_lot(seed, draw, lane, cut, shift, rows, active, admitted, whole, key, seats):
    """Return the list at the cut with the highest lot that has no further seat yet."""
    best, highest = np.int64(0), rng.U64(0)
    for row in range(rows):
        i = active[row]
        if admitted[i, lane] and key[row, lane] >> shift == cut and seats[i, lane] == whole[i, lane]:
            lot, _, _, _ = rng.words(seed, draw, rng.LOTS, rng.LIST_LOTS | i)
            best, highest = (i, lot) if lot >= highest else (best, highest)
    return best


# -- tallies -----------------------------------------------------------------------------------------------------------


@jit
def tally_lists(used, admitted, seats, entries, admissions, lists):
    """Count who reached the threshold, who was admitted, and the list seats."""
    for i in range(seats.shape[0]):
        reached, shared = np.int64(0), np.int64(0)
        for lane in range(used):
            reached += admitted[i, lane] & 1
            shared += np.int64(admitted[i, lane] != 0)
        entries[i] += reached
        admissions[i] += shared
        if shared == 0:
            lists[0, i, 0] += used
        else:
            for lane in range(used):
                lists[lane & (SPREAD - 1), i, seats[i, lane]] += 1


@jit
def tally_chambers(used, list_seats, district_seats, districts, totals):
    """Count district seats and all elected seats by party."""
    k = list_seats.shape[0]
    for i in range(district_seats.shape[0]):
        for lane in range(used):
            won = district_seats[i, lane]
            districts[lane & (SPREAD - 1), i, won] += 1
            totals[lane & (SPREAD - 1), i, won + (list_seats[i, lane] if i < k else 0)] += 1


@jit
def tally_coalitions(used, coalitions, list_seats, district_seats, tallied):
    """Count the seats that each coalition's parties have together."""
    k = list_seats.shape[0]
    for g in range(coalitions.shape[0]):
        for lane in range(used):
            won = 0
            for i in range(coalitions.shape[1]):
                won += coalitions[g, i] * (district_seats[i, lane] + (list_seats[i, lane] if i < k else 0))
            tallied[lane & (SPREAD - 1), g, won] += 1


@jit
def tally_events(used, flags, ties, events):
    """Count what decided; most chunks have nothing to tell."""
    any_flag, any_tie = np.int64(0), np.int64(0)
    for lane in range(used):
        any_flag |= flags[lane]
        any_tie += ties[lane]
    events[5] += any_tie
    for event in range(len(events)):
        if any_flag & (1 << event):
            for lane in range(used):
                events[event] += (flags[lane] >> event) & 1
