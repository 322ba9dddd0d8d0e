"""The rules, one frozen object per version of the law, each number with its article.

Source of every rule: the Constitutional Law "On Elections in the Republic of Kazakhstan" of 28 September 1995,
No. 2464, in the version that each preset names.
"""
from __future__ import annotations

import dataclasses
import numbers
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from mazhilis_sim.errors import LawError, nearest

SHARE = re.compile(r"\s*(?P<number>\d+(?:\.\d*)?|\.\d+|\d+\s*/\s*\d+)\s*(?P<percent>%?)\s*", re.ASCII)


def as_fraction(value: object, what: str) -> Fraction:
    """Read a share exactly: ``"7%"``, ``"0.07"``, ``Decimal``, ``Fraction``, or a float as its shortest decimal.

    Parameters
    ----------
    value : str, Decimal, Fraction, int or float
        The share; a float means the decimal that it prints as, so ``0.07`` is 7/100 and not its binary neighbour.
    what : str
        Name of the quantity, for the error message.

    Returns
    -------
    Fraction

    Raises
    ------
    LawError
        When the value is no finite number.
    """
    if isinstance(value, bool) or not isinstance(value, (str, Decimal, numbers.Real)):
        raise LawError(f'{what} must be a number such as "7%" or Fraction(7, 100), got {value!r}')
    if isinstance(value, (int, Fraction)):
        return Fraction(value)
    match = SHARE.fullmatch(value) if isinstance(value, str) else None
    try:
        if match:
            number = Fraction(match["number"].replace(" ", ""))
            return number / 100 if match["percent"] else number
        return Fraction(str(value))
    except (ValueError, ZeroDivisionError):
        raise LawError(f'{what} must be a finite number such as "7%" or Fraction(7, 100), got {value!r}') from None


def share_of_base(value: object, what: str) -> Fraction:
    """Read a share in [0, 1), and say how to write it when it lies outside."""
    share = as_fraction(value, what)
    if not 0 <= share < 1:
        bare = 1 <= share < 100 and share.denominator == 1 and "%" not in str(value)
        hint = f'; write {share} % as "{share}%" or Fraction({share}, 100)' if bare else ""
        raise LawError(f"{what} must lie in [0, 1), got {value!r}{hint}")
    return share


def whole_number(value: object, what: str, least: int) -> int:
    """Check a number of seats."""
    if isinstance(value, bool) or not isinstance(value, numbers.Integral) or value < least:
        raise LawError(f"{what} must be a whole number of at least {least}, got {value!r}")
    return int(value)


@dataclass(frozen=True, slots=True)
class Fallback:
    """The two-party rule: when one list alone passes, the list with the next most votes is admitted too.

    Parameters
    ----------
    weight : Fraction
        What the second list's votes per quota are multiplied by before the whole part is taken.
    floor : int
        The fewest seats that the second list gets.
    """

    weight: Fraction = Fraction(7, 10)
    floor: int = 2

    def __post_init__(self) -> None:
        weight = as_fraction(self.weight, "fallback weight")
        if not 0 <= weight <= 1:
            raise LawError(f"fallback weight must lie in [0, 1], got {self.weight!r}")
        object.__setattr__(self, "weight", weight)
        object.__setattr__(self, "floor", whole_number(self.floor, "fallback floor", 0))


