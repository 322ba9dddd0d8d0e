"""Every picture: no words over each other or beyond the sheet from 1 to 40 parties, what it says is so, the same bytes twice."""

import itertools
import os
import struct
import subprocess
import sys
from dataclasses import replace
from functools import cache, lru_cache

import numpy as np
import pytest
from matplotlib.colors import to_rgb

import mazhilis_sim as ms
from mazhilis_sim import testing
from mazhilis_sim.errors import MissingExtraError, SimulationError
from mazhilis_sim.judging.evaluation import Covered
from mazhilis_sim.judging.scored import Judged
from mazhilis_sim.names.colours import IN_TURN, colours_of
from mazhilis_sim.names.record import party_names
from mazhilis_sim.names.reserved import ASSEMBLY
from mazhilis_sim.names.stored import read_table
from mazhilis_sim.pictures import hemicycle
from mazhilis_sim.pictures.marks import RESULT
from mazhilis_sim.pictures.questions import sweeps
from mazhilis_sim.pictures.sheets import bars, colours, letters, ranges, sheet
from mazhilis_sim.pictures.sheets.sheet import Said
from mazhilis_sim.questions.changing import changed_by
from mazhilis_sim.questions.why import Effect, Why
from on_record import quiet_polls

LONG = [name.name for name in party_names() if name.language in ("kk", "ru") and name.kind == "full"]
MAGIC = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}


def called(parties):
    """Return Kazakh and Russian names."""
    return {f"p{i}": LONG[i % len(LONG)] for i in range(parties)}


def voted(parties):
    return {f"p{i}": 1_000 + int(1e6 * 0.9**i) for i in range(parties)}


def law(parties):
    return ms.law("2026").replace(threshold="0%" if parties > 7 else "5%")


@cache
def forecast(parties):
    poll = poll_of(voted(parties))
    return ms.simulate(law(parties), poll, n_draws=500, seed=1)


@cache
def chamber(parties):
    return ms.elect(law(parties), ms.Election(list_votes=voted(parties)))


def swept(parties):
    poll = poll_of(voted(parties))
    return ms.sweep_forecast(law(parties), poll, "threshold", ["0%", "1%", "5%"], n_draws=200, seed=1)


def election(parties):
    """Return an election with three regions, each of which leans another way."""
    shift = {place: {p: 1 + n * (i + place) % 997 for i, (p, n) in enumerate(voted(parties).items())} for place in range(3)}
    return ms.Election.from_regions([ms.Region(f"r{place}", LONG[place], votes) for place, votes in shift.items()], name="2030")


def polls(parties):
    asked = [voted(parties), {f"p{i}": 2_000 + int(1e6 * 0.8**i) for i in range(parties)}]
    return ms.Polls([poll_of(votes, pollster=LONG[place], date=f"2030-03-0{place + 1}") for place, votes in enumerate(asked)])


def poll_of(votes, **said):
    return ms.Poll({party: count / sum(votes.values()) for party, count in votes.items()}, sample_size=1000, **said)


@cache
def paired(parties):
    poll = poll_of(voted(parties))
    return ms.simulate_paired({"as it is": law(parties), "none": law(parties).replace(threshold=0)}, poll, n_draws=200, seed=1)


def reasons(parties):
    effects = [Effect(f"{LONG[i % len(LONG)]} polled {i} points higher", ms.Difference(0.1 - 0.02 * i, 0.01, True)) for i in range(parties)]
    return Why("p0", tuple(effects), "p_enters", forecast(parties))


