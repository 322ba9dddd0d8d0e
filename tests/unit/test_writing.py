"""Files written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from mazhilis_sim.errors import SimulationError
from mazhilis_sim.writing import path_of, write_whole


def test_a_file_is_on_the_disk_before_it_is_moved_and_its_folder_after(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    sync, replace = os.fsync, os.replace

    def noted_sync(handle: int) -> None:
        done.append("folder" if os.path.isdir(f"/proc/self/fd/{handle}") else "file")
        sync(handle)

    def noted_replace(*paths: Any) -> None:
        done.append("moved")
        replace(*paths)

    monkeypatch.setattr(os, "fsync", noted_sync)
    monkeypatch.setattr(os, "replace", noted_replace)
    write_whole(tmp_path / "a.txt", "қ\n")
    assert (tmp_path / "a.txt").read_bytes() == "қ\n".encode()
    assert done[:2] == ["file", "moved"]
    assert len(done) == 3


@pytest.mark.parametrize("name", ["fsync", "chmod", "replace"])
def test_a_failed_attempt_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    place = tmp_path / "a.txt"
    place.write_text("old")

    def full(*_words: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(os, name, full)
        with pytest.raises(SimulationError, match=r"cannot write .*a\.txt: No space left on device"):
            write_whole(place, "new")
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"a.txt": "old"}


def test_an_interrupt_leaves_nothing_and_is_passed_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_words: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "a.txt", b"new")
    assert list(tmp_path.iterdir()) == []


class Failing:
    def __fspath__(self) -> str:
        raise RuntimeError

    __repr__ = __fspath__


@pytest.mark.parametrize("path", [None, 5, b"x", "", "a\0b", [], {}, True, Failing()])
def test_what_is_no_path_is_refused_in_one_line(path: Any) -> None:
    with pytest.raises(SimulationError, match='path must name a file, such as "run.json", got ') as caught:
        path_of(path)
    assert len(str(caught.value)) < 130


@pytest.mark.parametrize("name", [".", "no/such/folder.txt", "x" * 5000, "loop"])
def test_a_place_where_nothing_can_be_written_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(SimulationError, match="cannot write"):
        write_whole(tmp_path / name, "new")
    assert [path.name for path in tmp_path.iterdir()] == ["loop"]
