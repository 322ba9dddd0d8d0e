"""``mazhilis-sim score``: a saved forecast and a result."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from mazhilis_sim.cli.program import app


def run(*words: str, width: int = 80) -> str:
    """Run a command that ends well."""
    done = CliRunner().invoke(app, list(words), env={"COLUMNS": str(width)})
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.mark.parametrize("width", [40, 80, 120])
def test_a_forecast_of_the_record_is_scored(tmp_path: Path, width: int) -> None:
    saved = str(tmp_path / "f.json")
    run("forecast", "2023", "--draws", "2000", "--json", saved, "--quiet")
    text = run("score", saved, "2023", width=width)
    words = " ".join(text.split())
    assert max(map(len, text.split("\n"))) <= width
    for found in ("f.json against 2023", "energy score", "log density"):
        assert found in words
    assert re.search(r"\d+\.\d\d, expected \d+\.\d\d to \d+\.\d\d", words)


def test_a_result_in_a_file_is_taken_and_a_missing_one_is_named(tmp_path: Path) -> None:
    saved, votes = str(tmp_path / "f.json"), tmp_path / "votes.csv"
    run("forecast", "2023", "--draws", "2000", "--json", saved, "--quiet")
    votes.write_text("party,votes\namanat,5000\nauyl,1000\naq_jol,900\nagainst_all,100\n", encoding="utf-8")
    assert "f.json against votes" in run("score", saved, str(votes))
    done = CliRunner().invoke(app, ["score", saved, str(tmp_path / "none.csv")])
    assert done.exit_code == 2
    assert "none.csv" in done.stderr


def test_how_files_were_read_is_said_in_lines_of_the_program(tmp_path: Path) -> None:
    saved, votes, polls = (tmp_path / name for name in ("f.json", "votes.csv", "polls.csv"))
    run("forecast", "2023", "--draws", "2000", "--json", str(saved), "--quiet")
    votes.write_text("Партия;Голоса\nАманат;5 000\nАуыл;1 000\nАк жол;900\nИтого;6 900\n", encoding="utf-8")
    polls.write_text("party;share\nАманат;70%\nАуыл;20%\nАк жол;10%\n", encoding="utf-8")
    for words in (["score", str(saved), str(votes)], ["calibrate", "--pair", str(polls), str(votes)]):
        lines = CliRunner().invoke(app, words).stderr.splitlines()
        assert f"mazhilis-sim: {votes} read as: semicolon, thousands blank" in lines
        assert all(line.startswith("mazhilis-sim: ") for line in lines)
    assert "row 5, Итого, is the sum of rows 2 to 4" in CliRunner().invoke(app, ["score", str(saved), str(votes)]).stderr
