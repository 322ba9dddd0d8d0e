"""Scenarios by region: turnouts, swings and regions of one's own, in whole votes."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import mazhilis_sim as ms
from mazhilis_sim.votes.moving import sums_of
from mazhilis_sim.votes.region import Region
from mazhilis_sim.votes.scaling import in_proportion

E2023 = ms.load_election(2023)
REGIONS = st.sampled_from(sorted(E2023.regions))
NUMBERS = ("registered", "ballots", "invalid", "against_all", "other")


def sums(election: ms.Election) -> dict[str, Any]:
    return sums_of(election.regions.values())


def numbers(election: ms.Election) -> dict[str, Any]:
    return {name: getattr(election, name) for name in ("list_votes", *NUMBERS)}


# -- turnout -----------------------------------------------------------------------------------------------------------


def test_regions_add_up_to_the_nation_of_2023() -> None:
    assert sums(E2023) == numbers(E2023)


@given(turnout=st.dictionaries(REGIONS, st.integers(1, 100).map(lambda n: n / 100), max_size=4))
@example(turnout={})
@example(turnout={"almaty_city": 1.0})
def test_turnout_reweighs_a_region_and_keeps_its_shares(turnout: dict[str, float]) -> None:
    changed = E2023.with_turnout(turnout)
    assert sums(changed) == numbers(changed)
    assert changed.registered == E2023.registered
    for id_, region in changed.regions.items():
        before = E2023.regions[id_]
        if id_ not in turnout:
            assert region == before
            continue
        assert region.registered is not None
        assert region.ballots == round(Fraction(str(turnout[id_])) * region.registered)
        assert region.valid + (region.invalid or 0) == region.ballots
        factor = Fraction(region.ballots, before.ballots or 1)
        for party, votes in before.counted.items():
            assert abs(region.counted.get(party, 0) - factor * votes) < 1


def test_the_turnout_as_it_was_changes_nothing() -> None:
    ballots, registered = (getattr(E2023.regions["astana"], name) for name in ("ballots", "registered"))
    assert numbers(E2023.with_turnout({"astana": Fraction(ballots, registered)})) == numbers(E2023)


def test_a_changed_election_says_so_and_has_no_official_result() -> None:
    changed = E2023.with_turnout({"almaty_city": "60%"}).with_turnout({"astana": 0.5})
    assert (changed.name, changed.official_seats) == ("2023 (changed)", {})
    assert changed.districts == E2023.districts
    assert E2023.name == "2023"


def test_turnout_moves_seats() -> None:
    """All of Almaty votes as its voters did, and hardly anybody elsewhere."""
    changed = E2023.with_turnout({**dict.fromkeys(E2023.regions, 0.01), "almaty_city": 1.0})
    seats, then = (ms.elect(ms.law(2023), e).list_seats["qhp"] for e in (changed, E2023))
    assert (then, seats) == (5, 8)


def test_a_changed_election_is_a_centre() -> None:
    f = ms.simulate(ms.law("2026"), E2023.with_swing({"amanat": -0.05}), model="multinomial", n_draws=100, seed=1)
    assert (
        f.mean("amanat")
        == ms.allocate(
            ms.law("2026"), E2023.with_swing({"amanat": -0.05}).list_votes, against_all=E2023.with_swing({"amanat": -0.05}).against_all
        ).seats["amanat"]
    )


# -- swing -------------------------------------------------------------------------------------------------------------


@given(points=st.integers(-100, 300))
@example(points=0)
def test_a_swing_moves_every_region_by_the_same_points(points: int) -> None:
    changed = E2023.with_swing({"amanat": Fraction(points, 1000)})
    assert changed.votes.base() == E2023.votes.base()
    assert sums(changed)["list_votes"] == changed.list_votes
    for id_, region in changed.regions.items():
        before = E2023.regions[id_]
        assert region.valid == before.valid
        assert abs(region.list_votes["amanat"] - before.list_votes["amanat"] - Fraction(points, 1000) * before.valid) < 1
        left = Fraction(region.valid - region.list_votes["amanat"], before.valid - before.list_votes["amanat"])
        for party in set(before.counted) - {"amanat"}:
            assert abs(region.counted[party] - left * before.counted[party]) < 2


def test_a_swing_without_regions_moves_the_nation() -> None:
    old = ms.load_election(2016)
    changed = old.with_swing({"amanat": "-0.05", "jsdp": "5%"})
    assert changed.votes.base() == old.votes.base()
    assert changed.list_votes["auyl"] == pytest.approx(old.list_votes["auyl"], abs=1)
    assert changed.list_votes["jsdp"] - old.list_votes["jsdp"] == pytest.approx(0.05 * old.votes.base(), abs=1)


def test_a_swing_towards_against_all() -> None:
    changed = E2023.with_swing({"against_all": 0.02})
    assert changed.against_all - E2023.against_all == pytest.approx(0.02 * E2023.votes.base(), abs=20)


def test_2021_has_regions_for_a_swing_though_not_for_turnouts() -> None:
    old = ms.load_election(2021)
    assert old.with_swing({"adal": "1%"}).list_votes["adal"] > old.list_votes["adal"]
    with pytest.raises(ms.VotesError, match=r"region 'astana' has no registered voters and ballots on record, which a turnout needs"):
        old.with_turnout({"astana": 0.5})


# -- regions of one's own ----------------------------------------------------------------------------------------------


def test_an_election_from_regions() -> None:
    north = Region.of_shares("north", {"a": "60%", "b": "35%", "against_all": "5%"}, registered=1000, turnout="50%", invalid="2%")
    south = Region.of_shares("south", {"b": 0.5, "a": 0.5}, registered=3000, turnout=0.25)
    e = ms.Election.from_regions([north, south], name="made up", law="2026")
    assert (e.list_votes, e.against_all) == ({"a": 294 + 375, "b": 375 + 172}, 24)
    assert (e.registered, e.ballots, e.invalid, e.name) == (4000, 1250, 10, "made up")
    assert (north.turnout, south.turnout) == (0.5, 0.25)
    assert e.with_turnout({"south": 0.5}).ballots == 2000


def test_a_region_of_ones_own_takes_the_place_of_another() -> None:
    was = E2023.regions["astana"]
    assert was.registered is not None
    shares = {**dict.fromkeys(E2023.list_votes, "14%"), "against_all": "2%"}
    own = Region.of_shares("astana", shares, registered=was.registered, turnout=0.5)
    changed = E2023.with_regions(own)
    assert sums(changed)["list_votes"] == changed.list_votes
    assert changed.list_votes["baytaq"] - E2023.list_votes["baytaq"] == own.list_votes["baytaq"] - was.list_votes["baytaq"]


def test_what_a_region_does_not_know_the_nation_does_not_know_either() -> None:
    bare = Region("astana", "Astana", dict(E2023.regions["astana"].list_votes), 100)
    changed = E2023.with_regions(bare)
    assert (changed.ballots, changed.registered, changed.invalid) == (None, None, None)
    assert bare.turnout is None


@given(total=st.integers(0, 10**9), weights=st.lists(st.integers(0, 10**6), min_size=1, max_size=9).filter(any))
def test_sharing_out_keeps_the_sum_and_stays_within_one(total: int, weights: list[int]) -> None:
    named: dict[str, int | Fraction] = {str(i): w for i, w in enumerate(weights)}
    shared = in_proportion(total, named)
    assert sum(shared.values()) == total
    for name, weight in named.items():
        assert abs(shared[name] - Fraction(total * weight, sum(weights))) < 1


# -- what is refused ---------------------------------------------------------------------------------------------------

HALF = {"a": 0.5, "b": 0.5}


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: E2023.with_turnout({"almaty": 0.6}), "there is no region 'almaty'; did you mean 'almaty_city'"),
        (
            lambda: E2023.with_turnout({"almaty_city": 60}),
            r"region 'almaty_city': turnout must lie in \(0, 1\], got 60; write 60 % as \"60%\"",
        ),
        (lambda: E2023.with_turnout({"almaty_city": 0}), r"turnout must lie in \(0, 1\], got 0"),
        (lambda: E2023.with_turnout({"almaty_city": "high"}), "turnout must be a share such as 0.41"),
        (lambda: E2023.with_turnout({"almaty_city": float("nan")}), "turnout must be a share such as 0.41"),
        (lambda: E2023.with_turnout(0.6), r'turnout must be a mapping such as \{"almaty_city": 0.60\}, got 0.6'),  # type: ignore[arg-type]
        (lambda: ms.load_election(2016).with_turnout({"astana": 0.6}), "this election has no regions on record"),
        (lambda: E2023.with_swing({"amant": 0.1}), "region 'abai': there is no party 'amant'; did you mean 'amanat'"),
        (
            lambda: E2023.with_swing({"amanat": -0.6}),
            "region 'aktobe': a swing of -60 points takes more from 'amanat' than it has, 44.95 %",
        ),
        (lambda: E2023.with_swing({"amanat": 0.5}), "region 'abai': after the swing the named shares sum to 117.8"),
        (
            lambda: E2023.with_swing({"amanat": -5}),
            r"swing of 'amanat' must lie in \[-1, 1\], got -5; write .-5%. or -0.05 for five points less",
        ),
        (lambda: E2023.with_swing({}), "a swing must name at least one change of a share"),
        (lambda: E2023.with_regions(Region("nowhere", "", {"a": 1})), "there is no region 'nowhere'"),
        (lambda: E2023.with_regions(*[E2023.regions["abai"]] * 2), "each region must stand once, got region 'abai' twice"),
        (lambda: E2023.with_regions("abai"), "regions must be a sequence of Region, got str in it"),  # type: ignore[arg-type]
        (lambda: ms.Election.from_regions([Region("x", "", {"a": 1})] * 2), "each region must stand once, got region 'x' twice"),
        (lambda: ms.Election.from_regions(5), "regions must be a sequence of Region, got int"),  # type: ignore[arg-type]
        (lambda: ms.Election(list_votes={"a": 1}, regions={"y": Region("x", "", {"a": 1})}), "region 'y' must stand under its own id"),
        (lambda: Region("x", "", {"a": -1}), "region 'x': votes of 'a' must not be negative, got -1"),
        (lambda: Region("x", "", {"a": 1}, ballots=0.5), "region 'x': ballots must be a whole number, got 0.5"),  # type: ignore[arg-type]
        (lambda: Region("x", "", {"a": 0}, registered=9, ballots=3).at_turnout(1), "votes must hold at least one vote to scale"),
        (lambda: ms.Election.from_regions([]), "regions must be at least one region, got none"),
        (lambda: Region.of_shares("x", {"a": 0.5, "b": 0.4}, registered=9, turnout=1), r"region 'x': shares must sum to 1, got 0\.9"),
        (lambda: Region.of_shares("x", {"a": 1.5}, registered=9, turnout=1), r"region 'x': share of 'a' must lie in \[0, 1\]"),
        (lambda: Region.of_shares("x", HALF, registered=0, turnout=1), "registered must be a whole number of at least 1, got 0"),
        (lambda: Region.of_shares("x", HALF, registered=9, turnout=1, invalid=2), r"region 'x': invalid must lie in \[0, 1\]"),
    ],
)
def test_what_cannot_be_says_why(call: Any, said: str) -> None:
    with pytest.raises(ms.VotesError, match=said):
        call()
