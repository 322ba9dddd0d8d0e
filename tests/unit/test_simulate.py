"""What `simulate` takes and refuses; what it says of its centre, its base and its districts."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import mazhilis_sim as ms
from mazhilis_sim.kernels.cpu.block import LANES
from mazhilis_sim.simulation.drawing import packing
from mazhilis_sim.simulation.drawing.packing import pack
from mazhilis_sim.simulation.engines import threads
from mazhilis_sim.simulation.question import ask
from on_record import KNOWN, Known, quiet_polls

LAW = ms.law("2026")
POLL = ms.Poll({"a": 0.6, "b": 0.3, "c": 0.06, "against_all": 0.04}, sample_size=1000)
DISTRICT = ms.District(1, (ms.Candidate("x", "a", 60), ms.Candidate("y", "d", 30), ms.Candidate("z", "independents", 10)))
ONE = ms.DistrictVotes((DISTRICT,), {"a": 0.5})
MODELS = ("margin", "multinomial", "dirichlet", "total")


def simulate(law: Any = LAW, centre: Any = POLL, **more: Any) -> ms.SeatDistribution:
    """Simulate a little."""
    return ms.simulate(law, centre, **{"n_draws": 20, "seed": 1, "threads": 1, **more})


# -- arguments -------------------------------------------------------------------------------------------------------

BAD = [
    ({"law": "2026"}, ms.SimulationError, r"law must be an ElectoralLaw, got '2026'; write ms\.law\(\"2023\"\)"),
    ({"centre": {"a": 0.6}}, ms.PollError, "the centre of a simulation must be a Poll, Polls or an Election, got dict"),
    ({"model": "totl"}, ms.SimulationError, "there is no model 'totl'; did you mean 'total'"),
    ({"law": POLL, "centre": LAW}, ms.SimulationError, r"law must be an ElectoralLaw, got .*; write the law first, then the polls: ms.sim"),
    (
        {"law": ms.law("2023"), "centre": 2023},
        ms.PollError,
        r"must be a Poll, Polls or an Election, got 2023; write ms\.load_polls\(2023\)",
    ),
    ({"coalitions": 3}, ms.SimulationError, r'coalitions must be a sequence such as \[\["auyl", "aq_jol"\]\], got 3'),
    ({"coalitions": None}, ms.SimulationError, "coalitions must be a sequence such as .*, got None"),
    ({"n_draws": 0}, ms.SimulationError, "n_draws must be a whole number of at least 1, got 0"),
    ({"n_draws": -5}, ms.SimulationError, "n_draws must be a whole number of at least 1, got -5"),
    ({"n_draws": 1.5}, ms.SimulationError, r"n_draws must be a whole number of at least 1, got 1\.5"),
    (
        {"n_draws": "1,000"},
        ms.SimulationError,
        r"n_draws must be a whole number of at least 1, got '1,000'; write 1000, without separators",
    ),
    ({"n_draws": True}, ms.SimulationError, "n_draws must be a whole number"),
    ({"n_draws": None}, ms.SimulationError, "n_draws must be a whole number"),
    ({"seed": -1}, ms.SimulationError, r"seed must be a whole number in \[0, 2\*\*64\), got -1"),
    ({"seed": 2**64}, ms.SimulationError, r"seed must be a whole number in \[0, 2\*\*64\), got 18446744073709551616"),
    ({"seed": 1.5}, ms.SimulationError, "seed must be a whole number"),
    ({"seed": True}, ms.SimulationError, "seed must be a whole number"),
    ({"start": -1}, ms.SimulationError, "start must not be negative, got -1"),
    ({"start": 0.5}, ms.SimulationError, "start must be a whole number"),
    ({"start": 2**63 - 19}, ms.SimulationError, r"the number of the last draw must lie below 2\*\*63, got 9223372036854775808"),
    ({"threads": 0}, ms.SimulationError, "threads must be a whole number between 1 and 1,024, got 0"),
    ({"threads": "all"}, ms.SimulationError, "threads must be a whole number between 1 and 1,024, got 'all'"),
    ({"threads": 10_000_000}, ms.SimulationError, "threads must be a whole number between 1 and 1,024, got 10000000; leave it out for one"),
    ({"block": 0}, ms.SimulationError, "block must be a whole number of at least 1, got 0"),
    ({"votes": 0}, ms.SimulationError, "votes must be a whole number of at least 1, got 0"),
    ({"votes": 1e6 + 0.5}, ms.SimulationError, "votes must be a whole number of at least 1"),
    ({"votes": 2**62}, ms.SimulationError, r"votes must be at most [\d,]+ to be counted exactly, got 4,611,686,018,427,387,904"),
    ({"votes": 2**51}, ms.SimulationError, r"votes must be at most 2,251,799,813,685,24\d to be counted exactly"),
    ({"law": LAW.replace(list_seats=10**9)}, ms.SimulationError, "a simulated chamber must have at most 100,000 seats, got 1,000,0"),
    ({"coalitions": [["a", "z"]]}, ms.SimulationError, "there is no party 'z'; known: a, b, c"),
    ({"coalitions": ["ab"]}, ms.SimulationError, r"a coalition must be a sequence such as .*, got 'ab'"),
    ({"coalitions": [[]]}, ms.SimulationError, r"a coalition must name its parties in a list, such as .*, got \[\]"),
    ({"coalitions": [3]}, ms.SimulationError, r"a coalition must be a sequence such as .*, got 3"),
    ({"districts": {"a": 1}}, ms.SimulationError, "districts must be DistrictVotes or an Election, got dict"),
    (
        {"district_model": "districts"},
        ms.SimulationError,
        r"district_model must be a Districts, got 'districts'; write ms.models.Districts\(",
    ),
    ({"progress": "yes"}, ms.SimulationError, "progress must be True, False or a function"),
    ({"law": LAW.replace(base="cast")}, ms.SimulationError, r'polls know no invalid ballots, .* write law\.replace\(base="valid"\)'),
    ({"law": ms.law("2004")}, ms.LawError, "districts of law 2004 need an absolute majority and a second round"),
    (
        {"law": ms.law("2023")},
        ms.LawError,
        r"fills 29 seats in districts, and no district votes are given; .*law\.replace\(district_seats=0\)",
    ),
    ({"law": ms.law("2023"), "districts": ONE}, ms.LawError, "districts must be 29, as many as law 2023 has, got 1"),
    ({"law": ms.law("2023"), "districts": ms.load_election(2021)}, ms.LawError, "no district votes are given"),
]


@pytest.mark.parametrize(("arguments", "error", "said"), BAD)
def test_an_argument_that_cannot_be_says_why(arguments: dict[str, Any], error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        simulate(**arguments)


def test_an_election_without_districts_is_no_baseline_even_where_the_polls_bring_one() -> None:
    with pytest.raises(ms.LawError, match="no district votes are given"):
        simulate(ms.law("2023"), quiet_polls(2023), districts=ms.load_election(2016))


@pytest.mark.parametrize(
    "numbers",
    [
        {"n_draws": np.int64(20), "seed": np.uint64(1), "threads": np.int32(1), "start": np.int8(0), "block": np.int64(7)},
        {"n_draws": 2e1, "seed": 1.0, "threads": "1", "start": "0", "block": "7"},
        {"n_draws": "20", "seed": "1", "votes": "6_366_441"},
    ],
)
def test_whole_numbers_of_any_kind(numbers: dict[str, Any]) -> None:
    assert simulate(**numbers).to_dict() == simulate().to_dict()


def test_the_ends_of_seeds_and_draws() -> None:
    for seed, start in ((0, 0), (2**64 - 1, 2**63 - 20), (2**32, 2**32 - 10)):
        f = simulate(seed=seed, start=start)
        assert (f.seed, f.spans) == (seed, ((start, start + 20),))
    assert len({tuple(simulate(seed=seed, model="total").histogram("a")) for seed in (1, 2, 2**32 + 1, 2**63 + 1)}) == 4


def test_no_seed_draws_one_and_records_it() -> None:
    one, two = simulate(seed=None), simulate(seed=None)
    assert one.seed != two.seed
    assert simulate(seed=one.seed).to_dict() == one.to_dict()


def test_progress_is_told_and_stops_the_run_when_it_raises() -> None:
    told: list[tuple[int, int]] = []
    simulate(n_draws=3000, block=500, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (3000, 3000)
    assert [done for done, _ in told] == sorted(done for done, _ in told)

    def interrupt(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        simulate(n_draws=3000, block=500, progress=interrupt)


def test_a_short_run_shows_no_bar(capfd: pytest.CaptureFixture[str]) -> None:
    simulate(progress=True)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("law", "said"),
    [
        (LAW.replace(list_seats=1, threshold=0, ties="error"), "have no result in the law as chosen"),
        (LAW.replace(threshold="45%", second_place_tie="error"), "have no result in the law as chosen"),
        (
            LAW.replace(threshold="45%", fallback=ms.Fallback(weight=0, floor=80), floor_excess="error"),  # type: ignore[arg-type]
            "have no result in the law as chosen",
        ),
    ],
)
def test_draws_that_the_user_wants_to_be_an_error_are_one(law: ms.ElectoralLaw, said: str) -> None:
    shares = {"a": 0.5, "b": 0.5} if law.list_seats == 1 else {"a": 0.6, "b": 0.2, "c": 0.2}
    poll = ms.Poll(shares, sample_size=10**9)
    with pytest.raises(ms.AllocationError, match=said):
        simulate(law, poll, votes=10, model="multinomial")


# -- the centre ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", ["margin", "multinomial", "dirichlet", ms.models.Total(sigma=0)])
@pytest.mark.parametrize("known", KNOWN, ids=lambda known: known.law)
def test_an_election_without_error_gives_the_official_seats(known: Known, model: Any) -> None:
    election = ms.Election(list_votes=known.votes, against_all=known.against_all)
    f = simulate(ms.law(known.law).replace(district_seats=0), election, model=model)
    assert [f.mean(party) for party in known.votes] == known.seats
    assert all(f.se(party) == 0 for party in known.votes)
    assert list(f.point["list"].values()) == known.seats


def test_total_keeps_its_own_error_around_an_election() -> None:
    f = simulate(ms.law("2023"), ms.load_election(2023), n_draws=500)
    assert f.se("amanat", "list") > 0


def test_the_centre_of_2023_is_the_official_chamber() -> None:
    election = ms.load_election(2023)
    f = simulate(ms.law("2023"), election)
    assert f.point["list"] == election.official_seats["list"]
    assert f.point["total"] == {**dict.fromkeys(f.parties, 0), **election.official_seats["total"]}


@pytest.mark.parametrize("model", MODELS)
def test_a_share_of_zero_stays_zero(model: str) -> None:
    poll = ms.Poll({"a": 0.6, "b": 0.0, "c": 0.4}, sample_size=100)
    f = simulate(LAW.replace(threshold="0.01%"), poll, model=model, n_draws=300)
    assert (f.p_enters("b").value, f.mean("b")) == (0, 0)
    assert simulate(LAW.replace(threshold=0), poll, model=model).p_enters("b").value == 1


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("votes", [1, 2, 3, 5, 17])
def test_list_seats_are_all_or_none_however_few_the_votes(model: str, votes: int) -> None:
    """None where no vote is cast after rounding, or no list has what the law asks for; all elsewhere."""
    poll = ms.Poll({chr(97 + i): 1 / 16 for i in range(15)} | {"against_all": 1 / 16}, sample_size=10)
    cast = np.rint(votes * ms.simulate_shares(poll, model=model, n_draws=200, seed=1))
    least = np.maximum(cast.sum(axis=1) / 20, 1)
    laws = (
        (LAW.replace(list_seats=5), cast[:, :-1].max(axis=1) >= least),
        (LAW.replace(threshold=0), cast[:, :-1].any(axis=1)),
        (LAW.replace(threshold="20%", no_list_passes="all"), cast[:, :-1].any(axis=1)),
    )
    for law, filled in laws:
        f = simulate(law, poll, model=model, votes=votes, n_draws=200)
        assert f.draws(200).sum(axis=1).tolist() == (filled * law.list_seats)[f.draw_numbers(200)].tolist()


def test_few_votes_make_coarse_shares() -> None:
    coarse, fine = (simulate(LAW.replace(threshold=0), votes=votes, n_draws=600).histogram("a") for votes in (10, 10**6))
    assert np.count_nonzero(coarse) < 25 < 40 < np.count_nonzero(fine)


# -- the base --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", MODELS)
def test_a_base_of_parties_alone_leaves_out_votes_against_all(model: str) -> None:
    # 49 of 1,000 are below 5 %, 49 of 949 above
    election = ms.Election(list_votes={"a": 800, "b": 100, "c": 49}, against_all=51)
    law = LAW.replace(base="parties")
    f = simulate(law, election, model=ms.models.Total(sigma=0) if model == "total" else model)
    assert f.p_enters("c").value == 1
    # of 145 seats the quota is 949 / 145: 122.2, 15.3 and 7.49, so that the last seat goes to c
    assert f.point["list"] == {"a": 122, "b": 15, "c": 8}
    assert simulate(LAW, election, model="multinomial").p_enters("c").value == 0


@pytest.mark.parametrize("model", MODELS)
def test_entering_is_likelier_where_the_base_is_smaller(model: str) -> None:
    poll = ms.Poll({"a": 0.8, "c": 0.045, "against_all": 0.155}, sample_size=2000)
    valid, parties = (simulate(LAW.replace(base=base), poll, model=model, n_draws=2000).p_enters("c") for base in ("valid", "parties"))
    assert 0 < valid.value < parties.value - 10 * parties.se


# -- districts -------------------------------------------------------------------------------------------------------


def test_parties_without_a_list_have_columns_of_their_own_and_independents_stand_last() -> None:
    f = simulate(LAW.replace(district_seats=1), districts=ONE, n_draws=500)
    assert f.parties == ("a", "b", "c", "d", "independents")
    assert f.lists == ("a", "b", "c")
    assert sum(f.mean(p, "district") for p in f.parties) == pytest.approx(1)
    assert f.mean("a", "district") > f.mean("d", "district") > 0
    with pytest.raises(ms.SimulationError, match="'d' has no list, only candidates in districts; the lists are a, b, c"):
        f.p_enters("d")
    assert f.mean("d", "list") == 0


def test_districts_do_not_change_the_list_seats() -> None:
    with_districts = simulate(LAW.replace(district_seats=1), districts=ONE, n_draws=500)
    without = simulate(LAW, n_draws=500)
    for party in without.parties:
        assert (with_districts.histogram(party, "list") == without.histogram(party, "list")).all()


def test_polls_on_record_and_elections_bring_their_districts() -> None:
    law, polls, election = ms.law("2023"), quiet_polls(2023), ms.load_election(2023)
    brought = simulate(law, polls).question.districts
    assert brought is not None
    assert election.districts is not None
    assert [district.number for district in brought if district.answers] == [3]  # which was polled, and names who was not named
    assert [one for one in brought if not one.answers] == [one for one in election.districts if one.number != 3]
    assert simulate(law, election).question.districts == election.districts
    by_votes = simulate(law, polls.final(), districts=election.districts)
    assert simulate(law, polls.final(), districts=election).to_dict() == by_votes.to_dict()


def test_a_law_without_districts_needs_no_baseline() -> None:
    assert simulate(ms.law("2023").replace(district_seats=0)).question.districts is None


def test_exact_ties_of_districts_are_settled_by_lot_and_counted() -> None:
    still = ms.models.Districts(0, 0, 0, 0, 0)
    level = ms.District(1, tuple(ms.Candidate(p, p, 10) for p in ("a", "b", "d")))
    f = simulate(LAW.replace(district_seats=1), districts=ms.DistrictVotes((level,)), district_model=still, n_draws=900)
    assert f.district_ties == 900
    for party in ("a", "b", "d"):
        assert abs(f.mean(party, "district") - 1 / 3) < 5 * (2 / 9 / 900) ** 0.5


def test_without_error_the_districts_are_those_of_the_baseline() -> None:
    still = ms.models.Districts(0.5, 0, 0, 0, 0)
    election = ms.load_election(2023)
    f = simulate(ms.law("2023"), election, model="multinomial", district_model=still)
    assert {p: f.mean(p) for p in f.parties if f.mean(p)} == {p: n for p, n in election.official_seats["total"].items() if n}
    assert f.district_ties == 0


def test_unnamed_candidates_never_win_without_error() -> None:
    block = ms.District(1, (ms.Candidate("x", "a", 30), ms.Candidate("y", "b", 20)), unnamed_candidates=3, unnamed_votes=50)
    still = ms.models.Districts(0, 0, 0, 0, 0)
    f = simulate(LAW.replace(district_seats=1), districts=ms.DistrictVotes((block,)), district_model=still, n_draws=200)
    assert f.mean("a", "district") == 1


# -- Ctrl-C ----------------------------------------------------------------------------------------------------------

LONG = """
from numba.core import event
import mazhilis_sim as ms

