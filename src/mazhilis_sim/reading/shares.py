"""Shares, levels, probabilities and other real numbers within bounds."""

from __future__ import annotations

import math
import re
from fractions import Fraction
from typing import Any

from mazhilis_sim.errors import Remedy
from mazhilis_sim.reading.numbers import fraction, plain
from mazhilis_sim.reading.wholes import Raised

DECIMAL_COMMA = re.compile(r"[-+]?\d*,\d+\s*%?", re.ASCII)


def exact(value: Any, field: str, error: Raised, *, like: str = '"7%"') -> Fraction:
    """Read a finite number exactly: ``"7%"``, ``"0.07"``, ``Decimal``, ``Fraction``, or a float as its shortest decimal."""
    number = fraction(value)
    if number is None:
        raise error(field=field, got=value, must=f"be a finite number such as {like}", remedy=comma_remedy(value))
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
