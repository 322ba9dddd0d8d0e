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
    k, width = held.votes.shape[1], held.votes.shape[2]
    place, used = failing.head[step], 0
    while place >= 0 or used > 0:
        if place >= 0:
            draw = place // k
            place = failing.following[place]
            if failing.seen[draw] != step:
                failing.seen[draw] = step
                gather(draw, start, held, used, ballots.votes, ballots.base, ballots.draws)
                used += 1
        if used == width or (place < 0 and used > 0):
            for lane in range(used, width):
                gather(np.int64(ballots.draws[used - 1] - start), start, held, lane, ballots.votes, ballots.base, ballots.draws)
            rows = count_lanes(ballots.votes, ballots.base, rules, lanes)
            if lots is not None:
                settle_ties(
                    seed, ballots.draws, rows, lanes.active, lanes.admitted, lanes.whole, lanes.key, lanes.served, lanes.flags, lanes.seats
                )
            for lane in range(used):
                draw = np.int64(ballots.draws[lane] - start)
                change(
                    step,
                    draw // width,
                    draw % width,
                    lane,
                    lanes.seats,
                    lanes.admitted,
                    lanes.flags,
                    held.won,
                    coalitions,
                    counted,
                    changes,
                )
            used = 0


@part
def gather(draw, start, held, lane, votes, base, draws):
    """Put a held draw into a lane."""
    width = held.votes.shape[2]
    chunk, place = draw // width, draw % width
    for i in range(votes.shape[0]):
        votes[i, lane] = held.votes[chunk, i, place]
    base[lane] = held.base[chunk, place]
    draws[lane] = start + U64(draw)


@part
def change(step, chunk, place, lane, seats, admitted, flags, won, coalitions, counted, changes):
    """Take what a draw was from the tallies and add what it is now, and keep that."""
    for i in range(seats.shape[0]):
        old, new, there = counted.seats[chunk, i, place], seats[i, lane], won[chunk, i, place] if i < won.shape[1] else 0
        changes.lists[step, i, old] -= 1
        changes.lists[step, i, new] += 1
        changes.totals[step, i, old + there] -= 1
        changes.totals[step, i, new + there] += 1
        before, now = counted.admitted[chunk, i, place], admitted[i, lane]
        changes.entries[step, i] += (now & 1) - (before & 1)
        changes.admitted[step, i] += (1 if now else 0) - (1 if before else 0)
    change_coalitions(step, chunk, place, lane, seats, won, coalitions, counted.seats, changes.coalitions)
    for event in range(changes.events.shape[1]):
        changes.events[step, event] += ((flags[lane] >> event) & 1) - ((counted.flags[chunk, place] >> event) & 1)
    for i in range(seats.shape[0]):
        counted.seats[chunk, i, place] = seats[i, lane]
        counted.admitted[chunk, i, place] = admitted[i, lane]
    counted.flags[chunk, place] = flags[lane]


@part
def change_coalitions(step, chunk, place, lane, seats, won, coalitions, before, changes):
    """Move a draw from what each coalition's parties had together to what they have."""
    for g in range(coalitions.shape[0]):
        old, new = 0, 0
        for i in range(coalitions.shape[1]):
            if coalitions[g, i]:
                there = won[chunk, i, place] if i < won.shape[1] else 0
                old += there + (before[chunk, i, place] if i < before.shape[1] else 0)
                new += there + (seats[i, lane] if i < seats.shape[0] else 0)
        changes[step, g, old] -= 1
        changes[step, g, new] += 1
