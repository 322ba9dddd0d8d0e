"""A question packed for the kernels, and what one piece of its draws gives. Pieces add up in any order, on any machine."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from mazhilis_sim.counting.many import pack_rules
from mazhilis_sim.kernels.cpu import block, lanes, tally
from mazhilis_sim.kernels.cpu import districts as district_kernel
from mazhilis_sim.kernels.steps import random_words
from mazhilis_sim.names.reserved import INDEPENDENTS
from mazhilis_sim.simulation.sample import SAMPLE_SIZE, Sample

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from mazhilis_sim.simulation.question import Question

SPREAD_TALLIES = {"lists": "list", "districts": "district", "totals": "total", "coalitions": "coalitions"}
SURPLUS = 1.08
"""Draws looked at for the sample over those wanted: fewer than wanted would be an accident of eight standard deviations."""


def columns(question: Question) -> tuple[str, ...]:
    """Return the parties that can get seats: lists, others with candidates in districts, independents last."""
    lists = question.centre.parties
    if question.districts is None:
        return lists
    others = tuple(party for party in question.districts.parties if party not in lists)
    return (*lists, *others, INDEPENDENTS)


@dataclass(frozen=True)
class Problem:
    """A question, packed for the kernels; it can be pickled and sent to another process."""

    shares: Any
    rules: lanes.Rules
    districts: district_kernel.Districts
    lots: int
    coalitions: NDArray[np.int64]
    seed: int
    lists: int
    columns: int
    district_seats: int
    whole: Any = np.int64

    def room(self) -> block.Room:
        """Make room for one chunk of lanes."""
        districts = self.districts
        return block.new_room(self.lists, len(self.shares.location), self.columns, len(districts.rivals), districts.slots, whole=self.whole)

    def tallies(self) -> tally.Tallies:
        """Make empty tallies."""
        events = len(tally.EVENTS) + (self.rules.method is not None)
        return tally.new_tallies(self.lists, self.columns, int(self.rules.seats), self.district_seats, len(self.coalitions), events)

    def run(self, start: int, n: int, room: block.Room, tallies: tally.Tallies, numbers: NDArray[np.uint64] | None = None) -> None:
        """Add draws to the tallies: [start, start + n), or those of ``numbers``."""
        block.run_block(
            np.uint64(self.seed),
            np.uint64(start),
            np.zeros(0, np.uint64) if numbers is None else numbers,
            n,
            self.shares,
            self.rules,
            self.districts if self.district_seats else None,
            self.lots or None,
            self.coalitions if len(self.coalitions) else None,
            *room,
            tallies,
        )

    def compile(self) -> None:
        """Compile all that runs the question, or load it from disk, by running no draw."""
        self.run(0, 0, self.room(), self.tallies())
        find_kept(self, 0, 0, 0)

    def whole_chambers(self, numbers: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Simulate single draws by number, a chunk at a time: their list seats (n, k) and district seats (n, p)."""
        lists, districts = np.zeros((len(numbers), self.lists), np.int64), np.zeros((len(numbers), self.columns), np.int64)
        room, tallies = self.room(), self.tallies()
        for begin in range(0, len(numbers), block.LANES):
            chunk = slice(begin, min(begin + block.LANES, len(numbers)))
            used = chunk.stop - begin
            self.run(0, used, room, tallies, numbers[chunk])
            lists[chunk], districts[chunk] = room.lanes.seats[:, :used].T, room.races.seats[:, :used].T
        return lists, districts


def pack(question: Question, parties: tuple[str, ...], seed: int) -> Problem:
    """Pack a question for the kernels."""
    law, centre = question.law, question.centre
    shares = question.model.pack(centre)
    if law.base == "parties":
        shares = shares._replace(in_base=len(centre.parties))
    rules, whole = lanes.narrowed(pack_rules(law), len(centre.parties), centre.votes + len(centre.shares))
    members = [[int(p in coalition) for p in parties] for coalition in question.coalitions]
    return Problem(
        shares,
        rules,
        question.district_model.pack(question.districts, centre.parties, parties),
        int(law.ties == "lots"),
        np.array(members, np.int64).reshape(len(members), len(parties)),
        seed,
        len(centre.parties),
        len(parties),
        law.district_seats if question.districts else 0,
        whole,
    )


