"""What is said of a grid in which no such table stands: of the row that comes nearest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from mazhilis_sim.errors import FileError, show, suggestion
from mazhilis_sim.files.layout.blocks import BEGINS_AS_NUMBER, LOWEST_HEAD, Schema
from mazhilis_sim.files.layout.headers import folded, known_heads
from mazhilis_sim.files.layout.notes import is_number
from mazhilis_sim.files.sources.grid import Grid, Line

SEPARATORS = re.compile(r"[,;|]|\s")
"""What may stand between heads in one cell."""


def no_table(grid: Grid, schema: Schema) -> FileError:
    """Build the error for a grid without the head of such a table: of the row that comes nearest."""
    known = known_heads()

    def nearness(line: Line) -> int:
        return sum(known.get(folded(cell), "") in schema.columns for cell in line.cells)

    line = max(grid.lines[:LOWEST_HEAD], key=nearness)
    broken = broken_number(grid) if schema.value and not nearness(line) else None
    if broken:
        return broken
    words = [folded(cell) for cell in line.cells]
    present = {known.get(word, "") for word in words}
    column = next((name for name in schema.required if name not in present), schema.required[0])
    unread = [cell.lower() for cell, word in zip(line.cells, words, strict=True) if cell and word not in known]
    got = show(",".join(line.cells))
    hint = "separate cells by a comma, a semicolon, a tab or a bar" if in_one_cell(line) else meant_by(column, unread)
    return FileError(
        field=f"a column {column!r}",
        got=got,
        must="be there",
        shown=f"the header {got}",
        remedy=f"write {schema.header}{hint and '; ' + hint}",
        where=grid.place(line.number),
    )


def in_one_cell(line: Line) -> bool:
    """Tell whether several known heads stand in one cell: they are separated by something else than was thought."""
    parts = SEPARATORS.split(line.filled[0])
    return len(line.filled) == 1 and sum(bool(known_heads().get(folded(part))) for part in parts) > 1


def broken_number(grid: Grid) -> FileError | None:
    """Build the error for a table that would have parties above columns if what stands below them were numbers."""
    for above, line in pairwise(grid.lines[:LOWEST_HEAD]):
        cells = [(head, cell) for head, cell in zip(above.cells, line.cells, strict=False) if BEGINS_AS_NUMBER.match(cell)]
        odd = [(head, cell) for head, cell in cells if head and not is_number(cell)]
        if len(odd) > 1:
            head, cell = odd[-1]
            return FileError(field="a cell", got=cell, must="be a number", where=f"{grid.place(line.number)}, column {head}")
    return None


def nearest_to(word: str, candidates: Sequence[str]) -> str:
    """Ask whether a near word was meant; say nothing where none is near."""
    hint = suggestion(word, candidates) if candidates else ""
    return hint if "did you mean" in hint else ""


def meant_by(column: str, heads: Sequence[str]) -> str:
    """Ask whether a column that is missing is meant by a near head; say nothing where none is near."""
    return nearest_to(column, heads).replace("did you mean", f"did you mean {column!r} by")
