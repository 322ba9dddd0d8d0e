"""An error model of the user's own: a function of normals and shares to log shares, called on chunks of draws."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from mazhilis_sim import reading
from mazhilis_sim.errors import SimulationError, said_by
from mazhilis_sim.kernels import parameters
from mazhilis_sim.kernels.cpu import block, draws, random_lanes
from mazhilis_sim.simulation.models.centre import Centre

if TYPE_CHECKING:
    from numpy.typing import NDArray

CHUNK = 4096
"""Draws that an own function is called with at a time, of which the first is a multiple of it: always, whatever is asked for.

NumPy may round the last bit of a function otherwise at the end of an array than in its middle. Full chunks that begin at fixed draws
give every draw the same bits, for any threads and blocks, in any engine, and where a single draw is simulated again.
"""
MOST_NORMALS = 10_000
"""Most rows of normals that are asked for beside those of the categories."""


@dataclass(frozen=True, slots=True)
class Own:
    """An error model of your own: a function of normals and shares to log shares.

    Shares of a draw are the softmax of its column, exp(y_i) / sum exp(y_j), rounded to votes and counted as every model's.

    Parameters
    ----------
    function : callable
        Of (z, q) to log shares, an array (m, n) of real numbers: m categories (the lists in the order of registration, then other
        lists and against all where they are polled), n draws. ``z`` (m + normals, n) are independent standard normals, float64, the
        same that the built-in models draw; ``q`` (m,) are the shares of the centre, which sum to 1. It is called with 4,096 draws at
        a time, and must give each column by itself, the same whenever it is asked. Log shares must be finite, but for minus infinity
        where q is 0. A function compiled by numba's ``njit`` runs compiled.
    normals : int, optional
        Asks for so many rows of normals more, below those of the categories: for an error that several lists share.
    name : str, optional
        What results call it; the function's own name unless said.
    sampling_only : bool
        Whether it holds sampling error alone, which results say.

    Raises
    ------
    SimulationError
        When an argument cannot be; and in a simulation, where the function raises or returns something else.

    Examples
    --------
    >>> import numpy as np
    >>> import mazhilis_sim as ms
    >>> model = ms.models.Own(lambda z, q: np.log(q)[:, None] + 0.2 * z)
    >>> poll = ms.Poll({"a": 0.6, "b": 0.4}, sample_size=1000)
    >>> ms.simulate(ms.law("2026"), poll, model=model, n_draws=1000, seed=1)
    SeatDistribution(law 2026, model own, 1,000 draws, seed 1; a 87 (69-102), b 58 (43-76))
    """

    function: Callable[[NDArray[np.float64], NDArray[np.float64]], Any]
    normals: int = 0
    name: str = ""
    sampling_only: bool = False

    def __post_init__(self) -> None:
        function = reading.function(self.function, "the function of an own model", SimulationError)
        more = 0 if self.normals is None else reading.whole(self.normals, "normals", SimulationError, most=MOST_NORMALS)
        name = plain_name(function) if reading.is_empty(self.name) else reading.name(self.name, "name", SimulationError)
        only = reading.flag(self.sampling_only, "sampling_only", SimulationError)
        for field, value in (("normals", more), ("name", name), ("sampling_only", only)):
            object.__setattr__(self, field, value)

    def pack(self, centre: Centre) -> OwnShares:
        """Put the function beside the centre's shares."""
        shares = np.array(centre.shares, float)
        return OwnShares(shares, self.function, self.normals, function_name(self.function), float(centre.votes), len(shares))

    def __repr__(self) -> str:
        more = f", normals={self.normals}" if self.normals else ""
        return f"Own({function_name(self.function)}{more})"


def plain_name(function: Any) -> str:
    """Return what results call a model after its function; ``own`` where that has no name."""
    name = str(getattr(function, "__name__", "<none>"))
    return "own" if name.startswith("<") else name


def function_name(function: Any) -> str:
    """Return where a function stands and how it is called there, for messages and saved results."""
    module = getattr(function, "__module__", None) or type(function).__module__
    return f"{module}.{getattr(function, '__qualname__', type(function).__qualname__)}"


class OwnShares(NamedTuple):
    """An own model around a centre: ``location`` (m,) are the shares; the other fields are those of `Own` and of every model."""

    location: NDArray[np.float64]
    function: Callable[..., Any]
    normals: int
    name: str
    votes: float
    in_base: int

    def given(self, seed: int, first: int) -> parameters.Given:
        """Call the function for the chunk of draws that begins with ``first``, and pack what it returns for the kernels."""
        found = self.checked(self.call(seed, first), first)
        return self.as_given(found, first)

    def as_given(self, log_shares: NDArray[np.float64], first: int) -> parameters.Given:
        """Pack log shares for the kernels: to base 2, the largest of each draw 0."""
        powers = np.maximum(parameters.LOG2_E * (log_shares - log_shares.max(axis=0)), draws.LEAST)
        return parameters.Given(powers.astype(np.float32), np.uint64(first), self.votes, self.in_base)

    def call(self, seed: int, first: int) -> Any:
        """Call the function on the normals of one chunk; whatever it raises is one error that names it."""
        rows = len(self.location) + self.normals
        z = np.empty((random_lanes.padded(rows), CHUNK), np.float32)
        numbers, mixing, raw = np.empty(CHUNK, np.uint64), np.empty((4, CHUNK), np.uint64), np.empty((4, CHUNK), np.uint32)
        block.run_normals(np.uint64(seed), np.uint64(first), numbers, mixing, raw, z)
        try:
            with np.errstate(divide="ignore"):  # the log of no share is minus infinity, and no reason to warn
                return self.function(z[:rows].astype(np.float64), self.location.copy())
        except Exception as error:
            said = f"the function {self.name} of the model raised {said_by(error)}"
            raise SimulationError(said, field="model", got=self.name, must="return log shares") from error

    def checked(self, found: Any, first: int) -> NDArray[np.float64]:
        """Return what the function returned as floats, or raise for what are no log shares."""
        shape = (len(self.location), CHUNK)
        try:
            array = np.asarray(found)
        except Exception:  # whatever a stranger's array does
            array = np.array(None)
        field, got = f"what the function {self.name} of the model returns", f"shape {array.shape}"
        if array.shape != shape:
            raise SimulationError(field=field, got=found, must=f"have the shape {shape}, (categories, draws)", shown=got)
        if array.dtype.kind not in "fiu":
            raise SimulationError(field=field, got=found, must="be real numbers", shown=f"numbers of type {array.dtype}")
        with np.errstate(over="ignore"):  # of what floats of 64 bits do not hold
            array = array.astype(np.float64)
        wrong = ~np.isfinite(array) & ~((self.location == 0)[:, None] & (array == -np.inf))
        if wrong.any():
            row, column = np.argwhere(wrong)[0].tolist()
            place = f"{array[row, column]} in row {row}, draw {first + column}"
            raise SimulationError(field=field, got=found, must="be finite log shares (minus infinity where q is 0)", shown=place)
        return array

    def without_error(self) -> parameters.Given:
        """Return the shares themselves, as the one draw 0."""
        with np.errstate(divide="ignore"):
            return self.as_given(np.log(self.location)[:, None], 0)
