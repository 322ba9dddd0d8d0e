"""Pinned bits, and small runs of every kind against pinned tallies: seconds with the JIT off, where kernels are Python.

Steps of the kernels by themselves as well, where what a run comes to does not tell one number from its neighbours.

The digests were written by ``python tests/statistical/make_golden.py`` for the version of the stream that golden.json names.
"""

from __future__ import annotations

import json
import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from make_golden import PLACE, SMALL_PLACE, pinned_bits, pinned_shares, small_tallies
from same_numbers import RUNS

import mazhilis_sim as ms
from mazhilis_sim.kernels import compiled, parameters
from mazhilis_sim.kernels.borrowing import lent
from mazhilis_sim.kernels.cpu import block, districts, draws, random_lanes
from mazhilis_sim.kernels.steps import elementary, normals, random_words
from mazhilis_sim.kernels.steps.gamma import first_gamma, one_gamma
from mazhilis_sim.kernels.steps.random_words import VERSION
from normal_pairs import normal_pair

PINNED = json.loads(SMALL_PLACE.read_text(encoding="utf-8"))


CROWDS = (1, 3, 11, 40)
VERY_MANY = (1_000, 1_000_000)
AHEAD = np.linspace(-1.5, 6, 16).astype(np.float32)
OUT_OF_REACH = (-np.inf, -1e30, -2, -0.51, 5.01, 8, 30, 1e30, np.inf, np.nan)


def exact_chance(rivals: int, a: float) -> float:
    """1 - Phi(a)^m by the C library."""
    return -math.expm1(rivals * math.log1p(-math.erfc(a / math.sqrt(2)) / 2))


@pytest.mark.parametrize("rivals", [*CROWDS, *VERY_MANY])
def test_the_chance_of_the_unnamed_is_about_right(rivals: int) -> None:
    log2_rivals = np.float32(math.log2(rivals))
    for a in np.linspace(districts.NEAR, districts.FAR, 400).astype(np.float32):
        exact = exact_chance(rivals, float(a))
        assert abs(float(districts.about_chance(log2_rivals, a)) - exact) < districts.SURE * exact + districts.STEP


@pytest.mark.parametrize("rivals", [*CROWDS, *VERY_MANY])
def test_the_fit_behind_the_cheaper_tests_is_as_good_as_they_take_it_for(rivals: int) -> None:
    log2_rivals, worst = np.float32(math.log2(rivals)), 0.0
    for a in np.linspace(districts.NEAR, districts.FAR, 1_000).astype(np.float32):
        mean = -rivals * math.log1p(-math.erfc(a / math.sqrt(2)) / 2)
        with_bias = districts.log2_of_mean(np.float32(log2_rivals + districts.BIAS), a) - float(districts.BIAS)
        worst = max(worst, abs(float(districts.log2_of_mean(log2_rivals, a)) - math.log2(mean)), abs(float(with_bias) - math.log2(mean)))
    assert 0.0026 < worst < 0.003 < districts.SLACK


def test_without_its_slack_the_cheap_test_would_be_wrong() -> None:
    """Where the fit is low: a thousand candidates, far behind, of whom one wins for a tenth of the further bits."""
    a, half, rivals = np.float32(4.615935), np.uint32(0xFFFF - 128), 1_000
    wins = [districts.one_wins(np.uint64(1), np.uint64(draw), 0, half, rivals, a) for draw in range(200)]
    assert any(wins)
    assert not districts.cannot_win(half, np.float32(math.log2(rivals)), a)


@pytest.mark.parametrize("rivals", CROWDS)
def test_the_cheap_test_of_the_unnamed_is_never_wrong_and_nearly_sharp(rivals: int) -> None:
    log2_rivals = np.float32(math.log2(rivals))
    for a in AHEAD[AHEAD < 4]:
        chance = exact_chance(rivals, float(a))
        mean = -rivals * math.log1p(-math.erfc(a / math.sqrt(2)) / 2)
        assert not districts.cannot_win(half_with_rest(0.999 * chance), log2_rivals, a)
        if a >= -0.5 and mean < 0.9:
            assert districts.cannot_win(half_with_rest(1.1 * mean + 2**-15), log2_rivals, a)


