"""What whole chambers say together: two parties' seats, correlations, the likeliest chambers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from mazhilis_sim.languages import _, counted, number, several
from mazhilis_sim.names.parties import Names
from mazhilis_sim.showing import Answer, Drawn
from mazhilis_sim.simulation.distribution.probability import Probability
from mazhilis_sim.tables import Column, Table, chance, party_column

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROWS = 12
"""Of a joint table, on a screen."""


@dataclass(frozen=True, eq=False, repr=False)
class Joint(Answer, Drawn):
    """How many draws gave two parties each pair of numbers of seats.

    Parameters
    ----------
    parties : tuple of (str, str)
    counts : ndarray of int64, shape (a, b)
        Draws by the seats of the first and of the second.
    kept : bool
        Whether the draws are the kept ones alone.
    """

    kind, keyed = "joint", False
    picture = "questions.chambers:draw_joint"
    shows: ClassVar[tuple[str, ...]] = ("parties", "draws")
    parties: tuple[str, str]
    counts: NDArray[np.int64]
    kept: bool

    @property
    def draws(self) -> int:
        """All draws."""
        return int(self.counts.sum())

    def p(self, first: int, second: int) -> Probability:
        """Return the chance of one pair of numbers of seats; 0 draws where there are no such seats."""
        rows, columns = self.counts.shape
        within = 0 <= first < rows and 0 <= second < columns
        return Probability(int(self.counts[first, second]) if within else 0, self.draws)

    def pairs(self) -> list[tuple[int, int, int]]:
        """Return pairs of seats and their draws, the most frequent first."""
        order = np.argsort(-self.counts, axis=None, kind="stable")[: np.count_nonzero(self.counts)]
        places = zip(*np.unravel_index(order, self.counts.shape), strict=True)
        return [(int(a), int(b), int(self.counts[a, b])) for a, b in places]

    def rows(self) -> list[dict[str, Any]]:
        """Return a row for each pair of seats that came, the most frequent first."""
        first, second = self.parties
        return [{first: a, second: b, "draws": n, "p": n / self.draws} for a, b, n in self.pairs()]

    def tables(self) -> list[Table]:
        """Return the most frequent pairs."""
        shown, names = self.pairs()[:ROWS], Names()
        seats = [Column(names[party], [str(pair[place]) for pair in shown]) for place, party in enumerate(self.parties)]
        return [Table([*seats, Column(_("chance"), [chance(Probability(n, self.draws)) for *_, n in shown])])]

    def notes(self) -> list[str]:
        """Say how many pairs there are, and of which draws."""
        pairs = int(np.count_nonzero(self.counts))
        said = several("{shown} of {n} pair of seats; {draws}", "{shown} of {n} pairs of seats; {draws}", pairs)
        return [said.format(shown=min(ROWS, pairs), n=number(pairs), draws=of_draws(self.draws, self.kept))]


@dataclass(frozen=True, eq=False, repr=False)
class Correlation(Answer, Drawn):
    """How the seats of parties move together, from -1 to 1; nan for a party whose seats never move.

    Parameters
    ----------
    parties : tuple of str
    values : ndarray of float64, shape (p, p)
    draws : int
    kept : bool
    """

    kind, keyed = "correlation", False
    picture = "questions.chambers:draw_correlation"
    shows: ClassVar[tuple[str, ...]] = ("parties", "draws")
    parties: tuple[str, ...]
    values: NDArray[np.float64]
    draws: int
    kept: bool

    def of(self, first: str, second: str) -> float:
        """Return the correlation of two parties' seats."""
        from mazhilis_sim import reading
        from mazhilis_sim.errors import SimulationError

        i, j = (reading.position(party, self.parties, "party", SimulationError) for party in (first, second))
        return float(self.values[i, j])

    def rows(self) -> list[dict[str, Any]]:
        """Return a row for each party; None where a party's seats never move."""
        return [
            {"party": party, **{other: None if np.isnan(r) else float(r) for other, r in zip(self.parties, row, strict=True)}}
            for party, row in zip(self.parties, self.values, strict=True)
        ]

    def tables(self) -> list[Table]:
        """Return the parties whose seats move, against each other."""
        called, moving = Names(), [place for place in range(len(self.parties)) if not np.isnan(self.values[place, place])]
        names = Column("", [called[self.parties[place]] for place in moving], left=True)
        columns = ([number(self.values[i, j], ".2f") for i in moving] for j in moving)
        return [Table([names, *(party_column(called[self.parties[j]], cells) for j, cells in zip(moving, columns, strict=True))])]

    def notes(self) -> list[str]:
        """Say of which draws, and whose seats never move."""
        names = Names()
        still = [names[party] for party, r in zip(self.parties, np.diag(self.values), strict=True) if np.isnan(r)]
        return [
            of_draws(self.draws, self.kept) + (_("; always the same seats: {parties}").format(parties=", ".join(still)) if still else "")
        ]


