"""The counts of two versions of the random stream side by side: asked the same question, both must answer with one distribution.

`stream_1.json` holds the questions, and what the last version with stream 1 counted; `benchmarks/streams.py` wrote it.
`tests/statistical/test_streams.py` holds some draws of today's stream against it at each change, `benchmarks/streams.py` as many as it has.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import stats

import mazhilis_sim as ms
from mazhilis_sim.simulation.question import Question
from mazhilis_sim.simulation.saving.reader import read_question
from mazhilis_sim.simulation.saving.writer import question_to_dict

PLACE = Path(__file__).parent / "stream_1.json"
LEAST = 10
"""Draws that are expected in a cell at least; cells with fewer are joined to their neighbours."""
TOO_SMALL = 1e-3
"""The chance that the smallest of many p-values is as small, below which two streams are not of one distribution."""
EVENTS = ("fallback", "tie", "second_tie", "no_list", "excess")

Counts = NDArray[np.int64]
Tables = dict[str, dict[str, Counts]]
"""Histograms by kind and by name; of what happens or does not, the draws without it and those with it."""


class Recorded(NamedTuple):
    """A question, and what stream 1 counted over so many draws."""

    question: Question
    draws: int
    tables: Tables


class Compared(NamedTuple):
    """One comparison: of which question, of what kind, of whom; and its chi-square."""

    question: str
    kind: str
    name: str
    chi_squared: float
    df: int
    p: float


# -- what is counted -----------------------------------------------------------------------------------------------------


def ask(question: Question, **how: Any) -> ms.SeatDistribution:
    """Simulate a question: with n_draws, seed and threads."""
    names = ("law", "centre", "model", "districts", "district_model", "coalitions")
    return ms.simulate(**{name: getattr(question, name) for name in names}, **how)


def tables_of(f: ms.SeatDistribution) -> Tables:
    """Return the seats of each party and of the coalitions asked for, and what happened."""
    tiers = ("list", "district", "total") if f.question.district_seats else ("total",)
    seats = {f"seats, {tier}": {party: f.histogram(party, tier) for party in f.parties} for tier in tiers}
    together = {" + ".join(c): row for c, row in zip(f.question.coalitions, f.tallies["coalitions"], strict=True)}
    return {**seats, "seats of pairs": together, "what happened": happened(f)}


def happened(f: ms.SeatDistribution) -> dict[str, Counts]:
    """Return in how many draws each list passed and was admitted, and each event took place; district ties of all districts."""
    n, districts = f.n_draws, f.n_draws * f.question.district_seats
    found = {f"{p} passes": with_and_without(f.p_enters(p).successes, n) for p in f.lists}
    found |= {f"{p} is admitted": with_and_without(f.p_admitted(p).successes, n) for p in f.lists}
    found |= {event: with_and_without(f.p_event(event).successes, n) for event in EVENTS}
    return found | ({"district_tie": with_and_without(f.district_ties, districts)} if districts else {})


def with_and_without(successes: int, of: int) -> Counts:
    """Return the draws without something, and those with it."""
    return np.array([of - successes, successes])


# -- how far two counts differ -------------------------------------------------------------------------------------------


def compare(name: str, one: Tables, other: Tables) -> list[Compared]:
    """Compare all that two streams counted of one question; what hardly ever varies is no comparison."""
    if {kind: set(rows) for kind, rows in one.items()} != {kind: set(rows) for kind, rows in other.items()}:
        raise ValueError(f"{name}: the counts are not of the same parties")
    found = [Compared(name, kind, who, *two_samples(row, other[kind][who])) for kind, rows in one.items() for who, row in rows.items()]
    return [each for each in found if each.df > 0]


def two_samples(one: Counts, other: Counts) -> tuple[float, int, float]:
    """Return chi-square of two histograms, its degrees of freedom, and the chance of a larger one; the samples may differ in size."""
    cells = joined(np.array([one, other], float))
    expected = np.outer(cells.sum(axis=1), cells.sum(axis=0)) / cells.sum()
    chi_squared, df = float(((cells - expected) ** 2 / np.maximum(expected, 1)).sum()), cells.shape[1] - 1
    return chi_squared, df, float(stats.chi2.sf(chi_squared, df)) if df else 1.0


def joined(cells: NDArray[np.float64]) -> NDArray[np.float64]:
    """Join neighbouring cells (2, n) until the smaller sample is expected to have `LEAST` draws in each; what is left joins the last."""
    of_smaller = cells.sum(axis=0) * cells.sum(axis=1).min() / cells.sum()
    begun, held = [0], 0.0
    for cell, more in enumerate(of_smaller):
        held += more
        if held >= LEAST:
            begun.append(cell + 1)
            held = 0.0
    return np.add.reduceat(cells, begun[:-1] or [0], axis=1)


def smallest(compared: Iterable[Compared]) -> float:
    """Return the smallest p-value times their number: about the chance that one of so many is as small, and at most that."""
    chances = [each.p for each in compared]
    return min(chances) * len(chances)


# -- the record ----------------------------------------------------------------------------------------------------------


def record(f: ms.SeatDistribution) -> dict[str, Any]:
    """Return a question and its counts, ready for JSON."""
    tables = {kind: {who: shortened(row) for who, row in rows.items()} for kind, rows in tables_of(f).items()}
    return {"question": question_to_dict(f.question), "seed": f.seed, "draws": f.n_draws, "tables": tables}


def shortened(row: Counts) -> list[int]:
    """Return where a histogram's counts begin, and the counts up to the last one that is not zero."""
    held = np.flatnonzero(row)
    return [int(held[0]), *row[held[0] : held[-1] + 1].tolist()]


def lengthened(short: list[int], length: int) -> Counts:
    """Return the histogram of so many cells that was shortened."""
    row = np.zeros(length, np.int64)
    row[short[0] : short[0] + len(short) - 1] = short[1:]
    return row


def recorded() -> dict[str, Recorded]:
    """Read what stream 1 counted."""
    saved = json.loads(PLACE.read_text(encoding="utf-8"))
    return dict(read_runs(saved["runs"]))


def read_runs(runs: dict[str, Any]) -> Iterator[tuple[str, Recorded]]:
    """Read the runs, each with its histograms at full length."""
    for name, run in runs.items():
        question = read_question(run["question"])
        lengths = lengths_of(question)
        tables = {kind: {who: lengthened(row, lengths[kind]) for who, row in rows.items()} for kind, rows in run["tables"].items()}
        yield name, Recorded(question, run["draws"], tables)


def lengths_of(question: Question) -> dict[str, int]:
    """Return the cells of the histograms of each kind."""
    lists, districts = question.law.list_seats + 1, question.district_seats + 1
    chamber = lists + districts - 1
    return {"seats, list": lists, "seats, district": districts, "seats, total": chamber, "seats of pairs": chamber, "what happened": 2}
