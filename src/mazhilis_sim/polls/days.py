"""The days of a poll: how far they are apart, and which of them are likely to be mistyped."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import TypeAlias

FIRST_YEAR = 1930
"""Nobody polled a sample before."""
LONGEST, TEN_YEARS, LATEST = datetime.timedelta(366), datetime.timedelta(3653), datetime.timedelta(31)
"""The longest fieldwork; the farthest future, and from a poll to its election; from an election to a poll of it."""
Days: TypeAlias = Mapping[str, datetime.date | None]
"""First and last day of fieldwork and the day of the election, by the names of a poll's fields."""


def days_between(day: datetime.date | None, election: datetime.date | None) -> int:
    """Return the days from a day to the election; 0 where one of them is unknown."""
    return (election - day).days if election and day else 0


def day_doubts(days: Days, today: datetime.date) -> Iterator[str]:
    """Say which days are hardly meant.

    Examples
    --------
    >>> day = datetime.date
    >>> list(day_doubts({"date": day(9999, 3, 10)}, day(2026, 8, 1)))
    ['doubtful date 9999-03-10: it lies more than ten years ahead']
    """
    start, date, election = (days.get(name) for name in ("start", "date", "election_date"))
    for name, day in (("start", start), ("date", date), ("election_date", election)):
        if day and day.year < FIRST_YEAR:
            yield f"doubtful {name} {day}: it lies before {FIRST_YEAR}"
    if date and later(date, today, TEN_YEARS):
        yield f"doubtful date {date}: it lies more than ten years ahead"
    if start and date and later(date, start, LONGEST):
        yield f"doubtful start {start}: fieldwork until {date} would have taken more than a year"
    if election and date and later(election, date, TEN_YEARS):
        yield f"doubtful election_date {election}: it lies more than ten years after the poll of {date}"
    if election and date and later(date, election, LATEST):
        yield f"doubtful date {date}: it lies more than a month after the election of {election}"


def later(day: datetime.date, than: datetime.date, by: datetime.timedelta) -> bool:
    """Tell whether a day comes so much later than another."""
    return day - than > by
