"""Files written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from mazhilis_sim.errors import MazhilisError, SimulationError, show

LONGEST_PATH = 200
"""Of a file, in a message."""
LONGEST_BEGINNING = 40
"""Letters of a name that the file beside it shares."""
MAY_WRITE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
NO_FILES: tuple[tuple[Callable[[int], bool], str], ...] = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
"""What may stand where a file is to be written, and is none."""
OF_A_PROCESS = ("/dev/stdin", "/dev/stdout", "/dev/stderr", "/dev/fd/", "/proc/")
"""How names of what a process has open begin: behind one may lie a file, which is written to already."""


def path_of(path: Any, error: type[MazhilisError] = SimulationError) -> Path:
    """Read the path of a file: text that can name one, or a path."""
    try:
        place = os.fspath(path)
        os.fsencode(place)
    except Exception:  # no path, or a stranger's that fails
        place = b""
    if not isinstance(place, str) or not place or "\0" in place:
        raise error(field="path", got=path, must='name a file, such as "run.json"')
    return Path(place)


def named(path: str | Path) -> str:
    """Return the name of a file for messages, cut where it is absurd."""
    return str(path) if len(str(path)) <= LONGEST_PATH else show(str(path))


def refuse_folder(place: Path, error: type[MazhilisError] = SimulationError) -> None:
    """Refuse a folder where a file is to be read, before its ending is doubted."""
    if os.path.isdir(place):  # says no where pathlib raises: of a name that no system takes
        raise error(f"{named(place)} is a folder", field="path", got=place, must="name a file", remedy="name a file in it")


def existing(name: Path, error: type[MazhilisError] = SimulationError) -> os.stat_result | None:
    """Return what stands where a file is to be written, links followed; None where nothing does.

    Raises
    ------
    MazhilisError
        For what is no ordinary file, which must not be replaced by one, and for one that is write-protected.
    OSError
        Where no file can stand.
    """
    try:
        found = name.stat()
    except FileNotFoundError:
        return None
    shown = next((kind for is_kind, kind in NO_FILES if is_kind(found.st_mode)), "")
    shown = shown or ("what a process has open" if os.path.abspath(name).startswith(OF_A_PROCESS) else "")
    if shown:
        raise error(field="what is written to", got=name, must="be an ordinary file, or none yet", shown=shown)
    if not found.st_mode & MAY_WRITE or not os.access(name, os.W_OK):  # an administrator may write all the same, unasked
        protected = "the file is there and write-protected"
        raise error(protected, field="what is written to", got=name, must="be writable", remedy="write another one")
    return found


def write_whole(path: str | os.PathLike[str], data: str | bytes) -> None:
    """Write a file whole or not at all: beside its place first, onto the disk, then moved there.

    Nothing is left of a failed attempt, and what stood there before stays; a power cut leaves the old file or the new one.
    A file that is replaced hands its mode on, and its owner where the system lets it.

    Parameters
    ----------
    path : str or path
    data : str or bytes
        Text is written as UTF-8.

    Raises
    ------
    SimulationError
        When it cannot be written, with what the system says; for a device, a pipe and what is write-protected.
    """
    content = encoded(data)
    write_by(path, lambda file: file.write(content))


def write_by(path: str | os.PathLike[str], fill: Callable[[IO[bytes]], object]) -> None:
    """Write a file whole or not at all, as `write_whole` does, by a function that fills it; what that raises leaves nothing behind."""
    name = path_of(path)
    try:
        old = existing(name)
        place = name.resolve()
        beside = written_beside(place, fill)
        try:
            hand_on(old, beside)
            os.replace(beside, place)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise
        settle(place.parent)
    except SimulationError as error:
        raise error.at(f"cannot write {named(name)}") from None
    except (OSError, RuntimeError) as error:  # a link that leads to itself is a RuntimeError
        why = getattr(error, "strerror", None) or str(error)
        raise SimulationError(f"cannot write {named(name)}: {why}", field="path", got=path, must="be a place to write to") from None


def hand_on(old: os.stat_result | None, beside: str) -> None:
    """Give a file the mode and the owner of the one that it replaces; a new one gets what the process gives."""
    if old is None:
        os.chmod(beside, 0o666 & ~current_umask())
        return
    if hasattr(os, "chown"):
        with contextlib.suppress(PermissionError):
            os.chown(beside, old.st_uid, old.st_gid)
    os.chmod(beside, stat.S_IMODE(old.st_mode))


def encoded(data: str | bytes) -> bytes:
    """Return what is to be written as bytes; half a letter, which no text holds, is written as a question mark."""
    return data.encode(errors="replace") if isinstance(data, str) else data


def written_beside(place: Path, fill: Callable[[IO[bytes]], object]) -> str:
    """Write a file beside its place and onto the disk; return its name."""
    file = tempfile.NamedTemporaryFile(dir=place.parent, prefix=beginning(place), delete=False)  # noqa: SIM115 - it outlives its closing
    try:
        with file:
            fill(file)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        Path(file.name).unlink(missing_ok=True)
        raise
    return file.name


def beginning(place: Path) -> str:
    """Return how the name of a file beside another begins: as that, but never so that it gets too long for the system."""
    return f"{place.name[:LONGEST_BEGINNING]}."


def settle(folder: Path) -> None:
    """Bring the entry of a moved file onto the disk, where the system lets a folder be opened."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def current_umask() -> int:
    """Return the process's file mode mask, which can only be read by setting it."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
