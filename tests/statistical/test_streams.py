"""Today's random stream draws from the distributions of stream 1: a million lists and a hundred thousand chambers against its record."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest
from compare_streams import LEAST, PLACE, TOO_SMALL, Tables, ask, compare, joined, recorded, shortened, smallest, tables_of, two_samples
from scipy import stats

import mazhilis_sim as ms
import streams
from mazhilis_sim.kernels.steps.random_words import VERSION
from mazhilis_sim.simulation.question import Question

RECORD = recorded()
TOTAL, TAILS, CHAMBER, FALLBACKS, LOTS = (
    "lists of 2023, total",
    "lists of 2023, Student's tails",
    "chamber of 2023",
    "fallbacks of 2021, lots",
    "a small house that lots decide",
)
SEED = 3


def drawn(question: Question, start: int = 0) -> ms.SeatDistribution:
    """Draw a million lists, or a hundred thousand chambers."""
    return ask(question, n_draws=100_000 if question.district_seats else 1_000_000, seed=SEED, start=start)


@cache
def today(name: str) -> Tables:
    """Count the question of the record with today's stream."""
    return tables_of(drawn(RECORD[name].question))


def unlikely(name: str, other: Tables) -> float:
    """Return about the chance that the counts are of the distribution on record."""
    return smallest(compare(name, RECORD[name].tables, other))


# -- the streams ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", RECORD)
def test_today_s_stream_has_the_distribution_of_stream_1(name: str) -> None:
    assert unlikely(name, today(name)) > TOO_SMALL


@pytest.mark.parametrize("name", [TOTAL, CHAMBER])
def test_one_half_of_the_draws_has_the_distribution_of_the_other(name: str) -> None:
    other = tables_of(drawn(RECORD[name].question, start=1_000_000))
    assert smallest(compare(name, today(name), other)) > TOO_SMALL


def test_the_record_holds_every_draw_of_every_question_with_all_pairs() -> None:
    saved = json.loads(PLACE.read_text(encoding="utf-8"))
    assert saved["stream"] == 1
    assert {run.draws for run in RECORD.values()} == {10**7, 10**8}
    for run in RECORD.values():
        p = len(run.question.parties)
        assert len(run.tables["seats of pairs"]) == p * (p - 1) // 2
        sums = {int(row.sum()) for rows in run.tables.values() for who, row in rows.items() if who != "district_tie"}
        assert sums == {run.draws}


def test_what_is_rare_happened_on_record() -> None:
    def times(name: str, event: str) -> int:
        return int(RECORD[name].tables["what happened"][event][1])

    assert times(CHAMBER, "fallback") > 10_000
    assert times(FALLBACKS, "fallback") > 1_000_000
    assert min(times(FALLBACKS, event) for event in ("tie", "second_tie")) > 10_000
    assert min(times(LOTS, event) for event in ("tie", "second_tie", "no_list", "district_tie")) > 10_000


# -- planted faults ------------------------------------------------------------------------------------------------------


def with_model(**parameters: Any) -> Callable[[Question], Question]:
    """Plant other parameters of `Total`."""
    return lambda question: replace(question, model=ms.models.Total(preset="2025", **parameters))


def larger(field: str, factor: float, part: str = "centre") -> Callable[[Question], Question]:
    """Plant a number of a question that is larger by a factor."""
    return lambda question: replace(question, **{part: scaled(getattr(question, part), field, factor)})


def scaled(holder: Any, field: str, factor: float) -> Any:
    """Multiply one field."""
    return replace(holder, **{field: getattr(holder, field) * factor})


def with_law(**changes: Any) -> Callable[[Question], Question]:
    """Plant another law."""
    return lambda question: replace(question, law=question.law.replace(**changes))


def with_sigma(factor: float) -> Callable[[Question], Question]:
    """Plant a larger sigma."""
    sigma = ms.models.Total(preset="2025").variance(RECORD[TOTAL].question.centre) ** 0.5
    return with_model(sigma=factor * sigma)


PLANTED = [
    ("sigma 1 % larger", TOTAL, with_sigma(1.01)),
    ("half a percent more votes for one list", TOTAL, with_model(bias={"jsdp": 0.005})),
    ("normal tails", TAILS, with_model()),
    ("0.2 degrees of freedom more", TAILS, with_model(df=4.2)),
    ("margins 1 % wider", "lists of 2023, margin", larger("margin", 1.01)),
    ("a sample 2 % larger", "lists of 2023, multinomial", larger("n_eff", 1.02)),
    ("a sample 2 % larger", "lists of 2023, dirichlet", larger("n_eff", 1.02)),
    ("districts that move 5 % further together", CHAMBER, larger("sigma_national", 1.05, "district_model")),
    ("districts that move 5 % further alone", CHAMBER, larger("sigma_district", 1.05, "district_model")),
    ("a floor of three", FALLBACKS, with_law(fallback=ms.Fallback(floor=3))),
    ("the order in the place of lots", LOTS, with_law(ties="order")),
]


