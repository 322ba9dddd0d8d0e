"""Count again by programs that share nothing with the kernels: simulated votes in fractions, random rows in plain whole numbers.

    python benchmarks/recount.py --drawn 1e7                  # a quarter of an hour on one core: every draw by the oracle
    python benchmarks/recount.py --drawn 1e6 --start 1e7      # further draws
    python benchmarks/recount.py --rows 1e9                   # five minutes: random rows, ties and thresholds among them, by `count_rows`

`--drawn` takes the votes of each simulated election out of the kernel's room, counts them in fractions, and holds the seats of the draw
and the tallies of all draws against that. `--rows` counts elections that are made to be difficult by `allocate_many` and by `count_rows`
below, which follows Article 97-1 a list at a time. A seat that differs ends the program with status 1, and is printed.
"""

import argparse
import sys
import time
import warnings
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

import numpy as np
from numba import njit

import mazhilis_sim as ms
import streams
from mazhilis_sim.counting import exact
from mazhilis_sim.counting.lots import Urn
from mazhilis_sim.kernels.borrowing import lent
from mazhilis_sim.kernels.cpu.block import LANES
from mazhilis_sim.simulation.drawing.draws import Drawing
from mazhilis_sim.simulation.drawing.packing import pack

SEED = 4

# -- every draw of a simulation, in fractions ----------------------------------------------------------------------------


def questions():
    """Return the questions of `streams.py`, whose ties are settled by order: the oracle draws other lots than a simulation does."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ms.PollWarning)
        return {name: replace(question, law=question.law.replace(ties="order")) for name, question in streams.questions()}


def by_oracle(law, votes, against):
    """Count one vote in fractions; nobody has a seat where the law defines no result."""
    lists = dict(zip(map(str, range(len(votes))), votes, strict=True))
    try:
        return list(exact.count(law, ms.ListVotes(lists, against), Urn(0)).seats.values())
    except ms.AllocationError:
        return [0] * len(votes)


def count_draws(task):
    """Draw so many elections of a question from a first one on, and count each again; return them, and what differs."""
    name, start, n = task
    question = questions()[name]
    drawing, wrong = Drawing(pack(question, SEED)), []
    histogram = np.zeros((len(question.centre.parties), question.law.list_seats + 1), np.int64)
    for first in range(start, start + n, LANES):
        used = min(LANES, start + n - first)
        drawing.run(first, used)
        ballots, lanes, _ = map(lent, drawing.room)
        votes, base, found = (part[..., :used].T for part in (ballots.votes, ballots.base, lanes.seats))
        against = (base - votes.sum(axis=1)).tolist()
        expected = np.array([by_oracle(question.law, *row) for row in zip(votes.tolist(), against, strict=True)])
        for row in np.flatnonzero((found != expected).any(axis=1)):
            wrong.append(f"{name}, draw {first + row}: votes {votes[row]}, {expected[row]} by the oracle, {found[row]} by the kernel")
        for i, seats in enumerate(expected.T):
            np.add.at(histogram[i], seats, 1)
    if not np.array_equal(drawing.tallies()["list"], histogram):
        wrong.append(f"{name}, draws {start:,} to {start + n:,}: the tallies are not of the seats of the draws")
    return name, n, wrong


def count_all_draws(draws, start=0, workers=1, pieces=4):
    """Draw and count, as many of each question; return the draws of each, and what differs."""
    names = list(questions())
    each = -(-draws // (len(names) * pieces))
    tasks = [(name, start + piece * each, each) for name in names for piece in range(pieces)]
    counted, wrong = Counter(), []
    for name, n, differences in map(count_draws, tasks) if workers == 1 else ProcessPoolExecutor(workers).map(count_draws, tasks):
        counted[name] += n
        wrong += differences
    return counted, wrong


# -- the law in plain whole numbers --------------------------------------------------------------------------------------

TOLD = ("at the threshold", "nobody passes", "two-party rule", "by its floor", "equal seconds", "equal remainders")
AT_THRESHOLD, NOBODY, TWO_PARTY, FLOOR, SECONDS, REMAINDERS = range(len(TOLD))


class Numbers(NamedTuple):
    """The numbers of a law; ``two_party`` and ``all_of_them`` (who shares where nobody passes: all, or the first two) are 0 or 1."""

    seats: int
    share: int
    of: int
    two_party: int
    weight: int
    weight_of: int
    floor: int
    all_of_them: int


def numbers_of(law):
    """Read the numbers off a law."""
    rule = law.fallback or ms.Fallback()
    share, weight = law.threshold, rule.weight
    has, everybody = int(law.fallback is not None), int(law.no_list_passes == "all")
    return Numbers(law.list_seats, share.numerator, share.denominator, has, weight.numerator, weight.denominator, rule.floor, everybody)


@njit
def count_rows(votes, against, law, won, told):
    """Fill the seats ``won`` (n, k) of elections (n, k), and count in ``told`` what came to pass in how many of them."""
    k = votes.shape[1]
    shares, rest = np.zeros(k, np.bool_), np.zeros(k, np.int64)
    for row in range(votes.shape[0]):
        count_one(votes[row], against[row], law, shares, rest, won[row], told)


@njit
def count_one(votes, against, law, shares, rest, won, told):
    """Count one election: who passes, and who shares in the seats by which rule."""
    k, base, passed, level = len(votes), against + votes.sum(), 0, False
    for i in range(k):
        shares[i] = votes[i] * law.of >= law.share * base
        level |= law.share > 0 and votes[i] * law.of == law.share * base
        passed += shares[i]
    told[AT_THRESHOLD] += level
    told[NOBODY] += passed == 0
    if passed == 1 and law.two_party and k > 1:
        two_party_rule(votes, law, most(votes, shares, True), most(votes, shares, False), won, told)
        return
    if passed == 0 and law.all_of_them:
        shares[:] = True
    elif passed == 0:
        for _ in range(min(2, k)):
            shares[most(votes, shares, False)] = True
    largest_remainders(votes, law.seats, shares, rest, won, told)


@njit
def most(votes, shares, among):
    """Return the list with most votes among those that share, or those that do not; of equals the one registered first."""
    best = -1
    for i in range(len(votes)):
        if shares[i] == among and (best < 0 or votes[i] > votes[best]):
            best = i
    return best


@njit
def two_party_rule(votes, law, first, second, won, told):
    """97-1(2) to (4): the whole part of the second's weighted quotas, at least the floor; all other seats to the first."""
    quotas = law.weight * votes[second] * law.seats // (law.weight_of * (votes[first] + votes[second]))
    won[:] = 0
    won[second] = min(law.seats, max(quotas, law.floor))
    won[first] = law.seats - won[second]
    told[TWO_PARTY] += 1
    told[FLOOR] += quotas < law.floor
    equals = 0
    for i in range(len(votes)):
        equals += i != first and votes[i] == votes[second]
    told[SECONDS] += equals > 1