CHOICES: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "base": ("valid", "parties", "cast"),
    "no_list_passes": ("error", "top_two", "all"),
    "ties": ("order", "error", "lots"),
    "second_place_tie": ("order", "error"),
    "floor_excess": ("floor", "error"),
    "district_rule": ("plurality", "absolute_majority"),
    "method": (
        "hare", "droop", "hagenbach_bischoff", "imperiali",
        "dhondt", "sainte_lague", "modified_sainte_lague", "adams", "dean", "huntington_hill", "danish",
    ),
})
"""Named options, what the law says or the count does by default first."""
QUOTA_METHODS = CHOICES["method"][:4]
"""Largest remainders by these quotas; the other methods divide the votes by a series of divisors."""
MOST_DIVIDED = 1_000_000
"""The most list seats that are handed out one by one."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ElectoralLaw:
    """One version of the rules. ``source`` names the article of every number.

    Parameters
    ----------
    name : str
        Name of the preset, marked as changed once a number differs from it.
    list_seats, district_seats, appointed_seats : int
        Seats of the chamber by the way they are filled.
    threshold : Fraction
        Share of the base that admits a list; reaching it is enough. Any form that `as_fraction` reads.
    fallback : Fallback or None
        The two-party rule; None where one passer takes all.
    category_share : Fraction
        Least share of each list's seats for women, young people and persons with disabilities together.
    base : {"valid", "parties", "cast"}
        What a percentage is taken of: valid votes with against all, votes for parties alone, or all ballots cast.
    no_list_passes : {"error", "top_two", "all"}
        What happens when no list reaches the threshold; the law is silent.
    ties : {"order", "error", "lots"}
        Equal remainders or quotients: the list registered earlier (the law), an error, or lots drawn with a seed.
    second_place_tie : {"order", "error"}
        Two lists with equally many votes for the second place: next to the only one that passed, or where none did and
        ``no_list_passes="top_two"``.
    floor_excess : {"floor", "error"}
        The fallback's floor where whole parts and floor exceed the seats: the floor wins, or an error.
    district_rule : {"plurality", "absolute_majority"}
        How a district is won; the absolute majority of 2004 is not counted here.
    method : str
        How the seats of the admitted lists are shared out: ``"hare"`` (the law), or for comparison another classical
        rule: largest remainders by the quotas ``"droop"``, ``"hagenbach_bischoff"`` and ``"imperiali"``; divisor rules
        ``"dhondt"``, ``"sainte_lague"``, ``"modified_sainte_lague"``, ``"adams"``, ``"dean"``, ``"huntington_hill"`` and
        ``"danish"``. Who is admitted, and the two-party rule with its Hare quota, stay as they are.

    Examples
    --------
    >>> import mazhilis_sim as ms
    >>> law = ms.law("2023")
    >>> law.list_seats, law.threshold, law.majority
    (69, Fraction(1, 20), 50)
    >>> law.replace(threshold="7%").threshold
    Fraction(7, 100)
    """

    name: str = "custom"
    list_seats: int
    threshold: Fraction
    fallback: Fallback | None = Fallback()
    district_seats: int = 0
    appointed_seats: int = 0
    category_share: Fraction = Fraction(0)
    base: str = "valid"
    no_list_passes: str = "error"
    ties: str = "order"
    second_place_tie: str = "order"
    floor_excess: str = "floor"
    district_rule: str = "plurality"
    method: str = "hare"
    in_force: str = ""
    articles: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        checked = {
            "list_seats": whole_number(self.list_seats, "list_seats", 1),
            "district_seats": whole_number(self.district_seats, "district_seats", 0),
            "appointed_seats": whole_number(self.appointed_seats, "appointed_seats", 0),
            "threshold": share_of_base(self.threshold, "threshold"),
            "category_share": share_of_base(self.category_share, "category_share"),
        }
        for field, value in checked.items():
            object.__setattr__(self, field, value)
        if self.fallback is not None and not isinstance(self.fallback, Fallback):
            raise LawError(f"fallback must be None or Fallback(weight, floor), got {self.fallback!r}")
        for field, known in CHOICES.items():
            if getattr(self, field) not in known:
                raise LawError(f"{field} must be one of {', '.join(known)}, got {getattr(self, field)!r}")
        if self.method not in QUOTA_METHODS and self.list_seats > MOST_DIVIDED:
            raise LawError(f"list_seats must be at most {MOST_DIVIDED:,} with method={self.method!r}, got {self.list_seats:,}")

    @property
    def total_seats(self) -> int:
        """All seats of the chamber, appointed ones included."""
        return self.list_seats + self.district_seats + self.appointed_seats

    @property
    def majority(self) -> int:
        """The fewest seats that are more than half of the chamber."""
        return self.total_seats // 2 + 1

    @property
    def two_thirds(self) -> int:
        """The fewest seats that are at least two thirds of the chamber."""
        return -(-2 * self.total_seats // 3)

    @property
    def source(self) -> dict[str, str]:
        """The article of each number, by field; a method other than the law's has none, nor its ties."""
        return {field: article for field, article in self.articles if self.method == "hare" or field not in OF_REMAINDERS}

    def replace(self, **changes: Any) -> ElectoralLaw:
        """Return this law with some numbers changed.

        Raises
        ------
        LawError
            For an unknown field (with the nearest name) or a value out of range.
        """
        fields = {field.name for field in dataclasses.fields(self)}
        for field in changes:
            if field not in fields:
                raise LawError(f"a law has no field {field!r}{nearest(field, fields)}")
        changed = dataclasses.replace(self, **changes)
        if "name" in changes or changed == self:
            return changed
        return dataclasses.replace(changed, name=self.name.removesuffix(" (changed)") + " (changed)")

    def __repr__(self) -> str:
        shown = [f"{self.name!r}", f"list_seats={self.list_seats}", f"threshold={self.threshold}"]
        shown.append(f"fallback={self.fallback}")
        shown += [f"{n}={getattr(self, n)}" for n in ("district_seats", "appointed_seats") if getattr(self, n)]
        shown += [f"{n}={getattr(self, n)!r}" for n, known in CHOICES.items() if getattr(self, n) != known[0]]
        return f"ElectoralLaw({', '.join(shown)}, majority={self.majority})"


def checked_law(law: object) -> ElectoralLaw:
    """Return a law, or say how to get one."""
    if not isinstance(law, ElectoralLaw):
        raise LawError(f'law must be an ElectoralLaw, got {law!r}; write ms.law("2023")')
    return law


