"""Polls and results of list elections in other countries, as forecasts made some days before each of them.

The table is one row a party of a poll: country, election (a date), pollster, days_before, sample_size (may be empty), party,
poll_percent, result_percent. Nothing of it is shipped with the package.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mazhilis_sim.polls.pooling import HALF_LIFE_DAYS, LARGEST_WEIGHT
from mazhilis_sim.polls.sizes import DEFAULT_SIZE

Floats = NDArray[np.float64]
WINDOW = 30
"""Days before the day of a forecast in which polls count; of each institute the newest."""


@dataclass(frozen=True)
class PollElsewhere:
    """One poll: shares by party, which sum to 1 over the parties that have a result."""

    pollster: str
    days: float
    size: float
    shares: dict[str, float]


@dataclass(frozen=True)
class ElectionElsewhere:
    """One election: its polls, and the shares of the parties polled."""

    country: str
    day: str
    result: dict[str, float]
    polls: tuple[PollElsewhere, ...]

    @property
    def name(self) -> str:
        """Country and year."""
        return f"{self.country} {self.day}"


@dataclass(frozen=True)
class Centre:
    """What a forecast is centred on: m parties that every poll of it asks about, and what they got.

    ``apart`` (m,) is the variance between the institutes, beyond sampling, of each log share less the mean of all; ``institutes`` how
    many there are.
    """

    election: str
    country: str
    parties: tuple[str, ...]
    q: Floats
    result: Floats
    n_eff: float
    squared_weights: float
    days: float
    institutes: int
    apart: Floats


def read_elections(path: Path) -> list[ElectionElsewhere]:
    """Read the table; a party without a result, or with none, is left out."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if float(row["poll_percent"] or 0) > 0 and float(row["result_percent"] or 0) > 0]
    elections: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in rows:
        elections.setdefault((row["country"], row["election"]), []).append(row)
    return [election_of(*key, some) for key, some in sorted(elections.items())]


def election_of(country: str, day: str, rows: Iterable[dict[str, str]]) -> ElectionElsewhere:
    """Put the rows of one election together."""
    polls: dict[tuple[str, str, str], dict[str, float]] = {}
    result = {}
    for row in rows:
        polls.setdefault((row["pollster"], row["days_before"], row["sample_size"]), {})[row["party"]] = float(row["poll_percent"])
        result[row["party"]] = float(row["result_percent"]) / 100
    made = [PollElsewhere(name, float(days), float(size or DEFAULT_SIZE), shares) for (name, days, size), shares in polls.items()]
    return ElectionElsewhere(country, day, result, tuple(sorted(made, key=lambda poll: -poll.days)))


def centre_at(election: ElectionElsewhere, days: float) -> Centre | None:
    """Pool the newest poll of each institute as it was known so many days before; None where fewer than two parties are common to all."""
    known = {poll.pollster: poll for poll in election.polls if days <= poll.days <= days + WINDOW}
    polls = list(known.values())
    parties = tuple(party for party in election.result if polls and all(party in poll.shares for poll in polls))
    return pooled(election, polls, parties) if len(parties) > 1 else None


def centres_alone(election: ElectionElsewhere) -> list[Centre]:
    """Return a centre for each final poll by itself."""
    known = {poll.pollster: poll for poll in election.polls if poll.days <= WINDOW}.values()
    return [pooled(election, [poll], tuple(poll.shares)) for poll in known if len(poll.shares) > 1]


def pooled(election: ElectionElsewhere, polls: list[PollElsewhere], parties: tuple[str, ...]) -> Centre:
    """Average log shares with the package's weights."""
    shares = np.array([[poll.shares[party] for party in parties] for poll in polls])
    shares /= shares.sum(axis=1, keepdims=True)
    days, sizes = (np.array([getattr(poll, name) for poll in polls]) for name in ("days", "size"))
    weights = 0.5 ** ((days - days.min()) / HALF_LIFE_DAYS) * np.minimum(sizes, LARGEST_WEIGHT)
    weights /= weights.sum()
    result = np.array([election.result[party] for party in parties])
    q = np.exp(weights @ np.log(shares))
    return Centre(
        election.name,
        election.country,
        parties,
        q / q.sum(),
        result / result.sum(),
        float(1 / (weights**2 / sizes).sum()),
        float((weights**2).sum()),
        float(weights @ days),
        len(polls),
        between(shares, sizes),
    )


def between(shares: Floats, sizes: Floats) -> Floats:
    """Return by how much institutes differ in each log share, sampling error taken off; nan where there is but one."""
    if len(shares) < 2:
        return np.full(shares.shape[1], np.nan)
    logs = np.log(shares)
    logs = logs - logs.mean(axis=1, keepdims=True)
    return np.asarray(logs.var(axis=0, ddof=1) - contrasted((1 / (sizes[:, None] * shares)).mean(axis=0)))


def contrasted(variance: Floats) -> Floats:
    """Return the variance of each log share less the mean of all, where they are independent."""
    m = len(variance)
    return np.asarray(variance * (1 - 2 / m) + variance.sum() / m**2)
