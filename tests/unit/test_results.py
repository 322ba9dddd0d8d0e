"""A distribution of seats: what tallies say, with their standard errors; merging, saving and reading back."""

from __future__ import annotations

import dataclasses
import json
import math
import pickle
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import mazhilis_sim as ms
from mazhilis_sim.kernels.steps.random_words import VERSION
from mazhilis_sim.simulation.saving.format_2 import sealed

LAW = ms.law("2023").replace(list_seats=10, district_seats=0)
POLL = ms.Poll({"a": 0.5, "b": 0.3, "c": 0.1, "d": 0.06, "against_all": 0.04}, sample_size=400)
PIECES = {"model": "multinomial", "seed": 3, "threads": 1}


@cache
def run(start: int = 0, n_draws: int = 600, **more: Any) -> ms.SeatDistribution:
    """Simulate a little."""
    return ms.simulate(LAW, POLL, start=start, n_draws=n_draws, **{**PIECES, **more})


def by_hand(**counts: list[int]) -> ms.SeatDistribution:
    """Make a result whose histograms of seats are given: party = draws with 0, 1, 2, ... seats."""
    made = ms.simulate(LAW, ms.Poll({party: 1 / len(counts) for party in counts}, sample_size=100), n_draws=1, seed=1)
    table = np.zeros((len(counts), LAW.list_seats + 1), np.int64)
    for row, column in zip(table, counts.values(), strict=True):
        row[: len(column)] = column
    tallies = {**made.tallies, "list": table, "total": table}
    return dataclasses.replace(made, tallies=tallies, spans=((0, int(table[0].sum())),))


# -- probabilities ---------------------------------------------------------------------------------------------------


def test_a_probability_behaves_as_its_value() -> None:
    p = ms.Probability(25, 200)
    assert p > 0.1 > ms.Probability(1, 200)
    assert p == 0.125 == ms.Probability(250, 2000)
    assert hash(p) == hash(0.125)
    assert p <= 0.125 <= p < ms.Probability(1, 2) != p
    assert (round(p, 1), round(p), float(p), f"{p:.1%}", f"{p:6.2f}") == (0.1, 0, 0.125, "12.5%", "  0.12")
    assert f"{p}" == str(p) == "0.1250 ± 0.02"
    assert max([p, ms.Probability(1, 3)]) == 1 / 3
    assert p != "0.125"
    with pytest.raises(TypeError, match="not supported"):
        p < "0.2"  # type: ignore[operator]  # noqa: B015


def test_a_probability_has_the_standard_error_of_a_share() -> None:
    p = ms.Probability(2_500, 10_000)
    assert (p.value, float(p), p.draws) == (0.25, 0.25, 10_000)
    assert p.se == pytest.approx(math.sqrt(0.25 * 0.75 / 10_000))
    assert str(p) == "0.2500 ± 0.004"


@pytest.mark.parametrize(
    ("successes", "draws", "level", "low", "high"),
    [
        # Wilson (1927); the first row is the example of Newcombe (1998), table I: 81 of 263
        (81, 263, 0.95, 0.2553, 0.3662),
        (15, 148, 0.95, 0.0624, 0.1605),
        (0, 20, 0.95, 0.0, 0.1611),
        (1, 29, 0.95, 0.0061, 0.1718),
        (20, 20, 0.95, 0.8389, 1.0),
    ],
)
def test_wilsons_interval(successes: int, draws: int, level: float, low: float, high: float) -> None:
    assert ms.Probability(successes, draws).interval(level) == pytest.approx((low, high), abs=5e-5)


def test_wilsons_interval_solves_its_equation() -> None:
    p, z = ms.Probability(37, 1000), 1.6448536269514722
    for end in p.interval(0.9):
        assert abs(p.value - end) == pytest.approx(z * math.sqrt(end * (1 - end) / 1000), rel=1e-9)


@pytest.mark.parametrize("successes", [0, 1000])
def test_there_is_no_false_certainty_at_0_and_1(successes: int) -> None:
    low, high = ms.Probability(successes, 1000).interval()
    assert high - low > 0.003
    assert low == 0 or high == 1


@pytest.mark.parametrize("level", [0, 1, -1, 95, float("nan")])
def test_the_level_of_an_interval_lies_between_0_and_1(level: float) -> None:
    with pytest.raises(ms.SimulationError, match=r"the level of an interval must lie in \(0, 1\), got"):
        ms.Probability(1, 2).interval(level)
    with pytest.raises(ms.SimulationError, match=r"the level of an interval must lie in \(0, 1\), got"):
        run().interval("a", level)


