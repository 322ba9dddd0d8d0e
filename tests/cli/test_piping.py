"""What goes to a pipe: JSON and CSV of counts, laws and forecasts, a saved forecast shown again, and what is said beside."""

from __future__ import annotations

import csv
import io
import json
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import mazhilis_sim as ms
from mazhilis_sim.cli import app
from on_record import quiet_polls

VOTES = "\ufeffпартия;голоса\r\nАманат;3 431 510\r\nАуыл;693 938\r\nПротив всех;248 291\r\nИтого;4 373 739\r\n"
DRAWS = ("--draws", "2k")


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*words: str) -> Result:
    """Run the program in this process."""
    return CliRunner().invoke(app, words, env={"COLUMNS": "100"})


def run_well(*words: str) -> str:
    """Run what must end well, and return what it printed."""
    done = run(*words)
    assert done.exit_code == 0, done.stderr
    return done.stdout


def rows(text: str) -> list[dict[str, str]]:
    """Read CSV."""
    return list(csv.DictReader(io.StringIO(text)))


# -- counts and laws ---------------------------------------------------------------------------------------------------


def test_a_count_as_json_is_the_whole_count() -> None:
    Path("votes.csv").write_text(VOTES, encoding="utf-8")
    done = run("count", "votes.csv", "--law", "2026", "--json", "-")
    counted = json.loads(done.stdout)
    a = ms.allocate(ms.law("2026"), {"amanat": 3431510, "auyl": 693938}, against_all=248291)
    assert (counted["format"], counted["law"], counted["base"]) == ("mazhilis_sim count 1", "2026", 4373739)
    assert counted["seats"]["list"] == a.seats
    assert {party: Fraction(rest) for party, rest in counted["remainders"].items()} == a.remainders
    assert (Fraction(counted["quota"]), counted["votes"], counted["against_all"]) == (a.quota, a.votes.votes, 248291)


def test_beside_a_pipe_it_is_said_how_a_file_was_read_and_what_was_left_out() -> None:
    Path("votes.csv").write_text(VOTES, encoding="utf-8")
    said = run("count", "votes.csv", "--law", "2026", "--csv", "-").stderr.splitlines()
    assert said[0] == "mazhilis-sim: votes.csv read as: semicolon, thousands blank"
    assert said[1].startswith("mazhilis-sim: warning: votes.csv: row 5, Итого, is the sum of rows 2 to 4 and is left out")
    assert len(said) == 2


def test_a_count_as_csv_holds_every_seat() -> None:
    found = {row["party"]: row for row in rows(run_well("count", "2023", "--csv", "-"))}
    chamber = ms.elect(ms.law("2023"), ms.load_election(2023))
    assert {party: int(row["total_seats"]) for party, row in found.items() if row["total_seats"]} == chamber.seats
    assert (found["independents"]["votes"], found["against_all"]["votes"]) == ("", "248291")


def test_a_count_is_saved_and_printed() -> None:
    printed = run_well("count", "2023", "--json", "count.json", "--csv", "count.csv")
    assert printed.count("written") == 1
    assert "count.json" in printed
    assert "count.csv" in printed
    assert json.loads(Path("count.json").read_text(encoding="utf-8"))["seats"]["district"]["amanat"] == 22


def test_laws_as_json_and_csv() -> None:
    saved = json.loads(run_well("laws", "--json", "-"))
    assert saved["format"] == "mazhilis_sim laws 1"
    assert [row["law"] for row in saved["laws"]] == list(ms.laws())
    by_name = {row["law"]: row for row in rows(run_well("laws", "--csv", "-"))}
    assert {name: Fraction(row["threshold"]) for name, row in by_name.items() if name != "maslikhat"} == {
        name: ms.law(name).threshold for name in ms.laws() if name != "maslikhat"
    }


@pytest.mark.parametrize(
    ("words", "key"),
    [
        (("backtest", "2023", *DRAWS), "forecasts"),
        (("calibrate",), "sigma_bias"),
        (("verify", "hare", "--axioms", "exact_sum", "--examples", "5"), "verdicts"),
    ],
)
def test_what_is_judged_goes_to_a_pipe_alone(words: tuple[str, ...], key: str) -> None:
    assert key in json.loads(run(*words, "--json", "-").stdout)


# -- forecasts ---------------------------------------------------------------------------------------------------------


def test_a_forecast_in_a_pipe_is_what_a_file_of_it_holds() -> None:
    piped = run_well("forecast", "2023", *DRAWS, "--json", "-")
    Path("run.json").write_text(piped, encoding="utf-8")
    read = ms.load_forecast("run.json")
    f = ms.simulate(ms.law("2023"), quiet_polls(2023), n_draws=2000, seed=2023)
    assert read.summary() == f.summary()
    main = {row["party"]: row for row in rows(run_well("forecast", "2023", *DRAWS, "--csv", "-"))}
    assert {party: float(row["total_mean"]) for party, row in main.items()} == {party: f.mean(party) for party in f.parties}


