"""Pictures: they hold what they should, inside their sheet, and are written whole or not at all."""

import inspect
import os
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest
from click.testing import CliRunner

import mazhilis_sim as ms
from mazhilis_sim.cli.program import app
from mazhilis_sim.errors import MissingExtraError, SimulationError
from mazhilis_sim.names.colours import colours_of
from mazhilis_sim.pictures.forecast import MANY, OPTIONS, plot_forecast
from mazhilis_sim.pictures.marks import RESULT
from mazhilis_sim.pictures.sheets.colours import LEAST_CONTRAST, in_line, light
from on_record import quiet_polls

OFFICIAL = ms.load_election(2023).official_seats
NAMES = ms.load_election(2023).party_names
MAGIC = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}


@pytest.fixture(scope="module")
def forecast():
    return ms.simulate(ms.law("2023"), quiet_polls(2023), n_draws=5_000, seed=1)


def polled(parties, law=None):
    weights = {f"a_party_with_a_long_name_{i}": 0.87**i for i in range(parties)}
    poll = ms.Poll({party: weight / sum(weights.values()) for party, weight in weights.items()}, sample_size=1000)
    return ms.simulate(law or ms.law("2026"), poll, n_draws=5_000, seed=1)


def texts(figure):
    """Lay a picture out and return all words in it."""
    figure.draw_without_rendering()
    own = [*figure.texts, *figure.legends[0].get_texts()]
    return own + [text for axes in figure.axes for text in (*axes.texts, axes.title, axes._left_title, axes.xaxis.label)]


def test_a_panel_for_each_tier_with_median_interval_and_result(forecast):
    figure = plot_forecast(forecast, names=NAMES, official=OFFICIAL, title="2023")
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["69 list seats", "29 districts", "all 98 seats"]
    assert [axes.get_xlabel() for axes in figure.axes] == ["seats"] * 3
    total = figure.axes[2]
    rows = sorted(forecast.parties, key=lambda p: -dict(zip(forecast.lists, forecast.question.centre.shares, strict=False)).get(p, 0))
    results = [line.get_xdata()[0] for line in total.lines if line.get_color() == RESULT]
    assert results == [OFFICIAL["total"][party] for party in rows]
    medians = [line.get_xdata()[0] for line in total.lines if line.get_marker() == "o"]
    assert medians == [forecast.quantile(party, 0.5) for party in rows]
    points = [line.get_xdata()[0] for line in total.lines if line.get_marker() == "D"]
    assert points == [forecast.point["total"][party] for party in rows]
    ends = [tuple(line.get_xdata()) for line in total.lines if line.get_solid_capstyle() == "round" and len(line.get_xdata()) == 2]
    assert ends == [forecast.interval(party) for party in rows]


def test_bars_are_the_distribution(forecast):
    figure = plot_forecast(forecast)
    bars = [patch for patch in figure.axes[0].patches if round(patch.get_y()) == 0]  # the first row: the list polled highest
    counts = forecast.histogram("amanat", "list")
    heights = {round(bar.get_x() + bar.get_width() / 2): -bar.get_height() for bar in bars}
    assert heights == pytest.approx({seats: 0.62 * n / counts.max() for seats, n in enumerate(counts[: counts.nonzero()[0][-1] + 1])})


def test_a_law_without_districts_has_one_panel_with_the_majority():
    figure = plot_forecast(polled(2))
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["145 list seats"]
    assert "majority 73" in [text.get_text() for text in figure.axes[0].texts]


def test_the_footnote_says_what_it_rests_on(forecast):
    words = " ".join(" ".join(text.get_text() for text in plot_forecast(forecast).texts).split())
    parts = "Law 2023", "Strategy 2023-02-27", "Model total: sampling and nonsampling error", "Districts vary around"
    for part in (*parts, "5,000 draws, seed 1"):
        assert part in words
    bare = ms.simulate(ms.law("2026"), ms.Poll({"a": 0.6, "b": 0.4}, sample_size=1000), model="multinomial", n_draws=100, seed=1)
    assert "sampling error only" in " ".join(text.get_text() for text in plot_forecast(bare).texts)


