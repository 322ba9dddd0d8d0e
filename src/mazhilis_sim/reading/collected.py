"""Collections and what they hold; objects of one kind, functions among them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import islice
from numbers import Number
from typing import Any

from mazhilis_sim.reading.numbers import plain
from mazhilis_sim.reading.wholes import Raised
from mazhilis_sim.reading.words import Kind

MOST_ITEMS = 1_000_000
"""Of a collection: nothing here has more, and an endless one must end."""


def items(value: Any, field: str, error: Raised, *, like: str = "") -> tuple[Any, ...]:
    """Read a collection, a generator too; text and mappings are none."""
    found = None if isinstance(value, (str, bytes, bytearray, Mapping)) else all_of(value, field, error)
    if found is None:
        raise error(field=field, got=value, must=f"be a sequence{like and ' such as ' + like}")
    return found


def several(value: Any, field: str, error: Raised) -> tuple[Any, ...]:
    """Read one thing, or several in a collection; text and numbers are one thing."""
    one = plain(value)
    return (one,) if isinstance(one, (str, Number)) else items(value, field, error)


def members(value: Any, kind: type[Kind], field: str, error: Raised, *, where: str = "") -> tuple[Kind, ...]:
    """Read a collection, a generator too, whose members are all of one kind."""
    must = f"be a sequence of {kind.__name__}"
    if isinstance(value, kind):
        raise error(field=field, got=value, must=must, remedy="write it in a list", where=where, shown=type(value).__name__)
    found = all_of(value, field, error, where)
    if found is None:
        raise error(field=field, got=value, must=must, where=where, shown=type(value).__name__)
    for member in found:
        if not isinstance(member, kind):
            raise error(field=field, got=member, must=must, where=where, shown=f"{type(member).__name__} in it")
    return found


def all_of(value: Any, field: str, error: Raised, where: str = "") -> tuple[Any, ...] | None:
    """Return what a collection holds, or None for what is none or fails; one that goes on and on is refused."""
    try:
        found = tuple(islice(iter(value), MOST_ITEMS + 1))
    except Exception:  # whatever a stranger's iterator does
        return None
    if len(found) > MOST_ITEMS:
        raise error(field=field, got=value, must=f"hold at most {MOST_ITEMS:,} items", where=where, shown=type(value).__name__)
    return found


def instance(value: Any, kind: type[Kind], field: str, error: Raised, *, remedy: str = "") -> Kind:
    """Read an object of one kind."""
    if not isinstance(value, kind):
        article = "an" if kind.__name__[0] in "AEIOU" else "a"
        raise error(field=field, got=value, must=f"be {article} {kind.__name__}", remedy=remedy)
    return value


def function(value: Any, field: str, error: Raised, *, of: str = "", classes: bool = False) -> Callable[..., Any]:
    """Read a function, told what it is a function of; a class only where one will do."""
    if not callable(value) or (isinstance(value, type) and not classes):
        raise error(field=field, got=value, must=f"be a function{of and ' of ' + of}")
    found: Callable[..., Any] = value
    return found
