"""Polls of one's own beside those on record: joined, checked like them, and without a trace in the record itself."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import pytest

import mazhilis_sim as ms
from on_record import quiet_polls

SHARES = {"amanat": 0.52, "auyl": 0.12, "respublica": 0.1, "aq_jol": 0.09, "qhp": 0.07, "jsdp": 0.05, "baytaq": 0.02, "against_all": 0.03}
HEAD = "pollster,date,sample_size,party,share"
ROWS = [f"North,2023-03-12,1500,{party},{share}" for party, share in SHARES.items()]


def own(**changes: Any) -> ms.Poll:
    """Make a sound poll of an institute that is not on record."""
    return ms.Poll(**{"shares": SHARES, "sample_size": 1500, "pollster": "North", "date": "2023-03-12"} | changes)


def added(polls: Any, to: Any = 2023, **named: Any) -> ms.Polls:
    """Add polls to a record; the doubts of the record have tests of their own."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ms.PollWarning)
        record = ms.load_polls(to) if isinstance(to, int) else to
    return ms.add_polls(polls, record, **named)


def written(folder: Path, *rows: str, head: str = HEAD) -> str:
    """Write a table of polls."""
    path = folder / "own.csv"
    path.write_text("\n".join([head, *rows]) + "\n")
    return str(path)


def test_a_table_is_added_to_the_record_and_the_record_stays(tmp_path: Path) -> None:
    before = quiet_polls(2023)
    polls = added(written(tmp_path, *ROWS))
    assert [poll for poll in polls if poll.pollster != "North"] == list(before)
    assert (polls.law, polls.election_date, polls.districts, polls.party_names) == (
        before.law,
        before.election_date,
        before.districts,
        before.party_names,
    )
    assert polls.source.startswith(before.source)
    assert polls.source.endswith("own.csv")
    assert quiet_polls(2023) == before


def test_every_form_of_one_poll_is_added_alike(tmp_path: Path) -> None:
    forms = (own(), [own()], (own(),), ms.Polls([own()]), written(tmp_path, *ROWS))
    pools = [added(form).pooled() for form in forms]
    assert {tuple(pool.q.items()) for pool in pools} == {tuple(pools[0].q.items())}
    assert "North" in "".join(pools[0].members)


def test_a_year_is_loaded_with_its_warnings() -> None:
    with pytest.warns(ms.PollWarning) as caught:
        assert len(ms.add_polls(own(), to=2023)) == len(quiet_polls(2023)) + 1
    assert len(caught) == sum(len(poll.doubts) for poll in quiet_polls(2023)) > 0


def test_polls_are_added_one_after_another() -> None:
    polls = added(own(pollster="South"), to=added(own()))
    assert {"North", "South"} <= {poll.pollster for poll in polls}


def test_added_polls_stand_in_the_order_of_registration_and_ask_about_the_election() -> None:
    (poll,) = (poll for poll in added(own()) if poll.pollster == "North")
    assert poll.parties == ms.load_election(2023).parties
    assert list(poll.shares)[-1] == "against_all"
    assert poll.days_to_election == 7


def test_a_forecast_rests_on_added_polls() -> None:
    law = ms.law("2023").replace(district_seats=0)
    run = ms.simulate(law, added(own()), n_draws=1000, seed=1, threads=1)
    assert "North" in run.question.centre.polls


def test_the_same_poll_twice_is_left_out_and_said() -> None:
    with pytest.warns(ms.PollWarning, match="^poll NORTH 2023-03-12 is on record already, with the same shares; it is left out$"):
        polls = added(own(pollster="NORTH"), to=added(own()))
    assert [poll.pollster for poll in polls].count("North") == 1


def test_another_poll_of_the_same_day_is_refused_with_both_numbers() -> None:
    other = SHARES | {"jsdp": 0.04, "baytaq": 0.03}
    with pytest.raises(ms.PollError) as caught:
        added(own(shares=other), to=added(own()))
    assert (caught.value.field, caught.value.where) == ("shares", "poll North 2023-03-12")
    assert "is on record, with 5 % for jsdp, this one has 4 %; remove it, or write another date or kind" in str(caught.value)


