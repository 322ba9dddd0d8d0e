"""Polls that cannot be used end in an error that names row and column; those only doubtful in a warning that a user commands."""

from __future__ import annotations

import datetime
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import mazhilis_sim as ms
from mazhilis_sim.errors import FileError
from mazhilis_sim.files import read_polls

HEADER = "pollster,date,sample_size,margin,party,share,start,election_date,confidence,design_effect"
NAN, INF = float("nan"), float("inf")


TWO = (("a", "60%"), ("b", "40%"))


def rows(
    *,
    date: str = "2026-08-01",
    size: str = "1000",
    margin: str = "",
    shares: tuple[tuple[str, str], ...] = TWO,
    start: str = "",
    election: str = "2026-08-23",
    confidence: str = "",
    effect: str = "",
) -> list[str]:
    """Write the rows of one poll."""
    return [",".join(("PORI", date, size, margin, party, share, start, election, confidence, effect)) for party, share in shares]


def written(folder: Path, *polls: list[str]) -> Path:
    """Write a file of polls; the first poll starts in row 2."""
    path = folder / "polls.csv"
    path.write_text("\n".join([HEADER, *(row for poll in polls for row in poll)]) + "\n", encoding="utf-8")
    return path


SOUND = rows()

# What is wrong, the rows, the row of the file that the message names, and the words that name column and cause.
UNUSABLE: list[tuple[str, list[str], int, tuple[str, ...]]] = [
    ("no parties", rows(shares=(("undecided", "100%"),)), 4, ("share above 0",)),
    ("against all alone", rows(shares=(("against_all", "100%"),)), 4, ("share above 0",)),
    ("shares of zero", rows(shares=(("a", "0"), ("b", "0%"))), 4, ("share above 0",)),
    ("shares over 100 %", rows(shares=(("a", "60%"), ("b", "45%"))), 4, ("shares", "must not exceed 102 %, got 105.0 %")),
    ("a share over 100 %", rows(shares=(("a", "60%"), ("b", "145%"))), 5, ("column share", "must lie in [0, 1], got '145%'")),
    ("a bare percentage", rows(shares=(("a", "60"),)), 4, ("column share", 'write 60 % as "60%"')),
    ("a negative share", rows(shares=(("a", "-5%"),)), 4, ("column share", "must lie in [0, 1]", "got '-5%'")),
    ("NaN for a share", rows(shares=(("a", "NaN"),)), 4, ("column share", "must be a share")),
    ("infinity for a share", rows(shares=(("a", "inf"),)), 4, ("column share", "must be a share")),
    ("no share", rows(shares=(("a", ""),)), 4, ("column share", "got nothing")),
    ("a party twice", rows(shares=(("a", "60%"), ("a", "40%"))), 5, ("column party", "stands twice, in rows 4 and 5")),
    ("n = 0", rows(size="0"), 4, ("column sample_size", "between 1 and 1,000,000,000,000, got '0'")),
    ("NaN for n", rows(size="nan"), 4, ("column sample_size", "whole number")),
    ("half a person", rows(size="10.5"), 4, ("column sample_size", "whole number")),
    ("margin 0", rows(margin="0"), 4, ("margin must lie between 0 and 50 %",)),
    ("margin 50 %", rows(margin="50%"), 4, ("margin must lie between 0 and 50 %",)),
    ("NaN for a margin", rows(margin="nan"), 4, ("column margin", "must be a share")),
    ("a bare margin", rows(margin="3"), 4, ("column margin", 'write 3 % as "3%"')),
    ("dates reversed", rows(start="2026-08-03"), 4, ("dates are reversed", "start must not be after date")),
    ("a date after the election", rows(date="2026-08-24"), 4, ("date must not be after the election of 2026-08-23, got 2026-08-24",)),
    ("no year", rows(date="31 August"), 4, ("column date", "must have a year, got '31 August'", "such as 31 August 2026")),
    ("no date", rows(date="soon"), 4, ("column date", "must be a date such as")),
    ("an impossible day", rows(election="2026-02-30"), 4, ("column election_date", "must be a date such as")),
    ("a level in percent", rows(confidence="95"), 4, ("confidence must lie in (0, 1), got 95.0",)),
    ("a design effect of 0", rows(effect="0"), 4, ("design_effect must be a number above 0",)),
]


@pytest.mark.parametrize(("wrong", "row", "said"), [case[1:] for case in UNUSABLE], ids=[case[0] for case in UNUSABLE])
def test_a_poll_that_cannot_be_used_names_row_and_column(tmp_path: Path, wrong: list[str], row: int, said: tuple[str, ...]) -> None:
    other = [line.replace("PORI", "IEI") for line in SOUND]
    path = written(tmp_path, other, wrong)
    with pytest.raises((ms.PollError, FileError)) as error:
        read_polls(path)
    message = str(error.value)
    assert f"{path}, row {row}" in message
    assert "\n" not in message
    for words in said:
        assert words in message


