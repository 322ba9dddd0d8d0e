"""The districts against theory: two candidates, shared components, the link to the list vote, the unnamed rivals."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import numpy as np
import plain_forecast
import pytest
from against_theory import SEED, N, near, phi, share_error, total_terms
from scipy import integrate, stats

import mazhilis_sim as ms
from on_record import KNOWN, quiet_polls

models = ms.models
LISTS = ms.Poll({"a": 0.4, "b": 0.35, "c": 0.25}, sample_size=1000)
SPREAD = math.sqrt(0.25**2 + 0.3**2 + 0.4**2)  # of one candidate's national, regional and district components
SHARED = 0.25**2 + 0.3**2


def district(number: int, region: str, *votes: tuple[str, int], **more: Any) -> ms.District:
    """Make a district; candidates are named after their party, independents by their place."""
    candidates = [ms.Candidate(f"{party} {i}", party, n) for i, (party, n) in enumerate(votes)]
    return ms.District(number, tuple(candidates), region, **more)


def simulate(*districts: ms.District, list_shares: dict[str, float] | None = None, list_seats: int = 5, n: int = N, **more: Any) -> Any:
    """Simulate districts beside a list vote."""
    law = ms.law("2026").replace(list_seats=list_seats, district_seats=len(districts), threshold=0)
    baseline = ms.DistrictVotes(districts, list_shares or {})
    return ms.simulate(law, LISTS, districts=baseline, n_draws=n, seed=SEED, **more)


def won(f: ms.SeatDistribution, party: str) -> list[float]:
    """Return how often a party won 0, 1, ... districts."""
    counts: list[float] = (f.histogram(party, "district") / f.n_draws).tolist()
    return counts


def both_above(x: float, y: float, correlation: float) -> float:
    """P(X < x and Y < y) of two standard normals."""
    return float(stats.multivariate_normal([0, 0], [[1, correlation], [correlation, 1]]).cdf([x, y]))


# -- two candidates --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("one", "two"), [(50, 50), (60, 40), (70, 30), (95, 5), (3, 97)])
@pytest.mark.parametrize("rival", ["e", "independents"])
def test_two_candidates_without_a_link_to_the_list(one: int, two: int, rival: str) -> None:
    # models.md, "districts": P(win) = Phi(log(b1 / b2) / sqrt(2 (sigma_N^2 + sigma_R^2 + sigma_D^2)))
    f = simulate(district(1, "x", ("d", one), (rival, two)))
    expected = phi(math.log(one / two) / math.sqrt(2) / SPREAD)
    assert near(won(f, "d")[1], expected, share_error(expected))


@pytest.mark.parametrize(
    "model",
    [
        models.Districts(sigma_national=0.7),
        models.Districts(sigma_regional=0),
        models.Districts(0.5, 0, 0, 1.2, 1),
        models.Districts(beta=3.0),
    ],
    ids=repr,
)
def test_two_candidates_under_other_spreads(model: models.Districts) -> None:
    f = simulate(district(1, "x", ("d", 60), ("e", 40)), district_model=model)
    spread = math.sqrt(model.sigma_national**2 + model.sigma_regional**2 + model.sigma_district**2)
    expected = phi(math.log(60 / 40) / math.sqrt(2) / spread)
    assert near(won(f, "d")[1], expected, share_error(expected))


def test_a_district_known_from_the_list_vote_alone_is_less_certain() -> None:
    f = simulate(district(1, "x", ("d", 70), ("e", 30), from_list=True))
    expected = phi(math.log(70 / 30) / math.sqrt(2 * (SHARED + 0.8**2)))
    assert near(won(f, "d")[1], expected, share_error(expected))


def test_three_equal_candidates_win_equally_often() -> None:
    f = simulate(district(1, "x", ("d", 10), ("e", 10), ("independents", 10)))
    assert all(near(won(f, party)[1], 1 / 3, share_error(1 / 3)) for party in ("d", "e", "independents"))


# -- components that candidates share --------------------------------------------------------------------------------

REGIONS = {"one region": ("x", "x", SHARED), "two regions": ("x", "y", 0.25**2), "no regions": ("", "", 0.25**2)}


@pytest.mark.parametrize("regions", REGIONS)
@pytest.mark.parametrize("rival", ["e", "independents"])
def test_districts_share_the_national_and_the_regional_component_of_parties(regions: str, rival: str) -> None:
    """An independent has components of their own, so two districts share those of one party instead of two."""
    first, second, shared = REGIONS[regions]
    f = simulate(district(1, first, ("d", 55), (rival, 45)), district(2, second, ("d", 60), (rival, 40)))
    correlation = shared * (2 if rival == "e" else 1) / (2 * SPREAD**2)
    at = [math.log(a / b) / math.sqrt(2) / SPREAD for a, b in ((55, 45), (60, 40))]
    expected = both_above(*at, correlation)
    assert near(won(f, "d")[2], expected, share_error(expected))
    assert near(f.mean("d", "district"), phi(at[0]) + phi(at[1]), 2 * share_error(0.5))


def test_parties_with_one_candidate_each_share_nothing() -> None:
    f = simulate(district(1, "x", ("d", 55), ("e", 45)), district(2, "x", ("g", 60), ("h", 40)), coalitions=[["d", "g"]], list_seats=1)
    p, q = (phi(math.log(a / b) / math.sqrt(2) / SPREAD) for a, b in ((55, 45), (60, 40)))
    both = f.p_together(["d", "g"], 2).value
    assert near(both, p * q, share_error(p * q))


# -- the link to the list vote ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("beta", [0.0, 0.5, 1.0, 3.0])
@pytest.mark.parametrize("sigma", [0.1, 0.3])
def test_a_link_carries_the_list_vote_into_the_district(beta: float, sigma: float) -> None:
    """Of two linked candidates, beta (log x_a - log x_b) is exactly normal: the shares' common divisor cancels."""
    before = {"a": 0.5, "b": 0.3}
    f = simulate(
        district(1, "x", ("a", 55), ("b", 45)),
        list_shares=before,
        model=models.Total(sigma=sigma, df="normal"),
        district_model=models.Districts(beta=beta),
    )
    mu, v = total_terms(LISTS, sigma)
    lead = math.log(55 / 45) + beta * (mu[0] - mu[1] - math.log(before["a"] / before["b"]))
    expected = phi(lead / math.sqrt(2 * SPREAD**2 + beta**2 * (v[0] + v[1])))
    assert near(won(f, "a")[1], expected, share_error(expected))


