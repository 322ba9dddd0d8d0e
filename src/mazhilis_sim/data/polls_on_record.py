"""Builds the polls on record."""

from __future__ import annotations

import datetime

from mazhilis_sim.data.csv_tables import Record, count_in, read_table, rows_of
from mazhilis_sim.data.elections_on_record import find_record, known_year, load_election
from mazhilis_sim.errors import PollError
from mazhilis_sim.names.reserved import AGAINST_ALL, OTHER, UNDECIDED
from mazhilis_sim.polls.collection import Polls
from mazhilis_sim.polls.poll import Poll

LAST = (AGAINST_ALL, UNDECIDED, OTHER)
QUALIFIERS = {"<=": "at most"}


def load_polls(year: int | str) -> Polls:
    """Return every poll on record for an election, of every kind, oldest first.

    Parameters
    ----------
    year : int or str
        2012, 2016 (exit polls alone), 2021 or 2023.

    Returns
    -------
    Polls
        Shares, sizes and margins as printed, parties in the order of registration, candidates of a district as printed; with
        the law, the day of the election, and the districts of that election as a baseline (2023). Each call builds a new one.

    Raises
    ------
    PollError
        For a year without polls on record.

    Warns
    -----
    PollWarning
        For each poll that contradicts itself or prints neither size nor margin.

    Examples
    --------
    >>> import warnings
    >>> from mazhilis_sim.data import load_polls
    >>> with warnings.catch_warnings():
    ...     warnings.simplefilter("ignore")  # five polls of 2023 contradict themselves
    ...     polls = load_polls(2023)
    >>> len(polls), len(polls.exit_polls()), polls.final().date.isoformat()
    (12, 3, '2023-03-10')
    """
    known = dict.fromkeys(int(row["year"]) for row in read_table("polls"))
    record = find_record(known_year(year, known, PollError, "there are no polls of"))
    rows = rows_of("polls", year=record["year"])
    election, shares = load_election(record["year"]), shares_by_poll()
    return Polls(
        tuple(build_poll(row, by_registration(shares[row["poll"]], election.parties), election.date) for row in rows),
        name=election.name,
        law=election.law,
        election_date=election.date,
        districts=election.districts,
        party_names=election.party_names,
        source=f"institutes and media, in {record['polls_source']}",
    )


def shares_by_poll() -> dict[str, list[Record]]:
    """Return the answers of each poll."""
    shares: dict[str, list[Record]] = {}
    for row in read_table("poll_shares"):
        shares.setdefault(row["poll"], []).append(row)
    return shares


def build_poll(row: Record, shares: list[Record], election_date: datetime.date | None) -> Poll:
    """Build one poll with its numbers as printed."""
    return Poll(
        {share["party"]: share["share"] for share in shares},
        margin=row["margin"] or None,
        sample_size=count_in(row["sample_size"]),
        pollster=row["pollster"],
        start=row["start"] or None,
        date=row["end"],
        election_date=election_date,
        kind=row["kind"],
        district=count_in(row["district"]),
        region=row["region"],
        note=poll_note(row, shares),
    )


def by_registration(shares: list[Record], lists: tuple[str, ...]) -> list[Record]:
    """Sort shares by registration; parties off the ballot follow, those without a list come last."""
    order = [*lists, *(row["party"] for row in shares if row["party"] not in lists + LAST), *LAST]
    return sorted(shares, key=lambda row: order.index(row["party"]))


def poll_note(row: Record, shares: list[Record]) -> str:
    """Say what a poll's numbers alone do not: its doubts, shares printed as bounds, and where it was published."""
    bounds = [f"{s['party']} is printed as {QUALIFIERS[s['qualifier']]} {s['share']}" for s in shares if s["qualifier"]]
    turnout = [f"printed turnout {row['turnout']}"] if row["turnout"] else []
    source = [f"source: {row['source']}"] if row["source"] else []
    return "; ".join(part for part in (row["note"], *bounds, *turnout, *source) if part)
