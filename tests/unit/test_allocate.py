"""One election's list seats: the official results, worked examples, and every choice that the law leaves open."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

import mazhilis_sim as ms
from in_arrays import count_in_arrays
from on_record import KNOWN, Known

Count = Callable[..., ms.Allocation]
LAW = ms.law("2023")


both = pytest.mark.parametrize("count", [ms.allocate, count_in_arrays], ids=["one", "arrays"])


def seats_of_row(law: ms.ElectoralLaw, votes: list[int], against_all: int = 0) -> list[int]:
    """Count one row on the compiled path."""
    row: list[int] = ms.allocate_many(law, [votes], against_all=against_all)[0].tolist()
    return row


# -- official results ------------------------------------------------------------------------------------------------


@both
@pytest.mark.parametrize("known", KNOWN, ids=lambda known: known.law)
def test_the_official_result_comes_out_exactly(known: Known, count: Count) -> None:
    allocation = count(ms.law(known.law), known.votes, against_all=known.against_all)
    assert list(allocation.seats.values()) == known.seats
    assert allocation.base == known.base
    assert allocation.ties == ()


@pytest.mark.parametrize("known", KNOWN, ids=lambda known: known.law)
def test_the_official_result_comes_out_on_the_compiled_path(known: Known) -> None:
    assert seats_of_row(ms.law(known.law), list(known.votes.values()), known.against_all) == known.seats


@both
def test_the_numbers_of_2023_on_the_way(count: Count) -> None:
    known = KNOWN[-1]
    allocation = count(LAW, known.votes, against_all=known.against_all)
    assert allocation.quota == Fraction(5_971_719, 69)
    assert allocation.admitted == ("amanat", "auyl", "respublica", "aq_jol", "qhp", "jsdp")
    assert allocation.whole == {"amanat": 39, "auyl": 8, "respublica": 6, "aq_jol": 6, "qhp": 5, "jsdp": 3}
    assert allocation.remainders["amanat"] == 3_431_510 / allocation.quota - 39
    assert sorted(allocation.remainders, key=lambda p: -allocation.remainders[p])[:2] == ["jsdp", "amanat"]
    assert not allocation.fallback


@both
def test_categories_of_2023(count: Count) -> None:
    known = KNOWN[-1]
    allocation = count(LAW, known.votes, against_all=known.against_all)
    assert allocation.category_seats["amanat"] == 12
    assert allocation.category_seats == {p: -(-3 * seats // 10) for p, seats in allocation.seats.items()}


def test_no_categories_before_2022() -> None:
    assert set(ms.allocate(ms.law("2021"), {"a": 80, "b": 20}).category_seats.values()) == {0}


# -- the two-party rule ----------------------------------------------------------------------------------------------

# docs/explanation/law.md, "The two-party rule": quota 5,690,000 / 69, whole parts 65 and 2, the two seats left both go to a
WORKED: dict[str, Any] = {"votes": {"a": 5_400_000, "b": 290_000, "c": 210_000}, "against_all": 100_000}


@both
def test_the_worked_fallback(count: Count) -> None:
    allocation = count(LAW, **WORKED)
    assert allocation.fallback
    assert allocation.seats == {"a": 67, "b": 2, "c": 0}
    assert allocation.base == 6_000_000
    assert allocation.admitted == ("a", "b")
    assert allocation.quota == Fraction(5_690_000, 69)
    assert allocation.whole == {"a": 65, "b": 2}
    assert allocation.remainders == {"a": 5_400_000 / allocation.quota - 65, "b": 290_000 / allocation.quota * Fraction(7, 10) - 2}
    assert allocation.ties == ()


def test_the_worked_fallback_on_the_compiled_path() -> None:
    assert seats_of_row(LAW, [5_400_000, 290_000, 210_000], 100_000) == [67, 2, 0]


def test_competing_remainders_would_be_another_law() -> None:
    allocation = ms.allocate(LAW, **WORKED)
    whole, left = dict(allocation.whole), 2
    for party in sorted(whole, key=lambda p: -allocation.remainders[p])[:left]:
        whole[party] += 1
    assert whole == {"a": 66, "b": 3}
    assert {p: allocation.seats[p] for p in whole} != whole


@both
@pytest.mark.parametrize(
    ("votes", "seats"),
    [
        ({"a": 95, "b": 3, "c": 2}, {"a": 67, "b": 2, "c": 0}),  # 69 x 3 / 98 x 0.7 = 1.48: the floor
        ({"a": 900, "b": 49, "c": 51}, {"a": 65, "b": 0, "c": 4}),  # c passes, but a and c together: no fallback
        ({"b": 4, "a": 92, "c": 4}, {"b": 2, "a": 67, "c": 0}),  # equal seconds: registered earlier
        ({"b": 1, "a": 999, "c": 0}, {"b": 2, "a": 67, "c": 0}),
        ({"a": 7, "b": 0, "c": 0}, {"a": 67, "b": 2, "c": 0}),  # a second list without votes still gets the floor
    ],
)
def test_the_second_list_gets_its_weighted_whole_part_or_the_floor(votes: dict[str, int], seats: dict[str, int], count: Count) -> None:
    assert count(LAW, votes).seats == seats


@both
def test_without_a_fallback_one_passer_takes_all(count: Count) -> None:
    allocation = count(LAW.replace(fallback=None), **WORKED)
    assert allocation.seats == {"a": 69, "b": 0, "c": 0}
    assert (allocation.fallback, allocation.admitted) == (False, ("a",))


@both
def test_the_local_floor_is_one(count: Count) -> None:
    law = ms.law("maslikhat", list_seats=17)
    assert count(law, {"a": 96, "b": 3, "c": 1}).seats == {"a": 16, "b": 1, "c": 0}


@both
@pytest.mark.parametrize(("seats", "won"), [(1, {"a": 0, "b": 1}), (2, {"a": 0, "b": 2}), (3, {"a": 1, "b": 2})])
def test_fewer_seats_than_the_floor(seats: int, won: dict[str, int], count: Count) -> None:
    assert count(LAW.replace(list_seats=seats), {"a": 97, "b": 3}).seats == won


@both
def test_a_single_list_takes_all(count: Count) -> None:
    allocation = count(LAW, {"a": 1}, against_all=3)
    assert (allocation.seats, allocation.fallback, allocation.admitted) == ({"a": 69}, False, ("a",))


@both
def test_two_passers_are_no_fallback(count: Count) -> None:
    allocation = count(LAW, {"a": 95, "b": 5})
    assert (allocation.fallback, allocation.seats) == (False, {"a": 66, "b": 3})  # quotients 65.55 and 3.45


@both
@pytest.mark.parametrize(("excess", "votes"), [(True, {"a": 98, "b": 2}), (False, {"a": 94, "b": 4, "c": 2})])
def test_the_floor_wins_over_the_seats_unless_that_is_an_error(excess: bool, votes: dict[str, int], count: Count) -> None:
    # whole parts of 67 (of 67.62) and of 66 (of 66.18), and a floor of 3
    law = LAW.replace(fallback=ms.Fallback(weight=Fraction(0), floor=3))
    assert count(law, votes).seats["b"] == 3
    strict = law.replace(floor_excess="error")
    if excess:
        with pytest.raises(ms.AllocationError, match="floor.* exceed 69 seats"):
            count(strict, votes)
    else:
        assert count(strict, votes).seats == count(law, votes).seats


# -- the threshold ---------------------------------------------------------------------------------------------------


@both
@pytest.mark.parametrize(("law", "percent"), [("2023", 5), ("2021", 7)])
@pytest.mark.parametrize("base", [100, 1_900, 20_000, 6_366_400])
def test_reaching_the_threshold_is_enough(base: int, law: str, percent: int, count: Count) -> None:
    at = base * percent // 100
    reached = count(ms.law(law), {"a": base - 2 * at, "b": at, "c": at})
    assert reached.admitted == ("a", "b", "c")
    missed = count(ms.law(law), {"a": base - 2 * at + 1, "b": at, "c": at - 1})
    assert missed.admitted == ("a", "b")


@both
def test_votes_against_all_raise_the_threshold_and_leave_the_quota(count: Count) -> None:
    votes = {"a": 90, "b": 5, "c": 5}
    assert count(LAW, votes).admitted == ("a", "b", "c")
    with_against = count(LAW, votes, against_all=1)
    assert with_against.admitted == ("a", "b")
    assert with_against.quota == Fraction(95, 69)


@both
@pytest.mark.parametrize(("base", "admitted"), [("valid", ("a", "b", "c")), ("parties", ("a", "b", "c", "d")), ("cast", ("a", "b"))])
def test_the_base_is_what_the_option_says(base: str, admitted: tuple[str, ...], count: Count) -> None:
    # of 950 votes for lists, 50 against all and 40 invalid, 5 % are 47.5, 50 and 52
    allocation = count(LAW.replace(base=base), {"a": 800, "b": 52, "c": 50, "d": 48}, against_all=50, invalid=40)
    assert allocation.admitted == admitted


@both
def test_a_threshold_of_zero_admits_every_list_also_without_votes(count: Count) -> None:
    allocation = count(LAW.replace(threshold=0), {"a": 69_000, "b": 0, "c": 1})
    assert allocation.admitted == ("a", "b", "c")
    assert allocation.seats == {"a": 69, "b": 0, "c": 0}


# -- no list passes --------------------------------------------------------------------------------------------------

NOBODY = {chr(97 + i): 25 - i for i in range(25)}  # 325 votes, and the largest list has 7.7 %


@both
def test_no_list_passes_is_an_error_that_names_the_options(count: Count) -> None:
    with pytest.raises(ms.AllocationError, match=r'no list reached the threshold of 9 % .*no_list_passes="top_two".* or "all"'):
        count(LAW.replace(threshold="9%"), NOBODY)


@both
def test_no_list_passes_may_admit_the_top_two(count: Count) -> None:
    allocation = count(LAW.replace(threshold="9%", no_list_passes="top_two"), NOBODY)
    assert allocation.admitted == ("a", "b")
    assert not allocation.fallback  # nobody passed alone, so remainders compete and no weight applies
    assert {p: n for p, n in allocation.seats.items() if n} == {"a": 35, "b": 34}  # 35.20 and 33.80


@both
def test_no_list_passes_may_admit_all(count: Count) -> None:
    allocation = count(LAW.replace(threshold="9%", no_list_passes="all"), NOBODY)
    assert allocation.admitted == tuple(NOBODY)
    assert sum(allocation.seats.values()) == 69


@both
def test_the_top_two_of_equals_are_those_registered_first_and_reported(count: Count) -> None:
    law = LAW.replace(threshold="30%", no_list_passes="top_two", list_seats=10)
    allocation = count(law, {"a": 10, "b": 20, "c": 20, "d": 20, "e": 9})
    assert (allocation.admitted, allocation.ties) == (("b", "c"), (("c", "d"),))


# -- ties ------------------------------------------------------------------------------------------------------------

TIED = {"x": 10, "y": 10, "z": 10}
TEN = LAW.replace(list_seats=10)


@both
def test_equal_remainders_go_to_the_list_registered_earlier_and_are_reported(count: Count) -> None:
    allocation = count(TEN, TIED)
    assert allocation.seats == {"x": 4, "y": 3, "z": 3}
    assert (allocation.ties, allocation.tie_seats) == ((("x", "y", "z"),), (1,))
    assert count(TEN, {"z": 10, "x": 10, "y": 10}).seats == {"z": 4, "x": 3, "y": 3}


@both
def test_equal_remainders_that_are_all_served_are_no_tie(count: Count) -> None:
    seven = LAW.replace(list_seats=7)
    allocation = count(seven, {"x": 32, "y": 19, "z": 19})  # 3.2, 1.9 and 1.9: two seats left for y and z
    assert (allocation.seats, allocation.ties) == ({"x": 3, "y": 2, "z": 2}, ())
    allocation = count(seven, {"x": 30, "y": 20, "z": 20})  # whole quotas: no seat is left, and no remainder competes
    assert (allocation.seats, allocation.ties) == ({"x": 3, "y": 2, "z": 2}, ())


@both
def test_a_tie_is_told_with_the_seats_that_it_is_for(count: Count) -> None:
    allocation = count(LAW.replace(list_seats=8), {"w": 23, "x": 19, "y": 19, "z": 19})  # 2.3, three times 1.9
    assert (allocation.ties, allocation.tie_seats) == ((), ())
    allocation = count(LAW.replace(list_seats=8), {"w": 29, "x": 17, "y": 17, "z": 17})  # 2.9, three times 1.7
    assert allocation.seats == {"w": 3, "x": 2, "y": 2, "z": 1}
    assert (allocation.ties, allocation.tie_seats) == ((("x", "y", "z"),), (2,))


@both
def test_a_tie_may_be_an_error(count: Count) -> None:
    with pytest.raises(ms.AllocationError, match="equal remainders"):
        count(TEN.replace(ties="error"), TIED)
    assert count(TEN.replace(ties="error"), {"x": 11, "y": 10, "z": 10}).seats == {"x": 4, "y": 3, "z": 3}


@both
@pytest.mark.parametrize("method", ["hare", "dhondt"])
def test_a_lot_without_a_seed_draws_one_and_records_it(count: Count, method: str) -> None:
    law = TEN.replace(ties="lots", method=method)
    drawn = [count(law, TIED) for _ in range(30)]
    assert len({str(allocation.seats) for allocation in drawn}) == 3
    assert all(count(law, TIED, seed=allocation.seed) == allocation for allocation in drawn)
    assert f"a lot, seed {drawn[0].seed}, decided" in drawn[0].explain()


@both
def test_a_seed_is_recorded_only_where_a_lot_is_drawn(count: Count) -> None:
    law = TEN.replace(ties="lots")
    assert count(law, TIED, seed=7).seed == 7
    assert count(law, {"x": 11, "y": 10, "z": 10}, seed=7).seed is None
    assert count(TEN, TIED, seed=7).seed is None
    assert count(law, {"a": 92, "b": 4, "c": 4}, seed=7).seed is None  # the order decides between second lists


def seats_of_many(law: ms.ElectoralLaw, votes: dict[str, int], seed: Any) -> Any:
    return ms.allocate_many(law, [[*votes.values()]], seed=seed)


@pytest.mark.parametrize("count", [ms.allocate, seats_of_many])
@pytest.mark.parametrize("seed", [True, 1.5, "x", -1, 2**64])
def test_a_seed_that_cannot_be_is_refused(count: Any, seed: Any) -> None:
    with pytest.raises(ms.AllocationError, match=r"seed must be a whole number in \[0, 2\*\*64\), got"):
        count(TEN, {"x": 1, "y": 1}, seed=seed)


def test_lots_are_drawn_alike_in_arrays_and_fairly() -> None:
    law, won = TEN.replace(ties="lots"), dict.fromkeys(TIED, 0)
    for seed in range(900):
        allocation = ms.allocate(law, TIED, seed=seed)
        assert seats_of_many(law, TIED, seed=seed)[0].tolist() == list(allocation.seats.values())
        assert allocation.ties == (("x", "y", "z"),)
        (winner,) = (p for p, n in allocation.seats.items() if n == 4)
        won[winner] += 1
    assert all(abs(n - 300) < 5 * (900 * 2 / 9) ** 0.5 for n in won.values())


@both
def test_a_tie_for_the_second_place_of_a_fallback(count: Count) -> None:
    votes = {"c": 3, "a": 92, "b": 3, "d": 2}
    allocation = count(LAW, votes)
    assert (allocation.admitted, allocation.ties, allocation.tie_seats) == (("c", "a"), (("c", "b"),), (1,))
    with pytest.raises(ms.AllocationError, match="second place"):
        count(LAW.replace(second_place_tie="error"), votes)
    count(LAW.replace(second_place_tie="error"), {**votes, "b": 2})


# -- candidates run out ----------------------------------------------------------------------------------------------


@both
def test_seats_of_an_exhausted_list_stay_vacant(count: Count) -> None:
    allocation = count(LAW, {"a": 60, "b": 40}, candidates={"a": 30, "b": 99})
    assert allocation.seats == {"a": 30, "b": 28}
    assert allocation.vacant == {"a": 11}
    assert sum(allocation.seats.values()) + sum(allocation.vacant.values()) == 69


@both
def test_a_list_that_is_not_named_has_candidates_enough(count: Count) -> None:
    allocation = count(LAW, {"a": 60, "b": 40}, candidates={"b": 28})
    assert (allocation.seats, allocation.vacant) == ({"a": 41, "b": 28}, {})


@both
def test_categories_are_of_the_seats_that_are_filled(count: Count) -> None:
    assert count(LAW, {"a": 60, "b": 40}, candidates={"a": 10}).category_seats == {"a": 3, "b": 9}


# -- numbers of any size ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("factor", [2**62, 10**30])
def test_integers_beyond_64_bits_are_counted_exactly(factor: int) -> None:
    for known in KNOWN:
        votes = {p: v * factor for p, v in known.votes.items()}
        allocation = ms.allocate(ms.law(known.law), votes, against_all=known.against_all * factor)
        assert list(allocation.seats.values()) == known.seats
        assert allocation.base == known.base * factor


def test_one_vote_decides_at_any_size() -> None:
    base = 20 * 10**40
    at = base // 20
    assert ms.allocate(LAW, {"a": base - 2 * at, "b": at, "c": at}).admitted == ("a", "b", "c")
    assert ms.allocate(LAW, {"a": base - 2 * at + 1, "b": at, "c": at - 1}).admitted == ("a", "b")


@pytest.mark.parametrize("seats", [10**6, 2**31 - 2, 2**31 - 1, 2**31, 2**40, 10**18])
@pytest.mark.parametrize("count", [ms.allocate, count_in_arrays], ids=["one", "arrays"])
def test_any_number_of_seats_is_counted_exactly(seats: int, count: Count) -> None:
    law, votes = LAW.replace(list_seats=seats), {"a": 7, "b": 5, "c": 3}
    whole, rest = ({p: divmod(v * seats, 15)[part] for p, v in votes.items()} for part in (0, 1))
    left = sorted(votes, key=lambda p: -rest[p])[: seats - sum(whole.values())]
    assert count(law, votes).seats == {p: whole[p] + (p in left) for p in votes}
    second = 7 * 2 * seats // (10 * 99)
    assert count(law, {"a": 97, "b": 2, "c": 1}).seats == {"a": seats - second, "b": second, "c": 0}