# -- what tallies say, by hand ---------------------------------------------------------------------------------------


@cache
def hand() -> ms.SeatDistribution:
    """Return a result of 100 draws."""
    return by_hand(a=[0, 0, 0, 20, 30, 40, 10], b=[50, 0, 0, 0, 50], c=[100])


def test_mean_and_its_standard_error() -> None:
    assert hand().mean("a") == (3 * 20 + 4 * 30 + 5 * 40 + 6 * 10) / 100 == 4.4
    assert hand().se("a") == pytest.approx(math.sqrt((1.4**2 * 20 + 0.4**2 * 30 + 0.6**2 * 40 + 1.6**2 * 10) / 100 / 100))
    assert hand().se("b") == pytest.approx(2 / 10)
    assert (hand().mean("c"), hand().se("c")) == (0, 0)


@pytest.mark.parametrize(
    ("q", "seats"), [(0, 3), (0.001, 3), (0.2, 3), (0.2000001, 4), (0.5, 4), (0.50001, 5), (0.9, 5), (0.9001, 6), (1, 6)]
)
def test_a_quantile_is_the_inverted_distribution(q: float, seats: int) -> None:
    assert hand().quantile("a", q) == seats


def test_quantiles_of_a_sequence_are_an_array() -> None:
    found = hand().quantile("a", [0.05, 0.5, 0.95])
    assert found.tolist() == [3, 4, 6]
    assert found.dtype == np.int64
    assert isinstance(hand().quantile("a", 0.5), int)


@pytest.mark.parametrize(("q", "came"), [(-0.1, "-0.1"), (1.1, "1.1"), ([0.5, 2], '2; write 2 % as "2%"'), (["50%", "-1%"], "'-1%'")])
def test_a_quantile_lies_between_0_and_1(q: Any, came: str) -> None:
    with pytest.raises(ms.SimulationError, match=rf"a quantile must lie in \[0, 1\], got {came}"):
        hand().quantile("a", q)


ASKED: list[tuple[Any, str]] = [
    *(
        (lambda f, q=q: f.quantile("a", q), r'a quantile must be a share such as 0.41 or "41%", got ')
        for q in (True, math.nan, None, ["half"], {0.5: 1}, [[0.1], [0.2, 0.3]], b"0.5")
    ),
    (lambda f: f.interval("a", None), r"level of an interval must lie in \(0, 1\), got None; write 0.9 or \"90%\""),
    (lambda f: f.interval("a", "90"), "level of an interval must lie in"),
    (lambda f: f.interval("a", True), "level of an interval must lie in"),
    (lambda f: f.p_enters("a").interval("x"), "level of an interval must lie in"),
    *(
        (lambda f, n=n: f.p_at_least("a", n), "seats must be a finite number, got")
        for n in ("many", None, math.nan, math.inf, True, 10**400)
    ),
    (lambda f: f.p_together(["a", "b"], "half"), "seats must be a finite number, got 'half'"),
    *((lambda f, n=n: f.draws(n), "n must be a whole number of chambers between 0 and 600, got") for n in (1.5, True, "many", None)),
    *(
        (lambda f, who=who: f.p_majority(who), r'parties must be a sequence such as \["auyl", "aq_jol"\], got')
        for who in (None, 5, {"a": 1})
    ),
    *((lambda f, name=name: f.p_event(name), "there is no event .*; (did you|known)") for name in ("ties", "district_tie", None, 3)),
    (lambda _: ms.Probability(3, 2), "successes must be a whole number between 0 and 2, got 3"),
    (lambda _: ms.Probability(0, 0), "draws must be a whole number of at least 1, got 0"),
    (lambda f: f.save(None), 'path must name a file, such as "run.json", got None'),
]


@pytest.mark.parametrize(("ask", "said"), ASKED)
def test_what_cannot_be_asked_is_refused(ask: Any, said: str) -> None:
    with pytest.raises(ms.SimulationError, match=said):
        ask(run())


def test_a_path_that_is_none_is_refused() -> None:
    with pytest.raises(ms.SimulationError, match='path must name a file, such as "run.json", got None'):
        ms.load_forecast(None)  # type: ignore[arg-type]


