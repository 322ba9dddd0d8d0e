"""Data frames of votes: columns are lists, reserved ids or totals, told by their names as the labels of any input are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from mazhilis_sim.counting.arrays.numbers import as_array, integers, not_negative, sum_within
from mazhilis_sim.errors import MazhilisError, VotesError, show
from mazhilis_sim.names.entries import Entry, head_of, refuse_labels, rows_of, say_of_labels, sums
from mazhilis_sim.names.labels import RESERVED, SUM, Label, read_labels

if TYPE_CHECKING:
    from numpy.typing import NDArray

WHERE = "columns of votes"


def is_frame(votes: Any) -> bool:
    """Tell whether something is a table with named columns."""
    return isinstance(getattr(votes, "columns", None), Iterable) and hasattr(votes, "__getitem__")


def names_in(frame: Any) -> list[Any]:
    """Return the names of a frame's columns; one that is neither text nor a number is refused where it looks like text."""
    names = list(getattr(frame, "column_names", None) or frame.columns)
    for name in names:
        if isinstance(name, (bytes, bytearray)):
            raise VotesError(field="the name of a column", got=name, must="be text", remedy=f"write {name.decode(errors='replace')!r}")
    return names


def split_frame(frame: Any) -> tuple[NDArray[np.int64], dict[str, NDArray[np.int64]]]:
    """Read a data frame: votes of the lists (n, k), and by reserved id what stands beside them; totals are left out."""
    names = names_in(frame)
    entries = [Entry(head_of(name) or f"column {place}", place) for place, name in enumerate(names)]
    pairs = list(zip(entries, read_labels((entry.label for entry in entries), "votes"), strict=True))
    refuse_labels(pairs, VotesError, WHERE)
    columns = [column(frame, name) for name in names]
    kept = [(entry, label) for entry, label in pairs if label.kind != SUM]
    said = [left_out(entry, kept, columns) for entry, label in pairs if label.kind == SUM]
    say_of_labels(said, [label for _, label in kept], "votes", WHERE)
    beside: dict[str, NDArray[np.int64]] = {}
    for entry, label in kept:
        if label.kind == RESERVED:
            more = not_negative(columns[entry.value], entry.label)
            beside[label.id] = sum_within(more, beside.get(label.id, np.zeros_like(more)))
    lists = [columns[entry.value] for entry, label in kept if label.kind != RESERVED]
    if not lists:
        raise VotesError(field=WHERE, got=names, must="hold at least one list", shown="none")
    return np.stack(lists, axis=1), beside


def column(frame: Any, name: Any) -> NDArray[np.int64]:
    """Read one column."""
    try:
        cells = as_array(frame[name], show(name), "be a column of whole numbers")
        return integers(cells, "votes")
    except MazhilisError as error:
        raise error.at(f"column {show(name)}") from None


def left_out(total: Entry[int], kept: Sequence[tuple[Entry[int], Label]], columns: Sequence[NDArray[np.int64]]) -> str:
    """Say that a column is the sum of others in every row, or name the first row in which it is not."""
    groups = [group for group in sums(total, kept) if group]
    added = [np.sum([columns[entry.value].astype(object) for entry in group], axis=0) for group in groups]
    for group, together in zip(groups, added, strict=True):
        if (together == columns[total.value]).all():
            return f"{show(total.label)} is the sum of {rows_of(group, len(kept))} and is left out"
    together = added[0] if added else np.zeros_like(columns[total.value])
    row = int((together != columns[total.value]).argmax())
    said = f"{show(total.label)} is {columns[total.value][row]:,}, and the others add up to {together[row]:,}"
    raise VotesError(
        said, field=total.label, must="be the sum of the others", remedy="drop the column, or mend a number", where=f"row {row}"
    )
