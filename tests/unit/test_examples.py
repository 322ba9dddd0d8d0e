"""The examples run, say what they should, and those of own parts are short: a model, a rule and an engine in 25 lines each."""

from __future__ import annotations

import runpy
import warnings
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
SAYS = {
    "own_model": ["Model total: sampling and nonsampling error.", "Model overstated: sampling and nonsampling error."],
    "own_rule": ["{'a': 77, 'b': 35, 'c': 33}", "('upper_quota',)", "1,000,000 draws, seed 1."],
    "own_engine": ["True 4 pieces"],
}


def test_the_engine_goes_on_where_a_killed_run_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    runpy.run_path(str(EXAMPLES / "own_engine.py"))
    first, *others = sorted(tmp_path.glob("pieces/*.npz"))
    first.unlink()
    written = [path.stat().st_mtime_ns for path in others]
    runpy.run_path(str(EXAMPLES / "own_engine.py"))
    assert first.exists()
    assert [path.stat().st_mtime_ns for path in others] == written


QUESTIONS = {
    "joint_questions": ["Auyl and Aq Jol together have 30 seats: 0.", "draws of the 10,000 that are kept"],
    "paired_laws": ["2 laws on the same 200,000 draws", "(paired)"],
    "forecast_along_thresholds": ["threshold  enters  mean seats  majority", "18 %"],
    "why_a_forecast": ["JSDP: ", "if alone"],
    "whole_draws": ["50000 True"],
    "compare_laws": ["Auyl                   0        6     8                   6                    5", "> 5.289 %   9.101 %"],
    "how_close": ["JSDP with 13,407 votes fewer: 0 seats"],
    "who_decides": ["Gallagher (least squares)             2.19 %", "Amanat             62  63.3 %   91.3 %          85.7 %"],
    "what_would_it_take": ["Turnout in Almaty that brings Baytaq in: None", "Votes that would: 180,938", "-1,118,012 votes"],
    "round_shares": ["6 of 8"],
}
"""Examples of what people ask of elections and forecasts, and what each says."""


LONGEST = {**dict.fromkeys(SAYS, 25), **dict.fromkeys(QUESTIONS, 30)}
"""Lines of an example at most."""


@pytest.mark.parametrize("name", LONGEST)
def test_an_example_is_short_and_says_what_it_should(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = EXAMPLES / f"{name}.py"
    monkeypatch.chdir(tmp_path)
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST[name]
    with warnings.catch_warnings():
        runpy.run_path(str(path), run_name="__main__")
    said = capsys.readouterr().out
    for line in (SAYS | QUESTIONS)[name]:
        assert line in said


def test_every_own_part_has_an_example() -> None:
    assert {path.stem for path in EXAMPLES.glob("own_*.py")} == set(SAYS)
