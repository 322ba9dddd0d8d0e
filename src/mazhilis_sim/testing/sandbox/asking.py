"""One question to a rule, in the process where the rule is: its answer, or in words what came instead."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple, Protocol, TypeAlias

from mazhilis_sim.counting.own_rule import votes_for
from mazhilis_sim.testing.axioms.definition import Drawn, Votes
from mazhilis_sim.testing.sandbox.answers import UnfitError, read, shown
from mazhilis_sim.testing.sandbox.clock import AlarmClock, ThreadClock, TimeUp

RuleFunction: TypeAlias = Callable[[list[int], int], Any]
"""Takes the votes of k parties (at least one vote in all) and a number of seats (at least 1); returns k seats."""


class Mishap(NamedTuple):
    """What came instead of seats: of which kind, in words, and the names of the kinds of error that it is."""

    kind: str
    words: str
    errors: tuple[str, ...] = ()


class Rows(NamedTuple):
    """What came instead of many elections' seats: the names of the kinds of error, and the rows without a result."""

    errors: tuple[str, ...] = ()
    rows: tuple[int, ...] = ()


class Asked(Protocol):
    """A rule that can be asked, here or in a process of its own."""

    limit: float
    """Seconds for one call."""
    deadline: float
    """When all has to be done, on the scale of ``time.monotonic``."""
    ahead: bool
    """Whether many questions at once take less time than one after the other."""
    has_many: bool
    """Whether the rule has a method for many elections."""

    def one(self, votes: Votes, seats: int) -> Votes | Mishap:
        """Put one election to the rule."""

    def several(self, questions: Sequence[Drawn]) -> Iterator[Votes | Mishap]:
        """Put elections to the rule, one after the other."""

    def many(self, elections: Sequence[Votes], seats: int) -> list[Votes] | Mishap | Rows:
        """Put elections of k parties to the rule's own method for many."""


class Here:
    """A rule in this process.

    Parameters
    ----------
    rule : callable
    clock : AlarmClock or ThreadClock
        Entered.
    """

    def __init__(self, rule: RuleFunction, clock: AlarmClock | ThreadClock) -> None:
        self.rule, self.clock = rule, clock
        self.ahead, self.has_many, self.deadline = False, hasattr(rule, "many"), float("inf")

    @property
    def limit(self) -> float:
        """Seconds for one call."""
        return self.clock.limit

    @limit.setter
    def limit(self, seconds: float) -> None:
        self.clock.limit = seconds

    def one(self, votes: Votes, seats: int) -> Votes | Mishap:
        """Put one election to the rule; an interrupt may be the user's, and is passed on."""
        try:
            return read(self.clock.call(self.rule, votes_for(self.rule, votes), seats), votes, seats)
        except KeyboardInterrupt:
            raise
        except TimeUp:
            return Mishap("hung", "does not return within the time limit")
        except UnfitError as unfit:
            return Mishap(unfit.kind, str(unfit))
        except BaseException as error:  # whatever a stranger's function throws, SystemExit included
            return raised(error)

    def several(self, questions: Iterable[Drawn]) -> Iterator[Votes | Mishap]:
        """Put elections to the rule, one after the other."""
        return (self.one(votes, seats) for votes, seats in questions)

    def many(self, elections: Sequence[Votes], seats: int) -> list[Votes] | Mishap | Rows:
        """Put elections of k parties to the rule's own method for many; an error that names no rows means nothing."""
        try:
            import numpy as np

            many: Callable[..., Any] = self.rule.many  # type: ignore[attr-defined]  # `has_many` is asked first
            rows = self.clock.call(many, np.array(elections, dtype=np.int64), seats)
            return [read(row, votes, seats) for votes, row in zip(elections, rows, strict=True)]
        except TimeUp:
            return Mishap("hung", "does not return within the time limit")
        except Exception as error:
            return Rows(kinds_of(error), rows_of(error))


def raised(error: BaseException) -> Mishap:
    """Say what a rule raised."""
    return Mishap("raised", f"raises {type(error).__name__}: {shown(error)}".rstrip(": "), kinds_of(error))


def kinds_of(error: BaseException) -> tuple[str, ...]:
    """Return the names of the classes that an error is of."""
    return tuple(map(kind_name, type(error).__mro__))


def kind_name(kind: type) -> str:
    """Return the name of a class, by which another process knows it too."""
    return f"{kind.__module__}.{kind.__qualname__}"


def rows_of(error: Exception) -> tuple[int, ...]:
    """Return the rows that an error names, of which none may be one."""
    try:
        return tuple(row for row in getattr(error, "rows", ()) if type(row) is int)
    except Exception:  # a stranger's error
        return ()
