"""The two widths of the lanes: where 32 bits suffice, and that an estimate in floats divides exactly in both."""

from __future__ import annotations

import numpy as np
import pytest

import mazhilis_sim as ms
from mazhilis_sim.counting.many import count_table, pack_rules
from mazhilis_sim.kernels.aligning import LINE, together
from mazhilis_sim.kernels.cpu import draws
from mazhilis_sim.kernels.cpu.block import LANES
from mazhilis_sim.kernels.cpu.divide import find_cut
from mazhilis_sim.kernels.cpu.lanes import Rules, most_narrow_base, narrowed
from mazhilis_sim.kernels.steps import single
from mazhilis_sim.kernels.steps.events import FALLBACK, NO_LIST, SECOND_TIE, TIE
from mazhilis_sim.kernels.steps.law import a_little_below, corrected, whole_part
from mazhilis_sim.simulation.drawing.draws import Drawing
from mazhilis_sim.simulation.drawing.packing import pack
from mazhilis_sim.simulation.question import ask

LARGEST = 2**31 - 2  # below the number that stands for "no claim"
RULES = pack_rules(ms.law("2023"))
LISTS = ms.law("2023", district_seats=0)
WIDTHS = [(np.int32, np.float32, 2**26, 2**16), (np.int64, np.float64, 2**45, 2**16)]


def fits(rules: Rules, lists: int, base: int) -> bool:
    """Tell whether twice a remainder beside the order of the lists, and the products of the threshold, fit 32 bits."""
    orders = next(power for power in (1, 2, 4, 8, 16, 32, 64) if power >= lists)
    return base * max(2 * orders, rules.threshold_num, rules.threshold_den) <= LARGEST


@pytest.mark.parametrize("threshold", ["0%", "5%", "7%", "33.33%", "99999999/100000000"])
@pytest.mark.parametrize("lists", [1, 2, 3, 4, 5, 7, 8, 9, 16, 17, 40])
def test_lanes_are_narrow_for_every_base_that_fits_and_for_no_other(threshold: str, lists: int) -> None:
    rules = pack_rules(ms.law("2023").replace(threshold=threshold))
    most = most_narrow_base(rules, lists)
    assert isinstance(most, int)
    assert fits(rules, lists, most)
    assert not fits(rules, lists, most + 1)
    for base, whole in ((1, np.int32), (most, np.int32), (most + 1, np.int64)):
        packed, used = narrowed(rules, lists, base)
        assert used is whole
        assert packed.no_claim == np.iinfo(whole).max
        assert [type(number) for number in packed[:-1]] == [whole] * (len(packed) - 1)


@pytest.mark.parametrize("field", [field for field in Rules._fields[:-2] if field != "seats"])
def test_rules_with_larger_numbers_are_counted_in_wide_lanes(field: str) -> None:
    assert most_narrow_base(RULES._replace(**{field: LARGEST}), 1) > 0
    assert most_narrow_base(RULES._replace(**{field: LARGEST + 1}), 1) == 0


def test_more_seats_than_an_estimate_in_32_bits_is_good_for_are_counted_in_wide_lanes() -> None:
    assert most_narrow_base(RULES._replace(seats=2**16), 7) == most_narrow_base(RULES, 7)
    assert most_narrow_base(RULES._replace(seats=2**16 + 1), 7) == 0


