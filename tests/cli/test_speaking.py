"""Commands in every language: texts that nobody marked for translation are found by a language that brackets every word of its own."""

from __future__ import annotations

import csv
import html
import inspect
import json
import re
from collections.abc import Callable, Iterator, Set
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import mazhilis_sim as ms
from mazhilis_sim import languages, testing
from mazhilis_sim.cli import program
from mazhilis_sim.cli.program import app
from mazhilis_sim.legislation.presets import laws
from mazhilis_sim.names.record import party_names
from mazhilis_sim.questions.changing import changed_by
from mazhilis_sim.testing import axioms

PSEUDO = "qps"
WORDS = re.compile(r"\{[^{}]*\}|[^\s{}]+")
LETTERS = re.compile(r"[^\W\d_]{2,}")
"""Letters one after another: a single one is a sign, such as the n of a sample."""
BRACKETED = re.compile(r"⟦[^⟧]*⟧")
OF_DATA = {
    *("total", "margin", "multinomial", "dirichlet", "mazhilis", "sim", "hare", "Hare", "adams", "quota", "dhondt", "Total"),
    *("verbose", "votes", "csv", "json", "polls", "polls", "set", "law", "VOTES", "POLLS", "none", "list", "seats", "threshold"),
    *("sigma", "bias", "house", "CRPS", "PIT", "Rae", "Sainte", "Laguë", "Loosemore", "Hanby", "Banzhaf", "Shapley", "Shubik"),
    *("Gallagher", "Brier", "Dirichlet", "Student", "poll", "exit", "kind", "ballots", "and", "preset", "size", "df"),
    *("calibrated", "tau", "Joint", "Correlation", "Likeliest", "ForecastSweep", "Paired", "SeatDifference"),
    *("Hondt", "kazakhstan", "Ctrl", "institutes"),
}
"""Words that are no words: names of models, rules, indices, options, files, classes, kinds of polls; numbers."""


