"""Builds the elections on record."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from mazhilis_sim import reading
from mazhilis_sim.data.csv_tables import Record, count_in, read_table, rows_of
from mazhilis_sim.errors import VotesError, show
from mazhilis_sim.names.reserved import AGAINST_ALL, INVALID
from mazhilis_sim.votes.district import Candidate, District, DistrictVotes
from mazhilis_sim.votes.election import Election
from mazhilis_sim.votes.region import Region

DISTRICT_YEARS = ("2023",)
"""Elections whose districts are on record."""
TIERS_ON_RECORD = ("list", "district", "appointed", "total")


def elections() -> tuple[int, ...]:
    """Return the years of the elections on record.

    Examples
    --------
    >>> from mazhilis_sim.data import elections
    >>> elections()
    (2007, 2012, 2016, 2021, 2023)
    """
    return tuple(int(row["year"]) for row in read_table("elections"))


def load_election(year: int | str) -> Election:
    """Return an election on record, with the official numbers.

    Parameters
    ----------
    year : int or str
        One of `elections`.

    Returns
    -------
    Election
        List votes in the order of registration; regions (2021, 2023) and districts (2023) where they are on record;
        None where registered voters, ballots and invalid ballots are not. Each call builds a new one.

    Raises
    ------
    VotesError
        For a year without an election on record.

    Examples
    --------
    >>> from mazhilis_sim.data import load_election
    >>> election = load_election(2023)
    >>> election.list_votes["amanat"], election.votes.base(), len(election.regions), len(election.districts)
    (3431510, 6366441, 20, 29)
    """
    record = find_record(year)
    name = record["year"]
    total = rows_of("ballots", year=name, vote="list")[0]
    votes = party_votes(name)
    return Election(
        list_votes=votes,
        against_all=count_in(total[AGAINST_ALL]),
        invalid=count_in(total[INVALID]),
        registered=count_in(total["registered"]),
        ballots=count_in(total["ballots"]),
        name=name,
        date=datetime.date.fromisoformat(record["date"]),
        law=record["law"],
        regions=regions(name, tuple(votes)),
        districts=districts(record, votes, int(total["valid"])) if name in DISTRICT_YEARS else None,
        party_names={row["party"]: row["name"] for row in rows_of("parties", year=name)},
        official_seats=published_seats(name),
        source=record["source"],
    )


def find_record(year: Any) -> Record:
    """Return the row of an election, or say which years there are."""
    records = {int(row["year"]): row for row in read_table("elections")}
    return records[known_year(year, records, VotesError, "there is no election of")]


def known_year(year: Any, known: Iterable[int], error: reading.Raised, none: str) -> int:
    """Read a year of which something is on record."""
    read, years = reading.integer(year), tuple(known)
    if read is None or read not in years:
        years_known = ", ".join(map(str, years))
        said, must = f"{none} {show(year)} on record", f"be one of {years_known}"
        raise error(said, field="year", got=year, must=must, remedy=f"write one of {years_known}")
    return read


def registered_lists(year: str) -> tuple[str, ...]:
    """Return the lists of a ballot in the order of registration, which decides ties."""
    lists = [row for row in rows_of("parties", year=year) if row["registration"]]
    return tuple(row["party"] for row in sorted(lists, key=lambda row: int(row["registration"])))


def party_votes(year: str) -> dict[str, int]:
    """Return the votes of the lists in the nation, in the order of registration."""
    votes = {row["party"]: row["votes"] for row in rows_of("list_votes", year=year)}
    return {party: int(votes[party]) for party in registered_lists(year)}


def published_seats(year: str) -> dict[str, dict[str, int]]:
    """Return the published seats by tier and party; a tier of which nothing is on record is left out."""
    rows = rows_of("list_votes", year=year)
    seats = {tier: {row["party"]: int(row[f"{tier}_seats"]) for row in rows if row[f"{tier}_seats"]} for tier in TIERS_ON_RECORD}
    return {tier: by_party for tier, by_party in seats.items() if by_party}


def regions(year: str, parties: tuple[str, ...]) -> dict[str, Region]:
    """Return the regions of an election by id, in the order of the printed table."""
    lines: dict[str, dict[str, int]] = {}
    for row in rows_of("region_votes", year=year):
        lines.setdefault(row["region"], {})[row["line"]] = int(row["votes"])
    names = {row["region"]: row[f"name_{year}"] for row in read_table("regions")} if lines else {}
    return {id_: region(id_, names[id_], votes, parties) for id_, votes in lines.items()}


def region(id_: str, name: str, lines: Mapping[str, int], parties: tuple[str, ...]) -> Region:
    """Build a region from the lines of its table row."""
    return Region(
        id=id_,
        name=name,
        list_votes={party: lines[party] for party in parties},
        against_all=lines.get(AGAINST_ALL, 0),
        invalid=lines.get(INVALID),
        registered=lines.get("registered"),
        ballots=lines.get("ballots"),
    )


def districts(record: Record, list_votes: dict[str, int], base: int) -> DistrictVotes:
    """Build the districts of an election, with the list shares that link them to its list vote."""
    rows = read_table(f"districts_{record['year']}")
    usual = candidates_elsewhere(rows, int(record["district_candidates"]))
    named: dict[str, list[Record]] = {}
    for row in read_table(f"district_votes_{record['year']}"):
        named.setdefault(row["district"], []).append(row)
    return DistrictVotes(
        districts=tuple(vacant(row) if row["vacant"] else district(row, named[row["district"]], usual) for row in rows),
        list_shares={party: votes / base for party, votes in list_votes.items()},
        source=f"{record['source']}; winners and runners-up, the rest as the winners' shares imply it",
    )


def candidates_elsewhere(rows: list[Record], registered: int) -> int:
    """Share out the registered candidates among the districts whose own number is not on record."""
    known = [int(row["candidates"]) for row in rows if row["candidates"]]
    return round((registered - sum(known)) / (len(rows) - len(known)))


def district(row: Record, named: list[Record], usual: int) -> District:
    """Build one district; what is left of the valid votes belongs to its unnamed candidates."""
    candidates = tuple(Candidate(name=r["name"], party=r["party"], votes=int(r["votes"])) for r in named)
    return District(
        number=int(row["district"]),
        candidates=candidates,
        region=row["region"],
        unnamed_candidates=(count_in(row["candidates"]) or usual) - len(candidates),
        unnamed_votes=implied_valid(named[0]) - sum(candidate.votes for candidate in candidates),
        note=row["note"],
    )


def vacant(row: Record) -> District:
    """Build a district whose seat nobody holds."""
    return District(number=int(row["district"]), candidates=(), region=row["region"], note=row["note"], vacant=True)


def implied_valid(row: Record) -> int:
    """Return the valid votes that a candidate's votes and printed share imply."""
    return round(int(row["votes"]) / Fraction(row["share"]))
