"""Conditions on seats in words, such as ``auyl+aq_jol>=30 and jsdp>0``: of one chamber, or of many at once."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from functools import reduce
from types import MappingProxyType
from typing import Any

from mazhilis_sim.errors import FileError

Condition = Callable[[Mapping[str, Any]], Any]
"""Of seats by party, each a number or an array of them: whether it holds, of arrays in each place."""
SIGNS: Mapping[str, Callable[[Any, Any], Any]] = MappingProxyType(
    {">=": operator.ge, "<=": operator.le, "!=": operator.ne, ">": operator.gt, "<": operator.lt, "=": operator.eq}
)
TERM = re.compile(r"(?P<left>[^<>=!]+)(?P<sign>>=|<=|!=|==|>|<|=)(?P<right>[^<>=!]+)")
LIKE = "'baytaq>0' or 'auyl+aq_jol>=amanat and jsdp>0'"


def condition_in(words: str, field: str) -> Condition:
    """Read a condition on seats: sums of parties and numbers compared, several with ``and`` between them.

    Parameters
    ----------
    words, field : str
        What is read, and what an error calls it.

    Examples
    --------
    >>> condition_in("auyl+aq_jol >= 10 and jsdp>0", "--until")({"auyl": 8, "aq_jol": 6, "jsdp": 4})
    True
    """
    terms = [TERM.fullmatch(part.strip()) for part in re.split(r"\band\b", words)]
    read = [(sides(term["left"]), SIGNS[term["sign"].replace("==", "=")], sides(term["right"])) for term in terms if term]
    if len(read) < len(terms) or not all(left and right and names_a_party(left + right) for left, _, right in read):
        raise FileError(field=field, got=words, must=f"compare seats, such as {LIKE}")
    return lambda seats: reduce(operator.and_, [sign(added(left, seats), added(right, seats)) for left, sign, right in read])


def sides(words: str) -> list[str]:
    """Split a sum; nothing where a part of it is missing."""
    parts = [part.strip() for part in words.split("+")]
    return parts if all(parts) else []


def names_a_party(parts: list[str]) -> bool:
    """Tell whether one of the parts is no number."""
    return not all(part.isdecimal() for part in parts)


def added(parts: list[str], seats: Mapping[str, Any]) -> Any:
    """Add up parties' seats and numbers."""
    return sum(int(part) if part.isdecimal() else seats[part] for part in parts)
