"""The only readers of numbers, shares, levels, seeds, dates and names: every public argument passes here.

What one door takes every door takes: Python, files and the command line. A reader is told the ``field`` that it reads, for
messages, and the ``error`` to raise; it never raises anything else, whatever the value is and does. Arrays have readers of
their own (`mazhilis_sim.counting.arrays`), which take no text; neither numpy nor numba is needed here.
"""

from __future__ import annotations

import datetime
import math
import operator
import re
import secrets
from collections.abc import Callable, Hashable, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import islice
from numbers import Number, Rational, Real
from typing import Any, Concatenate, ParamSpec, TypeAlias, TypeVar

from mazhilis_sim.errors import MazhilisError, Remedy, show, suggestion, unknown
from mazhilis_sim.names.labels import match
from mazhilis_sim.names.spelling import spelling

Kind = TypeVar("Kind")
Given = ParamSpec("Given")
Raised: TypeAlias = type[MazhilisError]
"""The leaf that a reader raises."""
Count: TypeAlias = int | float | str | Decimal | Fraction
"""What a whole number may be given as."""
Share: TypeAlias = float | str | Decimal | Fraction
"""What a share, a level or another real number may be given as."""
Day: TypeAlias = datetime.date | str
"""What a date may be given as."""

NOT_GIVEN: Any = None
"""Of a field that is never None once it is read."""
SURE = 2**53
"""Floats tell neighbouring whole numbers apart up to here."""
MOST_DIGITS = 1000
"""Of a whole number, which must be counted, printed and explained at once, and of a decimal."""
TOO_LARGE = 10**MOST_DIGITS
MOST_BITS = 10_000
"""Of either part of a fraction: what is longer takes long to compute with."""
MOST_ITEMS = 1_000_000
"""Of a collection: nothing here has more, and an endless one must end."""
MOST_EXPONENT = 400
"""Powers of ten beyond it stand in no vote and no share, and take long to compute."""
INT64 = 2**63 - 1
"""The largest integer of 64 bits, which arrays and compiled code hold."""
SEEDS = 2**64
"""Seeds lie below it."""
MOST_THREADS = 1_024
"""Of a run, each of which takes room of its own."""
WHOLE = re.compile(
    r"(?P<sign>[-+]?)(?P<digits>\d{1,3}(?:,\d{3}){2,}|\d[\d_]*(?:\.\d+)?)(?:e\+?(?P<power>\d{1,2}))?(?P<unit>[kmgb]?)",
    re.ASCII | re.IGNORECASE,
)
"""A single comma may be a decimal one; two of them group thousands."""
UNITS = {"": 0, "k": 3, "m": 6, "g": 9, "b": 9}
GROUPED = re.compile(r"\d{1,3}(?:[ ,.'’\u00a0\u202f]\d{3})+", re.ASCII)
DECIMAL = re.compile(r"(?P<number>[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d{1,3})?)\s*(?P<percent>%?)", re.ASCII | re.IGNORECASE)
RATIO = re.compile(r"[-+]?\d+\s*/\s*\d+", re.ASCII)
DECIMAL_COMMA = re.compile(r"[-+]?\d*,\d+\s*%?", re.ASCII)


# -- numbers as they are -----------------------------------------------------------------------------------------------


def plain(value: Any) -> Any:
    """Return the number that an array without dimensions holds, none where it is masked; anything else as it is.

    None stands for what falls apart when looked at as well.
    """
    try:
        if isinstance(value, (Number, str)) or getattr(value, "shape", None) != ():
            return value
        return None if getattr(value, "mask", False) else value.item()
    except Exception:
        return None


def integer(value: Any) -> int | None:
    """Return a value as an exact integer, or None where it is none.

    Examples
    --------
    >>> [integer(value) for value in (7, 1e6, Fraction(4, 2), "10M", "1_000", "1,000,000", 1.5, 1e300, True, "1,000", None)]
    [7, 1000000, 2, 10000000, 1000, 1000000, None, None, None, None, None]
    """
    if type(value) is int:
        return value
    number = plain(value)
    try:
        if isinstance(number, bool) or type(number).__name__ in ("bool", "bool_"):
            return None
        if isinstance(number, str):
            return integer_in(number)
        if isinstance(number, float):
            return int(number) if number.is_integer() and abs(number) <= SURE else None
        if isinstance(number, Decimal):
            return int(number) if is_short(number) and number == number.to_integral_value() else None
        if isinstance(number, Fraction):
            return number.numerator if number.denominator == 1 else None
        return operator.index(number)
    except Exception:  # whatever a stranger's number does
        return None


