"""The ONE registry of rules that share out the seats of the admitted lists: by name, and a user's own.

An entry says where the rule stands in the oracle and in the kernels as dotted names, which are resolved when the rule is first used:
the law needs neither, and to know a rule is not to load it.
"""

from __future__ import annotations

import importlib
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from types import MappingProxyType
from typing import Any, TypeAlias

from mazhilis_sim import reading
from mazhilis_sim.errors import LONGEST_SHOWN, LawError
from mazhilis_sim.languages import marked

SeatRule: TypeAlias = Callable[[Sequence[int], int], Sequence[int]]
"""A rule of a user's own: (votes of the admitted lists, seats) -> seats of each list."""
OF_THE_LAW = "hare"
"""The method of every version of the law; the others are for comparison."""
QUOTA, DIVISOR = "quota", "divisor"
"""The two families: largest remainders by a quota, and highest quotients by a series of divisors."""


@dataclass(frozen=True, slots=True)
class Method:
    """One rule of seats by name, and where its parts stand.

    Parameters
    ----------
    name : str
        As `ElectoralLaw.method` knows it.
    family : {"quota", "divisor"}
    oracle : str
        Where the exact formula stands: a quota of (votes, seats), or a divisor of (seats of a list).
    kernel : str
        Where the numbers stand that the compiled count is given.
    bound : str
        Where the function stands that tells, of those numbers and the seats, the most votes that 64-bit integers count exactly.
    title : str
        Its name in the protocol.
    series : str
        In the protocol's words: what is done with a quota, or the first divisors.
    more : int
        What a quota adds to the seats by which it divides the votes.
    squared : bool
        Whether votes and divisors are compared as squares, to stay exact where divisors are square roots.
    aliases : tuple of str
        Other names by which it is known.
    """

    name: str
    family: str
    oracle: str
    kernel: str
    bound: str
    title: str
    series: str
    more: int
    squared: bool
    aliases: tuple[str, ...] = ()


def quota(name: str, title: str, *, more: int, series: str = "", aliases: tuple[str, ...] = ()) -> Method:
    """Enter a rule of largest remainders."""
    return Method(name, QUOTA, *places(name, "most_votes_of_quota"), title, series, more, squared=False, aliases=aliases)


def divisor(name: str, title: str, series: str, *aliases: str, bound: str = "most_votes_of_series", squared: bool = False) -> Method:
    """Enter a rule of highest quotients."""
    return Method(name, DIVISOR, *places(name, bound), title, series, 0, squared, aliases)


def places(name: str, bound: str) -> tuple[str, str, str]:
    """Return where oracle, kernel and bound of a rule stand."""
    kernels = "mazhilis_sim.kernels.cpu.methods"
    return f"mazhilis_sim.counting.rules:{name}", f"{kernels}:{name.upper()}", f"{kernels}:{bound}"


METHODS: Mapping[str, Method] = MappingProxyType(
    {
        method.name: method
        for method in (
            quota("hare", "Hare", more=0, aliases=("Hamilton", "Hare-Niemeyer", "Vinton", "largest remainder")),
            quota("droop", "Droop", more=1, series=marked(", cut to a whole number, plus 1")),
            quota("hagenbach_bischoff", "Hagenbach-Bischoff", more=1),
            quota("imperiali", "Imperiali", more=2),
            divisor("dhondt", "D'Hondt", "1, 2, 3", "Jefferson", "greatest divisors"),
            divisor("sainte_lague", "Sainte-Laguë", "1, 3, 5", "Webster", "Schepers", "major fractions"),
            divisor("modified_sainte_lague", "modified Sainte-Laguë", "1.4, 3, 5", "Sainte-Laguë modified"),
            divisor("adams", "Adams", "0, 1, 2", "smallest divisors"),
            divisor("dean", "Dean", "0, 4/3, 12/5", "harmonic mean", bound="most_votes_of_means"),
            divisor(
                "huntington_hill",
                "Huntington-Hill",
                "0, the square roots of 2, 6, 12",
                "Hill",
                "equal proportions",
                bound="most_votes_of_squares",
                squared=True,
            ),
            divisor("danish", "Danish", "1, 4, 7"),
        )
    }
)
"""Every rule by name; the law's own first. A divisor of zero comes before all others, the list with most votes first."""
QUOTA_METHODS = tuple(name for name, method in METHODS.items() if method.family == QUOTA)
DIVISOR_METHODS = tuple(name for name, method in METHODS.items() if method.family == DIVISOR)