def test_what_can_be_asked_in_several_ways() -> None:
    f, half = run(), Decimal("0.9")
    assert f.interval("a", "90%") == f.interval("a", half) == f.interval("a", np.float32(0.9)) == f.interval("a", 0.9)
    assert f.p_enters("c").interval(half) == f.p_enters("c").interval("90%") == f.p_enters("c").interval(0.9)
    assert f.p_at_least("a", 4.5) == f.p_at_least("a", np.int64(5))
    assert f.p_together(["a", "b"], -3).value == 1
    assert f.quantile("a", np.array([0.5])).shape == (1,)
    assert f.quantile("a", "50%") == f.quantile("a", Decimal("0.5")) == f.quantile("a", "0.5") == f.quantile("a", 0.5)
    assert f.p_at_least("a", "5") == f.p_at_least("a", 2**0.5 + 3) == f.p_at_least("a", 5)
    assert f.draws(5.0).tolist() == f.draws("5").tolist() == f.draws(np.array(5)).tolist()


def test_a_party_without_a_list_is_told_so() -> None:
    f = ms.simulate(ms.law("2023"), ms.load_election(2023), n_draws=5, seed=1, threads=1)
    for ask in (f.p_enters, f.p_admitted):
        with pytest.raises(ms.SimulationError, match="'independents' has no list, only candidates in districts; the lists are qhp,"):
            ask("independents")


def test_quantiles_agree_with_numpys_inverted_cdf() -> None:
    f = run()
    for party in f.parties:
        seats = np.repeat(np.arange(11), f.histogram(party))
        q = np.linspace(0, 1, 401)
        assert (f.quantile(party, q) == np.quantile(seats, q, method="inverted_cdf")).all()


def test_intervals_are_equal_tailed() -> None:
    assert hand().interval("a", 0.9) == (3, 6)
    assert hand().interval("a", 0.6) == (3, 5)
    assert hand().interval("b") == (0, 4)
    assert hand().interval("c", 0.999) == (0, 0)


@pytest.mark.parametrize(("seats", "successes"), [(-5, 100), (0, 100), (3, 100), (4, 80), (5, 50), (6, 10), (7, 0), (99, 0), (4.5, 50)])
def test_at_least_so_many_seats(seats: float, successes: int) -> None:
    assert hand().p_at_least("a", seats) == ms.Probability(successes, 100)  # type: ignore[arg-type]


def test_a_majority_is_of_the_whole_chamber() -> None:
    assert hand().p_majority("a") == ms.Probability(10, 100)  # 6 of 10
    assert hand().p_majority(["a"]) == hand().p_majority(("a", "a")) == hand().p_majority("a")
    assert hand().p_two_thirds("a") == ms.Probability(0, 100)  # 7 of 10


def test_appointed_members_count_for_the_majority_and_win_no_seats() -> None:
    f = ms.simulate(LAW.replace(appointed_seats=9), POLL, n_draws=200, **PIECES)  # 10 of 19 are a majority
    assert sum(f.mean(p) for p in f.parties) == pytest.approx(10)
    assert f.p_majority("a").value == 0
    assert f.p_majority(f.parties).value == 1


def test_a_histogram_is_a_copy_indexed_by_seats() -> None:
    f = run()
    counts = f.histogram("a")
    assert counts.shape == (11,)
    assert counts.dtype == np.int64
    assert counts.sum() == f.n_draws == 600
    counts[:] = 0
    assert f.histogram("a").sum() == 600


def test_seats_of_all_lists_sum_to_the_chamber() -> None:
    assert sum(run().mean(p) for p in run().parties) == pytest.approx(10)


def test_sums_over_draws_are_the_histograms() -> None:
    f = run()
    for i, party in enumerate(f.parties):
        assert (np.bincount(f.draws(600)[:, i], minlength=11) == f.histogram(party)).all()


def test_entering_is_reaching_the_threshold_and_admitted_adds_the_second_list() -> None:
    # a alone passes 40 % in about every other draw, b never
    f = ms.simulate(LAW.replace(threshold="40%", no_list_passes="all"), POLL, n_draws=600, **PIECES)
    assert f.p_enters("b").value == 0
    assert f.p_fallback() == f.p_enters("a")
    assert f.p_no_allocation().successes == 600 - f.p_enters("a").successes
    assert f.p_admitted("b").value == f.p_admitted("a").value == 1
    assert f.p_admitted("c") == f.p_no_allocation()


@pytest.mark.parametrize("seats", [1, 2, 3, 4, 10, 145])
@pytest.mark.parametrize("fallback", [None, ms.Fallback()])
def test_where_no_list_passes_there_are_no_list_seats(seats: int, fallback: ms.Fallback | None) -> None:
    law = LAW.replace(threshold="60%", list_seats=seats, fallback=fallback)
    f = ms.simulate(law, POLL, n_draws=600, **PIECES)
    assert f.p_no_allocation().value == 1
    assert {p: f.mean(p) for p in f.parties} == dict.fromkeys(f.parties, 0)
    assert not f.draws(600).any()
    assert f.p_tie().value == 0
    assert all(f.p_admitted(p).value == 0 for p in f.parties)


