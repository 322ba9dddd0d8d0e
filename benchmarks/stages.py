"""Print what each stage of a simulated election of 2023 costs, timed alone in a compiled loop on the arrays of a real chunk.

    python benchmarks/stages.py

Nanoseconds of processor time per election, one thread: medians of rounds in which the stages take turns. What the stages leave of
the whole is the way between them: arrays that are written by one and read by the next. The text of docs/performance.md quotes this.
"""

import argparse
import statistics
import time

import numpy as np

import mazhilis_sim as ms
from contenders import packed, quiet_polls, whole_elections
from mazhilis_sim.kernels import compiled
from mazhilis_sim.kernels.aligning import aligned
from mazhilis_sim.kernels.borrowing import lent
from mazhilis_sim.kernels.cpu import admit, block, count, districts, divide, draws, tally
from mazhilis_sim.kernels.cpu.random_lanes import fill_blocks, fill_normals, fill_words
from mazhilis_sim.kernels.steps.law import orders_of
from mazhilis_sim.kernels.steps.random_words import DISTRICTS, LISTS, POOLED
from mazhilis_sim.kernels.steps.single import ONE
from mazhilis_sim.simulation.drawing.draws import Drawing

CHUNKS = 256
DRAWS = CHUNKS * block.LANES


@compiled
def random_words(n, seed, draw, mixing, raw, z):
    draw, mixing, raw, z = lent(draw), lent(mixing), lent(raw), lent(z)
    for _ in range(n):
        for number in range(z.shape[0] // 4):
            fill_words(seed, draw, LISTS, number, mixing, 0, raw)


@compiled
def normals(n, seed, draw, stream, mixing, raw, z):
    draw, mixing, raw, z = lent(draw), lent(mixing), lent(raw), lent(z)
    for _ in range(n):
        fill_normals(seed, draw, stream, mixing, raw, z)


@compiled
def exponentials(n, seed, draw, shares, raw, z, sums, weights):
    draw, shares, raw, z, sums, weights = lent(draw), lent(shares), lent(raw), lent(z), lent(sums), lent(weights)
    for _ in range(n):
        draws.lognormal_weights(seed, draw, shares, raw, z, sums, weights)


@compiled
def rounding(n, shares, weights, sums, rate, votes, base):
    shares, weights, sums, rate, votes, base = lent(shares), lent(weights), lent(sums), lent(rate), lent(votes), lent(base)
    for _ in range(n):
        draws.round_to_votes(shares, weights, sums, rate, votes, base)


@compiled
def counting(n, votes, base, rules, lanes):
    votes, base, rules, lanes = lent(votes), lent(base), lent(rules), lent(lanes)
    rows = 0
    for _ in range(n):
        rows = count.count_lanes(votes, base, rules, lanes)
    return rows


@compiled
def threshold(n, votes, base, rules, lanes):
    votes, base, rules, lanes = lent(votes), lent(base), lent(rules), lent(lanes)
    for _ in range(n):
        admit.admit_lanes(
            votes,
            base,
            rules.threshold_num,
            rules.threshold_den,
            lanes.left,
            lanes.admitted,
            lanes.active,
            lanes.total,
            lanes.passed,
            lanes.flags,
        )


@compiled
def dividing(n, votes, seats, orders, rows, lanes):
    votes, lanes = lent(votes), lent(lanes)
    for _ in range(n):
        divide.prepare_lanes(seats, orders, lanes.total, lanes.served, lanes.left, lanes.rate, lanes.flags)
        divide.divide_lanes(
            votes, seats, orders, lanes.active, rows, lanes.admitted, lanes.served, lanes.rate, lanes.left, lanes.whole, lanes.key
        )


@compiled
def awarding(n, orders, no_claim, rows, lanes):
    lanes = lent(lanes)
    for _ in range(n):
        for lane in range(len(lanes.served)):
            lanes.served[lane] = no_claim  # larger than any claim, as what divides is
        divide.serve_claims(
            lanes.many,
            orders,
            no_claim,
            lanes.active,
            rows,
            lanes.total,
            lanes.left,
            lanes.whole,
            lanes.key,
            lanes.ranked,
            lanes.served,
            lanes.flags,
        )
        divide.award_lanes(lanes.active, rows, lanes.whole, lanes.key, lanes.served, lanes.seats)


@compiled
def list_tallies(n, lanes, tallies, ties):
    lanes, tallies, ties = lent(lanes), lent(tallies), lent(ties)
    for _ in range(n):
        tally.tally_events(len(ties), lanes.flags, ties, tallies.events)
        tally.tally_lists(
            len(ties), lanes.admitted, lanes.seats, tallies.wide_lists, lanes.places, tallies.entries, tallies.admitted, tallies.lists
        )


@compiled
def log_shares(n, asked, weights, sums, races):
    asked, weights, sums, races = lent(asked), lent(weights), lent(sums), lent(races)
    for _ in range(n):
        districts.fill_log_shares(asked.linked, weights, sums, races.log_shares)


@compiled
def district_words(n, seed, draw, mixing, words):
    draw, mixing, words = lent(draw), lent(mixing), lent(words)
    for _ in range(n):
        fill_blocks(seed, draw, POOLED, mixing, words)


@compiled
def named_candidates(n, asked, races):
    asked, races = lent(asked), lent(races)
    for _ in range(n):
        for d in range(len(asked.rivals)):
            for lane in range(len(races.best)):
                races.best[lane] = districts.NOBODY
            first = asked.first[d]
            for c in range(first, asked.first[d + 1]):
                districts.run_candidate(asked.numbers, asked.places, c, races.log_shares, races.z, c - first, races.strengths, races.best)


@compiled
def unnamed_candidates(n, seed, draw, asked, races, best):
    draw, asked, races, best = lent(draw), lent(asked), lent(races), lent(best)
    for _ in range(n):
        for d in range(len(asked.rivals)):
            if asked.rivals[d] > 0:
                for lane in range(len(races.best)):
                    races.best[lane] = best[d, lane]  # which they change where an unnamed candidate wins
                location, inverse_scale = asked.rival_location[d], ONE / asked.rival_scale[d]
                districts.run_rivals(seed, draw, asked.rivals[d], location, inverse_scale, races.words, d, races.best, races.doubtful)


@compiled
def district_seats(n, asked, races):
    asked, races = lent(asked), lent(races)
    for _ in range(n):
        for c in range(len(asked.places)):
            if asked.places[c, districts.COLUMN] != asked.independents:
                row = c % len(races.strengths)
                districts.seat_winners(row, races.strengths, races.best, races.seats, asked.places[c, districts.COLUMN])


@compiled
def chamber_tallies(n, lanes, races, tallies):
    lanes, races, tallies = lent(lanes), lent(races), lent(tallies)
    for _ in range(n):
        wide = tallies.wide_chambers
        tally.tally_chambers(len(races.ties), lanes.seats, races.seats, wide, lanes.places, tallies.chambers, tallies.totals)


def ahead_by_district(asked, races):
    """The strength of the best named candidate in every district and lane, (districts, lanes)."""
    best = []
    for d in range(len(asked.rivals)):
        one = asked._replace(first=asked.first[d : d + 2], rivals=asked.rivals[d : d + 1])
        named_candidates(1, one, races)
        best.append(races.best.copy())
    return np.array(best)


def own(array):
    """The same numbers in an array that lies as those of a room do."""
    copy = aligned(array.shape, array.dtype)
    copy[...] = array
    return copy


def copied(room):
    """Room with the same numbers."""
    return room._make(own(each) if isinstance(each, np.ndarray) else each for each in room)


def list_stages():
    """Every stage of a list election, on the arrays that one chunk left behind."""
    question = packed(ms.law(2023, district_seats=0), quiet_polls())
    drawing, seed = Drawing(question), np.uint64(1)
    drawing.run(0, block.LANES)
    (draw, mixing, raw, z, weights, sums, rate, votes, base), lanes, races = map(lent, drawing.room)
    tallies = lent(drawing.tables(DRAWS))
    weighing, shares, rules = own(sums), drawing.source.at(0), question.rules
    orders, rows = orders_of(question.lists), counting(1, votes, base, rules, lanes)
    admitting, divided, tallied = (copied(lanes) for _ in range(3))  # rooms of their own, of which they use some as scratch
    return {
        "whole list election": whole_elections(question, DRAWS),
        "random words": lambda: random_words(CHUNKS, seed, draw, mixing, raw, z),
        "normals, words included": lambda: normals(CHUNKS, seed, draw, LISTS, mixing, raw, z),
        "exponentials and their sum": lambda: exponentials(CHUNKS, seed, draw, shares, raw, own(z), weighing, own(weights)),
        "rounding to whole votes": lambda: rounding(CHUNKS, shares, own(weights), own(sums), rate, votes, base),
        "the law": lambda: counting(CHUNKS, votes, base, rules, lanes),
        "of which the threshold": lambda: threshold(CHUNKS, votes, base, rules, admitting),
        "of which whole parts and claims": lambda: dividing(CHUNKS, votes, rules.seats, orders, rows, divided),
        "of which sorting, the cut and the seats": lambda: awarding(CHUNKS, orders, rules.no_claim, rows, lanes),
        "histograms and events": lambda: list_tallies(CHUNKS, tallied, tallies, races.ties),
    }


def chamber_stages():
    """What the districts of a whole chamber add."""
    question = packed(ms.law(2023), quiet_polls())
    drawing, seed = Drawing(question), np.uint64(1)
    drawing.run(0, block.LANES)
    asked = lent(drawing.districts)
    ballots, lanes, races = map(lent, drawing.room)
    tallies = lent(drawing.tables(DRAWS))
    best, scratch = ahead_by_district(asked, races), races._replace(seats=own(races.seats))
    return {
        "whole chamber": whole_elections(question, DRAWS),
        "log shares": lambda: log_shares(CHUNKS, asked, ballots.weights, ballots.sums, races),
        "district normals": lambda: normals(CHUNKS, seed, ballots.draws, DISTRICTS, ballots.mixing, ballots.raw, races.z),
        "district words": lambda: district_words(CHUNKS, seed, ballots.draws, ballots.mixing, races.words),
        "named candidates": lambda: named_candidates(CHUNKS, asked, races),
        "unnamed candidates": lambda: unnamed_candidates(CHUNKS, seed, ballots.draws, asked, races, best),
        "district seats": lambda: district_seats(CHUNKS, asked, scratch),
        "histograms of chambers": lambda: chamber_tallies(CHUNKS, lanes, races, tallies),
    }


def main():
    """Print a line a stage."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=31)
    args = parser.parse_args()
    stages = {**list_stages(), **chamber_stages()}
    times = {name: [] for name in stages}
    for number in range(args.rounds + 1):  # the first compiles
        for name, stage in stages.items():
            began = time.thread_time()
            stage()
            if number:
                times[name].append((time.thread_time() - began) / DRAWS * 1e9)
    for name, values in times.items():
        print(f"{name:32} {statistics.median(values):6.1f}")


if __name__ == "__main__":
    main()
