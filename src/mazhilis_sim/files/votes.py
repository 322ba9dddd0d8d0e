"""Tables of list votes: a row for each list in the order of registration, or one row with lists above its columns."""

from __future__ import annotations

from mazhilis_sim.errors import FileError, VotesError, show, some
from mazhilis_sim.files import cells
from mazhilis_sim.files.layout.blocks import PLACES, Schema
from mazhilis_sim.files.layout.missing import OF_POLLS, READ_POLLS
from mazhilis_sim.files.layout.notes import is_number
from mazhilis_sim.files.places import is_gap, party_in, places_in, places_together, without_electorate
from mazhilis_sim.files.rows import Table
from mazhilis_sim.files.sources.opening import Source
from mazhilis_sim.files.tables import read_table
from mazhilis_sim.names.entries import Entry, by_id
from mazhilis_sim.names.labels import read_label
from mazhilis_sim.names.reserved import AGAINST_ALL
from mazhilis_sim.votes.ballot import ListVotes

SCHEMA = Schema("list", ("party", "votes"), PLACES, value="votes", header="party,votes")


def read_votes(path: Source, against_all: int | None = None, *, dialect: str | None = None, sheet: str | None = None) -> ListVotes:
    r"""Read the list votes of one election.

    Parameters
    ----------
    path : str, path or data frame
        A table in CSV, Excel, ODS or Parquet, or a data frame, with the columns ``party`` and ``votes``, or with parties
        above its columns; in the order of registration, which decides ties. The ids ``against_all`` and ``invalid`` are
        reserved and no lists.
    against_all : int, optional
        Votes against all, where the file does not hold them.
    dialect : str, optional
        How the table is written, where that is not to be found out: ``"semicolon, cp1251, decimal comma"``.
    sheet : str, optional
        Of a spreadsheet; without it the one that holds such a table.

    Returns
    -------
    ListVotes
        ``read_as`` says how the table was read.

    Raises
    ------
    FileError, VotesError
        Naming file, row and column.

    Examples
    --------
    >>> from mazhilis_sim.files import read_votes
    >>> path = getfixture("tmp_path") / "votes.csv"
    >>> _ = path.write_text("party,votes\na,70\nb,30\nagainst_all,5\n")
    >>> read_votes(path)
    ListVotes(votes={'a': 70, 'b': 30}, against_all=5, other=0)
    """
    table = without_electorate(read_table(path, SCHEMA, dialect, sheet))
    try:
        entries, added_up = entries_of(table)
    except FileError as error:
        error.remedy = READ_POLLS if table.known & OF_POLLS - {"share"} else error.remedy
        raise
    votes = by_id(entries, "votes", FileError, where=table.name)
    if against_all is not None and AGAINST_ALL in votes:
        raise twice(table, against_all)
    try:
        read = ListVotes.read(votes, against_all)
    except VotesError as error:
        raise error.at(table.name) from None
    object.__setattr__(read, "read_as", "; ".join(filter(None, (table.read_as, added_up))))
    return read


def entries_of(table: Table) -> tuple[list[Entry[int]], str]:
    """Return labels with votes, and what was added up: where the rows say of which place they are, all places together."""
    if places_in(table):
        return places_together(table)
    rows = [row for row in table if not is_gap(row)]
    first = rows[0]
    for row in rows if table.wide else ():
        if row.number != first.number:
            must = f"be the only one below lists that stand above columns, as row {first.number} is, or say its region"
            raise FileError(field="a row", must=must, remedy=of_rows(table), where=row.where)
    return [Entry(party_in(row), cells.whole(row, "votes"), table.number_of(row), row.place("party")) for row in rows], ""


def of_rows(table: Table) -> str:
    """Say what to write above rows of which it is not known what they are, naming the columns of text that nobody knows."""
    texts = [show(column.head) for column in table.unread if not is_number(column.cell)]
    such = f", such as {some(texts[:3])}," if texts else ""
    return f'head a column{such} "region", whose rows are added up, or, where each row is a list, head two "party" and "votes"'


def twice(table: Table, against_all: int) -> FileError:
    """Build the error for votes against all that stand in the file and are given beside it."""
    row = next(row for row in table if read_label(cells.identifier(row, "party"), "votes").id == AGAINST_ALL)
    problem, must = f"{AGAINST_ALL} stands in the file and is given by name as well", "be given once"
    return FileError(problem, field=AGAINST_ALL, got=against_all, must=must, remedy="write it once", where=row.where)
