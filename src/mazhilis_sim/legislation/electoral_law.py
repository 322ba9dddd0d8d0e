"""What a law is: seats, threshold, two-party rule, and a named choice wherever the law is silent."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from mazhilis_sim import reading
from mazhilis_sim.errors import LawError, unknown
from mazhilis_sim.languages import _, marked, number
from mazhilis_sim.legislation.methods import DIVISOR_METHODS, METHODS, OF_THE_LAW, SeatRule, method_name, read_method
from mazhilis_sim.showing import Drawn, Sheet, Shown
from mazhilis_sim.tables import Column, Table

CHANGED = " (changed)"
"""Behind the name of a version of which a number was changed."""
MOST_SEATS = 10**30
"""Of a law, by any way to fill them: far more than any has, and still a number that can be shown."""


def read_seats(value: Any, field: str, least: int = 0) -> int:
    """Read a number of seats of a law."""
    seats = reading.whole(value, field, LawError, least=least)
    if seats > MOST_SEATS:
        raise LawError(field=field, got=value, must="be at most 10**30")
    return seats


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
        object.__setattr__(self, "weight", reading.share(self.weight, "fallback weight", LawError))
        object.__setattr__(self, "floor", read_seats(self.floor, "fallback floor"))


CHOICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "base": ("valid", "parties", "cast"),
        "no_list_passes": ("error", "top_two", "all"),
        "ties": ("order", "error", "lots"),
        "second_place_tie": ("order", "error"),
        "floor_excess": ("floor", "error"),
        "district_rule": ("plurality", "absolute_majority"),
        "method": tuple(METHODS),
    }
)
"""Named options, what the law says or the count does by default first."""
MOST_DIVIDED = 1_000_000
"""The most list seats that are handed out one by one."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ElectoralLaw(Shown, Drawn):
    """One version of the rules. ``source`` names the article of every number.

    Parameters
    ----------
    name : str
        Name of the preset, marked as changed once a number differs from it.
    list_seats, district_seats, appointed_seats : int
        Seats of the chamber by the way they are filled.
    threshold : Fraction
        Share of the base that admits a list; reaching it is enough. Read exactly: ``"7%"``, ``0.07``, ``Fraction(7, 100)``.
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
    method : str or function
        How the seats of the admitted lists are shared out: ``"hare"`` (the law), or for comparison another classical
        rule: largest remainders by the quotas ``"droop"``, ``"hagenbach_bischoff"`` and ``"imperiali"``; divisor rules
        ``"dhondt"``, ``"sainte_lague"``, ``"modified_sainte_lague"``, ``"adams"``, ``"dean"``, ``"huntington_hill"`` and
        ``"danish"``; or a rule of your own: a function of the votes of the admitted lists, in the order of registration,
        and the number of seats, which returns the seats of each. It is given a list of int; one that numba compiled
        (``numba.njit``) an array of int64. Who is admitted, and the two-party rule with its Hare quota, stay the law's.

    Examples
    --------
    >>> import mazhilis_sim as ms
    >>> law = ms.law("2023")
    >>> law.list_seats, law.threshold, law.majority
    (69, Fraction(1, 20), 50)
    >>> law.replace(threshold="7%").threshold
    Fraction(7, 100)
    """

    picture = "law"

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
    method: str | SeatRule = OF_THE_LAW
    in_force: str = ""
    articles: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        checked: dict[str, Any] = {
            "name": reading.name(self.name, "name of a law", LawError),
            "list_seats": read_seats(self.list_seats, "list_seats", least=1),
            "district_seats": read_seats(self.district_seats, "district_seats"),
            "appointed_seats": read_seats(self.appointed_seats, "appointed_seats"),
            "threshold": reading.share(self.threshold, "threshold", LawError, ends="[)"),
            "category_share": reading.share(self.category_share, "category_share", LawError, ends="[)"),
            "method": read_method(self.method),
            "in_force": reading.text(self.in_force, "in_force", LawError),
            "articles": read_articles(self.articles),
        }
        checked |= {
            field: reading.choice(getattr(self, field), field, known, LawError) for field, known in CHOICES.items() if field != "method"
        }
        for field, value in checked.items():
            object.__setattr__(self, field, value)
        if self.fallback is not None and not isinstance(self.fallback, Fallback):
            raise LawError(field="fallback", got=self.fallback, must="be None or Fallback(weight, floor)")
        if self.method in DIVISOR_METHODS and self.list_seats > MOST_DIVIDED:
            must = f"be at most {MOST_DIVIDED:,} with method={self.method!r}"
            raise LawError(field="list_seats", got=self.list_seats, must=must, shown=f"{self.list_seats:,}")

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
        return {field: article for field, article in self.articles if self.method == OF_THE_LAW or field not in OF_REMAINDERS}

    @property
    def method_name(self) -> str:
        """The method's name, also where it is a function."""
        return method_name(self.method)

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
                raise unknown(LawError, "field of a law", field, fields, problem=f"a law has no field {field!r}")
        changed = dataclasses.replace(self, **changes)
        if "name" in changes or changed == self:
            return changed
        return dataclasses.replace(changed, name=self.name.removesuffix(CHANGED) + CHANGED)

    def _sheet(self) -> Sheet:
        """Return the numbers of the law, each with its article, as a page of a notebook."""
        chosen = [field for field in CHOICES if field != "method" and getattr(self, field) != CHOICES[field][0]]
        fields = [*(field for field in NUMBERS if getattr(self, field) is not None), *chosen, "total_seats", "majority", "method_name"]
        values = [str(short_fallback(value) if isinstance(value := getattr(self, field), Fallback) else value) for field in fields]
        articles = [_(self.source.get(field, "")) for field in fields]
        columns = [
            Column("", [field_words(field) for field in fields], left=True),
            Column("", values),
            Column(_("article"), articles, left=True),
        ]
        since = [_("in force {when}").format(when=_(self.in_force))] if self.in_force else []
        return Sheet(_("Law {law}").format(law=self.name), [Table(columns)], since)

    def __repr__(self) -> str:
        shown = [f"{self.name!r}", f"list_seats={self.list_seats}", f"threshold={self.threshold}"]
        shown.append(f"fallback={self.fallback}")
        shown += [f"{n}={getattr(self, n)}" for n in ("district_seats", "appointed_seats") if getattr(self, n)]
        chosen = {field: getattr(self, field) for field in CHOICES}
        shown += [f"{n}={choice!r}" for n, choice in chosen.items() if choice != CHOICES[n][0] and not callable(choice)]
        shown += [f"method={self.method_name}"] if callable(self.method) else []
        return f"ElectoralLaw({', '.join(shown)}, majority={self.majority})"


