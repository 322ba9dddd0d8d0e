"""Votes place by place: rows that say of which region, district or precinct they are, added up."""

from __future__ import annotations

from collections.abc import Sequence

from mazhilis_sim.errors import FileError, show
from mazhilis_sim.files import cells
from mazhilis_sim.files.layout.blocks import PLACES
from mazhilis_sim.files.rows import Row, Table
from mazhilis_sim.names.entries import Entry
from mazhilis_sim.names.labels import SUM, read_label
from mazhilis_sim.names.reserved import ASSEMBLY, INDEPENDENTS
from mazhilis_sim.tables import plural

INSTEAD = {
    INDEPENDENTS: "candidates in districts stand in a file of districts",
    ASSEMBLY: "appointed members are not voted for; leave the row out",
}
"""Ids that are no list, and what to write instead of such a row."""
Place = tuple[str, ...]


def party_in(row: Row) -> str:
    """Read the label of a list; members who are elected or appointed otherwise have none."""
    party = cells.identifier(row, "party")
    if party in INSTEAD:
        problem, must = f"{party!r} is reserved and no list", "be a list"
        raise FileError(problem, field="party", got=party, must=must, remedy=INSTEAD[party], where=row.place("party"))
    return party


def places_in(table: Table) -> list[str]:
    """Return the columns that say of which place the votes of a row are."""
    return [column for column in PLACES if any(row[column] for row in table)]


def places_together(table: Table) -> tuple[list[Entry[int]], str]:
    """Add up the votes of all places, and say how many there were; rows that are the sum of the others are left out."""
    columns = places_in(table)
    by_place: dict[Place, dict[str, Row]] = {}
    for row in table:
        place = tuple(cells.filled(row, column, "say of which place the votes of the row are") for column in columns)
        rows = by_place.setdefault(place, {})
        party = party_in(row)
        if party in rows:
            raise row.error("party", f"stand once in each {columns[-1]}, and stands in row {rows[party].number} too")
        rows[party] = row
    own = {place: rows for place, rows in by_place.items() if not is_sum(place)}
    entries = added_up(list(own.values()), table)
    for place in by_place.keys() - own.keys():
        check_sum(by_place[place], entries)
    sums = {row.number for place in by_place.keys() - own.keys() for row in by_place[place].values()}
    left_out = f", {plural(len(sums), 'row')} of sums left out" if sums else ""
    return entries, f"{plural(len(own), columns[-1])} added up{left_out}"


def is_sum(place: Place) -> bool:
    """Tell whether a place is all of them together."""
    return any(read_label(name, "votes").kind == SUM for name in place)


def added_up(places: Sequence[dict[str, Row]], table: Table) -> list[Entry[int]]:
    """Add up the votes of each list."""
    first = {party: row for rows in reversed(places) for party, row in rows.items()}
    order = dict.fromkeys(party for rows in places for party in rows)
    votes = {party: sum(cells.whole(rows[party], "votes") for rows in places if party in rows) for party in order}
    return [Entry(party, votes[party], table.number_of(first[party]), first[party].place("party")) for party in order]


def check_sum(rows: dict[str, Row], entries: Sequence[Entry[int]]) -> None:
    """Refuse a row that says it is the sum of the others and is not."""
    sums = {entry.label: entry.value for entry in entries}
    for party, row in rows.items():
        votes = cells.whole(row, "votes")
        if votes != sums.get(party, 0):
            differs = f"{show(party)} has {votes:,} in all, and the places add up to {sums.get(party, 0):,}"
            remedy = "mend a number, or leave the row out"
            raise FileError(differs, field="votes", got=votes, must="be the sum", remedy=remedy, where=row.place("votes"))
