"""What a rule gave back: read as seats, or said in words why it is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mazhilis_sim.counting.own_rule import as_list, as_seats
from mazhilis_sim.errors import LONGEST_SHOWN, shorten
from mazhilis_sim.tables import plural
from mazhilis_sim.testing.axioms.definition import Votes

LONGEST_ERROR = 250
"""Characters of what a rule's error says."""
KINDS = ("ended", "raised", "hung", "wrong type", "wrong length", "not whole", "negative", "wrong sum", "inconsistent")
"""What a rule can do instead of returning seats."""


@dataclass(frozen=True, slots=True)
class Misbehaviour:
    """What a rule did instead of returning seats.

    Parameters
    ----------
    kind : str
        One of ``KINDS``.
    votes : tuple of int
    seats : int
    words : str
        Such as ``"raises ZeroDivisionError: ..."``.
    """

    kind: str
    votes: Votes
    seats: int
    words: str

    def __str__(self) -> str:
        seats = "1 seat" if self.seats == 1 else f"{self.seats} seats"
        return f"With votes {', '.join(map(str, self.votes))} and {seats} the rule {self.words.rstrip('.')}."

    @property
    def size(self) -> tuple[int, int, int, Votes]:
        """What a smaller mishap has less of: parties, then seats, then votes."""
        return len(self.votes), self.seats, sum(self.votes), self.votes


class UnfitError(Exception):
    """An answer that is no list of seats."""

    def __init__(self, kind: str, words: str) -> None:
        super().__init__(words)
        self.kind = kind


def listed(answer: Any) -> list[Any]:
    """Read the answer as a list."""
    given = as_list(answer)
    if given is None:
        raise UnfitError("wrong type", f"returns {shown(answer)}, which is no list of seats")
    return given


def shown(answer: Any) -> str:
    """Write an answer or an error, without trusting it; an error may say more than a value."""
    try:
        text = str(answer) if isinstance(answer, BaseException) else repr(answer)
    except Exception:  # a stranger's repr
        text = f"an object of type {type(answer).__name__}"
    return shorten(" ".join(text.split()), LONGEST_ERROR if isinstance(answer, BaseException) else LONGEST_SHOWN)


def whole(seats: Any) -> int:
    """Read one number of seats."""
    found = as_seats(seats)
    if found is None:
        raise UnfitError("not whole", f"returns {shown(seats)} for a number of seats, which is no int")
    return found


def read(answer: Any, votes: Votes, seats: int) -> Votes:
    """Check an answer: as many whole numbers as parties, none negative, that sum to the seats."""
    given = listed(answer)
    if len(given) != len(votes):
        raise UnfitError("wrong length", f"returns {plural(len(given), 'number')} instead of {len(votes)}: {shown(given)}")
    result = tuple(given) if set(map(type, given)) == {int} else tuple(whole(each) for each in given)
    if min(result) < 0:
        raise UnfitError("negative", f"returns a negative number of seats: {shown(given)}")
    if sum(result) != seats:
        raise UnfitError("wrong sum", f"hands out {sum(result)} seats: {shown(given)}")
    return result