PICTURES = {
    "law": lambda n: ms.law("2023").replace(name=LONG[0], appointed_seats=n).plot(),
    "allocation": lambda n: ms.allocate(law(n), voted(n)).plot(names=called(n)),
    "lists by region": lambda n: election(n).plot(kind="lists", names=called(n)),
    "map": lambda n: election(n).plot(names=called(n)),
    "polls": lambda n: polls(n).plot(names=called(n)),
    "poll": lambda n: polls(n)[0].plot(names=called(n)),
    "pool": lambda n: polls(n).pooled().plot(names=called(n)),
    "polls and result": lambda n: ms.Case(polls(n), election(n), law(n)).plot(names=called(n)),
    "before and after": lambda n: changed_by(law(n), election(n), ms.Election(list_votes=voted(n)), LONG[0]).plot(names=called(n)),
    "indices": lambda n: ms.indices(voted(n), chamber(n).seats).plot(names=called(n)),
    "same voters": lambda n: paired(n).plot(names=called(n)),
    "difference of seats": lambda n: paired(n).difference("p0").plot(names=called(n)),
    "reasons": lambda n: reasons(n).plot(names=called(n)),
    "two parties": lambda n: forecast(n).joint("p0", f"p{n - 1}" if n > 1 else "p0").plot(names=called(n)),
    "correlations": lambda n: forecast(n).correlation().plot(names=called(n)),
    "likeliest chambers": lambda n: forecast(n).likeliest(n).plot(names=called(n)),
    "chamber": lambda n: chamber(n).plot(names=called(n)),
    "margins": lambda n: ms.seat_margins(law(n), voted(n)).plot(names=called(n)),
    "sweep": lambda n: ms.sweep(law(n), voted(n), "threshold", between=("0%", "10%")).plot(names=called(n)),
    "forecast sweep": lambda n: swept(n).plot(names=called(n)),
    "laws": lambda n: ms.compare(["2021", "2026", ms.law("2026").replace(threshold="0%")], voted(n)).plot(names=called(n)),
    "power": lambda n: ms.power(chamber(n)).plot(names=called(n)),
    "forecast chamber": lambda n: forecast(n).plot(kind="chamber", names=called(n)),
    "entry": lambda n: forecast(n).plot(kind="entry", names=called(n)),
    "coalitions": lambda n: forecast(n).plot(kind="coalitions", names=called(n)),
}


@lru_cache(maxsize=1)
def boxes(figure):
    """Draw a picture, once for all that is asked of it; return every word in it with its box."""
    figure.draw_without_rendering()
    scales = [axis for axes in figure.axes if axes.axison for axis in (axes.xaxis, axes.yaxis)]
    labels = [label for axis in scales for label in (*in_view(axis), axis.label)]
    shown = [text for text in (*(text for axes in figure.axes for text in axes.texts), *labels) if text.get_text() and text.get_visible()]
    return [(text.get_text(), text.get_window_extent()) for text in shown]


def in_view(axis):
    """Return the numbers of a scale that are drawn."""
    low, high = axis.get_view_interval()
    return [label for at, label in zip(axis.get_ticklocs(), axis.get_ticklabels(), strict=True) if low <= at <= high]


def overlaps(figure):
    """Return the pairs of words that cover each other by more than the rounding of a dot."""
    return [
        (a, b)
        for (a, first), (b, second) in itertools.combinations(boxes(figure), 2)
        if min(first.x1, second.x1) - max(first.x0, second.x0) > 1 and min(first.y1, second.y1) - max(first.y0, second.y0) > 1
    ]


def beyond(figure):
    """Return the words that leave the sheet."""
    sheet = figure.bbox.padded(1)
    return [text for text, box in boxes(figure) if not (sheet.contains(box.x0, box.y0) and sheet.contains(box.x1, box.y1))]


@pytest.mark.parametrize("parties", [1, 2, 7, 40])
@pytest.mark.parametrize("kind", PICTURES)
def test_words_stand_apart_and_on_the_sheet(kind, parties):
    figure = PICTURES[kind](parties)
    assert overlaps(figure) == []
    assert beyond(figure) == []
    assert figure.get_label().strip()


@pytest.mark.parametrize(
    ("kind", "module", "name", "planted"),
    [
        ("chamber", hemicycle, "spread", lambda wanted, *_: list(wanted)),
        ("sweep", sweeps, "spread", lambda wanted, *_: list(wanted)),
        ("margins", bars, "fit", lambda text, *_: text),
        ("power", sheet, "LINE", 0.004),
        ("polls", ranges, "fit", lambda text, *_: text * 3),
    ],
)
def test_a_planted_fault_is_seen(kind, module, name, planted, monkeypatch):
    monkeypatch.setattr(module, name, planted)
    figure = PICTURES[kind](40)
    assert overlaps(figure) or beyond(figure)


@pytest.mark.parametrize("year", [2021, 2023])
def test_the_map_has_a_tile_with_its_share_for_every_region(year):
    election = ms.load_election(year)
    figure = election.plot()
    words = [text for text, _ in boxes(figure)]
    assert overlaps(figure) == beyond(figure) == []
    assert sum(text.endswith(" %") and text[0].isdigit() for text in words) == len(election.regions) == {2021: 17, 2023: 20}[year]


def test_regions_that_the_record_does_not_know_stand_below():
    region = ms.Region("mine", "My region", {"a": 3, "b": 1})
    figure = ms.Election(list_votes={"a": 3, "b": 1}, regions={"mine": region}).plot()
    assert {"My region", "75.0 %"} <= {text for text, _ in boxes(figure)}


