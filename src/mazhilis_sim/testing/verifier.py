"""Put a rule to the axioms."""

from __future__ import annotations

import time
from collections.abc import Iterable

from mazhilis_sim.errors import AllocationError, MazhilisError
from mazhilis_sim.legislation.presets import law as law_named
from mazhilis_sim.legislation.system import ElectoralLaw
from mazhilis_sim.testing import axioms as known
from mazhilis_sim.testing import rules, words
from mazhilis_sim.testing.axiom import Axiom
from mazhilis_sim.testing.clock import clock
from mazhilis_sim.testing.elections import Box
from mazhilis_sim.testing.report import Report, Verdict
from mazhilis_sim.testing.sandbox import Rule, Sandbox
from mazhilis_sim.testing.search import Search

REPEATED = 200
"""About so many of the small elections are put to the rule a second time."""


def verify(
    rule: Rule | str,
    axioms: Axiom | str | Iterable[Axiom | str] = known.ALL,
    laws: ElectoralLaw | str | int | Iterable[ElectoralLaw | str | int] | None = None,
    max_examples: int = 2000,
    exhaustive: bool | tuple[int, int, int] = True,
    seed: int = 0,
    time_limit: float = 55.0,
    call_limit: float = 5.0,
    undefined: tuple[type[BaseException], ...] = (AllocationError,),
) -> Report:
    """Hold a seat-allocation rule against the axioms, and find the smallest election that breaks each.

    Parameters
    ----------
    rule : callable or str
        Takes ``(votes, seats)``: a list of k non-negative ints, one of them positive, and an int of at least 1.
        Returns k seats. A method ``rule.many(votes, seats)`` for an int64 array (n, k), where there is one, is used to
        count the small elections at once; where it raises an `AllocationError` whose ``rows`` holds the rows without a
        result, it is asked again for the others. A name stands for a classical rule of `rules`, such as ``"dhondt"``.
    axioms : Axiom, str, or several
        What to hold it against; every axiom of `axioms` unless given.
    laws : ElectoralLaw, str, or several, optional
        The law that the rule is to follow (as for `mazhilis_sim.law`; of several, it has to follow each). It makes
        ``threshold_respected`` and ``fallback_floor`` applicable. The other axioms are judged as they come: a
        threshold breaks, by design, the quota and more.
    max_examples : int
        Random elections; the adversarial ones come on top.
    exhaustive : bool or (int, int, int)
        Whether to try all small elections: up to 4 parties, 10 votes in all and 6 seats, or as given.
    seed : int
        The same seed gives the same report, unless a time limit cuts in.
    time_limit : float
        Seconds for everything from the rule's first answer on.
    call_limit : float
        Seconds for one call of the rule, of its own work or four times as many by the clock; a longer one is reported as
        hung. The first may take half of ``time_limit``: it may have to import and compile.
    undefined : tuple of exception types
        What a rule raises where it defines no result, such as a law when no list passes. Such an election counts for
        nothing; any other exception is a misbehaviour.

    Returns
    -------
    Report

    Raises
    ------
    MazhilisError
        For a rule that cannot be called, an unknown axiom or law, or numbers out of range. Whatever the rule itself
        does ends up in the report.

    Examples
    --------
    >>> from mazhilis_sim.testing import verify
    >>> def largest_takes_all(votes, seats):
    ...     winner = votes.index(max(votes))
    ...     return [seats if party == winner else 0 for party in range(len(votes))]
    >>> report = verify(largest_takes_all, axioms=["concordant", "house_monotone", "lower_quota"], max_examples=100)
    >>> report["house_monotone"].passed, report["lower_quota"].passed
    (True, False)
    >>> print(report["lower_quota"].counterexample)
    With votes 2, 1 and 3 seats the rule gives 3, 0: party 2 is due 1 x 3 / 3 = 1, so at least 1.
    """
    started = time.monotonic()
    asked, given = as_axioms(axioms), as_laws(laws)
    rule = rules.find(rule) if isinstance(rule, str) else rule
    check(rule, max_examples, time_limit, call_limit)
    box = as_box(exhaustive)
    with clock(max(time_limit / 2, min(call_limit, time_limit))) as limited:
        sandbox = Sandbox(rule, limited, call_limit, started + time_limit, undefined)
        search = Search(sandbox, [a for a in asked if applies(a, given)], given)
        if box:
            search.exhaust(box)
            search.deepen(search.broken, polish=False)
        sandbox.repeat(list(sandbox.known)[:: 1 + len(sandbox.known) // REPEATED])
        found = search.broken
        search.roam(seed, max_examples)
        search.deepen([each for each in search.broken if each not in found], polish=True)
        sandbox.reduce()
        verdicts = tuple(verdict(axiom, search) for axiom in asked)
    return Report(name_of(rule), verdicts, sandbox.worst, seed, sandbox.without_result, not sandbox.spent, time.monotonic() - started)


def as_axioms(given: Axiom | str | Iterable[Axiom | str]) -> tuple[Axiom, ...]:
    """Read the axioms, by object or by name; ``"all"`` for all."""
    if given == "all":
        return known.ALL
    several = (given,) if isinstance(given, (Axiom, str)) else tuple(given)
    found = tuple(known.find(each) if isinstance(each, str) else each for each in several)
    if not found or not all(isinstance(each, Axiom) for each in found):
        raise MazhilisError(f"axioms must be Axiom objects or their names, at least one, got {given!r}")
    return found


def as_laws(given: ElectoralLaw | str | int | Iterable[ElectoralLaw | str | int] | None) -> tuple[ElectoralLaw, ...]:
    """Read the laws, by object or by name."""
    if given is None:
        return ()
    several = (given,) if isinstance(given, (ElectoralLaw, str, int)) else tuple(given)
    return tuple(law_named(each) for each in several)


def as_box(given: bool | tuple[int, int, int]) -> Box | None:
    """Read how far to try all elections."""
    box = Box() if given is True else Box(*given) if given else None
    if box and min(box) < 1:
        raise MazhilisError(f"exhaustive must be True, False or (parties, votes, seats) of at least 1, got {given!r}")
    return box


def check(rule: Rule, max_examples: int, time_limit: float, call_limit: float) -> None:
    """Refuse what cannot be run."""
    if not callable(rule):
        raise MazhilisError(f"rule must be callable as rule(votes, seats), got {rule!r}")
    if not isinstance(max_examples, int) or max_examples < 0:
        raise MazhilisError(f"max_examples must be a whole number of at least 0, got {max_examples!r}")
    if not (time_limit > 0 and call_limit > 0):
        raise MazhilisError(f"time limits must be positive seconds, got {time_limit!r} and {call_limit!r}")


def applies(axiom: Axiom, laws: tuple[ElectoralLaw, ...]) -> bool:
    """Tell whether an axiom can be judged, given the laws; `exact_sum` is judged at the sandbox's door as well."""
    return bool(laws) or not axiom.needs_law


def name_of(rule: Rule) -> str:
    """Return a name without a memory address."""
    return str(getattr(rule, "__name__", type(rule).__name__))


def verdict(axiom: Axiom, search: Search) -> Verdict:
    """Sum up what was found about one axiom."""
    inquiry = next((each for each in search.inquiries if each.axiom is axiom), None)
    if inquiry is None:
        return Verdict(axiom, "not applicable")
    if axiom is known.exact_sum and search.sandbox.mishaps:
        return Verdict(axiom, "misbehaves", inquiry.examined, None, words.mishap(search.sandbox.worst[0]))
    if inquiry.breach:
        return Verdict(axiom, "broken", inquiry.examined, None, words.counterexample(inquiry.breach))
    box = None if search.sandbox.mishaps else inquiry.box
    status = "proved" if box else "not refuted" if inquiry.examined else "not checked"
    return Verdict(axiom, status, inquiry.examined, box)
