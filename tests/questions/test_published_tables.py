"""Indices of real elections and power in real bodies, as published; each number worked out anew by other means as well."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from typing import NamedTuple

import pytest
from powerindex import Game

import mazhilis_sim as ms


class Published(NamedTuple):
    """An election with what Gallagher says of it.

    Parameters
    ----------
    votes, seats : sequence of int
        By list; lists behind the last with a seat have none.
    total : int
        All valid votes, as the authority gave them.
    least_squares, enp_votes, enp_seats : str
        As printed, to two decimals.
    """

    votes: Sequence[int]
    seats: Sequence[int]
    total: int
    least_squares: str
    enp_votes: str
    enp_seats: str

    @property
    def all_seats(self) -> list[int]:
        """Seats of every list."""
        return [*self.seats, *[0] * (len(self.votes) - len(self.seats))]


ELECTIONS = {
    # Indices: M. Gallagher, "Election indices", the document beside M. Gallagher and P. Mitchell (eds), The Politics of Electoral
    # Systems (2008), which he goes on with; its formulas are those of Electoral Studies 10 (1991) 33-51.
    # Votes: Kiesraad, official result of 12 September 2012
    "Netherlands 2012": Published(
        (
            *(2_504_948, 2_340_750, 950_263, 909_853, 801_620, 757_091, 294_586, 219_896, 196_780, 182_162, 177_631),
            *(30_600, 18_310, 12_982, 8_194, 7_363, 4_163, 2_842, 2_126, 2_013, 62),
        ),
        (41, 38, 15, 15, 13, 12, 5, 4, 3, 2, 2),
        9_424_235,
        *("0.99", "5.94", "5.70"),
    ),
    # Votes: Chief Electoral Office of New Zealand, official party votes of 26 November 2011; lists with seats first
    "New Zealand 2011": Published(
        (*(1_058_636, 614_937, 247_372, 147_544, 31_982, 24_168, 23_889, 13_443), *(59_237, 11_738, 1_714, 1_595, 1_209)),
        (59, 34, 14, 8, 3, 1, 1, 1),
        2_237_464,
        *("2.38", "3.15", "2.98"),
    ),
    # Votes: Bundeswahlleiter, final second votes of 22 September 2013; CDU and CSU apart, as Gallagher counts them
    "Germany 2013": Published(
        (
            *(14_921_877, 11_252_215, 3_755_699, 3_694_057, 3_243_569, 2_083_533, 2_056_985, 959_177, 560_828, 423_977, 140_366),
            *(127_088, 91_193),
            *(78_674, 73_854, 57_395, 28_654, 25_134, 24_719, 24_219, 18_542, 17_743, 12_814, 12_148, 11_349, 8_578, 8_211, 7_449),
            *(4_564, 2_245),
        ),
        (255, 193, 64, 63, 56),
        43_726_856,
        *("7.83", "4.81", "3.51"),
    ),
}


def measured(election: Published) -> ms.Indices:
    """Measure an election, whose lists are numbered."""
    lists = [f"list {place}" for place in range(len(election.votes))]
    return ms.indices(dict(zip(lists, election.votes, strict=True)), dict(zip(lists, election.all_seats, strict=True)))


@pytest.mark.parametrize("election", ELECTIONS)
def test_indices_are_those_that_gallagher_published(election: str) -> None:
    printed = ELECTIONS[election]
    assert sum(printed.votes) == printed.total
    found = measured(printed)
    assert f"{100 * found.gallagher:.2f}" == printed.least_squares
    assert f"{float(found.enp_votes):.2f}" == printed.enp_votes
    assert f"{float(found.enp_seats):.2f}" == printed.enp_seats


@pytest.mark.parametrize("election", ELECTIONS)
def test_gallagher_by_another_formula(election: str) -> None:
    """Half the sum of (v - s)**2 is half of 1/Nv + 1/Ns, less the sum of v * s: of the published numbers of parties themselves."""
    printed = ELECTIONS[election]
    shared = sum(v * s for v, s in zip(printed.votes, printed.all_seats, strict=True)) / printed.total / sum(printed.seats)
    found = measured(printed)
    squared = (1 / float(found.enp_votes) + 1 / float(found.enp_seats)) / 2 - shared
    assert float(found.gallagher_squared) == pytest.approx(squared, abs=1e-12)


# -- power -------------------------------------------------------------------------------------------------------------


class Body(NamedTuple):
    """A weighted body and the power in it, per member of each weight.

    Parameters
    ----------
    weights : sequence of int
    majority : int
    banzhaf, shapley_shubik : dict of int to str
        As printed, by weight; nothing where the source does not have it.
    """

    weights: Sequence[int]
    majority: int
    banzhaf: dict[int, str]
    shapley_shubik: dict[int, str]


BODIES = {
    # The Council of Ministers after each enlargement: D. S. Felsenthal and M. Machover, The Measurement of Voting Power (1998), chapter 5
    "Council 1958": Body((4, 4, 4, 2, 2, 1), 12, {4: "0.238", 2: "0.143", 1: "0.000"}, {4: "0.233", 2: "0.150", 1: "0.000"}),
    "Council 1973": Body(
        (10, 10, 10, 10, 5, 5, 3, 3, 2),
        41,
        {10: "0.167", 5: "0.091", 3: "0.066", 2: "0.016"},
        {10: "0.179", 5: "0.081", 3: "0.057", 2: "0.010"},
    ),
    "Council 1981": Body(
        (10, 10, 10, 10, 5, 5, 5, 3, 3, 2),
        45,
        {10: "0.158", 5: "0.082", 3: "0.041", 2: "0.041"},
        {10: "0.174", 5: "0.071", 3: "0.030", 2: "0.030"},
    ),
    "Council 1986": Body(
        (10, 10, 10, 10, 8, 5, 5, 5, 5, 3, 3, 2),
        54,
        {10: "0.129", 8: "0.109", 5: "0.067", 3: "0.046", 2: "0.018"},
        {10: "0.134", 8: "0.111", 5: "0.064", 3: "0.043", 2: "0.012"},
    ),
    "Council 1995": Body(
        (10, 10, 10, 10, 8, 5, 5, 5, 5, 4, 4, 3, 3, 3, 2),
        62,
        {10: "0.112", 8: "0.092", 5: "0.059", 4: "0.048", 3: "0.036", 2: "0.023"},
        {10: "0.117", 8: "0.095", 5: "0.055", 4: "0.045", 3: "0.035", 2: "0.021"},
    ),
    # The Security Council of eleven, where the five have 98.7 % of the power: L. S. Shapley and M. Shubik, "A method for evaluating the
    # distribution of power in a committee system", American Political Science Review 48 (1954)
    "Security Council 1954": Body((5, 5, 5, 5, 5, 1, 1, 1, 1, 1, 1), 27, {}, {5: f"{76 / 385:.3f}", 1: f"{1 / 462:.3f}"}),
    # The Board of Supervisors of Nassau County: J. F. Banzhaf, "Weighted voting doesn't work", Rutgers Law Review 19 (1965)
    "Nassau County 1964": Body((31, 31, 28, 21, 2, 2), 58, {31: "0.333", 28: "0.333", 21: "0.000", 2: "0.000"}, {}),
    # P. D. Straffin, Game Theory and Strategy (1993)
    "Straffin": Body((4, 3, 2, 1), 6, {4: f"{5 / 12:.3f}", 3: "0.250", 2: "0.250", 1: f"{1 / 12:.3f}"}, {}),
    # S. J. Brams on voting power in the Encyclopaedia Britannica: one vote is worth as much as forty-nine
    "Brams": Body((50, 49, 1), 51, {50: "0.600", 49: "0.200", 1: "0.200"}, {}),
}


def power_in(body: Body) -> ms.Power:
    """Return the power of members that are numbered."""
    return ms.power({f"member {place}": weight for place, weight in enumerate(body.weights)}, body.majority)


@pytest.mark.parametrize("name", BODIES)
def test_power_is_that_of_the_published_table(name: str) -> None:
    body = BODIES[name]
    found = power_in(body)
    shares = dict(zip(body.weights, found.by_party.values(), strict=True))
    assert {weight: f"{float(shares[weight].banzhaf):.3f}" for weight in body.banzhaf} == body.banzhaf
    assert {weight: f"{float(shares[weight].shapley_shubik):.3f}" for weight in body.shapley_shubik} == body.shapley_shubik
    assert found.exact


@pytest.mark.parametrize("name", BODIES)
def test_power_of_the_published_table_is_that_of_other_means(name: str) -> None:
    """Another library for both indices, and a count of every coalition for Banzhaf's."""
    body = BODIES[name]
    found = power_in(body)
    game = Game(body.majority, list(body.weights))
    game.calc_banzhaf()
    game.calc_shapley_shubik()
    assert [float(share.banzhaf) for share in found.by_party.values()] == pytest.approx(game.banzhaf)
    assert [float(share.shapley_shubik) for share in found.by_party.values()] == pytest.approx(game.shapley_shubik)
    assert [share.banzhaf for share in found.by_party.values()] == all_coalitions(body)


