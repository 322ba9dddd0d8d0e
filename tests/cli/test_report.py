"""Reports: the numbers of the command line, one file that refers to nothing outside of it, the same bytes twice."""

from __future__ import annotations

import base64
import html
import io
import json
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from fontTools.ttLib import TTFont

import mazhilis_sim as ms
from mazhilis_sim.cli.program import app
from mazhilis_sim.cli.reporting.saved_pictures import draw_saved
from mazhilis_sim.errors import SimulationError
from mazhilis_sim.judging.backtest_tables import forecast_of, poll_of
from mazhilis_sim.names.colours import IN_TURN, on_record
from mazhilis_sim.pictures.sheets import colours, inline
from mazhilis_sim.pictures.sheets.fonts import TEXT
from on_record import quiet_polls

DRAWS = ("--draws", "2000")
ASKED = {
    "forecast": ("2023", *DRAWS, "--coalition", "auyl,aq_jol"),
    "count": ("2023", "--count"),
    "laws": ("2021", "--laws", "2021,2021-05,2026"),
}
HOSTILE = '<script>alert("1")</script>&'


class Page(HTMLParser):
    """What stands in a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.attributes: list[tuple[str, str, str]] = []
        self.rows: list[list[str]] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.open.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if self.open and self.open[-1] in ("td", "th"):
            self.rows[-1][-1] += data

    def of(self, wanted: str) -> list[str]:
        """Return all values of an attribute."""
        return [value for _, name, value in self.attributes if name == wanted]


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(map(str, words)))


def reported(place: Path, *words: str) -> str:
    done = run("report", *words, "-o", str(place))
    assert done.exit_code == 0, done.output
    return place.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("reports")
    return {name: reported(folder / f"{name}.html", *words) for name, words in ASKED.items()}


# -- the numbers -------------------------------------------------------------------------------------------------------


def stands_in(cells: list[str], line: str) -> bool:
    """Tell whether all cells stand in a line, in their order."""
    place = 0
    for cell in cells:
        found = line.find(cell, place)
        if found < 0:
            return False
        place = found + len(cell)
    return True


def in_no_line(page: str, screen: str) -> list[list[str]]:
    """Return the rows of a page's tables that no line of a screen shows."""
    lines = screen.splitlines()
    return [cells for cells in Page(page).rows if not any(stands_in(cells, line) for line in lines)]


@pytest.mark.parametrize(
    ("name", "commands"),
    [
        ("forecast", [("forecast", *ASKED["forecast"]), ("forecast", *ASKED["forecast"], "--verbose")]),
        ("count", [("count", "2023", "--explain")]),
        ("laws", [("compare", *ASKED["laws"])]),
    ],
)
def test_every_row_is_one_of_the_command_line(pages: dict[str, str], name: str, commands: list[tuple[str, ...]]) -> None:
    screens = "\n".join(run(*words).stdout for words in commands)
    assert len(Page(pages[name]).rows) > 10
    assert in_no_line(pages[name], screens) == []
    number = re.search(r"<td>(\d+)</td>", pages[name])
    assert number is not None
    planted = pages[name].replace(number[0], f"<td>{int(number[1]) + 7777}</td>", 1)
    assert in_no_line(planted, screens) != []


def test_every_sentence_of_a_forecast_is_one_of_the_command_line(pages: dict[str, str]) -> None:
    said = " ".join(run("forecast", *ASKED["forecast"], "--verbose").stdout.split())
    rests_on = pages["forecast"].partition("What this rests on")[2].partition("</section>")[0]
    lines = re.findall(r"<dd>(.*?)</dd>", rests_on)
    assert len(lines) > 8
    for line in lines:
        if "seed" not in line and "doubtful" not in line:  # a screen says how long it took as well
            assert html.unescape(line) in said


def test_it_says_where_its_numbers_come_from_and_how_they_are_made_again(pages: dict[str, str]) -> None:
    for name, words in ASKED.items():
        page = html.unescape(pages[name])
        assert f"mazhilis-sim report {' '.join(words)} -o report.html" in page
        assert f"mazhilis_sim {ms.__version__}" in page
    forecast = pages["forecast"]
    assert html.escape(quiet_polls(2023).source) in forecast
    assert "2023, 2,000 draws" in forecast
    assert "two-party rule" in forecast
    assert html.escape(ms.load_election(2023).source) in pages["count"]


