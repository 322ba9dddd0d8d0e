"""How results show themselves: short reprs with numbers, and pages of notebooks that are safe and well-formed."""

from __future__ import annotations

import inspect
import re
from functools import cache
from html.parser import HTMLParser
from typing import Any

import pytest

import mazhilis_sim as ms
from mazhilis_sim.showing import Answer, Shown, drawn
from mazhilis_sim.showing import pages as showing
from mazhilis_sim.showing.pages import LINE, LINES, MOST_ROWS
from mazhilis_sim.tables import width
from mazhilis_sim.testing import Report, verify
from mazhilis_sim.testing.axioms import Axiom

pytestmark = pytest.mark.filterwarnings("ignore::mazhilis_sim.DataWarning")
VOID = {"br", "hr", "img", "input", "link", "meta"}
HOSTILE = "<script>alert('x')</script> & \"quoted\""


@cache
def results() -> dict[type, Any]:
    """Make one of every public class of results."""
    law, election, polls = ms.law("2023"), ms.load_election(2023), ms.load_polls(2023)
    districts = election.districts
    assert districts is not None
    forecast = ms.simulate(law, polls, n_draws=300, seed=1, districts=districts)
    made = [
        law,
        ms.Fallback(),
        election,
        election.votes,
        next(iter(election.regions.values())),
        districts,
        districts[0],
        districts[0].candidates[0],
        polls,
        polls[0],
        polls.pooled(),
        ms.allocate(law, election.votes),
        ms.elect(law, election),
        ms.plurality({"x": 5, "y": 2}),
        forecast,
        forecast.p_majority("amanat"),
        forecast.p_majority("amanat") - forecast.p_majority("auyl"),
        ms.score(forecast, election),
        ms.simulate_paired(["2021", "2026"], polls, n_draws=300, seed=1),
        ms.sweep(ms.law("2026"), polls, "threshold", ["5%", "7%"], n_draws=300, seed=1),
        forecast.joint("amanat", "auyl"),
        ms.Case.on_record(2023),
        ms.calibrate(),
        (tested := ms.backtest(2023, models="multinomial", n_draws=50)),
        tested.forecasts[0],
        (report := verify("droop", max_examples=5, exhaustive=(3, 4, 3))),
        report["house_monotone"],
        report["house_monotone"].axiom,
        report["house_monotone"].counterexample,
        ms.compare(["2023", "2026"], election),
        ms.sweep(law, election, "threshold"),
        ms.seat_margins(law, election),
        ms.indices(election.votes, ms.allocate(law, election.votes).seats),
        ms.power(ms.elect(law, election)),
        ms.power(forecast),
        ms.solve_for(election, law, "votes", party="jsdp", until=lambda seats: seats["jsdp"] > 4),
    ]
    return {type(result): result for result in made}


def public_classes() -> set[type]:
    """Return the classes of `mazhilis_sim` that hold results: all but errors."""
    named = (getattr(ms, name) for name in dir(ms) if not name.startswith("_"))
    return {thing for thing in named if inspect.isclass(thing) and not issubclass(thing, (Exception, Warning))}


@cache
def crowd() -> dict[str, int]:
    """Return the votes of forty parties."""
    return {f"party_{place:02d}": 100_000 - 1_000 * place for place in range(40)}


def many_parties() -> list[Any]:
    """Make results of forty parties."""
    votes = crowd()
    law, total = ms.law("2026").replace(threshold=0), sum(votes.values())
    poll = ms.Poll({party: count / total for party, count in votes.items()}, sample_size=1000)
    election = ms.Election(list_votes=votes)
    return [
        election,
        election.votes,
        ms.allocate(law, votes),
        ms.elect(law, election),
        poll,
        ms.Polls([poll] * 30),
        *many_answers(law, votes),
    ]


def many_answers(law: ms.ElectoralLaw, votes: dict[str, int]) -> list[Any]:
    """Ask questions about forty parties."""
    seats = ms.allocate(law, votes).seats
    asked = [ms.compare(["2026", law], votes), ms.sweep(law, votes, "threshold"), ms.seat_margins(law, votes)]
    solved = ms.solve_for(votes, law, "votes", party="party_39", until=lambda seats: seats["party_39"] > 3)
    return [*asked, ms.indices(votes, seats), ms.power(seats), solved]


def many_forecast_answers() -> list[Any]:
    """Ask forecasts of forty parties."""
    votes, law = crowd(), ms.law("2026").replace(threshold=0)
    poll = ms.Poll({party: count / sum(votes.values()) for party, count in votes.items()}, sample_size=1000)
    paired = ms.simulate_paired(["2026", law], poll, n_draws=300, seed=1)
    swept = ms.sweep(law, poll, "threshold", ["0%", "1%"], n_draws=300, seed=1)
    return [paired, paired.difference("party_07"), swept, *of_whole_chambers(paired["2026, threshold 0 %"], "party_07", "party_39")]


def of_whole_chambers(forecast: ms.SeatDistribution, one: str, other: str) -> list[Any]:
    """Ask a forecast about its whole chambers."""
    return [forecast.joint(one, other), forecast.correlation(), forecast.likeliest(5), ms.power(forecast), forecast.why(one)]


def test_every_public_class_is_among_the_results() -> None:
    assert public_classes() <= set(results())
    assert Report in results()


def test_a_repr_is_at_most_ten_lines_and_shows_numbers() -> None:
    for result in [*results().values(), *many_parties()]:
        lines = repr(result).splitlines()
        assert len(lines) <= LINES
        assert len(repr(result)) <= LINES * LINE
        assert re.search(r"\d", repr(result)) or isinstance(result, Axiom)
        assert lines[0].startswith(type(result).__name__)