@pytest.mark.parametrize(("whole", "real", "votes", "seats"), WIDTHS, ids=["narrow", "wide"])
def test_whole_parts_and_remainders_are_exact_beside_every_whole_quotient(
    whole: type[np.integer], real: type[np.floating], votes: int, seats: int
) -> None:
    random = np.random.default_rng(5)
    for _ in range(3_000):
        total, house = int(2 ** random.uniform(0, np.log2(votes))), int(2 ** random.uniform(0, np.log2(seats)))
        quotient = int(random.integers(0, house, endpoint=True))
        rate = a_little_below(house, total, real)
        for mine in {max(-(-quotient * total // house) + step, 0) for step in (-1, 0, 1)}:
            if mine <= total:
                estimated = whole_part(whole(mine), whole(house), whole(total), rate, whole, real)
                found = corrected(*estimated, whole(total), whole)
                assert tuple(map(int, found)) == divmod(mine * house, total)


@pytest.mark.parametrize("categories", [2, 9, 60])
@pytest.mark.parametrize("beyond", [0, 1])
def test_simulated_votes_are_rounded_in_32_bits_up_to_the_bound_and_in_64_beyond(categories: int, beyond: int) -> None:
    """The largest category takes nearly all, and every vote is there, but for the rounding of each category."""
    shares = {"a": 1 - 1e-9} | {f"p{i}": 1e-9 / (categories - 1) for i in range(categories - 1)}
    votes = draws.most_narrow_votes(categories) + beyond
    packed = pack(ask(LISTS, ms.Poll(shares, sample_size=1000), votes=votes), 1)
    drawing = Drawing(packed)
    drawing.run(0, 2 * LANES)
    ballots = drawing.room.ballots.given
    assert packed.whole is ballots.votes.dtype.type is (np.int64 if beyond else np.int32)
    assert ballots.rate.dtype == (np.float64 if beyond else np.float32)
    assert np.abs(ballots.base - votes).max() <= categories
    assert (ballots.votes.sum(axis=0) == ballots.base).all()


def test_a_larger_number_than_the_bound_s_is_not_rounded_in_32_bits() -> None:
    most = draws.most_narrow_votes(2)
    assert 2**23 - 4 < most < 2**23
    assert int(single.nearest_whole(np.float32(most))) == most
    assert int(single.nearest_whole(np.float32(2**23 + 3))) != 2**23 + 3


@pytest.mark.parametrize("choice", ["error", "top_two", "all"])
@pytest.mark.parametrize("threshold", ["0%", "5%"])
def test_a_draw_of_one_ballot_lets_one_list_enter_or_has_no_allocation(threshold: str, choice: str) -> None:
    """One ballot rounds to none for all lists where none has half of it; who has it enters, and nobody shares in nothing."""
    law = LISTS.replace(threshold=threshold, no_list_passes=choice)
    f = ms.simulate(law, ms.Poll({"a": 0.5, "b": 0.3, "c": 0.2}, sample_size=900), n_draws=300, seed=1, votes=1)
    entered, empty = [f.p_enters(party).successes for party in f.parties], f.p_no_allocation().successes
    assert 30 < empty < 270
    assert sum(entered) == (300 - empty if threshold == "5%" else 3 * (300 - empty))
    assert f.p_admitted("a").successes == f.p_admitted("b").successes == 300 - empty
    assert (f.draws(300).sum(axis=1) == 0).sum() == empty


@pytest.mark.parametrize(
    ("votes", "choice", "flags"),
    [
        ([5, 2, 2], "top_two", NO_LIST | SECOND_TIE),
        ([5, 3, 2], "top_two", NO_LIST),
        ([5, 4], "top_two", NO_LIST),
        ([5, 2, 2], "all", NO_LIST),
        ([9, 2, 2], "all", FALLBACK | SECOND_TIE),
        ([9, 3, 2], "all", FALLBACK),
    ],
)
def test_a_second_place_is_tied_where_two_lists_share_in_the_seats_and_a_third_is_level(votes: list[int], choice: str, flags: int) -> None:
    law = LISTS.replace(threshold="60%", no_list_passes=choice)
    (found,) = count_table(law, np.array([votes]), np.zeros(1, np.int64)).flags.tolist()
    assert found & (FALLBACK | NO_LIST | SECOND_TIE) == flags


def test_arrays_of_one_piece_of_memory_are_zeros_apart_that_begin_lines() -> None:
    wanted = (((3, 5), np.int32), (7, "f8"), ((2, 0), np.uint8), (1, np.uint8))
    arrays = [array for _ in range(2) for array in together(wanted)]
    for array, (shape, dtype) in zip(arrays, wanted * 2, strict=True):
        assert array.shape == ((shape,) if isinstance(shape, int) else shape)
        assert array.dtype == dtype
        assert array.ctypes.data % LINE == 0 or not array.size
        assert not array.any()
        array[...] = 1
    assert [int(array.sum()) for array in arrays] == [15, 7, 0, 1] * 2


@pytest.mark.parametrize("before", [0, 41, LARGEST, LARGEST + 1])
def test_the_last_claim_that_is_served_is_found_whatever_stood_there(before: int) -> None:
    """Two further seats, one, and none, of three claims by four orders; the second and the third claim are level."""
    none, claims = np.int32(LARGEST + 1), [59, 42, 41]
    ranked, left = np.full((5, 3), before, np.int32), np.array([2, 1, 0], np.int32)
    ranked[1:4] = np.array(claims, np.int32)[:, None]
    served, flags = np.full(3, before ^ 1, np.int32), np.zeros(3, np.int32)
    find_cut(4, none, 3, left, ranked, served, flags)
    assert served.tolist() == [42, 59, none]
    assert flags.tolist() == [TIE, 0, 0]
