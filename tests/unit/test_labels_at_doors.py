"""Every door for votes and polls knows names of the record, words of no party and totals, and loses no vote by it."""

from __future__ import annotations

import itertools
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mazhilis_sim as ms
from mazhilis_sim.names.labels import read_label
from mazhilis_sim.names.record import party_names
from mazhilis_sim.names.stored import read_table
from mazhilis_sim.simulation.models.centre import read_centre

LAW = ms.law("2026")
VOTES = {"Аманат": 60, "QHP": 30, "Others": 4, "Против всех": 6, "Total": 100, "Недействительные": 5}
READ = ms.ListVotes({"amanat": 60, "qhp": 30}, against_all=6, invalid=5, other=4)


@contextmanager
def heard() -> Iterator[list[str]]:
    """Collect what is said."""
    said: list[str] = []
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        yield said
    said += [str(warning.message) for warning in caught]


def frame_of(votes: dict[str, int]) -> pd.DataFrame:
    """Write votes as one row of a data frame."""
    return pd.DataFrame({name: [number] for name, number in votes.items()})


DOORS: dict[str, Callable[[dict[str, int]], Any]] = {
    "allocate": lambda votes: ms.allocate(LAW, votes).votes,
    "exact.allocate": lambda votes: ms.exact.allocate(LAW, votes).votes,
    "allocate of a series": lambda votes: ms.allocate(LAW, pd.Series(votes)).votes,
    "ListVotes": ms.ListVotes,
    "ListVotes.read": ms.ListVotes.read,
    "Election": lambda votes: ms.Election(list_votes=votes).votes,
    "Region": lambda votes: ms.ListVotes((r := ms.Region("r", "R", votes)).list_votes, r.against_all, r.invalid, r.other),
    "from_regions": lambda votes: ms.Election.from_regions([ms.Region("r", "R", votes)]).votes,
}
every_door = pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)


# -- votes ---------------------------------------------------------------------------------------------------------------


@every_door
def test_words_and_names_mean_the_same_at_every_door(door: Callable[[dict[str, int]], Any]) -> None:
    with heard() as said:
        assert door(VOTES) == READ
    (message,) = said
    assert "'Total' is the sum of 'Аманат', 'QHP', 'Others', 'Против всех' and is left out; read as: " in message
    assert "'Аманат' as amanat, 'QHP' as qhp, 'Others' as other" in message
    assert "other lists count in the base and get no seat" in message


@every_door
@pytest.mark.parametrize(
    ("votes", "named"),
    [
        ({"a": 5, "b": 4, "Total": 8}, "'Total' is 8, and the others add up to 9"),
        ({"a": 5, "Amanat": 4, "amanat": 3}, "'Amanat' and 'amanat' are one party, amanat"),
        ({"Labour": 5, "LABOUR": 4}, "'Labour' and 'LABOUR' are one name"),
        ({"a": 5, "Don't know": 4}, '"Don\'t know" stands for voters without a choice and cannot be a list'),
        ({"a": 5, "Registered voters": 40}, "'Registered voters' stands for a number of people or papers"),
    ],
)
def test_what_is_doubtful_is_refused_by_name_at_every_door(
    door: Callable[[dict[str, int]], Any], votes: dict[str, int], named: str
) -> None:
    with pytest.raises(ms.VotesError) as raised:
        door(votes)
    assert named in str(raised.value)
    assert raised.value.remedy


def test_votes_taken_over_are_not_doubted_again() -> None:
    with heard() as said:
        election = ms.Election(list_votes={"Amanta": 60, "b": 30, "Others": 4})
    assert len(said) == 1
    with heard() as said:
        assert ms.elect(LAW, election).seats == ms.allocate(LAW, election.votes).seats
        assert election.with_swing({"b": "1%"}).votes.base() == 94
        ms.ListVotes(election.votes)
    assert said == []


def test_every_name_on_record_is_its_party_among_votes() -> None:
    for name in party_names():
        beside = "auyl" if name.party != "auyl" else "amanat"
        with heard():
            assert ms.ListVotes({name.name: 5, beside: 4}).votes == {name.party: 5, beside: 4}


