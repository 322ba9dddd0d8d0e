"""Laws alike but for their numbers, on the same voters: drawn and counted by each in one pass, a chunk of lanes at a time.

The seats of a list by the first law and by another are counted together: one counter a list tells what each law gives, and by how
much they differ.
"""

from typing import NamedTuple

import numpy as np

from mazhilis_sim.kernels import entry, part
from mazhilis_sim.kernels.borrowing import lent
from mazhilis_sim.kernels.cpu.block import COUNT, DRAW, RECOUNT, SETTLE, Stages, filling
from mazhilis_sim.kernels.cpu.lanes import Rules
from mazhilis_sim.kernels.cpu.tally import tally_admitted, tally_coalitions, tally_events
from mazhilis_sim.kernels.laws.held import keep
from mazhilis_sim.kernels.steps.random_words import U64

COPIES = 2
"""A power of two: copies of each counter of pairs, fewer than `tally.SPREAD` since two laws' seats together are hit less often."""


class Together(NamedTuple):
    """What is counted of l laws over draws: k lists, seats below ``wide``."""

    entries: np.ndarray  # (l, k)
    admitted: np.ndarray  # (l, k)
    events: np.ndarray  # (l, e)
    pairs: np.ndarray  # (l - 1, k, copies wide^2): seats by the first law times wide, plus those by another
    coalitions: np.ndarray  # (l, `tally.SPREAD`, g, wide)


@entry
def run_laws(
    stages, seed, start, draw_numbers, n, shares, numbers, method, lots, coalitions, ballots, lanes, races, wide, first, places, tallies
):
    """Simulate the draws [start, start + n) and count each by l laws: ``numbers`` (l, 9) are their rules, all but the ``method``.

    ``first`` (k, w) and ``places`` (w,) are scratch, for the seats by the first law and where they are counted. There are no districts:
    ``races`` has room for none, and ``draw_numbers`` are none either.
    """
    fill, draw, count, recount, settle, _, _ = stages
    drawn, room, elected, told = lent(ballots), lent(lanes), lent(races), lent(tallies)
    laws, of_coalitions, of_first, cells = lent(numbers), lent(coalitions), lent(first), lent(places)
    for done in range(0, n, len(drawn.draws)):
        used = len(drawn.draws) if len(drawn.draws) < n - done else n - done
        draw(fill, seed, start, draw_numbers, done, used, shares, ballots)
        for law in range(len(laws)):
            one = laws[law]
            rules = Rules(one[0], one[1], one[2], one[3], one[4], one[5], one[6], one[7], one[8], None)
            rows = count(drawn.votes, drawn.base, rules, lanes)
            if method is not None:
                recount(method, drawn.votes, rules.seats, rows, lanes)
            if lots is not None:
                settle(seed, drawn.draws, rows, lanes)
            tally_events(used, room.flags, elected.ties, told.events[law])
            for i in range(len(drawn.votes)):
                tally_admitted(used, room.admitted, i, told.entries[law], told.admitted[law])
            tally_coalitions(used, of_coalitions, room.seats, elected.seats, told.coalitions[law])
            if law == 0:
                keep(room.seats, of_first)
            else:
                tally_pairs(used, of_first, room.seats, wide, cells, told.pairs[law - 1])


def stages_of(*arguments) -> Stages:
    """Return the stages for arguments of `run_laws`."""
    seed, start, draw_numbers, n, shares, numbers, method, lots, _, ballots, lanes, *_ = arguments
    drawn = lent(ballots)
    rules = Rules._make((*lent(numbers)[0], None))
    fill = filling(seed, drawn)
    return Stages(
        fill,
        DRAW(fill, seed, start, draw_numbers, n, n, shares, ballots),
        COUNT(drawn.votes, drawn.base, rules, lanes),
        RECOUNT(method, drawn.votes, rules.seats, n, lanes) if method else None,
        SETTLE(seed, drawn.draws, n, lanes) if lots else None,
    )


@part
def tally_pairs(used, first, seats, wide, places, pairs):
    """Count the seats of every list by the first law and by another together; there is nothing to tell apart where neither gives any.

    The places of all lanes are told before, as for `tally.count_two_rows`; the copies of a cell stand apart by ``wide`` times it.
    """
    for i in range(len(seats)):
        if seated(first[i], seats[i]):
            for lane in range(len(places)):
                places[lane] = (first[i, lane] + (lane & (COPIES - 1)) * wide) * wide + seats[i, lane]
            for lane in range(used):
                pairs[i, U64(places[lane])] += 1
        else:
            pairs[i, 0] += used


@part
def seated(first, other):
    """Tell whether a list has a seat in any lane, by one law or by the other."""
    any_seat = first.dtype.type(0)
    for lane in range(len(first)):
        any_seat |= first[lane] | other[lane]
    return any_seat != 0
