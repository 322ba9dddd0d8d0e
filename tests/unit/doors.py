"""Every public callable with good arguments; what stands beside a bad one in the test of hostile values."""

from __future__ import annotations

import datetime
import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

import mazhilis_sim as ms
from documentation import public_members
from mazhilis_sim import files, testing
from mazhilis_sim.languages import language
from mazhilis_sim.testing import axioms, rules, strategies


@dataclass(frozen=True)
class Door:
    """A public callable, good arguments by name, and the type of a right answer.

    ``work`` names arguments of which more is more work: what can be read is not tried there.
    """

    call: Callable[..., Any]
    good: dict[str, Any]
    gives: type | tuple[type, ...]
    work: tuple[str, ...] = ()

    def arguments(self) -> dict[str, Any]:
        """Return the good arguments; a callee may change collections."""
        return {name: value.copy() if isinstance(value, (dict, list)) else value for name, value in self.good.items()}


def spoken(code: str) -> str:
    """Speak a language and say which."""
    with ms.speaking(code):
        return language()


# -- what stands beside a bad argument ---------------------------------------------------------------------------------

VOTES = {"a": 620, "b": 210, "c": 70}
LAW = ms.law("2026").replace(list_seats=20)
WITH_DISTRICTS = ms.law("2023").replace(list_seats=20, district_seats=2)
CANDIDATES = (ms.Candidate("A. A.", "a", 60), ms.Candidate("B. B.", "b", 40), ms.Candidate("I. I.", "independents", 10))
BASELINE = ms.DistrictVotes((ms.District(1, CANDIDATES, "north"), ms.District(2, CANDIDATES, "south")), {"a": 0.6, "b": 0.3})
REGIONS = tuple(
    ms.Region(name, name.title(), {"a": 310, "b": 105, "c": 35}, against_all=20, invalid=30, registered=1000, ballots=500)
    for name in ("north", "south")
)
ELECTION = ms.Election.from_regions(REGIONS, name="2030", date="2030-03-19", districts=BASELINE, party_names={"a": "A"})
OLD = {"list_votes": VOTES, "name": "2026", "official_seats": {"list": {"a": 14, "b": 6, "c": 0}}}
BEFORE = ms.Election(**OLD)
SHARES = {"a": 0.62, "b": 0.21, "c": 0.06}


def poll(day: int = 1, **changes: Any) -> ms.Poll:
    """Return a poll without contradictions."""
    when = {"start": "2030-02-01", "date": f"2030-03-0{day}", "election_date": "2030-03-19"}
    return ms.Poll(SHARES, **{"sample_size": 1000, "undecided": 0.11, "pollster": f"Institute {day}"} | when | changes)


POLL = poll()
POLLS = ms.Polls((poll(1), poll(2, kind="exit_poll"), poll(3)), name="2030", law="2026", election_date="2030-03-19")
CENTRE = ms.models.Centre(("a", "b"), (0.6, 0.4), 1000.0)
CASE = ms.Case(ms.Polls((poll(1), poll(2)), name="2030"), ELECTION, LAW, BEFORE)
HARE = rules.CLASSICAL["hare"]
OF_LISTS = ms.load_forecast(Path(__file__).parents[1] / "saved" / "format_2_stream_2_lists.json")
OUTCOME = axioms.Outcome((3, 1), 2, (2, 0), (0, 1))
CHANGES = {
    "name": "mine",
    "list_seats": 20,
    "threshold": "5%",
    "fallback": None,
    "district_seats": 2,
    "appointed_seats": 1,
    "category_share": "30%",
    "base": "valid",
    "no_list_passes": "all",
    "ties": "order",
    "second_place_tie": "order",
    "floor_excess": "floor",
    "district_rule": "plurality",
    "method": "hare",
    "in_force": "2030",
    "articles": (("threshold", "97-1"),),
}
KNOWN_OF_ELECTION = {
    "name": "2030",
    "date": "2030-03-19",
    "law": "2026",
    "districts": BASELINE,
    "party_names": {"a": "A"},
    "official_seats": {"list": {"a": 14}},
    "source": "a gazette",
}
OF_SIMULATE = {
    "model": "total",
    "n_draws": 50,
    "seed": 1,
    "start": 0,
    "threads": None,
    "progress": False,
    "districts": BASELINE,
    "district_model": ms.models.Districts(),
    "coalitions": [("a", "b")],
    "votes": 1000,
    "block": 64,
    "executor": None,
    "engine": None,
}


OF_SEVERAL = {name: value for name, value in OF_SIMULATE.items() if name not in ("block", "executor", "engine", "start")}
"""Of several laws on the same voters."""
OF_STREAM = ("model", "n_draws", "seed", "districts", "district_model", "votes")


def all_to_the_first(votes: list[int], seats: int) -> list[int]:
    """Be a rule."""
    return [seats] + [0] * (len(votes) - 1)


