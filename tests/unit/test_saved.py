"""Saved forecasts of every format that there ever was, kept in tests/saved as they were written, are read for ever."""

from __future__ import annotations

import json
from contextlib import nullcontext
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest

import mazhilis_sim as ms
from fuzzing import saved
from mazhilis_sim.kernels.steps.random_words import VERSION
from mazhilis_sim.simulation import saving
from mazhilis_sim.simulation.saving import reader

SAVED = Path(__file__).parents[1] / "saved"
FILES = sorted(SAVED.glob("*.json"))


TODAY = [path for path in FILES if f"stream_{VERSION}_" in path.name]
"""Those of which the same draws can be made again."""


def doubts(path: Path) -> list[str]:
    """Return what must be said of a file: of format 1, that nothing tells whether it is whole; of an older stream, that one drew it."""
    said = ["is of format 1, which has no checksum"] if path.name.startswith("format_1_") else []
    return said if path in TODAY else [*said, f"of the random stream, and this is version {VERSION}"]


def load(path: Path) -> ms.SeatDistribution:
    """Read a file, of which all doubts are said in one warning."""
    with pytest.warns(ms.DataWarning, match=".*".join(doubts(path))) if doubts(path) else nullcontext() as heard:
        read = ms.load_forecast(path)
    assert heard is None or len(heard) == 1
    return read


@cache
def read(name: str) -> ms.SeatDistribution:
    """Read one of the files."""
    return load(SAVED / f"{name}.json")


def test_every_format_has_files_and_a_module() -> None:
    assert {tuple(path.name.split("_")[:2]) for path in FILES} == {("format", str(number)) for number in saving.FORMATS}
    assert saving.FORMAT == "mazhilis_sim forecast 2"


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
    assert said(json.loads(json.dumps(now.to_dict()))) == said(written)
    assert now.run == written["run"]


def said(content: dict[str, Any]) -> dict[str, Any]:
    """Return what every format says."""
    return {key: value for key, value in content.items() if key not in ("format", "checksum", "run")}


@pytest.mark.parametrize("path", TODAY, ids=lambda path: path.stem)
def test_the_same_draws_are_made_again(path: Path) -> None:
    now = load(path)
    assert now.rerun(threads=1).to_dict() == now.to_dict()


def test_a_chamber_with_districts_and_coalitions() -> None:
    f = read("format_1_stream_1_chamber")
    assert (f.seed, f.spans, f.law, f.question.model) == (2023, ((0, 40), (100, 120)), ms.law("2023"), ms.models.Total(preset="2025"))
    assert f.question.coalitions == (("aq_jol", "auyl"), ("amanat", "independents"))
    assert [f.quantile(party, 0.5) for party in f.parties] == [4, 5, 0, 6, 0, 71, 4, 8]
    assert (f.p_enters("auyl"), f.p_enters("jsdp")) == (ms.Probability(52, 60), ms.Probability(5, 60))
    assert (f.p_majority("amanat").successes, f.p_majority(["auyl", "aq_jol"]).successes) == (60, 0)
    assert f.point["total"] == dict(zip(f.parties, (5, 5, 0, 6, 0, 71, 4, 7), strict=True))
    assert len(f.question.districts or ()) == 29


def test_a_chamber_of_lists_by_another_method_with_lots() -> None:
    f = read("format_1_stream_1_lists")
    assert (f.law.method, f.law.ties, f.law.list_seats, f.question.centre.votes) == ("dhondt", "lots", 12, 1000)
    assert f.question.model == ms.models.Total(sigma=0.3, df=4, bias={"a": 0.1}, preset="2025")  # type: ignore[arg-type]
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
        ("mazhilis_sim forecast 3", "its format must be .* or 'mazhilis_sim forecast 2', and a later version wrote it"),
        ("mazhilis_sim forecast", "its format must be 'mazhilis_sim forecast 1' or 'mazhilis_sim forecast 2'$"),
        ("mazhilis_sim piece 1", "its format must be"),
        (1, "its format must be"),
        (None, "its format must be"),
    ],
)
def test_a_format_that_is_not_known_is_refused(name: Any, said: str, tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text(json.dumps({**read("format_1_stream_1_lists").to_dict(), "format": name}))
    with pytest.raises(ms.SimulationError, match=f"run.json is not a saved forecast: {said}"):
        ms.load_forecast(tmp_path / "run.json")


# -- damaged and forged -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return saved.in_file(saved.small_forecast(), tmp_path_factory.mktemp("saved"))


def test_every_single_bit_flip_is_refused_or_changes_nothing(small: bytes) -> None:
    assert list(saved.bit_flips(small)) == []


def test_the_same_flips_of_format_1_change_answers(small: bytes) -> None:
    """What the search finds where there is no checksum."""
    content = {key: value for key, value in json.loads(small).items() if key != "checksum"}
    old = json.dumps({**content, "format": "mazhilis_sim forecast 1"}).encode()
    start = old.index(b"point")
    assert any("changes what is read" in found for found in saved.bit_flips(old, range(8 * start, 8 * start + 800)))


def test_how_a_file_is_laid_out_does_not_matter(small: bytes, tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text(json.dumps(json.loads(small), indent=2, sort_keys=True))
    assert ms.load_forecast(tmp_path / "run.json") == saved.small_forecast()


def test_names_with_half_a_letter_are_read_as_they_were_written(tmp_path: Path) -> None:
    f = ms.simulate(ms.law("2026"), ms.Poll({"a": 0.6, "b": 0.4}, sample_size=900, pollster="\ud800"), n_draws=5, seed=1)
    f.save(tmp_path / "run.json")
    assert ms.load_forecast(tmp_path / "run.json").tallies["entries"].tolist() == f.tallies["entries"].tolist()


def test_the_number_of_a_format_is_part_of_what_is_checked(small: bytes, tmp_path: Path) -> None:
    """A file of format 2 does not pass as one of format 1, of which nothing would be checked."""
    (tmp_path / "run.json").write_bytes(small.replace(b"forecast 2", b"forecast 1"))
    with pytest.raises(ms.SimulationError, match="is a saved forecast that cannot be read: its format must be"):
        ms.load_forecast(tmp_path / "run.json")


def test_a_forged_value_is_refused_by_name_or_answers(small: bytes) -> None:
    """A checksum can be computed by anyone, so the content is checked all the same; `python benchmarks/fuzz.py saved` tries all of it."""
    assert list(saved.forgeries(json.loads(small), Random(1), share=0.05)) == []


def test_a_forged_value_that_is_not_looked_at_is_found(small: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader.Reader, "point", lambda self: self.saved["point"])
    assert list(saved.forgeries(json.loads(small), Random(1), share=0.3, under="point"))


@pytest.mark.parametrize(("ending", "method"), [("parquet", "parquet"), ("csv", "csv"), ("xlsx", "excel")])
def test_a_forecast_is_not_saved_under_the_name_of_a_table(ending: str, method: str, tmp_path: Path) -> None:
    forecast = ms.simulate(ms.law("2026"), ms.Poll({"a": 0.6, "b": 0.4}, sample_size=1000), n_draws=50, seed=1)
    target = tmp_path / f"x.{ending}"
    with pytest.raises(ms.SimulationError, match=rf"must be JSON, got a name in \.{ending}; write f\.to_frame\(\)\.to_{method}\("):
        forecast.save(target)
    assert not target.exists()
