"""The page in a real browser: what it shows is what the library says, however one moves its controls."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from browsing import control, explorer, fault, ready, seats, shown_link, slider, type_in
from playwright.sync_api import Browser, Page

import mazhilis_sim as ms
from mazhilis_sim.app.answers import drawn
from mazhilis_sim.app.documents import from_link
from mazhilis_sim.app.state import read_state

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def by_the_library(page: Page) -> ms.SeatDistribution:
    """Simulate the state in the page's address at once."""
    asked = read_state(from_link(shown_link(page))[0])
    return drawn(asked, 0, asked.draws)


def assert_shown(page: Page, forecast: ms.SeatDistribution) -> None:
    """Hold every row of the page's table against a forecast."""
    for party in forecast.parties:
        low, high = forecast.interval(party, 0.9)
        if high or forecast.point["total"][party]:
            row = seats(page, party)
            assert (row["median"], row["interval"]) == (str(forecast.quantile(party, 0.5)), f"{low}–{high}"), party
            assert row["central"] == str(forecast.point["total"][party])


def test_what_is_shown_first_is_the_forecast_of_the_record(page: Page) -> None:
    forecast = by_the_library(page)
    assert page.locator("#behind").inner_text() == f"{forecast.n_draws:,} simulated elections"
    assert forecast.n_draws == 1_000_000
    assert_shown(page, forecast)


def test_a_slider_that_is_dragged_changes_the_number(page: Page) -> None:
    before = seats(page, "jsdp")
    handle = slider(page, "poll.shares.jsdp")
    handle.scroll_into_view_if_needed()
    box: Any = handle.bounding_box()
    start, middle = box["x"] + 0.045 * box["width"], box["y"] + box["height"] / 2
    page.mouse.move(start, middle)
    page.mouse.down()
    for step in range(1, 11):
        page.mouse.move(start + step * 0.02 * box["width"], middle)
    page.mouse.up()
    ready(page)
    after, forecast = seats(page, "jsdp"), by_the_library(page)
    assert float(control(page, "poll.shares.jsdp").input_value()) > 15
    assert int(after["median"]) > int(before["median"])
    assert_shown(page, forecast)


# -- controls ----------------------------------------------------------------------------------------------------------


def test_shares_keep_their_sum_whatever_is_moved(page: Page) -> None:
    type_in(page, "poll.shares.jsdp", "20")
    type_in(page, "poll.undecided", "12.5")
    ready(page)
    poll = from_link(shown_link(page))[0]["poll"]
    shares = [float(share.removesuffix("%")) for share in (*poll["shares"].values(), poll["undecided"])]
    assert poll["undecided"] == "12.5%"
    assert round(sum(shares), 6) == 100
    assert shares[2] == 17.5
    assert_shown(page, by_the_library(page))


def test_everything_can_be_done_with_the_keyboard(page: Page) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    threshold = slider(page, "law.threshold")
    reached = reach(page, threshold)
    assert reached
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    ready(page)
    assert control(page, "law.threshold").input_value() == "7"
    assert by_the_library(page).law.threshold == ms.law("2026", threshold="7%").threshold
    assert_shown(page, by_the_library(page))
    assert reach(page, page.locator("#pin"))
    page.keyboard.press("Enter")
    ready(page)
    assert page.locator("#unpin").is_visible()


