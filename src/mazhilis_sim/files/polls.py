"""Tables of polls: a row for each answer of a poll, or a row for each poll with parties above its columns."""

from __future__ import annotations

import datetime
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

from mazhilis_sim import reading
from mazhilis_sim.data.additions import joined
from mazhilis_sim.data.polls_on_record import load_polls
from mazhilis_sim.errors import FileError, PollError, PollWarning, show, some, warn
from mazhilis_sim.files import cells
from mazhilis_sim.files.layout.blocks import Schema
from mazhilis_sim.files.layout.dates import Dates
from mazhilis_sim.files.layout.headers import folded
from mazhilis_sim.files.layout.regions import is_country
from mazhilis_sim.files.rows import Row, Table, Unread
from mazhilis_sim.files.sources.opening import Source, source_name
from mazhilis_sim.files.tables import read_table
from mazhilis_sim.names.entries import Entry, by_id
from mazhilis_sim.polls.collection import Polls
from mazhilis_sim.polls.places import DISTRICT_POLL, KINDS
from mazhilis_sim.polls.poll import Poll
from mazhilis_sim.polls.sizes import LARGEST_SIZE
from mazhilis_sim.reading import Count

SHARED = ("sample_size", "margin", "start", "election_date", "confidence", "design_effect", "kappa", "note")
"""Columns that describe the poll, not the answer: all its rows must agree on them."""
IDENTIFYING = ("pollster", "date", "kind", "district", "region")
"""Columns that make rows one poll."""
DESCRIBING = (*IDENTIFYING, *SHARED)
"""Columns that a cell merged over the rows of a poll may fill."""
NO_INSTITUTES = frozenset(
    {
        *("average", "poll average", "mean", "election", "election result", "election results", "result", "results"),
        *("среднее", "среднее значение", "выборы", "результат", "результаты", "результат выборов", "результаты выборов"),
        *("орташа", "орташа мәні", "сайлау", "нәтиже", "нәтижелер", "сайлау нәтижесі", "сайлау нәтижелері"),
    }
)
"""What stands among institutes in tables of polls and asked nobody, folded as heads are."""
WITHOUT_YEAR = re.compile(r"^(?:19|20)\d\d(?: г\.?| жылғы| жыл)?\s+|[ ,]+\(?(?:в )?(?:19|20)\d\d(?: г\.?| года| году| жыл)?\)?$")
"""The year that stands beside such a word."""
PLUS_MINUS = re.compile(r"^(?:±|\+\s*/?\s*[-−–])\s*")
"""What is printed before a margin and says that it is one."""
SCHEMA = Schema(
    "party of a poll",
    ("party", "share"),
    (
        "pollster",
        "date",
        "kind",
        "district",
        "region",
        "sample_size",
        "margin",
        "start",
        "election_date",
        "confidence",
        "design_effect",
        "kappa",
        "note",
    ),
    value="share",
    header="pollster,date,sample_size,margin,party,share",
    foreign=("votes",),
)
PollId = tuple[str, datetime.date | None, str, int | None, str]
"""What makes rows one poll: institute, last day, kind, district and region."""


