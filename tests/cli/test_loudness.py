"""Every command takes --quiet, which leaves errors alone, and --verbose, which never says less."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from mazhilis_sim.cli.program import COMMANDS, app

RUNS: dict[str, tuple[str, ...]] = {
    "forecast": ("2023", "--draws", "200"),
    "count": ("2023",),
    "compare": ("2021", "--laws", "2021,2026"),
    "sweep": ("2023", "threshold", "0%", "10%"),
    "margins": ("2023",),
    "indices": ("2023",),
    "power": ("2023", "--majority", "66"),
    "scenario": ("2023", "--merge", "left=qhp+jsdp"),
    "solve": ("2023", "--votes", "baytaq", "--until", "baytaq>0"),
    "backtest": ("2023", "--model", "total", "--draws", "200"),
    "calibrate": (),
    "verify": ("hare", "--axioms", "exact_sum"),
    "laws": (),
    "parties": (),
}
NEED_A_FILE = {"show", "report", "explore", "score"}


def test_every_command_takes_both() -> None:
    assert {command.name for command in COMMANDS} == {*RUNS, *NEED_A_FILE}
    for command in COMMANDS:
        assert {"--quiet", "--verbose"} <= {option for param in command.params for option in param.opts}, command.name


@pytest.mark.parametrize("name", RUNS)
def test_a_quiet_command_prints_nothing_and_a_verbose_one_no_less(name: str) -> None:
    runner = CliRunner()
    plain, quiet, verbose = (runner.invoke(app, [name, *RUNS[name], *more]) for more in ((), ("--quiet",), ("--verbose",)))
    assert (quiet.output, quiet.exit_code) == ("", plain.exit_code)
    assert plain.stdout
    assert verbose.exit_code == plain.exit_code
    assert len(verbose.stdout.splitlines()) >= len(plain.stdout.splitlines())


def test_a_quiet_command_with_doubts_hands_over_what_was_asked_for_and_says_errors(tmp_path: Path) -> None:
    polls = tmp_path / "polls.csv"
    polls.write_text("party,share\namanat,60%\nauyl,20%\n", encoding="utf-8")
    words = ["forecast", str(polls), "--sample-size", "900", "--law", "2026", "--draws", "200", "--json", "-"]
    loud, quiet = (CliRunner().invoke(app, [*words, *more]) for more in ((), ("--quiet",)))
    assert "warning" in loud.stderr
    assert quiet.stderr == ""
    assert json.loads(quiet.stdout)["tallies"] == json.loads(loud.stdout)["tallies"]
    assert "nobody.csv" in CliRunner().invoke(app, ["count", "nobody.csv", "--law", "2026", "--quiet"]).stderr


@pytest.mark.parametrize("command", ["count", "margins"])
def test_a_quiet_pipe_says_not_even_how_a_file_was_read(command: str, tmp_path: Path) -> None:
    votes = tmp_path / "votes.csv"
    votes.write_text("party;votes\nAmanat;600\nAuyl;300\nTotal;900\n", encoding="utf-8")
    words = [command, str(votes), "--law", "2023", "--json", "-"]
    loud, quiet = (CliRunner().invoke(app, [*words, *more]) for more in ((), ("--quiet",)))
    assert "read as: semicolon" in loud.stderr
    assert (quiet.stderr, quiet.stdout) == ("", loud.stdout)
