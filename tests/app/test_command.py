"""``mazhilis-sim explore``: what it begins with, and what it refuses."""

from __future__ import annotations

import gc
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from test_state import SMALL

from mazhilis_sim.app import serving
from mazhilis_sim.app.documents import first_document, to_link, to_toml
from mazhilis_sim.cli.exploring import run
from mazhilis_sim.cli.garbage import USUAL, YOUNG
from mazhilis_sim.cli.program import app


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Return what would be served, which is not; garbage is looked for as before."""
    found: list[Any] = []
    monkeypatch.setattr(gc, "set_threshold", lambda *_: None)
    monkeypatch.setattr(serving, "serve", lambda *words: found.append(words))
    return found


def explore(*words: str) -> int:
    """Run the command; its status."""
    with pytest.raises(SystemExit) as ended:
        app.main(["explore", *words])
    return int(ended.value.code or 0)


def test_without_words_the_page_begins_by_itself_on_any_port(served: list[Any]) -> None:
    assert explore() == 0
    port, first, language, _, opens = served[0]
    assert (port, first, language, opens) == (0, None, "en", True)


def test_a_program_that_stays_looks_for_garbage_as_python_does(served: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gc, "set_threshold", lambda *thresholds: served.append(thresholds))
    assert explore() == 0
    assert served[0] == USUAL
    assert USUAL[0] < YOUNG


@pytest.mark.parametrize("kind", ["scenario", "link", "old link"])
def test_a_state_is_begun_with_by_file_or_link(served: list[Any], tmp_path: Path, kind: str) -> None:
    path = tmp_path / "scenario.toml"
    path.write_text(to_toml(SMALL), encoding="utf-8")
    word = {"scenario": str(path), "link": f"#{to_link(SMALL)}", "old link": f"http://127.0.0.1:1/old/#{to_link(SMALL)}"}[kind]
    assert explore(word, "--port", "8000", "--no-browser") == 0
    assert served[0][1] == (SMALL, [])
    assert (served[0][0], served[0][4]) == (8000, False)


def test_polls_are_begun_with_by_year_or_file(served: list[Any], tmp_path: Path) -> None:
    path = tmp_path / "polls.csv"
    path.write_text("party,share %\nAmanat,61\nAuyl,39\n", encoding="utf-8")
    assert explore("2023") == explore(str(path)) == 0
    assert served[0][1] == first_document()
    assert served[1][1][0]["poll"]["shares"] == {"amanat": "61%", "auyl": "39%"}
    assert served[1][1][0]["law"] == {"name": "2023"}


REFUSED = {
    "no file": (["nothing.csv"], "there is no file 'nothing.csv'"),
    "a broken link": (["#abc"], "the link must hold a whole state"),
    "no port": (["--port", "70000"], "70000"),
    "no year": (["1999"], "1999"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_cannot_be_begun_with_is_refused_in_a_line(served: list[Any], kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    words, said = REFUSED[kind]
    assert explore(*words) == 2
    printed = capsys.readouterr().err
    assert said in printed
    assert printed.count("\n") == 1
    assert served == []


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(run, "NEEDED", ("no_such_package",))
    assert explore() == 2
    assert 'pip install "mazhilis-sim[app]"' in capsys.readouterr().err


def test_the_command_line_starts_without_what_serves_pages() -> None:
    look = "import sys, mazhilis_sim.cli.program; print([name for name in ('starlette', 'uvicorn', 'tomli_w') if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True).stdout == "[]\n"
