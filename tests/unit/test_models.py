"""The error models as data: their parameters, and what they make of a centre, against the formulas."""

from __future__ import annotations

import dataclasses
import math
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any

import numpy as np
import pytest

import mazhilis_sim as ms
from mazhilis_sim.simulation import models
from mazhilis_sim.simulation.models.centre import DEFAULT_VOTES, Centre, read_centre

NAN = float("nan")
Q = (0.5, 0.3, 0.0, 0.2)  # three lists, of which one is at zero, and against all
CENTRE = Centre(("a", "b", "c"), Q, n_eff=1600.0, margin=0.0245, squared_weights=0.4, days=9.0)
CERTAIN = Centre(("a", "b", "c"), Q)


# -- the centre ------------------------------------------------------------------------------------------------------


def test_a_poll_as_centre() -> None:
    poll = ms.Poll(
        {"a": 0.4, "against_all": 0.1, "b": 0.3, "undecided": 0.2},
        sample_size=1000,
        margin=0.031,
        date="2023-03-10",
        election_date="2023-03-19",
    )
    centre = read_centre(poll)
    assert centre.parties == ("a", "b")
    assert centre.shares == pytest.approx((0.5, 0.375, 0.125))
    assert (centre.n_eff, centre.margin, centre.days, centre.squared_weights) == (800, 0.031, 9, 1)
    assert (centre.votes, centre.has_against_all) == (DEFAULT_VOTES, True)
    assert DEFAULT_VOTES == 6_366_441


def test_an_election_as_centre_has_no_sampling_error() -> None:
    election = ms.load_election(2023)
    centre = read_centre(election)
    assert (centre.n_eff, centre.margin, centre.votes) == (math.inf, 0, 6_366_441)
    assert centre.shares == tuple(n / 6_366_441 for n in (*election.list_votes.values(), 248_291))


def test_an_election_without_votes_against_all_has_no_share_for_them() -> None:
    assert not read_centre(ms.load_election(2021)).has_against_all


def test_polls_as_centre_are_pooled() -> None:
    polls = ms.Polls(tuple(ms.Poll({"a": 0.6, "b": 0.4}, sample_size=1000, pollster=name) for name in "xy"))
    assert read_centre(polls) == read_centre(polls.pooled())
    assert read_centre(polls).squared_weights == pytest.approx(0.5)
    assert read_centre(polls).names == ("poll x", "poll y")


@pytest.mark.parametrize("source", [{"a": 0.6}, None, [0.6, 0.4], ms.Candidate("x", "a", 5)])
def test_anything_else_is_no_centre(source: Any) -> None:
    with pytest.raises(ms.PollError, match="the centre of a simulation must be a Poll, Polls or an Election, got"):
        read_centre(source)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"parties": "ab"}, "parties must be a sequence, got 'ab'"),
        ({"parties": ("a", "a")}, "parties must name each list once"),
        ({"parties": (1, 2)}, "a party of a centre must be a non-empty string, got 1"),
        ({"shares": (0.5, 0.6)}, "shares must be one for each list, .* and sum to 1"),
        ({"shares": (1.0,)}, "shares must be one for each list"),
        ({"shares": (NAN, 1.0)}, "a share of a centre must be a finite number, got nan"),
        ({"n_eff": 0}, "n_eff must be a number of at least"),
        ({"n_eff": "many"}, "n_eff must be a finite number, got 'many'"),
        ({"votes": 0}, "votes must be a whole number of at least 1, got 0"),
        ({"margin": -1}, "margin must be a number of at least 0, got -1"),
        ({"names": 3}, "names must be a sequence, got 3"),
    ],
)
def test_a_centre_that_cannot_be_is_refused(fields: dict[str, Any], said: str) -> None:
    with pytest.raises(ms.PollError, match=said):
        Centre(**{"parties": ("a", "b"), "shares": (0.6, 0.4), **fields})


# -- formulas --------------------------------------------------------------------------------------------------------


def test_margin_is_flat_or_scaled() -> None:
    half = 0.0245 / 1.96
    flat, scaled = (models.Margin(shape).pack(CENTRE) for shape in ("flat", "scaled"))
    assert flat.location.tolist() == scaled.location.tolist() == list(Q)
    assert flat.scale.tolist() == [half, half, 0, half]
    assert scaled.scale == pytest.approx([2 * half * math.sqrt(q * (1 - q)) for q in Q])
    assert models.Margin(margin=0.03).pack(CENTRE).scale[0] == 0.03 / 1.96


