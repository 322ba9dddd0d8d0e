"""A report as the one page of one file: tables and drawings in it, no script, nothing that a browser would fetch."""

from __future__ import annotations

import html
import os
from collections.abc import Iterator
from importlib.resources import files
from itertools import count, groupby
from string import Template

from mazhilis_sim.errors import SimulationError
from mazhilis_sim.languages import language
from mazhilis_sim.pictures.sheets.fonts import fonts_for
from mazhilis_sim.pictures.sheets.inline import colours_in_the_dark, inline
from mazhilis_sim.report.document import Code, Document, Items, Part, Section
from mazhilis_sim.showing import table_of
from mazhilis_sim.tables import Table
from mazhilis_sim.writing import path_of, write_whole

ENDINGS = (".html", ".htm")


def check_page(path: str | os.PathLike[str]) -> None:
    """Refuse the name of a file that promises something else than a page."""
    ending = path_of(path).suffix
    if ending.lower() not in ENDINGS:
        raise SimulationError(field="a report", got=path, must=f"end in {' or '.join(ENDINGS)}", shown=ending or "no ending")


def write_page(document: Document, path: str | os.PathLike[str]) -> None:
    """Write a report, whole or not at all; the same report is the same bytes on every day."""
    check_page(path)
    write_whole(path, page_of(document))


def page_of(document: Document) -> str:
    """Return the page."""
    numbers = count(1)
    body = "\n".join(section_of(section, numbers) for section in document.sections if section.parts)
    return Template(resource("page.html")).substitute(
        language=language(),
        title=html.escape(document.title),
        style=resource("page.css"),
        fonts=fonts_for(body),
        dark=colours_in_the_dark(body),
        body=body,
    )


def resource(name: str) -> str:
    """Return a file that lies beside this module."""
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def section_of(section: Section, numbers: Iterator[int]) -> str:
    """Write one section."""
    parts = "\n".join(part_of(part, section.title, numbers) for part in section.parts)
    return f"<section>\n<h2>{html.escape(section.title)}</h2>\n{parts}\n</section>"


def part_of(part: Part, title: str, numbers: Iterator[int]) -> str:
    """Write one part; pictures are numbered, so that what they name is theirs alone."""
    if isinstance(part, str):
        return f"<p>{html.escape(part)}</p>"
    if isinstance(part, Table):
        return moved(table_of(part, title), title)
    if isinstance(part, Items):
        return items_of(part)
    if isinstance(part, Code):
        return f"<pre><code>{html.escape(part.text)}</code></pre>"
    return f"<figure>\n{moved(inline(part, f'p{next(numbers)}-'), title)}\n</figure>"


def moved(element: str, title: str) -> str:
    """Let what is wider than a screen be moved sideways, by keys as well."""
    return f'<div class="wide" role="group" tabindex="0" aria-label="{html.escape(title)}">\n{element}\n</div>'


def items_of(items: Items) -> str:
    """Write labels and what belongs to them."""
    lines = []
    for label, pairs in groupby(items.pairs, key=lambda pair: pair[0]):
        lines += [f"<dt>{html.escape(label)}</dt>", *(f"<dd>{html.escape(text)}</dd>" for _, text in pairs)]
    return "\n".join(["<dl>", *lines, "</dl>"])