# -- the file ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ASKED)
def test_nothing_outside_of_the_file_is_referred_to(pages: dict[str, str], name: str) -> None:
    page = Page(pages[name])
    assert page.of("src") == page.of("href") == page.of("srcset") == []
    assert "script" not in page.tags
    assert "link" not in page.tags
    assert "@import" not in pages[name]
    assert all(place.startswith(("#", "data:font/woff;base64,")) for place in re.findall(r"url\(([^)]*)\)", pages[name]))


@pytest.mark.parametrize("name", ASKED)
def test_ids_are_unique_and_found(pages: dict[str, str], name: str) -> None:
    page = Page(pages[name])
    ids = page.of("id")
    named = [*re.findall(r"url\(#([^)]*)\)", pages[name]), *(place[1:] for place in page.of("xlink:href"))]
    assert len(set(ids)) == len(ids) > 0
    assert {*named, *page.of("aria-labelledby"), *page.of("aria-describedby")} <= set(ids)


@pytest.mark.parametrize("name", ASKED)
def test_it_can_be_read_without_seeing_it(pages: dict[str, str], name: str) -> None:
    page = Page(pages[name])
    assert [value for tag, attribute, value in page.attributes if (tag, attribute) == ("html", "lang")] == ["en"]
    assert page.tags["h1"] == page.tags["main"] == 1
    assert page.tags["h2"] == page.tags["section"] > 1
    assert page.tags["caption"] == page.tags["table"] > 0
    assert page.tags["svg"] == page.tags["desc"] == page.of("role").count("img") > 0
    assert {"col", "row"} <= set(page.of("scope"))
    assert len(re.findall(r"<title id[^>]*>[^<]+</title><desc[^>]*>[^<]+</desc>", pages[name])) == page.tags["svg"]


@pytest.mark.parametrize("name", ASKED)
def test_letters_are_letters_and_come_along(pages: dict[str, str], name: str) -> None:
    fonts = [TTFont(io.BytesIO(base64.b64decode(data))) for data in re.findall(r"url\(data:font/woff;base64,([^)]*)\)", pages[name])]
    here = {chr(code) for font in fonts for code in font.getBestCmap()}
    words = [html.unescape(found["text"]) for found in TEXT.finditer(pages[name])]
    assert len(words) > 5
    assert set("".join(words)) <= here
    assert len(here) < 150


def test_a_page_is_the_same_bytes_twice_whatever_it_is_called(pages: dict[str, str], tmp_path: Path) -> None:
    again = {name: reported(tmp_path / f"another {name}.htm", *ASKED[name]) for name in ("count", "forecast")}
    assert again == {name: pages[name] for name in again}


@pytest.mark.parametrize("colour", [*IN_TURN, *on_record().values(), *inline.IN_THE_DARK])
def test_colours_stand_out_in_the_dark(colour: str) -> None:
    paper = colours.light(inline.DARK_PAPER) + 0.05
    dark = inline.in_the_dark(colour)
    quiet = colour in (inline.GRID, inline.RULE, "#ffffff")  # lines behind the others, and the paper itself
    assert quiet or (colours.light(dark) + 0.05) / paper >= inline.LEAST_CONTRAST


def test_colours_of_a_page_follow_the_light(pages: dict[str, str]) -> None:
    page = pages["forecast"]
    assert re.search(r"(?<!, )#222222", page.partition("</style>")[2]) is None
    assert f"--ink-222222: {inline.IN_THE_DARK['#222222']};" in page.partition("</style>")[0]


# -- what was saved ----------------------------------------------------------------------------------------------------


def test_a_saved_forecast_has_the_report_of_the_forecast(pages: dict[str, str], tmp_path: Path) -> None:
    assert run("forecast", *ASKED["forecast"], "--json", str(tmp_path / "f.json"), "--quiet").exit_code == 0
    page = reported(tmp_path / "f.html", str(tmp_path / "f.json"))
    one, other = (text.partition("The command that makes")[0] for text in (page, pages["forecast"]))
    assert one == other


