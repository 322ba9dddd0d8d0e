"""Print what each stage of a simulated election of 2023 costs, timed alone in a compiled loop on the arrays of a real chunk.

    python benchmarks/stages.py

Nanoseconds of processor time per election, one thread: medians of rounds in which the stages take turns. What the stages leave of
the whole is the way between them: arrays that are written by one and read by the next. The text of docs/performance.md quotes this.
"""

import statistics
import time
import warnings

import numpy as np

import mazhilis_sim as ms
from mazhilis_sim.kernels import compiled
from mazhilis_sim.kernels.cpu import admit, block, count, districts, draws, tally
from mazhilis_sim.kernels.cpu.normals import fill_normals, fill_uniforms, fill_words
from mazhilis_sim.kernels.steps.random_words import DISTRICTS, LISTS, POOLED
from mazhilis_sim.simulation.drawing.draws import Drawing
from table import DRAWS, packed, whole_elections

ROUNDS = 31
CHUNKS = DRAWS // block.LANES


@compiled
def random_words(n, seed, draw, raw, z):
    for _ in range(n):
        for number in range(z.shape[0] // 4):
            fill_words(seed, draw, LISTS, number, raw)


@compiled
def normals(n, seed, draw, stream, raw, z):
    for _ in range(n):
        fill_normals(seed, draw, stream, raw, z)


@compiled
def exponentials(n, seed, draw, shares, raw, z, sums, weights):
    for _ in range(n):
        draws.lognormal_weights(seed, draw, shares, raw, z, sums, weights)


@compiled
def rounding(n, shares, weights, sums, votes, base):
    for _ in range(n):
        draws.round_to_votes(shares, weights, sums, votes, base)


@compiled
def counting(n, votes, base, rules, lanes):
    for _ in range(n):
        count.count_lanes(votes, base, rules, lanes)


@compiled
def threshold(n, votes, base, rules, lanes):
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
def list_tallies(n, lanes, tallies, ties):
    for _ in range(n):
        tally.tally_events(len(ties), lanes.flags, ties, tallies.events)
        tally.tally_lists(len(ties), lanes.admitted, lanes.seats, tallies.entries, tallies.admitted, tallies.lists)


@compiled
def district_uniforms(n, seed, draw, raw, u):
    for _ in range(n):
        fill_uniforms(seed, draw, POOLED, raw, u)


@compiled
def named_candidates(n, asked, races):
    for _ in range(n):
        for d in range(len(asked.rivals)):
            races.best[:] = districts.NOBODY
            first = asked.first[d]
            for c in range(first, asked.first[d + 1]):
                districts.run_candidate(asked.numbers, asked.places, c, races.log_shares, races.z, c - first, races.strengths, races.best)


@compiled
def unnamed_candidates(n, asked, races, best):
    for _ in range(n):
        for d in range(len(asked.rivals)):
            races.best[:] = best[d]  # which they change where an unnamed candidate wins
            districts.run_rivals(
                asked.rivals[d], asked.rival_location[d], 1.0 / asked.rival_scale[d], races.u, d, best[d], races.doubtful, races.doubts
            )


@compiled
def district_seats(n, asked, races):
    for _ in range(n):
        for c in range(len(asked.places)):
            if asked.places[c, districts.COLUMN] != asked.independents:
                row = c % len(races.strengths)
                districts.seat_winners(row, races.strengths, races.best, races.seats, asked.places[c, districts.COLUMN])


@compiled
def chamber_tallies(n, lanes, races, tallies):
    for _ in range(n):
        tally.tally_chambers(len(races.ties), lanes.seats, races.seats, tallies.districts, tallies.totals)


def ahead_by_district(question, races):
    """The strength of the best named candidate in every district and lane, (districts, lanes)."""
    asked, best = question.districts, []
    for d in range(len(asked.rivals)):
        one = asked._replace(first=asked.first[d : d + 2], rivals=asked.rivals[d : d + 1])
        named_candidates(1, one, races)
        best.append(races.best.copy())
    return np.array(best)


def list_stages():
    """Every stage of a list election, on the arrays that one chunk left behind."""
    question = packed(ms.law(2023, district_seats=0), quiet_polls())
    drawing, seed = Drawing(question), np.uint64(1)
    drawing.run(0, block.LANES)
    (draw, raw, z, weights, sums, votes, base), lanes, races = drawing.room
    tallies = drawing.counted
    weighing, shares, rules = sums.copy(), question.shares, question.rules
    return {
        "whole list election": whole_elections(question),
        "random words": lambda: random_words(CHUNKS, seed, draw, raw, z),
        "normals, words included": lambda: normals(CHUNKS, seed, draw, LISTS, raw, z),
        "exponentials and their sum": lambda: exponentials(CHUNKS, seed, draw, shares, raw, z, weighing, weights.copy()),
        "rounding to whole votes": lambda: rounding(CHUNKS, shares, weights.copy(), sums.copy(), votes, base),
        "the law": lambda: counting(CHUNKS, votes, base, rules, lanes),
        "of which the threshold": lambda: threshold(CHUNKS, votes, base, rules, lanes),
        "histograms and events": lambda: list_tallies(CHUNKS, lanes, tallies, races.ties),
    }


def chamber_stages():
    """What the districts of a whole chamber add."""
    question = packed(ms.law(2023), quiet_polls())
    drawing, seed, asked = Drawing(question), np.uint64(1), question.districts
    drawing.run(0, block.LANES)
    ballots, lanes, races = drawing.room
    tallies = drawing.counted
    best, scratch = ahead_by_district(question, races), races._replace(seats=races.seats.copy())
    return {
        "whole chamber": whole_elections(question),
        "district normals": lambda: normals(CHUNKS, seed, ballots.draws, DISTRICTS, ballots.raw, races.z),
        "district uniforms": lambda: district_uniforms(CHUNKS, seed, ballots.draws, ballots.raw, races.u),
        "named candidates": lambda: named_candidates(CHUNKS, asked, races),
        "unnamed candidates": lambda: unnamed_candidates(CHUNKS, asked, races, best),
        "district seats": lambda: district_seats(CHUNKS, asked, scratch),
        "histograms of chambers": lambda: chamber_tallies(CHUNKS, lanes, races, tallies),
    }


def quiet_polls():
    """The polls of 2023 without what they say of themselves."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ms.PollWarning)
        return ms.load_polls(2023)


def main():
    """Print a line a stage."""
    stages = {**list_stages(), **chamber_stages()}
    times = {name: [] for name in stages}
    for number in range(ROUNDS + 1):  # the first compiles
        for name, stage in stages.items():
            began = time.thread_time()
            stage()
            if number:
                times[name].append((time.thread_time() - began) / DRAWS * 1e9)
    for name, values in times.items():
        print(f"{name:28} {statistics.median(values):6.1f}")


if __name__ == "__main__":
    main()
