"""The answer of a forecast on one screen: everything that one wants to know first, and nothing cut."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from mazhilis_sim.cli.forecasting.answer import lines_of_screen
from mazhilis_sim.cli.program import app
from mazhilis_sim.simulation.distribution.probability import Probability
from mazhilis_sim.tables import rough_chance

LONG = "A party of people with a long name"


def forecast(*words: str, width: int = 80, lines: int = 24) -> list[str]:
    """Forecast, and return the lines of a screen."""
    done = CliRunner().invoke(app, ["forecast", *words, "--draws", "2000"], env={"COLUMNS": str(width), "LINES": str(lines)})
    assert done.exit_code == 0, done.output
    return done.stdout.rstrip("\n").split("\n")


@pytest.fixture
def many(tmp_path: Path) -> str:
    """Write polled shares of forty parties, which fall."""
    weights = [2 ** (-i / 6) for i in range(40)]
    shares = [round(100 * weight / sum(weights), 3) for weight in weights]
    rows = "".join(f"{LONG} {i},{share}%\n" for i, share in enumerate(shares))
    path = tmp_path / "many.csv"
    path.write_text(f"party,share\n{rows}", encoding="utf-8")
    return str(path)


@pytest.fixture
def two(tmp_path: Path) -> str:
    """Write polled shares of two parties."""
    path = tmp_path / "two.csv"
    path.write_text("party,share\na,60%\nb,40%\n", encoding="utf-8")
    return str(path)


def of_file(path: str, **screen: int) -> list[str]:
    """Forecast a file of one poll."""
    return forecast(path, "--law", "2026", "--sample-size", "1000", **screen)


@pytest.mark.parametrize("year", ["2021", "2023"])
@pytest.mark.parametrize("code", ["kk", "ru"])
def test_the_record_fits_a_small_screen_in_every_language(code: str, year: str) -> None:
    lines = forecast(year, "--lang", code)
    assert len(lines) <= 24
    assert max(map(len, lines)) <= 80


def test_the_record_fits_a_small_screen_with_every_party() -> None:
    lines = forecast("2023")
    assert len(lines) <= 24
    assert max(map(len, lines)) <= 80
    text = "\n".join(lines)
    for party in ("Amanat", "Auyl", "Aq Jol", "People's Party", "Respublica", "JSDP", "Baytaq", "Independents"):
        assert re.search(rf"^{party} ", text, re.MULTILINE)
    for word in ("98 seats by law 2023", "majority of 98", "polls", "model", "districts", "2,000, seed 2023", "--verbose"):
        assert word in text


@pytest.mark.parametrize("width", [60, 80, 120])
def test_forty_parties_fit_and_who_is_left_out_is_said(many: str, width: int) -> None:
    lines = of_file(many, width=width)
    assert max(map(len, lines)) <= width
    assert len(lines) <= (24 if width >= 80 else 38)  # where a name takes two lines, and so does what half and twice the error make
    assert "…" not in "".join(lines)
    shown = [line for line in lines if line.startswith("A party")]
    (left,) = (line for line in lines if "others:" in line)
    assert int(left.split()[0]) == 40 - len(shown)
    assert left.endswith("or less for a seat each")


def test_a_larger_screen_shows_more_parties(many: str) -> None:
    few, more = (sum(line.startswith("A party") for line in of_file(many, lines=lines)) for lines in (24, 40))
    assert few < more
    assert len(of_file(many, lines=40)) <= 40


def test_those_that_may_expect_most_are_shown(many: str) -> None:
    shown = [line for line in of_file(many, width=120) if line.startswith("A party")]
    assert re.findall(r"name (\d+)", "\n".join(shown)) == [str(number) for number in range(len(shown))]


@pytest.mark.parametrize("width", [40, 60, 80])
def test_two_parties(two: str, width: int) -> None:
    text = "\n".join(of_file(two, width=width))
    assert "…" not in text
    assert max(map(len, text.split("\n"))) <= width
    assert re.search(r"^a .*60\.0 %", text, re.MULTILINE)


def test_at_forty_columns_nothing_is_cut() -> None:
    lines = forecast("2023", width=40)
    assert max(map(len, lines)) <= 40
    assert "…" not in "".join(lines)
    assert sum(line.startswith("Baytaq") for line in lines) == 3  # every part of the table


def test_list_and_district_seats_stand_apart_with_what_the_districts_rest_on() -> None:
    lines = forecast("2023", width=120)
    head = next(line for line in lines if "polled" in line)
    assert re.search(r"lists +districts +seats +90 %", head)
    (amanat,) = (line for line in lines if line.startswith("Amanat"))
    (lists, districts, every) = (tuple(map(int, found)) for found in re.findall(r"(\d+)–(\d+)", amanat))
    assert districts[1] <= 29 < lists[0] < every[0] <= lists[1] + districts[1]
    text = " ".join(" ".join(lines).split())
    assert "around the official district result of 2023, which is the answer itself; polled: district 3" in text
    assert "districts" not in next(line for line in forecast("2023", "--districts", "none") if "polled" in line)


@pytest.mark.parametrize(("asked", "lines"), [("50", 50), ("10", 24), ("", 24), ("many", 24), ("9" * 9, 24), ("-5", 24)])
def test_lines_of_a_screen(monkeypatch: pytest.MonkeyPatch, asked: str, lines: int) -> None:
    monkeypatch.setenv("LINES", asked)
    assert lines_of_screen() == lines


def test_a_changed_law_is_named() -> None:
    assert any("by law 2023 (changed)" in line for line in forecast("2023", "--set", "threshold=7%", "--districts", "none"))


@pytest.mark.parametrize(
    ("successes", "draws", "shown"),
    [(625, 1000, "62 %"), (9, 10_000, "< 1 %"), (9_999, 10_000, "> 99 %"), (0, 10_000, "< 1 %"), (50, 100, "50 %"), (0, 10, "?")],
)
def test_chances_of_the_answer_have_no_digits_that_the_model_does_not_bear_out(successes: int, draws: int, shown: str) -> None:
    assert rough_chance(Probability(successes, draws)) == shown


def test_days_errors_and_half_and_twice_the_error_are_said() -> None:
    text = "\n".join(forecast("2023", width=120))
    assert re.search(r"^Forecast of the Mazhilis election of 19 March 2023, \d+ days after its polls$", text, re.MULTILINE)
    assert "median, and nine of ten draws: sampling, poll errors, drift" in text
    (line,) = (line for line in text.split("\n") if line.strip().startswith("half or twice"))
    found = re.search(r"half or twice +errors: Amanat (\d+)–(\d+) or (\d+)–(\d+), .* enters .* or ", line)
    assert found
    low, high, lowest, highest = map(int, found.groups())
    assert lowest < low < high < highest


def test_drift_is_said_where_a_preset_has_it() -> None:
    assert "poll errors, drift" in "\n".join(forecast("2023", "--preset", "kazakhstan", width=120))
    assert "drift" not in "\n".join(forecast("2023", "--preset", "2025", width=120))


def test_sampling_error_alone_is_said_and_has_no_half() -> None:
    text = "\n".join(forecast("2023", "--model", "multinomial", width=120))
    assert "nine of ten draws: sampling error alone" in text
    assert "half or twice" not in text


def test_a_preset_is_for_total_alone() -> None:
    done = CliRunner().invoke(app, ["forecast", "2023", "--model", "margin", "--preset", "mature"])
    assert (done.exit_code, "--preset" in done.stderr) == (2, True)
    unknown = CliRunner().invoke(app, ["forecast", "2023", "--preset", "matur"])
    assert (unknown.exit_code, "did you mean 'mature'" in unknown.stderr) == (2, True)
