"""Files written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

import mazhilis_sim as ms
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


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o660, 0o755])
def test_a_replaced_file_hands_its_mode_on(tmp_path: Path, mode: int) -> None:
    place = tmp_path / "a.txt"
    place.write_text("old")
    place.chmod(mode)
    write_whole(place, "new")
    assert (place.read_text(), place.stat().st_mode & 0o7777) == ("new", mode)


def test_a_link_is_followed_and_stays(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("old")
    for name, target in (("link", "a.txt"), ("into nothing", "b.txt")):
        (tmp_path / name).symlink_to(target)
        write_whole(tmp_path / name, "new")
        assert (tmp_path / name).is_symlink()
        assert (tmp_path / target).read_text() == "new"


@pytest.mark.posix
def test_what_is_no_ordinary_file_is_not_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("/dev/null")
    (tmp_path / "folder").mkdir()
    end, other = os.pipe()
    here = [("pipe", "a pipe"), ("link", "a device"), ("folder", "a folder"), ("/dev/null", "a device"), (f"/dev/fd/{other}", "a pipe")]
    for name, shown in here:
        with pytest.raises(
            SimulationError, match=f"cannot write .*: what is written to must be an ordinary file, or none yet, got {shown}$"
        ):
            write_whole(tmp_path / name, "new")
    os.close(end), os.close(other)
    assert (tmp_path / "pipe").is_fifo()
    assert Path("/dev/null").is_char_device()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "link", "pipe"]


@pytest.mark.posix
def test_a_file_that_is_written_to_already_is_not_replaced_under_its_writer(tmp_path: Path) -> None:
    with (tmp_path / "out.txt").open("w", encoding="utf-8") as file:
        for name in (f"/dev/fd/{file.fileno()}", f"/proc/self/fd/{file.fileno()}"):
            with pytest.raises(SimulationError, match="must be an ordinary file, or none yet, got what a process has open$"):
                write_whole(name, "new")
        file.write("kept")
    assert (tmp_path / "out.txt").read_text(encoding="utf-8") == "kept"


def test_a_read_only_file_stays(tmp_path: Path) -> None:
    """Whoever writes: an administrator, too, did not ask for that one."""
    place = tmp_path / "a.txt"
    place.write_text("old")
    place.chmod(0o444)
    with pytest.raises(SimulationError, match="cannot write .*a.txt: the file is there and write-protected; write another one"):
        write_whole(place, "new")
    assert place.read_text() == "old"


def test_a_name_as_long_as_the_system_allows_is_written(tmp_path: Path) -> None:
    place = tmp_path / ("x" * 255)
    write_whole(place, "new")
    assert place.read_text() == "new"


@pytest.mark.parametrize("name", ["a\0b", "\ud800"])
def test_a_path_that_the_system_has_not_is_refused_at_every_door(name: str) -> None:
    f = ms.simulate(ms.law("2026"), ms.Poll({"a": 0.6, "b": 0.4}, sample_size=900), n_draws=5, seed=1)
    for door in (f.save, ms.load_forecast, f.plot):
        with pytest.raises(SimulationError, match="path must name a file"):
            door(name)


@pytest.mark.parametrize("name", [".", "no/such/folder.txt", "x" * 5000, "loop"])
def test_a_place_where_nothing_can_be_written_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(SimulationError, match="cannot write"):
        write_whole(tmp_path / name, "new")
    assert [path.name for path in tmp_path.iterdir()] == ["loop"]