class Compiles(event.Listener):
    def on_start(self, _event):
        print("compiles", flush=True)

    def on_end(self, _event):
        pass

poll = ms.Poll({"a": 0.6, "b": 0.4}, sample_size=1000)
event.register("numba:compile", Compiles())
ms.simulate(ms.law("2026"), poll, n_draws=10**13, block=10**12, seed=1, threads=100, progress=lambda done, of: print("goes", flush=True))
"""


def interrupted_at(first: str, cache: Path) -> tuple[list[str], str]:
    """Start a run of days, interrupt it at a line that it prints, and return all of these and the last line of its end."""
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(cache)}
    with subprocess.Popen(
        [sys.executable, "-c", LONG], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdout is not None
        try:
            lines = [process.stdout.readline()]
            while lines[-1] not in (f"{first}\n", ""):
                lines.append(process.stdout.readline())
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=60)
        finally:
            process.kill()  # one that goes on
    return [line.strip() for line in lines] + out.splitlines(), err.strip().splitlines()[-1]


@pytest.mark.posix
def test_ctrl_c_stops_a_run_of_long_blocks_on_many_threads() -> None:
    lines, end = interrupted_at("goes", Path(os.environ["NUMBA_CACHE_DIR"]))
    assert end == "KeyboardInterrupt"
    assert lines[-1] == "goes"


@pytest.mark.posix
def test_ctrl_c_stops_the_compiler(tmp_path: Path) -> None:
    lines, end = interrupted_at("compiles", tmp_path)
    assert end == "KeyboardInterrupt"
    assert set(lines) == {"compiles"}
    assert not list(tmp_path.rglob("*run_block*.nbc"))  # it did not come to an end


def test_ctrl_c_that_is_lost_where_the_compiler_calls_back_is_raised_at_its_end() -> None:
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    after = []
    with pytest.raises(KeyboardInterrupt), threads.interruptible():
        with contextlib.suppress(KeyboardInterrupt):  # as a callback of the compiler's does
            signal.raise_signal(signal.SIGINT)
        after.append("goes on")
    assert after == ["goes on"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_more_threads_than_the_system_starts_are_refused_with_how_many_it_does(monkeypatch: pytest.MonkeyPatch) -> None:
    sound, asked = threads.ThreadPoolExecutor.submit, []

    def submit(pool: Any, *words: Any) -> Any:
        asked.append(words)
        if len(asked) > 3:
            raise RuntimeError("can't start new thread")
        return sound(pool, *words)

    monkeypatch.setattr(threads.ThreadPoolExecutor, "submit", submit)
    with pytest.raises(ms.SimulationError, match="the system starts only 3 threads; ask for fewer"):
        simulate(n_draws=8000, block=1000, threads=8)


def test_whoever_handles_ctrl_c_otherwise_goes_on_doing_so() -> None:
    heard: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _frame: heard.append(number))
    try:
        with threads.interruptible():
            signal.raise_signal(signal.SIGINT)
    finally:
        signal.signal(signal.SIGINT, before)
    assert heard == [signal.SIGINT]


@pytest.mark.parametrize("parties", [7, 1000, 5000])
def test_the_more_parties_the_fewer_draws_stand_between_two_looks_for_ctrl_c(parties: int) -> None:
    """Draws times parties that one call of a kernel runs, in which no signal is heard, are bounded."""
    law, poll = ms.law("2026", threshold=0), ms.Poll({f"p{n}": 1 / parties for n in range(parties)}, sample_size=900)
    packed = pack(ask(law, poll, "multinomial"), 1)
    assert packed.at_once >= LANES
    assert packed.at_once * parties <= max(1 << 20, LANES * parties)


def test_many_parties_are_drawn_in_parts_that_change_no_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = simulate(n_draws=3000, threads=1)
    chambers = whole.draws(3000)
    monkeypatch.setattr(packing, "CELLS", 1)
    parts = simulate(n_draws=3000, threads=1)
    assert parts == whole
    assert (parts.draws(3000) == chambers).all()


AT_THE_THRESHOLD = dict(zip("abcdefg", (5261729, 360347, 396240, 65065, 89153, 467812, 320494), strict=True))
"""List b has exactly a twentieth of 7,206,940 votes."""


@pytest.mark.parametrize("times", [1, 3, 10**6])  # in 32 bits, in 64, and beyond what any float of 32 bits tells apart
@pytest.mark.parametrize("model", ["margin", "multinomial", "dirichlet", ms.models.Total(sigma=0)])
def test_an_election_exactly_at_the_threshold_comes_out_as_it_was(model: Any, times: int) -> None:
    law, votes = ms.law("2026"), {party: times * n for party, n in AT_THE_THRESHOLD.items()}
    election = ms.Election(list_votes=votes, against_all=246100 * times)
    f = simulate(law, election, model=model, n_draws=300, seed=1, threads=1)
    expected = ms.allocate(law, votes, 246100 * times).seats
    assert f.point["list"] == expected
    assert (f.draws(300, "list")[:, :7] == list(expected.values())).all()
    assert f.p_enters("b").value == 1


@pytest.mark.parametrize("votes", [1, 2])
def test_draws_in_which_no_list_has_a_vote_have_no_allocation(votes: int) -> None:
    """One ballot rounds to none for all of three lists where none has half of it; the kept chambers tell in which draws."""
    f = ms.simulate(ms.law("2026"), ms.Poll({"a": 0.5, "b": 0.3, "c": 0.2}, sample_size=900), n_draws=1000, seed=1, votes=votes)
    empty = int((f.draws(1000).sum(axis=1) == 0).sum())
    assert f.p_no_allocation().successes == empty
    assert (empty > 100) == (votes == 1)


@pytest.mark.parametrize("choice", ["error", "top_two", "all"])
def test_draws_in_which_no_list_passes_are_told_whatever_is_chosen_for_them(choice: str) -> None:
    law = ms.law("2026", threshold="55%", no_list_passes=choice)
    f = ms.simulate(law, ms.Poll({"a": 0.55, "b": 0.45}, sample_size=900), n_draws=1000, seed=1)
    assert f.p_no_allocation() == f.p_event("no_list")
    assert 100 < f.p_no_allocation().successes < 900


DRAWN: list[dict[str, Any]] = [
    *({"margin": margin} for margin in (1e-300, 1e-12, 0.4999)),
    *({"sample_size": 1000, "design_effect": effect} for effect in (1e-300, "1e-9")),
    {"margin": 0.03, "confidence": 1 - 1e-16},
    {"sample_size": 1},
]
REFUSED: list[dict[str, Any]] = [
    *({"sample_size": 1000, "design_effect": effect} for effect in (10**400, 1e300)),
    *({"margin": 0.03, "confidence": level} for level in (1e-16, 1e-300)),
    {"sample_size": Decimal("sNaN")},
]


def in_words(given: dict[str, Any]) -> str:
    return " ".join(f"{key}={str(value)[:20]}" for key, value in given.items())


@pytest.mark.parametrize("model", ["margin", "multinomial", "dirichlet", "total"])
@pytest.mark.parametrize("given", DRAWN, ids=in_words)
def test_extremes_of_polls_are_drawn(given: dict[str, Any], model: str) -> None:
    f = ms.simulate(ms.law("2026"), ms.Poll({"a": 0.5, "b": 0.3, "c": 0.2}, **given), model=model, n_draws=20, seed=1)
    assert f.draws(20).sum(axis=1).tolist() == [145] * 20


@pytest.mark.parametrize("given", REFUSED, ids=in_words)
def test_extremes_of_polls_that_cannot_be_are_refused(given: dict[str, Any]) -> None:
    with pytest.raises(ms.PollError, match="must (leave the size of|be a number that floats hold|be a whole number)"):
        ms.Poll({"a": 0.5, "b": 0.3, "c": 0.2}, **given).n_eff  # noqa: B018 - asked for, it is computed


@pytest.mark.parametrize(
    "given", [{"sigma_bias": 1e308}, {"sigma": 1e308}, {"tau": 1e308}, {"bias": {"a": 1e308}}, {"bias": {"a": -1e308}}], ids=str
)
def test_what_no_log_share_can_be_is_no_parameter(given: dict[str, Any]) -> None:
    with pytest.raises(ms.SimulationError, match=f"{next(iter(given))}.* must be a number of at (most|least) -?1e\\+06"):
        ms.models.Total(**given)
    with pytest.raises(ms.SimulationError, match="beta must be a number of at most"):
        ms.models.Districts(beta=1e308)


def test_a_law_of_long_fractions_says_how_to_shorten_them() -> None:
    with pytest.raises(
        ms.SimulationError, match=r'votes must be at most 919 .*; write the law\'s shares shorter, such as "33.33%" for 1/3'
    ):
        ms.simulate(ms.law("2026", threshold=1 / 3), ms.Poll({"a": 0.5, "b": 0.3, "c": 0.2}, sample_size=900), n_draws=20)
