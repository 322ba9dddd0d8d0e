"""Put a rule to the axioms."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial

from mazhilis_sim import reading
from mazhilis_sim.errors import AllocationError, MazhilisError
from mazhilis_sim.legislation.electoral_law import ElectoralLaw
from mazhilis_sim.legislation.presets import law as law_named
from mazhilis_sim.testing import axioms as known
from mazhilis_sim.testing import counterexamples, rules
from mazhilis_sim.testing.axioms import Axiom
from mazhilis_sim.testing.report import Report, Verdict
from mazhilis_sim.testing.sandbox.asking import Asked, Here, RuleFunction
from mazhilis_sim.testing.sandbox.clock import clock
from mazhilis_sim.testing.sandbox.process import RuleProcess
from mazhilis_sim.testing.sandbox.sandbox import Sandbox
from mazhilis_sim.testing.search.elections import Box
from mazhilis_sim.testing.search.searching import Search

REPEATED = 200
"""About so many of the small elections are put to the rule a second time."""
LARGEST = Box(parties=100, votes=1_000_000, seats=1_000_000)
MOST_SMALL = 2_000_000
"""So many small elections are tried at most: all of them are held in memory."""


def verify(
    rule: RuleFunction | RuleProcess | str,
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
        result, it is asked again for the others. A name stands for a classical rule of `rules`, such as ``"dhondt"``;
        a place for a function that is loaded and called in a process of its own, such as ``"my_rule.py:function"`` or
        ``"package.module:function"``: whatever it does, ending its process among it, does no harm here. A function that is
        handed over is called in this process.
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
    max_examples, seed = reading.whole(max_examples, "max_examples", MazhilisError), reading.seed(seed, MazhilisError)
    time_limit = reading.real(time_limit, "time_limit", MazhilisError, above=0)
    call_limit = reading.real(call_limit, "call_limit", MazhilisError, above=0)
    box, undefined = as_box(exhaustive), as_exceptions(undefined)
    with asked_of(rule, max(time_limit / 2, min(call_limit, time_limit)), time_limit) as (name, of_rule):
        sandbox = Sandbox(of_rule, call_limit, time.monotonic() + time_limit, undefined)
        search = Search(sandbox, [a for a in asked if applies(a, given)], given)
        if box:
            search.exhaust(box)
            search.deepen(search.broken, polish=False)
        sandbox.repeat(list(sandbox.known)[:: 1 + len(sandbox.known) // REPEATED])
        found = search.broken
        search.roam(seed, max_examples)
        search.deepen([each for each in search.broken if each not in found], polish=True)
        search.reduce_mishaps()
        verdicts = tuple(verdict(axiom, search) for axiom in asked)
    return Report(name, verdicts, sandbox.worst, seed, sandbox.without_result, not sandbox.spent, time.monotonic() - started)


@contextmanager
def asked_of(rule: object, first_limit: float, time_limit: float) -> Iterator[tuple[str, Asked]]:
    """Yield a rule's name and how it is asked: in its own process where it is named by its place, else here."""
    if isinstance(rule, str) and ":" in rule:
        rule = RuleProcess(rule, time_limit)
    if isinstance(rule, RuleProcess):
        with rule:
            rule.limit = first_limit
            yield rule.__name__, rule
        return
    function = rules.find(rule) if isinstance(rule, str) else reading.function(rule, "rule", MazhilisError, of="(votes, seats)")
    with clock(first_limit) as limited:
        yield name_of(function), Here(function, limited)


def as_axioms(given: object) -> tuple[Axiom, ...]:
    """Read the axioms, by object or by name; ``"all"`` for all."""
    if isinstance(given, str):
        return known.ALL if given == "all" else (known.find(given),)
    several = (given,) if isinstance(given, Axiom) else reading.items(given, "axioms", MazhilisError, like='["quota", "coherent"]')
    found = tuple(known.find(each) if isinstance(each, str) else each for each in several)
    if not found:
        raise MazhilisError(field="axioms", got=given, must="be Axiom objects or their names, at least one")
    return reading.members(found, Axiom, "axioms", MazhilisError)


def as_laws(given: object) -> tuple[ElectoralLaw, ...]:
    """Read the laws, by object or by name."""
    if given is None:
        return ()
    single = isinstance(given, (ElectoralLaw, str)) or reading.integer(given) is not None
    several = (given,) if single else reading.items(given, "laws", MazhilisError, like='["2023", "2026"]')
    return tuple(each if isinstance(each, ElectoralLaw) else law_named(each) for each in several)


def as_box(given: object) -> Box | None:
    """Read how far to try all elections."""
    if isinstance(reading.plain(given), bool):
        return Box() if given else None
    sizes = reading.items(given, "exhaustive", MazhilisError, like="(4, 10, 6), or True or False")
    if len(sizes) != len(Box._fields):
        raise MazhilisError(field="exhaustive", got=given, must="be True, False or (parties, votes, seats) of at least 1")
    box = Box(
        *(
            reading.whole(size, f"{name} of exhaustive", MazhilisError, least=1, most=most)
            for (name, most), size in zip(LARGEST._asdict().items(), sizes, strict=True)
        )
    )
    if box.elections > MOST_SMALL:
        raise MazhilisError(field="exhaustive", got=given, must=f"hold at most {MOST_SMALL:,} elections", remedy="write smaller numbers")
    return box


def as_exceptions(given: object) -> tuple[type[BaseException], ...]:
    """Read what a rule raises where it defines no result, one kind of exception or several."""
    several = (given,) if isinstance(given, type) else reading.items(given, "undefined", MazhilisError, like="(AllocationError,)")
    for each in several:
        if not (isinstance(each, type) and issubclass(each, BaseException)):
            raise MazhilisError(field="undefined", got=each, must="hold exceptions such as AllocationError")
    return several


def applies(axiom: Axiom, laws: tuple[ElectoralLaw, ...]) -> bool:
    """Tell whether an axiom can be judged, given the laws; `exact_sum` is judged at the sandbox's door as well."""
    return bool(laws) or not axiom.needs_law


def name_of(rule: RuleFunction) -> str:
    """Return a name without a memory address."""
    return str(getattr(rule, "__name__", type(rule).__name__))


def verdict(axiom: Axiom, search: Search) -> Verdict:
    """Sum up what was found about one axiom."""
    inquiry = next((each for each in search.inquiries if each.axiom is axiom), None)
    if inquiry is None:
        return Verdict(axiom, "not applicable")
    sandbox, found = search.sandbox, partial(Verdict, axiom, examined=inquiry.examined, tried=inquiry.tried)
    if axiom is known.exact_sum and sandbox.mishaps:
        return found("misbehaves", counterexample=counterexamples.of_mishap(sandbox.worst[0]))
    if inquiry.breach:
        return found("broken", counterexample=counterexamples.of_breach(inquiry.breach))
    box = None if sandbox.mishaps else inquiry.box
    status = "proved" if box else "undecided" if sandbox.spent else "not refuted" if inquiry.examined else "not checked"
    return found(status, box=box)
