"""Dates, counts and lists of names in words."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence


def day(date: datetime.date) -> str:
    """Write a date in words."""
    return f"{date.day} {date:%B %Y}"


def plural(number: int, word: str) -> str:
    """Write a number and its noun."""
    return f"{number:,} {word}{'s' * (number != 1)}"


def numbered(word: str, numbers: Sequence[int]) -> str:
    """Write a noun and the numbers of those that are meant: ``districts 3, 7``."""
    return f"{word}{'s' * (len(numbers) != 1)} {', '.join(map(str, numbers))}"


def list_names(parties: Iterable[str]) -> str:
    """Join ids into ``a, b and c``."""
    *first, last = parties
    return f"{', '.join(first)} and {last}" if first else last
