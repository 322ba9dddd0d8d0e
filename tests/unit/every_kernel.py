"""Every kernel with small arguments, and as a program: calls each from Python as it stands, and prints a digest of each outcome.

An argument is found by its name among the numbers of a small chamber; `others` has those that mean something else in a function.
"""

from __future__ import annotations

import copy
import hashlib
import importlib
import inspect
import json
import pkgutil
import sys
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pytest

import mazhilis_sim as ms
from mazhilis_sim.kernels import compiled, parameters
from mazhilis_sim.kernels.borrowing import lend, lent
from mazhilis_sim.kernels.cpu import block, districts, methods, random_lanes, tally
from mazhilis_sim.kernels.keeping import SETTINGS, Kept, Stage, folder_of_kernels
from mazhilis_sim.kernels.laws import alike, held, thresholds
from mazhilis_sim.kernels.steps.events import FALLBACK, TIE
from mazhilis_sim.kernels.turning import SIDE
from mazhilis_sim.simulation.drawing.packing import pack
from mazhilis_sim.simulation.question import ask

LANES = districts.NEIGHBOURS
TELL_THE_COMPILER = ("reinterpreted", "compile_weights", "compile_has_tails", "compile_votes", "compile_recount")
"""Functions that the compiler calls, with types: no kernels."""


@cache
def kernels() -> dict[str, Any]:
    """Return every kernel by its module and name: the functions of the rooms that have no types of their own."""
    found = {}
    for room in ("steps", "cpu", "laws"):
        package = importlib.import_module(f"mazhilis_sim.kernels.{room}")
        for info in pkgutil.iter_modules(package.__path__):
            module = importlib.import_module(f"{package.__name__}.{info.name}")
            for name, thing in vars(module).items():
                ours = callable(thing) and not isinstance(thing, type | Stage) and getattr(thing, "__module__", "") == module.__name__
                if ours and not plain(thing).__annotations__ and name not in TELL_THE_COMPILER:
                    found[f"{info.name}.{name}"] = kept_on_disk(thing)
    return found


def kept_on_disk(kernel: Any) -> Any:
    """Keep on disk what is compiled here alone, since Python calls it, for the next process that calls it; beside what the stages keep."""
    folder = folder_of_kernels()
    if folder and hasattr(kernel, "enable_caching"):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(SETTINGS, "CACHE_DIR", f"{folder}-of-tests")
            kernel.enable_caching()
    return kernel


def plain(kernel: Any) -> Any:
    """Return the Python function that a kernel is written as."""
    return getattr(kernel, "py_func", inspect.unwrap(kernel))


# -- a small chamber -----------------------------------------------------------------------------------------------------

POLL = ms.Poll({"a": 0.5, "b": 0.3, "c": 0.12, "against_all": 0.08}, sample_size=9)
RACES = ms.DistrictVotes(
    (
        ms.District(1, (ms.Candidate("b", "b", 10), ms.Candidate("c", "c", 10)), unnamed_candidates=2, unnamed_votes=8),
        ms.District(2, (ms.Candidate("a", "a", 10), ms.Candidate("d", "d", 9))),
    ),
    {"b": 0.1, "c": 0.1},
)
LAW = ms.law("2026").replace(district_seats=2, list_seats=7, ties="lots")


