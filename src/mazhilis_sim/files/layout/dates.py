"""Dates as people write them: ISO, 01.08.2026, 1 August 2026, and 01/08/2026, of which a whole table tells what comes first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from mazhilis_sim.files.dialect import ORDERS, Dialect
from mazhilis_sim.files.layout.ambiguity import AmbiguousError

MONTHS = (
    ("january", "jan", "января", "январь", "қаңтар"),
    ("february", "feb", "февраля", "февраль", "ақпан"),
    ("march", "mar", "марта", "март", "наурыз"),
    ("april", "apr", "апреля", "апрель", "сәуір"),
    ("may", "may", "мая", "май", "мамыр"),
    ("june", "jun", "июня", "июнь", "маусым"),
    ("july", "jul", "июля", "июль", "шілде"),
    ("august", "aug", "августа", "август", "тамыз"),
    ("september", "sep", "сентября", "сентябрь", "қыркүйек"),
    ("october", "oct", "октября", "октябрь", "қазан"),
    ("november", "nov", "ноября", "ноябрь", "қараша"),
    ("december", "dec", "декабря", "декабрь", "желтоқсан"),
)
NUMBERS = {word: str(number) for number, words in enumerate(MONTHS, 1) for word in words}
MONTH = f"(?P<month>{'|'.join(sorted(NUMBERS, key=len, reverse=True))})"
YEAR_MARK = r"(?:\s*(?:года|г|жылғы|жыл|ж)\b\.?)?"
FIRST_DAY = r"(?:\d[\d.\s]*(?:\s*[^\W\d]+)?(?:\s+\d{4})?\s*[-–—]\s*)?"
"""Of fieldwork that took several days: what stands before the dash."""
ISO = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?", re.ASCII)
ISO_DAYS = re.compile(rf"{ISO.pattern}(?:\s*[–—]\s*|\s+-\s+)({ISO.pattern})", re.ASCII)
DAY_FIRST = re.compile(rf"{FIRST_DAY}(\d{{1,2}})\.(\d{{1,2}})\.(\d{{4}}){YEAR_MARK}")
EITHER = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})", re.ASCII)
IN_WORDS = (
    re.compile(rf"{FIRST_DAY}(?P<day>\d{{1,2}})\s+{MONTH}\.?,?\s+(?P<year>\d{{4}}){YEAR_MARK}"),
    re.compile(rf"(?:[^\W\d]+\.?\s+\d{{1,2}}\s*[-–—]\s*)?{MONTH}\.?\s+(?:\d{{1,2}}\s*[-–—]\s*)?(?P<day>\d{{1,2}}),?\s+(?P<year>\d{{4}})"),
    re.compile(rf"(?P<year>\d{{4}}){YEAR_MARK}\s+{FIRST_DAY}(?P<day>\d{{1,2}})\s+{MONTH}"),
)
"""8 August 2026, August 8, 2026, 2026 жылғы 8 тамыз; also 1-8 August 2026, of which the last day is meant."""


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
        return any(pattern.fullmatch(text.casefold()) for pattern in (ISO, ISO_DAYS, DAY_FIRST, EITHER, *IN_WORDS))

    def iso(self, text: str) -> str:
        """Return a date in its ISO form, any other text as it is; raise `AmbiguousError` where it can be read in two ways.

        Examples
        --------
        >>> Dates().iso("01.08.2026"), Dates("month first").iso("8/1/2026")
        ('2026-08-01', '2026-08-01')
        """
        if match := ISO.fullmatch(ISO_DAYS.sub(r"\4", text)):
            return joined(*match.groups())
        if match := DAY_FIRST.fullmatch(text.casefold()):
            return joined(*reversed(match.groups()))
        for pattern in IN_WORDS:
            if match := pattern.fullmatch(text.casefold()):
                return joined(match["year"], NUMBERS[match["month"]], match["day"])
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
