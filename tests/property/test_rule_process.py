"""A rule in a process of its own: nothing that it does there reaches the verifier but what it answers."""

from __future__ import annotations

import io
import json
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from plain_rules import CLASSICAL

from fuzzing import rules
from mazhilis_sim.errors import AllocationError, FileError
from mazhilis_sim.testing import verify
from mazhilis_sim.testing.sandbox.asking import Here, Mishap, Rows
from mazhilis_sim.testing.sandbox.clock import ThreadClock
from mazhilis_sim.testing.sandbox.process import RuleProcess, mishap_in, seats_in
from mazhilis_sim.testing.sandbox.worker import serve

hare = CLASSICAL["hare"]
TRIED = ("leaves_later", "interrupts", "writes_into_everything", "forks", "sleeps", "stops_the_clock")
"""The rest of them is run by `python benchmarks/fuzz.py rules`."""
FILE = """\
from mazhilis_sim.errors import AllocationError

class Odd(AllocationError):
    pass

def rule(votes, seats):
    if sum(votes) % 2:
        raise Odd("odd")
    return [seats] + [0] * (len(votes) - 1)

class Batched:
    __name__ = "batched"
    def __call__(self, votes, seats):
        return rule(votes, seats)
    def many(self, votes, seats):
        return [[0] * (votes.shape[1] - 1) + [seats] for _ in votes]

batched = Batched()
number = 5
"""


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return rules.in_file(tmp_path_factory.mktemp("rules"))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "own.py").write_text(FILE)
    return tmp_path / "own.py"


@pytest.mark.posix
@pytest.mark.parametrize("name", TRIED)
def test_what_a_rule_does_to_its_process_stays_there(bad: Path, name: str) -> None:
    assert list(rules.findings(bad, name)) == []


@pytest.mark.posix
def test_what_it_forked_ends_with_it(bad: Path) -> None:
    with RuleProcess(f"{bad}:forks", 60) as rule:
        assert rule.one((3, 1), 2) == (2, 0)
        group = rule.process.pid
        os.killpg(group, 0)
    with pytest.raises(ProcessLookupError):
        while True:  # what was killed is gone once its parent, which is no part of this, has taken note
            os.killpg(group, 0)


def test_the_report_is_that_of_the_same_rule_here(place: Path) -> None:
    def rule(votes: list[int], seats: int) -> list[int]:
        if sum(votes) % 2:
            raise AllocationError("odd")
        return [seats] + [0] * (len(votes) - 1)

    small: dict[str, Any] = {"axioms": ["quota", "house_monotone", "concordant"], "exhaustive": (2, 5, 3), "max_examples": 30}
    apart, here = (verify(each, **small) for each in (f"{place}:rule", rule))
    assert (apart.rule, apart.verdicts, apart.misbehaviours) == (here.rule, here.verdicts, here.misbehaviours)
    assert apart.without_result >= here.without_result > 0  # more is asked at once than is needed


def test_a_method_for_many_is_asked_there_too(place: Path) -> None:
    report = verify(f"{place}:batched", axioms=["exact_sum"], exhaustive=(2, 4, 2), max_examples=0)
    assert [mishap.kind for mishap in report.misbehaviours] == ["inconsistent"]


# -- the other end of the pipe, in this process -----------------------------------------------------------------------


