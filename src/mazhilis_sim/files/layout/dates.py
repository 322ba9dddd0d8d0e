"""Dates as people write them: ISO, 01.08.2026, and 01/08/2026, of which a whole table tells what comes first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from mazhilis_sim.files.dialect import ORDERS, Dialect
from mazhilis_sim.files.layout.ambiguity import AmbiguousError

ISO = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?", re.ASCII)
DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?:\s*[гж]\.?)?", re.ASCII)
EITHER = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Dates:
    """What comes first in dates such as 01/08/2026; nothing where no date of the table tells."""

    order: str = ""

    @classmethod
    def of(cls, texts: Iterable[str], said: Dialect) -> Dates:
        """Find out what comes first: a number above 12 is a day."""
        if said.order:
            return cls(said.order)
        found = [match for text in texts if (match := EITHER.fullmatch(text))]
        tells = {order for match in found for order, part in zip(ORDERS, match.groups(), strict=False) if int(part) > 12}
        return cls(tells.pop() if len(tells) == 1 else "")

    def is_date(self, text: str) -> bool:
        """Tell whether a text is a date, whatever comes first in it."""
        return any(pattern.fullmatch(text) for pattern in (ISO, DAY_FIRST, EITHER))

    def iso(self, text: str) -> str:
        """Return a date in its ISO form, any other text as it is; raise `AmbiguousError` where it can be read in two ways.

        Examples
        --------
        >>> Dates().iso("01.08.2026"), Dates("month first").iso("8/1/2026")
        ('2026-08-01', '2026-08-01')
        """
        if match := ISO.fullmatch(text):
            return joined(*match.groups())
        if match := DAY_FIRST.fullmatch(text):
            return joined(*reversed(match.groups()))
        match = EITHER.fullmatch(text)
        if match is None:
            return text
        first, second, year = match.groups()
        by_order = {ORDERS[0]: joined(year, second, first), ORDERS[1]: joined(year, first, second)}
        known = self.order or (ORDERS[0] if int(first) > 12 or first == second else ORDERS[1] if int(second) > 12 else "")
        if not known:
            raise AmbiguousError(by_order)
        return by_order[known]


def joined(year: str, month: str, day: str) -> str:
    """Write a date in its ISO form; whether there is such a day is for who reads it."""
    return f"{year}-{int(month):02}-{int(day):02}"
