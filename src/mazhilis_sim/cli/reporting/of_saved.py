"""The report of whatever else was saved with ``--json``: its rows as a table, what it says beside them as lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from mazhilis_sim.cli.counting.saved import counted_again
from mazhilis_sim.cli.reporting.of_counts import document
from mazhilis_sim.cli.reporting.printed_again import PRINTED
from mazhilis_sim.cli.reporting.provenance import how_it_was_made
from mazhilis_sim.cli.reporting.saved_files import kind_of, read
from mazhilis_sim.cli.reporting.saved_pictures import draw_saved
from mazhilis_sim.cli.reporting.saved_words import party, text, title_of, words
from mazhilis_sim.errors import FileError
from mazhilis_sim.languages import _, marked, number
from mazhilis_sim.legislation.presets import law as law_by_name
from mazhilis_sim.legislation.presets import laws
from mazhilis_sim.names.parties import Names
from mazhilis_sim.pictures.hemicycle import Seats, draw
from mazhilis_sim.report import Document, Items, Section
from mazhilis_sim.report.document import Part
from mazhilis_sim.tables import Column, Table

TIERS = {"list": marked("list"), "district": marked("district"), "total": marked("all")}
"""Of the seats of a count, and the heads of their columns."""


def saved_as(source: str) -> Document:
    """Report what was saved, key by key."""
    saved = read(source)
    kind = kind_of(saved.pop("format"))
    if kind == "count" and (again := counted_again(saved, Path(source).name)):
        return document(again)
    pictures = list(draw_saved(kind, saved))
    title = title_of(kind, str(saved.pop("title", "") or ""), Path(source).name)
    if sections := printed(kind, saved):
        return Document(title, [Section(_("Result"), pictures), *sections, how_it_was_made()])
    for key in ("asked", "laws") if pictures else ("asked",):  # what the picture and the rows were made of
        saved.pop(key, None)
    saved.pop("closest", None)  # a pair of lists that a note names
    first = counted(saved) if kind == "count" else pictures
    lines = [(words(key), text(value, key)) for key, value in saved.items() if is_plain(value)]
    tables = [Section(words(key), [table_of(value)]) for key, value in saved.items() if not is_plain(value)]
    head = Section(_("Seats") if kind == "count" else _("Result"), first)
    beside = Section(_("Beside it"), [Items(lines)] if lines else [])
    return Document(title, [head, *tables, beside, how_it_was_made()])


def printed(kind: str, saved: Mapping[str, Any]) -> list[Section]:
    """Return what was printed of a kind that has words for its scores; nothing where that cannot be made of what was saved."""
    try:
        return list(PRINTED[kind](saved))
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError):  # another kind, or changed by hand
        return []


# -- values of JSON ----------------------------------------------------------------------------------------------------


def is_plain(value: Any) -> bool:
    """Tell whether a value is written in one line."""
    return not value or not isinstance(value, (list, Mapping)) or (isinstance(value, list) and not isinstance(value[0], Mapping))


def table_of(value: Any) -> Table:
    """Write objects as rows: those of a list, or of an object by their names."""
    rows: list[Mapping[str, Any]]
    if isinstance(value, Mapping):
        rows = [{"": party(key), **(item if isinstance(item, Mapping) else {"value": item})} for key, item in value.items()]
    else:
        rows = [item if isinstance(item, Mapping) else {"value": item} for item in value]
    heads = dict.fromkeys(key for row in rows for key in row)
    return Table([Column(words(head), [text(row.get(head), head) for row in rows], left=is_words(rows, head)) for head in heads])


def is_words(rows: Sequence[Mapping[str, Any]], head: str) -> bool:
    """Tell whether a column holds texts that are no numbers."""
    return any(isinstance(row.get(head), str) and not row[head][:1].isdecimal() for row in rows)


# -- a count -----------------------------------------------------------------------------------------------------------


def counted(saved: dict[str, Any]) -> list[Part]:
    """Take votes and seats of a count that cannot be counted again together into a table, under the picture of a whole chamber."""
    votes, seats = saved.pop("votes", None), saved.pop("seats", None)
    if not (is_counts(votes) and isinstance(seats, Mapping) and all(map(is_counts, seats.values()))):
        raise FileError("this is no whole count", field="source", must="hold the votes and seats of a count", remedy="save it again")
    names, parties = Names(), list(dict.fromkeys([*votes, *(party for won in seats.values() for party in won)]))
    columns: dict[str, Mapping[str, int]] = {_("votes"): votes, **{_(TIERS.get(tier, str(tier))): won for tier, won in seats.items()}}
    cells = [Column(head, [number(of[party]) if party in of else "" for party in parties]) for head, of in columns.items()]
    return [*pictured(str(saved.get("law")), seats), Table([Column("", [names[party] for party in parties], left=True), *cells])]


def is_counts(value: Any) -> bool:
    """Tell whether a value holds whole numbers by name."""
    return isinstance(value, Mapping) and all(type(number) is int and number >= 0 for number in value.values())


def pictured(law: str, seats: Mapping[str, Mapping[str, int]]) -> Iterator[Part]:
    """Draw the chamber, where it is one of a law that is known and all its seats were counted."""
    whole = dict(seats.get("total") or {})
    if law in laws() and any(whole.values()):
        yield draw(Seats(law_by_name(law), whole), None, None, "")
