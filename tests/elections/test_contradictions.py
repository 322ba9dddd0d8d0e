"""Every number on record against its neighbours: what does not follow is a contradiction with a name, or a fault."""

from __future__ import annotations

import copy
import re
from fractions import Fraction

import pytest
import record_checks as records
from known_contradictions import NOT_VISIBLE, VISIBLE
from record_checks import Finding, Place, Tables, findings, implied, load_tables, where, winners

from mazhilis_sim import data
from mazhilis_sim.data.csv_tables import Record


@pytest.fixture
def tables() -> Tables:
    return load_tables()


def test_every_mismatch_is_a_named_contradiction_and_no_name_is_left_over(tables: Tables) -> None:
    assert set(findings(tables)) == set().union(*VISIBLE.values())


def test_every_contradiction_is_visible_or_says_why_not() -> None:
    assert sorted([*VISIBLE, *NOT_VISIBLE]) == [row.number for row in data.inconsistencies()] == list(range(1, 56))


def test_contradictions_explain_different_cells() -> None:
    assert sum(map(len, VISIBLE.values())) == len(set().union(*VISIBLE.values()))


@pytest.mark.parametrize("number", VISIBLE)
def test_a_contradiction_states_what_is_printed_and_what_was_recomputed(number: int, tables: Tables) -> None:
    row, found = data.inconsistencies()[number - 1], findings(tables)
    for place in VISIBLE[number]:
        assert found[place].printed in row.printed
        assert found[place].recomputed in f"{row.recomputed} {row.stored}"


def noted_numbers(note: str) -> set[int]:
    return {int(number) for number in re.findall(r"inconsistency (\d+)", note)}


def test_notes_of_polls_name_their_contradictions(tables: Tables) -> None:
    for poll in tables["polls"]:
        explained = {n for n, places in VISIBLE.items() for place in places if place.row == poll["poll"]}
        assert noted_numbers(poll["note"]) == explained, poll["poll"]


def test_notes_of_districts_name_their_contradictions(tables: Tables) -> None:
    noted = {int(row["district"]): noted_numbers(row["note"]) for row in tables["districts_2023"] if row["note"]}
    assert noted == {3: {13}, 4: {13}, 5: {13, 15}, 6: {12}, 7: {12}, 12: {10}, 21: {11}}


def test_numbers_in_notes_of_districts_follow_from_the_votes(tables: Tables) -> None:
    first, found = winners(tables), findings(tables)
    for row in tables["districts_2023"]:
        numbers = {int(text.replace(",", "")) for text in re.findall(r"\d+,\d+", row["note"])}
        region = {
            n
            for p, f in found.items()
            if p.file == "district_votes_2023" and row["district"] in p.row.split() and p.column == "votes"
            for n in (int(f.printed), int(f.recomputed))
        }
        cast = where(tables["region_votes"], year="2023", region=row["region"], line="ballots")[0]["votes"]
        runner_up = where(tables["district_votes_2023"], district=row["district"], place="2")[0]
        assert numbers <= {*region, int(cast), implied(first[row["district"]]), implied(runner_up)}


def test_contradiction_7_is_more_than_rounding(tables: Tables) -> None:
    found = findings(tables)[Place("ballots", "2023 district", "valid")]
    assert int(found.printed) - int(found.recomputed) == 7879
    least, most = (sum(bound) for bound in zip(*map(records.bounds, winners(tables).values()), strict=True))
    assert round((most - least) / 2) == 665


def test_contradiction_14_sums_up_the_flagged_districts(tables: Tables) -> None:
    found, row = findings(tables), data.inconsistencies()[13]
    flagged = [place for number in (11, 12, 13) for place in VISIBLE[number]]
    nation = found[Place("ballots", "2023 district", "valid")]
    rows = [winners(tables)[district] for place in flagged for district in place.row.split()]
    implied_votes = round(sum(int(each["votes"]) / Fraction(each["share"]) for each in rows))
    assert str(implied_votes) == row.printed
    assert str(implied_votes + int(nation.printed) - int(nation.recomputed)) in row.recomputed
    assert str(sum(int(found[place].recomputed) for place in flagged)) in row.recomputed


# -- planted faults --------------------------------------------------------------------------------------------------


def planted(tables: Tables, table: str, row: int, column: str, cell: str) -> Tables:
    changed = {**tables, table: copy.deepcopy(tables[table])}
    changed[table][row][column] = cell
    return changed


