"""What a law is: seats, threshold, two-party rule, and a named choice wherever the law is silent."""

from __future__ import annotations

import dataclasses
import numbers
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from mazhilis_sim.errors import LawError, nearest
from mazhilis_sim.reading import as_fraction


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


CHOICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "base": ("valid", "parties", "cast"),
        "no_list_passes": ("error", "top_two", "all"),
        "ties": ("order", "error", "lots"),
        "second_place_tie": ("order", "error"),
        "floor_excess": ("floor", "error"),
        "district_rule": ("plurality", "absolute_majority"),
        "method": (
            "hare",
            "droop",
            "hagenbach_bischoff",
            "imperiali",
            "dhondt",
            "sainte_lague",
            "modified_sainte_lague",
            "adams",
            "dean",
            "huntington_hill",
            "danish",
        ),
    }
)
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