def test_a_party_that_the_election_does_not_have_is_said_by_name() -> None:
    shares = SHARES | {"amanat": 0.42, "newcomers": 0.1}
    with pytest.warns(ms.PollWarning, match="^no list of the election of 2023: 'newcomers' in poll North 2023-03-12$"):
        polls = added(own(shares=shares))
    (poll,) = (poll for poll in polls if poll.pollster == "North")
    assert poll.parties[-1] == "newcomers"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (["North,2023-03-20,1500,amanat,0.6", "North,2023-03-20,1500,auyl,0.4"], "date must not be after the election of 2023-03-19"),
        (["North,2023-03-12,1500,amanat,0.9", "North,2023-03-12,1500,auyl,0.4"], "must not exceed 102 %, got 130.0 %"),
        (["North,2023-03-12,1500,amanat,0.2", "North,2023-03-12,1500,auyl,0.1"], "must sum to 50 % at least"),
        (["North,2023-03-12,0,amanat,0.6", "North,2023-03-12,0,auyl,0.4"], "sample_size must be"),
    ],
)
def test_a_wrong_poll_is_refused_by_file_and_row(rows: list[str], said: str, tmp_path: Path) -> None:
    with pytest.raises(ms.MazhilisError, match=said) as caught:
        added(written(tmp_path, *rows))
    assert "own.csv, row 2" in str(caught.value)


def test_a_poll_of_another_election_is_refused() -> None:
    with pytest.raises(ms.PollError, match="election_date must be 2023-03-19, the day of the election on record, got 2021-01-10"):
        added(own(date="2021-01-04", election_date="2021-01-10"))


def test_what_is_no_record_and_no_poll_is_refused() -> None:
    with pytest.raises(ms.PollError, match="there are no polls of 2007 on record; write one of 2012, 2016, 2021, 2023"):
        ms.add_polls(own(), to=2007)
    with pytest.raises(ms.PollError, match="polls must be a sequence of Poll"):
        added([5])
    with pytest.raises(ms.MazhilisError):
        added(5)


# -- polls of one district -------------------------------------------------------------------------------------------


def test_a_poll_of_a_district_is_read_kept_and_never_pooled(tmp_path: Path) -> None:
    rows = ["North,2023-03-12,800,13,Aina,0.55", "North,2023-03-12,800,13,Berik,0.45"]
    other = ["North,2023-03-12,800,14,Dana,0.7", "North,2023-03-12,800,14,Erlan,0.3"]
    polls = added(written(tmp_path, *rows, *other, head="pollster,date,sample_size,district,party,share"))
    (first,), (second,) = polls.of_district(13), polls.of_district(14)
    assert (first.shares, first.kind, first.label.partition(": ")[2]) == (
        {"Aina": 0.55, "Berik": 0.45},
        "district_poll",
        "poll North 2023-03-12 district 13",
    )
    assert second.parties == ("Dana", "Erlan")
    assert list(polls.of_kind("district_poll"))[-2:] == [first, second]
    assert polls.pooled() == quiet_polls(2023).pooled()
    assert "district=13" in repr(first)


def test_a_poll_of_a_region_is_read_kept_and_never_pooled(tmp_path: Path) -> None:
    rows = ["North,2023-03-12,800,astana,amanat,0.55", "North,2023-03-12,800,astana,auyl,0.45"]
    nation = ["North,2023-03-12,900,Kazakhstan,amanat,0.6", "North,2023-03-12,900,Kazakhstan,auyl,0.4"]
    polls = added(written(tmp_path, *rows, *nation, head="pollster,date,sample_size,region,party,share"))
    (astana,) = polls.of_region("astana")
    assert (astana.kind, astana.shares, astana.district) == ("region_poll", {"amanat": 0.55, "auyl": 0.45}, None)
    assert astana.label.endswith("poll North 2023-03-12 astana")
    assert [(poll.kind, poll.shares["amanat"]) for poll in polls.newest_of_each()][-1] == ("poll", 0.6)


def test_the_largest_candidates_of_a_district_alone_will_do_and_parties_need_their_whole() -> None:
    poll = own(shares={"Aina (Amanat)": 0.2, "Berik": 0.1}, district=9)
    assert (poll.parties, poll.doubts) == (("Aina (Amanat)", "Berik"), ())
    with pytest.raises(ms.PollError, match="sum to 50 % at least"):
        own(shares={"amanat": 0.2, "auyl": 0.1})


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ({"region": 5}, "region must be text"),
        ({"kind": "region_poll"}, "region must be given for a poll of kind 'region_poll', got none"),
        ({"region": "astana", "kind": "bot"}, "kind must be 'region_poll' where a region is given, got 'bot'"),
        ({"region": "astana", "district": 1, "kind": "region_poll"}, "kind must be 'district_poll' where a district is given"),
        ({"district": 0}, "district must be a whole number of at least 1, got 0"),
        ({"district": "north"}, "district must be a whole number"),
        ({"kind": "district_poll"}, "district must be given for a poll of kind 'district_poll', got none"),
        ({"district": 3, "kind": "exit_poll"}, "kind must be 'district_poll' where a district is given, got 'exit_poll'"),
        ({"district": 3, "election_date": "2023-03-01"}, "date must not be after the election of 2023-03-01"),
    ],
)
def test_a_district_poll_that_cannot_be(named: dict[str, Any], said: str) -> None:
    with pytest.raises(ms.PollError, match=said):
        own(**named)