def log_shares(z: Any, q: Any) -> Any:
    """Return log shares of an own model."""
    return np.log(q)[:, None] + 0.2 * z[: len(q)]


@cache
def forecast() -> ms.SeatDistribution:
    """Return a small forecast with lists and districts."""
    return ms.simulate(WITH_DISTRICTS, POLL, districts=BASELINE, n_draws=200, seed=1, threads=1, coalitions=[("a", "b")])


@cache
def backtest() -> ms.Backtest:
    """Return a small backtest."""
    return ms.backtest([CASE], models=["multinomial"], n_draws=100, seed=1)


@cache
def calibration() -> ms.Calibration:
    """Return a small calibration."""
    return ms.calibrate([(POLLS, ELECTION)])


@cache
def report() -> testing.Report:
    """Return a small report."""
    return testing.verify(HARE, axioms="quota", exhaustive=False, max_examples=2)


def of(make: Callable[[], Any], method: str) -> Callable[..., Any]:
    """Return a method of what is made at the first call."""
    return lambda *args, **named: getattr(make(), method)(*args, **named)


def of_forecast(method: str, gives: type, **good: Any) -> Door:
    """Return the door of a forecast's method."""
    return Door(of(forecast, method), good, gives)


OF_PLOT = {"path": None, "names": {"a": "A"}, "title": "Mine"}
SAMPLES = np.array([[1.0, 2.0], [2.0, 3.0], [3.0, 1.0]])
FLOATS = (float, np.floating, np.ndarray)
BOOLS = (bool, np.bool_, np.ndarray)

