"""The compiled count equals the oracle, to the last seat, on every kind of election."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from planted_faults import FAULTS, IN_THE_KERNEL, count, kernel_with
from random_elections import KINDS, Elections, Table, laws

import mazhilis_sim as ms
from mazhilis_sim.kernels.cpu import count as compiled

Rule = Callable[[Elections], Table]

PROMISED = 100_000
PLAN = {"small": (88, 1000), "neighbours": (20, 500), "dominated": (16, 500), "large": (40, 100)}
"""Examples by kind, and elections in each."""

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


def first_difference(rule: Rule, elections: Elections) -> str:
    """Describe the first row that a rule and the oracle count differently; empty when there is none."""
    expected, found = oracle(elections), rule(elections)
    for row in np.flatnonzero((expected != found).any(axis=1)):
        parts = [part[row].tolist() for part in (*elections[1:], expected, found)]
        return "votes {}, against all {}, invalid {}: {} by the oracle, {} by the rule".format(*parts)
    return ""


@pytest.mark.parametrize("kind", PLAN)
def test_the_kernel_counts_every_election_like_the_oracle(kind: str) -> None:
    examples, rows = PLAN[kind]
    counted = []

    @settings(max_examples=examples)
    @given(seed=seeds, law=laws(SEATS[kind]))
    def hold(seed: int, law: ms.ElectoralLaw) -> None:
        elections = KINDS[kind](np.random.default_rng(seed), law, rows)
        assert first_difference(kernel, elections) == ""
        counted.append(len(elections.votes))

    hold()
    assert sum(counted) >= examples * rows


def test_the_promised_number_of_elections_is_counted() -> None:
    assert sum(examples * rows for examples, rows in PLAN.values()) >= PROMISED


# -- one election: every number of the count, not the seats alone ----------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_one_election_has_the_same_numbers_by_kernel_and_oracle(kind: str) -> None:
    tied = []

    @settings(max_examples=40)
    @given(seed=seeds, law=laws(SEATS[kind]), ties=st.sampled_from(["order", "lots"]))
    def hold(seed: int, law: ms.ElectoralLaw, ties: str) -> None:
        elections = KINDS[kind](np.random.default_rng(seed), law.replace(ties=ties), 12)
        ids = names(elections.votes.shape[1])
        for votes, against, invalid in zip(*(part.tolist() for part in elections[1:]), strict=True):
            ballot = dict(zip(ids, votes, strict=True))
            one = ms.allocate(elections.law, ballot, against, invalid=invalid, seed=seed)
            assert one == ms.exact.allocate(elections.law, ballot, against, invalid=invalid, seed=seed)
            tied.append(bool(one.ties))

    hold()
    assert kind in ("large", "neighbours") or sum(tied) > 20


small_votes = st.dictionaries(st.sampled_from("abcdefg"), st.integers(0, 12), min_size=1, max_size=7)


@settings(max_examples=300)
@given(votes=small_votes, against=st.integers(0, 5), law=laws(), candidates=st.dictionaries(st.sampled_from("abc"), st.integers(0, 9)))
@example(votes={"a": 95, "b": 3, "c": 2}, against=0, law=ms.law("2023"), candidates={})  # the floor
@example(votes={"a": 92, "b": 4, "c": 4}, against=0, law=ms.law("2023"), candidates={})  # equal seconds
@example(votes={"a": 95, "b": 5}, against=0, law=ms.law("2023"), candidates={})  # exactly the threshold
@example(votes={"a": 10, "b": 10, "c": 10}, against=0, law=ms.law("2023").replace(list_seats=10), candidates={"a": 1})
@example(votes={"a": 7, "b": 0}, against=0, law=ms.law("2023"), candidates={})  # a second list without votes
@example(votes={"a": 7}, against=93, law=ms.law("2021"), candidates={})  # a single list, at the threshold
@example(votes={"a": 1, "b": 1}, against=0, law=ms.law("2023").replace(list_seats=1), candidates={})  # less than the floor
def test_an_allocation_is_the_same_by_kernel_and_oracle_or_an_error_of_both(
    votes: dict[str, int], against: int, law: ms.ElectoralLaw, candidates: dict[str, int]
) -> None:
    limits = {party: n for party, n in candidates.items() if party in votes}

    def told(counted: Callable[..., ms.Allocation]) -> ms.Allocation | type[Exception]:
        try:
            return counted(law, votes, against, invalid=1, candidates=limits)
        except ms.MazhilisError as error:
            return type(error)

    assert told(ms.allocate) == told(ms.exact.allocate)


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


def finds(kind: str, rule: Rule, rows: int = 250) -> bool:
    """Tell whether elections of a kind tell a faulty rule from the oracle."""
    laws_of = [ms.law(name) for name in ("2021", "2023", "2026")] + [ms.law("2023").replace(list_seats=7)]
    return any(
        first_difference(rule, KINDS[kind](np.random.default_rng(seed), law.replace(no_list_passes="all"), rows))
        for seed, law in enumerate(laws_of)
    )


@pytest.mark.parametrize("kind", KINDS)
def test_the_rule_without_a_fault_is_the_law(kind: str) -> None:
    assert not finds(kind, planted(""))


@pytest.mark.parametrize(("fault", "kind"), FAULTS.items())
def test_a_planted_fault_is_found_by_the_elections_made_for_it(fault: str, kind: str) -> None:
    assert finds(kind, planted(fault))


@pytest.mark.parametrize("kind", KINDS)
def test_the_kernel_in_plain_python_is_the_law(kind: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(compiled, "count_rows", kernel_with(None, tmp_path).count_rows)
    assert not finds(kind, kernel, rows=60)


@pytest.mark.parametrize("fault", IN_THE_KERNEL)
def test_a_fault_planted_in_the_kernel_is_found(fault: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(compiled, "count_rows", kernel_with(IN_THE_KERNEL[fault], tmp_path).count_rows)
    assert finds(IN_THE_KERNEL[fault].kind, kernel, rows=100)


def test_a_difference_is_told_with_the_votes() -> None:
    one = Elections(ms.law("2023"), np.array([[96, 4], [95, 5]]), np.zeros(2, np.int64), np.ones(2, np.int64))
    assert first_difference(planted("strict threshold"), one) == (
        "votes [95, 5], against all 0, invalid 1: [66, 3] by the oracle, [67, 2] by the rule"
    )
