"""What is said of a grid in which no such table stands: of the row that comes nearest."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from mazhilis_sim.errors import FileError, show, some, suggestion
from mazhilis_sim.files.layout.blocks import (
    BEGINS_AS_NUMBER,
    LOWEST_HEAD,
    Columns,
    Schema,
    begins_as_number,
    names_parties,
    possible_heads,
    unnamed_columns,
)
from mazhilis_sim.files.layout.headers import folded, known_heads
from mazhilis_sim.files.layout.notes import is_number
from mazhilis_sim.files.layout.regions import is_region
from mazhilis_sim.files.sources.grid import Grid, Line

OF_POLLS = frozenset(("pollster", "sample_size", "margin", "share"))
"""Columns by which a table that holds no votes is one of polls."""
READ_VOTES = "read it as votes, which it looks like: mazhilis-sim count, or report --count; in Python ms.read_votes"
READ_POLLS = "read it as polls, which it looks like: mazhilis-sim forecast; in Python ms.read_polls"
"""What to do with a table of the other kind."""
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
    lists = None if hint else lists_in_rows(grid, schema)
    write = f"write {schema.header}{hint and '; ' + hint}"
    return lists or FileError(
        field=f"a column {column!r}",
        got=got,
        must="be there",
        shown=f"the header {got}",
        remedy=of_other_kind(schema, present) or write,
        where=grid.place(line.number),
    )


def of_other_kind(schema: Schema, present: Collection[str]) -> str:
    """Say what takes a table of polls where votes are read, and of votes where polls are."""
    if schema.value == "share":
        return READ_VOTES if {"party", "votes"} <= set(present) else ""
    return READ_POLLS if schema.value == "votes" and "party" in present and OF_POLLS & set(present) else ""


def lists_in_rows(grid: Grid, schema: Schema) -> FileError | None:
    """Build the error for a table with a row for each list and numbers in several columns, of which not all are headed by regions."""
    columns = Columns(grid.lines)
    for start, depth, heads in possible_heads(grid.lines) if schema.value == "votes" else ():
        below = start + depth
        parties = [place for place, head in enumerate(heads) if names_parties(head, columns, place, below)]
        unknown = [place for place in unnamed_columns(heads) if place not in parties and heads[place].text]
        numbers = [heads[place].text for place in unknown if columns.holds(begins_as_number, place, below)]
        if parties and numbers:
            return several_numbers(grid, grid.lines[start], heads[parties[0]].text or "party", numbers)
    return None


def several_numbers(grid: Grid, line: Line, party: str, heads: Sequence[str]) -> FileError:
    """Build the error for rows of lists whose numbers stand below heads that nobody knows: votes of one place, or of several."""
    strange = [show(head) for head in heads if not is_region(head)]
    many = "head one of them votes" if len(heads) > 1 else "head it votes"
    regions = f"or write {party},Almaty,Astana with a column for each region, or party,region,votes with a row for each"
    return FileError(
        f"a row for each list, and no column headed votes: {some(strange or [show(head) for head in heads])} may be anything",
        field="a column 'votes'",
        got=show(",".join(line.cells)),
        must="be there",
        remedy=f"{many}; {regions}",
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