def is_short(number: Decimal) -> bool:
    """Tell whether a decimal is a finite one that is computed with in no time: told before it is computed with."""
    return number.is_finite() and abs(number.adjusted()) <= MOST_EXPONENT and len(number.as_tuple().digits) <= MOST_DIGITS


def integer_in(text: str) -> int | None:
    """Read a whole number in text: a sign, digits with an underscore or commas between groups, a power of ten or a unit."""
    match = WHOLE.fullmatch(text.strip()) if len(text) <= MOST_DIGITS else None
    if match is None:
        return None
    unsigned = match["digits"].replace("_", "").replace(",", "")
    digits = match["sign"] + unsigned
    if unsigned.isdecimal() and not match["power"] and not match["unit"]:
        return int(digits)
    exact = Fraction(digits) * 10 ** (int(match["power"] or 0) + UNITS[match["unit"].lower()])
    return exact.numerator if exact.denominator == 1 else None


def fraction(value: Any) -> Fraction | None:
    """Return a value as an exact fraction, a float as the decimal that it prints as; None where it is no finite number.

    Examples
    --------
    >>> [fraction(value) for value in ("7%", "7 %", "0.07", 0.07, Decimal("0.07"), "7/100")] == [Fraction(7, 100)] * 6
    True
    >>> [fraction(value) for value in ("seven", float("nan"), None, True, "1e9999")]
    [None, None, None, None, None]
    """
    number = plain(value)
    try:
        if isinstance(number, bool):
            return None
        if isinstance(number, str):
            return fraction_in(number.strip())
        if isinstance(number, Rational):
            above, below = int(number.numerator), int(number.denominator)
            return Fraction(above, below) if max(above.bit_length(), below.bit_length()) <= MOST_BITS else None
        if isinstance(number, Decimal):
            return Fraction(number) if is_short(number) else None
        if isinstance(number, Real):  # a float as the decimal that it prints as, one of another width too
            return fraction_in(str(number))
        return Fraction(operator.index(number))
    except Exception:  # whatever a stranger's number does
        return None


def fraction_in(text: str) -> Fraction | None:
    """Read a number in text: a decimal, a percentage or a ratio."""
    if len(text) > MOST_DIGITS:
        return None
    if RATIO.fullmatch(text):
        above, below = (int(part) for part in text.split("/"))
        return Fraction(above, below) if below else None
    match = DECIMAL.fullmatch(text)
    if match is None:
        return None
    number = Fraction(match["number"])
    return number / 100 if match["percent"] else number


# -- whole numbers -----------------------------------------------------------------------------------------------------


def whole(
    value: Any, field: str, error: Raised, *, least: int = 0, most: int | None = None, of: str = "", remedy: str = "", where: str = ""
) -> int:
    """Read a whole number: an integer of any kind, a whole float below 2**53, or text such as ``1,000,000``, ``1e6`` and ``10M``.

    Parameters
    ----------
    least, most : int
        Bounds, both included.
    of : str
        What is counted, for messages.
    """
    number = integer(value)
    if number is not None and not -TOO_LARGE < number < TOO_LARGE:
        raise error(field=field, got=value, must=f"have at most {MOST_DIGITS:,} digits", where=where)
    if number is not None and number >= least and (most is None or number <= most):
        return number
    if number is not None and number < 0 and least == 0 and most is None:
        raise error(field=field, got=value, must="not be negative", where=where)
    bounds = f"between {least:,} and {most:,}" if most is not None else f"of at least {least:,}" if least else ""
    must = " ".join(part for part in ("be a whole number", of and f"of {of}", bounds) if part)
    raise error(field=field, got=value, must=must, remedy=(whole_remedy(value) if number is None else "") or remedy, where=where)


def whole_remedy(value: Any) -> str:
    """Say how to write a number that is almost a whole one."""
    number = plain(value)
    if isinstance(number, str) and len(number) > MOST_DIGITS:
        return f"write at most {MOST_DIGITS:,} digits"
    if isinstance(number, str) and GROUPED.fullmatch(number.strip()):
        return f"write {re.sub('[^0-9]', '', number)}, without separators"
    if isinstance(number, float) and number.is_integer():
        return "write it as an int, since floats of this size do not tell neighbours apart"
    return ""


