"""Small runs of the two programs that hold the count against others; their full runs are named in the documentation."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import mazhilis_sim as ms
from differential import CLASSES, PAIRS, Case, explain, run
from exhaustive import ballots, count_all, distinct_laws

# -- every small election under the laws of the presets ------------------------------------------------------------------


def test_every_preset_is_among_the_distinct_laws() -> None:
    assert sorted(name for names in distinct_laws() for name in names.split(", ")) == sorted(ms.laws())


def test_kernel_and_oracle_agree_on_all_elections_of_up_to_4_parties_4_votes_each_and_6_seats() -> None:
    counted, wrong = count_all(distinct_laws(), most_votes=4)
    assert wrong == []
    assert counted == 4 * 6 * (5 + 25 + 125 + 625 - 4)


@pytest.mark.parametrize("fault", ["threshold", "fallback"])
def test_the_enumeration_finds_another_law(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    count: Any = ms.allocate_many
    changes = {"threshold": {"threshold": "26%"}, "fallback": {"fallback": ms.Fallback(floor=1)}}[fault]
    monkeypatch.setattr(ms, "allocate_many", lambda law, table: count(law.replace(**changes), table))
    _, wrong = count_all({"2023": ms.law("2023", district_seats=0, threshold="25%")}, 3, 4, 4)
    assert wrong


def test_ballots_are_all_there() -> None:
    assert ballots(2, 1).tolist() == [[0, 1], [1, 0], [1, 1]]
    assert len(ballots(4, 12)) == 13**4 - 1


# -- votelib and apportionment -------------------------------------------------------------------------------------------


def test_every_difference_from_votelib_and_apportionment_is_explained() -> None:
    found, examples, odd = run(7_500, seed=100)
    assert odd == []
    assert sum(classes.total() for classes in found.values()) == 7_500
    assert set(found) == set(PAIRS)
    assert {name for _, name in examples} <= set(CLASSES)
    assert all(classes["same"] > 100 for classes in found.values())
    for pair in (("apportionment", "dhondt"), ("apportionment", "sainte_lague")):
        assert found[pair]["same"] == found[pair].total()


@pytest.mark.parametrize(
    ("case", "name"),
    [
        (Case("dhondt", [5, 3], 3, [2, 1], [1, 2], {}), "unexplained"),
        (Case("hare", [5, 3], 3, [2, 1], None, {}), "unexplained"),
        (Case("imperiali", [53, 24, 23], 7, None, None, {}), "both refuse"),
        (Case("imperiali", [53, 24, 23], 7, None, [4, 2, 1], {}), "unexplained"),
        (Case("imperiali", [96_000, 4_000], 6, None, [1, 1], {}), "over the house"),
        (Case("hare", [1, 1], 1, [1, 0], [0, 0], {frozenset({0, 1}): 1}), "tie named"),
        (Case("hare", [1, 1], 1, [1, 0], [0, 0], {frozenset({0}): 1}), "unexplained"),
        (Case("droop", [2, 1], 7, [4, 3], [3, 2], {}), "not round again"),
        (Case("hare", [0, 7, 7, 9, 4], 2, [0, 1, 0, 1, 0], [0, 1, 1, 0, 0], {}), "tie before larger"),
        (Case("adams", [3, 3, 7], 2, [1, 0, 1], [1, 1, 0], {}), "tie before larger"),
        (Case("adams", [5, 0, 0], 2, [2, 0, 0], [1, 1, 0], {}), "seat without votes"),
        (Case("adams", [5, 4, 0], 2, [1, 1, 0], [2, 0, 0], {}), "unexplained"),
        (Case("huntington_hill", [5, 3], 3, [2, 1], [1, 2], {}), "unexplained"),
        (Case("modified_sainte_lague", [7, 15], 2, [1, 1], [0, 2], {}), "float tie"),  # 7 / 1.4 = 15 / 3
    ],
)
def test_only_what_is_understood_is_explained(case: Case, name: str) -> None:
    assert explain(case) == name


def test_the_examples_are_what_the_rival_really_gives() -> None:
    _, examples, _ = run(3_000, seed=3)
    for (_, name), case in examples.items():
        assert explain(case) == name
        assert case.ours is None or sum(case.ours) == case.seats
        assert np.sum(case.votes) > 0