def test_a_saved_forecast_is_shown_as_it_was_printed() -> None:
    printed = run_well("forecast", "2023", *DRAWS, "--coalition", "auyl,aq_jol", "--json", "run.json")
    shown = run_well("show", "run.json")
    assert shown.splitlines() == [line for line in printed.splitlines() if not line.startswith("  written")]
    assert json.loads(run_well("show", "run.json", "--json", "-")) == json.loads(Path("run.json").read_text(encoding="utf-8"))


def test_a_forecast_that_python_saved_is_shown_without_what_it_does_not_hold() -> None:
    ms.simulate(ms.law("2023"), quiet_polls(2023), n_draws=2000, seed=1).save("run.json")
    shown = run_well("show", "run.json", "--verbose")
    assert shown.startswith("Forecast saved in run.json\n")
    assert "Amanat" in shown
    assert "Strategy 2023-02-27" in shown
    assert "result" not in shown.splitlines()[3]


def test_what_is_no_saved_forecast_is_refused() -> None:
    Path("votes.csv").write_text(VOTES, encoding="utf-8")
    assert run("show", "votes.csv").stderr == "mazhilis-sim: error: votes.csv is not a saved forecast: it is no JSON\n"
    assert run("show", "none.json").stderr == "mazhilis-sim: error: cannot read none.json: No such file or directory\n"


def test_a_report_that_was_damaged_under_a_new_checksum_is_refused() -> None:
    from mazhilis_sim.simulation.saving import format_2

    run_well("forecast", "2023", *DRAWS, "--json", "run.json")
    saved = json.loads(Path("run.json").read_text(encoding="utf-8"))
    for wrong in ({"title": 5}, {"polls": [1]}, {"official": {"list": {"amanat": -1}}}, [], {"party_names": {"a": 1}}):
        Path("run.json").write_text(json.dumps(format_2.sealed({**saved, "report": wrong or [0]})), encoding="utf-8")
        done = run("show", "run.json")
        assert (done.exit_code, done.stderr.count("\n")) == (2, 1), done.stderr
    Path("run.json").write_text(json.dumps(format_2.sealed({**saved, "report": []})), encoding="utf-8")
    assert run_well("show", "run.json").startswith("Forecast saved in run.json, 16 days after its polls\n")


# -- what is said about files ------------------------------------------------------------------------------------------


def test_party_and_share_alone_are_forecast_with_a_size() -> None:
    Path("polls.csv").write_text("party,share\na,60%\nb,40%\n", encoding="utf-8")
    done = run("forecast", "polls.csv", "--law", "2026", "--sample-size", "1000", "--verbose", *DRAWS)
    assert "n = 1,000" in done.stdout
    assert "doubts" not in done.stdout


def test_the_dialect_is_said_on_the_command_line_and_in_a_scenario() -> None:
    Path("polls.csv").write_text("institute;amanat;auyl\nX;60;40\n", encoding="utf-8")
    assert "row 2, column amanat" in run("forecast", "polls.csv", "--law", "2026", *DRAWS).stderr
    done = run("forecast", "polls.csv", "--law", "2026", "--dialect", "per cent", "--sample-size", "1k", *DRAWS)
    assert done.stderr == "mazhilis-sim: polls.csv read as: semicolon, per cent, wide\n"
    Path("s.toml").write_text(
        'polls = "polls.csv"\nlaw = "2026"\ndraws = 2000\ndialect = "per cent"\nsample_size = 1000\n', encoding="utf-8"
    )
    assert run_well("forecast", "s.toml").splitlines()[2:6] == done.stdout.splitlines()[2:6]
    Path("s.toml").write_text('polls = "polls.csv"\ndialect = "per hundred"\n', encoding="utf-8")
    assert "s.toml, row 2, key dialect: each word of a dialect must be known" in run("forecast", "s.toml").stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("forecast", "2023", "--dialect", "tab"), "--dialect is for a file; '2023' names none"),
        (("count", "2023", "--sheet", "1"), "--sheet is for a file; '2023' names none"),
        (("forecast", "2023", "--sample-size", "5"), "--sample-size is for a file of polls"),
        (("laws", "--json", "-", "--csv", "-"), "--json and --csv both name -; write two files"),
        (("count", "2023", "--json", "x", "--csv", "x"), "--json and --csv both name x; write two files"),
        (("forecast", "2023", "--plot", "-"), "--plot"),
    ],
)
def test_what_makes_no_sense_is_refused(words: tuple[str, ...], says: str) -> None:
    done = run(*words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert says in done.stderr
