"""Whatever a public callable gets: an own error in one line, or a right answer; nothing else, ever."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from doors import CANDIDATES, CASE, DOORS, HARE, LAW, POLL, REGIONS, Door, forecast, parameters, poll, public_callables, write_files
from hostile import HOSTILE, FindingError, judge

import mazhilis_sim as ms
from mazhilis_sim import reading

SECONDS = 20.0
"""For one call: nothing hangs, on a busy machine either."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the files that the table names."""
    place = tmp_path_factory.mktemp("doors")
    write_files(place)
    return place


def test_every_public_callable_stands_in_the_table_with_every_argument() -> None:
    missing = {}
    for name, thing in public_callables():
        wanted = parameters(name, thing)
        if wanted - set(DOORS[name].good if name in DOORS else ()):
            missing[name] = wanted - set(DOORS[name].good if name in DOORS else ())
    assert missing == {}


def test_the_values_are_many_and_differ() -> None:
    assert len(HOSTILE) >= 25
    assert len({str(type(make())) for make in HOSTILE.values()}) >= 25


@pytest.mark.parametrize("name", DOORS)
def test_good_arguments_are_answered(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    door = DOORS[name]
    assert judge(door.call, door.arguments(), door.gives, seconds=600) == "answered"


@pytest.mark.parametrize("name", [name for name, door in DOORS.items() if door.good])
def test_a_hostile_value_is_refused_in_a_line_or_answered(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    assert list(findings(DOORS[name])) == []


def findings(door: Door) -> Iterator[str]:
    """Yield what goes wrong with each argument and each hostile value, one bad argument at a time.

    The good arguments come first, and have time: something may have to be compiled.
    """
    judge(door.call, door.arguments(), door.gives, seconds=600)
    for argument in door.good:
        for value, make in HOSTILE.items():
            if argument in door.work and reading.integer(make()) is not None and reading.integer(make()) in range(10**4, 2**64):
                continue
            try:
                judge(door.call, door.arguments() | {argument: make()}, door.gives, SECONDS)
            except FindingError as found:
                yield f"{argument}={value}: {found}"


# -- what one door takes every door takes -------------------------------------------------------------------------------

SHARES = ["50%", "50 %", "0.5", 0.5, Decimal("0.5"), Fraction(1, 2), np.float64(0.5), np.array(0.5)]
WHOLES = [5, 5.0, "5", "5.0", Decimal(5), Fraction(5), np.uint8(5), np.array(5), "0.5e1"]
TAKE_SHARES: dict[str, Callable[[Any], Any]] = {
    "threshold": lambda value: LAW.replace(threshold=value),
    "weight": lambda value: ms.Fallback(weight=value),
    "share of a poll": lambda value: ms.Poll({"a": value, "b": 0.5}, sample_size=100).q,
    "undecided": lambda value: ms.Poll({"a": 0.3, "b": 0.2}, sample_size=100, undecided=value).q,
    "confidence": lambda value: poll(confidence=value).n_eff,
    "turnout": lambda value: REGIONS[0].at_turnout(value),
    "swing": lambda value: REGIONS[0].swung({"b": value}),
    "share of a region": lambda value: ms.Region.of_shares("n", {"a": value, "b": "50%"}, registered=10, turnout=value, invalid=value),
    "level of a forecast": lambda value: forecast().interval("a", value),
    "quantile": lambda value: forecast().quantile("a", value),
    "quantiles": lambda value: tuple(forecast().quantile("a", [value, 0.5])),
    "level of a probability": lambda value: ms.Probability(3, 10).interval(value),
    "level of a score": lambda value: ms.scores.interval_score([1], [3], [2], value).tolist(),
    "levels of a backtest": lambda value: ms.backtest([CASE], models="multinomial", levels=[value], n_draws=5, seed=1).to_dict(),
    "sigma": lambda value: ms.models.Total(sigma=value),
    "beta": lambda value: ms.models.Districts(beta=value),
}
TAKE_WHOLES: dict[str, Callable[[Any], Any]] = {
    "votes": lambda value: ms.allocate(LAW, {"a": value, "b": 3}).seats,
    "against all": lambda value: ms.ListVotes({"a": 5}, value),
    "votes of a district": lambda value: ms.plurality({"x": value, "y": 3}),
    "votes of a candidate": lambda value: ms.Candidate("A", "a", value),
    "number of a district": lambda value: ms.District(value, CANDIDATES),
    "registered": lambda value: ms.Region.of_shares("n", {"a": 1}, registered=value, turnout=1),
    "seats of a law": lambda value: LAW.replace(list_seats=value),
    "floor": lambda value: ms.Fallback(floor=value),
    "size of a poll": lambda value: ms.Poll({"a": 0.5, "b": 0.5}, sample_size=value).n_eff,
    "seed": lambda value: ms.simulate_shares(POLL, n_draws=3, seed=value).tolist(),
    "draws": lambda value: ms.simulate_shares(POLL, n_draws=value, seed=1).tolist(),
    "first draw": lambda value: ms.simulate_shares(POLL, n_draws=3, start=value, seed=1).tolist(),
    "chambers": lambda value: forecast().draws(value).tolist(),
    "seats": lambda value: forecast().p_at_least("a", value),
    "seats under test": lambda value: HARE([5, 3], value),
}


@pytest.mark.parametrize(
    ("door", "values"),
    [*((take, SHARES) for take in TAKE_SHARES.values()), *((take, WHOLES) for take in TAKE_WHOLES.values())],
    ids=[*TAKE_SHARES, *TAKE_WHOLES],
)
def test_what_one_door_takes_every_door_takes(door: Callable[[Any], Any], values: list[Any]) -> None:
    first, *others = (door(value) for value in values)
    assert all(other == first for other in others)


# -- the test can fail -------------------------------------------------------------------------------------------------


def passes_on(value: Any) -> int:
    """Trust what comes."""
    return value + 1  # type: ignore[no-any-return]


def asserts(value: Any) -> int:
    """Decide by a bare assert."""
    assert isinstance(value, int)
    return value


def shows_everything(value: Any) -> int:
    """Write the whole value."""
    if type(value) is not int:
        raise ms.VotesError(f"votes must be whole, got {value}", field="votes", got=value, must="be whole")
    return value


def says_too_little(value: Any) -> int:
    """Raise the sentence alone."""
    if type(value) is not int:
        raise ms.VotesError("votes must be whole")
    return value


def answers_with_anything(value: Any) -> Any:
    """Return what came."""
    return value


def never_ends(value: Any) -> int:
    """Count down to zero, which is far or never there."""
    while value == value and type(value) is float:
        pass
    return 0


def warns_by_the_way(value: Any) -> int:
    """Warn as numpy does."""
    if type(value) is float:
        warnings.warn("overflow", RuntimeWarning, stacklevel=1)
    return 0


@pytest.mark.parametrize(
    ("faulty", "said"),
    [
        (passes_on, "raises TypeError"),
        (asserts, "raises AssertionError"),
        (shows_everything, "message shows the whole value"),
        (shows_everything, "message of 10000"),
        (shows_everything, "raises RuntimeError"),
        (says_too_little, "carries field=''"),
        (answers_with_anything, "returns str, not"),
        (never_ends, "hangs"),
        (warns_by_the_way, "warns with RuntimeWarning"),
    ],
)
def test_a_planted_fault_is_found(faulty: Callable[[Any], Any], said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("test_hostile_values.SECONDS", 0.05)
    assert any(said in found for found in findings(Door(faulty, {"value": 1}, int)))