def half_with_rest(rest: float) -> np.uint32:
    """Return the half of a word of which 1 - U is this, or less by 1 / 65,536."""
    return np.uint32(max(0, 0xFFFF - math.floor(rest * 65_536)))


def test_an_unnamed_candidate_wins_where_the_chance_says_so_to_48_bits() -> None:
    """The exact comparison, whichever way led to it, at chances of which the first 16 bits do not decide."""
    seed, decided = np.uint64(5), set()
    for draw in range(300):
        a, rivals, d = AHEAD[draw % 16], CROWDS[draw % 4], draw % 3
        half = np.uint32(min(0xFFFF, max(0, 0xFFFF - math.floor(65_536 * exact_chance(rivals, float(a))) - draw % 3 + 1)))
        word, _, _, _ = random_words.words(seed, np.uint64(draw), random_words.POOLED, 2**30 + d)
        uniform = (int(half) + float(random_words.uniform(word))) / 65_536
        found = districts.one_wins(seed, np.uint64(draw), d, half, rivals, a)
        assert found == (uniform > float(elementary.normal_cdf(float(a))) ** rivals)
        decided.add(bool(found))
    assert decided == {True, False}


@pytest.mark.parametrize("rivals", CROWDS)
def test_what_is_clear_at_sight_is_so_whatever_the_further_bits(rivals: int) -> None:
    told, log2_rivals = set(), np.float32(math.log2(rivals))
    for a in np.linspace(-0.4, 5.5, 60).astype(np.float32):
        chance = exact_chance(rivals, float(a))
        for half in {half_with_rest(min(1.0, rest)) for rest in (0.5 * chance, 0.98 * chance, chance, 1.02 * chance, 2 * chance)}:
            least = (0xFFFF - int(half)) / 65_536
            clear = float(districts.surplus(half, log2_rivals, a))
            assert clear <= 0 or least + 2**-16 < chance
            assert clear >= 0 or least > chance
            assert clear != 0 or abs(least + 2**-17 - chance) < 2 * (districts.SURE * chance + 2**-17) or a > 5
            told.add(np.sign(clear))
    assert told == {-1, 0, 1}


@compiled
def disagreements(seed, rivals, log2_rivals, ahead, halves):
    """Count where one of the two cheaper tests tells anything else than the exact one, and where each of them tells."""
    wrong, cannot, told = 0, 0, 0
    for number in range(len(ahead)):
        half, a = halves[number], ahead[number]
        wins = districts.one_wins(seed, np.uint64(number), 3, half, rivals, a)
        no, surplus = districts.cannot_win(half, log2_rivals, a), districts.surplus(half, log2_rivals, a)
        wrong += (no and wins) or (surplus > 0 and not wins) or (surplus < 0 and wins)
        cannot += no
        told += surplus != 0
    return wrong, cannot, told


