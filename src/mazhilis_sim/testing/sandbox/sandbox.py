"""A stranger's rule behind glass: every call limited, every answer checked, every mishap written down."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence

from mazhilis_sim.testing.axioms.definition import Drawn, Votes
from mazhilis_sim.testing.sandbox.answers import KINDS, Misbehaviour
from mazhilis_sim.testing.sandbox.asking import Asked, Mishap, Rows, kind_name

HANGS = 3
"""After so many calls that are over the time limit, or end the process, the verification ends; after one, when the rule never answered."""
FATAL = ("hung", "ended")
FEWEST_TOGETHER = 3
"""Fewer elections take no less time together than one by one."""
REMEMBERED = 250_000
"""So many answers are kept, so that no election is put to the rule twice."""


class Sandbox:
    """Puts elections to the rule, and remembers.

    Parameters
    ----------
    asked : Asked
        The rule, here or in a process of its own, with the limit of the first call, which may have to import and compile.
    call_limit : float
        Seconds for each further call.
    deadline : float
        On the scale of ``time.monotonic``; put off by what the first call takes.
    undefined : tuple of exception types
        Raised by a rule that defines no result for an election; such an election counts for nothing.
    """

    def __init__(self, asked: Asked, call_limit: float, deadline: float, undefined: tuple[type[BaseException], ...]) -> None:
        self.asked, self.call_limit = asked, call_limit
        self.deadline, self.undefined = deadline, frozenset(map(kind_name, undefined))
        self.asked.deadline = deadline
        self.known: dict[Drawn, Votes | None] = {}
        self.mishaps: dict[str, Misbehaviour] = {}
        self.use_many = asked.has_many
        self.unseen: set[Drawn] = set()  # asked ahead, without a result, and not asked for yet
        self.hangs = self.without_result = 0
        self.answered, self.began = False, time.monotonic()

    @property
    def spent(self) -> bool:
        """Whether the verification has to end: time over, or the rule hung or ended its process too often."""
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
                self.unseen.clear()
            self.known[question] = self.ask(votes, seats)
        elif question in self.unseen:
            self.unseen.remove(question)
            self.without_result += 1
        return self.known[question]

    def ask(self, votes: Votes, seats: int) -> Votes | None:
        """Put one election to the rule, whatever was answered before, and write a mishap down."""
        found = self.asked.one(votes, seats)
        self.without_result += self.undefines(found)
        return self.settle(votes, seats, found)

    def undefines(self, found: Votes | Mishap) -> bool:
        """Tell whether the rule said that it defines no result."""
        return isinstance(found, Mishap) and bool(self.undefined.intersection(found.errors))

    def settle(self, votes: Votes, seats: int, found: Votes | Mishap) -> Votes | None:
        """Take an answer: the seats, or None for what came instead, written down."""
        self.warmed(not isinstance(found, Mishap) or found.kind not in FATAL)
        if not isinstance(found, Mishap):
            return found
        if self.undefines(found):
            return None
        self.hangs += found.kind in FATAL
        self.note(Misbehaviour(found.kind, votes, seats, found.words))
        return None

    def warmed(self, answered: bool) -> None:
        """Hold the rule to the limit of a call from its first answer on."""
        if answered and not self.answered:
            self.answered, self.asked.limit = True, self.call_limit
            self.deadline += time.monotonic() - self.began
            self.asked.deadline = self.deadline

    def attempt(self, votes: Votes, seats: int) -> Misbehaviour | None:
        """Return what the rule does instead of returning seats, if it does; nothing is written down."""
        found = self.asked.one(votes, seats)
        if not isinstance(found, Mishap) or self.undefines(found):
            return None
        self.hangs += found.kind in FATAL
        return Misbehaviour(found.kind, votes, seats, found.words)

    def note(self, mishap: Misbehaviour) -> None:
        """Write a mishap down, when it is the smallest of its kind."""
        old = self.mishaps.get(mishap.kind)
        if old is None or mishap.size < old.size:
            self.mishaps[mishap.kind] = mishap

    @property
    def asks_ahead(self) -> bool:
        """Whether many elections at once take less time."""
        return self.use_many or (self.asked.ahead and self.answered)

    def ahead(self, questions: Iterable[Drawn]) -> None:
        """Ask elections at once that will be asked for, where that takes less time."""
        if not self.asks_ahead:
            return
        new = [question for question in dict.fromkeys(questions) if question not in self.known]
        if self.use_many:
            self.alike(new)
        else:
            self.one_after_the_other(new)

    def one_after_the_other(self, new: Sequence[Drawn]) -> None:
        """Ask a rule in a process of its own: it is sent all elections before its first answer comes back."""
        for (votes, seats), found in zip(new, self.asked.several(new), strict=False):
            self.known[votes, seats] = self.settle(votes, seats, found)
            if self.undefines(found):
                self.unseen.add((votes, seats))
            if self.spent:
                return

    def alike(self, new: Iterable[Drawn]) -> None:
        """Count together what has as many parties and as many seats."""
        groups: dict[tuple[int, int], list[Votes]] = {}
        for votes, seats in new:
            groups.setdefault((len(votes), seats), []).append(votes)
        for (_, seats), elections in groups.items():
            if len(elections) >= FEWEST_TOGETHER:
                self.prefetch(elections, seats)

    def prefetch(self, elections: Sequence[Votes], seats: int) -> None:
        """Count many elections of k parties at once, when the rule has a method ``many`` for it.

        ``rule.many(votes, seats)`` takes an int64 array (n, k) and returns one of seats. Where it defines no result, the error
        may name the rows without one in ``rows``, and the others are asked for again; any other error means nothing: the
        elections are then asked for one by one.
        """
        if not elections or not self.use_many:
            self.ahead((votes, seats) for votes in elections)
            return
        found = self.asked.many(elections, seats)
        if isinstance(found, list):
            self.known.update(zip(((votes, seats) for votes in elections), found, strict=True))
        elif isinstance(found, Rows):  # the calls one by one will tell
            without = set(found.rows) if self.undefined.intersection(found.errors) else set()
            self.leave_out(without & set(range(len(elections))), elections, seats)
        else:
            self.use_many = False

    def leave_out(self, without: set[int], elections: Sequence[Votes], seats: int) -> None:
        """Note that some elections have no result, and count the others at once."""
        new = {question for row in without if (question := (elections[row], seats)) not in self.known}
        self.known.update(dict.fromkeys(new))
        self.unseen.update(new)
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
