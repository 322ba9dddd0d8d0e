"""Files written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import Any

from mazhilis_sim.errors import MazhilisError, SimulationError, show

LONGEST_PATH = 200
"""Of a file, in a message."""


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


def write_whole(path: str | os.PathLike[str], data: str | bytes) -> None:
    """Write a file whole or not at all: beside its place first, onto the disk, then moved there.

    Nothing is left of a failed attempt, and what stood there before stays; a power cut leaves the old file or the new one.

    Parameters
    ----------
    path : str or path
    data : str or bytes
        Text is written as UTF-8.

    Raises
    ------
    SimulationError
        When it cannot be written, with what the system says.
    """
    content, name = encoded(data), path_of(path)
    try:
        place = name.resolve()
        beside = written_beside(place, content)
        try:
            os.chmod(beside, 0o666 & ~current_umask())
            os.replace(beside, place)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise
        settle(place.parent)
    except (OSError, RuntimeError) as error:  # a link that leads to itself is a RuntimeError
        why = getattr(error, "strerror", None) or str(error)
        raise SimulationError(f"cannot write {named(name)}: {why}", field="path", got=path, must="be a place to write to") from None


def encoded(data: str | bytes) -> bytes:
    """Return what is to be written as bytes; half a letter, which no text holds, is written as a question mark."""
    return data.encode(errors="replace") if isinstance(data, str) else data


def written_beside(place: Path, content: bytes) -> str:
    """Write a file beside its place and onto the disk; return its name."""
    file = tempfile.NamedTemporaryFile(dir=place.parent, prefix=f"{place.name}.", delete=False)  # noqa: SIM115 - it outlives its closing
    try:
        with file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        Path(file.name).unlink(missing_ok=True)
        raise
    return file.name


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