@pytest.mark.parametrize("parties", [1, 2, 7, MANY, MANY + 1, 40])
@pytest.mark.parametrize("title", ["Forecast", "Сайлау болжамы " * 12, "a" * 5000])
def test_every_word_stands_on_the_sheet(parties, title):
    figure = plot_forecast(polled(parties), title=title)
    sheet = figure.bbox
    for text in texts(figure):
        box = text.get_window_extent()
        if text.get_text() and text.get_visible():
            assert box.x0 >= sheet.x0 - 1, text
            assert box.x1 <= sheet.x1 + 1, text
            assert box.y0 >= sheet.y0 - 1, text
            assert box.y1 <= sheet.y1 + 1, text


def test_a_title_of_several_lines_leaves_the_legend_free():
    figure = plot_forecast(polled(7), title="Сайлау болжамы " * 12)
    title, legend = texts(figure)[0], figure.legends[0]
    assert title.get_text().count("\n") == 2
    assert title.get_window_extent().y0 > legend.get_window_extent().y1 - 2
    assert legend.get_window_extent().y0 > max(axes._left_title.get_window_extent().y1 for axes in figure.axes) - 2


def test_the_command_says_the_election_and_the_finding(tmp_path):
    done = CliRunner().invoke(app, ["forecast", "2023", "--draws", "500", "--quiet", "--plot", str(tmp_path / "a.svg")])
    assert done.exit_code == 0, done.output
    said = " ".join((tmp_path / "a.svg").read_text("utf-8").split())
    assert "Forecast of the Mazhilis election of 19 March 2023: Amanat gets" in said


@pytest.mark.parametrize("colour", ["#ffffff", "#dce0e8", *colours_of(NAMES).values()])
def test_a_line_is_seen_on_white(colour):
    drawn = in_line(colour)
    assert 1.05 / (light(drawn) + 0.05) >= LEAST_CONTRAST
    assert (drawn == colour) == (1.05 / (light(colour) + 0.05) >= LEAST_CONTRAST)


def test_names_stand_apart():
    figure = plot_forecast(polled(40))
    boxes = [text.get_window_extent() for text in texts(figure) if text in figure.axes[0].texts and text.get_text()]
    assert len(boxes) > 2 * MANY
    assert not [1 for i, a in enumerate(boxes) for b in boxes[:i] if a.overlaps(b)]


def test_a_name_is_no_formula():
    poll = ms.Poll({r"a$\frac$": 0.6, "b": 0.4}, sample_size=1000)
    figure = plot_forecast(ms.simulate(ms.law("2026"), poll, n_draws=100, seed=1))
    assert r"a$\frac$" in [text.get_text() for text in texts(figure)]


@pytest.mark.parametrize("kind", MAGIC)
def test_files_are_of_their_kind(forecast, tmp_path, kind):
    forecast.plot(tmp_path / f"one.{kind}")
    assert (tmp_path / f"one.{kind}").read_bytes().startswith(MAGIC[kind])


FAULTS = {"none": {"SALT": "mazhilis_sim"}, "the day": {"NO_DATE": {"svg": {}, "pdf": {}, "png": {}}}, "ids": {"SALT": None}}
DRAW = f"""
import sys, unittest.mock, mazhilis_sim as ms
from mazhilis_sim.pictures import saving
forecast = ms.load_forecast(sys.argv[1])
for fault, changed in {FAULTS}.items():
    with unittest.mock.patch.multiple(saving, **changed):
        for kind in {list(MAGIC)}:
            forecast.plot(f"{{sys.argv[2]}}/{{fault}}.{{kind}}")
"""