SAVED = {
    ("count", "2023"): "Amanat has a majority: 62 of 98 seats",
    ("compare", "2021", "--laws", "2021,2026"): "Auyl has 0 of 107 seats by law 2021, 8 of 145 seats by law 2026",
    ("compare", "2023", "--laws", "2021,2026", "--simulate", "--draws", "500"): "seats on average by law 2026 beside law 2021",
    ("sweep", "2023", "threshold", "0%", "10%"): "points; nearest to the law's 5.00 % is 5.20 %",
    ("sweep", "2023", "list_seats", "60", "70"): "JSDP has fewer seats with 66 than with 65 in all",
    ("sweep", "2023", "threshold", "--at", "3%,7%", "--simulate", "--draws", "500"): "seats at 3 % to",
    ("margins", "2023"): "Respublica was closest to another seat: 19,156 votes short",
    ("margins", "2023", "--rival", "amanat"): "Votes, moved to and from Amanat",
    ("indices", "2023"): "Gallagher's index; 2.4 % of the votes won none",
    ("power", "2023", "--majority", "66"): "Amanat: 63.3 % of the seats, 91.3 % of the power",
    ("scenario", "2023", "--merge", "left=qhp+jsdp"): "Seats before and after",
    ("solve", "2023", "--votes", "baytaq", "--until", "baytaq>0"): "Seats before and after: Baytaq +3, Amanat -3",
    ("laws",): "",
    ("calibrate",): "Beyond sampling, one poll's log shares are off by 0.26",
    ("verify", "adams", "--axioms", "quota"): "adams breaks 1 axiom: quota",
    ("backtest", "--draws", "100", "--model", "total"): "Nearest to the results: total",
    ("forecast", "2023", "--draws", "500", "--why", "baytaq"): "if one thing alone is changed",
}
"""What commands save, and what is said by its picture; a table of laws has none."""


@pytest.mark.parametrize("words", SAVED, ids=" ".join)
def test_whatever_was_saved_has_a_report_with_its_picture(words: tuple[str, ...], tmp_path: Path) -> None:
    run(*words, "--json", str(tmp_path / "saved.json"))
    text = reported(tmp_path / "saved.html", str(tmp_path / "saved.json"))
    page, drawings = Page(text), "".join(re.findall(r"<svg.*?</svg>", text, re.S))
    assert page.tags["table"] > 0
    assert bool(page.tags["svg"]) == bool(SAVED[words])
    assert SAVED[words] in html.unescape(re.sub(r"\s+", " ", drawings))


def test_the_chamber_of_a_count_calls_parties_as_its_table_does(tmp_path: Path) -> None:
    run("report", "2023", "--count", "--lang", "ru", "-o", str(tmp_path / "r.html"))
    drawing = re.search(r"<svg.*?</svg>", (tmp_path / "r.html").read_text("utf-8"), re.S)
    assert drawing
    assert "ОСДП" in drawing[0]
    assert "Nationwide" not in drawing[0]


def test_a_saved_score_has_its_picture(tmp_path: Path) -> None:
    run("forecast", "2023", "--draws", "500", "--json", str(tmp_path / "f.json"), "--quiet")
    run("score", str(tmp_path / "f.json"), "2023", "--json", str(tmp_path / "s.json"))
    assert "The result of 2023" in reported(tmp_path / "s.html", str(tmp_path / "s.json"))


def test_a_saved_backtest_has_the_tables_that_were_printed(tmp_path: Path) -> None:
    found = ms.backtest(n_draws=100, models=["total", "margin"], levels=(0.5, 0.9))
    saved = {"format": "mazhilis_sim backtest 1", **found.to_dict()}
    (tmp_path / "b.json").write_text(json.dumps(saved), encoding="utf-8")
    rows = Page(reported(tmp_path / "b.html", str(tmp_path / "b.json"))).rows
    assert [list(row) for table in found.tables() for row in (table.heads, *table.rows)] == rows


def test_scores_come_back_as_they_were_saved() -> None:
    found = ms.backtest([2023], models=["dirichlet"], n_draws=100)  # some of its scores are not finite
    saved = json.loads(json.dumps(found.to_dict()))
    assert tuple(map(forecast_of, saved["forecasts"])) == found.forecasts
    assert tuple(map(poll_of, saved["polls"])) == found.polls


