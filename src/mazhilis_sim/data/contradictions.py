"""What the sources of the data contradict, and where each file comes from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from mazhilis_sim.data.csv_tables import read_bytes, read_table


@dataclass(frozen=True, slots=True)
class Inconsistency:
    """One contradiction inside the sources.

    Parameters
    ----------
    number : int
        How notes and tests refer to it.
    articles : str
        The articles that it stands in, by the year of the election; A and B are two revisions of one article.
    topic : str
    printed, recomputed : str
        What the sources say, and what follows from their other numbers.
    stored : str
        What the data hold.
    """

    number: int
    articles: str
    topic: str
    printed: str
    recomputed: str
    stored: str


@dataclass(frozen=True, slots=True)
class FileRecord:
    """Where one data file comes from.

    Parameters
    ----------
    file : str
    publications, retrieval, licence : str
    """

    file: str
    publications: str
    retrieval: str
    licence: str

    @property
    def sha256(self) -> str:
        """Hash of the file's bytes as they are, in hexadecimal, to tell two versions of a file apart."""
        return hashlib.sha256(read_bytes(self.file)).hexdigest()


def inconsistencies() -> tuple[Inconsistency, ...]:
    """Return the known contradictions of the sources, by number.

    Examples
    --------
    >>> from mazhilis_sim.data import inconsistencies
    >>> known = {row.number: row for row in inconsistencies()}
    >>> known[10].topic, known[10].printed
    ('runner-up of district 12', '71071 votes = 0.2169')
    """
    rows = read_table("inconsistencies")
    return tuple(Inconsistency(int(row.pop("number")), **row) for row in rows)


def provenance() -> tuple[FileRecord, ...]:
    """Return where each data file comes from, in alphabetical order.

    Examples
    --------
    >>> from mazhilis_sim.data import provenance
    >>> [record.file for record in provenance()][:2]
    ['ballots.csv', 'district_votes_2023.csv']
    """
    return tuple(FileRecord(**row) for row in read_table("provenance"))
