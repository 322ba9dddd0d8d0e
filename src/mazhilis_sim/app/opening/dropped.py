"""Files that are dropped on the page, read by the readers of the command line: polls, or a scenario."""

from __future__ import annotations

import base64
import binascii
import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from mazhilis_sim.app.documents import document_of, of_record, told
from mazhilis_sim.app.state import KEYS, NONE, Document
from mazhilis_sim.data import load_polls
from mazhilis_sim.data.turnouts import regional_election
from mazhilis_sim.errors import FileError, MazhilisError
from mazhilis_sim.files.polls import read_polls
from mazhilis_sim.files.scenario import parse, read_scenario
from mazhilis_sim.files.sources.decoding import decode_unicode

SCENARIO = ".toml"
FILES = ("polls", "dialect", "sample_size")
"""Keys of a scenario that say what the page keeps as one poll."""


def open_file(name: Any, data: Any, state: Mapping[str, Any]) -> tuple[Document, list[str]]:
    """Return the state after a file was dropped on the page, and what there is to say of it.

    Parameters
    ----------
    name : str
        Of the file; its ending says how it is read.
    data : str
        Its bytes in base64.
    state : mapping
        The state before, whose law a file of polls leaves as it was.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / plain_name(name)
        path.write_bytes(read_base64(data))
        try:
            document, said = told(lambda: opened(path, state))
            return document, [words.replace(folder + os.sep, "") for words in said]
        except MazhilisError as error:
            raise without(folder, error) from None


def opened(path: Path, state: Mapping[str, Any]) -> Document:
    """Read one file."""
    if path.suffix.lower() == SCENARIO:
        return of_scenario(path)
    found = document_of(read_polls(path))
    return {**state, **found, **kept(state, found["poll"]["shares"])}


def kept(state: Mapping[str, Any], parties: Iterable[str]) -> Document:
    """Return what new polls leave as it was, beside law and turnout; no districts where none of the lists has candidates there."""
    same = {key: state[key] for key in ("draws", "seed") if key in state}
    districts = regional_election().districts
    known = districts is not None and not set(parties).isdisjoint(districts.parties)
    return same if known else {**same, "districts": NONE}


def of_scenario(path: Path) -> Document:
    """Read a scenario; polls on record that it names become the poll of the page."""
    scenario = read_scenario(path)
    given = parse(decode_unicode(path.read_bytes(), path.name), path.name)
    if "polls" not in given:
        return plain(given)
    if not str(given["polls"]).isdecimal():
        must, remedy = "be a year on record or stand in the scenario", "drop the file of polls itself on the page"
        raise FileError(field="polls", got=given["polls"], must=must, remedy=remedy, where=path.name)
    return {**of_record(load_polls(str(scenario.polls))), **plain({key: value for key, value in given.items() if key not in FILES})}


def plain(given: Mapping[str, Any]) -> Document:
    """Return keys of a scenario as the page keeps them: law and model are tables, the year of districts is a text."""
    found = {key: value for key, value in given.items() if key in KEYS}
    for key in ("law", "model"):
        if key in found and not isinstance(found[key], Mapping):
            found[key] = {"name": str(found[key])}
    return {**found, **({"districts": str(found["districts"])} if "districts" in found else {})}


# -- small steps -------------------------------------------------------------------------------------------------------


def plain_name(name: Any) -> str:
    """Return the last part of a file's name, whatever system it is of."""
    last = PureWindowsPath(PurePosixPath(str(name)).name).name
    if not last or "\0" in last or len(last) > 100:
        raise FileError(field="the name of a file", got=name, must="be a name of at most 100 letters")
    return last


def read_base64(data: Any) -> bytes:
    """Return the bytes of a file."""
    try:
        return base64.b64decode(str(data), validate=True)
    except (ValueError, binascii.Error):
        raise FileError(field="the bytes of a file", got=data, must="be in base64") from None


def without(folder: str, error: MazhilisError) -> FileError:
    """Return an error as one of the file alone, not of the folder where it lay."""
    cut = folder + os.sep
    problem, where = (text.replace(cut, "") for text in (error.problem, error.where))
    return FileError(problem, where=where, **{name: getattr(error, name) for name in ("field", "got", "must", "remedy", "shown")})