def read_polls(path: Source, *, sample_size: Count | None = None, dialect: str | None = None, sheet: str | None = None) -> Polls:
    r"""Read polls.

    Parameters
    ----------
    path : str, path or data frame
        A table in CSV, Excel, ODS or Parquet, or a data frame. Its columns are ``pollster, date, sample_size, margin, party,
        share`` and, where wanted, ``start, kind, district, region, election_date, confidence, design_effect, kappa, note``;
        ``party`` and ``share`` alone are one poll. Parties may stand above columns instead, a row for each poll. Rows of one
        pollster, date, kind, district and region are one poll; its parties stand in the order of registration. The ids
        ``against_all``, ``undecided``, ``other`` and ``invalid`` are reserved. ``date``, ``sample_size`` and ``margin`` may be
        empty where nothing was printed.
    sample_size : int, optional
        Of every poll for which the table has neither size nor margin.
    dialect : str, optional
        How the table is written, where that is not to be found out: ``"semicolon, decimal comma"``.
    sheet : str, optional
        Of a spreadsheet; without it the one that holds such a table.

    Returns
    -------
    Polls
        ``read_as`` says how the table was read.

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
    table = read_table(path, SCHEMA, dialect, sheet)
    size = reading.maybe(read_size_given, sample_size)
    check_described(table)
    by_poll = rows_by_poll(table)
    doubt_twins(by_poll, table)
    shares = read_all_shares(by_poll, table)
    polls = tuple(read_poll(rows, answers, table, size) for rows, answers in zip(by_poll, shares, strict=True))
    election = {poll.election_date for poll in polls}
    day = election.pop() if len(election) == 1 else None
    read = Polls(polls, name=Path(source_name(path)).stem, election_date=day, source=source_name(path))
    object.__setattr__(read, "read_as", table.read_as)
    return read


def rows_by_poll(table: Table) -> list[list[Row]]:
    """Return the rows of each poll; one with parties above its columns is a poll by itself."""
    ids = dict[tuple[str, ...], PollId]()  # by what stands in the cells, which are read once
    by_poll = dict[tuple[PollId, int | None], list[Row]]()
    for row in with_merged(table):
        stands = tuple(row[column] for column in IDENTIFYING)
        if stands not in ids:
            ids[stands] = poll_id(row, table)
        by_poll.setdefault((ids[stands], row.number if table.wide else None), []).append(row)
    return list(by_poll.values())


def doubt_twins(polls: Iterable[Sequence[Row]], table: Table) -> None:
    """Warn of polls of one institute, day, kind and place that stand in rows of their own: a forecast takes one poll of an institute."""
    seen: dict[PollId, Row] = {}
    twins = []
    for first, *_ in polls:
        id_ = poll_id(first, table)
        if id_[0] and id_[1] and id_ in seen:
            twins.append(f"{seen[id_].number} and {first.number}")
        seen[id_] = first
    if twins:
        said = f"{table.name}: rows {some(twins)} hold one institute's polls of one day; a forecast uses the last of them: remove one"
        warn(f"{said}, or tell them apart by kind, district or region", PollWarning)


def check_described(table: Table) -> None:
    """Refuse several polls whose institutes or days may stand in a column that nobody knows: pooled, they would all count."""
    if len({row.number for row in table}) < 2 or not table.unread:
        return
    of_days = next((column for column in table.unread if Dates().is_date(column.cell)), None)
    if "date" not in table.columns and of_days:
        raise unheaded(table, "date", "days", of_days)
    if "pollster" not in table.columns and table.wide:
        raise unheaded(table, "pollster", "institutes", table.unread[0])


def unheaded(table: Table, column: str, what: str, unread: Unread) -> FileError:
    """Build the error for a column that may be one that polls need."""
    unknown = f"column {show(unread.head)}, which nobody knows," if unread.head else unread.called
    maybe = f"{unknown} may hold {what}"
    remedy = f"head it {column}, or remove it"
    return FileError(maybe, field=f"a column {column!r}", got=unread.head, must="be headed so", remedy=remedy, where=table.name)


def add_polls(
    polls: Source | Poll | Iterable[Poll],
    to: int | str | Polls,
    *,
    sample_size: Count | None = None,
    dialect: str | None = None,
    sheet: str | None = None,
) -> Polls:
    r"""Return the polls on record with more polls among them; nothing of the package changes.

    Parameters
    ----------
    polls : str, path, data frame, Poll or sequence of Poll
        A table as `read_polls` reads it, or polls.
    to : int, str or Polls
        Year of polls on record, or polls that are read already, such as another result of this function.
    sample_size, dialect, sheet
        How to read the table, as for `read_polls`.

    Returns
    -------
    Polls
        With law, districts and names of the record. Lists stand in its order of registration; a poll that names no day of
        an election asks about this one.

    Raises
    ------
    FileError, PollError
        For what `read_polls` and `load_polls` refuse; a poll of another election, or taken after this one; and another poll of
        an institute, day, kind and place that are on record, with both numbers.

    Warns
    -----
    PollWarning
        As `read_polls` and `load_polls` do; for lists that the election on record does not have; and for a poll on record, which
        is left out.

    Examples
    --------
    >>> import warnings
    >>> import mazhilis_sim as ms
    >>> own = ms.Poll({"amanat": 0.6, "auyl": 0.4}, sample_size=1000, pollster="North", date="2023-03-12")
    >>> with warnings.catch_warnings():
    ...     warnings.simplefilter("ignore")  # five polls of 2023 contradict themselves
    ...     polls, before = ms.add_polls(own, to=2023), ms.load_polls(2023)
    >>> len(polls) - len(before), polls.final().pollster, polls.law
    (1, 'North', '2023')
    """
    record = to if isinstance(to, Polls) else load_polls(to)
    if isinstance(polls, Poll):
        return joined(record, [polls])
    if isinstance(polls, (list, tuple, Polls)):
        return joined(record, reading.members(polls, Poll, "polls", PollError), polls.source if isinstance(polls, Polls) else "")
    read = read_polls(cast("Source", polls), sample_size=sample_size, dialect=dialect, sheet=sheet)
    return joined(record, tuple(read), read.source)


def with_merged(rows: Iterable[Row]) -> Iterator[Row]:
    """Let what describes a poll in its first row describe it in the rows below, where merged cells left nothing at all."""
    above: Row | None = None
    for row in rows:
        described = {column: row[column] for column in DESCRIBING if column in row.cells}
        if above and described and not any(described.values()):
            row = replace(row, cells=row.cells | {column: above[column] for column in described})
        yield row
        above = row


def poll_id(row: Row, table: Table) -> PollId:
    """Return what makes rows one poll: institute, last day, kind, district and region."""
    kind = cells.choice(row, "kind", KINDS) if row["kind"] else KINDS[0]
    pollster = cells.identifier(row, "pollster") if "pollster" in table.columns else ""
    if WITHOUT_YEAR.sub("", folded(pollster)) in NO_INSTITUTES:
        raise row.error("pollster", "be an institute that asked people", "remove the row, for averages and results are no polls")
    region = "" if is_country(row["region"]) else row["region"]
    return pollster, cells.date(row, "date"), kind, cells.whole(row, "district", least=1) if row["district"] else None, region


def read_poll(rows: Sequence[Row], shares: Mapping[str, Fraction], table: Table, size: int | None) -> Poll:
    """Read one poll from its rows and shares; a size that is given serves where none is printed."""
    first = rows[0]
    pollster, date, kind, district, region = poll_id(first, table)
    check_agreement(rows)
    printed = printed_numbers(first)
    if size and not {"sample_size", "margin"} & printed.keys():
        printed["sample_size"] = size
    return Poll(
        shares,
        pollster=pollster,
        date=date,
        kind=kind,
        district=district,
        region=region,
        where=first.where,
        start=cells.date(first, "start"),
        election_date=cells.date(first, "election_date"),
        note=first["note"],
        **printed,
    )


def printed_numbers(row: Row) -> dict[str, Any]:
    """Read the numbers that a poll prints; what is empty keeps its default."""
    readers: dict[str, Any] = {"sample_size": read_size, "margin": read_margin}
    readers |= dict.fromkeys(("confidence", "design_effect", "kappa"), cells.number)
    return {column: read(row, column) for column, read in readers.items() if row[column]}


def read_margin(row: Row, column: str) -> Fraction:
    """Read a margin of error, with or without the mark that says that it goes both ways."""
    return cells.share(replace(row, cells=row.cells | {column: PLUS_MINUS.sub("", row[column])}), column)


def read_size_given(value: Any) -> int:
    """Read a number of people asked that is given beside the table."""
    return reading.whole(value, "sample_size", FileError, least=1, most=LARGEST_SIZE)


def read_size(row: Row, column: str) -> int:
    """Read a number of people asked."""
    return cells.whole(row, column, least=1, most=LARGEST_SIZE)


def check_agreement(rows: Sequence[Row]) -> None:
    """Refuse a poll whose rows describe it differently."""
    first = rows[0]
    for row in (row for row in rows if row.number != first.number):
        for column in SHARED:
            if row[column] != first[column]:
                must = f"be the same in all rows of one poll, and is {first[column]!r} in row {first.number}"
                raise row.error(column, must)


def read_all_shares(polls: Iterable[Sequence[Row]], table: Table) -> list[dict[str, Fraction]]:
    """Read the shares of every poll; what is said of labels is said once for all of them."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        read = [read_shares(rows, table) for rows in polls]
    told = dict.fromkeys((str(warning.message), getattr(warning.message, "is_note", False)) for warning in caught)
    for said, is_note in told:
        if is_note and any(said != other and parts_of(said) <= parts_of(other) for other, _ in told):
            continue  # another poll of the table has these labels, and more
        warn(f"{table.name}: {said}", PollWarning, is_note)
    return read


def parts_of(note: str) -> set[str]:
    """Return what a note lists."""
    return set(note.split(", "))


def read_shares(rows: Sequence[Row], table: Table) -> dict[str, Fraction]:
    """Read the shares of one poll by id."""
    return by_id(
        [Entry(cells.identifier(row, "party"), cells.share(row, "share"), table.number_of(row), row.place("party")) for row in rows],
        "poll",
        FileError,
        of_candidates=bool(rows[0]["district"]) or rows[0]["kind"] == DISTRICT_POLL,
    )
