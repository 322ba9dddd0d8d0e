"""Stretches of moved votes in which the same lists are admitted, in the same way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mazhilis_sim.counting.exact import admit, is_two_party
from mazhilis_sim.errors import AllocationError
from mazhilis_sim.questions.closeness.shifts import Shift


@dataclass(frozen=True)
class Stretch:
    """From so many moved votes to so many, both included.

    Parameters
    ----------
    low, high : int
    admitted : tuple of str
        Lists that share in the seats; empty where no allocation is defined.
    passed : tuple of str
        Lists that reach the threshold.
    two_party : bool
        Whether the two-party rule applies.
    """

    low: int
    high: int
    admitted: tuple[str, ...]
    passed: tuple[str, ...]
    two_party: bool


def stretches(shift: Shift, most: int) -> Iterator[Stretch]:
    """Yield the stretches from one moved vote to the most, in their order."""
    turns = (shift.to_threshold(party) for party in shift.ballot.votes)
    for low, high in pieces(1, most, (turn for turn in turns if turn is not None)):
        passed = shift.passed_at(low)
        ordered = (not passed and shift.law.no_list_passes == "top_two") or is_two_party(shift.law, shift.ballot.votes, passed)
        for begin, end in pieces(low, high, shift.crossings() if ordered else ()):
            yield stretch(shift, begin, end, passed)


def pieces(low: int, high: int, turns: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Cut a range where something turns; each piece begins at a turn."""
    begins = sorted({low, *(turn for turn in turns if low < turn <= high)})
    ends = [begin - 1 for begin in begins[1:]] + [high]
    return ((begin, end) for begin, end in zip(begins, ends, strict=True) if begin <= end)


def stretch(shift: Shift, low: int, high: int, passed: tuple[str, ...]) -> Stretch:
    """Tell who is admitted in a range in which that does not change."""
    votes = shift.votes_at(low)
    two_party = is_two_party(shift.law, votes, passed)
    try:
        admitted, _ = admit(shift.law, votes, passed, two_party)
    except AllocationError:
        return Stretch(low, high, (), passed, two_party)
    return Stretch(low, high, admitted, passed, two_party)
