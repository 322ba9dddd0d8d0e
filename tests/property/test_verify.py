"""The verifier: what it finds unaided, and how it reports."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest
from plain_rules import CLASSICAL, PlainRule
from planted_rules import named_alphabetically, numbered_as_text
from verifying import quick

from mazhilis_sim.errors import MazhilisError
from mazhilis_sim.legislation.presets import law
from mazhilis_sim.testing import RuleRefutedError, axioms, rules, verify
from mazhilis_sim.testing.axioms.definition import Outcome, Trial
from mazhilis_sim.testing.axioms.related import parts
from mazhilis_sim.testing.search.elections import Box, compositions, small
from mazhilis_sim.testing.search.shrinking import Instance, shrink

hare, dhondt = CLASSICAL["hare"], CLASSICAL["dhondt"]


# -- what it finds ------------------------------------------------------------------------------------------------

FOUND: list[tuple[PlainRule, str, int]] = [
    (hare, "house_monotone", 3),
    (hare, "population_monotone", 3),
    (CLASSICAL["droop"], "upper_quota", 3),
    (dhondt, "upper_quota", 3),
    (CLASSICAL["adams"], "lower_quota", 3),
    (named_alphabetically, "anonymous", 3),
]


@pytest.mark.parametrize("exhaustive", [True, False])
@pytest.mark.parametrize(("rule", "axiom", "parties"), FOUND)
def test_the_famous_paradoxes_are_found_unaided_and_small(rule: PlainRule, axiom: str, parties: int, exhaustive: bool) -> None:
    found = verify(rule, axioms=[axiom], exhaustive=exhaustive)[axiom].counterexample
    assert found
    assert len(found.votes) == parties
    assert sum(found.votes) <= 30
    assert tuple(rule(list(found.votes), found.seats)) == found.result
    if found.related:
        assert tuple(rule(list(found.related.votes), found.related.seats)) == found.related.result
        assert sum(found.related.votes) <= 60


def test_the_smallest_alabama_paradox_reads_so_that_it_can_be_checked() -> None:
    found = quick(hare, "house_monotone")["house_monotone"].counterexample
    assert found
    assert found.related
    assert (found.votes, found.seats, found.result) == ((3, 3, 1), 3, (1, 1, 1))
    assert (found.related.votes, found.related.seats, found.related.result) == ((3, 3, 1), 4, (2, 2, 0))
    assert str(found) == (
        "With votes 3, 3, 1 and 3 seats the rule gives 1, 1, 1; with 4 seats 2, 2, 0: party 3 loses a seat although the house grows."
    )


def test_the_rule_of_a_law_is_verified_as_it_stands() -> None:
    of_a_law = law("2026").replace(method=hare).method
    assert callable(of_a_law)
    assert quick(of_a_law, "quota", "house_monotone").to_dict() == quick(hare, "quota", "house_monotone").to_dict()
    assert quick(of_a_law, "quota", "house_monotone").broken == ("house_monotone",)


def test_a_fault_that_needs_ten_parties_is_found() -> None:
    found = verify(numbered_as_text, axioms=["anonymous"], exhaustive=False)["anonymous"].counterexample
    assert found
    assert len(found.votes) in (10, 11)


@pytest.mark.parametrize(
    ("name", "axiom"),
    [
        ("dean", "upper_quota"),
        ("huntington_hill", "upper_quota"),
        ("danish", "upper_quota"),
        ("sainte_lague", "lower_quota"),
        ("sainte_lague", "upper_quota"),
        ("modified_sainte_lague", "lower_quota"),
    ],
)
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_breaches_beyond_the_small_elections_are_found_with_any_seed(name: str, axiom: str, seed: int) -> None:
    found = verify(CLASSICAL[name], axioms=[axiom], exhaustive=False, seed=seed)[axiom].counterexample
    assert found
    assert len(found.votes) <= 5


def test_small_elections_are_all_of_them_once_and_in_order_of_size() -> None:
    seen = [(len(votes), seats, sum(votes), votes) for seats, ballots in small(Box(3, 4, 2)) for votes in ballots]
    assert [each[:3] for each in seen] == sorted(each[:3] for each in seen)
    assert len(set(seen)) == len(seen) == 2 * (4 + 14 + 34)
    assert Box(3, 4, 2).elections == len(seen)
    assert set(compositions(3, 2)) == {(3, 0), (2, 1), (1, 2), (0, 3)}


def test_shrinking_reaches_the_least_election_of_a_kind() -> None:
    def test(case: Instance) -> tuple[int, int, int] | None:
        votes, seats = case.ballots[0], case.seats
        return (len(votes), seats, sum(votes)) if sum(votes) >= 17 and len(votes) >= 2 and seats >= 3 else None

    assert shrink(Instance(((910, 77, 3, 3),), 41), (4, 41, 993), test, lambda found: found) == (2, 3, 17)


# -- the report ---------------------------------------------------------------------------------------------------


def test_the_report_answers_by_name_by_axiom_and_in_order() -> None:
    report = quick(hare, "quota", "house_monotone", "threshold_respected")
    assert not report.passed
    assert report.broken == ("house_monotone",)
    assert report["quota"].passed
    assert report["quota"].counterexample is None
    assert report["quota"].status == "proved"
    assert report[axioms.quota] is report["quota"]
    assert report["threshold_respected"].status == "not applicable"
    assert report["threshold_respected"].passed
    assert [verdict.axiom.name for verdict in report] == ["quota", "house_monotone", "threshold_respected"]
    assert len(report) == 3
    with pytest.raises(KeyError, match="there is no verdict on 'house_monoton'; did you mean 'house_monotone'?"):
        report["house_monoton"]


def test_an_axiom_that_does_not_apply_fails_nobody() -> None:
    assert quick(hare, "quota", "fallback_floor").passed


def test_the_report_prints_as_a_table() -> None:
    lines = str(quick(hare, "quota", "house_monotone")).splitlines()
    assert lines[0].endswith("1 of 2 axioms not satisfied")
    assert lines[2].split() == ["axiom", "verdict", "why"]
    assert lines[3].split()[:2] == ["quota", "proved"]
    assert lines[4].split()[:2] == ["house_monotone", "broken"]
    assert any("up to 3 parties, 6 votes and 4 seats" in line for line in lines)
    assert max(map(len, lines)) <= 120


def test_the_verdict_says_how_far_it_reaches() -> None:
    proved = quick(hare, "quota")["quota"]
    assert proved.words.startswith("holds for all elections of up to 3 parties, 6 votes and 4 seats; not refuted by ")
    random_only = quick(hare, "quota", exhaustive=False)["quota"]
    assert random_only.status == "not refuted"
    assert random_only.words == f"not refuted by {random_only.examined:,} random and adversarial ones"
    assert random_only.examined >= 150


def test_plain_data_survive_json() -> None:
    data = quick(hare, "quota", "house_monotone").to_dict()
    assert json.loads(json.dumps(data)) == data
    assert data["verdicts"][1]["counterexample"]["related"]["result"] == [2, 2, 0]


@pytest.mark.parametrize(("asked", "broken"), [(["exact_sum"], ""), (["exact_sum", "quota"], "1 of 2 axioms not satisfied")])
def test_a_rule_that_returns_no_seats_is_the_fault_of_no_axiom(asked: list[str], broken: str) -> None:
    def rule(votes: list[int], seats: int) -> list[int]:
        if seats == 2:
            raise ValueError("two")
        return [seats, *[0] * (len(votes) - 1)]

    report = verify(rule, axioms=asked, max_examples=20)
    assert report.headline == f"rule: {broken or 'no axiom broken'}, but the rule does not always return seats (raised)"
    assert report.outcome == "broken"
    assert not report.passed


def test_assert_passes_is_an_assertion_with_the_report() -> None:
    quick(hare, "quota").assert_passes()
    with pytest.raises(AssertionError, match="1 of 1 axiom not satisfied"):
        quick(hare, "house_monotone").assert_passes()
    with pytest.raises(RuleRefutedError) as raised:
        quick(lambda *_: [], "quota").assert_passes()
    assert str(raised.value) == str(quick(lambda *_: [], "quota"))
    assert len(str(raised.value).splitlines()) > 3


SCRIPT = """
import json, sys
sys.path.insert(0, sys.argv[1])
from plain_rules import CLASSICAL
from mazhilis_sim.testing import verify
report = verify(CLASSICAL["adams"], exhaustive=(2, 6, 4), max_examples=60, seed=7)
assert "hypothesis" not in sys.modules
print(json.dumps(report.to_dict()))
"""


def test_one_seed_gives_one_report_whatever_the_hash_seed_and_without_hypothesis() -> None:
    here = os.path.dirname(__file__)
    reports = [
        subprocess.run(
            [sys.executable, "-c", SCRIPT, here], capture_output=True, text=True, check=True, env=os.environ | {"PYTHONHASHSEED": hash_seed}
        ).stdout
        for hash_seed in ("1", "2")
    ]
    assert reports[0] == reports[1]
    same = verify(CLASSICAL["adams"], exhaustive=(2, 6, 4), max_examples=60, seed=7)
    assert json.loads(reports[0]) == json.loads(json.dumps(same.to_dict()))


def test_the_import_of_the_documentation_gives_the_function() -> None:
    code = "from mazhilis_sim.testing import strategies, axioms, verify; assert callable(verify); verify.__call__"
    subprocess.run([sys.executable, "-c", code], check=True)


# -- what cannot be run -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"rule": 5}, r"rule must be a function of \(votes, seats\), got 5"),
        ({"rule": "harre"}, "there is no rule 'harre'; did you mean 'hare'"),
        ({"axioms": []}, "at least one"),
        ({"axioms": ["quotas"]}, "did you mean 'quota'"),
        ({"axioms": [str]}, "axioms must be a sequence of Axiom, got type in it"),
        ({"laws": "1066"}, "there is no law"),
        ({"max_examples": -1}, "max_examples must not be negative, got -1"),
        ({"max_examples": 2.5}, "max_examples must be a whole number, got 2.5"),
        ({"exhaustive": (0, 1, 1)}, "parties of exhaustive must be a whole number between 1 and 100, got 0"),
        ({"exhaustive": (1, 1)}, r"exhaustive must be True, False or \(parties, votes, seats\) of at least 1, got \(1, 1\)"),
        ({"exhaustive": (9, 90, 9)}, "exhaustive must hold at most 2,000,000 elections"),
        ({"seed": -1}, "seed must be a whole number in"),
        ({"time_limit": 0}, "time_limit must be a number above 0, got 0"),
        ({"call_limit": float("nan")}, "call_limit must be a finite number, got nan"),
        ({"undefined": (KeyError, 5)}, "undefined must hold exceptions such as AllocationError, got 5"),
    ],
)
def test_what_cannot_be_run_is_refused_in_words(arguments: dict[str, Any], words: str) -> None:
    with pytest.raises(MazhilisError, match=words):
        verify(**({"rule": hare} | arguments))


def test_axioms_by_name_by_object_and_all() -> None:
    for given in ("quota", axioms.quota, ["quota"], (axioms.quota,)):
        assert [v.axiom for v in verify(hare, axioms=given, exhaustive=False, max_examples=5)] == [axioms.quota]
    everything = verify(hare, axioms="all", exhaustive=False, max_examples=5)
    assert [v.axiom for v in everything] == list(axioms.ALL)


# -- what is no fault, and what is smallest ----------------------------------------------------------------------------


def test_a_tie_between_identical_ballots_is_no_breach_of_anonymity() -> None:
    def all_to_one(votes: list[int], seats: int) -> list[int]:
        return [seats * (party == votes.index(max(votes))) for party in range(len(votes))]

    assert verify(all_to_one, axioms=["anonymous"], max_examples=200)["anonymous"].status == "proved"
    assert axioms.anonymous.breach(trial((5, 5, 1), (1, 0, 0), (1, 0, 2), (1, 0, 0))) is None
    assert axioms.anonymous.breach(trial((5, 5, 1), (1, 0, 0), (0, 2, 1), (0, 1, 0))) is not None
    assert axioms.anonymous.breach(trial((5, 5, 1), (2, 0, 0), (1, 0, 2), (1, 1, 0))) is not None


def trial(votes: tuple[int, ...], result: tuple[int, ...], order: tuple[int, ...], other: tuple[int, ...]) -> Trial:
    """Hold an election against itself in another order."""
    seats = sum(result)
    return Trial(votes, seats, result, Outcome(tuple(votes[party] for party in order), seats, other, order), ())


def test_parts_of_many_parties_stand_in_their_order() -> None:
    """The last and the first together would be in another order, which is `anonymous`' business."""
    for many in range(2, 9):
        found = list(parts(tuple(range(many))))
        assert all(part == tuple(sorted(part)) for part in found)
        assert len(set(found)) == len(found)


