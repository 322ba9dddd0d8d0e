"""What a spreadsheet says of its cells beside their values: that one is shown in per cent, or holds an error instead of a value.

In .xlsx and .xlsm that is ECMA-376, Part 1, 18.3.1.4 (``c``, its ``t`` and ``s``) and 18.8 (styles), in .ods OpenDocument 1.3,
Part 3, 19.387 (``office:value-type``). The binary kinds, .xls and .xlsb, say it nowhere that is read here.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import IO
from xml.etree import ElementTree

from mazhilis_sim.files.sources.grid import Exact, as_cell, is_error, times_hundred

PER_CENT = "%"
"""What is said of a cell that is shown in per cent; of one with an error it is the error's own text."""
SHOWN_SO = frozenset((9, 10))
"""Numbers of the formats in per cent that every workbook has."""
QUOTED = re.compile(r'"[^"]*"|\\.')
"""What a format writes as it stands."""
REFERENCE = re.compile(r"(?P<letters>[A-Z]{1,3})\d+")
DAMAGED = (ElementTree.ParseError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError)
"""What is raised for packed XML that is not whole."""


@dataclass(frozen=True, slots=True)
class Span:
    """Rows and columns, counted from 0, of cells of which the same is said."""

    rows: range
    columns: range
    said: str

    def write(self, values: list[list[object]], cells: list[list[str]]) -> None:
        """Write what is said into the cells that there are, by their values."""
        for row, column in product(within(self.rows, len(cells)), within(self.columns, len(cells[0]) if cells else 0)):
            value = values[row][column]
            if self.said != PER_CENT:
                cells[row][column] = self.said
            elif isinstance(value, (int, float)) and not isinstance(value, bool):
                cells[row][column] = Exact(f"{times_hundred(as_cell(value))}%")


def within(places: range, size: int) -> range:
    """Return those of a range that are below a size."""
    return range(min(places.start, size), min(places.stop, size))


@dataclass
class Marked:
    """The cells of a book of which something is said, by their sheets.

    Parameters
    ----------
    data : bytes
        The file.
    """

    data: bytes
    found: dict[str, list[Span]] = field(default_factory=dict)

    def spans(self, sheet: str) -> list[Span]:
        """Return what is said of cells of a sheet; raise a `ValueError` where the file is damaged."""
        try:
            return self.found[sheet] if self.found else self.looked_for(sheet)
        except DAMAGED as error:
            raise ValueError(str(error)) from None

    def looked_for(self, sheet: str) -> list[Span]:
        """Look into the file, of whatever kind it is."""
        if not zipfile.is_zipfile(io.BytesIO(self.data)):
            return []
        with zipfile.ZipFile(io.BytesIO(self.data)) as book:
            parts = {name.lstrip("/").lower(): name for name in book.namelist()}
            if "content.xml" in parts:
                with book.open(parts["content.xml"]) as content:
                    self.found = in_document(content)
                return self.found.get(sheet, [])
            path = path_of(book, parts, sheet)
            if not path:
                return []
            with book.open(path) as part:
                return list(in_sheet(part, per_cent_styles(book, parts)))


# -- .ods --------------------------------------------------------------------------------------------------------------


def in_document(content: IO[bytes]) -> dict[str, list[Span]]:
    """Find by their sheets the cells of an OpenDocument; rows and cells stand once for as many as they are repeated."""
    found: dict[str, list[Span]] = {"": []}
    sheet, top = "", 0
    for event, element in ElementTree.iterparse(content, ("start", "end")):
        kind = local(element.tag)
        if event == "start" and kind == "table":
            sheet, top = said_of(element, "name"), 0
            found[sheet] = []
        elif event == "end" and kind == "table-row":
            rows = range(top, top + int(said_of(element, "number-rows-repeated") or 1))
            found[sheet] += in_row(element, rows)
            top = rows.stop
            element.clear()
    return found