def test_an_election_without_regions_has_no_map():
    with pytest.raises(SimulationError, match="a map must be of an election whose regions are known"):
        ms.Election(list_votes={"a": 3}).plot()


# -- what is drawn -----------------------------------------------------------------------------------------------------


def dots(figure):
    """Return the colours of the full dots of the hemicycle; those of labels and of appointed members have a size of their own."""
    found = [dot for dot in figure.axes[0].patches if dot.get_facecolor()[3] == 1]
    return [tuple(round(part, 3) for part in dot.get_facecolor()[:3]) for dot in found if dot.radius != hemicycle.SPOT]


def test_every_seat_has_its_dot_and_appointed_ones_stand_apart():
    result = ms.elect(ms.law("2021"), ms.load_election(2021))
    figure = result.plot()
    drawn = dots(figure)
    seats = {party: won for party, won in result.seats.items() if won and party != ASSEMBLY}
    wanted = {tuple(round(part, 3) for part in to_rgb(colour)): seats[party] for party, colour in colours_of(seats).items()}
    assert {colour: drawn.count(colour) for colour in set(drawn)} == wanted
    assert f"Assembly of People, appointed  {result.seats[ASSEMBLY]}" in [text for text, _ in boxes(figure)]


def test_a_forecast_draws_full_what_is_held_at_the_lower_end():
    f = forecast(2)
    drawn, (low, high) = dots(f.plot(kind="chamber")), f.interval("p0", 0.9, "list")
    first = tuple(round(part, 3) for part in to_rgb(colours_of(f.parties)["p0"]))
    assert drawn.count(first) == low
    assert f"{f.point['list']['p0']} ({low}–{high})" in f.plot(kind="chamber").get_label()


def test_titles_say_the_finding():
    elections = {year: ms.load_election(year) for year in (2021, 2023)}
    result = ms.elect(ms.law("2023"), elections[2023])
    titles = [
        result.plot().get_label(),
        ms.seat_margins(ms.law("2023"), elections[2023]).plot().get_label(),
        ms.power(result).plot().get_label(),
        ms.power({"a": 4, "b": 3, "c": 2, "d": 1}, majority=6).plot().get_label(),
        ms.compare(["2021", "2026"], elections[2021]).plot().get_label(),
        ms.sweep(ms.law("2023"), elections[2023], "threshold").plot().get_label(),
        ms.sweep(ms.law("2023"), elections[2023], "list_seats", between=(60, 70)).plot().get_label(),
        result.plot(title="Mine").get_label(),
    ]
    assert [title.partition(".  ")[0].split(". ")[0] for title in titles] == [
        "Amanat has a majority: 62 of 98 seats",
        "Respublica was closest to another seat: 19,156 votes short",
        "Amanat decides alone, with 63.3 % of the seats",
        "b: 30.0 % of the seats, 25.0 % of the power",
        "Auyl has 0 of 107 seats by law 2021, 8 of 145 seats by law 2026",
        "Seats change at 7 points; nearest to the law's 5.00 % is 5.20 %",
        "JSDP has fewer seats with 66 than with 65 in all",
        "Mine",
    ]


QUICK = {"max_examples": 20, "exhaustive": False, "time_limit": 3_000.0}


@pytest.mark.parametrize(
    ("make", "title"),
    [
        (lambda: ms.calibrate(), "Beyond sampling, one poll's log shares are off by 0."),
        (lambda: ms.backtest([2021, 2023], n_draws=200), "Nearest to the results: "),
        (lambda: testing.verify(lambda v, s: [s] + [0] * (len(v) - 1), ["concordant"], **QUICK), "<lambda> breaks 1 axiom: concordant"),
        (lambda: testing.verify("hare", ["exact_sum", "quota"], **QUICK), "hare: none of 2 axioms is broken"),
        (lambda: scored(3.0), "The result of 2030 surprises the forecast: list seats (energy)"),
        (lambda: scored(1.5), "The result of 2030 is one that the forecast expected"),
        (lambda: ms.solve_for(ms.load_election(2023), ms.law("2023"), "swing", party="amanat", until=lambda s: s["amanat"] < 50), "Least "),
    ],
)
def test_what_is_judged_and_what_it_would_take_have_pictures(make, title):
    figure = make().plot()
    assert overlaps(figure) == beyond(figure) == []
    assert figure.get_label().startswith(title)


def scored(energy):
    covered = {"seats": Covered(3, 4), "shares": Covered(4, 5)}
    return ms.Scored("2030", "Total()", Judged(energy, (1.0, 2.0)), Judged(7.0, (5.0, 9.0)), covered)


