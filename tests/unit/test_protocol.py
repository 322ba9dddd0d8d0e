"""The protocol of a count: what a commission would print, with the articles."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

import mazhilis_sim as ms
from in_arrays import count_in_arrays
from mazhilis_sim.tables import decimal, percent
from on_record import KNOWN

LAW = ms.law("2023")
OF_2023 = """\
Count of the 69 list seats, law 2023
====================================

1. Base (Articles 43(5) and 97-1): valid votes, those against all included.
   votes for lists 6,118,150 + against all 248,291 = 6,366,441

2. Threshold (Article 97-1): 5 % of the base, or 318,323 votes; reaching it is enough.
   list            votes    share  reached
   amanat      3,431,510  53.90 %      yes
   auyl          693,938  10.90 %      yes
   respublica    547,154   8.59 %      yes
   aq_jol        535,139   8.41 %      yes
   qhp           432,920   6.80 %      yes
   jsdp          331,058   5.20 %      yes
   baytaq        146,431   2.30 %       no

3. First electoral quotient (Article 97-1): votes of the admitted lists / seats.
   5,971,719 / 69 = 86,546.6521

4. Whole parts of votes / quota (Article 97-1).
   list        votes / quota  whole part  remainder
   amanat          39.649251          39   0.649251
   auyl             8.018080           8   0.018080
   respublica       6.322070           6   0.322070
   aq_jol           6.183243           6   0.183243
   qhp              5.002157           5   0.002157
   jsdp             3.825197           3   0.825197

5. Remainders (Article 97-1): 2 seats left, one each to the largest.
   one more seat each: jsdp and amanat

