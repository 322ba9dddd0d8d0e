"""Errors are data: the sentence is made of the parts, fits a line, and shows little of a value; every raise site gives its parts."""

from __future__ import annotations

import ast
import pickle
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hostile import HOSTILE
from hypothesis import example, given
from hypothesis import strategies as st

import mazhilis_sim as ms
from mazhilis_sim import errors
from mazhilis_sim.errors import (
    LONGEST_SHOWN,
    NOTHING,
    LawChange,
    MazhilisError,
    Remedy,
    in_text,
    missing_extra,
    said_by,
    show,
    suggestion,
    unknown,
)

LEAVES = (
    ms.LawError,
    ms.VotesError,
    ms.PollError,
    ms.FileError,
    ms.AllocationError,
    ms.SimulationError,
    ms.MissingExtraError,
    ms.MazhilisError,
)
SOURCE = Path(errors.__file__).parent
parts = st.text(st.characters(codec="utf-8"), max_size=30)


# -- the sentence ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (dict(field="threshold", got=5, must="lie in [0, 1)"), "threshold must lie in [0, 1), got 5"),
        (dict(field="votes", must="be whole"), "votes must be whole"),
        (dict(field="votes", got=None, must="be whole"), "votes must be whole, got None"),
        (dict(field="votes", got=1.5, must="be whole", remedy="write 10"), "votes must be whole, got 1.5; write 10"),
        (dict(field="votes", got=1.5, must="be whole", where="a.csv, row 3"), "a.csv, row 3: votes must be whole, got 1.5"),
        (dict(field="votes", got=[1, 2], must="be whole", shown="two"), "votes must be whole, got two"),
        (dict(problem="no list passes", field="law", must="know what then", remedy="wait"), "no list passes; wait"),
        (dict(problem="no list passes", where="row 3"), "row 3: no list passes"),
    ],
)
def test_the_sentence_is_made_of_the_parts(given: dict[str, Any], said: str) -> None:
    for leaf in LEAVES:
        error = leaf(given.get("problem", ""), **{name: value for name, value in given.items() if name != "problem"})
        assert str(error) == said
        assert error.field == given.get("field", "")
        assert error.must == given.get("must", "")
        assert error.got is given.get("got", NOTHING)


@given(parts, parts, parts, parts, st.text() | st.integers() | st.binary() | st.lists(st.text()))
@example("a\nb", "c\r\nd", "e\u2028f", "g\x0bh", "i\nj")
@example("0", "", "0", "0 ", "")
def test_the_sentence_is_one_line_whatever_the_parts_hold(field: str, must: str, remedy: str, where: str, got: Any) -> None:
    error = ms.VotesError(field=field, got=got, must=must, remedy=remedy, where=where)
    assert len(str(error).splitlines()) == 1
    assert len(error.shown) <= LONGEST_SHOWN
    longest = sum(len(errors.plain_line(f"|{part}|")) - len("||") for part in (field, must, remedy, where, error.shown))
    assert len(str(error)) <= longest + len(" must , got ; : ")


@pytest.mark.parametrize("value", HOSTILE)
def test_what_is_shown_of_a_value_is_short_and_in_one_line(value: str) -> None:
    shown = show(HOSTILE[value]())
    assert shown
    assert len(shown) <= LONGEST_SHOWN
    assert shown == " ".join(shown.split())


def test_what_a_terminal_would_obey_is_written_out() -> None:
    with pytest.raises(ms.PollError) as caught:
        ms.Poll({"a": 0.5, "b": 0.2}, sample_size=-1, pollster="\x1b[31mX\u202e\0")
    assert str(caught.value).isprintable()
    assert "\\x1b[31mX\\u202e\\x00" in str(caught.value)


def test_of_many_names_some_are_listed() -> None:
    said = suggestion("zz", [f"list {number}" for number in range(5000)] + ["x" * 100_000])
    assert len(said) < 600
    assert said.endswith(" and 4,961 more")


class SpeechlessError(Exception):
    """An error that fails when it is asked what it says."""

    def __str__(self) -> str:
        raise ValueError


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ValueError("two\nlines"), "ValueError: two lines"),
        (ValueError(), "ValueError"),
        (SpeechlessError(), "SpeechlessError"),
        (KeyError("x" * 3000), r"KeyError: 'x+\.\.\."),
    ],
)
def test_what_a_stranger_s_error_says_is_short_and_in_one_line(error: Exception, said: str) -> None:
    assert re.fullmatch(said, said_by(error))
    assert len(said_by(error)) <= 150


