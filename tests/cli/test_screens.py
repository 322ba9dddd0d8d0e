"""Every screen in the room that there is: no line runs over, no name is cut, no number is broken."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from mazhilis_sim.cli.judging.backtest import print_backtest
from mazhilis_sim.cli.program import app
from mazhilis_sim.judging.backtest import Backtest, backtest
from mazhilis_sim.tables import width

LONG = "A party of people with a long name"
WIDTHS = (40, 60, 80)
COMMANDS = {
    "count": ("count", "2023"),
    "protocol": ("count", "2023", "--explain"),
    "protocol of 2007": ("count", "2007", "--explain"),
    "forecast": ("forecast", "2023", "--draws", "2000"),
    "report": ("forecast", "2023", "--draws", "2000", "--verbose"),
    "laws": ("laws",),
    "parties": ("parties",),
    "verify": ("verify", "adams", "--axioms", "quota,exact_sum"),
}


def screen(*words: str, columns: int) -> list[str]:
    """Run a command, and return the lines of its screen."""
    done = CliRunner().invoke(app, words, env={"COLUMNS": str(columns)})
    assert done.exit_code == (words[0] == "verify"), done.output
    return done.stdout.splitlines()


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize("command", COMMANDS)
def test_no_line_runs_over_and_nothing_is_cut(command: str, columns: int) -> None:
    lines = screen(*COMMANDS[command], columns=columns)
    assert [line for line in lines if width(line) > columns] == []
    assert "…" not in "".join(lines)
    assert len(lines) > 10


def write(path: Path, head: str, cells: Sequence[object]) -> None:
    """Write a row for each party."""
    path.write_text("\n".join([head, *(f"{LONG} {i},{cell}" for i, cell in enumerate(cells))]), encoding="utf-8")


@pytest.fixture(params=[2, 7, 40])
def own(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[int, str, str]:
    """Write votes and polled shares of some parties with long names, which fall."""
    parties: int = request.param
    weights = [2 ** (-i / 6) for i in range(parties)]
    votes = [round(1_000_000 * weight / sum(weights)) for weight in weights]
    write(tmp_path / "votes.csv", "party,votes", votes)
    write(tmp_path / "polls.csv", "party,share,sample_size", [f"{n / 10_000}%,1000" for n in votes])
    return parties, str(tmp_path / "votes.csv"), str(tmp_path / "polls.csv")


@pytest.mark.parametrize("columns", WIDTHS)
def test_long_names_of_few_and_many_parties_are_whole(own: tuple[int, str, str], columns: int) -> None:
    parties, votes, polls = own
    counted = screen("count", votes, "--law", "2026", "--explain", "--set", "method=dhondt", columns=columns)
    forecast = screen("forecast", polls, "--law", "2026", "--draws", "2000", "--verbose", columns=columns)
    for lines in (counted, forecast):
        assert [line for line in lines if width(line) > columns] == []
        assert "…" not in "".join(lines)
    flat = re.sub(r"\s+", " ", " ".join(re.sub(r"  .*", "", line.strip()) for line in counted))
    assert all(f"{LONG} {i}" in flat for i in range(parties))


@pytest.fixture(scope="module")
def judged() -> Backtest:
    """Hold two models against the record."""
    return backtest(models=["total", "margin"], n_draws=1000, seed=1)


def printed(found: Backtest, columns: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Print a backtest, and return the lines of its screen."""
    monkeypatch.setenv("COLUMNS", str(columns))
    print_backtest(found, [])
    return capsys.readouterr().out.splitlines()


@pytest.mark.parametrize("columns", [*WIDTHS, 120])
def test_a_backtest_fits(judged: Backtest, columns: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    lines = printed(judged, columns, monkeypatch, capsys)
    assert [line for line in lines if width(line) > columns] == []
    assert "…" not in "".join(lines)


def test_a_backtest_keeps_polls_and_models_beside_their_numbers(
    judged: Backtest, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    wide, narrow = (printed(judged, columns, monkeypatch, capsys) for columns in (60, 40))
    assert sum(line.startswith("2023") and line.split()[-1] == "8.6" for line in wide) == 1
    assert any("Institute 2023-03-10" in line for line in wide)
    models = [line for line in narrow if line.startswith(("  total", "  margin"))]
    assert len(models) > 40
    assert all(re.search(r" (-?\d|-)", line) for line in models)  # some models have no density in closed form


def test_each_way_to_a_seat_stands_beside_its_official_result() -> None:
    heads = [line.split() for line in screen("count", "2023", columns=40) if line.endswith("result")]
    assert heads == [["list", "result"], ["district", "result"], ["all", "result"]]
