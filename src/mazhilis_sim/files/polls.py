"""Files of polls: ``pollster,date,sample_size,margin,party,share``, one row for each answer of a poll."""

from __future__ import annotations

import datetime
import os
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from mazhilis_sim.files import cells
from mazhilis_sim.files.tables import Row, Schema, read_rows
from mazhilis_sim.polls.collection import Polls
from mazhilis_sim.polls.poll import KINDS, Poll
from mazhilis_sim.polls.sizes import LARGEST_SIZE

SHARED = ("sample_size", "margin", "start", "election_date", "confidence", "design_effect", "kappa", "note")
"""Columns that describe the poll, not the answer: all its rows must agree on them."""
SCHEMA = Schema(
    "party of a poll",
    ("pollster", "date", "sample_size", "margin", "party", "share"),
    ("start", "kind", "election_date", "confidence", "design_effect", "kappa", "note"),
)
PollId = tuple[str, datetime.date | None, str]


def read_polls(path: str | os.PathLike[str]) -> Polls:
    r"""Read polls.

    Parameters
    ----------
    path : str or path
        CSV or Parquet with the columns ``pollster, date, sample_size, margin, party, share`` and, where wanted,
        ``start, kind, election_date, confidence, design_effect, kappa, note``. Rows of one pollster, date and kind are one
        poll; its parties stand in the order of registration. The ids ``against_all``, ``undecided``, ``other`` and ``invalid``
        are reserved. ``date``, ``sample_size`` and ``margin`` may be empty where nothing was printed.

    Returns
    -------
    Polls

    Raises
    ------
    FileError, PollError
        Naming file, row and column; what concerns a whole poll names its first row.

    Warns
    -----
    PollWarning
        For each poll that contradicts itself, naming file and first row.

    Examples
    --------
    >>> from mazhilis_sim.files import read_polls
    >>> path = getfixture("tmp_path") / "polls.csv"
    >>> rows = ["x,2026-08-01,1000,3.1%,a,60%", "x,2026-08-01,1000,3.1%,b,40%"]
    >>> _ = path.write_text("\n".join(["pollster,date,sample_size,margin,party,share", *rows]))
    >>> read_polls(path)[0].q
    {'a': 0.6, 'b': 0.4}
    """
    by_poll: dict[PollId, list[Row]] = {}
    for row in read_rows(path, SCHEMA):
        by_poll.setdefault(poll_id(row), []).append(row)
    polls = tuple(read_poll(rows) for rows in by_poll.values())
    election = {poll.election_date for poll in polls}
    return Polls(polls, name=Path(path).stem, election_date=election.pop() if len(election) == 1 else None, source=str(path))


def poll_id(row: Row) -> PollId:
    """Return what makes rows one poll: institute, last day and kind."""
    kind = cells.choice(row, "kind", KINDS) if row["kind"] else KINDS[0]
    return cells.identifier(row, "pollster"), cells.date(row, "date"), kind


def read_poll(rows: Sequence[Row]) -> Poll:
    """Read one poll from its rows."""
    first = rows[0]
    pollster, date, kind = poll_id(first)
    check_agreement(rows)
    return Poll(
        read_shares(rows),
        pollster=pollster,
        date=date,
        kind=kind,
        where=first.where,
        start=cells.date(first, "start"),
        election_date=cells.date(first, "election_date"),
        note=first["note"],
        **printed_numbers(first),
    )


def printed_numbers(row: Row) -> dict[str, Any]:
    """Read the numbers that a poll prints; what is empty keeps its default."""
    readers: dict[str, Any] = {"sample_size": read_size, "margin": cells.share}
    readers |= dict.fromkeys(("confidence", "design_effect", "kappa"), cells.number)
    return {column: read(row, column) for column, read in readers.items() if row[column]}


def read_size(row: Row, column: str) -> int:
    """Read a number of people asked."""
    return cells.whole(row, column, least=1, most=LARGEST_SIZE)


def check_agreement(rows: Sequence[Row]) -> None:
    """Refuse a poll whose rows describe it differently."""
    first = rows[0]
    for row in rows[1:]:
        for column in SHARED:
            if row[column] != first[column]:
                must = f"be the same in all rows of one poll, and is {first[column]!r} in row {first.number}"
                raise row.error(column, must)


def read_shares(rows: Sequence[Row]) -> dict[str, Fraction]:
    """Read the shares of one poll, each party once."""
    shares: dict[str, Fraction] = {}
    seen: dict[str, Row] = {}
    for row in rows:
        party = cells.identifier(row, "party")
        if party in seen:
            must = f"stand once in a poll, and stands in row {seen[party].number} too"
            raise row.error("party", must, "remove one of the rows, or give the second poll its own date")
        seen[party] = row
        shares[party] = cells.share(row, "share")
    return shares