def reach(page: Page, wanted: Any) -> bool:
    """Press Tab until a control has the focus, and can be seen to have it; False where it never does."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return wanted.evaluate("element => getComputedStyle(element).outlineStyle") != "none"
    return False


def test_every_control_has_a_name_and_news_are_read_out(page: Page) -> None:
    named = page.locator("input:visible, select:visible, button:visible, textarea:visible")
    assert named.count() > 40
    for place in range(named.count()):
        snapshot = named.nth(place).aria_snapshot()
        assert '"' in snapshot, snapshot
    type_in(page, "law.threshold", "6")
    page.locator("#live", has_text="1,000,000 elections: Amanat").wait_for(state="attached")
    assert page.locator("#live").get_attribute("aria-live") == "polite"


def test_bad_input_is_said_beside_its_field_and_right_input_takes_it_back(page: Page) -> None:
    type_in(page, "law.threshold", "many")
    page.locator('[data-fault="law.threshold"]:not(:empty)').wait_for()
    assert "threshold must be a share" in fault(page, "law.threshold")
    assert control(page, "law.threshold").get_attribute("aria-invalid") == "true"
    assert control(page, "law.threshold").get_attribute("aria-describedby") == page.locator('[data-fault="law.threshold"]').get_attribute(
        "id"
    )
    type_in(page, "poll.shares.auyl", "-3")
    page.locator('[data-fault="poll.shares.auyl"]:not(:empty)').wait_for()
    type_in(page, "law.threshold", "5")
    type_in(page, "poll.shares.auyl", "7")
    ready(page)
    assert fault(page, "law.threshold") == fault(page, "poll.shares.auyl") == ""
    assert control(page, "law.threshold").get_attribute("aria-invalid") is None
    assert_shown(page, by_the_library(page))


def test_another_law_changes_the_chamber(page: Page) -> None:
    control(page, "law.name").select_option("2026")
    ready(page)
    forecast = by_the_library(page)
    assert forecast.law == ms.law("2026")
    assert page.locator("#chamber circle").count() == 145
    assert page.locator("#size").inner_text().startswith("145 seats")
    assert_shown(page, forecast)


def test_a_pinned_state_shows_paired_differences(page: Page) -> None:
    page.locator("#pin").click()
    ready(page)
    assert "Nothing differs" in page.locator("#compared").inner_text()
    before = by_the_library(page)
    type_in(page, "law.threshold", "3")
    ready(page)
    after = by_the_library(page)
    assert "the same voters" in page.locator("#compared p").inner_text()
    cells = page.locator('#compared tr[data-party="jsdp"] td').all_inner_texts()
    assert cells[0] == f"{before.mean('jsdp'):.1f}"
    assert cells[1].startswith(f"{after.mean('jsdp') - before.mean('jsdp'):+.1f} ±")
    points = 100 * (after.p_majority("amanat").value - before.p_majority("amanat").value)
    assert float(page.locator('#compared tr[data-party="amanat"] td').last.inner_text().replace("−", "-")) == pytest.approx(
        points, abs=0.06
    )
    type_in(page, "poll.margin", "4")
    ready(page)
    assert "of other voters" in page.locator("#compared p").inner_text()
    page.locator("#restore").click()
    ready(page)
    assert_shown(page, before)


def test_a_coalition_is_chosen_and_its_chance_is_the_librarys(page: Page) -> None:
    for party in ("auyl", "amanat"):
        page.locator(f'#members input[value="{party}"]').check()
        ready(page)
    assert set(from_link(shown_link(page))[0]["coalitions"][0]) == {"auyl", "amanat"}
    assert "Amanat + Auyl" in page.locator("#chances").inner_text().replace("Auyl + Amanat", "Amanat + Auyl")


def test_turnout_in_a_region_moves_the_forecast(page: Page) -> None:
    page.locator("#regions > summary").click()
    type_in(page, "turnout.almaty_city", "80")
    ready(page)
    assert from_link(shown_link(page))[0]["turnout"] == {"almaty_city": "80%"}
    assert_shown(page, by_the_library(page))


# -- where it is narrow ------------------------------------------------------------------------------------------------


def test_on_a_narrow_page_the_result_stays_in_view_while_a_control_is_moved(page: Page) -> None:
    assert not page.locator("#brief").is_visible()
    page.set_viewport_size({"width": 400, "height": 800})
    slider(page, "poll.shares.respublica").scroll_into_view_if_needed()
    type_in(page, "poll.shares.amanat", "30")
    ready(page)
    brief, forecast = page.locator("#brief"), by_the_library(page)
    low, high = forecast.interval("amanat", 0.9)
    assert f"Amanat {forecast.point['total']['amanat']} ({low}–{high})" in brief.inner_text()
    assert brief.bounding_box()["y"] == 0
    assert page.locator("#chamber").bounding_box()["y"] < -100


def test_the_link_is_copied_from_the_strip_of_a_narrow_page_and_that_is_seen_there(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.set_viewport_size({"width": 390, "height": 800})
    page.locator("#files").scroll_into_view_if_needed()
    page.locator("#copy-here").click()
    page.locator("#shared").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    box: Any = page.locator("#shared").bounding_box()
    assert 0 < box["y"] < box["y"] + box["height"] < 400
    type_in(page, "law.threshold", "6")
    page.locator("#shared").wait_for(state="hidden")


@pytest.mark.parametrize("width", [320, 390, 800])
def test_the_strip_names_parties_whole_or_not_at_all(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    line: Any = page.locator("#brief .seats").bounding_box()
    named: list[Any] = [each.bounding_box() for each in page.locator("#brief .seats span").all()]
    seen = [box for box in named if box["y"] < line["y"] + line["height"] - 1]
    assert seen
    assert all(box["y"] + box["height"] <= line["y"] + line["height"] + 1 and box["x"] + box["width"] <= width for box in seen)
    assert page.locator("#brief .seats span").first.evaluate("each => each.scrollWidth <= each.clientWidth + 1")


def test_a_long_name_of_the_record_stays_in_one_line_on_a_telephone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.locator("#language").select_option("ru")
    page.locator("html[lang=ru]").wait_for(state="attached")
    ready(page)
    heights = {page.locator(f'#seats tr[data-party="{party}"] th > span').bounding_box()["height"] for party in ("amanat", "independents")}
    assert max(heights) - min(heights) < 2


def test_ways_to_a_part_of_the_page_leave_the_state_in_the_address(page: Page) -> None:
    before = shown_link(page)
    for way, part in ((".skip", "results"), ('#brief a[href="#controls"]', "controls")):
        page.set_viewport_size({"width": 400, "height": 800})
        page.locator(way).focus()
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == part
    assert (shown_link(page), page.locator("#fault-file").inner_text()) == (before, "")


@pytest.mark.parametrize(("code", "shown"), [("kk", "64,1%"), ("ru", "64,1 %"), ("en", "64.1 %")])
def test_numbers_are_written_as_the_language_does(page: Page, code: str, shown: str) -> None:
    page.locator("#language").select_option(code)
    page.locator(f"html[lang={code}]").wait_for(state="attached")
    ready(page)
    page.locator('#seats tr[data-party="amanat"]', has_text=shown.replace(" ", "\u00a0")).wait_for()


@pytest.mark.parametrize("code", ["en", "kk", "ru"])
def test_on_the_narrowest_page_the_seats_need_no_scrolling(page: Page, code: str) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.locator("#language").select_option(code)
    page.locator(f"html[lang={code}]").wait_for(state="attached")
    ready(page)
    table = page.locator("#seats")
    assert table.evaluate("each => each.scrollWidth - each.clientWidth") <= 0
    shown = table.locator('tr[data-party="amanat"] td:visible').all_inner_texts()
    low, high = by_the_library(page).interval("amanat", 0.9)
    assert f"{low}–{high}" in shown


def test_fields_are_written_as_the_language_does_and_read_so(page: Page) -> None:
    page.locator("#language").select_option("ru")
    page.locator("html[lang=ru]").wait_for(state="attached")
    ready(page)
    assert re.fullmatch(r"\d+,\d+", control(page, "poll.shares.amanat").input_value())
    type_in(page, "poll.shares.jsdp", "7,25")
    ready(page)
    assert control(page, "poll.shares.jsdp").input_value() == "7,25"
    assert from_link(shown_link(page))[0]["poll"]["shares"]["jsdp"] == "7.25%"
    assert_shown(page, by_the_library(page))


# -- in and out --------------------------------------------------------------------------------------------------------


def test_a_link_restores_the_state_in_another_page(page: Page) -> None:
    type_in(page, "poll.shares.jsdp", "11")
    type_in(page, "law.list_seats", "120")
    control(page, "districts").uncheck()
    ready(page)
    rows = page.locator("#seats").inner_text()
    other = page.context.new_page()
    other.goto(page.url)
    ready(other)
    assert control(other, "poll.shares.jsdp").input_value() == "11"
    assert other.locator("#seats").inner_text() == rows


def test_a_poll_of_ones_own_is_shared_at_once_as_a_link_and_as_a_command(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("#own > summary").click()
    page.locator("#typed").fill("Amanat 50\nMy list 50")
    page.locator("#use").click()
    control(page, "poll.shares.My list").wait_for()
    assert "taken as 2.4" in page.locator("#used").inner_text()
    page.locator("#copy").click()
    page.locator("#shared").wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    assert from_link(link)[0]["poll"]["shares"] == {"amanat": "50%", "My list": "50%"}
    page.locator("#command").click()
    page.locator("#shared", has_text="terminal").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == f'mazhilis-sim explore --lang en "{link}"'


def test_the_language_goes_with_reload_link_and_command(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("#language").select_option("ru")
    page.locator("html[lang=ru]").wait_for(state="attached")
    page.reload()
    ready(page)
    assert page.locator("html").get_attribute("lang") == page.locator("#language").input_value() == "ru"
    page.locator("#copy").click()
    page.locator("#shared").wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    page.locator("#command").click()
    page.locator("#shared", has_text="терминал").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == f'mazhilis-sim explore --lang ru "{link}"'
    other = page.context.new_page()
    other.goto(link)
    ready(other)
    assert other.locator("h1").inner_text() == "Обозреватель Мажилиса"


def looks(page: Page) -> dict[str, Any]:
    """Return what two pages of one state must have alike, beside their numbers."""
    colours = "dots => dots.map(dot => dot.style.background)"
    return {
        "dots": page.locator("#poll .spot").evaluate_all(colours),
        "doubts": page.locator("#doubts li").all_text_contents(),
        "members": page.locator("#members label").all_inner_texts(),
        "margin": control(page, "poll.margin").input_value(),
    }


def test_another_page_of_a_typed_poll_looks_like_the_first(page: Page) -> None:
    page.locator("#own > summary").click()
    page.locator("#typed").fill("Baytaq 10\nAuyl 30\nАманат 60\nundecided 12")
    page.locator("#use").click()
    page.locator("#used", has_text="decided").wait_for()
    ready(page)
    other = page.context.new_page()
    other.goto(page.url)
    ready(other)
    mine = looks(page)
    assert looks(other) == mine
    assert len(mine["dots"]) == 3
    assert mine["members"][:3] == ["Baytaq", "Auyl", "Amanat"]
    assert "sample size" in " ".join(mine["doubts"])
    assert "read as" not in " ".join(mine["doubts"])
    assert re.fullmatch(r"\d\.\d\d", mine["margin"])


def test_what_cannot_be_copied_is_shown(page: Page) -> None:
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error()) }")
    page.locator("#copy").click()
    page.locator("#shared", has_text=page.url).wait_for()


def test_what_is_downloaded_is_run_by_the_command_line_to_the_same_numbers(page: Page, tmp_path: Path) -> None:
    type_in(page, "poll.shares.jsdp", "9")
    page.locator("#regions > summary").click()
    type_in(page, "turnout.astana", "70")
    ready(page)
    with page.expect_download() as coming:
        page.locator("#download").click()
    scenario, saved = tmp_path / coming.value.suggested_filename, tmp_path / "run.json"
    coming.value.save_as(scenario)
    subprocess.run([sys.executable, "-m", "mazhilis_sim", "forecast", str(scenario), "--json", str(saved), "--quiet"], check=True)
    assert_shown(page, ms.load_forecast(saved))


def test_a_poll_can_be_typed_at_once_and_used_without_scrolling(page: Page) -> None:
    page.set_viewport_size({"width": 1400, "height": 800})
    page.locator("#own > summary").click()
    page.keyboard.type("Amanat 60")
    page.keyboard.press("Enter")
    page.keyboard.type("Auyl 40")
    assert page.locator("#typed").input_value() == "Amanat 60\nAuyl 40"
    box = page.locator("#use").bounding_box()
    assert box["y"] + box["height"] <= 800
    page.locator("#use").click()
    page.locator("#used", has_text="margin of error").wait_for()


@pytest.mark.parametrize("height", [600, 800])
def test_the_button_stays_in_sight_while_a_long_poll_is_typed(page: Page, height: int) -> None:
    page.set_viewport_size({"width": 1280, "height": height})
    page.locator("#own > summary").click()
    page.locator("#typed").press_sequentially("Amanat 60\nAuyl 28\n" + "\n" * 30 + "n = 12,00")
    box: Any = page.locator("#use").bounding_box()
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert page.evaluate("([x, y]) => document.elementFromPoint(x, y)?.id", middle) == "use"
    assert page.locator("#typed").bounding_box()["y"] > 0
    page.mouse.click(*middle)
    fault = page.locator("#fault-typed:not(:empty)")
    fault.wait_for()
    assert fault.inner_text().startswith("line 33 must hold the number of people asked")
    page.locator("#typed").press("Backspace")
    assert page.locator("#fault-typed").inner_text() == ""
    assert page.locator("#used").inner_text() == "The forecast does not show this poll yet."


def test_a_typed_poll_of_ones_own_is_shown(page: Page) -> None:
    page.locator("#own > summary").click()
    page.locator("#typed").fill("Amanat 50\nAuyl 30,5\nMy list 12\nundecided 7.5")
    page.locator("#use").click()
    control(page, "poll.shares.My list").wait_for()
    ready(page)
    assert control(page, "poll.undecided").input_value() == "7.5"
    assert_shown(page, by_the_library(page))
    page.locator("#typed").fill("Amanat 52%, Auyl 20,5%, My list 20%, undecided 7,5%, ±4,1%")
    page.locator("#use").click()
    page.locator("#used", has_text="4.1").wait_for()
    ready(page)
    assert from_link(shown_link(page))[0]["poll"] == {
        "shares": {"amanat": "52%", "auyl": "20.5%", "My list": "20%"},
        "undecided": "7.5%",
        "margin": "4.1%",
    }
    assert_shown(page, by_the_library(page))
    page.locator("#typed").fill("Amanat fifty")
    page.locator("#use").click()
    page.locator("#fault-typed:not(:empty)").wait_for()
    assert "line 1 must hold a name and a share" in page.locator("#fault-typed").inner_text()


def test_a_file_is_opened_and_a_wrong_one_is_refused_in_words(page: Page, tmp_path: Path) -> None:
    right, wrong = tmp_path / "mine.csv", tmp_path / "wrong.csv"
    right.write_text("party,share %\nAmanat,61\nAuyl,39\n", encoding="utf-8")
    wrong.write_text("nothing here", encoding="utf-8")
    page.locator("#file").set_input_files(wrong)
    page.locator("#fault-file:not(:empty)").wait_for()
    assert page.locator("#fault-file").inner_text().startswith("wrong.csv")
    page.locator("#file").set_input_files(right)
    control(page, "poll.shares.jsdp").wait_for(state="detached")
    ready(page)
    assert control(page, "poll.shares.auyl").input_value() == "39"
    assert page.locator("#fault-file").inner_text() == ""
    assert "sample size" in page.locator("#doubts").text_content()
    assert_shown(page, by_the_library(page))


def test_a_dropped_file_is_opened(page: Page) -> None:
    drop = """() => {
        const held = new DataTransfer();
        held.items.add(new File(["party,share %\\nAmanat,55\\nJSDP,45\\n"], "dropped.csv"));
        document.dispatchEvent(new DragEvent("drop", { dataTransfer: held }));
    }"""
    page.evaluate(drop)
    control(page, "poll.shares.auyl").wait_for(state="detached")
    ready(page)
    assert control(page, "poll.shares.jsdp").input_value() == "45"


def test_the_end_of_the_program_is_said(browser: Browser) -> None:
    page = browser.new_page()
    with explorer() as address:
        page.goto(address)
        ready(page)
    page.locator("#notice").wait_for()
    assert "mazhilis-sim explore" in page.locator("#notice").inner_text()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("#revive").click()
    page.locator("#shared").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == f'mazhilis-sim explore --lang en "{page.url}"'
    page.close()


# -- how it looks ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [320, 390, 800, 1400])
def test_no_width_scrolls_sideways(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("#chamber svg").bounding_box()["width"] > 200


def test_dark_is_dark(page: Page) -> None:
    shades = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        ink, paper = (page.evaluate(f"getComputedStyle(document.body).{name}") for name in ("color", "backgroundColor"))
        shades.append([sum(map(int, re.findall(r"\d+", shade)[:3])) for shade in (ink, paper)])
    (ink, paper), (dark_ink, dark_paper) = shades
    assert ink < 200 < 700 < paper
    assert dark_paper < 200 < 600 < dark_ink


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1400])
def test_axe_finds_nothing_serious(page: Page, scheme: str, width: int) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    page.locator("#pin").click()
    for summary in page.locator("summary:visible").all():
        summary.click()
    type_in(page, "law.threshold", "many")
    page.locator('[data-fault="law.threshold"]:not(:empty)').wait_for()
    type_in(page, "law.threshold", "4")
    ready(page)
    page.evaluate(AXE)
    found = page.evaluate("axe.run()")
    serious = [
        f"{fault['id']}: {fault['nodes'][0]['html'][:200]}" for fault in found["violations"] if fault["impact"] in ("serious", "critical")
    ]
    assert serious == []
    assert len(found["passes"]) > 20
