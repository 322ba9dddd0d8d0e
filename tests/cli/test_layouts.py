"""What stands around tables and in them: left out where there is no mistake about it, read, or refused with its row."""

from __future__ import annotations

import datetime
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from documentation import ROOT
from mazhilis_sim.errors import DataWarning, FileError, MazhilisError
from mazhilis_sim.files import read_districts, read_polls, read_votes
from mazhilis_sim.files.layout.headers import IGNORED, folded, known_heads

PAGE = (ROOT / "docs" / "reference" / "tables.md").read_text(encoding="utf-8")
Write = Callable[..., str]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Write a file into the working folder, so that messages show its bare name."""
    monkeypatch.chdir(tmp_path)

    def written(text: str | bytes, name: str = "t.csv", encoding: str = "utf-8") -> str:
        Path(name).write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return name

    return written


def quietly(read: Callable[..., Any], *words: Any, **options: Any) -> Any:
    """Read, whatever is said of labels."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DataWarning)
        return read(*words, **options)


# -- around a table ----------------------------------------------------------------------------------------------------

AROUND = {
    "title and note": ("Results of 2023\n\nparty,votes\na,70\nb,30\n\n* preliminary, by 20 March\n", "rows 1, 7 left out"),
    "label and value above": ("Date:,2023-03-19\nparty,votes\na,70\nb,30\n", "row 1 left out"),
    "titles of several cells": ("Results,of the commission\nparty,votes\na,70\nb,30\n", "row 1 left out"),
    "one sentence below": ("party,votes\na,70\nb,30\nNumbers may still be changed by courts.,\n", "row 4 left out"),
    "an address below": ("party,votes\na,70\nb,30\nhttps://example.org/results,\n", "row 4 left out"),
    "sources in three languages": (
        "party,votes\na,70\nb,30\nИсточник: ЦИК,\nДереккөз: ОСК,\nSource: the commission,\n",
        "rows 4, 5, 6 left out",
    ),
    "the head again": ("party,votes\na,70\nparty,votes\nb,30\n", "row 3 left out"),
    "columns numbered": ("№,party,votes\n1,2,3\n1,a,70\n2,b,30\n", "row 2 left out"),
    "separator said": ("sep=;\nparty;votes\na;70\nb;30\n", "semicolon"),
    "blank columns": (",,party,votes\n,,a,70\n,,b,30\n", ""),
    "index of a data frame": (",party,votes\n0,a,70\n1,b,30\n", ""),
    "index written twice": (",Unnamed: 0,party,votes\n0,0,a,70\n1,1,b,30\n", ""),
    "index above columns": ("Unnamed: 0,a,b\n0,70,30\n", "wide"),
    "a head of three rows": ("Results,,\nparty,votes,\n,number,%\na,70,0.7\nb,30,0.3\n", "row 1 left out"),
}


@pytest.mark.parametrize(("text", "read_as"), AROUND.values(), ids=AROUND)
def test_what_stands_around_a_table_is_left_out_and_said(write: Write, text: str, read_as: str) -> None:
    read = read_votes(write(text))
    assert (read.votes, read.read_as) == ({"a": 70, "b": 30}, read_as)