@pytest.mark.parametrize("rivals", [*CROWDS, *VERY_MANY])
def test_the_cheaper_tests_say_what_the_exact_one_says(rivals: int) -> None:
    """Close to where it is decided, anywhere, and out of the reach of the fit."""
    rng, n = np.random.default_rng(rivals), 10_000
    ahead = np.append(rng.uniform(-0.5, 5, n), np.repeat(OUT_OF_REACH, 50)).astype(np.float32)
    rest = [exact_chance(rivals, float(a)) * rng.uniform(0.99, 1.01) + rng.uniform(-2, 2) / 65_536 for a in ahead[: n // 2]]
    close = np.array([half_with_rest(min(1.0, max(0.0, each))) for each in rest], np.uint32)
    halves = np.append(close, rng.integers(0, 65_536, len(ahead) - n // 2).astype(np.uint32))
    wrong, cannot, told = disagreements(np.uint64(7), rivals, np.float32(math.log2(rivals)), ahead, halves)
    assert wrong == 0
    assert cannot > 0.01 * n
    assert 0.5 * n < told < n


def test_nothing_is_told_at_sight_below_minus_a_half_and_beyond_five() -> None:
    ahead = np.array([-0.51, -0.5, 0, 4.9, 5, 5.01], np.float32)
    found = [float(districts.surplus(half_with_rest(0.01), np.float32(0), a)) for a in ahead]
    assert np.sign(found).tolist() == [0, 1, 1, -1, -1, 0]


def test_what_is_told_at_sight_is_how_far_the_chance_is_above_the_rest() -> None:
    half, a = half_with_rest(0.25), np.float32(1)
    middle = (0xFFFF - int(half) + 0.5) / 65_536
    assert districts.surplus(half, np.float32(math.log2(11)), a) == pytest.approx(exact_chance(11, 1.0) - middle, abs=0.003)


def test_a_list_that_nobody_voted_for_has_a_log_share_that_wins_no_district() -> None:
    weights, found = np.array([[0], [1e-30], [2e-30], [1]], np.float32), np.zeros((4, 1), np.float32)
    compiled(districts.fill_log_shares)(np.array([1, 1, 1, 1]), weights, np.ones(1, np.float32), found)
    assert found[:, 0] == pytest.approx([-690, -690, math.log(2e-30), 0])


@pytest.mark.parametrize("lanes", [8, 16, 20, 61])
@pytest.mark.parametrize("d", [0, 1])  # of two districts that share words
def test_the_best_of_the_unnamed_wins_above_the_chance_that_all_stay_below(d: int, lanes: int) -> None:
    chance = exact_chance(2, 2.0)  # the best of the named stands 4 above two unnamed ones of scale 2
    races = lent(districts.new_races(1, 1, 1, 1, 1, lanes))
    rests = (0.9, chance + 1e-3, chance - 1e-3, chance + 2**-15, chance - 2**-15)
    races.words[0] = np.resize([half_with_rest(rest) << 16 * d for rest in rests], lanes)
    given = (np.uint64(1), np.arange(lanes, dtype=np.uint64), 2, np.float32(-4), np.float32(0.5), races.words, d)
    compiled(districts.run_rivals)(*given, races.best, races.doubtful)
    at_sight = np.arange(lanes) < lanes // districts.NEIGHBOURS * districts.NEIGHBOURS  # the others are too few to be looked at together
    assert races.doubtful.tolist() == np.where(at_sight, np.resize([0, 0, 0, 1, 1], lanes), np.resize([0, 1, 1, 1, 1], lanes)).tolist()
    assert races.best.tolist() == np.resize([0, 0, districts.UNNAMED, 0, districts.UNNAMED], lanes).tolist()


def test_own_log_shares_are_those_of_the_lane_s_draw() -> None:
    location = np.array([[-0.1, -0.2, -0.3, -0.4], [-1.0, -2.0, -3.0, -4.0]], np.float32)
    numbers, weights, sums = np.array([13, 10, 12], np.uint64), np.zeros((2, 3), np.float32), np.zeros(3, np.float32)
    given, nothing = parameters.Given(location, np.uint64(10), 1000.0, 2), np.zeros((4, 3))
    compiled(draws.given_weights)(np.uint64(1), numbers, given, nothing, nothing, sums, weights)
    assert weights == pytest.approx(np.exp2(location[:, [3, 0, 2]]), rel=1e-6)
    assert sums == pytest.approx(weights.sum(axis=0))


def test_no_normal_is_further_from_zero_than_is_said_and_some_are_nearly_as_far() -> None:
    ends = [np.uint32(end) for end in (0, 2**31 - 1, 2**31, 2**32 - 1)]
    pairs = [normal_pair(radius, angle) for radius in ends for angle in ends]
    pairs += [normals.wide_normal_pair(np.uint64(radius), np.uint64(angle)) for radius in ends for angle in ends]
    assert parameters.REACH - 0.1 < max(abs(float(z)) for pair in pairs for z in pair) < parameters.REACH


@pytest.mark.parametrize(("power", "kind"), [(74.9, parameters.Lognormal), (75.1, parameters.Wide)])
def test_weights_that_may_exceed_2_to_the_75th_are_taken_relative_to_the_largest(power: float, kind: type) -> None:
    scale = np.array([0.1, power / parameters.REACH * math.log(2)])
    assert type(parameters.as_drawn(parameters.Lognormal(np.array([-3.0, -3.0]), scale, 1000.0, 2))) is kind


SURE = np.array([0.5, 0.3, 0.2])


@pytest.mark.parametrize(
    ("kind", "location"), [(parameters.Lognormal, np.log(SURE) + 500.0), (parameters.Clipped, SURE), (parameters.Multinomial, SURE)]
)
def test_a_model_without_any_error_is_its_shares_as_they_are(kind: type, location: np.ndarray) -> None:
    fixed, moved = (parameters.settled(kind(location, scale, 1000.0, 2)) for scale in (np.zeros(3), np.array([0.0, 0.0, 0.1])))
    assert isinstance(fixed, parameters.Fixed)
    assert (fixed.votes, fixed.in_base) == (1000.0, 2)
    assert fixed.location == pytest.approx(SURE, rel=1e-13)
    assert type(moved) is kind


def test_gammas_have_an_error_whatever_their_scale() -> None:
    gammas = parameters.Gamma(SURE, np.zeros(3), 1000.0, 2)
    assert parameters.settled(gammas) is gammas


def test_shares_themselves_stand_in_the_form_of_every_model() -> None:
    some, given = (np.zeros(3), np.ones(3), 1000.0, 2), np.array([0.75, 0.25, 0.0])
    for shares in (parameters.Lognormal(*some), parameters.Student(*some, 5.0, 10.0)):
        found = parameters.without_error(shares, given)
        assert found.location == pytest.approx([math.log(0.75), math.log(0.25), -690])
        assert type(found) is type(shares)
        assert not found.scale.any()
    for kind, form in ((parameters.Gamma, parameters.Fixed), (parameters.Clipped, parameters.Clipped)):
        found = parameters.without_error(kind(*some), given)
        assert type(found) is form
        assert found.location.tolist() == given.tolist()
        assert not found.scale.any()


@pytest.mark.parametrize("m", [1, 2, 3, 4, 7, 8, 9, 40, 41])
def test_so_many_votes_are_rounded_in_32_bits_that_none_can_exceed_2_to_the_23rd(m: int) -> None:
    most = draws.most_narrow_votes(m)
    grown = (1 + Fraction(1, 2**24)) ** (m + 2)
    assert (most + 1) * grown <= 2**23 < (most + 2) * grown


def test_sums_begin_anew_in_every_chunk() -> None:
    weights, sums = np.array([[1, 2], [3, 4]], np.float32), np.full(2, 9, np.float32)
    compiled(draws.add_up)(weights, sums)
    assert sums.tolist() == [4, 6]


def test_without_any_error_all_lanes_have_the_shares() -> None:
    weights, sums, fixed = np.zeros((3, 4), np.float32), np.ones(4, np.float32), parameters.Fixed(SURE, np.zeros(3), 1000.0, 3)
    compiled(draws.fixed_weights)(np.uint64(1), np.zeros(4, np.uint64), fixed, np.zeros(4), np.zeros((4, 4)), sums, weights)
    assert (weights == SURE.astype(np.float32)[:, None]).all()
    assert sums == pytest.approx(np.ones(4), rel=1e-6)


@pytest.mark.parametrize(("in_base", "summed"), [(2, 8), (3, 10)])
@pytest.mark.parametrize("fill", [draws.put_votes, draws.round_to_votes])
def test_shares_are_rounded_to_votes_that_are_summed_anew(fill: Any, in_base: int, summed: int) -> None:
    weights, sums, rate = np.tile(SURE.astype(np.float32)[:, None], 4), np.ones(4, np.float32), np.zeros(4, np.float32)
    votes, base = np.full((2, 4), 9, np.int32), np.full(4, 9, np.int32)
    compiled(fill)(parameters.Fixed(SURE, np.zeros(3), 10.0, in_base), weights, sums, rate, votes, base)
    assert votes.tolist() == [[5] * 4, [3] * 4]
    assert base.tolist() == [summed] * 4


def test_wide_weights_are_powers_of_two_relative_to_the_largest_whatever_was_there() -> None:
    z, weights, sums = (
        np.array([[1, -1, 0, 2], [3, 1, 0, 1], [0, 0, 0, 0], [9, 9, 9, 9]], np.float32),
        np.zeros((2, 4), np.float32),
        np.full(4, 7, np.float32),
    )
    power = np.array([[0.0], [-1.0]]) + np.array([[0.125], [0.5]]) * z[:2]
    wide = parameters.Wide(np.array([0, -1], np.float32), np.array([0.125, 0.5], np.float32), 1000.0, 2)
    compiled(draws.wide_weights)(np.uint64(1), np.zeros(4, np.uint64), wide, np.zeros((4, 4), np.uint32), z, sums, weights)
    assert weights == pytest.approx(2 ** (power - power.max(axis=0)), rel=1e-6)
    assert sums == pytest.approx(weights.sum(axis=0), rel=1e-6)


def test_a_stretch_is_told_in_lanes_where_its_first_attempt_is_taken_and_is_that_of_the_whole_method() -> None:
    seed, numbers, mixing, sums = np.uint64(5), np.arange(400, dtype=np.uint64), np.zeros((4, 400), np.uint64), np.zeros(400, np.float32)
    shares = parameters.Student(SURE, SURE, 1000.0, 3, 3.0, 50.0)
    raw = np.zeros((8, 400), np.uint32)
    compiled(random_lanes.fill_blocks)(seed, numbers, random_words.TAILS, mixing, raw)
    compiled(draws.fill_stretches)(shares, raw, sums)
    for number, found in zip(numbers, sums, strict=True):
        radius, angle, _, _ = random_words.words(seed, number, random_words.TAILS, 1)
        word, _, _, _ = random_words.words(seed, number, random_words.TAILS, 0)
        z, _ = normals.wide_normal_pair(radius, angle)
        gamma, taken = first_gamma(1.5, z, word)
        assert found == (draws.stretch_of(gamma, shares) if taken else -1)
        assert taken == (gamma == one_gamma(seed, number, random_words.TAILS, 0, 1.5, z))
    assert 1 < (sums < 0).sum() < 40


def test_the_normals_of_an_own_model_are_those_of_the_draws_one_after_another() -> None:
    numbers, mixing, raw = np.zeros(3, np.uint64), np.zeros((4, 3), np.uint64), np.zeros((4, 3), np.uint32)
    z, expected = np.zeros((2, 8, 3), np.float32)
    block.run_normals(np.uint64(5), np.uint64(2**32 - 1), numbers, mixing, raw, z)
    assert numbers.tolist() == [2**32 - 1, 2**32, 2**32 + 1]
    compiled(random_lanes.fill_normals)(np.uint64(5), numbers, random_words.LISTS, mixing, raw, expected)
    assert (z == expected).all()


LEVEL_COLUMNS = ("d", "e", "independents")


def two_level() -> districts.Districts:
    """Pack one district with two candidates who are always level."""
    candidates = tuple(ms.Candidate(party, party, 10) for party in LEVEL_COLUMNS[:2])
    packed = ms.models.Districts(0, 0, 0, 0, 0).pack(ms.DistrictVotes((ms.District(1, candidates),)), ["a"], LEVEL_COLUMNS)
    return districts.as_drawn(packed)


@pytest.mark.parametrize("shared", [0.0, 0.25])
def test_equals_are_noticed_and_only_they(shared: float) -> None:
    best, strengths, zeros = np.full(3, districts.NOBODY), np.zeros((2, 3), np.float32), np.zeros((4, 3), np.float32)
    numbers, places, run = two_level().numbers.copy(), two_level().places, compiled(districts.run_candidate)
    numbers[:, districts.Candidate._fields.index("national_loading")] = shared
    assert run(numbers, places, 0, zeros, zeros, 0, strengths, best) == 0
    best[2] += 1
    assert run(numbers, places, 1, zeros, zeros, 1, strengths, best) == 2
    assert (strengths[0] == strengths[1]).all()
    assert (strengths[1] == best).tolist() == [True, True, False]


def test_one_lot_decides_between_equals() -> None:
    strengths = np.array([[2, 2, 1, 3], [2, 1, 1, 3], [1, 2, 1, 2]], np.float32)
    best, ties = strengths.max(axis=0), np.zeros(4, np.int32)
    compiled(districts.draw_lots)(np.uint64(1), np.arange(4, dtype=np.uint64), 7, 3, strengths, best, ties)
    assert ties.tolist() == [1, 1, 1, 1]
    assert ((strengths == best).sum(axis=0) == 1).all()
    assert [strengths[2, 0], strengths[1, 1], strengths[2, 3]] == [districts.NOBODY] * 3  # nobody who is behind is drawn


@pytest.mark.parametrize("beta", [0.0, 0.5, -1.0])
@pytest.mark.parametrize("national", [0.0, 0.25, 1.0, -1.0])
@pytest.mark.parametrize("regional", [0.0, 0.3, 1.0, -1.0])
def test_all_that_moves_a_candidate_is_added(beta: float, national: float, regional: float) -> None:
    numbers, places = np.tile([0.1, 0.5, beta, national, regional], (2, 1)), np.array([[0, 2, 0, 0, 1], [0, 3, 0, 0, 1]])
    z, log_shares = (np.random.default_rng(seed).standard_normal((rows, 9)).astype(np.float32) for seed, rows in ((1, 4), (2, 1)))
    best, strengths = np.full(9, districts.NOBODY), np.zeros((1, 9), np.float32)
    compiled(districts.run_candidate)(numbers.astype(np.float32), places, 1, log_shares, z, 0, strengths, best)
    assert best == pytest.approx(0.1 + 0.5 * z[3] + beta * log_shares[0] + national * z[0] + regional * z[1], rel=1e-5, abs=1e-6)
    assert (strengths[0] == best).all()


@pytest.mark.parametrize("lanes", [1, 2])
def test_equals_are_noticed_in_however_few_lanes(lanes: int) -> None:
    ballots, _, races = map(lent, block.new_room(1, 1, len(LEVEL_COLUMNS), 1, 2, 2, lanes, np.int64))
    races.ties[:] = 9  # left from the chunk before
    fill, numbers = compiled(random_lanes.fill_numbers), (np.uint64(7), ballots.draws)
    compiled(districts.elect_districts)(fill, *numbers, ballots.weights + 1, ballots.sums + 1, ballots.mixing, two_level(), races)
    assert races.ties.tolist() == [1] * lanes
    assert races.seats[:2].sum() == lanes


def test_the_bits_of_functions_and_random_numbers_are_the_pinned_ones() -> None:
    assert pinned_bits() == PINNED["bits"]


def test_simulated_shares_are_the_pinned_ones() -> None:
    assert pinned_shares() == PINNED["shares"]


@pytest.mark.parametrize("name", RUNS)
def test_every_tally_of_a_small_run_is_the_pinned_one(name: str) -> None:
    assert small_tallies(RUNS[name](threads=1)) == PINNED[name]


def test_the_version_of_the_stream_is_that_of_the_pinned_numbers() -> None:
    assert json.loads(PLACE.read_text(encoding="utf-8"))["stream"] == VERSION


def test_no_small_run_is_left_out() -> None:
    assert {*RUNS, "bits", "shares"} == set(PINNED)
