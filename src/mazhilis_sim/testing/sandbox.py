"""A stranger's rule behind glass: every call limited, every answer checked, every mishap written down."""

from __future__ import annotations

import operator
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from mazhilis_sim.testing.axiom import Votes
from mazhilis_sim.testing.clock import AlarmClock, ThreadClock, TimeUp
from mazhilis_sim.testing.shrink import Case, shrink

Rule: TypeAlias = Callable[[list[int], int], Any]
"""Takes the votes of k parties (at least one vote in all) and a number of seats (at least 1); returns k seats."""

KINDS = ("raised", "hung", "wrong type", "wrong length", "not whole", "negative", "wrong sum", "inconsistent")
HANGS = 3
"""After so many calls over the time limit the verification ends; after one, when the rule never answered at all."""
REMEMBERED = 250_000
"""So many answers are kept, so that no election is put to the rule twice."""


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
    """Read the answer as a list: a list, tuple or array of them, no string, mapping, generator or single number."""
    sized = hasattr(answer, "__len__") and hasattr(answer, "__getitem__")
    given = answer.tolist() if hasattr(answer, "tolist") else list(answer) if sized else None
    if not isinstance(given, list) or isinstance(answer, (str, bytes, dict)):
        raise UnfitError("wrong type", f"returns {shown(answer)}, which is no list of seats")
    return given


def shown(answer: Any) -> str:
    """Write an answer or an error, shortened, without trusting it."""
    try:
        text = str(answer) if isinstance(answer, BaseException) else repr(answer)
    except Exception:  # a stranger's repr
        text = f"an object of type {type(answer).__name__}"
    return text if len(text) <= 60 else text[:57] + "..."


def whole(seats: Any) -> int:
    """Read one number of seats."""
    if isinstance(seats, bool):
        raise UnfitError("not whole", f"returns {shown(seats)} for a number of seats")
    try:
        return operator.index(seats)
    except TypeError:
        raise UnfitError("not whole", f"returns {shown(seats)} for a number of seats, which is no int") from None


def read(answer: Any, votes: Votes, seats: int) -> Votes:
    """Check an answer: as many whole numbers as parties, none negative, that sum to the seats."""
    given = listed(answer)
    if len(given) != len(votes):
        raise UnfitError("wrong length", f"returns {len(given)} numbers instead of {len(votes)}: {shown(given)}")
    result = tuple(whole(each) for each in given)
    if min(result) < 0:
        raise UnfitError("negative", f"returns a negative number of seats: {shown(given)}")
    if sum(result) != seats:
        raise UnfitError("wrong sum", f"hands out {sum(result)} seats: {shown(given)}")
    return result