@cache
def chamber() -> dict[str, Any]:
    """Return all numbers of a few draws, by the names that arguments of kernels have."""
    packed = pack(ask(LAW, POLL, "2025", districts=RACES, coalitions=[["a", "b"]]), 5)
    rules, shares, asked = packed.rules, packed.shares, packed.districts
    shares, asked = parameters.as_drawn(shares), districts.as_drawn(asked)
    room = block.new_room(packed.lists, len(shares.location), packed.columns, len(asked.rivals), asked.slots, 2, LANES, packed.whole)
    tallies, seed, start, nothing = packed.tallies(1 << 20), np.uint64(5), np.uint64(2**32 - 3), np.zeros(0, np.uint64)
    none = block.Written(np.zeros((0, 3), np.int64), np.zeros((0, 5), np.int64), np.zeros((0, 4)))
    given = tuple(map(lend, (seed, start, nothing, LANES, shares, rules, None, asked, 1, packed.coalitions, *room, tallies, none)))
    block.run_block(block.stages_of(*given), *given)
    room, tallies = block.Room(*map(lent, room)), lent(tallies)
    room.lanes.rare[:, 0] = 3, 0, 1  # a lane that is looked at, though two lists passed everywhere
    words = np.arange(1, 7, dtype=np.uint64) * np.uint64(0x1234567)
    whole, w = packed.whole, np.uint64
    return (
        {**tallies._asdict(), **room.ballots._asdict(), **room.races._asdict(), **room.lanes._asdict()}
        | {"rules": rules, "shares": shares, "ballots": room.ballots, "lanes": room.lanes, "races": room.races, "tallies": tallies}
        | {"coalitions": packed.coalitions, "lots": 1, "places": asked.places, "independents": asked.independents, "column": 1}
        | {
            "list_seats": room.lanes.seats,
            "district_seats": room.races.seats,
            "admissions": tallies.admitted,
            "tallied": tallies.coalitions,
            "districts": asked,
            "wide": tallies.wide_lists,
        }
        | {"extra": np.zeros(LANES, np.int64)}
        | {"chunk": room.ballots.votes, "flat": np.zeros(3 * LANES + SIDE, whole), "needed": room.lanes.left, "wanted": asked.linked}
        | {"scaled": room.lanes.served}
        | {"num": rules.threshold_num, "den": rules.threshold_den, "no_claim": rules.no_claim, "no_list": 1, "has_fallback": 1}
        | {"most_votes": whole(2**31 - 1), "most_base": whole(2**31 - 1), "whole_part": 3, "house": 7, "cut": room.lanes.served[3]}
        | {"seed": seed, "start": start, "n": LANES, "used": LANES, "done": 0, "stream": 1, "block": 2, "slot": 0, "limit": w(2**31)}
        | dict(zip(("c0", "c1", "c2", "c3", "k0", "k1"), words, strict=True))
        | {"draw": start, "radius_word": words[1], "angle_word": words[2], "key_0": words[0], "key_1": words[1], "sign": w(2**63)}
        | {"half": np.uint32(9_000), "log2_rivals": np.float32(1), "orders": 4, "candidates": 2, "precedence": 2}
        | {"bound": 0.5, "least": 0.5, "most": 2.5}
        | {"kept": np.zeros(4, w), "hashes": np.zeros(4, w), "bits": w(0x3FF8000000000000), "x": 1.25, "t": 0.2, "shape": 0.4, "y": 2.5}
        | {"rows": packed.lists, "lane": 3, "found": 1, "k": 5, "i": 0, "j": 1, "d": 0, "c": 1, "row": 0, "low": 0, "high": 1}
        | {"first": 0, "last": 2, "number": 2, "factor": 3, "remainder": 9, "order": 1, "one": 38, "other": 37, "weighted": 1, "b": 4}
        | {"votes_a": 9, "seats_a": 2, "votes_b": 6, "seats_b": 1, "times_a": 5, "times_b": 2**31 + 3, "table": room.lanes.seats}
        | {"rivals": 2, "location": -1.0, "inverse_scale": 0.5, "a": 1.5, "uniform": 0.25, "eta": 0.4, "margin": np.zeros(3, np.int64)}
        | {"numbers": nothing, "word": 1, "method": methods.DHONDT, "real": np.float64, "out": room.ballots.raw}
        | {"fill": compiled(random_lanes.fill_numbers), "normal": True, "place": 5, "e": 5, "f": 6, "g": 7, "h": 8}
        | {"drawn": room.ballots, "turn": 1, "waiting": 0, "marks": room.lanes.served}
    )


