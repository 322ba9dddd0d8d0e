"""Cells without a number in tables of votes by region: what may be none of a list, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from mazhilis_sim.errors import DataWarning, FileError, PollWarning
from mazhilis_sim.files import read_polls, read_votes

WIDE = "region,amanat,auyl,aq_jol\nAbai,70,30,10\nAstana,80,{},20\n"
MATRIX = "party,Abai,Astana\namanat,70,80\nauyl,30,{}\naq_jol,10,20\n"
LONG = "region,party,votes\nAbai,amanat,70\nAbai,auyl,30\nAbai,aq_jol,10\nAstana,amanat,80\nAstana,aq_jol,20\n"
SAID = "no number for 'auyl' in 'Astana'; counted as 0: write 0 if that is so, or mend the table"


def table(tmp_path: Path, text: str) -> Path:
    """Write a table."""
    path = tmp_path / "t.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("text", [WIDE, MATRIX, LONG])
@pytest.mark.parametrize("cell", ["", "-", "–", "—"])
def test_a_list_without_a_number_in_a_region_is_named(tmp_path: Path, text: str, cell: str) -> None:
    with pytest.warns(DataWarning, match=SAID):
        votes = read_votes(table(tmp_path, text.format(cell)))
    assert dict(votes.votes) == {"amanat": 150, "auyl": 30, "aq_jol": 30}


@pytest.mark.parametrize("text", [WIDE, MATRIX])
@pytest.mark.parametrize("word", ["н/д", "n/a", "NA", "…", "нет данных", "жоқ", "NaN"])
def test_a_word_instead_of_votes_is_refused_by_row_and_column(tmp_path: Path, text: str, word: str) -> None:
    with pytest.raises(FileError, match=rf"row 3, column (auyl|Astana): votes must be a whole number, got '{word}'"):
        read_votes(table(tmp_path, text.format(word)))


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("text", [WIDE, MATRIX])
def test_a_nought_leaves_no_doubt(tmp_path: Path, text: str) -> None:
    assert read_votes(table(tmp_path, text.format("0"))).votes["auyl"] == 30


def test_of_many_gaps_the_first_are_named(tmp_path: Path) -> None:
    rows = [f"{region},70,30,,,," for region in ("Abai", "Astana", "Almaty")]
    text = "\n".join(["region,amanat,auyl,aq_jol,respublica,qhp,baytaq", *rows, "Shymkent,1,2,3,4,5,6"])
    with pytest.warns(DataWarning, match=r"'aq_jol' in 'Abai', .* and 8 more; counted as 0"):
        read_votes(table(tmp_path, text))


def test_lists_keep_the_order_of_the_table_where_the_first_region_lacks_one(tmp_path: Path) -> None:
    with pytest.warns(DataWarning, match="'auyl' in 'Abai'"):
        votes = read_votes(table(tmp_path, "region,amanat,auyl,aq_jol\nAbai,70,,10\nAstana,80,30,20\n"))
    assert list(votes.votes) == ["amanat", "auyl", "aq_jol"]


def test_a_region_without_any_number_is_named_and_a_heading_is_not(tmp_path: Path) -> None:
    with pytest.warns(DataWarning) as caught:
        votes = read_votes(table(tmp_path, "region,amanat,auyl\nAbai,70,10\nГорода,,\nAstana,80,30\nAlmaty,,\n"))
    assert [str(warning.message).partition(": ")[2].partition(";")[0] for warning in caught] == ["no number for any list in 'Almaty'"]
    assert votes.read_as.endswith("2 regions added up")


@pytest.mark.filterwarnings("error")
def test_an_empty_sum_is_no_gap(tmp_path: Path) -> None:
    votes = read_votes(table(tmp_path, "region,amanat,auyl\nAbai,70,10\nAstana,80,30\nИтого,150,\n"))
    assert votes.votes["auyl"] == 40


def test_columns_of_sums_are_counted_as_columns(tmp_path: Path) -> None:
    with pytest.warns(DataWarning):
        votes = read_votes(table(tmp_path, "party,Abai,Astana,Итого\namanat,70,80,150\nauyl,30,20,50\nИтого,100,100,200\n"))
    assert votes.read_as.endswith("2 regions added up, 1 column of sums left out")


def test_a_party_without_any_answer_in_polls_is_named(tmp_path: Path) -> None:
    text = "Институт,Дата,Аманат,Ауыл,ОСДП\nA,01.02.2026,60%,40%,{}\nB,02.02.2026,60%,40%,{}\n"
    with pytest.warns(DataWarning) as caught:
        read_polls(table(tmp_path, text.format("н/д", "")), sample_size=1000)
    assert any("'ОСДП' is not used" in str(warning.message) for warning in caught)


def test_a_poll_without_any_share_is_said_to_be_left_out(tmp_path: Path) -> None:
    text = "pollster,date,sample_size,a,b\nX,2026-08-01,1000,60%,40%\nY,2026-08-02,500,,-\n"
    with pytest.warns(DataWarning, match="row 3: this row has no share of any party and is left out"):
        assert [poll.pollster for poll in read_polls(table(tmp_path, text))] == ["X"]


def test_two_polls_of_one_institute_and_day_in_rows_of_their_own_are_doubted(tmp_path: Path) -> None:
    text = "pollster,date,sample_size,a,b\nX,2026-08-01,1000,60%,40%\nX,2026-08-01,1000,50%,50%\nX,2026-08-02,1000,50%,50%\n"
    with pytest.warns(PollWarning, match="rows 2 and 3 hold one institute's polls of one day; a forecast uses the last of them"):
        read = read_polls(table(tmp_path, text))
    assert len(read) == 3


@pytest.mark.parametrize(
    "text",
    [
        "region,amanat,auyl\nAstana,5,3\n{},6,2\n",
        "region,party,votes\nAstana,amanat,5\nAstana,auyl,3\n{},amanat,6\n",
        "party,Astana,{}\namanat,5,6\nauyl,3,2\n",
    ],
)
@pytest.mark.parametrize("name", ["astana", " ASTANA ", "Астана", "г. Астана", "Astana city", "Nur-Sultan"])
def test_a_region_by_another_of_its_names_is_no_second_region(tmp_path: Path, text: str, name: str) -> None:
    with pytest.raises(FileError, match="must stand once(, got | in each region, and stands in row 2 too)"):
        read_votes(table(tmp_path, text.format(name)))


@pytest.mark.parametrize("names", [("Almaty", "Almaty Region"), ("Almaty", "г. Алматы"), ("Abai", "Semey"), ("1", "01")])
def test_regions_whose_names_are_alike_are_two(tmp_path: Path, names: tuple[str, str]) -> None:
    text = "region,amanat,auyl\n{},5,3\n{},6,2\n".format(*names)
    assert dict(read_votes(table(tmp_path, text)).votes) == {"amanat": 11, "auyl": 5}


@pytest.mark.parametrize("more", ["", "Shymkent,6,2,7\n"], ids=["one is wrong", "two cancel each other"])
def test_a_total_of_one_region_that_is_none_names_its_row(tmp_path: Path, more: str) -> None:
    with pytest.raises(FileError, match="row 3, column Total: 'Total' is 9, and the others add up to 8"):
        read_votes(table(tmp_path, f"region,amanat,auyl,Total\nAstana,5,3,8\nAlmaty,6,2,9\n{more}"))
