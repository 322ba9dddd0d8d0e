"""The population paradox among any number of elections, without comparing all pairs of them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, permutations
from typing import TypeAlias

from mazhilis_sim.testing.axioms.definition import Outcome, Trial

Pair: TypeAlias = tuple[int, int]


class Extremes:
    """Of the outcomes that give a pair of parties a pair of seats: those with the least and the most relative votes."""

    __slots__ = ("high", "highest", "low", "lowest")

    def __init__(self, ratio: float, outcome: Outcome) -> None:
        self.low = self.high = ratio
        self.lowest = self.highest = outcome

    def widen(self, ratio: float, outcome: Outcome) -> bool:
        """Take an outcome in; tell whether it is a new extreme."""
        if ratio < self.low:
            self.low, self.lowest = ratio, outcome
        elif ratio > self.high:
            self.high, self.highest = ratio, outcome
        else:
            return False
        return True


class RelativeGrowth:
    """Watcher of `population_monotone`: keeps, by pair of parties and pair of their seats, the two extremes.

    A quotient of two integers is rounded to the nearest float, which never turns an order round; the check is exact.
    """

    def __init__(self) -> None:
        self.seen: dict[Pair, dict[Pair, Extremes]] = {}

    def partners(self, outcome: Outcome) -> Iterator[Outcome]:
        """Yield earlier outcomes in which one party of a pair stands better, and got less, and the other more."""
        for i, j in combinations(range(len(outcome.votes)), 2):
            if outcome.votes[i] and outcome.votes[j]:
                yield from self.compare((i, j), outcome)

    def compare(self, pair: Pair, outcome: Outcome) -> Iterator[Outcome]:
        """Hold one pair of parties against what was seen of it."""
        i, j = pair
        ratio = outcome.votes[i] / outcome.votes[j]
        cell = outcome.result[i], outcome.result[j]
        cells = self.seen.setdefault(pair, {})
        if cell not in cells:
            cells[cell] = Extremes(ratio, outcome)
        elif not cells[cell].widen(ratio, outcome):
            return
        for (mine, theirs), seen in cells.items():
            if mine < cell[0] and theirs > cell[1] and seen.high > ratio:
                yield seen.highest
            if mine > cell[0] and theirs < cell[1] and seen.low < ratio:
                yield seen.lowest


def paradox(trial: Trial) -> Pair | None:
    """Return parties i, j such that i grew relative to j and yet i lost seats and j gained some."""
    other = trial.other
    for i, j in permutations(range(len(trial.votes)), 2):
        moved = other.result[i] < trial.result[i] and other.result[j] > trial.result[j]
        if moved and other.votes[i] * trial.votes[j] > trial.votes[i] * other.votes[j]:
            return i, j
    return None
