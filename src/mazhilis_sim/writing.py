"""Files written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

from mazhilis_sim.errors import SimulationError


def path_of(path: Any) -> Path:
    """Check the path of a file."""
    if not isinstance(path, (str, os.PathLike)):
        raise SimulationError(f'path must name a file, such as "run.json", got {path!r}')
    return Path(path)


def write_whole(path: str | os.PathLike[str], data: str | bytes) -> None:
    """Write a file whole or not at all: beside its place first, then moved there; nothing is left of a failed attempt."""
    place = path_of(path).resolve()
    content = data.encode() if isinstance(data, str) else data
    beside = ""
    try:
        with tempfile.NamedTemporaryFile(dir=place.parent, prefix=f"{place.name}.", delete=False) as file:
            beside = file.name
            file.write(content)
        os.chmod(beside, 0o666 & ~current_umask())
        os.replace(beside, place)
    except BaseException as error:
        if beside:
            Path(beside).unlink(missing_ok=True)
        if not isinstance(error, OSError):
            raise
        raise SimulationError(f"cannot write {path}: {error.strerror or error}") from None


def current_umask() -> int:
    """Return the process's file mode mask, which can only be read by setting it."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