NUMBERS = ("list_seats", "threshold", "fallback", "district_seats", "appointed_seats", "category_share")
"""What a page says of every law."""


def short_fallback(fallback: Fallback) -> str:
    """Write the two-party rule in a few signs."""
    return f"× {number(float(fallback.weight), 'g')}, {fallback.floor}+"


FIELD_WORDS = {
    "list_seats": marked("list seats"),
    "threshold": marked("threshold"),
    "fallback": marked("fallback"),
    "district_seats": marked("district seats"),
    "appointed_seats": marked("appointed seats"),
    "category_share": marked("category share"),
    "total_seats": marked("total seats"),
    "majority": marked("majority"),
    "method_name": marked("method name"),
}
"""What the numbers of a law are called on its page; its choices are called by their fields."""
HEADS = (
    *(marked("list_seats"), marked("district_seats"), marked("appointed_seats"), marked("list_share")),
    *(marked("fallback_weight"), marked("fallback_floor")),
)
"""What they are called above a column, where nothing else is known of them than the field: `_` of its name."""


def field_words(field: str) -> str:
    """Return what a field of a law is called."""
    return _(FIELD_WORDS[field]) if field in FIELD_WORDS else field.replace("_", " ")


def checked_law(law: object) -> ElectoralLaw:
    """Return a law, or say how to get one."""
    return reading.instance(law, ElectoralLaw, "law", LawError, remedy='write ms.law("2023")')


def read_articles(value: Any) -> tuple[tuple[str, str], ...]:
    """Read pairs of a field and its article."""
    pairs = reading.items(value, "articles", LawError, like='[("threshold", "Article 97-1")]')
    for pair in pairs:
        if not isinstance(pair, tuple) or len(pair) != 2 or not all(isinstance(word, str) for word in pair):
            raise LawError(field="articles", got=pair, must='hold pairs such as ("threshold", "Article 97-1")')
    return pairs


OF_REMAINDERS = ("quota", "remainders", "ties")


def law_called(law: ElectoralLaw) -> str:
    """Return a law's name in the language spoken: that it is changed is said, and the rest is data.

    Examples
    --------
    >>> import mazhilis_sim as ms
    >>> law_called(ms.law("2023").replace(threshold="7%"))
    '2023 (changed)'
    """
    return _("{law} (changed)").format(law=law.name.removesuffix(CHANGED)) if law.name.endswith(CHANGED) else law.name
