"""The law as data: every number of every version, and what a law can not be."""

from __future__ import annotations

import dataclasses
import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

import mazhilis_sim as ms
from mazhilis_sim.counting import protocol
from mazhilis_sim.legislation.electoral_law import CHOICES, law_called
from mazhilis_sim.votes import ballot

FIVE, SEVEN = Fraction(5, 100), Fraction(7, 100)
WEIGHT = Fraction(7, 10)

# docs/reference/laws.md: list, district and appointed seats, threshold, fallback (weight, floor), majority of the chamber
VERSIONS = {
    "2004": (10, 67, 0, SEVEN, None, 39),
    "2007": (98, 0, 9, SEVEN, None, 54),
    "2012": (98, 0, 9, SEVEN, (WEIGHT, 2), 54),
    "2016": (98, 0, 9, SEVEN, (WEIGHT, 2), 54),
    "2021": (98, 0, 9, SEVEN, (WEIGHT, 2), 54),
    "2021-05": (98, 0, 9, FIVE, (WEIGHT, 2), 54),
    "2023": (69, 29, 0, FIVE, (WEIGHT, 2), 50),
    "2026": (145, 0, 0, FIVE, (WEIGHT, 2), 73),
}


@pytest.mark.parametrize(("name", "numbers"), VERSIONS.items())
def test_a_version_has_the_numbers_of_the_law(name: str, numbers: tuple[Any, ...]) -> None:
    law = ms.law(name)
    fallback = law.fallback and (law.fallback.weight, law.fallback.floor)
    assert (law.list_seats, law.district_seats, law.appointed_seats, law.threshold, fallback, law.majority) == numbers
    assert law.total_seats == sum(numbers[:3])


def test_the_versions_stand_in_the_order_of_their_coming_into_force() -> None:
    assert ms.laws() == (*VERSIONS, "maslikhat")


@pytest.mark.parametrize(("name", "two_thirds"), [("2023", 66), ("2021", 72), ("2026", 97)])
def test_two_thirds_of_the_chamber(name: str, two_thirds: int) -> None:
    assert ms.law(name).two_thirds == two_thirds


@pytest.mark.parametrize(("name", "share"), [("2021-05", 0), ("2023", Fraction(3, 10)), ("2026", Fraction(3, 10))])
def test_categories_since_february_2022(name: str, share: Any) -> None:
    assert ms.law(name).category_share == share


@pytest.mark.parametrize("name", VERSIONS)
def test_the_default_choices_are_those_of_the_law(name: str) -> None:
    law = ms.law(name)
    chosen = {field: getattr(law, field) for field in CHOICES if field != "district_rule"}
    assert chosen == {
        "base": "valid",
        "no_list_passes": "error",
        "ties": "order",
        "second_place_tie": "order",
        "floor_excess": "floor",
        "method": "hare",
    }


@pytest.mark.parametrize("name", VERSIONS)
def test_every_number_names_its_article(name: str) -> None:
    law = ms.law(name)
    given = {
        "list_seats": True,
        "threshold": True,
        "base": True,
        "quota": True,
        "remainders": True,
        "ties": True,
        "fallback": law.fallback,
        "category_share": law.category_share,
        "district_seats": law.district_seats,
    }
    assert {field for field, number in given.items() if number} <= law.source.keys()
    assert all("rticle" in article for article in law.source.values())
    assert law.in_force


def test_2004_says_that_only_its_lists_are_counted() -> None:
    law = ms.law("2004")
    assert "list part only" in law.in_force
    assert law.district_rule == "absolute_majority"
    assert law.replace(district_seats=0).total_seats == 10


# -- maslikhat -------------------------------------------------------------------------------------------------------


def test_a_local_council_has_its_own_seats_and_a_floor_of_one() -> None:
    law = ms.law("maslikhat", list_seats=17)
    assert (law.list_seats, law.district_seats, law.appointed_seats, law.threshold) == (17, 0, 0, FIVE)
    assert law.fallback == ms.Fallback(weight=WEIGHT, floor=1)
    assert set(law.source.values()) == {"Article 111-1"}


def test_a_local_council_before_2021_had_seven_percent() -> None:
    assert ms.law("maslikhat", list_seats=17, threshold="7%").threshold == SEVEN


def test_a_local_council_needs_its_seats() -> None:
    with pytest.raises(ms.LawError, match=r'own number of seats; write law\("maslikhat", list_seats=17\)'):
        ms.law("maslikhat")


