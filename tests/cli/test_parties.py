"""The command that lists the parties on record."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mazhilis_sim.cli.program import app
from mazhilis_sim.names.record import parties, party_names


def run(*words: str, **env: str) -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(app, ["parties", *words], env={"COLUMNS": "", **env})


def test_every_party_stands_with_all_its_names() -> None:
    text = run().stdout
    assert all(name.name in text for name in party_names())
    assert [line for line in text.splitlines() if line in parties()] == list(parties())


@pytest.mark.parametrize("width", [40, 80, 120])
def test_names_are_broken_into_lines_that_fit(width: int) -> None:
    lines = run(COLUMNS=str(width)).stdout.splitlines()
    assert max(map(len, lines)) <= width
    assert len(lines) > 30


@pytest.mark.parametrize("name", ["Нур-Отан", "AMANAT", "amanat"])
def test_one_party_is_found_by_any_name(name: str) -> None:
    found = run(name)
    assert (found.exit_code, found.stderr) == (0, "")
    assert "Nur Otan" in found.stdout
    assert "Auyl" not in found.stdout


@pytest.mark.parametrize(
    ("name", "remedy"), [("Amanta", "did you mean 'Amanat'?"), ("Labour", "known: amanat, auyl, "), ("x" * 999, "known: ")]
)
def test_an_unknown_name_is_answered_with_a_near_one(name: str, remedy: str) -> None:
    refused = run(name)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr.startswith("mazhilis-sim: error: no party on record is called ")
    assert remedy in refused.stderr
    assert refused.stderr.count("\n") == 1
    assert len(refused.stderr) < 300


def test_names_go_to_a_pipe_as_json_and_csv() -> None:
    saved = json.loads(run("--json", "-").stdout)
    assert saved["format"] == "mazhilis_sim parties 1"
    assert [row["name"] for row in saved["names"]] == [name.name for name in party_names()]
    rows = list(csv.DictReader(io.StringIO(run("qhp", "--csv", "-").stdout)))
    assert {row["party"] for row in rows} == {"qhp"}
    assert {"Народная партия Казахстана", "QHP"} <= {row["name"] for row in rows}


# -- labels of a file ----------------------------------------------------------------------------------------------------


def test_what_labels_of_a_file_were_read_as_is_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "v.csv"
    path.write_text("party,votes\nАманат,60\nAuyl,30\nПрочие,4\nПротив всех,6\nИтого,100\n", encoding="utf-8")
    words = ["count", str(path), "--law", "2026"]
    shown, piped, table = (CliRunner().invoke(app, [*words, *more]) for more in ([], ["--json", "-"], ["--csv", "-"]))
    for done in (shown, piped, table):
        assert done.exit_code == 0
        assert done.stderr.splitlines()[-1].startswith("mazhilis-sim: warning: ")
        assert "v.csv: row 6, Итого, is the sum of rows 2 to 5 and is left out; read as: 'Аманат' as" in done.stderr
    assert "Итого" not in shown.stdout
    counted = json.loads(piped.stdout)
    assert (counted["votes"], counted["other"], counted["base"]) == ({"amanat": 60, "auyl": 30}, 4, 100)
    assert "Итого" in counted["doubts"][0]
    rows = {row["party"]: row["votes"] for row in csv.DictReader(io.StringIO(table.stdout))}
    assert rows == {"amanat": "60", "auyl": "30", "other": "4", "against_all": "6"}
