"""Warnings on the screen: counted, a line each, at its end; how labels were read is no doubt. And polls of one's own beside the record."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mazhilis_sim.cli.program import app
from mazhilis_sim.cli.shell.collecting import Collected, say_doubts
from mazhilis_sim.errors import DataWarning, warn

ROWS = ["amanat,0.52", "auyl,0.12", "respublica,0.1", "aq_jol,0.09", "qhp,0.07", "jsdp,0.05", "baytaq,0.02", "against_all,0.03"]
DRAWS = ("--draws", "1000")


def run(*words: str) -> Result:
    """Run a command that ends well."""
    done = CliRunner().invoke(app, words, env={"COLUMNS": "200"})
    assert done.exit_code == 0, done.output
    return done


def test_doubts_stand_at_the_end_of_a_report_with_their_number() -> None:
    text = run("forecast", "2023", "--verbose", *DRAWS).stdout
    end = text.partition("\n3 doubts\n")[2].splitlines()
    assert [line.split()[0] for line in end] == ["1", "2", "3"]
    assert "shares (undecided included) sum to 97.4 %" in end[0]
    assert "doubt" not in text.partition("\n3 doubts\n")[0]


def test_how_labels_were_read_is_no_doubt(tmp_path: Path) -> None:
    path = tmp_path / "polls.csv"
    path.write_text("party,share,sample_size\nАманат,70%,1000\nАуыл,30%,1000\n", encoding="utf-8")
    words = ("forecast", str(path), "--law", "2026", *DRAWS)
    whole, short, piped = (run(*words, *more) for more in (["--verbose"], [], ["--json", "-"]))
    assert "labels" in whole.stdout
    assert "read as: 'Аманат' as amanat, 'Ауыл' as auyl" in whole.stdout
    assert "doubt" not in (whole.stdout + short.stdout).replace("no_doubt", "")  # the folder is named by this test
    assert "mazhilis-sim: note: " in piped.stderr
    report = json.loads(piped.stdout)["report"]
    assert (report["doubts"], len(report["notes"])) == ([], 1)


def test_warnings_of_a_count_are_numbered_and_come_last(tmp_path: Path) -> None:
    path = tmp_path / "v.csv"
    path.write_text("party,votes,colour\nAmanat,60,x\nSomebody,40,y\n", encoding="utf-8")
    done = run("count", str(path), "--law", "2026")
    first, second = done.stderr.splitlines()[-2:]
    assert first.startswith("mazhilis-sim: warning 1 of 2: ")
    assert "column 'colour' is not used" in first
    assert second.startswith("mazhilis-sim: warning 2 of 2: ")
    together = CliRunner().invoke(app, ["count", str(path), "--law", "2026"]).output
    assert together.rstrip().endswith(second)


def test_warnings_of_files_that_calibrate_are_said(tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text(
        "pollster,date,sample_size,party,share\n"
        + "".join(
            f"{who},2026-08-0{day},1000,{party},{share}\n"
            for day, who in ((1, "x"), (2, "y"))
            for party, share in (("a", "60%"), ("b", "30%"))
        ),
        encoding="utf-8",
    )
    (tmp_path / "v.csv").write_text("party,votes\na,600\nb,400\n", encoding="utf-8")
    done = run("calibrate", "--pair", str(tmp_path / "p.csv"), str(tmp_path / "v.csv"))
    assert done.stderr.count("mazhilis-sim: warning") == done.stderr.count("sum to 90.0 %") == 2


def test_one_warning_has_no_number_and_the_same_is_said_once(capsys: pytest.CaptureFixture[str]) -> None:
    with Collected() as said:
        for message, is_note in (("a", False), ("b", True), ("a", False)):
            warn(message, DataWarning, is_note)
    assert (said.doubts, said.notes) == (["a"], ["b"])
    say_doubts(said.doubts)
    assert capsys.readouterr().err == "mazhilis-sim: warning: a\n"


# -- polls of one's own beside the record ----------------------------------------------------------------------------------


def own_poll(folder: Path, date: str = "2023-03-12", name: str = "own.csv") -> str:
    """Write a poll of one's own."""
    rows = "".join(f"North,{date},1500,{row}\n" for row in ROWS)
    (folder / name).write_text("pollster,date,sample_size,party,share\n" + rows, encoding="utf-8")
    return str(folder / name)


def test_polls_of_ones_own_stand_beside_the_record(tmp_path: Path) -> None:
    words = ("forecast", "2023", "--verbose", *DRAWS)
    before, after = run(*words).stdout, run(*words, "--add-polls", own_poll(tmp_path)).stdout
    assert "North" not in before
    assert "North, until 2023-03-12, n = 1,500" in after
    assert "official district result of 2023" in after
    assert "result: the official one" in after


def test_polls_may_be_added_to_a_file_and_more_than_once(tmp_path: Path) -> None:
    first, second = own_poll(tmp_path), own_poll(tmp_path, "2023-03-14", "later.csv")
    text = run("forecast", first, "--law", "2026", "--add-polls", second, "--verbose", *DRAWS).stdout
    assert "until 2023-03-14" in text
    both = run("forecast", "2023", "--add-polls", first, "--add-polls", second, "--verbose", *DRAWS).stdout
    assert "2 older polls" in both


def test_what_cannot_be_added_is_refused(tmp_path: Path) -> None:
    late, target = own_poll(tmp_path, "2023-03-21"), own_poll(tmp_path, name="target.json")
    for words, said in (
        (["--add-polls", late], "own.csv"),
        (["--add-polls", "nowhere.csv"], "there is no file 'nowhere.csv'"),
        (["--add-polls", target, "--json", target], "would overwrite the input"),
    ):
        done = CliRunner().invoke(app, ["forecast", "2023", *words])
        assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
        assert said in done.stderr