def test_a_backtest_that_was_changed_by_hand_is_shown_key_by_key(tmp_path: Path) -> None:
    saved = {"format": "mazhilis_sim backtest 1", **ms.backtest([2023], models=["margin"], n_draws=100).to_dict()}
    del saved["forecasts"][0]["covered"]
    (tmp_path / "b.json").write_text(json.dumps(saved), encoding="utf-8")
    assert "2023" in reported(tmp_path / "b.html", str(tmp_path / "b.json"))


def test_a_saved_picture_shows_what_the_results_own_does() -> None:
    election = ms.load_election(2023)
    results = (
        ms.power(ms.elect(ms.law("2023"), election), majority=66),
        ms.seat_margins(ms.law("2023"), election),
        ms.sweep(ms.law("2023"), election, "threshold"),
        ms.indices(election.votes, {"amanat": 40, "auyl": 8}),
        ms.simulate_paired(["2021", "2026"], ms.Poll({"a": 0.6, "b": 0.33, "c": 0.07}, sample_size=1000), n_draws=500, seed=1),
    )
    for result in results:
        saved = json.loads(json.dumps(result.to_dict()))
        (drawn,) = draw_saved(result.kind, saved)
        assert drawn.get_label() == result.plot().get_label()


@pytest.mark.parametrize("key", ["asked", "rows"])
def test_what_was_saved_before_its_picture_was_has_a_table_alone(key: str) -> None:
    saved = ms.power({"a": 3, "b": 2}).to_dict()
    del saved[key]
    assert list(draw_saved("power", saved)) == []


def test_a_saved_count_shows_its_seats(tmp_path: Path) -> None:
    run("count", "2023", "--json", str(tmp_path / "c.json"))
    page = reported(tmp_path / "c.html", str(tmp_path / "c.json"))
    assert ["Amanat", "3,431,510", "53.90 %", "40", "40", "22", "22", "62", "62"] in Page(page).rows
    assert "Amanat has a majority: 62 of 98 seats" in page


VOTES = "amanat,3431510\nauyl,693938\nrespublica,547154\naq_jol,535139\nqhp,432920\njsdp,331058\nbaytaq,146431\nagainst_all,249326\n"


def without_command(page: str) -> str:
    """Return a page up to the command that makes it again."""
    return re.split("<pre><code>", page)[0]


@pytest.mark.parametrize("language", ["en", "kk", "ru"])
@pytest.mark.parametrize("changes", [(), ("--set", "threshold=6%"), ("--districts", "none"), ("--set", "method=dhondt")], ids=" ".join)
def test_a_saved_count_has_the_report_of_the_count(
    language: str, changes: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("v.csv").write_text("party,votes\n" + VOTES, encoding="utf-8")
    asked = ("v.csv", "--law", "2023", *changes)
    assert run("count", *asked, "--json", "c.json").exit_code == 0
    of_saved = reported(tmp_path / "c.html", "c.json", "--lang", language)
    assert without_command(of_saved) == without_command(reported(tmp_path / "v.html", *asked, "--count", "--lang", language))


def test_the_seats_of_lists_alone_are_no_majority_of_a_chamber(tmp_path: Path) -> None:
    (tmp_path / "v.csv").write_text("party,votes\n" + VOTES, encoding="utf-8")
    run("count", str(tmp_path / "v.csv"), "--law", "2023", "--json", str(tmp_path / "c.json"))
    saved = json.loads((tmp_path / "c.json").read_text("utf-8"))
    assert saved.pop("asked")["source"] == str(tmp_path / "v.csv")
    (tmp_path / "c.json").write_text(json.dumps(saved), encoding="utf-8")  # as it was saved before that was kept
    page = reported(tmp_path / "c.html", str(tmp_path / "c.json"))
    assert "Amanat has 40 of 69 list seats" in page
    assert "Nobody has a majority" not in page
    assert ["Amanat", "39.649251", "39", "0.649251"] in Page(page).rows  # cut, as the protocol writes it


def test_a_count_that_was_changed_by_hand_is_shown_as_it_was_saved(tmp_path: Path) -> None:
    run("count", "2023", "--json", str(tmp_path / "c.json"))
    saved = json.loads((tmp_path / "c.json").read_text("utf-8"))
    saved["seats"]["list"]["amanat"] = 41
    (tmp_path / "c.json").write_text(json.dumps(saved), encoding="utf-8")
    assert ["Amanat", "3,431,510", "41", "22", "62"] in Page(reported(tmp_path / "c.html", str(tmp_path / "c.json"))).rows


@pytest.mark.parametrize("language", ["en", "kk", "ru"])
def test_saved_margins_have_their_signs_and_what_they_mean(language: str, tmp_path: Path) -> None:
    run("margins", "2023", "--json", str(tmp_path / "m.json"))
    page = html.unescape(reported(tmp_path / "m.html", str(tmp_path / "m.json"), "--lang", language)).replace("\xa0", " ")
    printed = run("margins", "2023", "--lang", language).stdout.replace("\xa0", " ").splitlines()
    assert ["+219,451", "-54,274"] in [[cell.replace(" ", ",") for cell in row[3:5]] for row in Page(page).rows]
    assert all(note in page for note in printed[-3:])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"format": 5}',
        '{"format": "mazhilis_sim count 1"}',
        '{"format": "mazhilis_sim count 1", "votes": {"a": -1}, "seats": {}}',
        '{"format": "mazhilis_sim forecast 2"}',
    ],
)
def test_what_was_not_saved_by_a_command_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    done = run("report", str(tmp_path / "a.json"), "-o", str(tmp_path / "a.html"))
    assert done.exit_code == 2
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "a.html").exists()


