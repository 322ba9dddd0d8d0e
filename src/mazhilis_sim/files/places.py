"""Votes place by place: rows that say of which region, district or precinct they are, added up."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from mazhilis_sim.errors import DataWarning, FileError, show, warn
from mazhilis_sim.files import cells
from mazhilis_sim.files.layout.blocks import PLACES
from mazhilis_sim.files.layout.regions import is_country
from mazhilis_sim.files.rows import Row, Table
from mazhilis_sim.names.entries import Entry
from mazhilis_sim.names.labels import REFUSED, SUM, read_label
from mazhilis_sim.names.reserved import ASSEMBLY, INDEPENDENTS
from mazhilis_sim.tables import plural

INSTEAD = {
    INDEPENDENTS: "candidates in districts stand in a file of districts",
    ASSEMBLY: "appointed members are not voted for; leave the row out",
}
"""Ids that are no list, and what to write instead of such a row."""
LEAST_PLACES = 3
"""So many places it takes for one of them to be the sum of the others by more than chance."""
Place = tuple[str, ...]
Rows = dict[str, Row]
"""The rows of one place by their lists."""


def party_in(row: Row) -> str:
    """Read the label of a list; members who are elected or appointed otherwise have none."""
    party = cells.identifier(row, "party")
    if party in INSTEAD:
        problem, must = f"{party!r} is reserved and no list", "be a list"
        raise FileError(problem, field="party", got=party, must=must, remedy=INSTEAD[party], where=row.place("party"))
    label = read_label(party, "votes")
    if label.kind == REFUSED:  # before its number, which need be none: a turnout in per cent
        raise label.refusal(FileError, row.place("party"))
    return party


def places_in(table: Table) -> list[str]:
    """Return the columns that say of which place the votes of a row are."""
    return [column for column in PLACES if any(row[column] for row in table)]


def places_together(table: Table) -> tuple[list[Entry[int]], str]:
    """Add up the votes of all places, and say how many there were; rows that are the sum of the others are left out."""
    columns = places_in(table)
    by_place: dict[Place, Rows] = {}
    for row in table:
        rows = by_place.setdefault(place_of(row, columns), {})
        party = party_in(row)
        if party in rows:
            raise row.error("party", f"stand once in each {columns[-1]}, and stands in row {rows[party].number} too")
        rows[party] = row
    sums = sums_among(by_place)
    own = {place: rows for place, rows in by_place.items() if place not in sums}
    for place in sums:
        check_sum(by_place[place], added_up([rows for part, rows in own.items() if belongs(part, place)], table))
    doubt_hidden_sum(own, table)
    left_out = {row.number for place in sums for row in by_place[place].values()}
    said = f", {plural(len(left_out), 'row')} of sums left out" if left_out else ""
    return added_up(list(own.values()), table), f"{plural(len(own), columns[-1])} added up{said}"


def place_of(row: Row, columns: Sequence[str]) -> Place:
    """Return the names of a row's place; beside the word for a sum the others may be left empty."""
    if any(is_sum(row[column]) for column in columns):
        return tuple(row[column] for column in columns)
    return tuple(cells.filled(row, column, "say of which place the votes of the row are") for column in columns)


def sums_among(places: Collection[Place]) -> list[Place]:
    """Return the places that are others together: by a word for a sum, or the whole country where parts of it stand there too."""
    country = {place for place in places if any(map(is_country, place))}
    return [place for place in places if any(map(is_sum, place)) or (place in country and len(country) < len(places))]


def is_sum(name: str) -> bool:
    """Tell whether a name is a word for all places together."""
    return bool(name) and read_label(name, "votes").kind == SUM


def belongs(part: Place, whole: Place) -> bool:
    """Tell whether a place is a part of a sum, which names the region whose places it adds up, or no place at all."""
    return all(not name or is_sum(name) or is_country(name) or name == own for name, own in zip(whole, part, strict=True))


def doubt_hidden_sum(places: Mapping[Place, Rows], table: Table) -> None:
    """Warn of a place that has, of each list, the votes of all others together: it may be their sum by a name that nobody knows."""
    if len(places) < LEAST_PLACES:
        return
    together = {entry.label: entry.value for entry in added_up(list(places.values()), table)}
    for place, rows in places.items():
        votes = {party: cells.whole(row, "votes") for party, row in rows.items()}
        if len(votes) > 1 and any(votes.values()) and all(2 * votes.get(party, 0) == value for party, value in together.items()):
            row = next(iter(rows.values()))
            warn(
                f"{row.where}: {show(', '.join(place))} has as many votes as all others together; leave it out if it is their sum",
                DataWarning,
            )


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