class Bracketing(languages.gettext.NullTranslations):
    """Texts with brackets around each word that is their own; what is put in has none."""

    def gettext(self, message: str) -> str:
        """Return a text with its words in brackets."""
        return WORDS.sub(lambda word: word[0] if word[0].startswith("{") or not LETTERS.search(word[0]) else f"⟦{word[0]}⟧", message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the text for a number."""
        return self.gettext(msgid1 if n == 1 else msgid2)


@pytest.fixture
def pseudo(monkeypatch: pytest.MonkeyPatch) -> Callable[[], Any]:
    """Make the pseudo-language known, and return what speaks it."""
    known = languages.catalogue
    monkeypatch.setitem(languages.LANGUAGES, PSEUDO, "Pseudo")
    monkeypatch.setattr(languages, "catalogue", lambda code: Bracketing() if code == PSEUDO else known(code))
    monkeypatch.setattr(program, "language_in", lambda _words: PSEUDO)

    @contextmanager
    def speaking() -> Iterator[None]:
        with languages.speaking(PSEUDO):
            yield

    return speaking


@pytest.mark.usefixtures("pseudo", "uncut")
@pytest.mark.parametrize("words", [("show", "f.json"), ("score", "f.json", "2023")], ids=" ".join)
def test_no_screen_of_a_saved_forecast_has_a_word_that_is_not_marked(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(app, ["forecast", "2023", "--draws", "500", "--json", "f.json", "--quiet"]).exit_code == 0
    done = CliRunner().invoke(app, [*words, "--json", "s.json"], env={"COLUMNS": "80"})
    assert done.exit_code == 0, done.output
    assert unbracketed(done.stdout, data() | {"f", "s", "json"}) == []
    assert done.stdout.count("⟦") > 3
    assert CliRunner().invoke(app, ["report", "s.json", "-o", "page.html"]).exit_code == 0
    assert unbracketed(read(Path("page.html").read_text("utf-8")), data() | {"f", "s", "json"}) == []


@cache
def data() -> frozenset[str]:
    """Return the words of everything on record that a screen may name."""
    of_files = " ".join(files("mazhilis_sim").joinpath("data", f"{name}.csv").read_text("utf-8") for name in TABLES)
    names = " ".join([*(name.name for name in party_names()), *(name.party for name in party_names()), *laws()])
    of_axioms = " ".join(axiom.name for axiom in axioms.ALL)
    return frozenset({*LETTERS.findall(" ".join((of_files, names, of_axioms)).replace("_", " ")), *OF_DATA})


TABLES = ("polls", "poll_shares", "parties", "elections", "regions", "region_tiles", "district_votes_2023")


def unbracketed(text: str, known: Set[str]) -> list[str]:
    """Return the words outside brackets that are no data."""
    bare = BRACKETED.sub(" ", text).replace("_", " ")
    return [word for word in LETTERS.findall(bare) if word not in known]


COMMANDS = (
    *(("forecast", "2023", "--draws", "2000", *more) for more in ((), ("--verbose",), ("--why", "baytaq"))),
    *(("count", "2023", *more) for more in ((), ("--explain",), ("--law", "2023", "--set", "method=dhondt", "--explain"))),
    ("count", "2007", "--explain"),
    ("compare", "2023", "--laws", "2021,2023:district_seats=0,2026"),
    ("compare", "2023", "--laws", "2021,2026", "--simulate", "--draws", "2000"),
    ("sweep", "2021", "threshold", "0%", "10%"),
    ("sweep", "2021", "list_seats", "50", "90"),
    ("margins", "2023"),
    ("margins", "2023", "--rival", "amanat"),
    ("indices", "2023"),
    ("power", "2023", "--majority", "66"),
    ("scenario", "2023", "--turnout", "almaty_city=60%"),
    ("solve", "2023", "--votes", "baytaq", "--until", "baytaq>0"),
    ("solve", "2023", "--votes", "baytaq", "--until", "baytaq>98"),
    ("calibrate",),
    ("laws",),
    ("parties", "amanat"),
    ("verify", "adams", "--axioms", "exact_sum"),
    ("backtest", "--draws", "100", "--model", "total"),
)
"""Every command with an input that is quickly answered; a new one is a line more."""


@pytest.mark.usefixtures("pseudo")
@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_no_screen_has_a_word_that_is_not_marked(words: tuple[str, ...]) -> None:
    done = CliRunner().invoke(app, words, env={"COLUMNS": "80"})
    assert done.exit_code == 0, done.output
    shown = done.stdout.partition("⟦doubts⟧")[0] if "--verbose" in words else done.stdout
    assert unbracketed(shown, data()) == []
    assert shown.count("⟦") > 3


def test_every_command_is_looked_at() -> None:
    slow = {"report", "explore"}  # their pages and texts are looked at below
    of_files = {"show", "score"}
    assert {words[0] for words in COMMANDS} == {*app.commands} - slow - of_files


@pytest.mark.usefixtures("pseudo")
@pytest.mark.parametrize("command", app.commands)
def test_the_help_of_every_command_is_bracketed(command: str) -> None:
    done = CliRunner().invoke(app, [command, "--help"])
    shown = re.sub(r"^ +mazhilis-sim .*|-{1,2}[a-z][\w-]*|[A-Z][A-Z|:,=.+\[\]]+|\[[^\]⟦]*\]|[\w.]+=\S+", " ", done.output, flags=re.M)
    assert unbracketed(shown, {*data(), command, "help", "range", "all", "NAME", "none", "FILE"}) == []


@pytest.mark.usefixtures("pseudo")
def test_a_planted_word_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mazhilis_sim.cli.laws.table.describe_fallback", lambda _version: "planted")
    done = CliRunner().invoke(app, ["laws"], env={"COLUMNS": "80"})
    assert set(unbracketed(done.stdout, data())) == {"planted"}


@pytest.fixture
def uncut(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut no word of a picture: half of a bracket is none."""
    for module in ("hemicycle", "regions", "sheets.letters"):
        monkeypatch.setattr(f"mazhilis_sim.pictures.{module}.fit", lambda text, *_: text)
    monkeypatch.setattr("mazhilis_sim.pictures.sheets.sheet.LONGEST_ALT", 1_000_000)


# -- pages and pictures ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def results() -> dict[str, Any]:
    """Return a result of every kind, made in English, or what makes it."""
    election, law = ms.load_election(2023), ms.law("2023")
    with pytest.warns(ms.PollWarning):
        polls = ms.load_polls(2023)
    f = ms.simulate(law, polls, districts=election.districts, n_draws=2000)
    return {
        "law": law,
        "election": election,
        "polls": polls,
        "poll": polls[0],
        "forecast": f,
        "chamber": ms.elect(law, election),
        "allocation": ms.elect(law, election).allocation,
        "comparison": ms.compare(["2021", "2026"], election),
        "sweep": ms.sweep("2021", ms.load_election(2021), "threshold", between=("0%", "10%")),
        "sizes": ms.sweep("2021", ms.load_election(2021), "list_seats", between=(50, 90)),
        "margins": ms.seat_margins(law, election),
        "power": ms.power(ms.elect(law, election)),
        "indices": ms.indices(election.votes, {"amanat": 40}),
        "joint": f.joint("amanat", "auyl"),
        "correlation": f.correlation(),
        "likeliest": f.likeliest(3),
        "paired": (paired := ms.simulate_paired({name: ms.law(name) for name in ("2021", "2026")}, polls[0], n_draws=500)),
        "difference": paired.difference("amanat"),
        "calibration": ms.calibrate(),
        "case": ms.Case.on_record(2023),
        "pool": polls.pooled(),
        "forecast sweep": ms.sweep_forecast(law, polls, "threshold", ["3%", "5%"], districts=election.districts, n_draws=500),
        "backtest": ms.backtest([2021, 2023], n_draws=200),
        "scored": ms.score(f, election),
        "verification": testing.verify("adams", ["quota", "exact_sum"], max_examples=20, exhaustive=False),
        "verdicts": testing.verify("adams", ["exact_sum", "threshold_respected"], max_examples=20, exhaustive=False),
        "why": lambda: f.why("baytaq"),
        "why of seats": lambda: f.why("amanat"),
        "change": lambda: changed_by(law, election, election.with_turnout({"almaty_city": "60%"}), "", 0),
        "solution": lambda: ms.solve_for(election, law, "votes", party="baytaq", until=lambda seats: seats["baytaq"] > 0),
        "swing": lambda: ms.solve_for(election, law, "swing", party="amanat", until=lambda seats: seats["amanat"] < 50),
    }


def result_of(results: dict[str, Any], name: str) -> Any:
    """Return a result; one whose words are made with it is made now, in the language that is spoken."""
    found = results[name]
    return found() if inspect.isfunction(found) else found


PAGES = (
    *("law", "election", "polls", "forecast", "chamber", "allocation", "comparison", "sweep", "sizes", "margins", "power", "indices"),
    *("poll", "pool", "paired", "difference", "joint", "correlation", "likeliest", "forecast sweep"),
    *("why", "change", "solution", "swing", "verdicts"),
)


@pytest.mark.usefixtures("uncut")
@pytest.mark.parametrize("name", PAGES)
def test_no_page_has_a_word_that_is_not_marked(name: str, results: dict[str, Any], pseudo: Callable[[], Any]) -> None:
    with pseudo():
        page = result_of(results, name)._repr_html_()
    assert unbracketed(read(page), data()) == []


def read(page: str) -> str:
    """Return the words of a page, without those that are typed and without doubts, which repeat warnings."""
    doubts = r"<dt>⟦doubtful⟧</dt>(\s*<dd>[^<]*</dd>)*"
    return html.unescape(re.sub(rf"<style>.*?</style>|<code>.*?</code>|{doubts}|<[^>]*>", " ", page, flags=re.S))


REPORTS = (("2023", "--draws", "2000"), ("2023", "--count"), ("2021", "--laws", "2021,2026"))


@pytest.mark.usefixtures("pseudo", "uncut")
@pytest.mark.parametrize("words", REPORTS, ids=" ".join)
def test_no_report_has_a_word_that_is_not_marked(words: tuple[str, ...], tmp_path: Any) -> None:
    done = CliRunner().invoke(app, ["report", *words, "-o", str(tmp_path / "page.html")])
    assert done.exit_code == 0, done.output
    assert unbracketed(done.stdout, {"page", "html"}) == []
    shown = read((tmp_path / "page.html").read_text("utf-8"))
    assert unbracketed(shown, data()) == []
    assert shown.count("⟦") > 20


SAVED = [
    *(words for words in COMMANDS if words[0] in {"compare", "sweep", "margins", "indices", "power", "scenario", "solve"}),
    *(("calibrate",), ("verify", "adams", "--axioms", "exact_sum,quota"), ("count", "2023"), ("forecast", "2023", "--draws", "500")),
    ("backtest", "--draws", "100", "--model", "total"),
]
"""What is saved and reported."""


@pytest.mark.usefixtures("pseudo", "uncut")
@pytest.mark.parametrize("words", SAVED, ids=" ".join)
def test_no_report_of_a_saved_answer_has_a_word_that_is_not_marked(words: tuple[str, ...], tmp_path: Any) -> None:
    saved, page = tmp_path / "saved.json", tmp_path / "page.html"
    assert CliRunner().invoke(app, [*words, "--json", str(saved)]).exit_code in (0, 1)
    done = CliRunner().invoke(app, ["report", str(saved), "-o", str(page)])
    assert done.exit_code == 0, done.output
    held = json.loads(saved.read_text("utf-8"))
    examples = [verdict["counterexample"]["words"] for verdict in held.get("verdicts", ()) if verdict["counterexample"]]
    english = {word for text in (*held.get("notes", ()), held.get("caution", ""), *examples) for word in LETTERS.findall(text)}
    assert unbracketed(read(page.read_text("utf-8")), data() | english | {"saved"}) == []


def test_the_explorer_has_no_word_that_is_not_marked(pseudo: Callable[[], Any]) -> None:
    from mazhilis_sim.app import page_texts as texts

    with pseudo():
        groups = (texts.headings(), texts.of_controls(), texts.of_numbers(), texts.of_comparison(), texts.of_files(), texts.of_waiting())
    said = [re.sub(r"\{\w*\}", "", text) for group in groups for text in group.values()]
    assert len(said) > 80
    assert unbracketed(" ".join(said), data()) == []


PICTURES = (
    *(("forecast", {"kind": kind}) for kind in ("seats", "chamber", "entry", "coalitions")),
    *((name, {}) for name in ("law", "polls", "chamber", "allocation", "comparison", "sweep", "sizes", "margins", "power", "indices")),
    *((name, {}) for name in ("election", "joint", "correlation", "likeliest", "paired", "difference", "calibration")),
    *((name, {}) for name in ("case", "poll", "pool", "forecast sweep", "backtest", "scored", "verification")),
    *((name, {}) for name in ("why", "why of seats", "change", "solution", "swing")),
    ("election", {"kind": "lists"}),
)


def texts_of(figure: Any) -> str:
    """Return every text of a picture, and what it says to those who do not see it."""
    from matplotlib.text import Text

    return " ".join([str(figure.get_label()), *(each.get_text() for each in figure.findobj(Text))])


@pytest.mark.usefixtures("uncut")
@pytest.mark.parametrize(("name", "options"), PICTURES, ids=str)
def test_no_picture_has_a_word_that_is_not_marked(
    name: str, options: dict[str, str], results: dict[str, Any], pseudo: Callable[[], Any]
) -> None:
    with pseudo():
        figure = result_of(results, name).plot(**options)
    assert unbracketed(texts_of(figure).replace("…", " "), data()) == []


# -- real languages ----------------------------------------------------------------------------------------------------


def screen(*words: str, **env: str) -> str:
    done = CliRunner().invoke(app, words, env=env)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_the_option_wins_over_the_variable_and_the_systems_language_is_not_asked() -> None:
    assert "Редакции закона" in screen("laws", "--lang", "ru")
    assert "Редакции закона" in screen("--lang=RU", "laws")
    assert "Заң редакциялары" in screen("laws", MAZHILIS_SIM_LANG="kk")
    assert "Versions of the law" in screen("laws", "--lang", "en", MAZHILIS_SIM_LANG="kk")
    assert "Versions of the law" in screen("laws", LANG="ru_RU.UTF-8", LC_ALL="ru_RU.UTF-8")
    assert "Параметры" in screen("laws", "--help", "--lang", "ru")


@pytest.mark.parametrize(("words", "env"), [(("laws", "--lang", "kz"), {}), (("laws",), {"MAZHILIS_SIM_LANG": "kz"})])
def test_another_language_is_refused_in_one_line(words: tuple[str, ...], env: dict[str, str]) -> None:
    done = CliRunner().invoke(app, words, env=env)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "'kz' is not one of 'en', 'kk', 'ru'" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("words", [("count", "2023"), ("compare", "2023", "--laws", "2021,2026"), ("laws",)], ids=" ".join)
@pytest.mark.parametrize("option", ["--json", "--csv"])
def test_files_are_the_same_in_every_language(words: tuple[str, ...], option: str) -> None:
    assert screen(*words, option, "-") == screen(*words, option, "-", "--lang", "ru")


def test_a_saved_forecast_is_shown_in_the_language_of_whoever_opens_it(tmp_path: Any) -> None:
    english, russian = str(tmp_path / "en.json"), str(tmp_path / "ru.json")
    screen("forecast", "2023", "--draws", "2000", "--json", english)
    shown = screen("forecast", "2023", "--draws", "2000", "--json", russian, "--lang", "ru").partition("  записано")[0]
    again = screen("show", english, "--lang", "ru").partition("  записано")[0]
    assert again.strip() == shown.strip()
    assert "19 марта 2023 г." in again


@pytest.mark.parametrize("code", ["kk", "ru"])
@pytest.mark.parametrize("parties", [2, 40])
@pytest.mark.parametrize("columns", [60, 80, 120])
def test_no_line_runs_over_in_another_language(columns: int, parties: int, code: str, tmp_path: Any) -> None:
    votes = tmp_path / "votes.csv"
    with votes.open("w", encoding="utf-8", newline="") as file:
        rows = ((f"Партия с длинным названием {i}", 1_000_000 // (i + 1)) for i in range(parties))  # some pass the threshold, most do not
        csv.writer(file).writerows([("party", "votes"), *rows])
    for words in (("count", str(votes), "--law", "2026", "--explain"), ("laws",), ("margins", "2023"), ("power", "2023")):
        lines = screen(*words, "--lang", code, COLUMNS=str(columns)).splitlines()
        assert [line for line in lines if len(line) > columns] == []
