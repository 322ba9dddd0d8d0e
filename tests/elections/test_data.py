"""The data on record: its files, elections and polls as the library hands them out."""

from __future__ import annotations

import hashlib
import re
import warnings
from collections import Counter
from fractions import Fraction
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from known_contradictions import STRATEGY, VISIBLE
from record_checks import TABLES, Tables, load_tables, where, winners

from edition import EDITION
from mazhilis_sim import data
from mazhilis_sim.counting import exact
from mazhilis_sim.data import elections_on_record, polls_on_record
from mazhilis_sim.data.csv_tables import Record, read_table
from mazhilis_sim.errors import MazhilisError, PollError, PollWarning, VotesError
from mazhilis_sim.legislation.presets import law
from mazhilis_sim.polls.collection import Polls
from mazhilis_sim.votes.election import Election


@pytest.fixture
def tables() -> Tables:
    return load_tables()


def quiet_polls(year: int | str) -> Polls:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PollWarning)
        return data.load_polls(year)


# -- files -----------------------------------------------------------------------------------------------------------


def test_every_file_has_a_row_of_provenance_and_a_check() -> None:
    stored = {path.name: path.read_bytes() for path in files(data).iterdir() if path.name.endswith(".csv")}
    recorded = {record.file: record.sha256 for record in data.provenance()}
    assert {*recorded, "provenance.csv"} == stored.keys()
    assert recorded.keys() == {f"{table}.csv" for table in TABLES}
    assert recorded == {name: hashlib.sha256(stored[name]).hexdigest() for name in recorded}


def test_every_file_says_where_it_comes_from() -> None:
    for record in data.provenance():
        own = record.file in ("words.csv", "party_colours.csv", "region_tiles.csv")
        assert ("none" if own else "Wikipedia") in record.publications
        assert ("this package" if own else "CC BY-SA 4.0") in record.licence
        assert record.retrieval


def test_the_record_holds_every_poll_of_the_edition_that_the_pages_speak_of(tables: Tables) -> None:
    assert {row["poll"] for row in tables["polls"]} >= EDITION
    assert sum(len(quiet_polls(year)) for year in (2012, 2016, 2021, 2023)) == len(tables["polls"])


def test_no_row_stands_twice(tables: Tables) -> None:
    keys = {
        "ballots": ("year", "vote"),
        "list_votes": ("year", "party"),
        "parties": ("year", "party"),
        "party_colours": ("party",),
        "party_names": ("language", "name"),
        "words": ("language", "word", "meaning"),
        "region_tiles": ("column", "row"),
        "region_votes": ("year", "region", "line"),
        "poll_shares": ("poll", "party"),
        "polls": ("poll",),
        "regions": ("region",),
        "elections": ("year",),
        "districts_2023": ("district",),
        "district_votes_2023": ("district", "place"),
        "inconsistencies": ("number",),
    }
    assert keys.keys() == tables.keys()
    for table, columns in keys.items():
        counted = Counter(tuple(row[column] for column in columns) for row in tables[table])
        assert set(counted.values()) == {1}, table


def test_tables_refer_to_each_other_without_a_gap(tables: Tables) -> None:
    for table in ("region_votes", "districts_2023"):
        assert {row["region"] for row in tables[table]} == {row["region"] for row in tables["regions"]}
    assert {row["poll"] for row in tables["poll_shares"]} == {row["poll"] for row in tables["polls"]}
    assert {row["region"] for row in tables["region_tiles"]} == {row["region"] for row in tables["regions"]}
    assert {row["party"] for row in tables["party_colours"]} == {row["party"] for row in tables["parties"]}
    known = {(row["year"], row["party"]) for row in tables["parties"]} | {("2023", "against_all")}
    assert {(row["year"], row["party"]) for row in tables["list_votes"]} <= known


# -- elections -------------------------------------------------------------------------------------------------------


@pytest.fixture(params=data.elections())
def election(request: pytest.FixtureRequest) -> Election:
    return data.load_election(request.param)


def test_years_on_record() -> None:
    assert data.elections() == (2007, 2012, 2016, 2021, 2023)