def test_the_scaled_margin_is_that_of_a_sample() -> None:
    # 1.96 / (2 sqrt n) at one half is the standard error sqrt(q (1 - q) / n) at q
    assert models.Margin("scaled").pack(CENTRE).scale == pytest.approx([math.sqrt(q * (1 - q) / 1600) for q in Q])


def test_multinomial_holds_the_root_of_q_over_n() -> None:
    packed = models.Multinomial().pack(CENTRE)
    assert packed.location.tolist() == list(Q)
    assert packed.scale.tolist() == [math.sqrt(q / 1600) for q in Q]
    assert not models.Multinomial().pack(CERTAIN).scale.any()


def test_dirichlet_has_the_shapes_n_q() -> None:
    assert models.Dirichlet().pack(CENTRE).location.tolist() == [1600 * q for q in Q]
    assert models.Dirichlet().pack(CERTAIN).location.tolist() == list(Q)


@pytest.mark.parametrize("centre", [CENTRE, CERTAIN])
def test_total_is_log_normal_with_a_mean_term(centre: Centre) -> None:
    packed = models.Total(sigma=0.3).pack(centre)
    for i in (0, 1, 3):
        v = 1 / (centre.n_eff * Q[i]) + 0.09
        assert packed.location[i] == pytest.approx(math.log(Q[i]) - v * (1 - 2 * Q[i]) / 2, rel=1e-14)
        assert packed.scale[i] == pytest.approx(math.sqrt(v), rel=1e-15)
    assert packed.scale[2] == 0
    assert math.exp(packed.location[2]) * DEFAULT_VOTES < 1e-250


@pytest.mark.parametrize("shape", ["flat", "scaled"])
def test_a_margin_says_nothing_about_an_election(shape: str) -> None:
    election = ms.load_election(2023)
    f = ms.simulate(ms.law("2023"), election, model=models.Margin(shape, margin=0.03), n_draws=50, seed=1, threads=1)
    assert (f.draws(50, "list")[:, :7] == [*f.point["list"].values()]).all()
    assert f.point["list"] | ms.elect(ms.law("2023"), election).list_seats == f.point["list"]
    assert models.Margin(shape, margin=0.03).pack(CENTRE).scale[0] > 0


@pytest.mark.parametrize(
    ("total", "variance"),
    [
        (models.Total(), 0.25**2 + 0.25**2 * 0.4 + 0.026**2 * 9),
        (models.Total(sigma=0.3), 0.09),
        (models.Total(sigma=0), 0),
        (models.Total(sigma_bias=0.1, sigma_house=0.2, tau=0.05), 0.01 + 0.04 * 0.4 + 0.0025 * 9),
        (models.Total.mature(), 0.14**2 + 0.11**2 * 0.4 + 0.026**2 * 9),
        (models.Total.exit_poll(), 0.04**2 + 0.09**2 * 0.4),
        (models.Total(preset="2025"), 0.0625 * 1.4),
        (models.Total(preset="kazakhstan", tau=0), 0.0625 * 1.4),  # what is not said is the preset's
        (models.Total(preset="mature", sigma=0.2), 0.04),
    ],
)
def test_the_terms_of_total(total: models.Total, variance: float) -> None:
    assert total.variance(CENTRE) == pytest.approx(variance)


def test_pooling_never_shrinks_the_shared_error() -> None:
    crowd = dataclasses.replace(CENTRE, squared_weights=1e-9, n_eff=1e12)
    assert models.Total(tau=0).variance(crowd) == pytest.approx(0.0625)


def test_a_single_poll_of_the_day_has_a_total_error_of_0_354() -> None:
    assert math.sqrt(models.Total().variance(dataclasses.replace(CENTRE, squared_weights=1.0, days=0.0))) == pytest.approx(0.3536, abs=1e-4)


@pytest.mark.parametrize("bias", [{"b": 0.1, "against_all": -0.2}, (("b", 0.1), ("against_all", -0.2))])
def test_a_bias_shifts_log_shares(bias: Any) -> None:
    shifted, plain = (models.Total(sigma=0.3, bias=b).pack(CENTRE).location for b in (bias, ()))
    assert shifted - plain == pytest.approx([0, 0.1, 0, -0.2])
    assert models.Total(bias=bias).bias == (("b", 0.1), ("against_all", -0.2))


