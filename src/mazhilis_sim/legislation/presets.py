"""The versions of the law by name, each number with its article.

Source of every rule: the Constitutional Law "On Elections in the Republic of Kazakhstan" of 28 September 1995,
No. 2464, in the version that each preset names.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from mazhilis_sim import reading
from mazhilis_sim.errors import LawError, Remedy, show, suggestion
from mazhilis_sim.languages import marked
from mazhilis_sim.legislation.electoral_law import ElectoralLaw, Fallback

LISTS = (
    ("list_seats", marked("Article 9(2)")),
    ("threshold", marked("Article 97-1")),
    ("base", marked("Articles 43(5) and 97-1")),
    ("quota", marked("Article 97-1")),
    ("remainders", marked("Article 97-1")),
    ("ties", marked("Article 97-1")),
    ("vacant", marked("Article 97-1(6)")),
)
FALLBACK = (("fallback", marked("Article 97-1(2)-(4)")),)
CATEGORIES = (("category_share", marked("Article 97-1(5)")),)
DISTRICTS = (("district_seats", marked("Articles 9(2), 95 and 96")),)
MASLIKHAT = tuple((field, marked("Article 111-1")) for field, _ in LISTS + FALLBACK)
SEVEN, FIVE, THIRTY = Fraction(7, 100), Fraction(1, 20), Fraction(3, 10)
OF_2009 = ElectoralLaw(
    name="2012",
    list_seats=98,
    threshold=SEVEN,
    appointed_seats=9,
    articles=LISTS + FALLBACK,
    in_force=marked("amendment of 9 February 2009; election of 15 January 2012"),
)
PRESETS: Mapping[str, ElectoralLaw] = MappingProxyType(
    {
        law.name: law
        for law in (
            ElectoralLaw(
                name="2004",
                list_seats=10,
                threshold=SEVEN,
                fallback=None,
                district_seats=67,
                district_rule="absolute_majority",
                articles=LISTS + DISTRICTS,
                in_force=marked(
                    "election of 19 September 2004; the list part only; the 67 districts need an absolute majority, else a repeat vote"
                ),
            ),
            ElectoralLaw(
                name="2007",
                list_seats=98,
                threshold=SEVEN,
                fallback=None,
                appointed_seats=9,
                articles=LISTS,
                in_force=marked("election of 18 August 2007; one passer takes all"),
            ),
            OF_2009,
            OF_2009.replace(name="2016", in_force=marked("amendment of 9 February 2009; election of 20 March 2016")),
            OF_2009.replace(name="2021", in_force=marked("election of 10 January 2021")),
            OF_2009.replace(name="2021-05", threshold=FIVE, in_force=marked("amendment of 24 May 2021; no election held")),
            ElectoralLaw(
                name="2023",
                list_seats=69,
                threshold=FIVE,
                district_seats=29,
                category_share=THIRTY,
                articles=LISTS + FALLBACK + CATEGORIES + DISTRICTS,
                in_force=marked("from 1 January 2023 until 30 June 2026; election of 19 March 2023"),
            ),
            ElectoralLaw(
                name="2026",
                list_seats=145,
                threshold=FIVE,
                category_share=THIRTY,
                articles=LISTS + FALLBACK + CATEGORIES,
                in_force=marked("Qurultay, from 1 July 2026 (No. 305-VIII of 11 June 2026)"),
            ),
        )
    }
)
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
    word = law_word(name)
    if word == LOCAL:
        return local_council(changes)
    if word not in PRESETS:
        raise LawError(
            f"there is no law {show(word)}",
            field="law",
            got=name,
            must=f"be one of {', '.join(laws())}",
            remedy=in_force(word) or suggestion(word, laws()),
        )
    return PRESETS[word].replace(**changes)


def law_word(name: Any) -> str:
    """Return the word for a law: a name as it is, a year as its digits."""
    if isinstance(name, str):
        return name.strip()
    year = reading.integer(name)
    return show(name if year is None else year)


def in_force(year: str) -> str:
    """Return the law that was in force at the end of a year, as a suggestion; nothing for what is no year with a law."""
    then = [name for name in PRESETS if year.isdecimal() and len(year) == 4 and name <= year]
    if not then:
        return ""
    latest = list(PRESETS)[-1]
    return f"did you mean {then[-1]!r}? It is the latest" if then[-1] == latest else f"did you mean {then[-1]!r}? It was the law in {year}"


def local_council(changes: dict[str, Any]) -> ElectoralLaw:
    """Return the law of the local councils, whose seats each council sets for itself."""
    if "list_seats" not in changes:
        raise LawError(
            "each maslikhat has its own number of seats",
            field="list_seats",
            must="be given for a maslikhat",
            remedy=Remedy('write law("maslikhat", list_seats=17)', "give list_seats"),
        )
    seats = {field: changes.pop(field) for field in ("list_seats", "district_seats") if field in changes}
    council = ElectoralLaw(
        name=LOCAL,
        **seats,
        threshold=FIVE,
        fallback=Fallback(floor=1),
        articles=MASLIKHAT,
        in_force=marked("Article 111-1, since 2018; 5 % since 24 May 2021, 7 % before"),
    )
    return council.replace(**changes)
