"""One simulated set of district results a lane: log shares -> the most votes wins.

Each named candidate c has eta = location + beta log x_p + national N_p + regional R_rp + own e_c; components shared by no
other candidate are merged into their own. What is published of the other candidates is a sum, so the best of the m unnamed
ones wins only if its noise, the largest of m normals, lifts one of them above the best of the named.
"""

from typing import NamedTuple

import numpy as np

from mazhilis_sim.kernels import part, plan, step
from mazhilis_sim.kernels.borrowing import Lent, lent_together
from mazhilis_sim.kernels.cpu.draws import NONE, at_least
from mazhilis_sim.kernels.steps import random_words
from mazhilis_sim.kernels.steps.bits import bits_of
from mazhilis_sim.kernels.steps.elementary import normal_cdf
from mazhilis_sim.kernels.steps.random_words import U64
from mazhilis_sim.kernels.steps.single import F32, I32, ONE, ROUND, U32, log, raised

NOBODY, UNNAMED = F32(-1e20), F32(1e20)  # log strengths below and above any candidate's
NO_SHARE, NO_LOG_SHARE = F32(1e-30), F32(-690)  # below the first, a party wins no district through its share


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
    candidates, their ``rival_location`` and ``rival_scale``, never 0. ``linked`` (k,) marks the lists that some candidate follows;
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


def as_drawn(districts: Districts) -> Districts:
    """Bring packed districts into the form in which they are drawn: floats of 32 bits."""
    names = ("numbers", "rival_location", "rival_scale")
    return districts._replace(**{name: getattr(districts, name).astype(F32) for name in names})


class Races(NamedTuple):
    """Room for the districts of one chunk: k lists, p columns, w lanes. The races run one after another in the same arrays."""

    z: np.ndarray  # (slots, w) normals
    words: np.ndarray  # (half the districts, rounded up to whole blocks, w) random words, one for two districts; scratch for normals before
    log_shares: np.ndarray  # (k, w) of the list vote
    strengths: np.ndarray  # (the most candidates of a district, w)
    best: np.ndarray  # (w,) strength of the named candidate ahead
    doubtful: np.ndarray  # (w,) 1 where an unnamed candidate may be ahead; at last, the seats that no party won
    seats: np.ndarray  # (p, w) won
    ties: np.ndarray  # (w,) districts decided by lot


def new_races(k: int, p: int, words: int, slots: int, candidates: int, w: int) -> Lent:
    """Make room for w lanes, and lend it: rows of ``words``, ``slots`` normals, and the ``candidates`` of the largest district."""
    return lent_together(
        Races,
        (
            ((slots, w), np.float32),
            ((words, w), np.uint32),
            ((k, w), np.float32),
            ((candidates, w), np.float32),
            (w, np.float32),
            (w, np.int32),
            ((p, w), np.int32),
            (w, np.int32),
        ),
    )


@plan
def elect_districts(fill, seed, draws, weights, sums, mixing, districts, races):
    """Fill the seats of the lanes, and the number of districts that a lot decided, from the ``weights`` (m, w) of the list vote.

    ``sums`` (w,) are those of the weights, ``draws`` (w,) the numbers of the lanes' draws; ``mixing`` (4, w) is scratch, and ``fill`` is
    `random_lanes.fill_numbers`, compiled by itself.
    """
    first, places, rivals, independents = districts.first, districts.places, districts.rivals, districts.independents
    words, strengths, best, seats = races.words, races.strengths, races.best, races.seats
    fill_log_shares(districts.linked, weights, sums, races.log_shares)
    fill(seed, draws, random_words.DISTRICTS, True, mixing, words, races.z)
    fill(seed, draws, random_words.POOLED, False, mixing, words, races.z)
    begin(seats, races.ties)
    for d in range(len(rivals)):
        for lane in range(len(best)):
            best[lane] = NOBODY
        level = I32(0)
        for c in range(first[d], first[d + 1]):
            level = I32(level + run_candidate(districts.numbers, places, c, races.log_shares, races.z, c - first[d], strengths, best))
        if rivals[d] > 0:
            location, scale = districts.rival_location[d], districts.rival_scale[d]
            run_rivals(seed, draws, rivals[d], location, ONE / scale, words, d, best, races.doubtful)
        if level:
            draw_lots(seed, draws, first[d], first[d + 1] - first[d], strengths, best, races.ties)
        for c in range(first[d], first[d + 1]):
            if places[c, COLUMN] != independents:
                seat_winners(c - first[d], strengths, best, seats, places[c, COLUMN])
    seat_the_others(len(rivals), independents, races.doubtful, seats)


@plan
def fill_log_shares(wanted, weights, sums, log_shares):
    """Fill the rows of ``log_shares`` (k, w) that are wanted (k,) with the log of the list's share of the votes."""
    for i in range(log_shares.shape[0]):
        if wanted[i]:
            for lane in range(log_shares.shape[1]):
                share = weights[i, lane] / sums[lane]
                found = log(share if share > NO_SHARE else NO_SHARE)
                log_shares[i, lane] = found if share > NO_SHARE else NO_LOG_SHARE


