"""Whole chambers as an event sees them, and what an event may return."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from mazhilis_sim import reading
from mazhilis_sim.errors import MazhilisError, SimulationError, said_by

if TYPE_CHECKING:
    from numpy.typing import NDArray

LIKE = 'write one of arrays, such as lambda s: (s["auyl"] > 0) & (s["amanat"] < 50), with & | ~ for and, or, not'


class Chambers(Mapping[str, "NDArray[np.int64]"]):
    """Seats of many draws by party: ``s["auyl"]`` is an array (n,), one number a draw.

    Parameters
    ----------
    parties : tuple of str
    seats : ndarray of int64, shape (n, p)
        They are not to be changed, so that an event cannot.
    """

    def __init__(self, parties: tuple[str, ...], seats: NDArray[np.int64]) -> None:
        seats.setflags(write=False)
        self.parties, self.seats = parties, seats

    def __getitem__(self, party: str) -> NDArray[np.int64]:
        return self.seats[:, reading.position(party, self.parties, "party", SimulationError)]

    def __iter__(self) -> Iterator[str]:
        return iter(self.parties)

    def __len__(self) -> int:
        return len(self.parties)


def read_event(event: Any, name: str = "event") -> Callable[..., Any]:
    """Read an event: a function of chambers."""
    if not callable(event) or isinstance(event, type):
        raise SimulationError(field=name, got=event, must="be a function of seats by party", remedy=LIKE)
    found: Callable[..., Any] = event
    return found


def happened(event: Callable[..., Any], *chambers: Chambers, name: str = "event") -> NDArray[np.bool_]:
    """Tell in which draws an event happened: (n,)."""
    try:
        found = event(*chambers)
    except MazhilisError:
        raise
    except Exception as error:
        said = f"the {name} raised {said_by(error)}"
        raise SimulationError(said, field=name, got=event, must="be a function of seats by party", remedy=LIKE) from error
    n = len(chambers[0].seats)
    if not (isinstance(found, np.ndarray) and found.dtype == np.bool_ and found.shape == (n,)):
        raise SimulationError(field=f"what the {name} returns", got=found, must=f"be True or False for each of {n:,} draws", remedy=LIKE)
    return found


def never_happened(given: object, draws: str) -> SimulationError:
    """Return the error of a chance under a condition that none of the draws meets: among more of them it may."""
    remedy = 'ask draws="all"' if draws == "kept" else "simulate more draws"
    return SimulationError("the condition happened in no draw", field="given", got=given, must="happen", remedy=remedy)