@pytest.mark.parametrize("beta", [0.0, 0.5, 2.0])
def test_the_correlation_of_a_district_with_the_list(beta: float) -> None:
    """models.md, "districts": beta sd_L / sqrt(beta^2 sd_L^2 + sigma_N^2 + sigma_R^2 + sigma_D^2), of two candidates' difference.

    One list seat goes to the larger list, so that two seats in all mean: ahead in the list vote and in the district.
    """
    even, sigma = ms.Poll({"a": 0.5, "b": 0.5}, sample_size=1000), 0.4
    law = ms.law("2026").replace(list_seats=1, district_seats=1, threshold=0)
    baseline = ms.DistrictVotes((district(1, "x", ("a", 55), ("b", 45)),), {"a": 0.5, "b": 0.5})
    f = ms.simulate(
        law,
        even,
        model=models.Total(sigma=sigma, df="normal"),
        districts=baseline,
        district_model=models.Districts(beta=beta),
        n_draws=N,
        seed=SEED,
    )
    sd = math.sqrt(1 / 500 + sigma**2)
    correlation = beta * sd / math.sqrt(beta**2 * sd**2 + SPREAD**2)
    lead = math.log(55 / 45) / math.sqrt(2 * (beta**2 * sd**2 + SPREAD**2))
    expected = both_above(0.0, lead, correlation)
    assert near(f.histogram("a")[2] / N, expected, share_error(expected))


@pytest.mark.parametrize("party", ["independents", "d", "c"])
def test_who_is_not_polled_or_has_no_share_before_follows_no_list(party: str) -> None:
    """Independents, parties without a list, and lists that the baseline's own election did not have."""
    f = simulate(district(1, "x", (party, 60), ("e", 40)), list_shares={"a": 0.5}, district_model=models.Districts(beta=9.0), n=N)
    expected = phi(math.log(60 / 40) / math.sqrt(2) / SPREAD)
    assert near(won(f, party)[1], expected, share_error(expected))


# -- the pooled rivals -----------------------------------------------------------------------------------------------

RIVALS = [  # named votes, unnamed candidates, unnamed votes
    ((50, 30), 1, 20),
    ((40, 30), 3, 30),
    ((30, 20), 11, 50),
    ((20, 10), 40, 70),
    ((30, 10), 3, 60),
    ((40,), 2, 60),
    ((55, 44), 5, 1),
]


def rival_share(named: tuple[int, ...], m: int, votes: int) -> float:
    """Split the unnamed votes evenly, none above the runner-up."""
    return min(votes / m, sorted(named)[-2:][0]) / (sum(named) + votes)


