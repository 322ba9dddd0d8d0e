"""What the commands write as JSON is what the schemas of the reference say, and nothing else passes them."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from mazhilis_sim.cli import app
from mazhilis_sim.simulation.saving import FORMATS

ROOT = Path(__file__).parents[2]
SCHEMAS = ROOT / "docs" / "reference" / "schemas"
SAVED = sorted((ROOT / "tests" / "saved").glob("format_*.json"))
COMMANDS: dict[str, tuple[str, ...]] = {
    "count": ("count", "2023"),
    "count of lists": ("count", "2021", "--law", "2021", "--set", "threshold=80%", "--set", "no_list_passes=top_two"),
    "compare": ("compare", "2021", "--laws", "2021,2021-05,2026,2026:threshold=90%"),
    "compare simulated": ("compare", "2023", "--laws", "2021,2026,2023:threshold=7%", "--simulate", "--draws", "200"),
    "sweep": ("sweep", "2023", "threshold", "0%", "90%"),
    "sweep simulated": ("sweep", "2023", "threshold", "--at", "3%,5%", "--law", "2026", "--simulate", "--draws", "200"),
    "margins": ("margins", "2023"),
    "indices": ("indices", "2023"),
    "power": ("power", "2023", "--majority", "66"),
    "scenario": ("scenario", "2023", "--merge", "left=qhp+jsdp"),
    "solve": ("solve", "2023", "--votes", "baytaq", "--until", "baytaq>0"),
    "laws": ("laws",),
    "parties": ("parties",),
    "forecast": ("forecast", "2023", "--draws", "200"),
    "forecast with its why": ("forecast", "2021", "--draws", "200", "--why", "aq_jol"),
    "forecast with chances": (
        "forecast",
        "2021",
        "--draws",
        "200",
        "--chance",
        "aq_jol>5 given auyl=0",
        "--chance",
        "auyl>0",
        "--likeliest",
        "2",
    ),
    "forecast of lists": ("forecast", "2021", "--draws", "200"),
    "backtest": ("backtest", "--draws", "100", "--model", "total"),
    "calibrate": ("calibrate",),
    "score": ("score", str(ROOT / "tests" / "saved" / "format_2_stream_2_chamber.json"), "2023"),
    "verify": ("verify", "droop", "--examples", "5", "--axioms", "quota,upper_quota,house_monotone,exact_sum"),
}


@cache
def written(name: str) -> Any:
    """Return what a command writes with ``--json -``, and nothing else on standard output."""
    done = CliRunner().invoke(app, [*COMMANDS[name], "--json", "-"])
    assert done.exit_code in (0, 1), done.stderr
    return json.loads(done.stdout)


def schema_of(document: Any) -> Any:
    """Return the schema that a document's format names."""
    _, kind, number = document["format"].split()
    return json.loads((SCHEMAS / f"{kind}-{number}.schema.json").read_text(encoding="utf-8"))


def faults(document: Any, schema: Any = None) -> list[str]:
    """Return what a schema finds wrong in a document."""
    validator = jsonschema.Draft202012Validator(schema or schema_of(document))
    return [f"{list(fault.absolute_path)}: {fault.message}" for fault in validator.iter_errors(document)]


@pytest.mark.parametrize("path", sorted(SCHEMAS.glob("*.json")), ids=lambda path: path.name)
def test_a_schema_is_one(path: Path) -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", COMMANDS)
def test_what_a_command_writes_is_what_its_schema_says(name: str) -> None:
    assert faults(written(name)) == []


@pytest.mark.parametrize("path", SAVED, ids=lambda path: path.name)
def test_every_forecast_ever_saved_is_what_its_schema_says(path: Path) -> None:
    assert faults(json.loads(path.read_text(encoding="utf-8"))) == []


def test_every_schema_is_of_a_command_or_of_an_older_format() -> None:
    today = {"-".join(written(name)["format"].split()[1:]) for name in COMMANDS}
    older = {f"forecast-{number}" for number in FORMATS}
    assert {path.name.removesuffix(".schema.json") for path in SCHEMAS.glob("*.json")} == today | older
    assert {name.split()[0] for name in COMMANDS} == set(app.commands) - {"show", "report", "explore"}  # show writes what forecast wrote


