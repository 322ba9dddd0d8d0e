"""Files of district votes: ``district,candidate,party,votes``, one row for each candidate."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from mazhilis_sim.errors import FileError, VotesError
from mazhilis_sim.files import cells
from mazhilis_sim.files.layout.blocks import Schema
from mazhilis_sim.files.layout.headers import folded
from mazhilis_sim.files.rows import Row, Table
from mazhilis_sim.files.sources.opening import Source, source_name
from mazhilis_sim.files.tables import read_table
from mazhilis_sim.names.labels import OWN, PARTY, read_label, read_labels
from mazhilis_sim.names.reserved import AGAINST_ALL, INDEPENDENTS, INVALID
from mazhilis_sim.names.words import meaning_of
from mazhilis_sim.votes.district import Candidate, District, DistrictVotes

NUMBERED = re.compile(r"(?:district|constituency|no|nr|округ|округі)?\W*(?P<number>\d+)\W*(?:округ|округі)?", re.IGNORECASE)
VACANT = frozenset(map(folded, ("vacant", "бос", "вакантно", "вакантный", "вакансия")))
"""What stands for the candidates of a district whose seat nobody holds."""
SCHEMA = Schema("candidate", ("district", "candidate", "party", "votes"), ("region",), header="district,candidate,party,votes")


def read_districts(path: Source, *, dialect: str | None = None, sheet: str | None = None) -> DistrictVotes:
    r"""Read the votes of single-member districts.

    Parameters
    ----------
    path : str, path or data frame
        A table in CSV, Excel, ODS or Parquet, or a data frame, with the columns ``district`` (its number), ``candidate``,
        ``party`` and ``votes``, and, where wanted, ``region``. A candidate without a party has the party ``independents``;
        the candidate ``against_all`` is none, and needs no party; ``vacant``, alone in a district, says that nobody holds its
        seat, and needs neither party nor votes.
    dialect : str, optional
        How the table is written, where that is not to be found out.
    sheet : str, optional
        Of a spreadsheet; without it the one that holds such a table.

    Returns
    -------
    DistrictVotes
        In the order of the file. The file holds no list vote, so in a forecast no candidate follows a list.

    Raises
    ------
    FileError, VotesError
        Naming file, row and column.

    Examples
    --------
    >>> from mazhilis_sim.files import read_districts
    >>> path = getfixture("tmp_path") / "districts.csv"
    >>> rows = ["1,Aina,a,700", "1,Berik,independents,500", "1,against_all,,20"]
    >>> _ = path.write_text("\n".join(["district,candidate,party,votes", *rows]))
    >>> read_districts(path)[0].valid
    1220
    """
    table = read_table(path, SCHEMA, dialect, sheet)
    parties = party_ids(table)
    by_number: dict[int, list[Row]] = {}
    for row in table:
        by_number.setdefault(read_number(row), []).append(row)
    districts = tuple(read_district(number, rows, parties) for number, rows in by_number.items())
    read = DistrictVotes(districts, source=source_name(path))
    object.__setattr__(read, "read_as", table.read_as)
    return read


def read_number(row: Row) -> int:
    """Read the number of a district, whatever word stands before it."""
    match = NUMBERED.fullmatch(row["district"])
    return cells.whole(replace(row, cells=row.cells | {"district": match["number"]}) if match else row, "district")


def party_ids(table: Table) -> dict[str, str]:
    """Return the ids of the parties by what stands in the table; those who stand for none are independents."""
    texts = {row["party"]: row for row in table if row["party"]}
    found = {}
    for text, label in zip(texts, read_labels(texts, "votes"), strict=True):
        alone = meaning_of(text) == INDEPENDENTS
        if not alone and label.kind not in (PARTY, OWN):
            raise label.refusal(FileError, texts[text].place("party"))
        found[text] = INDEPENDENTS if alone else label.id
    return found


def read_district(number: int, rows: Sequence[Row], parties: Mapping[str, str]) -> District:
    """Read one district from its rows."""
    first = rows[0]
    if any(folded(row["candidate"]) in VACANT for row in rows):
        return read_vacant(number, rows)
    counted, candidates, seen = dict[str, int](), [], dict[str, Row]()
    for row in rows:
        name, votes = cells.identifier(row, "candidate"), cells.whole(row, "votes")
        label = read_label(name, "votes")
        check_row(row, label.spelling, first, seen)
        if label.kind in (PARTY, OWN):
            candidates.append(Candidate(name, parties[cells.filled(row, "party", f"be a party, or {INDEPENDENTS}")], votes))
        elif label.id in (AGAINST_ALL, INVALID):
            counted[label.id] = counted.get(label.id, 0) + votes
        else:
            raise label.refusal(FileError, row.place("candidate"))
    try:
        return District(number, tuple(candidates), region=first["region"], against_all=counted.get(AGAINST_ALL, 0))
    except VotesError as error:
        raise error.at(first.where) from None


def read_vacant(number: int, rows: Sequence[Row]) -> District:
    """Read a district whose one row says that its seat is vacant."""
    first = rows[0]
    if len(rows) > 1:
        raise rows[1].error("candidate", "not stand in a district that is vacant", "leave out the candidates, or the row that says vacant")
    if first["votes"] and cells.whole(first, "votes"):
        raise first.error("votes", "be empty in a district that is vacant")
    return District(number, (), region=first["region"], vacant=True)


def check_row(row: Row, name: str, first: Row, seen: dict[str, Row]) -> None:
    """Refuse a candidate who stands twice, and a district in two regions."""
    if name in seen:
        raise row.error("candidate", f"stand once in a district, and stands in row {seen[name].number} too")
    seen[name] = row
    if row["region"] != first["region"]:
        raise row.error("region", f"be the same in all rows of a district, and is {first['region']!r} in row {first.number}")