def test_polls_beside_a_result_count_the_intervals_that_hold_it():
    poll = ms.Poll({"a": 0.6, "b": 0.4}, sample_size=1000, pollster="One")
    case = ms.Case(ms.Polls([poll]), ms.Election(list_votes={"a": 61, "b": 39}, name="2030"), ms.law("2026"))
    far = ms.Case(ms.Polls([poll]), ms.Election(list_votes={"a": 70, "b": 30}, name="2030"), ms.law("2026"))
    assert case.plot().get_label().startswith("2 of 2 intervals hold the result")
    label = far.plot().get_label()
    assert label.startswith("0 of 2 intervals hold the result; furthest off is One")
    assert "10.0 points" in label
    marks = [line.get_xdata()[0] for line in far.plot().axes[1].lines if line.get_color() == RESULT]
    assert marks == [0.7, 0.3]


def test_every_public_result_has_a_picture():
    results = (ms.Allocation, ms.Backtest, ms.Calibration, ms.Case, ms.Chamber, ms.Comparison, ms.Election, ms.ElectoralLaw, ms.Indices)
    results += (ms.Margins, ms.Poll, ms.Polls, ms.Pool, ms.Power, ms.Scored, ms.SeatDistribution, ms.Solution, ms.Sweep, testing.Report)
    assert [result.__name__ for result in results if not callable(getattr(result, "plot", None))] == []


def test_another_kind_of_picture_is_refused():
    for kind in ("pie", 5, None):
        with pytest.raises(SimulationError, match="there is no kind"):
            election(2).plot(kind=kind)


def test_a_chamber_of_very_many_seats_is_drawn_by_fewer_dots():
    result = ms.elect(ms.law("2026").replace(list_seats=2_000), ms.Election(list_votes={"a": 3, "b": 1}))
    figure = result.plot()
    assert len(dots(figure)) == hemicycle.MOST_DOTS
    assert "A dot stands for 2.0 seats." in [text.get_text() for text in figure.axes[0].texts]


@pytest.mark.parametrize("seats", [1, 2, 3, 50, 98, 107, 145, 1_000])
def test_dots_do_not_touch(seats):
    places, apart = hemicycle.places(seats)
    at = np.array([(radius * np.cos(angle), radius * np.sin(angle)) for angle, radius in places])
    distances = np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1)) + np.eye(seats) * 9
    assert len(places) == seats
    assert distances.min() >= 2 * hemicycle.DOT * min(apart, hemicycle.LARGEST)


# -- colours -----------------------------------------------------------------------------------------------------------

