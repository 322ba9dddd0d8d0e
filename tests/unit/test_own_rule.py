"""A rule of one's own as the method of a law: counted, explained, checked, in arrays, compiled, and handed to `verify`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numba
import numpy as np
import pytest

import mazhilis_sim as ms
from mazhilis_sim.counting.own_rule_many import share_out_rows
from mazhilis_sim.testing import verify

LAW = ms.law("2023", district_seats=0)
VOTES = {"a": 60, "b": 30, "c": 10, "d": 1}


def rest_to_the_first(votes: list[int], seats: int) -> list[int]:
    """Whole parts of the exact shares, and what is left to the first list."""
    won = [seats * v // sum(votes) for v in votes]
    return [won[0] + seats - sum(won), *won[1:]]


@numba.njit
def rest_to_the_first_compiled(votes: Any, seats: int) -> Any:
    won = seats * votes // votes.sum()
    won[0] += seats - won.sum()
    return won


@numba.njit
def as_a_list_compiled(votes: Any, seats: int) -> Any:
    won = [seats * votes[i] // votes.sum() for i in range(len(votes))]
    won[0] += seats - sum(won)
    return won


RULES = [
    rest_to_the_first,
    pytest.param(rest_to_the_first_compiled, marks=pytest.mark.jit),
    pytest.param(as_a_list_compiled, marks=pytest.mark.jit),
]
each = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)

# -- counted -------------------------------------------------------------------------------------------------------------


@each
def test_a_function_is_a_method(rule: Any) -> None:
    law = LAW.replace(method=rule)
    a = ms.allocate(law, VOTES)
    assert a.seats == {"a": 43, "b": 20, "c": 6, "d": 0}  # 69 x 60, 30 and 10 / 100: 41, 20 and 6, and two more to a
    assert a.admitted == ("a", "b", "c")
    assert (a.whole, a.remainders, a.quotients, a.ties) == ({}, {}, {}, ())
    assert ms.elect(law, ms.Election(list_votes=VOTES)).list_seats == a.seats
    assert f"method={rule.__name__}, majority" in repr(law)
    assert law.method_name == rule.__name__
    assert not {"quota", "remainders", "ties"} & set(law.source)
    assert len({law, LAW, LAW.replace(method=rule)}) == 2


@pytest.mark.parametrize("form", [list, tuple, np.array], ids=["list", "tuple", "array"])
def test_a_function_answers_with_any_row_of_whole_numbers(form: Callable[[list[int]], Any]) -> None:
    def rule(votes: list[int], seats: int) -> Any:
        return form(rest_to_the_first(votes, seats))

    assert ms.allocate(LAW.replace(method=rule), VOTES).seats == {"a": 43, "b": 20, "c": 6, "d": 0}


def test_the_protocol_names_the_rule_and_shows_what_it_gave() -> None:
    text = ms.allocate(LAW.replace(method=rest_to_the_first), VOTES, candidates={"a": 40}).explain()
    assert "3. Rule rest_to_the_first (of no version of the law): it shares out 69 seats among the admitted lists." in text
    assert "\n   a        60     43\n   b        30     20\n   c        10      6\n" in text
    assert "quota" not in text
    assert "Vacant (Article 97-1(6)): lists without candidates left: a 3." in text


@each
def test_who_is_admitted_and_the_two_party_rule_stay_the_law_s(rule: Any) -> None:
    law = LAW.replace(method=rule)
    worked = {"a": 5_400_000, "b": 290_000, "c": 210_000}
    a = ms.allocate(law, worked, against_all=100_000)
    assert (a.fallback, a.seats) == (True, {"a": 67, "b": 2, "c": 0})
    assert "Two-party rule" in a.explain()
    assert "Rule " not in a.explain()
    with pytest.raises(ms.AllocationError, match="no list reached the threshold"):
        ms.allocate(law.replace(threshold="70%"), VOTES)
    two = ms.allocate(law.replace(threshold="70%", no_list_passes="top_two"), VOTES)
    assert two.seats == {"a": 46, "b": 23, "c": 0, "d": 0}


def test_votes_of_any_size_are_handed_to_a_python_function() -> None:
    seats = ms.allocate(LAW.replace(method=rest_to_the_first), {p: v * 10**30 for p, v in VOTES.items()}).seats
    assert seats == {"a": 43, "b": 20, "c": 6, "d": 0}


@pytest.mark.jit
def test_votes_beyond_64_bits_are_not_handed_to_a_compiled_function() -> None:
    with pytest.raises(ms.AllocationError, match="votes must fit 64-bit integers for a method that numba compiled"):
        ms.allocate(LAW.replace(method=rest_to_the_first_compiled), {p: v * 10**30 for p, v in VOTES.items()})


class TakesArrays:
    """What numba compiled, as far as counting looks: what it stands for is an attribute, and votes come in an array."""

    __name__ = "takes_arrays"
    py_func = staticmethod(rest_to_the_first)

    def __call__(self, votes: Any, seats: int) -> list[int]:
        assert votes.dtype == np.int64
        return rest_to_the_first(votes.tolist(), seats)


def test_64_bits_hold_votes_up_to_these() -> None:
    law, most = LAW.replace(method=TakesArrays()), 2**63 - 1
    assert ms.allocate(law, {"a": most, "b": most // 2}).seats == {"a": 47, "b": 22}  # 22.99... and what is left to the first
    with pytest.raises(ms.AllocationError, match=f"votes must fit 64-bit integers for a method that numba compiled, got {most + 1}; give"):
        ms.allocate(law, {"a": most + 1, "b": most // 2})


# -- in arrays -----------------------------------------------------------------------------------------------------------


def rows_of_every_kind(n: int = 400) -> np.ndarray:
    """Draw elections, with fallbacks, with no list that passes and with a single one among them."""
    rng = np.random.default_rng(4)
    votes = rng.integers(0, 40, (n, 5)) * rng.integers(0, 2, (n, 5))
    votes[::3, 2] += 900
    votes[~votes.any(axis=1), 0] = 1
    return votes


@each
@pytest.mark.parametrize("option", ["top_two", "all"])
def test_arrays_are_counted_like_single_elections(rule: Any, option: str) -> None:
    law, votes = LAW.replace(method=rule, threshold="35%", no_list_passes=option), rows_of_every_kind()
    seats = ms.allocate_many(law, votes, against_all=7)
    one_by_one = [ms.allocate(law, dict(zip("abcde", row, strict=True)), 7) for row in votes.tolist()]
    assert seats.tolist() == [list(a.seats.values()) for a in one_by_one]
    assert {a.fallback for a in one_by_one} == {True, False}
    assert any(len(a.admitted) > 1 and not a.fallback for a in one_by_one)
    assert any(max(a.votes.votes.values()) < law.threshold * a.base for a in one_by_one)
    assert (seats != ms.allocate_many(law.replace(method="hare"), votes, against_all=7)).any()


@each
def test_lanes_of_a_simulation_are_shared_out_like_rows(rule: Any) -> None:
    votes = np.array([[6, 3, 0, 1], [5, 5, 5, 5], [1, 0, 0, 0]]).T.astype(np.int32)
    admitted, won = (votes > 0).astype(np.int32), np.full(votes.shape, 9, np.int32)
    share_out_rows(rule, votes.T, admitted.T, 10, np.array([0, 2]), won.T)
    assert won.T.tolist() == [[6, 3, 0, 1], [9, 9, 9, 9], [10, 0, 0, 0]]


# -- answers that are none -----------------------------------------------------------------------------------------------

MUST = "answer of method .* must be 2 whole numbers, none negative, 69 in all, got "


def compiled(rule: Callable[..., Any], said: str) -> Any:
    """Return a rule that numba compiled, and what is said of its answer."""
    return pytest.param(numba.njit(rule), said, marks=pytest.mark.jit)


class Unreadable(list[int]):
    """A list that fails when it is read."""

    def __iter__(self) -> Any:
        raise RuntimeError


BAD = [
    (lambda _votes, seats: [seats], MUST + r"\[69\]"),
    (lambda _votes, seats: [seats, 0, 0], MUST + r"\[69, 0, 0\]"),
    (lambda _votes, seats: [seats + 1, -1], MUST + r"\[70, -1\]"),
    (lambda _votes, seats: [seats - 1, 0], MUST + r"\[68, 0\]"),
    (lambda _votes, seats: [seats / 2, seats / 2], MUST + r"\[34\.5, 34\.5\]"),
    (lambda _votes, seats: [float(seats), 0.0], MUST + r"\[69\.0, 0\.0\]"),
    (lambda _votes, seats: (each for each in (seats, 0)), MUST),
    (lambda _votes, _seats: None, MUST + "None"),
    (lambda _votes, _seats: "69", MUST + "'69'"),
    (lambda _votes, _seats: ["69", "0"], MUST + r"\['69', '0'\]"),
    (lambda _votes, _seats: [True, 68], MUST + r"\[True, 68\]"),
    (lambda _votes, _seats: bytes([69, 0]), MUST + r"b'E\\x00'"),
    (lambda _votes, seats: {seats: 0, 0: seats}, MUST + r"\{0: 69, 69: 0\}"),
    (lambda _votes, seats: {seats, 0}, MUST),
    (lambda _votes, _seats: Unreadable([69, 0]), MUST),
    (lambda _votes, _seats: 1 / 0, r"method .* raised ZeroDivisionError: division by zero"),
    (lambda _votes: [69, 0], r"method .* raised TypeError"),
    compiled(lambda votes, _seats: votes, MUST + r"ndarray of shape \(2,\)"),
    compiled(lambda _votes, seats: [seats, 0, 0], MUST),
    compiled(lambda _votes, seats: [seats * 1.0, 0.0], MUST),
    compiled(lambda _votes, seats: [seats * 1.5, seats * -0.5], MUST),
    compiled(lambda votes, seats: [seats // (votes[0] - 60), 0], "method .* raised ZeroDivisionError"),
]


@pytest.mark.parametrize(("rule", "said"), BAD)
def test_an_answer_that_is_none_is_refused_wherever_the_rule_is_asked(rule: Any, said: str) -> None:
    law = LAW.replace(method=rule)
    with pytest.raises(ms.AllocationError, match=said):
        ms.allocate(law, {"a": 60, "b": 40})
    with pytest.raises(ms.AllocationError, match=f"^row 1: {said}"):
        ms.allocate_many(law, [[95, 3], [60, 40]])  # the first is a fallback, and the rule is not asked
    if "ZeroDivision" not in said or not hasattr(rule, "py_func"):  # that one fails for a few votes alone
        assert verify(rule, axioms=["exact_sum"], exhaustive=(3, 3, 69), max_examples=5).misbehaviours


def test_a_rule_may_say_itself_that_there_is_no_result() -> None:
    def strict(_votes: list[int], _seats: int) -> list[int]:
        raise ms.AllocationError("these votes have no result")

    with pytest.raises(ms.AllocationError, match="^these votes have no result$"):
        ms.allocate(LAW.replace(method=strict), VOTES)


def test_a_rule_cannot_change_the_votes() -> None:
    def greedy(votes: list[int], seats: int) -> list[int]:
        votes[0] = 0
        return [seats, *[0] * (len(votes) - 1)]

    a = ms.allocate(LAW.replace(method=greedy), VOTES)
    assert a.votes.votes == VOTES


@pytest.mark.parametrize("bad", [5, None, ["hare"], int, type("Unhashable", (), {"__hash__": None, "__call__": lambda *_: []})()])
def test_what_is_no_method_is_refused(bad: Any) -> None:
    with pytest.raises(ms.LawError, match="^method must be "):
        LAW.replace(method=bad)


# -- under the verifier --------------------------------------------------------------------------------------------------


@each
def test_the_same_function_is_verified(rule: Any) -> None:
    report = verify(LAW.replace(method=rule).method, axioms=["exact_sum", "upper_quota"], exhaustive=(3, 6, 4), max_examples=50)
    assert str(report["upper_quota"].counterexample).startswith("With votes 1, 1, 1 and 2 seats the rule gives 2, 0, 0: party 1")
    overflows = rule is not rest_to_the_first  # products of 64 bits that numba lets run over are found as well
    assert report.broken == (("exact_sum", "upper_quota") if overflows else ("upper_quota",))
