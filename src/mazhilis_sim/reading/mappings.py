"""Mappings of ids: votes and names by party, each name once."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Any

from mazhilis_sim.errors import show
from mazhilis_sim.names.spelling import spelling
from mazhilis_sim.reading.wholes import TOO_LARGE, Raised, holds_no_count, whole
from mazhilis_sim.reading.words import Kind, name, position


def mapping(value: Any, field: str, error: Raised, *, like: str = '{"amanat": 3431510}', where: str = "") -> dict[str, Any]:
    """Read a mapping of ids, in its order; a data-frame column with an index of ids will do."""
    try:
        pairs = list(value.items()) if isinstance(value, Mapping) or hasattr(value, "items") else None
        found = None if pairs is None else dict(pairs)
    except Exception:  # whatever a stranger's mapping does; keys that cannot be hashed
        pairs = found = None
    if pairs is None or found is None:
        raise error(field=field, got=value, must=f"be a mapping such as {like}", where=where)
    for key in found:
        if not isinstance(key, str) or not key.strip():
            raise error(field=f"{field}: an id", got=key, must="be a non-empty string", where=where)
    if len(found) < len(pairs):
        raise error(f"{field} holds a name twice", field=field, got=value, must="hold each name once", where=where)
    return {str(key): item for key, item in found.items()}


def counts(value: Any, field: str, error: Raised, *, of: str = "votes", where: str = "") -> dict[str, int]:
    """Read a mapping of ids to whole numbers, such as votes by list."""
    return {
        key: number if type(number) is int and 0 <= number < TOO_LARGE else count_of(key, number, error, of, where)
        for key, number in mapping(value, field, error, where=where).items()
    }


def count_of(key: str, number: Any, error: Raised, of: str, where: str) -> int:
    """Read one number of a mapping; what is no count is answered with how to write that there was none."""
    remedy = f"write 0 if there were no {of}, or leave it out" if holds_no_count(number) else ""
    return whole(number, f"{of} of {show(key)}", error, remedy=remedy, where=where)


def once(ids: Iterable[Hashable], kind: str, error: Raised, *, where: str = "") -> None:
    """Refuse ids of which one stands twice, names in another spelling too."""
    seen: dict[Hashable, Hashable] = {}
    for id_ in ids:
        key = spelling(id_) if isinstance(id_, str) else id_
        if key in seen:
            twice = f"{kind} {show(id_)} twice" if seen[key] == id_ else f"{show(seen[key])} and {show(id_)}, one {kind}"
            raise error(field=f"each {kind}", must="stand once", got=id_, shown=twice, where=where)
        seen[key] = id_


def names_of_parties(value: Any, error: Raised) -> dict[str, str]:
    """Read what to call the parties: names by id, or None for none."""
    given = {} if value is None else mapping(value, "names", error, like='{"amanat": "Amanat"}')
    return {party: name(called, f"name of {show(party)}", error) for party, called in given.items()}


def of_known(values: Mapping[str, Kind], known: Iterable[str], field: str, error: Raised, *, where: str = "") -> dict[str, Kind]:
    """Return values by the known ids that their names spell, each once."""
    names, given = tuple(known), dict[str, str]()
    for called in values:
        id_ = names[position(called, names, field, error, where=where)]
        if id_ in given:
            raise error(f"{show(given[id_])} and {show(called)} are one {field}", field=field, got=called, must="stand once", where=where)
        given[id_] = called
    return {id_: values[called] for id_, called in given.items()}