OF_REMAINDERS = ("quota", "remainders", "ties")
LISTS = (
    ("list_seats", "Article 9(2)"), ("threshold", "Article 97-1"), ("base", "Articles 43(5) and 97-1"),
    ("quota", "Article 97-1"), ("remainders", "Article 97-1"), ("ties", "Article 97-1"), ("vacant", "Article 97-1(6)"),
)
FALLBACK = (("fallback", "Article 97-1(2)-(4)"),)
CATEGORIES = (("category_share", "Article 97-1(5)"),)
DISTRICTS = (("district_seats", "Articles 9(2), 95 and 96"),)
MASLIKHAT = tuple((field, "Article 111-1") for field, _ in LISTS + FALLBACK)

SEVEN, FIVE, THIRTY = Fraction(7, 100), Fraction(1, 20), Fraction(3, 10)
OF_2009 = ElectoralLaw(name="2012", list_seats=98, threshold=SEVEN, appointed_seats=9, articles=LISTS + FALLBACK,
                       in_force="amendment of 9 February 2009; election of 15 January 2012")
PRESETS: Mapping[str, ElectoralLaw] = MappingProxyType({law.name: law for law in (
    ElectoralLaw(name="2004", list_seats=10, threshold=SEVEN, fallback=None, district_seats=67,
                 district_rule="absolute_majority", articles=LISTS + DISTRICTS,
                 in_force="election of 19 September 2004; the list part only; "
                          "the 67 districts need an absolute majority, else a repeat vote"),
    ElectoralLaw(name="2007", list_seats=98, threshold=SEVEN, fallback=None, appointed_seats=9, articles=LISTS,
                 in_force="election of 18 August 2007; one passer takes all"),
    OF_2009,
    OF_2009.replace(name="2016", in_force="amendment of 9 February 2009; election of 20 March 2016"),
    OF_2009.replace(name="2021", in_force="election of 10 January 2021"),
    OF_2009.replace(name="2021-05", threshold=FIVE, in_force="amendment of 24 May 2021; no election held"),
    ElectoralLaw(name="2023", list_seats=69, threshold=FIVE, district_seats=29, category_share=THIRTY,
                 articles=LISTS + FALLBACK + CATEGORIES + DISTRICTS,
                 in_force="from 1 January 2023 until 30 June 2026; election of 19 March 2023"),
    ElectoralLaw(name="2026", list_seats=145, threshold=FIVE, category_share=THIRTY,
                 articles=LISTS + FALLBACK + CATEGORIES,
                 in_force="Qurultay, from 1 July 2026 (No. 305-VIII of 11 June 2026)"),
)})
LOCAL = "maslikhat"


def laws() -> tuple[str, ...]:
    """Return the names of the presets, in the order in which they came into force; the local councils last.

    Examples
    --------
    >>> import mazhilis_sim as ms
    >>> ms.laws()
    ('2004', '2007', '2012', '2016', '2021', '2021-05', '2023', '2026', 'maslikhat')
    """
    return (*PRESETS, LOCAL)


def law(name: str | int | ElectoralLaw, **changes: Any) -> ElectoralLaw:
    """Return a version of the law by name.

    Parameters
    ----------
    name : str, int or ElectoralLaw
        A name of `laws`, such as ``"2023"``, or the year.
    **changes
        Fields to replace, as in `ElectoralLaw.replace`. ``"maslikhat"`` has no number of seats of its own and
        needs ``list_seats``.

    Raises
    ------
    LawError
        For an unknown name (with the nearest one) or a value out of range.

    Examples
    --------
    >>> import mazhilis_sim as ms
    >>> ms.law("maslikhat", list_seats=17).fallback.floor
    1
    """
    if isinstance(name, ElectoralLaw):
        return name.replace(**changes)
    if str(name) == LOCAL:
        return local_council(changes)
    if str(name) not in PRESETS:
        raise LawError(f"there is no law {str(name)!r}{in_force(str(name)) or nearest(name, laws())}")
    return PRESETS[str(name)].replace(**changes)


def in_force(year: str) -> str:
    """Return the law that was in force at the end of a year, as a suggestion; nothing for what is no year with a law."""
    then = [name for name in PRESETS if year.isdecimal() and len(year) == 4 and name <= year]
    return f"; did you mean {then[-1]!r}? It is the law of {year}" if then else ""


def local_council(changes: dict[str, Any]) -> ElectoralLaw:
    """Return the law of the local councils, whose seats each council sets for itself."""
    if "list_seats" not in changes:
        raise LawError('each maslikhat has its own number of seats; write law("maslikhat", list_seats=17)')
    seats = {field: changes.pop(field) for field in ("list_seats", "district_seats") if field in changes}
    council = ElectoralLaw(name=LOCAL, **seats, threshold=FIVE, fallback=Fallback(floor=1), articles=MASLIKHAT,
                           in_force="Article 111-1, since 2018; 5 % since 24 May 2021, 7 % before")
    return council.replace(**changes)
