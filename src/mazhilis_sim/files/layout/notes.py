"""Rows that are no data: titles above a table, footnotes below it, a row that numbers the columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mazhilis_sim.files.layout.numbers import take_apart
from mazhilis_sim.files.sources.grid import Exact, Line
from mazhilis_sim.reading import integer

NOTE = re.compile(
    r"\s*(?:[*†‡¹²³©]|https?://|\(?\d{1,2}\)\s|"
    r"(?:source|sources|note|notes|data|nb|remark|updated|as of|источник|источники|примечание|примечания|данные|сноска|по данным|"
    r"дереккөз|дереккөздер|ескерту|ескертпе|деректер)\b)",
    re.IGNORECASE,
)
NUMBERED = re.compile(r"(?P<number>\d{1,3})[.)]\s+(?P<label>.*\S)")
SENTENCE = re.compile(r"(?:\S+\s+){3,}\S+[.!]")


def is_number(text: str) -> bool:
    """Tell whether a cell holds a number."""
    return isinstance(text, Exact) or take_apart(text) is not None or integer(text) is not None


def is_note(line: Line) -> bool:
    """Tell whether a row is a footnote for certain: it begins as one, or is one sentence and nothing else."""
    first = next(filter(None, line.cells))
    if NOTE.match(first) and not any(map(is_number, line.filled[1:])):
        return True
    return first[-1] in ".!" and len(line.filled) == 1 and SENTENCE.fullmatch(first) is not None


def is_title(line: Line) -> bool:
    """Tell whether a row above the head is a title for certain: one text, or several without a number, or a label and a value."""
    filled = line.filled
    return len(filled) == 1 or not any(map(is_number, filled)) or filled[0].endswith(":") or is_note(line)


def without_numbers(cells: Sequence[str]) -> list[str]:
    """Return labels without the numbers that stand before them, where those count from 1: ``1. Amanat``, ``2. Auyl``."""
    found = [NUMBERED.fullmatch(cell) for cell in cells]
    counted = [match["number"] for match in found if match]
    if len(counted) < 2 or counted != [str(number) for number in range(1, len(counted) + 1)]:
        return list(cells)
    return [match["label"] if match else cell for cell, match in zip(cells, found, strict=True)]


def numbers_columns(cells: Sequence[str]) -> bool:
    """Tell whether a row numbers the columns, as forms do: 1, 2, 3 and so on."""
    return len(cells) > 2 and list(cells) == [str(number) for number in range(1, len(cells) + 1)]