# -- list votes wherever votes are ---------------------------------------------------------------------------------------


@every_door
def test_list_votes_are_taken_wherever_votes_are_and_lose_nothing(door: Callable[[Any], Any]) -> None:
    votes = READ.all if door is DOORS["allocate of a series"] else READ
    with heard():
        assert door(votes) == READ


def test_list_votes_can_be_elected_and_be_a_centre() -> None:
    assert ms.elect(LAW, READ).seats == ms.allocate(LAW, READ).seats
    assert read_centre(READ).share_by_id == {"amanat": 0.6, "qhp": 0.3, "other": 0.04, "against_all": 0.06}


def test_votes_given_twice_are_refused() -> None:
    for name in ("against_all", "invalid"):
        with pytest.raises(ms.VotesError, match=f"^{name} stands in the mapping and is given by name as well; write it once$"):
            ms.allocate(LAW, READ, **{name: 0})


def test_a_repr_shows_what_there_is() -> None:
    assert repr(READ) == "ListVotes(votes={'amanat': 60, 'qhp': 30}, against_all=6, invalid=5, other=4)"
    assert repr(ms.ListVotes({"a": 1})) == "ListVotes(votes={'a': 1}, against_all=0, other=0)"


# -- other lists ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("base", "least"), [("valid", 5), ("parties", 5), ("cast", 6)])
def test_other_lists_count_in_the_base_and_get_no_seat(base: str, least: int) -> None:
    law = LAW.replace(base=base)
    for few in (least, least - 1):
        beside = {"other": 10, "invalid": 20}
        a = ms.allocate(law, ms.ListVotes({"a": 60, "b": 30 - few, "c": few}, **beside))
        assert a.base == 100 + 20 * (base == "cast")
        assert ("c" in a.admitted) == (few == least)
        assert sum(a.seats.values()) == 145
        assert set(a.seats) == {"a", "b", "c"}
    assert "other lists 10" in a.explain()


def test_other_lists_move_with_regions_and_swings() -> None:
    regions = [ms.Region(id_, id_, {"a": 60, "b": 30}, other=10, invalid=5, registered=400, ballots=105) for id_ in ("r", "s")]
    election = ms.Election.from_regions(regions)
    assert (election.other, election.votes.base()) == (20, 200)
    more = election.with_turnout({"r": regions[0].turnout * 2})
    assert (more.other, more.list_votes) == (30, {"a": 180, "b": 90})
    swung = election.with_swing({"other": "5%"})
    assert (swung.other, swung.votes.base()) == (30, 200)
    assert ms.Election(list_votes=READ).with_swing({"other": "-4%"}).other == 0


@pytest.mark.parametrize("model", ["multinomial", "total", "margin", "dirichlet"])
def test_other_lists_of_a_poll_weigh_like_a_list_that_is_named(model: str) -> None:
    """A list beyond the threshold's reach, or votes for lists that are not named: the same for all others, but for its own seats."""
    named = {"a": 0.55, "d": 0.30, "c": 0.06, "b": 0.05}
    polls = [ms.Poll({**named, rest: 0.04}, sample_size=1000) for rest in ("other", "zzz")]
    lumped, apart = (ms.simulate(LAW, poll, n_draws=2000, seed=1, model=model, threads=1) for poll in polls)
    assert [lumped.p_enters(party) for party in named] == [apart.p_enters(party) for party in named]
    assert lumped.parties == tuple(named)
    assert lumped.point["list"].keys() == set(named)
    assert ms.share_columns(polls[0]) == (*named, "other")


