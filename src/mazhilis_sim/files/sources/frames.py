"""Data frames of every library as a grid, by narwhals."""

from __future__ import annotations

from collections import Counter
from typing import Any

from mazhilis_sim.errors import FileError, missing_extra, show, some
from mazhilis_sim.files.sources.grid import Grid, lines_of
from mazhilis_sim.names.entries import head_of

NAME = "the data frame"


def is_frame(source: Any) -> bool:
    """Tell whether something looks like a data frame: things of its kind have columns."""
    return not isinstance(source, type) and hasattr(type(source), "columns")


def frame_grid(frame: Any) -> Grid:
    """Read a data frame: its columns are the head, its rows are counted from 1.

    Raises
    ------
    MissingExtraError
        Without narwhals (extra ``frame``).
    """
    try:
        import narwhals as nw
    except ImportError:
        raise missing_extra("narwhals", "frame") from None
    try:
        read = nw.from_native(frame)
        whole = read.collect() if isinstance(read, nw.LazyFrame) else read
        return Grid(NAME, tuple(lines_of([head_of(head) or str(head) for head in whole.columns], whole.iter_rows(), NAME)))
    except nw.exceptions.DuplicateError as error:
        twice = some([show(name) for name, times in Counter(frame.columns).items() if times > 1])
        raise FileError(field="the heads of columns", got=frame, must="differ", where=NAME, shown=f"{twice} more than once") from error
    except (TypeError, AttributeError) as error:
        raise FileError(f"this is no data frame: {error}", field="path", got=frame, must="name a file, or be a data frame") from None
