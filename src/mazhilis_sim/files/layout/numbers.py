"""Numbers as people write them: which mark groups thousands and which stands before decimals, found out for a whole table."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from mazhilis_sim.files.dialect import Dialect, mark_name
from mazhilis_sim.files.layout.ambiguity import AmbiguousError
from mazhilis_sim.files.sources.grid import Exact

BLANKS = " \u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f"
"""Between groups of digits: blanks of every width, those at which no line breaks too."""
APOSTROPHES = "'’‘ʼ"
GROUPING = {**dict.fromkeys(BLANKS, " "), **dict.fromkeys(APOSTROPHES, "'")}
"""Every letter that groups digits and does nothing else, as the mark that it stands for."""
NUMBER = re.compile(rf"(?P<sign>[-+−]?)(?P<digits>\d(?:[\d.,{BLANKS}{APOSTROPHES}]*[\d.,])?)(?P<tail>[{BLANKS}]*%?)", re.ASCII)
GROUPS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
ONE_MARK = re.compile(r"(?P<whole>\d+)(?P<mark>[.,])(?P<rest>\d+)")


@dataclass(frozen=True, slots=True)
class Written:
    """A number in text, taken apart as far as it is certain.

    Parameters
    ----------
    plain : str
        As Python writes it, where that is certain.
    decimal, thousands : str
        The marks that it uses for certain.
    doubtful : str
        The mark of which it does not tell what it is for.
    """

    plain: str = ""
    decimal: str = ""
    thousands: str = ""
    doubtful: str = ""


@lru_cache(maxsize=2**16, typed=True)
def take_apart(text: str) -> Written | None:
    """Take a number apart; None for what is no number that a mark could stand in."""
    match = NUMBER.fullmatch(text)
    if match is None or isinstance(text, Exact):
        return None
    sign, tail = match["sign"].replace("−", "-"), match["tail"].strip(BLANKS)
    digits, thousands = without_groups(match["digits"])
    found = by_points(digits, thousands)
    return None if found is None else Written(f"{sign}{found.plain}{tail}", found.decimal, found.thousands, found.doubtful)


def without_groups(digits: str) -> tuple[str, str]:
    """Take out blanks or apostrophes between groups of three digits; leave others, which make it no number."""
    marks = {GROUPING[letter] for letter in digits if letter in GROUPING}
    if len(marks) != 1:
        return digits, ""
    head, *groups = re.split(f"[{BLANKS}{APOSTROPHES}]", digits)
    whole = [re.split("[.,]", group)[0] if group is groups[-1] else group for group in groups]
    if not 1 <= len(head) <= 3 or not head.isdigit() or any(len(group) != 3 or not group.isdigit() for group in whole):
        return digits, ""
    return "".join((head, *groups)), marks.pop()


def by_points(digits: str, thousands: str) -> Written | None:
    """Tell what commas and points are for."""
    marks = [letter for letter in digits if letter in ".,"]
    if not marks:
        return Written(digits, thousands=thousands) if digits.isdigit() else None
    if len(set(marks)) == 2:
        return of_both(digits, marks)
    return of_one(digits, marks, thousands)


def of_both(digits: str, marks: list[str]) -> Written | None:
    """Read a number with commas and points: the last stands before decimals, the other between groups."""
    first, last = marks[0], marks[-1]
    whole, _, rest = digits.rpartition(last)
    if marks.count(last) != 1 or not GROUPS.fullmatch(whole) or not rest.isdigit():
        return None
    return Written(f"{whole.replace(first, '')}.{rest}", decimal=last, thousands=first)


def of_one(digits: str, marks: list[str], thousands: str) -> Written | None:
    """Read a number with one kind of mark: several group, one that is not before three digits stands before decimals."""
    mark = marks[0]
    if len(marks) > 1:
        grouped = GROUPS.fullmatch(digits) and not thousands and not digits.startswith("0")
        return Written(digits.replace(mark, ""), thousands=mark) if grouped else None
    match = ONE_MARK.fullmatch(digits)
    if match is None:
        return Written(digits) if digits.endswith(".") and digits[:-1].isdigit() else None
    plain = f"{match['whole']}.{match['rest']}"
    if len(match["rest"]) != 3 or len(match["whole"]) > 3 or match["whole"].startswith("0") or thousands:
        return Written(plain, decimal=mark, thousands=thousands)
    return Written(plain, doubtful=mark)


@dataclass(frozen=True, slots=True)
class Marks:
    """What commas and points in a table are for, as far as it is known.

    Parameters
    ----------
    decimal : frozenset of str
        The marks that stand before decimals somewhere.
    thousands : frozenset of str
        The marks that group digits somewhere.
    """

    decimal: frozenset[str] = frozenset()
    thousands: frozenset[str] = frozenset()

    @classmethod
    def of(cls, texts: Iterable[str], shares: Iterable[str], said: Dialect) -> Marks:
        """Find the marks of a table from its cells; shares are below a thousand, so that their mark is before decimals.

        Examples
        --------
        >>> Marks.of(["1,234", "48.5"], [], Dialect()).plain("1,234")
        '1234'
        """
        found = [written for text in texts if (written := take_apart(text))]
        decimal = {written.decimal for written in found} | {w.doubtful for text in shares if (w := take_apart(text))}
        thousands = {written.thousands for written in found}
        return cls(frozenset(decimal | {said.decimal}) - {""}, frozenset(thousands | {said.thousands}) - {""})

    def plain(self, text: str, *, share: bool = False) -> str:
        """Return a number as Python writes it, any other text as it is; raise `AmbiguousError` where it can be read in two ways."""
        written = take_apart(text)
        if written is None:
            return text
        if not written.doubtful or share or self.before_decimals(written.doubtful):
            return written.plain
        grouped = written.plain.replace(".", "")
        if self.between_groups(written.doubtful):
            return grouped
        name = mark_name(written.doubtful)
        raise AmbiguousError({f"thousands {name}": grouped, f"decimal {name}": written.plain})

    def before_decimals(self, mark: str) -> bool:
        """Tell whether a mark stands before decimals: it does somewhere and never groups, or others group and none is before decimals."""
        grouped_otherwise = bool(self.thousands) and mark not in self.thousands and not self.decimal
        return (mark in self.decimal and mark not in self.thousands) or grouped_otherwise

    def between_groups(self, mark: str) -> bool:
        """Tell whether a mark stands between groups: never before decimals, it groups somewhere, or others are decimal and none groups."""
        return mark not in self.decimal and (mark in self.thousands or (bool(self.decimal) and not self.thousands))
