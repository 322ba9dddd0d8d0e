"""Saved forecasts of every format that there ever was, kept in tests/saved as they were written, are read for ever."""

from __future__ import annotations

import json
from contextlib import nullcontext
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import mazhilis_sim as ms
from mazhilis_sim.kernels.steps.random_words import VERSION
from mazhilis_sim.simulation import saving

SAVED = Path(__file__).parents[1] / "saved"
FILES = sorted(SAVED.glob("*.json"))


TODAY = [path for path in FILES if f"stream_{VERSION}_" in path.name]
"""Those of which the same draws can be made again."""


def load(path: Path) -> ms.SeatDistribution:
    """Read a file; where an older stream drew it, that is said."""
    said = nullcontext() if path in TODAY else pytest.warns(ms.DataWarning, match=f"of the random stream, and this is version {VERSION}")
    with said:
        return ms.load_forecast(path)


@cache
def read(name: str) -> ms.SeatDistribution:
    """Read one of the files."""
    return load(SAVED / f"{name}.json")


def test_every_format_has_files_and_a_module() -> None:
    assert {tuple(path.name.split("_")[:2]) for path in FILES} == {("format", str(number)) for number in saving.FORMATS}
    assert saving.FORMAT == "mazhilis_sim forecast 1"


def test_every_stream_has_files_that_say_it() -> None:
    assert {(path.name.split("_")[3], load(path).stream) for path in FILES} == {(str(stream), stream) for stream in range(1, VERSION + 1)}


def test_draws_of_two_streams_do_not_add_up() -> None:
    with pytest.raises(ms.SimulationError, match="stream"):
        read("format_1_stream_1_lists") + read(f"format_1_stream_{VERSION}_lists")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_says_what_it_said_when_it_was_written(path: Path) -> None:
    """The numbers beside the tallies were computed when it was written, by the code of that day."""
    written, now = json.loads(path.read_text(encoding="utf-8")), load(path)
    assert now.summary() == written["summary"]
    assert now.n_draws == written["n_draws"]
    assert json.loads(json.dumps(now.to_dict())) == {key: value for key, value in written.items() if key != "run"}
    assert now.run == written["run"]


@pytest.mark.parametrize("path", TODAY, ids=lambda path: path.stem)
def test_the_same_draws_are_made_again(path: Path) -> None:
    now = ms.load_forecast(path)
    assert now.rerun(threads=1).to_dict() == now.to_dict()


def test_a_chamber_with_districts_and_coalitions() -> None:
    f = read("format_1_stream_1_chamber")
    assert (f.seed, f.spans, f.law, f.question.model) == (2023, ((0, 40), (100, 120)), ms.law("2023"), ms.models.Total())
    assert f.question.coalitions == (("aq_jol", "auyl"), ("amanat", "independents"))
    assert [f.quantile(party, 0.5) for party in f.parties] == [4, 5, 0, 6, 0, 71, 4, 8]
    assert (f.p_enters("auyl"), f.p_enters("jsdp")) == (ms.Probability(52, 60), ms.Probability(5, 60))
    assert (f.p_majority("amanat").successes, f.p_majority(["auyl", "aq_jol"]).successes) == (60, 0)
    assert f.point["total"] == dict(zip(f.parties, (5, 5, 0, 6, 0, 71, 4, 7), strict=True))
    assert len(f.question.districts or ()) == 29


def test_a_chamber_of_lists_by_another_method_with_lots() -> None:
    f = read("format_1_stream_1_lists")
    assert (f.law.method, f.law.ties, f.law.list_seats, f.question.centre.votes) == ("dhondt", "lots", 12, 1000)
    assert f.question.model == ms.models.Total(sigma=0.3, df=4, bias={"a": 0.1})  # type: ignore[arg-type]
    assert (f.seed, f.spans) == (2**64 - 1, ((7, 57),))
    assert [f.interval(party) for party in f.parties] == [(5, 10), (2, 6), (0, 2), (0, 1)]
    assert f.tallies["coalitions"].tolist() == [[0, 1, 2, 5, 16, 15, 6, 3, 1, 1, 0, 0, 0]]


def test_an_election_under_the_printed_margin() -> None:
    f = read("format_1_stream_1_election")
    assert (f.law.name, f.question.model) == ("2007", ms.models.Margin())
    assert [f.mean(party) for party in f.parties] == [98, 0, 0]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("mazhilis_sim forecast 2", "its format must be 'mazhilis_sim forecast 1', and a later version wrote it"),
        ("mazhilis_sim forecast", "its format must be 'mazhilis_sim forecast 1'$"),
        ("mazhilis_sim piece 1", "its format must be"),
        (1, "its format must be"),
        (None, "its format must be"),
    ],
)
def test_a_format_that_is_not_known_is_refused(name: Any, said: str, tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text(json.dumps({**read("format_1_stream_1_lists").to_dict(), "format": name}))
    with pytest.raises(ms.SimulationError, match=f"run.json is not a saved forecast: {said}"):
        ms.load_forecast(tmp_path / "run.json")