REFUSED = {
    "less than a number": (
        read_polls,
        "pollster,date,sample_size,a,b,c\nX,2026-08-01,1000,48%,51%,<1%\n",
        "t.csv, row 2, column c: share must be a share such as 0.41 or \"41%\", got '<1%'",
    ),
    "numbers above the head": (
        read_votes,
        "c,5\nparty,votes\na,70\n",
        "t.csv, row 1: a row must stand below the head, or be a title of one cell",
    ),
    "a short row": (read_votes, "party,votes\na,70\nb\n", "t.csv, row 3: a row must have as many cells as the header"),
    "no number": (read_votes, "party,votes\na,70\nb,\n", "t.csv, row 3, column votes: votes must be a whole number, got nothing"),
    "an error": (read_votes, "party,votes\na,#REF!\n", "the cell holds an error, #REF!; mend the formula"),
    "a formula": (read_votes, "party,votes\na,=SUM(B3:B9)\n", "write the value of the formula"),
    "one column twice": (read_votes, "party,votes,count\na,1,2\n", "t.csv, row 1: each column must stand once, got 'votes' and 'count'"),
    "one party above two columns": (
        read_votes,
        "amanat,auyl,amanat\n1,2,3\n",
        "t.csv, row 1: each column must stand once, got 'amanat' twice",
    ),
    "several rows and no region": (
        read_votes,
        "amanat,auyl\n1,2\n3,4\n",
        "t.csv, row 3: a row must be the only one below lists that stand above columns",
    ),
    "a sum of regions that is none": (
        read_votes,
        "region,amanat,auyl\nA,1,2\nB,3,4\nTotal,4,7\n",
        "t.csv, row 4, column auyl: 'auyl' has 7 in all, and the places add up to 6",
    ),
    "a list twice in a region": (
        read_votes,
        "region,party,votes\nA,a,1\nA,a,2\n",
        "t.csv, row 3, column party: party must stand once in each region, and stands in row 2 too",
    ),
    "a region without a name": (
        read_votes,
        "region,party,votes\nA,a,1\n,a,2\n",
        "t.csv, row 3, column region: region must say of which place",
    ),
    "an average": (
        read_polls,
        "pollster,amanat,auyl\nX,60%,40%\nСреднее,60%,40%\n",
        "t.csv, row 3, column pollster: pollster must be an institute that asked people, got 'Среднее'; "
        "remove the row, for averages and results are no polls",
    ),
    "a year of two digits": (
        read_polls,
        "date,party,share\n01.08.26,a,1\n",
        't.csv, row 2, column date: date must be a date such as "2023-03-10"',
    ),
    "a day without its year": (
        read_polls,
        "date,party,share\n27–28 Jul,a,1\n",
        "t.csv, row 2, column date: date must have a year, got '27–28 Jul'; write it behind, such as 27–28 Jul 2026",
    ),
    "the same in Russian": (read_polls, "date,party,share\n31 июля,a,1\n", "such as 31 июля 2026"),
    "the same in numbers": (read_polls, "date,party,share\n31.07,a,1\n", "such as 31.07.2026"),
    "two columns of places": (
        read_votes,
        "county,town,party,votes\nA,B,a,5\n",
        "each column must stand once, got 'county' and 'town'; head the smaller places precinct, or remove one of them",
    ),
    "rows of polls with nothing known in one": (
        read_polls,
        "date,party,value\n2026-01-09,a,30\n2026-01-09,b,NA\n2026-01-10,a,31\n2026-01-10,b,12\n",
        "t.csv, row 1: a column 'share' must be there, got the header 'date,party,value'",
    ),
    "columns of no region": (read_votes, "party,North,South\na,5,1\n", "may be anything; head one of them votes"),
    "two ballots": (
        read_votes,
        "X,X,Y,Y\nfirst,second,first,second\n5,4,3,2\n",
        "must stand above one column, or above one that is headed votes",
    ),
    "a dash": (read_votes, "party,votes\na,70\nb,-\n", "write 0 if it got none, or leave the row out"),
    "a total of candidates": (read_districts, "district,candidate,party,votes\n1,A,a,5\n1,Total,,5\n", "t.csv, row 3, column candidate"),
}