@njit
def largest_remainders(votes, seats, shares, rest, won, told):
    """97-1: whole quotas, then a seat each to the largest remainders, of equal ones to the list registered first."""
    total, left = 0, seats
    for i in range(len(votes)):
        total += votes[i] if shares[i] else 0
    for i in range(len(votes)):
        won[i] = votes[i] * seats // total if shares[i] else 0
        rest[i] = votes[i] * seats % total if shares[i] else -1
        left -= won[i]
    last = -1
    for _ in range(left):
        best = rest.argmax()  # the first of equals
        won[best] += 1
        last, rest[best] = rest[best], -1
    told[REMAINDERS] += last >= 0 and rest.max() == last


# -- rows that are made to be difficult ----------------------------------------------------------------------------------

ROWS = 1 << 17
FEW, SCALED, MANY, NEAR, AHEAD = range(5)
KINDS = ("few votes", "few votes, scaled", "many votes", "near the threshold", "one ahead")


@njit
def below(state, n):
    """Draw a whole number below n, which is at most 2**32: Steele, Lea and Flood's SplitMix64, OOPSLA 2014."""
    state[0] += np.uint64(0x9E3779B97F4A7C15)
    z = state[0]
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.int64(((z >> np.uint64(32)) * np.uint64(n)) >> np.uint64(32))


@njit
def fill_rows(kind, law, state, votes, against):
    """Fill elections of a kind: votes (n, k) and those against all (n,)."""
    for row in range(votes.shape[0]):
        if kind == NEAR:
            against[row] = fill_near(law, state, votes[row])
        elif kind == MANY:
            against[row] = fill_many(state, votes[row])
        else:
            against[row] = fill_few(kind, state, votes[row])
        if not votes[row].any():
            votes[row, 0] = 1


