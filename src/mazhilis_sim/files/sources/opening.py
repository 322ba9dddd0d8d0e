"""Opens what a user gives: a file of any kind by its ending, or a data frame."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeAlias

from mazhilis_sim.errors import FileError, show
from mazhilis_sim.files.dialect import Dialect
from mazhilis_sim.files.sources.decoding import decode
from mazhilis_sim.files.sources.frames import NAME, frame_grid, is_frame
from mazhilis_sim.files.sources.grid import Grid
from mazhilis_sim.files.sources.parquet import parquet_grid
from mazhilis_sim.files.sources.separated import separated_grid
from mazhilis_sim.files.sources.sheets import sheet_grids
from mazhilis_sim.writing import named, path_of, refuse_folder

if TYPE_CHECKING:
    from narwhals.typing import IntoFrame

Source: TypeAlias = "str | os.PathLike[str] | IntoFrame"
"""What a table may be given as: the path of a file, or a data frame of any library."""
BEGINNINGS = {
    b"PK\x03\x04": ("a spreadsheet", ".xlsx or .ods"),
    b"\xd0\xcf\x11\xe0": ("a spreadsheet", ".xls"),
    b"PAR1": ("a Parquet file", ".parquet"),
}
"""How files begin that are no text, what they are, and how they are named."""
SAVED = "show it, if it is a saved answer: mazhilis-sim show or report; in Python ms.load_forecast"
TEXT, SHEETS, PARQUET = (".csv", ".tsv", ".txt"), (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"), (".parquet", ".pq")


def open_grids(source: Any, dialect: Dialect, fits: Callable[[Grid], bool], familiar: Callable[[str], int]) -> list[Grid]:
    """Read every table of a source as a grid; ``fits`` tells which separator makes one, ``familiar`` counts known words."""
    name, suffix = source_name(source), "" if is_frame(source) else path_of(source, FileError).suffix.lower()
    if dialect.sheet and suffix not in SHEETS:
        raise FileError(field="sheet", got=dialect.sheet, must=f"be left out, for {name} has no sheets")
    if is_frame(source):
        return [frame_grid(source)]
    place = path_of(source, FileError)
    if suffix in PARQUET:
        return [parquet_grid(read_bytes(place), name)]
    if suffix in SHEETS:
        return sheet_grids(read_bytes(place), name, dialect.sheet)
    refuse_folder(place, FileError)
    if suffix not in TEXT:
        must = f"end in {', '.join((TEXT[0], SHEETS[0], SHEETS[-1]))} or {PARQUET[0]}"
        saved = SAVED if suffix == ".json" else ""
        raise FileError(field="a table", got=suffix, must=must, remedy=saved, where=name, shown=suffix or "no ending")
    data = read_bytes(place)
    refuse_other_kinds(data, name)
    text, encoding = decode(data, name, dialect.encoding, familiar)
    grid = separated_grid(text, name, dialect.separator, fits)
    return [grid if encoding == "utf-8" else replace(grid, read_as=(*grid.read_as, encoding))]


def refuse_other_kinds(data: bytes, name: str) -> None:
    """Refuse what is named as text and begins as a spreadsheet or a Parquet file does."""
    for beginning, (kind, ending) in BEGINNINGS.items():
        if data.startswith(beginning):
            raise FileError(f"{name} is {kind}, by its first bytes", field="a table", must="be text", remedy=f"name it {ending}")


def source_name(source: Any) -> str:
    """Name a source, for messages."""
    return NAME if is_frame(source) else named(path_of(source, FileError))


def read_bytes(path: str | os.PathLike[str]) -> bytes:
    """Read a whole file, or say in words why not."""
    place = path_of(path, FileError)
    refuse_folder(place, FileError)
    try:
        return place.read_bytes()
    except FileNotFoundError:
        raise FileError(f"there is no file {show(str(path))}", field="path", got=path, must="name a file") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise FileError(f"{named(place)} cannot be read: {why}", field="path", got=path, must="name a file that can be read") from None
