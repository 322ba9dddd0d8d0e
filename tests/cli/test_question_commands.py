"""The commands of questions as a user meets them: what they print, and what they refuse."""

from __future__ import annotations

import io
import json
import time
import warnings
from pathlib import Path

import pytest
from click.testing import CliRunner

import mazhilis_sim as ms
from mazhilis_sim.cli import app
from mazhilis_sim.cli.questions import working

WRONG = {
    "a law": (["compare", "2021", "--laws", "2021,2027x"], "there is no law '2027x'"),
    "a change of a law": (["compare", "2021", "--laws", "2021:threshold"], "--laws must be a law and what is changed in it"),
    "districts": (["compare", "2021", "--laws", "2023"], "write 2023:district_seats=0 for its list seats alone"),
    "threads of no simulation": (["sweep", "2021", "threshold", "--threads", "2"], "--threads must stand beside --simulate"),
    "a forecast's sweep of all values": (["sweep", "2021", "threshold", "--simulate"], "write such as --at 3%,5%,7%"),
    "a field that is none": (["sweep", "2021", "treshold", "--at", "5%", "--simulate"], "threshold"),
    "draws of no simulation": (["compare", "2021", "--laws", "2021,2026", "--draws", "10"], "--draws must stand beside --simulate"),
    "votes against all of polls": (
        ["compare", "2023", "--laws", "2021,2026", "--simulate", "--against-all", "5"],
        "must be left out beside --simulate",
    ),
    "one law alone": (["compare", "2021", "--laws", "2026", "--simulate", "--draws", "10"], "laws must be at least 2"),
    "districts that polls lack": (["compare", "2021", "--laws", "2023,2026", "--simulate", "--draws", "10"], "write 2023:district_seats=0"),
    "polls that are none": (["compare", "nothing.csv", "--laws", "2021,2026", "--simulate"], "there is no file 'nothing.csv'"),
    "a number": (["sweep", "2023", "treshold"], "did you mean 'threshold'?"),
    "one end": (["sweep", "2023", "threshold", "5%"], "LOW HIGH must be two ends, or none"),
    "a rival": (["margins", "2023", "--rival", "beytag"], "did you mean 'baytaq'?"),
    "a majority": (["power", "2023", "--majority", "99"], "majority must be a whole number between 1 and 98"),
    "a region": (["scenario", "2023", "--turnout", "almaty=60%"], "did you mean 'almaty_city'?"),
    "no change": (["scenario", "2023"], "nothing is changed"),
    "half a change": (["scenario", "2023", "--merge", "left"], "--merge must be such as left=qhp+jsdp"),
    "a result": (["scenario", "2023", "--result", "astana=5"], "--result must be such as astana:baytaq=50000"),
    "a condition": (["solve", "2023", "--swing", "amanat", "--until", "amanat"], "--until must compare seats"),
    "a party in a condition": (["solve", "2023", "--swing", "amanat", "--until", "beytag>0"], "did you mean 'baytaq'?"),
    "two ways": (["solve", "2023", "--swing", "amanat", "--votes", "auyl", "--until", "auyl>9"], "got --swing and --votes"),
    "ends that are crossed": (["sweep", "2023", "threshold", "10%", "0%"], "LOW HIGH must begin with the lower end"),
    "half a seat": (["sweep", "2023", "list_seats", "1.5", "9"], "LOW HIGH: list_seats must be a whole number of at least 1, got '1.5'"),
    "a value": (["sweep", "2023", "threshold", "--at", "5%,x"], "--at: threshold must be a share"),
    "a number by its name": (["sweep", "2023", "treshold", "--at", "5%"], "NUMBER must be one of threshold, list_seats"),
    "a list to merge": (
        ["scenario", "2023", "--merge", "left=qhp+jsdpp"],
        "--merge left=qhp+jsdpp: there is no party 'jsdpp'; did you mean",
    ),
    "parts": (["scenario", "2023", "--split", "qhp=old:60%+new:30%"], "--split qhp=old:60%+new:30%: parts must sum to 1, got 0.9"),
    "heirs": (["scenario", "2023", "--without", "baytaq=auyl:150%"], "--without baytaq=auyl:150%: to: share of 'auyl' must lie"),
    "a share of voters": (["scenario", "2023", "--strategic", "2"], "--strategic 2: share must lie in [0, 1], got '2'; write 2 % as"),
    "a swing in points": (["scenario", "2023", "--swing", "amanat=-5"], "--swing amanat=-5: swing of 'amanat' must lie in [-1, 1]"),
    "a field of a law": (["compare", "2023", "--laws", "2023:treshold=7%"], "2023:treshold=7%: a law has no such field; did you mean"),
    "a threshold": (["compare", "2023", "--laws", "2023:threshold=700%"], "2023:threshold=700%: threshold must lie in [0, 1)"),
    "a council": (["compare", "2023", "--laws", "2023,maslikhat"], "write maslikhat:list_seats=17"),
    "no law": (["compare", "2023", "--laws", ","], "--laws must name at least one law"),
    "a changed law": (["power", "2023", "--law", "2026:threshold=7%:ties=lots"], "write --law 2026 --set threshold=7% --set ties=lots"),
    "half a transfer": (["solve", "2023", "--transfer", "jsdp", "--until", "auyl>9"], "--transfer must be two lists"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_cannot_be_asked_is_one_line(wrong: str) -> None:
    words, said = WRONG[wrong]
    done = CliRunner().invoke(app, words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_change_that_nothing_brings_about_is_said() -> None:
    done = CliRunner().invoke(app, ["solve", "2023", "--turnout", "almaty_city", "--until", "baytaq>0", "--json", "-"])
    assert done.exit_code == 0
    assert json.loads(done.stdout)["change"] is None


@pytest.mark.parametrize("words", [["compare", "2021", "--laws", "2026:threshold=90%"], ["sweep", "2021", "threshold", "--at", "90%"]])
def test_why_there_is_no_result_is_said_for_whoever_reads_it(words: list[str]) -> None:
    said = " ".join(CliRunner().invoke(app, words).stdout.split())
    assert "choose no_list_passes=top_two or no_list_passes=all" in said
    assert "law.replace" not in said


def test_parties_are_called_by_their_names() -> None:
    said = CliRunner().invoke(app, ["solve", "2023", "--transfer", "jsdp,auyl", "--until", "jsdp=0", "--lang", "ru"]).stdout
    assert said.splitlines()[0].endswith("ОСДП -> Ауыл") or "ОСДП" in said.splitlines()[0]
    assert "jsdp" not in said
    heads = " ".join(CliRunner(env={"COLUMNS": "80"}).invoke(app, ["sweep", "2023", "threshold"]).stdout.splitlines()[2:4])
    assert "Respublica" in heads
    assert "…" not in heads


def test_regions_are_called_by_their_names_in_the_language_spoken() -> None:
    words = ["solve", "2023", "--turnout", "turkistan", "--until", "aq_jol>6", "--lang"]
    titles = [CliRunner().invoke(app, [*words, code]).stdout.splitlines()[0] for code in ("en", "kk", "ru")]
    for title, name in zip(titles, ("Türkistan Region", "Түркістан облысы", "Туркестанская область"), strict=True):
        assert name in title


def test_changes_are_made_one_after_another() -> None:
    words = ["scenario", "2023", "--split", "amanat=old:60%+new:40%", "--without", "baytaq=new:1", "--strategic", "10%", "--csv", "-"]
    done = CliRunner().invoke(app, words)
    rows = {line.split(",")[0]: line.split(",") for line in done.stdout.splitlines()}
    assert rows["amanat"][1:] == ["3431510", "", "62", ""]
    assert int(rows["new"][2]) == round(3431510 * 0.4) + 146431


@pytest.mark.parametrize("width", ["40", "80", "120"])
def test_a_screen_is_as_wide_as_it_is_said(width: str) -> None:
    simulated = ["compare", "2021", "--laws", "2021,2026,2021:threshold=5%", "--simulate", "--draws", "500"]
    counted = ["compare", "2021", "--laws", "2021,2021-05,2026"]
    swept = ["sweep", "2021", "threshold", "--at", "3%,5%,7%", "--simulate", "--draws", "500", "--no-progress", "--threads", "1"]
    for words in (["margins", "2023"], ["sweep", "2023", "threshold"], counted, simulated, swept):
        done = CliRunner(env={"COLUMNS": width}).invoke(app, words)
        assert done.exit_code == 0
        assert max(map(len, done.stdout.splitlines())) <= int(width)


def test_laws_on_the_same_simulated_voters_are_those_of_the_library() -> None:
    words = ["compare", "2021", "--laws", "2021,2026", "--simulate", "--draws", "500", "--seed", "7", "--json", "-"]
    done = CliRunner().invoke(app, words)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = ms.simulate_paired(["2021", "2026"], ms.load_polls(2021), n_draws=500, seed=7)
    assert json.loads(done.stdout) == found.to_dict()


def test_a_file_of_polls_is_simulated_under_several_laws(tmp_path: Path) -> None:
    polls = tmp_path / "polls.csv"
    polls.write_text("pollster,date,sample_size,party,share\nX,2026-01-01,1000,a,60%\nX,2026-01-01,1000,b,34%\nX,2026-01-01,1000,c,6%\n")
    done = CliRunner().invoke(app, ["compare", str(polls), "--laws", "2021,2026", "--simulate", "--draws", "500", "--csv", "-"])
    head, *rows = done.stdout.splitlines()
    assert head.startswith("party,law,mean,difference,difference_se")
    assert [row.split(",")[:2] for row in rows] == [[party, law] for party in "abc" for law in ("2021", "2026")]


def test_a_file_of_polls_is_swept(tmp_path: Path) -> None:
    polls = tmp_path / "polls.csv"
    polls.write_text("pollster,date,sample_size,party,share\nX,2026-01-01,1000,a,60%\nX,2026-01-01,1000,b,34%\nX,2026-01-01,1000,c,6%\n")
    words = ["sweep", str(polls), "list_seats", "--at", "50,145", "--law", "2026", "--simulate", "--draws", "500", "--seed", "7"]
    done = CliRunner().invoke(app, [*words, "--json", "-"])
    poll = ms.Poll({"a": 0.6, "b": 0.34, "c": 0.06}, sample_size=1000)
    found = ms.sweep(ms.law("2026"), poll, "list_seats", [50, 145], n_draws=500, seed=7)
    assert [row["mean"] for row in json.loads(done.stdout)["rows"]] == [row["mean"] for row in found.rows()]


def test_the_result_of_lists_alone_is_shown_beside_their_forecast() -> None:
    done = CliRunner().invoke(app, ["forecast", "2012", "--draws", "500"])
    head = next(line for line in done.stdout.splitlines() if "polled" in line)
    assert head.split()[-1] == "result"
    assert next(line for line in done.stdout.splitlines() if "Nur Otan " in line).split()[-1] == "83"


class Terminal(io.StringIO):
    """A screen that remembers what was written."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("seconds", "says"), [(0.3, True), (0.0, False)])
def test_a_question_that_takes_long_says_so_on_a_terminal(seconds: float, says: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr(working, "BEFORE", 0.1)
    monkeypatch.setattr(working, "EVERY", 0.01)
    monkeypatch.setattr("sys.stderr", screen)
    power = ms.power({"a": 2, "b": 1})

    def counted() -> ms.Power:
        time.sleep(seconds)
        return power

    assert working.found_by(counted) is power
    assert ("counting for 0 s" in screen.getvalue()) == says
    assert screen.getvalue().endswith("\r") == says
    assert not screen.getvalue().rpartition("\r")[0].rpartition("\r")[2].strip()


def test_in_a_pipe_nothing_is_said_of_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    piped = io.StringIO()
    monkeypatch.setattr(working, "BEFORE", 0.0)
    monkeypatch.setattr("sys.stderr", piped)
    assert working.found_by(lambda: time.sleep(0.05)) is None
    assert not piped.getvalue()


def test_a_scenario_that_is_doubtful_is_answered_and_says_so_in_a_line() -> None:
    done = CliRunner().invoke(app, ["scenario", "2023", "--result", "astana:baytaq=99999999"])
    assert done.exit_code == 0
    assert "Baytaq" in done.stdout
    said = "mazhilis-sim: warning: region 'astana': 100,335,980 ballots are more than its 788,931 registered voters"
    assert " ".join(done.stderr.split()) == said