@pytest.mark.parametrize("seats", [1, 2, 3, 4, 10])
def test_draws_with_and_without_a_list_that_passes(seats: int) -> None:
    f = ms.simulate(LAW.replace(threshold="50%", list_seats=seats), POLL, n_draws=600, **PIECES)
    sums = f.draws(600).sum(axis=1)
    assert set(sums.tolist()) == {0, seats}
    assert (sums == 0).sum() == f.p_no_allocation().successes


def test_joint_questions_are_answered_exactly_when_asked_before() -> None:
    asked = run(coalitions=(("c", "b"), ("a", "b", "c")))
    sampled = run()
    together = sampled.draws(600)
    for members, columns in ((["b", "c"], [1, 2]), (["c", "a", "b"], [0, 1, 2])):
        by_draw = int((together[:, columns].sum(axis=1) >= 6).sum())
        assert asked.p_majority(members) == sampled.p_majority(members) == ms.Probability(by_draw, 600)


def test_a_coalition_asked_for_is_answered_from_all_draws_and_another_from_the_sample() -> None:
    f = run(n_draws=12_000, coalitions=(("a", "d"),))
    assert f.p_majority(["d", "a"]).draws == 12_000
    assert f.p_majority(["b", "d"]).draws == 10_000
    exact, sampled = f.p_majority(["a", "d"]), run(n_draws=12_000).p_majority(["a", "d"])
    assert abs(exact.value - sampled.value) < 5 * sampled.se


def test_a_coalition_names_somebody() -> None:
    with pytest.raises(ms.SimulationError, match="a coalition must name at least one party, got none"):
        run().p_majority([])


@pytest.mark.parametrize(
    "ask",
    [
        lambda f: f.mean("z"),
        lambda f: f.p_enters("z"),
        lambda f: f.p_admitted("z"),
        lambda f: f.p_majority(["a", "z"]),
        lambda f: f.histogram("z"),
        lambda f: f.p_enters("independents"),
        lambda f: f.p_at_least("z", 3),
    ],
)
def test_an_unknown_party_is_answered_with_those_there_are(ask: Any) -> None:
    with pytest.raises(ms.SimulationError, match="there is no party '.*; known: a, b, c, d"):
        ask(run())


@pytest.mark.parametrize("ask", [lambda f: f.histogram("a", "lists"), lambda f: f.mean("a", "x"), lambda f: f.draws(3, "x")])
def test_an_unknown_tier_is_answered_with_those_there_are(ask: Any) -> None:
    with pytest.raises(ms.SimulationError, match="tier must be one of total, list, district, got"):
        ask(run())


# -- whole chambers --------------------------------------------------------------------------------------------------


def test_draws_are_whole_chambers() -> None:
    f = run()
    assert f.draws(5).shape == (5, 4)
    assert (f.draws(600).sum(axis=1) == 10).all()
    assert (f.draws(100) == f.draws(600)[np.isin(f.draw_numbers(600), f.draw_numbers(100))]).all()
    assert f.draws(0).shape == (0, 4)


@pytest.mark.parametrize("n", [601, -1])
def test_draws_beyond_the_sample_are_refused(n: int) -> None:
    with pytest.raises(ms.SimulationError, match=rf"n must be a whole number of chambers between 0 and 600, got {n}; ask for at most 600"):
        run().draws(n)


def test_at_most_ten_thousand_chambers_are_kept() -> None:
    f = run(n_draws=12_000)
    assert f.draws(10_000).shape == (10_000, 4)
    with pytest.raises(
        ms.SimulationError, match="between 0 and 10,000, got 10001; ask for at most 10,000, the whole chambers that are kept"
    ):
        f.draws(10_001)


def test_the_sample_holds_different_draws_of_the_run() -> None:
    f = run(start=500, n_draws=12_000)
    assert len(set(f.sample.draw.tolist())) == 10_000
    assert f.sample.draw.min() >= 500
    assert f.sample.draw.max() < 12_500


def test_tiers_of_a_chamber_with_districts() -> None:
    law, election = ms.law("2023"), ms.load_election(2023)
    f = ms.simulate(law, election, n_draws=100, seed=1)
    assert (f.parties[-1], f.lists) == ("independents", election.parties)
    assert (f.draws(100, "list").sum(axis=1) == 69).all()
    assert (f.draws(100, "district").sum(axis=1) == 29).all()
    assert (f.draws(100) == f.draws(100, "list") + f.draws(100, "district")).all()
    for party in f.parties:
        assert f.mean(party) == pytest.approx(f.mean(party, "list") + f.mean(party, "district"))
    assert f.histogram("independents", "list").tolist() == [100] + [0] * 69
    assert f.histogram("amanat", "district").shape == (30,)
    assert f.histogram("amanat").shape == (99,)