@pytest.mark.parametrize(
    "model",
    [models.Margin(), models.Margin("scaled"), models.Multinomial(), models.Dirichlet(), models.Total(), models.Total(sigma=0)],
    ids=repr,
)
def test_what_is_packed_is_finite_and_scaled_to_the_votes(model: models.ListModel) -> None:
    for centre in (CENTRE, CERTAIN, dataclasses.replace(CENTRE, votes=1000)):
        packed = model.pack(centre)
        assert np.isfinite(packed.location).all()
        assert np.isfinite(packed.scale).all()
        assert (packed.scale >= 0).all()
        assert packed.votes == centre.votes


@pytest.mark.parametrize("q", [1e-5, 1e-6, 1e-9, 1e-200])
def test_a_share_too_small_for_any_vote_has_none(q: float) -> None:
    # its log share has a standard deviation of 100 and more, far beyond what exp can tell apart
    shares = ms.simulate_shares(ms.Poll({"a": 0.6, "b": 0.4 - q, "c": q}, sample_size=10), n_draws=2000, seed=1)
    assert shares[:, 2].max() < 1e-20
    assert shares.min() >= 0
    assert shares.sum(axis=1) == pytest.approx(np.ones(2000))


@pytest.mark.parametrize(
    ("total", "shown"),
    [
        (models.Total(), "Total(sigma_bias=0.25, sigma_house=0.25, tau=0.026, df=8.0)"),
        (models.Total(preset="2025"), "Total(sigma_bias=0.25, sigma_house=0.25, tau=0.0)"),
        (models.Total(sigma=0.3), "Total(sigma=0.3, df=8.0)"),  # the terms that it replaces are not in use
        (
            models.Total(tau=0.01, df=4, bias={"a": 0.1}),  # type: ignore[arg-type]
            "Total(sigma_bias=0.25, sigma_house=0.25, tau=0.01, bias=(('a', 0.1),), df=4.0)",
        ),
    ],
)
def test_total_prints_the_parameters_in_use(total: models.Total, shown: str) -> None:
    assert repr(total) == shown
    assert eval(shown, {"Total": partial(models.Total, df="normal")}) == total


def test_the_default_is_that_for_kazakhstan_and_the_first_one_has_its_name() -> None:
    assert models.Total() == models.Total(preset="kazakhstan") == models.model("kazakhstan")
    assert models.Total() != models.Total(preset="2025") == models.Total(tau=0, df="normal")


@pytest.mark.parametrize("sigma", [0.0, 0.3, 5.0])
def test_tails_leave_location_and_scale_as_they_are(sigma: float) -> None:
    normal, tails = models.Total(sigma=sigma, df="normal").pack(CENTRE), models.Total(sigma=sigma, df=3).pack(CENTRE)
    assert type(tails).__name__ == "Student"
    assert (tails.location == normal.location).all()
    assert (tails.scale == normal.scale).all()
    assert tails.df == 3
    reach = np.abs(tails.location) + 6.8 * tails.most * tails.scale  # within which exp is exact
    assert tails.most >= 1
    assert reach[tails.scale > 0].max(initial=0) <= 600 * (1 + 1e-12)


def test_a_year_as_bad_as_any_keeps_shares_shares() -> None:
    x = ms.simulate_shares(CENTRE, model=models.Total(sigma=5.0, df=2.1), n_draws=200_000, seed=1)
    assert np.isfinite(x).all()
    assert x.sum(axis=1) == pytest.approx(np.ones(200_000))


@pytest.mark.parametrize(
    "total",
    [
        models.Total(sigma=100),
        models.Total(sigma=1e5),
        models.Total(bias={"a": 1000}),
        models.Total(bias={"a": -700, "b": -700, "against_all": -700}),
        models.Total(tau=300),
    ],
)
def test_log_shares_that_floats_cannot_hold_are_refused(total: models.Total) -> None:
    with pytest.raises(ms.SimulationError, match="cannot be drawn; sigma, tau and bias are on the log scale"):
        total.pack(CENTRE)


