"""The program that throws damaged and hostile things at the library runs, finds nothing, and finds what is planted."""

from __future__ import annotations

import sys
from typing import Any

import pytest

import fuzz
from mazhilis_sim.simulation.saving import format_2


@pytest.mark.parametrize("group", ["saved", "arguments"])
def test_a_small_share_of_a_group_finds_nothing(group: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The others are run in short by the tests of rules in processes of their own, and of files of users."""
    assert fuzz.run(group, 1, 0.005) == 0
    assert capsys.readouterr().out.startswith(f"{group}: 0 findings in ")


def test_every_group_is_asked_for_by_name(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    asked: list[str] = []
    monkeypatch.setattr(fuzz, "run", lambda name, _seed, _share: asked.append(name) or len(asked) > 1)
    for words, status in (([], 1), (["rules"], 1)):
        monkeypatch.setattr(sys, "argv", ["fuzz.py", *words])
        assert fuzz.main() == status
    assert asked == ["saved", "rules", "arguments", "readers", "rules"]
    monkeypatch.setattr(sys, "argv", ["fuzz.py", "everything"])
    with pytest.raises(SystemExit):
        fuzz.main()
    assert "there is no group everything" in capsys.readouterr().err


def no_checksum(content: dict[str, Any]) -> str:
    """Plant: the checksum is whatever stands there."""
    return str(content.get("checksum", "none"))


def test_a_planted_fault_is_found(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(format_2, "checksum", no_checksum)
    assert fuzz.run("saved", 1, 0.02) > 0
    assert "changes what is read" in capsys.readouterr().out