# -- adding up -------------------------------------------------------------------------------------------------------


def test_pieces_add_up_to_the_whole() -> None:
    pieces = run(0, 100) + run(100, 1) + run(101, 499)
    assert pieces.to_dict() == run().to_dict()
    assert (run(100, 500) + run(0, 100)).to_dict() == run().to_dict()


def test_runs_add_up_with_sum_and_equal_each_other() -> None:
    whole = sum([run(0, 100), run(100, 1), run(101, 499)])
    assert whole == run()
    assert hash(whole) == hash(run())
    assert run(0, 100) != run(100, 100)
    assert run(0, 100) != run(0, 100, model="margin")
    tampered = {name: counts + (name == "entries") for name, counts in run().tallies.items()}
    assert run() != dataclasses.replace(run(), tallies=tampered)
    assert run() != 3


def test_pieces_of_a_long_run_keep_the_same_sample() -> None:
    assert (run(0, 7_000) + run(7_000, 5_000)).to_dict() == run(0, 12_000).to_dict()


def test_a_gap_between_pieces_is_remembered() -> None:
    f = run(0, 100) + run(200, 100)
    assert (f.spans, f.n_draws) == (((0, 100), (200, 300)), 200)
    assert (f + run(100, 100)).spans == ((0, 300),)
    assert f.rerun().to_dict() == f.to_dict()


@pytest.mark.parametrize(
    ("first", "second", "both"), [((0, 100), (0, 100), "0 to 99"), ((0, 100), (99, 10), "99 to 99"), ((50, 10), (0, 100), "50 to 59")]
)
def test_overlapping_runs_are_refused(first: tuple[int, int], second: tuple[int, int], both: str) -> None:
    with pytest.raises(ms.SimulationError, match=f"the runs overlap: draws {both} are in both; use start= for further draws"):
        run(*first) + run(*second)


@pytest.mark.parametrize(
    "other", [{"model": "dirichlet"}, {"coalitions": (("a", "b"),)}, {"votes": 1000}, {"model": ms.models.Total(sigma=0.1)}]
)
def test_runs_of_another_question_are_refused(other: dict[str, Any]) -> None:
    with pytest.raises(ms.SimulationError, match="only runs of the same question add up"):
        run() + run(start=600, **other)


def test_runs_of_another_seed_are_refused() -> None:
    with pytest.raises(
        ms.SimulationError, match="the seed of runs that add up must be the same, got 3 and 4; use start= for further draws"
    ):
        run() + run(start=600, seed=4)


def test_runs_of_another_random_stream_are_refused() -> None:
    with pytest.raises(ms.SimulationError, match="the version of the random stream of runs that add up must be the same"):
        run() + dataclasses.replace(run(start=600), stream=-1)


def test_a_distribution_adds_to_nothing_else() -> None:
    with pytest.raises(TypeError, match="unsupported operand"):
        run() + 3  # type: ignore[operator]


# -- writing and reading ---------------------------------------------------------------------------------------------


def test_to_dict_is_ready_for_json() -> None:
    f = run(coalitions=(("a", "b"),))
    assert json.loads(json.dumps(f.to_dict(), allow_nan=False)) == f.to_dict()


@pytest.mark.parametrize("centre", ["poll", "election"])
def test_a_saved_forecast_reads_back_the_same(centre: str, tmp_path: Path) -> None:
    if centre == "poll":
        f = run(model=ms.models.Total(sigma=0.2, bias={"a": 0.1}), coalitions=(("a", "b"),))  # type: ignore[arg-type]
    else:
        f = ms.simulate(ms.law("2023"), ms.load_election(2023), n_draws=50, seed=2**64 - 1)
    f.save(tmp_path / "run.json")
    read = ms.load_forecast(tmp_path / "run.json")
    assert read.to_dict() == f.to_dict()
    assert read.provenance == f.provenance
    assert read.question == f.question
    assert read.rerun().to_dict() == f.to_dict()
    assert (read + read.rerun(start=read.n_draws, n_draws=50)).n_draws == read.n_draws + 50


