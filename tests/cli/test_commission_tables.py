"""Tables as commissions and newspapers write them: sums of places, heads of two rows, sheets of the turnout, remarks in cells."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from mazhilis_sim.errors import DataWarning, FileError
from mazhilis_sim.files import read_polls, read_votes
from mazhilis_sim.votes.ballot import ListVotes

Write = Callable[[str], str]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Write a table into the working folder, so that messages show its bare name."""
    monkeypatch.chdir(tmp_path)

    def written(text: str) -> str:
        Path("t.csv").write_text(text, encoding="utf-8")
        return "t.csv"

    return written


def read_quietly(path: str) -> ListVotes:
    """Read votes, whatever is said of labels."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DataWarning)
        return read_votes(path)


# -- sums of places ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("country", ["Республика Казахстан", "по РК", "Kazakhstan", "ҚР", "Қазақстан Республикасы", "Итого"])
def test_the_whole_country_is_not_added_to_its_regions(write: Write, country: str) -> None:
    wide = read_votes(write(f"Регион;amanat;auyl\nАстана;10;5\nАлматы;20;6\n{country};30;11\n"))
    long = read_votes(write(f"region,party,votes\n{country},a,30\n{country},b,11\nX,a,10\nX,b,5\nY,a,20\nY,b,6\n"))
    assert list(wide.votes.values()) == list(long.votes.values()) == [30, 11]
    assert "2 regions added up" in long.read_as


def test_the_whole_country_alone_is_a_place(write: Write) -> None:
    assert read_votes(write("region,party,votes\nKazakhstan,a,30\nKazakhstan,b,11\n")).votes == {"a": 30, "b": 11}


def test_a_country_that_is_not_the_sum_of_its_regions_is_refused(write: Write) -> None:
    with pytest.raises(FileError, match="row 4.*has 31 in all, and the places add up to 30"):
        read_votes(write("region,a,b\nX,10,5\nY,20,6\nKazakhstan,31,11\n"))


REGIONS = "region,precinct,a,b\nX,1,10,5\nX,2,11,6\nX,Total,{x},11\nY,1,20,6\nY,Total,20,6\nTotal,,41,17\n"


def test_each_region_may_have_a_sum_of_its_own(write: Write) -> None:
    votes = read_votes(write(REGIONS.format(x=21)))
    assert votes.votes == {"a": 41, "b": 17}
    assert votes.read_as.endswith("3 precincts added up, 3 rows of sums left out")


def test_a_region_whose_sum_is_none_is_refused(write: Write) -> None:
    with pytest.raises(FileError, match="row 4.*has 22 in all, and the places add up to 21"):
        read_votes(write(REGIONS.format(x=22)))


def test_a_sum_by_an_unknown_name_is_doubted(write: Write) -> None:
    with pytest.warns(DataWarning, match="row 4: 'North and south' has as many votes as all others together"):
        read_votes(write("region,a,b\nX,10,5\nY,20,6\nNorth and south,30,11\n"))
    read_votes(write("region,a,b\nX,10,5\nY,20,6\nNorth and south,30,12\n"))


# -- heads and sheets --------------------------------------------------------------------------------------------------


def test_absolute_numbers_and_per_cent_below_one_head(write: Write) -> None:
    votes = read_votes(write("№ п/п;Наименование;Число голосов;\n;;абс.;%\n1;amanat;70;70,00\n2;auyl;30;30,00\n"))
    assert votes.votes == {"amanat": 70, "auyl": 30}


@pytest.mark.parametrize("head", ["Наименование", "Показатель", "Көрсеткіш", "Атауы"])
def test_lists_may_stand_below_a_general_word(write: Write, head: str) -> None:
    assert read_votes(write(f"{head};Голоса\namanat;70\nauyl;30\n")).votes == {"amanat": 70, "auyl": 30}


def test_a_sheet_of_the_turnout_is_no_table_of_votes(tmp_path: Path) -> None:
    path = tmp_path / "votes.xlsx"
    with pd.ExcelWriter(path) as book:
        pd.DataFrame({"party": ["a", "b"], "votes": [70, 30]}).to_excel(book, sheet_name="Итоги", index=False)
        pd.DataFrame({"Область": ["Абай"], "Избирателей": [420_000], "Явка": [0.61]}).to_excel(book, sheet_name="Явка", index=False)
    assert read_votes(path).votes == {"a": 70, "b": 30}


@pytest.mark.parametrize("text", ["party  votes\na  5\nb  6\n", "party / votes\na / 5\n"])
def test_heads_in_one_cell_are_told_to_be_separated(write: Write, text: str) -> None:
    with pytest.raises(FileError, match="separate cells by a comma, a semicolon, a tab or a bar") as caught:
        read_votes(write(text))
    assert "did you mean" not in str(caught.value)


def test_a_separator_that_is_said_and_is_none_is_named(write: Write) -> None:
    with pytest.raises(FileError, match="separate cells by"):
        read_votes(write("party,votes\na,5\nb,6\n"), dialect="semicolon")


# -- cells -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", ["70*", "70 (70 %)", "3 431 510 чел.", "3,43 млн"])
def test_a_number_with_a_remark_is_told_to_stand_alone(write: Write, number: str) -> None:
    with pytest.raises(FileError, match="write the number alone"):
        read_votes(write(f"party;votes\na;{number}\nb;30\n"))


def test_a_turnout_is_refused_as_such_whatever_its_number(write: Write) -> None:
    with pytest.raises(FileError, match="'Явка' stands for a number of people or papers"):
        read_quietly(write("Партия;Голоса\nЯвка;54,2\nАманат;70\n"))


def test_a_formula_is_no_name(write: Write) -> None:
    with pytest.raises(FileError, match="write the value of the formula"):
        read_votes(write("party,votes\n=A1,70\nb,30\n"))


# -- polls -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("printed", ["±3,1%", "± 3,1 %", "+/- 3,1%", "+-3,1%", "3,1%"])
def test_a_margin_goes_both_ways(write: Write, printed: str) -> None:
    poll = read_polls(write(f"pollster;date;margin;a;b\nX;12.03.2023;{printed};60%;40%\n"))[0]
    assert poll.margin == pytest.approx(0.031)


@pytest.mark.parametrize("row", ["Выборы 2023", "Результаты выборов 2023 г.", "2023 election", "Election result (2023)", "Average"])
def test_a_result_among_polls_is_refused(write: Write, row: str) -> None:
    with pytest.raises(FileError, match="averages and results are no polls"):
        read_polls(write(f"pollster;date;sample_size;a;b\nX;12.03.2023;1000;60%;40%\n{row};19.03.2023;1000;50%;50%\n"))


def test_an_institute_may_bear_a_year(write: Write) -> None:
    assert read_polls(write("pollster;date;sample_size;a;b\nOpinion 2023;12.03.2023;1000;60%;40%\n"))[0].pollster == "Opinion 2023"