# -- parameters ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: models.Margin("round"), "the shape of a margin must be one of flat, scaled, got 'round'"),
        (lambda: models.Margin(margin=-0.1), "margin must be a number of at least 0, got -0.1"),
        (lambda: models.Margin(margin=3), r'margin must lie below 0\.5, got 3; write 0\.03 or "3%" for 3 %'),
        (lambda: models.Margin(margin="three"), "margin must be a finite number, got 'three'"),  # type: ignore[arg-type]
        (lambda: models.Total(sigma=-1), "sigma must be a number of at least 0, got -1"),
        (lambda: models.Total(sigma=0.3, tau=0.5), "sigma replaces sigma_bias, sigma_house, tau together, got sigma=0.3 and tau=0.5; give"),
        (lambda: models.Total(sigma=0.3, sigma_house=0), "got sigma=0.3 and sigma_house=0; give either sigma or the terms"),
        (lambda: models.Total(sigma=10**400), "sigma must be a finite number, got an int of about 401 digits"),
        (lambda: models.Total(sigma=np.bool_(True)), "sigma must be a finite number, got"),  # type: ignore[arg-type]
        (lambda: models.Total(sigma=NAN), "sigma must be a finite number, got nan"),
        (lambda: models.Total(sigma_bias=math.inf), "sigma_bias must be a finite number, got inf"),
        (lambda: models.Total(size=-1), "size must be a number of at least 0, got -1"),
        (
            lambda: models.Total(preset="matur"),
            "preset must be one of 2025, kazakhstan, mature, exit_poll, got 'matur'; did you mean 'mature'",
        ),
        (
            lambda: models.Total(preset="mature", sigma=0.1, tau=0),
            "sigma replaces sigma_bias, sigma_house, tau together, got sigma=0.1 and tau=0",
        ),
        (lambda: models.Total(df=2), r'df must be at least 2\.1 degrees of freedom .*, got 2; write "normal" for normal tails'),
        (lambda: models.Total(df=-math.inf), "df must be a finite number, got -inf"),
        (lambda: models.Total(df="four"), "df must be a finite number, got 'four'"),  # type: ignore[arg-type]
        (lambda: models.Total(bias=5), r"bias must be a sequence such as {\"amanat\": 0\.1}, got 5"),  # type: ignore[arg-type]
        (lambda: models.Total(bias=["ab"]), r"bias must be shifts by party such as .*, got 'ab'"),  # type: ignore[list-item]
        (lambda: models.Total(bias=[(1, 2)]), "a party of bias must be a non-empty string, got 1"),  # type: ignore[list-item]
        (lambda: models.Total(tau=True), "tau must be a finite number, got True"),
        (lambda: models.Total(bias={"a": NAN}), "bias of 'a' must be a finite number, got nan"),  # type: ignore[arg-type]
        (lambda: models.Total(bias={"a": "x"}), "bias of 'a' must be a finite number, got 'x'"),  # type: ignore[arg-type]
        (lambda: models.Total(bias={"d": 0.1}).pack(CENTRE), "bias names 'd', which is not polled"),  # type: ignore[arg-type]
        (
            lambda: models.Dirichlet().pack(dataclasses.replace(CENTRE, n_eff=0.5)),
            "the effective sample of a Dirichlet must be at least 1, got 0.5",
        ),
        (lambda: models.Districts(beta=-1), "beta must be a number of at least 0, got -1"),
        (lambda: models.Districts(sigma_district=NAN), "sigma_district must be a finite number, got nan"),
    ],
)
def test_parameters_that_cannot_be(make: Any, said: str) -> None:
    with pytest.raises(ms.SimulationError, match=said):
        make()


@pytest.mark.parametrize(
    "value", [np.float32(0.25), np.float64(0.25), np.array(0.25), Fraction(1, 4), Decimal("0.25"), "25%", "0.25", 0.25]
)
def test_real_numbers_of_any_kind_are_stored_as_floats(value: Any) -> None:
    made = (
        models.Total(sigma=value).sigma,
        models.Total(tau=value).tau,
        models.Total(bias={"a": value}).bias[0][1],
        models.Margin(margin=value).margin,
        models.Districts(beta=value).beta,
    )
    assert [(type(number), number) for number in made] == [(float, 0.25)] * 5


def test_whole_numbers_are_stored_as_floats_too() -> None:
    made = (models.Total(sigma=np.int64(0)).sigma, models.Total(df=np.int64(4)).df, models.Districts(beta=1).beta)
    assert [(type(number), number) for number in made] == [(float, 0), (float, 4), (float, 1)]


def test_normal_tails_can_be_asked_of_any_preset() -> None:
    normal = models.Total(preset="mature", df="normal")
    assert normal == models.Total(preset="mature", df=math.inf) != models.Total(preset="mature")
    assert normal.is_normal
    assert not models.Total(preset="mature").is_normal
    assert type(normal.pack(CENTRE)) is type(models.Total(preset="2025").pack(CENTRE)) is not type(models.Total().pack(CENTRE))