@pytest.mark.parametrize("exhaustive", [True, False, (2, 3, 2)])
@pytest.mark.parametrize(("name", "axiom", "votes", "seats"), [("droop", "lower_quota", (1, 5), 5), ("droop", "vote_monotone", (1, 4), 5)])
def test_a_counterexample_is_the_smallest_of_all_small_ones(
    name: str, axiom: str, votes: tuple[int, ...], seats: int, exhaustive: bool | tuple[int, int, int]
) -> None:
    """These rise, which no shrinking comes to where a random one was found."""
    found = verify(CLASSICAL[name], axioms=[axiom], exhaustive=exhaustive, max_examples=150)[axiom].counterexample
    assert found
    assert (found.votes, found.seats) == (votes, seats)


def test_what_a_rule_says_of_its_error_is_not_cut_short() -> None:
    words = "the number of seats must not be more than the number of parties, and here there are far too many of them"

    def fails(_votes: list[int], _seats: int) -> list[int]:
        raise ValueError(words)

    assert words in str(quick(fails).misbehaviours[0])


def test_a_rule_that_was_found_is_compiled() -> None:
    """The first call of a test has a deadline, too."""
    rules.compile_once.cache_clear()
    rules.find("dhondt")
    assert rules.compile_once.cache_info().misses == 1
