"""From a movement of a control to the new picture, in a real Chromium: milliseconds by part, for the page docs/performance.md.

``python benchmarks/explorer.py`` moves the slider of the threshold 50 times under each law and prints the table; on a quiet machine. It
needs the group ``browser`` and a Chromium, as ``nox -s browser`` has them.
"""

from __future__ import annotations

import statistics
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "browser"))
from browsing import OPTIONS, chromium, control, explorer, ready, slider

MOVES, LAWS = 50, {"2026": "145 seats, all on lists", "2023": "69 on lists, 29 in districts"}
MOVE = "(element, value) => { element.value = value; element.dispatchEvent(new Event('input')); }"
MARKS = """() => {
    const marks = performance.getEntriesByType("mark").map(({ name, startTime, detail }) => ({ name, startTime, detail }));
    performance.clearMarks();
    return marks;
}"""


def one_move(page: Page, place: int) -> dict[int, tuple[float, float, float]]:
    """Move the slider once; by number of elections: until the picture is drawn, of that simulating, of that drawing."""
    page.evaluate(MARKS)
    slider(page, "law.threshold").evaluate(MOVE, 3 + place % 9)
    ready(page)
    marks = page.evaluate(MARKS)
    moved = next(mark["startTime"] for mark in marks if mark["name"] == "moved")
    found = {}
    for came, drawn in zip((m for m in marks if m["name"] == "came"), (m for m in marks if m["name"] == "drawn"), strict=True):
        detail = drawn["detail"]
        found[detail["draws"]] = (drawn["startTime"] - moved, 1000 * detail["simulated"], drawn["startTime"] - came["startTime"])
    return found


def measure(page: Page, law: str) -> None:
    """Print the rows of one law."""
    control(page, "law.name").select_option(law)
    ready(page)
    for place in range(5):
        one_move(page, place)
    moves = [one_move(page, place) for place in range(MOVES)]
    for draws in (100_000, 1_000_000):
        whole, simulated, drawing = (statistics.median(move[draws][part] for move in moves) for part in range(3))
        print(f"| {law}: {LAWS[law]} | {draws:,} | **{whole:.0f}** | {simulated:.0f} | {drawing:.1f} |")


def main() -> None:
    """Print the table."""
    print("| law | elections | movement to picture | simulating | drawing |\n|---|---|---|---|---|")
    with explorer() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(OPTIONS))
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        page.goto(address)
        ready(page)
        for law in LAWS:
            measure(page, law)
        browser.close()


if __name__ == "__main__":
    main()
