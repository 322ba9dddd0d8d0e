"""Arrays of random elections, of the kinds in which a count can go wrong."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

import mazhilis_sim as ms

Rng = np.random.Generator
Table = NDArray[np.int64]


class Elections(NamedTuple):
    """Elections under one law: votes (n, k), against all (n,) and invalid ballots (n,)."""

    law: ms.ElectoralLaw
    votes: Table
    against_all: Table
    invalid: Table


THRESHOLDS = tuple(map(Fraction, ("0", "1/1000", "1/100", "1/20", "7/100", "1/10", "1/7", "1/5", "1/3", "1/2", "2/3")))


@st.composite
def laws(draw: st.DrawFn, most_seats: int = 12, options: tuple[str, ...] = ("top_two", "all")) -> ms.ElectoralLaw:
    """Draw a law: a version on record, or one with other numbers."""
    fallback = draw(
        st.none()
        | st.builds(
            ms.Fallback,
            weight=st.sampled_from([Fraction(7, 10), Fraction(0), Fraction(1), Fraction(1, 3), Fraction(99, 100)]),
            floor=st.integers(0, 5),
        )
        | st.just(ms.Fallback())
    )
    law = ms.law(draw(st.sampled_from(["2007", "2021", "2023", "2026"])))
    changes = draw(
        st.just({})
        | st.fixed_dictionaries(
            {
                "list_seats": st.integers(1, most_seats),
                "threshold": st.sampled_from(THRESHOLDS),
                "fallback": st.just(fallback),
                "base": st.sampled_from(["valid", "parties", "cast"]),
            }
        )
    )
    return law.replace(**changes, no_list_passes=draw(st.sampled_from(options)))


def some_votes(table: Table) -> Table:
    """Give the first list a vote where there is none at all."""
    table[~table.any(axis=1), 0] = 1
    return table


def small(rng: Rng, law: ms.ElectoralLaw, n: int) -> Elections:
    """Few lists with few votes, so that ties of every kind abound."""
    k, most = int(rng.integers(1, 6)), int(rng.choice([1, 3, 6, 12, 40]))
    votes = some_votes(rng.integers(0, most + 1, (n, k)))
    return Elections(law, votes, rng.integers(0, most + 1, n), rng.integers(0, 3, n))


def large(rng: Rng, law: ms.ElectoralLaw, n: int) -> Elections:
    """Up to 40 lists sharing 12 million votes."""
    k = int(rng.integers(20, 41))
    shares = rng.dirichlet(np.full(k, rng.choice([0.05, 0.3, 1.0, 20.0])), n)
    votes = some_votes(np.array([rng.multinomial(12_000_000, row) for row in shares]))
    return Elections(law, votes, rng.integers(0, 500_000, n), rng.integers(0, 100_000, n))


def neighbours(rng: Rng, law: ms.ElectoralLaw, n: int) -> Elections:
    """Lists one vote below, at, and one vote above the threshold of a given base."""
    base = int(rng.choice([100, 1_000, 6_366_441, 12_000_000]) + rng.integers(0, 40))
    at = math.ceil(law.threshold * base)
    near = int(rng.integers(1, 5))
    near = max(1, min(near, (base - 1) // (at + 2)))
    votes = np.zeros((n, near + 2), np.int64)
    votes[:, 1 : near + 1] = np.maximum(0, at + rng.integers(-1, 2, (n, near)))
    rest = np.maximum(0, base - votes.sum(axis=1))
    votes[:, 0] = rng.integers(0, rest + 1)
    votes[:, -1] = rng.integers(0, rest - votes[:, 0] + 1) * rng.integers(0, 2, n)
    left = np.maximum(0, base - votes.sum(axis=1))
    against = {"valid": left, "parties": rng.integers(0, 9, n), "cast": rng.integers(0, left + 1)}[law.base]
    invalid = left - against if law.base == "cast" else rng.integers(0, 9, n)
    if law.base == "parties":
        votes[:, 0] += left
    return Elections(law, some_votes(rng.permuted(votes, axis=1)), against, invalid)


def dominated(rng: Rng, law: ms.ElectoralLaw, n: int) -> Elections:
    """One list far ahead of others that hardly or not at all pass, some of them with equally many votes."""
    k, scale = int(rng.integers(2, 6)), int(rng.choice([1, 10, 60_000]))
    votes = rng.integers(0, 5, (n, k)) * scale
    votes[np.arange(n), rng.integers(0, k, n)] += rng.integers(20, 200, n) * scale
    return Elections(law, votes, rng.integers(0, 5, n) * scale, rng.integers(0, 5, n) * scale)


KINDS: dict[str, Callable[[Rng, ms.ElectoralLaw, int], Elections]] = {
    "small": small,
    "large": large,
    "neighbours": neighbours,
    "dominated": dominated,
}