def seed(value: Any, error: Raised) -> int:
    """Read a seed in [0, 2**64); None draws one."""
    if value is None:
        return secrets.randbits(53)
    number = integer(value)
    if number is None or not 0 <= number < SEEDS:
        raise error(field="seed", got=value, must="be a whole number in [0, 2**64)")
    return number


# -- shares, levels, real numbers --------------------------------------------------------------------------------------


def exact(value: Any, field: str, error: Raised, *, like: str = '"7%"', where: str = "") -> Fraction:
    """Read a finite number exactly: ``"7%"``, ``"0.07"``, ``Decimal``, ``Fraction``, or a float as its shortest decimal."""
    number = fraction(value)
    if number is None:
        raise error(field=field, got=value, must=f"be a finite number such as {like}", remedy=comma_remedy(value), where=where)
    return number


def comma_remedy(value: Any) -> str:
    """Say how to write a number with a decimal comma."""
    return f"write {value.replace(',', '.')}" if isinstance(value, str) and DECIMAL_COMMA.fullmatch(value.strip()) else ""


def share(value: Any, field: str, error: Raised, *, ends: str = "[]", where: str = "") -> Fraction:
    """Read a share between 0 and 1; ``ends`` says which of both belong to it: ``"[]"``, ``"[)"``, ``"(]"`` or ``"()"``.

    A bare number of percent, such as 41, is answered with how to write it.
    """
    number = fraction(value)
    if number is None:
        raise error(field=field, got=value, must='be a share such as 0.41 or "41%"', remedy=comma_remedy(value), where=where)
    if not lies_within(number, ends):
        remedy = share_remedy(value, number) if lies_within(number / 100, ends) else ""
        raise error(field=field, got=value, must=f"lie in {ends[0]}0, 1{ends[1]}", remedy=remedy, where=where)
    return number


def lies_within(number: Fraction, ends: str) -> bool:
    """Tell whether a number lies between 0 and 1, or is one of them that belongs to it."""
    return 0 < number < 1 or (number == 0 and ends[0] == "[") or (number == 1 and ends[1] == "]")


def share_remedy(value: Any, number: Fraction) -> str | Remedy:
    """Say how to write a number that is meant in percent."""
    if not 1 <= number <= 100 or (isinstance(value, str) and "%" in value):
        return ""
    percent = f"{float(number):g}"
    python = f"Fraction({number}, 100)" if number.denominator == 1 else f"{float(number) / 100:g}"
    return Remedy(f'write {percent} % as "{percent}%" or {python}', f'write {percent} % as "{percent}%"')


def level(value: Any, error: Raised, field: str = "the level of an interval", *, where: str = "") -> float:
    """Read the level of an interval, in (0, 1): ``0.9``, ``"90%"`` or ``"90 %"``."""
    number = fraction(value)
    as_float = math.nan if number is None else to_float(number)
    if not 0 < as_float < 1:  # of the float: what rounds to 1 is none
        raise error(field=field, got=value, must="lie in (0, 1)", remedy='write 0.9 or "90%"', where=where)
    return as_float


def probability(value: Any, field: str, error: Raised) -> float:
    """Read a probability or a quantile, in [0, 1]."""
    return float(share(value, field, error))


def real(
    value: Any,
    field: str,
    error: Raised,
    *,
    least: float | None = None,
    above: float | None = None,
    most: float = math.inf,
    where: str = "",
) -> float:
    """Read a finite real number of any kind as a float, of at least one bound or above another, and of at most a third."""
    as_float = value if type(value) is float else float_of(value)  # the decimal that a float prints as is the same float
    if not math.isfinite(as_float):
        raise error(field=field, got=value, must="be a finite number", remedy=comma_remedy(value), where=where)
    if least is not None and as_float < least:
        raise error(field=field, got=value, must=f"be a number of at least {least:g}", where=where)
    if above is not None and not as_float > above:
        raise error(field=field, got=value, must=f"be a number above {above:g}", where=where)
    if as_float > most:
        raise error(field=field, got=value, must=f"be a number of at most {most:g}", where=where)
    return as_float


