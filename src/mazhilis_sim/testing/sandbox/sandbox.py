"""A stranger's rule behind glass: every call limited, every answer checked, every mishap written down."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeAlias

from mazhilis_sim.counting.own_rule import votes_for
from mazhilis_sim.testing.axioms.definition import Drawn, Votes
from mazhilis_sim.testing.sandbox.answers import KINDS, Misbehaviour, UnfitError, read, shown
from mazhilis_sim.testing.sandbox.clock import AlarmClock, ThreadClock, TimeUp

RuleFunction: TypeAlias = Callable[[list[int], int], Any]
"""Takes the votes of k parties (at least one vote in all) and a number of seats (at least 1); returns k seats."""

HANGS = 3
"""After so many calls over the time limit the verification ends; after one, when the rule never answered at all."""
REMEMBERED = 250_000
"""So many answers are kept, so that no election is put to the rule twice."""


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
        self,
        rule: RuleFunction,
        clock: AlarmClock | ThreadClock,
        call_limit: float,
        deadline: float,
        undefined: tuple[type[BaseException], ...],
    ) -> None:
        self.rule, self.clock, self.call_limit = rule, clock, call_limit
        self.deadline, self.undefined = deadline, undefined
        self.known: dict[Drawn, Votes | None] = {}
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
            return read(self.clock.call(self.rule, votes_for(self.rule, votes), seats), votes, seats)
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

    def repeat(self, asked: Iterable[Drawn]) -> None:
        """Ask again while there is time, and write down an answer that differs from the first."""
        for votes, seats in asked:
            if self.spent:
                return
            first = self.known.get((votes, seats))
            again = self.ask(votes, seats) if first is not None else None
            if first is not None and again is not None and first != again:
                both = f"gives {list(first)}, and {list(again)} when asked again"
                self.note(Misbehaviour("inconsistent", votes, seats, both))