@plan
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


@plan
def run_candidate(numbers, places, c, log_shares, z, row, strengths, best):
    """Let one named candidate run against the best so far; their strengths fill a row. Return in how many lanes they are level.

    Half of the candidates are moved by no list and share nothing with others: their loop is spared the terms that would be 0.
    """
    one = candidate(numbers, places, c)
    level = I32(0)
    if one.beta == 0.0 and one.national_loading == 0.0 and one.regional_loading == 0.0:
        for lane in range(len(best)):
            level = I32(level + overtake(one.location + one.own * z[one.noise, lane], row, lane, strengths, best))
    else:
        for lane in range(len(best)):
            level = I32(level + overtake(strength(one, log_shares, z, lane), row, lane, strengths, best))
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
    return I32(eta == ahead)


@plan
def draw_lots(seed, draws, first, candidates, strengths, best, ties):
    """Decide between equals, for whom the law calls a repeat vote: here the highest lot, a number of each candidate's own."""
    for lane in range(len(draws)):
        highest, equals, drawn = U64(0), 0, 0
        for row in range(candidates):
            if strengths[row, lane] == best[lane]:
                lot, _, _, _ = random_words.words(seed, draws[lane], random_words.LOTS, first + row)
                drawn = row if lot >= highest else drawn
                highest = lot if lot > highest else highest
                equals += 1
        if equals > 1:
            ties[lane] = I32(ties[lane] + 1)
            for row in range(candidates):
                strengths[row, lane] = best[lane] if row == drawn else NOBODY


NEAR, FAR = F32(-0.5), F32(5)
"""The reach of the fit of `log2_of_mean`."""
LOG2_E, LOG2_LOG2_E = F32(1.4426950408889634), F32(0.5287663729448977)
SLACK = F32(0.004)
"""More than the fit's error, 0.0027, and what is rounded in `cannot_win`, where sums are near 150, together."""
HALF_BITS, LOWER_HALF, PER_HALF = U32(16), U32(0xFFFF), F32(2.0**-16)
FINER = 1 << 30  # blocks of further bits are numbered from here
TO_LOG2, BIAS = F32(2.0**-23), F32(127 + 16)  # of a float's exponent, and for the 2**16 by which 1 - U is multiplied
SURE, STEP = F32(0.003), F32(2.0**-22)
"""`about_chance` is wrong by less than the first, relative to the chance, and the second together."""
MIDDLE = F32(0.5)  # of what the further bits of U may be
MOST = F32(6.5)
"""The largest binary logarithm of a power x that is looked at: there 2**-x is nothing beside 1, and `about_exp2` still takes -x."""
NEIGHBOURS = 16
"""Lanes that are looked at once more where one of them is in doubt: two vectors of 256 bits, or one of 512."""


@step
def log2_of_mean(log2_rivals, a):
    """Logarithm to base 2 of M = -m ln Phi(a), within 0.003, for m unnamed candidates and a from `NEAR` to `FAR`.

    All m stay below a with the chance e**-M, which is that of no event where M is the mean of a Poisson number.
    """
    z = a * a
    return ((log2_rivals + F32(-0.53114665)) + a * F32(-1.656085)) + z * ((F32(-0.27790126) + a * F32(-0.0700073)) + z * F32(0.004441163))


@step
def within_reach(a):
    """Return the number within the reach of the fit that is nearest to a; `FAR` for what is no number."""
    return at_least(a if a < FAR else FAR, NEAR)


@step
def half_of(words, d, lane):
    """Return the half of a word that is a district's: neighbouring districts share one."""
    word = words[d >> 1, lane]
    return U32(word >> HALF_BITS) if d & 1 else U32(word & LOWER_HALF)


@step
def lead(best, location, inverse_scale):
    """Return by how many standard deviations the best of the named stands above where an unnamed candidate does."""
    return (best - location) * inverse_scale


@step
def cannot_win(half, log2_rivals, a):
    """Tell cheaply that no unnamed candidate wins: that the uniform number U <= Phi(a)^m = e**-M, which is so where 1 - U is at least M.

    The bits of a float, read as a whole number, are its logarithm to base 2, plus 127, all times 2**23; the logarithm is too small by 0
    to 0.09. 1 - U is taken as the least that it can be, times 2**16. Below the reach of the fit M is above 1, and 1 - U
    never is, so that nothing is told there.
    """
    log2_rest = F32(I32(bits_of(whole_rest(half)))) * TO_LOG2
    return log2_rest >= log2_of_mean(log2_rivals + (SLACK + BIAS), within_reach(a))


@step
def whole_rest(half):
    """Return 2**16 times the least that 1 - U can be where U begins with these 16 bits."""
    return F32(I32(half ^ LOWER_HALF))


