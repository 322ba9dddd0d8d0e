"""Votes place by place: rows that say of which region, district or precinct they are, added up."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from mazhilis_sim import reading
from mazhilis_sim.errors import DataWarning, FileError, show, some, warn
from mazhilis_sim.files import cells
from mazhilis_sim.files.layout.blocks import PLACES
from mazhilis_sim.files.layout.regions import is_country, is_region
from mazhilis_sim.files.rows import Row, Table
from mazhilis_sim.names.entries import Entry, without_totals
from mazhilis_sim.names.labels import PARTY, REFUSED, SUM, read_label
from mazhilis_sim.names.regions import find_region, region_names
from mazhilis_sim.names.reserved import ASSEMBLY, INDEPENDENTS
from mazhilis_sim.names.spelling import bare, spelling
from mazhilis_sim.names.words import meanings_of
from mazhilis_sim.tables import plural

INSTEAD = {
    INDEPENDENTS: "candidates in districts stand in a file of districts",
    ASSEMBLY: "appointed members are not voted for; leave the row out",
}
"""Ids that are no list, and what to write instead of such a row."""
LEAST_PLACES = 3
"""So many places it takes for one of them to be the sum of the others by more than chance."""
SHOWN = 4
"""Cells without a number that are named."""
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


def without_electorate(table: Table) -> Table:
    """Leave out rows of voters or papers, such as forms have above the lists: at least as many as all lists have votes; say so."""
    labels = {row["party"] for row in table if meanings_of(row["party"]) == ("electorate",)}
    if not labels:
        return table
    numbers = dict.fromkeys((row["party"] for row in table if read_label(row["party"], "votes").kind != SUM), 0)
    for row in table:
        if row["party"] in numbers:
            numbers[row["party"]] += reading.integer(row.whole("votes")) or 0
    least = sum(number for label, number in numbers.items() if label not in labels)
    larger = [label for label in labels if numbers[label] >= max(least, 1)]
    for row in {row["party"]: row for row in reversed(table.rows) if row["party"] in larger}.values():
        what = show(row["party"])
        warn(f"{row.place('party')}: {what} is a number of people or papers and is left out", DataWarning, is_note=True)
    return replace(table, rows=tuple(row for row in table if row["party"] not in larger))


def places_in(table: Table) -> list[str]:
    """Return the columns that say of which place the votes of a row are."""
    return [column for column in PLACES if any(row[column] for row in table)]


def places_together(table: Table) -> tuple[list[Entry[int]], str]:
    """Add up the votes of all places, and say how many there were; rows that are the sum of the others are left out."""
    columns = places_in(table)
    by_place = rows_by_place(table, columns)
    check_totals(by_place, table)
    sums = sums_among(by_place)
    parts = {place: rows for place, rows in by_place.items() if place not in sums}
    parties = parties_in(table)
    doubt_gaps(parts, parties, table)
    own = {place: rows for place, rows in parts.items() if rows}
    for place in sums:
        check_sum(by_place[place], added_up([rows for part, rows in own.items() if belongs(part, place)], parties, table))
    doubt_hidden_sum(own, parties, table)
    said = sums_left_out([by_place[place] for place in sums])
    return added_up(list(own.values()), parties, table), f"{plural(len(own), columns[-1])} added up{said}"


def rows_by_place(table: Table, columns: Sequence[str]) -> dict[Place, Rows]:
    """Return the rows of each place by their lists; beside lists that stand above columns a cell may hold nothing, and is no row.

    A place goes by its first spelling: of a region all its names are one.
    """
    by_place: dict[Place, Rows] = {}
    spelled: dict[Place, Place] = {}
    for row in table:
        named = tuple(row[column] for column in columns) if is_gap(row) else place_of(row, columns)
        place = spelled.setdefault(tuple(map(in_all_spellings, columns, named)), named)
        rows = by_place.setdefault(place, {})
        if is_gap(row):
            continue
        party = party_in(row)
        if party in rows:
            raise row.error("party", f"stand once in each {columns[-1]}, and stands in row {rows[party].number} too")
        rows[party] = row
    return by_place


@lru_cache(maxsize=1 << 14)
def in_all_spellings(column: str, name: str) -> str:
    """Return what all spellings of the name of a place have in common: of a region that is known, its id.

    A bare "Almaty" is one place, in all its spellings, whether it is the city or the region.
    """
    if column != "region":
        return spelling(name)
    return find_region(name) or f"bare {region_names().get(bare(name), spelling(name))}"


def check_totals(by_place: Mapping[Place, Rows], table: Table) -> None:
    """Refuse a total of the lists of one place that is none: errors in two places may cancel each other."""
    labels = {party: read_label(party, "votes") for rows in by_place.values() for party in rows}
    if any(label.kind == SUM for label in labels.values()):
        for rows in by_place.values():
            entries = (Entry(party, cells.whole(row, "votes"), table.number_of(row), row.place("votes")) for party, row in rows.items())
            without_totals([(entry, labels[entry.label]) for entry in entries], "votes", FileError)


def is_gap(row: Row) -> bool:
    """Tell whether a row is an empty cell among lists and places, one of which stands above its column."""
    return row.wide and not row["votes"]


def sums_left_out(sums: Sequence[Rows]) -> str:
    """Say how many rows, or, where regions stand above columns, how many columns of sums are left out."""
    left_out = {(row.heads["region"].text,) if row.wide_by_region else row.number for rows in sums for row in rows.values()}
    what = "column" if any(row.wide_by_region for rows in sums for row in rows.values()) else "row"
    return f", {plural(len(left_out), what)} of sums left out" if left_out else ""


def doubt_gaps(places: Mapping[Place, Rows], parties: Sequence[str], table: Table) -> None:
    """Warn of lists without a number in some place, where others have one: they may not have stood there, or the number is missing."""
    somewhere = {party for rows in places.values() for party in rows}
    named = [party for party in parties if party in somewhere or read_label(party, "votes").kind == PARTY]
    lists = [party for party in named if read_label(party, "votes").kind != SUM]
    gaps = [f"{show(party)} in {at(place)}" for place, rows in places.items() if rows for party in lists if party not in rows]
    gaps += [f"any list in {at(place)}" for place, rows in places.items() if not rows and any(map(is_region, place))]
    if gaps:
        more = f" and {len(gaps) - SHOWN:,} more" if len(gaps) > SHOWN else ""
        warn(f"{table.name}: no number for {some(gaps[:SHOWN])}{more}; counted as 0: write 0 if that is so, or mend the table", DataWarning)


def parties_in(table: Table) -> list[str]:
    """Return the labels of lists in the order in which the table has them."""
    return list(dict.fromkeys(" ".join(row["party"].split()) for row in table))


def at(place: Place) -> str:
    """Name a place."""
    return show(", ".join(filter(None, place)))


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


def doubt_hidden_sum(places: Mapping[Place, Rows], parties: Sequence[str], table: Table) -> None:
    """Warn of a place that has, of each list, the votes of all others together: it may be their sum by a name that nobody knows."""
    if len(places) < LEAST_PLACES:
        return
    together = {entry.label: entry.value for entry in added_up(list(places.values()), parties, table)}
    for place, rows in places.items():
        votes = {party: cells.whole(row, "votes") for party, row in rows.items()}
        if len(votes) > 1 and any(votes.values()) and all(2 * votes.get(party, 0) == value for party, value in together.items()):
            row = next(iter(rows.values()))
            warn(
                f"{row.where}: {show(', '.join(place))} has as many votes as all others together; leave it out if it is their sum",
                DataWarning,
            )


def added_up(places: Sequence[dict[str, Row]], parties: Sequence[str], table: Table) -> list[Entry[int]]:
    """Add up the votes of each list, in the order of the table."""
    first = {party: row for rows in reversed(places) for party, row in rows.items()}
    somewhere = {party for rows in places for party in rows}
    order = [party for party in parties if party in somewhere]
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
