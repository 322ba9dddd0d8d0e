"""One simulated set of district results a lane: log shares -> the most votes wins.

Each named candidate c has eta = location + beta log x_p + national N_p + regional R_rp + own e_c; components shared by no
other candidate are merged into their own. What is published of the other candidates is a sum, so the best of the m unnamed
ones wins only if its noise, the largest of m normals, lifts one of them above the best of the named.
"""

from typing import NamedTuple

import numpy as np

from mazhilis_sim.kernels import part, plan, step
from mazhilis_sim.kernels.cpu import normals
from mazhilis_sim.kernels.steps import random_words
from mazhilis_sim.kernels.steps.elementary import DENSITY, log, normal_cdf

NOBODY, UNNAMED = -1e300, 1e300  # log strengths below and above any candidate's
NO_SHARE = 1e-300  # stands for a share of zero, so that its party wins no district through it


class Candidate(NamedTuple):
    """One candidate: how strong they are, and where the random numbers and the list that move them stand.

    A component that is shared with nobody has the loading 0, and then any place; so has ``beta`` of who follows no list.
    """

    location: float
    own: float  # standard deviation of what nobody shares
    beta: float
    national_loading: float
    regional_loading: float
    column: int  # of the party that gets the seat
    noise: int  # row of normals of their own
    follows: int  # the list whose log share moves them
    national: int  # rows of normals shared with others
    regional: int


NUMBERS = 5
"""How many of a candidate's fields, the first ones, are in floats; as many are whole."""
COLUMN = Candidate._fields.index("column") - NUMBERS


class Districts(NamedTuple):
    """The districts, packed; candidates of a district stand together, c candidates, d districts.

    ``first`` (d + 1,) is where each district's candidates start. Their fields stand in ``numbers`` (c, 5) and ``places``
    (c, 5), in the order of `Candidate`: few arrays, since each costs time to compile. Per district: ``rivals`` (d,) unnamed
    candidates, their ``rival_location`` and ``rival_scale``. ``linked`` (k,) marks the lists that some candidate follows;
    ``slots`` is the number of rows of normals; seats nobody else wins go to the column of the ``independents``.
    """

    first: np.ndarray
    numbers: np.ndarray
    places: np.ndarray
    rivals: np.ndarray
    rival_location: np.ndarray
    rival_scale: np.ndarray
    linked: np.ndarray
    slots: int
    independents: int


class Races(NamedTuple):
    """Room for the districts of one chunk: k lists, p columns, w lanes. The races run one after another in the same arrays."""

    z: np.ndarray  # (slots, w) normals
    u: np.ndarray  # (districts rounded up to whole blocks, w) uniforms
    log_shares: np.ndarray  # (k, w) of the list vote
    strengths: np.ndarray  # (the most candidates of a district, w)
    best: np.ndarray  # (w,) strength of the candidate ahead
    doubtful: np.ndarray  # (w rounded up to whole eights,) bytes, 1 where an unnamed candidate may be ahead
    doubts: np.ndarray  # the same bytes, eight at a time
    seats: np.ndarray  # (p, w) won
    ties: np.ndarray  # (w,) districts decided by lot


