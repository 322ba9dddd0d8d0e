"""Each axiom against hand-made results, planted faults, and what Balinski and Young say of the classical rules."""

from __future__ import annotations

import importlib.util
from fractions import Fraction
from itertools import permutations
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plain_rules import CLASSICAL, PlainRule
from planted_rules import FAULTY, ties_by_lot, ties_to_the_last, with_threshold

from mazhilis_sim.errors import MazhilisError
from mazhilis_sim.legislation.presets import law
from mazhilis_sim.testing import axioms, rules, verify
from mazhilis_sim.testing.axioms import Outcome, Trial
from mazhilis_sim.testing.axioms.population import RelativeGrowth, paradox

NAMES = [
    "exact_sum",
    "lower_quota",
    "upper_quota",
    "quota",
    "anonymous",
    "homogeneous",
    "exact",
    "concordant",
    "house_monotone",
    "vote_monotone",
    "population_monotone",
    "coherent",
    "no_seat_without_votes",
    "threshold_respected",
    "fallback_floor",
]
LAWLESS = [axiom for axiom in axioms.ALL if not axiom.needs_law]


def trial(votes: Any, result: Any, other: tuple[Any, int, Any] | None = None, parties: Any = None) -> Trial:
    """Make a trial by hand; ``other`` is (votes, seats, result)."""
    own = Outcome(tuple(votes), sum(result), tuple(result), tuple(range(len(votes))))
    votes, seats, given = other or (own.votes, own.seats, own.result)
    second = Outcome(tuple(votes), seats, tuple(given), tuple(parties or range(len(votes))))
    return Trial(own.votes, own.seats, own.result, second if other else own)


def test_all_axioms_are_there_and_say_what_they_demand_and_where_it_stands() -> None:
    assert [axiom.name for axiom in axioms.ALL] == NAMES
    for axiom in axioms.ALL:
        assert axiom.definition.endswith(".")
        assert len(axiom.definition) > 30
        assert axiom.source
        assert set(axiom.satisfied_by) <= set(axioms.CLASSICAL)
        assert axiom.satisfied_by or axiom.needs_law
        assert axioms.find(axiom.name) is axiom


@pytest.mark.parametrize(
    ("name", "kept", "broken"),
    [
        ("lower_quota", trial([5, 3, 1], [2, 2, 0]), trial([7, 1, 1], [2, 1, 1])),
        ("lower_quota", trial([10, 2, 1], [10, 2, 1]), trial([10, 2, 1], [9, 3, 1])),
        ("upper_quota", trial([5, 3, 1], [3, 1, 0]), trial([4, 1, 1], [3, 0, 0])),
        ("quota", trial([5, 3, 1], [3, 1, 0]), trial([4, 1, 1], [1, 1, 1])),
        ("exact", trial([4, 2, 0], [2, 1, 0]), trial([4, 2, 0], [3, 0, 0])),
        ("exact", trial([4, 3, 0], [3, 0, 0]), trial([10, 10], [0, 2])),
        ("concordant", trial([3, 3, 1], [0, 2, 0]), trial([3, 2, 1], [1, 0, 1])),
        ("concordant", trial([1, 3, 3], [1, 1, 4]), trial([1, 3, 3], [2, 4, 1])),
        ("anonymous", trial([3, 1], [2, 0], ([1, 3], 2, [0, 2]), [1, 0]), trial([3, 1], [2, 0], ([1, 3], 2, [1, 1]), [1, 0])),
        ("homogeneous", trial([3, 1], [2, 0], ([6, 2], 2, [2, 0])), trial([3, 1], [2, 0], ([6, 2], 2, [1, 1]))),
        (
            "house_monotone",
            trial([6, 6, 2], [4, 4, 1], ([6, 6, 2], 10, [4, 4, 2])),
            trial([6, 6, 2], [4, 4, 2], ([6, 6, 2], 11, [5, 5, 1])),
        ),
        ("vote_monotone", trial([3, 1], [2, 0], ([4, 1], 2, [2, 0])), trial([3, 1], [2, 0], ([4, 1], 2, [1, 1]))),
        (
            "population_monotone",
            trial([7, 7, 2], [1, 1, 1], ([6, 3, 2], 3, [1, 1, 1])),
            trial([7, 7, 2], [1, 1, 1], ([6, 3, 2], 3, [2, 1, 0])),
        ),
        ("coherent", trial([8, 3, 1], [4, 1, 0], ([8, 1], 4, [4, 0]), [0, 2]), trial([8, 3, 1], [3, 1, 1], ([8, 1], 4, [4, 0]), [0, 2])),
        ("no_seat_without_votes", trial([5, 0], [2, 0]), trial([5, 0], [1, 1])),
    ],
)
def test_a_check_tells_a_breach_by_hand(name: str, kept: Trial, broken: Trial) -> None:
    axiom = axioms.find(name)
    assert axiom.breach(kept) is None
    assert axiom.breach(broken)