def test_other_lists_and_against_all_stand_after_the_lists_and_are_saved(tmp_path: Any) -> None:
    poll = ms.Poll({"against_all": 0.1, "other": 0.1, "a": 0.5, "b": 0.3}, sample_size=1000)
    assert ms.share_columns(poll) == ("a", "b", "other", "against_all")
    f = ms.simulate(LAW, poll, n_draws=500, seed=1, threads=1)
    f.save(tmp_path / "f.json")
    again = ms.load_forecast(tmp_path / "f.json")
    assert again.question == f.question
    assert again.rerun().mean("a") == f.mean("a")
    for base, share in (("valid", Fraction(1, 2)), ("parties", Fraction(5, 9))):
        draws = ms.simulate(LAW.replace(base=base, threshold=share), poll, model="margin", n_draws=4000, seed=1, threads=1)
        assert abs(draws.p_enters("a").value - 0.5) < 5 * draws.p_enters("a").se + 0.02


def test_polls_with_and_without_other_lists_are_pooled_without_them() -> None:
    some = ms.Poll({"a": 0.5, "b": 0.4, "other": 0.1}, sample_size=1000, pollster="x")
    none = ms.Poll({"a": 0.5, "b": 0.5}, sample_size=1000, pollster="y")
    with pytest.warns(ms.PollWarning, match="^other lists are taken out of the pool, since not every poll has them: poll x$"):
        pool = ms.Polls([some, none]).pooled()
    assert set(pool.q) == {"a", "b"}
    assert set(ms.Polls([some, ms.Poll({"a": 0.5, "b": 0.4, "other": 0.1}, sample_size=1000, pollster="y")]).pooled().q) == {
        "a",
        "b",
        "other",
    }


# -- polls ---------------------------------------------------------------------------------------------------------------


def test_a_poll_is_read_by_name_and_word() -> None:
    asked = {"Amanat": "50%", "Народная партия": "20%", "Other parties": "5%", "Затрудняюсь ответить": "15%", "Will not vote": "10%"}
    with heard() as said:
        poll = ms.Poll(asked, sample_size=1000)
    assert poll.shares == {"amanat": 0.5, "qhp": 0.2, "other": 0.05}
    assert (poll.removed, poll.undecided) == ({"undecided": 0.25}, 0.25)
    (message,) = said
    assert message.startswith("poll: read as: 'Amanat' as amanat, 'Народная партия' as qhp, 'Other parties' as other")
    assert message.endswith("what is read as undecided is added up")
    with heard() as said:
        assert ms.Polls([poll], party_names={"Nur Otan": "N. O."}).party_names == {"amanat": "N. O."}
        assert ms.Polls([poll]).pooled().parties == ("amanat", "qhp")
        assert ms.Pool(q=poll.q, n_eff=500).q == poll.q
    assert said == []


def test_the_total_of_a_poll_may_miss_by_rounding() -> None:
    with heard():
        assert ms.Poll({"a": "33.3%", "b": "33.3%", "c": "33.3%", "Total": "100%"}, sample_size=100).parties == ("a", "b", "c")
    with pytest.raises(ms.PollError, match="'Total' is 100 %, and the others add up to 90 %"):
        ms.Poll({"a": "50%", "b": "40%", "Total": "100%"}, sample_size=100)


@pytest.mark.parametrize(
    ("shares", "undecided"), [({"a": 0.2, "b": 0.1}, None), ({"a": 0.2, "b": 0.1}, 0.1), ({"a": 0.004, "b": 0.003}, None)]
)
def test_a_poll_that_says_less_than_half_of_its_sample_is_refused(shares: dict[str, float], undecided: float | None) -> None:
    with pytest.raises(ms.PollError, match="shares must sum to 50 % at least, undecided voters included, got .* %; give every answer"):
        ms.Poll(shares, undecided=undecided, sample_size=1000)


def test_an_institute_in_two_spellings_is_one() -> None:
    polls = [ms.Poll({"a": 0.6, "b": 0.4}, sample_size=1000, pollster=name) for name in ("КИСИ", "киси", "К И С И", "Y")]
    with pytest.warns(ms.PollWarning, match="^one institute is spelt in several ways; read as one: 'киси' as 'КИСИ', 'К И С И' as 'КИСИ'$"):
        read = ms.Polls(polls)
    assert [poll.pollster for poll in read] == ["КИСИ"] * 3 + ["Y"]
    with heard() as said:
        assert read.pooled().n_eff == pytest.approx(2000)
    assert said == []


