"""Reports in a real browser: wide, narrow, dark, printed, of two parties and of forty; nothing is fetched, axe finds nothing serious."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

import mazhilis_sim as ms
from mazhilis_sim.cli.program import app

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
REPORTS = {"forecast of 2023": ("2023", "--draws", "2000"), "count of 2023": ("2023", "--count"), "laws": ("2021", "--laws", "2021,2026")}
CROWDS = (2, 40)


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the places of reports of the record, and of chambers with few parties and with many."""
    folder = tmp_path_factory.mktemp("reports")
    places = {name: folder / f"{name}.html" for name in REPORTS}
    for name, words in REPORTS.items():
        with pytest.raises(SystemExit) as end:
            app.main(["report", *words, "-o", str(places[name])])
        assert not end.value.code
    for parties in CROWDS:
        places[f"{parties} parties"] = folder / f"{parties}.html"
        crowd = ms.Election(list_votes={f"p{i}": 1_000 + 97 * i for i in range(parties)})
        ms.write_report(ms.elect(ms.law("2026").replace(threshold=0), crowd), places[f"{parties} parties"])
    return places


@pytest.fixture(params=[*REPORTS, *(f"{parties} parties" for parties in CROWDS)])
def report(request: pytest.FixtureRequest, browser: Browser, reports: dict[str, Path]) -> Iterator[Page]:
    """Return a report that is shown; whatever it would fetch beside itself fails the test."""
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    opened, asked = context.new_page(), list[str]()
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto(reports[request.param].as_uri())
    yield opened
    context.close()
    assert [url for url in asked[1:] if not url.startswith("data:")] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [400, 1200])
def test_axe_finds_nothing_serious_and_nothing_runs_over(report: Page, scheme: str, width: int) -> None:
    report.emulate_media(color_scheme=scheme)
    report.set_viewport_size({"width": width, "height": 900})
    report.evaluate(AXE)
    found = report.evaluate("axe.run()")
    assert [fault["id"] for fault in found["violations"] if fault["impact"] in ("serious", "critical")] == []
    assert len(found["passes"]) > 10
    assert report.evaluate("document.documentElement.scrollWidth") <= width


def test_drawings_have_their_letters_and_follow_the_light(report: Page) -> None:
    assert report.evaluate("document.fonts.ready.then(() => [...document.fonts].every(font => font.status === 'loaded'))")
    title = report.locator("svg text").first
    inks = set()
    for scheme in ("light", "dark"):
        report.emulate_media(color_scheme=scheme)
        inks.add(title.evaluate("text => getComputedStyle(text).fill"))
    assert inks == {"rgb(34, 34, 34)", "rgb(232, 232, 232)"}


def test_it_prints_on_paper(report: Page) -> None:
    report.emulate_media(media="print", color_scheme="dark")
    assert report.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    report.set_viewport_size({"width": 680, "height": 960})  # what A4 leaves between its margins, in dots of a page
    assert report.evaluate("[...document.querySelectorAll('svg')].every(svg => svg.getBoundingClientRect().right <= 680)")
    assert report.pdf(format="A4").startswith(b"%PDF")
