"""What a word on the command line stands for: a year on record, or a file."""

from __future__ import annotations

import os
import re

from mazhilis_sim.errors import FileError, show

YEAR = re.compile(r"\d+", re.ASCII)


def is_year(word: str) -> bool:
    """Tell whether a word is a year rather than a file."""
    return YEAR.fullmatch(word) is not None


def check_file(word: str, what: str) -> None:
    """Say that a word is neither a year nor a file, before its ending is doubted."""
    if not os.path.exists(word):
        remedy = f"write a year on record, such as 2023, or a file of {what}"
        raise FileError(f"there is no file {show(word)}", field="source", got=word, must="be a year or a file", remedy=remedy)
