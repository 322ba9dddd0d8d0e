"""A Chromium for the tests of the explorer, and the explorer as a program of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Page

NAMES = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 240_000
"""Milliseconds until something must stand on the page; the first answer of a cold program waits for its compiler."""
OPTIONS = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")


def chromium() -> str:
    """Return the path of a Chromium: the one that the environment names, or one that is installed."""
    found = os.environ.get("MAZHILIS_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        raise RuntimeError("these tests need a Chromium: install one, or name it in MAZHILIS_CHROMIUM")
    return found


@contextmanager
def explorer(*words: str) -> Iterator[str]:
    """Run ``mazhilis-sim explore`` until the block ends; its address."""
    command = [sys.executable, "-m", "mazhilis_sim", "explore", "--no-browser", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as program:
        try:
            assert program.stdout is not None
            yield program.stdout.readline().strip()
        finally:
            program.terminate()


# -- what stands on the page -------------------------------------------------------------------------------------------


def ready(page: Page) -> None:
    """Wait until what is shown is whole and nothing newer is on its way."""
    page.locator("body[data-settled=true]").wait_for(state="attached", timeout=PATIENCE)


def shown_link(page: Page) -> str:
    """Return the state that the address holds."""
    return page.evaluate("location.hash")


def control(page: Page, path: str) -> Any:
    """Return the typed number, or the choice, of a control."""
    return page.locator(f'[data-path="{path}"]')


def slider(page: Page, path: str) -> Any:
    """Return the slider of a control."""
    return page.locator(f'.field:has([data-path="{path}"]) input[type=range]')


def type_in(page: Page, path: str, text: str) -> None:
    """Type a number, and leave the field."""
    control(page, path).fill(text)
    control(page, path).press("Enter")


def seats(page: Page, party: str) -> dict[str, str]:
    """Return what the table of seats says of a party."""
    cells = page.locator(f'#seats tr[data-party="{party}"] td').all_inner_texts()
    return dict(zip(("share", "enters", "median", "interval", "distribution", "central"), cells, strict=True))


def fault(page: Page, path: str) -> str:
    """Return what is said to be wrong beside a control."""
    return page.locator(f'[data-fault="{path}"]').inner_text()