AXIOM = {
    "definition": "No party wins.",
    "source": "a statute",
    "related": axioms.coherent.related,
    "watcher": axioms.population_monotone.watcher,
    "hunt": axioms.quota.hunt,
    "satisfied_by": ("hare",),
    "needs_law": False,
    "excuses": ("tie",),
}
DOORS: dict[str, Door] = {
    # laws
    "ms.law": Door(ms.law, {**CHANGES, "name": "2023"}, ms.ElectoralLaw),
    "ms.ElectoralLaw": Door(ms.ElectoralLaw, CHANGES, ms.ElectoralLaw),
    "ms.ElectoralLaw.replace": Door(LAW.replace, CHANGES, ms.ElectoralLaw),
    "ms.Fallback": Door(ms.Fallback, {"weight": "70%", "floor": 2}, ms.Fallback),
    # counting
    "ms.Allocation.named": Door(ms.allocate(LAW, {"a": 5, "b": 3}).named, {"names": {"a": "List A"}}, ms.Allocation),
    "ms.allocate": Door(
        ms.allocate,
        {"law": LAW, "votes": VOTES, "against_all": 5, "invalid": 2, "candidates": {"a": 9, "b": 9, "c": 9}, "seed": 1},
        ms.Allocation,
    ),
    "ms.exact.allocate": Door(
        ms.exact.allocate,
        {"law": LAW, "votes": VOTES, "against_all": 5, "invalid": 2, "candidates": {"a": 9, "b": 9, "c": 9}, "seed": 1},
        ms.Allocation,
    ),
    "ms.allocate_many": Door(
        ms.allocate_many, {"law": LAW, "votes": [[5, 3], [4, 2]], "against_all": [1, 0], "invalid": [0, 1], "seed": 1}, np.ndarray
    ),
    "ms.elect": Door(
        ms.elect, {"law": WITH_DISTRICTS, "election": ELECTION, "candidates": {"a": 9, "b": 9, "c": 9}, "seed": 1}, ms.Chamber
    ),
    "ms.plurality": Door(ms.plurality, {"votes": {"x": 10, "y": 7}}, ms.Plurality),
    "ms.plurality_many": Door(ms.plurality_many, {"votes": [[5, 3], [4, 2]]}, tuple),
    # elections and votes
    "ms.find_party": Door(ms.find_party, {"name": "Nur Otan"}, (str, type(None))),
    "ms.load_election": Door(ms.load_election, {"year": 2023}, ms.Election),
    "ms.data.load_election": Door(ms.data.load_election, {"year": 2023}, ms.Election),
    "ms.Election": Door(
        ms.Election,
        {
            "list_votes": VOTES,
            "against_all": 5,
            "invalid": 2,
            "registered": 2000,
            "ballots": 1000,
            "other": 7,
            "regions": {region.id: region for region in REGIONS},
            **KNOWN_OF_ELECTION,
        },
        ms.Election,
    ),
    "ms.Election.party_name": Door(ELECTION.party_name, {"party": "a"}, str),
    "ms.Election.with_turnout": Door(ELECTION.with_turnout, {"turnout": {"north": 0.6}}, ms.Election),
    "ms.Election.with_swing": Door(ELECTION.with_swing, {"swing": {"a": -0.05}}, ms.Election),
    "ms.Election.with_result": Door(ELECTION.with_result, {"region": "north", "result": {"a": 100, "b": 90}}, ms.Election),
    "ms.Election.merge": Door(ELECTION.merge, {"parties": ["b", "c"], "into": "d"}, ms.Election),
    "ms.Election.split": Door(ELECTION.split, {"party": "a", "parts": {"d": 0.6, "e": 0.4}}, ms.Election),
    "ms.Election.without": Door(ELECTION.without, {"party": "c", "to": {"a": 0.5}}, ms.Election),
    "ms.Election.with_strategic_votes": Door(
        ELECTION.with_strategic_votes, {"threshold": "10%", "share": 0.5, "to": {"a": 1}}, ms.Election
    ),
    "ms.Election.with_regions": Door(lambda regions: ELECTION.with_regions(*REGIONS[1:], regions), {"regions": REGIONS[0]}, ms.Election),
    "ms.Election.from_regions": Door(ms.Election.from_regions, {"regions": REGIONS, **KNOWN_OF_ELECTION}, ms.Election),
    "ms.Election.moved": Door(ELECTION.moved, {"regions": {region.id: region for region in REGIONS}}, ms.Election),
    "ms.Election.changed": Door(
        ELECTION.changed,
        {
            "list_votes": VOTES,
            "against_all": 5,
            "invalid": 2,
            "registered": 2000,
            "ballots": 1000,
            "date": "2030-03-19",
            "law": "2026",
            "regions": {region.id: region for region in REGIONS},
            "districts": BASELINE,
            "party_names": {"a": "A"},
            "source": "a gazette",
        },
        ms.Election,
    ),
    "ms.ListVotes": Door(ms.ListVotes, {"votes": VOTES, "against_all": 5, "invalid": 2, "other": 7}, ms.ListVotes),
    "ms.ListVotes.read": Door(ms.ListVotes.read, {"votes": VOTES, "against_all": 5, "invalid": 2, "other": 7}, ms.ListVotes),
    "ms.ListVotes.base": Door(ms.ListVotes(VOTES, 5, 2).base, {"kind": "valid"}, int),
    "ms.DistrictVotes": Door(
        ms.DistrictVotes, {"districts": tuple(BASELINE), "list_shares": {"a": 0.6}, "source": "a gazette"}, ms.DistrictVotes
    ),
    "ms.District": Door(
        ms.District,
        {
            "number": 1,
            "candidates": CANDIDATES,
            "region": "north",
            "unnamed_candidates": 2,
            "unnamed_votes": 10,
            "against_all": 3,
            "from_list": False,
            "note": "",
            "vacant": False,
            "answers": None,
        },
        ms.District,
    ),
    "ms.Candidate": Door(ms.Candidate, {"name": "A. A.", "party": "a", "votes": 10}, ms.Candidate),
    "ms.Region": Door(
        ms.Region,
        {
            "id": "north",
            "name": "North",
            "list_votes": VOTES,
            "against_all": 5,
            "invalid": 2,
            "registered": 2000,
            "ballots": 1000,
            "other": 7,
        },
        ms.Region,
    ),
    "ms.Region.of_shares": Door(
        ms.Region.of_shares,
        {"id": "north", "shares": {"a": 0.6, "b": 0.4}, "registered": 1000, "turnout": "60%", "invalid": 0.01, "name": "North"},
        ms.Region,
    ),
    "ms.Region.with_counts": Door(REGIONS[0].with_counts, {"counts": {"a": 5, "b": 3, "c": 2, "against_all": 1}}, ms.Region),
    "ms.Region.at_turnout": Door(REGIONS[0].at_turnout, {"turnout": "60%"}, ms.Region),
    "ms.Region.swung": Door(REGIONS[0].swung, {"swing": {"a": -0.05}}, ms.Region),
    # questions
    "ms.compare": Door(ms.compare, {"laws": ["2021", "2026"], "election": VOTES, "against_all": 5, "invalid": 2, "seed": 1}, ms.Comparison),
    "ms.sweep": Door(
        ms.sweep,
        {
            "law": LAW,
            "election": VOTES,
            "what": "threshold",
            "values": ["0%", "5%"],
            "between": ("0%", "9%"),
            "against_all": 5,
            "invalid": 2,
            "seed": 1,
        },
        ms.Sweep,
    ),
    "ms.seat_margins": Door(
        ms.seat_margins, {"law": LAW, "votes": VOTES, "against_all": 5, "invalid": 2, "rival": "a", "seed": 1}, ms.Margins
    ),
    "ms.indices": Door(ms.indices, {"votes": VOTES, "seats": {"a": 14, "b": 6}, "against_all": 5}, ms.Indices),
    "ms.power": Door(ms.power, {"seats": {"a": 14, "b": 6, "c": 5}, "majority": 13, "samples": 50, "seed": 1}, ms.Power, work=("samples",)),
    "ms.solve_for": Door(
        ms.solve_for,
        {
            "election": ELECTION,
            "law": LAW,
            "what": "transfer",
            "until": lambda seats: seats["a"] > 14,
            "region": "north",
            "party": "b",
            "to": "a",
            "seed": 1,
        },
        (ms.Solution, type(None)),
    ),
    # polls
    "ms.add_polls": Door(
        ms.add_polls, {"polls": [POLL], "to": POLLS[1:], "sample_size": 1000, "dialect": "comma", "sheet": None}, ms.Polls
    ),
    "ms.load_polls": Door(ms.load_polls, {"year": 2023}, ms.Polls),
    "ms.data.load_polls": Door(ms.data.load_polls, {"year": 2023}, ms.Polls),
    "ms.Poll": Door(
        ms.Poll,
        {
            "shares": SHARES,
            "margin": 0.03,
            "sample_size": 1000,
            "undecided": 0.11,
            "pollster": "Institute",
            "start": "2030-02-01",
            "date": "2030-03-01",
            "election_date": "2030-03-19",
            "kind": "poll",
            "other_lists": "remove",
            "undecided_power": 0.5,
            "shortfall": "undecided",
            "confidence": 0.95,
            "design_effect": 1.0,
            "kappa": None,
            "effective_size": None,
            "note": "",
            "where": "",
            "district": None,
            "region": "",
        },
        ms.Poll,
    ),
    "ms.Poll.half_width": Door(POLL.half_width, {"size": 1000}, float),
    "ms.Poll.simple_size": Door(POLL.simple_size, {"margin": 0.03}, float),
    "ms.Polls": Door(
        ms.Polls,
        {
            "polls": tuple(POLLS),
            "name": "2030",
            "law": "2026",
            "election_date": "2030-03-19",
            "districts": BASELINE,
            "party_names": {"a": "A"},
            "source": "a gazette",
        },
        ms.Polls,
    ),
    "ms.Polls.of_kind": Door(POLLS.of_kind, {"kind": "poll"}, ms.Polls),
    "ms.Polls.only": Door(POLLS.only, {"polls": tuple(POLLS)}, ms.Polls),
    "ms.Polls.of_district": Door(POLLS.of_district, {"number": 3}, ms.Polls),
    "ms.Polls.of_region": Door(POLLS.of_region, {"region": "north"}, ms.Polls),
    "ms.Polls.pooled": Door(POLLS.pooled, {"by": "party"}, ms.Pool),
    "ms.Polls.since": Door(POLLS.since, {"date": "2030-03-02"}, ms.Polls),
    "ms.Pool": Door(
        ms.Pool,
        {
            "q": {"a": 0.6, "b": 0.4},
            "n_eff": 1000.0,
            "error_margin": 0.03,
            "squared_weights": 1.0,
            "age": 2.0,
            "members": ("one",),
            "start": "2030-02-01",
            "date": "2030-03-01",
            "election_date": "2030-03-19",
        },
        ms.Pool,
    ),
    # models
    "ms.models.Centre": Door(
        ms.models.Centre,
        {
            "parties": ("a", "b"),
            "shares": (0.6, 0.3, 0.1),
            "seatless": ("other",),
            "n_eff": 1000.0,
            "margin": 0.03,
            "squared_weights": 1.0,
            "days": 18.0,
            "votes": 1000,
            "names": ("one",),
        },
        ms.models.Centre,
    ),
    "ms.models.Dirichlet": Door(ms.models.Dirichlet, {}, ms.models.Dirichlet),
    "ms.models.Multinomial": Door(ms.models.Multinomial, {}, ms.models.Multinomial),
    "ms.models.Margin": Door(ms.models.Margin, {"shape": "flat", "margin": 0.03}, ms.models.Margin),
    "ms.models.Total": Door(
        ms.models.Total,
        {
            "sigma": None,
            "sigma_bias": 0.2,
            "sigma_house": 0.2,
            "tau": 0.0,
            "bias": (("a", 0.1),),
            "df": 5.0,
            "size": 0.3,
            "lean": 0.1,
            "preset": "mature",
        },
        ms.models.Total,
    ),
    "ms.models.Own": Door(ms.models.Own, {"function": log_shares, "normals": 1, "name": "mine", "sampling_only": False}, ms.models.Own),
    "ms.models.Districts": Door(
        ms.models.Districts,
        {
            "beta": 0.5,
            "sigma_national": 0.25,
            "sigma_regional": 0.3,
            "sigma_district": 0.4,
            "sigma_district_from_list": 0.8,
            "sigma_poll": 0.35,
            "regional": {"a": 0.5},
        },
        ms.models.Districts,
    ),
    "ms.models.model": Door(
        ms.models.model,
        {
            "name": "total",
            "sigma": None,
            "sigma_bias": 0.2,
            "sigma_house": 0.2,
            "tau": 0.0,
            "bias": (),
            "df": 5.0,
            "size": 0.3,
            "lean": 0.1,
            "preset": "mature",
        },
        object,
    ),
    # simulating
    "ms.simulate": Door(
        ms.simulate, {"law": WITH_DISTRICTS, "centre": POLL, **OF_SIMULATE}, ms.SeatDistribution, work=("n_draws", "block", "threads")
    ),
    "ms.simulate_shares": Door(
        ms.simulate_shares, {"centre": POLL, "model": "total", "n_draws": 50, "seed": 1, "start": 0}, np.ndarray, work=("n_draws",)
    ),
    "ms.share_columns": Door(ms.share_columns, {"centre": POLL}, tuple),
    "ms.load_forecast": Door(ms.load_forecast, {"path": "saved.json"}, ms.SeatDistribution),
    "ms.simulate_paired": Door(
        ms.simulate_paired, {"laws": [LAW, WITH_DISTRICTS], "centre": POLL, **OF_SEVERAL, "start": 0}, object, work=("n_draws", "threads")
    ),
    "ms.sweep_forecast": Door(
        ms.sweep_forecast,
        {"law": LAW, "centre": POLL, "field": "threshold", "values": ["5%", "7%"], **OF_SEVERAL},
        object,
        work=("n_draws", "threads"),
    ),
    "ms.stream": Door(
        lambda **arguments: list(ms.stream(**arguments)),
        {"law": LAW, "centre": POLL, **{name: value for name, value in OF_SEVERAL.items() if name in OF_STREAM}, "start": 0},
        list,
        work=("n_draws",),
    ),
    "ms.Difference": Door(ms.Difference, {"value": 0.1, "se": 0.01, "paired": True}, ms.Difference),
    "ms.Difference.interval": Door(ms.Difference(0.1, 0.01, True).interval, {"level": 0.95}, tuple),
    "ms.Probability.of": Door(lambda origin: ms.Probability(3, 10).of(origin), {"origin": None}, ms.Probability),
    "ms.SeatDistribution.chambers": of_forecast("chambers", np.ndarray, start=0, stop=9, tier="total"),
    "ms.SeatDistribution.correlation": of_forecast("correlation", object, draws="kept", tier="total", progress=False),
    "ms.SeatDistribution.draw_numbers": of_forecast("draw_numbers", np.ndarray, n=10),
    "ms.SeatDistribution.joint": of_forecast("joint", object, first="a", second="b", draws="kept", tier="total", progress=False),
    "ms.SeatDistribution.likeliest": of_forecast("likeliest", object, n=3, tier="total"),
    "ms.SeatDistribution.p": of_forecast(
        "p", ms.Probability, event=lambda s: s["a"] > 3, given=lambda s: s["a"] >= 0, draws="kept", tier="total", progress=False
    ),
    "ms.SeatDistribution.p_greater": of_forecast(
        "p_greater", ms.Probability, first="a", second="b", draws="kept", tier="total", progress=False
    ),
    "ms.SeatDistribution.write_draws": of_forecast("write_draws", type(None), path="draws.parquet", progress=False),
    "ms.SeatDistribution.column": of_forecast("column", int, party="a"),
    "ms.SeatDistribution.draws": of_forecast("draws", np.ndarray, n=10, tier="total"),
    "ms.SeatDistribution.histogram": of_forecast("histogram", np.ndarray, party="a", tier="total"),
    "ms.SeatDistribution.interval": of_forecast("interval", tuple, party="a", level=0.9, tier="total"),
    "ms.SeatDistribution.list_index": of_forecast("list_index", int, party="a"),
    "ms.SeatDistribution.mean": of_forecast("mean", float, party="a", tier="total"),
    "ms.SeatDistribution.p_admitted": of_forecast("p_admitted", ms.Probability, party="a"),
    "ms.SeatDistribution.p_at_least": of_forecast("p_at_least", ms.Probability, party="a", seats=5, tier="total"),
    "ms.SeatDistribution.p_enters": of_forecast("p_enters", ms.Probability, party="a"),
    "ms.SeatDistribution.p_event": of_forecast("p_event", ms.Probability, name="tie"),
    "ms.SeatDistribution.p_majority": of_forecast("p_majority", ms.Probability, parties=["a", "b"]),
    "ms.SeatDistribution.p_together": of_forecast("p_together", ms.Probability, parties=["a", "b"], seats=5, tier="total"),
    "ms.SeatDistribution.p_two_thirds": of_forecast("p_two_thirds", ms.Probability, parties=["a", "b"]),
    "ms.speaking": Door(spoken, {"code": "kk"}, str),
    "ms.write_report": Door(ms.write_report, {"result": LAW, "path": "report.html", "title": "Mine"}, type(None)),
    "ms.ElectoralLaw.plot": Door(LAW.plot, OF_PLOT, object),
    "ms.Allocation.plot": Door(of(lambda: ms.allocate(LAW, VOTES), "plot"), OF_PLOT, object),
    "ms.Poll.plot": Door(POLL.plot, OF_PLOT, object),
    "ms.Polls.plot": Door(POLLS.plot, OF_PLOT, object),
    "ms.Case.plot": Door(CASE.plot, OF_PLOT, object),
    "ms.Calibration.plot": Door(of(calibration, "plot"), OF_PLOT, object),
    "ms.Backtest.plot": Door(of(backtest, "plot"), OF_PLOT, object),
    "ms.Chamber.plot": Door(of(lambda: ms.elect(LAW, ELECTION), "plot"), OF_PLOT, object),
    "ms.Election.plot": Door(ELECTION.plot, {**OF_PLOT, "kind": "lists"}, object),
    "ms.Margins.plot": Door(of(lambda: ms.seat_margins(LAW, VOTES), "plot"), OF_PLOT, object),
    "ms.AveragePower.p_alone": Door(of(lambda: ms.power(forecast()), "p_alone"), {"party": "a"}, ms.Probability),
    "ms.Power.plot": Door(of(lambda: ms.power({"a": 14, "b": 6}), "plot"), OF_PLOT, object),
    "ms.SeatDistribution.plot": of_forecast(
        "plot", object, path=None, kind="seats", names={"a": "A"}, official={"list": {"a": 14}}, title=""
    ),
    "ms.SeatDistribution.quantile": of_forecast("quantile", (int, np.integer, np.ndarray), party="a", q=[0.1, 0.5], tier="total"),
    "ms.SeatDistribution.rerun": Door(
        of(forecast, "rerun"),
        {"law": WITH_DISTRICTS, "centre": POLL, **OF_SIMULATE},
        ms.SeatDistribution,
        work=("n_draws", "block", "threads"),
    ),
    "ms.SeatDistribution.save": of_forecast("save", type(None), path="saved again.json"),
    "ms.SeatDistribution.se": of_forecast("se", float, party="a", tier="total"),
    "ms.SeatDistribution.summary_of": of_forecast("summary_of", dict, party="a"),
    "ms.Probability": Door(ms.Probability, {"successes": 3, "draws": 10, "origin": None}, ms.Probability),
    "ms.Probability.interval": Door(ms.Probability(3, 10).interval, {"level": 0.95}, tuple),
    # judging
    "ms.backtest": Door(
        ms.backtest,
        {"cases": [CASE], "models": ["multinomial"], "levels": [0.5, 0.9], "n_draws": 100, "seed": 1},
        ms.Backtest,
        work=("n_draws",),
    ),
    "ms.Backtest.error_ratio": Door(of(backtest, "error_ratio"), {"election": "2030", "since": "2030-03-01"}, float),
    "ms.Backtest.forecast": Door(of(backtest, "forecast"), {"election": "2030", "model": "multinomial"}, object),
    "ms.Backtest.polls_of": Door(
        of(backtest, "polls_of"), {"election": "2030", "model": "multinomial", "since": "2030-03-01"}, (list, tuple)
    ),
    "ms.Backtest.share_coverage": Door(
        of(backtest, "share_coverage"), {"election": "2030", "model": "multinomial", "level": 0.9, "since": "2030-03-01"}, object
    ),
    "ms.Backtest.to_frame": Door(of(backtest, "to_frame"), {"what": "polls"}, object),
    "ms.score": Door(ms.score, {"forecast": OF_LISTS, "election": ELECTION}, ms.Scored),
    "ms.calibrate": Door(ms.calibrate, {"record": [(POLLS, ELECTION)], "every": False}, ms.Calibration),
    "ms.Calibration.drop": Door(of(calibration, "drop"), {"sigma_bias": 0.2, "sigma_house": 0.2}, float),
    "ms.Case": Door(
        ms.Case, {"polls": POLLS, "election": ELECTION, "law": LAW, "last": BEFORE, "since": datetime.date(2030, 3, 2)}, ms.Case
    ),
    "ms.Case.on_record": Door(ms.Case.on_record, {"year": 2023}, ms.Case),
    "ms.Case.centre": Door(CASE.centre, {"poll": POLL}, ms.models.Centre),
    "ms.Case.outcome": Door(CASE.outcome, {"centre": CASE.centre(POLL)}, object),
    "ms.Case.last_seats": Door(CASE.last_seats, {"lists": ["a", "b"]}, (list, type(None))),
    "ms.scores.brier_score": Door(ms.scores.brier_score, {"p": [0.2, 0.7], "happened": [False, True]}, FLOATS),
    "ms.scores.covered": Door(ms.scores.covered, {"low": [1, 2], "high": [3, 4], "outcome": [2, 5]}, BOOLS),
    "ms.scores.covered_by_samples": Door(
        ms.scores.covered_by_samples, {"samples": SAMPLES.repeat(40, 0), "outcome": [2, 5], "level": 0.9}, BOOLS
    ),
    "ms.scores.crps_counts": Door(ms.scores.crps_counts, {"counts": [1, 5, 3], "outcome": 1}, FLOATS),
    "ms.scores.crps_samples": Door(ms.scores.crps_samples, {"samples": SAMPLES, "outcome": [2, 5]}, FLOATS),
    "ms.scores.energy_score": Door(ms.scores.energy_score, {"samples": SAMPLES, "outcome": [2, 5], "pairs": 3}, FLOATS),
    "ms.scores.interval_score": Door(ms.scores.interval_score, {"low": [1, 2], "high": [3, 4], "outcome": [2, 5], "level": 0.9}, FLOATS),
    "ms.scores.joint_log_score": Door(
        ms.scores.joint_log_score, {"samples": [[True, False], [True, True]] * 9, "outcome": [True, True]}, FLOATS
    ),
    "ms.scores.log_score": Door(ms.scores.log_score, {"p": [0.2, 0.7], "happened": [False, True]}, FLOATS),
    "ms.scores.pit_counts": Door(ms.scores.pit_counts, {"counts": [1, 5, 3], "outcome": 1, "seed": 1}, FLOATS),
    "ms.scores.pit_samples": Door(ms.scores.pit_samples, {"samples": SAMPLES, "outcome": [2, 5], "seed": 1}, FLOATS),
    "ms.scores.sample_interval": Door(ms.scores.sample_interval, {"samples": SAMPLES.repeat(40, 0), "level": 0.9}, tuple),
    "ms.scores.skill": Door(ms.scores.skill, {"score": 0.2, "reference": 0.4}, FLOATS),
    "ms.scores.smoothed": Door(ms.scores.smoothed, {"successes": [1, 5], "draws": 10}, FLOATS),
    # data and files
    "ms.data.FileRecord": Door(
        ms.data.FileRecord, {"file": "a", "publications": "b", "retrieval": "c", "licence": "d"}, ms.data.FileRecord
    ),
    "ms.data.Inconsistency": Door(
        ms.data.Inconsistency,
        {"number": 1, "articles": "a", "topic": "b", "printed": "c", "recomputed": "d", "stored": "e"},
        ms.data.Inconsistency,
    ),
    **{
        f"{prefix}.{name}": Door(read, {**arguments, "dialect": "comma, utf-8", "sheet": None}, kind)
        for prefix in ("ms", "files")
        for name, read, arguments, kind in (
            ("read_votes", files.read_votes, {"path": "votes.csv", "against_all": 3}, ms.ListVotes),
            ("read_polls", files.read_polls, {"path": "polls.csv", "sample_size": 1000}, ms.Polls),
            ("read_districts", files.read_districts, {"path": "districts.csv"}, ms.DistrictVotes),
        )
    },
    "files.add_polls": Door(
        files.add_polls, {"polls": "polls.csv", "to": POLLS, "sample_size": 1000, "dialect": "comma", "sheet": None}, ms.Polls
    ),
    "files.read_scenario": Door(files.read_scenario, {"path": "scenario.toml"}, files.Scenario),
    "files.Scenario": Door(
        files.Scenario,
        {
            "path": "scenario.toml",
            "polls": "polls.csv",
            "poll": poll(1),
            "turnout": {"almaty_city": "60%"},
            "law": LAW,
            "model": ms.models.Total(),
            "district_model": ms.models.Districts(),
            "districts": "none",
            "dialect": "comma",
            "sample_size": 1000,
            "draws": 100,
            "seed": 1,
            "votes": 1000,
            "coalitions": (("a", "b"),),
        },
        files.Scenario,
    ),
    "files.Scenario.place": Door(lambda key: files.read_scenario("scenario.toml").place(key), {"key": "law"}, object),
    # rules under test
    "testing.verify": Door(
        testing.verify,
        {
            "rule": all_to_the_first,  # what is compiled within a time limit is cut off
            "axioms": ["quota"],
            "laws": ["2023"],
            "max_examples": 2,
            "exhaustive": (2, 2, 1),
            "seed": 1,
            "time_limit": 2.0,
            "call_limit": 1.0,
            "undefined": (ms.AllocationError,),
        },
        testing.Report,
        work=("max_examples",),
    ),
    "testing.Report.__getitem__": Door(lambda axiom: report()[axiom], {"axiom": "quota"}, testing.Verdict),
    "axioms.Axiom": Door(axioms.Axiom, {"name": "mine", "breach": axioms.quota.breach, **AXIOM}, axioms.Axiom),
    "axioms.axiom": Door(lambda **named: axioms.axiom(**named)(axioms.quota.breach), AXIOM, axioms.Axiom),
    "axioms.find": Door(axioms.find, {"name": "quota"}, axioms.Axiom),
    "rules.find": Door(rules.find, {"name": "hare"}, rules.Rule),
    "rules.Rule": Door(rules.Rule, {"name": "hare"}, rules.Rule),
    "rules.Rule.__call__": Door(lambda votes, seats: HARE(votes, seats), {"votes": [5, 3], "seats": 4}, list),
    "rules.Rule.many": Door(HARE.many, {"votes": [[5, 3], [4, 2]], "seats": 4}, np.ndarray),
    "strategies.ElectionCase": Door(strategies.ElectionCase, {"law": LAW, "votes": VOTES, "against_all": 3}, strategies.ElectionCase),
    "strategies.elections": Door(
        strategies.elections, {"max_parties": 4, "laws": st.just(LAW), "max_votes": 100, "always_defined": True}, SearchStrategy
    ),
    "strategies.laws": Door(strategies.laws, {"max_seats": 20, "presets": True}, SearchStrategy),
    "strategies.polls": Door(strategies.polls, {"min_parties": 2, "max_parties": 4}, SearchStrategy),
    "strategies.vote_lists": Door(strategies.vote_lists, {"min_parties": 2, "max_parties": 4, "max_votes": 100}, SearchStrategy),
}

