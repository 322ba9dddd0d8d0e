"""Statistical tests that can fail: each error planted here, small as it is, must be found by the test that guards against it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import test_closed_forms as forms
import test_closed_forms_property as properties
import test_district_model as in_districts
import test_drawn_polls as drawn
import test_polls_on_record as on_record
from against_theory import margin_of, share_of, size_of

import mazhilis_sim as ms

models = ms.models
LAST = forms.LAST
Q = forms.centre(LAST)
V = forms.total_terms(LAST, 0.354)[1]
MEAN_TERM = V * (1 - 2 * Q) / 2
Packed = Any


def scaled(**factors: Any) -> Callable[[Packed], Packed]:
    """Multiply packed parameters."""
    return lambda packed: packed._replace(**{name: getattr(packed, name) * factor for name, factor in factors.items()})


def shifted(by: Any) -> Callable[[Packed], Packed]:
    """Shift packed locations."""
    return lambda packed: packed._replace(location=packed.location + by)


def dirichlet() -> None:
    on_record.test_dirichlet_has_beta_tails_and_its_covariance(2023, LAST)


def multinomial() -> None:
    on_record.test_multinomial_has_normal_tails_and_its_covariance(2023, LAST)


def flat_margin() -> None:
    on_record.test_margin_has_normal_tails_where_nothing_is_cut(2023, LAST, "flat")


def scaled_margin() -> None:
    on_record.test_margin_has_normal_tails_where_nothing_is_cut(2023, LAST, "scaled")


def cut_margin() -> None:
    forms.test_margin_with_its_truncation_is_that_of_another_generator(forms.SMALL, models.Margin())


def cut_scaled_margin() -> None:
    forms.test_margin_with_its_truncation_is_that_of_another_generator(LAST, models.Margin("scaled"))


def total() -> None:
    on_record.test_total_has_its_pairs_and_its_conditional_chance(2023, LAST)


def pairs() -> None:
    forms.test_pairs_under_total(0.3)


def pairs_without_mean_term() -> None:
    forms.test_pairs_under_total_without_the_mean_term()


def tails() -> None:
    forms.test_pairs_under_student_tails_without_the_mean_term(4)


def tails_at_the_threshold() -> None:
    forms.test_lists_enter_under_student_tails_as_the_conditional_chance_says(3)


def log_ratios() -> None:
    forms.test_log_ratios_under_student_tails_are_student_and_share_their_bad_years()


PLANTED: list[tuple[str, Callable[[], None], type[Any], Callable[[Packed], Packed]]] = [
    ("a sample 2 % larger", dirichlet, models.Dirichlet, scaled(location=1.02)),
    ("a sample 2 % larger", multinomial, models.Multinomial, scaled(scale=1.02**-0.5)),
    ("margins 2 % wider", flat_margin, models.Margin, scaled(scale=1.02)),
    ("margins 2 % wider", scaled_margin, models.Margin, scaled(scale=1.02)),
    ("margins 5 % wider", cut_margin, models.Margin, scaled(scale=1.05)),
    ("margins 2 % wider", cut_scaled_margin, models.Margin, scaled(scale=1.02)),
    ("sigma 2 % larger", total, models.Total, scaled(scale=np.sqrt(V + 0.04 * 0.354**2) / np.sqrt(V))),
    ("no mean term", total, models.Total, shifted(MEAN_TERM)),
    ("half of the mean term", total, models.Total, shifted(MEAN_TERM / 2)),
    ("sigma 2 % smaller", pairs, models.Total, scaled(scale=0.98)),
    ("sigma 2 % larger", pairs_without_mean_term, models.Total, scaled(scale=1.02)),
    ("sigma 2 % larger", tails, models.Total, scaled(scale=1.02)),
    ("sigma taken as the scale", tails, models.Total, scaled(scale=2**0.5)),
    ("half a degree of freedom more", tails, models.Total, scaled(df=1.125)),
    ("half a degree of freedom more", tails_at_the_threshold, models.Total, scaled(df=3.5 / 3)),
    ("half a degree of freedom more", log_ratios, models.Total, scaled(df=1.125)),
]


@pytest.mark.parametrize(
    ("check", "model", "error"), [case[1:] for case in PLANTED], ids=[f"{check.__name__}, {name}" for name, check, *_ in PLANTED]
)
def test_a_planted_error_is_found(
    monkeypatch: pytest.MonkeyPatch, check: Callable[[], None], model: type[Any], error: Callable[[Packed], Packed]
) -> None:
    forms.shares.cache_clear()
    sound = model.pack
    monkeypatch.setattr(model, "pack", lambda self, centre: error(sound(self, centre)))
    with pytest.raises(AssertionError):
        check()
    forms.shares.cache_clear()


# -- errors in what is read off a poll, before any model sees it -------------------------------------------------------


def larger(poll: ms.Poll) -> float:
    """Plant: a sample 2 % larger."""
    return 1.02 * size_of(poll)


def tilted(poll: ms.Poll) -> dict[str, float]:
    """Plant: 1 % of every share goes to the first list."""
    first, *_ = poll.shares
    return {name: 0.99 * share_of(poll, name) + 0.01 * (name == first) for name in poll.shares}


def wider(poll: ms.Poll) -> float:
    """Plant: a printed margin 2 % wider."""
    return 1.02 * margin_of(poll)


@pytest.mark.parametrize(
    ("check", "name", "error"),
    [
        (dirichlet, "n_eff", larger),
        (multinomial, "n_eff", larger),
        (dirichlet, "q", tilted),
        (multinomial, "q", tilted),
        (total, "q", tilted),
        (cut_scaled_margin, "error_margin", wider),
    ],
)
def test_a_poll_that_is_misread_is_found(
    monkeypatch: pytest.MonkeyPatch, check: Callable[[], None], name: str, error: Callable[[ms.Poll], Any]
) -> None:
    forms.shares.cache_clear()
    monkeypatch.setattr(ms.Poll, name, property(error))
    with pytest.raises(AssertionError):
        check()
    forms.shares.cache_clear()


# -- errors in the districts -------------------------------------------------------------------------------------------


def shared_components() -> None:
    in_districts.test_districts_share_the_national_and_the_regional_component_of_parties("two regions", "e")


def drawn_pair() -> None:
    inner(properties.test_two_candidates)(PAIRS, models.Districts())


def drawn_pair_in_two_districts() -> None:
    inner(properties.test_two_parties_in_two_districts)(PAIRS[0], PAIRS[1], True, models.Districts())


def drawn_followers() -> None:
    inner(properties.test_candidates_follow_their_lists)(50, 50, PAIRS[0], models.Districts())


def drawn_rivals() -> None:
    inner(properties.test_unnamed_candidates_win_one_by_one_and_never_as_a_block)(40_000, 40_000, 3, models.Districts())


PAIRS = [(65_000, 35_000), (70_000, 30_000)] * 4


def inner(test: Any) -> Callable[..., None]:
    """Return a test of Hypothesis's as a function of one example."""
    function: Callable[..., None] = test.hypothesis.inner_test
    return function


@pytest.mark.filterwarnings("ignore::mazhilis_sim.DataWarning")
@pytest.mark.parametrize("check", [shared_components, drawn_pair, drawn_pair_in_two_districts, drawn_followers, drawn_rivals])
def test_a_spread_of_districts_that_is_2_percent_larger_is_found(monkeypatch: pytest.MonkeyPatch, check: Callable[[], None]) -> None:
    sound = models.Districts.own_variance
    monkeypatch.setattr(models.Districts, "own_variance", lambda self, district: sound(self, district) + 0.0404 * in_districts.SPREAD**2)
    with pytest.raises(AssertionError):
        check()


def test_normal_tails_in_the_place_of_students_are_found_in_drawn_polls(monkeypatch: pytest.MonkeyPatch) -> None:
    sound = models.Total.pack
    monkeypatch.setattr(models.Total, "pack", lambda self, centre: sound(models.Total(sigma=self.sigma, df="normal"), centre))
    with pytest.raises(AssertionError):
        inner(drawn.test_pairs_of_total_with_tails)(drawn.Case(LAST, None, 0), 0.3, 4.0)
