"""Where claims change their order next, as votes move: there alone a count without a result may get one.

Under a quota a claim is votes / quota less a whole number, so two lists change places where the difference of their votes / quota
is a whole number; a list's whole part changes where its own is one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import combinations

from mazhilis_sim.questions.closeness.shifts import Shift

Quota = Callable[[int, int], Fraction]
Line = tuple[int, int]
"""Votes before any move, and by how much they move with each vote."""


def next_event(shift: Shift, admitted: tuple[str, ...], quota: Quota, moved: int, *, rounded: bool) -> int | None:
    """Return the next number of moved votes with which claims of largest remainders change their order, or what a seat costs."""
    votes = {party: (shift.ballot.votes[party], shift.steps.get(party, 0)) for party in admitted}
    total = (sum(n for n, _ in votes.values()), sum(step for _, step in votes.values()))
    found = list(meetings(list(votes.values()), total, quota, shift.law.list_seats, moved, rounded))
    if rounded and total[1]:
        found.append(moved + to_next_band(at(total, moved), total[1], shift.law.list_seats + 1))
    return min(found, default=None)


def meetings(votes: list[Line], total: Line, quota: Quota, seats: int, moved: int, rounded: bool) -> Iterator[int]:
    """Yield for each two lists, and each list alone, where the difference of their votes / quota is next a whole number."""
    price = quota(at(total, moved), seats)
    per_vote = 1 / price if rounded else at(total, moved) / price  # what the votes are divided by: a number, or a part of all votes
    against = (1, 0) if rounded else total
    for one, other in combinations([*votes, (0, 0)], 2):
        found = next_whole((one[0] - other[0], one[1] - other[1]), against, per_vote, moved)
        if found is not None:
            yield found


def next_whole(above: Line, below: Line, factor: Fraction, moved: int) -> int | None:
    """Return where factor x above / below is next a whole number, or has just been one; None where it stands still or never is."""
    direction = above[1] * below[0] - above[0] * below[1]
    if not direction:
        return None
    now = factor * at(above, moved) / at(below, moved)
    if now.denominator == 1:
        return moved + 1
    target = now.__ceil__() if direction > 0 else now.__floor__()
    pace = factor * above[1] - target * below[1]
    if not pace:
        return None
    reached = (target * below[0] - factor * above[0]) / pace
    return reached.__ceil__() if reached > moved else None


def to_next_band(total: int, pace: int, size: int) -> int:
    """Return how many more votes change Droop's quota, which is rounded."""
    return size - total % size if pace > 0 else total % size + 1


def at(line: Line, moved: int) -> int:
    """Return votes after so many have moved."""
    return line[0] + line[1] * moved