# How colours look to eyes without one kind of cones, in linear light: G. M. Machado, M. M. Oliveira and L. A. F. Fernandes, "A
# physiologically-based model for simulation of color vision deficiency", IEEE TVCG 15 (2009), severity 1; then as they look in grey.
EYES = {
    "all cones": np.eye(3),
    "protanopia": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    "deuteranopia": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
    "tritanopia": np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
    "grey": np.tile([0.2126, 0.7152, 0.0722], (3, 1)),
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
LEAST = 7.0
"""Difference of two colours in CIELAB that is seen at a glance."""


def lab(colour, eye):
    """Return a colour in CIELAB, as an eye sees it."""
    rgb = np.array(to_rgb(colour))
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    x, y, z = np.cbrt(TO_XYZ @ np.clip(EYES[eye] @ linear, 0, 1) / [0.9505, 1, 1.089])
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def too_near(known, eye):
    return [(a, b) for a, b in itertools.combinations(sorted(set(known)), 2) if np.linalg.norm(lab(a, eye) - lab(b, eye)) < LEAST]


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("year", ms.elections())
def test_parties_of_an_election_are_told_apart_by_every_eye_and_in_grey(year, eye):
    parties = [row["party"] for row in read_table("parties") if row["year"] == str(year)]
    known = colours_of(parties)
    assert len(set(known.values())) == len(parties)
    assert too_near(known.values(), eye) == []
    assert too_near(IN_TURN, eye) == []


def test_a_list_of_ones_own_takes_no_colour_of_a_party_on_record_while_others_are_free():
    found = colours_of(["amanat", "auyl", "My list", "Another"])
    assert len(set(found.values())) == 4
    many = list(colours_of([f"p{i}" for i in range(40)]).values())
    assert many[:7] == list(IN_TURN)
    assert all(a != b for a, b in itertools.pairwise(many))
    all_taken = colours_of([row["party"] for row in read_table("parties") if row["year"] == "2023"] + ["My list"])
    assert all_taken["My list"] not in {all_taken["amanat"], all_taken["auyl"]}


def test_colours_that_look_alike_are_seen():
    assert too_near(["#d55e00", "#009e73"], "grey")
    assert too_near(["#00cc00", "#ff6633"], "deuteranopia")
    assert too_near(["#006600", "#ff0000"], "protanopia")
    assert too_near(["#00cc00", "#ff6633"], "all cones") == too_near(["#006600", "#ff0000"], "all cones") == []


@pytest.mark.parametrize("colour", ["#000000", "#ffffff", "#0069ab", "#f4bf2a", "#777777"])
def test_letters_on_a_colour_are_read(colour):
    grounds = sorted((colours.light(colour), colours.light(to_rgb(colours.ink_on(colour)))))
    assert (grounds[1] + 0.05) / (grounds[0] + 0.05) >= 4


# -- files -------------------------------------------------------------------------------------------------------------

DRAW = """
import sys, mazhilis_sim as ms
result = ms.elect(ms.law("2023"), ms.load_election(2023))
for kind in ("png", "svg", "pdf"):
    result.plot(f"{sys.argv[1]}/chamber.{kind}")
"""


def test_files_are_the_same_bytes_twice_and_say_what_they_show(tmp_path, monkeypatch):
    for day in ("0", "1"):
        (tmp_path / day).mkdir()
    env = {**os.environ, "SOURCE_DATE_EPOCH": "86400", "PYTHONHASHSEED": "1"}
    subprocess.run([sys.executable, "-c", DRAW, tmp_path / "1"], check=True, timeout=300, env=env)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    for kind in MAGIC:
        ms.elect(ms.law("2023"), ms.load_election(2023)).plot(tmp_path / "0" / f"chamber.{kind}")
    for kind, magic in MAGIC.items():
        first, second = ((tmp_path / day / f"chamber.{kind}").read_bytes() for day in ("0", "1"))
        assert first == second
        assert first.startswith(magic)
    assert b"<title>Amanat has a majority: 62 of 98 seats." in (tmp_path / "0" / "chamber.svg").read_bytes()
    assert b"Amanat has a majority" in (tmp_path / "0" / "chamber.png").read_bytes()


@pytest.mark.parametrize("drawn", [lambda: ms.power({"a": 2, "b": 1}).plot(), lambda: forecast(2).plot()])
def test_a_notebook_shows_a_picture_and_says_what_it_shows(drawn):
    figure = drawn()
    data, said = figure._repr_png_()
    assert data.startswith(MAGIC["png"])
    width = struct.unpack(">I", data[16:20])[0]
    assert width == pytest.approx(2 * said["width"], abs=2)
    assert said["alt"] == figure.get_label() != ""


@pytest.mark.parametrize("options", [{"path": "a.gif"}, {"names": 5}, {"title": 5}])
def test_what_a_picture_cannot_take(options):
    with pytest.raises(SimulationError):
        ms.power({"a": 2, "b": 1}).plot(**options)


def test_kinds_of_a_forecast():
    f = forecast(2)
    with pytest.raises(SimulationError, match="kind must be"):
        f.plot(kind="pie")
    with pytest.raises(SimulationError, match="plot has no option 'official'; known: kind, names, title"):
        f.plot(kind="entry", official={})


def test_without_matplotlib_the_extra_is_named(monkeypatch):
    for name in [name for name in sys.modules if name.startswith(("matplotlib", "mazhilis_sim.pictures"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MissingExtraError, match=r'pip install "mazhilis-sim\[plot\]"'):
        ms.power({"a": 2, "b": 1}).plot()


def test_a_forecast_on_record_has_every_picture():
    f = ms.simulate(ms.law("2023"), quiet_polls(2023), n_draws=500, seed=1)
    for kind in ("chamber", "entry", "coalitions"):
        assert overlaps(f.plot(kind=kind)) == []


def test_a_text_is_cut_to_its_room():
    assert letters.inches(letters.fit("Amanat" * 20, 9, 1.0), 9) <= 1.0
    assert letters.spread([2.0, 0.0, 2.0], 0.5, 0.0, 2.0) == [1.5, 0.0, 2.0]


def test_panels_of_one_scale_draw_equal_numbers_as_long():
    one, two = (bars.Panel("", [3.0], [text], most=4.0) for text in ("3", "3 (a long text behind it)"))
    for alone in (False, True):
        sheet = bars.draw_bars(Said("title", "under"), ["a"], ["#0569ab"], [one, replace(two, most=5.0) if alone else two])
        first, second = (patch.get_width() for patch in sheet.axes.patches if patch.get_facecolor()[:3] == to_rgb("#0569ab"))
        assert (first == pytest.approx(second)) is not alone