def test_a_saved_forecast_keeps_the_versions_that_made_it(tmp_path: Path) -> None:
    path = tmp_path / "old.json"
    path.write_text(json.dumps(sealed({**run().to_dict(), "stream": 0, "version": "0.0.9"})))
    with pytest.warns(ms.DataWarning, match=f"old.json was drawn with version 0 of the random stream, and this is version {VERSION}"):
        old = ms.load_forecast(path)
    assert (old.to_dict()["stream"], old.to_dict()["version"]) == (0, "0.0.9")
    with pytest.raises(ms.SimulationError, match="the version of the random stream of runs that add up must be the same"):
        old + run(start=600)


def test_saving_leaves_nothing_half_written(tmp_path: Path) -> None:
    run().save(tmp_path / "run.json")
    run().save(tmp_path / "run.json")
    assert [path.name for path in tmp_path.iterdir()] == ["run.json"]
    with pytest.raises(ms.SimulationError, match="cannot write"):
        run().save(tmp_path / "missing" / "run.json")
    (tmp_path / "folder").mkdir()
    with pytest.raises(ms.SimulationError, match="cannot write"):
        run().save(tmp_path / "folder")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "run.json"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is not a saved forecast: it is no JSON"),
        ("{", "is not a saved forecast: it is no JSON"),
        ("[" * 100_000, "is not a saved forecast: it is no JSON"),
        ('{"format": "mazhilis_sim forecast 2", "seed": NaN}', "is not a saved forecast: it is no JSON"),
        ('{"format": "mazhilis_sim forecast 2", "x": ' + "[" * 900 + "]" * 900 + "}", "lists stand in lists more than 16 deep"),
        ('{"format": "mazhilis_sim forecast 2"}', "is a saved forecast that cannot be read: it has no key 'checksum'"),
        ("[1]", "is not a saved forecast: its format must be"),
        ('{"format": "other"}', "is not a saved forecast: its format must be"),
        ('{"format": "mazhilis_sim forecast 1"}', "is a saved forecast that cannot be read: it has no key 'parties'"),
        ("\x00\xff", "is not a saved forecast"),
    ],
)
def test_a_file_that_is_no_forecast_says_so(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(ms.SimulationError, match=said):
        ms.load_forecast(path)


def test_an_absurdly_long_path_is_cut_in_what_is_said(tmp_path: Path) -> None:
    path = tmp_path / ("folder" * 20) / f"{'name' * 30}.json"
    path.parent.mkdir()
    for text, said in (("{", "is not a saved forecast"), ('{"format": "mazhilis_sim forecast 1"}', "cannot be read: it has no key")):
        path.write_text(text)
        with pytest.raises(ms.SimulationError, match=rf"^.{{60}} {said}|^.{{60}} is a saved forecast that {said}"):
            ms.load_forecast(path)


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(ms.SimulationError, match="cannot read .*none.json: No such file"):
        ms.load_forecast(tmp_path / "none.json")


@pytest.mark.parametrize(
    "damage",
    [
        lambda d: d["tallies"].pop("total"),
        lambda d: d["sample"]["lists"].pop(),
        lambda d: d["question"]["law"].pop("list_seats"),
        lambda d: d["question"]["model"].update(name="other"),
        lambda d: d.update(spans=[[0]]),
        lambda d: d.pop("point"),
    ],
)
def test_a_damaged_forecast_says_so(damage: Any, tmp_path: Path) -> None:
    saved = json.loads(json.dumps(run().to_dict()))
    damage(saved)
    (tmp_path / "run.json").write_text(json.dumps(sealed(saved)))
    with pytest.raises(ms.SimulationError, match="is a saved forecast that cannot be read"):
        ms.load_forecast(tmp_path / "run.json")


BROKEN: list[tuple[Any, str]] = [
    (lambda d: d.update(spans=[]), "spans must name at least one span of draws"),
    (lambda d: d.update(spans=[[5, 5]]), r"spans must hold first draws and one past the last, .* got \[5, 5\]"),
    (lambda d: d.update(spans=[[0, 600], [0, 600]]), "the runs overlap"),
    (lambda d: d.update(spans=[[0, 500]]), "tallies.total must sum to the number of draws, 500, in every row, got 600"),
    (lambda d: d["sample"]["draw"].__setitem__(0, 10**9), "sample.draw must hold different draws of the spans"),
    (lambda d: d["sample"]["draw"].__setitem__(0, d["sample"]["draw"][1]), "sample.draw must hold different draws of the spans"),
    (lambda d: d["sample"]["key"].__setitem__(0, 0), "sample.key must hold the hash of each draw kept"),
    (lambda d: d.__setitem__("version", None), "version must be a version of the library, such as"),
    (lambda d: d["sample"]["key"].pop(), r"sample.key must have the shape \(600,\), got \(599,\)"),
    (lambda d: d["sample"]["draw"].__setitem__(0, 0.5), "sample.draw must hold whole numbers of at least 0, got 0.5"),
    (lambda d: d["tallies"]["total"].pop(), r"tallies.total must have the shape \(4, 11\), got \(3, 11\)"),
    (lambda d: d["tallies"].update(list=d["tallies"]["list"][0]), "tallies.list must have the shape"),
    (lambda d: d["tallies"]["list"][0].__setitem__(0, 10**6), "tallies.list must sum to the number of draws, 600"),
    (lambda d: d["tallies"]["entries"].__setitem__(0, 601), "tallies.entries must be at most the number of draws, 600, got 601"),
    (lambda d: d["tallies"]["events"].__setitem__(0, -1), "tallies.events must hold whole numbers of at least 0, got -1"),
    (lambda d: d["tallies"]["events"].__setitem__(0, 10**30), "tallies.events must hold numbers of at most 9223372036854775807, got 1000"),
    (lambda d: d.update(stream="1"), "stream must be a whole number of at least 0, got '1'"),
    (lambda d: d.update(seed=-1), "seed must be a whole number in"),
    (lambda d: d.update(seed=None), "seed must be a whole number in"),
    (lambda d: d.update(parties=["x"]), r"parties must be those of the question, \('a', 'b', 'c', 'd'\), got \('x',\)"),
    (lambda d: d["point"].pop("list"), "point.list must hold seats by party, got None"),
    (lambda d: d["point"]["list"].pop("a"), "point.list must hold seats by party, got "),
    (lambda d: d.update(point=5), "point must hold values by name, got 5"),
    (lambda d: d["question"]["centre"].update(votes=None), "question.centre: votes must be a whole number"),
    (lambda d: d["question"]["centre"].update(names=[1]), "question.centre: a name of a centre must be a non-empty string, got 1"),
    (lambda d: d["question"]["centre"].update(other=1), "question.centre must hold parties, shares, .*, got 'other'"),
    (lambda d: d["question"]["centre"].pop("shares"), "question.centre: TypeError: .* 'shares'"),
    (lambda d: d["question"]["law"].update(articles=5), "question.law: articles must"),
    (lambda d: d["question"]["law"].update(fallback=0), "question.law.fallback must hold values by name, got 0"),
    (lambda d: d["question"]["law"].update(threshold="1e-9999999"), "question.law: threshold must be a share"),
    (lambda d: d["question"]["law"].update(appointed_seats=10**6), "a simulated chamber must have at most 100,000 seats"),
    (lambda d: d["question"]["law"].update(appointed_seats=10**400), r"appointed_seats must be at most 10\*\*30"),
    (lambda d: d["question"].update(coalitions=[["z"]]), "unknown party|there is no party 'z'"),
    (lambda d: d["question"]["model"].update(name=["total"]), "question.model.name must be one of"),
    (lambda d: d.update(question=[]), r"question must hold values by name, got \[\]"),
    (lambda d: d.update(run=5), "run must hold values by name, got 5"),
    (lambda d: d.update(run={"threads": True}), "run.threads must be of type int, got True"),
    (lambda d: d.update(run={"seconds": -1.0}), "run.seconds must be a number of at least 0, got -1.0"),
    (lambda d: d.update(run={"hours": 1}), "run must hold seconds, .* alone, got 'hours'"),
    (lambda d: d["sample"]["lists"][0].__setitem__(0, 9), "sample.lists must hold chambers of 10 seats, got 1"),
    (lambda d: d["sample"]["districts"][0].__setitem__(0, 7), "sample.districts must hold chambers of 0 seats, got 7"),
    (lambda d: d.update(run={"seconds": "long"}), "run.seconds must be of type float, got 'long'"),
    (lambda d: d.update(run=[1]), r"run must hold values by name, got \[1\]"),
]


@pytest.mark.parametrize(("damage", "said"), BROKEN)
def test_damage_is_named_by_its_key(damage: Any, said: str, tmp_path: Path) -> None:
    saved = json.loads(json.dumps(run().to_dict()))
    damage(saved)
    (tmp_path / "run.json").write_text(json.dumps(sealed(saved)))
    with pytest.raises(ms.SimulationError, match=f"run.json is a saved forecast that cannot be read: .*{said}|run.json .* {said}"):
        ms.load_forecast(tmp_path / "run.json")


def test_another_stream_loads_with_a_warning(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text(json.dumps(sealed({**run().to_dict(), "stream": 99})))
    with pytest.warns(ms.DataWarning, match=r"its numbers stand, rerun\(\) gives other draws"):
        read = ms.load_forecast(tmp_path / "run.json")
    assert (read.stream, read.p_enters("a")) == (99, run().p_enters("a"))


def test_a_forecast_prints_a_table_and_what_it_rests_on() -> None:
    f = run()
    lines = str(f).splitlines()
    low, high = f.interval("b")
    assert lines[0].split() == ["party", "enters", "median", "90", "%"]
    assert (lines[2].split()[0], lines[2].split()[-2:]) == ("b", [str(f.quantile("b", 0.5)), f"{low}-{high}"])
    assert lines[5:] == ["", f"Law {LAW.name}.", "Model multinomial: sampling error only.", f"600 draws, seed 3. mazhilis_sim {f.version}."]
    assert repr(f).startswith("SeatDistribution(law")
    chamber = ms.simulate(ms.law("2023"), ms.load_election(2023), n_draws=5, seed=1, threads=1)
    assert "independents       -" in str(chamber)


# -- again, and in words ---------------------------------------------------------------------------------------------


def test_a_rerun_is_the_same_and_takes_changes() -> None:
    f = run()
    assert f.rerun(threads=2).to_dict() == f.to_dict()
    assert f.rerun(seed=4).to_dict() == run(seed=4).to_dict()
    assert f.rerun(votes=1000).to_dict() == run(votes=1000).to_dict()
    assert f.rerun(start=600, n_draws=5).spans == ((600, 605),)
    with pytest.raises(ms.SimulationError, match="simulate has no argument 'draws'"):
        f.rerun(draws=5)


def test_provenance_says_what_a_result_was_made_from() -> None:
    made = run().provenance
    assert made["shares"] == {"a": 0.5, "b": 0.3, "c": 0.1, "d": 0.06, "against_all": 0.04}
    assert made["law"] == repr(LAW)
    assert made["model"] == "Multinomial()"
    assert made["polls"] == ["poll"]
    assert made["shares"]["a"] == pytest.approx(0.5)
    assert (made["seed"], made["n_draws"], made["draws"], made["sampling_error_only"]) == (3, 600, [[0, 600]], True)
    assert {"stream", "version", "seconds", "threads", "votes"} <= made.keys()


def test_the_summary_repeats_the_numbers() -> None:
    f = run()
    frame = f.to_frame()
    assert list(frame.index) == list(f.parties)
    for party, row in f.summary().items():
        assert (row["p_enters"], row["total"]["mean"]) == (f.p_enters(party).value, f.mean(party))
        assert (row["list"]["low"], row["list"]["high"]) == f.interval(party, 0.9, "list")
        assert row["p_majority_se"] == f.p_majority(party).se
        assert frame.loc[party, "total_median"] == f.quantile(party, 0.5)
        assert frame.loc[party, "total_mean"] == f.mean(party)
    assert len({f.mean(party) for party in f.parties}) == 4  # no two can be taken for each other


def test_the_central_count_stands_beside_the_distribution() -> None:
    f = run()
    # all four have 5 % of 100; of a quota of 9.6 they have 5.21, 3.13, 1.04 and 0.63: the tenth seat goes to d
    assert f.point["total"] == f.point["list"] == {"a": 5, "b": 3, "c": 1, "d": 1}


def test_the_repr_says_what_it_is() -> None:
    assert repr(run()).startswith("SeatDistribution(law 2023 (changed), model multinomial, 600 draws, seed 3; a 5 (")


def test_a_thousand_pieces_are_merged_before_their_chambers_are_looked_for() -> None:
    law, poll = ms.law("2026"), ms.Poll({"a": 0.6, "b": 0.4}, sample_size=1000)
    pieces = [ms.simulate(law, poll, n_draws=2, seed=3, start=2 * i, threads=1) for i in range(1000)]
    whole = ms.simulate(law, poll, n_draws=2000, seed=3)
    merged = sum(pieces[1:], pieces[0])
    assert merged.draws(2000).tolist() == whole.draws(2000).tolist()
    assert (pieces[0] + pickle.loads(pickle.dumps(pieces[1]))).draws(4).tolist() == (pieces[0] + pieces[1]).draws(4).tolist()


def test_many_lists_of_one_name_take_no_longer_than_so_many_lists() -> None:
    """Whether a name is another list's too is looked up, not searched for: 40,000 searches would take minutes."""
    votes = {f"list {number}": 40_000 - number for number in range(40_000)}
    result = ms.allocate(ms.law("2026", threshold=0), votes)
    named = result.named({"list 0": "First", "list 1": "Same", "list 2": "Same"})
    assert list(named.seats)[:4] == ["First", "list 1", "list 2", "list 3"]
