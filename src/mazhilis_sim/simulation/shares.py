"""Simulated shares: what a model makes of a poll, before anything is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mazhilis_sim import reading
from mazhilis_sim.errors import SimulationError
from mazhilis_sim.legislation.presets import law
from mazhilis_sim.simulation.drawing.draws import Drawing
from mazhilis_sim.simulation.drawing.packing import pack
from mazhilis_sim.simulation.models import ListModel
from mazhilis_sim.simulation.models.centre import read_centre
from mazhilis_sim.simulation.question import ask, read_span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LAW = law("2026")
"""Counts the draws, which nobody asks for: shares are drawn before any law."""


def share_columns(centre: Any) -> tuple[str, ...]:
    """Return the ids of the columns of `simulate_shares`: lists in the order of registration, then other lists and against all.

    Examples
    --------
    >>> import mazhilis_sim as ms
    >>> ms.share_columns(ms.Poll({"a": 0.5, "against_all": 0.1, "b": 0.4}, sample_size=1000))
    ('a', 'b', 'against_all')
    """
    return read_centre(centre).categories


def simulate_shares(
    centre: Any, *, model: str | ListModel = "total", n_draws: int = 100_000, seed: int | None = None, start: int = 0
) -> NDArray[np.float64]:
    """Simulate shares around polls (or an election), as `simulate` draws them before it rounds them to votes.

    The draws of one seed and number are the same in both: row i of the result is the vote behind draw ``start`` + i of
    `simulate`.

    Parameters
    ----------
    centre : Poll, Polls or Election
        As in `simulate`.
    model : str or ListModel
        As in `simulate`.
    n_draws : int
        All draws are kept: 8 n m bytes.
    seed, start : int, optional
        As in `simulate`.

    Returns
    -------
    ndarray of float64, shape (n, m)
        Shares in [0, 1], votes against all among them; rows sum to 1. Columns are `share_columns`, each contiguous in memory.

    Raises
    ------
    PollError, SimulationError
        When the centre, the model or a number cannot be.

    Examples
    --------
    >>> import mazhilis_sim as ms
    >>> poll = ms.Poll({"a": 0.6, "b": 0.3, "c": 0.1}, sample_size=1000)
    >>> shares = ms.simulate_shares(poll, model="dirichlet", n_draws=20_000, seed=1)
    >>> shares.shape, [round(mean, 2) for mean in shares.mean(axis=0).tolist()]
    ((20000, 3), [0.6, 0.3, 0.1])
    """
    question = ask(LAW, centre, model)
    first, last = read_span(start, n_draws)
    packed = pack(question, reading.seed(seed, SimulationError))
    return Drawing(packed).shares(first, last - first).T
