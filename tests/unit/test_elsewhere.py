"""The measurement of poll errors elsewhere, on made-up elections: what it finds, and that what is left out is left out."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from elsewhere import folds_of, forecasts, named, score
from error_fit import Errors, dirichlet_log_density, draw, fit, log_density
from mazhilis_sim.simulation.models import Centre as PackageCentre
from mazhilis_sim.simulation.models import Total
from polled_elsewhere import Centre, ElectionElsewhere, centre_at, read_elections

TRUE = Errors(0.2, 0.1, 0.3, 0.02, math.inf)
DAYS = (2, 5, 33, 63, 103)
COLUMNS = ("country", "election", "pollster", "days_before", "sample_size", "party", "poll_percent", "result_percent")


def made_up(number: int, path: Path) -> Path:
    """Write elections whose polls err as `TRUE` says: drift to the day, an error of all polls, one of each institute."""
    rng, rows = np.random.default_rng(3), []
    for election in range(number):
        result = np.array([0.42, 0.3, 0.15, 0.08, 0.05])
        factor = (result / 0.1) ** -TRUE.size
        shared = TRUE.bias * factor * rng.standard_normal(5)
        for institute in "xyz":
            own = TRUE.house * factor * rng.standard_normal(5)
            for days in DAYS:
                said = result * np.exp(shared + own + TRUE.tau * math.sqrt(days) * factor * rng.standard_normal(5))
                for party, (poll, got) in enumerate(zip(100 * said / said.sum(), 100 * result, strict=True)):
                    rows.append((f"C{election % 3}", f"20{election:02}-01-01", institute, days, 2000, f"p{party}", poll, got))
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([COLUMNS, *rows])
    return path


@pytest.fixture(scope="module")
def elections(tmp_path_factory: pytest.TempPathFactory) -> list[ElectionElsewhere]:
    return read_elections(made_up(6, tmp_path_factory.mktemp("elsewhere") / "polls.csv"))


def with_result(election: ElectionElsewhere, result: dict[str, float]) -> ElectionElsewhere:
    return ElectionElsewhere(election.country, election.day, result, election.polls)


def test_a_fold_does_not_know_the_result_that_it_leaves_out(elections: list[ElectionElsewhere]) -> None:
    changed = [with_result(elections[0], {"p0": 0.05, "p1": 0.08, "p2": 0.15, "p3": 0.3, "p4": 0.42}), *elections[1:]]
    before, after = folds_of(elections), folds_of(changed)
    left_out = elections[0].name
    assert after[left_out] == before[left_out]
    assert all(after[name] != before[name] for name in before if name != left_out)


def test_a_fold_that_cheats_is_found_out(elections: list[ElectionElsewhere]) -> None:
    """Plant: nothing is left out."""
    changed = [with_result(elections[0], {"p0": 0.05, "p1": 0.08, "p2": 0.15, "p3": 0.3, "p4": 0.42}), *elections[1:]]
    whole = [fit(forecasts(some, (0, 30)), forecasts(some, (0,))) for some in (elections, changed)]
    assert whole[0] != whole[1]


def test_what_was_put_in_is_found_again(tmp_path: Path) -> None:
    many = read_elections(made_up(60, tmp_path / "polls.csv"))
    found = fit(forecasts(many, (0, 30, 60, 100)), forecasts(many, (0,)), df=math.inf)
    assert found.bias == pytest.approx(TRUE.bias, rel=0.15)
    assert found.house == pytest.approx(TRUE.house, rel=0.2)
    assert found.size == pytest.approx(TRUE.size, abs=0.15)


def centre(q: list[float], result: list[float], n: float = 500.0, days: float = 9.0) -> Centre:
    """Make a centre by hand."""
    return Centre("made up", "C", tuple("abcd"[: len(q)]), np.array(q), np.array(result), n, 0.5, days, 2, np.full(len(q), np.nan))


@pytest.mark.parametrize("errors", [Errors(0.2, 0.1, 0.3, 0.02, 6.0), Errors(0.2, 0.1)])
def test_the_density_of_log_ratios_is_that_of_scipy(errors: Errors) -> None:
    c = centre([0.5, 0.3, 0.2], [0.45, 0.35, 0.2])
    beyond = errors.bias**2 + errors.house**2 * 0.5 + errors.tau**2 * 9
    v = 1 / (500 * c.q) + beyond * (c.q / 0.1) ** (-2 * errors.size)
    mean = np.log(c.q) - v * (1 - 2 * c.q) / 2
    ratios, middle = np.log(c.result[:2] / c.result[2]), mean[:2] - mean[2]
    covariance = np.diag(v[:2]) + v[2]
    if math.isinf(errors.df):
        known = stats.multivariate_normal(middle, covariance)
    else:
        known = stats.multivariate_t(middle, covariance * (errors.df - 2) / errors.df, errors.df)
    assert log_density(errors, c) == pytest.approx(float(known.logpdf(ratios)))


def test_the_density_of_the_dirichlet_is_that_of_scipy_in_log_ratios() -> None:
    c = centre([0.5, 0.3, 0.2], [0.45, 0.35, 0.2])
    shares = stats.dirichlet(500 * c.q).logpdf(c.result)
    assert dirichlet_log_density(c) == pytest.approx(float(shares + np.log(c.result).sum()))


@pytest.mark.parametrize("preset", ["2025", "kazakhstan", "mature", "exit_poll"])
def test_the_errors_fitted_are_those_that_the_package_draws(preset: str) -> None:
    c = centre([0.6, 0.25, 0.15], [0.55, 0.3, 0.15])
    around = PackageCentre(("a", "b", "c"), (0.6, 0.25, 0.15), n_eff=500.0, squared_weights=0.5, days=9.0)
    packed = Total(preset=preset).pack(around)
    x = draw(named(preset), c, 200_000, np.random.default_rng(1))
    spread = np.log(x[:, 0] / x[:, 1]).std()
    assert spread == pytest.approx(math.hypot(*packed.scale[:2]), rel=0.02)  # type: ignore[union-attr]
    middle = packed.location[0] - packed.location[1]  # type: ignore[union-attr]
    assert np.median(np.log(x[:, 0] / x[:, 1])) == pytest.approx(middle, abs=5 * 1.3 * spread / 200_000**0.5)


def test_the_newest_poll_of_each_institute_counts_within_a_month(elections: list[ElectionElsewhere]) -> None:
    final, month = centre_at(elections[0], 0), centre_at(elections[0], 30)
    assert final is not None
    assert month is not None
    assert (final.days, final.institutes, final.squared_weights) == (pytest.approx(2.0), 3, pytest.approx(1 / 3))
    assert month.days == pytest.approx(33.0)
    assert centre_at(elections[0], 200) is None


def test_a_score_counts_what_intervals_hold() -> None:
    sure = score(Errors(0.01, 0.0), centre([0.5, 0.3, 0.2], [0.2, 0.5, 0.3], n=1e9, days=0))
    wide = score(Errors(0.9, 0.0), centre([0.5, 0.3, 0.2], [0.4, 0.35, 0.25]))
    assert (sure.held, sure.of, wide.held) == (0, 3, 3)
    assert sure.density < wide.density
    assert sure.energy > wide.energy


def test_the_picture_of_errors_is_the_same_bytes_twice(elections: list[ElectionElsewhere], tmp_path: Path) -> None:
    import poll_errors

    for name in ("one.svg", "two.svg"):
        poll_errors.write(elections, tmp_path / name)
    assert (tmp_path / "one.svg").read_bytes() == (tmp_path / "two.svg").read_bytes()
    other = [with_result(elections[0], {"p0": 0.05, "p1": 0.08, "p2": 0.15, "p3": 0.3, "p4": 0.42}), *elections[1:]]
    poll_errors.write(other, tmp_path / "other.svg")
    assert (tmp_path / "other.svg").read_bytes() != (tmp_path / "one.svg").read_bytes()