# -- the threshold, exactly ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "seven",
    [
        "7%",
        "7 %",
        " 7% ",
        "7.0%",
        "0.07",
        ".07",
        "0.070",
        "7e-2",
        "7/100",
        " 7 / 100 ",
        0.07,
        Decimal("0.07"),
        Fraction(7, 100),
        np.float64(0.07),
        np.float32(0.07),
    ],
)
def test_seven_percent_is_exact_however_it_is_written(seven: Any) -> None:
    assert ms.law("2023").replace(threshold=seven).threshold == SEVEN


def test_a_float_means_the_decimal_that_it_prints_as() -> None:
    assert ms.law("2023", threshold=0.1).threshold == Fraction(1, 10) != Fraction(0.1)


@pytest.mark.parametrize(("zero", "share"), [(0, Fraction(0)), ("0%", Fraction(0)), ("99.9%", Fraction(999, 1000))])
def test_the_ends_of_the_range(zero: Any, share: Fraction) -> None:
    assert ms.law("2023").replace(threshold=zero).threshold == share


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (5, r'threshold must lie in \[0, 1\), got 5; write 5 % as "5%" or Fraction\(5, 100\)'),
        ("5", r"threshold must lie in \[0, 1\), got '5'; write 5 % as \"5%\" or Fraction\(5, 100\)"),
        (1, r'threshold must lie in \[0, 1\), got 1; write 1 % as "1%" or Fraction\(1, 100\)$'),
        (99, r'got 99; write 99 % as "99%" or Fraction\(99, 100\)$'),
        (100, r"threshold must lie in \[0, 1\), got 100$"),
        (1.5, r'threshold must lie in \[0, 1\), got 1\.5; write 1\.5 % as "1\.5%" or 0\.015$'),
        ("100%", r"threshold must lie in \[0, 1\), got '100%'"),
        (-0.1, r"threshold must lie in \[0, 1\), got -0\.1$"),
        ("-5%", r"threshold must lie in \[0, 1\), got '-5%'$"),
        ("seven", r"threshold must be a share such as 0\.41 or \"41%\", got 'seven'$"),
        ("", r"threshold must be a share such as .*, got ''$"),
        ("7%%", r"threshold must be a share such as .*, got '7%%'$"),
        ("7,5%", r"threshold must be a share such as .*, got '7,5%'; write 7\.5%$"),
        ("1/0", r"threshold must be a share such as .*, got '1/0'$"),
        ("nan", r"threshold must be a share such as .*, got 'nan'$"),
        (float("nan"), r"threshold must be a share such as .*, got nan$"),
        (float("inf"), r"threshold must be a share such as .*, got inf$"),
        (Decimal("NaN"), r"threshold must be a share such as .*, got Decimal\('NaN'\)$"),
        (True, r"threshold must be a share such as .*, got True$"),
        (None, r"threshold must be a share such as .*, got None$"),
        (0.05j, r"threshold must be a share such as .*, got 0\.05j$"),
        (["5%"], r"threshold must be a share such as .*, got \['5%'\]$"),
    ],
)
def test_a_threshold_that_is_none_is_answered_with_how_to_write_it(bad: Any, said: str) -> None:
    with pytest.raises(ms.LawError, match=said):
        ms.law("2023").replace(threshold=bad)


# -- other numbers ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "bad", "said"),
    [
        ("list_seats", 0, "list_seats must be a whole number of at least 1, got 0"),
        ("list_seats", 69.5, r"list_seats must be a whole number of at least 1, got 69\.5"),
        ("list_seats", True, "list_seats must be a whole number"),
        ("list_seats", "69 seats", "list_seats must be a whole number of at least 1, got '69 seats'"),
        ("district_seats", -1, "district_seats must not be negative, got -1"),
        ("appointed_seats", None, "appointed_seats must be a whole number, got None"),
        ("category_share", 30, r'category_share must lie in \[0, 1\), got 30; write 30 % as "30%"'),
        ("fallback", 0.7, r"fallback must be None or Fallback\(weight, floor\), got 0\.7"),
        ("base", "votes", "base must be one of valid, parties, cast, got 'votes'"),
        ("no_list_passes", None, "no_list_passes must be one of error, top_two, all, got None"),
        ("ties", "lot", "ties must be one of order, error, lots, got 'lot'"),
        ("second_place_tie", "lots", "second_place_tie must be one of order, error, got 'lots'"),
        ("floor_excess", "", "floor_excess must be one of floor, error, got ''"),
        ("district_rule", "runoff", "district_rule must be one of plurality, absolute_majority, got 'runoff'"),
    ],
)
def test_a_number_out_of_range_says_what_must_hold(field: str, bad: Any, said: str) -> None:
    with pytest.raises(ms.LawError, match=said):
        ms.law("2023").replace(**{field: bad})


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"weight": 2}, r"fallback weight must lie in \[0, 1\], got 2"),
        ({"weight": -0.01}, r"fallback weight must lie in \[0, 1\], got -0\.01"),
        ({"weight": "x"}, "fallback weight must be a share such as .*, got 'x'"),
        ({"floor": -1}, "fallback floor must not be negative, got -1"),
        ({"floor": 1.5}, "fallback floor must be a whole number"),
    ],
)
def test_a_fallback_that_cannot_be(arguments: dict[str, Any], said: str) -> None:
    with pytest.raises(ms.LawError, match=said):
        ms.Fallback(**arguments)


