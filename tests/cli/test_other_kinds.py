"""Votes given where polls are read, polls where votes are, and saved answers where tables are: the error says what takes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from mazhilis_sim.errors import FileError
from mazhilis_sim.files import read_polls, read_votes

VOTES = {"long": "party,votes\namanat,70000\nauyl,30000\n", "wide": "region,amanat,auyl\nAbai,70000,30000\nAstana,80000,20000\n"}
POLLS = {
    "long": "pollster,date,party,share\nA,01.02.2026,amanat,60%\nA,01.02.2026,auyl,40%\n",
    "wide": "pollster,date,amanat,auyl\nA,01.02.2026,60,40\nB,02.02.2026,61,39\n",
    "one": "pollster,date,amanat,auyl\nA,01.02.2026,60.5,39.5\n",
}


def table(tmp_path: Path, text: str, name: str = "t.csv") -> Path:
    """Write a table."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("form", VOTES)
def test_votes_for_a_forecast_are_sent_to_count(tmp_path: Path, form: str) -> None:
    with pytest.raises(FileError, match="which it looks like: mazhilis-sim count, or report --count; in Python ms.read_votes"):
        read_polls(table(tmp_path, VOTES[form]))


@pytest.mark.filterwarnings("ignore::mazhilis_sim.DataWarning")
@pytest.mark.parametrize("form", POLLS)
def test_polls_for_a_count_are_sent_to_forecast(tmp_path: Path, form: str) -> None:
    with pytest.raises(FileError, match="which it looks like: mazhilis-sim forecast; in Python ms.read_polls"):
        read_votes(table(tmp_path, POLLS[form]))


def test_per_cent_without_a_mark_are_no_votes(tmp_path: Path) -> None:
    with pytest.raises(FileError, match='write 41 % as "41%"'):
        read_polls(table(tmp_path, "party,share\namanat,41\nauyl,59\n"), sample_size=1000)


@pytest.mark.parametrize("read", [read_votes, read_polls])
def test_a_saved_answer_is_sent_to_show(tmp_path: Path, read: type) -> None:
    with pytest.raises(FileError, match="show it, if it is a saved answer: mazhilis-sim show or report"):
        read(table(tmp_path, "{}", "f.json"))