@pytest.mark.parametrize(("name", "fault"), [case[1:] for case in PLANTED], ids=[f"{name}, {fault}" for fault, name, _ in PLANTED])
def test_another_distribution_is_found(name: str, fault: Callable[[Question], Question]) -> None:
    assert unlikely(name, tables_of(drawn(fault(RECORD[name].question)))) < TOO_SMALL


def independent(tables: Tables) -> Tables:
    """Plant: two parties' seats know nothing of each other, though each party's are right."""
    seats = tables["seats, total"]
    pairs = {who: convolved(*(seats[party] for party in who.split(" + "))) for who in tables["seats of pairs"]}
    return {**tables, "seats of pairs": pairs}


def convolved(one: Any, other: Any) -> Any:
    """Return the histogram of the sum of two independent numbers of seats."""
    return np.rint(np.convolve(one, other / other.sum()))[: len(one)].astype(np.int64)


def swapped(tables: Tables) -> Tables:
    """Plant: two parties have each other's seats."""
    seats = tables["seats, total"]
    return {**tables, "seats, total": {**seats, "qhp": seats["aq_jol"], "aq_jol": seats["qhp"]}}


def moved(tables: Tables) -> Tables:
    """Plant: one draw in ten gives the first party a seat less."""
    row = tables["seats, total"]["amanat"]
    less = row + np.diff(row // 10, append=0)
    return {**tables, "seats, total": {**tables["seats, total"], "amanat": less}}


@pytest.mark.parametrize("fault", [independent, swapped, moved])
def test_wrong_tallies_are_found(fault: Callable[[Tables], Tables]) -> None:
    assert unlikely(TOTAL, fault(today(TOTAL))) < TOO_SMALL


def test_what_did_not_count_the_same_parties_is_not_compared() -> None:
    less = {**today(TOTAL), "seats, total": {}}
    with pytest.raises(ValueError, match="not of the same parties"):
        unlikely(TOTAL, less)


# -- the comparison itself -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sizes", [(1_000, 1_000), (200_000, 3_000)])
def test_chi_square_of_two_samples_is_that_of_scipy(sizes: tuple[int, int]) -> None:
    rng = np.random.default_rng(5)
    one, other = (rng.multinomial(n, [0.1, 0.2, 0.3, 0.4]) for n in sizes)
    chi_squared, df, p = two_samples(one, other)
    scipy_s = stats.chi2_contingency([one, other], correction=False)
    assert (chi_squared, df, p) == pytest.approx((scipy_s.statistic, scipy_s.dof, scipy_s.pvalue))


@pytest.mark.parametrize(
    ("one", "other", "cells"),
    [
        ([10, 10], [10, 10], [[10, 10], [10, 10]]),
        ([4, 6, 10, 3], [4, 6, 10, 3], [[10, 13], [10, 13]]),
        ([0, 9, 0], [0, 9, 0], [[9], [9]]),
        ([100, 900, 9_000, 0], [0, 90, 910, 0], [[1_000, 9_000], [90, 910]]),  # a tenth of 100 expected falls short of ten
        ([0, 30, 0, 0, 30], [0, 30, 0, 0, 30], [[30, 30], [30, 30]]),
    ],
)
def test_cells_are_joined_until_both_samples_are_expected_to_fill_them(one: list[int], other: list[int], cells: list[list[int]]) -> None:
    assert joined(np.array([one, other], float)).tolist() == cells


def test_chances_of_samples_of_one_distribution_are_even() -> None:
    rng = np.random.default_rng(6)
    shares = rng.dirichlet(np.ones(30))
    chances = [two_samples(rng.multinomial(100_000, shares), rng.multinomial(10_000, shares))[2] for _ in range(1_000)]
    assert stats.kstest(chances, "uniform").pvalue > 1e-4
    assert LEAST >= 10  # below, chi-square is no good approximation


def test_a_histogram_is_shortened_to_what_it_holds() -> None:
    assert shortened(np.array([0, 0, 5, 0, 7, 0])) == [2, 5, 0, 7]
    assert shortened(np.array([9])) == [0, 9]


# -- the program ---------------------------------------------------------------------------------------------------------


def test_only_stream_1_is_recorded() -> None:
    with pytest.raises(SystemExit, match=f"draws with stream {VERSION}; only stream 1 is recorded"):
        streams.write_record(10, 1)


def test_the_program_compares_every_question_and_the_page_is_of_today_s_stream() -> None:
    found = streams.compared(10_000, seed=1, threads=1)
    assert {each.question for each in found} == set(RECORD)
    assert smallest(found) > TOO_SMALL
    rows = list(streams.rows_of(found))
    assert len(rows) == 2 + len({(each.question, each.kind) for each in found})
    assert f"{streams.BEGIN}Stream {VERSION} with seed " in streams.PAGE.read_text(encoding="utf-8")