@pytest.mark.parametrize(("read", "text", "says"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_certain_is_refused_with_its_row(write: Write, read: Callable[..., Any], text: str, says: str) -> None:
    with pytest.raises(MazhilisError) as error:
        quietly(read, write(text))
    assert says in str(error.value)
    assert "\n" not in str(error.value)


# -- asked back --------------------------------------------------------------------------------------------------------


def two_sheets() -> None:
    """Write a workbook of which two sheets hold votes."""
    with pd.ExcelWriter("t.xlsx") as writer:
        for name, votes in (("first round", 1), ("second round", 2)):
            pd.DataFrame({"party": ["a"], "votes": [votes]}).to_excel(writer, sheet_name=name, index=False)


BY_COMMA, BY_POINT = "1234 (thousands comma) or 1.234 (decimal comma)", "1234 (thousands point) or 1.234 (decimal point)"
BY_DAY = "2026-08-01 (day first) or 2026-01-08 (month first)"
ASKED_BACK: dict[str, tuple[Callable[..., Any], str | bytes, str, str, dict[str, str]]] = {
    "comma": (read_votes, 'party,votes\na,"1,234"\n', "row 2, column votes", BY_COMMA, {"dialect": "thousands comma"}),
    "point": (read_votes, "party,votes\na,1.234\n", "row 2, column votes", BY_POINT, {"dialect": "thousands point"}),
    "size": (read_polls, "Выборка;Партия;Доля\n1,234;a;1\n", "row 2, column Выборка", BY_COMMA, {"dialect": "thousands comma"}),
    "date": (read_polls, "date,party,share\n01/08/2026,a,1\n", "row 2, column date", BY_DAY, {"dialect": "day first"}),
    "encoding": (
        read_votes,
        "party,votes\na,1\nbй,2\n".encode("cp1251"),
        "row 3",
        "'bй' in cp1251 or 'bé' in cp1250",
        {"dialect": "cp1251"},
    ),
    "sheet": (read_votes, "", "t.xlsx", "'first round', 'second round'", {"sheet": "second round"}),
}


@pytest.mark.parametrize(("read", "text", "place", "readings", "settled"), ASKED_BACK.values(), ids=ASKED_BACK)
def test_doubts_are_asked_back_as_the_page_says(
    write: Write, read: Callable[..., Any], text: str | bytes, place: str, readings: str, settled: dict[str, str]
) -> None:
    name = write(text) if text else "t.xlsx"
    two_sheets()
    with pytest.raises(FileError) as error:
        quietly(read, name)
    assert all(word in str(error.value) for word in (name, place, readings)), str(error.value)
    assert f"`{readings}`" in PAGE
    assert quietly(read, name, **settled)


GROUPED = {
    "Russian": "Организация,Дата опроса,,Опрошено,Партии,,\n,Начало,Окончание,,AMANAT,Ак жол,Против всех\n",
    "Kazakh": "Ұйым,Сауалнама күні,,Сұралғандар,Саяси партия,,\n,Басталуы,Аяқталуы,,AMANAT,«Ақ жол» ҚДП,Барлығына қарсы\n",
    "English": "Pollster,Fieldwork,,Sample size,Parties,,\n,From,To,,Amanat,Aq Jol,Against all\n",
}


@pytest.mark.parametrize("language", GROUPED)
def test_a_head_over_both_days_and_one_over_the_parties_are_those_of_the_rows_below(write: Write, language: str) -> None:
    table = GROUPED[language] + "X,2023-02-20,2023-02-25,1200,70%,20%,10%\nY,2023-03-01,2023-03-06,1600,60%,30%,10%\n"
    polls = list(quietly(read_polls, write(table)))
    assert [[poll.shares[word] for word in ("amanat", "aq_jol", "against_all")] for poll in polls] == [[0.7, 0.2, 0.1], [0.6, 0.3, 0.1]]
    assert [poll.date for poll in polls] == [datetime.date(2023, 2, 25), datetime.date(2023, 3, 6)]
    assert [poll.sample_size for poll in polls] == [1200, 1600]


def test_a_head_over_words_none_of_which_is_a_party_stays_and_is_refused_twice(write: Write) -> None:
    with pytest.raises(FileError, match="each column must stand once"):
        read_votes(write("Партия,Партия,Голоса\n№,Название,\n1,Amanat,70\n2,Auyl,30\n"))


def test_the_page_lists_every_head() -> None:
    listed = " ".join(PAGE.partition("## Heads that are known")[2].split())
    for column in {column for column in known_heads().values() if column != IGNORED}:
        assert f"- **`{column}`**: " in listed
    for word in known_heads():
        assert word in folded(listed), word


def test_messages_that_the_page_shows_are_those_that_are_said() -> None:
    shown = [
        row.split("`")[-2]
        for row in PAGE.partition("Refused with row and column")[2].partition("\n## ")[0].splitlines()
        if row.count("`") == 2
    ]
    said = [says for _, _, says in REFUSED.values()]
    assert len(shown) > 7
    assert [message for message in shown if not any(message in one for one in said)] == []


# -- in a table --------------------------------------------------------------------------------------------------------


def test_votes_of_regions_are_added_up(write: Write) -> None:
    long = read_votes(write("region,party,votes\nA,amanat,4\nA,auyl,3\nB,auyl,1\nB,amanat,7\nTotal,amanat,11\nTotal,auyl,4\n"))
    assert (long.votes, long.read_as) == ({"amanat": 11, "auyl": 4}, "2 regions added up, 2 rows of sums left out")
    wide = quietly(read_votes, write("Регион;УИК;Аманат;Ауыл;Против всех\nА;1;5;4;0\nА;2;6;7;1\n", encoding="cp1251"))
    assert (wide.votes, wide.against_all, wide.read_as) == ({"amanat": 11, "auyl": 11}, 1, "semicolon, cp1251, wide; 2 precincts added up")


def test_parties_that_a_poll_did_not_ask_about_are_not_in_it(write: Write) -> None:
    text = "Polling Firm,Fieldwork End,Sample Size,amanat,auyl,baytaq\nX,2026-08-01,1000,60%,40%,Not Available\nY,NA,–,50%,45%,5%\n"
    y, x = quietly(read_polls, write(text))
    assert (dict(x.shares), x.date, x.sample_size) == ({"amanat": 0.6, "auyl": 0.4}, datetime.date(2026, 8, 1), 1000)
    assert (dict(y.shares), y.date, y.sample_size) == ({"amanat": 0.5, "auyl": 0.45, "baytaq": 0.05}, None, None)


def test_every_row_below_parties_is_a_poll_by_itself(write: Write) -> None:
    polls = quietly(read_polls, write("pollster,date,amanat,auyl\nX,2026-08-01,60%,40%\nX,2026-08-01,55%,45%\n"))
    assert [poll.shares["amanat"] for poll in polls] == [0.6, 0.55]


def test_bare_numbers_are_per_cent_where_that_is_said(write: Write) -> None:
    path = write("institute;N_response;end_date;amanat;auyl;baytaq\nX;1003;2023-01-03;41;9;18\nY;1000;2023-01-09;40;10;\n")
    with pytest.raises(FileError, match=r'row 2, column amanat: share must lie in \[0, 1\], got .41.; write 41 % as "41%"'):
        read_polls(path)
    assert next(dict(poll.shares) for poll in quietly(read_polls, path, dialect="per cent")) == {
        "amanat": 0.41,
        "auyl": 0.09,
        "baytaq": 0.18,
    }


def test_what_is_said_of_labels_is_said_once_for_all_polls(write: Write) -> None:
    path = write("pollster,date,sample_size,Amanat,Auyl\n" + "".join(f"X,2026-08-{day:02},1000,60%,40%\n" for day in range(1, 9)))
    with pytest.warns(DataWarning) as caught:
        read_polls(path)
    assert [str(warning.message) for warning in caught] == ["t.csv: read as: 'Amanat' as amanat, 'Auyl' as auyl"]


def test_party_and_share_alone_are_a_poll(write: Write) -> None:
    path = write("party,share\na,60%\nb,40%\n")
    (poll,) = read_polls(path, sample_size="1k")
    assert (poll.sample_size, poll.shares) == (1000, {"a": 0.6, "b": 0.4})
    with pytest.raises(FileError, match="sample_size must be a whole number between 1 and"):
        read_polls(path, sample_size=0)
    with_margin = write("party,share,margin\na,60%,3%\nb,40%,3%\n", "m.csv")
    assert read_polls(with_margin, sample_size=1000)[0].sample_size is None


def test_districts_in_russian(write: Write) -> None:
    rows = "1;Иванов И. И.;Аманат;70 000\n1;Петров П. П.;самовыдвижение;60 000\n1;Против всех;;2 000\n"
    (district,) = quietly(read_districts, write(f"№ округа;Ф.И.О. кандидата;Партия;Число голосов\n{rows}", encoding="cp1251"))
    assert [(c.name, c.party, c.votes) for c in district.candidates] == [
        ("Иванов И. И.", "amanat", 70000),
        ("Петров П. П.", "independents", 60000),
    ]
    assert district.against_all == 2000


def test_numbers_before_labels_are_no_part_of_them(write: Write) -> None:
    assert quietly(read_votes, write("Партия;Голоса\n1. Аманат;70\n2) Ауыл;30\nИтого;100\n")).votes == {"amanat": 70, "auyl": 30}
    assert read_votes(write("party,votes\n1. list,70\n3. list,30\n")).votes == {"1. list": 70, "3. list": 30}


def test_a_column_of_a_party_is_never_left_unread(write: Write) -> None:
    for row, says in (("70,x", "row 2, column auyl: votes must be a whole number, got 'x'"), ("70,30*", "got '30*'")):
        with pytest.raises(FileError) as error:
            read_votes(write(f"amanat,auyl\n{row}\n"))
        assert says in str(error.value)
    with pytest.raises(FileError, match=r"row 2, column b: share must be a share"):
        read_polls(write("pollster,a,b\nX,60%,40%*\nY,60%,38%*\n"))


def test_a_short_file_is_not_taken_for_utf_16(write: Write) -> None:
    assert read_votes(write("amanat\n5\n\n")).votes == {"amanat": 5}


def test_columns_that_may_hold_institutes_or_days_are_asked_about(write: Write) -> None:
    with pytest.raises(FileError, match=r"t\.csv: column 'inst', which nobody knows, may hold institutes; head it pollster, or remove it"):
        quietly(read_polls, write("inst,amanat,auyl\nX,60%,40%\nY,60%,40%\n"))
    with pytest.raises(FileError, match=r"t\.csv: column 'when', which nobody knows, may hold days; head it date, or remove it"):
        quietly(read_polls, write("pollster,when,amanat,auyl\nX,2026-08-01,60%,40%\nY,2026-08-02,60%,40%\n"))


def test_a_sheet_is_of_a_spreadsheet(write: Write) -> None:
    with pytest.raises(FileError, match=r"sheet must be left out, for t\.csv has no sheets, got 'x'"):
        read_votes(write("party,votes\na,1\n"), sheet="x")


def test_the_encoding_that_is_said_is_the_one(write: Write) -> None:
    path = write("party,votes\nбв,1\nгд,2\n", encoding="koi8_r")
    assert read_votes(path, dialect="koi8-r").votes == {"бв": 1, "гд": 2}
    with pytest.raises(FileError, match=r"t\.csv, row 2: text must be UTF-8, got byte 0xc2"):
        read_votes(path, dialect="utf-8")


# -- a column for each region ------------------------------------------------------------------------------------------

MATRICES = {
    "in English": "Party,Almaty,Jambyl Region\nAmanat,5,2\nAuyl,1,2\n",
    "in Russian, with their sum": "Партия;Акмолинская обл.;г. Шымкент;Всего\nАманат;5;2;7\nАуыл;1;2;3\n",
    "in Kazakh, with the country": "Партия,Абай облысы,Ұлытау облысы,Қазақстан Республикасы\nАманат,5,2,7\nАуыл,1,2,3\n",
    "former names": "Список,Нур-Султан,Южно-Казахстанская область\nАманат,5,2\nАуыл,1,2\n",
    "no head above the lists": ",Almaty,Astana\nAmanat,5,2\nAuyl,1,2\n",
    "numbered rows and a sum below": "№,Party,Almaty,Astana\n1,Amanat,5,2\n2,Auyl,1,2\n,Total,6,4\n",
    "votes and shares of each": ",Almaty,,Astana,\nParty,votes,%,votes,%\nAmanat,5,83.3,2,50\nAuyl,1,16.7,2,50\n",
    "a list that stood in one region": "Party,Almaty,Astana\nAmanat,5,2\nAuyl,1,2\nОСДП,-,0\n",
}


@pytest.mark.parametrize("text", MATRICES.values(), ids=MATRICES)
def test_regions_above_columns_are_added_up(write: Write, text: str) -> None:
    read = quietly(read_votes, write(text))
    assert {party: votes for party, votes in read.votes.items() if votes} == {"amanat": 7, "auyl": 3}
    assert "2 regions added up" in read.read_as


def test_the_sum_of_regions_above_columns_is_checked(write: Write) -> None:
    with pytest.raises(FileError, match="has 8 in all, and the places add up to 7"):
        quietly(read_votes, write("Party,Almaty,Astana,Total\nAmanat,5,2,8\nAuyl,1,2,3\n"))


NO_MATRICES = {
    "a column of no region": ("Party,Almaty,North\nAmanat,5,2\nAuyl,1,2\n", "'North' may be anything; head one of them votes"),
    "years": ("Party,in 2021,in 2023\nAmanat,5,2\nAuyl,1,2\n", "write Party,Almaty,Astana with a column for each region"),
    "one column": ("Party,Almaty\nAmanat,5\nAuyl,1\n", "head it votes"),
    "no head above the lists": (",North,South\nAmanat,5,2\nAuyl,1,2\n", "'North', 'South' may be anything"),
    "regions and unknown names": (",Almaty,Astana\nX,5,2\nY,1,2\n", "a column 'party' must be there"),
}


@pytest.mark.parametrize(("text", "said"), NO_MATRICES.values(), ids=NO_MATRICES)
def test_what_may_be_no_region_is_asked_back_and_no_list(write: Write, text: str, said: str) -> None:
    with pytest.raises(FileError) as caught:
        quietly(read_votes, write(text))
    assert said in str(caught.value)
    assert str(caught.value).startswith("t.csv, row 1: ")


@pytest.mark.parametrize("head", ["Year", "Год", "Жыл", "Code", "lat", "Population"])
def test_a_number_that_is_no_vote_is_no_list(write: Write, head: str) -> None:
    assert quietly(read_votes, write(f"{head},Amanat,Auyl\n2023,10,5\n")).votes == {"amanat": 10, "auyl": 5}


# -- several numbers of each list --------------------------------------------------------------------------------------


@pytest.mark.parametrize("region", [("", "region"), ("region", "")])
def test_of_votes_and_shares_below_each_list_the_votes_are_read(write: Write, region: tuple[str, str]) -> None:
    read = quietly(read_votes, write(f"{region[0]},Amanat,,Y,\n{region[1]},votes,%,votes,%\nA,5,83.3,1,16.7\nB,2,50,2,50\n"))
    assert read.votes == {"amanat": 7, "Y": 3}


def test_of_shares_below_each_list_a_poll_reads_them(write: Write) -> None:
    text = "institute,size,Amanat,,Y,\n,,votes,%,votes,%\nA,100,60,60,40,40\n"
    assert quietly(read_polls, write(text))[0].q == {"amanat": 0.6, "Y": 0.4}


@pytest.mark.parametrize(
    "below", ["first,second,first,second", "first,first,second,second\n,now,before,now,before"], ids=["two numbers", "two rows"]
)
def test_several_unnamed_numbers_of_each_list_are_asked_about(write: Write, below: str) -> None:
    head = "region,X,,Y," if below.count("\n") == 0 else "region,X,X,Y,Y"
    with pytest.raises(FileError, match="must stand above one column, or above one that is headed votes"):
        quietly(read_votes, write(f"{head}\n,{below}\nA,5,4,1,2\nB,2,3,2,2\n"))


def test_rows_of_places_without_their_head_are_answered_with_the_columns_that_may_hold_them(write: Write) -> None:
    with pytest.raises(FileError, match="head a column, such as 'Gebiet', \"region\""):
        quietly(read_votes, write("Gebiet,X,Y\nA,5,4\nB,2,3\n"))


# -- cells that hold no number -----------------------------------------------------------------------------------------

NONE_GOT, ALONE = "write 0 if it got none, or leave the row out", "write the number alone"
NO_COUNTS = {
    **dict.fromkeys(("-1", "-", "—", "нет", "n/a", "", "inf", "nan", "-inf", "TBC", "?", "жоқ", "null", "..."), NONE_GOT),
    **dict.fromkeys(("1e400", "1e+9999", "2.5E400"), "write it in digits, at most 1,000 of them"),
    **dict.fromkeys(("100 чел", "(5)", "«100»", "5-10", "100*", "~50", "ca. 50"), ALONE),
    "12%": "write votes, not a share of them",
}


@pytest.mark.parametrize(("cell", "remedy"), NO_COUNTS.items(), ids=[repr(cell) for cell in NO_COUNTS])
def test_a_cell_without_a_number_of_votes_says_what_to_write(write: Write, cell: str, remedy: str) -> None:
    with pytest.raises(FileError) as caught:
        quietly(read_votes, write(f'party,votes\nAmanat,100\nAuyl,"{cell}"\n'))
    said = str(caught.value)
    assert said.startswith("t.csv, row 3, column votes: votes must ")
    assert said.endswith(f"; {remedy}")
    assert "\n" not in said


@pytest.mark.parametrize("cell", ["нет", "-5", "inf"])
def test_below_a_list_the_cell_may_be_left_empty(write: Write, cell: str) -> None:
    with pytest.raises(FileError, match="write 0 if it got none, or leave the cell empty$"):
        quietly(read_votes, write(f"region,Amanat,Auyl\nA,5,1\nB,2,{cell}\n"))


@pytest.mark.parametrize("cell", ["-", "нет", "", "nan"])
def test_a_cell_without_a_share_says_what_to_write(write: Write, cell: str) -> None:
    with pytest.raises(
        FileError, match=r"row 3, column share: share must be a share .*; write 0 if nobody named it, or leave the row out$"
    ):
        quietly(read_polls, write(f'party,share\nAmanat,60%\nAuyl,"{cell}"\n'))


def test_words_of_cyrillic_and_latin_letters_are_those_of_another_encoding(write: Write) -> None:
    text = "party;votes\nPartei für Wähler;5\nGrüne Bürger;4\n"
    read = quietly(read_votes, write(text, encoding="cp1252"))
    assert read.votes == {"Partei für Wähler": 5, "Grüne Bürger": 4}
    russian = "Партия;Голоса\nАманат;5\nAуыл;4\nНовые люди;3\n"  # a Latin letter in one word changes nothing
    assert list(quietly(read_votes, write(russian, encoding="cp1251")).votes) == ["amanat", "auyl", "Новые люди"]
