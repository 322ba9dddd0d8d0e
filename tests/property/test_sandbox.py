"""What a rule may do to the verifier: nothing but appear in the report."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from plain_rules import CLASSICAL
from verifying import Answer, directly, in_thread, quick

from mazhilis_sim.errors import AllocationError
from mazhilis_sim.testing import Report, verifier, verify
from mazhilis_sim.testing.sandbox import clock, sandbox
from mazhilis_sim.testing.sandbox.answers import KINDS
from mazhilis_sim.testing.sandbox.sandbox import HANGS

hare, dhondt = CLASSICAL["hare"], CLASSICAL["dhondt"]


# -- rules that misbehave -----------------------------------------------------------------------------------------


def raises(_votes: list[int], _seats: int) -> list[int]:
    raise ZeroDivisionError("no votes")


def raises_where_three_parties_have_over_a_thousand(votes: list[int], seats: int) -> list[int]:
    if len(votes) >= 3 and min(votes) > 1000:
        raise KeyError("x")
    return hare(votes, seats)


def exits(_votes: list[int], _seats: int) -> list[int]:
    raise SystemExit(3)


class Unprintable:
    def __repr__(self) -> str:
        raise ValueError("no")


MISBEHAVING: list[tuple[Answer, str]] = [
    (raises, "raised"),
    (raises_where_three_parties_have_over_a_thousand, "raised"),
    (exits, "raised"),
    (lambda votes, seats: hare(votes, seats)[:-1], "wrong length"),
    (lambda votes, seats: [*hare(votes, seats), 0], "wrong length"),
    (lambda votes, seats: [float(given) for given in hare(votes, seats)], "not whole"),
    (lambda votes, seats: [v * seats / sum(votes) for v in votes], "not whole"),
    (lambda votes, seats: np.array(hare(votes, seats)) * 1.0, "not whole"),
    (lambda votes, seats: [given == 1 for given in hare(votes, seats)], "not whole"),
    (lambda votes, seats: [str(given) for given in hare(votes, seats)], "not whole"),
    (lambda votes, seats: [seats + 1, -1, *[0] * (len(votes) - 2)] if len(votes) > 1 else [seats], "negative"),
    (lambda votes, seats: [round(v * seats / sum(votes)) for v in votes], "wrong sum"),
    (lambda votes, seats: [seats + 1, *[0] * (len(votes) - 1)], "wrong sum"),
    (lambda *_: None, "wrong type"),
    (lambda votes, seats: dict(enumerate(hare(votes, seats))), "wrong type"),
    (lambda _, seats: str(seats), "wrong type"),
    (lambda votes, seats: (given for given in hare(votes, seats)), "wrong type"),
    (lambda _, seats: np.int64(seats), "wrong type"),
    (lambda *_: Unprintable(), "wrong type"),
]


@pytest.mark.parametrize(("rule", "kind"), MISBEHAVING)
def test_what_is_no_list_of_seats_is_reported_as_what_it_is(rule: Answer, kind: str) -> None:
    report = quick(rule)
    assert [mishap.kind for mishap in report.misbehaviours] == [kind]
    assert report["exact_sum"].status == "misbehaves"
    assert not report.passed
    assert kind in str(report)
    example = report["exact_sum"].counterexample
    assert example
    assert example.result is None
    assert (example.votes, example.seats) == (report.misbehaviours[0].votes, report.misbehaviours[0].seats)
    json.dumps(report.to_dict())


def test_a_misbehaving_rule_fails_even_where_exact_sum_is_not_asked_for() -> None:
    report = quick(raises_where_three_parties_have_over_a_thousand, "quota")
    assert report["quota"].status == "not refuted"
    assert report["quota"].passed
    assert not report.passed


def test_a_mishap_of_large_elections_shrinks() -> None:
    mishap = quick(raises_where_three_parties_have_over_a_thousand).misbehaviours[0]
    assert (mishap.votes, mishap.seats) == ((1001, 1001, 1001), 1)
    assert str(mishap) == "With votes 1001, 1001, 1001 and 1 seat the rule raises KeyError: 'x'."


def test_nothing_is_claimed_about_a_rule_that_never_answers() -> None:
    for report in (quick(raises), quick(lambda *_: [][1])):
        assert report["quota"].status == "not checked"
        assert not report["quota"].passed


def test_a_rule_without_a_result_is_not_proved_either() -> None:
    def undefined(_votes: list[int], _seats: int) -> list[int]:
        raise AllocationError("no list passes")

    report = quick(undefined)
    assert report.misbehaviours == ()
    assert {verdict.status for verdict in report} == {"not checked"}
    assert report.without_result > 0


def test_elections_without_a_result_count_for_nothing() -> None:
    def half(votes: list[int], seats: int) -> list[int]:
        if sum(votes) % 2:
            raise AllocationError("odd")
        return hare(votes, seats)

    report = quick(half)
    assert report.passed
    assert "defines no result" in str(report)
    assert [m.kind for m in quick(half, undefined=()).misbehaviours] == ["raised"]


@pytest.mark.parametrize(
    "rule",
    [
        lambda votes, seats: tuple(hare(votes, seats)),
        lambda votes, seats: np.array(hare(votes, seats)),
        lambda votes, seats: [np.int64(given) for given in hare(votes, seats)],
        lambda votes, seats: [hare(votes, seats), votes.clear()][0],
    ],
)
def test_any_sequence_of_whole_numbers_will_do_and_the_votes_are_the_rules_own(rule: Answer) -> None:
    assert quick(rule).passed


def test_a_rule_that_answers_differently_the_second_time_is_found() -> None:
    calls = [0]

    def restless(votes: list[int], seats: int) -> list[int]:
        calls[0] += 1
        party = calls[0] % len(votes)
        return [seats if i == party else 0 for i in range(len(votes))]

    assert "inconsistent" in [mishap.kind for mishap in quick(restless).misbehaviours]


# -- time ---------------------------------------------------------------------------------------------------------


class Hands:
    """The hands of a clock that a rule moves by itself: no test waits for time to pass, or looks how much of it did."""

    def __init__(self) -> None:
        self.worked = self.passed = 0.0

    def thread_time(self) -> float:
        return self.worked

    def monotonic(self) -> float:
        return self.passed

    def work(self, seconds: float) -> None:
        self.worked += seconds
        self.passed += seconds

    def wait(self, seconds: float) -> None:
        self.passed += seconds


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    """The clock of the verifier, its sandbox and its alarm."""
    found = Hands()
    for module in (verifier, sandbox, clock):
        monkeypatch.setattr(module, "time", found)
    return found


def look() -> None:
    """Let the alarm look at the clock now."""
    signal.raise_signal(signal.SIGALRM)


@pytest.mark.parametrize("where", [directly, in_thread])
def test_a_rule_that_never_answers_is_asked_once(hands: Hands, where: Callable[..., Report]) -> None:
    asked = []

    def hangs(votes: list[int], _seats: int) -> list[int]:
        asked.append(votes)
        while True:
            hands.work(0.001)

    report = where(lambda: quick(hangs, call_limit=0.2, time_limit=0.4))
    assert [mishap.kind for mishap in report.misbehaviours] == ["hung"]
    assert not report.complete
    assert not report.passed
    assert len(asked) == 1


@pytest.mark.parametrize("where", [directly, in_thread])
def test_a_rule_that_hangs_is_reported_and_ends_the_search(hands: Hands, where: Callable[..., Report]) -> None:
    hung = []

    def hangs_on_large_votes(votes: list[int], seats: int) -> list[int]:
        if max(votes) > 2**40:
            hung.append(votes)
        while max(votes) > 2**40:
            try:
                hands.work(0.001)
            except Exception:  # a rule that swallows what it can
                continue
        return hare(votes, seats)

    report = where(lambda: quick(hangs_on_large_votes, call_limit=0.2, time_limit=1e6))
    assert [mishap.kind for mishap in report.misbehaviours] == ["hung"]
    assert not report.complete
    assert not report.passed
    assert 1 <= len(hung) <= HANGS


def test_a_call_in_another_thread_gives_the_same_report() -> None:
    assert in_thread(lambda: quick(hare)).to_dict() == quick(hare).to_dict()


def test_the_time_limit_ends_a_slow_verification_and_says_so(hands: Hands) -> None:
    def slow(votes: list[int], seats: int) -> list[int]:
        hands.work(0.125)
        return hare(votes, seats)

    report = quick(slow, time_limit=5.0)
    assert not report.complete
    assert report.seconds == 5.25  # what the first call takes is added, and one call goes over
    assert "ended early" in str(report)
    assert (report["quota"].status, report.outcome, report.undecided) == ("undecided", "undecided", ("exact_sum", "quota"))
    assert not report.passed
    assert 0 < report["quota"].tried < 50
    assert report.headline == "slow: undecided, 2 of 2 axioms were not tried to the end"


@pytest.mark.posix
@pytest.mark.parametrize("slow", [1, 2])
def test_a_slow_first_call_is_no_hang_a_slow_second_is(hands: Hands, slow: int) -> None:
    asked: list[list[int]] = []

    def compiles(votes: list[int], seats: int) -> list[int]:
        asked.append(votes)
        if len(asked) == slow:
            hands.work(0.5)
            look()
        return hare(votes, seats)

    kinds = [mishap.kind for mishap in quick(compiles, call_limit=0.2).misbehaviours]
    assert kinds == ([] if slow == 1 else ["hung"])


@pytest.mark.posix
@pytest.mark.parametrize(("waited", "kinds"), [(0.75, []), (0.85, ["hung"])])
def test_a_call_may_wait_for_its_turn_four_times_as_long_as_it_works(hands: Hands, waited: float, kinds: list[str]) -> None:
    def waits(votes: list[int], seats: int) -> list[int]:
        hands.wait(waited)
        look()
        return hare(votes, seats)

    report = quick(waits, call_limit=0.2, time_limit=0.2)
    assert [mishap.kind for mishap in report.misbehaviours] == kinds


@pytest.mark.posix
def test_the_callers_alarm_is_left_as_it_was() -> None:
    rang: list[int] = []
    before = signal.signal(signal.SIGALRM, lambda *_: rang.append(1))
    try:
        signal.setitimer(signal.ITIMER_REAL, 1e6)
        quick(hare)
        left, _ = signal.getitimer(signal.ITIMER_REAL)
        assert 0 < left <= 1e6
        assert not rang
        signal.raise_signal(signal.SIGALRM)
        assert rang
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_an_interrupt_by_the_user_gets_through() -> None:
    def interrupted(_votes: list[int], _seats: int) -> list[int]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        quick(interrupted)


# -- rules that count many at once --------------------------------------------------------------------------------


class Batched:
    """Hare with a method for many elections; ``wrong`` plants a difference between the two."""

    def __init__(self, *, wrong: bool = False) -> None:
        self.calls = self.batches = 0
        self.wrong = wrong

    def __call__(self, votes: list[int], seats: int) -> list[int]:
        self.calls += 1
        return hare(votes, seats)

    def many(self, votes: Any, seats: int) -> Any:
        self.batches += 1
        assert votes.dtype == np.int64
        return np.array([dhondt(row, seats) if self.wrong else hare(row, seats) for row in votes.tolist()])


def test_a_method_for_many_is_used_and_spares_calls() -> None:
    batched = Batched()
    report = quick(batched, "quota", exhaustive=(3, 10, 4), max_examples=0)
    assert report.passed
    assert batched.batches == 12
    elections = 4 * (10 + 65 + 285)
    assert batched.calls < elections / 2  # those that are asked a second time


def test_a_method_for_many_that_counts_otherwise_is_found() -> None:
    report = verify(Batched(wrong=True), axioms=["exact_sum"], exhaustive=(3, 8, 6), max_examples=0)
    assert [mishap.kind for mishap in report.misbehaviours] == ["inconsistent"]


def test_every_kind_of_misbehaviour_is_tested() -> None:
    assert {kind for _, kind in MISBEHAVING} | {"hung", "inconsistent", "ended"} == set(KINDS)