class Sandbox:
    """Puts elections to the rule, and remembers.

    Parameters
    ----------
    rule : callable
    clock : AlarmClock or ThreadClock
        Entered, with the limit of the first call, which may have to import and compile.
    call_limit : float
        Seconds for each further call.
    deadline : float
        On the scale of ``time.monotonic``; put off by what the first call takes.
    undefined : tuple of exception types
        Raised by a rule that defines no result for an election; such an election counts for nothing.
    """

    def __init__(
        self, rule: Rule, clock: AlarmClock | ThreadClock, call_limit: float, deadline: float, undefined: tuple[type[BaseException], ...]
    ) -> None:
        self.rule, self.clock, self.call_limit = rule, clock, call_limit
        self.deadline, self.undefined = deadline, undefined
        self.known: dict[tuple[Votes, int], Votes | None] = {}
        self.mishaps: dict[str, Misbehaviour] = {}
        self.many: Callable[..., Any] | None = getattr(rule, "many", None)
        self.hangs = self.without_result = 0
        self.answered, self.began = False, time.monotonic()

    @property
    def spent(self) -> bool:
        """Whether the verification has to end: time over, or the rule hung too often."""
        return self.hangs >= (HANGS if self.answered else 1) or time.monotonic() > self.deadline

    @property
    def worst(self) -> tuple[Misbehaviour, ...]:
        """The smallest mishap of each kind."""
        return tuple(self.mishaps[kind] for kind in KINDS if kind in self.mishaps)

    def count(self, votes: Votes, seats: int) -> Votes | None:
        """Return the rule's seats, or None where it gave none."""
        question = votes, seats
        if question not in self.known:
            if self.spent:
                return None
            if len(self.known) >= REMEMBERED:
                self.known.clear()
            self.known[question] = self.ask(votes, seats)
        return self.known[question]

    def ask(self, votes: Votes, seats: int) -> Votes | None:
        """Put one election to the rule, whatever was answered before, and write a mishap down."""
        answer = self.attempt(votes, seats)
        self.warmed(not isinstance(answer, Misbehaviour) or answer.kind != "hung")
        if not isinstance(answer, Misbehaviour):
            self.without_result += answer is None
            return answer
        self.hangs += answer.kind == "hung"
        self.note(answer)
        return None

    def warmed(self, answered: bool) -> None:
        """Hold the rule to the limit of a call from its first answer on."""
        if answered and not self.answered:
            self.answered, self.clock.limit = True, self.call_limit
            self.deadline += time.monotonic() - self.began

    def attempt(self, votes: Votes, seats: int) -> Votes | Misbehaviour | None:
        """Return the rule's seats, what it did instead, or None where it defines no result."""
        try:
            return read(self.clock.call(self.rule, list(votes), seats), votes, seats)
        except KeyboardInterrupt:
            raise
        except TimeUp:
            return Misbehaviour("hung", votes, seats, "does not return within the time limit")
        except UnfitError as unfit:
            return Misbehaviour(unfit.kind, votes, seats, str(unfit))
        except self.undefined:
            return None
        except BaseException as error:  # whatever a stranger's function throws, SystemExit included
            return Misbehaviour("raised", votes, seats, f"raises {type(error).__name__}: {shown(error)}".rstrip(": "))

    def note(self, mishap: Misbehaviour) -> None:
        """Write a mishap down, when it is the smallest of its kind."""
        old = self.mishaps.get(mishap.kind)
        if old is None or mishap.size < old.size:
            self.mishaps[mishap.kind] = mishap

    def reduce(self) -> None:
        """Shrink the mishaps; not those that take long, nor those that do not repeat."""
        for kind in sorted(set(self.mishaps) - {"hung", "inconsistent"}):
            worst = self.mishaps[kind]

            def again(case: Case, kind: str = kind) -> Misbehaviour | None:
                answer = None if self.spent else self.attempt(case.ballots[0], case.seats)
                return answer if isinstance(answer, Misbehaviour) and answer.kind == kind else None

            self.mishaps[kind] = shrink(Case((worst.votes,), worst.seats), worst, again, lambda found: found.size)

    def prefetch(self, elections: Sequence[Votes], seats: int) -> None:
        """Count many elections of k parties at once, when the rule has a method ``many`` for it.

        ``rule.many(votes, seats)`` takes an int64 array (n, k) and returns one of seats. Where it defines no result, the error
        may name the rows without one in ``rows``, and the others are asked for again; any other error means nothing: the
        elections are then asked for one by one.
        """
        if self.many is None or not elections:
            return
        try:
            import numpy as np

            rows = self.clock.call(self.many, np.array(elections, dtype=np.int64), seats)
            found = [read(row, votes, seats) for votes, row in zip(elections, rows, strict=True)]
        except TimeUp:
            self.many = None
        except Exception as error:  # the calls one by one will tell
            without = set(error.rows) if isinstance(error, self.undefined) and hasattr(error, "rows") else set()
            self.leave_out(without & set(range(len(elections))), elections, seats)
        else:
            self.known.update(zip(((votes, seats) for votes in elections), found, strict=True))

    def leave_out(self, without: set[int], elections: Sequence[Votes], seats: int) -> None:
        """Note that some elections have no result, and count the others at once."""
        new = {(elections[row], seats) for row in without} - set(self.known)
        self.known.update(dict.fromkeys(new))
        self.without_result += len(new)
        if without:
            self.prefetch([votes for row, votes in enumerate(elections) if row not in without], seats)

    def repeat(self, asked: Iterable[tuple[Votes, int]]) -> None:
        """Ask again, and write down an answer that differs from the first."""
        for votes, seats in asked:
            first = self.known.get((votes, seats))
            again = self.ask(votes, seats) if first is not None else None
            if first is not None and again is not None and first != again:
                both = f"gives {list(first)}, and {list(again)} when asked again"
                self.note(Misbehaviour("inconsistent", votes, seats, both))