def position(rows: list[Record], **wanted: str) -> int:
    return rows.index(where(rows, **wanted)[0])


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("ballots", ("registered", "ballots", "valid", "invalid", "against_all")),
        ("list_votes", ("votes", "list_seats", "district_seats", "appointed_seats", "total_seats")),
        ("region_votes", ("votes",)),
    ],
)
def test_no_count_can_change_by_one_unnoticed(table: str, columns: tuple[str, ...], tables: Tables) -> None:
    # these stand once, with nothing beside them but a rounded share
    alone = {("2021", "list", "registered"), ("2023", "district", "registered"), ("2023", "district", "against_all")}
    before, tried = findings(tables, records.SUMS), 0
    for i, row in enumerate(tables[table]):
        for column in columns:
            if row[column] and (row["year"], row.get("vote"), column) not in alone:
                tried += 1
                changed = planted(tables, table, i, column, str(int(row[column]) + 1))
                assert findings(changed, records.SUMS) != before, (table, row, column)
    assert tried > 10


@pytest.mark.parametrize(
    ("table", "column", "check"),
    [
        ("list_votes", "share", records.national_shares),
        ("region_votes", "share", records.region_shares),
        ("district_votes_2023", "share", records.runners_up),
        ("ballots", "turnout", records.ballots),
        ("ballots", "valid_share", records.ballots),
        ("ballots", "invalid_share", records.ballots),
        ("polls", "lead", records.poll_leads),
        ("polls", "margin", records.poll_margins),
    ],
)
def test_no_printed_share_can_change_by_a_thousandth_unnoticed(table: str, column: str, check: records.Check, tables: Tables) -> None:
    before, cells = findings(tables, [check]), [(i, row[column]) for i, row in enumerate(tables[table]) if row[column]]
    for i, cell in cells:
        digits = len(cell.partition(".")[2])
        changed = planted(tables, table, i, column, f"{float(cell) + 0.001:.{max(digits, 3)}f}")
        assert findings(changed, [check]) != before, (table, tables[table][i], column)
    assert len(cells) > 1


@pytest.mark.parametrize(
    ("wanted", "column", "cell", "place"),
    [
        ({"year": "2023", "party": "jsdp"}, "votes", "331068", Place("ballots", "2023 list", "valid")),
        ({"year": "2021", "region": "atyrau", "line": "qhp"}, "votes", "32906", Place("region_votes", "2021 qhp", "votes")),
        ({"district": "20", "place": "1"}, "votes", "129175", Place("district_votes_2023", "20 2", "share")),
        ({"district": "9", "place": "1"}, "party", "independents", Place("list_votes", "2023 amanat", "district_seats")),
        ({"district": "9", "vacant": ""}, "district", "10", Place("districts_2023", "10", "district")),
        ({"district": "9", "region": "akmola"}, "vacant", "yes", Place("districts_2023", "9", "vacant")),
        ({"poll": "2023_exit_sotsis_a", "party": "jsdp"}, "share", "0.05", Place("poll_shares", "2023_exit_sotsis_a", "share")),
        ({"year": "2023", "party": "auyl"}, "registered_on", "2023-02-12", Place("parties", "2023 jsdp", "registration")),
        ({"year": "2021", "party": "adal"}, "ballot_number_b", "6", Place("parties", "2021 adal", "ballot_number_b")),
    ],
)
def test_a_planted_fault_is_found_where_it_is(wanted: dict[str, str], column: str, cell: str, place: Place, tables: Tables) -> None:
    (table,) = [name for name, rows in tables.items() if {*wanted, column} <= rows[0].keys()]
    assert place not in findings(tables)
    assert place in findings(planted(tables, table, position(tables[table], **wanted), column, cell))


# -- a record that grows ---------------------------------------------------------------------------------------------

SOUND = {"poll": "2023_new", "year": "2023", "kind": "poll", "pollster": "New Institute", "start": "2023-03-01", "end": "2023-03-05"}
ANSWERS = {"amanat": "0.52", "auyl": "0.12", "respublica": "0.10", "aq_jol": "0.09", "undecided": "0.17"}


def grown(tables: Tables, poll: dict[str, str] | None = None, answers: dict[str, str] | None = None) -> Tables:
    """Return the tables with one more poll in them: a sound one, but for what is given."""
    row = dict.fromkeys(tables["polls"][0], "") | SOUND | {"sample_size": "1600", "margin": "0.0245"} | (poll or {})
    shares = [{"poll": row["poll"], "party": party, "share": share, "qualifier": ""} for party, share in (answers or ANSWERS).items()]
    return tables | {"polls": [*tables["polls"], row], "poll_shares": [*tables["poll_shares"], *shares]}