# -- who is asked for by name --------------------------------------------------------------------------------------------


def test_arguments_that_name_a_party_take_any_of_its_names() -> None:
    votes = {"amanat": 60, "auyl": 40}
    assert ms.allocate(LAW, votes, candidates={"Аманат": 3}).vacant == {"amanat": 84}
    election = ms.Election(list_votes=votes, party_names={"amanat": "Amanat!"})
    assert election.with_swing({"Nur Otan": "-5%"}).list_votes == {"amanat": 55, "auyl": 45}
    assert election.party_name("Аманат") == "Amanat!"
    total = ms.models.Total(bias={"Amanat": 0.2})
    f = ms.simulate(
        LAW, ms.Poll(votes | {"amanat": 0.6, "auyl": 0.4}, sample_size=900), model=total, n_draws=50, seed=1, coalitions=[["Ауыл"]]
    )
    assert f.mean("AMANAT") == f.mean("amanat")
    assert f.question.coalitions == (("auyl",),)
    for call in (
        lambda: ms.allocate(LAW, votes, candidates={"Аманат": 3, "amanat": 4}),
        lambda: election.with_swing({"Аманат": "1%", "amanat": "1%"}),
    ):
        with pytest.raises(ms.VotesError, match="'Аманат' and 'amanat' are one party$"):
            call()


def test_regions_are_known_in_any_spelling_and_stand_once() -> None:
    e = ms.load_election(2023)
    assert e.with_turnout({"Almaty-City": 0.6}) == e.with_turnout({"almaty_city": 0.6})
    regions = [ms.Region(id_, "R", {"a": 5}) for id_ in ("Astana", "ASTANA")]
    for doubled, shown in ((regions, "'Astana' and 'ASTANA', one region"), (regions[:1] * 2, "region 'Astana' twice")):
        with pytest.raises(ms.VotesError, match=f"^each region must stand once, got {shown}$"):
            ms.Election.from_regions(doubled)
    with pytest.raises(ms.VotesError, match="'Almaty-City' and 'almaty_city' are one region"):
        e.with_turnout({"Almaty-City": 0.6, "almaty_city": 0.5})


def test_candidates_and_districts_know_the_words_too() -> None:
    with heard() as said:
        candidates = [ms.Candidate("Иванов", "Аманат", 5), ms.Candidate("Петров", "Самовыдвижение", 4)]
        assert [candidate.party for candidate in candidates] == ["amanat", "independents"]
        assert ms.DistrictVotes([ms.District(1, candidates)], {"Нур Отан": "60%"}).list_shares == {"amanat": 0.6}
        assert ms.plurality({"Иванов": 5, "Петров": 4, "Против всех": 30, "Итого": 39}) == ms.Plurality("Иванов", 1)
    assert len(said) == 4
    for arguments, why in (
        (("Против всех", "a", 5), "candidate 'Против всех' is none; write against_all=... of the district"),
        (("Иванов", "Others", 5), "candidate 'Иванов': 'Others' stands for lists lumped together and cannot be a list"),
    ):
        with pytest.raises(ms.VotesError, match=why):
            ms.Candidate(*arguments)
    with pytest.raises(ms.VotesError, match="district 1: each candidate must stand once, got 'Иванов' and 'ИВАНОВ', one candidate"):
        ms.District(1, [ms.Candidate("Иванов", "a", 5), ms.Candidate("ИВАНОВ", "b", 5)])
    with pytest.raises(ms.VotesError, match="'Не голосовали' stands for people who do not vote"):
        ms.plurality({"Иванов": 5, "Не голосовали": 4})


# -- numbers -------------------------------------------------------------------------------------------------------------


