"""What a report holds, before it is a page: sections of sentences, tables, labelled lines and pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from mazhilis_sim.pictures.sheets.inline import Picture
from mazhilis_sim.tables import Table


@dataclass(frozen=True)
class Items:
    """Labels, and what belongs to them; a label that is repeated is written once.

    Parameters
    ----------
    pairs : sequence of (str, str)
    """

    pairs: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Code:
    """Words of a command line, as they are typed.

    Parameters
    ----------
    text : str
    """

    text: str


Part: TypeAlias = str | Table | Items | Code | Picture


@dataclass(frozen=True)
class Section:
    """A heading, and what stands below it.

    Parameters
    ----------
    title : str
    parts : sequence of str, Table, Items, Code or Picture
    """

    title: str
    parts: Sequence[Part]


@dataclass(frozen=True)
class Document:
    """A report.

    Parameters
    ----------
    title : str
    sections : sequence of Section
        Those without parts are left out.
    """

    title: str
    sections: Sequence[Section]