def others() -> dict[str, dict[str, Any]]:
    """Return what an argument means in a kernel where its name means something else than in most."""
    known, integer = chamber(), {"whole": np.int64}
    one = districts.Candidate(0.1, 0.5, 0.3, 0.2, 0.1, 0, 1, 0, 0, 1)
    asked = districts.as_drawn(pack(ask(LAW, POLL, "2025", districts=RACES), 5).districts)
    races, lots, rows = known["races"], {"numbers": asked.numbers, "z": known["races"].z}, np.arange(3 * LANES)
    shares, real = known["shares"], np.float32
    student = parameters.Student(*shares[:4], 3.0, 5.0)
    given = parameters.Given(np.zeros((len(shares.location), LANES + 1), real), known["start"], shares.votes, shares.in_base)
    fixed = parameters.Fixed(np.array([0.4, 0.3, 0.2, 0.1]), np.zeros(4), 987_654.0, 3)
    gammas = parameters.Gamma(np.array([0.4, 3.0, 0.0, 1.5]), np.array([0.1, 0.6, 0.0, 0.3], real), shares.votes, shares.in_base)
    level, unsorted = np.ones((3, LANES), np.int32), {"ranked": np.arange(5 * LANES, dtype=np.int32).reshape(5, LANES)}
    places = known["lanes"].places * 0
    counting = {"counts": np.zeros((2, 64), np.int64), "places": places + 7}
    one_vote = {"seats": 3, "votes": 1_234}
    tied = {"key": level * 9, "served": filled(9), "whole": level * 0, "seats": level * [[1], [1], [0]], "flags": filled(TIE)}
    chambers = (np.zeros((LANES, known[name].shape[0]), np.int64) for name in ("list_seats", "district_seats"))
    written = block.Written(*chambers, np.zeros((LANES, len(shares.location))))
    return several_laws(known, written, asked) | {
        "gamma.one_gamma": {"z": -0.3},
        "gamma.tried": {"z": -0.3, "d": 1.2, "word": known["c0"]},
        "gamma.first_gamma": {"z": -0.3, "shape": 1.5, "word": known["c0"]},
        "law.times": integer,
        "law.whole_part": {**integer, **one_vote, "total": 4_321, "rate": 3 / 4_321 * (1 - 2e-15)},
        "law.corrected": {**integer, "part": 3, "remainder": 9_000, "total": 4_321},
        "law.a_little_below": {**one_vote, "total": 4_321},
        "law.level": integer,
        "law.claim": integer,
        "law.precedence": integer,
        "law.sign": {"a": 3},
        "law.weighted_part": {**one_vote, "total": 4_321},
        "law.quota_of": {"method": methods.DROOP, "total": 4_321},
        "law.signpost": one_vote,
        "random_words.uniform": {"word": known["c0"]},
        "admit.admit_without_threshold": {"passed": filled(1)},
        "admit.three_largest": {"whole": np.int32},
        "admit.place_of": {"claimed": 9},
        "block.number_lanes": {"draws": np.zeros(LANES, np.uint64)},
        "block.run_block": {"districts": asked, "written": written},
        "block.write_down": {"lanes": known["seats"], "rows": written.lists},
        "block.tally_chunk": {"flags": known["flags"], "places": places},
        "block.tally_counted": {"places": places},
        "block.elect_chunk": {"districts": asked, "races": races._replace(seats=races.seats + 9)},
        "block.keep_chunk": {"districts": asked, "written": written},
        "tally.tally_lists": {"places": places, "lists": np.zeros((2, tally.SPREAD * known["wide"] ** 2), np.int64)},
        "tally.tally_chambers": {"places": places, "wide": known["wide_chambers"]},
        "tally.tally_columns": {"places": places, "times": known["wide_chambers"], "counts": known["chambers"]},
        "tally.tell_pair": {"places": places, "last": 1},
        "tally.count_two_rows": counting,
        "tally.count_waiting_row": counting,
        "tally.tally_events": {"flags": filled(TIE)},
        "tally.place": {"first": 5, "second": 3},
        "divide.award_lanes": {"seats": known["seats"] * 0},
        "draws.add_up": {"sums": np.zeros(LANES, real)},
        **{f"random_lanes.{name}": {"z": known["z"] * 0} for name in ("fill_normals", "fill_numbers", "fill_pair")},
        "block.write_shares": {"rows": written.shares},
        "count.count_admitted": {"lanes": known["lanes"]._replace(active=np.ones(3, np.int64))},
        "count.count_rows": {"votes": rows, "seats": rows * 0, "flags": np.zeros(LANES, np.uint8)},
        "count.highest": {"numbers": rows},
        "count.bits_together": {"numbers": rows},
        "count.load_rows": {"votes": rows},
        "count.store_rows": {"lanes": known["seats"], "rows": rows},
        "count.store_flags": {"lanes": known["lanes"].flags, "flags": np.zeros(LANES, np.uint8)},
        "count.plurality_rows": {"votes": np.array([[3, 1], [2, 2], [1, 4]]), "winner": np.zeros(3, np.int64)},
        "districts.elect_districts": {"districts": asked, "races": races._replace(seats=races.seats + 9)},
        "districts.fill_log_shares": {"log_shares": races.log_shares * 0},
        "districts.candidate": lots,
        "districts.strength": {"one": one, **lots},
        "districts.overtake": {"eta": real(0.4)},
        "districts.run_candidate": lots,
        "districts.draw_lots": {"strengths": np.ones((2, LANES), real), "best": np.ones(LANES, real)},
        "districts.half_of": {"words": known["words"]},
        "districts.lead": {"best": real(1.5), "location": real(-1), "inverse_scale": real(0.5)},
        **{
            f"districts.{name}": {"a": real(1.5)}
            for name in ("about_chance", "cannot_win", "log2_of_mean", "one_wins", "surplus", "within_reach")
        },
        "districts.about_exp2": {"x": real(-1.3)},
        **{
            f"districts.{name}": {"location": real(-1), "inverse_scale": real(0.5), "doubtful": filled(1)}
            for name in ("run_rivals", "decide_at_sight")
        },
        "districts.decide_one_by_one": {"location": real(-1), "inverse_scale": real(0.5), "doubtful": filled(1)},
        "districts.power": {"n": 5},
        "districts.seat_winners": {"seats": races.seats, "strengths": races.strengths * 0, "best": races.best * 0},
        "districts.seat_the_others": {"left": filled(0), "seats": races.seats * 0 + 1},
        "divide.prepare_lanes": {"seats": 7},
        "divide.divide_lanes": {"seats": 7},
        "divide.correct_lanes": {"total": filled(1), "flags": filled(TIE)},
        "divide.rank_lanes": {"key": np.arange(3 * LANES, dtype=np.int32).reshape(3, LANES)},
        "divide.exchange": unsorted,
        **{
            f"divide.{name}": {"served": filled(0), "flags": filled(0), "left": filled(2), "total": filled(9)}
            for name in ("serve_claims", "serve_few", "find_cut")
        },
        **{f"divide.{name}": {"a": 5, "b": 9, "c": 7, "d": 8} for name in ("ordered", "four_ordered", "one_of_eight")},
        **{f"draws.{name}": {"shares": student} for name in ("student_weights", "fill_stretches", "refused_stretch")},
        "draws.stretch_of": {"shares": student, "gamma": 1.5},
        "draws.stretched_weights": {"sums": np.full(LANES, 2.5, real)},
        "draws.first_gammas": {"shape": 1.5, "per_draw": 0.25, "weights": np.zeros((4, LANES), real)},
        "draws.gamma_weights": {"shares": gammas, "weights": np.zeros((4, LANES), real)},
        "draws.add_up_cut": {"poll": shares.location, "weights": known["weights"] * 0},
        **{f"draws.{name}": {"shares": fixed} for name in ("put_votes", "count_votes")},
        "draws.votes_of": {"weight": real(0.3), "rate": real(1000), "real": real},
        "draws.given_weights": {"shares": given},
        "lots.settle_ties": tied,
        "block.settle_chunk": {"lanes": known["lanes"]._replace(**tied)},
        "methods.recount": {"method": methods.ADAMS},
        "methods.quota_lanes": {"method": methods.IMPERIALI},
        "methods.divide_lane": {"method": methods.DROOP},
        "methods.serve_remainders": {"left": 2},
        "two_party.award_fallbacks": {"flags": filled(FALLBACK), "admitted": level * [[1], [2], [0]], "active": np.arange(3)},
    }