@pytest.mark.parametrize(
    ("year", "order"),
    [
        (2007, "amanat jsdp aq_jol auyl qhp patriots rukhaniyat"),
        (2012, "amanat aq_jol qhp jsdp auyl patriots adilet"),
        (2016, "amanat aq_jol qhp auyl jsdp adal"),
        (2021, "qhp amanat auyl aq_jol adal"),
        (2023, "qhp aq_jol jsdp auyl baytaq amanat respublica"),
    ],
)
def test_lists_stand_in_the_order_of_registration(year: int, order: str) -> None:
    election = data.load_election(year)
    assert " ".join(election.list_votes) == order
    for region in election.regions.values():
        assert " ".join(region.list_votes) == order


def test_the_law_gives_the_official_list_seats(election: Election) -> None:
    counted = exact.allocate(law(election.law), election.list_votes, against_all=election.against_all)
    assert counted.seats == election.official_seats["list"]
    assert counted.ties == ()


def test_an_election_knows_its_day_its_names_and_its_source(election: Election) -> None:
    assert election.date is not None
    assert str(election.date.year) == election.name == election.law
    assert set(election.parties) <= set(election.party_names)
    assert election.source


def test_regions_sum_to_the_nation(election: Election) -> None:
    if election.regions:
        regions = election.regions.values()
        assert {p: sum(r.list_votes[p] for r in regions) for p in election.parties} == election.list_votes
        assert sum(region.against_all for region in regions) == election.against_all
        assert sum(region.valid for region in regions) == election.votes.base()


def test_regions_of_2023_sum_to_the_nation_in_every_number() -> None:
    election = data.load_election(2023)
    for name in ("invalid", "registered", "ballots"):
        assert sum(getattr(region, name) for region in election.regions.values()) == getattr(election, name)


def test_how_many_regions_are_on_record() -> None:
    assert {year: len(data.load_election(year).regions) for year in data.elections()} == {2007: 0, 2012: 0, 2016: 0, 2021: 17, 2023: 20}
    assert data.load_election(2021).regions["astana"].name == "Nur-Sultan"
    assert data.load_election(2023).regions["astana"].name == "Astana"


def test_what_is_not_on_record_is_none() -> None:
    old, region = data.load_election(2012), data.load_election(2021).regions["atyrau"]
    assert (old.registered, old.ballots, old.invalid, old.against_all, old.districts) == (None, None, None, 0, None)
    assert (region.registered, region.ballots, region.invalid, region.against_all) == (None, None, None, 0)


def test_official_seats_by_tier() -> None:
    seats = data.load_election(2023).official_seats
    sums = {tier: sum(by_party.values()) for tier, by_party in seats.items()}
    assert sums == {"list": 69, "district": 29, "total": 98}
    assert seats["total"]["independents"] == seats["district"]["independents"] == 7
    assert data.load_election(2021).official_seats["appointed"] == {"assembly_of_people": 9}


def test_each_call_builds_a_new_election() -> None:
    first = data.load_election(2023)
    first.list_votes["amanat"] = 0
    first.regions.clear()
    assert data.load_election(2023).list_votes["amanat"] == 3431510
    assert len(data.load_election(2023).regions) == 20


def test_a_year_may_be_a_string() -> None:
    assert data.load_election("2023") == data.load_election(2023)
    assert quiet_polls("2023") == quiet_polls(2023)


@pytest.mark.parametrize("year", [2020, "2004", "latest", None, 2023.5])
@pytest.mark.parametrize(
    ("load", "error", "known"),
    [
        (data.load_election, VotesError, "2007, 2012, 2016, 2021, 2023"),
        (data.load_polls, PollError, "no polls of .* on record; write one of 2012, 2016, 2021, 2023"),
    ],
)
def test_an_unknown_year_is_answered_with_those_on_record(load: Any, error: type[MazhilisError], known: str, year: Any) -> None:
    with pytest.raises(error, match=known) as caught:
        load(year)
    assert isinstance(caught.value, MazhilisError)
    assert str(year) in str(caught.value)


# -- districts -------------------------------------------------------------------------------------------------------


def test_districts_elect_the_official_members() -> None:
    election = data.load_election(2023)
    assert election.districts is not None
    won = Counter(max(d.candidates, key=lambda c: c.votes).party for d in election.districts)
    assert dict(won) == {party: n for party, n in election.official_seats["district"].items() if n}


