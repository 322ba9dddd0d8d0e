"""``--chance``: what is asked in words is what the library answers, of a forecast and of a saved one."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import mazhilis_sim as ms
from mazhilis_sim.cli import app
from mazhilis_sim.cli.forecasting import run as run_of_forecasts
from mazhilis_sim.simulation.saving import text_of

FORECAST = ("forecast", "2023", "--law", "2026", "--draws", "20000", "--seed", "7")
ASKED: dict[str, tuple[Any, Any]] = {
    "auyl+aq_jol>=20": (lambda s: s["auyl"] + s["aq_jol"] >= 20, None),
    "auyl + aq_jol >= 20 given jsdp>0": (lambda s: s["auyl"] + s["aq_jol"] >= 20, lambda s: s["jsdp"] > 0),
    "Ауыл>Ак жол and jsdp=0": (lambda s: (s["auyl"] > s["aq_jol"]) & (s["jsdp"] == 0), None),
}


def run(*words: str) -> str:
    done = CliRunner(env={"COLUMNS": "80"}).invoke(app, words)
    assert done.exit_code == 0, done.stderr
    return done.stdout


def chances(words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(words)["report"]["chances"]
    return found


def test_chances_are_those_of_the_library() -> None:
    found = chances(run(*FORECAST, *(word for asked in ASKED for word in ("--chance", asked)), "--json", "-"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        f = ms.simulate(ms.law("2026"), ms.load_polls(2023), n_draws=20_000, seed=7)
    for row, (words, (event, given)) in zip(found, ASKED.items(), strict=True):
        p = f.p(event, given=given)
        assert (row["asked"], row["successes"], row["draws"], row["chance"], row["se"]) == (words, p.successes, p.draws, p.value, p.se)
        assert 0 < p.value < 1


def test_a_condition_of_no_kept_draw_is_asked_of_all() -> None:
    """More draws than are kept, and a condition so rare that it happens in some of them alone."""
    words = run("forecast", "2023", "--law", "2026", "--draws", "300k", "--chance", "amanat>0 given baytaq>20", "--json", "-")
    (row,) = chances(words)
    assert row["chance"] == 1
    assert 0 < row["draws"] < 300


def test_chances_are_saved_and_shown_again(tmp_path: Path) -> None:
    saved, again = str(tmp_path / "run.json"), str(tmp_path / "again.json")
    printed = run(*FORECAST, "--chance", "auyl>aq_jol", "--json", saved)
    line = next(line for line in printed.splitlines() if line.endswith(": auyl>aq_jol"))
    assert line in run("show", saved).splitlines()
    assert line.split("%")[0].split()[-1] in run("show", saved, "--verbose").split("auyl>aq_jol")[0]
    more = run("show", saved, "--chance", "jsdp>0 given auyl>0", "--json", again)
    assert "auyl>aq_jol" in more
    assert "jsdp>0 given auyl>0" in more
    assert [row["asked"] for row in chances(Path(again).read_text(encoding="utf-8"))] == ["auyl>aq_jol", "jsdp>0 given auyl>0"]
    assert "шанс" in run("show", saved, "--lang", "ru")


def test_the_likeliest_chambers_are_those_of_the_library(tmp_path: Path) -> None:
    saved = str(tmp_path / "run.json")
    printed = run(*FORECAST, "--likeliest", "2", "--json", saved)
    f = ms.load_forecast(saved)
    found = f.likeliest(2)
    assert json.loads(Path(saved).read_text(encoding="utf-8"))["report"]["likeliest"] == found.to_dict()["rows"]
    names = {"amanat": "Amanat", "auyl": "Auyl", "aq_jol": "Aq Jol"}
    for p, row in zip(found.chances, found.rows(), strict=True):
        won = sorted(((row[party], party) for party in f.parties if row[party]), reverse=True)
        line = f"{100 * p.value:.1f} %: " + ", ".join(f"{names[party]} {seats}" for seats, party in won)
        assert line in printed
        assert line in run("show", saved)
    assert run("show", saved, "--likeliest", "4").count("Amanat 1") >= 4
    assert len(json.loads(run("show", saved, "--likeliest", "3", "--json", "-"))["report"]["likeliest"]) == 3


WRONG = {
    "no comparison": ("auyl", "--chance must compare seats, such as 'baytaq>0'"),
    "no party": ("5>3", "--chance must compare seats"),
    "a party": ("auyll>3", "--chance auyll>3: there is no party 'auyll'; did you mean 'auyl'?"),
    "half a condition": ("auyl>3 given", "--chance must compare seats"),
    "two conditions": ("auyl>3 given jsdp>0 given baytaq>0", "--chance must hold one given at most"),
    "what never happens": ("auyl>3 given amanat<0", "the condition happened in no draw"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_cannot_be_asked_is_one_line(wrong: str) -> None:
    words, said = WRONG[wrong]
    done = CliRunner().invoke(app, ["forecast", "2021", "--draws", "200", "--chance", words])
    refused = done.stderr.splitlines()[-1]
    assert said in refused
    assert (done.exit_code, done.stdout) == (2, "")
    assert refused.startswith("mazhilis-sim: error: ")


def test_likeliest_chambers_that_were_forged_are_refused_in_one_line(tmp_path: Path) -> None:
    refused(tmp_path / "run.json", {"title": "", "likeliest": 5})


FORGED: dict[str, Any] = {
    "no list": 5,
    "no mapping": [5],
    "no words": [{"asked": 5, "successes": 1, "draws": 2}],
    "too many": [{"asked": "x", "successes": 3, "draws": 2}],
    "nothing": [{}],
}


@pytest.mark.parametrize("forged", FORGED)
def test_chances_that_were_forged_are_refused_in_one_line(forged: str, tmp_path: Path) -> None:
    refused(tmp_path / "run.json", {"title": "", "chances": FORGED[forged]})


def refused(path: Path, report: dict[str, Any]) -> None:
    """Save a forecast with a report, and see that it is not shown."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        f = ms.simulate(ms.law("2026"), ms.load_polls(2021), n_draws=200, seed=1)
    path.write_text(text_of(f, report), encoding="utf-8")
    done = CliRunner().invoke(app, ["show", str(path)])
    assert (done.exit_code, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)


@pytest.mark.parametrize("command", sorted(app.commands))
def test_help_is_read_in_eighty_columns(command: str) -> None:
    assert max(map(len, run(command, "--help").splitlines())) <= 80


@pytest.mark.parametrize("asked", [("--chance", "auyll>3"), ("--chance", "auyl>3 given auyll>0"), ("--why", "auyll")], ids=" ".join)
def test_a_misspelt_party_is_told_before_anything_is_simulated(asked: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_of_forecasts, "simulate_request", None)  # what is called now fails
    done = CliRunner().invoke(app, ["forecast", "2023", *asked])
    assert (done.exit_code, done.stdout) == (2, "")
    assert "there is no party 'auyll'; did you mean 'auyl'?" in done.stderr