@pytest.mark.parametrize(
    "call",
    [
        lambda: ms.Poll({}),
        lambda: ms.Poll({"a": 0.6, "b": 0.45}, sample_size=1000),
        lambda: ms.Poll({"a": NAN}),
        lambda: ms.Poll({"a": np.float64("nan")}),
        lambda: ms.Poll({"a": 1.0}, sample_size=0),
        lambda: ms.Poll({"a": 1.0}, sample_size=NAN),
        lambda: ms.Poll({"a": 1.0}, sample_size=INF),
        lambda: ms.Poll({"a": 1.0}, margin=0.0),
        lambda: ms.Poll({"a": 1.0}, margin=NAN),
        lambda: ms.Poll({"a": 1.0}, effective_size=NAN),
        lambda: ms.Poll({"a": 1.0}, design_effect=NAN),
        lambda: ms.Poll({"a": 1.0}, kappa=-1),
        lambda: ms.Poll({"a": 1.0}, effective_size=0.5),
        lambda: ms.Poll({"a": 0.01}, sample_size=20, undecided=0.99),
        lambda: ms.Poll({"a": 1.0}, undecided=NAN),
        lambda: ms.Poll({"a": 1.0}, start="2026-08-02", date="2026-08-01", sample_size=9),
        lambda: ms.Poll({"a": 1.0}, date="2026-08-24", election_date="2026-08-23", sample_size=9),
    ],
)
@pytest.mark.filterwarnings("ignore::mazhilis_sim.PollWarning")
def test_the_same_polls_are_refused_without_a_file(call: Callable[[], Any]) -> None:
    with pytest.raises(ms.PollError, match="^poll"):
        call()


def test_polls_of_an_election_are_not_taken_after_it() -> None:
    late = ms.Poll({"a": 1.0}, sample_size=9, date="2026-08-24", pollster="x")
    with pytest.raises(ms.PollError, match="poll x 2026-08-24: date must not be after the election of 2026-08-23, got 2026-08-24"):
        ms.Polls((late,), election_date=datetime.date(2026, 8, 23))
    after = ms.Poll({"a": 1.0}, sample_size=9, date="2026-08-24", kind="exit_poll")
    assert len(ms.Polls((after,), election_date=datetime.date(2026, 8, 23))) == 1


def test_a_percentage_above_100_is_not_answered_with_another_one() -> None:
    with pytest.raises(ms.PollError, match=r"must lie in \[0, 1\], got '160%'$"):
        ms.Poll({"a": "160%"})


# -- doubts ------------------------------------------------------------------------------------------------------------

DOUBTFUL: list[tuple[str, list[str], str]] = [
    ("neither size nor margin", rows(size=""), "neither sample size nor margin is printed; n = 1,600 is assumed"),
    ("a margin too small", rows(size="2000", margin="1.1%"), "a margin of 1.1 % needs a sample of 7,937, got 2,000"),
    ("shares that miss 100 %", rows(shares=(("a", "60%"), ("b", "37%"))), "shares sum to 97.0 %, not 100 %"),
    ("undecided beside 100 %", rows(shares=(("a", "60%"), ("b", "40%"), ("undecided", "7.6%"))), "(undecided included) sum to 107.6 %"),
]


@pytest.mark.parametrize(("doubtful", "said"), [case[1:] for case in DOUBTFUL], ids=[case[0] for case in DOUBTFUL])
class TestADoubtfulPoll:
    def test_is_a_warning_that_names_the_row(self, tmp_path: Path, doubtful: list[str], said: str) -> None:
        with pytest.warns(ms.PollWarning) as caught:
            polls = read_polls(written(tmp_path, doubtful))
        (warning,) = caught
        assert str(warning.message).startswith(f"{tmp_path / 'polls.csv'}, row 2: poll PORI 2026-08-01: ")
        assert said in str(warning.message)
        assert said in polls[0].doubts[0]

    def test_can_be_silenced(self, tmp_path: Path, doubtful: list[str], said: str) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ms.PollWarning)
            polls = read_polls(written(tmp_path, doubtful))
        assert said in polls[0].doubts[0]  # silenced, not forgotten
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ms.DataWarning)
            read_polls(written(tmp_path, doubtful))

    def test_can_be_an_error(self, tmp_path: Path, doubtful: list[str], said: str) -> None:
        path = written(tmp_path, doubtful)
        with warnings.catch_warnings():
            warnings.simplefilter("error", ms.PollWarning)
            with pytest.raises(ms.PollWarning) as error:
                read_polls(path)
        assert said in str(error.value)

    def test_is_used_all_the_same(self, tmp_path: Path, doubtful: list[str], said: str) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ms.PollWarning)
            poll = read_polls(written(tmp_path, doubtful)).final()
        assert sum(poll.q.values()) == pytest.approx(1), said
        assert poll.n_eff > 0


def test_a_warning_points_at_the_users_line_however_deep_the_doubt_is_found(tmp_path: Path) -> None:
    path = written(tmp_path, DOUBTFUL[0][1])
    calls = (lambda: ms.Poll({"a": 0.9}, sample_size=1000), lambda: ms.load_polls(2023), lambda: read_polls(path))
    for call in calls:
        with pytest.warns(ms.PollWarning) as caught:
            call()
        assert {warning.filename for warning in caught} == {__file__}


def test_the_polls_on_record_warn_once_each_and_of_nothing_else() -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        polls = ms.load_polls(2023)
    said = sorted(str(warning.message) for warning in caught)
    assert said == sorted(f"{poll.label}: {doubt}" for poll in polls for doubt in poll.doubts)
    assert {warning.category for warning in caught} == {ms.PollWarning}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        polls.pooled()  # what was said of the members is not said again