def several_laws(known: dict[str, Any], written: block.Written, asked: Any) -> dict[str, dict[str, Any]]:
    """Return what arguments mean in the kernels that count several laws."""
    votes, base, seats = (known[name] for name in ("votes", "base", "seats"))
    k, p = len(votes), len(known["races"].seats)
    room = held.new_held(1, k, p, LANES, votes.dtype.type)._replace(votes=votes[None], base=base[None])
    more, counted = np.full(LANES, 9), seats[None]
    return (
        of_laws_alike(known)
        | of_thresholds(known, asked)
        | {
            "held.new_held": {"chunks": 2, "p": p, "w": LANES, "k": k, "whole": np.int64},
            "held.new_won": {"chunks": 2, "p": p, "w": LANES},
            "held.hold_draws": {"districts": asked, "held": room, "written": written.shares},
            "held.count_held": {"districts": asked, "held": room, "seats": counted * 0},
            "held.tally_differences": {
                "old_seats": counted[:, ::-1].copy(),
                "old_won": room.won,
                "new_seats": counted,
                "new_won": room.won,
                "most": 9,
                "more": more,
                "differences": np.zeros((tally.SPREAD, p, 19), np.int64),
            },
            "held.add_seats": {"seats": counted, "chunk": 0, "sign": 1, "more": more},
            "held.number_chunk": {"first": known["start"], "draws": np.zeros(LANES, np.uint64)},
            "held.keep": {"lanes": seats, "rows": seats * 0},
            "held.keep_lanes": {"lanes": base, "row": base * 0},
        }
    )


