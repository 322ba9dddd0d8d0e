"""Where compiled code is kept, told without the compiler, which takes about a second to load."""

import contextlib
import functools
import hashlib
import os
import sys
import tempfile
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


def folder_in(chosen: str) -> Path | None:
    """Return a folder for the code of these very kernels, or None where none can be written; ``chosen`` is the user's choice, or empty.

    It bears their digest: numba looks for changes in the file of a function alone, not in those of what it calls.
    """
    for home in [Path(chosen)] if chosen else [Path(__file__).parent / "__pycache__", *user_folders()]:
        folder = home / f"kernels-{digest_of_kernels()}"
        with contextlib.suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            tempfile.TemporaryFile(dir=folder).close()
            return folder
    return None


def has_code(folder: Path, name: str) -> bool:
    """Tell whether a folder has code of a function for this Python, whatever the types of its arguments."""
    with contextlib.suppress(OSError):  # another process may be throwing it away
        return any(folder.rglob(f"*.{name}-*.py{sys.version_info.major}{sys.version_info.minor}*.nbi"))
    return False


def user_folders() -> Iterator[Path]:
    """Yield the folder for what programs keep for a user, where there is a home."""
    told = os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME")
    with contextlib.suppress(RuntimeError):
        yield (Path(told) if told else Path.home() / ".cache") / "mazhilis_sim"


@functools.cache
def digest_of_kernels() -> str:
    """Return what changes with any file of kernels, wherever they are kept."""
    digest = hashlib.sha256()
    for file in sources(files(__package__)):
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def sources(folder: Traversable) -> Iterator[Traversable]:
    """Yield the files of kernels in a folder and in those below it, always in the same order."""
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from sources(entry)
        elif entry.name.endswith((".py", ".pyi")):
            yield entry