@pytest.mark.parametrize("name", COMMANDS)
def test_a_missing_key_another_format_and_a_key_too_many_are_found(name: str) -> None:
    document = written(name)
    schema = schema_of(document)
    for key in document:
        if key not in ("run", "report"):
            assert faults({other: value for other, value in document.items() if other != key}, schema)
    assert faults({**document, "format": "mazhilis_sim something 1"}, schema)
    assert faults({**document, "surplus": 1}, schema)


def planted(name: str, spoil: Callable[[Any], Any]) -> list[str]:
    """Return what is found wrong in a document that was spoilt."""
    document = copy.deepcopy(written(name))
    spoil(document)
    return faults(document)


WRONG: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "negative votes": ("count", lambda found: found["votes"].update(amanat=-1)),
    "a quota that is a float": ("count", lambda found: found.update(quota=86546.65)),
    "seats as text": ("count", lambda found: found["seats"]["list"].update(amanat="40")),
    "an unknown tier": ("count", lambda found: found["seats"].update(regional={})),
    "half a vote": ("margins", lambda found: found["rows"][0].update(to_gain=0.5)),
    "an unknown index": ("indices", lambda found: found["rows"][0].update(index="gini")),
    "a breakpoint in per cent": ("sweep", lambda found: found["breakpoints"][0].update(at="5%")),
    "seats in words": ("compare", lambda found: found["rows"][0].update(amanat="many")),
    "a chance below nothing": ("compare simulated", lambda found: found["rows"][0].update(p_enters=-0.1)),
    "a party without power": ("power", lambda found: found["rows"][0].pop("banzhaf")),
    "fewer than no votes": ("scenario", lambda found: found["rows"][0].update(votes_after=-1)),
    "a change that is none": ("solve", lambda found: found.update(change="some")),
    "a law without a threshold": ("laws", lambda found: found["laws"][0].pop("threshold")),
    "a threshold in per cent": ("laws", lambda found: found["laws"][0].update(threshold="7%")),
    "an unknown language": ("parties", lambda found: found["names"][0].update(language="de")),
    "a chance above one": ("forecast", lambda found: found["summary"]["amanat"].update(p_enters=1.5)),
    "half a seat": ("forecast", lambda found: found["summary"]["amanat"]["total"].update(median=0.5)),
    "a tally below nothing": ("forecast", lambda found: found["tallies"].update(entries=[-1])),
    "a short checksum": ("forecast", lambda found: found.update(checksum="sha256:0")),
    "a law without seats": ("forecast", lambda found: found["question"]["law"].pop("list_seats")),
    "a score in words": ("backtest", lambda found: found["forecasts"][0].update(crps_seats="good")),
    "hits without tries": ("backtest", lambda found: found["polls"][0]["covered"].update({"90": [1]})),
    "a negative sigma": ("calibrate", lambda found: found.update(sigma_bias=-0.1)),
    "an interval of one end": ("calibrate", lambda found: found["intervals"].update(sigma_bias=[0.1])),
    "an unknown verdict": ("verify", lambda found: found["verdicts"][0].update(status="fine")),
    "a counterexample without words": (
        "verify",
        lambda found: next(filter(None, (each["counterexample"] for each in found["verdicts"]))).pop("words"),
    ),
}


@pytest.mark.parametrize("fault", WRONG)
def test_a_planted_fault_is_found(fault: str) -> None:
    assert planted(*WRONG[fault])


# -- pipes of every command ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_writes_a_table_alone_where_csv_goes_to_standard_output(name: str) -> None:
    done = CliRunner().invoke(app, [*COMMANDS[name], "--csv", "-"])
    head, *rows = done.stdout.splitlines()
    assert len(rows) >= 3
    assert head.split(",")[0] in ("party", "law", "election", "name", "axiom", "low", "threshold", "index", "score")
    assert "[" not in head


@pytest.mark.parametrize(
    ("option", "ending", "said"),
    [
        *(("--json", ending, "a file of JSON, got a name in .{}; write --csv out.csv") for ending in ("parquet", "ods", "xlsx")),
        *(("--csv", ending, "a file of CSV, got a name in .{}; write --csv out.csv") for ending in ("parquet", "xlsx", "json")),
    ],
)
def test_nothing_is_written_under_the_name_of_something_else(option: str, ending: str, said: str, tmp_path: Path) -> None:
    target = tmp_path / f"out.{ending}"
    done = CliRunner().invoke(app, ["laws", option, str(target)])
    assert done.exit_code == 2
    assert f"{option} must name {said.format(ending)}" in done.stderr
    assert not target.exists()
