"""The same voters under several laws: each law's forecast is its own, differences are those of the draws, itself is no change."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from test_whole_chambers import BASELINE, LAW, MIXED, POLL

import mazhilis_sim as ms
from mazhilis_sim.errors import LawError, SimulationError
from mazhilis_sim.kernels.laws.thresholds import find_missed
from mazhilis_sim.simulation.drawing.alike import counted_together
from mazhilis_sim.simulation.drawing.packing import pack
from mazhilis_sim.simulation.drawing.thresholds import MOST_PRODUCT, differ_in_threshold, scale_of
from mazhilis_sim.simulation.question import ask

N = 17_000
LAWS = {
    "plain": LAW,
    "mixed": MIXED,
    "higher": LAW.replace(threshold="7%"),
    "fine": LAW.replace(threshold="5.001%"),  # votes are rounded in wider floats
    "own": LAW.replace(method=lambda votes, seats: [seats] + [0] * (len(votes) - 1)),
}


def alone(law: ms.ElectoralLaw, **options: Any) -> ms.SeatDistribution:
    return ms.simulate(law, POLL, districts=BASELINE if law.district_seats else None, seed=1, **options)


def paired(names: list[str], n: int = N) -> Any:
    return ms.simulate_paired({name: LAWS[name] for name in names}, POLL, districts=BASELINE, n_draws=n, seed=1, coalitions=[["b", "c"]])


@pytest.mark.parametrize("names", [["plain", "mixed", "higher"], ["mixed", "plain"], ["fine", "plain"], ["own", "plain"]])
def test_each_law_is_what_it_is_alone_and_differences_are_those_of_the_draws(names: list[str]) -> None:
    n = 3_000 if "own" in names else N
    d = paired(names, n)
    chambers = {name: alone(LAWS[name], n_draws=n).chambers(0, n) for name in names}
    for name in names:
        assert d[name] == alone(LAWS[name], n_draws=n, coalitions=[["b", "c"]])
    for name in names[1:]:
        for party in d.parties:
            new, old = (seats_of(chambers[law], d[law], party) for law in (name, names[0]))
            found = d.difference(party, name)
            expected = np.bincount(new - old + found.most, minlength=2 * found.most + 1)
            assert found.counts.tolist() == expected.tolist()
            assert found.mean == pytest.approx((new - old).mean())
            assert found.se == pytest.approx((new - old).std() / n**0.5)


def seats_of(chambers: Any, f: ms.SeatDistribution, party: str) -> Any:
    return chambers[:, f.parties.index(party)] if party in f.parties else np.zeros(len(chambers), np.int64)


@pytest.mark.parametrize("names", [["plain", "higher"], ["plain", "fine"], ["plain", "mixed"], ["own", "own"]])
def test_laws_are_counted_together_where_they_differ_in_numbers_alone(names: list[str]) -> None:
    packed = [pack(ask(LAWS[name], POLL, districts=BASELINE if LAWS[name].district_seats else None), 1) for name in names]
    assert counted_together(packed) == (names == ["plain", "higher"])


def test_a_law_beside_itself_changes_nothing() -> None:
    d = ms.simulate_paired([LAW, LAW], POLL, n_draws=N, seed=1)
    assert d.laws == ("2026, 20 list seats", "2026, 20 list seats, 2")
    for party in d.parties:
        found = d.difference(party)
        assert (found.mean, found.se, found.p_same().value) == (0.0, 0.0, 1.0)
    first, second = (d[law].p_enters("c") for law in d)
    assert ((first - second).value, (first - second).se) == (0.0, 0.0)
    assert d.p(lambda old, new: old["a"] == new["a"], draws="all").successes == N


def test_a_law_that_is_changed_is_called_by_what_is_changed() -> None:
    changed, own = ms.law("2026", threshold="7%", fallback=None), ms.ElectoralLaw(list_seats=20, threshold="10%", fallback=None)
    d = ms.simulate_paired([changed, "2026", own, own.replace(name="custom", threshold="20%")], POLL, n_draws=200, seed=1)
    assert d.laws == ("2026, threshold 7 %, no two-party rule", "2026", "custom", "custom, 2")
    with ms.speaking("ru"):
        assert [table.columns[1].head for table in d.tables()] == ["2026, порог 7 %, без правила двух партий"] * 3
    assert d.to_dict()["laws"][0] == {
        "law": "2026, threshold 7 %, no two-party rule",
        "version": "2026",
        "changed": {"threshold": "7/100", "fallback": None},
    }
    assert d.to_dict()["laws"][2]["changed"]["list_seats"] == 20
    named = ms.simulate_paired({"2026": changed, "new": "2021"}, POLL, n_draws=200, seed=1)
    with ms.speaking("ru"):
        assert list(named.called.values()) == ["2026", "new"]  # a name that somebody gave stays


def test_events_of_both_laws() -> None:
    d = paired(["plain", "higher"])
    more = d.p(lambda old, new: new["a"] > old["a"], draws="all")
    assert more.successes == d.difference("a").p_more().successes
    steps: list[tuple[int, int]] = []
    assert d.p(lambda old, new: new["a"] > old["a"], draws="all", progress=lambda *step: steps.append(step)).successes == more.successes
    assert steps[-1] == (N, N)
    inside = d.p(lambda _, new: new["c"] > 0, given=lambda old, _: old["c"] > 0, draws="all")
    assert inside.draws == d["plain"].p_at_least("c", 1).successes
    assert 0 < inside.successes == d.p(lambda old, new: (new["c"] > 0) & (old["c"] > 0), draws="all").successes < inside.draws
    assert d.difference("a").p_more().successes + d.difference("a").p_same().successes + d.difference("a").p_fewer().successes == N


def test_pairing_is_worth_its_while() -> None:
    found = paired(["plain", "higher"]).difference("a")
    assert found.se < 0.7 * found.unpaired_se
    low, high = found.interval(0.9)
    assert low <= found.quantile(0.5) <= high
    assert str(found.value).endswith("(paired)")


def test_it_shows_itself() -> None:
    d = paired(["plain", "mixed"])
    assert max(map(len, str(d).splitlines())) <= 100
    assert "independents" in d.to_frame()["party"].tolist()
    assert d.to_dict()["rows"][0]["party"] == "a"
    assert "<table>" in d._repr_html_()
    assert "unpaired the error would be" in str(d.difference("a"))


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: ms.simulate_paired(["2026"], POLL), 'laws must be at least 2, such as \\["2021", "2026"\\]'),
        (lambda: ms.simulate_paired(["2026", "2027"], POLL), "2027"),
        (lambda: ms.simulate_paired(["2023", "2026"], POLL, n_draws=100), "district"),
        (lambda: paired(["plain", "higher"], 100)["hihger"], "there is no law 'hihger'; did you mean 'higher'"),
        (lambda: paired(["plain", "higher"], 100).difference("a", "plain"), "law must be another than the first, plain"),
        (lambda: paired(["plain", "higher"], 100).difference("x"), "there is no party 'x'"),
    ],
)
def test_what_cannot_be_is_said(call: Any, said: str) -> None:
    with pytest.raises((SimulationError, LawError), match=said):
        call()


# -- sweeps ----------------------------------------------------------------------------------------------------------------

THRESHOLDS = ["12%", "0%", "2%", "5%", "5.001%", "6%", "25%", "60%", "5%"]


@pytest.mark.parametrize("law", [LAW, MIXED, LAW.replace(no_list_passes="all", fallback=None)])
def test_a_sweep_of_thresholds_is_a_forecast_at_each(law: ms.ElectoralLaw) -> None:
    options = {"n_draws": N, "seed": 1, "coalitions": [["b", "c"]], "districts": BASELINE if law.district_seats else None}
    swept = ms.sweep_forecast(law, POLL, "threshold", THRESHOLDS, **options)
    for value, forecast in zip(THRESHOLDS, swept.forecasts, strict=True):
        assert forecast == ms.simulate(law.replace(threshold=value), POLL, **options), value


@pytest.mark.parametrize("thresholds", [[Fraction(n, 100_000) for n in range(4_900, 5_100)], [Fraction(0)], [Fraction(1, 3), Fraction(1)]])
def test_the_first_threshold_that_a_list_misses_is_that_of_plain_fractions(thresholds: list[Fraction]) -> None:
    votes = np.array([[0, 1, 4_899, 4_900, 4_901, 5_000, 33_333, 33_334, 100_000, 0]])
    base, missed = np.array([100_000] * 9 + [0]), np.zeros((1, 10), np.int32)
    scale = scale_of(thresholds)
    find_missed(votes, base, *scale, np.zeros(10), missed)
    reached = [sum(Fraction(int(mine), 100_000) >= threshold for threshold in thresholds) for mine in votes[0]]
    assert missed[0].tolist() == [*reached[:-1], 0]


def test_floats_tell_the_closest_share_and_threshold_apart() -> None:
    base, votes = 6_366_441, np.array([[1, 318_322, 3_183_221, 6_366_440]])
    den, missed = MOST_PRODUCT // base, np.zeros(votes.shape, np.int32)
    thresholds = sorted({Fraction(int(mine) * den // base + more, den) for mine in votes[0] for more in (0, 1)})
    find_missed(votes, np.full(4, base), *scale_of(thresholds), np.zeros(4), missed)
    assert missed[0].tolist() == [sum(Fraction(int(mine), base) >= threshold for threshold in thresholds) for mine in votes[0]]


def test_where_nobody_votes_the_first_threshold_is_missed() -> None:
    votes, base, missed = np.array([[0, 1, 5, 4]]), np.array([0, 1, 10, 10]), np.zeros((1, 4), np.int32)
    find_missed(votes, base, *scale_of([Fraction(0), Fraction(1, 2)]), np.zeros(4), missed)
    assert missed.tolist() == [[0, 2, 2, 1]]


def test_thresholds_that_floats_do_not_tell_apart_are_counted_one_by_one() -> None:
    options = {"n_draws": 1_000, "seed": 1, "votes": 1_000_000}
    values = [Fraction(1, 20), Fraction(1, 20) + Fraction(1, 10**11)]
    laws = [pack(ask(LAW.replace(threshold=value), POLL, "total", votes=10**6), 1) for value in [*values, "5.000001%"]]
    assert [differ_in_threshold([laws[0], law]) for law in laws[1:]] == [False, False]  # the latter has other voters
    assert [differ_in_threshold([law, law]) for law in laws] == [True, False, True]
    for value, forecast in ms.sweep_forecast(LAW, POLL, "threshold", values, **options):
        assert forecast == ms.simulate(LAW.replace(threshold=value), POLL, **options)


@pytest.mark.parametrize(("field", "values"), [("list_seats", [5, 20, 98]), ("district_seats", [0, 2])])
def test_a_sweep_of_another_field_is_a_forecast_at_each(field: str, values: list[Any]) -> None:
    swept = ms.sweep_forecast(MIXED, POLL, field, values, n_draws=5_000, seed=1, districts=BASELINE)
    for value, forecast in swept:
        assert forecast == ms.simulate(MIXED.replace(**{field: value}), POLL, districts=BASELINE, n_draws=5_000, seed=1)


def test_a_sweep_shows_itself_and_refuses_nonsense() -> None:
    swept = ms.sweep_forecast(LAW, POLL, "threshold", ["5%", "7%"], n_draws=2_000, seed=1)
    assert str(swept).splitlines()[0].split() == ["threshold", *"abcd"]
    assert [row["p_enters"] for row in swept.rows() if row["party"] == "c"] == [f.p_enters("c").value for _, f in swept]
    for field, values, said in (
        ("treshold", ["5%"], "treshold"),
        ("threshold", [], "values must be between 1"),
        ("threshold", 5, "threshold must lie in"),
    ):
        with pytest.raises((SimulationError, LawError), match=said):
            ms.sweep_forecast(LAW, POLL, field, values, n_draws=100, seed=1)


def test_a_sweep_of_polls_is_the_sweep_of_their_forecast() -> None:
    asked = {"n_draws": 2_000, "seed": 1}
    polls = ms.Polls([POLL])
    for centre in (POLL, polls, polls.pooled()):
        swept = ms.sweep(LAW, centre, "threshold", ["5%", "7%"], **asked)
        assert swept.to_dict() == ms.sweep_forecast(LAW, centre, "threshold", ["5%", "7%"], **asked).to_dict()
    with pytest.raises(SimulationError, match="between is for a sweep of votes, not of polls"):
        ms.sweep(LAW, POLL, "threshold", ["5%"], between=("0%", "5%"))
    with pytest.raises(SimulationError, match="n_draws is for a sweep of polls, not of votes"):
        ms.sweep(LAW, {"a": 5, "b": 3}, "threshold", n_draws=100)