def new_races(k: int, p: int, districts: int, slots: int, candidates: int, w: int) -> Races:
    """Make room for w lanes: rows for ``districts`` uniforms, ``slots`` normals, and the ``candidates`` of the largest district."""
    doubtful = np.zeros(-(-w // 8) * 8, np.uint8)
    return Races(
        np.zeros((slots, w)),
        np.zeros((districts, w)),
        np.zeros((k, w)),
        np.zeros((candidates, w)),
        np.zeros(w),
        doubtful,
        doubtful.view(np.uint64),
        np.zeros((p, w), np.int64),
        np.zeros(w, np.int64),
    )


@plan
def elect_districts(seed, draws, shares, raw, districts, races):
    """Fill the seats of the lanes, and the number of districts that a lot decided, from the ``shares`` (m, w) of the list vote.

    ``draws`` (w,) are the numbers of the lanes' draws, ``raw`` (4, w) is scratch.
    """
    first, numbers, places, rivals, rival_location, rival_scale, linked, _, independents = districts
    z, u, log_shares, strengths, best, doubtful, doubts, seats, ties = races
    fill_log_shares(linked, shares, log_shares)
    normals.fill_normals(seed, draws, random_words.DISTRICTS, raw, z)
    normals.fill_uniforms(seed, draws, random_words.POOLED, raw, u)
    begin(seats, ties)
    for d in range(len(rivals)):
        for lane in range(len(best)):
            best[lane] = NOBODY
        level = np.int64(0)
        for c in range(first[d], first[d + 1]):
            level += run_candidate(numbers, places, c, log_shares, z, c - first[d], strengths, best)
        if rivals[d] > 0:
            run_rivals(rivals[d], rival_location[d], 1.0 / rival_scale[d], u, d, best, doubtful, doubts)
        if level:
            draw_lots(seed, draws, first[d], first[d + 1] - first[d], strengths, best, ties)
        for c in range(first[d], first[d + 1]):
            if places[c, COLUMN] != independents:
                seat_winners(c - first[d], strengths, best, seats, places[c, COLUMN])
    seat_the_others(len(rivals), independents, seats)


@part
def fill_log_shares(wanted, shares, log_shares):
    """Fill the rows of ``log_shares`` (k, w) that are wanted (k,) with the log of the list's share of the votes."""
    for i in range(log_shares.shape[0]):
        if wanted[i]:
            for lane in range(log_shares.shape[1]):
                log_shares[i, lane] = log(shares[i, lane] if shares[i, lane] > NO_SHARE else NO_SHARE)


@part
def begin(seats, ties):
    """Nobody has a seat yet, and no lot was drawn."""
    for lane in range(len(ties)):
        ties[lane] = 0
    for i in range(seats.shape[0]):
        for lane in range(len(ties)):
            seats[i, lane] = 0


@step
def candidate(numbers, places, c):
    """Read one candidate, before a loop over lanes."""
    return Candidate(
        numbers[c, 0],
        numbers[c, 1],
        numbers[c, 2],
        numbers[c, 3],
        numbers[c, 4],
        places[c, 0],
        places[c, 1],
        places[c, 2],
        places[c, 3],
        places[c, 4],
    )


@step
def strength(one, log_shares, z, lane):
    """Return a candidate's log strength in one lane; a component that is lacking has the loading 0."""
    shared = one.national_loading * z[one.national, lane] + one.regional_loading * z[one.regional, lane]
    return one.location + one.own * z[one.noise, lane] + one.beta * log_shares[one.follows, lane] + shared


@part
def run_candidate(numbers, places, c, log_shares, z, row, strengths, best):
    """Let one named candidate run against the best so far; their strengths fill a row. Return in how many lanes they are level.

    Half of the candidates are moved by no list and share nothing with others: their loop is spared the terms that would be 0.
    """
    one = candidate(numbers, places, c)
    level = np.int64(0)
    if one.beta == 0.0 and one.national_loading == 0.0 and one.regional_loading == 0.0:
        for lane in range(len(best)):
            level += overtake(one.location + one.own * z[one.noise, lane], row, lane, strengths, best)
    else:
        for lane in range(len(best)):
            level += overtake(strength(one, log_shares, z, lane), row, lane, strengths, best)
    return level


@step
def overtake(eta, row, lane, strengths, best):
    """Write a strength down, and raise the best one where it is above; return 1 where both are level.

    Who is ahead is told at the end, by comparing: to write it down here, where it changes, makes masked stores, for which some
    processors take longer than for all the rest.
    """
    ahead = best[lane]
    strengths[row, lane] = eta
    best[lane] = eta if eta > ahead else ahead
    return np.int64(eta == ahead)


@part
def draw_lots(seed, draws, first, candidates, strengths, best, ties):
    """Decide between equals, for whom the law calls a repeat vote: here the highest lot, a number of each candidate's own."""
    for lane in range(len(draws)):
        highest, equals, drawn = random_words.U64(0), 0, 0
        for row in range(candidates):
            if strengths[row, lane] == best[lane]:
                lot, _, _, _ = random_words.words(seed, draws[lane], random_words.LOTS, first + row)
                drawn = row if lot >= highest else drawn
                highest = lot if lot > highest else highest
                equals += 1
        if equals > 1:
            ties[lane] += 1
            for row in range(candidates):
                strengths[row, lane] = best[lane] if row == drawn else NOBODY


@step
def cannot_win(uniform, rivals, a):
    """Tell cheaply that U <= Phi(a)^m: for P(Z > a) < density exp(-x) / a, x = a^2 / 2, and exp(x) > its first terms."""
    x = 0.5 * a * a
    growth = 1.0 + x * (1.0 + x * (0.5 + x * (0.16666 + x * (0.041666 + x * (0.0083333 + x * 0.00138888)))))
    return a * growth * (1.0 - uniform) >= DENSITY * rivals


@step
def power(x, n):
    """Raise x to a whole power by repeated squaring."""
    result = 1.0
    while n > 0:
        if n & 1:
            result *= x
        x *= x
        n >>= 1
    return result


@part
def run_rivals(rivals, location, inverse_scale, u, d, best, doubtful, doubts):
    """Let the best of the m unnamed candidates run: it wins when U > Phi(a)^m, the chance that all m stay below a.

    The cheap test runs in all lanes at once; the few that it leaves in doubt are looked for eight at a time, and decided one by one.
    Where an unnamed candidate wins, the best is out of reach of all others.
    """
    for lane in range(len(best)):
        a = (best[lane] - location) * inverse_scale
        doubtful[lane] = not cannot_win(u[d, lane], rivals, a)
    for eight in range(len(doubts)):
        if doubts[eight]:
            for lane in range(8 * eight, 8 * eight + 8 if 8 * eight + 8 < len(best) else len(best)):
                a = (best[lane] - location) * inverse_scale
                if doubtful[lane] and u[d, lane] > power(normal_cdf(a), rivals):
                    best[lane] = UNNAMED


@part
def seat_winners(row, strengths, best, seats, column):
    """Give the candidate's party a seat in the lanes that they won."""
    for lane in range(len(best)):
        seats[column, lane] += np.int64(strengths[row, lane] == best[lane])


@part
def seat_the_others(number, independents, seats):
    """Give the independents what no party won of all seats."""
    for lane in range(seats.shape[1]):
        seats[independents, lane] = number
    for i in range(seats.shape[0]):
        if i != independents:
            for lane in range(seats.shape[1]):
                seats[independents, lane] -= seats[i, lane]
