"""Tables in hundreds of dialects are read to equal votes and polls; what is in doubt is asked back with both readings."""

from __future__ import annotations

import datetime
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from many_dialects import DAYS, ENCODINGS, FORMS, GROUPS, LANGUAGES, LAYOUTS, POLLS, SEPARATORS, SHARES, Dialect, dialects, poll_dialects
from mazhilis_sim.cli.program import app
from mazhilis_sim.errors import DataWarning, FileError
from mazhilis_sim.files import read_polls, read_votes
from mazhilis_sim.files.tables import HEADED

VOTES_IN, POLLS_IN = dialects(480), poll_dialects(240)
CERTAIN = [dialect for dialect in VOTES_IN if not dialect.doubtful]
DOUBTFUL = [dialect for dialect in VOTES_IN if dialect.doubtful]


def quietly(read: Callable[..., Any], path: Path, **options: Any) -> Any:
    """Read a table, whatever is said of its labels."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DataWarning)
        return read(path, **options)


def outcome(folder: Path, dialect: Dialect, said: str | None = None) -> dict[str, int] | str:
    """Write a table and read it: the votes, or what was refused."""
    path = folder / "votes.csv"
    path.write_bytes(dialect.content())
    try:
        read = quietly(read_votes, path, dialect=said)
    except FileError as error:
        return str(error)
    return {**read.votes, "against_all": read.against_all}


@pytest.mark.parametrize("word", ["%", "percent", "Проценты", "пайыз"])
def test_words_for_per_cent_are_answered_with_it(word: str, tmp_path: Path) -> None:
    (tmp_path / "votes.csv").write_text("party,votes\na,1\n", encoding="utf-8")
    with pytest.raises(FileError, match="did you mean 'per cent'"):
        read_votes(tmp_path / "votes.csv", dialect=word)


@pytest.mark.parametrize("command", ["forecast", "count"])
def test_help_lists_the_words_of_a_dialect(command: str) -> None:
    said = " ".join(CliRunner().invoke(app, [command, "--help"]).stdout.split())
    assert "semicolon, tab or bar; an encoding; decimal comma or point; thousands comma, point, blank or apostrophe; day first" in said
    assert "per cent; sheet NAME" in said


def test_there_are_hundreds_of_dialects_with_everything_in_them() -> None:
    assert len(set(VOTES_IN)) >= 200
    assert len(CERTAIN) >= 180
    assert len(DOUBTFUL) >= 20
    for field, known in {
        "encoding": ENCODINGS,
        "separator": SEPARATORS,
        "groups": GROUPS,
        "layout": LAYOUTS,
        "language": LANGUAGES,
    }.items():
        assert {getattr(dialect, field) for dialect in CERTAIN} == set(known)


def test_every_dialect_without_a_doubt_is_read_to_equal_votes(tmp_path: Path) -> None:
    wrong = {dialect: found for dialect in CERTAIN if (found := outcome(tmp_path, dialect)) != dialect.numbers}
    assert wrong == {}


def test_what_is_in_doubt_is_asked_back_with_place_and_both_readings(tmp_path: Path) -> None:
    for dialect in DOUBTFUL:
        said = outcome(tmp_path, dialect)
        name = {",": "comma", ".": "point"}[dialect.doubtful]
        assert isinstance(said, str), dialect
        for word in ("votes.csv, row ", ", column ", f"(thousands {name}) or ", f'"thousands {name}" or "decimal {name}"'):
            assert word in said, (dialect, said)


def test_the_dialect_that_is_said_settles_a_doubt(tmp_path: Path) -> None:
    names = {",": "thousands comma", ".": "thousands point"}
    wrong = {dialect for dialect in DOUBTFUL if outcome(tmp_path, dialect, names[dialect.doubtful]) != dialect.numbers}
    assert wrong == set()


def test_what_was_found_out_can_be_said(tmp_path: Path) -> None:
    for dialect in CERTAIN[::4]:
        path = tmp_path / "votes.csv"
        path.write_bytes(dialect.content())
        first = quietly(read_votes, path).read_as.partition(";")[0]
        for form in HEADED.values():
            first = first.removesuffix(form).rstrip(", ")
        words = "" if first.startswith("row") else first
        assert outcome(tmp_path, dialect, words) == dialect.numbers, words


# -- polls -------------------------------------------------------------------------------------------------------------


def test_polls_in_every_dialect_are_read_to_equal_polls(tmp_path: Path) -> None:
    expected = [
        (pollster, datetime.date.fromisoformat(day), size, {id_: round(share, 9) for id_, share in answers.items()})
        for (pollster, day, size), answers in POLLS.items()
    ]
    assert {dialect.days for dialect in POLLS_IN} == set(DAYS)
    assert {dialect.shares for dialect in POLLS_IN} == set(SHARES)
    assert {dialect.form for dialect in POLLS_IN} == set(FORMS)
    path = tmp_path / "polls.csv"
    for dialect in POLLS_IN:
        path.write_bytes(dialect.content())
        found = [
            (poll.pollster, poll.date, poll.sample_size, {**poll.shares, "undecided": poll.undecided}) for poll in quietly(read_polls, path)
        ]
        rounded = [(*described, {id_: round(share, 9) for id_, share in shares.items()}) for *described, shares in found]
        assert rounded == expected, dialect