@dataclass(frozen=True, eq=False, repr=False)
class Likeliest(Answer, Drawn):
    """The chambers that came most often, whole.

    Parameters
    ----------
    parties : tuple of str
    seats : ndarray of int64, shape (n, p)
    times : tuple of int
        In how many kept draws each came.
    draws : int
        All kept draws.
    """

    kind, keyed = "likeliest", False
    picture = "questions.chambers:draw_likeliest"
    shows: ClassVar[tuple[str, ...]] = ("parties", "times", "draws")
    parties: tuple[str, ...]
    seats: NDArray[np.int64]
    times: tuple[int, ...]
    draws: int

    @property
    def chances(self) -> tuple[Probability, ...]:
        """The chance of each."""
        return tuple(Probability(n, self.draws) for n in self.times)

    def rows(self) -> list[dict[str, Any]]:
        """Return a row for each chamber: its chance, and the seats of every party."""
        shown = zip(self.chances, self.seats.tolist(), strict=True)
        return [{"p": p.value, "se": p.se, **dict(zip(self.parties, seats, strict=True))} for p, seats in shown]

    def tables(self) -> list[Table]:
        """Return the chambers, a row each; parties without a seat in any of them are left out."""
        names, seated = Names(), np.flatnonzero(self.seats.any(axis=0)).tolist()
        chances = Column(_("chance"), [chance(p) for p in self.chances])
        return [Table([chances, *(party_column(names[self.parties[i]], map(str, self.seats[:, i].tolist())) for i in seated)])]

    def notes(self) -> list[str]:
        """Say of how many draws these are."""
        said = several("{n} draw of the {draws} that are kept", "{n} draws of the {draws} that are kept", sum(self.times))
        return [said.format(n=number(sum(self.times)), draws=number(self.draws))]


def of_draws(draws: int, kept: bool) -> str:
    """Say of how many draws something is."""
    return counted("{n} kept draws", "{n} kept draws", draws) if kept else counted("all {n} draws", "all {n} draws", draws)


def count_pairs(blocks: Iterable[NDArray[np.int64]], columns: tuple[int, int], width: int) -> NDArray[np.int64]:
    """Count the pairs of seats of two columns: (width, width)."""
    counts = np.zeros(width * width, np.int64)
    for seats in blocks:
        counts += np.bincount(seats[:, columns[0]] * width + seats[:, columns[1]], minlength=width * width)
    return counts.reshape(width, width)


def correlate(blocks: Iterable[NDArray[np.int64]], p: int) -> NDArray[np.float64]:
    """Return the correlations of p columns of whole numbers, from sums that are exact however many draws there are."""
    n, sums, products = 0, np.zeros(p, object), np.zeros((p, p), object)
    for seats in blocks:
        n += len(seats)
        sums += seats.sum(axis=0).astype(object)
        products += (seats.T @ seats).astype(object)
    spread = (n * products - np.outer(sums, sums)).astype(float)
    scale = np.sqrt(np.diag(spread))
    with np.errstate(divide="ignore", invalid="ignore"):
        found: NDArray[np.float64] = spread / np.outer(scale, scale)
    found[:, scale == 0] = found[scale == 0] = np.nan
    return found


def most_frequent(seats: NDArray[np.int64], n: int) -> tuple[NDArray[np.int64], tuple[int, ...]]:
    """Return the rows that come most often, and how often."""
    rows, times = np.unique(seats, axis=0, return_counts=True)
    first = np.argsort(-times, kind="stable")[:n]
    return rows[first], tuple(times[first].tolist())
