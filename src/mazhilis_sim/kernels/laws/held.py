"""Draws that are held, a chunk of lanes after another, and counted as often as there are laws: the voters are simulated once."""

from typing import Any, NamedTuple

import numpy as np

from mazhilis_sim.kernels import entry, part
from mazhilis_sim.kernels.aligning import aligned
from mazhilis_sim.kernels.borrowing import lent
from mazhilis_sim.kernels.cpu.block import COUNT, DRAW, ELECT, RECOUNT, SETTLE, Stages, filling, tally_chunk, write_shares
from mazhilis_sim.kernels.cpu.tally import SPREAD
from mazhilis_sim.kernels.steps.random_words import U64


class Held(NamedTuple):
    """What voters of n draws did: c chunks of w lanes, k lists, p columns."""

    votes: np.ndarray  # (c, k, w)
    base: np.ndarray  # (c, w)
    won: np.ndarray  # (c, p, w) district seats, 0 where there are no districts
    drawn: np.ndarray  # (c, w) districts that a lot decided


def new_held(chunks: int, k: int, p: int, w: int, whole: Any) -> Held:
    """Make room for so many chunks of draws."""
    return Held(aligned((chunks, k, w), whole), aligned((chunks, w), whole), *new_won(chunks, p, w))


def new_won(chunks: int, p: int, w: int) -> tuple[np.ndarray, np.ndarray]:
    """Make room for the district seats of p columns, which are none where there are no districts."""
    return aligned((chunks, p, w), np.int32), aligned((chunks, w), np.int32)


@entry
def hold_draws(stages, seed, start, numbers, n, shares, districts, ballots, races, held, written):
    """Simulate the voters of the draws [start, start + n); ``written`` (n, m) gets their shares where it has rows.

    ``districts`` is None where there are none, and ``numbers`` has none.
    """
    fill, draw, _, _, _, elect, _ = stages
    drawn, elected, voters = lent(ballots), lent(races), lent(held)
    rows, lanes = lent(written), len(drawn.draws)
    for done in range(0, n, lanes):
        chunk = done // lanes
        used = lanes if lanes < n - done else n - done
        draw(fill, seed, start, numbers, done, used, shares, ballots)
        keep(drawn.votes, voters.votes[chunk])
        keep_lanes(drawn.base, voters.base[chunk])
        if districts is not None:
            elect(fill, seed, drawn.draws, drawn.weights, drawn.sums, drawn.mixing, districts, races)
            keep(elected.seats, voters.won[chunk])
            keep_lanes(elected.ties, voters.drawn[chunk])
        write_shares(done, used, drawn.weights, rows)


def stages_to_hold(seed, start, numbers, n, shares, districts, ballots, races, held, written) -> Stages:
    """Return the stages for arguments of `hold_draws`."""
    drawn = lent(ballots)
    fill = filling(seed, drawn)
    elect = ELECT(fill, seed, drawn.draws, drawn.weights, drawn.sums, drawn.mixing, districts, races) if districts else None
    return Stages(fill, DRAW(fill, seed, start, numbers, n, n, shares, ballots), elect=elect)


@entry
def count_held(stages, seed, start, n, held, rules, method, districts, lots, coalitions, lanes, draws, tallies, seats):
    """Count n held draws by one law into its tallies, and keep the seats on lists (c, k, w); ``draws`` (w,) is scratch."""
    _, _, count, recount, settle, _, _ = stages
    voters, room = lent(held), lent(lanes)
    numbers, kept, law = lent(draws), lent(seats), lent(rules)
    width = len(numbers)
    for done in range(0, n, width):
        chunk = done // width
        used = width if width < n - done else n - done
        rows = count(voters.votes[chunk], voters.base[chunk], law, lanes)
        if method is not None:
            recount(method, voters.votes[chunk], law.seats, rows, lanes)
        if lots is not None:
            number_chunk(start + U64(done), used, numbers)
            settle(seed, numbers, rows, lanes)
        tally_chunk(
            used, districts, coalitions, room.admitted, room.seats, room.flags, voters.won[chunk], voters.drawn[chunk], room.places, tallies
        )
        keep(room.seats, kept[chunk])


def stages_to_count(seed, start, n, held, rules, method, districts, lots, coalitions, lanes, draws, tallies, seats) -> Stages:
    """Return the stages for arguments of `count_held`."""
    voters, law = lent(held), lent(rules)
    return Stages(
        count=COUNT(voters.votes[0], voters.base[0], law, lanes),
        recount=RECOUNT(method, voters.votes[0], law.seats, n, lanes) if method else None,
        settle=SETTLE(seed, lent(draws), n, lanes) if lots else None,
    )


@entry
def tally_differences(n, old_seats, old_won, new_seats, new_won, most, more, differences):
    """Count, by column, how many seats more n held draws give by one law than by another: ``differences`` (copies, p, 2 most + 1).

    Seats are those on lists (c, k, w) and in districts (c, p, w); the columns of one law may be more. ``more`` (w,) is scratch.
    There are copies since neighbouring lanes often hit one counter, and wait for each other.
    """
    width = len(more)
    for done in range(0, n, width):
        chunk = done // width
        used = width if width < n - done else n - done
        for i in range(differences.shape[1]):
            for lane in range(width):
                more[lane] = most
            add_seats(new_seats, chunk, i, 1, more)
            add_seats(new_won, chunk, i, 1, more)
            add_seats(old_seats, chunk, i, -1, more)
            add_seats(old_won, chunk, i, -1, more)
            for lane in range(used):
                differences[lane & (SPREAD - 1), i, U64(more[lane])] += 1


@part
def add_seats(seats, chunk, i, sign, more):
    """Add the seats of a column, where it has any, to those of each lane."""
    if i < seats.shape[1]:
        for lane in range(len(more)):
            more[lane] += sign * seats[chunk, i, lane]


@part
def number_chunk(first, used, draws):
    """Write the numbers of a chunk's draws; idle lanes repeat the last one."""
    for lane in range(len(draws)):
        draws[lane] = first + U64(lane if lane < used else used - 1)


@part
def keep(lanes, rows):
    """Copy a chunk's rows (k, w)."""
    for i in range(lanes.shape[0]):
        for lane in range(lanes.shape[1]):
            rows[i, lane] = lanes[i, lane]


@part
def keep_lanes(lanes, row):
    """Copy one number of each lane (w,)."""
    for lane in range(len(lanes)):
        row[lane] = lanes[lane]
