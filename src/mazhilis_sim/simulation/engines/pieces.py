"""What some draws gave: tallies that add up in any order, on any machine, and can be written and read back."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from mazhilis_sim.errors import SimulationError
from mazhilis_sim.simulation.tally_shapes import BY_LIST, HISTOGRAMS, Spans, Tallies, check_tallies, draws_in, join_spans
from mazhilis_sim.writing import named, path_of, write_whole

if TYPE_CHECKING:
    from numpy.typing import NDArray

FORMAT = "mazhilis_sim piece 2"
TALLIES = (*BY_LIST, *HISTOGRAMS, "events")
END = 2**64
"""One past the largest number that fits; draws are numbered below half of it (`bounds.MOST_DRAWS`)."""
HELD = {"mazhilis_sim piece 1": {"header", "key", "draw", *TALLIES}, FORMAT: {"header", *TALLIES}}
"""Arrays of a piece on disk by its format; the first also held which draws a sample keeps, which their numbers tell."""


@dataclass(frozen=True, eq=False)
class Piece:
    """What some draws of one question gave; made by the ``piece`` of what an engine is handed.

    Pieces over different draws add up: ``a + b``, or `add_up` for many.

    Parameters
    ----------
    question : str
        Fingerprint of the question, the seed and the random stream. What threads draw stays in the call that asks,
        and bears none.
    spans : tuple of (int, int)
        The draws covered: first, and one past the last.
    tallies : dict of str to ndarray of int64
    """

    question: str
    spans: Spans
    tallies: Tallies

    def __add__(self, other: Piece) -> Piece:
        """Add another piece of the same question over other draws."""
        return add_up((self, other)) if isinstance(other, Piece) else NotImplemented

    @property
    def n_draws(self) -> int:
        """Number of draws."""
        return draws_in(self.spans)

    def check(self, where: str = "") -> Piece:
        """Return this piece, or raise for what cannot be: draws counted twice or not at all."""
        if any(not 0 <= start <= stop <= END for start, stop in self.spans):
            raise SimulationError(field="the draws of a piece", got=self.spans, must="lie in [0, 2**64)", where=where)
        check_tallies(self.tallies, draws_in(join_spans(self.spans)), where)
        return self

    def to_bytes(self) -> bytes:
        """Return the piece as bytes, an npz archive of NumPy's, for `from_bytes`."""
        header = {"format": FORMAT, "question": self.question, "spans": self.spans}
        arrays: dict[str, Any] = {"header": np.array(json.dumps(header)), **self.tallies}
        file = io.BytesIO()
        np.savez_compressed(file, **arrays)
        return file.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> Piece:
        """Read a piece back and check it.

        Raises
        ------
        SimulationError
            For anything but a whole piece.
        """
        content = bytes(data) if isinstance(data, (bytes, bytearray, memoryview)) else b""
        try:
            found = unpacked(content)
        except SimulationError:
            raise
        except Exception:  # whatever NumPy, zip and JSON do with data that is damaged
            found = None
        if found is None:
            shown = f"{len(content):,} bytes" if content else ""
            raise SimulationError(field="a piece", got=data, must=f"be one that was written ({FORMAT})", shown=shown)
        return found.check()

    def write(self, path: str | os.PathLike[str]) -> None:
        """Write the piece to a file, whole or not at all."""
        write_whole(path, self.to_bytes())

    @classmethod
    def read(cls, path: str | os.PathLike[str]) -> Piece:
        """Read a piece from a file that `write` wrote."""
        place = path_of(path)
        try:
            data = place.read_bytes()
        except OSError as error:
            problem = f"cannot read {named(place)}: {error.strerror or error}"
            raise SimulationError(problem, field="path", got=place, must="name a piece") from None
        try:
            return cls.from_bytes(data)
        except SimulationError as error:
            raise error.at(named(place)) from None


def unpacked(data: bytes) -> Piece | None:
    """Return the piece that bytes hold, its numbers not checked yet; None where names or spans are others."""
    with np.load(io.BytesIO(data), allow_pickle=False) as archive:
        arrays: dict[str, NDArray[Any]] = {name: archive[name] for name in archive.files}
    header = json.loads(str(arrays["header"]))
    spans = tuple((start, stop) for start, stop in header["spans"])
    if any(type(number) is not int for number in chain.from_iterable(spans)):
        return None
    if HELD.get(header["format"]) != set(arrays) or not spans or spans != join_spans(spans):
        return None
    return Piece(str(header["question"]), spans, {name: arrays[name] for name in TALLIES})


def add_up(pieces: Iterable[Piece]) -> Piece:
    """Add pieces of one question over different draws up, in any order.

    Raises
    ------
    SimulationError
        For pieces of different questions, and for draws that are in two of them.
    """
    parts = list(pieces)
    if not parts:
        raise SimulationError(field="pieces", must="be at least one", got=parts)
    first = parts[0]
    shapes = [{name: counts.shape for name, counts in part.tallies.items()} for part in parts]
    if any(part.question != first.question for part in parts) or any(shape != shapes[0] for shape in shapes):
        raise SimulationError("pieces of different questions or seeds do not add up", field="pieces", must="be of one question")
    return Piece(first.question, join_spans(span for part in parts for span in part.spans), sum_of([part.tallies for part in parts]))


def sum_of(parts: Sequence[Tallies]) -> Tallies:
    """Add up tallies of one shape."""
    return {name: sum((tallies[name] for tallies in parts[1:]), counts) for name, counts in parts[0].items()}
