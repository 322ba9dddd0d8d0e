"""``mazhilis-sim backtest`` and ``calibrate``: what they print, save and refuse."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import mazhilis_sim as ms
from mazhilis_sim.cli import app
from mazhilis_sim.simulation.engines import compilation

POLLS = "pollster,date,sample_size,margin,party,share\n" + "".join(
    f"{name},2026-08-01,1200,2.9%,{answer}\n"
    for name, answers in (("x", ("a,62%", "b,30%", "c,8%")), ("y", ("a,55%", "b,38%", "c,7%")))
    for answer in answers
)
VOTES = "party,votes\na,5500\nb,3400\nc,900\nagainst_all,200\n"


def run(*words: object, width: int = 100) -> Result:
    """Run the program in this process."""
    return CliRunner().invoke(app, [str(word) for word in words], env={"COLUMNS": str(width)})


def refused(*words: object) -> str:
    """Run what must be refused in one line, with status 2 and nothing on standard output."""
    done = run(*words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("mazhilis-sim: error: ")
    assert done.stderr.count("\n") == 1
    return str(done.stderr)


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no word about the compiler stand on standard error."""
    monkeypatch.setattr(compilation, "PATIENCE", 3600.0)


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder with polls and votes of one's own."""
    monkeypatch.chdir(tmp_path)
    Path("polls.csv").write_text(POLLS)
    Path("votes.csv").write_text(VOTES)
    return tmp_path


# -- backtest ----------------------------------------------------------------------------------------------------------


def test_backtest_prints_every_table_and_saves_every_score(files: Path) -> None:
    done = run("backtest", "2023", "--model", "total", "--model", "dirichlet", "--draws", "5k", "--json", "scores.json")
    assert (done.exit_code, done.stderr) == (0, "")
    found = ms.backtest([2023], models=["total", "dirichlet"], n_draws=5000)
    for table in found.tables():
        assert table.title in done.stdout
        for cell in table.rows[0]:
            assert cell in done.stdout
    assert json.loads((files / "scores.json").read_text()) == {
        "format": "mazhilis_sim backtest 1",
        **json.loads(json.dumps(found.to_dict())),
    }
    assert "scores.json" in done.stdout


@pytest.mark.parametrize("width", [60, 80, 100])
def test_numbers_are_never_cut(width: int) -> None:
    done = run("backtest", "2023", "--model", "total", "--draws", "1k", width=width)
    found = ms.backtest([2023], models=["total"], n_draws=1000)
    for table in found.tables():
        for row in table.rows:
            assert all(cell in done.stdout for cell in row[2:])


def test_both_elections_have_a_model_of_the_other_one() -> None:
    done = run("backtest", "--model", "dirichlet", "--draws", "1k")
    assert "Backtest over 2 elections: 2021, 2023" in done.stdout
    assert "calibrated" in done.stdout
    assert "1,000 for each forecast and poll, seed 2023" in done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["1066"], "there are no polls of '1066' on record; write one of 2012, 2016, 2021, 2023"),
        (["2007"], "there are no polls of '2007' on record; write one of 2012, 2016, 2021, 2023"),
        (["soon"], "there are no polls of 'soon' on record"),
        (["2023", "2023"], "each once"),
        (["--model", "totl"], "there is no model 'totl'; did you mean 'total'?"),
        (["--draws", "0"], "must be a whole number between 1 and 1,000,000,000"),
        (["--seed", "-1"], "seed"),
        (["--json", "no/such/folder.json"], "--json no/such/folder.json: cannot be written"),
    ],
)
def test_what_backtest_refuses(words: list[str], said: str) -> None:
    assert said in refused("backtest", *words)


# -- calibrate ---------------------------------------------------------------------------------------------------------


def test_calibrate_prints_the_estimates_of_the_record() -> None:
    done = run("calibrate")
    assert (done.exit_code, done.stderr) == (0, "")
    printed = " ".join(done.stdout.split())
    for part in (
        "sigma_bias 0.142 0.00 to 0.28 0.06 0.250",
        "sigma_house 0.220 0.16 to 0.31 0.04 0.250",
        "one poll 0.262 0.354",
        "2 elections are 2 draws of the error",
        "2021: PORI 2020-12-09",
    ):
        assert part in printed


def test_calibrate_takes_years_and_every_poll() -> None:
    printed = " ".join(run("calibrate", "2021", "--every").stdout.split())
    assert "sigma_bias 0.278" in printed
    assert "left out 2021: jsdp" in printed


def test_calibrate_takes_files_of_ones_own(files: Path) -> None:
    done = run("calibrate", "--pair", "polls.csv", "votes.csv", "--json", "found.json")
    assert (done.exit_code, done.stderr) == (0, "")
    found = json.loads((files / "found.json").read_text())
    assert (found["n_elections"], found["n_polls"], found["left_out"]) == (1, 2, {"votes": ["against_all"]})
    both = run("calibrate", "2023", "--pair", "polls.csv", "votes.csv")
    assert "2 elections are 2 draws" in " ".join(both.stdout.split())


@pytest.mark.usefixtures("files")
def test_one_institute_shows_a_bar_for_what_cannot_be_told() -> None:
    Path("polls.csv").write_text("".join(line for line in POLLS.splitlines(keepends=True) if not line.startswith("y")))
    printed = run("calibrate", "--pair", "polls.csv", "votes.csv").stdout
    assert "sigma_house 0.000 - - 0.250" in " ".join(printed.split())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["1066"], "there are no polls of '1066' on record"),
        (["--pair", "polls.csv", "none.csv"], "there is no file 'none.csv'; write a year on record, such as 2023, or a file of votes"),
        (["--pair", "votes.csv", "votes.csv"], "a column 'share' must be there"),
        (["--pair", "polls.csv"], "requires 2 arguments"),
        (["--pair", "polls.csv", "votes.csv", "--json", "polls.csv"], "this would overwrite the input"),
    ],
)
def test_what_calibrate_refuses(files: Path, words: list[Any], said: str) -> None:
    assert said in refused("calibrate", *words)
    assert {path.name for path in files.iterdir()} == {"polls.csv", "votes.csv"}
