"""What every answer can do: print as a table, become rows, a frame or JSON, and a page in a notebook."""

from __future__ import annotations

import textwrap
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, ClassVar

from mazhilis_sim.errors import missing_extra
from mazhilis_sim.languages import ENGLISH, speaking
from mazhilis_sim.showing.pages import Sheet, Shown
from mazhilis_sim.tables import Table, fitting

WIDTH = 80
"""Columns of a printed answer."""


class Answer(Shown):
    """One answer. A class of them names its ``kind``, and says in `title`, `rows`, `tables` and `notes` what it holds.

    ``keyed`` says whether the first column names each row once, so that it can be the index of a frame.
    """

    __slots__ = ()
    kind: ClassVar[str]
    keyed: ClassVar[bool] = True

    @property
    def title(self) -> str:
        """What was asked, where the table does not say it."""
        return ""

    @abstractmethod
    def rows(self) -> list[dict[str, Any]]:
        """Return the answer row by row. Exact numbers stay fractions."""

    @abstractmethod
    def tables(self) -> Sequence[Table]:
        """Return the tables that are printed."""

    def notes(self) -> Sequence[str]:
        """Return the sentences below the tables."""
        return ()

    def _asked(self) -> dict[str, Any]:
        """Return what was asked, as far as a picture of the saved answer needs it beside the rows."""
        return {}

    def to_dict(self) -> dict[str, Any]:
        """Return everything, ready for JSON: exact numbers as fractions in text."""
        with speaking(ENGLISH):
            found: dict[str, Any] = {"format": f"mazhilis_sim {self.kind} 1", "title": self.title}
            found |= {"rows": self.rows(), "notes": list(self.notes())}
            found |= {"asked": asked} if (asked := self._asked()) else {}
        return {key: for_json(value) for key, value in found.items()}

    def to_frame(self) -> Any:
        """Return the rows as a pandas DataFrame (extra ``frame``), exact numbers as floats."""
        try:
            import pandas as pd
        except ImportError:
            raise missing_extra("pandas", "frame") from None
        rows = [{key: for_frame(value) for key, value in row.items()} for row in self.rows()]
        frame = pd.DataFrame(rows)
        return frame.set_index(frame.columns[0]) if rows and self.keyed else frame

    def _sheet(self) -> Sheet:
        """Return the tables and notes as a page of a notebook."""
        return Sheet(self.title or type(self).__name__, self.tables(), self.notes())

    def __str__(self) -> str:
        parts = ["\n".join(table.lines(room=WIDTH)) for table in fitting([self.tables()], WIDTH)]
        said = "\n".join(textwrap.fill(note, WIDTH, break_on_hyphens=False) for note in self.notes())
        return "\n\n".join(part for part in (textwrap.fill(self.title, WIDTH), *parts, said) if part)


def for_json(value: Any) -> Any:
    """Return a value as JSON holds it: fractions as text, what is infinite as nothing."""
    if isinstance(value, Mapping):
        return {str(key): for_json(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [for_json(item) for item in value]
    if isinstance(value, float) and value in (float("inf"), float("-inf")):
        return None
    return str(value) if isinstance(value, Fraction) else value


def for_frame(value: Any) -> Any:
    """Return a value as a cell of a frame holds it."""
    if isinstance(value, (tuple, list)):
        return " ".join(map(str, value))
    return float(value) if isinstance(value, Fraction) else value
