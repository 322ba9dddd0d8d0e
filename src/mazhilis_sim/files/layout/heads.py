"""Heads of one to three rows: what stands above each column, merged cells over all that they cover."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from mazhilis_sim.files.layout.headers import IGNORED, Head, read_head
from mazhilis_sim.files.layout.regions import is_region
from mazhilis_sim.files.sources.grid import Line
from mazhilis_sim.names.labels import PARTY, RESERVED, SUM, read_label

DAYS = {"date", "start"}
"""Of a head over both days of a poll, the row below says which of them."""
VALUES = ("votes", "share")
"""What may stand side by side below the name of a party or a region."""


def heads_of(rows: Sequence[Line]) -> tuple[Head, ...]:
    """Read heads from one row, or from several that stand above each other."""
    width = max(len(row.cells) for row in rows)
    *above, lowest = (row.cells + ("",) * (width - len(row.cells)) for row in rows)
    filled = [lowest]
    for upper in reversed(above):
        filled.insert(0, spread(upper, filled[0]))
    columns = [[part for part in dict.fromkeys(column) if part] for column in zip(*filled, strict=True)]
    return named_above(without_group(columns))


def named_above(columns: Sequence[list[str]]) -> tuple[Head, ...]:
    """Read heads; where names of parties or regions stand above votes and shares, each column is headed by its name."""
    above = [" ".join(parts[:-1]) if len(parts) > 1 and read_head(parts[-1]).column in VALUES else "" for parts in columns]
    rows_of_parties = any(read_head(part).column == "party" for parts in columns for part in parts)
    names = {name for name in above if name and not read_head(name).column and (is_region(name) or not rows_of_parties)}
    heads = [joined_head(parts) for parts in columns]
    groups = Counter(head.group for head in heads)
    if len(names) > 1:
        heads = [valued(head, name, parts[-1]) if name in names else head for head, name, parts in zip(heads, above, columns, strict=True)]
    return tuple(head if groups[head.group] > 1 else replace(head, group="") for head in heads)


def valued(head: Head, name: str, below: str) -> Head:
    """Return the head of a column that holds one of the numbers of what is named above it."""
    value = read_head(below)
    return replace(head, column="", name=name, per_cent=value.per_cent or value.column == "share", value=value.column, group="")


def without_group(columns: Sequence[list[str]]) -> list[list[str]]:
    """Take away the head "parties" that is merged over their names, so that each column is headed by its own."""
    above = [parts[0] if len(parts) > 1 and read_head(parts[0]).column == "party" else "" for parts in columns]
    groups = {group for group, times in Counter(above).items() if times > 1 and names_below(group, columns)}
    return [parts[1:] if group in groups else parts for group, parts in zip(above, columns, strict=True)]


def names_below(group: str, columns: Sequence[list[str]]) -> bool:
    """Tell whether a head stands over names, one of which is known, and over no known head."""
    below = [read_head(" ".join(parts[1:])) for parts in columns if len(parts) > 1 and parts[0] == group]
    return not any(head.column for head in below) and any(map(is_label, below))


def spread(upper: Sequence[str], lower: Sequence[str]) -> tuple[str, ...]:
    """Let a head that is merged over columns stand above each of them that has a head of its own."""
    cells, before = [], ""
    for above, below in zip(upper, lower, strict=True):
        before = above or (before if below else "")
        cells.append(before)
    return tuple(cells)


def joined_head(parts: Sequence[str]) -> Head:
    """Read the head that several rows make together: the words joined, or the one part that is known."""
    whole = replace(read_head(" ".join(parts)), group=parts[0] if len(parts) > 1 else "")
    if whole.column or len(parts) < 2:
        return whole
    read = [read_head(part) for part in parts]
    known = {head.column for head in read} - {"", IGNORED}
    if known == DAYS:
        known = {read[-1].column}
    if len(known) != 1:
        return whole
    return Head(whole.text, known.pop(), any(head.per_cent for head in read), whole.name)


def is_label(head: Head) -> bool:
    """Tell whether a head is the name of a party of the record, or a word of no party."""
    return read_label(head.name, "poll").kind in (PARTY, RESERVED, SUM)