def test_a_repr_says_what_a_count_and_a_forecast_found() -> None:
    found = results()
    assert "seats={'qhp': 5, 'aq_jol': 6, 'jsdp': 4" in repr(found[ms.Allocation])
    assert re.search(r"amanat \d+ \(\d+-\d+\)", repr(found[ms.SeatDistribution]))
    assert "... 28 more" in repr(many_parties()[0])


OF_DRAWINGS = {"svg", "title", "desc", "g", "defs", "clippath", "path", "rect", "text", "use"}


class Page(HTMLParser):
    """What stands in a page: its tags, balanced, and the cells of its tables."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.cells: list[str] = []
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not any(name.startswith("on") or name in ("src", "href") for name, _ in attrs)
        self.tags.add(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in ("td", "th"):
            self.cells.append(data)


def test_a_page_of_a_notebook_is_tables_without_a_script() -> None:
    shown = [result for result in [*results().values(), *many_parties()] if isinstance(result, Shown)]
    assert len(shown) >= 15
    for result in shown:
        text = result._repr_html_()
        assert Page(text).tags >= {"div", "style", "strong", "table", "tr", "th", "td"}
        assert "script" not in Page(text).tags
        assert "prefers-color-scheme: dark" in text


def test_pages_say_what_was_counted_and_forecast_by_name() -> None:
    found = results()
    assert {"Amanat", "3,431,510", "53.90 %", "40"} <= set(Page(found[ms.Allocation]._repr_html_()).cells)
    assert {"Amanat", "Independents", "62", "22"} <= set(Page(found[ms.Chamber]._repr_html_()).cells)
    assert {"People's Party", "median", "90 %"} <= set(Page(found[ms.SeatDistribution]._repr_html_()).cells)
    assert {"1/20", "Article 97-1", "69", "50"} <= set(Page(found[ms.ElectoralLaw]._repr_html_()).cells)
    assert {"Strategy", "1,600", "Amanat"} <= set(Page(found[ms.Polls]._repr_html_()).cells)


def test_every_text_of_a_page_is_escaped() -> None:
    votes = {HOSTILE: 60, "b": 40}
    poll = ms.Poll({HOSTILE: 0.6, "b": 0.4}, sample_size=100, pollster=HOSTILE)
    law = ms.law("2026").replace(name=HOSTILE)
    hostile = [
        ms.Election(list_votes=votes, name=HOSTILE),
        ms.allocate(law, votes),
        law,
        poll,
        ms.Polls([poll]),
        ms.Polls([poll]).pooled(),
        ms.ListVotes(votes),
    ]
    for thing in hostile:
        text = thing._repr_html_()
        assert "<script" not in text
        assert "&lt;script&gt;" in text
        assert Page(text).tags <= {"div", "style", "strong", "table", "thead", "tbody", "tr", "th", "td", "p"} | OF_DRAWINGS


def test_a_very_long_table_says_how_many_rows_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_ROWS >= 100
    monkeypatch.setattr(showing, "MOST_ROWS", 10)
    cells = Page(ms.Election(list_votes=crowd())._repr_html_()).cells
    assert "30 more" in cells
    assert "party_09" in cells
    assert "party_10" not in cells


def test_a_page_shows_the_picture_of_a_result() -> None:
    found = results()
    for kind in (ms.SeatDistribution, ms.Chamber, ms.ElectoralLaw, ms.Allocation, ms.Polls):
        text = found[kind]._repr_html_()
        assert text.count("<svg") == 1
        assert "<title" in text
        assert "--ink-222222" in text.partition("</style>")[0]
    plain = ms.Election(list_votes={"a": 3})._repr_html_()  # no region is known
    assert "<svg" not in plain
    assert "<table>" in plain


def test_a_page_is_shown_without_a_picture_where_there_can_be_none(monkeypatch: pytest.MonkeyPatch) -> None:
    law = ms.law("2023")
    with_picture = law._repr_html_()
    monkeypatch.setattr(drawn, "import_module", fail)
    without = law._repr_html_()
    assert "<svg" in with_picture
    assert "<svg" not in without
    assert without.count("<table>") == with_picture.count("<table>") == 1


def fail(_name: str) -> None:
    raise ImportError


@pytest.mark.parametrize("spoken", ["en", "kk", "ru"])
def test_every_printed_answer_fits_eighty_columns_with_forty_parties(spoken: str) -> None:
    with ms.speaking(spoken):
        answers = [answer for answer in [*many_parties(), *many_forecast_answers()] if isinstance(answer, Answer)]
        kinds = {answer.kind for answer in answers}
        assert kinds >= {"compare", "sweep", "margins", "indices", "power", "solve", "paired", "seat-difference", "forecast-sweep"}
        assert kinds >= {"joint", "correlation", "likeliest", "average-power", "why"}
        for answer in answers:
            assert max(map(width, str(answer).splitlines())) <= 80, answer.kind


def test_printed_answers_call_parties_by_their_names() -> None:
    forecast = results()[ms.SeatDistribution]
    (paired,) = (result for result in results().values() if isinstance(result, Answer) and result.kind == "paired")
    answers = [result for result in results().values() if isinstance(result, Answer)]
    answers += [*of_whole_chambers(forecast, "auyl", "qhp"), paired.difference("qhp")]
    for answer in answers:
        said = str(answer)
        assert re.search(r"Amanat|Auyl|People's", said) or answer.kind == "indices", answer.kind
        assert not re.search(r"\b(amanat|auyl|qhp|jsdp|aq_jol|baytaq|respublica|independents)\b", said), answer.kind