def in_row(row: ElementTree.Element, rows: range) -> Iterator[Span]:
    """Yield what is said of the cells of a row of an OpenDocument."""
    left = 0
    for cell in row:
        columns = range(left, left + int(said_of(cell, "number-columns-repeated") or 1))
        said = of_cell(cell)
        if said:
            yield Span(rows, columns, said)
        left = columns.stop


def of_cell(cell: ElementTree.Element) -> str:
    """Return what an OpenDocument says of a cell: the error of a formula is the text that it shows."""
    kinds = {value for name, value in cell.items() if local(name) == "value-type"}
    if "percentage" in kinds:
        return PER_CENT
    shown = "".join(cell.itertext()).strip() if "error" in kinds or said_of(cell, "formula") else ""
    return (shown or "#ERROR!") if "error" in kinds else shown * is_error(shown)


# -- .xlsx -------------------------------------------------------------------------------------------------------------


def path_of(book: zipfile.ZipFile, parts: dict[str, str], sheet: str) -> str:
    """Return the part of a workbook that holds a sheet; nothing where it says none, or none of XML."""
    main, links = parts.get("xl/workbook.xml"), parts.get("xl/_rels/workbook.xml.rels")
    if not main or not links:
        return ""
    ids = {each.get("name"): said_of(each, "id") for each in elements(book, main, "sheet")}
    targets = {each.get("Id"): each.get("Target", "") for each in elements(book, links, "Relationship")}
    target = posixpath.normpath(posixpath.join("/xl", targets.get(ids.get(sheet), "")))
    return parts.get(target.lstrip("/").lower(), "")


def per_cent_styles(book: zipfile.ZipFile, parts: dict[str, str]) -> frozenset[str]:
    """Return the numbers of the styles that show a number in per cent."""
    path = parts.get("xl/styles.xml")
    if not path:
        return frozenset()
    own = {each.get("numFmtId"): each.get("formatCode", "") for each in elements(book, path, "numFmt")}
    shown_so = {number for number, code in own.items() if "%" in QUOTED.sub("", code)} | {str(number) for number in SHOWN_SO}
    styles = (style for styles in elements(book, path, "cellXfs") for style in styles)
    return frozenset(str(number) for number, style in enumerate(styles) if style.get("numFmtId") in shown_so)


def in_sheet(part: IO[bytes], styles: frozenset[str]) -> Iterator[Span]:
    """Yield what is said of the cells of a sheet; a row or a cell without its place stands behind the last."""
    top = -1
    for _event, element in ElementTree.iterparse(part):
        if local(element.tag) != "row":
            continue
        top, left = int(element.get("r") or top + 2) - 1, -1
        for cell in element:
            left = column_of(cell.get("r", ""), left + 1)
            said = error_in(cell) or PER_CENT * (cell.get("s") in styles)
            if said:
                yield Span(range(top, top + 1), range(left, left + 1), said)
        element.clear()


def error_in(cell: ElementTree.Element) -> str:
    """Return the error that a cell holds."""
    if cell.get("t") != "e":
        return ""
    return next((value.text for value in cell if local(value.tag) == "v" and value.text), "#ERROR!")


def column_of(reference: str, otherwise: int) -> int:
    """Return the column of a reference such as AB7, counted from 0."""
    match, place = REFERENCE.fullmatch(reference), 0
    for letter in match["letters"] if match else "":
        place = 26 * place + ord(letter) - ord("A") + 1
    return place - 1 if match else otherwise


# -- both --------------------------------------------------------------------------------------------------------------


def local(name: str) -> str:
    """Return the name of an element or an attribute without its namespace, of which each kind has several."""
    return name.rpartition("}")[2]


def said_of(element: ElementTree.Element, name: str) -> str:
    """Return an attribute by its name alone; nothing where there is none."""
    return next((value for known, value in element.items() if local(known) == name), "")


def elements(book: zipfile.ZipFile, path: str, kind: str) -> Iterator[ElementTree.Element]:
    """Yield the elements of one kind in a part of a workbook."""
    with book.open(path) as part:
        yield from (element for _event, element in ElementTree.iterparse(part) if local(element.tag) == kind)
