"""Files of district votes: ``district,candidate,party,votes``, one row for each candidate."""

from __future__ import annotations

from collections.abc import Sequence

from mazhilis_sim.errors import VotesError
from mazhilis_sim.files import cells
from mazhilis_sim.files.layout.blocks import Schema
from mazhilis_sim.files.sources.opening import Source, source_name
from mazhilis_sim.files.tables import Row, read_table
from mazhilis_sim.names.reserved import AGAINST_ALL
from mazhilis_sim.votes.district import Candidate, District, DistrictVotes

SCHEMA = Schema("candidate", ("district", "candidate", "party", "votes"), ("region",), header="district,candidate,party,votes")


def read_districts(path: Source, *, dialect: str | None = None) -> DistrictVotes:
    r"""Read the votes of single-member districts.

    Parameters
    ----------
    path : str, path or data frame
        A table in CSV, Excel, ODS or Parquet, or a data frame, with the columns ``district`` (its number), ``candidate``,
        ``party`` and ``votes``, and, where wanted, ``region``. A candidate without a party has the party ``independents``;
        the candidate ``against_all`` is none, and needs no party.
    dialect : str, optional
        How the table is written, where that is not to be found out.

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
    by_number: dict[int, list[Row]] = {}
    table = read_table(path, SCHEMA, dialect)
    for row in table:
        by_number.setdefault(cells.whole(row, "district"), []).append(row)
    districts = tuple(read_district(number, rows) for number, rows in by_number.items())
    read = DistrictVotes(districts, source=source_name(path))
    object.__setattr__(read, "read_as", table.read_as)
    return read


def read_district(number: int, rows: Sequence[Row]) -> District:
    """Read one district from its rows."""
    first = rows[0]
    against_all, candidates, seen = 0, [], dict[str, Row]()
    for row in rows:
        name = cells.identifier(row, "candidate")
        check_row(row, name, first, seen)
        votes = cells.whole(row, "votes")
        if name == AGAINST_ALL:
            against_all = votes
        else:
            candidates.append(Candidate(name, cells.identifier(row, "party"), votes))
    try:
        return District(number, tuple(candidates), region=first["region"], against_all=against_all)
    except VotesError as error:
        raise error.at(first.where) from None


def check_row(row: Row, name: str, first: Row, seen: dict[str, Row]) -> None:
    """Refuse a candidate who stands twice, and a district in two regions."""
    if name in seen:
        raise row.error("candidate", f"stand once in a district, and stands in row {seen[name].number} too")
    seen[name] = row
    if row["region"] != first["region"]:
        raise row.error("region", f"be the same in all rows of a district, and is {first['region']!r} in row {first.number}")
