"""Questions of whole chambers: identities, the oracle, all draws against the tallies, and planted faults."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import mazhilis_sim as ms
from mazhilis_sim.errors import SimulationError

LAW = ms.law("2026").replace(list_seats=20)
POLL = ms.Poll({"a": 0.55, "b": 0.2, "c": 0.06, "d": 0.05, "against_all": 0.14}, sample_size=600)
CANDIDATES = (ms.Candidate("A. A.", "a", 60), ms.Candidate("B. B.", "b", 55), ms.Candidate("I. I.", "independents", 30))
BASELINE = ms.DistrictVotes((ms.District(1, CANDIDATES, "north"), ms.District(2, CANDIDATES, "south")), {"a": 0.6, "b": 0.3})
MIXED = LAW.replace(district_seats=2)
N = 12_000


@cache
def run(seed: int = 1, law: ms.ElectoralLaw = LAW, n: int = N) -> ms.SeatDistribution:
    return ms.simulate(law, POLL, districts=BASELINE if law.district_seats else None, n_draws=n, seed=seed)


# -- all draws, simulated again --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("law", [LAW, MIXED], ids=["lists", "mixed"])
def test_all_draws_say_what_the_tallies_say(law: ms.ElectoralLaw) -> None:
    f = run(law=law)
    for party in f.parties:
        for seats in (1, 5, 11):
            assert f.p(lambda s, p=party, n=seats: s[p] >= n, draws="all").successes == f.p_at_least(party, seats).successes
    assert f.p(lambda s: s["c"] > 0, draws="all", tier="list").successes == f.p_admitted("c").successes
    sums = f.joint("a", "b", draws="all").counts
    assert sums.sum(axis=1).tolist() == f.histogram("a").tolist()
    assert sums.sum(axis=0).tolist() == f.histogram("b").tolist()


def test_chambers_are_the_rows_of_simulated_shares_counted_by_the_oracle() -> None:
    f = run()
    chambers = f.chambers(300, 340)
    blocks = list(ms.stream(LAW, POLL, n_draws=40, seed=1, start=300))
    shares = ms.simulate_shares(POLL, n_draws=40, seed=1, start=300)
    assert np.array_equal(np.concatenate([block.shares for block in blocks]), shares)
    for row, votes in enumerate(blocks[0].votes.tolist()):
        against = round(shares[row, -1] * 6_366_441)
        assert np.abs(shares[row, :4] * 6_366_441 - votes).max() <= 1
        counted = ms.allocate(LAW, dict(zip("abcd", votes, strict=True)), against_all=against).seats
        assert chambers[row].tolist() == list(counted.values()), row


def test_the_draws_kept_are_those_that_their_numbers_name() -> None:
    f = run(law=MIXED)
    numbers, draws = f.draw_numbers(500), f.draws(500)
    assert (np.diff(numbers) > 0).all()
    assert np.array_equal(f.chambers(0, N)[numbers], draws)
    assert set(f.draw_numbers(50).tolist()) < set(numbers.tolist())


def test_another_stream_refuses_to_simulate_again() -> None:
    old = replace(run(), stream=1)
    for ask in (lambda: old.p(lambda s: s["a"] > 3, draws="all"), lambda: old.chambers(0, 5), lambda: old.write_draws("x.parquet")):
        with pytest.raises(SimulationError, match="random stream 1, and this version draws stream"):
            ask()
    assert old.p(lambda s: s["a"] > 3).draws == 10_000


# -- events ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("draws", ["kept", "all"])
def test_total_probability(draws: str) -> None:
    f = run(law=MIXED)
    p, given = f.p(lambda s: s["b"] > 4, draws=draws), lambda s: s["c"] > 0
    inside, outside = (f.p(lambda s: s["b"] > 4, given=g, draws=draws) for g in (given, lambda s: ~given(s)))
    assert inside.successes + outside.successes == p.successes
    assert inside.draws + outside.draws == p.draws
    joint = f.joint("b", "c", draws=draws)
    assert joint.draws == p.draws
    assert joint.counts[5:].sum() == p.successes
    assert sum(joint.p(i, j).successes for i, j, _ in joint.pairs()) == joint.draws
    assert sum(f.p_greater(*pair, draws=draws).successes for pair in ("bc", "cb")) + np.trace(joint.counts) == joint.draws


def test_what_is_asked_of_every_draw_tells_how_far_it_is(tmp_path: Path) -> None:
    f, n = run(), run().n_draws
    asked: dict[str, Callable[[Any], Any]] = {
        "p": lambda told: f.p(lambda s: s["b"] > 4, draws="all", progress=told),
        "p_greater": lambda told: f.p_greater("a", "b", draws="all", progress=told),
        "joint": lambda told: f.joint("a", "b", draws="all", progress=told),
        "correlation": lambda told: f.correlation(draws="all", progress=told),
        "write_draws": lambda told: f.write_draws(tmp_path / "draws.parquet", progress=told),
    }
    for name, ask in asked.items():
        steps: list[tuple[int, int]] = []
        ask(lambda done, total, steps=steps: steps.append((done, total)))
        assert [total for _, total in steps] == [n] * len(steps), name
        assert [done for done, _ in steps] == sorted({done for done, _ in steps}), name
        assert steps[-1][0] == n, name


def test_correlations_are_those_of_numpy() -> None:
    f = run()
    found, chambers = f.correlation(), f.draws(10_000)
    assert np.allclose(found.values, np.corrcoef(chambers.T))
    assert found.of("a", "b") == found.values[0, 1] < 0
    still = ms.simulate(LAW, ms.Poll({"a": 0.9, "b": 0.099, "z": 0.001}, sample_size=10**6), model="multinomial", n_draws=100, seed=1)
    assert np.isnan(still.correlation().of("z", "a"))
    assert "z" in " ".join(still.correlation().notes())


def test_the_likeliest_chambers_are_counted() -> None:
    f = run()
    found, chambers = f.likeliest(5), [tuple(row) for row in f.draws(10_000).tolist()]
    for seats, times in zip(found.seats.tolist(), found.times, strict=True):
        assert chambers.count(tuple(seats)) == times
    assert list(found.times) == sorted(found.times, reverse=True)
    assert f.likeliest(10**6).draws == sum(f.likeliest(10**6).times)


WRONG = {
    "a party": (lambda s: s["e"] > 0, "there is no party 'e'"),
    "no array": (lambda _: True, "what the event returns must be True or False for each of 10,000 draws, got True"),
    "numbers": (lambda s: s["a"], "what the event returns must be True or False"),
    "one number": (lambda s: (s["a"] > 0).any(), "what the event returns must be"),
    "words": (lambda s: s["a"] > 0 and s["b"] > 0, "with & | ~ for and, or, not"),
    "a change": (lambda s: s["a"].sort() or s["a"] > 3, "the event raised ValueError"),
    "no function": ("a > b", "event must be a function of seats by party, got 'a > b'"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_a_wrong_event_is_one_line(kind: str) -> None:
    event, said = WRONG[kind]
    with pytest.raises(SimulationError) as caught:
        run().p(event)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_condition_that_never_happens_is_said() -> None:
    with pytest.raises(SimulationError, match='the condition happened in no draw; ask draws="all"'):
        run().p(lambda s: s["a"] > 0, given=lambda s: s["a"] > 20)


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda f: f.chambers(5, N + 1), r"draws must lie in those of the run, \[0, 12000\), got \[5, 12001\)"),
        (lambda f: f.chambers(9, 5), "stop must be a whole number between 9"),
        (lambda f: f.p(lambda s: s["a"] > 0, draws="some"), "draws must be one of kept, all"),
        (lambda f: f.joint("a", "aa"), "there is no party 'aa'"),
        (lambda f: f.likeliest(0), "n must be a whole number of at least 1"),
    ],
)
def test_wrong_arguments_are_said(ask: Any, said: str) -> None:
    with pytest.raises(SimulationError, match=said):
        ask(run())


# -- differences -----------------------------------------------------------------------------------------------------------

CHANCES = {
    "enters": lambda f: f.p_enters("c"),
    "admitted": lambda f: f.p_admitted("c"),
    "at least": lambda f: f.p_at_least("a", 12),
    "majority": lambda f: f.p_majority("a"),
    "coalition": lambda f: f.p_majority(["b", "c"]),
    "fallback": lambda f: f.p_fallback(),
    "event": lambda f: f.p_greater("b", "c"),
}


@pytest.mark.parametrize("kind", CHANCES)
def test_a_chance_less_itself_is_zero_without_error(kind: str) -> None:
    first, again = CHANCES[kind](run()), CHANCES[kind](ms.simulate(LAW, POLL, n_draws=N, seed=1))
    for d in (first - first, *([first - again] if kind != "event" else [])):
        assert (d.value, d.se, d.paired) == (0.0, 0.0, True)


@pytest.mark.parametrize("kind", ["enters", "at least", "majority"])
def test_a_paired_error_is_that_of_the_draws_themselves(kind: str) -> None:
    """What pairs of draws tell, all of which are kept here, against runs of other seeds."""
    other = LAW.replace(threshold="6%")
    pairs = [(run(seed, n=8_000), run(seed, other, 8_000)) for seed in range(1, 13)]
    found = [CHANCES[kind](f) - CHANCES[kind](g) for f, g in pairs]
    spread = float(np.std([d.value for d in found], ddof=1))
    assert all(d.paired for d in found)
    assert 0.4 < found[0].se / spread < 2.5
    unpaired = CHANCES[kind](pairs[0][0]) - CHANCES[kind](run(99, other, 8_000))
    assert not unpaired.paired
    assert unpaired.se > found[0].se


def test_who_entered_in_kept_draws_is_what_all_draws_counted() -> None:
    f = run(n=9_000)
    for party in "abcd":
        for chance in (f.p_enters(party), f.p_admitted(party), f.p_at_least(party, 3)):
            happened, asked = chance.origin.look()
            assert (int(happened.sum()), int(asked.sum())) == (chance.successes, chance.draws)
    for chance in (f.p_fallback(), f.p_tie(), f.p_second_tie(), f.p_no_allocation()):
        assert int(chance.origin.look()[0].sum()) == chance.successes


def test_part_of_the_draws_shared_is_part_of_the_error_shared() -> None:
    f, longer = run(n=8_000), run(n=12_000)
    d = f.p_enters("c") - longer.p_enters("c")
    alone = (f.p_enters("c").se ** 2 + longer.p_enters("c").se ** 2) ** 0.5
    exact = (f.p_enters("c").se ** 2 - longer.p_enters("c").se ** 2) ** 0.5  # of 8,000 against themselves and 4,000 more
    assert d.paired
    assert d.se < alone
    assert d.se == pytest.approx(exact, rel=0.05)


def test_a_probability_forgets_its_run_when_it_is_sent_away() -> None:
    p = run().p_enters("c")
    sent = pickle.loads(pickle.dumps(p))
    assert (sent, sent.origin) == (p, None)
    assert not (sent - p).paired
    assert str(p - p) == "+0.0000 ± 0 (paired)"
    assert float(-(p - sent)) == 0.0
    with pytest.raises(TypeError):
        p - 1


# -- whole draws -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("law", [LAW, MIXED], ids=["lists", "mixed"])
def test_a_stream_is_the_draws_of_the_run(law: ms.ElectoralLaw) -> None:
    f = run(law=law, n=20_000)
    blocks = list(ms.stream(law, POLL, n_draws=20_000, seed=1, districts=BASELINE if law.district_seats else None))
    assert [number for block in blocks for number in block.draws.tolist()] == list(range(20_000))
    assert np.array_equal(np.concatenate([block.seats for block in blocks]), f.chambers(0, 20_000))
    districts = np.concatenate([block.district_seats for block in blocks])
    assert np.array_equal(districts, f.chambers(0, 20_000, "district"))


def test_draws_are_written_whole(tmp_path: Any) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    f = run(law=MIXED)
    f.write_draws(tmp_path / "draws.parquet")
    table = pq.read_table(tmp_path / "draws.parquet")
    assert table["draw"].to_pylist() == list(range(N))
    for party in f.parties:
        assert np.bincount(table[f"seats_{party}"].to_numpy(), minlength=23).tolist() == f.histogram(party).tolist()
        assert np.bincount(table[f"district_seats_{party}"].to_numpy(), minlength=3).tolist() == f.histogram(party, "district").tolist()
    assert np.array_equal(table["share_a"].to_numpy(), ms.simulate_shares(POLL, n_draws=N, seed=1)[:, 0])
    assert table["votes_a"].to_numpy().sum() > 0


def test_a_write_that_fails_leaves_nothing(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from mazhilis_sim.simulation import stream

    monkeypatch.setattr(stream, "columns_of", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run().write_draws(tmp_path / "draws.parquet")
    assert list(tmp_path.iterdir()) == []


def test_rules_and_models_of_a_users_own_stream_too() -> None:
    law = LAW.replace(method=lambda votes, seats: [seats] + [0] * (len(votes) - 1))
    model = ms.models.Own(lambda z, q: np.log(q)[:, None] + 0.2 * z)
    f = ms.simulate(law, POLL, model=model, n_draws=5_000, seed=1)
    blocks = list(ms.stream(law, POLL, model=model, n_draws=5_000, seed=1))
    assert np.array_equal(np.concatenate([block.seats for block in blocks]), f.chambers(0, 5_000))
    assert f.p(lambda s: s["a"] == 20, draws="all").successes == f.p_at_least("a", 20).successes > 4_900