def letters_of(name: str) -> str:
    """Return what of a name does not depend on how it is written: its letters, small and without accents."""
    return re.sub(r"[^a-z]", "", unicodedata.normalize("NFKD", name).casefold())


NAMES: Mapping[str, str] = MappingProxyType(
    {letters_of(name): method.name for method in METHODS.values() for name in (method.name, method.title, *method.aliases)}
)
"""Every method by the letters of each of its names."""


def known_as(name: Any) -> Any:
    """Return the name that `METHODS` knows a rule by, of any of its names in any spelling; anything else as it is.

    Examples
    --------
    >>> known_as("Jefferson"), known_as("D’Hondt"), known_as("dhont")
    ('dhondt', 'dhondt', 'dhont')
    """
    return NAMES.get(letters_of(name[:LONGEST_SHOWN]), name) if isinstance(name, str) else name


def entry(method: str | SeatRule) -> Method:
    """Return the entry of a method; of a user's own that of the law's method, by which the kernels count before the rule is asked."""
    return METHODS[method if isinstance(method, str) else OF_THE_LAW]


@cache
def resolve(place: str) -> Any:
    """Return what stands at a dotted name, such as ``mazhilis_sim.counting.rules:droop``; its module is loaded now.

    Examples
    --------
    >>> resolve(METHODS["droop"].oracle)(100, 9)
    Fraction(11, 1)
    """
    module, _, name = place.partition(":")
    return getattr(importlib.import_module(module), name)


# -- a rule of a user's own --------------------------------------------------------------------------------------------


def read_method(value: Any) -> str | SeatRule:
    """Read the name of a rule, or a function that is one.

    Raises
    ------
    LawError
        For an unknown name, with the nearest one, and for what is neither a name nor a function.
    """
    if not callable(value):
        return named_method(value)
    rule: SeatRule = reading.function(value, "method", LawError)
    try:
        hash(rule)
    except Exception:  # laws are compared, and kept by their numbers
        raise LawError(field="method", got=value, must="be a function that can be hashed", remedy="write a plain function") from None
    return rule


def named_method(value: Any) -> str:
    """Return the method of a name, or say which name is near."""
    known = known_as(value)
    if isinstance(known, str) and known in METHODS:
        return known
    near = get_close_matches(letters_of(value[:LONGEST_SHOWN]), NAMES, n=1, cutoff=0.5) if isinstance(value, str) else []
    remedy = f"did you mean {spelt(near[0])!r}?" if near else ""
    raise LawError(field="method", got=value, must=f"be one of {', '.join(METHODS)}", remedy=remedy)


def spelt(letters: str) -> str:
    """Return the name of a method that has these letters, as it is written.

    Examples
    --------
    >>> spelt("saintelague"), spelt("webster")
    ('sainte_lague', 'Webster')
    """
    names = (name for method in METHODS.values() for name in (method.name, *method.aliases, method.title))
    return next(name for name in names if letters_of(name) == letters)


def method_name(method: str | SeatRule) -> str:
    """Return the name of a method as it is shown.

    Examples
    --------
    >>> def all_to_one(votes, seats):
    ...     return [seats] + [0] * (len(votes) - 1)
    >>> method_name("hare"), method_name(all_to_one)
    ('hare', 'all_to_one')
    """
    if isinstance(method, str):
        return method
    name = getattr(method, "__name__", None)
    return name[:LONGEST_SHOWN] if isinstance(name, str) else type(method).__name__


def method_title(method: str | SeatRule) -> str:
    """Return what a method is called in a sentence.

    Examples
    --------
    >>> method_title("dhondt")
    "D'Hondt"
    """
    return METHODS[method].title if isinstance(method, str) else method_name(method)