6. Seats; women, young people and persons with disabilities (Article 97-1(5)).
   list        seats  of them at least, for the categories
   amanat         40                                    12
   auyl            8                                     3
   respublica      6                                     2
   aq_jol          6                                     2
   qhp             5                                     2
   jsdp            4                                     2
   baytaq          0                                     0"""


def test_the_protocol_of_2023_word_by_word() -> None:
    known = KNOWN[-1]
    allocation = ms.allocate(LAW, known.votes, against_all=known.against_all)
    assert allocation.explain() == OF_2023


def test_steps_are_numbered_without_a_gap() -> None:
    text = ms.allocate(LAW, {"a": 97, "b": 3}, candidates={"a": 10}).explain()
    assert re.findall(r"^(\d+)\. ", text, re.MULTILINE) == [str(n) for n in range(1, 9)]


def test_the_two_party_rule_is_told_with_its_articles() -> None:
    text = ms.allocate(LAW, {"a": 5_400_000, "b": 290_000, "c": 210_000}, against_all=100_000).explain()
    assert "Two-party rule (Article 97-1(2)-(4)): a alone passed, so b, next in votes, is admitted too." in text
    assert "Its votes per quota count 0.7 times, it gets at least 2, and every other seat goes to a." in text
    assert "Remainders do not compete (Article 97-1(2)-(4)): b gets 2, a the other 67." in text
    assert "5,690,000 / 69 = 82,463.7681" in text


@pytest.mark.parametrize(
    ("seats", "floor", "said"),
    [
        (69, 3, "b gets 3, a the other 66.\n   the whole part 67 of a and the floor of 3 exceed 69 seats; "),
        (1, 2, "b gets 1, a the other 0.\n   the whole part 0 of a and the floor of 2 exceed 1 seat; "),
    ],
)
def test_a_floor_that_exceeds_what_was_left_is_told_with_its_option(seats: int, floor: int, said: str) -> None:
    law = LAW.replace(list_seats=seats, fallback=ms.Fallback(floor=floor))
    for count in (ms.allocate, count_in_arrays):
        text = count(law, {"a": 98, "b": 2}).explain()
        assert f"{said}the law is silent; by the option floor_excess='floor' the floor wins" in text
    assert "floor_excess" not in ms.allocate(LAW, {"a": 98, "b": 2}).explain()


def test_a_version_without_the_two_party_rule_does_not_name_it() -> None:
    text = ms.allocate(ms.law("2007"), {"a": 97, "b": 3}).explain()
    assert "wo-party" not in text
    assert "Remainders: no seat is left." in text
    assert "categor" not in text


def test_a_local_count_names_its_own_article() -> None:
    text = ms.allocate(ms.law("maslikhat", list_seats=17), {"a": 97, "b": 3}).explain()
    assert "Article 111-1" in text
    assert "97-1" not in text


@pytest.mark.parametrize(
    ("base", "said"),
    [
        ("valid", "valid votes, those against all included.\n   votes for lists 100 + against all 20 = 120"),
        ("parties", "votes for lists alone.\n   votes for lists 100 = 100"),
        ("cast", "all ballots cast, invalid ones included.\n   votes for lists 100 + against all 20 + invalid 7 = 127"),
    ],
)
def test_the_base_is_told(base: str, said: str) -> None:
    assert said in ms.allocate(LAW.replace(base=base), {"a": 60, "b": 40}, 20, invalid=7).explain()


@pytest.mark.parametrize(("ties", "how"), [("order", "the order of registration (Article 97-1)"), ("lots", "a lot, seed 1,")])
def test_a_tie_of_remainders_is_told_with_what_decided_it(ties: str, how: str) -> None:
    law = LAW.replace(list_seats=10, ties=ties)
    text = ms.allocate(law, {"x": 10, "y": 10, "z": 10}, seed=1).explain()
    assert f"equal remainders: x, y and z for 1 seat; {how} decided" in text


def test_a_tie_for_the_second_place_is_no_tie_of_remainders() -> None:
    said = "equal votes for the second place: b and c; the order of registration (Article 97-1) decided"
    fallback = ms.allocate(LAW.replace(ties="lots"), {"a": 92, "b": 4, "c": 4}).explain()
    assert said in fallback
    top_two = ms.allocate(LAW.replace(threshold="95%", no_list_passes="top_two"), {"a": 92, "b": 4, "c": 4}).explain()
    assert said in top_two
    assert "equal remainders" not in fallback + top_two


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("top_two", "by the option no_list_passes='top_two' the two lists with most votes are admitted."),
        ("all", "by the option no_list_passes='all' all lists are admitted."),
    ],
)
def test_where_no_list_passes_the_option_is_told(option: str, said: str) -> None:
    text = ms.allocate(LAW.replace(threshold="95%", no_list_passes=option), {"a": 60, "b": 40}).explain()
    assert f"No list reached the threshold. The law is silent; {said}" in text


def test_vacant_seats_are_told() -> None:
    text = ms.allocate(LAW, {"a": 60, "b": 40}, candidates={"a": 40, "b": 20}).explain()
    assert "Vacant (Article 97-1(6)): lists without candidates left: a 1, b 8." in text


def test_winners_of_districts_are_told() -> None:
    text = ms.elect(LAW, ms.load_election(2023)).explain()
    assert text.startswith(OF_2023.splitlines()[0])
    assert "Districts (Articles 9(2), 95 and 96): most votes wins." in text
    assert len(re.findall(r"^   \d+ +\S", text.partition("most votes wins.")[2], re.MULTILINE)) == 29


def test_printing_an_allocation_shows_a_table() -> None:
    assert str(ms.allocate(LAW.replace(list_seats=10), {"long name": 1000, "y": 500}, against_all=500)).splitlines() == [
        "   list       votes    share  seats",
        "   long name  1,000  50.00 %      7",
        "   y            500  25.00 %      3",
    ]


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (Fraction(5, 100), "5.00 %"),
        (Fraction(1, 3), "33.33 %"),
        (Fraction(2, 3), "66.67 %"),
        (Fraction(1, 20000), "0.01 %"),
        (Fraction(1, 20001), "0.00 %"),
        (Fraction(1), "100.00 %"),
        (Fraction(0), "0.00 %"),
    ],
)
def test_percentages_are_rounded_half_up_from_the_exact_share(share: Fraction, text: str) -> None:
    assert percent(share, 2) == text


def test_quotas_are_cut_and_not_rounded() -> None:
    assert decimal(Fraction(1999999, 1000), 2) == "1,999.99"
    assert decimal(Fraction(10**40 + 1, 2), 1).endswith("000.5")
