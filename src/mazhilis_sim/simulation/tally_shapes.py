"""What is counted over draws: the names and shapes of integer tallies, what must hold of them, and the spans of draws that they cover."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from mazhilis_sim import reading
from mazhilis_sim.errors import SimulationError
from mazhilis_sim.kernels.steps.events import EVENTS, OF_DRAWS, OF_EVERY_LAW

if TYPE_CHECKING:
    from numpy.typing import NDArray

Spans: TypeAlias = tuple[tuple[int, int], ...]
"""Draws, as the first and one past the last of each stretch."""
Tallies: TypeAlias = dict[str, "NDArray[np.int64]"]

TIERS: tuple[str, ...] = ("total", "list", "district")
HISTOGRAMS = (*TIERS, "coalitions")
"""Tallies whose rows hold every draw once."""
BY_LIST = ("entries", "admitted")
"""Tallies of draws by list."""
DIMENSIONS = {**dict.fromkeys((*BY_LIST, "events"), 1), **dict.fromkeys(HISTOGRAMS, 2)}


def tally_shapes(
    *, lists: int, columns: int, list_seats: int, district_seats: int, coalitions: int, quota_may_fail: bool
) -> dict[str, tuple[int, ...]]:
    """Return the shape of every tally of a question; ``quota_may_fail`` where another method than Hare's shares out the seats."""
    elected = list_seats + district_seats
    return {
        "entries": (lists,),
        "admitted": (lists,),
        "events": (len(EVENTS if quota_may_fail else OF_EVERY_LAW),),
        "list": (lists, list_seats + 1),
        "district": (columns, district_seats + 1),
        "total": (columns, elected + 1),
        "coalitions": (coalitions, elected + 1),
    }


def check_tallies(tallies: Mapping[str, NDArray[np.int64]], n_draws: int, where: str = "") -> None:
    """Refuse tallies that cannot be of so many draws: each is in a histogram once, and no event in more than there are."""
    largest = {name: read_largest(f"tallies.{name}", tallies.get(name), dimensions, where) for name, dimensions in DIMENSIONS.items()}
    for name in HISTOGRAMS:
        for row in tallies[name].sum(axis=1).tolist():
            if row != n_draws:
                must = f"sum to the number of draws, {n_draws}, in every row"
                raise SimulationError(field=f"tallies.{name}", got=row, must=must, where=where)
    largest["events"] = max(tallies["events"][: len(OF_DRAWS)].tolist(), default=0)
    for name, most in largest.items():  # one of them may have let a sum run over
        if most > n_draws:
            must = f"be at most the number of draws, {n_draws}"
            raise SimulationError(field=f"tallies.{name}", got=most, must=must, where=where)


def read_largest(field: str, counts: object, dimensions: int, where: str) -> int:
    """Return the largest of an array of counts, and refuse anything else."""
    if not (isinstance(counts, np.ndarray) and counts.dtype == np.int64 and counts.ndim == dimensions):
        must = f"be an array of int64 in {'one dimension' if dimensions == 1 else 'two dimensions'}"
        raise SimulationError(field=field, got=counts, must=must, where=where)
    largest = int(counts.view(np.uint64).max(initial=0))  # a negative number is a very large one there
    if largest > reading.INT64:
        raise SimulationError(field=field, got=int(counts.min()), must="hold no negative number", where=where)
    return largest


def draws_in(spans: Iterable[tuple[int, int]]) -> int:
    """Return how many draws spans hold."""
    return sum(stop - start for start, stop in spans)


def join_spans(spans: Iterable[tuple[int, int]]) -> Spans:
    """Sort spans of draws and join neighbours; overlapping ones are an error."""
    joined: list[tuple[int, int]] = []
    for start, stop in sorted(spans):
        if joined and start < joined[-1][1]:
            both = f"draws {start:,} to {min(stop, joined[-1][1]) - 1:,} are in both"
            raise SimulationError(
                f"the runs overlap: {both}",
                field="draws",
                got=(start, stop),
                must="be in one run alone",
                remedy="use start= for further draws",
            )
        if joined and start == joined[-1][1]:
            joined[-1] = (joined[-1][0], stop)
        else:
            joined.append((start, stop))
    return tuple(joined)