def test_narrow_integers_never_run_over() -> None:
    many, more = np.uint16(60_000), np.uint8(250)
    region = ms.Region("r", "R", {"a": many, "b": many}, against_all=many, invalid=many, registered=many, ballots=many, other=many)
    assert region.valid == 240_000
    election = ms.Election.from_regions([region, ms.Region("s", "S", {"a": many, "b": many}, other=many)])
    assert (election.list_votes, election.other) == ({"a": 120_000, "b": 120_000}, 120_000)
    assert sum(election.with_swing({"a": "5%"}).votes.counted.values()) == 420_000
    assert ms.District(1, [ms.Candidate(name, "p", more) for name in "xyz"], unnamed_votes=more, against_all=more).valid == 1250
    assert ms.allocate(LAW, {"a": more, "b": more}, against_all=more).base == 750
    assert ms.allocate_many(LAW, np.full((1, 3), more), against_all=more).tolist() == [[49, 48, 48]]
    assert ms.ListVotes({"a": more, "b": more}, other=more).base("parties") == 750


@pytest.mark.parametrize("digits", [1000, 1001, 5000])
def test_numbers_of_a_thousand_digits_are_counted_and_larger_ones_refused(digits: int) -> None:
    votes = {"a": 6 * 10 ** (digits - 1), "b": 4 * 10 ** (digits - 1) + 1}
    if digits > 1000:
        for door, size in itertools.product(DOORS.values(), (votes, {"a": 1, "b": -votes["a"]})):
            if door is not DOORS["allocate of a series"]:
                with pytest.raises(ms.VotesError, match=rf"must have at most 1,000 digits, got an int of about {digits} digits"):
                    door(size)
        return
    a = ms.allocate(LAW, votes)
    assert a.seats == {"a": 87, "b": 58}
    assert f"{votes['a']:,}" in a.explain()
    assert len(str(a)) > 1000
    assert len(repr(a)) < 1000
    assert ms.Election(list_votes=votes).with_swing({"a": "-5%"}).votes.base() == sum(votes.values())


@pytest.mark.parametrize("bad", [np.timedelta64(5, "s"), np.ma.masked, pd.NA, pd.NaT, np.bool_(True), b"5", np.datetime64("2023")])
def test_what_is_no_number_of_votes(bad: Any) -> None:
    for door in (DOORS["allocate"], DOORS["Region"], DOORS["Election"]):
        with pytest.raises(ms.VotesError, match="votes of 'a' must be a whole number"):
            door({"a": bad, "b": 4})


# -- anything at all -----------------------------------------------------------------------------------------------------

SOME_LABELS = st.sampled_from(
    [*(name.name for name in party_names()[::7]), *(row["word"] for row in read_table("words")[::11]), "a", "A", "b"]
)
LABELS = st.one_of(SOME_LABELS, st.text(min_size=1, max_size=8).filter(str.strip))


@given(st.dictionaries(LABELS, st.integers(0, 10**6), min_size=1, max_size=7))
@settings(max_examples=150)
def test_no_label_is_lost_or_counted_twice(votes: dict[str, int]) -> None:
    """Whatever the labels are: every vote that is no total stands somewhere, or one line says what is wrong."""
    totals = [label for label in votes if read_label(label, "votes").kind == "total"]
    with heard() as said:
        try:
            read = ms.ListVotes(votes)
        except ms.VotesError:
            return
    assert sum(read.all.values()) == sum(number for label, number in votes.items() if label not in totals)
    assert len(said) <= 1
    assert all(repr(label) in said[0] for label in totals)
    assert ms.ListVotes(read.all) == read


@given(st.dictionaries(LABELS, st.integers(1, 1000), min_size=1, max_size=7))
@settings(max_examples=150)
def test_no_answer_of_a_poll_is_lost_or_counted_twice(asked: dict[str, int]) -> None:
    labels = [label for label in asked if read_label(label, "poll").kind != "total"]
    whole = sum(asked[label] for label in labels) or 1
    with heard():
        try:
            poll = ms.Poll({label: Fraction(asked[label], whole) for label in labels}, sample_size=1000)
        except ms.PollError:
            return
    assert sum((*poll.shares.values(), *poll.removed.values())) == pytest.approx(1)
    assert len(poll.parties) == len([label for label in labels if read_label(label, "poll").kind in ("party", "own")])
