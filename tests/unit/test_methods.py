"""The classical rules: textbook examples with their source, refusals, the protocol, and laws of any method."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import permutations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

import mazhilis_sim as ms
from in_arrays import count_in_arrays
from mazhilis_sim.cli import app
from mazhilis_sim.counting.many import largest_base
from mazhilis_sim.errors import MazhilisError
from mazhilis_sim.kernels.cpu import methods
from mazhilis_sim.kernels.steps.law import compare_squares, signpost
from mazhilis_sim.legislation import methods as registry
from mazhilis_sim.legislation.electoral_law import CHOICES
from mazhilis_sim.testing import axioms, rules, verify

METHODS = CHOICES["method"]
DIVISORS = registry.DIVISOR_METHODS
Count = Callable[..., ms.Allocation]
both = pytest.mark.parametrize("count", [ms.allocate, count_in_arrays], ids=["one", "arrays"])


def plain(method: str, seats: int, **changes: Any) -> ms.ElectoralLaw:
    """Return a law of a method and nothing else."""
    return ms.ElectoralLaw(list_seats=seats, threshold=Fraction(0), fallback=None, method=method, **changes)


def named(votes: list[int]) -> dict[str, int]:
    """Name the lists."""
    return {chr(97 + i): v for i, v in enumerate(votes)}


# -- textbook examples -------------------------------------------------------------------------------------------------

CENSUS_1790 = [
    630_560,
    475_327,
    432_879,
    353_523,
    331_589,
    278_514,
    236_841,
    206_236,
    179_570,
    141_822,
    85_533,
    70_835,
    68_705,
    68_446,
    55_540,
]
"""Virginia, Massachusetts, Pennsylvania, North Carolina, New York, Maryland, Connecticut, South Carolina, New Jersey, New
Hampshire, Vermont, Georgia, Kentucky, Rhode Island, Delaware: Balinski and Young, Fair Representation, ch. 3."""
FIVE_STATES = [9_061, 7_179, 5_259, 3_319, 1_182]
"""Balinski and Young's example in which their five divisor rules give five results (26 seats)."""
LARGEST_REMAINDER = [47_000, 16_000, 15_800, 12_000, 6_100, 3_100]
"""Wikipedia, "Largest remainders method": 10 seats."""
HIGHEST_AVERAGES = [100_000, 80_000, 30_000, 20_000]
"""Wikipedia, "D'Hondt method" and "Sainte-Laguë method": 8 seats."""
GALLAGHER = [60_000, 28_000, 12_000]
"""M. Gallagher, Proportionality, Disproportionality and Electoral Systems, Electoral Studies 10 (1991), table 1: 5 seats;
what he does not print is divided by hand."""

TEXTBOOK = [
    ("dhondt", CENSUS_1790, [19, 14, 13, 10, 10, 8, 7, 6, 5, 4, 2, 2, 2, 2, 1]),  # the apportionment of 1792, by Jefferson
    ("hare", CENSUS_1790, [21, 16, 14, 12, 11, 9, 8, 7, 6, 5, 3, 2, 2, 2, 2]),  # Hamilton's bill, which Washington vetoed
    ("adams", FIVE_STATES, [9, 7, 5, 3, 2]),
    ("dean", FIVE_STATES, [9, 7, 5, 4, 1]),
    ("huntington_hill", FIVE_STATES, [9, 7, 6, 3, 1]),
    ("sainte_lague", FIVE_STATES, [9, 8, 5, 3, 1]),
    ("dhondt", FIVE_STATES, [10, 7, 5, 3, 1]),
    ("hare", LARGEST_REMAINDER, [5, 2, 1, 1, 1, 0]),
    ("droop", LARGEST_REMAINDER, [5, 2, 2, 1, 0, 0]),
    ("dhondt", HIGHEST_AVERAGES, [4, 3, 1, 0]),
    ("sainte_lague", HIGHEST_AVERAGES, [3, 3, 1, 1]),
    ("dhondt", GALLAGHER, [4, 1, 0]),
    ("sainte_lague", GALLAGHER, [3, 1, 1]),
    ("modified_sainte_lague", GALLAGHER, [3, 2, 0]),  # 42,857 20,000 20,000 12,000 9,333, and 8,571 gets none
    ("danish", GALLAGHER, [3, 1, 1]),  # 60,000 28,000 15,000 12,000 8,571
    ("hare", GALLAGHER, [3, 1, 1]),  # quota 20,000
    ("droop", GALLAGHER, [3, 1, 1]),  # quota 16,667
    ("hagenbach_bischoff", GALLAGHER, [3, 1, 1]),  # quota 16,666 2/3
    ("imperiali", GALLAGHER, [4, 1, 0]),  # quota 14,285 5/7: whole parts 4 and 1 are all
]