@pytest.mark.parametrize(("named", "m", "votes"), RIVALS)
def test_the_chance_of_the_unnamed_by_integration(named: tuple[int, ...], m: int, votes: int) -> None:
    f = simulate(district(1, "x", *zip("de", named, strict=False), unnamed_candidates=m, unnamed_votes=votes))
    at = [math.log(n / (sum(named) + votes)) for n in named]
    level = math.log(rival_share(named, m, votes))

    def ahead(x: float) -> float:
        """Density of the best rival at x, times the chance that every named candidate is below."""
        below = stats.norm.cdf((x - level) / SPREAD)
        best = m * below ** (m - 1) * stats.norm.pdf((x - level) / SPREAD) / SPREAD
        return float(best * math.prod(phi((x - a) / SPREAD) for a in at))

    expected = integrate.quad(ahead, level - 8 * SPREAD, level + 8 * SPREAD, epsabs=1e-10)[0]
    assert near(won(f, "independents")[1], expected, share_error(expected))


@pytest.mark.parametrize(("named", "m", "votes"), RIVALS[1:4])
def test_the_chance_of_the_unnamed_by_simulating_every_one_of_them(named: tuple[int, ...], m: int, votes: int) -> None:
    f = simulate(district(1, "x", *zip("de", named, strict=False), unnamed_candidates=m, unnamed_votes=votes))
    rng, n, ahead = np.random.default_rng(1), 300_000, 0
    shares = np.array([*(v / (sum(named) + votes) for v in named), *[rival_share(named, m, votes)] * m])
    for _ in range(n // 10_000):
        eta = np.log(shares) + 0.25 * rng.standard_normal((10_000, m + 2))
        eta += 0.3 * rng.standard_normal(eta.shape) + 0.4 * rng.standard_normal(eta.shape)
        ahead += int((eta.argmax(axis=1) >= len(named)).sum())
    expected = ahead / n
    assert near(won(f, "independents")[1], expected, math.hypot(share_error(expected), share_error(expected, n)))


def test_the_block_of_the_unnamed_does_not_win_as_one() -> None:
    """Eleven unnamed candidates with half of the votes win less often than one with as many."""
    eleven = simulate(district(1, "x", ("d", 30), ("e", 20), unnamed_candidates=11, unnamed_votes=50), n=100_000)
    block = simulate(district(1, "x", ("d", 30), ("e", 20), ("independents", 50)), n=100_000)
    assert won(eleven, "independents")[1] < 0.5 * won(block, "independents")[1]


# -- the record ------------------------------------------------------------------------------------------------------


PLAIN_DRAWS = 40_000


@cache
def by_a_plain_program() -> dict[str, Any]:
    """Forecast the districts of 2023 once more: how often each party wins at most 0, 1, ... of them."""
    known = KNOWN[-1]
    before = {party: votes / known.base for party, votes in known.votes.items()}
    won = plain_forecast.elected(ms.load_election(2023).districts or (), plain_forecast.total(PLAIN_DRAWS), before)
    return {party: np.bincount(n, minlength=30).cumsum() / PLAIN_DRAWS for party, n in won.items()}


def forecast(**priors: float) -> ms.SeatDistribution:
    """Forecast 2023 with other priors, without polls of districts."""
    return ms.simulate(
        ms.law("2023"), quiet_polls(2023).of_kind("poll"), district_model=models.Districts(**priors), n_draws=100_000, seed=SEED
    )


def districts_agree(f: ms.SeatDistribution) -> None:
    """Hold every number of districts of every party against the plain program, at five standard errors of both."""
    expected = by_a_plain_program()
    assert set(expected) == {candidate.party for district in f.question.districts or () for candidate in district.candidates}
    for party, reached in expected.items():
        found = f.histogram(party, "district").cumsum() / f.n_draws
        error = np.sqrt(np.maximum(reached * (1 - reached), 1 / PLAIN_DRAWS) * (1 / f.n_draws + 1 / PLAIN_DRAWS))
        assert (np.abs(found - reached) <= 5 * error).all(), party


def test_the_districts_of_2023_are_those_of_a_plain_program() -> None:
    f = forecast()
    districts_agree(f)
    assert sum(f.mean(party, "district") for party in f.parties) == pytest.approx(29)


@pytest.mark.parametrize(
    "wrong", [{"beta": 0.7}, {"beta": 0.0}, {"sigma_national": 0.2}, {"sigma_regional": 0.25}, {"sigma_district": 0.35}], ids=repr
)
def test_a_wrong_prior_is_found_in_the_districts_of_2023(wrong: dict[str, float]) -> None:
    with pytest.raises(AssertionError):
        districts_agree(forecast(**wrong))


def test_the_districts_of_2023_contain_the_official_numbers() -> None:
    f = forecast()
    official = ms.load_election(2023).official_seats["district"]
    low, high = f.interval("amanat", 0.9, "district")
    assert low <= official["amanat"] <= high
    assert high - low <= 15
    assert f.interval("independents", 0.9, "district")[0] <= official["independents"]