FILES = {
    "votes.csv": "party,votes\na,620\nb,210\n",
    "polls.csv": "pollster,date,sample_size,margin,party,share\nX,2030-03-01,1000,,a,0.6\nX,2030-03-01,1000,,b,0.4\n",
    "districts.csv": "district,candidate,party,votes\n1,A. A.,a,60\n1,B. B.,b,40\n",
    "scenario.toml": 'polls = "2023"\nlaw = "2023"\n',
}


def write_files(folder: Path) -> None:
    """Write what the doors of files read."""
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    forecast().save(folder / "saved.json")


# -- what is public ----------------------------------------------------------------------------------------------------

MADE = (ms.Allocation, ms.Backtest, ms.Calibration, ms.Chamber, ms.Plurality, ms.SeatDistribution, testing.Report, testing.Verdict)
MADE += (ms.AveragePower, ms.Comparison, ms.Indices, ms.Margins, ms.Power, ms.Scored, ms.Solution, ms.Sweep)  # type: ignore[assignment]
MADE += (testing.Counterexample, axioms.Outcome, axioms.Question, axioms.Trial)  # type: ignore[assignment]
"""What the library makes and its users read, or are handed: nobody calls it."""
PASSED_ON: dict[str, Any] = {
    "ms.law": ms.ElectoralLaw,
    "ms.ElectoralLaw.replace": ms.ElectoralLaw,
    "ms.SeatDistribution.rerun": ms.simulate,
    "ms.models.model": ms.models.Total,
}
"""Calls that take further arguments by name, and what they hand them to; others list theirs in the reference."""
MODULES: dict[str, tuple[Any, tuple[str, ...]]] = {
    "ms": (ms, tuple(ms.__all__)),
    "ms.exact": (ms.exact, ("allocate",)),
    "ms.models": (ms.models, tuple(ms.models.__all__)),
    "ms.data": (ms.data, tuple(ms.data.__all__)),
    "ms.scores": (ms.scores, tuple(name for name in DOORS if name.startswith("ms.scores."))),
    "files": (files, tuple(files.__all__)),
    "testing": (testing, tuple(testing.__all__)),
    "axioms": (axioms, tuple(axioms.__all__)),
    "rules": (rules, ("find",)),
    "strategies": (strategies, tuple(strategies.__all__)),
}


