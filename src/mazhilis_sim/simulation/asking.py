"""What may be asked of a distribution: levels, quantiles, seats and parties, checked before anything is looked up."""

from __future__ import annotations

import math
from collections.abc import Iterable
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any

import numpy as np

from mazhilis_sim.errors import LawError, SimulationError
from mazhilis_sim.reading import as_fraction

if TYPE_CHECKING:
    from numpy.typing import NDArray


def read_level(level: Any) -> float:
    """Read the level of an interval: a share such as 0.9 or "90%"."""
    try:
        share = float(level) if isinstance(level, float) else float(as_fraction(level, "level"))
    except (LawError, OverflowError):
        share = math.nan
    if not 0 < share < 1:
        raise SimulationError(f'the level of an interval must lie in (0, 1), got {level!r}; write 0.9 or "90%"')
    return share


def is_number(value: object) -> bool:
    """Whether a value is a real number and no bool."""
    return isinstance(value, Real) and not isinstance(value, bool)


def read_quantiles(q: Any) -> NDArray[np.float64]:
    """Check one quantile, or several."""
    several = isinstance(q, Iterable) and not isinstance(q, (str, bytes))
    wanted: list[Any] = list(np.asarray(q, object).flat) if several else [q]
    if not all(is_number(x) and 0 <= float(x) <= 1 for x in wanted):
        raise SimulationError(f"a quantile must lie in [0, 1], got {q!r}; write a number such as 0.5, or several in a list")
    return np.array(wanted, float).reshape(np.shape(q))


def read_seats(seats: Any) -> int:
    """Read a number of seats as an index of histograms; a fraction of a seat means the next whole one."""
    if not is_number(seats) or not math.isfinite(seats):
        raise SimulationError(f"seats must be a finite number such as 50, got {seats!r}")
    whole: int = math.ceil(seats)
    return max(0, whole)


def read_kept(n: Any, kept: int) -> int:
    """Check a number of whole chambers."""
    if isinstance(n, bool) or not isinstance(n, Integral):
        raise SimulationError(f"n must be a whole number of chambers such as 1000, got {n!r}")
    if not 0 <= int(n) <= kept:
        raise SimulationError(f"{kept:,} whole chambers are kept, got a request for {int(n):,}; ask for at most {kept:,}")
    return int(n)


def read_members(parties: Any) -> tuple[Any, ...]:
    """Read a party, or several."""
    if isinstance(parties, str):
        return (parties,)
    if not isinstance(parties, Iterable):
        raise SimulationError(f'parties must be an id such as "auyl" or a list of ids such as ["auyl", "aq_jol"], got {parties!r}')
    return tuple(parties)