@pytest.mark.parametrize(("method", "votes", "seats"), TEXTBOOK)
def test_textbook_examples(method: str, votes: list[int], seats: list[int]) -> None:
    law = plain(method, sum(seats))
    for count in (ms.allocate, count_in_arrays):
        assert list(count(law, named(votes)).seats.values()) == seats
    assert rules.find(method)(votes, sum(seats)) == seats
    assert rules.find(method).many([votes, votes], sum(seats)).tolist() == [seats, seats]


# -- one list of names -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", METHODS)
def test_an_entry_of_the_registry_names_what_stands_there(method: str) -> None:
    entry = registry.METHODS[method]
    kernel = registry.resolve(entry.kernel)
    assert entry.name == method
    assert registry.resolve(entry.oracle)(*(100, 9)[: 2 if entry.family == "quota" else 1]) > 0
    assert isinstance(kernel, methods.Divisor) if entry.family == "divisor" else kernel is None or kernel.more == entry.more
    assert registry.resolve(entry.bound)(kernel, 9) > 10**9


@pytest.mark.parametrize("method", METHODS)
def test_an_entry_says_of_its_formula_what_the_oracle_computes(method: str) -> None:
    entry = registry.METHODS[method]
    formula = registry.resolve(entry.oracle)
    if entry.family == "quota":
        assert 0 <= formula(1000, 9) - Fraction(1000, 9 + entry.more) <= (method == "droop")
    else:
        assert entry.more == 0
    assert entry.squared == (method == "huntington_hill")


def test_an_entry_of_the_registry_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        registry.METHODS["hare"].more = 1  # type: ignore[misc]
    assert not hasattr(registry.METHODS["hare"], "__dict__")


def test_law_axioms_and_rules_take_their_names_from_the_registry() -> None:
    assert METHODS[0] == "hare" == registry.OF_THE_LAW
    assert METHODS == tuple(registry.METHODS) == tuple(rules.CLASSICAL) == axioms.CLASSICAL
    assert registry.DIVISOR_METHODS == axioms.DIVISOR_RULES == METHODS[4:]


@pytest.mark.parametrize("method", DIVISORS)
def test_the_signposts_of_the_kernel_are_the_divisors_of_the_oracle(method: str) -> None:
    entry = registry.METHODS[method]
    for seats in range(50):
        num, den = signpost(registry.resolve(entry.kernel), seats)
        assert Fraction(int(num), int(den)) == registry.resolve(entry.oracle)(seats)


FACTORS = {
    "hare": (1, 1),
    "droop": (2, 11),
    "hagenbach_bischoff": (2, 11),
    "imperiali": (3, 12),
    "dhondt": (2, 11),
    "sainte_lague": (3, 21),
    "modified_sainte_lague": (35, 105),
    "adams": (1, 10),
    "dean": (12, 4620),
    "danish": (4, 31),
}
"""What votes are multiplied by at most, for one seat and for ten: the largest numerator and denominator of a divisor."""