@step
def surplus(half, log2_rivals, a):
    """Return about how far 1 - U is below the chance 1 - Phi(a)^m: above 0 an unnamed candidate wins, below 0 none does.

    0 where that is too near to tell, or a is out of reach of the fit.
    """
    within = within_reach(a)
    chance = about_chance(log2_rivals, within)
    told = chance - (whole_rest(half) + MIDDLE) * PER_HALF
    return told if (abs(told) > SURE * chance + (STEP + MIDDLE * PER_HALF)) & (within == a) else NONE


@part
def one_wins(seed, draw, d, half, rivals, a):
    """Tell whether U > Phi(a)^m, in 64 bits, with 32 bits more of U."""
    word, _, _, _ = random_words.words(seed, draw, random_words.POOLED, FINER | d)
    return (np.float64(half) + random_words.uniform(word)) * PER_HALF > power(normal_cdf(np.float64(a)), rivals)


@step
def about_chance(log2_rivals, a):
    """1 - Phi(a)^m for a from `NEAR` to `FAR`, as near as `SURE` and `STEP` say; M times log2 e is the power of 2 that e**-M is."""
    found = log2_of_mean(log2_rivals + LOG2_LOG2_E, a)
    return ONE - about_exp2(-about_exp2(found if found < MOST else MOST))


@step
def about_exp2(x):
    """Two to the power x, for x in [-126, 127], wrong by less than 0.0002 of itself.

    For x up to 0 it is also wrong by less than 0.0005 of its distance from 1, and half a unit in the last place of 1.
    """
    shifted = x + ROUND
    f = x - (shifted - ROUND)
    value = (ONE + f * F32(0.69317826)) + (f * f) * (F32(0.2420289) + f * F32(0.05550415))
    return raised(value, shifted)


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


@plan
def run_rivals(seed, draws, rivals, location, inverse_scale, words, d, best, doubtful):
    """Let the best of the m unnamed candidates run: it wins when U > Phi(a)^m, the chance that all m stay below a.

    In most lanes a cheap test leaves no doubt. Where it does, the lane's neighbours are looked at once more with it, together; at last all
    that are still in doubt are decided one by one, and with them lanes at the end that are too few to be looked at together, of which rooms
    of simulations have none. Where an unnamed candidate wins, the best is out of reach of all others. The cheaper tests say yes or no only
    where `one_wins` would say the same.
    """
    log2_rivals, doubts = log(F32(rivals)) * LOG2_E, I32(0)
    for lane in range(len(best)):
        doubt = I32(not cannot_win(half_of(words, d, lane), log2_rivals, lead(best[lane], location, inverse_scale)))
        doubtful[lane] = doubt
        doubts = I32(doubts | doubt)
    if doubts:
        looked_at = len(best) // NEIGHBOURS * NEIGHBOURS
        left = I32(looked_at < len(best))
        for first in range(0, looked_at, NEIGHBOURS):
            left = I32(left | decide_at_sight(first, log2_rivals, location, inverse_scale, words, d, best, doubtful))
        if left:
            decide_one_by_one(seed, draws, rivals, location, inverse_scale, words, d, best, doubtful)


@plan
def decide_at_sight(first, log2_rivals, location, inverse_scale, words, d, best, doubtful):
    """Decide those of `NEIGHBOURS` lanes that `surplus` tells, if any of them is in doubt; return 1 where some still are, else 0."""
    doubts, begin = I32(0), U64(first)
    for place in range(NEIGHBOURS):
        doubts = I32(doubts | doubtful[begin + U64(place)])
    if doubts:
        doubts = I32(0)
        for place in range(NEIGHBOURS):
            lane = begin + U64(place)
            ahead, doubt = best[lane], doubtful[lane]
            told = surplus(half_of(words, d, lane), log2_rivals, lead(ahead, location, inverse_scale))
            best[lane] = UNNAMED if (told > NONE) & (doubt > 0) else ahead
            left = doubt if told == NONE else I32(0)
            doubtful[lane] = left
            doubts = I32(doubts | left)
    return doubts


@plan
def decide_one_by_one(seed, draws, rivals, location, inverse_scale, words, d, best, doubtful):
    """Decide the lanes that are doubtful still."""
    for lane in range(len(best)):
        if doubtful[lane]:
            a = lead(best[lane], location, inverse_scale)
            if one_wins(seed, draws[lane], d, half_of(words, d, lane), rivals, a):
                best[lane] = UNNAMED


@plan
def seat_winners(row, strengths, best, seats, column):
    """Give the candidate's party a seat in the lanes that they won."""
    for lane in range(len(best)):
        seats[column, lane] = I32(seats[column, lane] + I32(strengths[row, lane] == best[lane]))


@plan
def seat_the_others(number, independents, left, seats):
    """Give the independents what no party won of all seats; ``left`` (w,) is scratch."""
    for lane in range(len(left)):
        left[lane] = number
    for i in range(seats.shape[0]):
        if i != independents:
            for lane in range(len(left)):
                left[lane] = I32(left[lane] - seats[i, lane])
    for lane in range(len(left)):
        seats[independents, lane] = left[lane]