def all_coalitions(body: Body) -> list[Fraction]:
    """Count the coalitions in which each member is critical, one coalition after the other."""
    swings = [0] * len(body.weights)
    for members in product((False, True), repeat=len(body.weights)):
        held = sum(weight for weight, member in zip(body.weights, members, strict=True) if member)
        if held >= body.majority:
            for place, weight in enumerate(body.weights):
                swings[place] += members[place] and held - weight < body.majority
    return [Fraction(swing, sum(swings)) for swing in swings]


def test_the_great_powers_of_1954_have_nearly_all_the_power() -> None:
    body = BODIES["Security Council 1954"]
    found = power_in(body)
    assert sum(found[f"member {place}"].shapley_shubik for place in range(5)) == Fraction(76, 77)


def test_a_smaller_share_of_the_votes_may_be_more_power() -> None:
    """Luxembourg had 1 vote of 17 and no power, then 2 of 58 and some: S. J. Brams and P. J. Affuso, Theory and Decision 7 (1976)."""
    before, after = (BODIES[f"Council {year}"] for year in (1958, 1973))
    shares = [power_in(body) for body in (before, after)]
    assert Fraction(before.weights[-1], sum(before.weights)) > Fraction(after.weights[-1], sum(after.weights))
    assert shares[0]["member 5"].banzhaf == 0
    assert shares[1]["member 8"] == (Fraction(5, 317), Fraction(1, 105))