def told(word: str, *questions: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what is written where a rule is asked."""
    lines = [json.dumps({"number": number, "limit": 5, **each}).encode() for number, each in enumerate(questions)]
    out = io.BytesIO()
    serve(word, lines, out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


@pytest.fixture(autouse=True)
def paths(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", list(sys.path))


def test_a_line_of_questions_is_answered_with_a_line(place: Path) -> None:
    ready, loaded, first, second = told(f"{place}:rule", {"ask": [[[3, 1], 2], [[2, 1], 1]]}, {"ask": [[[4], 1]]})
    assert ready == {"ready": True}
    assert (loaded["name"], loaded["many"], str(place) in loaded["files"]) == ("rule", False, True)
    assert (first["number"], first["answers"][0]) == (0, {"seats": [2, 0]})
    assert first["answers"][1]["kind"] == "raised"
    assert {"rule in own.Odd", "mazhilis_sim.errors.AllocationError"} < set(first["answers"][1]["errors"])
    assert second == {"number": 1, "answers": [{"seats": [1]}]}


def test_many_are_answered_at_once(place: Path) -> None:
    *_, answer = told(f"{place}:batched", {"many": [[3, 1], [2, 1]], "seats": 2})
    assert answer["answers"] == [{"seats": [[0, 2], [0, 2]]}]


@pytest.mark.parametrize(
    ("code", "word", "said"),
    [
        ("number = 5", "number", {"refused": {"field": "{}:number", "must": "be a function of votes and seats", "shown": "int"}}),
        ("def rule(): pass", "rle", {"refused": {"problem": "{} has no function 'rle'", "remedy": "did you mean 'rule'?"}}),
        ("raise KeyboardInterrupt", "rule", {"failed": "KeyboardInterrupt"}),
        ("raise SystemExit('bye')", "rule", {"failed": "SystemExit: bye"}),
    ],
)
def test_what_cannot_be_loaded_is_told(tmp_path: Path, code: str, word: str, said: dict[str, Any]) -> None:
    place = tmp_path / "own.py"
    place.write_text(code)
    _, found = told(f"{place}:{word}")
    if "refused" in said:
        wanted = {key: value.format(place) for key, value in said["refused"].items()}
        assert wanted.items() <= found["refused"].items()
    else:
        assert found == said


def test_a_rule_that_is_nowhere_needs_no_process() -> None:
    for word, said in (("nowhere.py:rule", "there is no file"), ("a b:rule", "there is no module"), ("a\0.py:rule", "there is no file")):
        with pytest.raises(FileError, match=said):
            RuleProcess(word, 5)


# -- answers are read once more ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ({"seats": [2, 1]}, "wrong sum"),
        ({"seats": [2, 0, 0]}, "wrong length"),
        ({"seats": [3, -1]}, "negative"),
        ({"seats": "20"}, "wrong type"),
        ({}, "wrong type"),
        ({"seats": [True, 1]}, "not whole"),
        ({"kind": "hung", "words": "x" * 10_000, "errors": 5}, "hung"),
        ({"kind": "of its own"}, "ended"),
    ],
)
def test_an_answer_is_not_believed(said: dict[str, Any], kind: str) -> None:
    found = seats_in(said, (3, 1), 2)
    assert isinstance(found, Mishap)
    assert (found.kind, len(found.words) <= 300) == (kind, True)
    assert seats_in({"seats": [2, 0]}, (3, 1), 2) == (2, 0)
    assert mishap_in({"kind": "raised", "errors": [1]}).errors == ("1",)


def test_the_rows_of_an_error_are_whole_numbers() -> None:
    class RowsError(AllocationError):
        rows: Any = (0, "x", 2.5, True, 1)

    class Rule:
        def __call__(self, votes: list[int], seats: int) -> list[int]:
            return hare(votes, seats)

        def many(self, _votes: Any, _seats: int) -> Any:
            raise RowsError("no")

    with ThreadClock(5) as limited:
        found = Here(Rule(), limited).many([(1, 2), (3, 4)], 1)
    assert isinstance(found, Rows)
    assert found.rows == (0, 1)


def alive() -> Iterator[threading.Thread]:
    """Yield the threads that would keep this process."""
    return (thread for thread in threading.enumerate() if not thread.daemon)


def test_no_thread_is_left_that_keeps_this_process(place: Path) -> None:
    before = list(alive())
    with RuleProcess(f"{place}:rule", 60) as rule:
        rule.one((2,), 1)
    assert list(alive()) == before
