"""Simulated elections whole, block by block in order of draw: shares, votes and seats, in constant memory."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from mazhilis_sim import reading
from mazhilis_sim.errors import SimulationError, missing_extra
from mazhilis_sim.legislation.electoral_law import ElectoralLaw
from mazhilis_sim.showing import Shown
from mazhilis_sim.simulation.distribution.sample import of_tier
from mazhilis_sim.simulation.drawing.held import LawCount, Voters
from mazhilis_sim.simulation.drawing.packing import PackedQuestion, pack
from mazhilis_sim.simulation.engines.progress import Progress, along
from mazhilis_sim.simulation.engines.threads import interruptible
from mazhilis_sim.simulation.question import Question, ask, read_span
from mazhilis_sim.simulation.tally_shapes import Spans, draws_in
from mazhilis_sim.writing import write_by

if TYPE_CHECKING:
    from typing import IO

    from numpy.typing import NDArray


@dataclass(frozen=True, eq=False, repr=False)
class Block(Shown):
    """Some simulated elections, one after another: n draws, m shares, k lists, p columns.

    Attributes
    ----------
    parties : tuple of str, length p
        Columns of the seats; the first k are those of the votes.
    categories : tuple of str, length m
        Columns of the shares.
    draws : ndarray of int64, shape (n,)
        Numbers of the draws.
    shares : ndarray of float64, shape (n, m)
        As `simulate_shares` returns them.
    votes : ndarray of int64, shape (n, k)
        What the shares are rounded to, and counted.
    list_seats, district_seats : ndarray of int64, shape (n, p)
    """

    shows: ClassVar[tuple[str, ...]] = ("draws", "parties")
    parties: tuple[str, ...]
    categories: tuple[str, ...]
    draws: NDArray[np.int64]
    shares: NDArray[np.float64]
    votes: NDArray[np.int64]
    list_seats: NDArray[np.int64]
    district_seats: NDArray[np.int64]

    @property
    def seats(self) -> NDArray[np.int64]:
        """All elected seats (n, p)."""
        return self.list_seats + self.district_seats


def stream(
    law: ElectoralLaw,
    centre: Any,
    *,
    model: Any = "total",
    n_draws: int = 1_000_000,
    seed: int | None = None,
    start: int = 0,
    districts: Any = None,
    district_model: Any = None,
    votes: int | None = None,
) -> Iterator[Block]:
    """Simulate elections and yield them whole, block by block in order of draw, in constant memory.

    They are the draws of `simulate` with the same arguments.

    Parameters
    ----------
    law : ElectoralLaw
    centre : Poll, Polls or Election
    model, n_draws, seed, start, districts, district_model, votes : optional
        As in `simulate`.

    Yields
    ------
    Block
        Of at most 16,128 draws.

    Examples
    --------
    >>> import mazhilis_sim as ms
    >>> poll = ms.Poll({"a": 0.6, "b": 0.34, "c": 0.06}, sample_size=1000)
    >>> sum(int(block.seats[:, 0].sum()) for block in ms.stream(ms.law("2026"), poll, n_draws=20_000, seed=1)) / 20_000 == ms.simulate(
    ...     ms.law("2026"), poll, n_draws=20_000, seed=1
    ... ).mean("a")
    True
    """
    question = ask(law, centre, model, districts, district_model, (), votes)
    seed, span = reading.seed(seed, SimulationError), read_span(start, n_draws)
    return blocks_of(pack(question, seed), question, (span,))


def blocks_of(packed: PackedQuestion, question: Question, spans: Spans) -> Iterator[Block]:
    """Yield the draws of some spans, block by block."""
    voters = Voters(packed)
    law = LawCount(packed, voters)
    with interruptible():
        law.drawing.compile()
    for start, stop in spans:
        for first, n, shares in voters.blocks(start, stop - start, written=True):
            law.count(first, n)
            lists, districts = law.in_rows(n)
            numbers = np.int64(first) + np.arange(n, dtype=np.int64)
            list_seats = of_tier(lists, districts, "list")
            yield Block(question.parties, question.centre.categories, numbers, shares, voters.votes(n), list_seats, districts)


def write_draws(
    packed: PackedQuestion, question: Question, spans: Spans, path: str | os.PathLike[str], progress: bool | Progress = False
) -> None:
    """Write the draws of some spans to a Parquet file, whole or not at all."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise missing_extra("pyarrow", "parquet") from None

    def fill(file: IO[bytes]) -> None:
        writer = None
        blocks = blocks_of(packed, question, spans)
        for block in along(blocks, progress, draws_in(spans), lambda block: len(block.draws)):
            table = pa.table(columns_of(block, bool(packed.district_seats)))
            writer = writer or pq.ParquetWriter(file, table.schema)
            writer.write_table(table)
        if writer is not None:
            writer.close()

    write_by(path, fill)


def columns_of(block: Block, has_districts: bool) -> dict[str, NDArray[Any]]:
    """Return a block's columns by name."""
    by_tier = {"list_seats": block.list_seats, "district_seats": block.district_seats} if has_districts else {}
    named = {"share": (block.categories, block.shares), "votes": (block.parties[: block.votes.shape[1]], block.votes)}
    named |= {kind: (block.parties, seats) for kind, seats in {"seats": block.seats, **by_tier}.items()}
    columns: dict[str, NDArray[Any]] = {"draw": block.draws}
    for kind, (ids, table) in named.items():
        columns |= {f"{kind}_{id_}": np.ascontiguousarray(table[:, place]) for place, id_ in enumerate(ids)}
    return columns
