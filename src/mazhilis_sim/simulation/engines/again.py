"""Draws simulated again, block by block in order of their numbers: whatever is asked of every draw, in constant memory."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from mazhilis_sim.kernels.standby import processors
from mazhilis_sim.simulation.drawing.draws import Drawing
from mazhilis_sim.simulation.drawing.packing import PackedQuestion
from mazhilis_sim.simulation.engines.threads import blocks_of, interruptible
from mazhilis_sim.simulation.engines.worker import BLOCK
from mazhilis_sim.simulation.tally_shapes import Spans

if TYPE_CHECKING:
    from numpy.typing import NDArray

Seen = TypeVar("Seen")


def blocks_again(
    packed: PackedQuestion, spans: Spans, look: Callable[[Drawing, NDArray[np.uint64]], Seen], block: int | None = None
) -> Iterator[Seen]:
    """Yield what is seen of each block of draws, in their order; no more blocks than threads are held at once.

    ``look`` is handed a drawing, which one thread at a time uses, and the numbers of the block's draws.
    """
    number = processors()
    rooms = [Drawing(packed) for _ in range(number)]
    with interruptible():
        rooms[0].compile()
    running: deque[Future[Seen]] = deque()
    with ThreadPoolExecutor(number) as pool:
        try:
            for place, (first, stop) in enumerate(blocks_of(spans, block or min(packed.at_once, BLOCK))):
                if len(running) == number:  # whose first holds the room that comes next
                    yield running.popleft().result()
                running.append(pool.submit(look, rooms[place % number], numbers_of(first, stop)))
            while running:
                yield running.popleft().result()
        finally:
            for future in running:
                future.cancel()


def numbers_of(first: int, stop: int) -> NDArray[np.uint64]:
    """Return the numbers of the draws [first, stop)."""
    return np.uint64(first) + np.arange(stop - first, dtype=np.uint64)