def public_callables() -> Iterator[tuple[str, Any]]:
    """Yield every public function, class and method by its name in the table."""
    for prefix, (module, names) in MODULES.items():
        for name in names:
            last = name.rpartition(".")[2]
            yield from with_methods(f"{prefix}.{last}", getattr(module, last))


def with_methods(name: str, thing: Any) -> Iterator[tuple[str, Any]]:
    """Yield a callable, and the methods of a class behind it; errors and warnings, modules and protocols are none."""
    if isinstance(thing, ModuleType) or not callable(thing) or getattr(thing, "_is_protocol", False):
        return
    if inspect.isclass(thing) and issubclass(thing, (Exception, Warning)):
        return
    if thing not in MADE:
        yield name, thing
    if inspect.isclass(thing) and not name.startswith("ms.models"):  # a model's methods are called by engines alone
        for method, member in public_members(thing).items():
            if not isinstance(member, property):
                yield f"{name}.{method}", getattr(thing, method)


def parameters(name: str, thing: Any) -> set[str]:
    """Return the names of a callable's arguments, of those too that it hands to another callable."""
    found = inspect.signature(thing).parameters.values()
    own = {each.name for each in found if each.name not in ("self", "cls") and each.kind != inspect.Parameter.VAR_KEYWORD}
    return own | (parameters("", PASSED_ON[name]) if name in PASSED_ON else set())
