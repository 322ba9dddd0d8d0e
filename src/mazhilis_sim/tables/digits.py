"""Numbers as they are shown: never more digits than are known."""

from __future__ import annotations

import math
from fractions import Fraction
from math import isqrt
from typing import Protocol

from mazhilis_sim.languages import _, number

UNKNOWN = "?"


class Chance(Protocol):
    """A probability that knows its standard error, such as `mazhilis_sim.Probability`."""

    @property
    def value(self) -> float:
        """The probability itself."""
        ...

    @property
    def se(self) -> float:
        """Its standard error."""
        ...

    def interval(self, level: float) -> tuple[float, float]:
        """Return an interval that contains it at a level."""
        ...


def per_cent(written: str) -> str:
    """Put the sign behind a number that is written already."""
    return _("{number} %").format(number=written)


def chance(p: Chance) -> str:
    """Write a probability with the digits that its standard error bears out; a bound where it is lost in the error.

    Examples
    --------
    >>> from mazhilis_sim import Probability
    >>> chance(Probability(253_520, 1_000_000)), chance(Probability(0, 1_000_000)), chance(Probability(999, 1000))
    ('25.4 %', '< 0.001 %', '> 99 %')
    """
    percent, error = 100 * p.value, 100 * p.se
    rarer = min(percent, 100 - percent)
    if rarer < 2 * error or error == 0:
        return bound(p)
    decimals = min(decimals_known(error), decimals_wanted(rarer))
    return per_cent(number(percent, f".{decimals}f")) if 0 < round(percent, decimals) < 100 else bound(p)


def rough_chance(p: Chance) -> str:
    """Write a probability in whole per cent, where what a model assumes is in more doubt than what the draws leave open.

    Examples
    --------
    >>> from mazhilis_sim import Probability
    >>> rough_chance(Probability(253_520, 1_000_000)), rough_chance(Probability(3_000, 1_000_000)), rough_chance(Probability(10, 10))
    ('25 %', '< 1 %', '?')
    """
    low, high = p.interval(0.95)
    if high - low > 0.04:
        return chance(p)
    if p.value < 0.01:
        return per_cent("< 1")
    return per_cent(f"{100 * p.value:.0f}" if p.value <= 0.99 else "> 99")


def decimals_known(error: float) -> int:
    """Return how many decimals a standard error leaves meaningful."""
    return max(0, math.floor(-math.log10(error)))


def decimals_wanted(percent: float) -> int:
    """Return one decimal, or two significant digits where that would be too few."""
    return 1 if percent >= 1 else 1 - math.floor(math.log10(percent))


def bound(p: Chance) -> str:
    """Bound a chance near 0 or 1 by the next power of ten beyond its Wilson interval."""
    low, high = p.interval(0.95)
    rare = p.value < 0.5
    power = math.ceil(math.log10(100 * (high if rare else 1 - low)))
    if power > 1:
        return UNKNOWN
    limit = 10.0**power
    return per_cent(f"{'<' if rare else '>'} {number(limit if rare else 100 - limit, f'.{max(0, -power)}f')}")


def percent(share: float | Fraction, digits: int = 1) -> str:
    """Write a share as a percentage with so many decimals, rounded half up from the exact number.

    Examples
    --------
    >>> percent(0.539), percent(Fraction(1, 3), 2)
    ('53.9 %', '33.33 %')
    """
    scaled = (Fraction(share) * 100 * 10**digits + Fraction(1, 2)).__floor__()
    return per_cent(in_decimals(scaled, digits, ""))


def short_percent(share: float | Fraction) -> str:
    """Write a threshold or a level as the law does, without decimals that say nothing: ``5 %``."""
    return per_cent(number(float(share * 100), "g"))


def decimal(value: Fraction, digits: int) -> str:
    """Write a fraction with thousands separators, cut (not rounded) after some digits."""
    scaled = (value * 10**digits).__floor__()
    return in_decimals(scaled, digits)


def in_decimals(scaled: int, digits: int, form: str = ",") -> str:
    """Write a whole number of units of the last of some decimals."""
    whole, rest = divmod(scaled, 10**digits)
    return number(whole, form) + (f"{number(0.5, '.1f')[1]}{rest:0{digits}d}" if digits else "")


def root(square: Fraction, digits: int) -> str:
    """Write a square root, cut after some digits."""
    return decimal(Fraction(isqrt(square.numerator * 100**digits // square.denominator), 10**digits), digits)
