"""What an axiom is: a definition in words, its source, and a check that a counted election passes or breaks."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple, Protocol, TypeAlias

from mazhilis_sim import reading
from mazhilis_sim.errors import MazhilisError
from mazhilis_sim.legislation.electoral_law import ElectoralLaw
from mazhilis_sim.showing import Shown

Votes: TypeAlias = tuple[int, ...]
"""Votes or seats of k parties, in the order in which the rule was given them."""
Drawn: TypeAlias = tuple[Votes, int]
"""Votes and seats of one election."""


class Question(NamedTuple):
    """An election to put to the rule beside the first one.

    Parameters
    ----------
    votes : tuple of int
    seats : int
    parties : tuple of int
        Which party of the first election each party is, counted from 0.
    """

    votes: Votes
    seats: int
    parties: Votes


class Outcome(NamedTuple):
    """An election and what the rule made of it; ``parties`` as in `Question`."""

    votes: Votes
    seats: int
    result: Votes
    parties: Votes


class Trial(NamedTuple):
    """What a check sees: an election, its result, the other election with its own, and the laws.

    Parameters
    ----------
    votes : tuple of int
    seats : int
    result : tuple of int
        What the rule gave.
    other : Outcome
        The related election; the first one again where the axiom asks for none.
    laws : tuple of ElectoralLaw
        The laws that the rule is to follow; empty without one.
    """

    votes: Votes
    seats: int
    result: Votes
    other: Outcome
    laws: tuple[ElectoralLaw, ...] = ()

    @property
    def total(self) -> int:
        """All votes."""
        return sum(self.votes)


class Watcher(Protocol):
    """Sees every outcome of one number of parties and seats, and names those that may break the axiom with it."""

    def partners(self, outcome: Outcome) -> Iterable[Outcome]:
        """Take one more outcome in; return earlier ones to be held against it."""


Check: TypeAlias = Callable[[Trial], str | None]
Related: TypeAlias = Callable[[Outcome], Iterable[Question]]
Hunt: TypeAlias = Callable[[Random], Drawn]
EXCUSES = ("tie", "scale")
"""Why an axiom may pass over an election."""


@dataclass(frozen=True, slots=True, repr=False)
class Axiom(Shown):
    """One demand on a seat-allocation rule, with its source. Made by the decorator `axiom`.

    Parameters
    ----------
    name : str
    definition : str
        What the axiom demands, in words.
    source : str
        Where it is stated.
    breach : callable
        Takes a `Trial`; returns in words how the axiom is broken, or None.
    related : callable, optional
        Takes an `Outcome`; returns the `Question` elections to hold against it. One that compares nothing has none.
    watcher : callable, optional
        Makes a `Watcher`, for an axiom that compares any two elections of one number of parties and seats.
    hunt : callable, optional
        Takes a ``random.Random``; draws the votes and seats of an election that puts this axiom in danger.
    satisfied_by : tuple of str
        The classical rules that satisfy the axiom, by the names that ``ElectoralLaw.method`` knows.
    needs_law : bool
        Whether the axiom speaks of a threshold or a fallback, and is not applicable without a law.
    excuses : tuple of {"tie", "scale"}
        Which elections are passed over. With all votes multiplied by a million, ``"tie"``: one vote more or less for a
        party changes the seats; ``"scale"``: the seats are other ones already.
    """

    shows = ("name", "definition", "source", "satisfied_by", "needs_law")

    name: str
    definition: str
    source: str
    breach: Check = field(repr=False)
    related: Related | None = field(default=None, repr=False)
    watcher: Callable[[], Watcher] | None = field(default=None, repr=False)
    hunt: Hunt | None = field(default=None, repr=False)
    satisfied_by: tuple[str, ...] = ()
    needs_law: bool = False
    excuses: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        rules = reading.items(self.satisfied_by, "satisfied_by", MazhilisError, like='("hare",)')
        excuses = reading.items(self.excuses, "excuses", MazhilisError, like='("tie",)')
        checked = {
            "name": reading.name(self.name, "name", MazhilisError),
            "definition": reading.name(self.definition, "definition", MazhilisError),
            "source": reading.instance(self.source, str, "source", MazhilisError),
            "breach": reading.function(self.breach, "breach", MazhilisError, of="a trial"),
            "satisfied_by": tuple(reading.name(rule, "satisfied_by", MazhilisError) for rule in rules),
            "needs_law": reading.flag(self.needs_law, "needs_law", MazhilisError),
            "excuses": tuple(reading.choice(excuse, "excuses", EXCUSES, MazhilisError) for excuse in excuses),
        }
        for name, value in checked.items():
            object.__setattr__(self, name, value)
        for name, of in (("related", "an outcome"), ("watcher", "nothing"), ("hunt", "a random.Random")):
            if getattr(self, name) is not None:
                reading.function(getattr(self, name), name, MazhilisError, of=of, classes=True)

    def __str__(self) -> str:
        return f"{self.name}: {self.definition} ({self.source})"


def axiom(
    *,
    source: str = "",
    definition: str = "",
    related: Related | None = None,
    watcher: Callable[[], Watcher] | None = None,
    hunt: Hunt | None = None,
    satisfied_by: tuple[str, ...] = (),
    needs_law: bool = False,
    excuses: tuple[str, ...] = (),
) -> Callable[[Check], Axiom]:
    """Turn a check into an `Axiom` of the function's name.

    Parameters
    ----------
    source : str
    definition : str
        The demand in words; the first paragraph of the function's docstring unless given.
    related, watcher, hunt, satisfied_by, needs_law, excuses
        As in `Axiom`.

    Raises
    ------
    MazhilisError
        When neither ``definition`` nor a docstring says what the axiom demands.

    Examples
    --------
    >>> from mazhilis_sim.testing import axioms, verify
    >>> @axioms.axiom(source="our statutes, section 12")
    ... def majority(trial):
    ...     \"\"\"A party with more than half of the votes gets at least half of the seats.\"\"\"
    ...     for party, votes in enumerate(trial.votes):
    ...         if 2 * votes > trial.total and 2 * trial.result[party] < trial.seats:
    ...             return f"party {party + 1} has the majority of the votes and less than half of the seats"
    >>> majority.definition
    'A party with more than half of the votes gets at least half of the seats.'
    >>> verify(lambda votes, seats: [0] * (len(votes) - 1) + [seats], axioms=[majority]).passed
    False
    """

    def make(check: Check) -> Axiom:
        reading.function(check, "an axiom's check", MazhilisError, of="a trial")
        given = reading.instance(definition, str, "definition", MazhilisError)
        words = given or " ".join((inspect.getdoc(check) or "").split("\n\n")[0].split())
        name = getattr(check, "__name__", type(check).__name__)
        if not words:
            raise MazhilisError(field=f"axiom {name!r}", must="say what it demands", remedy="give it a docstring or definition=...")
        return Axiom(name, words, source, check, related, watcher, hunt, satisfied_by, needs_law, excuses)

    return make
