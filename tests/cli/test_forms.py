"""Tables as commissions print them: their words for votes, semicolons beside decimal commas, numbers of voters and papers."""

from __future__ import annotations

from pathlib import Path

import pytest

from mazhilis_sim.errors import DataWarning, FileError
from mazhilis_sim.files import read_polls, read_votes
from mazhilis_sim.names.labels import read_label

pytestmark = pytest.mark.filterwarnings("ignore::mazhilis_sim.DataWarning")


def table(tmp_path: Path, text: str) -> Path:
    """Write a table."""
    path = tmp_path / "t.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("head", ['Голосов ""за""', "Голосов за", "За", 'Голоса избирателей, поданные ""за""', "Подано голосов за"])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1251"])
def test_votes_for_a_list_are_votes_beside_a_comma_in_another_head(tmp_path: Path, head: str, encoding: str) -> None:
    text = f'Партия;"{head}";Процент, %\nАманат;3 431 510;83,18\nАуыл;693 938;16,82\n'
    (tmp_path / "t.csv").write_text(text, encoding=encoding)
    assert dict(read_votes(tmp_path / "t.csv").votes) == {"amanat": 3431510, "auyl": 693938}


def test_a_head_that_nobody_knows_is_shown_as_it_is_separated(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="a column 'votes' must be there|no column headed votes: 'Сколько'"):
        read_votes(table(tmp_path, "Партия;Сколько;Процент, %\nАманат;3 431 510;83,18\nАуыл;693 938;16,82\n"))


@pytest.mark.filterwarnings("error::mazhilis_sim.DataWarning")
def test_pct_is_a_percentage_and_no_precinct(tmp_path: Path) -> None:
    assert read_votes(table(tmp_path, "party,votes,pct\namanat,70,70\nauyl,30,30\n")).votes["auyl"] == 30


@pytest.mark.parametrize("name", ["«Ауыл» ХДПП", "Ауыл ХДПП", "ХДПП «Ауыл»"])
def test_the_kazakh_initials_of_auyl_are_known(name: str) -> None:
    assert read_label(name, "votes").id == "auyl"


@pytest.mark.parametrize("label", ["Число избирателей в списках", "Выдано бюллетеней", "Ballots issued", "Обнаружено в урнах"])
def test_voters_and_papers_are_left_out_with_a_note(tmp_path: Path, label: str) -> None:
    with pytest.warns(DataWarning) as caught:
        votes = read_votes(table(tmp_path, f"party,votes\n{label},120\namanat,70\nauyl,30\n"))
    assert dict(votes.votes) == {"amanat": 70, "auyl": 30}
    said = [warning.message for warning in caught if f"'{label}' is a number of people or papers" in str(warning.message)]
    assert [getattr(message, "is_note", False) for message in said] == [True]


def test_voters_of_every_region_are_left_out(tmp_path: Path) -> None:
    text = "region,Число избирателей,amanat,auyl\nAbai,200,70,30\nAstana,300,80,20\n"
    assert dict(read_votes(table(tmp_path, text)).votes) == {"amanat": 150, "auyl": 50}


def test_fewer_voters_than_votes_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="'Выдано бюллетеней' stands for a number of people or papers"):
        read_votes(table(tmp_path, "party,votes\nВыдано бюллетеней,99\namanat,70\nauyl,30\n"))


def test_polls_know_pct_too(tmp_path: Path) -> None:
    assert read_polls(table(tmp_path, "party,pct\namanat,70%\nauyl,30%\n"), sample_size=1000)[0].shares["auyl"] == 0.3


def test_labels_of_a_poll_with_fewer_answers_are_not_told_again(tmp_path: Path) -> None:
    rows = ["Институт,Дата,Аманат,Ауыл,Затрудняюсь", "A,01.02.2026,60%,30%,10%", "B,02.02.2026,60%,40%,"]
    with pytest.warns(DataWarning) as caught:
        read_polls(table(tmp_path, "\n".join(rows)), sample_size=1000)
    assert [" as undecided" in str(warning.message) for warning in caught if "read as:" in str(warning.message)] == [True]