def long_winded(*_: Any) -> Any:
    """Raise what nobody wants to read."""
    raise RuntimeError("x" * 3000)


class Failing:
    """An engine that fails, and an executor that does."""

    run = submit = staticmethod(long_winded)


@pytest.mark.parametrize(
    "asked",
    [
        lambda poll: ms.simulate(ms.law("2026"), poll, n_draws=9, engine=Failing()),
        lambda poll: ms.simulate(ms.law("2026"), poll, n_draws=9, executor=Failing()),
        lambda poll: ms.simulate(ms.law("2026"), poll, n_draws=9, model=ms.models.Own(long_winded)),
        lambda poll: ms.simulate(ms.law("2026").replace(method=long_winded), poll, n_draws=9),
        lambda _: ms.allocate(ms.law("2026").replace(method=long_winded), {"a": 6, "b": 4}),
        lambda _: ms.allocate_many(ms.law("2026").replace(method=long_winded), [[6, 4]]),
    ],
)
def test_whatever_a_user_s_function_raises_is_one_short_line(asked: Callable[[ms.Poll], Any]) -> None:
    with pytest.raises(MazhilisError, match=r"RuntimeError: x+\.\.\.") as caught:
        asked(ms.Poll({"a": 0.6, "b": 0.4}, sample_size=1000))
    assert len(str(caught.value)) < 300
    assert "\n" not in str(caught.value)


def test_what_is_shown_tells_values_apart() -> None:
    assert show("x" * 100) == "'" + "x" * 27 + "..." + "x" * 28 + "'"
    assert show(10**5000) == "an int of about 5001 digits"
    assert show(np.arange(6).reshape(2, 3)) == "ndarray of shape (2, 3)"
    assert show(pd.DataFrame({"a": [1]})) == "DataFrame of shape (1, 1)"
    assert show(np.array(3)) == "array(3)"
    assert show(list(range(9))) == "[0, 1, 2, 3, ...]"
    assert "Refuses" in show(HOSTILE["refuses"]())


# -- places, copies, other words ----------------------------------------------------------------------------------------


def test_a_place_is_put_before_the_one_that_stands_there() -> None:
    error = ms.PollError(field="share", got=2, must="lie in [0, 1]", where="row 3", remedy="write 2 %")
    moved = error.at("polls.csv")
    assert str(moved) == "polls.csv: row 3: share must lie in [0, 1], got 2; write 2 %"
    assert type(moved) is ms.PollError
    assert str(error).startswith("row 3: ")
    assert str(error.at("a").at("b")).startswith("b: a: row 3: share")
    elsewhere = error.at("scenario.toml", ms.FileError)
    assert type(elsewhere) is ms.FileError
    assert (elsewhere.field, elsewhere.got, elsewhere.must) == ("share", 2, "lie in [0, 1]")


def test_a_place_loses_nothing_that_an_error_carries_beside_its_parts() -> None:
    error = ms.AllocationError("no result", field="law", must="have a result")
    error.rows = (3, 5)
    moved = error.at("votes.csv")
    assert isinstance(moved, ms.AllocationError)
    assert moved.rows == (3, 5)


@pytest.mark.parametrize("leaf", LEAVES)
def test_errors_can_be_sent_to_another_process_whatever_they_carry(leaf: type[MazhilisError]) -> None:
    error = leaf(field="rule", got=lambda: None, must="be sent", remedy=Remedy("write a", "write b"), where="here")
    back = pickle.loads(pickle.dumps(error))
    assert type(back) is leaf
    assert str(back) == str(error)
    assert (back.field, back.must, back.remedy, back.where) == ("rule", "be sent", error.remedy, "here")
    assert back.got == error.shown


def test_a_remedy_is_said_in_both_words() -> None:
    remedy = Remedy('write "5%" or Fraction(5, 100)', "write 5%")
    python, text = (leaf(field="threshold", got=5, must="lie in [0, 1)", remedy=remedy) for leaf in (ms.LawError, ms.FileError))
    assert str(python) == 'threshold must lie in [0, 1), got 5; write "5%" or Fraction(5, 100)'
    assert str(text) == "threshold must lie in [0, 1), got 5; write 5%"
    assert in_text(remedy) == "write 5%"
    assert in_text("write 5") == "write 5"
    assert python.sentence("use --threshold 5%", "--threshold") == "--threshold must lie in [0, 1), got 5; use --threshold 5%"


