"""Statistical tests that can fail: each error planted here, small as it is, must be found by the test that guards against it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import test_closed_forms as forms
import test_district_model as in_districts
import test_polls_on_record as on_record
from test_drawn_polls import Case
from test_drawn_polls import test_pairs_of_total_with_tails as drawn_pairs

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


def test_a_spread_of_districts_that_is_2_percent_larger_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    sound = models.Districts.own_variance
    spread = in_districts.SPREAD
    monkeypatch.setattr(models.Districts, "own_variance", lambda self, district: sound(self, district) + 0.0404 * spread**2)
    with pytest.raises(AssertionError):
        in_districts.test_districts_share_the_national_and_the_regional_component_of_parties("two regions", "e")


def test_normal_tails_in_the_place_of_students_are_found_in_drawn_polls(monkeypatch: pytest.MonkeyPatch) -> None:
    sound = models.Total.pack
    monkeypatch.setattr(models.Total, "pack", lambda self, centre: sound(models.Total(sigma=self.sigma), centre))
    with pytest.raises(AssertionError):
        drawn_pairs.hypothesis.inner_test(Case(LAST, None, 0), 0.3, 4.0)  # type: ignore[arg-type, attr-defined]
