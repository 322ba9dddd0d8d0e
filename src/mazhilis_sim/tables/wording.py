"""Dates, counts and lists of names in words: in the language spoken, but for `plural`, which is for messages."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from mazhilis_sim.languages import _, marked

MONTHS = (
    *(marked("January"), marked("February"), marked("March"), marked("April"), marked("May"), marked("June"), marked("July")),
    *(marked("August"), marked("September"), marked("October"), marked("November"), marked("December")),
)
"""As a date has them (Unicode CLDR 47, ``dates/calendars/gregorian/months/format/wide``)."""


def day(date: datetime.date) -> str:
    """Write a date in words."""
    return _("{day} {month} {year}").format(day=date.day, month=_(MONTHS[date.month - 1]), year=date.year)


def plural(number: int, word: str) -> str:
    """Write a number and its noun, in English."""
    return f"{number:,} {word}{'s' * (number != 1)}"


def without_gaps(text: str) -> str:
    """Return a sentence in which nothing stands for a name, without the blanks around it.

    Examples
    --------
    >>> without_gaps("Election , law 2026"), without_gaps("Election 2023, law 2026")
    ('Election, law 2026', 'Election 2023, law 2026')
    """
    return " ".join(text.split()).replace(" ,", ",")


def numbers(of: Sequence[int]) -> str:
    """Write numbers one after another: ``3, 7``."""
    return ", ".join(map(str, of))


def list_names(parties: Iterable[str]) -> str:
    """Join ids into ``a, b and c``."""
    *first, last = parties
    return _("{some} and {last}").format(some=", ".join(first), last=last) if first else last