def test_a_change_of_the_law_is_advised_by_field_and_values() -> None:
    assert str(LawChange("no_list_passes", ("top_two", "all"))) == 'choose law.replace(no_list_passes="top_two") or "all"'
    without = LawChange("district_seats", (0,), verb="write", after="to leave them out")
    assert str(without) == "write law.replace(district_seats=0) to leave them out"


# -- names that are not known -------------------------------------------------------------------------------------------


def test_an_unknown_name_comes_with_the_nearest_or_all() -> None:
    error = unknown(ms.SimulationError, "party", "amanta", ("amanat", "auyl"))
    assert str(error) == "there is no party 'amanta'; did you mean 'amanat'?"
    assert (type(error), error.field, error.got, error.must) == (ms.SimulationError, "party", "amanta", "be one of amanat, auyl")
    assert str(unknown(ms.SimulationError, "party", "zzz", ("b", "a"))) == "there is no party 'zzz'; known: a, b"
    assert str(unknown(ms.SimulationError, "party", 5, (), where="row 2")) == "row 2: there is no party 5"
    assert suggestion("AMANAT", ["amanat"]) == "did you mean 'amanat'?"


def test_a_missing_extra_names_what_installs_it_and_is_an_import_error() -> None:
    error = missing_extra("pandas", "frame")
    assert isinstance(error, ImportError)
    assert (error.field, error.must) == ("pandas", "be installed")
    assert 'pip install "mazhilis-sim[frame]"' in str(error)


# -- every raise site ---------------------------------------------------------------------------------------------------


AS_READERS_SAY = {"error", "leaf"}
"""What readers call the leaf that they are told to raise; a method of that name builds an error of its own arguments."""


def error_names() -> set[str]:
    """Return the names of the base, the leaves, and what else in the package is one of them."""
    found, seen = {MazhilisError}, set[type]()
    while found:
        cls = found.pop()
        seen.add(cls)
        found |= set(cls.__subclasses__()) - seen
    return {cls.__name__ for cls in seen if cls.__module__.startswith("mazhilis_sim")} | AS_READERS_SAY


def faults(text: str, names: set[str]) -> Iterator[str]:
    """Yield what a source does that it should not: a bare assert, an error without its parts, a sentence that is written as a whole."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Assert):
            yield f"line {node.lineno}: assert"
        if isinstance(node, ast.Call) and called(node) in names:
            given = {keyword.arg for keyword in node.keywords}
            if not {"field", "must"} <= given and None not in given:  # None: parts that are passed on with **
                yield f"line {node.lineno}: {called(node)} without field and must"
            if any(", got " in word for argument in node.args for word in literals(argument)):
                yield f"line {node.lineno}: {called(node)} with a whole sentence"


def called(node: ast.Call) -> str:
    """Return the name of what is called."""
    if isinstance(node.func, ast.Attribute):
        return "" if node.func.attr in AS_READERS_SAY else node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def literals(node: ast.AST) -> Iterator[str]:
    """Yield the texts that stand in an expression."""
    yield from (part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str))


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: str(path.relative_to(SOURCE)))
def test_every_error_is_raised_with_its_parts_and_nothing_is_asserted(path: Path) -> None:
    assert list(faults(path.read_text(encoding="utf-8"), error_names())) == []


@pytest.mark.parametrize(
    ("planted", "fault"),
    [
        ("assert x > 0", "assert"),
        ("raise VotesError('no votes')", "without field and must"),
        ("raise errors.VotesError(field='votes', got=x)", "without field and must"),
        ("def f():\n    if x:\n        return LawError('x', must='be')", "without field and must"),
        ("raise VotesError(f'votes must be whole, got {x!r}', field='votes', must='be whole')", "with a whole sentence"),
        ("raise error('votes must be whole, got ' + x, field='votes', must='be whole')", "with a whole sentence"),
    ],
)
def test_a_planted_fault_of_a_raise_site_is_found(planted: str, fault: str) -> None:
    assert [found for found in faults(planted, error_names()) if fault in found]


def test_a_raise_site_with_its_parts_passes() -> None:
    sound = (
        "raise VotesError(field='votes', got=x, must='be whole')\nraise unknown(VotesError, 'party', x, known)\nraise error.at('here')\n"
    )
    assert list(faults(sound, error_names())) == []
    assert {"VotesError", "RuleRefutedError", "MissingExtraError", "MazhilisError"} <= error_names()
