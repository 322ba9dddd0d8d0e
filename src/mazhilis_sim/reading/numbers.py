"""Numbers as they are: exact, of any kind and in text; None for what is none."""

from __future__ import annotations

import operator
import re
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from numbers import Number, Rational, Real
from typing import Any, TypeAlias

NOT_GIVEN: Any = None
"""Of a field that is never None once it is read."""
Count: TypeAlias = int | float | str | Decimal | Fraction
"""What a whole number may be given as."""
Share: TypeAlias = float | str | Decimal | Fraction
"""What a share, a level or another real number may be given as."""
SURE = 2**53
"""Floats tell neighbouring whole numbers apart up to here."""
MOST_DIGITS = 1000
"""Of a whole number, which must be counted, printed and explained at once, and of a decimal."""
MOST_BITS = 10_000
"""Of either part of a fraction: what is longer takes long to compute with."""
MOST_EXPONENT = 400
"""Powers of ten beyond it stand in no vote and no share, and take long to compute."""
WHOLE = re.compile(
    r"(?P<sign>[-+]?)(?P<digits>\d{1,3}(?:,\d{3}){2,}|\d[\d_]*(?:\.\d+)?)(?:e\+?(?P<power>\d{1,2}))?(?P<unit>[kmgb]?)",
    re.ASCII | re.IGNORECASE,
)
"""A single comma may be a decimal one; two of them group thousands."""
UNITS = {"": 0, "k": 3, "m": 6, "g": 9, "b": 9}
DECIMAL = re.compile(r"(?P<number>[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d{1,3})?)\s*(?P<percent>%?)", re.ASCII | re.IGNORECASE)
RATIO = re.compile(r"[-+]?\d+\s*/\s*\d+", re.ASCII)


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


@lru_cache(maxsize=2**14)
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
