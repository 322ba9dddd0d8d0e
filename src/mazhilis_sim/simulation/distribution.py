"""A distribution of seats: integer tallies that add up, and what they say with their standard errors."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from mazhilis_sim import __version__
from mazhilis_sim.errors import SimulationError, missing_extra, nearest
from mazhilis_sim.kernels.cpu.tally import EVENTS
from mazhilis_sim.kernels.steps.random_words import VERSION
from mazhilis_sim.reading import position
from mazhilis_sim.simulation.asking import read_kept, read_level, read_members, read_quantiles, read_seats
from mazhilis_sim.simulation.probability import Probability
from mazhilis_sim.simulation.question import FORMAT, Question, plain
from mazhilis_sim.simulation.sample import Sample
from mazhilis_sim.simulation.summary import grounds, source
from mazhilis_sim.tables import chance, columns
from mazhilis_sim.writing import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.figure import Figure
    from numpy.typing import NDArray

TIERS: tuple[str, ...] = ("total", "list", "district")


@dataclass(frozen=True, eq=False)
class SeatDistribution:
    """What simulated elections say, over a number of draws; made by `mazhilis_sim.simulate`.

    Seats are those elected, appointed ones excluded, unless ``tier`` is ``"list"`` or ``"district"``; a majority is of
    the whole chamber. Letters: k lists, p columns (`parties`), n draws.

    Attributes
    ----------
    question : Question
        Law, centre, model, districts.
    parties : tuple of str
        Columns: lists in the order of registration, others with candidates in districts, ``independents`` last.
    seed : int
    spans : tuple of (int, int)
        The draws covered: first, and one past the last.
    tallies : dict of str to ndarray of int64
        Histograms and counts; two runs over disjoint draws add up exactly.
    sample : Sample
    point : dict of str to dict of str to int
        Seats by tier and party where the centre itself is counted.
    run : dict
        How it was run: seconds, threads. No part of the result.
    stream : int
        Version of the random stream, which changes when any bit of it does.
    version : str
        Version of the package that simulated.
    """

    question: Question
    parties: tuple[str, ...]
    seed: int
    spans: tuple[tuple[int, int], ...]
    tallies: dict[str, NDArray[np.int64]]
    sample: Sample
    point: dict[str, dict[str, int]] = field(default_factory=dict)
    run: dict[str, Any] = field(default_factory=dict)
    stream: int = VERSION
    version: str = __version__

    # -- what was asked ------------------------------------------------------------------------------------------------

    @property
    def law(self) -> Any:
        """The law that counted."""
        return self.question.law

    @property
    def lists(self) -> tuple[str, ...]:
        """Ids of the lists, in the order of registration."""
        return self.question.centre.parties

    @property
    def n_draws(self) -> int:
        """Number of draws."""
        return sum(stop - start for start, stop in self.spans)

    @property
    def provenance(self) -> dict[str, Any]:
        """What this result was made from: law, polls, model, seed, draws, versions, time."""
        asked = self.question
        return {
            "law": repr(asked.law),
            "polls": list(asked.centre.names),
            "shares": asked.centre.share_by_id,
            "model": repr(asked.model),
            "sampling_error_only": asked.model.sampling_only,
            "district_model": repr(asked.district_model) if asked.districts else None,
            "district_baseline": asked.districts.source if asked.districts else None,
            "votes": asked.centre.votes,
            "seed": self.seed,
            "n_draws": self.n_draws,
            "draws": [list(s) for s in self.spans],
            "stream": self.stream,
            "version": self.version,
            **self.run,
        }

    # -- seats ---------------------------------------------------------------------------------------------------------

    def histogram(self, party: str, tier: str = "total") -> NDArray[np.int64]:
        """Return how many draws gave a party 0, 1, 2, ... seats.

        Parameters
        ----------
        party : str
        tier : {"total", "list", "district"}

        Returns
        -------
        ndarray of int64, shape (seats + 1,)
        """
        if tier not in TIERS:
            raise SimulationError(f"tier must be one of {', '.join(TIERS)}, got {tier!r}")
        column = position(party, self.parties, "party", SimulationError)
        if tier == "list" and column >= len(self.lists):
            only = np.zeros(self.law.list_seats + 1, np.int64)
            only[0] = self.n_draws
            return only
        counts: NDArray[np.int64] = self.tallies[tier][column].copy()
        return counts

    def mean(self, party: str, tier: str = "total") -> float:
        """Return a party's mean number of seats."""
        counts = self.histogram(party, tier)
        return float(sum(s * int(n) for s, n in enumerate(counts)) / self.n_draws)

    def se(self, party: str, tier: str = "total") -> float:
        """Return the Monte Carlo standard error of `mean`."""
        counts = self.histogram(party, tier)
        mean = self.mean(party, tier)
        return math.sqrt(sum((s - mean) ** 2 * int(n) for s, n in enumerate(counts)) / self.n_draws / self.n_draws)

    def quantile(self, party: str, q: float | Sequence[float], tier: str = "total") -> Any:
        """Return the fewest seats that a share ``q`` of draws does not exceed (the inverted CDF).

        Parameters
        ----------
        party : str
        q : float or sequence of float
            In [0, 1].

        Returns
        -------
        int, or ndarray of int64 for a sequence
        """
        wanted = read_quantiles(q)
        reached = np.cumsum(self.histogram(party, tier))
        needed = np.maximum(1, np.ceil(wanted * self.n_draws - 1e-9 * np.maximum(1, wanted)))
        seats = np.searchsorted(reached, needed)
        return int(seats) if wanted.ndim == 0 else seats.astype(np.int64)

    def interval(self, party: str, level: float = 0.9, tier: str = "total") -> tuple[int, int]:
        """Return the equal-tailed interval of seats; ``level`` is a share such as 0.9 or "90%"."""
        share = read_level(level)
        low, high = self.quantile(party, [(1 - share) / 2, (1 + share) / 2], tier)
        return int(low), int(high)

    # -- events --------------------------------------------------------------------------------------------------------

    def p_at_least(self, party: str, seats: int, tier: str = "total") -> Probability:
        """Return the chance of at least so many seats."""
        counts = self.histogram(party, tier)
        return Probability(int(counts[read_seats(seats) :].sum()), self.n_draws)

    def p_enters(self, party: str) -> Probability:
        """Return the chance that a list reaches the threshold; district seats do not count."""
        return Probability(int(self.tallies["entries"][self.list_index(party)]), self.n_draws)

    def p_admitted(self, party: str) -> Probability:
        """Return the chance that a list shares in the seats: by the threshold, or as the second list of a fallback."""
        return Probability(int(self.tallies["admitted"][self.list_index(party)]), self.n_draws)

    def list_index(self, party: str) -> int:
        """Return a list's position, or say that no such list stands."""
        column = position(party, self.parties, "party", SimulationError)
        if column >= len(self.lists):
            raise SimulationError(f"{party!r} has no list, only candidates in districts; the lists are {', '.join(self.lists)}")
        return column

    def p_majority(self, parties: str | Sequence[str]) -> Probability:
        """Return the chance that a party, or several together, hold more than half of the whole chamber.

        Several parties are answered exactly when `simulate` was asked for that coalition, else from the kept sample,
        with its standard error.
        """
        return self.p_together(parties, self.law.majority)

    def p_two_thirds(self, parties: str | Sequence[str]) -> Probability:
        """Return the chance of at least two thirds of the whole chamber."""
        return self.p_together(parties, self.law.two_thirds)

    def p_together(self, parties: str | Sequence[str], seats: int) -> Probability:
        """Return the chance that parties together have at least so many seats."""
        least = read_seats(seats)
        columns = sorted({position(party, self.parties, "party", SimulationError) for party in read_members(parties)})
        if not columns:
            raise SimulationError("a coalition must name at least one party, got none")
        if len(columns) == 1:
            return self.p_at_least(self.parties[columns[0]], least)
        asked = [sorted(self.parties.index(p) for p in c) for c in self.question.coalitions]
        if columns in asked:
            counts = self.tallies["coalitions"][asked.index(columns)]
            return Probability(int(counts[least:].sum()), self.n_draws)
        together = self.draws(len(self.sample.draw))[:, columns].sum(axis=1)
        return Probability(int((together >= least).sum()), len(together))

    def p_event(self, name: str) -> Probability:
        """Return the chance of one of the events that the count records."""
        return Probability(int(self.tallies["events"][EVENTS.index(name)]), self.n_draws)

    def p_fallback(self) -> Probability:
        """Return the chance that one list alone passes, so that the two-party rule is applied."""
        return self.p_event("fallback")

    def p_no_allocation(self) -> Probability:
        """Return the chance that no list passes, for which the law defines no list seats."""
        return self.p_event("no_list")

    def p_tie(self) -> Probability:
        """Return the chance that equal remainders, or quotients of a divisor rule, competed for the last list seats."""
        return self.p_event("tie")

    def p_second_tie(self) -> Probability:
        """Return the chance that lists with equally many votes competed for the second place, and the order decided."""
        return self.p_event("second_tie")

    @property
    def district_ties(self) -> int:
        """Districts, over all draws, that a lot decided."""
        return int(self.tallies["events"][EVENTS.index("district_tie")])

    # -- whole chambers ------------------------------------------------------------------------------------------------

    def draws(self, n: int, tier: str = "total") -> NDArray[np.int64]:
        """Return whole simulated chambers: seats by draw and party.

        Parameters
        ----------
        n : int
            At most the chambers kept: 10,000, or all draws where there were fewer.

        Returns
        -------
        ndarray of int64, shape (n, p)
        """
        n = read_kept(n, len(self.sample.draw))
        if tier not in TIERS:
            raise SimulationError(f"tier must be one of {', '.join(TIERS)}, got {tier!r}")
        seats = np.zeros((n, len(self.parties)), np.int64)
        if tier in ("total", "list"):
            seats[:, : len(self.lists)] += self.sample.lists[:n]
        if tier in ("total", "district"):
            seats += self.sample.districts[:n]
        return seats

    # -- merging, writing, reading -------------------------------------------------------------------------------------

    def __add__(self, other: SeatDistribution) -> SeatDistribution:
        """Merge two runs of one question over disjoint draws."""
        if not isinstance(other, SeatDistribution):
            return NotImplemented
        if self.question != other.question or self.parties != other.parties:
            raise SimulationError("only runs of the same question add up: law, centre, model, districts and coalitions must be equal")
        if self.seed != other.seed:
            raise SimulationError(f"only runs with the same seed add up, got {self.seed} and {other.seed}; use start= for further draws")
        if self.stream != other.stream:
            raise SimulationError(f"only runs of one random stream add up, got versions {self.stream} and {other.stream}; simulate again")
        tallies = {name: counts + other.tallies[name] for name, counts in self.tallies.items()}
        run = {**self.run, "seconds": self.run.get("seconds", 0.0) + other.run.get("seconds", 0.0)}
        return replace(self, spans=join_spans(self.spans + other.spans), tallies=tallies, sample=self.sample.merge(other.sample), run=run)

    def __radd__(self, other: object) -> SeatDistribution:
        """Let `sum` add runs up, which it begins at 0."""
        return self if other == 0 else NotImplemented

    def __eq__(self, other: object) -> bool:
        """Whether question, seed, draws and every tally are the same; how it was run is no part of the result."""
        if not isinstance(other, SeatDistribution):
            return NotImplemented
        same = all(getattr(self, name) == getattr(other, name) for name in ("seed", "spans", "stream", "parties", "question"))
        return same and all(np.array_equal(counts, other.tallies[name]) for name, counts in self.tallies.items())

    def __hash__(self) -> int:
        return hash((self.seed, self.spans, self.parties))

    def to_dict(self) -> dict[str, Any]:
        """Return everything that the question, the seed and the draws decide, ready for JSON."""
        sample = {"draw": self.sample.draw, "key": self.sample.key, "lists": self.sample.lists, "districts": self.sample.districts}
        return {
            "format": FORMAT,
            "version": self.version,
            "stream": self.stream,
            "question": self.question.to_dict(),
            "parties": list(self.parties),
            "seed": self.seed,
            "n_draws": self.n_draws,
            "spans": plain(self.spans),
            "summary": self.summary(),
            "point": self.point,
            "tallies": {name: counts.tolist() for name, counts in self.tallies.items()},
            "sample": {name: array.tolist() for name, array in sample.items()},
        }

    def summary(self) -> dict[str, dict[str, Any]]:
        """Return each party's main numbers: chance of entering, mean, median and 90 % interval by tier."""
        return {party: self.summary_of(party) for party in self.parties}

    def summary_of(self, party: str) -> dict[str, Any]:
        """Return one party's main numbers."""
        row: dict[str, Any] = {}
        if party in self.lists:
            enters, share = self.p_enters(party), self.question.centre.shares[self.list_index(party)]
            row = {"share": share, "p_enters": enters.value, "p_enters_se": enters.se}
        for tier in TIERS:
            low, high = self.interval(party, 0.9, tier)
            row[tier] = {"mean": self.mean(party, tier), "median": self.quantile(party, 0.5, tier), "low": low, "high": high}
        return {**row, "p_majority": self.p_majority(party).value, "p_majority_se": self.p_majority(party).se}

    def to_frame(self) -> Any:
        """Return the summary as a pandas DataFrame, one row a party (extra ``frame``)."""
        try:
            import pandas as pd
        except ImportError:
            raise missing_extra("pandas", "frame") from None
        rows = [{"party": party, **flat(row)} for party, row in self.summary().items()]
        return pd.DataFrame(rows).set_index("party")

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the result to a JSON file, whole or not at all."""
        write_whole(path, json.dumps({**self.to_dict(), "run": self.run}, ensure_ascii=False) + "\n")

    def rerun(self, **changes: Any) -> SeatDistribution:
        """Simulate the same question again, with some arguments of `simulate` changed."""
        from mazhilis_sim.simulation.simulate import rerun

        return rerun(self, **changes)

    def plot(self, path: str | Path | None = None, **options: Any) -> Figure:
        """Draw the seats of every party (extra ``plot``); options: ``names``, ``official`` and ``title``."""
        from mazhilis_sim.pictures.forecast import OPTIONS, plot_forecast

        for name in options:
            if name not in OPTIONS:
                raise SimulationError(f"plot has no option {name!r}{nearest(name, OPTIONS)}")
        return plot_forecast(self, path, **options)

    def __str__(self) -> str:
        rows: list[tuple[object, ...]] = [("party", "enters", "median", "90 %")]
        for party in self.parties:
            low, high = self.interval(party)
            enters = chance(self.p_enters(party)) if party in self.lists else "-"
            rows.append((party, enters, self.quantile(party, 0.5), f"{low}-{high}"))
        return "\n".join([*columns(rows), "", *(f"{note}." for note in [*grounds(self), source(self)])])

    def __repr__(self) -> str:
        asked = f"law {self.law.name}, model {self.question.model.name}"
        return f"SeatDistribution({asked}, {self.n_draws:,} draws, seed {self.seed}, {len(self.parties)} parties)"


def flat(row: dict[str, Any]) -> dict[str, Any]:
    """Join nested names with an underscore."""
    joined: dict[str, Any] = {}
    for name, value in row.items():
        joined.update({f"{name}_{key}": item for key, item in value.items()} if isinstance(value, dict) else {name: value})
    return joined


def join_spans(spans: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Sort spans of draws and join neighbours; overlapping ones are an error."""
    joined: list[tuple[int, int]] = []
    for start, stop in sorted(spans):
        if joined and start < joined[-1][1]:
            both = f"draws {start:,} to {min(stop, joined[-1][1]) - 1:,} are in both"
            raise SimulationError(f"the runs overlap: {both}; use start= for further draws")
        if joined and start == joined[-1][1]:
            joined[-1] = (joined[-1][0], stop)
        else:
            joined.append((start, stop))
    return tuple(joined)