@pytest.mark.parametrize(
    ("votes", "result", "breaks"),
    [
        ([8, 4, 1], [0, 2, 2], False),  # 1 and 2 stand as they stood
        ([4, 3, 9], [0, 2, 2], False),  # 2 grows and gains
        ([4, 1, 9], [0, 1, 3], False),  # 1 does not grow relative to 3
        ([4, 1, 9], [0, 2, 2], True),
        ([5, 2, 9], [0, 1, 3], True),
    ],
)
def test_population_monotone_asks_for_growth_of_the_loser(votes: list[int], result: list[int], breaks: bool) -> None:
    assert bool(axioms.population_monotone.breach(trial([4, 2, 9], [1, 1, 2], (votes, 4, result)))) is breaks


@pytest.mark.parametrize("name", CLASSICAL)
def test_every_classical_verdict_comes_out(name: str) -> None:
    report = verify(rules.find(name), exhaustive=(3, 9, 5), max_examples=300)
    assert report.complete
    assert not report.misbehaviours
    judged = {verdict.axiom.name: verdict.passed for verdict in report if not verdict.axiom.needs_law}
    assert judged == {axiom.name: name in axiom.satisfied_by for axiom in LAWLESS}


def test_verdicts_of_balinski_and_young_stand_in_the_axioms() -> None:
    satisfied = {axiom.name: set(axiom.satisfied_by) for axiom in axioms.ALL}
    divisors = {"dhondt", "sainte_lague", "modified_sainte_lague", "adams", "dean", "huntington_hill", "danish"}
    assert satisfied["house_monotone"] == satisfied["population_monotone"] == satisfied["coherent"] == divisors
    assert satisfied["quota"] == {"hare"}
    assert "dhondt" in satisfied["lower_quota"]
    assert "adams" in satisfied["upper_quota"]
    assert not satisfied["lower_quota"] & satisfied["upper_quota"] & divisors