def test_unnamed_candidates_and_their_votes(tables: Tables) -> None:
    districts = data.load_election(2023).districts
    assert districts is not None
    assert [d.number for d in districts] == list(range(1, 30))
    unnamed = {d.number: d.unnamed_candidates for d in districts}
    assert (unnamed.pop(1), unnamed.pop(2), unnamed.pop(25)) == (39, 40, 3)
    assert set(unnamed.values()) == {11}
    for district in districts:
        winner = winners(tables)[str(district.number)]
        assert district.unnamed_votes >= 0
        assert abs(Fraction(int(winner["votes"]), district.valid) - Fraction(winner["share"])) < Fraction(1, 10**5)


def test_the_candidates_add_up_to_those_registered(tables: Tables) -> None:
    districts = data.load_election(2023).districts
    assert districts is not None
    total = sum(d.unnamed_candidates + len(d.candidates) for d in districts)
    registered = int(where(tables["elections"], year="2023")[0]["district_candidates"])
    # 26 districts share 347 candidates, and each is rounded to a whole one
    assert 0 <= registered - total <= 26 / 2


def test_a_vacant_district_on_record_is_loaded_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def with_vacant(table: str) -> list[Record]:
        rows = [row for row in read_table(table) if table != "district_votes_2023" or row["district"] != "9"]
        vacant = {"vacant": "yes", "candidates": "0"}
        return [row | vacant if table == "districts_2023" and row["district"] == "9" else row for row in rows]

    monkeypatch.setattr(elections_on_record, "read_table", with_vacant)
    districts = data.load_election(2023).districts
    assert districts is not None
    assert (len(districts), districts.vacant, districts[8].region) == (29, (9,), "akmola")


def test_list_shares_of_the_baseline() -> None:
    election = data.load_election(2023)
    assert election.districts is not None
    shares = election.districts.list_shares
    assert list(shares) == list(election.list_votes)
    assert shares["amanat"] == 3431510 / 6366441
    assert sum(shares.values()) + election.against_all / election.votes.base() == pytest.approx(1)


# -- polls -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "kind", "pollsters"),
    [
        (2012, "poll", "Institute of Social and Political Research, Alternativa, Democratic Institute"),
        (2012, "exit_poll", "Strategy"),
        (2012, "partial_poll", "Institute of Social and Political Research, Democratic Institute"),
        (2016, "exit_poll", "Democratic Institute, Media Consul"),
        (2021, "region_poll", "SOTSIS-A"),
        (2023, "region_poll", "Democratic Institute"),
        (2023, "district_poll", "Democratic Institute"),
        (2023, "partial_poll", "Demoscope and PaperLab"),
        (2021, "poll", "PORI, IEI, Astana Zertteu, Nur.kz"),
        (2021, "exit_poll", "Astana Zertteu, Democratic Institute, Qogamdyq Pikir"),
        (2021, "independent_poll", "Sanj Research Center"),
        (2021, "bot", "Alaman bot, Baige bot"),
        (2023, "poll", "Public Opinion Research Institute, Democratic Institute, Strategy"),
        (2023, "exit_poll", "Democratic Institute, SOTSIS-A, Institute of Eurasian Integration"),
        (2023, "debate_poll", "Public Opinion Research Institute"),
    ],
)
def test_polls_of_every_kind(year: int, kind: str, pollsters: str) -> None:
    assert {poll.pollster for poll in quiet_polls(year).of_kind(kind)} >= set(pollsters.split(", "))


@pytest.mark.parametrize("year", [2012, 2016, 2021, 2023])
def test_polls_bring_their_election(year: int) -> None:
    polls, election = quiet_polls(year), data.load_election(year)
    assert (polls.name, polls.law, polls.election_date) == (str(year), election.law, election.date)
    assert polls.districts == election.districts
    for poll in polls:
        known = [party for party in election.parties if party in poll.shares]
        assert [party for party in poll.parties if party in known] == known
        assert poll.election_date == election.date
        assert poll.district or set(poll.parties) <= set(polls.party_names)


@pytest.mark.parametrize("year", [2012, 2016, 2021, 2023])
def test_polls_keep_every_number_as_printed(year: int, tables: Tables) -> None:
    polls = {(p.pollster, str(p.date), p.kind, str(p.district or "")): p for p in quiet_polls(year)}
    rows = where(tables["polls"], year=str(year))
    assert len(polls) == len(rows)
    for row in rows:
        poll = polls[row["pollster"], row["end"], row["kind"], row["district"]]
        printed = {r["party"]: float(r["share"]) for r in where(tables["poll_shares"], poll=row["poll"])}
        assert {**poll.shares, **poll.removed} == printed
        assert (str(poll.sample_size or ""), poll.region) == (row["sample_size"], row["region"])
        assert (poll.margin or None) == (float(row["margin"]) if row["margin"] else None)