@pytest.mark.parametrize("method", FACTORS)
def test_the_most_votes_are_those_whose_products_are_compared_in_64_bits(method: str) -> None:
    entry = registry.METHODS[method]
    most = [registry.resolve(entry.bound)(registry.resolve(entry.kernel), seats) for seats in (1, 10)]
    assert most == [(2**63 - 1) // factor for factor in FACTORS[method]]


def test_squares_fit_64_bits_up_to_these_votes_and_seats() -> None:
    squared = registry.METHODS["huntington_hill"]
    most = [registry.resolve(squared.bound)(registry.resolve(squared.kernel), seats) for seats in (1, 46_339, 46_340)]
    assert most == [2**31 - 1, 2**31 - 1, 0]
    assert (2**31 - 1) ** 2 * 46_339 * 46_340 < 2**94  # what `compare_squares` holds


def test_products_of_94_bits_are_compared_exactly() -> None:
    rng = np.random.default_rng(8)
    for bits in (4, 15, 23, 31):
        for _ in range(200):
            x, y, z = rng.integers(1, 1 << bits // 2, 3).tolist()
            for more in (0, 1, -1, int(rng.integers(1, 1 << bits - 1))):
                a, times_a, b, times_b = x * y, z * z, x * z, max(y * y + more, 1)  # equal but for what comes on top
                exact = a * a * times_a - b * b * times_b
                found = compare_squares(*map(np.int64, (a, times_a, b, times_b)))
                assert int(found) == (exact > 0) - (exact < 0)


def test_a_rule_is_found_by_name_or_the_nearest_is_told() -> None:
    assert rules.find("dhondt").name == "dhondt"
    with pytest.raises(MazhilisError, match="there is no rule 'dhont'; did you mean 'dhondt'"):
        verify("dhont")
    with pytest.raises(ms.LawError, match="method must be one of hare, droop, .*danish, got 'webstr'; did you mean 'Webster'?"):
        ms.law("2023").replace(method="webstr")
    with pytest.raises(ms.LawError, match="got 'St Laguë'; did you mean 'sainte_lague'?"):
        ms.law("2023").replace(method="St Laguë")
    with pytest.raises(ms.LawError, match="method must be one of hare, droop, .*danish, got 'qwxz'$"):
        ms.law("2023").replace(method="qwxz")


@pytest.mark.parametrize(
    ("word", "method"),
    [
        ("D'Hondt", "dhondt"),
        ("d’hondt", "dhondt"),
        ("Jefferson", "dhondt"),
        ("webster", "sainte_lague"),
        ("Sainte-Laguë", "sainte_lague"),
        ("Hamilton", "hare"),
        ("hare niemeyer", "hare"),
        ("Hill", "huntington_hill"),
        ("Hagenbach-Bischoff", "hagenbach_bischoff"),
    ],
)
def test_a_rule_goes_by_every_name_that_it_has(word: str, method: str) -> None:
    assert ms.law("2023").replace(method=word) == ms.law("2023").replace(method=method)
    assert rules.find(word).name == method


def test_no_name_means_two_rules() -> None:
    named = {
        (registry.letters_of(name), entry.name) for entry in registry.METHODS.values() for name in (entry.name, entry.title, *entry.aliases)
    }
    assert len(named) == len({letters for letters, _ in named})


def test_a_sentence_calls_a_method_by_its_title_and_a_function_by_its_name() -> None:
    def all_to_one(votes: list[int], seats: int) -> list[int]:
        return [seats] + [0] * (len(votes) - 1)

    said = [registry.method_title(method) for method in ("sainte_lague", "modified_sainte_lague", all_to_one)]
    assert said == ["Sainte-Laguë", "modified Sainte-Laguë", "all_to_one"]


def test_another_method_has_no_article_and_shows_in_the_repr() -> None:
    law = ms.law("2023").replace(method="dhondt")
    assert "method='dhondt'" in repr(law)
    assert "method" not in repr(ms.law("2023"))
    assert "quota" in ms.law("2023").source
    assert not {"quota", "remainders", "ties"} & set(law.source)
    assert law.source["fallback"] == "Article 97-1(2)-(4)"


def test_seats_handed_out_one_by_one_have_a_bound() -> None:
    with pytest.raises(ms.LawError, match=r"list_seats must be at most 1,000,000 with method='adams', got 1,000,001"):
        plain("adams", 1_000_001)
    assert plain("droop", 10**9).list_seats == 10**9


# -- definitions at their edges ----------------------------------------------------------------------------------------


@both
@pytest.mark.parametrize(
    ("method", "votes", "words"),
    [
        ("imperiali", [53, 24, 23], "the quota imperiali of 11.11 votes hands out 8 seats and there are 7"),
        ("hagenbach_bischoff", [5, 2, 1], "the quota hagenbach_bischoff of 1.00 votes hands out 8 seats and there are 7"),
    ],
)
def test_a_quota_that_hands_out_too_many_seats_is_an_error(method: str, votes: list[int], words: str, count: Count) -> None:
    with pytest.raises(ms.AllocationError, match=words):
        count(plain(method, 7), named(votes))
    with pytest.raises(ms.AllocationError, match=f"^row 1: {words}"):
        ms.allocate_many(plain(method, 7), [[70, 20, 11], votes])
    with pytest.raises(ms.AllocationError, match=f"^{words}"):
        rules.find(method)(votes, 7)
    with pytest.raises(ms.AllocationError, match=f"^row 1: {words}"):
        rules.find(method).many([[70, 20, 11], votes], 7)


@both
def test_seats_left_beyond_one_a_list_go_round_again(count: Count) -> None:
    a = count(plain("droop", 7), {"a": 2, "b": 1})  # the quota is 1, whole parts 2 and 1, four seats left
    assert (a.quota, a.whole, a.seats) == (1, {"a": 2, "b": 1}, {"a": 4, "b": 3})
    assert a.ties == ()
    odd = count(plain("droop", 8), {"a": 2, "b": 1})
    assert (odd.seats, odd.ties, odd.tie_seats) == ({"a": 5, "b": 3}, (("a", "b"),), (1,))
    assert "2 more to every list" in odd.explain()


@both
@pytest.mark.parametrize("method", ["adams", "dean", "huntington_hill"])
def test_a_first_seat_comes_before_all_second_ones(method: str, count: Count) -> None:
    assert count(plain(method, 4), {"a": 97, "b": 1, "c": 1, "d": 1}).seats == {"a": 1, "b": 1, "c": 1, "d": 1}
    few = count(plain(method, 2), {"a": 1, "b": 5, "c": 7, "d": 5})
    assert (few.seats, few.ties, few.tie_seats) == ({"a": 0, "b": 1, "c": 1, "d": 0}, (("b", "d"),), (1,))
    assert few.quotients["c"] == (None, few.quotients["c"][1])


@both
@pytest.mark.parametrize("method", METHODS)
def test_a_list_without_votes_gets_no_seat_while_others_have_remainders(method: str, count: Count) -> None:
    seats = count(plain(method, 3), {"z": 0, "a": 40, "c": 33, "d": 40, "b": 0}).seats
    assert (seats["z"], seats["b"]) == (0, 0)


@both
def test_few_votes_beside_seats_give_droop_seats_to_hand_out_even_to_lists_without_votes(count: Count) -> None:
    assert count(plain("droop", 3), {"z": 0, "a": 1, "b": 0}).seats == {"z": 1, "a": 2, "b": 0}


@both
@pytest.mark.parametrize("method", METHODS)
def test_the_two_party_rule_stays_that_of_the_law(method: str, count: Count) -> None:
    law = ms.law("2023").replace(method=method)
    votes = {"a": 5_400_000, "b": 290_000, "c": 210_000}
    a, hare = count(law, votes, against_all=100_000), count(ms.law("2023"), votes, against_all=100_000)
    assert (a.seats, a.fallback, a.quota, a.whole) == ({"a": 67, "b": 2, "c": 0}, True, hare.quota, hare.whole)
    assert "First electoral quotient" in a.explain()


@both
def test_ties_are_named_with_parties_and_seats_whatever_the_policy(count: Count) -> None:
    votes = {"x": 100, "y": 100, "z": 100}
    for method, what in (("dhondt", "quotients"), ("droop", "remainders")):
        a = count(plain(method, 5), votes)
        assert (a.seats, a.ties, a.tie_seats) == ({"x": 2, "y": 2, "z": 1}, (("x", "y", "z"),), (2,))
        assert f"equal {what}: x, y and z for 2 seats; the order of registration decided" in a.explain()
        with pytest.raises(ms.AllocationError, match=f"equal {what} of x, y and z compete for 2 seats"):
            count(plain(method, 5, ties="error"), votes)
        drawn = {tuple(count(plain(method, 5, ties="lots"), votes, seed=seed).seats.values()) for seed in range(30)}
        assert drawn == {(2, 2, 1), (2, 1, 2), (1, 2, 2)}


@both
def test_refusals_name_the_lists(count: Count) -> None:
    law = ms.law("2023").replace(second_place_tie="error", ties="error")
    with pytest.raises(ms.AllocationError, match="^b and c share the second place with 4 votes each, and the law says second_place_tie"):
        count(law, {"a": 92, "b": 4, "c": 4})
    with pytest.raises(ms.AllocationError, match="^b and c share the second place"):
        count(law.replace(threshold="90%", no_list_passes="top_two"), {"a": 40, "b": 30, "c": 30})
    with pytest.raises(ms.AllocationError, match="^equal remainders of a and b compete for 1 seat, and the law says"):
        count(law, {"a": 50, "b": 50})


# -- numbers of any size -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("factor", [1, 350, 360, 10**9, 10**12, 10**30])
def test_counts_around_and_beyond_the_bound_of_64_bits_are_exact(method: str, factor: int) -> None:
    votes = [factor * v for v in (3_431_510, 693_938, 547_154, 535_139, 432_920, 331_058)]
    if method == "imperiali":
        votes = [v + 10_000 * factor * i for i, v in enumerate(votes)]
    law = plain(method, 69)
    seats = list(ms.allocate(law, named(votes)).seats.values())
    if method != "droop":  # whose quota is cut to whole votes: seats do not depend on the size, though the numbers do
        assert seats == ms.allocate_many(law, [[v // factor for v in votes]])[0].tolist()
    if sum(votes) <= largest_base(law, len(votes)):
        assert ms.allocate_many(law, [votes])[0].tolist() == seats
    else:
        with pytest.raises(ms.VotesError, match="64-bit integers to be counted exactly|to be counted exactly in 64-bit integers"):
            ms.allocate_many(law, [votes])


def test_huntington_and_hill_compare_squares_in_more_than_64_bits() -> None:
    # a's third claim is v / sqrt(6), b's first second one w / sqrt(2): equal where v^2 = 3 w^2, which no whole numbers are
    w = 1_000_000_000
    v = 1_732_050_807  # floor(sqrt(3) w)
    law = plain("huntington_hill", 4)
    for a, seats in ((v, [2, 2]), (v + 1, [3, 1])):
        assert list(ms.allocate(law, {"a": a, "b": w}).seats.values()) == seats
    bound = 2**31 - 1
    assert ms.allocate_many(plain("huntington_hill", 3), [[bound - 1, 1]]).tolist() == [[2, 1]]
    with pytest.raises(ms.VotesError, match="too large to be counted exactly"):
        ms.allocate_many(plain("huntington_hill", 3), [[bound, 1]])


def test_a_whole_part_just_below_a_seat_stays_below_it() -> None:
    level = 2**59  # the quota is one vote more: what a float makes of the quotient is 1
    assert ms.allocate_many(plain("droop", 1), [[level, level]]).tolist() == [[1, 0]]


# -- the protocol ------------------------------------------------------------------------------------------------------

DHONDT = """\
3. Divisor rule D'Hondt (of no version of the law): a seat each to the largest quotients.
   votes are divided by 1, 2, 3 and so on
   list   votes  quotient of the last seat  of the next
   a     60,000                15,000.0000  12,000.0000
   b     28,000                28,000.0000  14,000.0000
   c     12,000                          -  12,000.0000
   the last seat: a with 15,000.0000; the next would be b's with 14,000.0000

4. Seats."""


@both
def test_the_protocol_of_a_divisor_rule(count: Count) -> None:
    assert DHONDT in count(plain("dhondt", 5), named(GALLAGHER)).explain()


@both
@pytest.mark.parametrize(
    ("method", "lines"),
    [
        (
            "droop",
            [
                "Droop quota (of no version of the law): votes of the admitted lists / (seats + 1), cut to a whole number, plus 1.",
                "   100,000 / 6 = 16,666.6666, so 16,667",
            ],
        ),
        (
            "imperiali",
            ["Imperiali quota (of no version of the law): votes of the admitted lists / (seats + 2).", "   100,000 / 7 = 14,285.7142"],
        ),
        (
            "huntington_hill",
            ["   a     60,000                24,494.8974  17,320.5080", "   c     12,000                  divisor 0   8,485.2813"],
        ),
    ],
)
def test_the_protocol_of_other_methods(method: str, lines: list[str], count: Count) -> None:
    text = count(plain(method, 5), named(GALLAGHER)).explain()
    for line in lines:
        assert line in text


@pytest.mark.parametrize("method", METHODS)
def test_every_election_on_record_has_a_protocol_by_every_method(method: str) -> None:
    for year in ms.elections():
        election = ms.load_election(year)
        law = ms.law(year).replace(method=method)
        told = [protocol_or_refusal(count, law, election) for count in (ms.allocate, count_in_arrays)]
        assert told[0] == told[1]
        assert method in ("hagenbach_bischoff", "imperiali") or told[0].startswith(f"Count of the {law.list_seats} list seats")


def protocol_or_refusal(count: Count, law: ms.ElectoralLaw, election: ms.Election) -> str:
    """Return the protocol of a count, or why there is none."""
    try:
        return count(law, election.list_votes, election.against_all).explain()
    except ms.AllocationError as error:
        return str(error)


# -- simulated ---------------------------------------------------------------------------------------------------------

POLL = ms.Poll({"a": 0.5, "b": 0.3, "c": 0.12, "d": 0.08}, sample_size=900)


def test_a_simulation_in_which_a_quota_hands_out_too_many_seats_is_refused_with_their_number() -> None:
    with pytest.raises(ms.AllocationError, match=r"in [\d,]+ of 2,000 draws the quota imperiali hands out more than 145 seats; choose"):
        ms.simulate(ms.law("2026").replace(method="imperiali"), POLL, n_draws=2000, seed=1, threads=1)


def test_a_quota_that_gives_one_list_more_than_all_seats_is_refused_as_well() -> None:
    law = plain("imperiali", 5)  # 0.97 of the votes are 6.79 quotas: nothing may be counted beyond the fifth seat
    with pytest.raises(ms.AllocationError, match="in 40 of 40 draws the quota imperiali hands out more than 5 seats"):
        ms.simulate(law, ms.Poll({"a": 0.97, "b": 0.03}, sample_size=10_000), n_draws=40, seed=1, threads=1)


def test_a_forecast_of_another_method_can_be_saved_and_read(tmp_path: Any) -> None:
    f = ms.simulate(ms.law("2026").replace(method="dhondt"), POLL, n_draws=500, seed=1, threads=1)
    f.save(tmp_path / "run.json")
    read = ms.load_forecast(tmp_path / "run.json")
    assert read.law.method == "dhondt"
    assert all(np.array_equal(f.tallies[key], read.tallies[key]) for key in f.tallies)
    assert (f + f.rerun(start=500)).n_draws == 1000
    assert f.p_tie().successes == 0


@pytest.mark.parametrize("method", [method for method in METHODS if method not in ("hagenbach_bischoff", "imperiali")])
@pytest.mark.parametrize("seats", [1, 5])
def test_lots_between_equals_are_drawn_by_every_method(method: str, seats: int) -> None:
    law = plain(method, seats, ties="lots")
    level = ms.Election(list_votes={"nil": 0, "x": 100, "y": 100, "few": 1, "z": 100})
    f = ms.simulate(law, level, model="margin", n_draws=40, seed=1, threads=1)
    count = {tuple(ms.allocate(law, level.list_votes, seed=seed).seats.values()) for seed in range(40)}
    assert {tuple(row) for row in f.draws(40).tolist()} == count == set(permuted(count))
    assert f.p_tie().value == 1


def permuted(found: set[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """Return the seats with those of x, y and z in any order."""
    none, x, y, few, z = next(iter(found))
    return [(none, *level[:2], few, level[2]) for level in permutations((x, y, z))]


@pytest.mark.parametrize("method", ["droop", "dhondt", "dean", "huntington_hill"])
def test_draws_in_which_no_list_passes_have_no_seats_and_no_tie(method: str) -> None:
    law = plain(method, 5).replace(threshold="45%")
    f = ms.simulate(law, ms.Poll({"a": 0.5, "b": 0.3, "c": 0.2}, sample_size=50), n_draws=40, seed=1, threads=1)
    assert set(f.draws(40).sum(axis=1).tolist()) == {0, 5}
    assert f.p_tie().successes == 0


def test_a_tie_for_the_second_place_is_an_error_of_count_and_simulation_alike() -> None:
    law = ms.law("2026").replace(threshold="90%", no_list_passes="top_two", second_place_tie="error")
    poll = ms.Poll({"a": 0.4, "b": 0.3, "c": 0.3}, effective_size=1e9)
    with pytest.raises(ms.AllocationError, match="share the second place"):
        ms.allocate(law, {"a": 4, "b": 3, "c": 3})
    allowed = ms.simulate(law.replace(second_place_tie="order"), poll, model="multinomial", n_draws=300, votes=10, seed=1, threads=1)
    assert allowed.p_second_tie().successes > 0
    with pytest.raises(ms.AllocationError, match=f"{allowed.p_second_tie().successes} of 300 draws .*second_tie"):
        ms.simulate(law, poll, model="multinomial", n_draws=300, votes=10, seed=1, threads=1)


def test_a_forecast_says_which_method_shared_out_the_seats(tmp_path: Path) -> None:
    (tmp_path / "what_if.toml").write_text(
        'polls = 2023\ndistricts = "none"\ndraws = 500\n[law]\nname = "2026"\nmethod = "dhondt"\n', encoding="utf-8"
    )
    said = CliRunner().invoke(app, ["forecast", str(tmp_path / "what_if.toml"), "--verbose"])
    words = " ".join(said.output.split())
    assert said.exit_code == 0, said.output
    assert "seats shared out by dhondt, which is the law of no version" in words
    assert "draws with equal quotients" in words


@pytest.mark.parametrize("method", ["droop", "dhondt", "sainte-lague", "adams", "dean", "huntington-hill", "danish"])
def test_a_draw_in_which_nobody_votes_for_a_list_gives_no_seat_by_any_method(method: str) -> None:
    """Of two voters most are against all; without a threshold both lists are admitted, with or without votes."""
    poll = ms.Poll({"a": 0.05, "b": 0.05, "against_all": 0.9}, sample_size=50)
    law = ms.law("2026").replace(threshold=0, list_seats=5)
    by_hare, by_other = (
        ms.simulate(each, poll, votes=2, n_draws=500, seed=1).chambers(0, 500).sum(axis=1) for each in (law, law.replace(method=method))
    )
    assert set(by_hare.tolist()) == {0, 5}
    assert by_other.tolist() == by_hare.tolist()
