"""What `show` prints of saved answers: what their commands printed."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import mazhilis_sim as ms
from mazhilis_sim.cli.program import app
from mazhilis_sim.names.parties import Names


def run(*words: str) -> Result:
    """Type words."""
    return CliRunner().invoke(app, words)


@pytest.mark.parametrize("language", ["en", "kk", "ru"])
@pytest.mark.parametrize("words", [("2023",), ("2021",), ("2023", "--districts", "none"), ("2023", "--verbose")], ids=" ".join)
def test_a_saved_count_is_printed_as_it_was(words: tuple[str, ...], language: str, tmp_path: Path) -> None:
    saved = str(tmp_path / "c.json")
    assert run("count", *words, "--json", saved).exit_code == 0
    again = run("show", saved, "--lang", language, *(word for word in words if word == "--verbose"))
    assert again.stdout == run("count", *words, "--lang", language).stdout


def test_saved_margins_are_printed_as_they_were(tmp_path: Path) -> None:
    saved = str(tmp_path / "m.json")
    assert run("margins", "2023", "--json", saved).exit_code == 0
    assert run("show", saved).stdout == run("margins", "2023").stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [(("power", "2023"), "Banzhaf"), (("sweep", "2023", "threshold", "0%", "10%"), "points at which seats change"), (("laws",), "2023")],
    ids=lambda given: " ".join(given) if isinstance(given, tuple) else "",
)
def test_other_answers_are_printed_by_their_tables(words: tuple[str, ...], said: str, tmp_path: Path) -> None:
    saved = str(tmp_path / "a.json")
    assert run(*words, "--json", saved).exit_code == 0
    shown = run("show", saved)
    assert shown.exit_code == 0
    assert said in shown.stdout
    assert "mazhilis_sim" not in shown.stdout  # how a page was made is of no use on a screen


@pytest.mark.parametrize("words", [("--why", "amanat"), ("--chance", "amanat>5"), ("--likeliest", "3"), ("--json", "-")], ids=" ".join)
def test_what_is_asked_of_forecasts_alone_is_refused(words: tuple[str, ...], tmp_path: Path) -> None:
    saved = str(tmp_path / "c.json")
    run("count", "2023", "--json", saved)
    done = run("show", saved, *words)
    assert done.exit_code == 2
    assert f"{words[0]} must be left out beside a saved answer that is no forecast" in done.stderr


@pytest.mark.parametrize("language", ["en", "kk", "ru"])
def test_a_forecast_saved_in_python_is_shown_with_the_names_on_record(language: str, tmp_path: Path) -> None:
    """Those that its command prints, though parties have had others."""
    saved = tmp_path / "f.json"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        ms.simulate(ms.law("2023"), ms.load_polls(2023), n_draws=500, seed=1).save(saved)
    with ms.speaking(language):
        names = {party: Names()[party] for party in ("auyl", "aq_jol", "respublica", "jsdp", "baytaq")}
    shown = run("show", str(saved), "--lang", language).stdout
    assert [name for name in names.values() if name not in shown] == []
    assert "Bright Path" not in shown