def positive(value: Any, field: str, error: Raised, *, infinite: bool = False, where: str = "") -> float:
    """Read a real number above 0 as a float, infinity too where it means something."""
    number = plain(value)
    if infinite and isinstance(number, float) and number == math.inf:
        return math.inf
    as_float = float_of(value)
    if not 0 < as_float < math.inf:
        must = "be a number that floats hold, below 1.8e308" if as_float == math.inf else "be a number above 0"
        raise error(field=field, got=value, must=must, remedy=comma_remedy(value), where=where)
    return as_float


def float_of(value: Any) -> float:
    """Return a real number of any kind as the nearest float; nan where it is none."""
    number = fraction(value)
    return math.nan if number is None else to_float(number)


def to_float(number: Fraction) -> float:
    """Return the nearest float; infinity where there is none."""
    try:
        return float(number)
    except OverflowError:
        return math.inf


# -- dates, names, collections -----------------------------------------------------------------------------------------


def is_empty(value: Any) -> bool:
    """Tell whether nothing is given: None, or an empty cell."""
    return value is None or (isinstance(value, str) and not value.strip())


def date(value: Any, field: str, error: Raised, *, where: str = "") -> datetime.date | None:
    """Read a date or its ISO form; empty stays None."""
    if is_empty(value):
        return None
    if isinstance(value, datetime.datetime) and value == value:  # the missing time of data frames is none, and equals nothing
        return value.date()
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value
    try:
        return datetime.date.fromisoformat(value.strip() if isinstance(value, str) else "")
    except ValueError:
        raise error(field=field, got=value, must='be a date such as "2023-03-10"', where=where) from None


def maybe(read: Callable[Concatenate[Any, Given], Kind], value: Any, *rest: Given.args, **named: Given.kwargs) -> Kind | None:
    """Read a value where one is given; None where none is."""
    return None if is_empty(value) else read(value, *rest, **named)


def text(value: Any, field: str, error: Raised, *, where: str = "") -> str:
    """Read text, which may be empty."""
    if not isinstance(value, str):
        raise error(field=field, got=value, must="be text", where=where)
    return str(value)


def name(value: Any, field: str, error: Raised, *, where: str = "") -> str:
    """Read an id or a name: text that is not blank."""
    if not isinstance(value, str) or not value.strip():
        raise error(field=field, got=value, must="be a non-empty string", where=where)
    return str(value)


def choice(value: Any, field: str, known: Iterable[str], error: Raised, *, where: str = "") -> str:
    """Read one of a few words."""
    words = tuple(known)
    if not isinstance(value, str) or value not in words:
        near = suggestion(value, words) if isinstance(value, str) else ""
        raise error(field=field, got=value, must=f"be one of {', '.join(words)}", remedy=near if "mean" in near else "", where=where)
    return str(value)


def position(value: Any, known: Iterable[str], field: str, error: Raised, *, where: str = "") -> int:
    """Return the place of a name among those that are known, in any spelling, or raise an error with the nearest one."""
    names = tuple(known)
    found = match(value, names) if isinstance(value, str) else None
    if found is None:
        raise unknown(error, field, value, names, where=where)
    return names.index(found)


def flag(value: Any, field: str, error: Raised) -> bool:
    """Read True or False."""
    if not isinstance(plain(value), bool):
        raise error(field=field, got=value, must="be True or False")
    return bool(value)


def mapping(value: Any, field: str, error: Raised, *, like: str = '{"amanat": 3431510}', where: str = "") -> dict[str, Any]:
    """Read a mapping of ids, in its order; a data-frame column with an index of ids will do."""
    try:
        pairs = list(value.items()) if isinstance(value, Mapping) or hasattr(value, "items") else None
        found = None if pairs is None else dict(pairs)
    except Exception:  # whatever a stranger's mapping does; keys that cannot be hashed
        pairs = found = None
    if pairs is None or found is None:
        raise error(field=field, got=value, must=f"be a mapping such as {like}", where=where)
    for key in found:
        if not isinstance(key, str) or not key.strip():
            raise error(field=f"{field}: an id", got=key, must="be a non-empty string", where=where)
    if len(found) < len(pairs):
        raise error(f"{field} holds a name twice", field=field, got=value, must="hold each name once", where=where)
    return {str(key): item for key, item in found.items()}