@pytest.mark.parametrize(
    ("poll", "answers"),
    [
        ({}, ANSWERS),
        (
            {"year": "2021", "start": "", "end": "2021-01-05", "sample_size": "", "margin": ""},
            {"amanat": "0.7", "jsdp": "0.1", "undecided": "0.2"},
        ),
        ({"kind": "exit_poll", "start": "", "end": "2023-03-19", "margin": ""}, {"amanat": "0.6", "auyl": "0.3", "against_all": "0.1"}),
        ({"kind": "district_poll", "district": "3"}, {"Aina": "0.55", "Berik": "0.25", "undecided": "0.2"}),
        ({"kind": "district_poll", "district": "3", "region": "almaty_city"}, {"Aina": "0.35", "Berik": "0.15"}),
        ({"kind": "region_poll", "region": "astana"}, ANSWERS),
        ({"kind": "partial_poll"}, {"amanat": "0.3", "auyl": "0.1"}),
        ({"margin": ""}, {"amanat": "0.6", "other": "0.4"}),
    ],
)
def test_a_sound_new_poll_is_no_contradiction(poll: dict[str, str], answers: dict[str, str], tables: Tables) -> None:
    assert findings(grown(tables, poll, answers)) == findings(tables)


@pytest.mark.parametrize(
    ("poll", "answers", "place", "found"),
    [
        ({}, ANSWERS | {"amanat": "0.53"}, Place("poll_shares", "2023_new", "share"), Finding("1.01", "1")),
        ({}, ANSWERS | {"amanat": "0.51"}, Place("poll_shares", "2023_new", "share"), Finding("0.99", "1")),
        ({}, {"amanat": "0.6", "nobody": "0.4"}, Place("poll_shares", "2023_new nobody", "party"), Finding("nobody", "no party of 2023")),
        ({}, {"adal": "0.6", "amanat": "0.4"}, Place("poll_shares", "2023_new adal", "party"), Finding("adal", "no party of 2023")),
        ({"end": "2023-03-20"}, ANSWERS, Place("polls", "2023_new", "end"), Finding("2023-03-20", "2023-03-19")),
        ({"start": "2023-03-06"}, ANSWERS, Place("polls", "2023_new", "start"), Finding("2023-03-06", "2023-03-05")),
        ({"kind": "exit_poll"}, ANSWERS, Place("polls", "2023_new", "end"), Finding("2023-03-05", "2023-03-19")),
        ({"year": "2022"}, ANSWERS, Place("polls", "2023_new", "end"), Finding("2023-03-05", "no election")),
        ({"kind": "rumour"}, ANSWERS, Place("polls", "2023_new", "kind"), Finding("rumour", "rumour")),
        ({"district": "3"}, ANSWERS, Place("polls", "2023_new", "kind"), Finding("poll", "district_poll")),
        ({"kind": "district_poll"}, ANSWERS, Place("polls", "2023_new", "kind"), Finding("district_poll", "district_poll")),
        ({"region": "astana"}, ANSWERS, Place("polls", "2023_new", "kind"), Finding("poll", "region_poll")),
        ({"kind": "region_poll"}, ANSWERS, Place("polls", "2023_new", "kind"), Finding("region_poll", "region_poll")),
        (
            {"kind": "region_poll", "region": "nowhere"},
            ANSWERS,
            Place("polls", "2023_new", "region"),
            Finding("nowhere", "no region on record"),
        ),
        (
            {"kind": "district_poll", "district": "3", "region": "astana"},
            {"Aina": "0.6", "Berik": "0.4"},
            Place("polls", "2023_new", "region"),
            Finding("astana", "almaty_city"),
        ),
        ({"kind": "partial_poll"}, ANSWERS | {"amanat": "0.53"}, Place("poll_shares", "2023_new", "share"), Finding("1.01", "1")),
        ({"margin": "0.028"}, ANSWERS, Place("polls", "2023_new", "margin"), Finding("0.028", "0.0245")),
        ({"lead": "0.30"}, ANSWERS, Place("polls", "2023_new", "lead"), Finding("0.30", "0.350")),
    ],
)
def test_a_wrong_new_poll_is_named(poll: dict[str, str], answers: dict[str, str], place: Place, found: Finding, tables: Tables) -> None:
    new = {where_: what for where_, what in findings(grown(tables, poll, answers)).items() if "2023_new" in where_.row}
    assert new[place] == found


def test_a_repaired_contradiction_is_noticed_too(tables: Tables) -> None:
    row = position(tables["region_votes"], year="2021", region="almaty_city", line="adal")
    repaired = findings(planted(tables, "region_votes", row, "share", "0.0586"))
    assert set(findings(tables)) - set(repaired) == VISIBLE[1]


def test_a_finding_shows_both_numbers(tables: Tables) -> None:
    place = Place("region_votes", "2021 almaty_city adal", "share")
    assert findings(tables)[place] == Finding(printed="0.0521", recomputed="0.0586")