def test_strange_values_of_a_saved_result_are_shown(tmp_path: Path) -> None:
    saved = {"format": "mazhilis_sim thing 1", "title": HOSTILE, "rows": [{"a": None}, 5, {"b": [1, {"c": HOSTILE}]}], "x": {"y": True}}
    (tmp_path / "a.json").write_text(json.dumps(saved), encoding="utf-8")
    page = reported(tmp_path / "a.html", str(tmp_path / "a.json"))
    assert "<script" not in page
    assert page.count("&lt;script&gt;") == 3


def test_a_forecast_without_districts_names_no_file_of_them_and_says_that_medians_may_differ(tmp_path: Path) -> None:
    asked = ("forecast", "2023", "--draws", "500", "--districts", "none", "--quiet", "--json", str(tmp_path / "f.json"))
    assert run(*asked).exit_code == 0
    assert json.loads((tmp_path / "f.json").read_text("utf-8"))["report"]["baseline"] == "no district votes: list seats alone"
    page = reported(tmp_path / "f.html", str(tmp_path / "f.json"))
    (hemicycle, *_) = re.findall(r"<svg.*?</svg>", page, re.S)
    assert "from which medians may differ" in re.sub(r"\s+", " ", hemicycle)


# -- what is refused ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("2023", "-o", "a.pdf"), "must end in .html or .htm"),
        (("2023", "-o", "missing/a.html"), "cannot be written"),
        (("2023", "--count", "--draws", "5", "-o", "a.html"), "--draws must be left out beside --count"),
        (("2023", "--against-all", "5", "-o", "a.html"), "--against-all must be left out beside a forecast"),
        (("2023", "--count", "--laws", "2021", "-o", "a.html"), "two reports"),
        (("2021", "--laws", "2021,2026", "--coalition", "a,b", "-o", "a.html"), "--coalition must be left out beside --laws"),
        (("saved.json", "--count", "-o", "a.html"), "--count must be left out beside a saved result"),
        (("missing.json", "-o", "a.html"), "there is no file"),
    ],
)
def test_what_a_report_cannot_be(words: tuple[str, ...], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("report", *words)
    assert done.exit_code == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


# -- from Python -------------------------------------------------------------------------------------------------------


def test_any_result_is_written_from_python(tmp_path: Path) -> None:
    election = ms.Election(list_votes={HOSTILE: 60, "b": 40}, name=HOSTILE)
    for number, result in enumerate([election, ms.elect(ms.law("2026"), election), ms.power({HOSTILE: 3, "b": 2, "c": 2})]):
        place = tmp_path / f"{number}.html"
        ms.write_report(result, place, title=HOSTILE)
        page = Page(place.read_text(encoding="utf-8"))
        assert "script" not in page.tags
        assert page.tags["table"] > 0
        assert page.tags["svg"] == (number > 0)  # an election without regions has no map


def test_what_is_no_result_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SimulationError, match="result must be"):
        ms.write_report(5, tmp_path / "a.html")
    with pytest.raises(SimulationError, match=r"must end in \.html"):
        ms.write_report(ms.power({"a": 3}), tmp_path / "a.txt")
