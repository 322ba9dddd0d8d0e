"""What a poll says of the candidates of one district."""

from __future__ import annotations

import math
from dataclasses import dataclass

from mazhilis_sim import reading
from mazhilis_sim.errors import VotesError, show
from mazhilis_sim.names.entries import Ids

LARGEST_SUM = 1.02 + 1e-9
"""Printed shares are rounded."""
FEWEST = 2
"""Candidates whom a poll must name: it says something of their ratio."""


@dataclass(frozen=True, slots=True)
class Answers:
    """Shares of candidates in a poll of their district; what is missing to 1 is for others, or undecided.

    Parameters
    ----------
    shares : dict of str to float
        By candidate.
    size : float
        Size of a simple random sample with the same sampling error.
    by : str
        Institute and day.

    Raises
    ------
    VotesError
        For shares that cannot be, less than two of them, and a size that is none.
    """

    shares: dict[str, float]
    size: float
    by: str = ""

    def __post_init__(self) -> None:
        given = reading.mapping(self.shares, "shares", VotesError, like='{"Aina": 0.41}')
        shares = Ids({name: float(reading.share(share, f"share of {show(name)}", VotesError)) for name, share in given.items()})
        if len(shares) < FEWEST:
            raise VotesError(field="shares", got=self.shares, must="be those of two candidates at least")
        total = math.fsum(shares.values())
        if total > LARGEST_SUM:
            raise VotesError(field="shares", got=self.shares, must="not exceed 102 % together", shown=f"{100 * total:.1f} %")
        object.__setattr__(self, "shares", shares)
        object.__setattr__(self, "size", reading.positive(self.size, "size", VotesError, infinite=True))
        object.__setattr__(self, "by", reading.text(self.by, "by", VotesError))

    def share_of(self, name: str) -> float:
        """Return the share of a candidate who was asked about; no one is half a person."""
        return self.shares[name] or 0.5 / self.size
