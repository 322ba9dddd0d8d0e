"""What a word on the command line stands for: a year on record, or a file."""

from __future__ import annotations

import os
import re
from typing import TypeAlias

from mazhilis_sim.cli.shell.endings import say
from mazhilis_sim.errors import FileError, show
from mazhilis_sim.writing import named

Written: TypeAlias = tuple[str | None, str | None]
"""How a file is written, as far as it is said: the dialect and the sheet."""
YEAR = re.compile(r"\d+", re.ASCII)


def is_year(word: str) -> bool:
    """Tell whether a word is a year rather than a file."""
    return YEAR.fullmatch(word) is not None


def check_file(word: str, what: str) -> None:
    """Say that a word is neither a year nor a file, before its ending is doubted."""
    if not os.path.exists(word):
        remedy = f"write a year on record, such as 2023, or a file of {what}"
        raise FileError(f"there is no file {show(word)}", field="source", got=word, must="be a year or a file", remedy=remedy)


def check_on_record(word: str, written: Written) -> None:
    """Refuse to say how a table is written where none is read."""
    for option, value in zip(("--dialect", "--sheet"), written, strict=True):
        if value is not None:
            problem, must = f"{option} is for a file; {show(word)} names none", "be left out"
            raise FileError(problem, field=option, got=value, must=must)


def say_reading(word: str, read_as: str) -> None:
    """Say how a table was read, where anything had to be found out."""
    if read_as:
        say(f"{named(word)} read as: {read_as}")
