"""One law at many thresholds, on held draws: each draw is counted anew at the thresholds that shut a list of it out, and there alone."""

from typing import NamedTuple

import numpy as np

from mazhilis_sim.kernels import entry, part
from mazhilis_sim.kernels.cpu.count import count_lanes
from mazhilis_sim.kernels.cpu.lots import settle_ties
from mazhilis_sim.kernels.steps.random_words import U64


class Failing(NamedTuple):
    """Which draws lose a list at which of t thresholds: chains of places, a place being that of a list in a draw."""

    head: np.ndarray  # (t,) the first place of each threshold's chain; -1 for none
    following: np.ndarray  # (n k,) the place behind each
    seen: np.ndarray  # (n,) the last threshold at which a draw was counted
    chunks: np.ndarray  # (w,) where the draws of the lanes that are counted stand: their chunks
    places: np.ndarray  # (w,) and their lanes in them


class Changes(NamedTuple):
    """What a threshold changes in the tallies beside the one below it: t thresholds, and the shapes of the tallies."""

    entries: np.ndarray  # (t, k)
    admitted: np.ndarray  # (t, k)
    events: np.ndarray  # (t, e)
    lists: np.ndarray  # (t, k, list seats + 1)
    totals: np.ndarray  # (t, p, elected seats + 1)
    coalitions: np.ndarray  # (t, g, elected seats + 1)


@entry
def find_failing(n, votes, base, num, den, failing):
    """Chain up the places (n k,) of held draws (c, k, w) at the first of the rising thresholds num / den that each does not reach."""
    k, width = votes.shape[1], votes.shape[2]
    failing.head[:] = -1
    failing.seen[:] = -1
    for draw in range(n):
        chunk, lane = draw // width, draw % width
        for i in range(k):
            first = first_missed(np.int64(votes[chunk, i, lane]), np.int64(base[chunk, lane]), num, den)
            if 0 < first < len(num):
                failing.following[draw * k + i] = failing.head[first]
                failing.head[first] = draw * k + i


@part
def first_missed(votes, base, num, den):
    """Return the place of the first threshold that a list does not reach; their number where it reaches all."""
    low, high = 0, len(num)
    while low < high:
        middle = (low + high) // 2
        if votes * den[middle] >= base * num[middle]:
            low = middle + 1
        else:
            high = middle
    return low


@entry
def count_failing(seed, start, step, held, rules, lots, coalitions, ballots, lanes, failing, counted, changes):
    """Count anew the draws that lose a list at one threshold, whose rules these are, and tell what changes."""
    draws, _, _, _, _, _, votes, base = ballots
    held_votes, held_base, won, _ = held
    old_seats, old_admitted, old_flags = counted
    entries, admissions, events, lists, totals, tallied = changes
    head, following, seen, chunks, places = failing
    k, width = held_votes.shape[1], held_votes.shape[2]
    place, used = head[step], 0
    while place >= 0 or used > 0:
        if place >= 0:
            draw = place // k
            place = following[place]
            if seen[draw] != step:
                seen[draw] = step
                chunks[used], places[used] = draw // width, draw % width
                draws[used] = start + U64(draw)
                gather(chunks[used], places[used], used, held_votes, held_base, votes, base)
                used += 1
        if used == width or (place < 0 and used > 0):
            for lane in range(used, width):
                gather(chunks[used - 1], places[used - 1], lane, held_votes, held_base, votes, base)
                draws[lane] = draws[used - 1]
            rows = count_lanes(votes, base, rules, lanes)
            if lots is not None:
                settle_ties(seed, draws, rows, lanes.active, lanes.admitted, lanes.whole, lanes.key, lanes.served, lanes.flags, lanes.seats)
            new = lanes.seats, lanes.admitted, lanes.flags
            for i in range(k):
                change_list(step, i, used, chunks, places, new[0], new[1], won, old_seats, old_admitted, lists, totals, entries, admissions)
            change_coalitions(step, used, chunks, places, new[0], won, coalitions, old_seats, tallied)
            change_events(step, used, chunks, places, new[2], old_flags, events)
            remember(used, chunks, places, new[0], new[1], old_seats, old_admitted)
            used = 0


@part
def gather(chunk, place, lane, held_votes, held_base, votes, base):
    """Put a held draw into a lane."""
    for i in range(votes.shape[0]):
        votes[i, lane] = held_votes[chunk, i, place]
    base[lane] = held_base[chunk, place]


@part
def change_list(step, i, used, chunks, places, seats, admitted, won, old_seats, old_admitted, lists, totals, entries, admissions):
    """Take what draws gave a list from the tallies, and add what they give it now."""
    for lane in range(used):
        chunk, place = chunks[lane], places[lane]
        old, new, there = old_seats[chunk, i, place], seats[i, lane], won[chunk, i, place]
        lists[step, i, old] -= 1
        lists[step, i, new] += 1
        totals[step, i, old + there] -= 1
        totals[step, i, new + there] += 1
        before, now = old_admitted[chunk, i, place], admitted[i, lane]
        entries[step, i] += (now & 1) - (before & 1)
        admissions[step, i] += (1 if now else 0) - (1 if before else 0)


@part
def change_events(step, used, chunks, places, flags, old_flags, events):
    """Take what decided draws from the tallies, add what decides them now, and keep that."""
    for lane in range(used):
        chunk, place = chunks[lane], places[lane]
        if old_flags[chunk, place] | flags[lane]:
            for event in range(events.shape[1]):
                events[step, event] += ((flags[lane] >> event) & 1) - ((old_flags[chunk, place] >> event) & 1)
        old_flags[chunk, place] = flags[lane]


@part
def remember(used, chunks, places, seats, admitted, old_seats, old_admitted):
    """Keep what draws give now."""
    for i in range(seats.shape[0]):
        for lane in range(used):
            old_seats[chunks[lane], i, places[lane]] = seats[i, lane]
            old_admitted[chunks[lane], i, places[lane]] = admitted[i, lane]


@part
def change_coalitions(step, used, chunks, places, seats, won, coalitions, old_seats, tallied):
    """Move draws from what each coalition's parties had together to what they have."""
    for g in range(coalitions.shape[0]):
        for lane in range(used):
            chunk, place = chunks[lane], places[lane]
            old, new = 0, 0
            for i in range(coalitions.shape[1]):
                if coalitions[g, i]:
                    old += won[chunk, i, place] + (old_seats[chunk, i, place] if i < old_seats.shape[1] else 0)
                    new += won[chunk, i, place] + (seats[i, lane] if i < seats.shape[0] else 0)
            tallied[step, g, old] -= 1
            tallied[step, g, new] += 1
