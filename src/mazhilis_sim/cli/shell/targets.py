"""Files to be written: looked at before the run, so that an hour of simulation never ends in a refusal."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from mazhilis_sim.errors import FileError, SimulationError
from mazhilis_sim.writing import beginning, existing, named, path_of, write_whole


def check_targets(json_path: str | None, plot_path: str | None, sources: Iterable[str | None] = ()) -> None:
    """Refuse a file that cannot be written, and one that would overwrite another.

    Parameters
    ----------
    json_path, plot_path : str, optional
    sources : iterable of str
        Every file that is read; words that stand for no file do no harm.

    Raises
    ------
    FileError
        Naming the option and the file.
    MissingExtraError
        When a picture is asked for and matplotlib is not installed.
    """
    read = tuple(source for source in sources if source)
    if json_path is not None:
        check_writable(json_path, "--json", read)
    if plot_path is not None:
        check_picture(plot_path)
        check_writable(plot_path, "--plot", read)
    if json_path is not None and plot_path is not None and same_file(json_path, plot_path):
        both = f"--json and --plot both name {named(json_path)}"
        raise FileError(both, field="--plot", got=plot_path, must="name another file than --json", remedy="write two files")


def check_picture(path: str) -> None:
    """Refuse a kind of picture that is not drawn; without matplotlib none is."""
    from mazhilis_sim.pictures.saving import check_ending

    try:
        check_ending(path)
    except SimulationError as error:
        raise error.at(f"--plot {named(path)}") from None


def check_writable(path: str, option: str, sources: Iterable[str]) -> None:
    """Look at what stands where a file is to be written, and try to write beside it."""
    where = f"{option} {named(path)}"
    if not path:
        raise FileError(field="it", got=path, must="be a file", where=where, shown="nothing")
    try:
        place = path_of(path, FileError)
        if existing(place, FileError):
            check_spared(path, sources)
        with tempfile.NamedTemporaryFile(dir=place.resolve().parent, prefix=beginning(place)):
            pass
    except FileError as error:
        raise error.at(where) from None
    except (OSError, RuntimeError) as error:
        why = getattr(error, "strerror", None) or error
        raise FileError(f"cannot be written: {why}", field="it", must="be written", where=where) from None


def check_spared(path: str, sources: Iterable[str]) -> None:
    """Refuse to replace a file that is read."""
    for source in sources:
        if same_file(path, source):
            lost = f"this would overwrite the input {named(source)}"
            raise FileError(lost, field="it", got=path, must="be no input", remedy="write another file")


def same_file(one: str, other: str) -> bool:
    """Tell whether two names are of one file, through links too; files need not be there, nor words name any."""
    if os.path.exists(one) and os.path.exists(other):
        return os.path.samefile(one, other)
    try:
        return Path(one).resolve() == Path(other).resolve()
    except (OSError, ValueError, RuntimeError):
        return False


def save_json(result: dict[str, Any], path: str | None) -> list[tuple[str, str]]:
    """Save a result where that is asked for, and return the line that says so."""
    if path is None:
        return []
    write_whole(path, json.dumps(result, ensure_ascii=False, indent=1) + "\n")
    return [("written", path)]
