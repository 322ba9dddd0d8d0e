"""Texts, names, dates, words of a few, and values that may be empty."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from typing import Any, Concatenate, ParamSpec, TypeAlias, TypeVar

from mazhilis_sim.errors import suggestion, unknown
from mazhilis_sim.names.labels import match, nearest
from mazhilis_sim.reading.numbers import plain
from mazhilis_sim.reading.wholes import Raised

Kind = TypeVar("Kind")
Given = ParamSpec("Given")
Day: TypeAlias = datetime.date | str
"""What a date may be given as."""


def is_empty(value: Any) -> bool:
    """Tell whether nothing is given: None, or an empty cell."""
    return value is None or (isinstance(value, str) and not value.strip())


def date(value: Any, field: str, error: Raised, *, where: str = "") -> datetime.date | None:
    """Read a date or its ISO form; empty stays None."""
    if is_empty(value):
        return None
    if isinstance(value, datetime.datetime) and value == value:  # the missing time of data frames is none, and equals nothing
        return value.date()
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value
    try:
        return datetime.date.fromisoformat(value.strip() if isinstance(value, str) else "")
    except ValueError:
        raise error(field=field, got=value, must='be a date such as "2023-03-10"', where=where) from None


def maybe(read: Callable[Concatenate[Any, Given], Kind], value: Any, *rest: Given.args, **named: Given.kwargs) -> Kind | None:
    """Read a value where one is given; None where none is."""
    return None if is_empty(value) else read(value, *rest, **named)


def text(value: Any, field: str, error: Raised, *, where: str = "") -> str:
    """Read text, which may be empty."""
    if not isinstance(value, str):
        raise error(field=field, got=value, must="be text", where=where)
    return str(value)


def name(value: Any, field: str, error: Raised, *, where: str = "") -> str:
    """Read an id or a name: text that is not blank."""
    if not isinstance(value, str) or not value.strip():
        raise error(field=field, got=value, must="be a non-empty string", where=where)
    return str(value)


def choice(value: Any, field: str, known: Iterable[str], error: Raised, *, where: str = "") -> str:
    """Read one of a few words."""
    words = tuple(known)
    if not isinstance(value, str) or value not in words:
        near = suggestion(value, words) if isinstance(value, str) else ""
        raise error(field=field, got=value, must=f"be one of {', '.join(words)}", remedy=near if "mean" in near else "", where=where)
    return str(value)


def position(value: Any, known: Iterable[str], field: str, error: Raised, *, where: str = "") -> int:
    """Return the place of a name among those that are known, in any spelling, or raise an error with the nearest one."""
    names = tuple(known)
    found = match(value, names) if isinstance(value, str) else None
    if found is None:
        raise unknown(error, field, value, names, where=where, near=nearest(value, names) if isinstance(value, str) else "")
    return names.index(found)


def flag(value: Any, field: str, error: Raised) -> bool:
    """Read True or False."""
    if not isinstance(plain(value), bool):
        raise error(field=field, got=value, must="be True or False")
    return bool(value)
