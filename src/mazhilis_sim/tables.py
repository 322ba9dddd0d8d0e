"""Text tables, and numbers as they are shown: never more digits than are known."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import isqrt
from typing import Protocol

BLOCKS, PLAIN_BLOCKS = " ▁▂▃▄▅▆▇█", " .:-=+*#@"
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
    return f"{percent:.{decimals}f} %" if 0 < round(percent, decimals) < 100 else bound(p)


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
    return f"{'<' if rare else '>'} {limit if rare else 100 - limit:.{max(0, -power)}f} %"


def percent(share: float) -> str:
    """Write a share with one decimal."""
    return f"{100 * share:.1f} %"


def day(date: datetime.date) -> str:
    """Write a date in words."""
    return f"{date.day} {date:%B %Y}"


def sparkline(counts: Sequence[int], low: int, high: int, width: int, blocks: str = BLOCKS) -> str:
    """Draw how often each number of seats from ``low`` to ``high`` came, several of them to a mark where they are many.

    Examples
    --------
    >>> sparkline([9, 0, 0, 3, 8, 4], 0, 5, 8)
    '█  ▃█▄'
    """
    step = -(-(high - low + 1) // width)
    bins = [sum(counts[start : min(start + step, high + 1)]) for start in range(low, high + 1, step)]
    top = max(bins) or 1
    return "".join(blocks[math.ceil(count / top * (len(blocks) - 1))] for count in bins)


def plural(number: int, word: str) -> str:
    """Write a number and its noun."""
    return f"{number:,} {word}{'s' * (number != 1)}"


def short_percent(share: Fraction) -> str:
    """Write a threshold as the law does: ``5 %``."""
    return f"{float(share * 100):g} %"


def decimal(value: Fraction, digits: int) -> str:
    """Write a fraction with thousands separators, cut (not rounded) after some digits."""
    scaled = (value * 10**digits).__floor__()
    return f"{scaled // 10**digits:,}.{scaled % 10**digits:0{digits}d}"


def root(square: Fraction, digits: int) -> str:
    """Write a square root, cut after some digits."""
    return decimal(Fraction(isqrt(square.numerator * 100**digits // square.denominator), 10**digits), digits)


def columns(rows: Sequence[Sequence[object]]) -> list[str]:
    """Set rows in columns: the first flush left, the others flush right."""
    texts = [[str(cell) for cell in row] for row in rows]
    widths = [max(len(row[i]) for row in texts) for i in range(len(texts[0]))]
    return [
        "   " + "  ".join([row[0].ljust(widths[0]), *(cell.rjust(w) for cell, w in zip(row[1:], widths[1:], strict=True))]).rstrip()
        for row in texts
    ]


def list_names(parties: Iterable[str]) -> str:
    """Join ids into ``a, b and c``."""
    *first, last = parties
    return f"{', '.join(first)} and {last}" if first else last