def counts(value: Any, field: str, error: Raised, *, of: str = "votes", where: str = "") -> dict[str, int]:
    """Read a mapping of ids to whole numbers, such as votes by list."""
    return {
        key: number if type(number) is int and 0 <= number < TOO_LARGE else whole(number, f"{of} of {show(key)}", error, where=where)
        for key, number in mapping(value, field, error, where=where).items()
    }


def once(ids: Iterable[Hashable], kind: str, error: Raised, *, where: str = "") -> None:
    """Refuse ids of which one stands twice, names in another spelling too."""
    seen: dict[Hashable, Hashable] = {}
    for id_ in ids:
        key = spelling(id_) if isinstance(id_, str) else id_
        if key in seen:
            twice = f"{kind} {show(id_)} twice" if seen[key] == id_ else f"{show(seen[key])} and {show(id_)}, one {kind}"
            raise error(field=f"each {kind}", must="stand once", got=id_, shown=twice, where=where)
        seen[key] = id_


def names_of_parties(value: Any, error: Raised) -> dict[str, str]:
    """Read what to call the parties: names by id, or None for none."""
    given = {} if value is None else mapping(value, "names", error, like='{"amanat": "Amanat"}')
    return {party: name(called, f"name of {show(party)}", error) for party, called in given.items()}


def of_known(values: Mapping[str, Kind], known: Iterable[str], field: str, error: Raised, *, where: str = "") -> dict[str, Kind]:
    """Return values by the known ids that their names spell, each once."""
    names, given = tuple(known), dict[str, str]()
    for name in values:
        id_ = names[position(name, names, field, error, where=where)]
        if id_ in given:
            raise error(f"{show(given[id_])} and {show(name)} are one {field}", field=field, got=name, must="stand once", where=where)
        given[id_] = name
    return {id_: values[name] for id_, name in given.items()}


def items(value: Any, field: str, error: Raised, *, like: str = "", where: str = "") -> tuple[Any, ...]:
    """Read a collection, a generator too; text and mappings are none."""
    found = None if isinstance(value, (str, bytes, bytearray, Mapping)) else all_of(value, field, error, where)
    if found is None:
        raise error(field=field, got=value, must=f"be a sequence{like and ' such as ' + like}", where=where)
    return found


def several(value: Any, field: str, error: Raised) -> tuple[Any, ...]:
    """Read one thing, or several in a collection; text and numbers are one thing."""
    one = plain(value)
    return (one,) if isinstance(one, (str, Number)) else items(value, field, error)


def members(value: Any, kind: type[Kind], field: str, error: Raised, *, where: str = "") -> tuple[Kind, ...]:
    """Read a collection, a generator too, whose members are all of one kind."""
    must = f"be a sequence of {kind.__name__}"
    if isinstance(value, kind):
        raise error(field=field, got=value, must=must, remedy="write it in a list", where=where, shown=type(value).__name__)
    found = all_of(value, field, error, where)
    if found is None:
        raise error(field=field, got=value, must=must, where=where, shown=type(value).__name__)
    for member in found:
        if not isinstance(member, kind):
            raise error(field=field, got=member, must=must, where=where, shown=f"{type(member).__name__} in it")
    return found


def all_of(value: Any, field: str, error: Raised, where: str) -> tuple[Any, ...] | None:
    """Return what a collection holds, or None for what is none or fails; one that goes on and on is refused."""
    try:
        found = tuple(islice(iter(value), MOST_ITEMS + 1))
    except Exception:  # whatever a stranger's iterator does
        return None
    if len(found) > MOST_ITEMS:
        raise error(field=field, got=value, must=f"hold at most {MOST_ITEMS:,} items", where=where, shown=type(value).__name__)
    return found


def instance(value: Any, kind: type[Kind], field: str, error: Raised, *, remedy: str = "") -> Kind:
    """Read an object of one kind."""
    if not isinstance(value, kind):
        article = "an" if kind.__name__[0] in "AEIOU" else "a"
        raise error(field=field, got=value, must=f"be {article} {kind.__name__}", remedy=remedy)
    return value


def function(value: Any, field: str, error: Raised, *, of: str = "", classes: bool = False) -> Callable[..., Any]:
    """Read a function, told what it is a function of; a class only where one will do."""
    if not callable(value) or (isinstance(value, type) and not classes):
        raise error(field=field, got=value, must=f"be a function{of and ' of ' + of}")
    found: Callable[..., Any] = value
    return found
