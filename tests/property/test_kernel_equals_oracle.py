"""The compiled count equals the oracle, to the last seat, on every kind of election."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from planted_faults import BEHIND_THE_SEATS, FAULTS, IN_THE_KERNEL, count, kernel_with

import mazhilis_sim as ms
from kernel_numbers import Numbers, first_other_number
from mazhilis_sim.counting.many import ROWS_AT_ONCE
from mazhilis_sim.kernels import compiled
from mazhilis_sim.kernels.cpu import count as kernels
from mazhilis_sim.kernels.steps.events import SECOND_TIE, TIE
from random_elections import KINDS, Elections, Table, laws

Rule = Callable[[Elections], Table]

PROMISED = {"small": 88_000, "neighbours": 10_000, "dominated": 8_000, "large": 4_000}
"""Elections of each kind that are counted twice, more than a hundred thousand in all."""
ROWS = {"small": ROWS_AT_ONCE + 76, "neighbours": 500, "dominated": 500, "large": 100}
"""Elections in an example: the smallest in more than one chunk."""

SEATS = {"small": 12, "neighbours": 100, "dominated": 100, "large": 145}
seeds = st.integers(0, 2**63 - 1)


def names(k: int) -> list[str]:
    """Name k lists in the order of registration."""
    return [f"list {i}" for i in range(k)]


def oracle(elections: Elections) -> Table:
    """Count every row in fractions."""
    law, ids = elections.law, names(elections.votes.shape[1])
    rows = zip(*(part.tolist() for part in elections[1:]), strict=True)
    return np.array(
        [
            list(ms.exact.allocate(law, dict(zip(ids, votes, strict=True)), against, invalid=invalid).seats.values())
            for votes, against, invalid in rows
        ]
    )


def kernel(elections: Elections) -> Table:
    """Count all rows on the compiled path."""
    return ms.allocate_many(elections.law, elections.votes, elections.against_all, invalid=elections.invalid)


def first_difference(rule: Rule, elections: Elections, expected: Table | None = None) -> str:
    """Describe the first row that a rule and the oracle count differently; empty when there is none."""
    expected, found = oracle(elections) if expected is None else expected, rule(elections)
    for row in np.flatnonzero((expected != found).any(axis=1)):
        parts = [part[row].tolist() for part in (*elections[1:], expected, found)]
        return "votes {}, against all {}, invalid {}: {} by the oracle, {} by the rule".format(*parts)
    return ""


@pytest.mark.parametrize("kind", PROMISED)
def test_the_kernel_counts_every_election_like_the_oracle(kind: str) -> None:
    counted = []

    @settings(max_examples=-(-PROMISED[kind] // ROWS[kind]))
    @given(seed=seeds, law=laws(SEATS[kind]))
    def hold(seed: int, law: ms.ElectoralLaw) -> None:
        elections = KINDS[kind](np.random.default_rng(seed), law, ROWS[kind])
        assert first_difference(kernel, elections) == ""
        counted.append(len(elections.votes))

    hold()
    assert sum(counted) >= PROMISED[kind]


# -- every number of the count, not the seats alone ---------------------------------------------------------------------


@pytest.mark.parametrize("width", ["narrow", "wide"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_number_of_the_kernel_is_the_oracle_s(kind: str, width: str) -> None:
    lanes = compiled(kernels.count_lanes)
    told: list[Numbers] = []

    @settings(max_examples=40)
    @given(seed=seeds, law=laws(SEATS[kind]))
    def hold(seed: int, law: ms.ElectoralLaw) -> None:
        elections = KINDS[kind](np.random.default_rng(seed), law, 12)
        assert first_other_number(elections, lanes, wide=width == "wide", told=told) == ""

    hold()
    assert len(told) >= 40 * 12
    assert kind in ("large", "neighbours") or sum(numbers.flags & (TIE | SECOND_TIE) > 0 for numbers in told) > 20
    assert sum(numbers.ranks is not None for numbers in told) > 50


small_votes = st.dictionaries(st.sampled_from("abcdefg"), st.integers(0, 12), min_size=1, max_size=7)


@settings(max_examples=300)
@given(votes=small_votes, against=st.integers(0, 5), law=laws(options=("error", "top_two", "all")))
@example(votes={"a": 95, "b": 3, "c": 2}, against=0, law=ms.law("2023"))  # the floor
@example(votes={"a": 92, "b": 4, "c": 4}, against=0, law=ms.law("2023"))  # equal seconds
@example(votes={"a": 95, "b": 5}, against=0, law=ms.law("2023"))  # exactly the threshold
@example(votes={"a": 10, "b": 10, "c": 10}, against=0, law=ms.law("2023").replace(list_seats=10))
@example(votes={"a": 7, "b": 0}, against=0, law=ms.law("2023"))  # a second list without votes
@example(votes={"a": 7}, against=93, law=ms.law("2021"))  # a single list, at the threshold
@example(votes={"a": 1, "b": 1}, against=0, law=ms.law("2023").replace(list_seats=1))  # less than the floor
def test_a_row_is_counted_like_the_oracle_or_refused_in_its_words(votes: dict[str, int], against: int, law: ms.ElectoralLaw) -> None:
    def told(count: Callable[[], list[int]]) -> list[int] | str:
        try:
            return count()
        except ms.MazhilisError as error:
            return str(error).removeprefix("row 0: ")

    row = {f"column {i}": number for i, number in enumerate(votes.values())}
    expected = told(lambda: list(ms.exact.allocate(law, row, against, invalid=1).seats.values()))
    assert told(lambda: ms.allocate_many(law, [[*votes.values()]], against, invalid=1)[0].tolist()) == expected


# -- errors that the law or the user asks for -------------------------------------------------------------------------

STRICT = {"no_list_passes": "error", "ties": "error", "second_place_tie": "error", "floor_excess": "error"}


def first_error(elections: Elections) -> int | None:
    """Return the first row that the oracle refuses."""
    for row in range(len(elections.votes)):
        try:
            oracle(Elections(elections.law, *(part[row : row + 1] for part in elections[1:])))
        except ms.AllocationError:
            return row
    return None


@pytest.mark.parametrize("option", STRICT)
def test_the_first_row_that_the_oracle_refuses_is_the_one_that_the_batch_names(option: str) -> None:
    refused = []

    @settings(max_examples=300)
    @given(seed=seeds, law=laws(), kind=st.sampled_from(["small", "dominated"]))
    def hold(seed: int, law: ms.ElectoralLaw, kind: str) -> None:
        elections = KINDS[kind](np.random.default_rng(seed), law.replace(**{option: "error"}), 8)
        row = first_error(elections)
        refused.append(row)
        if row is None:
            assert first_difference(kernel, elections) == ""
        else:
            with pytest.raises(ms.AllocationError, match=f"^row {row}: "):
                kernel(elections)

    hold()
    assert len({row for row in refused if row is not None}) > 1


# -- planted faults: the comparison can tell ---------------------------------------------------------------------------


def planted(fault: str) -> Rule:
    """Make a rule with one fault, or none."""

    def rule(elections: Elections) -> Table:
        rows = zip(elections.votes.tolist(), elections.against_all.tolist(), strict=True)
        return np.array([count(elections.law, votes, against, fault) for votes, against in rows])

    return rule


@cache
def counted_by_the_oracle(kind: str, rows: int) -> list[tuple[Elections, Table]]:
    """Return the elections of a kind that are put to every faulty rule, with their seats."""
    laws_of = [ms.law(name) for name in ("2021", "2023", "2026")] + [ms.law("2023").replace(list_seats=7)]
    made = [KINDS[kind](np.random.default_rng(seed), law.replace(no_list_passes="all"), rows) for seed, law in enumerate(laws_of)]
    return [(elections, oracle(elections)) for elections in made]


def finds(kind: str, rule: Rule, rows: int = 250) -> bool:
    """Tell whether elections of a kind tell a faulty rule from the oracle."""
    return any(first_difference(rule, *counted) for counted in counted_by_the_oracle(kind, rows))


@pytest.mark.parametrize("kind", KINDS)
def test_the_rule_without_a_fault_is_the_law(kind: str) -> None:
    assert not finds(kind, planted(""))


@pytest.mark.parametrize(("fault", "kind"), FAULTS.items())
def test_a_planted_fault_is_found_by_the_elections_made_for_it(fault: str, kind: str) -> None:
    assert finds(kind, planted(fault))


@pytest.mark.parametrize("kind", KINDS)
def test_the_kernel_in_plain_python_is_the_law(kind: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(kernels, "count_rows", kernel_with(None, tmp_path).count_rows)
    assert not finds(kind, kernel, rows=60)


@pytest.mark.parametrize("fault", IN_THE_KERNEL)
def test_a_fault_planted_in_the_kernel_is_found(fault: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(kernels, "count_rows", kernel_with(IN_THE_KERNEL[fault], tmp_path).count_rows)
    assert finds(IN_THE_KERNEL[fault].kind, kernel)


@cache
def without_a_fault(kind: str, method: str) -> list[tuple[Elections, Table]]:
    """Return elections with their seats, of which the kernel as it stands has every number right."""
    cases = [
        KINDS[kind](np.random.default_rng(seed), ms.law(name).replace(method=method, list_seats=seats, **option), 60)
        for seed, (name, seats) in enumerate([("2023", 7), ("2026", 3), ("2021", 105), ("2023", 2), ("2021", 12), ("2026", 231)])
        for option in ({"no_list_passes": "all"}, {"no_list_passes": "top_two", "threshold": "45%"})
    ]
    assert not any(first_other_number(case, kernels.count_lanes) for case in cases)
    return [(case, oracle(case)) for case in cases]


@pytest.mark.parametrize("fault", BEHIND_THE_SEATS)
def test_a_fault_behind_the_seats_is_found_by_the_numbers_and_by_nothing_else(
    fault: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    planted = BEHIND_THE_SEATS[fault]
    faulty, cases = kernel_with(planted, tmp_path), without_a_fault(planted.kind, planted.method)
    assert any(first_other_number(case, faulty.count_lanes) for case, _ in cases)
    monkeypatch.setattr(kernels, "count_rows", faulty.count_rows)
    assert not any(first_difference(kernel, *case) for case in cases)


def test_a_difference_is_told_with_the_votes() -> None:
    one = Elections(ms.law("2023"), np.array([[96, 4], [95, 5]]), np.zeros(2, np.int64), np.ones(2, np.int64))
    assert first_difference(planted("strict threshold"), one) == (
        "votes [95, 5], against all 0, invalid 1: [66, 3] by the oracle, [67, 2] by the rule"
    )