def axiom_table() -> ModuleType:
    """Load the program that writes the table of verdicts."""
    spec = importlib.util.spec_from_file_location("axiom_table", Path(__file__).parents[2] / "benchmarks" / "axiom_table.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_documentation_shows_the_verdicts_and_they_are_the_published_ones() -> None:
    program = axiom_table()
    assert "\n".join(program.table(program.expected())) in program.PAGE.read_text(encoding="utf-8")
    assert program.differences(program.expected()) == []


@pytest.mark.parametrize(("rule", "axiom"), FAULTY, ids=lambda each: getattr(each, "__name__", each))
def test_every_planted_fault_is_caught(rule: PlainRule, axiom: str) -> None:
    verdict = verify(rule, axioms=[axiom], exhaustive=(3, 8, 4), max_examples=1000)[axiom]
    assert not verdict.passed
    assert verdict.counterexample


def test_every_axiom_without_a_law_has_a_planted_fault() -> None:
    assert {axiom for _, axiom in FAULTY} == {axiom.name for axiom in LAWLESS}


@pytest.mark.parametrize(("rule", "like"), [(ties_to_the_last, "hare"), (ties_by_lot, "dhondt")])
def test_how_a_rule_breaks_ties_is_no_fault(rule: PlainRule, like: str) -> None:
    report = verify(rule, exhaustive=(3, 9, 5), max_examples=300)
    assert set(report.broken) == {axiom.name for axiom in LAWLESS if like not in axiom.satisfied_by}


LEGAL = ["exact_sum", "threshold_respected", "fallback_floor", "no_seat_without_votes"]


@pytest.mark.parametrize("name", ["2023", "2012", "2007", "2026"])
def test_a_rule_that_keeps_the_law_passes(name: str) -> None:
    rules = law(name)
    rule = with_threshold(rules.threshold, floor=rules.fallback.floor if rules.fallback else None)
    report = verify(rule, axioms=LEGAL, laws=name, exhaustive=(3, 8, 4), max_examples=1000)
    assert report.passed, str(report)
    assert report["threshold_respected"].status != "not applicable"


@pytest.mark.parametrize(
    ("rule", "axiom"),
    [
        (with_threshold(Fraction(3, 100)), "threshold_respected"),
        (with_threshold(Fraction(7, 100)), "threshold_respected"),
        (with_threshold(strict=True), "threshold_respected"),
        (with_threshold(Fraction(0)), "threshold_respected"),
        (with_threshold(floor=1), "fallback_floor"),
        (with_threshold(floor=0), "fallback_floor"),
        (with_threshold(floor=None), "fallback_floor"),
    ],
)
def test_a_rule_that_breaks_the_law_is_caught(rule: PlainRule, axiom: str) -> None:
    verdict = verify(rule, axioms=[axiom], laws="2023", exhaustive=(2, 8, 4), max_examples=1000)[axiom]
    assert verdict.status == "broken"
    assert verdict.counterexample
    assert len(verdict.counterexample.votes) <= 4


def test_the_fallback_may_seat_a_list_without_votes() -> None:
    assert verify(with_threshold(), axioms=["no_seat_without_votes"], laws=2023, max_examples=200).passed
    assert not verify(with_threshold(), axioms=["no_seat_without_votes"], max_examples=200).passed


def test_users_add_axioms_with_the_decorator() -> None:
    @axioms.axiom(source="a statute", satisfied_by=("dhondt",))
    def no_lone_seat(trial: Trial) -> str | None:
        """No party ends up with exactly one seat.

        More words follow.
        """
        return "party has one" if 1 in trial.result else None

    assert no_lone_seat.name == "no_lone_seat"
    assert no_lone_seat.definition == "No party ends up with exactly one seat."
    report = verify(CLASSICAL["hare"], axioms=[no_lone_seat, axioms.quota], max_examples=50)
    assert report.broken == ("no_lone_seat",)
    found = report[no_lone_seat].counterexample
    assert found
    assert (found.votes, found.seats, found.result) == ((1,), 1, (1,))


def test_an_axiom_must_say_what_it_demands() -> None:
    with pytest.raises(MazhilisError, match="must say what it demands"):
        axioms.axiom(source="x")(lambda _: None)
    with pytest.raises(MazhilisError, match="excuses must be one of tie, scale, got 'ties'"):
        axioms.axiom(definition="No party wins.", excuses=("ties",))(lambda _: None)
    with pytest.raises(MazhilisError, match="did you mean 'coherent'"):
        axioms.find("coherence")


@st.composite
def outcomes(draw: Any) -> list[Outcome]:
    """Draw some elections of one size with any results."""
    parties = draw(st.integers(2, 3))
    found = []
    for _ in range(draw(st.integers(2, 8))):
        votes = draw(st.lists(st.integers(1, 9), min_size=parties, max_size=parties))
        seats = draw(st.lists(st.integers(0, 3), min_size=parties, max_size=parties))
        found.append(Outcome(tuple(votes), 3, tuple(seats), tuple(range(parties))))
    return found


@given(outcomes())
def test_the_watcher_finds_a_paradox_whenever_comparing_all_pairs_does(seen: list[Outcome]) -> None:
    watcher = RelativeGrowth()
    watched = [(one, other) for other in seen for one in watcher.partners(other)]

    def breaks(first: Outcome, second: Outcome) -> bool:
        return paradox(Trial(first.votes, first.seats, first.result, second)) is not None

    assert all(breaks(a, b) and breaks(b, a) for a, b in watched)
    assert bool(watched) == any(breaks(a, b) for a, b in permutations(seen, 2))
