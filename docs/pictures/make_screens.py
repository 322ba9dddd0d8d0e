"""Takes the pictures of the explorer and of a report in a Chromium: ``python docs/pictures/make_screens.py``."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

sys.path.append(str(Path(__file__).parents[2] / "tests" / "browser"))
from browsing import OPTIONS, chromium, explorer, ready, type_in

FOLDER = Path(__file__).parent


def main() -> None:
    """Take both."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(OPTIONS))
        take_explorer(browser)
        take_report(browser)
        browser.close()


def take_explorer(browser: Browser) -> None:
    """Take the page after the threshold was moved beside a pinned state."""
    with explorer() as address:
        page = browser.new_page(viewport={"width": 1400, "height": 1180})
        page.goto(address)
        ready(page)
        page.locator("#pin").click()
        type_in(page, "law.threshold", "3")
        page.wait_for_timeout(500)
        ready(page)
        page.mouse.click(700, 30)  # no field has the focus
        page.screenshot(path=FOLDER / "explorer.png")


def take_report(browser: Browser) -> None:
    """Take the upper end of a report."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.html"
        subprocess.run([sys.executable, "-m", "mazhilis_sim", "report", "2023", "-o", str(report)], check=True)
        page = browser.new_page(viewport={"width": 1200, "height": 1010})
        page.goto(report.as_uri())
        page.screenshot(path=FOLDER / "report_2023.png")


if __name__ == "__main__":
    main()
