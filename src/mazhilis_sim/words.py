"""Numbers as they are shown: never more digits than are known."""
from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mazhilis_sim.results import Probability, SeatDistribution

BLOCKS, PLAIN_BLOCKS = " ▁▂▃▄▅▆▇█", " .:-=+*#@"
UNKNOWN = "?"


def chance(p: Probability) -> str:
    """Write a probability with the digits that its standard error bears out; a bound where it is lost in the error.

    Examples
    --------
    >>> from mazhilis_sim.results import Probability
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


def bound(p: Probability) -> str:
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


def grounds(result: SeatDistribution) -> list[str]:
    """Say what a forecast rests on: law, polls, model, districts."""
    question = result.question
    error = "sampling error only" if question.model.sampling_only else "sampling and nonsampling error"
    polls = [question.centre.polls] if question.centre.polls else []
    notes = [f"Law {result.law.name}", *polls, f"Model {question.model.name}: {error}"]
    if question.districts is not None:
        notes.append("No district polls exist: districts vary around the results that serve as their baseline")
    return notes


def source(result: SeatDistribution) -> str:
    """Say how a forecast can be made again."""
    return f"{result.n_draws:,} draws, seed {result.seed}. mazhilis_sim {result.version}"