@pytest.fixture(scope="module")
def drawn_twice(tmp_path_factory):
    """Draw here and in another process, on two days, as it stands and with faults planted; return the folders."""
    saved = tmp_path_factory.mktemp("forecast") / "f.json"
    polled(7, ms.law("2026").replace(list_seats=20)).save(saved)  # bars take their time
    here, there = (tmp_path_factory.mktemp("pictures") for _ in range(2))
    other_day = {**os.environ, "SOURCE_DATE_EPOCH": "86400", "PYTHONHASHSEED": "1"}
    subprocess.run([sys.executable, "-c", DRAW, saved, there], check=True, timeout=300, env=other_day)
    with mock.patch.dict(os.environ, SOURCE_DATE_EPOCH="0"), mock.patch.object(sys, "argv", ["", saved, here]):
        exec(DRAW, {})
    return here, there


@pytest.mark.parametrize(("fault", "seen"), [("none", set()), ("the day", {"svg", "pdf"}), ("ids", {"svg"})])
def test_pictures_of_one_result_are_the_same_bytes_on_every_day_and_in_every_process(drawn_twice, fault, seen):
    differ = {kind for kind in MAGIC if len({(folder / f"{fault}.{kind}").read_bytes() for folder in drawn_twice}) > 1}
    assert differ == seen


def test_other_kinds_are_refused(forecast, tmp_path):
    with pytest.raises(SimulationError, match=r"\.png, \.svg, \.pdf"):
        plot_forecast(forecast, tmp_path / "a.gif")


def test_a_failed_write_leaves_nothing(forecast, tmp_path, monkeypatch):
    def full(*_paths):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(SimulationError, match="No space left"):
        plot_forecast(forecast, tmp_path / "a.png")
    assert list(tmp_path.iterdir()) == []


def test_a_letter_that_the_font_lacks_is_no_warning(tmp_path):
    poll = ms.Poll({"党": 0.6, "b": 0.4}, sample_size=1000)
    plot_forecast(ms.simulate(ms.law("2026"), poll, n_draws=100, seed=1), tmp_path / "a.png")


def test_nothing_global_is_touched(tmp_path):
    code = (
        "import sys, mazhilis_sim as ms\n"
        "f = ms.simulate(ms.law('2026'), ms.Poll({'a': 0.6, 'b': 0.4}, sample_size=1000), n_draws=100, seed=1)\n"
        f"f.plot({str(tmp_path / 'a.png')!r})\n"
        "assert 'matplotlib.pyplot' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)
    assert Path(tmp_path / "a.png").stat().st_size > 10_000


def test_without_matplotlib_the_extra_is_named(forecast, monkeypatch):
    for name in [name for name in sys.modules if name.startswith(("matplotlib", "mazhilis_sim.pictures"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MissingExtraError, match=r'pip install "mazhilis-sim\[plot\]"'):
        forecast.plot()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"colour": "red"}, "plot has no option 'colour'; known: kind, names, official, title"),
        ({"path": 5}, 'path must name a file, such as "run.json", got 5'),
    ],
)
def test_what_a_picture_cannot_take(options, said):
    f = ms.simulate(ms.law("2026"), ms.Poll({"a": 0.6, "b": 0.4}, sample_size=1000), n_draws=5, seed=1, threads=1)
    with pytest.raises(SimulationError, match=said):
        f.plot(**options)


def test_the_options_of_a_picture_are_those_that_are_named():
    assert set(inspect.signature(plot_forecast).parameters) == {"distribution", "path", *OPTIONS}


def test_a_poll_without_a_name_is_not_named_in_the_footnote():
    f = ms.simulate(ms.law("2026"), ms.Poll({"a": 0.6, "b": 0.4}, sample_size=1000), n_draws=5, seed=1, threads=1)
    texts = [text.get_text() for text in plot_forecast(f).texts]
    assert any(text.startswith("Law 2026. Model total: ") for text in texts)