@pytest.mark.parametrize("seats", [np.int64(98), 98.0, "98", Fraction(98), Decimal(98), np.array(98)])
def test_a_number_of_seats_may_be_written_in_every_form_of_a_whole_number(seats: Any) -> None:
    law = ms.law("2023").replace(list_seats=seats)
    assert law.list_seats == 98
    assert type(law.list_seats) is int


@pytest.mark.parametrize("field", ["list_seats", "district_seats", "appointed_seats"])
def test_a_law_has_as_many_seats_as_can_be_shown_and_no_more(field: str) -> None:
    assert getattr(ms.law("2023").replace(**{field: 10**30}), field) == 10**30
    with pytest.raises(ms.LawError, match=rf"{field} must be at most 10\*\*30, got 1"):
        ms.law("2023").replace(**{field: 10**30 + 1})


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": ""}, "name of a law must be a non-empty string, got ''"),
        ({"in_force": 2023}, "in_force must be"),
        ({"articles": "Article 97-1"}, "articles must be a sequence such as"),
        ({"articles": [("threshold", 97)]}, "articles must hold pairs such as"),
        ({"articles": [["threshold", "Article 97-1"]]}, "articles must hold pairs such as"),
        ({"articles": [("threshold", "Article 97-1", "2")]}, "articles must hold pairs such as"),
    ],
)
def test_words_of_a_law_that_are_none(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(ms.LawError, match=said):
        ms.law("2023").replace(**changes)


def test_a_weight_may_be_written_as_a_share() -> None:
    assert ms.Fallback(weight="70%") == ms.Fallback() == ms.Fallback(weight=0.7, floor=2)  # type: ignore[arg-type]
    assert [ms.Fallback(weight=end).weight for end in (Fraction(0), Fraction(1))] == [0, 1]


# -- names, comparison, replacing ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("2022", r"there is no law '2022'; did you mean '2021-05'\? It was the law in 2022"),
        ("1995", r"there is no law '1995'"),
        (2024, r"there is no law '2024'; did you mean '2023'\? It was the law in 2024"),
        ("2062", r"there is no law '2062'; did you mean '2026'\? It is the latest$"),
        ("20235", r"there is no law .20235.; did you mean .2023.\?$"),
        ("qurultay", r"there is no law 'qurultay'"),
        ("maslihat", r"there is no law 'maslihat'; did you mean 'maslikhat'\?"),
        ("", r"there is no law ''; known: 2004, 2007, .*maslikhat"),
        (None, r"there is no law 'None'"),
        pytest.param(10**5000, r"there is no law 'an int of about 5001 digits'", id="very large"),
        ([2023], r"there is no law '\[2023\]'"),
    ],
)
def test_an_unknown_law_is_answered_with_the_nearest(name: Any, said: str) -> None:
    with pytest.raises(ms.LawError, match=said):
        ms.law(name)


def test_an_unknown_field_is_answered_with_the_nearest() -> None:
    with pytest.raises(ms.LawError, match="a law has no field 'treshold'; did you mean 'threshold'"):
        ms.law("2023").replace(treshold="5%")


def test_a_year_is_a_name() -> None:
    assert ms.law(2023) == ms.law("2023") == ms.law(ms.law("2023"))
    assert hash(ms.law(2023)) == hash(ms.law("2023"))


def test_laws_of_equal_numbers_are_equal_and_hash_equally() -> None:
    one, two = (ms.law("2023").replace(threshold=form) for form in ("7%", Fraction(7, 100)))
    assert one == two
    assert len({one, two, ms.law("2023")}) == 2


@pytest.mark.parametrize("field", [field.name for field in dataclasses.fields(ms.ElectoralLaw)])
def test_a_law_is_frozen(field: str) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(ms.law("2023"), field, None)


def test_a_law_has_no_room_for_a_field_that_it_does_not_know() -> None:
    assert not hasattr(ms.law("2023"), "__dict__")
    assert not hasattr(ms.Fallback(), "__dict__")