@njit
def fill_few(kind, state, votes):
    """So few votes that ties of every kind abound; scaled, or with one list far ahead. Return those against all."""
    up_to = (1, 3, 6, 12, 40)[below(state, 5)]
    times = 1 + below(state, 100_000) * below(state, 100_000) if kind == SCALED else 1
    for i in range(len(votes)):
        votes[i] = times * below(state, up_to + 1)
    if kind == AHEAD:
        votes[below(state, len(votes))] += up_to * (10 + below(state, 200))
    return times * below(state, up_to + 1)


@njit
def fill_many(state, votes):
    """Up to eight million votes each, most lists with a small part of them."""
    for i in range(len(votes)):
        votes[i] = below(state, 1 << 23) >> below(state, 12)
    return below(state, 1 << 21) >> below(state, 8)


@njit
def fill_near(law, state, votes):
    """Lists a vote below, at and a vote above the threshold of a base; the first and those against all have the others."""
    base = 20 + below(state, 1 << (6 + below(state, 19)))
    at, left = -(-law.share * base // law.of), base
    for i in range(1, len(votes)):
        votes[i] = max(0, min(left, at - 1 + below(state, 3)))
        left -= votes[i]
    votes[0] = below(state, left + 1)
    return left - votes[0]


def random_law(rng):
    """Draw a preset, or a law of other numbers, with a result for every election."""
    law = ms.law(str(rng.choice(["2007", "2021", "2023", "2026"])))
    nobody = str(rng.choice(["top_two", "all"]))
    if rng.integers(2):
        return law.replace(no_list_passes=nobody)
    rule = ms.Fallback(Fraction(int(rng.integers(0, 11)), 10), int(rng.integers(0, 5))) if rng.integers(4) else None
    threshold = Fraction(str(rng.choice(["0", "1/1000", "1/20", "1/14", "1/10", "1/7", "1/5", "1/3", "1/2"])))
    return law.replace(list_seats=int(rng.integers(1, 20)), threshold=threshold, fallback=rule, no_list_passes=nobody)


def count_all_rows(rows, seed=0):
    """Count so many rows twice; return how many of each kind, what came to pass, and the first of the rows that differ in a block."""
    rng, counted, told, wrong = np.random.default_rng(seed), Counter(), np.zeros(len(TOLD), np.int64), []
    state = np.array([seed], np.uint64)
    for done in range(0, rows, ROWS):
        law, kind, k = random_law(rng), int(rng.integers(len(KINDS))), int(rng.integers(1, 9))
        votes, against = np.zeros((min(ROWS, rows - done), k), np.int64), np.zeros(min(ROWS, rows - done), np.int64)
        fill_rows(kind, numbers_of(law), state, votes, against)
        plain = np.zeros_like(votes)
        count_rows(votes, against, numbers_of(law), plain, told)
        found = ms.allocate_many(law, votes, against)
        if not np.array_equal(plain, found):
            row = int((plain != found).any(axis=1).argmax())
            wrong.append(f"{law!r}: votes {votes[row]}, against all {against[row]}: {plain[row]} here, {found[row]} by allocate_many")
        counted[KINDS[kind]] += len(votes)
    return counted, dict(zip(TOLD, told.tolist(), strict=True)), wrong


# -- the program ---------------------------------------------------------------------------------------------------------


def main():
    """Count again what is asked for, and print it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--drawn", type=float, default=0)
    parser.add_argument("--rows", type=float, default=0)
    parser.add_argument("--start", type=float, default=0, help="number of the first draw")
    parser.add_argument("--seed", type=int, default=0, help="of the rows")
    parser.add_argument("--workers", type=int, default=2, help="for the draws")
    asked, began, wrong = parser.parse_args(), time.perf_counter(), []
    if asked.drawn:
        counted, wrong = count_all_draws(int(asked.drawn), int(asked.start), asked.workers)
        report(f"draws from {int(asked.start):,} on, seed {SEED}, by the oracle", counted, {}, wrong, began)
    if asked.rows:
        began = time.perf_counter()
        counted, told, others = count_all_rows(int(asked.rows), asked.seed)
        report(f"rows, seed {asked.seed}, in plain whole numbers", counted, told, others, began)
        wrong += others
    return int(bool(wrong))


def report(of, counted, told, wrong, began):
    """Print what was counted twice, and what differs."""
    print(f"{counted.total():,} {of}: {len(wrong)} differences, {time.perf_counter() - began:.0f} s")
    for name, n in {**counted, **told}.items():
        print(f"{n:>15,}  {name}")
    for line in wrong[:20]:
        print(line)


if __name__ == "__main__":
    sys.exit(main())