def test_size_makes_small_lists_err_more_and_large_ones_less() -> None:
    centre = models.Centre(("a", "b", "c"), (0.4, 0.1, 0.499, 0.001), n_eff=math.inf)
    scale = models.Total(sigma=0.2, size=0.5).pack(centre).scale  # type: ignore[union-attr]
    assert scale == pytest.approx([0.2 / 4**0.5, 0.2, 0.2 / 4.99**0.5, 0.2 * 20**0.5])  # below half a per cent it grows no further
    assert models.Total(sigma=0.2).pack(centre).scale == pytest.approx([0.2] * 4)  # type: ignore[union-attr]


def test_half_and_twice_the_error_leave_all_else() -> None:
    model = models.Total(preset="mature", bias={"a": 0.1})  # type: ignore[arg-type]
    twice = model.scaled(2)
    assert twice.variance(CENTRE) == pytest.approx(4 * model.variance(CENTRE))
    assert (twice.bias, twice.df, twice.size) == (model.bias, model.df, model.size)
    assert models.Total(sigma=0.3, df=5).scaled(0.5) == models.Total(sigma=0.15, df=5)


def test_a_model_by_name() -> None:
    assert models.model("total") == models.Total()
    assert models.model("total", sigma=0.3) == models.Total(sigma=0.3)
    assert models.model("mature") == models.Total.mature() == models.Total(preset="mature")
    assert models.model("exit_poll", df=5) == models.Total(preset="exit_poll", df=5) != models.Total.exit_poll()
    assert [models.model(name).preset for name in models.PRESETS] == list(models.PRESETS)  # type: ignore[attr-defined]
    assert models.model("total", sigma=0.3, df=4) == models.Total(sigma=0.3, df=4)
    assert models.model("margin", shape="scaled") == models.Margin("scaled")
    made = models.Dirichlet()
    assert models.model(made) is made
    assert list(models.MODELS) == ["margin", "multinomial", "dirichlet", "total"]


@pytest.mark.parametrize(
    ("name", "parameters", "said"),
    [
        ("totl", {}, "there is no model 'totl'; did you mean 'total'"),
        ("gauss", {}, "there is no model 'gauss'; known: 2025, dirichlet, exit_poll, kazakhstan, margin, mature, multinomial, total"),
        ("total", {"sgma": 0.3}, "the model total has no parameter 'sgma'; did you mean 'sigma'"),
        (models.Total, {}, r"model must be one of margin, multinomial, dirichlet, total or a model such as Total\(sigma=0.3\)"),
        (3, {}, "model must be one of .*, got 3"),
        (None, {}, "model must be one of .*, got None"),
        (models.Districts(), {}, "model must be one of"),
    ],
)
def test_an_unknown_model_is_answered_with_those_there_are(name: Any, parameters: dict[str, Any], said: str) -> None:
    with pytest.raises(ms.SimulationError, match=said):
        models.model(name, **parameters)


@pytest.mark.parametrize(
    ("model", "sampling_only"), [(models.Margin(), True), (models.Multinomial(), True), (models.Dirichlet(), True), (models.Total(), False)]
)
def test_models_say_whether_they_hold_sampling_error_alone(model: models.ListModel, sampling_only: bool) -> None:
    assert model.sampling_only is sampling_only


@pytest.mark.parametrize("model", [models.Margin(), models.Multinomial(), models.Dirichlet(), models.Total(), models.Districts()])
def test_models_are_frozen_comparable_and_print_their_parameters(model: Any) -> None:
    assert model == type(model)()
    assert hash(model) == hash(type(model)())
    for field in dataclasses.fields(model):
        assert f"{field.name}=" in repr(model) or getattr(model, field.name) in (None, (), math.inf, 0.0, "kazakhstan")
    with pytest.raises((dataclasses.FrozenInstanceError, TypeError, AttributeError)):
        model.anything = 1


def test_the_priors_of_the_districts() -> None:
    # models.md, "districts"
    assert dataclasses.astuple(models.Districts()) == (0.5, 0.25, 0.3, 0.4, 0.8, 0.35, ())
    named, listed = (ms.District(1, (ms.Candidate("x", "a", 1),), from_list=flag) for flag in (False, True))
    assert models.Districts().spread(named) == pytest.approx(math.sqrt(0.25**2 + 0.3**2 + 0.4**2))
    assert models.Districts().spread(listed) == pytest.approx(math.sqrt(0.25**2 + 0.3**2 + 0.8**2))