def test_a_changed_law_says_so_and_an_unchanged_one_does_not() -> None:
    law = ms.law("2023")
    assert law.replace(threshold="7%").name == "2023 (changed)"
    assert law.replace(threshold="7%").replace(list_seats=98).name == "2023 (changed)"
    assert law.replace(threshold="5%") == law
    assert law.replace(list_seats=98, name="mine").name == "mine"
    assert law.threshold == FIVE


def test_a_name_is_said_in_the_language_spoken_and_only_a_changed_law_is_called_changed() -> None:
    law = ms.law("2023")
    with ms.speaking("ru"):
        assert [law_called(law), law_called(law.replace(threshold="7%"))] == ["2023", "2023 (изменён)"]


def test_changes_may_be_given_with_the_name() -> None:
    assert ms.law("2023", fallback=None) == ms.law("2023").replace(fallback=None)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (
            "2023",
            "ElectoralLaw('2023', list_seats=69, threshold=1/20, fallback=Fallback(weight=Fraction(7, 10), floor=2), "
            "district_seats=29, majority=50)",
        ),
        ("2007", "ElectoralLaw('2007', list_seats=98, threshold=7/100, fallback=None, appointed_seats=9, majority=54)"),
    ],
)
def test_the_repr_shows_the_numbers(name: str, shown: str) -> None:
    assert repr(ms.law(name)) == shown


def test_the_repr_shows_choices_that_are_not_the_default() -> None:
    assert "ties='lots', floor_excess='error'" in repr(ms.law("2026").replace(ties="lots", floor_excess="error"))


def page_of(law: ms.ElectoralLaw) -> list[str]:
    """Read the page of a law line by line, the cells of its rows apart."""
    lines = law._sheet().to_html().split("<tbody>")[1].splitlines()
    return [line for line in (re.sub("(<[^>]+>)+", " | ", line).strip(" |") for line in lines) if line]


def test_a_page_has_the_numbers_of_a_law_with_their_articles() -> None:
    assert page_of(ms.law("2023")) == [
        "list seats | 69 | Article 9(2)",
        "threshold | 1/20 | Article 97-1",
        "fallback | × 0.7, 2+ | Article 97-1(2)-(4)",
        "district seats | 29 | Articles 9(2), 95 and 96",
        "appointed seats | 0",
        "category share | 3/10 | Article 97-1(5)",
        "total seats | 98",
        "majority | 50",
        "method name | hare",
        "in force from 1 January 2023 until 30 June 2026; election of 19 March 2023",
    ]


def test_a_page_has_the_choices_that_are_not_the_default_and_no_row_for_what_there_is_not() -> None:
    law = ms.law("2023").replace(fallback=None, method="dhondt", ties="lots", second_place_tie="error", in_force="")
    assert page_of(law)[2:] == [
        "district seats | 29 | Articles 9(2), 95 and 96",
        "appointed seats | 0",
        "category share | 3/10 | Article 97-1(5)",
        "ties | lots",
        "second place tie | error",
        "total seats | 98",
        "majority | 50",
        "method name | dhondt",
    ]


def test_words_of_a_page_stand_left_and_numbers_right() -> None:
    row = ms.law("2023")._sheet().to_html().split("<tr>")[2]
    assert row.startswith('<th class="left" scope="row">list seats</th><td>69</td><td class="left">Article 9(2)</td>')


def test_the_bases_of_a_law_are_those_that_votes_have_and_a_protocol_has_words_for() -> None:
    assert CHOICES["base"] == ballot.BASES == tuple(protocol.BASES)


@pytest.mark.parametrize("method", [name for name in CHOICES["method"] if name != "hare"])
def test_another_method_has_no_article_and_a_chamber_that_can_be_handed_out_seat_by_seat(method: str) -> None:
    law = ms.law("2023").replace(method=method)
    assert {"quota", "remainders", "ties"}.isdisjoint(law.source)
    assert law.source["threshold"] == "Article 97-1"
    assert law.replace(list_seats=1_000_000).list_seats == 1_000_000


def test_a_share_in_percent_is_not_answered_with_another_one() -> None:
    with pytest.raises(ms.LawError, match=r"threshold must lie in \[0, 1\), got '100%'$"):
        ms.law("2023", threshold="100%")


def test_the_seats_of_a_local_council_are_no_change_of_its_law() -> None:
    council = ms.law("maslikhat", list_seats=17, district_seats=17)
    assert (council.name, council.total_seats) == ("maslikhat", 34)
