"""The measured section of docs/performance.md: one block for each target, between marks that name it."""

import datetime
import os
import platform
import re
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PAGE = Path(__file__).parent.parent / "docs" / "performance.md"
PACKAGES = ("numpy", "numba", "llvmlite", "jax", "apportionment", "votelib")
SETTINGS = ("NUMBA_CPU_NAME", "NUMBA_CPU_FEATURES", "NPY_DISABLE_CPU_FEATURES", "XLA_FLAGS")
"""What numba, and the rivals' NumPy and XLA, are told of the processor that they run on."""


def placed(page, target, text):
    """Put a target's block in the place of the one of that name; where there is none, behind the last one, or at the end."""
    begin, end = f"<!-- measured {target} -->\n", f"<!-- end {target} -->\n"
    head, found, rest = page.partition(begin)
    if found:
        _, closed, tail = rest.partition(end)
        if not closed:
            raise ValueError(f"{begin.strip()} has no {end.strip()} behind it")
        return f"{head}{begin}{text}{end}{tail}"
    ends = [mark.end() for mark in re.finditer("<!-- end.*-->\n", page)]
    at = ends[-1] if ends else len(page)
    return f"{page[:at]}\n{begin}{text}{end}{page[at:]}"


def write(target, text):
    """Write a target's block into the page."""
    PAGE.write_text(placed(PAGE.read_text(encoding="utf-8"), target, text), encoding="utf-8")


def figure(value):
    """Three significant digits."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def table(header, rows):
    """Put rows of cells into a table of Markdown, with an empty line behind it."""
    return [line_of(header), "|" + "---|" * len(header), *map(line_of, rows), ""]


def line_of(cells):
    """Put cells into a line of a table."""
    return "| " + " | ".join(cells) + " |"


def processor():
    """Name of the processor, where the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())


def heading(target):
    """Say when and on what was measured."""
    told = [f"{name}={os.environ[name]}" for name in SETTINGS if os.environ.get(name)]
    machine = [processor(), f"{os.cpu_count()} processors", *told, f"Python {platform.python_version()}"]
    return f"Target `{target}`, measured on {datetime.date.today()}: {', '.join([*machine, *versions()])}."


def versions():
    """Names and versions of the packages that are installed."""
    for name in PACKAGES:
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            continue
