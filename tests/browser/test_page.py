"""The page in a real browser: what it shows is what the library says, however one moves its controls."""

from __future__ import annotations

from typing import Any

from browsing import control, ready, seats, shown_link, slider
from playwright.sync_api import Page

import mazhilis_sim as ms
from mazhilis_sim.app.answers import drawn
from mazhilis_sim.app.documents import from_link
from mazhilis_sim.app.state import read_state


def by_the_library(page: Page) -> ms.SeatDistribution:
    """Simulate the state in the page's address at once."""
    asked = read_state(from_link(shown_link(page)))
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