@dataclass(frozen=True)
class Piece:
    """What some draws gave: tallies that add up, and the draws that the sample may keep, by the smallest hashes."""

    tallies: dict[str, NDArray[np.int64]]
    key: NDArray[np.uint64]
    draw: NDArray[np.uint64]

    def sample(self, problem: Problem) -> Sample:
        """Simulate the kept draws once more, and keep their whole chambers."""
        return Sample(self.key, self.draw, *problem.whole_chambers(self.draw))


def add_up(pieces: Iterable[Piece]) -> Piece:
    """Add pieces up, in any order."""
    parts = list(pieces)
    tallies = {name: sum((p.tallies[name] for p in parts[1:]), parts[0].tallies[name]) for name in parts[0].tallies}
    key, draw = (np.concatenate([getattr(p, name) for p in parts]) for name in ("key", "draw"))
    smallest = np.lexsort((draw, key))[:SAMPLE_SIZE]
    return Piece(tallies, key[smallest], draw[smallest])


def thinning_limit(n: int) -> int:
    """Return the hash below which about `SAMPLE_SIZE` of n draws lie, and a few more."""
    return min(1 << 32, math.ceil(SURPLUS * SAMPLE_SIZE / n * 2**32))


def find_kept(problem: Problem, start: int, n: int, limit: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Find the draws of [start, start + n) whose hash is below a limit: (hashes, draws)."""
    places = min(n, 2 * SAMPLE_SIZE, int(2 * n * limit / 2**32) + 100)
    while True:
        kept, hashes = np.zeros(places, np.uint64), np.zeros(places, np.uint64)
        found = block.find_kept(*random_words.thinning_key(problem.seed), np.uint64(start), n, np.uint64(limit), kept, hashes)
        if found <= places:
            return hashes[:found].copy(), kept[:found].copy()
        places = found


@dataclass
class Worker:
    """One thread's own room: blocks are added without locks, and read off once at the end."""

    problem: Problem
    limit: int
    hashes: list[NDArray[np.uint64]] = field(default_factory=list)
    kept: list[NDArray[np.uint64]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.room, self.tallies = self.problem.room(), self.problem.tallies()

    def add(self, start: int, n: int) -> None:
        """Add the draws [start, start + n)."""
        self.problem.run(start, n, self.room, self.tallies)
        hashes, kept = find_kept(self.problem, start, n, self.limit)
        if len(kept):  # of most blocks of a long run nothing is
            self.hashes.append(hashes)
            self.kept.append(kept)

    def piece(self) -> Piece:
        """Return what the blocks gave; the copies that each histogram is spread over are added up."""
        tallies = {name: getattr(self.tallies, name) for name in ("entries", "admitted", "events")}
        tallies |= {tier: getattr(self.tallies, name).sum(axis=0) for name, tier in SPREAD_TALLIES.items()}
        if tallies["district"].shape[1] == 1:  # a chamber of lists alone: the kernel tallies each seat once
            tallies["total"] = tallies["list"].copy()
            tallies["district"][:, 0] = tallies["list"].sum(axis=1)
        return add_up([Piece(tallies, joined(self.hashes), joined(self.kept))])


def joined(arrays: list[NDArray[np.uint64]]) -> NDArray[np.uint64]:
    """Join arrays, of which there may be none."""
    return np.concatenate([np.zeros(0, np.uint64), *arrays])


def run_piece(problem: Problem, start: int, stop: int, limit: int, block: int) -> Piece:
    """Simulate the draws [start, stop) in one thread: the task that an executor is given."""
    worker = Worker(problem, limit)
    for first in range(start, stop, block):
        worker.add(first, min(block, stop - first))
    return worker.piece()