def of_laws_alike(known: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return what arguments mean in the kernels that count two laws together."""
    numbers, seats, copies = [known["rules"][:-1], known["rules"]._replace(seats=5)[:-1]], known["seats"], tally.SPREAD
    k, e = len(seats), len(known["events"])
    tallies = alike.Together(
        *(np.zeros(shape, np.int64) for shape in ((2, k), (2, k), (2, e), (1, k, 64 * alike.COPIES), (2, copies, 1, 8)))
    )
    room = {"first": seats[::-1].copy(), "wide": 8, "places": filled(0)}
    no_races = known["races"]._replace(seats=known["races"].seats * 0, ties=known["races"].ties * 0)
    return {
        "alike.run_laws": room
        | {
            "draw_numbers": known["numbers"],
            "numbers": np.array(numbers, seats.dtype),
            "method": known["rules"].method,
            "races": no_races,
            "tallies": tallies,
        },
        "alike.tally_pairs": room | {"pairs": tallies.pairs[0]},
        "alike.seated": {"first": seats[0] * 0, "other": seats[0]},
    }


def of_thresholds(known: dict[str, Any], asked: Any) -> dict[str, dict[str, Any]]:
    """Return what arguments mean in the kernels that count one law along four thresholds."""
    votes, races, number = known["votes"], known["races"], np.int32
    k, p, along = len(votes), len(races.seats), np.arange(LANES)
    floats = np.array([0, 0.05, 0.2, 0.9, *[np.inf] * 4])
    scale = thresholds.Scale(floats, np.array([1, 3, 3, 3, 4], number), 2)
    missed = np.array([3 - along % 2, along % 4, along % 3], number)
    step = along.astype(number) % 4
    walk = thresholds.Walk(np.zeros(LANES), missed, votes, step, step + 1, filled(0), filled(0))
    shapes = ((k, 5 * 17), (5, 128), (5, p, 10), (5, 1, 10), (p, 3))
    changes = thresholds.Changes(*(np.zeros(shape, np.int64) for shape in shapes))
    one_way = walk._asdict() | {"last": 4, "house": 7, "won": races.seats}
    changed = {"lists": changes.lists, "totals": changes.totals, "tallied": changes.coalitions, "flagged": changes.flags}
    return {
        "thresholds.run_thresholds": {"scale": scale, "districts": asked, "walk": walk, "changes": changes},
        "thresholds.find_missed": scale._asdict() | {"share": walk.share, "missed": missed * 0},
        "thresholds.set_out": one_way,
        "thresholds.step_on": one_way,
        "thresholds.admit_steps": one_way,
        **{f"thresholds.change_{name}": one_way | changed for name in ("lists", "totals", "coalitions")},
        "thresholds.change_flags": one_way | changed | {"flags": filled(TIE)},
        "thresholds.tally_districts": changed | {"won": races.seats, "ties": filled(1), "districts": changes.districts},
    }


def filled(number: int) -> Any:
    """Return a number for every lane."""
    return np.full(LANES, number, np.int32)


STAGES: dict[str, Callable[..., Any]] = {
    "block.run_block": block.stages_of,
    "held.hold_draws": held.stages_to_hold,
    "held.count_held": held.stages_to_count,
    "alike.run_laws": alike.stages_of,
    "thresholds.run_thresholds": thresholds.stages_of,
}
"""What makes the stages that a kernel is handed first."""

IN_32_BITS = {
    "x": np.float32(1.25),
    "word": np.uint32(0x9E3779B9),
    "radius_word": np.uint32(0x8E3779B9),
    "angle_word": np.uint32(0x3C6EF372),
    "radius": np.float32(1.25),
    "value": np.float32(1.25),
    "shifted": np.float32(12_582_909),
    "minus_log": np.float32(0.7),
    "of_power": np.float32(0.7),
    "ratio": np.float32(0.1),
    "s": np.float32(0.1),
}
"""What numbers are in the steps of `single` and in the normals for lanes."""


def arguments(name: str, kernel: Any) -> list[Any]:
    """Return arguments of a kernel's own."""
    known = (
        chamber()
        | (IN_32_BITS if name.startswith(("single.", "normals.radius", "normals.turned", "normals.signed")) else {})
        | others().get(name, {})
    )
    wanted = [each for each in inspect.signature(plain(kernel)).parameters if each != "stages"]
    given = [copy.deepcopy(known[each]) for each in wanted]
    handed = list(map(lend, given)) if name in STAGES else given
    if name not in STAGES:
        return given
    handed = list(map(lend, given))
    return [STAGES[name](*handed), *handed]


def called_by_compiled_code(kernel: Any) -> Any:
    """Return a kernel as compiled code calls it; what is compiled when Python calls it is called so as it stands."""
    if isinstance(kernel, Kept) or hasattr(kernel, "py_func"):
        return kernel
    names = ", ".join(inspect.signature(plain(kernel)).parameters)
    return compiled(eval(f"lambda {names}: kernel({names})", {"kernel": kernel}))


def outcome(kernel: Callable[..., Any], given: list[Any]) -> list[Any]:
    """Call a kernel, and return what it gave and what it left in its arguments, as plain numbers."""
    result = kernel(*given)
    return [*numbers(result), *numbers(given)]


def numbers(value: Any) -> list[Any]:
    """Flatten nested numbers and arrays; a function is none."""
    if callable(value):
        return []
    value = lent(value)
    if isinstance(value, (tuple, list)):
        return [number for part in value for number in numbers(part)]
    return [None if value is None else np.asarray(value).tolist()]


def digest(found: list[Any]) -> str:
    """Return a short text that differs where an outcome differs."""
    return hashlib.sha256(repr(found).encode()).hexdigest()[:12]


def digests() -> dict[str, str]:
    """Call every kernel from Python as it stands."""
    return {name: digest(outcome(kernel, arguments(name, kernel))) for name, kernel in kernels().items()}


if __name__ == "__main__":
    json.dump(digests(), sys.stdout)
