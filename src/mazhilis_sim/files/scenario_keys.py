"""Where the keys of a scenario stand: file, row and key, for messages."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from mazhilis_sim.errors import FileError, LawChange, MazhilisError, in_text, unknown

HEAD = re.compile(r"\s*\[\s*([\w.-]+)\s*\]")
"""The head of a table."""


@dataclass(frozen=True)
class Place:
    """Where a key stands: ``law``, or ``law.threshold`` in a table.

    Parameters
    ----------
    name : str
        Of the file.
    text : str
        What stands in it.
    key : str
    """

    name: str
    text: str
    key: str = ""

    def __str__(self) -> str:
        rows = [number for number, keys in enumerate(keys_by_row(self.text), 1) if self.key in keys]
        row = f", row {rows[0]}" if len(rows) == 1 else ""  # the row only where it is certain
        return f"{self.name}{row}{f', key {self.key}' if self.key else ''}"

    def of(self, key: str) -> Place:
        """Return the place of another key."""
        return dataclasses.replace(self, key=key)

    def inside(self, value: Any, field: str) -> Place:
        """Go down to the key of a table that an error's field names; stay where it names none."""
        place = self
        for word in field.replace(".", " ").split():
            if not isinstance(value, Mapping) or word not in value:
                break
            place, value = place.of(f"{place.key}.{word}"), value[word]
        return place if str(place).count(", row ") else self

    def error(self, error: MazhilisError, value: Any) -> FileError:
        """Return an error that a value brought as one of the file, in its words."""
        remedy = error.remedy if not isinstance(error.remedy, LawChange) else in_scenario(error.remedy)
        return FileError(
            error.problem,
            field=error.field,
            got=error.got,
            must=error.must,
            remedy=in_text(remedy),
            where=f"{self.inside(value, error.field)}{error.where and f': {error.where}'}",
            shown=error.shown,
        )


def keys_by_row(text: str) -> list[set[str]]:
    """Return the keys that stand in each row, with the names of their tables."""
    found, table = [], ""
    for line in text.splitlines():
        head, assigned = HEAD.match(line), re.match(r"\s*[\"']?([\w.-]+)[\"']?\s*=\s*(.*)", line)
        if head:
            table = head[1] + "."
            found.append({head[1]})
        elif assigned:
            key = table + assigned[1]
            inline = re.findall(r"[{,]\s*([\w-]+)\s*=", assigned[2])
            found.append({key, *(f"{key}.{word}" for word in inline)})
        else:
            found.append(set())
    return found


def in_scenario(change: LawChange) -> str:
    """Write advice to change the law as it stands in a scenario."""
    values = " or ".join(f'"{value}"' if isinstance(value, str) else str(value) for value in change.values)
    return f"{change.verb} {change.field} = {values} in the table law {change.after}".rstrip()


def check_keys(given: Iterable[str], known: Iterable[str], place: Place) -> None:
    """Refuse an unknown key and name the nearest."""
    names = tuple(known)
    for key in given:
        if key not in names:
            raise unknown(FileError, "key", key, names, where=str(place.of(key)), problem="there is no such key")