def test_a_poll_of_a_district_is_built_with_its_district(tables: Tables) -> None:
    row = tables["polls"][0] | {
        "kind": "district_poll",
        "district": "3",
        "year": "2023",
        "start": "",
        "end": "2023-03-04",
        "sample_size": "800",
    }
    shares = [{"party": party, "share": share, "qualifier": ""} for party, share in (("Aina", "0.6"), ("Berik", "0.4"))]
    poll = polls_on_record.build_poll(row, shares, data.load_election(2023).date)
    assert (poll.district, poll.kind, poll.parties) == (3, "district_poll", ("Aina", "Berik"))


def test_a_bound_is_said_in_the_note() -> None:
    (sanj,) = quiet_polls(2021).of_kind("independent_poll")
    assert sanj.shares["qhp"] == 0.03
    assert "qhp is printed as at most 0.03" in sanj.note
    assert sum("is printed as at most" in poll.note for year in (2021, 2023) for poll in quiet_polls(year)) == 1


def test_exit_polls_stand_on_the_day_of_the_election() -> None:
    for year in (2012, 2016, 2021, 2023):
        polls = quiet_polls(year)
        for poll in polls.exit_polls():
            assert poll.date == polls.election_date
            assert "the election day is taken" in poll.note


def test_the_upper_one_of_two_polls_of_one_day_is_the_newer() -> None:
    of_a_day = [poll.pollster for poll in quiet_polls(2021).of_kind("poll") if str(poll.date) == "2021-01-04"]
    assert [pollster for pollster in of_a_day if pollster in ("IEI", "Astana Zertteu")] == ["Astana Zertteu", "IEI"]


def test_loading_polls_warns_of_the_doubtful_ones_and_no_others(tables: Tables) -> None:
    with pytest.warns(PollWarning) as caught:
        polls = data.load_polls(2023)
    assert len(caught) == sum(len(poll.doubts) for poll in polls)
    contradictions = [(poll, doubt) for poll in polls for doubt in poll.doubts if "neither sample size nor margin" not in doubt]
    doubtful = Counter((poll.pollster, str(poll.date), poll.kind) for poll, _ in contradictions)
    # a margin that is too wide is a design effect and no contradiction, a large sample neither, so 29 warns once
    expected = [place.row for number in (27, 28, 30, 31, 33) for place in VISIBLE[number] if place.column != "turnout"]
    expected.append(STRATEGY)
    rows = [where(tables["polls"], poll=poll)[0] for poll in expected]
    assert doubtful == Counter((row["pollster"], row["end"], row["kind"]) for row in rows)


def test_years_without_polls_are_answered_with_those_that_have_some() -> None:
    with pytest.raises(PollError, match="no polls of 2007 on record; write one of 2012, 2016, 2021, 2023"):
        data.load_polls(2007)
    with pytest.raises(PollError, match="no polls of .x. on record; write one of 2012, 2016, 2021, 2023"):
        data.load_polls("x")


# -- documentation ---------------------------------------------------------------------------------------------------


def test_the_page_on_the_data_lists_every_contradiction_and_marks_the_visible_ones() -> None:
    page = (Path(__file__).parents[2] / "docs" / "reference" / "data.md").read_text(encoding="utf-8")
    cells = re.findall(r"^\| ([*\d, ]+) \|", page, re.MULTILINE)
    assert [int(n) for cell in cells for n in re.findall(r"\d+", cell)] == list(range(1, 56))
    assert {int(n) for cell in cells for n in re.findall(r"\*\*(\d+)\*\*", cell)} == VISIBLE.keys()


def test_the_page_on_the_data_describes_every_file(tables: Tables) -> None:
    page = (Path(__file__).parents[2] / "docs" / "reference" / "data.md").read_text(encoding="utf-8")
    for table, rows in tables.items():
        (line,) = re.findall(rf"^\| `{table}\.csv` .*$", page, re.MULTILINE)
        assert set(rows[0]) <= set(re.findall(r"\w+", line)), table
