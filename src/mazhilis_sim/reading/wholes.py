"""Whole numbers within bounds: votes, seats, draws, threads, seeds."""

from __future__ import annotations

import math
import re
import secrets
from typing import Any, TypeAlias

from mazhilis_sim.errors import MazhilisError
from mazhilis_sim.reading.numbers import MOST_DIGITS, integer, plain

Raised: TypeAlias = type[MazhilisError]
"""The leaf that a reader raises."""
TOO_LARGE = 10**MOST_DIGITS
INT64 = 2**63 - 1
"""The largest integer of 64 bits, which arrays and compiled code hold."""
SEEDS = 2**64
"""Seeds lie below it."""
MOST_THREADS = 1_024
"""Of a run, each of which takes room of its own."""
GROUPED = re.compile(r"\d{1,3}(?:[ ,.'’\u00a0\u202f]\d{3})+", re.ASCII)
POWER = re.compile(r"[-+]?\d[\d.]*e\+?\d{3,}", re.ASCII | re.IGNORECASE)
"""A number with a power of ten that no count has."""


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
        raise error(field=field, got=value, must="not be negative", remedy=remedy, where=where)
    bounds = f"between {least:,} and {most:,}" if most is not None else f"of at least {least:,}" if least else ""
    must = " ".join(part for part in ("be a whole number", of and f"of {of}", bounds) if part)
    raise error(field=field, got=value, must=must, remedy=(whole_remedy(value) if number is None else "") or remedy, where=where)


def holds_no_count(value: Any) -> bool:
    """Tell whether a value is no count of anything: a word, a dash, nothing at all, infinity, or less than nothing.

    Examples
    --------
    >>> [holds_no_count(value) for value in ("n/a", "", None, float("nan"), -1, "-1", 1.5, "1,5", 7)]
    [True, True, True, True, True, True, False, False, False]
    """
    number, counted = plain(value), integer(value)
    if counted is not None or number is None:
        return counted is None or counted < 0
    if isinstance(number, str):
        return not any(map(str.isdigit, number))
    return isinstance(number, float) and not math.isfinite(number)


def whole_remedy(value: Any) -> str:
    """Say how to write a number that is almost a whole one."""
    number = plain(value)
    if isinstance(number, str) and len(number) > MOST_DIGITS:
        return f"write at most {MOST_DIGITS:,} digits"
    if isinstance(number, str) and POWER.fullmatch(number.strip()):
        return f"write it in digits, at most {MOST_DIGITS:,} of them"
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
