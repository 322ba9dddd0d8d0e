"""What somebody meets who uses the program for the first time: help, folders, names, a law of one's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mazhilis_sim.cli import app


def run(*words: str) -> Result:
    """Run the program."""
    return CliRunner().invoke(app, list(words))


@pytest.mark.parametrize("width", ["40", "80"])
def test_no_summary_of_a_command_is_cut(width: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", width)
    words = " ".join(run("--help").output.partition("Commands:")[2].split())
    assert "..." not in words
    for command in app.commands.values():
        assert " ".join((command.help or "").split("\b")[0].split("\n\n")[0].split()) in words


@pytest.mark.parametrize("command", ["count", "forecast", "show"])
def test_a_folder_is_called_one_before_its_ending_is_doubted(command: str, tmp_path: Path) -> None:
    for name in ("folder", "folder.csv", "folder.json", "folder.toml"):
        place = tmp_path / name
        place.mkdir()
        found = run(command, str(place))
        assert found.exit_code == 2
        assert "is a folder; name a file in it" in found.stderr


def test_the_protocol_calls_parties_by_their_names() -> None:
    said = run("count", "2023", "--explain").output
    assert "one more seat each: JSDP and Amanat" in said
    assert not {"amanat", "qhp", "jsdp", "aq_jol"} & set(said.split())


def test_a_changed_law_is_told_beside_what_the_answer_rests_on() -> None:
    changed = run("forecast", "2023", "--draws", "200", "--districts", "none", "--set", "threshold=7%", "--set", "method=jefferson").output
    assert "list seats at 7 %, seats shared out by dhondt" in " ".join(changed.split())
    assert "\n  law " not in run("forecast", "2023", "--draws", "200").output


def test_a_narrow_screen_tells_names_apart_that_begin_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    rows = "".join(f"Movement of Citizens for the Future number {place},{900 - place}\n" for place in range(7))
    (tmp_path / "votes.csv").write_text(f"party,votes\n{rows}", encoding="utf-8")
    said = run("count", str(tmp_path / "votes.csv"), "--law", "2026").stdout
    assert [line.split()[3] for line in said.splitlines() if line.startswith("the Future number")] == [*"0123456"]
    assert "…" not in said
    assert max(map(len, said.splitlines())) <= 40


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_completes_commands(shell: str) -> None:
    done = CliRunner().invoke(app, [], prog_name="mazhilis-sim", env={"_MAZHILIS_SIM_COMPLETE": f"{shell}_source"})
    assert "mazhilis-sim" in done.stdout
    asked = {"_MAZHILIS_SIM_COMPLETE": "bash_complete", "COMP_WORDS": "mazhilis-sim ba", "COMP_CWORD": "1"}
    assert CliRunner().invoke(app, [], prog_name="mazhilis-sim", env=asked).stdout.split() == ["plain,backtest"]


@pytest.mark.parametrize("command", [("forecast", "2023", "--draws", "200"), ("count", "2023", "--explain"), ("laws",)])
def test_a_terminal_of_ascii_gets_ascii(command: tuple[str, ...]) -> None:
    done = CliRunner(charset="ascii").invoke(app, list(command))
    assert done.exit_code == 0
    assert done.stdout_bytes.isascii()
    assert "?" not in done.stdout.replace("  ?", "")


@pytest.mark.parametrize("code", ["kk", "ru"])
def test_a_terminal_without_cyrillic_gets_latin_letters_in_their_place(code: str) -> None:
    words = ["count", "2023", "--lang", code]
    shown, plain = (CliRunner(charset=charset).invoke(app, words).stdout for charset in ("utf-8", "ascii"))
    assert plain.isascii()
    assert "?" not in plain
    assert "Amanat" in plain
    assert [len(line) for line in plain.splitlines()] == [len(line) for line in shown.splitlines()]


def test_a_russian_terminal_gets_russian_letters_for_kazakh_ones() -> None:
    shown = CliRunner(charset="cp1251").invoke(app, ["count", "2023", "--lang", "kk"]).stdout
    assert "Ак жол" in shown
    assert "й" in shown  # which is no и with an accent there
    assert "?" not in shown
