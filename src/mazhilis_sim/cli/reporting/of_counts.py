"""The reports of a count, with its protocol, and of a count by several laws."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mazhilis_sim.cli.counting.count import Counted, count_election
from mazhilis_sim.cli.counting.report import CountTable, decisions, protocol_of
from mazhilis_sim.cli.questions.answering import Where
from mazhilis_sim.cli.questions.reading_words import laws_in
from mazhilis_sim.cli.reporting.provenance import how_it_was_made
from mazhilis_sim.counting.protocol import RULE
from mazhilis_sim.languages import _
from mazhilis_sim.questions.asking import names_for
from mazhilis_sim.report import Document, Items, Section
from mazhilis_sim.report.document import Part
from mazhilis_sim.report.of_results import document_of


def counted_as(source: str, options: dict[str, Any]) -> Document:
    """Count, and report it."""
    asked = {name: options[name] for name in ("law", "list_seats", "districts", "against_all", "changes", "seed")}
    counted = count_election(source, **asked, written=(options["dialect"], options["sheet"]))
    return document(counted, *([(_("votes from"), counted.election.source)] if counted.election.source else []))


def document(counted: Counted, *made_of: tuple[str, str]) -> Document:
    """Return the report of a count, whether it was just made or saved."""
    names, election = names_for(counted.election), counted.election
    picture = (counted.chamber or counted.allocation).plot(names=names)
    (table,) = next(CountTable(counted).layouts())
    doubts = [Items([(_("doubtful"), doubt) for doubt in counted.doubts])] if counted.doubts else []
    sections = [
        Section(_("Seats"), [picture, table, Items(list(decisions(counted))), *doubts]),
        Section(_("By region"), [election.plot()] if election.regions else []),
        Section(_("The protocol"), list(protocol(counted))),
        how_it_was_made(*made_of),
    ]
    return Document(counted.title, sections)


def protocol(counted: Counted) -> Iterator[Part]:
    """Return the protocol, without the rules between its steps."""
    for part in protocol_of(counted):
        if not isinstance(part, str):
            yield part
        elif part.strip() and not part.startswith(RULE):
            yield part.strip()


def compared(source: str, laws: str, options: dict[str, Any]) -> Document:
    """Count by several laws, and report it."""
    from mazhilis_sim.questions.comparing import compare

    asked = {name: options[name] for name in ("against_all", "seed", "dialect", "sheet")}
    place = Where(source, **asked)
    found = compare(laws_in(laws), place.election(), seed=place.lots)
    made = how_it_was_made(*([(_("votes from"), found.election.source)] if found.election.source else []))
    document = document_of(found)
    return Document(document.title, [*document.sections[:-1], made])
