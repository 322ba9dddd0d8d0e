"""Blocks of simulated elections, a chunk of lanes at a time: drawn, counted, tallied."""

import functools
from typing import Any, NamedTuple

import numpy as np
from numba import typeof, types
from numba.extending import typeof_impl

from mazhilis_sim.kernels import INT, ahead, entry, plan, stage
from mazhilis_sim.kernels.borrowing import Lent, lent
from mazhilis_sim.kernels.cpu import lanes, random_lanes
from mazhilis_sim.kernels.cpu.count import count_lanes, recount_lanes
from mazhilis_sim.kernels.cpu.districts import elect_districts, new_races
from mazhilis_sim.kernels.cpu.draws import draw_votes, new_ballots
from mazhilis_sim.kernels.cpu.lots import settle_ties
from mazhilis_sim.kernels.cpu.random_lanes import FILL
from mazhilis_sim.kernels.cpu.tally import tally_chambers, tally_coalitions, tally_events, tally_lists
from mazhilis_sim.kernels.keeping import kind_of
from mazhilis_sim.kernels.steps.random_words import LISTS, U64

LANES = 768
"""Enough for a loop to outweigh what comes before it, and few enough for a chunk's arrays to stay in the second-level cache."""


class Room(NamedTuple):
    """Room for one chunk of lanes, lent: the draws with their list votes, the count, and the districts."""

    ballots: Lent
    lanes: Lent
    races: Lent


def new_room(k: int, m: int, p: int, districts: int, district_slots: int, candidates: int, w: int, whole: Any) -> Room:
    """Make room for chunks of w elections: k lists, m categories, p columns, at most so many candidates a district."""
    races = new_races(k, p, random_lanes.padded(-(-districts // 2)), random_lanes.padded(district_slots), candidates, w)
    return Room(new_ballots(k, m, w, whole), lanes.new_lanes(k, w, whole), races)


class Stages(NamedTuple):
    """What is done with a chunk of lanes, each compiled by itself: of two kinds of questions only what differs is compiled twice.

    What a kernel does not do, or a question does not have, is None. It is a tuple with names, since numba warns of functions in others.
    """

    fill: Any = None  # random numbers, for the two that draw
    draw: Any = None
    count: Any = None  # by Hare's quota
    recount: Any = None  # by another method
    settle: Any = None  # lots
    elect: Any = None  # districts
    keep: Any = None


@typeof_impl.register(Stages)
@functools.cache
def kind_of_stages(stages: Stages, context: Any) -> Any:
    """Tell numba the type of stages, which it would put together from those of all their arguments at every call."""
    return typeof_impl.dispatch(tuple)(stages, context)


@entry
def run_block(stages, seed, start, numbers, n, shares, rules, method, districts, lots, coalitions, ballots, lanes, races, tallies, written):
    """Simulate n draws and count them into the tallies; the seats of the last chunk stay in the room, ``lanes`` and ``races``.

    The draws are [start, start + n), or those that ``numbers`` (n,) holds, which may be empty. ``written`` has rows for every draw
    where its numbers are asked for. ``rules`` are without their ``method``, which is None for Hare's quota; ``districts`` and ``lots``
    are None where the question has none. What is None is not compiled either. `stages_of` takes the same arguments without the stages;
    `Drawing.count` hands them to both by their places.
    """
    fill, draw, count, recount, settle, elect, keep = stages
    law, drawn = lent(rules), lent(ballots)
    for done in range(0, n, len(drawn.draws)):
        used = len(drawn.draws) if len(drawn.draws) < n - done else n - done  # every `min` is compiled
        draw(fill, seed, start, numbers, done, used, shares, ballots)
        rows = count(drawn.votes, drawn.base, law, lanes)
        if method is not None:
            recount(method, drawn.votes, law.seats, rows, lanes)
        if lots is not None:
            settle(seed, drawn.draws, rows, lanes)
        if districts is not None:
            elect(fill, seed, drawn.draws, drawn.weights, drawn.sums, drawn.mixing, districts, races)
        keep(done, used, districts, coalitions, drawn.weights, lanes, races, tallies, written)


def stages_of(*arguments) -> Stages:
    """Return the stages for arguments of `run_block`, compiled for their types or found on disk.

    At a first start another process meanwhile compiles what draws, which takes half of the time. The entry is compiled meanwhile
    for the type that numba gives to the stages that are returned: were it another, it would be compiled twice, and nothing else would
    show it.

    What draws is handed the compiled FILL, and is named to the other process by the type of that, before it is compiled. What counts
    takes none.
    """
    seed, start, numbers, n, shares, rules, method, districts, lots, coalitions, ballots, lanes, races, tallies, written = arguments
    drawn = lent(ballots)
    of_fill = like_fill(seed, drawn)

    def asked(fill: Any) -> Stages:
        return Stages(
            (FILL, of_fill),
            (DRAW, (fill, seed, start, numbers, n, n, shares, ballots)),
            (COUNT, (drawn.votes, drawn.base, lent(rules), lanes)),
            None if method is None else (RECOUNT, (method, drawn.votes, lent(rules).seats, n, lanes)),
            None if lots is None else (SETTLE, (seed, drawn.draws, n, lanes)),
            None if districts is None else (ELECT, (fill, seed, drawn.draws, drawn.weights, drawn.sums, drawn.mixing, districts, races)),
            (KEEP, (n, n, districts, coalitions, drawn.weights, lanes, races, tallies, written)),
        )

    def half_of_the_work() -> ahead.Work:
        named = asked(FILL.kind(*of_fill))
        return [(stage, tuple(map(kind_of, like))) for stage, like in filter(None, (named.fill, named.draw, named.elect))]

    with ahead.elsewhere(DRAW, half_of_the_work) as there:
        counting = asked(None)
        count, recount, settle, keep = map(made, (counting.count, counting.recount, counting.settle, counting.keep))
        if there:
            kinds = [types.none if one is None else one[0].kind(*one[1]) for one in asked(FILL.kind(*of_fill))]
            run_block.made(types.NamedTuple(kinds, Stages), *map(typeof, arguments))
    fill = filling(seed, drawn)
    drawing = asked(fill)
    return Stages(fill, made(drawing.draw), count, recount, settle, made(drawing.elect), keep)


def filling(seed: Any, drawn: Any) -> Any:
    """Return what fills arrays with random numbers, compiled or found on disk, for the room of some ballots."""
    return FILL(*like_fill(seed, drawn))


def like_fill(seed: Any, drawn: Any) -> tuple[Any, ...]:
    """Return arguments like those of FILL."""
    return seed, drawn.draws, LISTS, True, drawn.mixing, drawn.raw, drawn.z


def made(asked: Any) -> Any:
    """Return a stage, compiled for arguments like those that it is asked for with, or found on disk; None where none is asked for."""
    return None if asked is None else asked[0](*asked[1])


@plan
def draw_chunk(fill, seed, start, numbers, done, used, shares, ballots):
    """Draw the list votes of a chunk's lanes."""
    drawn = lent(ballots)
    number_lanes(start, lent(numbers), done, used, drawn.draws)
    draw_votes(fill, seed, lent(shares), drawn)


@plan
def settle_chunk(seed, draws, rows, lanes):
    """Draw lots between equal remainders of a chunk's lanes."""
    room = lent(lanes)
    settle_ties(seed, draws, rows, room.active, room.admitted, room.whole, room.key, room.served, room.flags, room.seats)


@plan
def elect_chunk(fill, seed, draws, weights, sums, mixing, districts, races):
    """Fill the seats of a chunk's districts."""
    elect_districts(fill, seed, draws, weights, sums, mixing, lent(districts), lent(races))


@plan
def keep_chunk(done, used, districts, coalitions, weights, lanes, races, tallies, written):
    """Tally a chunk, and write down the numbers of its draws where they are asked for."""
    room, elected, rows = lent(lanes), lent(races), lent(written)
    tally_chunk(used, districts, coalitions, room.admitted, room.seats, room.flags, elected.seats, elected.ties, room.places, tallies)
    write_down(done, used, room.seats, rows.lists)
    write_down(done, used, elected.seats, rows.districts)
    write_shares(done, used, weights, rows.shares)


class Written(NamedTuple):
    """What is written down of single draws: seats on lists (n, k) and in districts (n, p), and shares (n, m); or no rows."""

    lists: np.ndarray
    districts: np.ndarray
    shares: np.ndarray


@plan
def write_down(done, used, lanes, rows):
    """Write a chunk's seats into the rows of its draws, if there are any."""
    if len(rows):
        for i in range(lanes.shape[0]):
            for lane in range(used):
                rows[done + lane, i] = lanes[i, lane]


@plan
def write_shares(done, used, weights, rows):
    """Write a chunk's shares, before floats of 32 bits divide them, into the rows of its draws, if there are any."""
    if len(rows):
        for lane in range(used):
            total = np.float64(0)
            for i in range(weights.shape[0]):
                total += np.float64(weights[i, lane])
            for i in range(weights.shape[0]):
                rows[done + lane, i] = np.float64(weights[i, lane]) / total


@entry
def tally_counted(used, districts, coalitions, admitted, list_seats, flags, district_seats, ties, places, tallies):
    """Add the first lanes of a chunk whose list seats were shared out elsewhere to the tallies; ``places`` (2, w) is scratch."""
    tally_chunk(used, districts, coalitions, admitted, list_seats, flags, district_seats, ties, places, tallies)


@plan
def tally_chunk(used, districts, coalitions, admitted, list_seats, flags, district_seats, ties, places, tallies):
    """Add the first lanes of a chunk to all tallies that the question has; ``places`` (2, w) is scratch."""
    told = lent(tallies)
    if districts is not None:
        tally_chambers(used, list_seats, district_seats, told.wide_chambers, places, told.chambers, told.totals)
    tally_events(used, flags, ties, told.events)
    tally_lists(used, admitted, list_seats, told.wide_lists, places, told.entries, told.admitted, told.lists)
    tally_coalitions(used, lent(coalitions), list_seats, district_seats, told.coalitions)


@plan
def number_lanes(start, numbers, done, used, draws):
    """Write the numbers of a chunk's draws; idle lanes repeat the last one."""
    for lane in range(len(draws)):
        place = done + (lane if lane < used else used - 1)
        draws[lane] = numbers[place] if len(numbers) else start + np.uint64(place)


@entry
def run_normals(seed, start, draws, mixing, raw, z):
    """Write the normals of list votes, draws from ``start`` on, into ``z`` (slots, w); the rest is scratch."""
    for lane in range(len(draws)):
        draws[lane] = start + U64(lane)
    random_lanes.fill_normals(seed, draws, LISTS, mixing, raw, z)


DRAW, COUNT, RECOUNT, SETTLE, ELECT, KEEP = (
    stage(draw_chunk),
    stage(count_lanes, INT),
    stage(recount_lanes),
    stage(settle_chunk),
    stage(elect_chunk),
    stage(keep_chunk),
)
"""The stages of `run_block`, by the types of their arguments.

COUNT and RECOUNT are no globals of the modules of their functions, and so are never work for another process (`ahead.Work`).
"""
